//! Benefit of the doubt: each unit with the weights that suit it best, while nobody may exceed 1 with them.
//!
//! The unit of a column is of no matter: each is divided by what is greatest in it. Only the units that press against
//! 1 are weighed, more of them as long as somebody exceeds it; at the end the best that can be reached is bounded from
//! above too, and a score that is not known that way is refused.

use super::Fault;
use super::aggregate::Listed;
use super::column::MISSING;
use super::decimal::whole;
use super::method::Node;
use super::pass::Watch;
use super::simplex::{Found, most};
use super::table::Table;

/// By so much a unit may exceed 1 before it is looked at: less is the noise of floats.
const EXCESS: f64 = 1e-13;
/// The share of a score that may be in doubt.
const DOUBT: f64 = 1e-10;

/// The score of every unit on the frontier of all.
pub fn score(
    node: &Node,
    children: &Listed,
    is_in: &[bool],
    table: &Table,
    scores: &mut [f64],
    watch: Watch,
) -> Result<(), Vec<Fault>> {
    refuse_negative(node, children, table)?;
    let units = scores.len();
    let mut faults = Vec::new();
    for (row, score) in scores.iter_mut().enumerate() {
        watch(row + 1, units);
        *score = MISSING;
        if !is_in[row] {
            continue;
        }
        match best(node, children, is_in, row) {
            Ok(best) => *score = best,
            Err(says) => faults.push(Fault::cell(&table.units[row], &node.code, says)),
        }
    }
    if faults.is_empty() {
        Ok(())
    } else {
        Err(faults)
    }
}

fn refuse_negative(node: &Node, children: &Listed, table: &Table) -> Result<(), Vec<Fault>> {
    for (code, column) in children.codes.iter().zip(&children.columns) {
        for (value, unit) in column.iter().zip(&table.units) {
            if *value < 0.0 {
                let says = format!(
                    "benefit of the doubt of {:?} has no place below zero",
                    node.code
                );
                return Err(vec![Fault::cell(unit, code, says)]);
            }
        }
    }
    Ok(())
}

/// What shares a unit can have.
enum Shares {
    /// Each child has the same: the bounds leave no other.
    Equal,
    /// At least so much each, and at most so much more, as parts of what is left to be shared.
    Between(f64, f64),
}

impl Shares {
    /// Compared as decimals: five times 0.2 is everything. None where nothing satisfies the bounds.
    fn of(node: &Node, count: usize) -> Option<Shares> {
        let (least, most) = node.shares();
        let [low, high, one] = whole(&[least, most, 1.0])[..] else {
            return None;
        };
        let count = count as i128;
        if low * count > one || high * count < one {
            return None;
        }
        if low * count == one || high * count == one {
            return Some(Shares::Equal);
        }
        let left = (one - low * count) as f64;
        Some(Shares::Between(
            low as f64 / left,
            (high - low) as f64 / left,
        ))
    }
}

