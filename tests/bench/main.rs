//! What Mizan costs, measured from outside: the real program, a real database, requests over loopback.
//!
//! `make bench` builds a release, measures SQLite and (where `TEST_POSTGRES_URL` leads to a server) PostgreSQL,
//! and writes the tables between the marks in docs/OPERATIONS.md. Nothing here passes or fails: it reports.

mod client;
mod index;
mod load;
mod official;
mod report;
mod scoring;
mod server;
mod workbook;

use report::Report;
use server::Engine;

fn main() {
    // `cargo test --benches` only wants to know that this builds.
    if std::env::args().any(|word| word == "--test") {
        return;
    }
    // `cargo bench --bench bench -- index` measures that part alone; so do `official`, `workbook` and `serving`.
    let asked = std::env::args()
        .nth(1)
        .filter(|word| !word.starts_with('-'));
    let is_asked = |part: &str| asked.as_deref().is_none_or(|asked| asked == part);
    if is_asked("index") {
        report::keep("index", &index::report());
    }
    if is_asked("official") {
        let town = server::Town::make(Engine::Sqlite);
        report::keep("official", &official::report(&town));
    }
    if is_asked("workbook") {
        report::keep("workbook", &workbook::report());
    }
    if is_asked("serving") {
        serving();
    }
}

fn serving() {
    let mut report = Report::begin();
    for engine in Engine::all() {
        eprintln!("{}: making a province …", engine.name());
        let town = server::Town::make(engine);
        report.cold_start(engine, &town.cold_starts(5));
        let server = town.serve();
        report.idle(engine, server.memory_kib());
        for measured in load::pages(&town, &server) {
            report.pages(engine, measured);
        }
        for measured in load::saves(&town, &server) {
            report.saves(engine, measured);
        }
        report.under_load(engine, server.memory_kib(), server.peak_kib());
    }
    for measured in scoring::all() {
        report.scoring(measured);
    }
    report.end();
}
