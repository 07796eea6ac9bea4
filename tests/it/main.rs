//! The one test binary: a module per noun.

mod calendar;
mod glossary;
mod number;
mod seeds;
mod text;
