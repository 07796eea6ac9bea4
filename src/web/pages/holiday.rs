//! The official holidays of a year, as the office knows them.

use chrono::NaiveDate;
use serde::Serialize;

use super::{form_key, problems};
use crate::app::AppError;
use crate::app::holiday::{Entry, Touched, enter, remove, verify};
use crate::domain::access::Act;
use crate::domain::calendar::{JalaliDate, WorkingWeek};
use crate::store;
use crate::web::desk::Desk;
use crate::web::error::WebResult;
use crate::web::form::Input;
use crate::web::render::{Page, Problem};
use crate::web::reply::Reply;
use crate::web::url;

/// One holiday.
#[derive(Clone, Debug, Serialize)]
pub struct HolidayLine {
    pub day: NaiveDate,
    /// The day as the form sends it back.
    pub typed: String,
    pub title: String,
    pub is_verified: bool,
    /// Offices are closed that day anyhow.
    pub is_weekend: bool,
}

/// The page.
#[derive(Serialize)]
pub struct HolidaysPage {
    pub key: String,
    pub year: i32,
    pub years: Vec<(i32, String)>,
    pub lines: Vec<HolidayLine>,
    pub unverified: i64,
    pub day: String,
    pub title_fa: String,
    pub title_en: String,
    pub is_verified: bool,
    pub problems: Vec<Problem>,
}

impl Page for HolidaysPage {
    const TEMPLATE: &'static str = "holiday/index.html";
}

fn page(desk: &Desk, input: &Input) -> Result<HolidaysPage, AppError> {
    desk.ctx.require(Act::Administer)?;
    let rows = desk
        .ctx
        .store
        .read(|conn| store::province::list_holidays(conn, desk.ctx.province()))?;
    let today = JalaliDate::of(desk.ctx.today()).year();
    let asked = input.query.get("year").and_then(|year| year.parse().ok());
    let year: i32 = asked.unwrap_or(today);
    let year_of = |day: NaiveDate| JalaliDate::of(day).year();
    let mut years: Vec<i32> = rows.iter().map(|row| year_of(row.day)).collect();
    years.extend([today, today + 1]);
    years.sort_unstable();
    years.dedup();
    let own = rows.iter().filter(|row| year_of(row.day) == year);
    let lines = own.map(|row| {
        let day = JalaliDate::of(row.day);
        HolidayLine {
            day: row.day,
            typed: day.slash_latin(),
            title: desk.choose(&row.title_fa, &row.title_en).to_owned(),
            is_verified: row.is_verified,
            is_weekend: !WorkingWeek::default().works_on(day.weekday()),
        }
    });
    let lines: Vec<HolidayLine> = lines.collect();
    let address = |year: i32| (year, format!("{}?year={year}", url::HOLIDAYS));
    Ok(HolidaysPage {
        key: form_key(),
        year,
        years: years.into_iter().map(address).collect(),
        unverified: lines.iter().filter(|line| !line.is_verified).count() as i64,
        lines,
        day: String::new(),
        title_fa: String::new(),
        title_en: String::new(),
        is_verified: false,
        problems: Vec::new(),
    })
}

/// Shows the holidays of a year.
pub fn index(desk: &Desk, input: &Input) -> WebResult {
    desk.page(&page(desk, input)?)
}

/// Enters, verifies or takes away a holiday.
pub fn create(desk: &Desk, input: &Input) -> WebResult {
    let day = input.field("day");
    let done = match input.field("deed") {
        "verify" => verify(&desk.ctx, day),
        "remove" => remove(&desk.ctx, day),
        _ => enter(
            &desk.ctx,
            &Entry {
                day,
                title_fa: input.field("title_fa"),
                title_en: input.field("title_en"),
                is_verified: input.is_ticked("is_verified"),
            },
        ),
    };
    match done {
        Ok(touched) => {
            let notice = match touched {
                Touched::No => "shell-saved",
                Touched::RunningPeriod => "office-holiday-touches",
            };
            let year = JalaliDate::parse(day).map(JalaliDate::year);
            let to = year.map_or_else(
                |_| url::HOLIDAYS.to_owned(),
                |year| format!("{}?year={year}", url::HOLIDAYS),
            );
            Ok(Reply::see_other(&to, Some(notice)))
        }
        Err(AppError::Invalid(faults)) => {
            let mut page = page(desk, input)?;
            page.day = day.to_owned();
            page.title_fa = input.field("title_fa").to_owned();
            page.title_en = input.field("title_en").to_owned();
            page.is_verified = input.is_ticked("is_verified");
            page.problems = problems(&faults);
            desk.again(&page)
        }
        Err(error) => Err(error.into()),
    }
}
