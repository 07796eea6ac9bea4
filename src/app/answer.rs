//! Saving an answer of the checklist. Saving needs nothing to be complete; it computes no score.

use chrono::NaiveDate;

use super::{AppError, Case, Ctx, Problem, case};
use crate::domain::access::Act;
use crate::domain::answer::{self, Choice};
use crate::domain::period::State;
use crate::domain::text;
use crate::store::answer::AnswerRow;
use crate::store::{self, Conn, new_id};

/// The longest note, in characters.
pub const LONGEST_NOTE: usize = 4_000;

/// What the manager saved on one indicator.
pub struct Saved<'a> {
    pub indicator: &'a str,
    pub choice: Choice,
    pub note: &'a str,
    /// Whether last quarter's answer was taken over; it counts only where it is the same.
    pub is_carried: bool,
    /// The version of the answer the form was opened with; 0 where there was none.
    pub seen: i64,
}

/// Why a checklist cannot be changed or handed in now; `last_day` is the last day of what is asked for. The only place
/// where a deadline locks.
pub(super) fn require_open(ctx: &Ctx, case: &Case, last_day: NaiveDate) -> Result<(), AppError> {
    if case.assessment.is_handed_in() {
        return Err(AppError::Refused("refused-handed-in"));
    }
    if case.period.state() != State::Open {
        return Err(AppError::Refused("refused-not-open"));
    }
    if ctx.is_over(last_day) {
        return Err(AppError::Refused("refused-last-edit-over"));
    }
    Ok(())
}

/// Saves one answer. The same answer twice is one row; one changed meanwhile is a conflict.
pub fn save(ctx: &Ctx, period: &str, agency: &str, saved: &Saved) -> Result<AnswerRow, AppError> {
    ctx.require(Act::Answer)?;
    let note = text::note(saved.note, LONGEST_NOTE)
        .map_err(|_| AppError::Invalid(vec![Problem::at("note", "problem-text")]))?;
    ctx.store.write(|tx| {
        let case = case(ctx, tx, period, agency)?;
        let indicator = case
            .framework
            .indicator(saved.indicator)
            .ok_or(AppError::NotFound)?;
        if !answer::is_asked(indicator, &case.assessment.flags()) {
            return Err(AppError::NotFound);
        }
        require_open(ctx, &case, case.last_edit_on(saved.indicator))?;
        if matches!(saved.choice, Choice::NotApplicable(_)) && !indicator.is_na_allowed {
            return Err(AppError::Refused("refused-na-not-allowed"));
        }
        let before = store::answer::find(tx, &case.assessment, saved.indicator)?;
        let mut row = row(ctx, &case, saved, &note, before.as_ref());
        if saved.is_carried {
            row.carried = carried(ctx, tx, &case, &row)?;
        }
        match before {
            Some(before) if is_same(&before, &row) => return Ok(before),
            Some(before) if before.version != saved.seen => return Err(AppError::Conflict),
            Some(before) => store::answer::set(tx, &row, before.version)?,
            None if ctx.is_over(case.last_new_on(saved.indicator)) => {
                return Err(AppError::Refused("refused-last-new-over"));
            }
            None => store::answer::add(tx, &row)?,
        }
        let claim = row.claim.as_deref().unwrap_or_default();
        let body = format!("{} {} {claim}", saved.indicator, row.choice);
        ctx.event(tx, &case.happening("answer.saved", body))?;
        Ok(row)
    })
}

fn row(ctx: &Ctx, case: &Case, saved: &Saved, note: &str, before: Option<&AnswerRow>) -> AnswerRow {
    let (claim, na_reason) = match &saved.choice {
        Choice::Claim(value) => (Some(answer::keep(*value)), None),
        Choice::Blank => (None, None),
        Choice::NotApplicable(reason) => (None, Some(reason.clone())),
    };
    AnswerRow {
        province_id: ctx.province().to_owned(),
        id: before.map_or_else(new_id, |before| before.id.clone()),
        assessment_id: case.assessment.id.clone(),
        agency_id: case.assessment.agency_id.clone(),
        indicator_code: saved.indicator.to_owned(),
        choice: saved.choice.as_str().to_owned(),
        claim,
        na_reason,
        note: note.to_owned(),
        saved_by: Some(ctx.actor.user.clone()),
        saved_at: ctx.now,
        version: before.map_or(1, |before| before.version + 1),
        carried: 0,
    }
}

/// How many quarters in a row an answer is the one of the finished quarter before.
fn carried(ctx: &Ctx, conn: &mut Conn, case: &Case, row: &AnswerRow) -> Result<i64, AppError> {
    let periods = store::period::list(conn, ctx.province())?;
    let mut periods = periods.into_iter();
    let before = periods.find(|p| p.code < case.period.code && p.state() >= State::Final);
    let Some(before) = before else { return Ok(0) };
    let scope = &ctx.actor.scope;
    let agency = &case.assessment.agency_id;
    let Some(last) = store::assessment::find(conn, scope, &before.id, agency)? else {
        return Ok(0);
    };
    let last = store::answer::find(conn, &last, &row.indicator_code)?;
    let same = last.filter(|last| last.claim.is_some() && last.claim == row.claim);
    Ok(same.map_or(0, |last| last.carried + 1))
}

fn is_same(a: &AnswerRow, b: &AnswerRow) -> bool {
    let all = |row: &AnswerRow| {
        let words = (row.choice.clone(), row.na_reason.clone(), row.note.clone());
        (row.claim.clone(), words, row.carried)
    };
    all(a) == all(b)
}
