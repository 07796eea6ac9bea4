//! The citizen's voice: what people at a desk say of it, which of it counts, and how surely it speaks. It is never part
//! of a score; it is laid beside the claim and raises the chance of a visit.

use chrono::{Duration, NaiveDateTime};
use sha2::{Digest, Sha256};

/// Below so many answers nothing is said.
pub const LEAST: i64 = 30;
/// So many answers at one desk within the burst's minutes are no queue of people.
pub const BURST: usize = 12;
/// The minutes of a burst.
pub const BURST_MINUTES: i64 = 10;
/// So many answers from one network count at a desk a day: an office, or a company that many phones share.
pub const MOST_OF_NETWORK: usize = 20;
/// So many answers are kept of a desk a day; more are let go.
pub const MOST_A_DAY: usize = 300;

/// How long somebody waited.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wait {
    /// Not said.
    Unsaid,
    Short,
    Half,
    Hour,
    Longer,
}

impl Wait {
    /// Those that may be said, shortest first.
    pub const SAID: [Wait; 4] = [Wait::Short, Wait::Half, Wait::Hour, Wait::Longer];

    /// The word that is kept.
    pub fn as_str(self) -> &'static str {
        match self {
            Wait::Unsaid => "",
            Wait::Short => "short",
            Wait::Half => "half",
            Wait::Hour => "hour",
            Wait::Longer => "longer",
        }
    }

    /// The wait of a word; what is no word of ours was not said.
    pub fn parse(word: &str) -> Wait {
        let mut all = Wait::SAID.into_iter();
        all.find(|wait| wait.as_str() == word)
            .unwrap_or(Wait::Unsaid)
    }
}

/// An answer given at a desk earlier on the same day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Earlier {
    pub at: NaiveDateTime,
    pub phone: String,
    pub network: String,
}

/// What becomes of an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ruling {
    /// It counts.
    Counted,
    /// This phone spoke today: nothing is kept.
    Again,
    /// Enough was kept today: nothing is kept.
    Full,
    /// Too many from one network: kept apart.
    Crowd,
    /// Too many at once: this one and all of the last minutes are kept apart.
    Burst,
}

/// Rules on an answer by those that came before it on the same day at the same desk.
pub fn rule(earlier: &[Earlier], now: NaiveDateTime, phone: &str, network: &str) -> Ruling {
    if earlier.iter().any(|one| one.phone == phone) {
        return Ruling::Again;
    }
    if earlier.len() >= MOST_A_DAY {
        return Ruling::Full;
    }
    let since = burst_since(now);
    if earlier.iter().filter(|one| one.at > since).count() >= BURST {
        return Ruling::Burst;
    }
    let own = earlier.iter().filter(|one| one.network == network);
    if own.count() >= MOST_OF_NETWORK {
        return Ruling::Crowd;
    }
    Ruling::Counted
}

/// The moment after which answers belong to a burst that is seen now.
pub fn burst_since(now: NaiveDateTime) -> NaiveDateTime {
    now - Duration::minutes(BURST_MINUTES)
}

/// HMAC-SHA-256 (RFC 2104) of a text under a secret, in hexadecimal digits.
pub fn mac(secret: &str, text: &str) -> String {
    let key = Sha256::digest(secret.as_bytes());
    let padded = |pad: u8| {
        let mut block = [pad; 64];
        block.iter_mut().zip(key).for_each(|(to, byte)| *to ^= byte);
        block
    };
    let inner = Sha256::new_with_prefix(padded(0x36)).chain_update(text);
    let outer = Sha256::new_with_prefix(padded(0x5c)).chain_update(inner.finalize());
    hex::encode(outer.finalize())
}

/// A share of answers with its 95 percent interval, in hundredths of a percent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Share {
    pub n: i64,
    pub k: i64,
    pub bp: i64,
    pub low_bp: i64,
    pub high_bp: i64,
}

