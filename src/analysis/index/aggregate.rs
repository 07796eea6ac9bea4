//! From children to their node, column by column.

use super::column::MISSING;
use super::decimal::{reaches, whole};
use super::method::{Aggregation, Missing, Node};
use super::pass::Watch;
use super::rank::class_numbers;
use super::size::Sizes;
use super::table::Table;
use super::{Fault, frontier, outrank, power};

/// What stands below a node.
pub struct Child<'a> {
    pub code: &'a str,
    pub weight: f64,
    pub source: Source,
}

impl Child<'_> {
    fn node(&self) -> Option<usize> {
        match self.source {
            Source::Node(place) => Some(place),
            Source::Indicator(_) => None,
        }
    }
}

/// Where the column of a child is: its place among the indicators or the nodes.
#[derive(Clone, Copy)]
pub enum Source {
    Indicator(usize),
    Node(usize),
}

/// The children of a node with their columns, but for the indicators that were left out.
pub struct Children<'a> {
    pub all: &'a [Child<'a>],
    pub sizes: Sizes<'a>,
    pub units: usize,
}

impl<'a> Children<'a> {
    /// Each child with its column.
    pub fn iter(&self) -> impl Iterator<Item = (&'a Child<'a>, &'a [f64])> + '_ {
        self.all.iter().filter_map(|child| {
            let (columns, place) = match child.source {
                Source::Indicator(place) if !self.sizes.kept[place] => return None,
                Source::Indicator(place) => (self.sizes.values, place),
                Source::Node(place) => (self.sizes.scores, place),
            };
            let start = place * self.sizes.stride;
            Some((child, &columns[start..start + self.units]))
        })
    }

    /// The weight of what each unit has, and whether that is enough.
    fn enough(&self, node: &Node, den: &mut [f64]) {
        den.fill(0.0);
        for (child, column) in self.iter() {
            for (den, value) in den.iter_mut().zip(column) {
                *den += if value.is_nan() { 0.0 } else { child.weight };
            }
        }
        self.refuse(node, den);
    }

    /// Where there is not enough, the weight is no number.
    pub fn refuse(&self, node: &Node, den: &mut [f64]) {
        for den in den.iter_mut() {
            *den = if *den > 0.0 { *den } else { MISSING };
        }
        match node.missing {
            Missing::Refuse => self.refuse_gaps(den),
            Missing::Reweight if node.min_share > 0.0 => self.refuse_few(node.min_share, den),
            Missing::Reweight => {}
        }
    }

    fn refuse_gaps(&self, den: &mut [f64]) {
        for (_, column) in self.iter().filter(|(child, _)| child.weight > 0.0) {
            for (den, value) in den.iter_mut().zip(column) {
                *den = if value.is_nan() { MISSING } else { *den };
            }
        }
    }

    /// Shares of weight are compared as whole numbers.
    fn refuse_few(&self, least: f64, den: &mut [f64]) {
        let weights: Vec<f64> = self.iter().map(|(child, _)| child.weight).collect();
        let weights = whole(&weights);
        let all: i128 = weights.iter().sum();
        for (row, den) in den.iter_mut().enumerate() {
            let both = self.iter().zip(&weights);
            let there = both.filter(|((_, column), _)| !column[row].is_nan());
            let part: i128 = there.map(|(_, weight)| weight).sum();
            if all == 0 || !reaches(part, all, least) {
                *den = MISSING;
            }
        }
    }
}

/// The children of a node in lists, for whoever compares them.
pub struct Listed<'a> {
    pub codes: Vec<&'a str>,
    pub weights: Vec<f64>,
    pub columns: Vec<&'a [f64]>,
    nodes: Vec<Option<usize>>,
    sizes: Sizes<'a>,
}

