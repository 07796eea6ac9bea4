//! Leagues, places, ties, and the range of places while claims wait (SCORING.md §9, §10).

use std::cmp::Reverse;

use super::super::framework::Framework;
use super::super::json::Json;
use super::{Rank, Scorecard, State};

/// Agencies of one kind, ranked among themselves.
#[derive(Clone, Debug)]
pub struct League {
    pub kind: String,
    /// How many are ranked, no-report, provisional, unranked.
    pub counts: [i64; 4],
    /// Ranked, then no-report, in listing order.
    pub order: Vec<String>,
    pub not_in_order: Vec<String>,
}

impl League {
    /// The league as it is printed.
    pub fn to_json(&self) -> Json {
        let [ranked, no_report, provisional, unranked] = self.counts;
        Json::object([
            ("kind", Json::text(&self.kind)),
            ("agencies", Json::int(self.counts.iter().sum::<i64>())),
            ("ranked", Json::int(ranked)),
            ("no_report", Json::int(no_report)),
            ("provisional", Json::int(provisional)),
            ("unranked", Json::int(unranked)),
            ("order", Json::texts(&self.order)),
            ("not_in_order", Json::texts(&self.not_in_order)),
        ])
    }
}

/// Gives every card its places.
pub fn rank(framework: &Framework, cards: &mut [Scorecard]) -> Vec<League> {
    let mut leagues = Vec::new();
    for kind in &framework.kinds {
        let members: Vec<usize> = (0..cards.len())
            .filter(|card| cards[*card].kind == *kind)
            .collect();
        if members.is_empty() {
            continue;
        }
        places(cards, &members, |rank, place, of| {
            (rank.overall, rank.overall_of) = (place, of)
        });
        for (group, _) in framework.groups.iter().filter(|(_, of)| of == kind) {
            let own = members
                .iter()
                .copied()
                .filter(|card| cards[*card].group == *group);
            places(cards, &own.collect::<Vec<_>>(), |rank, place, of| {
                (rank.group, rank.group_of) = (place, of)
            });
        }
        ranges(cards, &members);
        leagues.push(league(kind, cards, &members));
    }
    leagues
}

fn is_in(cards: &[Scorecard], card: usize, state: State) -> bool {
    cards[card].state == state
}

fn places(cards: &mut [Scorecard], members: &[usize], set: impl Fn(&mut Rank, i64, i64)) {
    let mut scores: Vec<i64> = members
        .iter()
        .filter(|card| is_in(cards, **card, State::Ranked))
        .filter_map(|card| cards[*card].outcome.final_c)
        .collect();
    scores.sort_unstable_by_key(|score| Reverse(*score));
    let silent = members
        .iter()
        .filter(|card| is_in(cards, **card, State::NoReport))
        .count();
    let of = (scores.len() + silent) as i64;
    for card in members {
        let card = &mut cards[*card];
        let better = match (card.state, card.outcome.final_c) {
            (State::Ranked, Some(own)) => scores.partition_point(|score| *score > own),
            (State::NoReport, _) => scores.len(),
            _ => continue,
        };
        let none = Rank {
            overall: 0,
            overall_of: 0,
            group: 0,
            group_of: 0,
        };
        set(card.rank.get_or_insert(none), better as i64 + 1, of);
    }
}

fn ranges(cards: &mut [Scorecard], members: &[usize]) {
    let ranked: Vec<usize> = members
        .iter()
        .copied()
        .filter(|card| is_in(cards, *card, State::Ranked))
        .collect();
    let sorted = |end: fn(&Scorecard) -> Option<i64>| {
        let mut ends: Vec<i64> = ranked
            .iter()
            .filter_map(|card| end(&cards[*card]))
            .collect();
        ends.sort_unstable_by_key(|score| Reverse(*score));
        ends
    };
    let (lows, highs) = (
        sorted(|card| card.range.low_c),
        sorted(|card| card.range.high_c),
    );
    for card in members {
        let card = &mut cards[*card];
        match (card.state, card.range.low_c, card.range.high_c) {
            (State::Ranked, Some(low), Some(high)) => {
                let better = lows.partition_point(|other| *other > high);
                // Only others: my own high may be above my own low.
                let maybe = highs.partition_point(|other| *other > low) - usize::from(high > low);
                card.range.rank_best = Some(better as i64 + 1);
                card.range.rank_worst = Some(maybe as i64 + 1);
            }
            (State::NoReport, ..) => {
                let place = card.rank.map(|rank| rank.overall);
                (card.range.rank_best, card.range.rank_worst) = (place, place);
            }
            _ => {}
        }
    }
}

fn league(kind: &str, cards: &[Scorecard], members: &[usize]) -> League {
    const STATES: [State; 4] = [
        State::Ranked,
        State::NoReport,
        State::Provisional,
        State::Unranked,
    ];
    let with = |state: State| {
        let mut own: Vec<&Scorecard> = members
            .iter()
            .map(|card| &cards[*card])
            .filter(|card| card.state == state)
            .collect();
        own.sort_by_key(|card| {
            (
                Reverse(card.outcome.final_c),
                Reverse(card.outcome.ungated_c),
                card.agency.clone(),
            )
        });
        own.into_iter()
            .map(|card| card.agency.clone())
            .collect::<Vec<_>>()
    };
    let mut order = with(State::Ranked);
    order.extend(with(State::NoReport));
    let mut not_in_order = with(State::Provisional);
    not_in_order.extend(with(State::Unranked));
    not_in_order.sort();
    League {
        kind: kind.to_owned(),
        counts: STATES.map(|state| with(state).len() as i64),
        order,
        not_in_order,
    }
}
