//! How often somebody may try: sign-ins per account and per address. Nobody is shut out for ever.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use chrono::{Duration, NaiveDateTime};

/// After so many failures of one account, or of one address, it waits.
pub const MOST_PER_ACCOUNT: u32 = 8;
/// An office shares one address, so it has more.
pub const MOST_PER_ADDRESS: u32 = 40;
/// How long a count is kept, in minutes.
pub const WINDOW_MINUTES: i64 = 15;
/// How many counts are kept before old ones are swept.
const MOST_KEYS: usize = 10_000;

/// Failures within the window by account and by address.
#[derive(Default)]
pub struct Limits(Mutex<HashMap<String, (u32, NaiveDateTime)>>);

impl Limits {
    /// Seconds to wait, where the key failed too often.
    pub fn wait(&self, key: &str, most: u32, now: NaiveDateTime) -> Option<i64> {
        let counts = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let (count, since) = counts.get(key)?;
        let end = *since + Duration::minutes(WINDOW_MINUTES);
        (*count >= most && now < end).then(|| (end - now).num_seconds().max(1))
    }

    /// Counts a failure and says how many there are in the window.
    pub fn fail(&self, key: &str, now: NaiveDateTime) -> u32 {
        let mut counts = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let window = Duration::minutes(WINDOW_MINUTES);
        if counts.len() >= MOST_KEYS {
            counts.retain(|_, (_, since)| now < *since + window);
        }
        let count = counts.entry(key.to_owned()).or_insert((0, now));
        if now >= count.1 + window {
            *count = (0, now);
        }
        count.0 += 1;
        count.0
    }

    /// Forgets the failures of a key.
    pub fn clear(&self, key: &str) {
        self.0
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .remove(key);
    }
}
