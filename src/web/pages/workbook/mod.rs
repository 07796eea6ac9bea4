//! The checklist as a workbook: fetched, filled in where there is no line, brought back, looked through, taken over.

mod book;
mod check;
mod entry;

use actix_web::http::StatusCode;
use chrono::NaiveDateTime;
use serde::Serialize;

use super::checklist::{Sheet, sheet};
use super::evidence::shelf;
use super::{form_key, period, problems, said};
use crate::app::workbook as errand;
use crate::app::{AppError, Problem as Fault};
use crate::domain::access::Act;
use crate::domain::evidence::attachment;
use crate::store::{self, StoreError};
use crate::web::desk::Desk;
use crate::web::error::{WebError, WebResult};
use crate::web::form::{Input, Upload};
use crate::web::render::{Page, Problem};
use crate::web::reply::Reply;
use crate::web::url;
use crate::web::words::Phrase;
use crate::workbook;
use crate::workbook::filled::{Filled, MOST_BYTES, Refusal};
use entry::{BadCell, Entries, entries};

pub use check::{check, take};

/// The kind of a workbook as the web names it.
const KIND: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

/// A workbook whose answers were taken over.
#[derive(Serialize)]
pub struct TakenLine {
    pub title: String,
    pub href: String,
    pub at: Option<NaiveDateTime>,
    pub changes: i64,
}

/// A cell that cannot be taken over, with its place and what to do.
#[derive(Serialize)]
pub struct BadLine {
    pub sheet: String,
    pub row: u32,
    pub letter: String,
    /// The word key of the column.
    pub column: String,
    pub code: String,
    pub text: Phrase,
}

/// How a workbook is fetched, filled in and brought back.
#[derive(Serialize)]
pub struct WorkbookPage {
    pub period: String,
    pub checklist: String,
    pub file: String,
    pub action: String,
    pub key: String,
    pub may_bring: bool,
    /// Why it cannot be brought back now.
    pub closed: Option<String>,
    /// Somebody brought one that changes nothing.
    pub is_same: bool,
    pub bad: Vec<BadLine>,
    pub taken: Vec<TakenLine>,
    pub problems: Vec<Problem>,
}

impl Page for WorkbookPage {
    const TEMPLATE: &'static str = "workbook/show.html";
}

fn page(desk: &Desk, input: &Input) -> Result<WorkbookPage, AppError> {
    let codes = (input.part("period"), input.part("agency"));
    let all = desk.ctx.store.read(|conn| {
        let sheet = sheet(desk, conn, input)?;
        let all = store::workbook::list(conn, &sheet.case.assessment)?;
        Ok::<_, AppError>(all)
    })?;
    let action = url::workbook(codes.0, codes.1);
    let may_answer = desk.ctx.actor.may(Act::Answer);
    let closed = match errand::require_changeable(&desk.ctx, codes.0, codes.1) {
        Err(AppError::Refused(key)) => Some(key.to_owned()),
        Err(AppError::Forbidden) | Ok(()) => None,
        Err(error) => return Err(error),
    };
    let taken = all.into_iter().filter(|row| row.taken_at.is_some());
    Ok(WorkbookPage {
        period: period::title(desk, codes.0),
        checklist: url::checklist(codes.0, codes.1),
        file: format!("{action}.xlsx"),
        key: form_key(),
        may_bring: may_answer && closed.is_none(),
        closed,
        is_same: false,
        bad: Vec::new(),
        taken: taken
            .map(|row| TakenLine {
                href: format!("{action}/{}/file", row.id),
                title: row.title,
                at: row.taken_at,
                changes: row.changes,
            })
            .collect(),
        problems: Vec::new(),
        action,
    })
}

/// The page.
pub fn show(desk: &Desk, input: &Input) -> WebResult {
    desk.page(&page(desk, input)?)
}

/// Sends the workbook of the quarter as it stands.
pub fn download(desk: &Desk, input: &Input) -> WebResult {
    let book = book::book(desk, input)?;
    let bytes = workbook::write::write(&book).map_err(|why| {
        WebError::from(StoreError::Broken(format!(
            "a workbook was not made: {why}"
        )))
    })?;
    let name = format!("mizan-{}-{}.xlsx", book.mark.period, book.mark.agency);
    Ok(Reply::of(StatusCode::OK, KIND, bytes).with("content-disposition", &attachment(&name)))
}

/// Sends a workbook that came back, as it came.
pub fn original(desk: &Desk, input: &Input) -> WebResult {
    let codes = (input.part("period"), input.part("agency"));
    let (row, bytes) = errand::find(&desk.ctx, &shelf(desk), codes, input.part("id"))?;
    Ok(Reply::of(StatusCode::OK, KIND, bytes)
        .with("content-disposition", &attachment(&row.title))
        .with("content-security-policy", "sandbox; default-src 'none'"))
}

/// What a workbook says, and the checklist it is about.
struct Brought {
    sheet: Sheet,
    filled: Filled,
    entries: Entries,
    foreseen: Vec<errand::Foreseen>,
}