/// The share of `k` in `n` by Wilson's interval with z = 1.96, in whole numbers; none where too few answered to say
/// anything. The interval is rounded outwards.
pub fn share(k: i64, n: i64) -> Option<Share> {
    if n < LEAST || k < 0 || k > n {
        return None;
    }
    // z² = 3.8416; both sides of the fraction are multiplied by 20 000.
    const SQUARE: i128 = 38_416;
    let (k2, n2) = (i128::from(k), i128::from(n));
    let under = 1_536_640_000 * k2 * (n2 - k2) / n2 + SQUARE * SQUARE;
    let root = under.isqrt() + 1;
    let (middle, whole) = (20_000 * k2 + SQUARE, 20_000 * n2 + 2 * SQUARE);
    let low = 10_000 * (middle - root) / whole;
    let high = (10_000 * (middle + root) + whole - 1) / whole;
    let within = |bp: i128| i64::try_from(bp.clamp(0, 10_000)).unwrap_or(0);
    Some(Share {
        n,
        k,
        bp: within((20_000 * k2 + n2) / (2 * n2)),
        low_bp: within(low),
        high_bp: within(high),
    })
}

/// Answers of one agency in a span of days.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Answers that count, and those that found nobody.
    pub all: i64,
    pub nobody: i64,
    /// Answers that say how long the wait was, and those above half an hour.
    pub waits: i64,
    pub long: i64,
    /// Answers that say whether they were sent to somebody who knows somebody, and those that were.
    pub told: i64,
    pub sent: i64,
    /// Answers kept apart.
    pub apart: i64,
}

impl Tally {
    /// Whether what people say calls for a visit: even at its lowest, one in five found nobody, or was sent to somebody
    /// who knows somebody.
    pub fn calls_for_visit(&self) -> bool {
        const ONE_IN_FIVE: i64 = 2_000;
        let shares = [share(self.nobody, self.all), share(self.sent, self.told)];
        let mut said = shares.into_iter().flatten();
        said.any(|share| share.low_bp >= ONE_IN_FIVE)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bounds(k: i64, n: i64) -> [i64; 3] {
        let share = share(k, n).expect("enough");
        [share.low_bp, share.bp, share.high_bp]
    }

    #[test]
    fn the_interval_is_wilsons() {
        // 10 of 40: 0.1419 to 0.4019; 0 of 30: 0 to 0.1135; 30 of 30: 0.8865 to 1.
        assert_eq!(bounds(10, 40), [1418, 2500, 4020]);
        assert_eq!(bounds(0, 30), [0, 0, 1136]);
        assert_eq!(bounds(30, 30), [8864, 10_000, 10_000]);
        assert_eq!(share(29, 29), None);
        assert_eq!(share(31, 30), None);
    }

    #[test]
    fn one_phone_speaks_once_and_a_burst_is_kept_apart() {
        let now = NaiveDateTime::default() + Duration::hours(9);
        let heard = |count: usize, minutes: i64, network: &str| -> Vec<Earlier> {
            let all = (0..count).map(|place| Earlier {
                at: now - Duration::minutes(minutes),
                phone: format!("{network}{place}"),
                network: network.to_owned(),
            });
            all.collect()
        };
        assert_eq!(rule(&[], now, "p", "n"), Ruling::Counted);
        assert_eq!(rule(&heard(1, 60, "n"), now, "n0", "x"), Ruling::Again);
        assert_eq!(rule(&heard(BURST, 1, "n"), now, "p", "x"), Ruling::Burst);
        assert_eq!(rule(&heard(BURST, 60, "n"), now, "p", "n"), Ruling::Counted);
        let crowd = heard(MOST_OF_NETWORK, 60, "n");
        assert_eq!(rule(&crowd, now, "p", "n"), Ruling::Crowd);
        assert_eq!(rule(&crowd, now, "p", "other"), Ruling::Counted);
        assert_eq!(
            rule(&heard(MOST_A_DAY, 60, "n"), now, "p", "x"),
            Ruling::Full
        );
    }

    #[test]
    fn people_call_for_a_visit_only_where_they_are_sure() {
        let of = |nobody, all| Tally {
            all,
            nobody,
            ..Tally::default()
        };
        assert!(!of(29, 29).calls_for_visit());
        assert!(!of(8, 40).calls_for_visit());
        assert!(of(20, 40).calls_for_visit());
    }
}
