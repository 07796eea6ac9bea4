//! The agency's home, review and signature.

use chrono::NaiveDate;
use serde::Serialize;

use super::checklist::{Section, Sheet, sheet};
use super::{day, form_key, problems};
use crate::app::AppError;
use crate::app::assessment::{Signature, hand_in};
use crate::domain::access::Act;
use crate::domain::period::State;
use crate::store;
use crate::web::desk::Desk;
use crate::web::error::WebResult;
use crate::web::form::Input;
use crate::web::render::{Page, Problem};
use crate::web::reply::Reply;
use crate::web::url;
use crate::web::words::{Language, text};

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

/// Review and signature.
#[derive(Serialize)]
pub struct ReviewPage {
    pub action: String,
    pub key: String,
    pub period: String,
    pub checklist: String,
    pub done: i64,
    pub all: i64,
    pub evidence: i64,
    pub missing: Vec<(String, String)>,
    pub sections: Vec<Section>,
    pub signer: String,
    pub pledge: String,
    pub may_sign: bool,
    pub is_handed_in: bool,
    pub tracking_code: Option<String>,
    pub signer_name: Option<String>,
    pub handed_in_at: Option<chrono::NaiveDateTime>,
    pub letter_number: String,
    pub letter_date: String,
    pub preliminary: NaiveDate,
    pub objections_end: NaiveDate,
    pub problems: Vec<Problem>,
}

impl Page for ReviewPage {
    const TEMPLATE: &'static str = "assessment/review.html";
}

fn review_page(desk: &Desk, input: &Input) -> Result<ReviewPage, AppError> {
    let (period, agency) = (input.part("period"), input.part("agency"));
    let sheet = desk.ctx.store.read(|conn| sheet(desk, conn, input))?;
    let sections = sheet.sections(desk, (period, agency), None);
    let assessment = &sheet.case.assessment;
    let rows = sections.iter().flat_map(|section| &section.rows);
    let missing = rows.filter(|row| row.state == "manager-state-missing");
    let missing: Vec<(String, String)> = missing
        .map(|row| (row.code.clone(), url::answer(period, agency, &row.code)))
        .collect();
    let is_open = sheet.case.period.state() == State::Open
        && !desk.ctx.is_over(sheet.case.period.last_edit_on);
    Ok(ReviewPage {
        action: format!("/{period}/agencies/{agency}/hand-in"),
        key: form_key(),
        period: period.to_owned(),
        checklist: url::checklist(period, agency),
        done: sections.iter().map(|section| section.done).sum(),
        all: sections.iter().map(|section| section.all).sum(),
        evidence: sheet.evidence.len() as i64,
        may_sign: desk.ctx.actor.may(Act::Sign)
            && is_open
            && !assessment.is_handed_in()
            && missing.is_empty(),
        missing,
        sections,
        signer: desk.ctx.actor.name.clone(),
        pledge: text(Language::Fa, "manager-pledge").to_string(),
        is_handed_in: assessment.is_handed_in(),
        tracking_code: assessment.tracking_code.clone(),
        signer_name: assessment.signer_name.clone(),
        handed_in_at: assessment.handed_in_at,
        letter_number: String::new(),
        letter_date: String::new(),
        preliminary: sheet.case.period.preliminary_on,
        objections_end: sheet.case.period.objections_end_on,
        problems: Vec::new(),
    })
}

/// Shows all answers before the signature; after it, the receipt.
pub fn review(desk: &Desk, input: &Input) -> WebResult {
    desk.page(&review_page(desk, input)?)
}

/// The head signs and hands in.
pub fn submit(desk: &Desk, input: &Input) -> WebResult {
    let mut page = review_page(desk, input)?;
    let (period, agency) = (input.part("period"), input.part("agency"));
    let done = day("letter_date", input.field("letter_date"))
        .map_err(|fault| AppError::Invalid(vec![fault]))
        .and_then(|letter_date| {
            let signature = Signature {
                pledge: &page.pledge,
                is_pledged: input.is_ticked("pledge"),
                letter_number: input.field("letter_number"),
                letter_date,
            };
            hand_in(&desk.ctx, period, agency, &signature)
        });
    match done {
        Ok(_) => Ok(Reply::see_other(
            &url::review(period, agency),
            Some("manager-handed-in"),
        )),
        Err(AppError::Invalid(faults)) => {
            page.letter_number = input.field("letter_number").to_owned();
            page.letter_date = input.field("letter_date").to_owned();
            page.problems = problems(&faults);
            desk.again(&page)
        }
        Err(error) => Err(error.into()),
    }
}
