//! The errands: one function for each thing an officer does, whatever path calls it. Each is one transaction
//! with its event; a refused errand changes nothing.

pub mod agency;
pub mod answer;
pub mod assessment;
pub mod assignment;
pub mod before;
pub mod brief;
pub mod confirmation;
pub mod correction;
pub mod demo;
pub mod draft;
pub mod draw;
pub mod edition;
pub mod effect;
pub mod evidence;
pub mod extension;
pub mod fact;
pub mod finding;
pub mod holiday;
pub mod import;
pub mod leftover;
pub mod letter;
pub mod link;
pub mod log;
pub mod measurement;
pub mod meeting;
pub mod na_request;
pub mod objection;
pub mod owner;
pub mod pack;
pub mod password;
pub mod period;
pub mod phone;
pub mod plan;
pub mod poster;
pub mod practice;
pub mod probe;
pub mod progress;
pub mod public;
pub mod query;
pub mod queue;
pub mod ranking;
pub mod reminder;
pub mod resolution;
pub mod returns;
pub mod role;
pub mod score;
pub mod scorecard;
pub mod second_look;
pub mod seed;
pub mod session;
pub mod sheet;
pub mod sheet_photo;
pub mod user;
pub mod verdict;
pub mod visit;
pub mod voice;
pub mod waiting;
pub mod workbook;
pub mod workload;

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use chrono::{NaiveDate, NaiveDateTime};

use crate::domain::access::{Act, Actor};
use crate::domain::calendar::LocalOffset;
use crate::domain::framework::{self, Framework};
use crate::store::assessment::Assessment;
use crate::store::event::Happening;
use crate::store::extension::Extension;
use crate::store::period::Period;
use crate::store::session::WriteKey;
use crate::store::{self, Conn, MayRetry, Store, StoreError, Tx};

/// What every errand needs: the store, the time, and who is at work.
#[derive(Clone)]
pub struct Ctx {
    pub store: Arc<Store>,
    pub frameworks: Arc<Frameworks>,
    pub now: NaiveDateTime,
    pub offset: LocalOffset,
    pub actor: Actor,
    /// The client's key of this write: the same key twice is done once.
    pub write_key: Option<String>,
}

impl Ctx {
    /// The province at work.
    pub fn province(&self) -> &str {
        &self.actor.scope.province
    }

    /// Today by the province's clock.
    pub fn today(&self) -> NaiveDate {
        self.offset.day(self.now)
    }

    /// Whether a day is over by the province's clock.
    pub fn is_over(&self, day: NaiveDate) -> bool {
        self.now >= self.offset.end_of_day(day)
    }

    pub(crate) fn require(&self, act: Act) -> Result<(), AppError> {
        if self.actor.may(act) {
            Ok(())
        } else {
            Err(AppError::Forbidden)
        }
    }

    /// Takes the write key; false where this very write was done before.
    fn is_first(&self, tx: &mut Tx, errand: &str) -> Result<bool, AppError> {
        let Some(key) = self.key(errand) else {
            return Ok(true);
        };
        Ok(store::session::take_key(tx, &key)?)
    }

    /// Whether this very form was done already.
    pub fn was_done(&self) -> Result<bool, AppError> {
        let Some(key) = self.key("") else {
            return Ok(false);
        };
        let read = |conn: &mut Conn| store::session::has_key(conn, &key);
        Ok(self.store.read(read)?)
    }

    fn key(&self, errand: &str) -> Option<WriteKey> {
        Some(WriteKey {
            province_id: self.province().to_owned(),
            user_id: self.actor.user.clone(),
            write_key: self.write_key.clone()?,
            errand: errand.to_owned(),
            made_at: self.now,
        })
    }

    fn event(&self, tx: &mut Tx, what: &Happening) -> Result<(), AppError> {
        Ok(store::event::add(tx, &self.actor, self.now, what)?)
    }
}

