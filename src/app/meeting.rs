//! Follow-up meetings: called, held, their minutes closed.

use chrono::NaiveDate;

use super::{AppError, Ctx, Problem};
use crate::domain::access::Act;
use crate::domain::text;
use crate::store::event::Happening;
use crate::store::meeting::Meeting;
use crate::store::{self, Tx, new_id};

/// Calls a meeting for a day.
pub fn call(ctx: &Ctx, held_on: Option<NaiveDate>) -> Result<String, AppError> {
    ctx.require(Act::Resolve)?;
    let problem = || AppError::Invalid(vec![Problem::at("held_on", "problem-date")]);
    let held_on = held_on.ok_or_else(problem)?;
    ctx.store.write(|tx| {
        let all = store::meeting::list(tx, ctx.province())?;
        if let Some(same) = all.iter().find(|meeting| meeting.held_on == held_on) {
            return Ok(same.id.clone());
        }
        let meeting = Meeting {
            province_id: ctx.province().to_owned(),
            id: new_id(),
            held_on,
            attendance: String::new(),
            minutes: String::new(),
            closed_at: None,
            created_by: ctx.actor.user.clone(),
            created_at: ctx.now,
            version: 1,
        };
        store::meeting::add(tx, &meeting)?;
        log(ctx, tx, "meeting.called", &meeting.id)?;
        Ok(meeting.id)
    })
}

fn log(ctx: &Ctx, tx: &mut Tx, action: &str, id: &str) -> Result<(), AppError> {
    let what = Happening {
        action,
        subject: "meeting",
        subject_id: id,
        agency: None,
        body: String::new(),
    };
    ctx.event(tx, &what)
}

/// What is written down at a meeting.
pub struct Minutes<'a> {
    pub attendance: &'a str,
    pub minutes: &'a str,
    /// The version of the page; an older one loses against what was written since.
    pub seen: i64,
    pub is_closing: bool,
}

/// Writes attendance and minutes; closed minutes are never changed.
pub fn write(ctx: &Ctx, id: &str, of: &Minutes) -> Result<(), AppError> {
    ctx.require(Act::Resolve)?;
    let read = |field: &str, typed: &str| {
        text::note(typed, 20_000)
            .map_err(|_| AppError::Invalid(vec![Problem::at(field, "problem-text")]))
    };
    let attendance = read("attendance", of.attendance)?;
    let minutes = read("minutes", of.minutes)?;
    ctx.store.write(|tx| {
        let found = store::meeting::find(tx, ctx.province(), id)?;
        let meeting = found.ok_or(AppError::NotFound)?;
        if meeting.closed_at.is_some() {
            return Err(AppError::Refused("refused-minutes-closed"));
        }
        if meeting.version != of.seen {
            return Err(AppError::Conflict);
        }
        if of.is_closing && ctx.today() < meeting.held_on {
            return Err(AppError::Refused("refused-meeting-ahead"));
        }
        let closed_at = of.is_closing.then_some(ctx.now);
        store::meeting::set_minutes(tx, &meeting, &attendance, &minutes, closed_at)?;
        let action = if of.is_closing {
            "meeting.closed"
        } else {
            "meeting.written"
        };
        log(ctx, tx, action, id)
    })
}
