//! Beside a published table: what differs, by how much, and which rows do not recompute.

use std::collections::{HashMap, HashSet};
use std::fmt::Write;

use super::column::there;
use super::table::Table;
use super::{Fault, Outcome};

/// Before the code of an indicator, this names a published column of its normalised values.
pub const NORMALISED: &str = "normalised:";

/// What a comparison found.
pub struct Compared {
    pub report: String,
    /// Whether every published row recomputes within the tolerance.
    pub is_same: bool,
}

/// The names of the columns that a published table is compared by.
pub fn columns(outcome: &Outcome) -> Vec<String> {
    let normalised = outcome.normalised.iter();
    let normalised = normalised.map(|(code, _)| format!("{NORMALISED}{code}"));
    let nodes = outcome.nodes.iter().map(|(code, _)| code.clone());
    let own = ["score", "rank"].map(str::to_owned);
    normalised.chain(nodes).chain(own).collect()
}

/// What was found so far.
#[derive(Default)]
struct Found {
    report: String,
    largest: f64,
    at: String,
    cells: usize,
    rows_off: usize,
    ranks_off: usize,
}

/// Compares what was computed with the columns that were published. Where there is nothing to compare, that is a fault.
pub fn compare(
    outcome: &Outcome,
    published: &Table,
    tolerance: f64,
    scale: f64,
) -> Result<Compared, Vec<Fault>> {
    let ours = ours(outcome, scale);
    let both = ours
        .iter()
        .filter_map(|(name, column)| Some((name.as_str(), column, published.column(name)?)));
    let both: Vec<_> = both.collect();
    let rows = outcome.units.iter().map(String::as_str).zip(0..);
    let rows: HashMap<&str, usize> = rows.collect();
    let mut found = Found::default();
    for (place, unit) in published.units.iter().enumerate() {
        let Some(row) = rows.get(unit.as_str()) else {
            let _ = writeln!(found.report, "{unit}: published, but not among the values");
            found.rows_off += 1;
            continue;
        };
        let mut is_off = false;
        for (name, ours, theirs) in &both {
            let (ours, theirs) = (ours[*row], there(theirs[place]));
            is_off |= found.cell((unit, name), ours, theirs, tolerance);
        }
        found.rows_off += usize::from(is_off);
    }
    if found.cells == 0 {
        let says = "nothing to compare: no unit of ours has a value in a column of this table. Columns that count are";
        let names = columns(outcome).join(", ");
        return Err(vec![Fault::at("", format!("{says} {names}"))]);
    }
    found.unpublished(outcome, published);
    let names: Vec<&str> = both.iter().map(|(name, ..)| *name).collect();
    Ok(found.told(&names, published.units.len()))
}

impl Found {
    /// Compares one cell. Whether it is off.
    fn cell(
        &mut self,
        (unit, name): (&str, &str),
        ours: Option<f64>,
        theirs: Option<f64>,
        tolerance: f64,
    ) -> bool {
        let far = match (ours, theirs) {
            (Some(ours), Some(theirs)) => (ours - theirs).abs(),
            (None, None) => return false,
            _ => f64::INFINITY,
        };
        self.cells += 1;
        let is_rank = name == "rank";
        if !is_rank && far > self.largest {
            (self.largest, self.at) = (far, format!("{unit}, {name}"));
        }
        let allowed = if is_rank {
            0.0
        } else {
            tolerance * (1.0 + 1e-9)
        };
        if far <= allowed {
            return false;
        }
        self.ranks_off += usize::from(is_rank);
        let (ours, theirs) = (told(ours), told(theirs));
        let _ = writeln!(
            self.report,
            "{unit}, {name}: computed {ours}, published {theirs}"
        );
        true
    }

    /// Names who has a score, but no row in the published table.
    fn unpublished(&mut self, outcome: &Outcome, published: &Table) {
        let known: HashSet<&str> = published.units.iter().map(String::as_str).collect();
        for (unit, score) in outcome.units.iter().zip(&outcome.score) {
            if score.is_some() && !known.contains(unit.as_str()) {
                let _ = writeln!(self.report, "{unit}: computed, but not published");
            }
        }
    }

    fn told(self, names: &[&str], rows: usize) -> Compared {
        let mut report = self.report;
        let at = if self.at.is_empty() {
            String::new()
        } else {
            format!(" ({})", self.at)
        };
        let _ = writeln!(report, "compared: {}", names.join(", "));
        let _ = writeln!(report, "largest difference {}{at}", self.largest);
        let _ = writeln!(report, "ranks that differ: {}", self.ranks_off);
        let off = self.rows_off;
        let _ = writeln!(report, "rows that do not recompute: {off} of {rows}");
        Compared {
            report,
            is_same: off == 0,
        }
    }
}

/// What can be compared: normalised indicators on the scale of the published ones, nodes, score, rank.
fn ours(outcome: &Outcome, scale: f64) -> Vec<(String, Vec<Option<f64>>)> {
    let normalised = outcome.normalised.iter().map(|(_, column)| {
        let scaled = column.iter().map(|value| value.map(|value| value * scale));
        scaled.collect()
    });
    let nodes = outcome.nodes.iter().map(|(_, column)| column.clone());
    let own = [outcome.score.clone(), outcome.rank.clone()];
    let all = normalised.chain(nodes).chain(own);
    columns(outcome).into_iter().zip(all).collect()
}

fn told(value: Option<f64>) -> String {
    value.map_or_else(|| "nothing".to_owned(), |value| cell(Some(value)))
}

/// A number as it is printed, zero without a sign; an empty cell where there is none.
pub fn cell(value: Option<f64>) -> String {
    value
        .map(|value| format!("{}", value + 0.0))
        .unwrap_or_default()
}
