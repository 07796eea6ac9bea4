//! What a workbook would change, from what to what, and the deed that takes it over.

use actix_web::http::StatusCode;
use chrono::NaiveDateTime;
use serde::Serialize;

use super::entry::Entry;
use super::{Brought, brought};
use crate::app::AppError;
use crate::app::workbook::{self as errand, Foreseen};
use crate::domain::access::Act;
use crate::domain::answer::{Choice, keep};
use crate::domain::framework::Indicator;
use crate::domain::returns::Value;
use crate::store;
use crate::store::answer::AnswerRow;
use crate::store::workbook::WorkbookRow;
use crate::web::desk::{Desk, html};
use crate::web::error::WebResult;
use crate::web::form::Input;
use crate::web::pages::doubt::{Doubt, Said, doubts};
use crate::web::pages::evidence::shelf;
use crate::web::pages::framework_text::FrameworkText;
use crate::web::pages::{form_key, period};
use crate::web::render::Page;
use crate::web::reply::Reply;
use crate::web::url;

/// An answer in words.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Spoken {
    /// The word key of its state, where it is no value.
    pub state: Option<String>,
    pub said: Option<String>,
    pub reason: String,
    pub note: String,
}

/// A colleague's answer that came after the workbook was made.
#[derive(Clone, Debug, Serialize)]
pub struct Meanwhile {
    pub name: String,
    pub at: NaiveDateTime,
    pub version: i64,
}

/// One answer that the workbook changes.
#[derive(Clone, Debug, Serialize)]
pub struct ChangeLine {
    pub row: u32,
    pub code: String,
    pub title: String,
    pub old: Option<Spoken>,
    pub new: Spoken,
    pub meanwhile: Option<Meanwhile>,
}

/// What a workbook would change.
#[derive(Serialize)]
pub struct WorkbookCheckPage {
    pub period: String,
    pub back: String,
    pub action: String,
    pub key: String,
    pub title: String,
    pub changes: Vec<ChangeLine>,
    /// How many of them a colleague changed meanwhile.
    pub meanwhile: i64,
    pub same: i64,
    /// Answers that will not go together.
    pub doubts: Vec<Doubt>,
    /// Something was changed since this page was opened.
    pub is_conflict: bool,
}

impl Page for WorkbookCheckPage {
    const TEMPLATE: &'static str = "workbook/check.html";
}

/// A workbook that waits to be taken over; `None` where it was taken over or has problems by now.
fn waiting(desk: &Desk, input: &Input) -> Result<Option<(WorkbookRow, Brought)>, AppError> {
    desk.ctx.require(Act::Answer)?;
    let codes = (input.part("period"), input.part("agency"));
    let (row, bytes) = errand::find(&desk.ctx, &shelf(desk), codes, input.part("id"))?;
    if row.taken_at.is_some() {
        return Ok(None);
    }
    let brought = brought(desk, input, &bytes)?;
    if !brought.entries.bad.is_empty() {
        return Ok(None);
    }
    Ok(Some((row, brought)))
}

fn page(
    desk: &Desk,
    input: &Input,
    row: &WorkbookRow,
    of: &Brought,
) -> Result<WorkbookCheckPage, AppError> {
    let codes = (input.part("period"), input.part("agency"));
    let framework = &of.sheet.case.framework;
    let texts = FrameworkText::of(framework, desk.hall.language);
    let mut changes = Vec::new();
    let mut same = of.entries.same;
    for (entry, foreseen) in of.entries.rows.iter().zip(&of.foreseen) {
        let indicator = framework.indicator(&entry.code).ok_or(AppError::NotFound)?;
        let (before, meanwhile) = match foreseen {
            Foreseen::Change(before) => (before.as_ref(), None),
            Foreseen::Meanwhile(before) => (Some(before), Some(colleague(desk, before)?)),
            Foreseen::Same | Foreseen::Wrong(_) => {
                same += 1;
                continue;
            }
        };
        changes.push(ChangeLine {
            row: entry.row,
            code: entry.code.clone(),
            title: texts.title(&entry.code),
            old: before.map(|row| old(texts, indicator, row)),
            new: new(texts, indicator, entry),
            meanwhile,
        });
    }
    let back = url::workbook(codes.0, codes.1);
    let meanwhile = changes.iter().filter(|line| line.meanwhile.is_some());
    Ok(WorkbookCheckPage {
        period: period::title(desk, codes.0),
        action: format!("{back}/{}", row.id),
        back,
        key: form_key(),
        title: row.title.clone(),
        meanwhile: meanwhile.count() as i64,
        changes,
        same,
        doubts: doubts(desk, &of.sheet, &Filled { of }, codes),
        is_conflict: false,
    })
}

