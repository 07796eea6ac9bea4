//! From values to comparable values. A constant column is refused where a method would divide by its spread.

use super::Fault;
use super::method::{Indicator, Method, Norm, Transform};
use super::rank::classes;
use super::table::Table;
use super::treat::{Columns, mean};

/// Normalises every kept column in place.
pub fn all(method: &Method, table: &Table, columns: &mut Columns) -> Result<(), Vec<Fault>> {
    let mut faults = Vec::new();
    for (one, column) in method.indicators.iter().zip(&mut columns.kept) {
        let Some(column) = column else { continue };
        let done = transformed(one, table, column).and_then(|values| {
            let there: Vec<f64> = values.iter().flatten().copied().collect();
            let mut rule = rule(one, table, &values, &there)?;
            Ok(rule(&values))
        });
        match done {
            Ok(normalised) => *column = normalised,
            Err(fault) => faults.push(fault),
        }
    }
    if faults.is_empty() {
        Ok(())
    } else {
        Err(faults)
    }
}

fn transform_of(one: &Indicator) -> Transform {
    match &one.norm {
        Norm::Goalposts { transform, .. } | Norm::MinMax { transform, .. }
            if *transform != Transform::None =>
        {
            *transform
        }
        _ => one.transform,
    }
}

fn apply(transform: Transform, value: f64) -> Option<f64> {
    let done = match transform {
        Transform::None => value,
        Transform::Ln => value.ln(),
        Transform::Log10 => value.log10(),
        Transform::Ln1p => value.ln_1p(),
    };
    done.is_finite().then_some(done)
}

fn transformed(
    one: &Indicator,
    table: &Table,
    column: &[Option<f64>],
) -> Result<Vec<Option<f64>>, Fault> {
    let transform = transform_of(one);
    let rows = column.iter().zip(&table.units);
    rows.map(|(value, unit)| match value {
        None => Ok(None),
        Some(value) => match apply(transform, *value) {
            Some(done) => Ok(Some(done)),
            None => Err(Fault::cell(
                unit,
                &one.code,
                format!("{value} has no logarithm"),
            )),
        },
    })
    .collect()
}

type Values = [Option<f64>];
type Rule = Box<dyn FnMut(&Values) -> Vec<Option<f64>>>;

fn each(f: impl Fn(f64) -> f64 + 'static) -> Rule {
    Box::new(move |values| values.iter().map(|value| value.map(&f)).collect())
}

/// The rule of a column, once its minimum, mean and the like are known.
fn rule(one: &Indicator, table: &Table, values: &Values, there: &[f64]) -> Result<Rule, Fault> {
    let at = || format!("column {:?}", one.code);
    let low = there.iter().copied().fold(f64::INFINITY, f64::min);
    let high = there.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let constant = || {
        Err(Fault::at(
            at(),
            "every unit has the same value: nothing to compare",
        ))
    };
    let is_reversed = one.direction < 0.0;
    if there.is_empty() {
        return Err(Fault::at(at(), "no unit has a value"));
    }
    Ok(match &one.norm {
        Norm::None {} => each(move |x| if is_reversed { -x } else { x }),
        Norm::Goalposts { lo, hi, clip, .. } => goalposts(one, [*lo, *hi], *clip, is_reversed)?,
        Norm::MinMax { .. } if low == high => return constant(),
        Norm::MinMax { l_u, .. } => spread([low, high], *l_u, is_reversed),
        Norm::ZScore { mean: to, sd } => zscore(there, [*to, *sd], is_reversed)
            .ok_or_else(|| Fault::at(at(), "every unit has the same value: nothing to compare"))?,
        Norm::Rank {} => ranked(is_reversed, |rank, _| rank),
        Norm::Borda {} => ranked(is_reversed, |rank, _| rank - 1.0),
        Norm::PercentileRank {} => ranked(is_reversed, |rank, n| {
            if n > 1.0 {
                (rank - 1.0) / (n - 1.0)
            } else {
                1.0
            }
        }),
        Norm::DistanceToMax {} if low == high => return constant(),
        Norm::DistanceToMax {} => toward(low, high, is_reversed, false),
        Norm::DistanceToReference { unit, cap } => {
            let fault = |why: &str| Fault::cell(unit, &one.code, why);
            let value = table.row(unit).and_then(|row| values[row]);
            let value = value.ok_or_else(|| fault("the reference has no value"))?;
            if value == if is_reversed { high } else { low } {
                return Err(fault("the reference is the last of all"));
            }
            aimed([low, high], value, is_reversed, *cap)
        }
        Norm::DistanceToTarget { target, cap } => {
            let target = apply(transform_of(one), *target)
                .ok_or_else(|| Fault::at(at(), "the target has no logarithm"))?;
            if target == if is_reversed { high } else { low } {
                return Err(Fault::at(at(), "the target is the last of all values"));
            }
            aimed([low, high], target, is_reversed, *cap)
        }
        Norm::FractionOfMax {} if high == 0.0 => {
            return Err(Fault::at(at(), "the greatest value is zero"));
        }
        Norm::FractionOfMax {} => each(move |x| {
            let share = x / high;
            if is_reversed { 1.0 - share } else { share }
        }),
        Norm::Categorical { bounds, scores } => classed(bounds, scores, is_reversed),
        Norm::AboveBelowMean { theta } => sides(mean(there).unwrap_or(0.0), *theta, is_reversed),
    })
}

