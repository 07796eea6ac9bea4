//! The test town: the real program on a database of its own, with a clock that stands still and people who sign in.
//!
//! `let town = Town::new();` has the made-up province, 59 agencies, the final quarter 1405-Q1 and the quarter 1405-Q2,
//! opened this morning at 9. SQLite in memory's file system; PostgreSQL with `TEST_ENGINE=postgres TEST_POSTGRES_URL=…`.
//! `town.manager_of("INF-01")`, `head_of`, `town.browser("office")` (also office2 auditor1 auditor2 lead committee1
//! committee2 governor admin) are signed-in browsers: `get(path)`, `post(path, fields)` (csrf of the last page is put in),
//! `submit(&page, "/form/action", fields)` fills a form as a person would, `follow(page)` goes where a 303 leads.
//! A page answers `.is(200)`, `.says("…")`, `.says_word("errors-denied")`, `.lacks("…")`, `.leads_to("/…")`.
//! State by sentence: `town.fill_in("INF-01")`, `hand_in`, `judge`, `town.go_to(State::UnderReview)`, `town.set_day(day)`,
//! `town.state_of("INF-01")`, `town.period()`, `town.rows("answers")`; errands directly: `town.ctx("office")`.
//! `town.listen()` opens a real port for bytes no browser would send. Odd agencies are auditor2's, even ones auditor1's.
//! A new route gets its line in `access/table.rs`, which says who may; `town.tables()` is every row there is, as text.
//! Every town is alone, so tests need no order; several threads may use one browser.

mod browser;
mod errands;
pub mod html;
mod port;
mod tables;
mod template;

pub use browser::{Browser, Page, Sending, Visitor, encode};
pub use html::Form;
pub use port::Port;
pub use template::{Engine, PASSWORD, at_server};

use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};

use actix_web::web::Data;
use chrono::NaiveDateTime;
use mizan::config::Config;
use mizan::store::Store;
use mizan::web::State;

/// The quarter that is open, and the one before it.
pub const OPEN: &str = "1405-Q2";
pub const LAST: &str = "1405-Q1";

/// A province of its own for one test.
pub struct Town {
    pub state: Data<State>,
    clock: Arc<Mutex<NaiveDateTime>>,
    folder: PathBuf,
    engine: Engine,
    database: String,
}

impl Town {
    /// A town on the engine of this run.
    pub fn new() -> Town {
        Town::on(Engine::of_run())
    }

    /// A town on an engine.
    pub fn on(engine: Engine) -> Town {
        Town::with(engine, |_| {})
    }

    /// A town whose settings are changed before it opens.
    pub fn with(engine: Engine, change: impl FnOnce(&mut Config)) -> Town {
        let (folder, database, began) = template::copy(engine);
        let mut config = Config {
            database: database.clone(),
            files: folder.join("files"),
            base: "http://mizan.test".to_owned(),
            ..Config::default()
        };
        change(&mut config);
        std::fs::create_dir_all(&config.files).expect("a folder for evidence");
        let store = Store::open(&database).expect("the copy of the template opens");
        let clock = Arc::new(Mutex::new(began));
        let hands = clock.clone();
        let state = State {
            now: Arc::new(move || *hands.lock().unwrap_or_else(PoisonError::into_inner)),
            patience: std::time::Duration::from_secs(2),
            reader: PathBuf::from(env!("CARGO_BIN_EXE_mizan")),
            ..State::of(store, config)
        };
        Town {
            state: Data::new(state),
            clock,
            folder,
            engine,
            database,
        }
    }

    /// The time of the town, in UTC.
    pub fn now(&self) -> NaiveDateTime {
        (self.state.now)()
    }

    /// Sets the clock.
    pub fn set_now(&self, now: NaiveDateTime) {
        *self.clock.lock().unwrap_or_else(PoisonError::into_inner) = now;
    }

    /// Nine in the morning of a day by the province's clock.
    pub fn set_day(&self, day: chrono::NaiveDate) {
        let start = self.state.config.offset().start_of_day(day);
        self.set_now(start + chrono::Duration::hours(9));
    }

    /// Lets so many minutes pass.
    pub fn wait(&self, minutes: i64) {
        self.set_now(self.now() + chrono::Duration::minutes(minutes));
    }

    /// Somebody at the door who has not signed in.
    pub fn visitor(&self) -> Visitor<'_> {
        Visitor::of(self)
    }

    /// The real server on a port of this machine.
    pub fn listen(&self) -> Port {
        Port::open(self.state.clone())
    }

    /// The town's own folder.
    pub fn folder(&self) -> &std::path::Path {
        &self.folder
    }

    /// The address of the database.
    pub fn database(&self) -> &str {
        &self.database
    }
}

impl Drop for Town {
    fn drop(&mut self) {
        template::remove(self.engine, &self.folder, &self.database);
    }
}
