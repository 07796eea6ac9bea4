//! The agencies on which weights are tried one by one: all of them, or so many that the work stays bounded.

use super::super::ranks::Entry;
use super::weights::Factor;
use super::{Field, half_up};

/// So many agencies are looked at; of more, every so-manyth by place.
const MOST_AGENCIES: usize = 200;

/// One agency as numbers with a point.
struct Member {
    /// Points times rate, and points, of what is counted; by indicator as in the framework.
    earned: Vec<(f64, f64)>,
    caps: Vec<f64>,
    couples: Vec<(usize, usize, f64)>,
    grade_cap: i64,
}

/// Agencies that gave a report, side by side.
pub(super) struct Sample {
    members: Vec<Member>,
    leagues: Vec<Vec<usize>>,
    /// The dimension of each indicator.
    dimensions: Vec<usize>,
    dimension_count: usize,
}

/// How the sample stands under some weights.
#[derive(Default)]
pub(super) struct State {
    /// The weights of the dimensions.
    dimensions: Vec<f64>,
    /// Weighted points earned and there to earn, agency by agency and dimension by dimension.
    sums: Vec<(f64, f64)>,
    rates: Vec<f64>,
    scores: Vec<i64>,
    sorted: Vec<i64>,
    /// Where each stands in its league.
    pub places: Vec<f64>,
}

impl Sample {
    /// Takes agencies evenly from the first place to the last of each league.
    pub fn of(field: &Field) -> Sample {
        let mut sample = Sample {
            members: Vec::new(),
            leagues: Vec::new(),
            dimensions: field
                .framework
                .indicators
                .iter()
                .map(|one| one.dimension)
                .collect(),
            dimension_count: field.framework.dimensions.len(),
        };
        let told = field.entries.iter().filter(|entry| !entry.is_silent);
        let all = told.count().max(1);
        for mut league in field.leagues() {
            league.retain(|at| !field.entries[*at].is_silent);
            league.sort_by_key(|at| (field.placed[*at].rank, *at));
            let share = half_up((league.len() * MOST_AGENCIES) as i128, all as i128) as usize;
            let count = if all <= MOST_AGENCIES {
                league.len()
            } else {
                share
            };
            let taken = (0..count).map(|number| league[number * league.len() / count]);
            let start = sample.members.len();
            sample
                .members
                .extend(taken.map(|at| Member::of(field, &field.entries[at])));
            sample.leagues.push((start..sample.members.len()).collect());
        }
        sample
    }

    /// How many agencies are looked at.
    pub fn len(&self) -> usize {
        self.members.len()
    }

    /// Lays the weights on, in the order of the factors.
    pub fn set(&self, weights: &[f64], state: &mut State) {
        let (dimensions, indicators) = weights.split_at(self.dimension_count);
        state.dimensions.clear();
        state.dimensions.extend_from_slice(dimensions);
        state.sums.clear();
        for member in &self.members {
            let start = state.sums.len();
            state.sums.resize(start + self.dimension_count, (0.0, 0.0));
            let own = &mut state.sums[start..];
            for ((earned, dimension), weight) in
                member.earned.iter().zip(&self.dimensions).zip(indicators)
            {
                own[*dimension].0 += earned.0 * weight;
                own[*dimension].1 += earned.1 * weight;
            }
        }
    }

    /// The places with one weight changed; the weight itself stays as it was.
    pub fn turn(&self, factor: Factor, from: f64, to: f64, state: &mut State) {
        match factor {
            Factor::Dimension(dimension) => {
                state.dimensions[dimension] = to;
                self.places(state);
                state.dimensions[dimension] = from;
            }
            Factor::Indicator(indicator) => {
                let dimension = self.dimensions[indicator];
                let own = |member: usize| member * self.dimension_count + dimension;
                let kept: Vec<(f64, f64)> = (0..self.len())
                    .map(|member| state.sums[own(member)])
                    .collect();
                for (number, member) in self.members.iter().enumerate() {
                    let (earned, there) = member.earned[indicator];
                    let sum = &mut state.sums[own(number)];
                    sum.0 += earned * (to - from);
                    sum.1 += there * (to - from);
                }
                self.places(state);
                for (number, kept) in kept.into_iter().enumerate() {
                    state.sums[own(number)] = kept;
                }
            }
        }
    }

    /// Ranks everybody by scores of two decimals.
    pub fn places(&self, state: &mut State) {
        state.scores.clear();
        for (number, member) in self.members.iter().enumerate() {
            let start = number * self.dimension_count;
            let own = &state.sums[start..start + self.dimension_count];
            let score = member.score(own, &state.dimensions, &mut state.rates);
            state.scores.push(score);
        }
        state.places.clear();
        state.places.resize(self.len(), 0.0);
        for league in &self.leagues {
            state.sorted.clear();
            let scores = league.iter().map(|at| -state.scores[*at]);
            state.sorted.extend(scores);
            state.sorted.sort_unstable();
            for at in league {
                let own = -state.scores[*at];
                let better = state.sorted.partition_point(|other| *other < own);
                state.places[*at] = better as f64 + 1.0;
            }
        }
    }
}

impl Member {
    fn of(field: &Field, entry: &Entry) -> Member {
        let both = field.framework.indicators.iter().zip(&field.table.columns);
        let earned = both.map(|(indicator, column)| {
            let (rate, counted) = entry.rates[*column];
            let points = (indicator.points * counted) as f64;
            (points * rate as f64, points)
        });
        let couples = entry.couples.iter();
        Member {
            earned: earned.collect(),
            caps: entry.caps.iter().map(|cap| *cap as f64).collect(),
            couples: couples
                .map(|(held, to, lead)| (*held, *to, *lead as f64))
                .collect(),
            grade_cap: entry.grade_cap,
        }
    }

    /// The score in hundredths: caps and couples as the armed gates ask.
    fn score(&self, sums: &[(f64, f64)], weights: &[f64], rates: &mut Vec<f64>) -> i64 {
        rates.clear();
        let each = sums.iter().zip(&self.caps);
        rates.extend(each.map(|((earned, there), cap)| {
            if *there > 0.0 {
                (earned / there).min(*cap)
            } else {
                0.0
            }
        }));
        // Couples read what was there before any of them; a gate names each dimension it holds once.
        let couples = self.couples.iter().filter(|(_, to, _)| sums[*to].1 > 0.0);
        let limits: Vec<(usize, f64)> = couples
            .map(|(held, to, lead)| (*held, rates[*to] + lead))
            .collect();
        for (held, limit) in limits {
            rates[held] = rates[held].min(limit);
        }
        let each = sums.iter().zip(weights).zip(rates.iter());
        let (sum, whole) = each.fold((0.0, 0.0), |(sum, whole), (((_, there), weight), rate)| {
            (sum + weight * there * rate, whole + weight * there)
        });
        if whole > 0.0 {
            ((sum / whole).round() as i64).min(self.grade_cap)
        } else {
            0
        }
    }
}
