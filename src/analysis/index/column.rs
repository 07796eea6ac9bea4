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
pub fn present(column: &[f64]) -> impl Iterator<Item = f64> + '_ {
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