/// The checklist as the workbook will leave it.
struct Filled<'a> {
    of: &'a Brought,
}

impl Filled<'_> {
    fn entry(&self, code: &str) -> Option<&Entry> {
        self.of.entries.rows.iter().find(|entry| entry.code == code)
    }
}

impl Said for Filled<'_> {
    fn claim(&self, code: &str) -> Option<Value> {
        match self.entry(code) {
            Some(entry) => match &entry.choice {
                Choice::Claim(value) => Some(*value),
                _ => None,
            },
            None => self.of.sheet.claim(code),
        }
    }

    fn is_explained(&self, code: &str) -> bool {
        match self.entry(code) {
            Some(entry) => !entry.note.is_empty(),
            None => self.of.sheet.is_explained(code),
        }
    }
}

fn colleague(desk: &Desk, row: &AnswerRow) -> Result<Meanwhile, AppError> {
    let by = row.saved_by.as_deref().unwrap_or_default();
    let user = desk
        .ctx
        .store
        .read(|conn| store::user::find(conn, desk.ctx.province(), by))?;
    Ok(Meanwhile {
        name: user.map(|user| user.name).unwrap_or_default(),
        at: row.saved_at,
        version: row.version,
    })
}

fn state(choice: &str) -> Option<String> {
    match choice {
        "blank" => Some("manager-state-blank".to_owned()),
        "not_applicable" => Some("manager-state-na".to_owned()),
        _ => None,
    }
}

fn old(texts: FrameworkText, indicator: &Indicator, row: &AnswerRow) -> Spoken {
    Spoken {
        state: state(&row.choice),
        said: texts.kept(indicator, row.claim.as_deref()),
        reason: row.na_reason.clone().unwrap_or_default(),
        note: row.note.clone(),
    }
}

fn new(texts: FrameworkText, indicator: &Indicator, entry: &Entry) -> Spoken {
    let claim = match &entry.choice {
        Choice::Claim(value) => Some(keep(*value)),
        _ => None,
    };
    Spoken {
        state: state(entry.choice.as_str()),
        said: texts.kept(indicator, claim.as_deref()),
        reason: match &entry.choice {
            Choice::NotApplicable(reason) => reason.clone(),
            _ => String::new(),
        },
        note: entry.note.clone(),
    }
}

/// Shows what a workbook would change.
pub fn check(desk: &Desk, input: &Input) -> WebResult {
    match waiting(desk, input)? {
        Some((row, brought)) => desk.page(&page(desk, input, &row, &brought)?),
        None => Ok(back(input, None)),
    }
}

fn back(input: &Input, notice: Option<&str>) -> Reply {
    let address = url::workbook(input.part("period"), input.part("agency"));
    Reply::see_other(&address, notice)
}

/// Takes the answers of a workbook over. Where a colleague was quicker, only what was chosen on the page.
pub fn take(desk: &Desk, input: &Input) -> WebResult {
    let Some((row, mut brought)) = waiting(desk, input)? else {
        return Ok(back(input, None));
    };
    for entry in &mut brought.entries.rows {
        if let Ok(version) = input.field(&format!("take-{}", entry.code)).parse() {
            // Whoever takes it over has seen both.
            entry.seen = version;
        }
    }
    let rows = brought.entries.rows.iter();
    let rows = rows.filter(|entry| {
        let was_left = !input.field(&format!("meanwhile-{}", entry.code)).is_empty();
        let is_taken = !input.field(&format!("take-{}", entry.code)).is_empty();
        is_taken || !was_left
    });
    let rows: Vec<_> = rows.map(Entry::saved).collect();
    let codes = (input.part("period"), input.part("agency"));
    match errand::take(&desk.ctx, codes, &row.id, &rows) {
        Ok(()) => Ok(back(input, Some("workbook-taken"))),
        Err(AppError::Conflict) => {
            let mut page = page(desk, input, &row, &brought)?;
            page.is_conflict = true;
            html(&page, &desk.shell(), StatusCode::CONFLICT)
        }
        Err(error) => Err(error.into()),
    }
}
