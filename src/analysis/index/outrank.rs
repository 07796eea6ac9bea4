//! Aggregations that compare instead of adding: exact, and blind to the order of rows.

use std::cmp::Ordering;

use super::aggregate::Listed;
use super::column::MISSING;
use super::decimal::whole;

/// The most units for which every order can be weighed.
const MOST_KEMENY: usize = 12;

/// The weight with which each unit is above each other; where one of two values is missing, neither is.
struct Duels {
    above: Vec<Vec<i128>>,
    rows: Vec<usize>,
}

impl Duels {
    fn of(children: &Listed, is_in: &[bool]) -> Duels {
        let rows: Vec<usize> = (0..is_in.len()).filter(|row| is_in[*row]).collect();
        let weights = whole(&children.weights);
        let mut above = vec![vec![0; rows.len()]; rows.len()];
        for (at, weight) in weights.iter().enumerate() {
            let class = children.classes(at, is_in);
            for (i, a) in rows.iter().enumerate() {
                for (j, b) in rows.iter().enumerate() {
                    if let (Some(a), Some(b)) = (class[*a], class[*b])
                        && a > b
                    {
                        above[i][j] += weight;
                    }
                }
            }
        }
        Duels { above, rows }
    }

    fn spread(&self, scores: &mut [f64], score: impl Fn(usize) -> f64) {
        scores.fill(MISSING);
        for (i, row) in self.rows.iter().enumerate() {
            scores[*row] = score(i);
        }
    }
}

/// The share of the others that a unit beats; a tie counts half. One unit after the other, so that no more is kept than
/// a number for each other unit.
pub fn copeland(children: &Listed, is_in: &[bool], scores: &mut [f64]) {
    let weights = whole(&children.weights);
    let classes: Vec<Vec<Option<usize>>> = (0..weights.len())
        .map(|at| children.classes(at, is_in))
        .collect();
    let others = is_in.iter().filter(|is_in| **is_in).count().max(1) - 1;
    let mut ahead = vec![0_i128; is_in.len()];
    scores.fill(MISSING);
    for row in (0..is_in.len()).filter(|row| is_in[*row]) {
        ahead.fill(0);
        for (weight, class) in weights.iter().zip(&classes) {
            let Some(own) = class[row] else { continue };
            for (ahead, other) in ahead.iter_mut().zip(class) {
                *ahead += match other.map(|other| own.cmp(&other)) {
                    Some(Ordering::Greater) => *weight,
                    Some(Ordering::Less) => -*weight,
                    Some(Ordering::Equal) | None => 0,
                };
            }
        }
        let duels = ahead.iter().zip(is_in).filter(|(_, is_in)| **is_in);
        let halves: i64 = duels.map(|(ahead, _)| ahead.signum() as i64 + 1).sum();
        // With itself a unit draws.
        scores[row] = match others {
            0 => 1.0,
            _ => (halves - 1) as f64 / (2 * others) as f64,
        };
    }
}

/// The weighted share of the others below a unit on each child; equal ones count half.
pub fn borda(children: &Listed, is_in: &[bool], scores: &mut [f64]) {
    let weights = whole(&children.weights);
    let mut halves = vec![0_i128; is_in.len()];
    let mut most = vec![0_i128; is_in.len()];
    for (at, weight) in weights.iter().enumerate() {
        let class = children.classes(at, is_in);
        let mut sorted: Vec<usize> = class.iter().flatten().copied().collect();
        sorted.sort_unstable();
        for (row, class) in class.iter().enumerate() {
            let Some(class) = class else { continue };
            let below = sorted.partition_point(|other| other < class);
            let upto = sorted.partition_point(|other| other <= class);
            let equal = upto - below - 1;
            halves[row] += weight * (2 * below + equal) as i128;
            most[row] += weight * 2 * (sorted.len() - 1) as i128;
        }
    }
    for (row, score) in scores.iter_mut().enumerate() {
        *score = match (is_in[row], most[row]) {
            (false, _) => MISSING,
            (true, 0) => 1.0,
            (true, most) => halves[row] as f64 / most as f64,
        };
    }
}

