//! The log as the administrator reads it: who did what, when and from where; never what was answered.

use chrono::NaiveDate;

use super::{AppError, Ctx};
use crate::domain::access::Act;
use crate::store;
use crate::store::event::{EventRow, Happening, Wanted};

/// Events whose details are about accounts and operation. What others carry may be a claim or a verdict, and the
/// administrator sees none.
const OPEN: [&str; 11] = [
    "access.",
    "agency.",
    "letter.",
    "link.",
    "log.",
    "password.",
    "period.",
    "province.",
    "ranking.",
    "role.",
    "user.",
];

/// What somebody looks for in the log.
#[derive(Clone, Debug, Default)]
pub struct Search {
    /// The id of a person.
    pub person: Option<String>,
    pub action: Option<String>,
    pub day: Option<NaiveDate>,
}

/// The log's events that were looked for, newest first, with closed details left out.
pub fn list(ctx: &Ctx, search: &Search, skip: i64, most: i64) -> Result<Vec<EventRow>, AppError> {
    ctx.require(Act::Operate)?;
    let wanted = Wanted {
        actor: search.person.clone(),
        action: search.action.clone(),
        from: search.day.map(|day| ctx.offset.start_of_day(day)),
        until: search.day.map(|day| ctx.offset.end_of_day(day)),
    };
    let mut events = ctx
        .store
        .read(|conn| store::event::find(conn, ctx.province(), &wanted, skip, most))?;
    for event in &mut events {
        if !OPEN.iter().any(|start| event.action.starts_with(start)) {
            event.body.clear();
        }
    }
    Ok(events)
}

/// The same as a whole, to be taken away; that it was taken is an event itself.
pub fn export(ctx: &Ctx, search: &Search, most: i64) -> Result<Vec<EventRow>, AppError> {
    let events = list(ctx, search, 0, most)?;
    ctx.store.write(|tx| {
        let what = Happening {
            action: "log.exported",
            subject: "log",
            subject_id: "",
            agency: None,
            body: events.len().to_string(),
        };
        ctx.event(tx, &what)
    })?;
    Ok(events)
}
