//! Test calls and test requests: made by an auditor, counted by the program.

use super::verdict::{refuse_final, refuse_own_agency};
use super::{AppError, Ctx, Problem, case};
use crate::domain::access::Act;
use crate::domain::text;
use crate::store::visit::Probe;
use crate::store::{self, new_id};

/// What may be tried.
pub const KINDS: [&str; 2] = ["call", "request"];

/// Records a test call (`call`) or a test request (`request`).
pub fn record(
    ctx: &Ctx,
    period: &str,
    agency: &str,
    kind: &str,
    is_answered: Option<bool>,
    note: &str,
) -> Result<(), AppError> {
    ctx.require(Act::Visit)?;
    let mut problems = Vec::new();
    if !KINDS.contains(&kind) {
        problems.push(Problem::at("kind", "problem-choose"));
    }
    if is_answered.is_none() {
        problems.push(Problem::at("is_answered", "problem-choose"));
    }
    let words = text::note(note, 1_000);
    if words.is_err() {
        problems.push(Problem::at("note", "problem-text"));
    }
    let (Some(is_answered), Ok(note), true) = (is_answered, words, problems.is_empty()) else {
        return Err(AppError::Invalid(problems));
    };
    ctx.store.write(|tx| {
        let case = case(ctx, tx, period, agency)?;
        refuse_own_agency(ctx, tx, &case)?;
        refuse_final(&case)?;
        if !ctx.is_first(tx, "probe.recorded")? {
            return Ok(());
        }
        let row = Probe {
            province_id: ctx.province().to_owned(),
            id: new_id(),
            period_id: case.period.id.clone(),
            agency_id: case.assessment.agency_id.clone(),
            kind: kind.to_owned(),
            made_at: ctx.now,
            is_answered,
            note: note.clone(),
            recorded_by: ctx.actor.user.clone(),
            recorded_at: ctx.now,
        };
        store::visit::add_probe(tx, &row)?;
        let body = format!("{kind} {is_answered}");
        ctx.event(tx, &case.happening("probe.recorded", body))
    })
}
