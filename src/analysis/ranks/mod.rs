//! Rank intervals under moved weights (SCORING.md §12): byte-exact, integers only.

mod study;

use std::ops::Range;

use super::draws::Draws;
use crate::domain::framework::Framework;
use crate::domain::json::Json;
use crate::domain::returns::Returns;
use crate::domain::score::{self, Scorecard, State, framework_json, half_up};

pub use study::{Study, study};

/// How often and how far the weights are moved.
#[derive(Clone, Copy, Debug)]
pub struct Settings {
    pub seed: u64,
    pub replications: u32,
    /// 0..=99 percent.
    pub spread_pct: u64,
}

/// Where one agency stands while the weights move.
#[derive(Clone, Debug)]
pub struct Interval {
    pub agency: String,
    /// Its official place.
    pub rank: i64,
    pub p05: i64,
    pub p50: i64,
    pub p95: i64,
    pub best: i64,
    pub worst: i64,
}

/// Where each agency would stand if the weights were somewhat different, as a file.
pub fn analyse(returns: &Returns, settings: Settings) -> Json {
    let framework = &*returns.framework;
    let cards = score::score(returns);
    let ranks = intervals(framework, &cards.cards, settings);
    Json::object([
        ("format", Json::text("mizan-analysis/1")),
        ("framework", framework_json(framework)),
        ("period", Json::text(&returns.period)),
        ("seed", Json::int(settings.seed)),
        ("replications", Json::int(settings.replications)),
        ("spread_pct", Json::int(settings.spread_pct)),
        (
            "ranks",
            Json::List(ranks.iter().map(Interval::to_json).collect()),
        ),
    ])
}

/// The interval of every agency with a place, in the order of the cards.
pub fn intervals(framework: &Framework, cards: &[Scorecard], settings: Settings) -> Vec<Interval> {
    study(framework, cards, settings).intervals()
}

impl Draws {
    /// A weight in percent of what it is, moved by at most so much.
    pub(super) fn weight(&mut self, spread: u64) -> i64 {
        (100 - spread + self.draw() % (2 * spread + 1)) as i64
    }
}

/// Indicators side by side with those of their dimension, so that a dimension is one run of weights.
pub(super) struct Table {
    /// Where the indicator of each place in the framework stands.
    pub columns: Vec<usize>,
    /// The run of each dimension.
    pub runs: Vec<Range<usize>>,
}

/// What one replication fills anew.
#[derive(Default)]
pub(super) struct Room {
    dimensions: Vec<i64>,
    /// Total points are at most 10^9, so no sum of weights times rates leaves 64 bits.
    pub weights: Vec<i64>,
    /// Rate and weight of each dimension of one agency.
    pub rates: Vec<(i64, i64)>,
    held: Vec<(i64, i64)>,
    scores: Vec<i64>,
    ranked: Vec<i64>,
}

impl Table {
    /// The columns of a framework.
    pub fn of(framework: &Framework) -> Table {
        let mut columns = vec![0; framework.indicators.len()];
        let mut runs = Vec::with_capacity(framework.dimensions.len());
        let mut next = 0;
        for dimension in 0..framework.dimensions.len() {
            let start = next;
            for (place, indicator) in framework.indicators.iter().enumerate() {
                if indicator.dimension == dimension {
                    columns[place] = next;
                    next += 1;
                }
            }
            runs.push(start..next);
        }
        Table { columns, runs }
    }

    /// One draw for each dimension, then one for each indicator, in framework order.
    fn draw(&self, framework: &Framework, draws: &mut Draws, spread: u64, room: &mut Room) {
        room.dimensions.clear();
        for _ in &self.runs {
            room.dimensions.push(draws.weight(spread));
        }
        room.weights.resize(self.columns.len(), 0);
        for (place, indicator) in framework.indicators.iter().enumerate() {
            let weight = indicator.points * room.dimensions[indicator.dimension];
            room.weights[self.columns[place]] = weight * draws.weight(spread);
        }
    }
}

/// What one agency brings to every replication.
#[derive(Clone)]
pub(super) struct Entry {
    pub league: usize,
    pub is_silent: bool,
    /// Rate of each indicator and 1, or 0 and 0 where it is not counted; by column.
    pub rates: Vec<(i64, i64)>,
    /// The most each dimension may reach.
    pub caps: Vec<i64>,
    /// Held dimension, the one it is held to, and how far it may lead.
    pub couples: Vec<(usize, usize, i64)>,
    pub grade_cap: i64,
    /// How often each place came up, from place 1.
    tally: Vec<u64>,
}

