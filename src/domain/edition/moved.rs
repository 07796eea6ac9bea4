//! Whose score or place a correction moved.

use std::collections::BTreeMap;

use super::super::json::{self, Json};

/// One agency before and after a correction. `None` is no score or no place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Moved {
    pub agency: String,
    /// Hundredths, before and after.
    pub score_c: [Option<i64>; 2],
    /// Place in the league, before and after.
    pub rank: [Option<i64>; 2],
}

impl Moved {
    /// As a line of the file.
    pub fn line(&self) -> String {
        let pair = |pair: [Option<i64>; 2]| Json::List(pair.map(Json::maybe).to_vec());
        let members = [
            ("agency", Json::text(&self.agency)),
            ("rank", pair(self.rank)),
            ("score_c", pair(self.score_c)),
        ];
        Json::object(members).line() + "\n"
    }
}

/// Every agency whose result line differs in score or place, by code.
pub fn moved(before: &[u8], after: &[u8]) -> Vec<Moved> {
    let (before, after) = (read(before), read(after));
    let mut codes: Vec<&String> = before.keys().chain(after.keys()).collect();
    codes.sort();
    codes.dedup();
    let found = |all: &BTreeMap<String, [Option<i64>; 2]>, code: &String| {
        all.get(code).copied().unwrap_or_default()
    };
    let compared = codes.into_iter().filter_map(|code| {
        let [[old_score, old_rank], [score, rank]] = [found(&before, code), found(&after, code)];
        (old_score != score || old_rank != rank).then(|| Moved {
            agency: code.clone(),
            score_c: [old_score, score],
            rank: [old_rank, rank],
        })
    });
    compared.collect()
}

/// Score and place of each line, by agency.
fn read(lines: &[u8]) -> BTreeMap<String, [Option<i64>; 2]> {
    let lines = lines.split(|byte| *byte == b'\n').filter_map(json::read);
    let read = lines.filter_map(|card| {
        let whole =
            |json: Option<&Json>| json.and_then(Json::as_int).and_then(|n| n.try_into().ok());
        let inner =
            |outer: &str, name: &str| whole(card.get(outer).and_then(|json| json.get(name)));
        let numbers = [inner("score", "final_c"), inner("rank", "overall")];
        Some((card.get("agency")?.as_text()?.to_owned(), numbers))
    });
    read.collect()
}

/// The lines of the file of corrections.
pub(super) fn read_moved(lines: &[u8]) -> Vec<Moved> {
    let lines = lines.split(|byte| *byte == b'\n').filter_map(json::read);
    let read = lines.filter_map(|line| {
        let pair = |name: &str| {
            let items = line.get(name)?.items();
            let number = |place: usize| items.get(place)?.as_int()?.try_into().ok();
            Some([number(0), number(1)])
        };
        Some(Moved {
            agency: line.get("agency")?.as_text()?.to_owned(),
            score_c: pair("score_c")?,
            rank: pair("rank")?,
        })
    });
    read.collect()
}
