//! `mizan index METHOD.json VALUES.csv`: any composite index, for analysts and for other programs.

use std::fmt::Write;
use std::io::IsTerminal;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};

use super::score::Printed;
use crate::analysis::index::compare::{self, cell};
use crate::analysis::index::method::{self, Method};
use crate::analysis::index::moved::{Places, Settings};
use crate::analysis::index::table::{self, Table};
use crate::analysis::index::{self, Fault, Outcome, compute_watched, moved};

/// What the command is asked.
#[derive(clap::Args)]
pub struct Asked {
    /// How the index is made (docs/INDEX.md).
    pub method: PathBuf,
    /// The values, CSV or JSON; an empty cell is missing.
    pub values: PathBuf,
    /// The previous period's values, for indicators imputed from them.
    #[arg(long)]
    pub previous: Option<PathBuf>,
    /// Compare with a published table: differences on stdout, exit 1 where a row does not recompute.
    #[arg(long)]
    pub compare: Option<PathBuf>,
    /// Print the normalised indicators before the nodes.
    #[arg(long)]
    pub normalised: bool,
    /// Move the weights at every level so often, and print the places p05, p50, p95 beside the rank.
    #[arg(long, value_parser = clap::value_parser!(u32).range(1..))]
    pub replications: Option<u32>,
    /// How far weights are moved, in percent.
    #[arg(long, default_value_t = 25, value_parser = clap::value_parser!(u64).range(0..=99))]
    pub spread_pct: u64,
    #[arg(long, default_value_t = 2018)]
    pub seed: u64,
    /// How many threads move weights; the result is the same for any number.
    #[arg(long, default_value_t = 0)]
    pub threads: usize,
    /// Print JSON instead of CSV.
    #[arg(long)]
    pub json: bool,
}

/// Computes the index and prints it.
pub fn index(asked: &Asked) -> Printed {
    match run(asked) {
        Ok(printed) => printed,
        Err(faults) => {
            let lines = faults
                .iter()
                .map(|fault| format!("{}: {}", fault.at, fault.says));
            Printed {
                stdout: String::new(),
                stderr: lines.collect::<Vec<_>>().join("\n"),
                code: 1,
            }
        }
    }
}

fn text(path: &Path) -> Result<String, Vec<Fault>> {
    std::fs::read_to_string(path)
        .map_err(|why| vec![Fault::at(path.display().to_string(), why.to_string())])
}

/// Reads a table; whatever is wrong with it is said with the name of its file.
fn read(
    path: &Path,
    table: impl FnOnce(&str) -> Result<Table, Vec<Fault>>,
) -> Result<Table, Vec<Fault>> {
    table(&text(path)?).map_err(|faults| of(path, faults))
}

/// Faults with the name of the file that they are in.
fn of(path: &Path, faults: Vec<Fault>) -> Vec<Fault> {
    let path = path.display();
    let named = faults.into_iter().map(|fault| {
        let at = match fault.at.as_str() {
            "" => path.to_string(),
            at => format!("{path}, {at}"),
        };
        Fault::at(at, fault.says)
    });
    named.collect()
}

/// What differs from a published table.
fn beside(path: &Path, method: &Method, outcome: &Outcome) -> Result<Printed, Vec<Fault>> {
    let columns = compare::columns(outcome);
    let published = read(path, |text| {
        table::read_published(text, &method.id, &columns)
    })?;
    let found = compare::compare(outcome, &published, method.tolerance, method.scale)
        .map_err(|faults| of(path, faults))?;
    let mut notes = outcome.notes.clone();
    if !published.ignored.is_empty() {
        let names = published.ignored.join(", ");
        notes.push(format!("{}: not compared: {names}", path.display()));
    }
    Ok(Printed {
        stdout: found.report,
        stderr: notes.join("\n"),
        code: u8::from(!found.is_same),
    })
}

fn run(asked: &Asked) -> Result<Printed, Vec<Fault>> {
    let method = &asked.method;
    let method = method::read(&text(method)?).map_err(|faults| of(method, faults))?;
    let values = read(&asked.values, |text| table::read(text, &method))?;
    let previous = match &asked.previous {
        Some(path) => Some(read(path, |text| table::read(text, &method))?),
        None => None,
    };
    let bar = Bar::new();
    let watch = |done, all| bar.show(done, all);
    let outcome = compute_watched(&method, &values, previous.as_ref(), &watch)?;
    bar.end();
    if let Some(path) = &asked.compare {
        return beside(path, &method, &outcome);
    }
    let places = match asked.replications {
        Some(replications) => places(asked, replications, &method, &values, previous.as_ref())?,
        None => Vec::new(),
    };
    let mut columns = columns(asked, &outcome);
    columns.extend(
        places
            .iter()
            .map(|(name, column)| (*name, column.as_slice())),
    );
    let stdout = if asked.json {
        json(&method, &outcome, &columns)
    } else {
        csv(&method, &outcome, &columns)
    };
    Ok(Printed {
        stdout,
        stderr: outcome.notes.join("\n"),
        code: 0,
    })
}

