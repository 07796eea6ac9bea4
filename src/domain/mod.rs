//! The rules. No I/O, no clock, no async, no floats.

pub mod calendar;
pub mod glossary;
pub mod number;
pub mod seed;
pub mod text;
