//! The days on which people are reminded, for the planning office.

use serde::Serialize;

use super::{form_key, problems};
use crate::app::AppError;
use crate::app::reminder::{Typed, days, set_days};
use crate::domain::access::Act;
use crate::domain::number::to_persian;
use crate::domain::reminder::keep_days;
use crate::web::desk::Desk;
use crate::web::error::WebResult;
use crate::web::form::Input;
use crate::web::render::{Page, Problem};
use crate::web::reply::Reply;
use crate::web::url;
use crate::web::words::Language;

/// The three lists of days.
#[derive(Serialize)]
pub struct ReminderDaysPage {
    pub key: String,
    pub letters: String,
    pub before: String,
    pub head_after: String,
    pub office_after: String,
    pub problems: Vec<Problem>,
}

impl Page for ReminderDaysPage {
    const TEMPLATE: &'static str = "letter/days.html";
}

fn page(desk: &Desk) -> Result<ReminderDaysPage, AppError> {
    desk.ctx.require(Act::Administer)?;
    let days = desk.ctx.store.read(|conn| days(&desk.ctx, conn))?;
    let read = |days: &[i32]| match desk.hall.language {
        Language::Fa => to_persian(&keep_days(days)),
        Language::En => keep_days(days),
    };
    Ok(ReminderDaysPage {
        key: form_key(),
        letters: url::LETTERS.to_owned(),
        before: read(&days.before),
        head_after: read(&days.head_after),
        office_after: read(&days.office_after),
        problems: Vec::new(),
    })
}

/// The form with the days as they are.
pub fn edit(desk: &Desk, _: &Input) -> WebResult {
    desk.page(&page(desk)?)
}

/// Sets the days.
pub fn update(desk: &Desk, input: &Input) -> WebResult {
    let typed = Typed {
        before: input.field("before"),
        head_after: input.field("head_after"),
        office_after: input.field("office_after"),
    };
    match set_days(&desk.ctx, &typed) {
        Ok(()) => Ok(Reply::see_other(url::REMINDERS, Some("shell-saved"))),
        Err(AppError::Invalid(faults)) => {
            let mut page = page(desk)?;
            page.before = typed.before.to_owned();
            page.head_after = typed.head_after.to_owned();
            page.office_after = typed.office_after.to_owned();
            page.problems = problems(&faults);
            desk.again(&page)
        }
        Err(error) => Err(error.into()),
    }
}