/// How far long work is, for whoever sits before a terminal.
struct Bar {
    is_watched: bool,
    said: AtomicU32,
}

impl Bar {
    fn new() -> Bar {
        Bar {
            is_watched: std::io::stderr().is_terminal(),
            said: AtomicU32::new(0),
        }
    }

    fn show(&self, done: usize, all: usize) {
        let percent = (done * 100 / all.max(1)) as u32;
        if self.is_watched && self.said.fetch_max(percent, Ordering::Relaxed) < percent {
            let full = percent as usize / 5;
            eprint!(
                "\r[{}{}] {percent:3} %",
                "#".repeat(full),
                "-".repeat(20 - full.min(20))
            );
        }
    }

    fn end(&self) {
        if self.is_watched && self.said.load(Ordering::Relaxed) > 0 {
            eprintln!();
        }
    }
}

type Named = (&'static str, Vec<Option<f64>>);

fn places(
    asked: &Asked,
    replications: u32,
    method: &Method,
    values: &Table,
    previous: Option<&Table>,
) -> Result<Vec<Named>, Vec<Fault>> {
    let cores = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
    let how = Settings {
        seed: asked.seed,
        replications,
        spread_pct: asked.spread_pct,
        threads: if asked.threads == 0 {
            cores
        } else {
            asked.threads
        },
    };
    let bar = Bar::new();
    let places = moved(method, values, previous, how, |done| {
        bar.show(done as usize, replications as usize);
    })?;
    bar.end();
    let column = |of: fn(Places) -> u32| -> Vec<Option<f64>> {
        places
            .iter()
            .map(|place| place.map(|place| f64::from(of(place))))
            .collect()
    };
    Ok(vec![
        ("p05", column(|place| place.p05)),
        ("p50", column(|place| place.p50)),
        ("p95", column(|place| place.p95)),
    ])
}

type Column<'a> = (&'a str, &'a [Option<f64>]);

fn columns<'a>(asked: &Asked, outcome: &'a Outcome) -> Vec<Column<'a>> {
    let normalised = outcome.normalised.iter().filter(|_| asked.normalised);
    let all = normalised.chain(&outcome.nodes);
    let mut columns: Vec<Column> = all
        .map(|(code, column)| (code.as_str(), column.as_slice()))
        .collect();
    columns.push(("score", &outcome.score));
    columns.push(("rank", &outcome.rank));
    columns
}

/// A text as a cell: quoted where it must be.
fn quoted(text: &str) -> String {
    if text.contains([',', '"', '\n', '\r']) {
        format!("\"{}\"", text.replace('"', "\"\""))
    } else {
        text.to_owned()
    }
}

fn printed(method: &Method, name: &str, value: Option<f64>) -> String {
    match (name, method.score_decimals, value) {
        ("score", Some(decimals), Some(value)) => index::printed(value, decimals.max(0) as usize),
        _ => cell(value),
    }
}

fn csv(method: &Method, outcome: &Outcome, columns: &[Column]) -> String {
    let mut out = quoted(&method.id);
    for (name, _) in columns {
        let _ = write!(out, ",{}", quoted(name));
    }
    out.push('\n');
    for (row, unit) in outcome.units.iter().enumerate() {
        out.push_str(&quoted(unit));
        for (name, column) in columns {
            let _ = write!(out, ",{}", printed(method, name, column[row]));
        }
        out.push('\n');
    }
    out
}

fn json(method: &Method, outcome: &Outcome, columns: &[Column]) -> String {
    let rows = outcome.units.iter().enumerate().map(|(row, unit)| {
        let mut object = serde_json::Map::new();
        object.insert(method.id.clone(), unit.clone().into());
        for (name, column) in columns {
            object.insert((*name).to_owned(), column[row].into());
        }
        serde_json::Value::Object(object)
    });
    let rows: Vec<_> = rows.collect();
    let text = serde_json::to_string_pretty(&rows).unwrap_or_default();
    format!("{text}\n")
}
