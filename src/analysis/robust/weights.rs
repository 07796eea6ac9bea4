//! Which weights matter: how much of all that the places move comes from each (Sobol indices, Jansen's and Saltelli's
//! estimators, summed over the agencies), with intervals from resampling. The same moves as the rank interval.

use super::super::draws::Draws;
use super::Field;
use super::sample::{Sample, State};

/// How often and how far the weights are moved. Each row costs one ranking for every weight.
#[derive(Clone, Copy, Debug)]
pub struct Moved {
    pub seed: u64,
    pub rows: usize,
    /// 0..=99 percent.
    pub spread_pct: u64,
}

/// What the pages show.
pub const USUAL: Moved = Moved {
    seed: 2018,
    rows: 256,
    spread_pct: 25,
};

/// So often the rows are drawn again for the intervals, of which 90 percent are inside.
const RESAMPLES: usize = 200;

/// A weight: of a dimension or of an indicator, by its place in the framework.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Factor {
    Dimension(usize),
    Indicator(usize),
}

/// How much of the movement of all places comes from one weight, in hundredths of a percent.
#[derive(Clone, Copy, Debug)]
pub struct Share {
    pub factor: Factor,
    /// From this weight alone (first order), with its interval.
    pub alone_bp: i64,
    pub alone: [i64; 2],
    /// With everything it does together with others (total order), with its interval.
    pub whole_bp: i64,
    pub whole: [i64; 2],
}

/// Which weights matter, the most first; none where no place moves.
#[derive(Clone, Debug)]
pub struct Weights {
    pub shares: Vec<Share>,
    pub rows: i64,
    /// How many agencies were looked at, and of how many.
    pub agencies: i64,
    pub of: i64,
}

/// What the rows gave: for each factor and row the two products, and for each row the spread of the places.
struct Sums {
    alone: Vec<Vec<f64>>,
    whole: Vec<Vec<f64>>,
    spread: Vec<f64>,
}

/// Moves each weight alone and all the others alone, and compares.
pub(super) fn matter(field: &Field, moved: Moved) -> Weights {
    let sample = Sample::of(field);
    let mut draws = Draws(moved.seed);
    let factors = factors(field);
    let sums = sums(&sample, &factors, moved, &mut draws);
    let mut shares = shares(&factors, &sums, &mut draws);
    shares.sort_by_key(|share| std::cmp::Reverse((share.whole_bp, share.alone_bp)));
    Weights {
        shares,
        rows: moved.rows as i64,
        agencies: sample.len() as i64,
        of: field.entries.len() as i64,
    }
}

/// One weight for each dimension, then one for each indicator, in framework order.
fn factors(field: &Field) -> Vec<Factor> {
    let dimensions = (0..field.framework.dimensions.len()).map(Factor::Dimension);
    let indicators = (0..field.framework.indicators.len()).map(Factor::Indicator);
    dimensions.chain(indicators).collect()
}

fn sums(sample: &Sample, factors: &[Factor], moved: Moved, draws: &mut Draws) -> Sums {
    let mut drawn = |_| -> Vec<f64> {
        let each = factors.iter();
        each.map(|_| draws.weight(moved.spread_pct) as f64)
            .collect()
    };
    let rows: Vec<[Vec<f64>; 2]> = (0..moved.rows).map(|_| [0, 1].map(&mut drawn)).collect();
    let mut state = State::default();
    let places: Vec<[Vec<f64>; 2]> = rows
        .iter()
        .map(|row| {
            [0, 1].map(|side| {
                sample.set(&row[side], &mut state);
                sample.places(&mut state);
                state.places.clone()
            })
        })
        .collect();
    let means = means(&places, sample.len());
    let mut sums = Sums {
        alone: vec![Vec::with_capacity(rows.len()); factors.len()],
        whole: vec![Vec::with_capacity(rows.len()); factors.len()],
        spread: places.iter().map(|row| spread(row, &means)).collect(),
    };
    for (row, places) in rows.iter().zip(&places) {
        sample.set(&row[0], &mut state);
        for (number, factor) in factors.iter().enumerate() {
            sample.turn(*factor, row[0][number], row[1][number], &mut state);
            let [first, second] = places;
            let each = state.places.iter().zip(first).zip(second).zip(&means);
            let (alone, whole) = each.fold((0.0, 0.0), |(alone, whole), (((own, a), b), mean)| {
                (
                    alone + (b - mean) * (own - a),
                    whole + (a - own) * (a - own) / 2.0,
                )
            });
            sums.alone[number].push(alone);
            sums.whole[number].push(whole);
        }
    }
    sums
}

/// Each agency's mean place.
fn means(places: &[[Vec<f64>; 2]], agencies: usize) -> Vec<f64> {
    let mut means = vec![0.0; agencies];
    for side in places.iter().flatten() {
        for (mean, place) in means.iter_mut().zip(side) {
            *mean += place;
        }
    }
    // Whole numbers until here, so that who never moves has exactly its own place as the mean.
    for mean in &mut means {
        *mean /= (2 * places.len()) as f64;
    }
    means
}

fn spread(row: &[Vec<f64>; 2], means: &[f64]) -> f64 {
    let each = row.iter().flat_map(|side| side.iter().zip(means));
    each.map(|(place, mean)| (place - mean) * (place - mean) / 2.0)
        .sum()
}

fn shares(factors: &[Factor], sums: &Sums, draws: &mut Draws) -> Vec<Share> {
    let rows = sums.spread.len();
    let once = vec![1.0; rows];
    if rows == 0 || weighed(&sums.spread, &once) == 0.0 {
        return Vec::new();
    }
    let resamples = (0..RESAMPLES).map(|_| {
        let mut often = vec![0.0; rows];
        for _ in 0..rows {
            often[(draws.draw() % rows as u64) as usize] += 1.0;
        }
        often
    });
    let resamples: Vec<Vec<f64>> = resamples.collect();
    let share = |of: &[f64], often: &[f64]| -> i64 {
        let spread = weighed(&sums.spread, often);
        if spread == 0.0 {
            return 0;
        }
        (10_000.0 * weighed(of, often) / spread).round() as i64
    };
    let interval = |of: &[f64]| -> [i64; 2] {
        let mut all: Vec<i64> = resamples.iter().map(|often| share(of, often)).collect();
        all.sort_unstable();
        [RESAMPLES / 20, RESAMPLES - 1 - RESAMPLES / 20].map(|at| all[at])
    };
    let each = factors.iter().zip(sums.alone.iter().zip(&sums.whole));
    each.map(|(factor, (alone, whole))| Share {
        factor: *factor,
        alone_bp: share(alone, &once),
        alone: interval(alone),
        whole_bp: share(whole, &once),
        whole: interval(whole),
    })
    .collect()
}

fn weighed(of: &[f64], often: &[f64]) -> f64 {
    of.iter().zip(often).map(|(one, times)| one * times).sum()
}
