//! Evidence of an answer: shown, added, fetched, taken away.

use actix_web::http::StatusCode;
use chrono::{NaiveDate, NaiveDateTime};
use serde::Serialize;

use super::checklist::Sheet;
use super::claim::Choose;
use super::framework_text::FrameworkText;
use super::{day, problems};
use crate::app::evidence::{Brought, Proof, Shelf};
use crate::app::{self, AppError, Problem as Fault};
use crate::domain::access::Act;
use crate::domain::evidence::{FileKind, attachment};
use crate::store::evidence::Evidence;
use crate::store::file::Files;
use crate::web::desk::Desk;
use crate::web::error::WebResult;
use crate::web::form::Input;
use crate::web::reply::Reply;
use crate::web::url;

/// One piece of evidence on the page.
#[derive(Clone, Debug, Serialize)]
pub struct EvidenceLine {
    pub kind: String,
    pub title: String,
    pub href: String,
    pub removal: String,
    pub is_link: bool,
    /// Its size as the reader writes it, with its unit.
    pub size: String,
    pub from: Option<NaiveDate>,
    pub to: Option<NaiveDate>,
    pub at: chrono::NaiveDateTime,
}

/// The evidence of an answer, and the form that adds to it.
#[derive(Clone, Debug, Serialize)]
pub struct EvidencePart {
    pub lines: Vec<EvidenceLine>,
    pub may_add: bool,
    pub kinds: Vec<Choose>,
    pub action: String,
    pub endings: String,
    pub megabytes: u32,
    pub kind: String,
    pub link: String,
    pub effective_from: String,
    pub effective_to: String,
}

/// The evidence of one indicator.
pub fn part(
    desk: &Desk,
    sheet: &Sheet,
    code: &str,
    codes: (&str, &str),
    may_add: bool,
) -> EvidencePart {
    let texts = FrameworkText::of(&sheet.case.framework, desk.hall.language);
    let kinds = kinds(texts, code);
    // Where only one kind is asked for, nobody has to choose it.
    let only = match kinds.as_slice() {
        [one] => one.value.clone(),
        _ => String::new(),
    };
    EvidencePart {
        lines: lines(texts, sheet, code, codes),
        may_add: may_add && !kinds.is_empty(),
        kinds,
        action: format!("{}/evidence", url::answer(codes.0, codes.1, code)),
        endings: FileKind::ENDINGS.to_owned(),
        megabytes: desk.hall.state.config.file_megabytes,
        kind: only,
        link: String::new(),
        effective_from: String::new(),
        effective_to: String::new(),
    }
}

fn lines(
    texts: FrameworkText,
    sheet: &Sheet,
    code: &str,
    codes: (&str, &str),
) -> Vec<EvidenceLine> {
    let own = sheet
        .evidence
        .iter()
        .filter(|row| row.indicator_code == code);
    own.map(|row| {
        let address = url::evidence(codes.0, codes.1, &row.id);
        EvidenceLine {
            kind: texts.evidence_kind(&row.kind),
            title: row.title.clone(),
            removal: format!("{address}/removal"),
            is_link: row.link.is_some(),
            href: row.link.clone().unwrap_or(address),
            size: row.size.map(|size| texts.size(size)).unwrap_or_default(),
            from: row.effective_from,
            to: row.effective_to,
            at: row.added_at,
        }
    })
    .collect()
}

/// The kinds of evidence an indicator asks for.
fn kinds(texts: FrameworkText, code: &str) -> Vec<Choose> {
    let kinds = texts.evidence(code).into_iter();
    kinds
        .map(|(value, label)| Choose {
            value,
            label,
            hint: None,
        })
        .collect()
}

/// Where files are kept, and how much room there is.
pub fn shelf(desk: &Desk) -> Shelf {
    let config = &desk.hall.state.config;
    Shelf {
        files: Files::at(&config.files),
        file_megabytes: i64::from(config.file_megabytes),
        agency_megabytes: i64::from(config.agency_megabytes),
    }
}

/// Adds a file or a link as evidence.
pub fn create(desk: &Desk, input: &Input) -> WebResult {
    desk.ctx.require(Act::Answer)?;
    let mut page = super::answer::page(desk, input)?;
    let (period, agency) = (input.part("period"), input.part("agency"));
    let added = brought(input)
        .and_then(|brought| app::evidence::add(&desk.ctx, &shelf(desk), period, agency, &brought));
    match added {
        Ok(()) => Ok(Reply::see_other(
            &format!("{}#evidence-title", page.action),
            Some("manager-evidence-added"),
        )),
        Err(AppError::Invalid(faults)) => {
            let typed = |name: &str| input.field(name).to_owned();
            page.evidence.kind = typed("kind");
            page.evidence.link = typed("link");
            page.evidence.effective_from = typed("effective_from");
            page.evidence.effective_to = typed("effective_to");
            page.problems = problems(&faults);
            desk.again(&page)
        }
        Err(error) => Err(error.into()),
    }
}

/// What the form brings. A browser sends a file field without a file as one without name and bytes.
fn brought(input: &Input) -> Result<Brought<'_>, AppError> {
    let mut faults = Vec::new();
    let mut days = ["effective_from", "effective_to"].map(|field| {
        day(field, input.field(field)).unwrap_or_else(|fault| {
            faults.push(fault);
            None
        })
    });
    if input.field("kind").is_empty() {
        faults.push(Fault::at("kind", "problem-choose"));
    }
    let file = input.upload.as_ref();
    let file = file.filter(|file| !file.name.is_empty() || !file.bytes.is_empty());
    let link = input.field("link").trim();
    let proof = match file {
        Some(file) => Proof::File {
            name: &file.name,
            bytes: &file.bytes,
        },
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
        effective_from: days[0].take(),
        effective_to: days[1].take(),
    })
}

/// Sends a file to be saved, never to be opened in the place of a page.
pub fn show(desk: &Desk, input: &Input) -> WebResult {
    let (period, agency) = (input.part("period"), input.part("agency"));
    let files = Files::at(&desk.hall.state.config.files);
    let file = app::evidence::file(&desk.ctx, &files, period, agency, input.part("id"))?;
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

/// A piece of evidence on the indicator.
#[derive(Clone, Debug, Serialize)]
pub struct ProofLine {
    pub kind: String,
    pub title: String,
    pub href: String,
    pub at: NaiveDateTime,
    /// It came with the objection.
    pub is_new: bool,
}

/// Evidence as those read it who verify or dispute; `codes` are those of the period and the agency.
pub fn proofs<'r>(
    texts: FrameworkText,
    rows: impl Iterator<Item = &'r Evidence>,
    codes: (&str, &str),
) -> Vec<ProofLine> {
    rows.map(|row| ProofLine {
        kind: texts.evidence_kind(&row.kind),
        title: row.title.clone(),
        href: row
            .link
            .clone()
            .unwrap_or_else(|| url::evidence(codes.0, codes.1, &row.id)),
        at: row.added_at,
        is_new: row.objection_id.is_some(),
    })
    .collect()
}
