//! The agency's home.

use chrono::NaiveDate;
use serde::Serialize;

use super::checklist::{Section, Sheet, sheet};
use crate::app::AppError;
use crate::domain::period::State;
use crate::store;
use crate::web::desk::Desk;
use crate::web::error::WebResult;
use crate::web::form::Input;
use crate::web::render::Page;
use crate::web::url;

/// An item that was sent back.
#[derive(Clone, Debug, Serialize)]
pub struct Returned {
    pub code: String,
    pub href: String,
    pub question: String,
    pub due_on: NaiveDate,
}

/// The last final result of the agency.
#[derive(Clone, Debug, Serialize)]
pub struct LastResult {
    pub period: String,
    pub score_c: Option<i64>,
    pub grade: Option<String>,
    pub rank: Option<i64>,
    pub rank_of: Option<i64>,
    pub href: String,
}

/// Home of manager, deputy and head.
#[derive(Serialize)]
pub struct AgencyHomePage {
    pub period: String,
    pub is_open: bool,
    pub days: i64,
    pub left: i64,
    pub done: i64,
    pub all: i64,
    pub deadline: NaiveDate,
    pub last_edit: NaiveDate,
    pub preliminary: NaiveDate,
    pub objections_end: NaiveDate,
    pub final_on: NaiveDate,
    pub opened: NaiveDate,
    pub is_handed_in: bool,
    pub tracking_code: Option<String>,
    pub handed_in_at: Option<chrono::NaiveDateTime>,
    pub next: Option<String>,
    pub next_href: String,
    pub checklist: String,
    pub review: String,
    pub returned: Vec<Returned>,
    pub sections: Vec<Section>,
    pub last: Option<LastResult>,
}

impl Page for AgencyHomePage {
    const TEMPLATE: &'static str = "assessment/home.html";
}

/// The home of an agency in a period.
pub fn home(desk: &Desk, period: &str, agency: &str) -> WebResult {
    let path = [("period", period), ("agency", agency)];
    let path = path.map(|(name, value)| (name.to_owned(), value.to_owned()));
    let none = std::collections::HashMap::new;
    let input = Input::of(path.into(), none(), none(), None);
    let (sheet, last) = desk.ctx.store.read(|conn| {
        let sheet = sheet(desk, conn, &input)?;
        let last = last_result(desk, conn, &sheet, agency)?;
        Ok::<_, AppError>((sheet, last))
    })?;
    let sections = sheet.sections(desk, (period, agency), None);
    let done: i64 = sections.iter().map(|section| section.done).sum();
    let all: i64 = sections.iter().map(|section| section.all).sum();
    let next = sheet.next_missing().map(|one| one.code.clone());
    let dates = &sheet.case.period;
    let next_href = next
        .as_deref()
        .map(|code| url::answer(period, agency, code));
    desk.page(&AgencyHomePage {
        period: period.to_owned(),
        is_open: dates.state() == State::Open,
        days: (dates.deadline_on - desk.ctx.today()).num_days().max(0),
        left: all - done,
        done,
        all,
        deadline: dates.deadline_on,
        last_edit: dates.last_edit_on,
        preliminary: dates.preliminary_on,
        objections_end: dates.objections_end_on,
        final_on: dates.final_on,
        opened: dates.opens_on,
        is_handed_in: sheet.case.assessment.is_handed_in(),
        tracking_code: sheet.case.assessment.tracking_code.clone(),
        handed_in_at: sheet.case.assessment.handed_in_at,
        next_href: next_href.unwrap_or_else(|| url::review(period, agency)),
        next,
        checklist: url::checklist(period, agency),
        review: url::review(period, agency),
        returned: returned(&sheet, period, agency),
        sections,
        last,
    })
}

fn returned(sheet: &Sheet, period: &str, agency: &str) -> Vec<Returned> {
    let open = sheet
        .queries
        .iter()
        .filter(|query| query.answered_at.is_none());
    open.map(|query| Returned {
        code: query.indicator_code.clone(),
        href: url::answer(period, agency, &query.indicator_code),
        question: query.question.clone(),
        due_on: query.due_on,
    })
    .collect()
}

fn last_result(
    desk: &Desk,
    conn: &mut store::Conn,
    sheet: &Sheet,
    agency: &str,
) -> Result<Option<LastResult>, AppError> {
    let province = desk.ctx.province();
    let all = store::period::list(conn, province)?;
    let before = all
        .into_iter()
        .find(|p| p.code < sheet.case.period.code && p.state() >= State::Final);
    let Some(before) = before else {
        return Ok(None);
    };
    let Some(result) = store::score::find_latest(conn, province, &before.id, "final")? else {
        return Ok(None);
    };
    let id = &sheet.case.assessment.agency_id;
    let row = store::score::find_score(conn, province, &result.id, id)?;
    Ok(row.map(|row| LastResult {
        href: url::score(&before.code, agency),
        period: before.code,
        score_c: row.score_c,
        grade: row.grade,
        rank: row.rank,
        rank_of: row.rank_of,
    }))
}
