//! Mizan: from the quarterly checklist of an agency to the ranking that the governor reads.
//!
//! One direction: `web` and `cli` → `app` → `store` → `domain`. The domain knows no I/O, clock or float.

pub mod analysis;
pub mod app;
pub mod cli;
pub mod clock;
pub mod config;
pub mod domain;
pub mod mail;
pub mod pack;
pub mod photo;
pub mod scan;
pub mod seal;
pub mod store;
pub mod web;
pub mod workbook;
