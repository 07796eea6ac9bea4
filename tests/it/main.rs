//! The one test binary: a module per noun.

mod calendar;
mod glossary;
mod number;
mod score;
mod seeds;
mod text;
