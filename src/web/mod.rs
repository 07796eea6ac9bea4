//! HTTP in, HTML out.

pub mod assets;
pub mod render;
pub mod words;
