//! Evidence of an answer: shown, added, fetched, taken away.

mod upload;
mod view;

use actix_web::http::StatusCode;
use chrono::NaiveDate;

use super::{day, problems};
use crate::app::Ctx;
use crate::app::evidence::{Brought, Proof, Shelf, Whole};
use crate::app::{self, AppError, Problem as Fault};
use crate::domain::access::Act;
use crate::domain::evidence::attachment;
use crate::store::file::Files;
use crate::web::desk::Desk;
use crate::web::error::WebResult;
use crate::web::form::Input;
use crate::web::reply::Reply;
use crate::web::url;

pub use upload::{begin, piece, pieces};
pub use view::{EvidencePart, ProofLine, Waiting, part, proofs, twins};

/// Where files are kept, and how much room there is.
pub fn shelf(desk: &Desk) -> Shelf {
    let config = &desk.hall.state.config;
    Shelf {
        files: Files::at(&config.files),
        file_megabytes: i64::from(config.file_megabytes),
        agency_megabytes: i64::from(config.agency_megabytes),
        scanner: config.clamd.clone(),
    }
}

/// Adds a file or a link as evidence.
pub fn create(desk: &Desk, input: &Input) -> WebResult {
    desk.ctx.require(Act::Answer)?;
    let mut page = super::answer::page(desk, input)?;
    let (period, agency) = (input.part("period"), input.part("agency"));
    let shelf = shelf(desk);
    let whole = whole(desk, input, &shelf);
    let added = whole.and_then(|whole| {
        let brought = brought(input, whole.as_ref())?;
        app::evidence::add(&desk.ctx, &shelf, period, agency, &brought)?;
        whole.map_or(Ok(()), |whole| {
            app::evidence::end(&desk.ctx, &shelf, &whole.row)
        })
    });
    // A form sent twice finds its pieces gone, for they have become the evidence.
    let added = match added {
        Err(AppError::NotFound) if desk.ctx.was_done()? => Ok(()),
        added => added,
    };
    match added {
        Ok(()) => Ok(Reply::see_other(
            &format!("{}#evidence-title", page.action),
            Some("manager-evidence-added"),
        )),
        Err(AppError::Invalid(faults)) => {
            let typed = |name: &str| input.field(name).to_owned();
            page.evidence.kind = typed("kind");
            page.evidence.link = typed("link");
            page.evidence.page = typed("page");
            page.evidence.effective_from = typed("effective_from");
            page.evidence.effective_to = typed("effective_to");
            page.evidence.upload = waiting(desk, input, &faults);
            page.problems = problems(&faults);
            desk.again(&page)
        }
        Err(error) => Err(error.into()),
    }
}

/// The file that came in pieces before the form, if one did.
fn whole(desk: &Desk, input: &Input, shelf: &Shelf) -> Result<Option<Whole>, AppError> {
    let (id, sha256) = (input.field("upload"), input.field("sha256"));
    if id.is_empty() {
        return Ok(None);
    }
    let codes = (input.part("period"), input.part("agency"));
    app::evidence::whole(&desk.ctx, shelf, codes, id, sha256).map(Some)
}

/// A file that has come and waits for the rest of the form to be right. One that is itself wrong does not wait.
fn waiting(desk: &Desk, input: &Input, faults: &[Fault]) -> Option<Waiting> {
    let (id, codes) = (
        input.field("upload"),
        (input.part("period"), input.part("agency")),
    );
    let is_wrong = faults.iter().any(|fault| fault.field == "file");
    let row = app::evidence::progress(&desk.ctx, codes, id).ok();
    row.filter(|_| !is_wrong).map(|row| Waiting {
        id: row.id,
        name: row.name,
    })
}

/// Takes a piece of evidence of an earlier quarter again.
pub fn reuse(desk: &Desk, input: &Input) -> WebResult {
    desk.ctx.require(Act::Answer)?;
    let mut page = super::answer::page(desk, input)?;
    let codes = (input.part("period"), input.part("agency"));
    let taken = days(input, ["reused_from", "reused_to"]).and_then(|days| {
        let (code, id) = (input.part("indicator"), input.field("earlier"));
        app::evidence::reuse(&desk.ctx, codes, code, id, days)
    });
    match taken {
        Ok(()) => Ok(Reply::see_other(
            &format!("{}#evidence-title", page.action),
            Some("manager-evidence-added"),
        )),
        Err(AppError::Invalid(faults)) => {
            page.evidence.chosen = input.field("earlier").to_owned();
            page.evidence.reused_from = input.field("reused_from").to_owned();
            page.evidence.reused_to = input.field("reused_to").to_owned();
            page.problems = problems(&at_reuse(faults));
            desk.again(&page)
        }
        Err(error) => Err(error.into()),
    }
}

