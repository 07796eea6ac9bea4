//! One writer for SQLite, who commits together what waits together; serializable transactions for PostgreSQL.

use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};

use diesel::connection::SimpleConnection;

use super::{Conn, StoreError, Tx};

/// How many writes may share one commit.
const MOST_IN_A_BATCH: usize = 128;
/// How often a transaction that lost a race is tried again.
const MOST_TRIES: u32 = 8;

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

/// The one connection that writes to a SQLite file.
///
/// Whoever finishes a job while others wait leaves the commit to them; the last one commits for all, and only
/// then does anybody get an answer. Nobody waits for a timer, and one fsync serves the whole batch.
pub(super) struct Writer {
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
    failed: Vec<(u64, String)>,
}

impl Writer {
    pub(super) fn of(conn: Conn) -> Writer {
        let batch = Batch {
            conn,
            number: 1,
            size: 0,
            committed: 0,
            failed: Vec::new(),
        };
        Writer {
            waiting: AtomicUsize::new(0),
            batch: Mutex::new(batch),
            done: Condvar::new(),
        }
    }

    pub(super) fn is_sqlite(&self) -> bool {
        matches!(self.lock().conn, Conn::Sqlite(_))
    }

    fn lock(&self) -> MutexGuard<'_, Batch> {
        // A panic inside a job is caught and rolled back below, so the state behind the lock stays true.
        self.batch.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(super) fn write<T, E: From<StoreError>>(
        &self,
        job: impl FnOnce(&mut Tx) -> Result<T, E>,
    ) -> Result<T, E> {
        self.waiting.fetch_add(1, Ordering::SeqCst);
        let mut batch = self.lock();
        self.waiting.fetch_sub(1, Ordering::SeqCst);
        let ran = batch.run(job);
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
        let failure = batch
            .failed
            .iter()
            .find(|(failed, _)| *failed == number)
            .map(|(_, why)| why.clone());
        drop(batch);
        match (ran, failure) {
            (Err(panic), _) => resume_unwind(panic),
            (Ok(Err(error)), _) => Err(error),
            (Ok(Ok(_)), Some(why)) => Err(StoreError::Unavailable(why).into()),
            (Ok(Ok(value)), None) => Ok(value),
        }
    }
}

type Ran<T, E> = Result<Result<T, E>, Box<dyn std::any::Any + Send>>;

impl Batch {
    /// Runs one job in its own savepoint, so that its failure takes nothing from the others.
    fn run<T, E: From<StoreError>>(
        &mut self,
        job: impl FnOnce(&mut Tx) -> Result<T, E>,
    ) -> Ran<T, E> {
        if self.size == 0
            && let Err(error) = self.conn.batch_execute("BEGIN IMMEDIATE")
        {
            // Nothing is open: the batch of this job is over before it began.
            return Ok(Err(StoreError::from(error).into()));
        }
        self.size += 1;
        if let Err(error) = self.conn.batch_execute("SAVEPOINT job") {
            return Ok(Err(StoreError::from(error).into()));
        }
        let ran = catch_unwind(AssertUnwindSafe(|| job(&mut Tx(&mut self.conn))));
        let end = if matches!(ran, Ok(Ok(_))) {
            "RELEASE job"
        } else {
            "ROLLBACK TO job; RELEASE job"
        };
        match (self.conn.batch_execute(end), ran) {
            (Err(error), Ok(Ok(_))) => Ok(Err(StoreError::from(error).into())),
            (_, ran) => ran,
        }
    }

    fn commit(&mut self) {
        if self.size > 0
            && let Err(error) = self.conn.batch_execute("COMMIT")
        {
            // Without this the next BEGIN would find a transaction open; if there is none, that is well too.
            let _ = self.conn.batch_execute("ROLLBACK");
            self.failed.push((self.number, error.to_string()));
            let oldest = self.number.saturating_sub(1000);
            self.failed.retain(|(number, _)| *number > oldest);
        }
        self.committed = self.number;
        self.number += 1;
        self.size = 0;
    }
}

/// A serializable transaction on PostgreSQL, tried again when it lost a race.
pub(super) fn serializable<T, E: From<StoreError> + MayRetry>(
    conn: &mut Conn,
    job: &mut impl FnMut(&mut Tx) -> Result<T, E>,
) -> Result<T, E> {
    let mut tries = 0;
    loop {
        tries += 1;
        match once(conn, job) {
            Err(error) if error.may_retry() && tries < MOST_TRIES => {
                std::thread::sleep(std::time::Duration::from_millis(
                    u64::from(tries * tries) * 3,
                ));
            }
            ended => return ended,
        }
    }
}

fn once<T, E: From<StoreError>>(
    conn: &mut Conn,
    job: &mut impl FnMut(&mut Tx) -> Result<T, E>,
) -> Result<T, E> {
    conn.batch_execute("BEGIN ISOLATION LEVEL SERIALIZABLE")
        .map_err(StoreError::from)?;
    let ran = catch_unwind(AssertUnwindSafe(|| job(&mut Tx(conn))));
    match ran {
        Ok(Ok(value)) => match conn.batch_execute("COMMIT") {
            Ok(()) => Ok(value),
            Err(error) => {
                let _ = conn.batch_execute("ROLLBACK");
                Err(StoreError::from(error).into())
            }
        },
        Ok(Err(error)) => {
            let _ = conn.batch_execute("ROLLBACK");
            Err(error)
        }
        Err(panic) => {
            let _ = conn.batch_execute("ROLLBACK");
            resume_unwind(panic)
        }
    }
}