impl<'a> Listed<'a> {
    fn of(children: &Children<'a>) -> Listed<'a> {
        Listed {
            codes: children.iter().map(|(child, _)| child.code).collect(),
            weights: children.iter().map(|(child, _)| child.weight).collect(),
            columns: children.iter().map(|(_, column)| column).collect(),
            nodes: children.iter().map(|(child, _)| child.node()).collect(),
            sizes: children.sizes,
        }
    }

    /// The class of every unit on one child, counted from the smallest values. What comes from the table is exact,
    /// what was computed is not.
    pub fn classes(&self, at: usize, is_in: &[bool]) -> Vec<Option<usize>> {
        let both = self.columns[at].iter().zip(is_in);
        let own = both.map(|(value, is_in)| if *is_in { *value } else { MISSING });
        let own: Vec<f64> = own.collect();
        match self.nodes[at] {
            Some(place) => self
                .sizes
                .noise(place, |noise| class_numbers(&own, Some(noise))),
            None => class_numbers(&own, None),
        }
    }
}

/// The score of a node for every unit.
pub fn score(
    node: &Node,
    children: &Children,
    table: &Table,
    score: &mut [f64],
    den: &mut [f64],
    watch: Watch,
) -> Result<(), Vec<Fault>> {
    let p = match node.agg {
        Aggregation::Gmean => 0.0,
        Aggregation::Hmean => -1.0,
        Aggregation::Power => node.p.unwrap_or(1.0),
        Aggregation::Amean => 1.0,
        _ => return compared(node, children, table, score, den, watch),
    };
    positive(node, children, table)?;
    score.fill(0.0);
    den.fill(0.0);
    match node.agg {
        Aggregation::Amean => mean(children, score, den, |v| v),
        Aggregation::Gmean => mean(children, score, den, f64::ln),
        _ => power::means(p, children, score, den),
    }
    children.refuse(node, den);
    let both = score.iter_mut().zip(den.iter());
    match node.agg {
        Aggregation::Amean => both.for_each(|(score, den)| *score /= *den),
        Aggregation::Gmean => both.for_each(|(score, den)| *score = (*score / *den).exp()),
        _ => both.for_each(|(score, den)| *score = if den.is_nan() { MISSING } else { *score }),
    }
    sound(node, table, score, den)
}

/// The sum of what `of` makes of the values, and of the weights.
fn mean(children: &Children, score: &mut [f64], den: &mut [f64], of: impl Fn(f64) -> f64 + Copy) {
    let mut weighed = children
        .iter()
        .filter(|(child, _)| child.weight > 0.0)
        .map(|(child, column)| (child.weight, column));
    while let Some(first) = weighed.next() {
        match (weighed.next(), weighed.next(), weighed.next()) {
            (Some(second), Some(third), Some(fourth)) => {
                add_four([first, second, third, fourth], score, den, of);
            }
            rest => [Some(first), rest.0, rest.1, rest.2]
                .into_iter()
                .flatten()
                .for_each(|one| add(one, score, den, of)),
        }
    }
}

/// Adds what a value weighs, if it is there.
#[inline(always)]
fn weigh(sum: &mut f64, den: &mut f64, weight: f64, value: f64, of: impl Fn(f64) -> f64) {
    let is_there = !value.is_nan();
    *sum += if is_there { weight * of(value) } else { 0.0 };
    *den += if is_there { weight } else { 0.0 };
}

/// Adds the products of a column, and the weight where something is there.
fn add(
    (weight, column): (f64, &[f64]),
    sums: &mut [f64],
    dens: &mut [f64],
    of: impl Fn(f64) -> f64 + Copy,
) {
    for ((sum, den), value) in sums.iter_mut().zip(dens).zip(column) {
        weigh(sum, den, weight, *value, of);
    }
}

/// The same for four columns, one after the other in each row, while the sums are at hand.
fn add_four(
    [a, b, c, d]: [(f64, &[f64]); 4],
    sums: &mut [f64],
    dens: &mut [f64],
    of: impl Fn(f64) -> f64 + Copy,
) {
    let rows = sums
        .iter_mut()
        .zip(dens)
        .zip(a.1)
        .zip(b.1)
        .zip(c.1)
        .zip(d.1);
    for (((((sum, den), first), second), third), fourth) in rows {
        weigh(sum, den, a.0, *first, of);
        weigh(sum, den, b.0, *second, of);
        weigh(sum, den, c.0, *third, of);
        weigh(sum, den, d.0, *fourth, of);
    }
}

/// Copeland and its like, which compare instead of adding.
fn compared(
    node: &Node,
    children: &Children,
    table: &Table,
    score: &mut [f64],
    den: &mut [f64],
    watch: Watch,
) -> Result<(), Vec<Fault>> {
    children.enough(node, den);
    let is_enough: Vec<bool> = den.iter().map(|den| !den.is_nan()).collect();
    let listed = Listed::of(children);
    match node.agg {
        Aggregation::Copeland => outrank::copeland(&listed, &is_enough, score),
        Aggregation::Borda => outrank::borda(&listed, &is_enough, score),
        Aggregation::Kemeny => {
            let at = format!("node {:?}", node.code);
            outrank::kemeny(&listed, &is_enough, score)
                .map_err(|says| vec![Fault::at(at, says)])?;
        }
        Aggregation::Bod => frontier::score(node, &listed, &is_enough, table, score, watch)?,
        _ => outrank::weighted_medians(&listed, &is_enough, score),
    }
    sound(node, table, score, den)
}

/// Whether every unit that has enough has a score.
fn sound(node: &Node, table: &Table, score: &[f64], den: &[f64]) -> Result<(), Vec<Fault>> {
    let is_lost = |(score, den): (&f64, &f64)| !den.is_nan() && !score.is_finite();
    let lost = score.iter().zip(den).map(|both| usize::from(is_lost(both)));
    if lost.sum::<usize>() == 0 {
        return Ok(());
    }
    let rows = score.iter().zip(den).zip(&table.units);
    let lost = rows.filter(|(both, _)| is_lost(*both));
    let says = "its score is beyond what can be computed";
    Err(lost
        .map(|(_, unit)| Fault::cell(unit, &node.code, says))
        .collect())
}

/// A mean that multiplies, divides or takes roots has no place for zero and below.
fn positive(node: &Node, children: &Children, table: &Table) -> Result<(), Vec<Fault>> {
    let p = node.p.unwrap_or(1.0);
    let (is_strict, is_bound) = match node.agg {
        Aggregation::Gmean | Aggregation::Hmean => (true, true),
        Aggregation::Power => (p <= 0.0, p != 1.0),
        _ => return Ok(()),
    };
    let mut faults = Vec::new();
    for (child, column) in children.iter().filter(|(child, _)| child.weight > 0.0) {
        for (value, unit) in column.iter().zip(&table.units) {
            if is_bound && (*value < 0.0 || (*value == 0.0 && is_strict)) {
                let says = format!("{value} has no place under this mean of {:?}", node.code);
                faults.push(Fault::cell(unit, child.code, says));
            }
        }
    }
    if faults.is_empty() {
        Ok(())
    } else {
        Err(faults)
    }
}