/// From the least to the greatest value, laid from `l` to `u`.
fn spread([low, high]: [f64; 2], [l, u]: [f64; 2], is_reversed: bool) -> Rule {
    each(move |x| {
        let share = (x - low) / (high - low);
        let share = if is_reversed { 1.0 - share } else { share };
        share * (u - l) + l
    })
}

/// A score for each class of values; the first and the last are exchanged where less is better.
fn classed(bounds: &[f64], scores: &[f64], is_reversed: bool) -> Rule {
    let (bounds, scores) = (bounds.to_vec(), scores.to_vec());
    let ends = scores[0] + scores[scores.len() - 1];
    each(move |x| {
        let score = scores[bounds.partition_point(|bound| *bound <= x)];
        if is_reversed { ends - score } else { score }
    })
}

/// Above the mean, around it, or below.
fn sides(middle: f64, theta: f64, is_reversed: bool) -> Rule {
    let band = theta * middle.abs();
    each(move |x| {
        let side = match x - middle {
            far if far > band => 1.0,
            far if far < -band => -1.0,
            _ => 0.0,
        };
        if is_reversed { -side } else { side }
    })
}

fn goalposts(
    one: &Indicator,
    [lo, hi]: [f64; 2],
    is_clipped: bool,
    is_reversed: bool,
) -> Result<Rule, Fault> {
    let transform = transform_of(one);
    let ends = apply(transform, lo).zip(apply(transform, hi));
    let Some((lo, hi)) = ends else {
        let at = format!("column {:?}", one.code);
        return Err(Fault::at(at, "a goalpost has no logarithm"));
    };
    Ok(each(move |x| {
        let share = (x - lo) / (hi - lo);
        let share = if is_clipped {
            share.clamp(0.0, 1.0)
        } else {
            share
        };
        if is_reversed { 1.0 - share } else { share }
    }))
}

/// With the standard deviation of a sample.
fn zscore(there: &[f64], [to, width]: [f64; 2], is_reversed: bool) -> Option<Rule> {
    let middle = mean(there)?;
    let squares: f64 = there.iter().map(|x| (x - middle) * (x - middle)).sum();
    let sd = (squares / (there.len() as f64 - 1.0)).sqrt();
    let low = there.iter().copied().fold(f64::INFINITY, f64::min);
    let high = there.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    if low == high || !sd.is_finite() || sd <= 0.0 {
        return None;
    }
    Some(each(move |x| {
        let z = (x - middle) / sd;
        (if is_reversed { -z } else { z }) * width + to
    }))
}

/// By place from below, equal values with the least of their places; `score` is told how many there are.
fn ranked(is_reversed: bool, score: fn(f64, f64) -> f64) -> Rule {
    Box::new(move |values| {
        let turned: Vec<Option<f64>> = values
            .iter()
            .map(|value| value.map(|x| if is_reversed { -x } else { x }))
            .collect();
        let class = classes(&turned);
        let n = class.iter().flatten().count() as f64;
        let mut sorted: Vec<usize> = class.iter().flatten().copied().collect();
        sorted.sort_unstable();
        let rank = |own: usize| sorted.partition_point(|other| *other < own) as f64 + 1.0;
        class
            .iter()
            .map(|own| own.map(|own| score(rank(own), n)))
            .collect()
    })
}

fn toward(low: f64, high: f64, is_reversed: bool, is_capped: bool) -> Rule {
    let best = if is_reversed { low } else { high };
    aimed([low, high], best, is_reversed, is_capped)
}

/// 1 at the aim, 0 at the worst value there is.
fn aimed([low, high]: [f64; 2], aim: f64, is_reversed: bool, is_capped: bool) -> Rule {
    each(move |x| {
        let near = if is_reversed {
            1.0 - (x - aim) / (high - aim)
        } else {
            1.0 - (aim - x) / (aim - low)
        };
        if is_capped { near.min(1.0) } else { near }
    })
}
