//! All replications of a quarter at once: intervals, the chance to be among the first or the last, and how often one
//! agency stands above another (SCORING.md §12).

use super::{Draws, Entry, Interval, Room, Settings, Table, replicate};
use crate::domain::framework::Framework;
use crate::domain::score::Scorecard;

/// An agency with a place, and where it came to stand.
struct Placed {
    agency: String,
    rank: i64,
    entry: Entry,
}

/// What became of every agency with a place while the weights moved.
pub struct Study {
    placed: Vec<Placed>,
    /// Scores of each replication, agency by agency; a score fits, for it is at most 100.00.
    scores: Vec<i16>,
    replications: u64,
}

/// Moves the weights of a quarter so often and so far.
pub fn study(framework: &Framework, cards: &[Scorecard], settings: Settings) -> Study {
    let table = Table::of(framework);
    let ranked = cards.iter().filter(|card| card.rank.is_some()).count();
    let mut entries = Vec::with_capacity(ranked);
    let mut names = Vec::with_capacity(ranked);
    for card in cards {
        let Some(rank) = card.rank else { continue };
        entries.push(Entry::of(framework, &table, card, ranked));
        names.push((card.agency.clone(), rank.overall));
    }
    let mut draws = Draws(settings.seed);
    let mut room = Room::default();
    let mut scores = Vec::with_capacity(entries.len() * settings.replications as usize);
    for _ in 0..settings.replications {
        table.draw(framework, &mut draws, settings.spread_pct, &mut room);
        replicate(&table, framework.kinds.len(), &mut entries, &mut room);
        scores.extend(room.scores.iter().map(|score| *score as i16));
    }
    let placed = names.into_iter().zip(entries);
    Study {
        placed: placed
            .map(|((agency, rank), entry)| Placed {
                agency,
                rank,
                entry,
            })
            .collect(),
        scores,
        replications: u64::from(settings.replications),
    }
}

impl Study {
    /// The interval of every agency with a place, in the order of the cards.
    pub fn intervals(&self) -> Vec<Interval> {
        let all = self.placed.iter();
        all.map(|one| one.entry.interval(&one.agency, one.rank, self.replications))
            .collect()
    }

    /// In how many of 10,000 cases an agency is among the first k of its league.
    pub fn first_bp(&self, agency: &str, k: usize) -> Option<i64> {
        let one = self.find(agency)?.1;
        Some(self.share(one.entry.tally.iter().take(k).sum()))
    }

    /// In how many of 10,000 cases an agency is among the last k places of its league.
    pub fn last_bp(&self, agency: &str, k: usize) -> Option<i64> {
        let one = self.find(agency)?.1;
        let league = one.entry.league;
        let size = self.placed.iter().filter(|o| o.entry.league == league);
        let before = size.count().saturating_sub(k);
        Some(self.share(one.entry.tally.iter().skip(before).sum()))
    }

    /// In how many of 10,000 cases one agency stands above another of its league; equal scores count half.
    pub fn above_bp(&self, agency: &str, other: &str) -> Option<i64> {
        let ((a, one), (b, two)) = (self.find(agency)?, self.find(other)?);
        if one.entry.league != two.entry.league || a == b {
            return None;
        }
        if one.entry.is_silent || two.entry.is_silent {
            return Some(match (one.entry.is_silent, two.entry.is_silent) {
                (false, true) => 10_000,
                (true, false) => 0,
                _ => 5_000,
            });
        }
        let rounds = self.scores.chunks_exact(self.placed.len());
        let halves: u64 = rounds
            .map(|scores| match scores[a].cmp(&scores[b]) {
                std::cmp::Ordering::Greater => 2,
                std::cmp::Ordering::Equal => 1,
                std::cmp::Ordering::Less => 0,
            })
            .sum();
        Some(self.share(halves) / 2)
    }

    fn find(&self, agency: &str) -> Option<(usize, &Placed)> {
        let mut all = self.placed.iter().enumerate();
        all.find(|(_, one)| one.agency == agency)
    }

    fn share(&self, count: u64) -> i64 {
        if self.replications == 0 {
            return 0;
        }
        ((20_000 * count + self.replications) / (2 * self.replications)) as i64
    }
}
