//! One writer, who commits together what waits together; on either engine.
//!
//! On PostgreSQL every write takes the next leaf of its province's log, so writes of a province follow one another
//! in any case: side by side they would only lose races. Another node may still win one; then the batch runs again.

use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use diesel::connection::SimpleConnection;

use super::{Conn, Opener, StoreError, Tx};

/// How many writers may share one commit.
const MOST_IN_A_BATCH: usize = 128;
/// How often a job that lost a race is tried again.
const MOST_TRIES: u64 = 8;

/// Errors that can tell whether trying again may help.
pub trait MayRetry {
    /// A race was lost or the database was busy.
    fn may_retry(&self) -> bool;
}

impl MayRetry for StoreError {
    fn may_retry(&self) -> bool {
        matches!(self, StoreError::Unavailable(_))
    }
}

/// The one connection that writes.
///
/// Whoever finishes a job while others wait leaves the commit to them; the last one commits for all, and only
/// then does anybody get an answer. Nobody waits for a timer, and one fsync serves the whole batch.
pub(super) struct Writer {
    opener: Opener,
    waiting: AtomicUsize,
    batch: Mutex<Batch>,
    done: Condvar,
}

struct Batch {
    conn: Conn,
    number: u64,
    size: usize,
    /// The last committed batch, and those that failed with their reason.
    committed: u64,
    failed: Vec<(u64, StoreError)>,
    /// The open transaction cannot be told from its jobs any more: it will be rolled back.
    is_doomed: bool,
}

impl Writer {
    pub(super) fn of(conn: Conn, opener: Opener) -> Writer {
        let batch = Batch {
            conn,
            number: 1,
            size: 0,
            committed: 0,
            failed: Vec::new(),
            is_doomed: false,
        };
        Writer {
            opener,
            waiting: AtomicUsize::new(0),
            batch: Mutex::new(batch),
            done: Condvar::new(),
        }
    }

    fn lock(&self) -> MutexGuard<'_, Batch> {
        // A panic inside a job is caught and rolled back below, so the state behind the lock stays true.
        self.batch.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Runs a job, and again where a race was lost, a bounded number of times.
    pub(super) fn write<T, E: From<StoreError> + MayRetry>(
        &self,
        mut job: impl FnMut(&mut Tx) -> Result<T, E>,
    ) -> Result<T, E> {
        let most = if self.opener.is_postgres() {
            MOST_TRIES
        } else {
            1
        };
        let mut tries = 1;
        loop {
            match self.once(&mut job) {
                Err(error) if error.may_retry() && tries < most => {
                    std::thread::sleep(Duration::from_millis(tries * tries * 3));
                    tries += 1;
                }
                ended => return ended,
            }
        }
    }

    fn once<T, E: From<StoreError>>(
        &self,
        job: &mut impl FnMut(&mut Tx) -> Result<T, E>,
    ) -> Result<T, E> {
        self.waiting.fetch_add(1, Ordering::SeqCst);
        let mut batch = self.lock();
        self.waiting.fetch_sub(1, Ordering::SeqCst);
        let ran = batch.run(&self.opener, job);
        let number = batch.number;
        let is_last = self.waiting.load(Ordering::SeqCst) == 0 || batch.size >= MOST_IN_A_BATCH;
        if is_last {
            batch.commit();
            self.done.notify_all();
        } else {
            while batch.committed < number {
                batch = self
                    .done
                    .wait(batch)
                    .unwrap_or_else(PoisonError::into_inner);
            }
        }
        let failed = batch.failed.iter().find(|(failed, _)| *failed == number);
        let failure = failed.map(|(_, error)| error.clone());
        drop(batch);
        match (ran, failure) {
            (Err(panic), _) => resume_unwind(panic),
            (Ok(Err(error)), _) => Err(error),
            (Ok(Ok(_)), Some(error)) => Err(error.into()),
            (Ok(Ok(value)), None) => Ok(value),
        }
    }
}

type Ran<T, E> = Result<Result<T, E>, Box<dyn std::any::Any + Send>>;

impl Batch {
    /// Begins a batch. A connection that PostgreSQL has dropped is opened anew.
    fn begin(&mut self, opener: &Opener) -> Result<(), StoreError> {
        let order = match self.conn {
            Conn::Sqlite(_) => "BEGIN IMMEDIATE",
            Conn::Postgres(_) => "BEGIN ISOLATION LEVEL SERIALIZABLE",
        };
        let Err(error) = self.conn.batch_execute(order) else {
            return Ok(());
        };
        if !opener.is_postgres() {
            return Err(error.into());
        }
        self.conn = opener.open()?;
        Ok(self.conn.batch_execute(order)?)
    }

    /// Runs one job in its own savepoint, so that its failure takes nothing from the others.
    fn run<T, E: From<StoreError>>(
        &mut self,
        opener: &Opener,
        job: &mut impl FnMut(&mut Tx) -> Result<T, E>,
    ) -> Ran<T, E> {
        if self.size == 0
            && let Err(error) = self.begin(opener)
        {
            // Nothing is open: the batch of this job is over before it began.
            return Ok(Err(error.into()));
        }
        self.size += 1;
        if self.is_doomed {
            return Ok(Err(StoreError::Unavailable("doomed".to_owned()).into()));
        }
        if let Err(error) = self.conn.batch_execute("SAVEPOINT job") {
            self.is_doomed = true;
            return Ok(Err(StoreError::from(error).into()));
        }
        let ran = catch_unwind(AssertUnwindSafe(|| job(&mut Tx(&mut self.conn))));
        let end = if matches!(ran, Ok(Ok(_))) {
            "RELEASE job"
        } else {
            "ROLLBACK TO job; RELEASE job"
        };
        let ended = self.conn.batch_execute(end);
        self.is_doomed = ended.is_err();
        match (ended, ran) {
            (Err(error), Ok(Ok(_))) => Ok(Err(StoreError::from(error).into())),
            (_, ran) => ran,
        }
    }

    fn commit(&mut self) {
        if self.size > 0
            && let Err(error) = self.end()
        {
            self.failed.push((self.number, error));
            let oldest = self.number.saturating_sub(1000);
            self.failed.retain(|(number, _)| *number > oldest);
        }
        self.committed = self.number;
        self.number += 1;
        self.size = 0;
        self.is_doomed = false;
    }

    fn end(&mut self) -> Result<(), StoreError> {
        if self.is_doomed {
            // If there is no transaction any more, that is well too.
            let _ = self.conn.batch_execute("ROLLBACK");
            return Err(StoreError::Unavailable(
                "the batch was rolled back".to_owned(),
            ));
        }
        let Err(error) = self.conn.batch_execute("COMMIT") else {
            return Ok(());
        };
        // Without this the next BEGIN would find a transaction open.
        let is_there = self.conn.batch_execute("ROLLBACK").is_ok();
        Err(match StoreError::from(error) {
            // Nobody knows whether a commit whose answer never came was carried out: not to be tried again unasked.
            StoreError::Unavailable(why) if !is_there => StoreError::Lost(why),
            error => error,
        })
    }
}
