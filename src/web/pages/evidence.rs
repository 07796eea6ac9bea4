//! Evidence of an answer: shown, added, taken away.

use serde::Serialize;

use super::answer::Choose;
use super::checklist::Sheet;
use super::framework_text::FrameworkText;
use super::problems;
use crate::app::evidence::Proof;
use crate::app::{self, AppError};
use crate::web::desk::Desk;
use crate::web::error::WebResult;
use crate::web::form::Input;
use crate::web::reply::Reply;
use crate::web::url;

/// One piece of evidence on the page.
#[derive(Clone, Debug, Serialize)]
pub struct EvidenceLine {
    pub id: String,
    pub kind: String,
    pub title: String,
    pub href: String,
    pub removal: String,
    pub at: chrono::NaiveDateTime,
}

/// The evidence of one indicator.
pub fn evidence_lines(
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
            id: row.id.clone(),
            kind: texts.evidence_kind(&row.kind),
            title: row.title.clone(),
            removal: format!("{address}/removal"),
            href: row.link.clone().unwrap_or(address),
            at: row.added_at,
        }
    })
    .collect()
}

/// The kinds of evidence an indicator asks for.
pub fn evidence_kinds(texts: FrameworkText, code: &str) -> Vec<Choose> {
    let kinds = texts.evidence(code).into_iter();
    kinds
        .map(|(value, label)| Choose {
            value,
            label,
            hint: None,
        })
        .collect()
}

/// Adds a link as evidence.
pub fn create(desk: &Desk, input: &Input) -> WebResult {
    let mut page = super::answer::page(desk, input)?;
    let (period, agency) = (input.part("period"), input.part("agency"));
    let (kind, link) = (input.field("kind"), input.field("link"));
    let proof = Proof::Link(link);
    match app::evidence::add(
        &desk.ctx,
        period,
        agency,
        input.part("indicator"),
        kind,
        &proof,
    ) {
        Ok(()) => Ok(Reply::see_other(
            &page.action,
            Some("manager-evidence-added"),
        )),
        Err(AppError::Invalid(faults)) => {
            page.link = link.to_owned();
            page.problems = problems(&faults);
            desk.again(&page)
        }
        Err(error) => Err(error.into()),
    }
}

/// Takes evidence away.
pub fn remove(desk: &Desk, input: &Input) -> WebResult {
    let (period, agency) = (input.part("period"), input.part("agency"));
    let code = app::evidence::remove(&desk.ctx, period, agency, input.part("id"))?;
    Ok(Reply::see_other(
        &url::answer(period, agency, &code),
        Some("manager-evidence-removed"),
    ))
}
