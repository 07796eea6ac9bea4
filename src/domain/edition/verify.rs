//! Checks an edition by its files alone: hashes, signature, tree, chain, and every score computed again.

use std::sync::Arc;

use super::super::fault::{At, Faults};
use super::super::framework::{self, Framework};
use super::super::json;
use super::super::returns::{self, Returns};
use super::super::score::{self, Scorecards};
use super::super::tree;
use super::manifest::{Manifest, SIGNATURE, SUMS};
use super::moved::{Moved, moved};
use super::{CORRECTIONS, FRAMEWORK, Files, LEAGUES, MANIFEST, RESULTS, RETURNS};
use super::{leaf, leagues, lines, published, root, sha256, sums};

/// Whether a signature over bytes is by the key at hand.
pub type Signed<'a> = &'a dyn Fn(&[u8], &[u8]) -> bool;

/// What the person who checks brings along.
#[derive(Clone, Copy, Default)]
pub struct Asked<'a> {
    /// Whether bytes and a signature are by a public key that was taken from elsewhere than the folder.
    pub is_signed: Option<Signed<'a>>,
    /// The files of the edition before this one.
    pub previous: Option<&'a Files>,
    /// An agency whose line is to be shown under the root.
    pub agency: Option<&'a str>,
}

/// One thing that was looked at: the key of its sentence, what the sentence names, and whether it holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Check {
    pub key: &'static str,
    pub names: Vec<(&'static str, String)>,
    pub is_good: bool,
}

fn good(key: &'static str, names: Vec<(&'static str, String)>) -> Check {
    Check {
        key,
        names,
        is_good: true,
    }
}

fn bad(key: &'static str, names: Vec<(&'static str, String)>) -> Check {
    Check {
        key,
        names,
        is_good: false,
    }
}

/// Looks at everything that can be looked at; the edition holds if every check is good.
pub fn verify(files: &Files, asked: &Asked) -> Vec<Check> {
    let Some(bytes) = files.get(MANIFEST) else {
        return vec![bad("edition-no-manifest", vec![])];
    };
    let Some(manifest) = Manifest::read(bytes) else {
        return vec![bad("edition-broken-manifest", vec![])];
    };
    let mut checks = hashes(files, &manifest);
    checks.push(signature(files, asked.is_signed));
    checks.extend(numbers(files, &manifest, asked));
    checks.extend(chain(files, &manifest, asked.previous));
    checks
}

/// Every file is the one that the manifest names, none is missing, none came in.
fn hashes(files: &Files, manifest: &Manifest) -> Vec<Check> {
    let mut checks = Vec::new();
    let named = |name: &String| vec![("file", name.clone())];
    for (name, hash, size) in &manifest.files {
        match files.get(name) {
            None => checks.push(bad("edition-file-missing", named(name))),
            Some(bytes) if sha256(bytes) != *hash || bytes.len() as i64 != *size => {
                checks.push(bad("edition-file-changed", named(name)));
            }
            Some(_) => {}
        }
    }
    let beside = [MANIFEST, SIGNATURE, SUMS];
    for name in files.keys().filter(|name| !beside.contains(&name.as_str())) {
        if !manifest.files.iter().any(|(listed, ..)| listed == name) {
            checks.push(bad("edition-file-unknown", named(name)));
        }
    }
    if checks.is_empty() {
        let count = manifest.files.len().to_string();
        checks.push(good("edition-files-good", vec![("count", count)]));
    }
    let mut summed = files.clone();
    summed.retain(|name, _| name != SUMS && name != SIGNATURE);
    match files.get(SUMS) {
        Some(bytes) if sums(&summed).as_bytes() == bytes => {}
        Some(_) => checks.push(bad("edition-sums-wrong", vec![])),
        None => checks.push(bad("edition-file-missing", named(&SUMS.to_owned()))),
    }
    checks
}

fn signature(files: &Files, is_signed: Option<Signed>) -> Check {
    let Some(is_signed) = is_signed else {
        return good("edition-signature-unchecked", vec![]);
    };
    let Some(signature) = files.get(SIGNATURE) else {
        return bad("edition-signature-awaited", vec![]);
    };
    let manifest = files.get(MANIFEST).map_or(&[][..], Vec::as_slice);
    if is_signed(manifest, signature) {
        good("edition-signature-good", vec![])
    } else {
        bad("edition-signature-wrong", vec![])
    }
}

