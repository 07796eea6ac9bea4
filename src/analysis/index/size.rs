//! How large the numbers were that a score was computed from: a difference is noise beside them, never beside what
//! some other unit has.

use super::aggregate::{Child, Source};
use super::column::{NOISE, is_near_for};
use super::method::{Aggregation, Indicator, Method, Norm};
use super::rank::Noise;

/// Where values and scores stand.
#[derive(Clone, Copy)]
pub struct Sizes<'a> {
    pub method: &'a Method,
    pub children: &'a [Vec<Child<'a>>],
    pub kept: &'a [bool],
    pub values: &'a [f64],
    pub scores: &'a [f64],
    pub stride: usize,
    /// What the scores have been multiplied with.
    pub scale: f64,
}

impl Sizes<'_> {
    /// Calls `take` with what is noise among the scores of a node.
    pub fn noise<T>(&self, place: usize, take: impl FnOnce(Noise) -> T) -> T {
        let score = |row: usize| self.scores[place * self.stride + row];
        let is_same = |one: usize, other: usize| {
            let size = self.node(place, one).max(self.node(place, other)) * self.scale;
            is_near_for(score(one), score(other), size)
        };
        take(Noise {
            most: self.most(),
            is_same: &is_same,
        })
    }

    /// No noise among scores of this method is larger; not known for every method.
    fn most(&self) -> f64 {
        let most = self.method.indicators.iter().map(bound);
        most.fold(0.0, f64::max) * self.scale * NOISE * 2.0
    }

    fn node(&self, place: usize, row: usize) -> f64 {
        let score = self.scores[place * self.stride + row].abs() / self.scale;
        if self.method.nodes[place].agg != Aggregation::Amean {
            return score;
        }
        let (mut sum, mut all) = (0.0, 0.0);
        for child in &self.children[place] {
            let size = match child.source {
                Source::Indicator(at) if !self.kept[at] => continue,
                Source::Indicator(at) => {
                    let value = self.values[at * self.stride + row].abs();
                    // What is missing stays so.
                    value + (reach(&self.method.indicators[at]) - value).max(0.0)
                }
                Source::Node(at) => self.node(at, row),
            };
            if !size.is_nan() {
                (sum, all) = (sum + child.weight * size, all + child.weight);
            }
        }
        if all > 0.0 { sum / all } else { score }
    }
}

/// What a value was taken from or added to, when it was normalised.
fn reach(one: &Indicator) -> f64 {
    let is_reversed = one.direction < 0.0;
    match &one.norm {
        Norm::MinMax { l_u: [l, u], .. } => l.abs().max(u.abs()),
        Norm::ZScore { mean, sd } => mean.abs().max(*sd),
        Norm::Goalposts { .. }
        | Norm::DistanceToMax {}
        | Norm::DistanceToReference { .. }
        | Norm::DistanceToTarget { .. } => 1.0,
        Norm::FractionOfMax {} if is_reversed => 1.0,
        Norm::Categorical { scores, .. } if is_reversed => scores
            .iter()
            .fold(0.0, |most: f64, one| most.max(one.abs())),
        _ => 0.0,
    }
}

/// The greatest value there can be, where that is known.
fn bound(one: &Indicator) -> f64 {
    match &one.norm {
        Norm::MinMax { .. } | Norm::DistanceToMax {} | Norm::Goalposts { clip: true, .. } => {
            reach(one)
        }
        Norm::PercentileRank {} | Norm::AboveBelowMean { .. } => 1.0,
        _ => f64::INFINITY,
    }
}
