//! Saving an answer of the checklist. Saving needs nothing to be complete; it computes no score.

use super::{AppError, Case, Ctx, Problem, case};
use crate::domain::access::Act;
use crate::domain::answer::{self, Choice};
use crate::domain::period::State;
use crate::domain::text::{self, WebLink};
use crate::store::answer::{AnswerRow, EvidenceRow};
use crate::store::{self, Conn, new_id};

/// The longest note, in characters.
pub const LONGEST_NOTE: usize = 4_000;

/// What the manager saved on one indicator.
pub struct Saved<'a> {
    pub indicator: &'a str,
    pub choice: Choice,
    pub note: &'a str,
    /// The version of the answer the form was opened with; 0 where there was none.
    pub seen: i64,
}

/// Why a checklist cannot be changed now.
fn require_open(ctx: &Ctx, case: &Case) -> Result<(), AppError> {
    if case.assessment.is_handed_in() {
        return Err(AppError::Refused("refused-handed-in"));
    }
    if case.period.state() != State::Open {
        return Err(AppError::Refused("refused-not-open"));
    }
    if ctx.is_over(case.period.last_edit_on) {
        return Err(AppError::Refused("refused-last-edit-over"));
    }
    Ok(())
}

/// Saves one answer. The same answer twice is one row; one changed meanwhile is a conflict.
pub fn save(ctx: &Ctx, period: &str, agency: &str, saved: &Saved) -> Result<AnswerRow, AppError> {
    ctx.require(Act::Answer)?;
    let note = text::note(saved.note, LONGEST_NOTE)
        .map_err(|_| AppError::Invalid(vec![Problem::at("note", "problem-text")]))?;
    ctx.store.write(|tx| {
        let case = case(ctx, tx, period, agency)?;
        let indicator = case
            .framework
            .indicator(saved.indicator)
            .ok_or(AppError::NotFound)?;
        if !answer::is_asked(indicator, &case.assessment.flags()) {
            return Err(AppError::NotFound);
        }
        require_open(ctx, &case)?;
        if matches!(saved.choice, Choice::NotApplicable(_)) && !indicator.is_na_allowed {
            return Err(AppError::Refused("refused-na-not-allowed"));
        }
        let before = store::answer::find(tx, &case.assessment, saved.indicator)?;
        let row = row(ctx, &case, saved, &note, before.as_ref());
        match before {
            Some(before) if is_same(&before, &row) => return Ok(before),
            Some(before) if before.version != saved.seen => return Err(AppError::Conflict),
            Some(before) => store::answer::set(tx, &row, before.version)?,
            None if ctx.is_over(case.period.last_new_on) => {
                return Err(AppError::Refused("refused-last-new-over"));
            }
            None => store::answer::add(tx, &row)?,
        }
        let claim = row.claim.as_deref().unwrap_or_default();
        let body = format!("{} {} {claim}", saved.indicator, row.choice);
        ctx.event(tx, &case.happening("answer.saved", body))?;
        Ok(row)
    })
}

fn row(ctx: &Ctx, case: &Case, saved: &Saved, note: &str, before: Option<&AnswerRow>) -> AnswerRow {
    let (claim, na_reason) = match &saved.choice {
        Choice::Claim(value) => (Some(answer::keep(*value)), None),
        Choice::Blank => (None, None),
        Choice::NotApplicable(reason) => (None, Some(reason.clone())),
    };
    AnswerRow {
        province_id: ctx.province().to_owned(),
        id: before.map_or_else(new_id, |before| before.id.clone()),
        assessment_id: case.assessment.id.clone(),
        agency_id: case.assessment.agency_id.clone(),
        indicator_code: saved.indicator.to_owned(),
        choice: saved.choice.as_str().to_owned(),
        claim,
        na_reason,
        note: note.to_owned(),
        saved_by: Some(ctx.actor.user.clone()),
        saved_at: ctx.now,
        version: before.map_or(1, |before| before.version + 1),
    }
}

fn is_same(a: &AnswerRow, b: &AnswerRow) -> bool {
    (&a.choice, &a.claim, &a.na_reason, &a.note) == (&b.choice, &b.claim, &b.na_reason, &b.note)
}

/// Evidence may be added or taken away before hand-in, and for a returned item.
fn require_evidence_open(
    ctx: &Ctx,
    conn: &mut Conn,
    case: &Case,
    indicator: &str,
) -> Result<(), AppError> {
    if !case.assessment.is_handed_in() {
        return require_open(ctx, case);
    }
    let queries = store::answer::list_queries(conn, &case.assessment)?;
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
pub fn add_evidence(
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
        require_evidence_open(ctx, tx, &case, indicator)?;
        if !is_kind(&case, kind) {
            return Err(invalid("kind", "problem-choose"));
        }
        let there = store::answer::list_evidence(tx, &case.assessment)?;
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
        store::answer::add_evidence(tx, &row)?;
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

fn evidence(ctx: &Ctx, case: &Case, indicator: &str, kind: &str, proof: &Proof) -> EvidenceRow {
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
    EvidenceRow {
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
pub fn remove_evidence(
    ctx: &Ctx,
    period: &str,
    agency: &str,
    id: &str,
) -> Result<String, AppError> {
    ctx.require(Act::Answer)?;
    ctx.store.write(|tx| {
        let case = case(ctx, tx, period, agency)?;
        let all = store::answer::list_evidence(tx, &case.assessment)?;
        let row = all
            .into_iter()
            .find(|row| row.id == id)
            .ok_or(AppError::NotFound)?;
        require_evidence_open(ctx, tx, &case, &row.indicator_code)?;
        store::answer::set_evidence_removed(tx, &case.assessment, id, ctx.now)?;
        ctx.event(
            tx,
            &case.happening("evidence.removed", row.indicator_code.clone()),
        )?;
        Ok(row.indicator_code)
    })
}

/// Answers a returned item. The claim stays as it was handed in.
pub fn answer_query(
    ctx: &Ctx,
    period: &str,
    agency: &str,
    indicator: &str,
    typed: &str,
) -> Result<(), AppError> {
    ctx.require(Act::Answer)?;
    let words = text::filled_note(typed, LONGEST_NOTE)
        .map_err(|_| AppError::Invalid(vec![Problem::at("answer", "problem-text")]))?;
    ctx.store.write(|tx| {
        let case = case(ctx, tx, period, agency)?;
        let queries = store::answer::list_queries(tx, &case.assessment)?;
        let mut open = queries
            .into_iter()
            .filter(|query| query.answered_at.is_none());
        let query = open.find(|query| query.indicator_code == indicator);
        let query = query.ok_or(AppError::NotFound)?;
        store::answer::set_query_answered(tx, &query, &words, &ctx.actor.user, ctx.now)?;
        ctx.event(tx, &case.happening("query.answered", indicator.to_owned()))
    })
}
