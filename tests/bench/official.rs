//! The official score from the database, for a province and for many of them in one: read, scored, and its rank
//! intervals (SCORING.md §12), each warm and in processor time.

use std::fmt::Write;

use diesel::connection::{Connection, SimpleConnection};
use diesel::prelude::*;
use diesel::sql_types::Text;

use mizan::analysis::ranks::{self, Settings};
use mizan::app::returns;
use mizan::cli::serve;
use mizan::domain::score;

use super::index::processor_ms;
use super::server::Town;

/// Tables of a quarter, parents first.
const TABLES: [&str; 7] = [
    "agencies",
    "assessments",
    "answers",
    "verdicts",
    "visits",
    "probes",
    "facts",
];

#[derive(QueryableByName)]
struct Named {
    #[diesel(sql_type = Text)]
    name: String,
}

/// The table of costs, for the province of the bench and for 2,480 and 15,000 agencies made of it.
pub fn report(town: &Town) -> String {
    let mut out = String::from(
        "The official score from the database (SQLite), warm, processor time, one thread:\n\n\
         | agencies | read ms | score and rank ms | both, µs per agency | memory held | intervals of 1,000 replications ms | of 10,000 |\n\
         |---|---|---|---|---|---|---|\n",
    );
    for size in [0, 2_480, 15_000] {
        if size > 0 {
            grow(town, size);
        }
        let row = measured(town);
        eprint!("{row}");
        out.push_str(&row);
    }
    out
}

fn connection(town: &Town) -> SqliteConnection {
    let mut conn = SqliteConnection::establish(town.database()).expect("the database");
    conn.batch_execute("PRAGMA synchronous = OFF")
        .expect("quick");
    conn
}

/// Copies agencies with their last quarter until there are so many.
fn grow(town: &Town, size: usize) {
    let mut conn = connection(town);
    let period = format!("(SELECT id FROM periods WHERE code = '{}')", town.last);
    for table in TABLES {
        let columns = format!("SELECT name FROM pragma_table_info('{table}')");
        let columns: Vec<Named> = diesel::sql_query(columns).load(&mut conn).expect("columns");
        let columns: Vec<String> = columns.into_iter().map(|column| column.name).collect();
        let has = |name: &str| columns.iter().any(|column| column == name);
        let copied = |name: &String| match name.as_str() {
            "id" | "agency_id" | "assessment_id" | "tracking_code" => format!("{name} || '#' || i"),
            "code" => "code || '-' || i".to_owned(),
            _ => name.clone(),
        };
        let copied: Vec<String> = columns.iter().map(copied).collect();
        let mut wanted = String::from("id NOT LIKE '%#%'");
        if has("period_id") {
            let _ = write!(wanted, " AND period_id = {period}");
        }
        if has("assessment_id") {
            wanted.push_str(" AND assessment_id || '#' || i IN (SELECT id FROM assessments)");
        } else if has("agency_id") {
            wanted.push_str(" AND agency_id || '#' || i IN (SELECT id FROM agencies)");
        } else {
            let _ = write!(
                wanted,
                " ORDER BY i, id LIMIT {size} - (SELECT count(*) FROM agencies)"
            );
        }
        let sql = format!(
            "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {size} / 50) \
             INSERT OR IGNORE INTO {table} ({}) SELECT {} FROM {table}, n WHERE {wanted}",
            columns.join(", "),
            copied.join(", ")
        );
        conn.batch_execute(&sql).expect("copied");
    }
    conn.batch_execute("ANALYZE").expect("counted");
}

fn resident_kib() -> u64 {
    let text = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = text.lines().find(|line| line.starts_with("VmRSS"));
    line.and_then(|line| line.split_whitespace().nth(1)?.parse().ok())
        .unwrap_or(0)
}

/// The least of a few times, and what came of the last.
fn least<T>(times: usize, mut work: impl FnMut() -> T) -> (f64, Option<T>) {
    let (mut best, mut found) = (f64::MAX, None);
    for _ in 0..times {
        drop(found.take());
        let began = processor_ms();
        found = Some(work());
        best = best.min(processor_ms() - began);
    }
    (best, found)
}

fn measured(town: &Town) -> String {
    let (store, province, period) = town.opened();
    let ctx = serve::system(store, town.config(), &province);
    let before = resident_kib();
    let (read_ms, read) = least(5, || {
        let read = ctx
            .store
            .read(|conn| returns::of_period(&ctx, conn, &period));
        read.expect("returns")
    });
    let read = read.expect("returns");
    let (score_ms, cards) = least(5, || score::score(&read));
    let cards = cards.expect("cards").cards;
    let mib = resident_kib().saturating_sub(before) as f64 / 1024.0;
    let agencies = cards.len();
    let interval = |replications: u32| {
        // Every agency keeps a count for every place: a square that is not meant for so many.
        if agencies > 5_000 {
            return "–".to_owned();
        }
        let settings = Settings {
            seed: 2018,
            replications,
            spread_pct: 25,
        };
        let (ms, _) = least(1, || ranks::intervals(&read.framework, &cards, settings));
        format!("{ms:.0}")
    };
    let each = (read_ms + score_ms) * 1e3 / agencies as f64;
    format!(
        "| {agencies} | {read_ms:.1} | {score_ms:.1} | {each:.1} | {mib:.0} MiB | {} | {} |\n",
        interval(1_000),
        interval(10_000)
    )
}
