//! The places under every other method that makes sense for this rule, beside the official ones.

use super::super::ranks::{Entry, Room};
use super::pairs::Met;
use super::{Field, Scorecard};
use crate::domain::score;

/// Another way from the same findings to a place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Method {
    /// Every gate left out.
    Ungated,
    /// What the agency claimed instead of what was found.
    Claimed,
    /// Every indicator weighs the same.
    EqualIndicators,
    /// Every dimension weighs the same.
    EqualDimensions,
    /// Dimensions multiplied, not added: a weak one can hardly be made up for.
    Geometric,
    /// Stricter still with a weak dimension.
    Harmonic,
    /// Each indicator from the worst to the best of the quarter instead of from floor to target.
    Stretched,
    /// Two by two: who is better on more points beats the other.
    Copeland,
}

impl Method {
    /// Every other method.
    pub const ALL: [Method; 8] = [
        Method::Ungated,
        Method::Claimed,
        Method::EqualIndicators,
        Method::EqualDimensions,
        Method::Geometric,
        Method::Harmonic,
        Method::Stretched,
        Method::Copeland,
    ];

    /// The word of the method.
    pub fn as_str(self) -> &'static str {
        match self {
            Method::Ungated => "ungated",
            Method::Claimed => "claimed",
            Method::EqualIndicators => "equal-indicators",
            Method::EqualDimensions => "equal-dimensions",
            Method::Geometric => "geometric",
            Method::Harmonic => "harmonic",
            Method::Stretched => "stretched",
            Method::Copeland => "copeland",
        }
    }
}

/// The places under another method.
#[derive(Clone, Debug)]
pub struct Ranked {
    pub method: Method,
    /// For each agency with a place.
    pub places: Vec<i64>,
    /// Mean difference from the official place, in hundredths of a place.
    pub shift_c: i64,
    /// Who moves furthest, and to which place.
    pub furthest: Option<(usize, i64)>,
}

/// One dimension may not pull a product to nothing: 1.00 of 100 at least (SCORING.md §12).
const FLOOR: f64 = 100.0;

/// The places under every other method.
pub(super) fn ranked(field: &Field, met: &Met) -> Vec<Ranked> {
    let all = Method::ALL.into_iter();
    let all = all.filter(|method| *method != Method::Copeland || !met.wins.is_empty());
    let ranked = all.map(|method| {
        let places = field.places(&scores(field, met, method));
        Ranked {
            method,
            shift_c: field.shift_c(&places),
            furthest: field.furthest(&places),
            places,
        }
    });
    ranked.collect()
}

/// A score for each agency with a place, in hundredths.
fn scores(field: &Field, met: &Met, method: Method) -> Vec<i64> {
    let cards = field.cards.iter();
    match method {
        Method::Ungated => cards
            .map(|card| card.outcome.ungated_c.unwrap_or(0))
            .collect(),
        Method::Claimed => cards.map(|card| claimed(field, card)).collect(),
        Method::EqualIndicators => {
            let mut room = field.ceilings();
            room.weights.fill(1);
            score_all(field, &field.entries, &mut room)
        }
        Method::EqualDimensions => by_dimension(field, |rates| {
            let counted = rates.iter().filter(|(_, weight)| *weight > 0.0);
            let (sum, count) = counted.fold((0.0, 0.0), |(sum, count), (rate, _)| {
                (sum + rate, count + 1.0)
            });
            sum / count
        }),
        Method::Geometric => by_dimension(field, |rates| {
            let (sum, whole) = weighed(rates, |rate| rate.max(FLOOR).ln());
            (sum / whole).exp()
        }),
        Method::Harmonic => by_dimension(field, |rates| {
            let (sum, whole) = weighed(rates, |rate| 1.0 / rate.max(FLOOR));
            whole / sum
        }),
        Method::Stretched => score_all(field, &stretched(field), &mut field.ceilings()),
        Method::Copeland => met.wins.clone(),
    }
}

fn weighed(rates: &[(f64, f64)], of: impl Fn(f64) -> f64) -> (f64, f64) {
    let each = rates.iter();
    each.fold((0.0, 0.0), |(sum, whole), (rate, weight)| {
        (sum + weight * of(*rate), whole + weight)
    })
}

fn score_all(field: &Field, entries: &[Entry], room: &mut Room) -> Vec<i64> {
    let each = entries.iter();
    each.map(|entry| entry.score(&field.table, room)).collect()
}

/// Scores from the rates of the dimensions as the gates hold them, under the cap of the grade.
fn by_dimension(field: &Field, mean: impl Fn(&[(f64, f64)]) -> f64) -> Vec<i64> {
    let mut room = field.ceilings();
    let mut rates = Vec::new();
    let each = field.entries.iter().map(|entry| {
        entry.rate(&field.table, &mut room);
        rates.clear();
        let own = room.rates.iter();
        rates.extend(own.map(|(rate, weight)| (*rate as f64, *weight as f64)));
        if rates.iter().all(|(_, weight)| *weight == 0.0) {
            return 0;
        }
        (mean(&rates).round() as i64).min(entry.grade_cap)
    });
    each.collect()
}

/// The score if every claim had been confirmed as it stood, with the gates that were armed.
fn claimed(field: &Field, card: &Scorecard) -> i64 {
    let mut items = card.settled.items.clone();
    for item in items.iter_mut().filter(|item| item.status.is_counted()) {
        item.base_c = item.claimed_c.unwrap_or(item.base_c);
    }
    let outcome = score::apply(field.framework, &items, &card.armed);
    outcome.final_c.unwrap_or(0)
}

/// Each indicator from the worst to the best of the league; one on which all are alike says nothing and is not counted.
fn stretched(field: &Field) -> Vec<Entry> {
    let mut entries = field.entries.clone();
    for league in field.leagues() {
        for column in 0..field.table.columns.len() {
            let counted = league.iter().map(|at| field.entries[*at].rates[column]);
            let counted: Vec<i64> = counted.filter(|one| one.1 == 1).map(|one| one.0).collect();
            let (Some(low), Some(high)) = (counted.iter().min(), counted.iter().max()) else {
                continue;
            };
            for at in &league {
                let rate = &mut entries[*at].rates[column];
                *rate = match *rate {
                    (own, 1) if high > low => (
                        score::half_up(i128::from(10_000 * (own - low)), i128::from(high - low)),
                        1,
                    ),
                    _ => (0, 0),
                };
            }
        }
    }
    entries
}
