//! Places and ties. Two scores that differ only by the noise of floats are equal.

use super::column::MISSING;
use super::decimal::half_up;
use super::method::{On, Ranking, Ties};
use super::order::Sorting;

/// What is noise among computed values.
#[derive(Clone, Copy)]
pub struct Noise<'a> {
    /// No noise is larger than this; where it is not known, every pair is looked at.
    pub most: f64,
    /// Whether two rows have the same value, but for noise.
    pub is_same: &'a dyn Fn(usize, usize) -> bool,
}

impl Noise<'_> {
    fn is_same(&self, values: &[f64], one: usize, other: usize) -> bool {
        values[one] - values[other] <= self.most && (self.is_same)(one, other)
    }
}

/// Calls `take` with the rows of each class of equal values, the greatest values first, and with how many rows are
/// before them. Without noise only equal values are the same.
pub fn classes(
    values: &[f64],
    sorting: &mut Sorting,
    noise: Option<Noise>,
    mut take: impl FnMut(usize, &mut [usize]),
) {
    let order = &mut std::mem::take(&mut sorting.order);
    order.clear();
    order.extend(sorting.sorted(values));
    let mut from = 0;
    for at in 1..=order.len() {
        if at < order.len() {
            let (one, other) = (order[at - 1], order[at]);
            if values[one] == values[other]
                || noise.is_some_and(|noise| noise.is_same(values, one, other))
            {
                continue;
            }
        }
        take(from, &mut order[from..at]);
        from = at;
    }
    std::mem::swap(&mut sorting.order, order);
}

/// The number of the class of each value, counted from the smallest values.
pub fn class_numbers(values: &[f64], noise: Option<Noise>) -> Vec<Option<usize>> {
    let mut numbers = vec![None; values.len()];
    let mut count = 0;
    classes(values, &mut Sorting::default(), noise, |_, rows| {
        rows.iter().for_each(|row| numbers[*row] = Some(count));
        count += 1;
    });
    // They were met from the greatest down.
    for number in numbers.iter_mut().flatten() {
        *number = count - 1 - *number;
    }
    numbers
}

/// The place of each score, the highest first; a unit without a score has none.
pub fn ranks(
    scores: &[f64],
    how: &Ranking,
    noise: Noise,
    sorting: &mut Sorting,
    ranks: &mut [f64],
) {
    let rounded: Vec<f64>;
    let (compared, noise) = match how.on {
        On::Exact => (scores, Some(noise)),
        On::Rounded => {
            let half_up = half_up(how.decimals.unwrap_or(0));
            rounded = scores.iter().map(|score| half_up(*score)).collect();
            (rounded.as_slice(), None)
        }
    };
    ranks.fill(MISSING);
    let mut dense = 0.0;
    classes(compared, sorting, noise, |before, rows| {
        let (before, size) = (before as f64, rows.len() as f64);
        dense += 1.0;
        if how.ties == Ties::Ordinal {
            rows.sort_unstable();
        }
        for (place, row) in rows.iter().enumerate() {
            ranks[*row] = match how.ties {
                Ties::Min => before + 1.0,
                Ties::Dense => dense,
                Ties::Average => before + (size + 1.0) / 2.0,
                Ties::Ordinal => before + place as f64 + 1.0,
            };
        }
    });
}
