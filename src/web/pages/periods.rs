//! The list of periods, and the next one: generated, with its dates to look at before it is made.

use chrono::NaiveDate;
use serde::Serialize;

use super::form_key;
use super::period::{state_key, title};
use crate::app::AppError;
use crate::app::period::{create as create_period, holidays, next_quarter};
use crate::domain::access::Act;
use crate::domain::calendar::{JalaliDate, RoundDates, RoundSettings};
use crate::store;
use crate::web::desk::Desk;
use crate::web::error::WebResult;
use crate::web::form::Input;
use crate::web::render::Page;
use crate::web::reply::Reply;
use crate::web::url;

/// One period in the list.
#[derive(Clone, Debug, Serialize)]
pub struct PeriodRow {
    pub code: String,
    pub title: String,
    pub href: String,
    pub state: String,
    pub deadline: NaiveDate,
    pub is_imported: bool,
}

/// All periods.
#[derive(Serialize)]
pub struct PeriodsPage {
    pub key: String,
    pub periods: Vec<PeriodRow>,
    pub next_title: String,
    /// The dates the next period would have.
    pub next_dates: Vec<(String, NaiveDate)>,
    /// A year without holidays, so that its dates would be wrong.
    pub year_without_holidays: Option<i32>,
    pub draft: &'static str,
}

impl Page for PeriodsPage {
    const TEMPLATE: &'static str = "period/index.html";
}

/// The list of periods.
pub fn index(desk: &Desk, _: &Input) -> WebResult {
    desk.ctx.require(Act::Administer)?;
    let (periods, next, known) = desk.ctx.store.read(|conn| {
        let periods = store::period::list(conn, desk.ctx.province())?;
        let next = next_quarter(&desk.ctx, conn)?;
        Ok::<_, AppError>((periods, next, holidays(&desk.ctx, conn)?))
    })?;
    let rows = periods.iter().map(|period| PeriodRow {
        code: period.code.clone(),
        title: title(desk, &period.code),
        href: url::period(&period.code),
        state: state_key(period.state()),
        deadline: period.deadline_on,
        is_imported: period.is_imported,
    });
    let dates = RoundDates::lay(next, &known, &RoundSettings::default());
    let years = [dates.opens, dates.final_result].map(|day| JalaliDate::of(day).year());
    let next_dates = [
        ("office-date-frozen", dates.profiles_frozen),
        ("office-date-opens", dates.opens),
        ("office-date-deadline", dates.shown_deadline),
        ("office-date-last-new", dates.last_new_answer),
        ("office-date-last-edit", dates.last_edit),
        ("office-date-preliminary", dates.preliminary),
        ("office-date-objections", dates.objections_to),
        ("office-date-re-review", dates.re_review_to),
        ("office-date-committee", dates.committee_to),
        ("office-date-final", dates.final_result),
    ];
    desk.page(&PeriodsPage {
        key: form_key(),
        periods: rows.collect(),
        next_title: title(desk, &next.to_string()),
        draft: url::DRAFT,
        next_dates: next_dates.map(|(key, day)| (key.to_owned(), day)).to_vec(),
        year_without_holidays: years.into_iter().find(|year| !known.knows_year(*year)),
    })
}

/// Creates the next quarter.
pub fn create(desk: &Desk, _: &Input) -> WebResult {
    let code = create_period(&desk.ctx)?;
    Ok(Reply::see_other(
        &url::period(&code),
        Some("office-created"),
    ))
}
