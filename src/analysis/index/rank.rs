//! Places, ties and rounding. Two scores that differ only by the noise of floats are equal.

use super::column::MISSING;
use super::method::{On, Ranking, Ties};
use super::order::Sorting;

/// What is noise beside a number of that size.
const NOISE: f64 = 1e-12;

/// Rounds half up to so many decimals; a half that floats missed by noise is still a half.
pub fn half_up(decimals: i32) -> impl Fn(f64) -> f64 {
    let power = 10_f64.powi(decimals);
    move |value| {
        let scaled = value * power;
        let nudge = scaled.abs().max(1.0) * 2e-14;
        (scaled + 0.5 + nudge).floor() / power
    }
}

/// Calls `take` with the rows of each class of equal values, the greatest values first, and with how many rows are
/// before them.
pub fn classes(values: &[f64], sorting: &mut Sorting, mut take: impl FnMut(usize, &mut [usize])) {
    let order = &mut std::mem::take(&mut sorting.order);
    order.clear();
    order.extend(sorting.sorted(values));
    let ends = order.first().zip(order.last());
    let widest = ends.map_or(0.0, |(first, last)| {
        values[*first].abs().max(values[*last].abs())
    });
    let mut from = 0;
    for at in 1..=order.len() {
        let is_next = at < order.len();
        if is_next && values[order[at - 1]] - values[order[at]] <= widest * NOISE {
            continue;
        }
        take(from, &mut order[from..at]);
        from = at;
    }
    std::mem::swap(&mut sorting.order, order);
}

/// The number of the class of each value, counted from the smallest values.
pub fn class_numbers(values: &[f64]) -> Vec<Option<usize>> {
    let mut numbers = vec![None; values.len()];
    let mut count = 0;
    classes(values, &mut Sorting::default(), |_, rows| {
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
pub fn ranks(scores: &[f64], how: &Ranking, sorting: &mut Sorting, ranks: &mut [f64]) {
    let rounded: Vec<f64>;
    let compared = match how.on {
        On::Exact => scores,
        On::Rounded => {
            let half_up = half_up(how.decimals.unwrap_or(0));
            rounded = scores.iter().map(|score| half_up(*score)).collect();
            &rounded
        }
    };
    ranks.fill(MISSING);
    let mut dense = 0.0;
    classes(compared, sorting, |before, rows| {
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
