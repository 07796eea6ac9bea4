//! METHOD and values as the work of moving weights needs them.

use super::Fault;
use super::method::{Aggregation, Method, Missing};
use super::treat::Columns;

/// Rows that are worked on together.
pub const ROWS: usize = 8;

/// The indicators and nodes as the work needs them: dense columns, and a list of what is missing.
pub struct Plan {
    pub units: usize,
    pub padded: usize,
    /// Units that have a score at all.
    pub rows: Vec<usize>,
    /// Columns of indicators, one after another, in the order of their nodes; a missing value is 0.
    pub values: Vec<f64>,
    /// Weight of each indicator, and the leaf node it belongs to.
    pub weights: Vec<f64>,
    pub leaves: Vec<Leaf>,
    pub nodes: Vec<Inner>,
    pub root: usize,
}

/// A node over indicators.
pub struct Leaf {
    pub node: usize,
    pub from: usize,
    pub to: usize,
    /// Row and indicator of each missing value.
    pub missing: Vec<(usize, usize)>,
}

/// Any node: its weight and its children among the nodes.
pub struct Inner {
    pub weight: f64,
    pub children: Vec<usize>,
    pub leaf: Option<usize>,
}

impl Plan {
    /// Lays the work out. Only arithmetic means over indicators or over nodes can be moved this way.
    pub fn of(method: &Method, columns: &Columns) -> Result<Plan, Fault> {
        let units = columns.is_in.len();
        let padded = units.next_multiple_of(ROWS);
        let mut plan = Plan {
            units,
            padded,
            rows: (0..units).filter(|row| columns.is_in[*row]).collect(),
            values: Vec::new(),
            weights: Vec::new(),
            leaves: Vec::new(),
            nodes: Vec::new(),
            root: method.root,
        };
        for (place, node) in method.nodes.iter().enumerate() {
            let at = format!("node {:?}", node.code);
            if node.agg != Aggregation::Amean || node.missing != Missing::Reweight {
                let says = "weights are moved under amean with reweight only";
                return Err(Fault::at(at, says));
            }
            let own = method.indicators.iter().zip(&columns.kept);
            let own = own.filter(|(one, column)| one.place == place && column.is_some());
            let own: Vec<_> = own
                .filter_map(|(one, c)| Some((one.weight, c.as_ref()?)))
                .collect();
            let children: Vec<usize> = (0..place)
                .filter(|below| method.nodes[*below].place == Some(place))
                .collect();
            if own.is_empty() == children.is_empty() {
                return Err(Fault::at(
                    at,
                    "a node has indicators below it or nodes, not both",
                ));
            }
            let leaf = (!own.is_empty()).then(|| plan.leaf(place, &own));
            plan.nodes.push(Inner {
                weight: node.weight,
                children,
                leaf,
            });
        }
        Ok(plan)
    }

    fn leaf(&mut self, node: usize, own: &[(f64, &Vec<Option<f64>>)]) -> usize {
        let from = self.weights.len();
        let mut missing = Vec::new();
        for (weight, column) in own {
            let place = self.weights.len();
            self.weights.push(*weight);
            let gaps = column.iter().enumerate().filter(|(_, v)| v.is_none());
            missing.extend(gaps.map(|(row, _)| (row, place)));
            self.values
                .extend(column.iter().map(|value| value.unwrap_or(0.0)));
            self.values
                .extend(std::iter::repeat_n(0.0, self.padded - self.units));
        }
        self.leaves.push(Leaf {
            node,
            from,
            to: self.weights.len(),
            missing,
        });
        self.leaves.len() - 1
    }

    /// Whether nothing is missing.
    pub fn is_whole(&self) -> bool {
        self.leaves.iter().all(|leaf| leaf.missing.is_empty())
    }
}
