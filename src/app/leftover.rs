//! What is kept no longer than it is needed: sessions that are over, links that work no more, keys of old writes.

use chrono::{Duration, NaiveDateTime};

use super::AppError;
use super::session::{IDLE_HOURS, LONGEST_HOURS};
use crate::store::{self, Store};

/// A form is sent again within days, or not at all.
pub const KEY_DAYS: i64 = 30;
/// How long a link that works no more is kept, to say so.
pub const LINK_DAYS: i64 = 30;

/// How much was cleared away.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Removed {
    pub sessions: usize,
    pub links: usize,
    pub keys: usize,
}

/// Clears away what is over. Nothing of it can be used any more, so it leaves no event.
pub fn remove(store: &Store, now: NaiveDateTime) -> Result<Removed, AppError> {
    store.write(|tx| {
        let idle = now - Duration::hours(IDLE_HOURS);
        let begun = now - Duration::hours(LONGEST_HOURS);
        Ok(Removed {
            sessions: store::session::remove_over(tx, idle, begun)?,
            links: store::user::remove_links(tx, now - Duration::days(LINK_DAYS))?,
            keys: store::session::remove_keys(tx, now - Duration::days(KEY_DAYS))?,
        })
    })
}
