//! What moved a rank: the agency itself, the others, the method, or who came and went (SCORING.md §11).

use std::collections::HashMap;

use super::super::score::{Scorecard, State};
use super::RankChange;
use super::rescore::Seen;

/// One member of a panel: old place and score as rescored, new place and score.
struct Member {
    kind: String,
    is_silent: [bool; 2],
    score: [i64; 2],
    official: i64,
    place: [i64; 2],
}

/// Agencies with a place in both quarters.
pub(super) struct Panels(HashMap<String, Member>);

impl Panels {
    /// Gathers who has a place in both quarters.
    pub(super) fn of(before: &HashMap<&str, (&Scorecard, Seen)>, after: &[Scorecard]) -> Panels {
        let members = after.iter().filter_map(|now| {
            let (then, seen) = before.get(now.agency.as_str())?;
            let place = [then.rank?.overall, now.rank?.overall];
            let score = [seen.outcome.final_c?, now.outcome.final_c?];
            let is_silent = [then.state == State::NoReport, now.state == State::NoReport];
            let member = Member {
                kind: now.kind.clone(),
                is_silent,
                score,
                official: then.outcome.final_c?,
                place,
            };
            (then.kind == now.kind).then(|| (now.agency.clone(), member))
        });
        Panels(members.collect())
    }

    /// How many places an agency gained, and by whose doing.
    pub(super) fn rank(&self, card: &Scorecard) -> Option<RankChange> {
        let me = self.0.get(&card.agency)?;
        let others: Vec<&Member> = self
            .0
            .iter()
            .filter(|(code, other)| **code != card.agency && other.kind == me.kind)
            .map(|(_, m)| m)
            .collect();
        let place = |own: usize, theirs: usize| {
            let better = others.iter().filter(|other| {
                !other.is_silent[theirs]
                    && (me.is_silent[own] || other.score[theirs] > me.score[own])
            });
            better.count() as i64 + 1
        };
        let old = others.iter().filter(|other| {
            !other.is_silent[0] && (me.is_silent[0] || other.official > me.official)
        });
        let (r00, r01, r10, r11) = (place(0, 0), place(0, 1), place(1, 0), place(1, 1));
        let (own, theirs) = ((r00 - r10) + (r01 - r11), (r00 - r01) + (r10 - r11));
        let method = 2 * (old.count() as i64 + 1 - r00);
        let gained = me.place[0] - me.place[1];
        Some(RankChange {
            before: me.place[0],
            after: me.place[1],
            panel: others.len() as i64 + 1,
            own,
            others: theirs,
            method,
            rest: 2 * gained - own - theirs - method,
        })
    }
}