/// The best score of one unit: what it lacks is left out for it, and counts nothing for the others.
fn best(node: &Node, children: &Listed, is_in: &[bool], row: usize) -> Result<f64, &'static str> {
    let own = children.columns.iter().zip(&children.weights);
    let own = own.filter(|(column, weight)| **weight > 0.0 && !column[row].is_nan());
    let own: Vec<&[f64]> = own.map(|(column, _)| *column).collect();
    // A child with nothing gives nothing, whatever its weight.
    let gives: Vec<&[f64]> = own.iter().copied().filter(|c| c[row] > 0.0).collect();
    if gives.is_empty() {
        return Ok(0.0);
    }
    let none = "no weights satisfy the shares that METHOD asks for";
    let (least, _) = node.shares();
    if least > 0.0 && gives.len() < own.len() {
        return Err(none);
    }
    let shares = Shares::of(node, gives.len()).ok_or(none)?;
    let rows: Vec<usize> = (0..is_in.len()).filter(|other| is_in[*other]).collect();
    // Parts of the own value: what each child of another unit would give it for one of ours.
    let part = |column: &[f64], other: usize| {
        let value = column[other] / column[row];
        if value.is_nan() { 0.0 } else { value }
    };
    let count = gives.len() as f64;
    let (least, more) = match shares {
        Shares::Equal => {
            let means = rows
                .iter()
                .map(|other| gives.iter().map(|c| part(c, *other)).sum::<f64>() / count);
            return Ok(1.0 / means.fold(1.0, f64::max));
        }
        Shares::Between(least, more) => (least, more),
    };
    let mut parts: Vec<Vec<f64>> = Vec::with_capacity(rows.len());
    for other in &rows {
        let own: Vec<f64> = gives.iter().map(|column| part(column, *other)).collect();
        let common = least * own.iter().sum::<f64>();
        parts.push(own.into_iter().map(|part| part + common).collect());
    }
    let own = rows.iter().position(|other| *other == row).unwrap_or(0);
    reach(parts, own, (node.shares().1 < 1.0).then_some(more)).ok_or("its score cannot be computed")
}

/// The highest sum of shares for which no row exceeds 1, beside the sum of the own row.
fn reach(mut parts: Vec<Vec<f64>>, own: usize, most_share: Option<f64>) -> Option<f64> {
    let count = parts[own].len();
    let mut widest = vec![0.0_f64; count];
    for row in &parts {
        for (wide, part) in widest.iter_mut().zip(row) {
            *wide = wide.max(*part);
        }
    }
    let gains: Vec<f64> = widest.iter().map(|wide| 1.0 / wide).collect();
    let top = gains.iter().copied().fold(0.0, f64::max);
    let gains: Vec<f64> = gains.iter().map(|gain| gain / top).collect();
    for row in &mut parts {
        for (part, wide) in row.iter_mut().zip(&widest) {
            *part /= wide;
        }
    }
    let bounds = shared(&gains, most_share);
    // Who is greatest in a column presses first: so nothing is without bounds.
    let mut pressing = vec![own];
    for place in 0..count {
        let first = (0..parts.len()).find(|row| parts[*row][place] >= 1.0)?;
        if !pressing.contains(&first) {
            pressing.push(first);
        }
    }
    loop {
        let held: Vec<&[f64]> = pressing.iter().map(|row| parts[*row].as_slice()).collect();
        let Found { weights, bound } = most(&gains, &held, &bounds)?;
        let sum = |row: &[f64]| -> f64 { row.iter().zip(&weights).map(|(p, w)| p * w).sum() };
        let (mut far, mut most) = (own, sum(&parts[own]));
        for (row, part) in parts.iter().enumerate() {
            let sum = sum(part);
            if sum > most {
                (far, most) = (row, sum);
            }
        }
        if most > 1.0 + EXCESS && !pressing.contains(&far) {
            pressing.push(far);
            continue;
        }
        let reached: f64 = gains.iter().zip(&weights).map(|(g, w)| g * w).sum();
        let is_known = reached > 0.0 && bound - reached / most <= DOUBT * bound;
        return is_known.then(|| sum(&parts[own]) / most);
    }
}

/// Nobody's part of what is shared beyond the least is above the most: a row for each child.
fn shared(gains: &[f64], most_share: Option<f64>) -> Vec<Vec<f64>> {
    let Some(most) = most_share else {
        return Vec::new();
    };
    let row = |place: usize| -> Vec<f64> {
        let own = gains.iter().enumerate();
        let own = own.map(|(at, gain)| (f64::from(u8::from(at == place)) - most) * gain);
        let own: Vec<f64> = own.collect();
        let wide = own.iter().fold(0.0, |wide: f64, one| wide.max(one.abs()));
        own.iter().map(|one| one / wide).collect()
    };
    (0..gains.len()).map(row).collect()
}
