//! Rank intervals under moved weights (SCORING.md §12): byte-exact, integers only.

use crate::domain::framework::Framework;
use crate::domain::json::Json;
use crate::domain::returns::Returns;
use crate::domain::score::{self, Scorecard, State, framework_json, half_up};

/// How often and how far the weights are moved.
#[derive(Clone, Copy, Debug)]
pub struct Settings {
    pub seed: u64,
    pub replications: u32,
    /// 0..=99 percent.
    pub spread_pct: u64,
}

/// SplitMix64.
struct Draws(u64);

impl Draws {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    fn weight(&mut self, spread: u64) -> i128 {
        i128::from(100 - spread + self.next() % (2 * spread + 1))
    }
}

/// What one agency brings to every replication.
struct Entry<'a> {
    card: &'a Scorecard,
    league: usize,
    /// Per dimension with something counted: its indicators with their rates.
    rates: Vec<(usize, Vec<(usize, i64)>)>,
    grade_cap: i64,
    /// How often each place came up, from place 1.
    tally: Vec<u32>,
}

/// Where each agency would stand if the weights were somewhat different.
pub fn analyse(returns: &Returns, settings: Settings) -> Json {
    let framework = &*returns.framework;
    let cards = score::score(returns);
    let placed: Vec<&Scorecard> = cards
        .cards
        .iter()
        .filter(|card| card.rank.is_some())
        .collect();
    let mut entries: Vec<Entry> = placed.iter().map(|card| entry(framework, card)).collect();
    let mut draws = Draws(settings.seed);
    for _ in 0..settings.replications {
        let dimensions: Vec<i128> = framework
            .dimensions
            .iter()
            .map(|_| draws.weight(settings.spread_pct))
            .collect();
        let weights: Vec<i128> = framework
            .indicators
            .iter()
            .map(|one| {
                i128::from(one.points)
                    * dimensions[one.dimension]
                    * draws.weight(settings.spread_pct)
            })
            .collect();
        replicate(&mut entries, &weights, framework.kinds.len());
    }
    let ranks = entries
        .iter()
        .map(|entry| entry.to_json(settings.replications));
    Json::object([
        ("format", Json::text("mizan-analysis/1")),
        ("framework", framework_json(framework)),
        ("period", Json::text(&returns.period)),
        ("seed", Json::int(settings.seed)),
        ("replications", Json::int(settings.replications)),
        ("spread_pct", Json::int(settings.spread_pct)),
        ("ranks", Json::List(ranks.collect())),
    ])
}

fn entry<'a>(framework: &Framework, card: &'a Scorecard) -> Entry<'a> {
    let dimensions = card.outcome.dimensions.iter().map(|dimension| {
        let own = framework
            .indicators
            .iter()
            .enumerate()
            .filter(|(place, indicator)| {
                indicator.dimension == dimension.dimension
                    && card.settled.items[*place].status.is_counted()
            });
        let rates = own.map(|(place, indicator)| {
            let points = i128::from(card.outcome.indicators_c[place]);
            (place, half_up(100 * points, i128::from(indicator.points)))
        });
        (dimension.dimension, rates.collect())
    });
    let caps = card.armed.grade_caps.iter().filter(|(grade, _)| *grade > 0);
    Entry {
        card,
        league: framework
            .kinds
            .iter()
            .position(|kind| *kind == card.kind)
            .unwrap_or(0),
        rates: dimensions.collect(),
        grade_cap: caps
            .map(|(grade, _)| framework.grades[grade - 1].min_c - 1)
            .min()
            .unwrap_or(10_000),
        tally: Vec::new(),
    }
}

fn replicate(entries: &mut [Entry], weights: &[i128], leagues: usize) {
    let scores: Vec<i64> = entries.iter().map(|entry| entry.score(weights)).collect();
    for league in 0..leagues {
        let mut ranked: Vec<i64> = entries
            .iter()
            .zip(&scores)
            .filter(|(entry, _)| entry.league == league && entry.card.state == State::Ranked)
            .map(|(_, score)| -*score)
            .collect();
        ranked.sort_unstable();
        for (entry, score) in entries
            .iter_mut()
            .zip(&scores)
            .filter(|(entry, _)| entry.league == league)
        {
            let better = if entry.card.state == State::NoReport {
                ranked.len()
            } else {
                ranked.partition_point(|other| *other < -*score)
            };
            if entry.tally.len() <= better {
                entry.tally.resize(better + 1, 0);
            }
            entry.tally[better] += 1;
        }
    }
}

impl Entry<'_> {
    /// The score under moved weights: caps and couples as the armed gates ask.
    fn score(&self, weights: &[i128]) -> i64 {
        let mut rows: Vec<(usize, i128, i64)> = self
            .rates
            .iter()
            .map(|(dimension, rates)| {
                let (sum, all) = rates.iter().fold((0, 0), |(sum, all), (place, rate)| {
                    (
                        sum + weights[*place] * i128::from(*rate),
                        all + weights[*place],
                    )
                });
                let cap = self
                    .card
                    .armed
                    .dimension_caps
                    .get(dimension)
                    .map_or(10_000, |cap| cap.0 * 100);
                (*dimension, all, half_up(sum, all).min(cap))
            })
            .collect();
        let before = rows.clone();
        for (held, to, lead, _) in &self.card.armed.couples {
            let Some((_, _, rate)) = before.iter().find(|row| row.0 == *to) else {
                continue;
            };
            for row in rows.iter_mut().filter(|row| row.0 == *held) {
                row.2 = row.2.min(rate + 100 * lead);
            }
        }
        let sum = rows
            .iter()
            .map(|(_, weight, rate)| weight * i128::from(*rate))
            .sum();
        half_up(sum, rows.iter().map(|row| row.1).sum()).min(self.grade_cap)
    }

    /// The smallest place with at least so many percent of the replications at or below it.
    fn percentile(&self, percent: u64, replications: u32) -> i64 {
        let mut seen = 0;
        for (place, count) in self.tally.iter().enumerate() {
            seen += u64::from(*count);
            if seen * 100 >= percent * u64::from(replications) {
                return place as i64 + 1;
            }
        }
        self.tally.len() as i64
    }

    fn to_json(&self, replications: u32) -> Json {
        let best = self.tally.iter().position(|count| *count > 0).unwrap_or(0) as i64 + 1;
        Json::object([
            ("agency", Json::text(&self.card.agency)),
            ("rank", Json::maybe(self.card.rank.map(|rank| rank.overall))),
            ("p05", Json::int(self.percentile(5, replications))),
            ("p50", Json::int(self.percentile(50, replications))),
            ("p95", Json::int(self.percentile(95, replications))),
            ("best", Json::int(best)),
            ("worst", Json::int(self.tally.len() as i64)),
        ])
    }
}
