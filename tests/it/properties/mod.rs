//! What holds for whatever is drawn: the properties that SCORING.md §16 promises, and those of the general index.
//!
//! `MIZAN_CASES=20000 cargo test --test it properties` draws that many cases for each.

mod drawn;
mod index;

mod rule;
mod tables;

use proptest::test_runner::Config;

/// So many cases for each property; nothing is written beside the sources.
fn config() -> Config {
    let cases = std::env::var("MIZAN_CASES").ok();
    Config {
        cases: cases.and_then(|text| text.parse().ok()).unwrap_or(100),
        failure_persistence: None,
        max_shrink_iters: 2_000,
        ..Config::default()
    }
}
