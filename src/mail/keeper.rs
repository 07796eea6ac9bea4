//! The keeper of the house: in the background, beside the requests, reminders are written, letters go out and old
//! things are cleared away.

use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::thread::JoinHandle;
use std::time::Duration;

use chrono::NaiveDateTime;

use super::delivery::Post;
use crate::app::{Frameworks, evidence, leftover, reminder};
use crate::domain::calendar::LocalOffset;
use crate::store::Store;
use crate::store::file::Files;

/// How long the keeper rests between two rounds.
const REST: Duration = Duration::from_secs(5);
/// How many minutes lie between two clearings.
const CLEARING_MINUTES: i64 = 60;
/// How many minutes lie between two looks at what is due: whoever was reminded today is not reminded again.
const REMINDING_MINUTES: i64 = 15;

type Now = Arc<dyn Fn() -> NaiveDateTime + Send + Sync>;

/// What the keeper looks after.
pub struct House {
    pub store: Arc<Store>,
    pub files: Files,
}

/// A keeper at work.
pub struct Keeper {
    stop: Arc<(Mutex<bool>, Condvar)>,
    thread: JoinHandle<()>,
}

impl Keeper {
    /// Begins the work by a province's clock.
    pub fn begin(house: House, post: Option<Post>, now: Now, offset: LocalOffset) -> Keeper {
        let stop = Arc::new((Mutex::new(false), Condvar::new()));
        let told = stop.clone();
        let thread = std::thread::spawn(move || work(&house, post.as_ref(), (&now, offset), &told));
        Keeper { stop, thread }
    }

    /// Ends the work; a letter that is just going out is waited for, so that it goes out once.
    pub fn end(self) {
        *self.stop.0.lock().unwrap_or_else(PoisonError::into_inner) = true;
        self.stop.1.notify_all();
        if self.thread.join().is_err() {
            tracing::error!("a defect had stopped the keeper");
        }
    }
}

fn is_time(last: Option<NaiveDateTime>, now: NaiveDateTime, minutes: i64) -> bool {
    last.is_none_or(|last| (now - last).num_minutes() >= minutes)
}

fn work(
    House { store, files }: &House,
    post: Option<&Post>,
    (now, offset): (&Now, LocalOffset),
    stop: &(Mutex<bool>, Condvar),
) {
    let is_over = || *stop.0.lock().unwrap_or_else(PoisonError::into_inner);
    let frameworks = Arc::<Frameworks>::default();
    let has_texts = post.is_some_and(|post| post.texts.is_some());
    let (mut cleared, mut reminded) = (None, None);
    while !is_over() {
        if is_time(reminded, now(), REMINDING_MINUTES) {
            reminded = Some(now());
            if let Err(error) = reminder::remind_all(store, &frameworks, now(), offset, has_texts) {
                tracing::warn!(?error, "the reminders of the day could not be written");
            }
        }
        if let Some(post) = post {
            match post.deliver(&**now, &is_over) {
                Ok(round) if round.not_sent > 0 => {
                    tracing::warn!(round.not_sent, "letters could not be sent now");
                }
                Ok(_) => {}
                Err(error) => tracing::warn!(?error, "the outbox could not be read"),
            }
        }
        if is_time(cleared, now(), CLEARING_MINUTES) {
            cleared = Some(now());
            if let Err(error) = leftover::remove(store, now()) {
                tracing::warn!(?error, "old sessions and keys could not be cleared away");
            }
            if let Err(error) = evidence::clear(store, files, now()) {
                tracing::warn!(?error, "unfinished files could not be cleared away");
            }
        }
        let over = stop.0.lock().unwrap_or_else(PoisonError::into_inner);
        if !*over {
            drop(stop.1.wait_timeout(over, REST));
        }
    }
}
