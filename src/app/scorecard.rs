//! The scorecard of one agency as kept: who may read it, and how much beside it.

use std::collections::HashMap;
use std::sync::Arc;

use chrono::NaiveDate;

use super::{AppError, Ctx, objection, returns};
use crate::domain::access::Act;
use crate::domain::effect::Ground;
use crate::domain::framework::Framework;
use crate::domain::period::State;
use crate::store::agency::Agency;
use crate::store::assessment::Assessment;
use crate::store::evidence::Evidence;
use crate::store::period::Period;
use crate::store::score::{Past, ResultHead, ScoreRow};
use crate::store::verdict::VerdictRow;
use crate::store::visit::Visit;
use crate::store::{self, Conn, StoreError};

/// How many quarters of an agency's past are shown.
const MOST_PAST: usize = 8;

/// A scorecard that this person may read, with what they may know beside it.
pub struct Sheet {
    pub period: Period,
    pub agency: Agency,
    pub head: ResultHead,
    pub row: ScoreRow,
    pub framework: Arc<Framework>,
    /// Whether it is the reader's own agency.
    pub is_own: bool,
    pub case: Option<Beside>,
    pub past: Vec<Past>,
}

/// What the agency itself and those who verify may know beside the numbers.
pub struct Beside {
    pub assessment: Assessment,
    pub verdicts: Vec<VerdictRow>,
    pub evidence: Vec<Evidence>,
    /// The visits that were signed off.
    pub visits: Vec<Visit>,
    /// The indicators already objected to.
    pub objected: Vec<String>,
    /// What this reader may still object to, and until when.
    pub open: HashMap<String, NaiveDate>,
}

/// Finds a scorecard. One that is not to be known of yet is not there.
pub fn find(ctx: &Ctx, conn: &mut Conn, period: &str, agency: &str) -> Result<Sheet, AppError> {
    ctx.require(Act::SeeRanking)?;
    let province = ctx.province();
    let period = store::period::find_by_code(conn, province, period)?;
    let period = period.ok_or(AppError::NotFound)?;
    let agency = store::agency::find_by_code(conn, province, agency)?;
    let agency = agency.ok_or(AppError::NotFound)?;
    let is_own = ctx.actor.agency.as_deref() == Some(agency.id.as_str());
    let stage = match period.state() {
        State::Final | State::Archived => "final",
        state if state >= State::Preliminary && (is_own || ctx.actor.may(Act::SeePreliminary)) => {
            "preliminary"
        }
        _ => return Err(AppError::NotFound),
    };
    let head = store::score::find_head(conn, province, &period.id, stage)?;
    let head = head.ok_or(AppError::NotFound)?;
    let row = store::score::find_score(conn, province, &head.id, &agency.id)?;
    let row = row.ok_or(AppError::NotFound)?;
    let framework = ctx.frameworks.of(conn, &period)?;
    let case = beside(ctx, conn, &period, &agency, is_own)?;
    let past = store::score::list_past(conn, province, &agency.id, &period.code, MOST_PAST)?;
    Ok(Sheet {
        period,
        agency,
        head,
        row,
        framework,
        is_own,
        case,
        past,
    })
}

fn beside(
    ctx: &Ctx,
    conn: &mut Conn,
    period: &Period,
    agency: &Agency,
    is_own: bool,
) -> Result<Option<Beside>, AppError> {
    if !is_own && !ctx.actor.may(Act::SeeHandedIn) {
        return Ok(None);
    }
    let found = store::assessment::find(conn, &ctx.actor.scope, &period.id, &agency.id)?;
    let Some(assessment) = found else {
        return Ok(None);
    };
    let objected = store::objection::list(conn, &assessment)?;
    let mut visits = store::visit::list(conn, &ctx.actor.scope, &period.id, &agency.id)?;
    visits.retain(Visit::counts);
    let verdicts = store::verdict::list_current(conn, &assessment)?;
    let may = is_own && ctx.actor.may(Act::Object);
    let open = verdicts.iter().filter(|_| may).filter_map(|row| {
        let until = objection::open_until(ctx, period, row)?;
        Some((row.indicator_code.clone(), until))
    });
    Ok(Some(Beside {
        open: open.collect(),
        verdicts,
        visits,
        evidence: store::evidence::list(conn, &assessment)?,
        objected: objected.into_iter().map(|one| one.indicator_code).collect(),
        assessment,
    }))
}

/// The quarter that a result was computed from, scored anew by the same engine.
pub fn ground(
    ctx: &Ctx,
    conn: &mut Conn,
    framework: &Arc<Framework>,
    head: &ResultHead,
) -> Result<Ground, AppError> {
    let row = store::score::find_returns(conn, ctx.province(), &head.id)?;
    let row = row.ok_or(AppError::NotFound)?;
    let broken = || StoreError::Broken("kept returns cannot be read".to_owned());
    let returns = returns::stored(framework, &row).ok_or_else(broken)?;
    Ok(Ground::of(returns))
}
