//! A column of numbers. In this room a missing value is NaN: every number that comes in is finite, and what would
//! leave the range of numbers is refused where it arises.

/// What stands where there is no value.
pub const MISSING: f64 = f64::NAN;

/// Values that are looked at side by side.
const LANES: usize = 8;

/// The value, where there is one.
pub fn there(value: f64) -> Option<f64> {
    (!value.is_nan()).then_some(value)
}

/// The values that there are.
pub fn present(column: &[f64]) -> impl Iterator<Item = f64> + Clone + '_ {
    column.iter().copied().filter(|value| !value.is_nan())
}

/// Each value by its rule; what is missing stays so.
pub fn each(from: &[f64], to: &mut [f64], rule: impl Fn(f64) -> f64) {
    for (to, value) in to.iter_mut().zip(from) {
        *to = if value.is_nan() { *value } else { rule(*value) };
    }
}

/// How many values are like that. Counted as floats, for those lie side by side like the values.
fn count(column: &[f64], is: impl Fn(f64) -> bool) -> usize {
    let one = |value: f64| if is(value) { 1.0 } else { 0.0 };
    let mut counts = [0.0; LANES];
    let (whole, rest) = column.as_chunks::<LANES>();
    for values in whole {
        for (count, value) in counts.iter_mut().zip(values) {
            *count += one(*value);
        }
    }
    let rest: f64 = rest.iter().map(|value| one(*value)).sum();
    (counts.iter().sum::<f64>() + rest) as usize
}

/// Whether every value is a finite number, but for so many that are missing.
pub fn is_sound(column: &[f64], missing: usize) -> bool {
    count(column, |value| value.abs() < f64::INFINITY) + missing == column.len()
}

/// The least and the greatest value, and how many are missing.
#[derive(Clone, Copy, Debug)]
pub struct Span {
    pub low: f64,
    pub high: f64,
    pub missing: usize,
}

impl Span {
    /// Of a column; of nothing the least is above the greatest.
    pub fn of(column: &[f64]) -> Span {
        let mut low = [f64::INFINITY; LANES];
        let mut high = [f64::NEG_INFINITY; LANES];
        let mut look = |lane: usize, value: f64| {
            low[lane] = if value < low[lane] { value } else { low[lane] };
            high[lane] = if value > high[lane] {
                value
            } else {
                high[lane]
            };
        };
        let (whole, rest) = column.as_chunks::<LANES>();
        for values in whole {
            for (lane, value) in values.iter().enumerate() {
                look(lane, *value);
            }
        }
        for (lane, value) in rest.iter().enumerate() {
            look(lane, *value);
        }
        Span {
            low: low.into_iter().fold(f64::INFINITY, f64::min),
            high: high.into_iter().fold(f64::NEG_INFINITY, f64::max),
            missing: count(column, f64::is_nan),
        }
    }
}

/// The sum, as if it were computed without rounding and rounded once: the same for every order.
pub fn sum(values: impl Iterator<Item = f64>) -> f64 {
    // What rounding left over is kept in parts that do not overlap, the smallest first.
    let mut parts: Vec<f64> = Vec::new();
    for value in values {
        let (mut high, mut kept) = (value, 0);
        for at in 0..parts.len() {
            let (a, b) = if high.abs() < parts[at].abs() {
                (parts[at], high)
            } else {
                (high, parts[at])
            };
            high = a + b;
            let low = b - (high - a);
            if low != 0.0 {
                parts[kept] = low;
                kept += 1;
            }
        }
        parts.truncate(kept);
        parts.push(high);
    }
    let mut parts = parts.into_iter().rev().peekable();
    let Some(mut high) = parts.next() else {
        return 0.0;
    };
    while let Some(part) = parts.next() {
        let before = high;
        high = before + part;
        let low = part - (high - before);
        if low == 0.0 {
            continue;
        }
        // Halfway between two numbers, the next part decides.
        let is_same_side = parts
            .peek()
            .is_some_and(|next| (*next < 0.0) == (low < 0.0));
        let twice = 2.0 * low;
        let other = high + twice;
        if is_same_side && twice == other - high {
            high = other;
        }
        break;
    }
    high
}

/// The arithmetic mean; none of nothing.
pub fn mean(values: impl Iterator<Item = f64> + Clone) -> Option<f64> {
    let count = values.clone().count() as f64;
    let whole = sum(values.clone()) / count;
    if count == 0.0 || whole.is_finite() {
        return (count > 0.0).then_some(whole);
    }
    Some(sum(values.map(|value| value / count)))
}

/// What is noise beside a number of that size.
pub const NOISE: f64 = 1e-12;

/// Whether two computed numbers differ by no more than noise.
pub fn is_near(one: f64, other: f64) -> bool {
    one == other || (one - other).abs() <= one.abs().max(other.abs()) * NOISE
}

/// The same, where numbers of that size went into them.
pub fn is_near_for(one: f64, other: f64, size: f64) -> bool {
    is_near(one, other) || (one - other).abs() <= size * NOISE
}
