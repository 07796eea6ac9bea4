//! Change between two quarters: method, scope, like for like; and what moved a rank (SCORING.md §11, §19).

mod panel;
mod print;
mod rescore;
mod trial;

use std::collections::HashMap;

use super::framework::Framework;
use super::returns::{AgencyReturn, Returns};
use super::score::{self, Armed, Line, LineKind, Scorecard, Settled};
use panel::Panels;
use rescore::{Rescore, Seen};

pub use trial::{Cause, Move, Trial, trial};

/// The change of every agency of the newer quarter.
#[derive(Clone, Debug)]
pub struct Changes {
    pub changes: Vec<Change>,
}

/// One agency's change.
#[derive(Clone, Debug)]
pub struct Change {
    pub agency: String,
    /// Why no change is given, if so.
    pub reason: Option<&'static str>,
    pub score: Option<ScoreChange>,
    pub lines: Vec<(Option<Line>, &'static str, i64)>,
    pub rank: Option<RankChange>,
}

/// Scores in hundredths, before and after, all and like for like.
#[derive(Clone, Copy, Debug)]
pub struct ScoreChange {
    pub before_c: i64,
    pub after_c: i64,
    pub points: i64,
    pub like_before_c: i64,
    pub like_after_c: i64,
}

/// Places gained, and by whose doing, in halves.
#[derive(Clone, Copy, Debug)]
pub struct RankChange {
    pub before: i64,
    pub after: i64,
    pub panel: i64,
    pub own: i64,
    pub others: i64,
    pub method: i64,
    pub rest: i64,
}

/// Compares two quarters.
pub fn change(old: &Returns, new: &Returns) -> Changes {
    let (old_cards, new_cards) = (score::score(old).cards, score::score(new).cards);
    let framework = &*new.framework;
    let is_new_method =
        old.framework.code != framework.code || old.framework.version != framework.version;
    let rescore = Rescore::between(&old.framework, framework);
    let old_returns: HashMap<&str, &AgencyReturn> = old
        .agencies
        .iter()
        .map(|agency| (agency.code.as_str(), agency))
        .collect();
    let before: HashMap<&str, (&Scorecard, Seen)> = old_cards
        .iter()
        .map(|card| {
            (
                card.agency.as_str(),
                (
                    card,
                    rescore.see(framework, old_returns[card.agency.as_str()]),
                ),
            )
        })
        .collect();
    let panels = Panels::of(&before, &new_cards);
    let changes = new_cards.iter().map(|after| {
        let mut change = match before.get(after.agency.as_str()) {
            None => without(after, "no_previous"),
            Some((card, seen)) => compare(framework, card, seen, after, is_new_method),
        };
        if change.reason.is_none() {
            change.rank = panels.rank(after);
        }
        change
    });
    Changes {
        changes: changes.collect(),
    }
}

fn without(after: &Scorecard, reason: &'static str) -> Change {
    Change {
        agency: after.agency.clone(),
        reason: Some(reason),
        score: None,
        lines: Vec::new(),
        rank: None,
    }
}

fn compare(
    framework: &Framework,
    card: &Scorecard,
    old: &Seen,
    after: &Scorecard,
    is_new_method: bool,
) -> Change {
    let (Some(before_c), Some(after_c)) = (card.outcome.final_c, after.outcome.final_c) else {
        return without(after, "no_score");
    };
    let (then, now) = (counted(&old.settled), counted(&after.settled));
    let common: Vec<bool> = then
        .iter()
        .zip(&now)
        .map(|(then, now)| *then && *now)
        .collect();
    let like = |settled: &Settled, armed: &Armed| {
        let mut items = settled.items.clone();
        for (item, is_common) in items.iter_mut().zip(&common) {
            if !is_common {
                item.status = score::Status::NotMeasured;
            }
        }
        score::apply(framework, &items, armed)
    };
    let (like_before, like_after) = (
        like(&old.settled, &old.armed),
        like(&after.settled, &after.armed),
    );
    let (Some(rescored_c), Some(l0), Some(l1)) =
        (old.outcome.final_c, like_before.final_c, like_after.final_c)
    else {
        return without(after, "nothing_in_common");
    };
    let mut lines = Vec::new();
    if is_new_method {
        lines.push((None, "method", rescored_c - before_c));
    }
    if then != now {
        lines.push((None, "scope", (l0 - rescored_c) + (after_c - l1)));
    }
    lines.extend(differences(&like_before.lost, &like_after.lost));
    Change {
        agency: after.agency.clone(),
        reason: None,
        score: Some(ScoreChange {
            before_c,
            after_c,
            points: like_after.points_of,
            like_before_c: l0,
            like_after_c: l1,
        }),
        lines,
        rank: None,
    }
}

/// Which indicators are counted.
fn counted(settled: &Settled) -> Vec<bool> {
    let items = settled.items.iter();
    items.map(|item| item.status.is_counted()).collect()
}

/// What each line lost less than before, in the order of the score sheet.
fn differences(before: &[Line], after: &[Line]) -> Vec<(Option<Line>, &'static str, i64)> {
    let mut found: Vec<(Line, i64)> = Vec::new();
    for (lines, sign) in [(before, 1), (after, -1)] {
        for line in lines {
            let mut key = line.clone();
            (key.points_c, key.score_c) = (0, 0);
            match found.iter_mut().find(|(other, _)| *other == key) {
                Some((_, sum)) => *sum += sign * line.score_c,
                None => found.push((key, sign * line.score_c)),
            }
        }
    }
    found.retain(|(_, sum)| *sum != 0);
    found.sort_by_key(|(line, _)| {
        let is_grade = line.kind == LineKind::GateGrade;
        (
            is_grade,
            line.dimension,
            line.kind as u8,
            line.indicator,
            line.gate,
        )
    });
    found
        .into_iter()
        .map(|(line, sum)| (Some(line.clone()), line.kind.as_str(), sum))
        .collect()
}
