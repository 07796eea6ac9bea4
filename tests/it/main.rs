//! The one test binary: a module per noun.

mod access;
mod assets;
mod auditor;
mod calendar;
mod edition;
mod glossary;
mod index;
mod journeys;
mod letters;
mod number;
mod objection;
mod office;
mod pages;
mod papers;
mod people;
mod probes;
mod quarter;
mod resolution;
mod result;
mod score;
mod score_rule;
mod seeds;
mod text;
mod tidy;
mod town;
mod words;
