//! The official score (SCORING.md). In order: points of each answer, honesty, facts and gates, caps, ranks, card.
//! Every printed number is the number used in the next step.

mod caps;
mod card;
mod gates;
mod points;
mod ranks;
mod settle;
mod worked;

use super::framework::Framework;
use super::json::Json;
use super::returns::{AgencyReturn, Returns};

pub use caps::{Line, LineKind, Outcome, apply};
pub use gates::{Armed, Found, found};
pub use points::{points_c, value_of};
pub use ranks::League;
pub use settle::{Honesty, Item, Pending, Settled, Status, settle};
pub use worked::{Step, work};

/// Halves away from zero: floor((2a + b) / (2b)). The only rounding of the rule.
pub fn half_up(a: i128, b: i128) -> i64 {
    // The limits of §1 keep every quotient of the rule inside 64 bits.
    ((2 * a + b).div_euclid(2 * b)) as i64
}

/// Why an agency stands where it stands (SCORING.md §9).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    Ranked,
    NoReport,
    Provisional,
    Unranked,
}

impl State {
    /// The word of the card.
    pub fn as_str(self) -> &'static str {
        match self {
            State::Ranked => "ranked",
            State::NoReport => "no_report",
            State::Provisional => "provisional",
            State::Unranked => "unranked",
        }
    }
}

/// Place among the league and among the group.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rank {
    pub overall: i64,
    pub overall_of: i64,
    pub group: i64,
    pub group_of: i64,
}

/// Range of scores and places while claims wait for a verdict (SCORING.md §10).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Range {
    pub low_c: Option<i64>,
    pub high_c: Option<i64>,
    pub rank_best: Option<i64>,
    pub rank_worst: Option<i64>,
}

/// The result of one agency, with everything it was made from.
#[derive(Clone, Debug)]
pub struct Scorecard {
    pub agency: String,
    pub kind: String,
    pub group: String,
    pub state: State,
    pub reasons: Vec<String>,
    pub settled: Settled,
    pub armed: Armed,
    pub outcome: Outcome,
    pub range: Range,
    pub rank: Option<Rank>,
}

/// All results of one quarter, by agency code.
#[derive(Clone, Debug)]
pub struct Scorecards {
    pub period: String,
    pub leagues: Vec<League>,
    pub cards: Vec<Scorecard>,
}

/// Scores a quarter.
pub fn score(returns: &Returns) -> Scorecards {
    let framework = &*returns.framework;
    let agencies = returns.agencies.iter();
    let cards = agencies.map(|agency| card_of(framework, agency)).collect();
    gather(framework, &returns.period, cards)
}

/// Puts the cards of a quarter in order and gives them their places.
pub fn gather(framework: &Framework, period: &str, mut cards: Vec<Scorecard>) -> Scorecards {
    cards.sort_by(|a, b| a.agency.cmp(&b.agency));
    let leagues = ranks::rank(framework, &mut cards);
    Scorecards {
        period: period.to_owned(),
        leagues,
        cards,
    }
}

/// Scores one agency alone: no place, but all the rest.
pub fn card_of(framework: &Framework, agency: &AgencyReturn) -> Scorecard {
    card_knowing(framework, agency, &|_| true)
}

/// The same of a return that can only speak of some indicators, by their places.
pub fn card_knowing(
    framework: &Framework,
    agency: &AgencyReturn,
    is_known: &dyn Fn(usize) -> bool,
) -> Scorecard {
    let settled = settle(framework, agency, Pending::ByPolicy, is_known);
    let armed = Armed::of(framework, agency, &settled, None);
    let outcome = apply(framework, &settled.items, &armed);
    let mut range = Range {
        low_c: outcome.final_c,
        high_c: outcome.final_c,
        ..Range::default()
    };
    if settled
        .items
        .iter()
        .any(|item| item.status == Status::Unverified)
    {
        let share = Some(settled.settled_bp(framework));
        let end = |pending| {
            let settled = settle(framework, agency, pending, is_known);
            let armed = Armed::of(framework, agency, &settled, share);
            apply(framework, &settled.items, &armed).final_c
        };
        range.low_c = end(Pending::Rejected);
        range.high_c = end(Pending::Confirmed);
    }
    let (state, reasons) = state(framework, agency, &settled, &armed, &outcome);
    Scorecard {
        agency: agency.code.clone(),
        kind: agency.kind.clone(),
        group: agency.group.clone(),
        state,
        reasons,
        settled,
        armed,
        outcome,
        range,
        rank: None,
    }
}

fn state(
    framework: &Framework,
    agency: &AgencyReturn,
    settled: &Settled,
    armed: &Armed,
    outcome: &Outcome,
) -> (State, Vec<String>) {
    let owed = settled.points_with(framework, |status| status == Status::NotMeasured);
    if !agency.is_ranked {
        (State::Unranked, vec!["exempt".to_owned()])
    } else if outcome.final_c.is_none() {
        (State::Unranked, vec!["no_score".to_owned()])
    } else if !armed.rank_last.is_empty() {
        (State::NoReport, armed.codes(framework, &armed.rank_last))
    } else if outcome.points_of + owed < framework.policy.min_rank_points {
        (State::Unranked, vec!["too_few_points".to_owned()])
    } else if !armed.unranked.is_empty() {
        (State::Provisional, armed.codes(framework, &armed.unranked))
    } else {
        (State::Ranked, Vec::new())
    }
}

impl Scorecards {
    /// The same quarter with one agency's return changed: its card and all places anew.
    pub fn with(&self, framework: &Framework, changed: &AgencyReturn) -> Scorecards {
        let mut cards = self.cards.clone();
        for card in cards.iter_mut().filter(|card| card.agency == changed.code) {
            *card = card_of(framework, changed);
        }
        let leagues = ranks::rank(framework, &mut cards);
        Scorecards {
            period: self.period.clone(),
            leagues,
            cards,
        }
    }

    /// The file of scorecards.
    pub fn to_json(&self, framework: &Framework) -> Json {
        Json::object([
            ("format", Json::text("mizan-scorecards/1")),
            ("framework", framework_json(framework)),
            ("period", Json::text(&self.period)),
            (
                "leagues",
                Json::List(self.leagues.iter().map(League::to_json).collect()),
            ),
            (
                "scorecards",
                Json::List(
                    self.cards
                        .iter()
                        .map(|card| card.to_json(framework))
                        .collect(),
                ),
            ),
        ])
    }
}

/// Code and version, as every printed file names its framework.
pub fn framework_json(framework: &Framework) -> Json {
    Json::object([
        ("code", Json::text(&framework.code)),
        ("version", Json::text(&framework.version)),
    ])
}