/// The same problems beside the fields of the form for earlier pieces.
fn at_reuse(faults: Vec<Fault>) -> Vec<Fault> {
    let field = |field: String| match field.as_str() {
        "effective_from" => "reused_from".to_owned(),
        "effective_to" => "reused_to".to_owned(),
        "file" | "kind" => "earlier".to_owned(),
        _ => field,
    };
    let moved = faults.into_iter().map(|fault| Fault {
        field: field(fault.field),
        ..fault
    });
    moved.collect()
}

/// Two days as they were typed.
fn days(
    input: &Input,
    fields: [&str; 2],
) -> Result<(Option<NaiveDate>, Option<NaiveDate>), AppError> {
    let [from, to] = fields.map(|field| day(field, input.field(field)));
    match (from, to) {
        (Ok(from), Ok(to)) => Ok((from, to)),
        (from, to) => {
            let faults = [from.err(), to.err()].into_iter().flatten();
            Err(AppError::Invalid(faults.collect()))
        }
    }
}

/// What the form brings. A browser sends a file field without a file as one without name and bytes.
fn brought<'i>(input: &'i Input, whole: Option<&'i Whole>) -> Result<Brought<'i>, AppError> {
    let mut faults = Vec::new();
    let days = match days(input, ["effective_from", "effective_to"]) {
        Err(AppError::Invalid(wrong)) => {
            faults.extend(wrong);
            (None, None)
        }
        days => days?,
    };
    if input.field("kind").is_empty() {
        faults.push(Fault::at("kind", "problem-choose"));
    }
    let file = input.upload.as_ref();
    let file = file.filter(|file| !file.name.is_empty() || !file.bytes.is_empty());
    let file = file.map(|file| (file.name.as_str(), file.bytes.as_slice()));
    // A file that was chosen anew goes before the one that waits.
    let file = file.or(whole.map(|whole| (whole.row.name.as_str(), whole.bytes.as_slice())));
    let link = input.field("link").trim();
    let proof = match file {
        Some((name, bytes)) => Proof::File { name, bytes },
        None => Proof::Link(link),
    };
    if file.is_none() && link.is_empty() {
        faults.push(Fault::at("file", "problem-file-or-link"));
    }
    if file.is_some() && !link.is_empty() {
        faults.push(Fault::at("link", "problem-file-and-link"));
    }
    if !faults.is_empty() {
        return Err(AppError::Invalid(faults));
    }
    Ok(Brought {
        indicator: input.part("indicator"),
        kind: input.field("kind"),
        proof,
        page: input.field("page"),
        effective_from: days.0,
        effective_to: days.1,
    })
}

/// Sends a file to be saved, never to be opened in the place of a page.
pub fn show(desk: &Desk, input: &Input) -> WebResult {
    let (period, agency) = (input.part("period"), input.part("agency"));
    send(desk, &desk.ctx, period, agency, input.part("id"))
}

/// Sends a file for whoever `ctx` says asks for it.
pub fn send(desk: &Desk, ctx: &Ctx, period: &str, agency: &str, id: &str) -> WebResult {
    let files = Files::at(&desk.hall.state.config.files);
    let file = app::evidence::file(ctx, &files, period, agency, id)?;
    let reply = Reply::of(StatusCode::OK, &file.media_type, file.bytes);
    Ok(reply
        .with("content-disposition", &attachment(&file.title))
        .with("x-content-type-options", "nosniff")
        .with("content-security-policy", "sandbox; default-src 'none'"))
}

/// Takes evidence away.
pub fn remove(desk: &Desk, input: &Input) -> WebResult {
    let (period, agency) = (input.part("period"), input.part("agency"));
    let code = app::evidence::remove(&desk.ctx, period, agency, input.part("id"))?;
    Ok(Reply::see_other(
        &format!("{}#evidence-title", url::answer(period, agency, &code)),
        Some("manager-evidence-removed"),
    ))
}