/// The order with the most weight of pairs on its side. Where several orders have it, a unit's place is the
/// mean of its places in all of them. The score is 1 for the first place and 0 for the last.
pub fn kemeny(children: &Listed, is_in: &[bool], scores: &mut [f64]) -> Result<(), String> {
    let n = is_in.iter().filter(|is_in| **is_in).count();
    if n > MOST_KEMENY {
        return Err(format!(
            "kemeny is exact up to {MOST_KEMENY} units; here are {n}"
        ));
    }
    let duels = Duels::of(children, is_in);
    // Over sets of units that stand above the others: the best weight, and how many orders have it.
    let full = (1_usize << n) - 1;
    let gain = |set: usize, i: usize| -> i128 {
        let below = (0..n).filter(|j| set & (1 << j) == 0 && *j != i);
        below.map(|j| duels.above[i][j]).sum()
    };
    let mut head = vec![(i128::MIN, 0_u64); full + 1];
    head[0] = (0, 1);
    for set in 0..=full {
        let (weight, count) = head[set];
        for i in (0..n).filter(|i| set & (1 << i) == 0) {
            let with = &mut head[set | (1 << i)];
            let new = weight + gain(set, i);
            match new.cmp(&with.0) {
                Ordering::Greater => *with = (new, count),
                Ordering::Equal => with.1 += count,
                Ordering::Less => {}
            }
        }
    }
    let mut tail = vec![(i128::MIN, 0_u64); full + 1];
    tail[full] = (0, 1);
    for set in (0..full).rev() {
        for i in (0..n).filter(|i| set & (1 << i) == 0) {
            let (weight, count) = tail[set | (1 << i)];
            let new = weight + gain(set, i);
            match new.cmp(&tail[set].0) {
                Ordering::Greater => tail[set] = (new, count),
                Ordering::Equal => tail[set].1 += count,
                Ordering::Less => {}
            }
        }
    }
    let best = head[full];
    let place = |i: usize| -> f64 {
        let mut sum = 0_u64;
        for set in (0..=full).filter(|set| set & (1 << i) == 0) {
            let after = tail[set | (1 << i)];
            if head[set].0 + gain(set, i) + after.0 == best.0 {
                sum += u64::from(set.count_ones()) * head[set].1 * after.1;
            }
        }
        sum as f64 / best.1 as f64
    };
    let last = (n.max(2) - 1) as f64;
    duels.spread(scores, |i| (last - place(i)) / last);
    Ok(())
}

/// The weighted median of what each unit has.
pub fn weighted_medians(children: &Listed, is_in: &[bool], scores: &mut [f64]) {
    for (row, score) in scores.iter_mut().enumerate() {
        let both = children.weights.iter().zip(&children.columns);
        let own = both.map(|(weight, column)| (*weight, column[row]));
        let own = own.filter(|(weight, value)| *weight > 0.0 && !value.is_nan());
        *score = if is_in[row] {
            weighted_median(own.collect())
        } else {
            MISSING
        };
    }
}

/// The value at which half of the weight is reached; between two where it is reached exactly.
fn weighted_median(mut weighed: Vec<(f64, f64)>) -> f64 {
    weighed.sort_by(|a, b| a.1.total_cmp(&b.1));
    let weights: Vec<f64> = weighed.iter().map(|(weight, _)| *weight).collect();
    let weights = whole(&weights);
    let all: i128 = weights.iter().sum();
    let mut sum = 0;
    for (place, weight) in weights.iter().enumerate() {
        sum += weight;
        if 2 * sum > all {
            return weighed[place].1;
        }
        if 2 * sum == all && place + 1 < weighed.len() {
            return (weighed[place].1 + weighed[place + 1].1) / 2.0;
        }
    }
    weighed.last().map_or(f64::NAN, |(_, value)| *value)
}
