//! Indicators that say the same twice, and indicators that no longer tell agencies apart.

use std::collections::HashMap;

use super::Field;

/// Two indicators are compared where at least so many agencies have both.
const FEWEST: usize = 8;
/// So many pairs are told at most.
const MOST_PAIRS: usize = 12;

/// Two indicators, and how alike they order the agencies that have both.
#[derive(Clone, Debug)]
pub struct Alike {
    /// Places in the framework, the earlier first.
    pub indicators: [usize; 2],
    /// Spearman's rank correlation in ten-thousandths, -10,000 to 10,000.
    pub rho: i64,
    /// How many agencies have both.
    pub agencies: i64,
}

impl Alike {
    /// Whether the two order agencies nearly the same way.
    pub fn is_twice(&self) -> bool {
        self.rho >= 9_000
    }
}

/// How far an indicator still tells agencies apart.
#[derive(Clone, Debug)]
pub struct Telling {
    /// The place of the indicator in the framework.
    pub indicator: usize,
    pub counted: i64,
    /// How many have full points, and how many have none.
    pub full: i64,
    pub none: i64,
    /// How many share the most frequent result.
    pub same: i64,
}

impl Telling {
    /// Whether four in five or more have the same result.
    pub fn is_mute(&self) -> bool {
        self.counted > 0 && 5 * self.same >= 4 * self.counted
    }
}

/// One indicator's rates, and the agencies that have one in order of them.
struct Column {
    rates: Vec<Option<i64>>,
    order: Vec<usize>,
}

fn columns(field: &Field) -> Vec<Column> {
    let places = field.table.columns.iter();
    let columns = places.map(|column| {
        let rates = field.entries.iter().map(|entry| {
            let (rate, counted) = entry.rates[*column];
            (counted == 1 && !entry.is_silent).then_some(rate)
        });
        let rates: Vec<Option<i64>> = rates.collect();
        let mut order: Vec<usize> = (0..rates.len()).filter(|at| rates[*at].is_some()).collect();
        order.sort_by_key(|at| rates[*at]);
        Column { rates, order }
    });
    columns.collect()
}

/// The pairs most alike, or most opposed, first; none where one of the two is the same for all.
pub(super) fn alike(field: &Field) -> Vec<Alike> {
    let columns = columns(field);
    let mut found = Vec::new();
    for (a, one) in columns.iter().enumerate() {
        for (b, other) in columns.iter().enumerate().skip(a + 1) {
            if let Some((rho, agencies)) = spearman(one, other) {
                found.push(Alike {
                    indicators: [a, b],
                    rho,
                    agencies,
                });
            }
        }
    }
    found.sort_by_key(|pair| (std::cmp::Reverse(pair.rho.abs()), pair.indicators));
    found.truncate(MOST_PAIRS);
    found
}

/// Correlation of the places among the agencies that have both; equals share the mean of their places.
fn spearman(one: &Column, other: &Column) -> Option<(i64, i64)> {
    let common = |at: usize| one.rates[at].is_some() && other.rates[at].is_some();
    let count = one.order.iter().filter(|at| common(**at)).count();
    if count < FEWEST {
        return None;
    }
    let (a, b) = (centred(one, &common, count), centred(other, &common, count));
    let product = |a: &[i64], b: &[i64]| -> i64 {
        let both = a.iter().zip(b);
        both.map(|(a, b)| a * b).sum()
    };
    let (within_a, within_b) = (product(&a, &a), product(&b, &b));
    if within_a == 0 || within_b == 0 {
        return None;
    }
    let rho = product(&a, &b) as f64 / ((within_a as f64) * (within_b as f64)).sqrt();
    Some(((rho * 10_000.0).round() as i64, count as i64))
}

/// Twice the place less its mean, by agency; 0 for those outside.
fn centred(column: &Column, is_common: &impl Fn(usize) -> bool, count: usize) -> Vec<i64> {
    let mut places = vec![0; column.rates.len()];
    let order = column.order.iter().copied();
    let order: Vec<usize> = order.filter(|at| is_common(*at)).collect();
    let mut start = 0;
    while start < order.len() {
        let rate = column.rates[order[start]];
        let run = order[start..].iter();
        let run = run.take_while(|at| column.rates[**at] == rate).count();
        // Places start+1 to start+run, twice their mean.
        let twice = (2 * start + run + 1) as i64;
        for at in &order[start..start + run] {
            places[*at] = twice - (count as i64 + 1);
        }
        start += run;
    }
    places
}

/// How far each indicator still tells agencies apart.
pub(super) fn telling(field: &Field) -> Vec<Telling> {
    let columns = columns(field);
    let told = columns.iter().enumerate().map(|(indicator, column)| {
        let mut counts: HashMap<i64, i64> = HashMap::new();
        for rate in column.rates.iter().flatten() {
            *counts.entry(*rate).or_default() += 1;
        }
        let of = |rate: i64| counts.get(&rate).copied().unwrap_or(0);
        Telling {
            indicator,
            counted: column.order.len() as i64,
            full: of(10_000),
            none: of(0),
            same: counts.values().copied().max().unwrap_or(0),
        }
    });
    told.collect()
}
