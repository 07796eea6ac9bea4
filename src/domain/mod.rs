//! The rules. No I/O, no clock, no async, no floats.

pub mod access;
pub mod answer;
pub mod calendar;
pub mod change;
pub mod edition;
pub mod effect;
pub mod event;
pub mod evidence;
pub mod fault;
pub mod framework;
pub mod glossary;
pub mod improve;
pub mod json;
pub mod measurement;
pub mod number;
pub mod password;
pub mod period;
pub mod ranking;
pub mod resolution;
pub mod returns;
pub mod score;
pub mod seed;
pub mod shape;
pub mod text;
pub mod tree;
pub mod verification;
