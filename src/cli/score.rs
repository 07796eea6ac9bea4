//! `mizan score`, `mizan change`, `mizan analyse`: for people and for other programs (SCORING.md §17, §18).

use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::analysis::ranks::{self, Settings};
use crate::domain::change;
use crate::domain::fault::Refusal;
use crate::domain::framework::{self, Framework};
use crate::domain::json;
use crate::domain::returns::{self, Returns};
use crate::domain::score;

/// MIZAN-KB 1.1.
pub const BUILT_IN: &str = include_str!("../../seeds/framework/MIZAN-KB-1.1.json");

/// What a command prints and how it ends.
#[derive(Debug, PartialEq, Eq)]
pub struct Printed {
    pub stdout: String,
    pub stderr: String,
    pub code: u8,
}

/// Why a command ends without a result.
pub enum Stop {
    Unreadable(String),
    Refused(PathBuf, Refusal),
}

/// Prints the scorecards of a RETURNS file.
pub fn score(path: &Path, frameworks: &[PathBuf]) -> Printed {
    print(load(path, frameworks).map(|returns| score::score(&returns).to_json(&returns.framework)))
}

/// Prints the change between two RETURNS files.
pub fn change(old: &Path, new: &Path, frameworks: &[PathBuf]) -> Printed {
    let both = load(old, frameworks).and_then(|old| Ok((old, load(new, frameworks)?)));
    print(both.map(|(old, new)| change::change(&old, &new).to_json(&old, &new)))
}

/// Prints the rank intervals of a RETURNS file.
pub fn analyse(path: &Path, frameworks: &[PathBuf], settings: Settings) -> Printed {
    print(load(path, frameworks).map(|returns| ranks::analyse(&returns, settings)))
}

impl Stop {
    /// In one sentence.
    pub fn sentence(&self) -> String {
        match self {
            Stop::Unreadable(why) => why.clone(),
            Stop::Refused(path, refusal) => {
                let count = refusal.faults.len();
                let first = refusal.faults.first();
                let first =
                    first.map(|(at, code)| format!(", the first {} at \"{at}\"", code.as_str()));
                format!(
                    "{} was refused whole: {count} fault(s){}.",
                    path.display(),
                    first.unwrap_or_default()
                )
            }
        }
    }
}

/// The frameworks that are built in.
pub fn built_in() -> Vec<Arc<Framework>> {
    framework::read_file(BUILT_IN.as_bytes())
        .ok()
        .map(Arc::new)
        .into_iter()
        .collect()
}

/// What a command prints for a result or for a refusal.
pub fn print(result: Result<json::Json, Stop>) -> Printed {
    match result {
        Ok(json) => Printed {
            stdout: json.canonical(),
            stderr: String::new(),
            code: 0,
        },
        Err(stop) => {
            let stderr = stop.sentence();
            match stop {
                Stop::Unreadable(_) => Printed {
                    stdout: String::new(),
                    stderr,
                    code: 2,
                },
                Stop::Refused(_, refusal) => Printed {
                    stdout: refusal.to_json().canonical(),
                    stderr,
                    code: 1,
                },
            }
        }
    }
}

/// What is in a file.
pub fn bytes(path: &Path) -> Result<Vec<u8>, Stop> {
    std::fs::read(path)
        .map_err(|why| Stop::Unreadable(format!("{} cannot be read: {why}.", path.display())))
}

/// Reads a RETURNS file with the frameworks it may refer to.
pub fn load(path: &Path, frameworks: &[PathBuf]) -> Result<Returns, Stop> {
    let mut known = Vec::new();
    for file in frameworks {
        let found = framework::read_file(&bytes(file)?)
            .map_err(|refusal| Stop::Refused(file.clone(), refusal))?;
        known.push(Arc::new(found));
    }
    // One that is named on the command line comes before the built-in of the same version.
    known.extend(built_in());
    read(path, &bytes(path)?, &known)
}

/// Reads RETURNS with the frameworks they may refer to.
pub fn read(path: &Path, bytes: &[u8], known: &[Arc<Framework>]) -> Result<Returns, Stop> {
    returns::read(bytes, known).map_err(|refusal| Stop::Refused(path.to_owned(), refusal))
}