impl Entry {
    /// What a card brings; `places` is how many there are to be counted.
    pub fn of(framework: &Framework, table: &Table, card: &Scorecard, places: usize) -> Entry {
        let mut rates = vec![(0, 0); table.columns.len()];
        for (place, indicator) in framework.indicators.iter().enumerate() {
            if card.settled.items[place].status.is_counted() {
                let points = i128::from(card.outcome.indicators_c[place]);
                let rate = half_up(100 * points, i128::from(indicator.points));
                rates[table.columns[place]] = (rate, 1);
            }
        }
        let capped = |dimension: usize| {
            let cap = card.armed.dimension_caps.get(&dimension);
            cap.map_or(10_000, |(max_pct, _)| max_pct * 100)
        };
        let couples = card.armed.couples.iter();
        let caps = card.armed.grade_caps.iter().filter(|(grade, _)| *grade > 0);
        let caps = caps.map(|(grade, _)| framework.grades[grade - 1].min_c - 1);
        Entry {
            league: framework
                .kinds
                .iter()
                .position(|kind| *kind == card.kind)
                .unwrap_or(0),
            is_silent: card.state == State::NoReport,
            rates,
            caps: (0..table.runs.len()).map(capped).collect(),
            couples: couples
                .map(|(held, to, lead, _)| (*held, *to, 100 * lead))
                .collect(),
            grade_cap: caps.min().unwrap_or(10_000),
            tally: vec![0; places],
        }
    }

    /// The score under moved weights: caps and couples as the armed gates ask. Nothing counted is nothing earned.
    pub fn score(&self, table: &Table, room: &mut Room) -> i64 {
        self.rate(table, room);
        let (mut sum, mut whole) = (0, 0);
        for (rate, weight) in &room.rates {
            sum += weight * rate;
            whole += weight;
        }
        if whole == 0 {
            return 0;
        }
        rounded(sum, whole).min(self.grade_cap)
    }

    /// Rate and weight of each dimension, as the armed gates hold them.
    pub fn rate(&self, table: &Table, room: &mut Room) {
        room.rates.clear();
        for (run, cap) in table.runs.iter().zip(&self.caps) {
            let (mut sum, mut whole) = (0, 0);
            for column in run.start..run.end {
                let (rate, is_counted) = self.rates[column];
                let weight = room.weights[column];
                sum += weight * rate;
                whole += weight * is_counted;
            }
            let rate = if whole == 0 {
                0
            } else {
                rounded(sum, whole).min(*cap)
            };
            room.rates.push((rate, whole));
        }
        if !self.couples.is_empty() {
            self.couple(room);
        }
    }

    /// All couples read the rates after the caps.
    fn couple(&self, room: &mut Room) {
        room.held.clone_from(&room.rates);
        for (held, to, lead) in &self.couples {
            let (rate, weight) = room.held[*to];
            if weight > 0 {
                let own = &mut room.rates[*held];
                own.0 = own.0.min(rate + lead);
            }
        }
    }

    fn interval(&self, agency: &str, rank: i64, replications: u64) -> Interval {
        let place = |place: Option<usize>| place.map_or(0, |place| place as i64 + 1);
        Interval {
            agency: agency.to_owned(),
            rank,
            p05: self.percentile(5, replications),
            p50: self.percentile(50, replications),
            p95: self.percentile(95, replications),
            best: place(self.tally.iter().position(|count| *count > 0)),
            worst: place(self.tally.iter().rposition(|count| *count > 0)),
        }
    }

    /// The smallest place with at least so many percent of the replications at or below it.
    fn percentile(&self, percent: u64, replications: u64) -> i64 {
        let mut seen = 0;
        for (place, count) in self.tally.iter().enumerate() {
            seen += count;
            if seen * 100 >= percent * replications {
                return place as i64 + 1;
            }
        }
        self.tally.len() as i64
    }
}

/// `half_up` in 64 bits: a is at least 0, b above it.
fn rounded(a: i64, b: i64) -> i64 {
    (2 * a + b) / (2 * b)
}

/// Ranks everybody once in their own league and notes the places.
fn replicate(table: &Table, leagues: usize, entries: &mut [Entry], room: &mut Room) {
    room.scores.clear();
    for entry in entries.iter() {
        let score = entry.score(table, room);
        room.scores.push(score);
    }
    for league in 0..leagues {
        room.ranked.clear();
        for (entry, score) in entries.iter().zip(&room.scores) {
            if entry.league == league && !entry.is_silent {
                room.ranked.push(-score);
            }
        }
        room.ranked.sort_unstable();
        for (entry, score) in entries.iter_mut().zip(&room.scores) {
            if entry.league == league {
                let better = if entry.is_silent {
                    room.ranked.len()
                } else {
                    room.ranked.partition_point(|other| *other < -score)
                };
                entry.tally[better] += 1;
            }
        }
    }
}

impl Interval {
    fn to_json(&self) -> Json {
        Json::object([
            ("agency", Json::text(&self.agency)),
            ("rank", Json::int(self.rank)),
            ("p05", Json::int(self.p05)),
            ("p50", Json::int(self.p50)),
            ("p95", Json::int(self.p95)),
            ("best", Json::int(self.best)),
            ("worst", Json::int(self.worst)),
        ])
    }
}
