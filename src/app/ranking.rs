//! The ranking of a quarter as kept: who may read which result, and its export.

use std::collections::HashMap;
use std::sync::Arc;

use super::{AppError, Ctx};
use crate::domain::access::Act;
use crate::domain::framework::Framework;
use crate::domain::period::State;
use crate::domain::ranking::Stand;
use crate::store::event::Happening;
use crate::store::period::Period;
use crate::store::province::County;
use crate::store::score::{ResultHead, ScoreLine, Stood};
use crate::store::{self, Conn};

/// A result that this person may read, and the final one before it.
pub struct Ranking {
    pub period: Period,
    pub head: ResultHead,
    pub before: Option<ResultHead>,
    pub framework: Arc<Framework>,
}

/// All that a list prints.
pub struct Rows {
    pub lines: Vec<ScoreLine>,
    /// Where each agency stood in the quarter before, by its id.
    pub before: HashMap<String, Stood>,
    pub counties: Vec<County>,
}

/// The stage of a period that this person may read of all agencies. Before it is final there is nothing to know for
/// others, not even that there is something.
pub fn stage(ctx: &Ctx, period: &Period) -> Result<&'static str, AppError> {
    ctx.require(Act::SeeRanking)?;
    match period.state() {
        State::Final | State::Archived => Ok("final"),
        _ if ctx.actor.may(Act::SeePreliminary) => Ok("preliminary"),
        _ => Err(AppError::NotFound),
    }
}

/// The newest result of a period that this person may read of all agencies.
pub fn find(ctx: &Ctx, conn: &mut Conn, code: &str) -> Result<Ranking, AppError> {
    ctx.require(Act::SeeRanking)?;
    let province = ctx.province();
    let period = store::period::find_by_code(conn, province, code)?.ok_or(AppError::NotFound)?;
    let stage = stage(ctx, &period)?;
    let head = store::score::find_head(conn, province, &period.id, stage)?;
    let head = head.ok_or(AppError::NotFound)?;
    let before = store::score::find_head_before(conn, province, &period.code)?;
    let framework = ctx.frameworks.of(conn, &period)?;
    Ok(Ranking {
        period,
        head,
        before,
        framework,
    })
}

/// The lines of a ranking with what they are compared with.
pub fn rows(ctx: &Ctx, conn: &mut Conn, of: &Ranking) -> Result<Rows, AppError> {
    let province = ctx.province();
    let before = match &of.before {
        Some(before) => store::score::list_stood(conn, province, &before.id)?,
        None => Vec::new(),
    };
    Ok(Rows {
        lines: store::score::list_lines(conn, province, &of.head.id)?,
        before: before
            .into_iter()
            .map(|stood| (stood.agency_id.clone(), stood))
            .collect(),
        counties: store::province::list_counties(conn, province)?,
    })
}

impl Rows {
    /// Where an agency stood in the quarter before.
    pub fn stood(&self, line: &ScoreLine) -> Option<Stand> {
        let stood = self.before.get(&line.agency_id)?;
        Stand::of(stood.rank, stood.rank_low, stood.rank_high)
    }
}

/// Gives the ranking out as a file; the log says who took it.
pub fn export(ctx: &Ctx, code: &str) -> Result<(Ranking, Rows), AppError> {
    let found = ctx.store.read(|conn| {
        let ranking = find(ctx, conn, code)?;
        let rows = rows(ctx, conn, &ranking)?;
        Ok::<_, AppError>((ranking, rows))
    })?;
    let (ranking, _) = &found;
    ctx.store.write(|tx| {
        let what = Happening {
            action: "ranking.exported",
            subject: "period",
            subject_id: &ranking.period.id,
            agency: None,
            body: format!("{} {}", ranking.head.stage, ranking.head.number),
        };
        ctx.event(tx, &what)
    })?;
    Ok(found)
}
