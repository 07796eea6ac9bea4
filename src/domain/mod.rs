//! The rules. No I/O, no clock, no async, no floats.

pub mod calendar;
pub mod number;
pub mod text;
