//! Benefit of the doubt: each unit with the weights that suit it best, while nobody may exceed 1 with them.

use microlp::{ComparisonOp, OptimizationDirection, Problem, SolveOutcome, Variable};

use super::Fault;
use super::aggregate::Listed;
use super::column::{MISSING, there};
use super::method::Node;
use super::pass::Watch;
use super::table::Table;

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
    for (row, score) in scores.iter_mut().enumerate() {
        watch(row + 1, units);
        if !is_in[row] {
            *score = MISSING;
            continue;
        }
        *score = best(node, children, is_in, row).ok_or_else(|| {
            let says = "no weights satisfy the shares that METHOD asks for";
            vec![Fault::cell(&table.units[row], &node.code, says)]
        })?;
    }
    Ok(())
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

/// The best score of one unit: what it lacks is left out for it, and counts nothing for the others.
fn best(node: &Node, children: &Listed, is_in: &[bool], row: usize) -> Option<f64> {
    let own: Vec<&[f64]> = children
        .columns
        .iter()
        .copied()
        .filter(|column| !column[row].is_nan())
        .collect();
    let value = |column: &[f64], row: usize| there(column[row]).unwrap_or(0.0);
    if own.iter().all(|column| value(column, row) == 0.0) {
        return Some(0.0);
    }
    let mut problem = Problem::new(OptimizationDirection::Maximize);
    let weights: Vec<Variable> = own
        .iter()
        .map(|column| problem.add_var(value(column, row), (0.0, f64::INFINITY)))
        .collect();
    for other in (0..is_in.len()).filter(|other| is_in[*other]) {
        let sum: Vec<(Variable, f64)> = weights
            .iter()
            .zip(&own)
            .map(|(weight, column)| (*weight, value(column, other)))
            .collect();
        problem.add_constraint(sum.as_slice(), ComparisonOp::Le, 1.0);
    }
    let (least, most) = node.shares();
    for place in 0..own.len() {
        for (bound, how, is_asked) in [
            (least, ComparisonOp::Ge, least > 0.0),
            (most, ComparisonOp::Le, most < 1.0),
        ] {
            if !is_asked {
                continue;
            }
            // w y of this child beside its bound of the sum of all w y.
            let share = own.iter().zip(&weights).enumerate();
            let share: Vec<(Variable, f64)> = share
                .map(|(other, (column, weight))| {
                    let own = if other == place { 1.0 } else { 0.0 };
                    (*weight, (own - bound) * value(column, row))
                })
                .collect();
            problem.add_constraint(share.as_slice(), how, 0.0);
        }
    }
    match problem.solve() {
        Ok(SolveOutcome::Solution(found)) => Some(found.objective()),
        _ => None,
    }
}
