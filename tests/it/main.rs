//! The one test binary: a module per noun.

mod calendar;
mod number;
mod text;
