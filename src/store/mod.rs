//! The only room that knows Diesel. One code for SQLite and PostgreSQL.
//!
//! `Store::read` lends a `Conn`; `Store::write` lends a `Tx`, which alone may change rows. So a reader of a
//! signature knows at once what a function can do.

pub mod agency;
pub mod answer;
pub mod assessment;
pub mod assignment;
pub mod correction;
pub mod draw;
pub mod edition;
pub mod event;
pub mod evidence;
pub mod extension;
pub mod fact;
pub mod file;
pub mod finding;
pub mod framework;
pub mod letter;
pub mod meeting;
pub mod na_request;
pub mod objection;
pub mod owner;
pub mod period;
pub mod plan;
pub mod poster;
pub mod practice;
pub mod province;
pub mod query;
pub mod reminder;
pub mod resolution;
pub mod score;
pub mod second_look;
pub mod session;
pub mod sheet;
pub mod upload;
pub mod user;
pub mod verdict;
pub mod visit;
pub mod voice;
pub mod workbook;

mod schema;
mod writer;

use std::ops::{Deref, DerefMut};

use diesel::connection::SimpleConnection;
use diesel::r2d2::{ManageConnection, Pool};
use diesel::{Connection, PgConnection, SqliteConnection};
use diesel_migrations::{EmbeddedMigrations, MigrationHarness, embed_migrations};

const MIGRATIONS: EmbeddedMigrations = embed_migrations!("migrations");

/// A connection to either engine. May read only, by convention of every signature.
#[derive(diesel::MultiConnection)]
pub enum Conn {
    Sqlite(SqliteConnection),
    Postgres(PgConnection),
}

/// The right to change rows inside one transaction.
pub struct Tx<'a>(&'a mut Conn);

impl Deref for Tx<'_> {
    type Target = Conn;
    fn deref(&self) -> &Conn {
        self.0
    }
}

impl DerefMut for Tx<'_> {
    fn deref_mut(&mut self) -> &mut Conn {
        self.0
    }
}

/// Why the store could not do it. Never shown to people.
#[derive(Clone, Debug)]
pub enum StoreError {
    /// A row that must be one is there already, or a row was changed meanwhile.
    Conflict(String),
    /// The database cannot be reached or written now.
    Unavailable(String),
    /// The database went away while it stored: it may be stored or not. The key of the write tells at the next try.
    Lost(String),
    /// A defect.
    Broken(String),
}

impl std::fmt::Display for StoreError {
    fn fmt(&self, out: &mut std::fmt::Formatter) -> std::fmt::Result {
        let (kind, why) = match self {
            StoreError::Conflict(why) => ("conflict", why),
            StoreError::Unavailable(why) => ("unavailable", why),
            StoreError::Lost(why) => ("lost", why),
            StoreError::Broken(why) => ("broken", why),
        };
        write!(out, "{kind}: {why}")
    }
}

impl From<diesel::result::Error> for StoreError {
    fn from(error: diesel::result::Error) -> StoreError {
        use diesel::result::{DatabaseErrorKind as Kind, Error};
        let why = error.to_string();
        match &error {
            Error::DatabaseError(Kind::UniqueViolation, _) => StoreError::Conflict(why),
            Error::DatabaseError(
                Kind::SerializationFailure
                | Kind::ClosedConnection
                | Kind::UnableToSendCommand
                | Kind::ReadOnlyTransaction,
                _,
            ) => StoreError::Unavailable(why),
            _ if [
                "full",
                "locked",
                "busy",
                "readonly",
                "read-only",
                "deadlock",
            ]
            .iter()
            .any(|w| why.contains(w)) =>
            {
                StoreError::Unavailable(why)
            }
            _ => StoreError::Broken(why),
        }
    }
}

/// What store functions return.
pub type StoreResult<T> = Result<T, StoreError>;

