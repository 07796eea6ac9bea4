//! From children to nodes, up to the root, column by column.

use super::Fault;
use super::method::{Aggregation, Method, Missing, Node};
use super::table::Table;
use super::treat::Columns;
use super::{frontier, outrank};

/// The children of a node: their codes, weights and columns.
pub struct Children<'a> {
    pub codes: Vec<&'a str>,
    pub weights: Vec<f64>,
    pub columns: Vec<&'a [Option<f64>]>,
}

/// The score of every node for every unit, in the order of METHOD.
pub fn all(
    method: &Method,
    table: &Table,
    columns: &Columns,
) -> Result<Vec<Vec<Option<f64>>>, Vec<Fault>> {
    let mut scores: Vec<Vec<Option<f64>>> = Vec::new();
    for (place, node) in method.nodes.iter().enumerate() {
        let mut children = Children {
            codes: Vec::new(),
            weights: Vec::new(),
            columns: Vec::new(),
        };
        for (one, column) in method.indicators.iter().zip(&columns.kept) {
            if let (true, Some(column)) = (one.place == place, column) {
                children.add(&one.code, one.weight, column);
            }
        }
        for (below, column) in method.nodes.iter().zip(&scores) {
            if below.place == Some(place) {
                children.add(&below.code, below.weight, column);
            }
        }
        let mut score = node_score(node, &children, table)?;
        for (value, is_in) in score.iter_mut().zip(&columns.is_in) {
            *value = value.filter(|_| *is_in);
        }
        scores.push(score);
    }
    Ok(scores)
}

impl<'a> Children<'a> {
    fn add(&mut self, code: &'a str, weight: f64, column: &'a [Option<f64>]) {
        self.codes.push(code);
        self.weights.push(weight);
        self.columns.push(column);
    }

    /// Whether a unit has what the node asks for.
    fn is_enough(&self, node: &Node, row: usize) -> bool {
        let all: f64 = self.weights.iter().sum();
        let there: f64 = self.weighed(row).map(|(weight, _)| weight).sum();
        match node.missing {
            _ if there <= 0.0 => false,
            Missing::Reweight => there >= node.min_share * all,
            Missing::Refuse => {
                let mut both = self.weights.iter().zip(&self.columns);
                both.all(|(weight, column)| *weight == 0.0 || column[row].is_some())
            }
        }
    }

    /// What a unit has, with its weights.
    pub fn weighed(&self, row: usize) -> impl Iterator<Item = (f64, f64)> + '_ {
        let both = self.weights.iter().zip(&self.columns);
        both.filter_map(move |(weight, column)| Some((*weight, column[row]?)))
    }
}

fn node_score(
    node: &Node,
    children: &Children,
    table: &Table,
) -> Result<Vec<Option<f64>>, Vec<Fault>> {
    let rows = table.units.len();
    let is_enough: Vec<bool> = (0..rows).map(|row| children.is_enough(node, row)).collect();
    match node.agg {
        Aggregation::Copeland => return Ok(outrank::copeland(children, &is_enough)),
        Aggregation::Borda => return Ok(outrank::borda(children, &is_enough)),
        Aggregation::Kemeny => {
            return outrank::kemeny(children, &is_enough)
                .map_err(|says| vec![Fault::at(format!("node {:?}", node.code), says)]);
        }
        Aggregation::Bod => return frontier::score(node, children, &is_enough, table),
        _ => {}
    }
    positive(node, children, table)?;
    let one = |row: usize| {
        let weighed = || children.weighed(row).filter(|(weight, _)| *weight > 0.0);
        let total: f64 = weighed().map(|(weight, _)| weight).sum();
        let mean = |of: &dyn Fn(f64) -> f64| -> f64 {
            weighed()
                .map(|(weight, value)| weight * of(value))
                .sum::<f64>()
                / total
        };
        match node.agg {
            Aggregation::Gmean => mean(&f64::ln).exp(),
            Aggregation::Hmean => 1.0 / mean(&|value| 1.0 / value),
            Aggregation::Power => {
                let p = node.p.unwrap_or(1.0);
                if p == 0.0 {
                    mean(&f64::ln).exp()
                } else {
                    mean(&|value: f64| value.powf(p)).powf(1.0 / p)
                }
            }
            Aggregation::Wmedian => outrank::weighted_median(weighed().collect()),
            _ => mean(&|value| value),
        }
    };
    Ok((0..rows)
        .map(|row| is_enough[row].then(|| one(row)))
        .collect())
}

/// A mean that multiplies, divides or takes roots has no place for zero and below.
fn positive(node: &Node, children: &Children, table: &Table) -> Result<(), Vec<Fault>> {
    let p = node.p.unwrap_or(1.0);
    let (is_strict, is_bound) = match node.agg {
        Aggregation::Gmean | Aggregation::Hmean => (true, true),
        Aggregation::Power => (p <= 0.0, p.fract() != 0.0 || p <= 0.0),
        _ => return Ok(()),
    };
    let mut faults = Vec::new();
    for ((code, weight), column) in children
        .codes
        .iter()
        .zip(&children.weights)
        .zip(&children.columns)
    {
        for (value, unit) in column.iter().zip(&table.units) {
            let is_bad = value.is_some_and(|v| v < 0.0 || (v == 0.0 && is_strict));
            if is_bound && is_bad && *weight > 0.0 {
                let value = value.unwrap_or_default();
                let says = format!("{value} has no place under this mean of {:?}", node.code);
                faults.push(Fault::cell(unit, code, says));
            }
        }
    }
    if faults.is_empty() {
        Ok(())
    } else {
        Err(faults)
    }
}
