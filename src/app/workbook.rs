//! A workbook that came back filled in: kept, looked through, and its answers taken over, all or none, by the errand
//! that saves an answer on its page.

use super::answer::{Saved, Step, put, require_open, step};
use super::evidence::{Shelf, forget, require_quota};
use super::{AppError, Case, Ctx, Problem, case};
use crate::domain::access::Act;
use crate::domain::evidence::title;
use crate::store::answer::AnswerRow;
use crate::store::workbook::WorkbookRow;
use crate::store::{self, Conn, new_id};

/// What a row of a workbook would come to.
#[derive(Debug)]
pub enum Foreseen {
    /// The answer is so already.
    Same,
    /// There is no answer yet, or another one.
    Change(Option<AnswerRow>),
    /// A colleague changed the answer after the workbook was made.
    Meanwhile(AnswerRow),
    /// This row cannot be taken over.
    Wrong(Problem),
}

/// Refuses where the checklist cannot be changed now, in the words of its page.
pub fn require_changeable(ctx: &Ctx, period: &str, agency: &str) -> Result<(), AppError> {
    ctx.require(Act::Answer)?;
    let case = ctx.store.read(|conn| case(ctx, conn, period, agency))?;
    require_open(ctx, &case, case.last_hand_in_on())
}

/// Says for each row what it would come to. Nothing is changed.
pub fn foresee(
    ctx: &Ctx,
    period: &str,
    agency: &str,
    rows: &[Saved],
) -> Result<Vec<Foreseen>, AppError> {
    ctx.require(Act::Answer)?;
    ctx.store.read(|conn| {
        let case = case(ctx, conn, period, agency)?;
        require_open(ctx, &case, case.last_hand_in_on())?;
        let rows = rows.iter();
        rows.map(|saved| foreseen(ctx, conn, &case, saved))
            .collect()
    })
}

fn foreseen(ctx: &Ctx, conn: &mut Conn, case: &Case, saved: &Saved) -> Result<Foreseen, AppError> {
    match step(ctx, conn, case, saved) {
        Ok(Step::Same(_)) => Ok(Foreseen::Same),
        Ok(Step::First(_)) => Ok(Foreseen::Change(None)),
        Ok(Step::Next { before, .. }) => Ok(Foreseen::Change(Some(*before))),
        Err(AppError::Conflict) => {
            let before = store::answer::find(conn, &case.assessment, saved.indicator)?;
            Ok(Foreseen::Meanwhile(before.ok_or(AppError::Conflict)?))
        }
        Err(AppError::Invalid(problems)) => {
            let first = problems.into_iter().next();
            Ok(Foreseen::Wrong(first.ok_or(AppError::Conflict)?))
        }
        Err(AppError::Refused(key)) => Ok(Foreseen::Wrong(Problem::at("choice", key))),
        Err(AppError::NotFound) => Ok(Foreseen::Wrong(Problem::at(
            "code",
            "problem-workbook-code",
        ))),
        Err(error) => Err(error),
    }
}

/// Keeps a workbook that was looked through, until its answers are taken over; says by which id. One that the same
/// person brought before and left goes.
pub fn keep(
    ctx: &Ctx,
    shelf: &Shelf,
    (period, agency): (&str, &str),
    (name, bytes): (&str, &[u8]),
) -> Result<String, AppError> {
    ctx.require(Act::Answer)?;
    shelf
        .scan(bytes)
        .map_err(|problem| AppError::Invalid(vec![problem]))?;
    let staged = shelf.files.stage(bytes)?;
    let id = new_id();
    let size = i64::try_from(bytes.len()).unwrap_or(i64::MAX);
    let kept = ctx.store.write(|tx| {
        let case = case(ctx, tx, period, agency)?;
        require_open(ctx, &case, case.last_hand_in_on())?;
        let gone = store::workbook::remove_untaken(tx, &case.assessment, &ctx.actor.user)?;
        require_quota(shelf, tx, &case, size)?;
        staged.keep()?;
        let row = WorkbookRow {
            province_id: ctx.province().to_owned(),
            id: id.clone(),
            assessment_id: case.assessment.id.clone(),
            agency_id: case.assessment.agency_id.clone(),
            title: title(name),
            sha256: staged.sha256.clone(),
            size,
            brought_by: ctx.actor.user.clone(),
            brought_at: ctx.now,
            taken_at: None,
            changes: 0,
        };
        store::workbook::add(tx, &row)?;
        ctx.event(tx, &case.happening("workbook.brought", row.sha256))?;
        Ok(gone)
    });
    match kept {
        Ok(gone) => {
            for sha256 in gone {
                forget(ctx, shelf, &sha256);
            }
            Ok(id)
        }
        Err(error) => {
            forget(ctx, shelf, &staged.sha256);
            Err(error)
        }
    }
}

/// A workbook that was kept, and its bytes.
pub fn find(
    ctx: &Ctx,
    shelf: &Shelf,
    (period, agency): (&str, &str),
    id: &str,
) -> Result<(WorkbookRow, Vec<u8>), AppError> {
    if !ctx.actor.role.is_of_agency() {
        return Err(AppError::Forbidden);
    }
    let row = ctx.store.read(|conn| {
        let case = case(ctx, conn, period, agency)?;
        let row = store::workbook::find(conn, &case.assessment, id)?;
        row.ok_or(AppError::NotFound)
    })?;
    let bytes = shelf.files.read(&row.sha256)?.ok_or(AppError::NotFound)?;
    Ok((row, bytes))
}

/// Takes the answers of a workbook over: one transaction, every answer with its event, all of them or none. Done
/// before, it is done.
pub fn take(
    ctx: &Ctx,
    (period, agency): (&str, &str),
    id: &str,
    rows: &[Saved],
) -> Result<(), AppError> {
    ctx.require(Act::Answer)?;
    ctx.store.write(|tx| {
        let case = case(ctx, tx, period, agency)?;
        let workbook = store::workbook::find(tx, &case.assessment, id)?;
        let workbook = workbook.ok_or(AppError::NotFound)?;
        if workbook.taken_at.is_some() {
            return Ok(());
        }
        require_open(ctx, &case, case.last_hand_in_on())?;
        if !ctx.is_first(tx, "workbook.taken")? {
            return Ok(());
        }
        let mut changes = 0;
        for saved in rows {
            let step = step(ctx, tx, &case, saved)?;
            changes += i64::from(!matches!(step, Step::Same(_)));
            put(ctx, tx, &case, step)?;
        }
        store::workbook::set_taken(tx, &case.assessment, id, (ctx.now, changes))?;
        let body = format!("{} {changes}", workbook.sha256);
        ctx.event(tx, &case.happening("workbook.taken", body))
    })
}
