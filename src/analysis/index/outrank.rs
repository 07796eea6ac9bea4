//! Aggregations that compare instead of adding: exact, and blind to the order of rows.

use super::aggregate::Listed;
use super::column::MISSING;
use super::rank::class_numbers;

/// The most units for which every order can be weighed.
const MOST_KEMENY: usize = 12;

/// Decimals of weights that are kept: with them all sums fit, up to 15,000 units.
const MOST_DECIMALS: usize = 22;

/// Weights as whole numbers of one small unit, so that halves and ties are exact.
fn whole(weights: &[f64]) -> Vec<i128> {
    // The shortest decimals that mean the same number are what somebody wrote.
    let written: Vec<String> = weights.iter().map(|weight| format!("{weight}")).collect();
    let decimals = |text: &String| text.split_once('.').map_or(0, |(_, after)| after.len());
    let most = written
        .iter()
        .map(decimals)
        .max()
        .unwrap_or(0)
        .min(MOST_DECIMALS);
    let one = |text: &String| {
        let (before, after) = text.split_once('.').unwrap_or((text, ""));
        let digits: String = after
            .chars()
            .chain(std::iter::repeat('0'))
            .take(most)
            .collect();
        format!("{before}{digits}").parse().unwrap_or(0)
    };
    written.iter().map(one).collect()
}

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
        for (weight, column) in weights.iter().zip(&children.columns) {
            let class = class_numbers(column);
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

/// The share of the others that a unit beats; a tie counts half.
pub fn copeland(children: &Listed, is_in: &[bool], scores: &mut [f64]) {
    let duels = Duels::of(children, is_in);
    let n = duels.rows.len();
    duels.spread(scores, |i| {
        let halves: usize = (0..n)
            .filter(|j| *j != i)
            .map(|j| match duels.above[i][j].cmp(&duels.above[j][i]) {
                std::cmp::Ordering::Greater => 2,
                std::cmp::Ordering::Equal => 1,
                std::cmp::Ordering::Less => 0,
            })
            .sum();
        if n > 1 {
            halves as f64 / (2 * (n - 1)) as f64
        } else {
            1.0
        }
    });
}

/// The weighted share of the others below a unit on each child; equal ones count half.
pub fn borda(children: &Listed, is_in: &[bool], scores: &mut [f64]) {
    let weights = whole(&children.weights);
    let mut halves = vec![0_i128; is_in.len()];
    let mut most = vec![0_i128; is_in.len()];
    for (weight, column) in weights.iter().zip(&children.columns) {
        let both = column.iter().zip(is_in);
        let own: Vec<f64> = both
            .map(|(value, is_in)| if *is_in { *value } else { MISSING })
            .collect();
        let class = class_numbers(&own);
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
    let duels = Duels::of(children, is_in);
    let n = duels.rows.len();
    if n > MOST_KEMENY {
        return Err(format!(
            "kemeny is exact up to {MOST_KEMENY} units; here are {n}"
        ));
    }
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
                std::cmp::Ordering::Greater => *with = (new, count),
                std::cmp::Ordering::Equal => with.1 += count,
                std::cmp::Ordering::Less => {}
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
                std::cmp::Ordering::Greater => tail[set] = (new, count),
                std::cmp::Ordering::Equal => tail[set].1 += count,
                std::cmp::Ordering::Less => {}
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
    duels.spread(scores, |i| 1.0 - place(i) / last);
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
