//! Where each unit would stand if the weights were somewhat different: weights moved at every level, ranks counted.
//!
//! Every replication draws from a stream of its own, and places are counted in whole numbers, so the result is the
//! same for any number of threads. Products and sums are written apart, so it is the same on every machine too.

use std::sync::atomic::{AtomicUsize, Ordering};

use super::super::draws::Draws;
use super::order::sorted;
use super::plan::{Inner, Leaf, Plan, ROWS};

/// How often and how far weights are moved, and by how many hands.
#[derive(Clone, Copy, Debug)]
pub struct Settings {
    pub seed: u64,
    pub replications: u32,
    /// 0 to 99 percent.
    pub spread_pct: u64,
    pub threads: usize,
}

/// Places of a unit over all replications.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Places {
    pub best: u32,
    pub p05: u32,
    pub p50: u32,
    pub p95: u32,
    pub worst: u32,
}

/// Replications that are worked on together: their weights stay in registers.
const TOGETHER: usize = 4;
/// Replications whose places are counted together, so that a unit's counts stay near.
const BLOCK: usize = 64;
/// Up to so many units, comparing each with each is quicker than sorting.
const FEW: usize = 192;

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
        let n = self.rows.len();
        let blocks = (how.replications as usize).div_ceil(BLOCK);
        let next = AtomicUsize::new(0);
        let work = || {
            let mut counts = vec![0_u32; n * (n + 1)];
            let mut hand = Hand::of(self);
            loop {
                let block = next.fetch_add(1, Ordering::Relaxed);
                if block >= blocks {
                    return counts;
                }
                let from = block * BLOCK;
                let to = (from + BLOCK).min(how.replications as usize);
                hand.block(how, from..to, &mut counts);
                progress(to as u32);
            }
        };
        let counts = std::thread::scope(|scope| {
            let others: Vec<_> = (1..how.threads.max(1)).map(|_| scope.spawn(work)).collect();
            let mut counts = work();
            for other in others {
                let more = other
                    .join()
                    .unwrap_or_else(|panic| std::panic::resume_unwind(panic));
                counts
                    .iter_mut()
                    .zip(more)
                    .for_each(|(count, more)| *count += more);
            }
            counts
        });
        let mut places = vec![None; self.units];
        for (i, row) in self.rows.iter().enumerate() {
            places[*row] = Some(read(
                &counts[i * (n + 1)..(i + 1) * (n + 1)],
                how.replications,
            ));
        }
        places
    }
}

/// The smallest place with at least that share of replications at or below it.
fn read(counts: &[u32], replications: u32) -> Places {
    let at = |percent: u64| {
        let wanted = (u64::from(replications) * percent).div_ceil(100).max(1);
        let mut sum = 0;
        let place = counts.iter().position(|count| {
            sum += u64::from(*count);
            sum >= wanted
        });
        place.unwrap_or(0) as u32
    };
    Places {
        best: counts.iter().position(|count| *count > 0).unwrap_or(0) as u32,
        p05: at(5),
        p50: at(50),
        p95: at(95),
        worst: counts.iter().rposition(|count| *count > 0).unwrap_or(0) as u32,
    }
}

/// The buffers of one thread.
struct Hand<'a> {
    plan: &'a Plan,
    /// Moved weights: of indicators and of nodes, for each of the replications worked on together.
    weights: Vec<[f64; TOGETHER]>,
    nodes: Vec<[f64; TOGETHER]>,
    scores: Vec<Vec<f64>>,
    /// The scores of every node.
    columns: Vec<Vec<Vec<f64>>>,
    sums: Vec<Vec<f64>>,
    dens: Vec<Vec<f64>>,
    /// Places of a block, replication by replication.
    ranks: Vec<u32>,
    keys: Vec<u64>,
    other: Vec<u64>,
}

