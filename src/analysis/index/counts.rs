//! How often each unit had each place, counted by several hands at once.

use std::sync::{Mutex, MutexGuard, PoisonError};

/// Places of a unit over all replications.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Places {
    pub best: u32,
    pub p05: u32,
    pub p50: u32,
    pub p95: u32,
    pub worst: u32,
}

/// Parts of the counts, so that hands do not wait for one another.
const PARTS: usize = 16;

/// Units that are counted side by side: each waits only for its own counts.
const SIDE_BY_SIDE: usize = 4;

/// Counts that are passed over in one go where they are all zero.
const SCANNED: usize = 16;

/// How often each unit had each place: units in parts, each part under a lock of its own.
pub struct Counts {
    /// Units of a part, and places of a unit with a place 0 that nobody has.
    units: usize,
    wide: usize,
    parts: Vec<Mutex<Vec<u32>>>,
}

impl Counts {
    /// Of so many units.
    pub fn of(n: usize) -> Counts {
        let (units, wide) = (n.div_ceil(PARTS).max(1), n + 1);
        let part = |from: usize| Mutex::new(vec![0; units.min(n - from) * wide]);
        Counts {
            units,
            wide,
            parts: (0..n).step_by(units).map(part).collect(),
        }
    }

    /// Counts the places of some replications, beginning with another part each time.
    pub fn add(&self, ranks: &[u32], turn: usize) {
        let n = self.wide - 1;
        for step in 0..self.parts.len() {
            let part = (turn + step) % self.parts.len();
            let mut counts = self.lock(part);
            let from = part * self.units;
            let whole = counts.len() / self.wide / SIDE_BY_SIDE * SIDE_BY_SIDE;
            let (side_by_side, rest) = counts.split_at_mut(whole * self.wide);
            for (few, own) in side_by_side
                .chunks_exact_mut(SIDE_BY_SIDE * self.wide)
                .enumerate()
            {
                let from = from + few * SIDE_BY_SIDE;
                for places in ranks.chunks_exact(n) {
                    let places = &places[from..from + SIDE_BY_SIDE];
                    for (unit, place) in places.iter().enumerate() {
                        own[unit * self.wide + *place as usize] += 1;
                    }
                }
            }
            for (unit, own) in rest.chunks_exact_mut(self.wide).enumerate() {
                for places in ranks.chunks_exact(n) {
                    own[places[from + whole + unit] as usize] += 1;
                }
            }
        }
    }

    fn lock(&self, part: usize) -> MutexGuard<'_, Vec<u32>> {
        let lock = self.parts[part].lock();
        lock.unwrap_or_else(PoisonError::into_inner)
    }

    /// The places of every unit, in order.
    pub fn places(&self, replications: u32) -> Vec<Places> {
        let mut places = Vec::new();
        for part in 0..self.parts.len() {
            let counts = self.lock(part);
            let units = counts.chunks_exact(self.wide);
            places.extend(units.map(|own| read(own, replications)));
        }
        places
    }
}

/// Reads the counts of a unit from the best place on. A percentile is the smallest place with at least that share of
/// replications at or below it.
fn read(counts: &[u32], replications: u32) -> Places {
    let wanted = [5, 50, 95].map(|percent| {
        let share = (u64::from(replications) * percent).div_ceil(100);
        share.max(1) as u32
    });
    let mut places = [0; 3];
    let (mut best, mut worst, mut sum) = (0, 0, 0);
    for (few, counts) in counts.chunks(SCANNED).enumerate() {
        if counts.iter().fold(0, |any, count| any | count) == 0 {
            continue;
        }
        for (at, count) in counts.iter().enumerate().filter(|(_, count)| **count > 0) {
            let place = (few * SCANNED + at) as u32;
            best = if sum == 0 { place } else { best };
            worst = place;
            for (found, wanted) in places.iter_mut().zip(wanted) {
                if sum < wanted && wanted <= sum + count {
                    *found = place;
                }
            }
            sum += count;
        }
        if sum == replications {
            break;
        }
    }
    let [p05, p50, p95] = places;
    Places {
        best,
        p05,
        p50,
        p95,
        worst,
    }
}
