//! What the places hang on: other methods, indicators left out, weights, and what holds whatever the weights
//! (SCORING.md §12). Analysis beside the official result; it reads scorecards and gives none.

mod alike;
mod left_out;
mod methods;
mod pairs;
mod sample;
mod weights;

use super::ranks::{Entry, Room, Table};
use crate::domain::framework::Framework;
use crate::domain::score::{Scorecard, half_up};

pub use alike::{Alike, Telling};
pub use left_out::LeftOut;
pub use methods::{Method, Ranked};
pub use pairs::Firm;
pub use weights::{Factor, Moved, Share, USUAL, Weights};

/// An agency with a place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Placed {
    pub agency: String,
    /// Its league, as a place among the kinds of the framework.
    pub league: usize,
    /// Its official place.
    pub rank: i64,
}

/// Everything that is told of a quarter beside its official result.
pub struct Robust {
    /// In the order of the cards.
    pub placed: Vec<Placed>,
    pub methods: Vec<Ranked>,
    /// By how much each matters, the most first.
    pub left_out: Vec<LeftOut>,
    pub weights: Weights,
    /// What holds whatever the weights; of no pairs where a league is too large to be compared two by two.
    pub firm: Firm,
    /// The pairs most alike, first.
    pub alike: Vec<Alike>,
    /// In the order of the framework.
    pub telling: Vec<Telling>,
}

/// Looks at a quarter from every side. The cards are not changed.
pub fn robust(framework: &Framework, cards: &[Scorecard], moved: Moved) -> Robust {
    let field = Field::of(framework, cards);
    let met = pairs::meet(&field);
    Robust {
        methods: methods::ranked(&field, &met),
        left_out: left_out::each(&field),
        weights: weights::matter(&field, moved),
        firm: met.firm,
        alike: alike::alike(&field),
        telling: alike::telling(&field),
        placed: field.placed,
    }
}

/// The agencies with a place side by side, with what each brings.
struct Field<'a> {
    framework: &'a Framework,
    cards: Vec<&'a Scorecard>,
    placed: Vec<Placed>,
    table: Table,
    entries: Vec<Entry>,
}

impl<'a> Field<'a> {
    fn of(framework: &'a Framework, cards: &'a [Scorecard]) -> Field<'a> {
        let table = Table::of(framework);
        let with_place = cards.iter().filter(|card| card.rank.is_some());
        let with_place: Vec<&Scorecard> = with_place.collect();
        let entries = with_place.iter();
        let entries: Vec<Entry> = entries
            .map(|card| Entry::of(framework, &table, card, 0))
            .collect();
        let placed = with_place.iter().zip(&entries).map(|(card, entry)| Placed {
            agency: card.agency.clone(),
            league: entry.league,
            rank: card.rank.map_or(0, |rank| rank.overall),
        });
        Field {
            placed: placed.collect(),
            framework,
            cards: with_place,
            table,
            entries,
        }
    }

    /// The ceilings of the framework as weights, by column.
    fn ceilings(&self) -> Room {
        let mut room = Room::default();
        room.weights.resize(self.table.columns.len(), 0);
        for (place, indicator) in self.framework.indicators.iter().enumerate() {
            room.weights[self.table.columns[place]] = indicator.points;
        }
        room
    }

    /// Whom each league has, as places in the field.
    fn leagues(&self) -> Vec<Vec<usize>> {
        let mut leagues = vec![Vec::new(); self.framework.kinds.len()];
        for (at, entry) in self.entries.iter().enumerate() {
            if let Some(league) = leagues.get_mut(entry.league) {
                league.push(at);
            }
        }
        leagues
    }

    /// The places that scores lead to, each in its league; who gave no report stands last, equals share a place.
    fn places(&self, scores: &[i64]) -> Vec<i64> {
        let mut places = vec![0; scores.len()];
        let mut ranked = Vec::with_capacity(scores.len());
        for league in self.leagues() {
            ranked.clear();
            let told = league.iter().filter(|at| !self.entries[**at].is_silent);
            ranked.extend(told.map(|at| -scores[*at]));
            ranked.sort_unstable();
            for at in league {
                let better = if self.entries[at].is_silent {
                    ranked.len()
                } else {
                    ranked.partition_point(|other| *other < -scores[at])
                };
                places[at] = better as i64 + 1;
            }
        }
        places
    }

    /// The mean number of places by which others differ from the official ones, in hundredths.
    fn shift_c(&self, places: &[i64]) -> i64 {
        let both = self.placed.iter().zip(places);
        let moved: i64 = both.map(|(one, place)| (one.rank - place).abs()).sum();
        match self.placed.len() {
            0 => 0,
            count => half_up(100 * i128::from(moved), count as i128),
        }
    }

    /// Who moves furthest from the official place, and to where; nobody where nobody moves.
    fn furthest(&self, places: &[i64]) -> Option<(usize, i64)> {
        let moves = self.placed.iter().zip(places).enumerate();
        let moves = moves.filter(|(_, (one, place))| one.rank != **place);
        let furthest = moves
            .max_by_key(|(at, (one, place))| ((one.rank - **place).abs(), std::cmp::Reverse(*at)));
        furthest.map(|(at, (_, place))| (at, *place))
    }
}
