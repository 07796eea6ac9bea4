//! Integrity findings: false evidence counts only when another member of the committee upholds it.

use super::verdict::{filled, refuse_final};
use super::{AppError, Ctx, case};
use crate::domain::access::Act;
use crate::store::finding::Finding;
use crate::store::{self, new_id};

/// Proposes that evidence is false. It counts only when another member of the committee upholds it.
pub fn propose(
    ctx: &Ctx,
    period: &str,
    agency: &str,
    indicator: &str,
    reason: &str,
) -> Result<(), AppError> {
    ctx.require(Act::Decide)?;
    let reason = filled("reason", reason)?;
    ctx.store.write(|tx| {
        let case = case(ctx, tx, period, agency)?;
        refuse_final(&case)?;
        if !case.assessment.is_handed_in() {
            return Err(AppError::Refused("refused-not-handed-in"));
        }
        case.framework
            .indicator(indicator)
            .ok_or(AppError::NotFound)?;
        let row = Finding {
            province_id: ctx.province().to_owned(),
            id: new_id(),
            assessment_id: case.assessment.id.clone(),
            indicator_code: indicator.to_owned(),
            reason: reason.clone(),
            proposed_by: Some(ctx.actor.user.clone()),
            proposed_at: ctx.now,
            decision: None,
            decided_by: None,
            decided_at: None,
        };
        store::finding::add(tx, &row)?;
        ctx.event(
            tx,
            &case.happening("finding.proposed", indicator.to_owned()),
        )
    })
}

/// Decides a proposed finding; not the one who proposed it.
pub fn decide(
    ctx: &Ctx,
    period: &str,
    agency: &str,
    indicator: &str,
    is_upheld: bool,
) -> Result<(), AppError> {
    ctx.require(Act::Decide)?;
    ctx.store.write(|tx| {
        let case = case(ctx, tx, period, agency)?;
        refuse_final(&case)?;
        let findings = store::finding::list(tx, &case.assessment)?;
        let mut open = findings
            .into_iter()
            .filter(|finding| finding.decision.is_none());
        let finding = open.find(|finding| finding.indicator_code == indicator);
        let finding = finding.ok_or(AppError::NotFound)?;
        if finding.proposed_by.as_deref() == Some(&ctx.actor.user) {
            return Err(AppError::Refused("refused-two-people"));
        }
        let decision = if is_upheld { "upheld" } else { "dropped" };
        store::finding::set_decided(tx, &finding, decision, &ctx.actor.user, ctx.now)?;
        ctx.event(
            tx,
            &case.happening("finding.decided", format!("{indicator} {decision}")),
        )
    })
}
