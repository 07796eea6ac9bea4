//! How often somebody may try: sign-ins per account and per address. Nobody is shut out for ever.

use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::{Mutex, MutexGuard, PoisonError};

use chrono::{Duration, NaiveDateTime};
use sha2::{Digest, Sha256};

/// After so many failures of one account, or of one address, it waits.
pub const MOST_PER_ACCOUNT: u32 = 8;
/// An office shares one address, so it has more.
pub const MOST_PER_ADDRESS: u32 = 40;
/// How long a count is kept, in minutes.
pub const WINDOW_MINUTES: i64 = 15;
/// How many counts are kept at most.
const MOST_KEYS: usize = 50_000;

/// A key as it is kept: of one size, however long a name somebody types.
type Key = [u8; 32];

/// Attempts within the window by account and by address.
#[derive(Default)]
pub struct Limits(Mutex<HashMap<Key, (u32, NaiveDateTime)>>);

impl Limits {
    fn lock(&self) -> MutexGuard<'_, HashMap<Key, (u32, NaiveDateTime)>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Counts an attempt before it is made, so that many at once count too. Says how many are left, or the
    /// seconds to wait.
    pub fn take(&self, key: &str, most: u32, now: NaiveDateTime) -> Result<u32, i64> {
        let mut counts = self.lock();
        make_room(&mut counts, now);
        let (count, since) = counts.entry(kept(key)).or_insert((0, now));
        if is_over(*since, now) {
            (*count, *since) = (0, now);
        }
        if *count >= most {
            let end = *since + Duration::minutes(WINDOW_MINUTES);
            return Err((end - now).num_seconds().max(1));
        }
        *count += 1;
        Ok(most - *count)
    }

    /// Gives one attempt back: it was no failure.
    pub fn give_back(&self, key: &str) {
        if let Some((count, _)) = self.lock().get_mut(&kept(key)) {
            *count = count.saturating_sub(1);
        }
    }

    /// Forgets the failures of a key.
    pub fn clear(&self, key: &str) {
        self.lock().remove(&kept(key));
    }
}

fn kept(key: &str) -> Key {
    Sha256::digest(key.as_bytes()).into()
}

fn is_over(since: NaiveDateTime, now: NaiveDateTime) -> bool {
    now >= since + Duration::minutes(WINDOW_MINUTES)
}

/// Old counts go first, then those of names that were tried once; memory has an end.
fn make_room(counts: &mut HashMap<Key, (u32, NaiveDateTime)>, now: NaiveDateTime) {
    if counts.len() >= MOST_KEYS {
        counts.retain(|_, (_, since)| !is_over(*since, now));
    }
    if counts.len() >= MOST_KEYS {
        counts.retain(|_, (count, _)| *count > 1);
    }
    if counts.len() >= MOST_KEYS {
        counts.clear();
    }
}

/// The network an address belongs to: with IPv6 one household has a whole /64.
pub fn network(address: &str) -> String {
    match address.parse() {
        Ok(IpAddr::V6(address)) if address.to_ipv4_mapped().is_none() => {
            let [a, b, c, d, ..] = address.segments();
            format!("{a:x}:{b:x}:{c:x}:{d:x}::/64")
        }
        _ => address.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn attempts_run_out_and_come_back_with_time() {
        let (limits, now) = (Limits::default(), NaiveDateTime::default());
        assert_eq!(limits.take("a", 2, now), Ok(1));
        assert_eq!(limits.take("a", 2, now), Ok(0));
        assert_eq!(limits.take("a", 2, now), Err(900));
        assert_eq!(limits.take("b", 2, now), Ok(1));
        limits.give_back("a");
        assert_eq!(limits.take("a", 2, now), Ok(0));
        assert_eq!(limits.take("a", 2, now + Duration::minutes(15)), Ok(1));
    }

    #[test]
    fn many_names_fill_no_memory() {
        let (limits, now) = (Limits::default(), NaiveDateTime::default());
        for _ in 0..3 {
            assert!(limits.take("held", 9, now).is_ok());
        }
        for name in 0..2 * MOST_KEYS {
            assert!(limits.take(&name.to_string(), 9, now).is_ok());
        }
        assert!(limits.lock().len() <= MOST_KEYS);
        assert_eq!(
            limits.take("held", 9, now),
            Ok(5),
            "who failed often is remembered"
        );
    }

    #[test]
    fn a_household_is_one_network() {
        assert_eq!(
            network("2001:db8:1:2:3::4"),
            network("2001:db8:1:2:ffff::1")
        );
        assert_ne!(network("2001:db8:1:2::1"), network("2001:db8:1:3::1"));
        assert_eq!(network("192.0.2.1"), "192.0.2.1");
    }
}
