//! Beside a published table: what differs, by how much, and which rows do not recompute.

use std::collections::HashMap;
use std::fmt::Write;

use super::Outcome;
use super::column::there;
use super::table::Table;

/// What a comparison found.
pub struct Compared {
    pub report: String,
    /// Whether every published row recomputes within the tolerance.
    pub is_same: bool,
}

/// Compares what was computed with the columns that were published: nodes, score, rank, normalised indicators.
pub fn compare(outcome: &Outcome, published: &Table, tolerance: f64, scale: f64) -> Compared {
    let columns = columns(outcome, scale);
    let rows = outcome.units.iter().map(String::as_str).zip(0..);
    let rows: HashMap<&str, usize> = rows.collect();
    let mut report = String::new();
    let (mut largest, mut rows_off, mut ranks_off) = ((0.0, String::new()), 0, 0);
    for (place, unit) in published.units.iter().enumerate() {
        let Some(row) = rows.get(unit.as_str()) else {
            let _ = writeln!(report, "{unit}: published, but not among the values");
            rows_off += 1;
            continue;
        };
        let mut is_off = false;
        for (name, column) in &columns {
            let Some(theirs) = published.column(name).map(|column| there(column[place])) else {
                continue;
            };
            let ours = column[*row];
            let far = match (ours, theirs) {
                (Some(ours), Some(theirs)) => (ours - theirs).abs(),
                (None, None) => 0.0,
                _ => f64::INFINITY,
            };
            if far > largest.0 {
                largest = (far, format!("{unit}, {name}"));
            }
            if far > tolerance * (1.0 + 1e-9) {
                is_off = true;
                let (ours, theirs) = (cell(ours), cell(theirs));
                let _ = writeln!(
                    report,
                    "{unit}, {name}: computed {ours}, published {theirs}"
                );
            }
        }
        let rank = published.column("rank");
        let rank = rank.map(|column| there(column[place]));
        if let Some(theirs) = rank.filter(|theirs| *theirs != outcome.rank[*row]) {
            ranks_off += 1;
            is_off = true;
            let (ours, theirs) = (cell(outcome.rank[*row]), cell(theirs));
            let _ = writeln!(report, "{unit}, rank: computed {ours}, published {theirs}");
        }
        rows_off += usize::from(is_off);
    }
    let (far, at) = largest;
    let at = if at.is_empty() {
        String::new()
    } else {
        format!(" ({at})")
    };
    let rows = published.units.len();
    let _ = writeln!(report, "largest difference {far}{at}");
    let _ = writeln!(report, "ranks that differ: {ranks_off}");
    let _ = writeln!(report, "rows that do not recompute: {rows_off} of {rows}");
    Compared {
        report,
        is_same: rows_off == 0,
    }
}

/// What can be compared: normalised indicators on the scale of the published ones, nodes, score.
fn columns(outcome: &Outcome, scale: f64) -> Vec<(&str, Vec<Option<f64>>)> {
    let mut columns: Vec<(&str, Vec<Option<f64>>)> = Vec::new();
    for (code, column) in &outcome.normalised {
        let scaled = column.iter().map(|value| value.map(|value| value * scale));
        columns.push((code, scaled.collect()));
    }
    for (code, column) in &outcome.nodes {
        columns.push((code, column.clone()));
    }
    columns.push(("score", outcome.score.clone()));
    columns
}

/// A number as it is printed, zero without a sign; an empty cell where there is none.
pub fn cell(value: Option<f64>) -> String {
    value
        .map(|value| format!("{}", value + 0.0))
        .unwrap_or_default()
}