/// Has a workbook read and looks every row through.
fn brought(desk: &Desk, input: &Input, bytes: &[u8]) -> Result<Brought, AppError> {
    let codes = (input.part("period"), input.part("agency"));
    let read = workbook::reader::filled(&desk.hall.state.reader, bytes);
    let read = read.map_err(|why| {
        StoreError::Unavailable(format!("the reader of workbooks does not start: {why}"))
    })?;
    let filled = read.map_err(|refusal| AppError::Invalid(vec![refused(desk, &refusal)]))?;
    let sheet = desk.ctx.store.read(|conn| sheet(desk, conn, input))?;
    let own = book::mark(desk, codes, &sheet.case.framework);
    let mark = &filled.mark;
    let key = match () {
        () if mark.agency != own.agency || mark.province != own.province => {
            "problem-workbook-agency"
        }
        () if mark.period != own.period => "problem-workbook-period",
        () if mark.framework != own.framework => "problem-workbook-old",
        () => "",
    };
    if !key.is_empty() {
        return Err(AppError::Invalid(vec![Fault::at("file", key)]));
    }
    let mut entries = entries(&sheet, &filled);
    let rows: Vec<_> = entries.rows.iter().map(entry::Entry::saved).collect();
    let foreseen = errand::foresee(&desk.ctx, codes.0, codes.1, &rows)?;
    drop(rows);
    let wrong: Vec<_> = foreseen
        .iter()
        .zip(&entries.rows)
        .filter_map(|(foreseen, row)| match foreseen {
            errand::Foreseen::Wrong(problem) => Some((row.row, row.code.clone(), problem.clone())),
            _ => None,
        })
        .collect();
    for (row, code, problem) in wrong {
        entries.note_bad(&filled, row, &code, problem);
    }
    Ok(Brought {
        sheet,
        filled,
        entries,
        foreseen,
    })
}

/// The sentence of a file that is not read.
fn refused(desk: &Desk, refusal: &Refusal) -> Fault {
    let key = match refusal {
        Refusal::Unreadable => "problem-workbook-unreadable",
        Refusal::TooMuch => "problem-workbook-too-much",
        Refusal::Busy => "problem-workbook-busy",
        Refusal::Foreign => "problem-workbook-foreign",
        Refusal::OldForm => "problem-workbook-old",
        Refusal::NoColumns(missing) => {
            let language = desk.hall.language;
            let names = missing.iter().map(|name| Phrase::of(book::head(name)));
            let names: Vec<String> = names.map(|name| name.say(language)).collect();
            let comma = Phrase::of("workbook-comma").say(language);
            return Fault {
                field: "file".to_owned(),
                key: "problem-workbook-columns",
                arguments: vec![("columns", names.join(&format!("{comma} ")))],
            };
        }
    };
    Fault::at("file", key)
}

/// The file of the form, if it may be a workbook at all.
fn upload(input: &Input) -> Result<&Upload, AppError> {
    let wrong = |key| Err(AppError::Invalid(vec![Fault::at("file", key)]));
    let file = input.upload.as_ref();
    let Some(file) = file.filter(|file| !file.name.is_empty() || !file.bytes.is_empty()) else {
        return wrong("problem-workbook-none");
    };
    if file.bytes.is_empty() {
        return wrong("problem-file-empty");
    }
    if file.bytes.len() > MOST_BYTES {
        return wrong("problem-workbook-too-much");
    }
    if !file.name.trim().to_ascii_lowercase().ends_with(".xlsx") {
        return wrong("problem-workbook-ending");
    }
    Ok(file)
}

/// Takes a workbook in and looks it through. One with problems is not kept.
pub fn create(desk: &Desk, input: &Input) -> WebResult {
    let codes = (input.part("period"), input.part("agency"));
    errand::require_changeable(&desk.ctx, codes.0, codes.1)?;
    let mut page = page(desk, input)?;
    let again = |mut page: WorkbookPage, faults: &[Fault]| {
        page.problems = problems(faults);
        desk.again(&page)
    };
    let looked = upload(input).and_then(|file| Ok((file, brought(desk, input, &file.bytes)?)));
    let (file, brought) = match looked {
        Ok(looked) => looked,
        Err(AppError::Invalid(faults)) => return again(page, &faults),
        Err(error) => return Err(error.into()),
    };
    if !brought.entries.bad.is_empty() {
        let sheet = &brought.filled.sheet;
        let bad = brought.entries.bad.iter();
        page.bad = bad.map(|bad| bad_line(sheet, bad)).collect();
        let count = brought.entries.bad.len();
        let fault = Fault {
            field: "file".to_owned(),
            key: "problem-workbook-cells",
            arguments: vec![("count", count.to_string())],
        };
        return again(page, &[fault]);
    }
    let changes = brought.foreseen.iter();
    if changes
        .clone()
        .all(|one| matches!(one, errand::Foreseen::Same))
    {
        page.is_same = true;
        return desk.page(&page);
    }
    let kept = errand::keep(&desk.ctx, &shelf(desk), codes, (&file.name, &file.bytes));
    match kept {
        Ok(id) => Ok(Reply::see_other(&format!("{}/{id}", page.action), None)),
        Err(AppError::Invalid(faults)) => again(page, &faults),
        Err(error) => Err(error.into()),
    }
}

fn bad_line(sheet: &str, of: &BadCell) -> BadLine {
    BadLine {
        sheet: sheet.to_owned(),
        row: of.row,
        letter: of.letter.clone(),
        column: of.column.clone(),
        code: of.code.clone(),
        text: said(&of.problem),
    }
}
