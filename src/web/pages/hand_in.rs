//! Handing in: everything the agency said on one page, the pledge, the signature, and the receipt after it.

use chrono::{NaiveDate, NaiveDateTime};
use serde::Serialize;

use super::checklist::{Row, Section, Sheet, sheet};
use super::doubt::{Doubt, doubts};
use super::last_time::{Before, before};
use super::{day, form_key, problems};
use crate::app::AppError;
use crate::app::assessment::{Signature, sign};
use crate::domain::access::Act;
use crate::domain::answer::kept;
use crate::domain::period::State;
use crate::store::{self, Conn};
use crate::web::desk::Desk;
use crate::web::error::{WebError, WebResult};
use crate::web::form::Input;
use crate::web::limit::MOST_PER_ACCOUNT;
use crate::web::render::{Page, Problem};
use crate::web::reply::Reply;
use crate::web::url;
use crate::web::words::{Language, text};

/// One answer as it is reviewed.
#[derive(Serialize)]
pub struct ReviewRow {
    pub code: String,
    pub title: String,
    pub href: String,
    pub state: String,
    pub tone: String,
    pub icon: String,
    pub said: Option<String>,
    /// Why it is not applicable, and the note to the auditor.
    pub na_reason: String,
    pub note: String,
    pub evidence: i64,
    /// What was said last quarter, where it was something else.
    pub before: Option<String>,
    pub is_unlike: bool,
    /// How many quarters in a row it was carried over.
    pub carried: i64,
}

/// A dimension under review.
#[derive(Serialize)]
pub struct ReviewSection {
    pub title: String,
    pub rows: Vec<ReviewRow>,
}

/// What a hand-in leaves behind.
#[derive(Serialize)]
pub struct Receipt {
    pub tracking_code: String,
    pub signer: String,
    pub at: Option<NaiveDateTime>,
    pub is_late: bool,
    pub pledge: String,
    pub letter_number: Option<String>,
    pub letter_date: Option<NaiveDate>,
    /// The event of the log, and its fingerprint, by which anybody can prove it later.
    pub event: Option<i64>,
    pub fingerprint: String,
}

/// Review and signature; after it the receipt.
#[derive(Serialize)]
pub struct HandInPage {
    pub action: String,
    pub key: String,
    pub period: String,
    pub agency: String,
    pub home: String,
    pub checklist: String,
    pub extensions: String,
    pub done: i64,
    pub all: i64,
    pub blank: i64,
    pub not_applicable: i64,
    pub evidence: i64,
    pub missing: Vec<Row>,
    /// Codes and links of answers unlike those of last quarter.
    pub unlike: Vec<(String, String)>,
    /// Answers that do not go together.
    pub doubts: Vec<Doubt>,
    pub last_period: Option<String>,
    pub sections: Vec<ReviewSection>,
    pub signer: String,
    pub pledge: String,
    pub is_open: bool,
    pub is_signer: bool,
    pub may_sign: bool,
    pub may_change: bool,
    pub receipt: Option<Receipt>,
    pub letter_number: String,
    pub letter_date: String,
    pub deadline: NaiveDate,
    pub last_edit: NaiveDate,
    pub preliminary: NaiveDate,
    pub objections_end: NaiveDate,
    pub problems: Vec<Problem>,
}

impl Page for HandInPage {
    const TEMPLATE: &'static str = "assessment/review.html";
}

fn page(desk: &Desk, input: &Input) -> Result<HandInPage, AppError> {
    let codes = (input.part("period"), input.part("agency"));
    let (sheet, last, receipt) = desk.ctx.store.read(|conn| {
        let sheet = sheet(desk, conn, input)?;
        let before = before(desk, conn, &sheet.case)?;
        let receipt = receipt(desk, conn, &sheet)?;
        Ok::<_, AppError>((sheet, before, receipt))
    })?;
    let period = &sheet.case.period;
    let is_over = desk.ctx.is_over(sheet.case.last_hand_in_on());
    let is_open = period.state() == State::Open && !is_over && receipt.is_none();
    let rows = sheet.sections(desk, codes, None);
    let (done, all) = rows
        .iter()
        .fold((0, 0), |(done, all), one| (done + one.done, all + one.all));
    let missing = missing(&rows);
    let sections = sections(desk, &sheet, last.as_ref(), codes);
    let unlike = sections.iter().flat_map(|section| &section.rows);
    let unlike = unlike
        .filter(|row| row.is_unlike)
        .map(|row| (row.code.clone(), row.href.clone()));
    let chosen = |choice: &str| {
        let same = sheet.answers.iter().filter(|row| row.choice == choice);
        same.count() as i64
    };
    let is_signer = desk.ctx.actor.may(Act::Sign);
    Ok(HandInPage {
        action: format!("/{}/agencies/{}/hand-in", codes.0, codes.1),
        key: form_key(),
        period: codes.0.to_owned(),
        agency: desk.unit(),
        home: url::HOME.to_owned(),
        checklist: url::checklist(codes.0, codes.1),
        extensions: url::extensions(codes.0, codes.1),
        done,
        all,
        blank: chosen("blank"),
        not_applicable: chosen("not_applicable"),
        evidence: sheet.evidence.len() as i64,
        unlike: unlike.collect(),
        doubts: doubts(desk, &sheet, &sheet, codes),
        last_period: last.map(|last| last.period),
        sections,
        signer: desk.ctx.actor.name.clone(),
        pledge: text(Language::Fa, "manager-pledge").to_string(),
        is_open,
        is_signer,
        may_sign: is_signer && is_open && missing.is_empty(),
        may_change: is_open && desk.ctx.actor.may(Act::Answer),
        missing,
        receipt,
        letter_number: String::new(),
        letter_date: String::new(),
        deadline: sheet.case.deadline_on(),
        last_edit: sheet.case.last_hand_in_on(),
        preliminary: period.preliminary_on,
        objections_end: period.objections_end_on,
        problems: Vec::new(),
    })
}

