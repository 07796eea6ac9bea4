//! An edition: a published ranking as a folder of files that anyone can check without this program (TRUST.md §3).
//!
//! `framework.json` and `returns.json` are what was scored, `results.jsonl` one line per agency (the leaves of a tree),
//! `leagues.json` the places, `agencies.jsonl` the names of the agencies, `corrections.jsonl` (from edition 2 on) whose score or place moved, `manifest` the hash of
//! every file, the root, and the edition before; `SHA256SUMS` is for `sha256sum -c`, `manifest.minisig` for `minisign -V`.

mod book;
mod manifest;
mod moved;
mod verify;

use std::collections::BTreeMap;

use sha2::{Digest, Sha256};

use super::json::Json;
use super::returns::{AgencyReturn, Returns, Verdict};
use super::score::{self, League, Scorecards};
use super::tree::{self, Hash};

pub use book::{Book, Seen, seen};
pub use manifest::{Manifest, NAME as MANIFEST, Previous, SIGNATURE, SUMS};
pub use moved::{Moved, moved};
pub use verify::{Asked, Check, Signed, verify};

/// The files of an edition by name.
pub type Files = BTreeMap<String, Vec<u8>>;

/// What was scored, the framework as it was published.
pub const FRAMEWORK: &str = "framework.json";
/// What the agencies reported and what was found.
pub const RETURNS: &str = "returns.json";
/// One line per agency, by code.
pub const RESULTS: &str = "results.jsonl";
/// Places in leagues and groups.
pub const LEAGUES: &str = "leagues.json";
/// The names of the agencies when it was published.
pub const AGENCIES: &str = "agencies.jsonl";
/// Whose score or place a correction moved.
pub const CORRECTIONS: &str = "corrections.jsonl";

/// What goes beside the numbers into an edition.
#[derive(Clone, Debug)]
pub struct Head {
    /// Code and the two names of the province.
    pub province: [String; 3],
    /// Every figure is invented.
    pub is_demo: bool,
    /// 1 for the first edition of a quarter; a correction is the next.
    pub number: i64,
    /// UTC, to the second.
    pub published_at: String,
    /// Size and root of the log when the edition was made.
    pub log: (i64, String),
    /// The edition published before this one, of whatever quarter.
    pub previous: Option<Previous>,
    /// What was corrected and why; `None` in a first edition.
    pub reason: Option<String>,
    /// Result lines of the edition that this one corrects.
    pub corrected: Option<Vec<u8>>,
    /// Code and the two names of every agency, by code.
    pub agencies: Vec<[String; 3]>,
}

/// The returns as they are published: without notes, without drafts of those who never handed in, and with no
/// words of a person. Nothing of that changes a score.
pub fn published(returns: &Returns) -> Returns {
    let mut published = returns.clone();
    published.note = None;
    published.agencies.iter_mut().for_each(silence);
    published
}

fn silence(agency: &mut AgencyReturn) {
    let is_submitted = agency.is_submitted;
    agency.answers.retain_mut(|answer| {
        if !is_submitted && answer.claim.take().is_some() {
            answer.verdict = answer.verdict.take().filter(stands_alone);
        }
        if let Some(Verdict::NotApplicable { reason }) = &mut answer.verdict {
            "granted".clone_into(reason);
        }
        answer.claim.is_some() || answer.verdict.is_some()
    });
}

fn stands_alone(verdict: &Verdict) -> bool {
    matches!(
        verdict,
        Verdict::NotApplicable { .. } | Verdict::Measured { .. }
    )
}

/// Makes the files of an edition, all but the signature. The same input gives the same bytes.
pub fn make(head: &Head, framework_text: &str, returns: &Returns) -> Files {
    let returns = published(returns);
    let cards = score::score(&returns);
    let lines = lines(&cards, &returns);
    let mut files = Files::new();
    let texts = [
        (FRAMEWORK, framework_text.to_owned()),
        (RETURNS, returns.to_json().canonical()),
        (LEAGUES, leagues(&cards)),
        (RESULTS, lines.concat()),
    ];
    for (name, text) in texts {
        files.insert(name.to_owned(), text.into_bytes());
    }
    if !head.agencies.is_empty() {
        let named: String = head.agencies.iter().map(book::name_line).collect();
        files.insert(AGENCIES.to_owned(), named.into_bytes());
    }
    if let Some(before) = &head.corrected {
        let moved = moved(before, lines.concat().as_bytes());
        let text: String = moved.iter().map(Moved::line).collect();
        files.insert(CORRECTIONS.to_owned(), text.into_bytes());
    }
    let manifest = Manifest::of(head, &returns, &files, &lines).print();
    files.insert(MANIFEST.to_owned(), manifest.into_bytes());
    let sums = sums(&files);
    files.insert(SUMS.to_owned(), sums.into_bytes());
    files
}

fn leagues(cards: &Scorecards) -> String {
    Json::List(cards.leagues.iter().map(League::to_json).collect()).canonical()
}

/// The result lines of returns, as an edition would hold them.
pub fn result_lines(returns: &Returns) -> Vec<u8> {
    let returns = published(returns);
    lines(&score::score(&returns), &returns)
        .concat()
        .into_bytes()
}

/// One line per agency, each with its line break.
fn lines(cards: &Scorecards, returns: &Returns) -> Vec<String> {
    let cards = cards.cards.iter();
    cards
        .map(|card| card.to_json(&returns.framework).line() + "\n")
        .collect()
}

/// The leaf of a line: its bytes without the line break.
fn leaf(line: &str) -> Hash {
    tree::leaf_hash(line.trim_end_matches('\n').as_bytes())
}

/// The root over the lines.
fn root(lines: &[String]) -> String {
    let leaves: Vec<Hash> = lines.iter().map(|line| leaf(line)).collect();
    hex::encode(tree::root(&leaves))
}

/// SHA-256 in hexadecimal digits.
pub fn sha256(bytes: &[u8]) -> String {
    hex::encode(Sha256::digest(bytes))
}

fn sums(files: &Files) -> String {
    let lines = files.iter();
    lines
        .map(|(name, bytes)| format!("{}  {name}\n", sha256(bytes)))
        .collect()
}