/// Scores the published returns again and compares every line, every place and the root.
fn numbers(files: &Files, manifest: &Manifest, asked: &Asked) -> Vec<Check> {
    let Some(returns) = returns_of(files) else {
        return vec![bad("edition-returns-refused", vec![])];
    };
    let mut checks = Vec::new();
    let names = [
        returns.framework.code.clone(),
        returns.framework.version.clone(),
    ];
    if returns.period != manifest.period || names != manifest.framework {
        checks.push(bad("edition-other-quarter", vec![]));
    }
    if published(&returns).to_json() != returns.to_json() {
        checks.push(bad("edition-private-words", vec![]));
    }
    let cards = score::score(&returns);
    let again = lines(&cards, &returns);
    checks.extend(results(files, &again, &cards));
    let kept = kept_lines(files);
    if root(&kept) != manifest.root || kept.len() as i64 != manifest.count {
        checks.push(bad("edition-root-wrong", vec![]));
    }
    if checks.is_empty() {
        let count = again.len().to_string();
        checks.push(good("edition-scores-good", vec![("count", count)]));
        let names = vec![("root", manifest.root.clone())];
        checks.push(good("edition-root-good", names));
    }
    if let Some(agency) = asked.agency {
        checks.push(inclusion(&kept, &manifest.root, agency));
    }
    checks
}

pub(super) fn returns_of(files: &Files) -> Option<Returns> {
    let framework = json::read(files.get(FRAMEWORK)?)?;
    let framework: Framework = framework::read(&framework, &At::top(), &mut Faults::default())?;
    returns::read(files.get(RETURNS)?, &[Arc::new(framework)]).ok()
}

/// The lines of the file with their line breaks.
fn kept_lines(files: &Files) -> Vec<String> {
    let bytes = files.get(RESULTS).map_or(&[][..], Vec::as_slice);
    let text = String::from_utf8_lossy(bytes);
    text.split_inclusive('\n').map(str::to_owned).collect()
}

fn results(files: &Files, again: &[String], cards: &Scorecards) -> Vec<Check> {
    let kept = kept_lines(files);
    let mut checks = Vec::new();
    for (card, line) in cards.cards.iter().zip(again) {
        if !kept.contains(line) {
            let names = vec![("agency", card.agency.clone())];
            checks.push(bad("edition-score-wrong", names));
        }
    }
    if checks.is_empty() && kept != again {
        checks.push(bad("edition-lines-moved", vec![]));
    }
    if files.get(LEAGUES).map(Vec::as_slice) != Some(leagues(cards).as_bytes()) {
        checks.push(bad("edition-places-wrong", vec![]));
    }
    checks
}

fn inclusion(kept: &[String], whole: &str, agency: &str) -> Check {
    let names = || vec![("agency", agency.to_owned())];
    let leaves: Vec<tree::Hash> = kept.iter().map(|line| leaf(line)).collect();
    let is_of = |line: &String| {
        let card = json::read(line.as_bytes());
        card.is_some_and(|card| card.get("agency").and_then(json::Json::as_text) == Some(agency))
    };
    let Some(place) = kept.iter().position(is_of) else {
        return bad("edition-agency-missing", names());
    };
    let path = tree::proof(&leaves, place).unwrap_or_default();
    let reached = tree::climb(leaves[place], place, leaves.len(), &path).map(hex::encode);
    if reached.as_deref() != Some(whole) {
        return bad("edition-agency-outside", names());
    }
    let path: Vec<String> = path.iter().map(hex::encode).collect();
    let mut names = names();
    names.push(("place", place.to_string()));
    names.push(("proof", path.join(" ")));
    good("edition-agency-inside", names)
}

/// The edition before is the one that this one names, and a correction says truly whom it moved.
fn chain(files: &Files, manifest: &Manifest, previous: Option<&Files>) -> Vec<Check> {
    let is_correction = manifest.edition > 1;
    if is_correction != manifest.reason.is_some()
        || is_correction != files.contains_key(CORRECTIONS)
    {
        return vec![bad("edition-correction-unexplained", vec![])];
    }
    let Some(before) = previous else {
        let is_first = manifest.previous.is_none();
        let key = if is_first {
            "edition-chain-begins"
        } else {
            "edition-chain-unchecked"
        };
        return vec![good(key, vec![])];
    };
    let read = before.get(MANIFEST).and_then(|bytes| Manifest::read(bytes));
    let named = read.as_ref().map(Manifest::as_previous);
    if named.is_none() || named != manifest.previous {
        return vec![bad("edition-chain-wrong", vec![])];
    }
    let is_same = named.is_some_and(|named| named.period == manifest.period);
    if is_correction && is_same {
        let results = |files: &Files| files.get(RESULTS).cloned().unwrap_or_default();
        let moved = moved(&results(before), &results(files));
        let told: String = moved.iter().map(Moved::line).collect();
        if files.get(CORRECTIONS).map(Vec::as_slice) != Some(told.as_bytes()) {
            return vec![bad("edition-moved-wrong", vec![])];
        }
    }
    vec![good("edition-chain-good", vec![])]
}
