//! Saving an answer of the checklist. Saving needs nothing to be complete; it computes no score.

use chrono::NaiveDate;

use super::before::before;
use super::{AppError, Case, Ctx, Problem, case};
use crate::domain::access::Act;
use crate::domain::answer::{self, Choice};
use crate::domain::framework::Indicator;
use crate::domain::period::State;
use crate::domain::text;
use crate::store::answer::AnswerRow;
use crate::store::{self, Conn, Tx, new_id};

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

/// What a save comes to.
pub(super) enum Step {
    /// It is so already.
    Same(AnswerRow),
    /// The first answer to the indicator.
    First(AnswerRow),
    /// Another answer than before.
    Next {
        before: Box<AnswerRow>,
        row: AnswerRow,
    },
}

/// Saves one answer. The same answer twice is one row; one changed meanwhile is a conflict.
pub fn save(ctx: &Ctx, period: &str, agency: &str, saved: &Saved) -> Result<AnswerRow, AppError> {
    ctx.require(Act::Answer)?;
    ctx.store.write(|tx| {
        let case = case(ctx, tx, period, agency)?;
        let step = step(ctx, tx, &case, saved)?;
        put(ctx, tx, &case, step)
    })
}

/// The indicator of an answer, if this agency is asked about it.
fn asked<'c>(case: &'c Case, saved: &Saved) -> Result<&'c Indicator, AppError> {
    let indicator = case.framework.indicator(saved.indicator);
    indicator
        .filter(|one| answer::is_asked(one, &case.assessment.flags()))
        .ok_or(AppError::NotFound)
}

/// Looks through an answer: what saving it would come to, or why it cannot be saved.
pub(super) fn step(
    ctx: &Ctx,
    conn: &mut Conn,
    case: &Case,
    saved: &Saved,
) -> Result<Step, AppError> {
    let indicator = asked(case, saved)?;
    let before = store::answer::find(conn, &case.assessment, saved.indicator)?;
    let is_blank = matches!(saved.choice, Choice::Blank);
    // "We have no answer" may be said as long as anything may be signed: without it nothing could be handed in.
    let last_day = match before.is_none() && is_blank {
        true => case.last_hand_in_on(),
        false => case.last_edit_on(saved.indicator),
    };
    require_open(ctx, case, last_day)?;
    // And whoever said so has no answer to edit: what follows would be a new one.
    let is_new = before
        .as_ref()
        .is_none_or(|row| row.choice == Choice::Blank.as_str());
    if is_new && !is_blank && ctx.is_over(case.last_new_on(saved.indicator)) {
        return Err(AppError::Refused("refused-last-new-over"));
    }
    let note = text::note(saved.note, LONGEST_NOTE)
        .map_err(|_| AppError::Invalid(vec![Problem::at("note", "problem-text")]))?;
    if matches!(saved.choice, Choice::NotApplicable(_)) && !indicator.is_na_allowed {
        return Err(AppError::Refused("refused-na-not-allowed"));
    }
    let mut row = row(ctx, case, saved, &note, before.as_ref());
    if saved.is_carried {
        row.carried = carried(ctx, conn, case, &row)?;
    }
    match before {
        Some(before) if is_same(&before, &row) => Ok(Step::Same(before)),
        Some(before) if before.version != saved.seen => Err(AppError::Conflict),
        Some(before) => Ok(Step::Next {
            before: Box::new(before),
            row,
        }),
        None => Ok(Step::First(row)),
    }
}

/// Writes what a save comes to, with its event.
pub(super) fn put(ctx: &Ctx, tx: &mut Tx, case: &Case, step: Step) -> Result<AnswerRow, AppError> {
    let row = match step {
        Step::Same(row) => return Ok(row),
        Step::First(row) => {
            store::answer::add(tx, &row)?;
            row
        }
        Step::Next { before, row } => {
            store::answer::set(tx, &row, before.version)?;
            row
        }
    };
    let claim = row.claim.as_deref().unwrap_or_default();
    let body = format!("{} {} {claim}", row.indicator_code, row.choice);
    ctx.event(tx, &case.happening("answer.saved", body))?;
    Ok(row)
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
    let Some((_, last)) = before(ctx, conn, case)? else {
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
