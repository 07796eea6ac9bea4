//! Tables for the general index: values, weights and a method, drawn.

use proptest::prelude::*;

use mizan::analysis::index::method::{self, Method};
use mizan::analysis::index::table::{self, Table};
use mizan::analysis::index::{Outcome, compute};

/// Units by indicators, what each indicator weighs, and how it counts.
#[derive(Clone, Debug)]
pub struct Drawn {
    pub values: Vec<Vec<Option<f64>>>,
    pub weights: Vec<f64>,
    pub directions: Vec<i8>,
}

/// A value: often a small whole number, so that ties are many.
fn cell() -> impl Strategy<Value = Option<f64>> {
    let whole = (1..6_i32).prop_map(f64::from);
    let any = (1..100_000_i32).prop_map(|n| f64::from(n) / 997.0);
    prop::option::weighted(0.9, prop_oneof![whole, any])
}

/// A table of 2 to `units` units and 1 to 6 indicators.
pub fn table(units: usize) -> impl Strategy<Value = Drawn> {
    (2..=units, 1..=6_usize).prop_flat_map(|(units, indicators)| {
        let weight = prop::sample::select(vec![1.0, 2.0, 0.5, 0.1, 0.3]);
        let row = prop::collection::vec(cell(), indicators);
        (
            prop::collection::vec(row, units),
            prop::collection::vec(weight, indicators),
            prop::collection::vec(prop::sample::select(vec![1_i8, -1]), indicators),
        )
            .prop_map(|(values, weights, directions)| Drawn {
                values,
                weights,
                directions,
            })
    })
}

impl Drawn {
    /// A method with two nodes below the root where there are indicators enough.
    pub fn method(&self, norm: &str, agg: &str, more: &str) -> Method {
        let count = self.weights.len();
        let halves = if count > 2 { 2 } else { 1 };
        let indicators: Vec<String> = (0..count)
            .map(|j| {
                let (weight, direction) = (self.weights[j], self.directions[j]);
                let parent = j % halves;
                format!(
                    r#"{{"code": "I{j}", "parent": "N{parent}", "weight": {weight},
                        "direction": {direction}, "norm": {norm}}}"#
                )
            })
            .collect();
        let node = |n: usize| {
            format!(
                r#"{{"code": "N{n}", "parent": "R", "weight": {}, "agg": "{agg}", "p": 0.5}}"#,
                n + 1
            )
        };
        let nodes: Vec<String> = (0..halves).map(node).collect();
        let text = format!(
            r#"{{"id": "u", "indicators": [{}], "nodes": [{}, {{"code": "R", "agg": "{agg}", "p": 0.5}}] {more}}}"#,
            indicators.join(","),
            nodes.join(",")
        );
        method::read(&text).expect("a method")
    }

    /// The rows in the given order, under names that stay with their values.
    pub fn rows(&self, order: &[usize], method: &Method) -> Table {
        let names: Vec<String> = (0..self.weights.len()).map(|j| format!("I{j}")).collect();
        let mut text = format!("u,{}\n", names.join(","));
        for row in order {
            let cells: Vec<String> = self.values[*row]
                .iter()
                .map(|cell| cell.map(|value| format!("{value}")).unwrap_or_default())
                .collect();
            text.push_str(&format!("U{row},{}\n", cells.join(",")));
        }
        table::read(&text, method).expect("values")
    }

    /// All rows as they were drawn.
    pub fn all(&self) -> Vec<usize> {
        (0..self.values.len()).collect()
    }

    /// The index, unless a column has nothing to compare.
    pub fn index(&self, method: &Method) -> Option<Outcome> {
        compute(method, &self.rows(&self.all(), method), None).ok()
    }
}