/// Opens connections of the configured engine and says truly why it cannot.
#[derive(Clone)]
struct Opener {
    url: String,
}

impl Opener {
    fn is_postgres(&self) -> bool {
        self.url.starts_with("postgres://") || self.url.starts_with("postgresql://")
    }

    fn open(&self) -> StoreResult<Conn> {
        let unavailable =
            |error: diesel::ConnectionError| StoreError::Unavailable(error.to_string());
        if self.is_postgres() {
            return PgConnection::establish(&self.url)
                .map(Conn::Postgres)
                .map_err(unavailable);
        }
        let mut conn = SqliteConnection::establish(&self.url).map_err(unavailable)?;
        conn.batch_execute(
            "PRAGMA busy_timeout = 5000; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;
             PRAGMA foreign_keys = ON; PRAGMA cache_size = -8000;",
        )?;
        Ok(Conn::Sqlite(conn))
    }
}

impl ManageConnection for Opener {
    type Connection = Conn;
    type Error = diesel::r2d2::Error;

    fn connect(&self) -> Result<Conn, Self::Error> {
        self.open().map_err(|error| {
            diesel::r2d2::Error::ConnectionError(diesel::ConnectionError::BadConnection(
                error.to_string(),
            ))
        })
    }

    fn is_valid(&self, conn: &mut Conn) -> Result<(), Self::Error> {
        conn.batch_execute("SELECT 1")
            .map_err(diesel::r2d2::Error::QueryError)
    }

    fn has_broken(&self, conn: &mut Conn) -> bool {
        std::thread::panicking()
            || matches!(conn, Conn::Postgres(_)) && conn.batch_execute("SELECT 1").is_err()
    }
}

/// The database, SQLite or PostgreSQL.
pub struct Store {
    readers: Pool<Opener>,
    writer: writer::Writer,
}

impl Store {
    /// Opens the database at a path (SQLite) or a `postgres://` address and brings its schema up to date.
    pub fn open(url: &str) -> StoreResult<Store> {
        let opener = Opener {
            url: url.to_owned(),
        };
        let mut first = opener.open()?;
        migrate(&mut first)?;
        let is_postgres = opener.is_postgres();
        let readers = Pool::builder()
            .max_size(if is_postgres { 16 } else { 8 })
            .min_idle(Some(1))
            .test_on_check_out(is_postgres)
            .connection_timeout(std::time::Duration::from_secs(5))
            .build(opener.clone())
            .map_err(|error| StoreError::Unavailable(error.to_string()))?;
        let writer = writer::Writer::of(first, opener);
        Ok(Store { readers, writer })
    }

    /// Lends a connection for reading.
    pub fn read<T, E: From<StoreError>>(
        &self,
        job: impl FnOnce(&mut Conn) -> Result<T, E>,
    ) -> Result<T, E> {
        let mut conn = self
            .readers
            .get()
            .map_err(|error| StoreError::Unavailable(error.to_string()))?;
        job(&mut conn)
    }

    /// One transaction: all of it, or nothing. The job may run again after a lost race, so it only uses its `tx`.
    pub fn write<T, E: From<StoreError> + writer::MayRetry>(
        &self,
        job: impl FnMut(&mut Tx) -> Result<T, E>,
    ) -> Result<T, E> {
        self.writer.write(job)
    }
}

pub use writer::MayRetry;

fn migrate(conn: &mut Conn) -> StoreResult<()> {
    let done = match conn {
        Conn::Sqlite(conn) => conn.run_pending_migrations(MIGRATIONS).map(|_| ()),
        Conn::Postgres(conn) => conn.run_pending_migrations(MIGRATIONS).map(|_| ()),
    };
    done.map_err(|error| {
        StoreError::Unavailable(format!(
            "the schema could not be brought up to date: {error}"
        ))
    })
}

/// A new id: its text sorts by the time it was made.
pub fn new_id() -> String {
    uuid::Uuid::now_v7().simple().to_string()
}
