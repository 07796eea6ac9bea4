//! Places, ties and rounding. Two scores that differ only by the noise of floats are equal.

use super::method::{On, Ranking, Ties};

/// What is noise beside a number of that size.
const NOISE: f64 = 1e-12;

/// Rounds half up to so many decimals; a half that floats missed by noise is still a half.
pub fn half_up(value: f64, decimals: i32) -> f64 {
    let power = 10_f64.powi(decimals);
    let scaled = value * power;
    let nudge = scaled.abs().max(1.0) * 2e-14;
    (scaled + 0.5 + nudge).floor() / power
}

/// The class of each value, counted from the smallest: equal values are in one class.
pub fn classes(values: &[Option<f64>]) -> Vec<Option<usize>> {
    let mut order: Vec<(f64, usize)> = values
        .iter()
        .enumerate()
        .filter_map(|(row, value)| Some(((*value)?, row)))
        .collect();
    order.sort_by(|a, b| a.0.total_cmp(&b.0));
    let widest = order
        .iter()
        .map(|(value, _)| value.abs())
        .fold(0.0, f64::max);
    let mut class = 0;
    let mut classes = vec![None; values.len()];
    for (place, (value, row)) in order.iter().enumerate() {
        if place > 0 && value - order[place - 1].0 > widest * NOISE {
            class += 1;
        }
        classes[*row] = Some(class);
    }
    classes
}

/// The place of each score, the highest first; a unit without a score has none.
pub fn ranks(scores: &[Option<f64>], how: &Ranking) -> Vec<Option<f64>> {
    let compared: Vec<Option<f64>> = match how.on {
        On::Exact => scores.to_vec(),
        On::Rounded => scores
            .iter()
            .map(|score| score.map(|score| half_up(score, how.decimals)))
            .collect(),
    };
    let class = classes(&compared);
    let most = class.iter().flatten().max().copied().unwrap_or(0);
    let mut sizes = vec![0_usize; most + 1];
    for own in class.iter().flatten() {
        sizes[*own] += 1;
    }
    let above = |own: usize| sizes[own + 1..].iter().sum::<usize>() as f64;
    let mut seen = vec![0_usize; most + 1];
    class
        .iter()
        .map(|own| {
            let own = (*own)?;
            seen[own] += 1;
            Some(match how.ties {
                Ties::Min => above(own) + 1.0,
                Ties::Dense => (most - own) as f64 + 1.0,
                Ties::Average => above(own) + (sizes[own] as f64 + 1.0) / 2.0,
                Ties::Ordinal => above(own) + seen[own] as f64,
            })
        })
        .collect()
}