fn missing(sections: &[Section]) -> Vec<Row> {
    let rows = sections.iter().flat_map(|section| section.rows.clone());
    rows.filter(|row| row.state == "manager-state-missing")
        .collect()
}

fn sections(
    desk: &Desk,
    sheet: &Sheet,
    last: Option<&Before>,
    codes: (&str, &str),
) -> Vec<ReviewSection> {
    let all = sheet.sections(desk, codes, None).into_iter();
    let reviewed = all.map(|section| ReviewSection {
        title: section.title,
        rows: section
            .rows
            .into_iter()
            .filter(|row| row.href.is_some())
            .map(|row| review_row(desk, sheet, last, row))
            .collect(),
    });
    reviewed
        .filter(|section| !section.rows.is_empty())
        .collect()
}

fn review_row(desk: &Desk, sheet: &Sheet, last: Option<&Before>, row: Row) -> ReviewRow {
    let answer = sheet.answer(&row.code);
    let claim = answer.and_then(|answer| kept(answer.claim.as_deref()?));
    let indicator = sheet.case.framework.indicator(&row.code);
    let is_unlike = indicator
        .zip(last)
        .is_some_and(|(indicator, last)| last.is_unlike(indicator, claim));
    let before = last.and_then(|last| last.of(desk, &row.code)?.claim);
    let evidence = sheet.evidence.iter();
    let evidence = evidence.filter(|one| one.indicator_code == row.code);
    let na_reason = answer.and_then(|answer| answer.na_reason.clone());
    ReviewRow {
        evidence: evidence.count() as i64,
        before: before.filter(|before| Some(before) != row.said.as_ref()),
        is_unlike,
        carried: answer.map_or(0, |answer| answer.carried),
        na_reason: na_reason.unwrap_or_default(),
        note: answer.map(|answer| answer.note.clone()).unwrap_or_default(),
        code: row.code,
        title: row.title,
        href: row.href.unwrap_or_default(),
        state: row.state,
        tone: row.tone,
        icon: row.icon,
        said: row.said,
    }
}

fn receipt(desk: &Desk, conn: &mut Conn, sheet: &Sheet) -> Result<Option<Receipt>, AppError> {
    let signed = &sheet.case.assessment;
    if !signed.is_handed_in() {
        return Ok(None);
    }
    let events = store::event::list_of(conn, desk.ctx.province(), "assessment", &signed.id)?;
    let mut events = events.into_iter();
    let event = events.find(|event| event.action == "assessment.handed_in");
    Ok(Some(Receipt {
        tracking_code: signed.tracking_code.clone().unwrap_or_default(),
        signer: signed.signer_name.clone().unwrap_or_default(),
        at: signed.handed_in_at,
        is_late: signed.is_late,
        pledge: signed.pledge.clone().unwrap_or_default(),
        letter_number: signed.letter_number.clone(),
        letter_date: signed.letter_date,
        event: event.as_ref().map(|event| event.number),
        fingerprint: event.map(|event| event.leaf_hash).unwrap_or_default(),
    }))
}

/// Shows all answers before the signature; after it, the receipt.
pub fn show(desk: &Desk, input: &Input) -> WebResult {
    desk.page(&page(desk, input)?)
}

/// The head signs and hands in.
pub fn create(desk: &Desk, input: &Input) -> WebResult {
    let mut page = page(desk, input)?;
    let (period, agency) = (input.part("period"), input.part("agency"));
    // Counted before it is tried, as at the door.
    let tries = format!("signature {}", desk.ctx.actor.user);
    let limits = &desk.hall.state.limits;
    limits
        .take(&tries, MOST_PER_ACCOUNT, desk.ctx.now)
        .map_err(WebError::TooMany)?;
    let letter_date = day("letter_date", input.field("letter_date"));
    let wrong_day = letter_date.as_ref().err().cloned();
    let signature = Signature {
        pledge: &page.pledge,
        is_pledged: input.is_ticked("pledge"),
        letter_number: input.field("letter_number"),
        letter_date: letter_date.unwrap_or_default(),
    };
    let signed = match wrong_day {
        Some(fault) => Err(AppError::Invalid(vec![fault])),
        None => sign(
            &desk.ctx,
            period,
            agency,
            &signature,
            input.field("password"),
        ),
    };
    match signed {
        Ok(_) => {
            limits.clear(&tries);
            Ok(Reply::see_other(
                &url::review(period, agency),
                Some("manager-handed-in"),
            ))
        }
        Err(AppError::Invalid(faults)) => {
            // A wrong day or a missing pledge is no guess at a password.
            if faults.iter().all(|fault| fault.field != "password") {
                limits.give_back(&tries);
            }
            page.letter_number = input.field("letter_number").to_owned();
            page.letter_date = input.field("letter_date").to_owned();
            page.problems = problems(&faults);
            desk.again(&page)
        }
        Err(error) => Err(error.into()),
    }
}
