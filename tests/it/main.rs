//! The one test binary: a module per noun.

mod assets;
mod calendar;
mod glossary;
mod number;
mod pages;
mod score;
mod seeds;
mod text;
mod words;