impl<'a> Hand<'a> {
    fn of(plan: &'a Plan) -> Hand<'a> {
        let n = plan.rows.len();
        let column = || vec![0.0; plan.padded];
        Hand {
            plan,
            weights: vec![[0.0; TOGETHER]; plan.weights.len()],
            nodes: vec![[0.0; TOGETHER]; plan.nodes.len()],
            scores: (0..TOGETHER).map(|_| column()).collect(),
            columns: vec![vec![column(); TOGETHER]; plan.nodes.len()],
            sums: (0..TOGETHER).map(|_| column()).collect(),
            dens: (0..TOGETHER).map(|_| column()).collect(),
            ranks: vec![0; n * BLOCK],
            keys: vec![0; n],
            other: vec![0; n],
        }
    }

    fn block(&mut self, how: Settings, range: std::ops::Range<usize>, counts: &mut [u32]) {
        let n = self.plan.rows.len();
        let size = range.len();
        for from in range.clone().step_by(TOGETHER) {
            let together = TOGETHER.min(range.end - from);
            for lane in 0..TOGETHER {
                self.draw(how, from + lane.min(together - 1), lane);
            }
            if self.plan.is_whole() {
                self.flat();
            } else {
                self.tree();
            }
            for lane in 0..together {
                let at = (from - range.start + lane) * n;
                self.rank(lane, at);
            }
        }
        for i in 0..n {
            let own = &mut counts[i * (n + 1)..(i + 1) * (n + 1)];
            for replication in 0..size {
                own[self.ranks[replication * n + i] as usize] += 1;
            }
        }
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

    /// Nothing is missing: every indicator has one weight on the root.
    fn flat(&mut self) {
        let plan = self.plan;
        for lane in 0..TOGETHER {
            let mut share = vec![0.0; plan.nodes.len()];
            share[plan.root] = 1.0;
            for place in (0..plan.nodes.len()).rev() {
                let children = &plan.nodes[place].children;
                let all: f64 = children.iter().map(|child| self.nodes[*child][lane]).sum();
                for child in children {
                    share[*child] = share[place] * self.nodes[*child][lane] / all;
                }
            }
            for leaf in &plan.leaves {
                let own = &mut self.weights[leaf.from..leaf.to];
                let all: f64 = own.iter().map(|weight| weight[lane]).sum();
                for weight in own {
                    weight[lane] *= share[leaf.node] / all;
                }
            }
        }
        product(&plan.values, plan.padded, &self.weights, &mut self.scores);
    }

    /// Something is missing: each node divides by the weight that is there.
    fn tree(&mut self) {
        let plan = self.plan;
        let mut columns = std::mem::take(&mut self.columns);
        for (place, node) in plan.nodes.iter().enumerate() {
            let (below, own) = columns.split_at_mut(place);
            match node.leaf {
                Some(leaf) => self.leaf(&plan.leaves[leaf], &mut own[0]),
                None => self.inner(node, below, &mut own[0]),
            }
        }
        for (score, root) in self.scores.iter_mut().zip(&mut columns[plan.root]) {
            std::mem::swap(score, root);
        }
        self.columns = columns;
    }

    fn leaf(&mut self, leaf: &Leaf, own: &mut [Vec<f64>]) {
        let plan = self.plan;
        let values = &plan.values[leaf.from * plan.padded..leaf.to * plan.padded];
        let weights = &self.weights[leaf.from..leaf.to];
        product(values, plan.padded, weights, own);
        for lane in 0..TOGETHER {
            let all: f64 = weights.iter().map(|weight| weight[lane]).sum();
            let den = &mut self.dens[lane];
            den.fill(all);
            for (row, place) in &leaf.missing {
                den[*row] -= self.weights[*place][lane];
            }
            // What is left of a whole that is missing is noise, not a weight.
            let noise = all * 1e-12;
            for (score, den) in own[lane].iter_mut().zip(den.iter()) {
                *score = if *den > noise {
                    *score / *den
                } else {
                    f64::NAN
                };
            }
        }
    }

    fn inner(&mut self, node: &Inner, columns: &[Vec<Vec<f64>>], own: &mut [Vec<f64>]) {
        for lane in 0..TOGETHER {
            let (sum, den) = (&mut self.sums[lane], &mut self.dens[lane]);
            sum.fill(0.0);
            den.fill(0.0);
            for child in &node.children {
                let weight = self.nodes[*child][lane];
                let values = &columns[*child][lane];
                for ((sum, den), value) in sum.iter_mut().zip(den.iter_mut()).zip(values) {
                    let is_there = !value.is_nan();
                    *sum += if is_there { weight * value } else { 0.0 };
                    *den += if is_there { weight } else { 0.0 };
                }
            }
            for ((score, sum), den) in own[lane].iter_mut().zip(sum.iter()).zip(den.iter()) {
                *score = if *den > 0.0 { sum / den } else { f64::NAN };
            }
        }
    }

    /// The places of one replication; equal scores share the least place.
    fn rank(&mut self, lane: usize, at: usize) {
        let n = self.plan.rows.len();
        let scores = &self.scores[lane];
        let ranks = &mut self.ranks[at..at + n];
        if n <= FEW {
            for (rank, row) in ranks.iter_mut().zip(&self.plan.rows) {
                let own = scores[*row];
                let above = self.plan.rows.iter().filter(|other| scores[**other] > own);
                *rank = above.count() as u32 + 1;
            }
            return;
        }
        sorted(&self.plan.rows, scores, &mut self.keys, &mut self.other);
        let mut rank = 1;
        let mut before = f64::NAN;
        for (place, key) in self.keys.iter().enumerate() {
            let i = (*key & 0xffff_ffff) as usize;
            let own = scores[self.plan.rows[i]];
            if own != before {
                rank = place as u32 + 1;
                before = own;
            }
            ranks[i] = rank;
        }
    }
}

/// The weighted sums of columns for all replications worked on together; weights and sums stay in registers.
fn product(values: &[f64], padded: usize, weights: &[[f64; TOGETHER]], sums: &mut [Vec<f64>]) {
    for from in (0..padded).step_by(ROWS) {
        let mut parts = [[0.0_f64; ROWS]; TOGETHER];
        for (column, weight) in weights.iter().enumerate() {
            let start = column * padded + from;
            let rows: &[f64; ROWS] = match values[start..start + ROWS].try_into() {
                Ok(rows) => rows,
                Err(_) => return,
            };
            for lane in 0..TOGETHER {
                for row in 0..ROWS {
                    parts[lane][row] += weight[lane] * rows[row];
                }
            }
        }
        for lane in 0..TOGETHER {
            sums[lane][from..from + ROWS].copy_from_slice(&parts[lane]);
        }
    }
}
