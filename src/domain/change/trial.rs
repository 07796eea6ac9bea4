//! What a draft framework would have made of a quarter: who would stand elsewhere, and why. Nothing is kept.

use std::collections::BTreeMap;

use super::super::framework::Framework;
use super::super::returns::Returns;
use super::super::score::{self, Scorecard, Scorecards};
use super::rescore::Rescore;

/// A quarter under a draft, beside the quarter as it was scored.
pub struct Trial {
    /// The quarter as the draft scores it.
    pub cards: Scorecards,
    /// Indicators of the draft, by place, of which the quarter knows nothing.
    pub unknown: Vec<usize>,
    /// Every agency, by code.
    pub moves: Vec<Move>,
}

/// One agency as it was scored, and under the draft. What has no score or no place has none here either.
#[derive(Clone, Debug)]
pub struct Move {
    pub agency: String,
    pub score_c: [Option<i64>; 2],
    pub rank: [Option<i64>; 2],
    pub grade: [Option<String>; 2],
    /// What makes the difference, the most first; they sum to it.
    pub causes: Vec<Cause>,
}

/// A line of points lost that is not the same under the draft: codes of the gate and of what it is about.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Cause {
    pub gate: Option<String>,
    pub dimension: Option<String>,
    pub indicator: Option<String>,
    /// How much less is lost, in hundredths of the score.
    pub change_c: i64,
}

/// Scores a quarter under a draft and compares. An old answer counts where it still means the same (SCORING.md §11).
pub fn trial(returns: &Returns, before: &Scorecards, draft: &Framework) -> Trial {
    let rescore = Rescore::between(&returns.framework, draft);
    let is_known = |place: usize| rescore.is_known[place];
    let cards = returns.agencies.iter().map(|agency| {
        let agency = rescore.still_meant(draft, agency);
        score::card_knowing(draft, &agency, &is_known)
    });
    let cards = score::gather(draft, &returns.period, cards.collect());
    // Both are in the order of the codes, and of the same agencies.
    let both = before.cards.iter().zip(&cards.cards);
    let moves = both.map(|(then, now)| compare([&returns.framework, draft], [then, now]));
    Trial {
        moves: moves.collect(),
        unknown: (0..draft.indicators.len())
            .filter(|place| !is_known(*place))
            .collect(),
        cards,
    }
}

fn compare(frameworks: [&Framework; 2], cards: [&Scorecard; 2]) -> Move {
    let score_c = cards.map(|card| card.outcome.final_c);
    let grade = |at: usize| cards[at].grade(frameworks[at]).map(str::to_owned);
    let has_both = score_c.iter().all(Option::is_some);
    Move {
        agency: cards[0].agency.clone(),
        score_c,
        rank: cards.map(|card| card.rank.map(|rank| rank.overall)),
        grade: [grade(0), grade(1)],
        causes: if has_both {
            causes(frameworks, cards)
        } else {
            Vec::new()
        },
    }
}

/// Lines of both that are about the same, by their codes: places differ from framework to framework.
fn causes(frameworks: [&Framework; 2], cards: [&Scorecard; 2]) -> Vec<Cause> {
    let mut sums: BTreeMap<Cause, i64> = BTreeMap::new();
    for (framework, (card, sign)) in frameworks.into_iter().zip(cards.into_iter().zip([1, -1])) {
        for line in &card.outcome.lost {
            let code = |place: usize| framework.indicators[place].code.clone();
            let about = Cause {
                gate: line.gate.map(|gate| framework.gates[gate].code.clone()),
                // An indicator may have moved to another dimension and is still the same.
                dimension: line
                    .dimension
                    .filter(|_| line.indicator.is_none())
                    .map(|place| framework.dimensions[place].code.clone()),
                indicator: line.indicator.map(code),
                change_c: 0,
            };
            *sums.entry(about).or_default() += sign * line.score_c;
        }
    }
    let causes = sums.into_iter().filter(|(_, change_c)| *change_c != 0);
    let mut causes: Vec<Cause> = causes
        .map(|(about, change_c)| Cause { change_c, ..about })
        .collect();
    causes.sort_by_key(|cause| std::cmp::Reverse(cause.change_c.abs()));
    causes
}
