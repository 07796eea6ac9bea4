//! Where each unit would stand if the weights were somewhat different: weights moved at every level, ranks counted.
//!
//! Every replication draws from a stream of its own, and places are counted in whole numbers, so the result is the
//! same for any number of threads. Products and sums are written apart, so it is the same on every machine too.

use std::ops::Range;
use std::sync::atomic::{AtomicUsize, Ordering};

use super::super::draws::Draws;
use super::counts::Counts;
use super::decimal::half_up;
use super::mean::Mean;
use super::method::Ties;
use super::order::Sorting;
use super::plan::{Inner, Plan, ROWS};

pub use super::counts::Places;

/// How often and how far weights are moved, and by how many hands.
#[derive(Clone, Copy, Debug)]
pub struct Settings {
    pub seed: u64,
    pub replications: u32,
    /// 0 to 99 percent.
    pub spread_pct: u64,
    pub threads: usize,
}

/// Replications that are worked on together: their weights stay in registers.
const TOGETHER: usize = 4;
/// Replications whose places are counted together, so that a unit's counts stay near.
const BLOCK: usize = 64;
/// Up to so many units, comparing each with each is quicker than sorting.
const FEW: usize = 192;
/// What is worked on at once: a few rows under a few replications.
type Tile = [[f64; ROWS]; TOGETHER];

impl Draws {
    /// A factor around 1.
    fn factor(&mut self, spread: f64) -> f64 {
        let unit = (self.draw() >> 11) as f64 / (1_u64 << 53) as f64;
        1.0 + spread * (2.0 * unit - 1.0)
    }
}

impl Plan {
    /// Counts the places of all units. `progress` is told how many replications are done.
    pub fn places(&self, how: Settings, progress: impl Fn(u32) + Sync) -> Vec<Option<Places>> {
        let blocks = (how.replications as usize).div_ceil(BLOCK);
        let next = AtomicUsize::new(0);
        let counts = Counts::of(self.rows.len());
        let work = || {
            let mut hand = Hand::of(self);
            loop {
                let block = next.fetch_add(1, Ordering::Relaxed);
                if block >= blocks {
                    return;
                }
                let from = block * BLOCK;
                let to = (from + BLOCK).min(how.replications as usize);
                counts.add(hand.block(how, from..to), block);
                progress(to as u32);
            }
        };
        std::thread::scope(|scope| {
            for _ in 1..how.threads.clamp(1, blocks.max(1)) {
                scope.spawn(work);
            }
            work();
        });
        let mut places = vec![None; self.units];
        let found = counts.places(how.replications);
        for (row, own) in self.rows.iter().zip(found) {
            places[*row] = Some(own);
        }
        places
    }
}

/// The buffers of one thread.
struct Hand<'a> {
    plan: &'a Plan,
    /// Moved weights: of indicators and of nodes, for each of the replications worked on together.
    weights: Vec<[f64; TOGETHER]>,
    nodes: Vec<[f64; TOGETHER]>,
    /// The part of its parent that each node has; all weight of each leaf.
    shares: Vec<[f64; TOGETHER]>,
    wholes: Vec<[f64; TOGETHER]>,
    /// The next missing value of each leaf.
    gaps: Vec<usize>,
    /// Scores of each node in one tile.
    tiles: Vec<Tile>,
    scores: Vec<Vec<f64>>,
    /// Places of a block, replication by replication.
    ranks: Vec<u32>,
    sorting: Sorting,
}

