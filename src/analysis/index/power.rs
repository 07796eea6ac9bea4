//! Power means of each unit's values. Whatever the power, nothing leaves the range of numbers on the way: values are
//! taken as parts of the one that counts most.

use super::aggregate::Children;
use super::column::MISSING;

/// Powers below this are as good as none, and below that one is subtracted before it is lost.
const NONE: f64 = 1e-200;
const SMALL: f64 = 0.01;

/// The power mean of every unit, and the weight of what it has.
pub fn means(p: f64, children: &Children, score: &mut [f64], den: &mut [f64]) {
    let weighed: Vec<(f64, &[f64])> = children
        .iter()
        .filter(|(child, _)| child.weight > 0.0)
        .map(|(child, column)| (child.weight, column))
        .collect();
    let mut own: Vec<(f64, f64)> = Vec::with_capacity(weighed.len());
    for (row, (score, den)) in score.iter_mut().zip(den).enumerate() {
        own.clear();
        let there = weighed
            .iter()
            .map(|(weight, column)| (*weight, column[row]));
        own.extend(there.filter(|(_, value)| !value.is_nan()));
        *den = own.iter().map(|(weight, _)| weight).sum();
        *score = if own.is_empty() {
            MISSING
        } else {
            mean(p, &own, *den)
        };
    }
}

fn mean(p: f64, own: &[(f64, f64)], whole: f64) -> f64 {
    let values = own.iter().map(|(_, value)| *value);
    let first = if p > 0.0 {
        values.fold(0.0, f64::max)
    } else {
        values.fold(f64::INFINITY, f64::min)
    };
    if first == 0.0 {
        return 0.0;
    }
    let sum = |of: &dyn Fn(f64) -> f64| -> f64 {
        let parts = own.iter().map(|(weight, value)| weight * of(value / first));
        parts.sum::<f64>() / whole
    };
    if p == -1.0 {
        return first / sum(&|part| 1.0 / part);
    }
    if p.abs() < NONE {
        return first * sum(&f64::ln).exp();
    }
    if p.abs() < SMALL {
        let gain = sum(&|part| (p * part.ln()).exp_m1());
        return first * (gain.ln_1p() / p).exp();
    }
    first * sum(&|part| part.powf(p)).powf(1.0 / p)
}
