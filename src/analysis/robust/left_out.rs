//! Each indicator left out in turn: how much the places hang on it.

use super::Field;

/// What happens without one indicator.
#[derive(Clone, Debug)]
pub struct LeftOut {
    /// The place of the indicator in the framework.
    pub indicator: usize,
    /// How many agencies stand elsewhere.
    pub moved: i64,
    /// Mean difference from the official place, in hundredths of a place.
    pub shift_c: i64,
    /// Who moves furthest, and to which place.
    pub furthest: Option<(usize, i64)>,
    /// Whether another stands first in a league.
    pub is_first_other: bool,
}

/// Leaves out one after the other; those on which most hangs come first.
pub(super) fn each(field: &Field) -> Vec<LeftOut> {
    let mut room = field.ceilings();
    let mut all: Vec<LeftOut> = (0..field.framework.indicators.len())
        .map(|indicator| {
            let column = field.table.columns[indicator];
            let points = std::mem::take(&mut room.weights[column]);
            let scores = field.entries.iter();
            let scores: Vec<i64> = scores
                .map(|entry| entry.score(&field.table, &mut room))
                .collect();
            room.weights[column] = points;
            let places = field.places(&scores);
            let mut both = field.placed.iter().zip(&places);
            let moved = both.clone().filter(|(one, place)| one.rank != **place);
            LeftOut {
                indicator,
                moved: moved.count() as i64,
                shift_c: field.shift_c(&places),
                furthest: field.furthest(&places),
                is_first_other: both.any(|(one, place)| (one.rank == 1) != (*place == 1)),
            }
        })
        .collect();
    all.sort_by_key(|one| (std::cmp::Reverse(one.shift_c), one.indicator));
    all
}