impl<'a> Hand<'a> {
    fn of(plan: &'a Plan) -> Hand<'a> {
        Hand {
            plan,
            weights: vec![[0.0; TOGETHER]; plan.weights.len()],
            nodes: vec![[0.0; TOGETHER]; plan.nodes.len()],
            shares: vec![[1.0; TOGETHER]; plan.nodes.len()],
            wholes: vec![[0.0; TOGETHER]; plan.leaves.len()],
            gaps: vec![0; plan.leaves.len()],
            tiles: vec![[[0.0; ROWS]; TOGETHER]; plan.nodes.len()],
            scores: vec![vec![0.0; plan.padded()]; TOGETHER],
            ranks: vec![0; plan.rows.len() * BLOCK],
            sorting: Sorting::default(),
        }
    }

    /// The places under some replications, replication by replication.
    fn block(&mut self, how: Settings, range: Range<usize>) -> &[u32] {
        let n = self.plan.rows.len();
        let is_whole = self.plan.is_whole();
        for from in range.clone().step_by(TOGETHER) {
            let together = TOGETHER.min(range.end - from);
            for lane in 0..TOGETHER {
                self.draw(how, from + lane.min(together - 1), lane);
            }
            self.share();
            if is_whole {
                self.flat();
            } else {
                self.tree();
            }
            for lane in 0..together {
                self.rank(lane, (from - range.start + lane) * n);
            }
        }
        &self.ranks[..range.len() * n]
    }

    /// One factor for each node, then one for each indicator.
    fn draw(&mut self, how: Settings, replication: usize, lane: usize) {
        let stream = (replication as u64).wrapping_mul(0xd134_2543_de82_ef95);
        let mut draws = Draws(how.seed ^ Draws(stream).draw());
        let spread = how.spread_pct as f64 / 100.0;
        for (node, moved) in self.plan.nodes.iter().zip(&mut self.nodes) {
            moved[lane] = node.weight * draws.factor(spread);
        }
        for (weight, moved) in self.plan.weights.iter().zip(&mut self.weights) {
            moved[lane] = weight * draws.factor(spread);
        }
    }

    /// All weight of each leaf, and the part that each node has of its parent.
    fn share(&mut self) {
        let plan = self.plan;
        for (leaf, whole) in plan.leaves.iter().zip(&mut self.wholes) {
            for (lane, whole) in whole.iter_mut().enumerate() {
                let own = self.weights[leaf.from..leaf.to].iter();
                *whole = own.map(|weight| weight[lane]).sum();
            }
        }
        for node in &plan.nodes {
            for lane in 0..TOGETHER {
                let all: f64 = node.children.iter().map(|c| self.nodes[*c][lane]).sum();
                for child in &node.children {
                    self.shares[*child][lane] = self.nodes[*child][lane] / all;
                }
            }
        }
    }

    /// Nothing is missing: every indicator has one weight on the root.
    fn flat(&mut self) {
        let plan = self.plan;
        for node in plan.nodes.iter().rev() {
            for child in &node.children {
                for lane in 0..TOGETHER {
                    self.shares[*child][lane] *= self.shares[node.place][lane];
                }
            }
        }
        for (leaf, whole) in plan.leaves.iter().zip(&self.wholes) {
            let shares = self.shares[leaf.node];
            for weights in &mut self.weights[leaf.from..leaf.to] {
                for lane in 0..TOGETHER {
                    weights[lane] *= shares[lane] / whole[lane];
                }
            }
        }
        let tiles = plan.values.chunks_exact(plan.weights.len());
        for (tile, values) in tiles.enumerate() {
            let sums = product(values, &self.weights);
            self.keep(tile, &sums);
        }
    }

    fn keep(&mut self, tile: usize, own: &Tile) {
        let from = tile * ROWS;
        for (score, own) in self.scores.iter_mut().zip(own) {
            score[from..from + ROWS].copy_from_slice(own);
        }
    }

    /// Something is missing: each node divides by the weight that is there.
    fn tree(&mut self) {
        let plan = self.plan;
        self.gaps.fill(0);
        for tile in 0..plan.padded() / ROWS {
            for (place, node) in plan.nodes.iter().enumerate() {
                self.tiles[place] = match node.leaf {
                    Some(leaf) => self.leaf(leaf, tile),
                    None if node.mean == Mean::Arithmetic => self.inner(node),
                    None => self.turned(node),
                };
                if node.mean != Mean::Arithmetic {
                    each(&mut self.tiles[place], |one| node.mean.back(one));
                }
            }
            let root = self.tiles[plan.root];
            self.keep(tile, &root);
        }
    }

    fn leaf(&mut self, place: usize, tile: usize) -> Tile {
        let plan = self.plan;
        let leaf = &plan.leaves[place];
        let start = tile * plan.weights.len();
        let values = &plan.values[start + leaf.from..start + leaf.to];
        let mut scores = product(values, &self.weights[leaf.from..leaf.to]);
        let whole = &self.wholes[place];
        let mut parts = whole.map(|whole| [1.0 / whole; ROWS]);
        let gaps = &mut self.gaps[place];
        while let Some((row, _)) = leaf.missing.get(*gaps)
            && *row < (tile + 1) * ROWS
        {
            let mut dens = *whole;
            while let Some((other, column)) = leaf.missing.get(*gaps)
                && other == row
            {
                for (den, weight) in dens.iter_mut().zip(&self.weights[*column]) {
                    *den -= weight;
                }
                *gaps += 1;
            }
            for ((part, den), whole) in parts.iter_mut().zip(dens).zip(whole) {
                // What is left of a whole that is missing is noise, not a weight.
                let is_there = den > whole * 1e-12;
                part[row % ROWS] = if is_there { 1.0 / den } else { f64::NAN };
            }
        }
        for (score, part) in scores.iter_mut().zip(&parts) {
            for (score, part) in score.iter_mut().zip(part) {
                *score *= part;
            }
        }
        scores
    }

    fn inner(&self, node: &Inner) -> Tile {
        let mut sums: Tile = [[0.0; ROWS]; TOGETHER];
        if node.is_full {
            for child in &node.children {
                let (shares, values) = (&self.shares[*child], &self.tiles[*child]);
                for lane in 0..TOGETHER {
                    for row in 0..ROWS {
                        sums[lane][row] += shares[lane] * values[lane][row];
                    }
                }
            }
            return sums;
        }
        let mut dens: Tile = [[0.0; ROWS]; TOGETHER];
        for child in &node.children {
            let (shares, values) = (&self.shares[*child], &self.tiles[*child]);
            for lane in 0..TOGETHER {
                for row in 0..ROWS {
                    let value = values[lane][row];
                    let is_there = !value.is_nan();
                    sums[lane][row] += if is_there { shares[lane] * value } else { 0.0 };
                    dens[lane][row] += if is_there { shares[lane] } else { 0.0 };
                }
            }
        }
        for (sum, den) in sums.iter_mut().zip(&dens) {
            for (sum, den) in sum.iter_mut().zip(den) {
                let share = *sum / *den;
                *sum = if *den > 0.0 { share } else { f64::NAN };
            }
        }
        sums
    }

    /// The mean of turned scores. What has no logarithm weighs nothing.
    #[cold]
    fn turned(&self, node: &Inner) -> Tile {
        let (mut sums, mut dens): (Tile, Tile) = Default::default();
        for child in &node.children {
            let (shares, mut values) = (&self.shares[*child], self.tiles[*child]);
            each(&mut values, |value| node.mean.turned(value));
            for lane in 0..TOGETHER {
                for row in 0..ROWS {
                    if values[lane][row].is_finite() {
                        sums[lane][row] += shares[lane] * values[lane][row];
                        dens[lane][row] += shares[lane];
                    }
                }
            }
        }
        for (sum, den) in sums.iter_mut().flatten().zip(dens.iter().flatten()) {
            *sum /= *den;
        }
        sums
    }

    /// The places of one replication, given as METHOD asks.
    fn rank(&mut self, lane: usize, at: usize) {
        let plan = self.plan;
        let n = plan.rows.len();
        let scores = &mut self.scores[lane][..n];
        if let Some(decimals) = plan.decimals {
            let half_up = half_up(decimals);
            for score in scores.iter_mut() {
                *score = half_up(*score * plan.scale);
            }
        }
        let scores = &*scores;
        let ranks = &mut self.ranks[at..at + n];
        if n <= FEW && plan.ties == Ties::Min {
            for (rank, own) in ranks.iter_mut().zip(scores) {
                let above: u32 = scores.iter().map(|other| u32::from(other > own)).sum();
                *rank = above + 1;
            }
            return;
        }
        let (mut rank, mut before) = (0, f64::NAN);
        for (place, row) in self.sorting.sorted(scores).enumerate() {
            let own = scores[row];
            if own != before || plan.ties == Ties::Ordinal {
                rank = match plan.ties {
                    Ties::Dense => rank + 1,
                    _ => place as u32 + 1,
                };
                before = own;
            }
            ranks[row] = rank;
        }
    }
}

/// Values turned, or turned back.
#[cold]
fn each(tile: &mut Tile, of: impl Fn(f64) -> f64) {
    let all = tile.iter_mut().flatten();
    all.for_each(|one| *one = of(*one));
}

/// The weighted sums of a tile for all replications worked on together; they stay in registers.
#[inline(always)]
fn product(values: &[[f64; ROWS]], weights: &[[f64; TOGETHER]]) -> Tile {
    let mut sums = [[0.0_f64; ROWS]; TOGETHER];
    for (rows, weights) in values.iter().zip(weights) {
        for lane in 0..TOGETHER {
            for row in 0..ROWS {
                sums[lane][row] += weights[lane] * rows[row];
            }
        }
    }
    sums
}