/// One thing wrong with a form, at its field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    pub field: String,
    /// The key of the sentence in the words.
    pub key: &'static str,
    pub arguments: Vec<(&'static str, String)>,
}

impl Problem {
    /// A problem without further words.
    pub fn at(field: impl Into<String>, key: &'static str) -> Problem {
        Problem {
            field: field.into(),
            key,
            arguments: Vec::new(),
        }
    }
}

/// Why an errand was not done.
#[derive(Debug)]
pub enum AppError {
    /// The form has problems; nothing was changed.
    Invalid(Vec<Problem>),
    /// Not now, or not so: the key of the sentence that says why.
    Refused(&'static str),
    /// Not there, or not to be known of.
    NotFound,
    /// Not for this role.
    Forbidden,
    /// Somebody changed it meanwhile.
    Conflict,
    /// The database could not; the cause is for the log only.
    Store(StoreError),
}

impl From<StoreError> for AppError {
    fn from(error: StoreError) -> AppError {
        match error {
            StoreError::Conflict(_) => AppError::Conflict,
            error => AppError::Store(error),
        }
    }
}

impl MayRetry for AppError {
    fn may_retry(&self) -> bool {
        matches!(self, AppError::Store(error) if error.may_retry())
    }
}

/// Published frameworks, read once: a published framework never changes.
#[derive(Default)]
pub struct Frameworks(Mutex<HashMap<[String; 3], Arc<Framework>>>);

impl Frameworks {
    /// The framework of a period.
    pub fn of(&self, conn: &mut Conn, period: &Period) -> Result<Arc<Framework>, AppError> {
        let (code, version) = (&period.framework_code, &period.framework_version);
        self.find(conn, &period.province_id, code, version)
    }

    /// The published framework of that code and version.
    pub fn find(
        &self,
        conn: &mut Conn,
        province: &str,
        code: &str,
        version: &str,
    ) -> Result<Arc<Framework>, AppError> {
        let key = [province, code, version].map(str::to_owned);
        let known = self
            .0
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .get(&key)
            .cloned();
        if let Some(framework) = known {
            return Ok(framework);
        }
        let row = store::framework::find(conn, &key[0], &key[1], &key[2])?;
        let row = row.ok_or(AppError::NotFound)?;
        let broken = || StoreError::Broken("a stored framework cannot be read".to_owned());
        let framework = framework::read_file(row.body.as_bytes()).map_err(|_| broken())?;
        let framework = Arc::new(framework);
        self.0
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .insert(key, framework.clone());
        Ok(framework)
    }
}

/// A period, an agency's quarter in it, and the framework: what most errands are about.
pub struct Case {
    pub period: Period,
    pub assessment: Assessment,
    pub framework: Arc<Framework>,
    /// The requests for more time, decided or not.
    pub extensions: Vec<Extension>,
}

impl Case {
    fn happening<'a>(&'a self, action: &'a str, body: String) -> Happening<'a> {
        Happening {
            action,
            subject: "assessment",
            subject_id: &self.assessment.id,
            agency: Some(&self.assessment.agency_id),
            body,
        }
    }
}

/// Finds an agency's quarter by codes. What the actor may not know of is not there.
pub fn case(ctx: &Ctx, conn: &mut Conn, period: &str, agency: &str) -> Result<Case, AppError> {
    let period = store::period::find_by_code(conn, ctx.province(), period)?;
    let period = period.ok_or(AppError::NotFound)?;
    let agency = store::agency::find_by_code(conn, ctx.province(), agency)?;
    let agency = agency.ok_or(AppError::NotFound)?;
    let found = store::assessment::find(conn, &ctx.actor.scope, &period.id, &agency.id)?;
    let assessment = found.ok_or(AppError::NotFound)?;
    let framework = ctx.frameworks.of(conn, &period)?;
    let extensions = store::extension::list(conn, &assessment)?;
    Ok(Case {
        period,
        assessment,
        framework,
        extensions,
    })
}
