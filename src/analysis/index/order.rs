//! A quick order of many scores.

use super::column::Span;

/// Up to so many scores, sorting by comparing is quicker than by counting.
const FEW: usize = 256;
/// Bits of a key that one round of counting looks at, and rounds.
const BITS: u32 = 11;
const ROUNDS: usize = 2;
const CLASSES: usize = 1 << BITS;
/// The greatest key, and a number beside which only the whole part of a key is kept, in its lowest bits.
const MOST: f64 = ((1_u32 << (BITS as usize * ROUNDS)) - 2) as f64;
const WHOLE: f64 = (1_u64 << 52) as f64;

/// Room for sorting, kept from one time to the next.
#[derive(Default)]
pub struct Sorting {
    /// A coarse key of the score above the row, in the order that was found.
    keys: Vec<u64>,
    other: Vec<u64>,
    /// Rows in order, for whoever needs them in a list.
    pub order: Vec<usize>,
}

impl Sorting {
    /// Rows by falling score; rows without a score are left out. Equal scores stand in the order of rows.
    pub fn sorted(&mut self, scores: &[f64]) -> impl ExactSizeIterator<Item = usize> + Clone + '_ {
        let Span { low, high, missing } = Span::of(scores);
        // Whole numbers that fall where the score rises; scores that are near each other may share one.
        let wide = high - low;
        let is_wide = wide.is_finite() && (MOST / wide).is_finite();
        let (high, step) = if is_wide {
            (high, MOST / wide)
        } else {
            (0.0, 0.0)
        };
        let key = |score: f64| ((high - score) * step + WHOLE).to_bits() << 32;
        let rows = 0_u64..;
        let both = scores.iter().zip(rows);
        self.keys.clear();
        if missing == 0 {
            self.keys.extend(both.map(|(score, row)| key(*score) | row));
        } else {
            let there = both.filter(|(score, _)| !score.is_nan());
            self.keys
                .extend(there.map(|(score, row)| key(*score) | row));
        }
        if self.keys.len() <= FEW {
            self.keys.sort_unstable();
        } else {
            self.count();
        }
        self.settle(scores);
        self.keys.iter().map(|key| row(*key))
    }

    /// How much memory it takes.
    pub fn bytes(&self) -> usize {
        let keys = self.keys.capacity() + self.other.capacity();
        keys * size_of::<u64>() + self.order.capacity() * size_of::<usize>()
    }

    /// Sorts by counting the lower and then the upper half of the key; rows of one key keep their order.
    fn count(&mut self) {
        let class =
            |key: u64, round: usize| (key >> (32 + BITS as usize * round)) as usize & (CLASSES - 1);
        let mut tallies = [[0_u32; CLASSES]; ROUNDS];
        for key in &self.keys {
            for (round, tally) in tallies.iter_mut().enumerate() {
                tally[class(*key, round)] += 1;
            }
        }
        self.other.resize(self.keys.len(), 0);
        for (round, tally) in tallies.iter_mut().enumerate() {
            let mut sum = 0;
            for count in tally.iter_mut() {
                sum += std::mem::replace(count, sum);
            }
            for key in &self.keys {
                let place = &mut tally[class(*key, round)];
                self.other[*place as usize] = *key;
                *place += 1;
            }
            std::mem::swap(&mut self.keys, &mut self.other);
        }
    }

    /// Puts those of one key in their exact order.
    fn settle(&mut self, scores: &[f64]) {
        let score = |key: u64| scores[row(key)];
        let keys = &mut self.keys;
        let mut from = 0;
        for at in 1..=keys.len() {
            if at < keys.len() && keys[at] >> 32 == keys[from] >> 32 {
                continue;
            }
            if at - from > 1 {
                keys[from..at].sort_by(|a, b| score(*b).total_cmp(&score(*a)));
            }
            from = at;
        }
    }
}

fn row(key: u64) -> usize {
    (key & 0xffff_ffff) as usize
}
