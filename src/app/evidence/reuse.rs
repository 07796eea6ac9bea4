//! Evidence that an agency brought in an earlier quarter, taken again: the same content, marked as such.

use std::collections::HashSet;

use chrono::NaiveDate;

use super::super::{AppError, Case, Ctx, Problem, case};
use super::require_room;
use crate::domain::access::Act;
use crate::store::evidence::Evidence;
use crate::store::{self, Conn, new_id};

/// How many pieces are offered.
const MOST_OFFERED: usize = 20;

/// A piece of evidence of an earlier quarter.
#[derive(Clone, Debug)]
pub struct Earlier {
    /// The code of the quarter it was brought in.
    pub period: String,
    pub row: Evidence,
}

/// What this agency brought for an indicator in earlier quarters, newest first, each content once, without what the
/// answer has already.
pub fn earlier(
    ctx: &Ctx,
    conn: &mut Conn,
    case: &Case,
    indicator: &str,
) -> Result<Vec<Earlier>, AppError> {
    let agency = &case.assessment.agency_id;
    let rows = store::evidence::list_of_agency(conn, ctx.province(), agency, indicator)?;
    let content = |row: &Evidence| row.sha256.clone().or_else(|| row.link.clone());
    let now = rows
        .iter()
        .filter(|(period, _)| *period == case.period.code);
    let mut known: HashSet<_> = now.map(|(_, row)| content(row)).collect();
    let mut offered = Vec::new();
    for (period, row) in rows {
        let is_earlier = period < case.period.code && offered.len() < MOST_OFFERED;
        if is_earlier && known.insert(content(&row)) {
            offered.push(Earlier { period, row });
        }
    }
    Ok(offered)
}

/// Takes a piece of an earlier quarter again, for the days that are given.
pub fn reuse(
    ctx: &Ctx,
    (period, agency): (&str, &str),
    indicator: &str,
    id: &str,
    (from, to): (Option<NaiveDate>, Option<NaiveDate>),
) -> Result<(), AppError> {
    ctx.require(Act::Answer)?;
    if id.is_empty() {
        return Err(AppError::Invalid(vec![Problem::at(
            "earlier",
            "problem-choose",
        )]));
    }
    ctx.store.write(|tx| {
        let case = case(ctx, tx, period, agency)?;
        if !ctx.is_first(tx, "evidence.reused")? {
            return Ok(());
        }
        let offered = earlier(ctx, tx, &case, indicator)?.into_iter();
        let mut chosen = offered.filter(|one| one.row.id == id);
        let Earlier { period, row } = chosen.next().ok_or(AppError::NotFound)?;
        let row = Evidence {
            id: new_id(),
            assessment_id: case.assessment.id.clone(),
            effective_from: from.or(row.effective_from),
            effective_to: to.or(row.effective_to),
            objection_id: None,
            added_by: ctx.actor.user.clone(),
            added_at: ctx.now,
            reused_from: Some(period.clone()),
            ..row
        };
        require_room(ctx, tx, &case, &row)?;
        store::evidence::add(tx, &row)?;
        let what = row.sha256.as_deref().unwrap_or("link");
        let body = format!("{} {} {what} {period}", row.indicator_code, row.kind);
        ctx.event(tx, &case.happening("evidence.reused", body))
    })
}
