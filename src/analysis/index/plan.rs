//! METHOD and values as the work of moving weights needs them.

use super::Fault;
use super::mean::{Mean, in_bounds};
use super::method::{Method, On, Ties};
use super::pass::Room;

/// Rows that are worked on together.
pub const ROWS: usize = 4;

/// The indicators and nodes as the work needs them. Values lie in tiles of a few rows: first indicator of the tile,
/// second indicator of the tile, and so on, so that weighing a tile reads memory from one end to the other.
pub struct Plan {
    pub units: usize,
    /// Units that have a score at all.
    pub rows: Vec<usize>,
    /// Tile after tile, as they are weighed; a missing value is 0.
    pub values: Vec<[f64; ROWS]>,
    /// Weight of each indicator, in the order of leaves.
    pub weights: Vec<f64>,
    pub leaves: Vec<Leaf>,
    pub nodes: Vec<Inner>,
    pub root: usize,
    /// How places are given, and on how many decimals of the score times the scale.
    pub ties: Ties,
    pub decimals: Option<i32>,
    pub scale: f64,
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
    pub mean: Mean,
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
    /// Lays the work out. An indicator beside nodes becomes a node of its own.
    pub fn of(method: &Method, room: &Room) -> Result<Plan, Fault> {
        if method.rank.ties == Ties::Average {
            let says = "places under moved weights are whole: min, dense or ordinal";
            return Err(Fault::at("/rank/ties", says));
        }
        let root = room.scores(method.root);
        let rows: Vec<usize> = (0..root.len()).filter(|row| !root[*row].is_nan()).collect();
        let mut plan = Plan {
            units: root.len(),
            rows,
            values: Vec::new(),
            weights: Vec::new(),
            leaves: Vec::new(),
            nodes: Vec::new(),
            root: 0,
            ties: method.rank.ties,
            decimals: match method.rank.on {
                On::Exact => None,
                On::Rounded => method.rank.decimals,
            },
            scale: method.scale,
        };
        let mut columns: Vec<(Mean, f64, &[f64])> = Vec::new();
        // Where each node of the method is in the plan.
        let mut places = Vec::new();
        for (place, node) in method.nodes.iter().enumerate() {
            let mean = Mean::of(node)?;
            let own = method.indicators.iter().enumerate();
            let own = own.filter(|(_, one)| one.place == place);
            let own: Vec<(f64, &[f64])> = own
                .filter_map(|(at, one)| Some((one.weight, room.values(at)?)))
                .collect();
            let below = (0..place).filter(|below| method.nodes[*below].place == Some(place));
            let mut children: Vec<usize> = below.map(|below| places[below]).collect();
            let is_leaf = children.is_empty();
            let leaf = is_leaf.then(|| plan.leaf(plan.nodes.len(), &own));
            for one in &own {
                if is_leaf {
                    columns.push((mean, one.0, one.1));
                    continue;
                }
                columns.push((Mean::Arithmetic, one.0, one.1));
                let leaf = plan.leaf(plan.nodes.len(), &[*one]);
                children.push(plan.node(one.0, Vec::new(), Some(leaf), Mean::Arithmetic));
            }
            places.push(plan.node(node.weight, children, leaf, mean));
        }
        if plan.nodes.iter().any(|node| node.mean != Mean::Arithmetic) {
            in_bounds(method, room)?;
        }
        plan.root = places[method.root];
        plan.tile(&columns);
        Ok(plan)
    }

    /// Adds a node, and says where it is.
    fn node(
        &mut self,
        weight: f64,
        children: Vec<usize>,
        leaf: Option<usize>,
        mean: Mean,
    ) -> usize {
        let place = self.nodes.len();
        let is_full = self.is_full(&children);
        self.nodes.push(Inner {
            place,
            weight,
            children,
            leaf,
            is_full,
            mean,
        });
        place
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

    fn tile(&mut self, columns: &[(Mean, f64, &[f64])]) {
        for rows in self.rows.chunks(ROWS) {
            for (mean, weight, column) in columns {
                let mut tile = [0.0; ROWS];
                for (value, row) in tile.iter_mut().zip(rows) {
                    // What is missing or weighs nothing need not have a logarithm.
                    if !column[*row].is_nan() && *weight > 0.0 {
                        *value = mean.turned(column[*row]);
                    }
                }
                self.values.push(tile);
            }
        }
    }

    /// Whether nothing is missing, and every mean is a sum.
    pub fn is_whole(&self) -> bool {
        let mut leaves = self.leaves.iter();
        let mut nodes = self.nodes.iter();
        nodes.all(|node| node.mean == Mean::Arithmetic)
            && leaves.all(|leaf| leaf.missing.is_empty() && leaf.from < leaf.to)
    }

    /// How many rows there are with those that fill the last tile.
    pub fn padded(&self) -> usize {
        self.rows.len().next_multiple_of(ROWS)
    }
}
