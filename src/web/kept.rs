//! Bodies of pages made from results. A result never changes once it is kept, so what was printed from it can be sent
//! again. The names of agencies may change, so no body is kept for long.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use chrono::{Duration, NaiveDateTime};

/// How many bodies are kept at most; with the ranking of a province this is about 20 MB.
const MOST: usize = 100;
/// A change of a name is seen after this many seconds.
const LONGEST_SECONDS: i64 = 60;

/// What was printed, by everything it depends on.
#[derive(Default)]
pub struct Bodies(Mutex<HashMap<String, (NaiveDateTime, Arc<str>)>>);

impl Bodies {
    /// The body kept under a key, or a new one. The key names the province, the result and the language, and all that
    /// was asked for; whether the reader may have it was decided before.
    pub fn of<E>(
        &self,
        key: &str,
        now: NaiveDateTime,
        make: impl FnOnce() -> Result<String, E>,
    ) -> Result<Arc<str>, E> {
        let is_fresh =
            |made: NaiveDateTime| made <= now && now - made < Duration::seconds(LONGEST_SECONDS);
        let known = self.lock().get(key).cloned();
        if let Some((_, body)) = known.filter(|(made, _)| is_fresh(*made)) {
            return Ok(body);
        }
        let body: Arc<str> = make()?.into();
        let mut kept = self.lock();
        if kept.len() >= MOST {
            kept.clear();
        }
        kept.insert(key.to_owned(), (now, body.clone()));
        Ok(body)
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, HashMap<String, (NaiveDateTime, Arc<str>)>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// How many quarters are kept; a scored one is about 2 MB, a studied one as much.
const MOST_QUARTERS: usize = 16;

/// A place for what is reckoned from one result, locked while it is being reckoned.
type Place<T> = Arc<Mutex<Option<Arc<T>>>>;

/// A place with the province and the result it is for.
type Kept<T> = ((String, String), Place<T>);

/// What was reckoned from results, by province and result, the latest asked for last: scored quarters, and studies of
/// how they would stand under other weights. A result never changes, so neither does what is reckoned from it.
pub struct Quarters<T>(Mutex<Vec<Kept<T>>>);

impl<T> Default for Quarters<T> {
    fn default() -> Self {
        Quarters(Mutex::default())
    }
}

impl<T> Quarters<T> {
    /// What was reckoned from a result. Whoever asks while somebody else has it reckoned waits for that. Whether the
    /// reader may know of it was decided before.
    pub fn of<E>(
        &self,
        province: &str,
        result: &str,
        make: impl FnOnce() -> Result<T, E>,
    ) -> Result<Arc<T>, E> {
        let place = self.place((province.to_owned(), result.to_owned()));
        let mut kept = place.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(quarter) = kept.as_ref() {
            return Ok(quarter.clone());
        }
        let quarter = Arc::new(make()?);
        *kept = Some(quarter.clone());
        Ok(quarter)
    }

    /// The place of a result; the one nobody asked for the longest goes when there are too many.
    fn place(&self, key: (String, String)) -> Place<T> {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let known = kept.iter().position(|(known, _)| *known == key);
        let place = match known {
            Some(at) => kept.remove(at).1,
            None => Place::default(),
        };
        if kept.len() >= MOST_QUARTERS {
            kept.remove(0);
        }
        kept.push((key, place.clone()));
        place
    }
}

/// How many papers are kept; one is about a megabyte.
const MOST_PAPERS: usize = 6;
/// How many may be begun and not made yet.
const MOST_WAITING_PAPERS: usize = 3;

/// Where a paper is.
#[derive(Clone)]
pub enum Paper {
    /// It is being made: since when, and the key of what is done at present.
    Begun(NaiveDateTime, &'static str),
    /// It lies here.
    Made(NaiveDateTime, Arc<Vec<u8>>),
    /// It could not be made.
    Failed(NaiveDateTime),
}

type Shelf = Arc<Mutex<HashMap<String, Paper>>>;

fn open(shelf: &Shelf) -> std::sync::MutexGuard<'_, HashMap<String, Paper>> {
    shelf.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Papers, made one at a time beside the pages, so that nobody waits for a page while one is laid out.
#[derive(Default)]
pub struct Papers {
    shelf: Shelf,
    press: Arc<Mutex<()>>,
}

impl Papers {
    /// The paper of a key. Whether the reader may have it was decided before.
    pub fn find(&self, key: &str) -> Option<Paper> {
        open(&self.shelf).get(key).cloned()
    }

    /// Whether so many papers wait that another one would have to wait too long.
    pub fn is_busy(&self) -> bool {
        let kept = open(&self.shelf);
        let begun = kept
            .values()
            .filter(|paper| matches!(paper, Paper::Begun(..)));
        begun.count() >= MOST_WAITING_PAPERS
    }

    /// Has a paper made; one that is being made is not begun twice. `make` says what it does by keys of words.
    pub fn make<M>(&self, key: &str, now: NaiveDateTime, make: M)
    where
        M: FnOnce(&dyn Fn(&'static str)) -> Option<Vec<u8>> + Send + 'static,
    {
        let mut kept = open(&self.shelf);
        if let Some(Paper::Begun(..)) = kept.get(key) {
            return;
        }
        if kept.len() >= MOST_PAPERS {
            kept.retain(|_, paper| matches!(paper, Paper::Begun(..)));
        }
        kept.insert(key.to_owned(), Paper::Begun(now, "pack-step-waits"));
        drop(kept);
        let (shelf, press, own) = (self.shelf.clone(), self.press.clone(), key.to_owned());
        let work = move || {
            let turn = press.lock().unwrap_or_else(PoisonError::into_inner);
            let tell = |step| drop(open(&shelf).insert(own.clone(), Paper::Begun(now, step)));
            // A fault of the layout must not leave the paper begun for ever.
            let made = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| make(&tell)));
            drop(turn);
            let paper = match made {
                Ok(Some(bytes)) => Paper::Made(now, Arc::new(bytes)),
                _ => Paper::Failed(now),
            };
            open(&shelf).insert(own.clone(), paper);
        };
        let thread = std::thread::Builder::new().name("paper".to_owned());
        if let Err(cause) = thread.spawn(work) {
            tracing::error!(?cause, "no thread for a paper");
            open(&self.shelf).insert(key.to_owned(), Paper::Failed(now));
        }
    }
}
