//! Evidence of an answer: added and taken away before hand-in, and for a returned item.

use super::answer::require_open;
use super::{AppError, Case, Ctx, Problem, case};
use crate::domain::access::Act;
use crate::domain::answer;
use crate::domain::text::{self, WebLink};
use crate::store::evidence::Evidence;
use crate::store::{self, Conn, new_id};

/// Evidence may be added or taken away before hand-in, and for a returned item.
fn require_changeable(
    ctx: &Ctx,
    conn: &mut Conn,
    case: &Case,
    indicator: &str,
) -> Result<(), AppError> {
    if !case.assessment.is_handed_in() {
        return require_open(ctx, case);
    }
    let queries = store::query::list(conn, &case.assessment)?;
    let mut open = queries.iter().filter(|query| query.closed_at.is_none());
    if open.any(|query| query.indicator_code == indicator) {
        return Ok(());
    }
    Err(AppError::Refused("refused-handed-in"))
}

/// How many pieces of evidence one answer may have.
const MOST_EVIDENCE: usize = 50;

/// What a piece of evidence is.
pub enum Proof<'a> {
    /// A web address, http or https only.
    Link(&'a str),
    /// A file that was stored by its hash.
    File {
        name: &'a str,
        sha256: &'a str,
        media_type: &'a str,
        size: i64,
    },
}

/// Adds evidence of a kind to an answer.
pub fn add(
    ctx: &Ctx,
    period: &str,
    agency: &str,
    indicator: &str,
    kind: &str,
    proof: &Proof,
) -> Result<(), AppError> {
    ctx.require(Act::Answer)?;
    let invalid = |field: &str, key| AppError::Invalid(vec![Problem::at(field, key)]);
    if let Proof::Link(link) = proof {
        WebLink::parse(link).map_err(|_| invalid("link", "problem-link"))?;
    }
    ctx.store.write(|tx| {
        let case = case(ctx, tx, period, agency)?;
        let found = case
            .framework
            .indicator(indicator)
            .ok_or(AppError::NotFound)?;
        if !answer::is_asked(found, &case.assessment.flags()) {
            return Err(AppError::NotFound);
        }
        require_changeable(ctx, tx, &case, indicator)?;
        if !is_kind(&case, kind) {
            return Err(invalid("kind", "problem-choose"));
        }
        let there = store::evidence::list(tx, &case.assessment)?;
        if there
            .iter()
            .filter(|row| row.indicator_code == indicator)
            .count()
            >= MOST_EVIDENCE
        {
            return Err(invalid("file", "problem-too-many-files"));
        }
        if !ctx.is_first(tx, "evidence.added")? {
            return Ok(());
        }
        let row = evidence(ctx, &case, indicator, kind, proof);
        store::evidence::add(tx, &row)?;
        let what = row.sha256.as_deref().unwrap_or("link");
        ctx.event(
            tx,
            &case.happening("evidence.added", format!("{indicator} {kind} {what}")),
        )
    })
}

fn is_kind(case: &Case, kind: &str) -> bool {
    let kinds = case.framework.source.get("evidence_kinds");
    let mut kinds = kinds.map(|kinds| kinds.items()).unwrap_or_default().iter();
    kinds.any(|known| known.get("id").and_then(|id| id.as_text()) == Some(kind))
}

fn evidence(ctx: &Ctx, case: &Case, indicator: &str, kind: &str, proof: &Proof) -> Evidence {
    let (title, link, sha256, media_type, size) = match proof {
        Proof::Link(link) => (*link, Some((*link).to_owned()), None, None, None),
        Proof::File {
            name,
            sha256,
            media_type,
            size,
        } => (
            *name,
            None,
            Some((*sha256).to_owned()),
            Some((*media_type).to_owned()),
            Some(*size),
        ),
    };
    Evidence {
        province_id: ctx.province().to_owned(),
        id: new_id(),
        assessment_id: case.assessment.id.clone(),
        agency_id: case.assessment.agency_id.clone(),
        indicator_code: indicator.to_owned(),
        kind: kind.to_owned(),
        title: text::filled_line(title, 300).unwrap_or_else(|_| "evidence".to_owned()),
        link,
        sha256,
        media_type,
        size,
        effective_from: None,
        effective_to: None,
        objection_id: None,
        added_by: ctx.actor.user.clone(),
        added_at: ctx.now,
        removed_at: None,
    }
}

/// Takes a piece of evidence away again; says of which indicator.
pub fn remove(ctx: &Ctx, period: &str, agency: &str, id: &str) -> Result<String, AppError> {
    ctx.require(Act::Answer)?;
    ctx.store.write(|tx| {
        let case = case(ctx, tx, period, agency)?;
        let all = store::evidence::list(tx, &case.assessment)?;
        let row = all
            .into_iter()
            .find(|row| row.id == id)
            .ok_or(AppError::NotFound)?;
        require_changeable(ctx, tx, &case, &row.indicator_code)?;
        store::evidence::set_removed(tx, &case.assessment, id, ctx.now)?;
        ctx.event(
            tx,
            &case.happening("evidence.removed", row.indicator_code.clone()),
        )?;
        Ok(row.indicator_code)
    })
}
