//! From values to comparable values. A constant column is refused where a method would divide by its spread.

use super::Fault;
use super::column::{Span, each, is_sound, mean, present, sum};
use super::method::{Indicator, Norm, Transform};
use super::order::Sorting;
use super::rank::classes;
use super::table::Table;

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

/// Whether values are transformed before they are normalised.
pub fn is_transformed(one: &Indicator) -> bool {
    transform_of(one) != Transform::None
}

/// Transforms a column in place.
pub fn transform(one: &Indicator, table: &Table, column: &mut [f64]) -> Result<(), Fault> {
    let transform = transform_of(one);
    for (value, unit) in column.iter_mut().zip(&table.units) {
        if value.is_nan() {
            continue;
        }
        let says = || format!("{value} has no logarithm");
        *value = apply(transform, *value).ok_or_else(|| Fault::cell(unit, &one.code, says()))?;
    }
    Ok(())
}

/// A column and what it becomes.
pub struct Work<'a> {
    pub one: &'a Indicator,
    pub table: &'a Table,
    pub from: &'a [f64],
    pub span: Span,
    pub to: &'a mut [f64],
}

impl Work<'_> {
    /// Normalises the column.
    pub fn normalise(mut self, sorting: &mut Sorting) -> Result<(), Fault> {
        if self.span.missing == self.from.len() {
            return Err(self.fault("no unit has a value"));
        }
        self.rule(sorting)?;
        if is_sound(self.to, self.span.missing) {
            Ok(())
        } else {
            Err(self.fault("its values are beyond what can be computed"))
        }
    }

    fn fault(&self, says: &str) -> Fault {
        Fault::at(format!("column {:?}", self.one.code), says)
    }

    fn constant(&self) -> Fault {
        self.fault("every unit has the same value: nothing to compare")
    }

    fn each(&mut self, rule: impl Fn(f64) -> f64) {
        each(self.from, self.to, rule);
    }

    fn is_reversed(&self) -> bool {
        self.one.direction < 0.0
    }

    fn rule(&mut self, sorting: &mut Sorting) -> Result<(), Fault> {
        let Span { low, high, .. } = self.span;
        let is_reversed = self.is_reversed();
        let one = self.one;
        match &one.norm {
            Norm::None {} if is_reversed => self.each(|x| -x),
            Norm::None {} => self.to.copy_from_slice(self.from),
            Norm::Goalposts { lo, hi, clip, .. } => return self.goalposts([*lo, *hi], *clip),
            Norm::MinMax { .. } | Norm::DistanceToMax {} if low == high => {
                return Err(self.constant());
            }
            Norm::MinMax { l_u, .. } => self.spread(*l_u),
            Norm::ZScore { mean: to, sd } => return self.zscore(*to, *sd),
            Norm::Rank {} => self.ranked(sorting, |rank, _| rank),
            Norm::Borda {} => self.ranked(sorting, |rank, _| rank - 1.0),
            Norm::PercentileRank {} => self.ranked(sorting, |rank, n| {
                if n > 1.0 {
                    (rank - 1.0) / (n - 1.0)
                } else {
                    1.0
                }
            }),
            Norm::DistanceToMax {} => self.aimed(if is_reversed { low } else { high }, false),
            Norm::DistanceToReference { unit, cap } => return self.reference(unit, *cap),
            Norm::DistanceToTarget { target, cap } => return self.target(*target, *cap),
            Norm::FractionOfMax {} if high <= 0.0 => {
                return Err(self.fault("the greatest value is not above zero"));
            }
            Norm::FractionOfMax {} if is_reversed => self.each(|x| 1.0 - x / high),
            Norm::FractionOfMax {} => self.each(|x| x / high),
            Norm::Categorical { bounds, scores } => self.classed(bounds, scores),
            Norm::AboveBelowMean { theta } => self.sides(*theta),
        }
        Ok(())
    }

    /// From the least to the greatest value, laid from `l` to `u`.
    fn spread(&mut self, [l, u]: [f64; 2]) {
        let Span { low, high, .. } = self.span;
        let (wide, far) = (high - low, u - l);
        if self.is_reversed() {
            self.each(|x| (1.0 - (x - low) / wide) * far + l);
        } else {
            self.each(|x| (x - low) / wide * far + l);
        }
    }

    fn reference(&mut self, unit: &str, is_capped: bool) -> Result<(), Fault> {
        let fault = |why: &str| Fault::cell(unit, &self.one.code, why);
        let row = self.table.row(unit);
        let value = row.map(|row| self.from[row]).filter(|v| !v.is_nan());
        let value = value.ok_or_else(|| fault("the reference has no value"))?;
        if value == self.last() {
            return Err(fault("the reference is the last of all"));
        }
        self.aimed(value, is_capped);
        Ok(())
    }

    fn target(&mut self, target: f64, is_capped: bool) -> Result<(), Fault> {
        let target = apply(transform_of(self.one), target)
            .ok_or_else(|| self.fault("the target has no logarithm"))?;
        let is_within = if self.is_reversed() {
            target < self.last()
        } else {
            target > self.last()
        };
        if !is_within {
            return Err(self.fault("no value is short of the target: nothing to compare"));
        }
        self.aimed(target, is_capped);
        Ok(())
    }

    /// The worst value there is.
    fn last(&self) -> f64 {
        if self.is_reversed() {
            self.span.high
        } else {
            self.span.low
        }
    }

    /// 1 at the aim, 0 at the worst value there is.
    fn aimed(&mut self, aim: f64, is_capped: bool) {
        let Span { low, high, .. } = self.span;
        let is_reversed = self.is_reversed();
        self.each(|x| {
            let near = if is_reversed {
                1.0 - (x - aim) / (high - aim)
            } else {
                1.0 - (aim - x) / (aim - low)
            };
            if is_capped { near.min(1.0) } else { near }
        });
    }

    /// A score for each class of values; the first and the last are exchanged where less is better.
    fn classed(&mut self, bounds: &[f64], scores: &[f64]) {
        let ends = scores[0] + scores[scores.len() - 1];
        let is_reversed = self.is_reversed();
        self.each(|x| {
            let score = scores[bounds.partition_point(|bound| *bound <= x)];
            if is_reversed { ends - score } else { score }
        });
    }

    /// Above the mean, around it, or below.
    fn sides(&mut self, theta: f64) {
        let middle = mean(present(self.from)).unwrap_or(0.0);
        let band = theta * middle.abs();
        // What the mean was computed from may each be off by half a float.
        let size = mean(present(self.from).map(f64::abs)).unwrap_or(0.0);
        let noise = 4.0 * f64::EPSILON * size;
        let above = if self.is_reversed() { -1.0 } else { 1.0 };
        self.each(|x| match x - middle {
            far if far.abs() <= band + noise => 0.0,
            far if far > 0.0 => above,
            _ => -above,
        });
    }

    fn goalposts(&mut self, [lo, hi]: [f64; 2], is_clipped: bool) -> Result<(), Fault> {
        let transform = transform_of(self.one);
        let ends = apply(transform, lo).zip(apply(transform, hi));
        let Some((lo, hi)) = ends else {
            return Err(self.fault("a goalpost has no logarithm"));
        };
        let is_reversed = self.is_reversed();
        self.each(|x| {
            let share = (x - lo) / (hi - lo);
            let share = if is_clipped {
                share.clamp(0.0, 1.0)
            } else {
                share
            };
            if is_reversed { 1.0 - share } else { share }
        });
        Ok(())
    }

    /// With the standard deviation of a sample.
    fn zscore(&mut self, to: f64, width: f64) -> Result<(), Fault> {
        let Span {
            low, high, missing, ..
        } = self.span;
        let middle = mean(present(self.from)).unwrap_or(0.0);
        if low == high {
            return Err(self.constant());
        }
        // As parts of the farthest, or the squares of great and small numbers are lost.
        let far = (high - middle).max(middle - low);
        let parts = present(self.from).map(|x| (x - middle) / far);
        let squares = sum(parts.map(|part| part * part));
        let count = (self.from.len() - missing) as f64;
        let sd = far * (squares / (count - 1.0)).sqrt();
        let is_reversed = self.is_reversed();
        self.each(|x| {
            let z = (x - middle) / sd;
            (if is_reversed { -z } else { z }) * width + to
        });
        Ok(())
    }

    /// By place from below, equal values with the least of their places; `score` is told how many there are.
    fn ranked(&mut self, sorting: &mut Sorting, score: fn(f64, f64) -> f64) {
        let turned: Vec<f64>;
        let values = if self.is_reversed() {
            turned = self.from.iter().map(|x| -x).collect();
            &turned
        } else {
            self.from
        };
        let count = self.from.len() - self.span.missing;
        let to = &mut *self.to;
        to.copy_from_slice(values);
        classes(values, sorting, None, |before, rows| {
            let rank = (count - before - rows.len()) as f64 + 1.0;
            rows.iter()
                .for_each(|row| to[*row] = score(rank, count as f64));
        });
    }
}
