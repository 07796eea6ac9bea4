//! An edition opened to be read: nothing is in it that its own files do not say and that the rule does not make of them.

use std::collections::BTreeMap;

use super::super::framework::Framework;
use super::super::json::{self, Json};
use super::super::returns::{AgencyReturn, Returns};
use super::super::score::{self, Scorecard, Scorecards};
use super::manifest::Manifest;
use super::moved::{Moved, read_moved};
use super::verify::returns_of;
use super::{AGENCIES, CORRECTIONS, Files, MANIFEST, RESULTS, lines};

/// An edition with everything it says.
pub struct Book {
    pub manifest: Manifest,
    pub returns: Returns,
    pub cards: Scorecards,
    /// Whose score or place this edition moved against the one it corrects.
    pub moved: Vec<Moved>,
    names: BTreeMap<String, [String; 2]>,
}

/// What was seen at an agency's desks: unannounced visits, and those that somebody answered.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Seen {
    pub visits: i64,
    pub staffed: i64,
}

impl Book {
    /// Reads the files of an edition; `None` where they are not what the rule makes of them.
    pub fn open(files: &Files) -> Option<Book> {
        let manifest = Manifest::read(files.get(MANIFEST)?)?;
        let returns = returns_of(files)?;
        let cards = score::score(&returns);
        if lines(&cards, &returns).concat().as_bytes() != files.get(RESULTS)?.as_slice() {
            return None;
        }
        let file = |name: &str| files.get(name).map_or(&[][..], Vec::as_slice);
        Some(Book {
            manifest,
            cards,
            moved: read_moved(file(CORRECTIONS)),
            names: names(file(AGENCIES)),
            returns,
        })
    }

    /// The framework of the edition.
    pub fn framework(&self) -> &Framework {
        &self.returns.framework
    }

    /// The names of an agency, Persian and English, as they were at publication; its code where none was kept.
    pub fn names<'a>(&'a self, agency: &'a str) -> [&'a str; 2] {
        let kept = self.names.get(agency);
        kept.map_or([agency, agency], |[fa, en]| [fa, en])
    }

    /// The result of an agency.
    pub fn card(&self, agency: &str) -> Option<&Scorecard> {
        let all = &self.cards.cards;
        let place = all.binary_search_by(|card| card.agency.as_str().cmp(agency));
        place.ok().and_then(|place| all.get(place))
    }

    /// What was found of an agency.
    pub fn found(&self, agency: &str) -> Option<&AgencyReturn> {
        self.returns.agencies.iter().find(|one| one.code == agency)
    }

    /// Whether this edition moved an agency.
    pub fn is_moved(&self, agency: &str) -> bool {
        self.moved.iter().any(|moved| moved.agency == agency)
    }
}

/// What was seen at the desks of an agency.
pub fn seen(of: &AgencyReturn) -> Seen {
    let fact = |id: &str| of.facts.get(id).copied().unwrap_or(0);
    let visits = fact("unannounced_visits");
    let failed = fact("empty_desk_observations") + fact("obstructed_visits");
    Seen {
        visits,
        staffed: (visits - failed).max(0),
    }
}

/// One line of the names: code, Persian, English.
pub(super) fn name_line([code, fa, en]: &[String; 3]) -> String {
    let members = [
        ("agency", Json::text(code)),
        ("en", Json::text(en)),
        ("fa", Json::text(fa)),
    ];
    Json::object(members).line() + "\n"
}

fn names(lines: &[u8]) -> BTreeMap<String, [String; 2]> {
    let lines = lines.split(|byte| *byte == b'\n').filter_map(json::read);
    let read = lines.filter_map(|line| {
        let text = |name: &str| Some(line.get(name)?.as_text()?.to_owned());
        Some((text("agency")?, [text("fa")?, text("en")?]))
    });
    read.collect()
}
