//! METHOD and values as the work of moving weights needs them.

use super::Fault;
use super::method::{Aggregation, Method, Missing};
use super::pass::Room;

/// Rows that are worked on together.
pub const ROWS: usize = 4;

/// The indicators and nodes as the work needs them. Values lie in tiles of a few rows: first indicator of the tile,
/// second indicator of the tile, and so on, so that weighing a tile reads memory from one end to the other.
pub struct Plan {
    pub units: usize,
    /// Units that have a score at all.
    pub rows: Vec<usize>,
    /// Tile after tile; a missing value is 0.
    pub values: Vec<[f64; ROWS]>,
    /// Weight of each indicator, in the order of leaves.
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
    pub place: usize,
    pub weight: f64,
    pub children: Vec<usize>,
    pub leaf: Option<usize>,
    /// Whether every child has a score for every unit.
    pub is_full: bool,
}

impl Leaf {
    /// Whether every unit has something that weighs.
    fn is_full(&self, weights: &[f64]) -> bool {
        let weighs = |column: usize| usize::from(weights[column] > 0.0);
        let all: usize = (self.from..self.to).map(weighs).sum();
        let mut rows = self.missing.chunk_by(|one, other| one.0 == other.0);
        let is_row =
            |gaps: &[(usize, usize)]| gaps.iter().map(|gap| weighs(gap.1)).sum::<usize>() < all;
        all > 0 && rows.all(is_row)
    }
}

impl Plan {
    /// Lays the work out. Only arithmetic means over indicators or over nodes can be moved this way.
    pub fn of(method: &Method, room: &Room) -> Result<Plan, Fault> {
        let root = room.scores(method.root);
        let rows: Vec<usize> = (0..root.len()).filter(|row| !root[*row].is_nan()).collect();
        let mut plan = Plan {
            units: root.len(),
            rows,
            values: Vec::new(),
            weights: Vec::new(),
            leaves: Vec::new(),
            nodes: Vec::new(),
            root: method.root,
        };
        let mut columns = Vec::new();
        for (place, node) in method.nodes.iter().enumerate() {
            let at = format!("node {:?}", node.code);
            let is_plain = node.agg == Aggregation::Amean && node.missing == Missing::Reweight;
            if !is_plain || node.min_share > 0.0 {
                let says = "weights are moved under amean with reweight only";
                return Err(Fault::at(at, says));
            }
            let own = method.indicators.iter().enumerate();
            let own = own.filter(|(_, one)| one.place == place);
            let own: Vec<(f64, &[f64])> = own
                .filter_map(|(at, one)| Some((one.weight, room.values(at)?)))
                .collect();
            let children: Vec<usize> = (0..place)
                .filter(|below| method.nodes[*below].place == Some(place))
                .collect();
            if !own.is_empty() && !children.is_empty() {
                let says = "a node has indicators below it or nodes, not both";
                return Err(Fault::at(at, says));
            }
            let leaf = children.is_empty().then(|| plan.leaf(place, &own));
            columns.extend(own.into_iter().map(|(_, column)| column));
            let is_full = plan.is_full(&children);
            plan.nodes.push(Inner {
                place,
                is_full,
                weight: node.weight,
                children,
                leaf,
            });
        }
        plan.tile(&columns);
        Ok(plan)
    }

    fn leaf(&mut self, node: usize, own: &[(f64, &[f64])]) -> usize {
        let from = self.weights.len();
        let mut missing = Vec::new();
        for (weight, column) in own {
            let rows = self.rows.iter().enumerate();
            let gaps = rows.filter(|(_, row)| column[**row].is_nan());
            missing.extend(gaps.map(|(i, _)| (i, self.weights.len())));
            self.weights.push(*weight);
        }
        // Tile after tile, as they are worked on.
        missing.sort_unstable();
        self.leaves.push(Leaf {
            node,
            from,
            to: self.weights.len(),
            missing,
        });
        self.leaves.len() - 1
    }

    /// Whether each of these nodes has a score for every unit.
    fn is_full(&self, children: &[usize]) -> bool {
        children.iter().all(|child| {
            let node = &self.nodes[*child];
            match node.leaf {
                Some(leaf) => self.leaves[leaf].is_full(&self.weights),
                None => node.is_full,
            }
        })
    }

    fn tile(&mut self, columns: &[&[f64]]) {
        for rows in self.rows.chunks(ROWS) {
            for column in columns {
                let mut tile = [0.0; ROWS];
                for (value, row) in tile.iter_mut().zip(rows) {
                    *value = column[*row];
                    if value.is_nan() {
                        *value = 0.0;
                    }
                }
                self.values.push(tile);
            }
        }
    }

    /// Whether nothing is missing.
    pub fn is_whole(&self) -> bool {
        let mut leaves = self.leaves.iter();
        leaves.all(|leaf| leaf.missing.is_empty() && leaf.from < leaf.to)
    }

    /// How many rows there are with those that fill the last tile.
    pub fn padded(&self) -> usize {
        self.rows.len().next_multiple_of(ROWS)
    }
}
