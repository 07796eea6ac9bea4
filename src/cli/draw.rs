//! `mizan draw --verify`: anybody computes a published draw again.

use std::path::PathBuf;

use clap::Args;

use super::score::Printed;
use crate::domain::draw::{Difference, Published, differences};
use crate::web::words::{self, Language, Named};

/// No file of a draw is larger.
const LARGEST: u64 = 64 * 1024 * 1024;

/// What `mizan draw` is asked.
#[derive(Args)]
pub struct Asked {
    /// The published file of a draw.
    #[arg(long, value_name = "FILE")]
    verify: PathBuf,
    /// The language of the answer: fa or en.
    #[arg(long, default_value = "en")]
    lang: String,
}

/// Computes the draw of a file again. Exit 0 if it holds, 1 if not, 2 if the file is no draw.
pub fn draw(asked: &Asked) -> Printed {
    let refused = |stderr: String| Printed {
        stdout: String::new(),
        stderr,
        code: 2,
    };
    let size = std::fs::metadata(&asked.verify).map(|file| file.len());
    if size.as_ref().is_ok_and(|size| *size > LARGEST) {
        return refused(format!("{}: too large for a draw", asked.verify.display()));
    }
    let bytes = match std::fs::read(&asked.verify) {
        Ok(bytes) => bytes,
        Err(error) => return refused(format!("{}: {error}", asked.verify.display())),
    };
    let Some(file) = Published::read(&bytes) else {
        return refused(format!("{}: no file of a draw", asked.verify.display()));
    };
    let language = Language::from_code(&asked.lang).unwrap_or(Language::En);
    told(&file, &differences(&file), language)
}

fn told(file: &Published, found: &[Difference], language: Language) -> Printed {
    let say = |key: &str, named: &[(&str, Named)]| words::format(language, key, named);
    let of = |key: &str, agency: &str| say(key, &[("agency", Named::from(agency))]);
    let mut lines: Vec<String> = found
        .iter()
        .map(|one| match one {
            Difference::Urn => say("draw-verify-urn", &[]),
            Difference::Claims => say("draw-verify-claims", &[]),
            Difference::Seed => say("draw-verify-seed", &[]),
            Difference::Added(agency) => of("draw-verify-added", agency),
            Difference::Left(agency) => of("draw-verify-left", agency),
            Difference::Changed(agency) => of("draw-verify-changed", agency),
        })
        .collect();
    if found.is_empty() {
        let count = |all: usize| Named::from(i64::try_from(all).unwrap_or(i64::MAX));
        let named = [
            ("count", count(file.drawn.len())),
            ("all", count(file.urn.entries.len())),
            ("digits", Named::from(file.digits.as_str())),
        ];
        lines.push(say("draw-verify-holds", &named));
    }
    let hash = [("hash", Named::from(file.urn.hash().as_str()))];
    lines.push(say("draw-verify-hash", &hash));
    Printed {
        stdout: lines.join("\n") + "\n",
        stderr: String::new(),
        code: u8::from(!found.is_empty()),
    }
}
