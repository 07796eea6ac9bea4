//! Requests for "not applicable": the planning office decides; granting takes the indicator out of the score.

use super::verdict::{self, filled, refuse_final, refuse_own_agency};
use super::{AppError, Ctx, case};
use crate::domain::access::Act;
use crate::domain::answer;
use crate::domain::framework::ReportedBy;
use crate::domain::period::State;
use crate::domain::returns::{self, Verdict};
use crate::store::na_request::NaRequest;
use crate::store::{self, new_id};

/// An auditor asks the planning office to declare an indicator not applicable.
pub fn ask(
    ctx: &Ctx,
    period: &str,
    agency: &str,
    indicator: &str,
    reason: &str,
) -> Result<(), AppError> {
    ctx.require(Act::Judge)?;
    let reason = filled("na_reason", reason)?;
    ctx.store.write(|tx| {
        let case = case(ctx, tx, period, agency)?;
        refuse_own_agency(ctx, tx, &case)?;
        let found = case.framework.indicator(indicator);
        let found = found.filter(|one| answer::applies(one, &case.assessment.flags()));
        let found = found.ok_or(AppError::NotFound)?;
        if case.period.state() >= State::Preliminary {
            return Err(AppError::Refused("refused-only-by-objection"));
        }
        // Until it hands in, the agency may still ask itself.
        if found.reported_by == ReportedBy::Agency && !case.assessment.is_handed_in() {
            return Err(AppError::Refused("refused-not-handed-in"));
        }
        if !found.is_na_allowed {
            return Err(AppError::Refused("refused-na-not-allowed"));
        }
        if !ctx.is_first(tx, "na_request.asked")? {
            return Ok(());
        }
        let there = store::na_request::list(tx, &case.assessment)?;
        if there.iter().any(|row| row.indicator_code == indicator) {
            return Err(AppError::Refused("refused-na-asked"));
        }
        let row = NaRequest {
            province_id: ctx.province().to_owned(),
            id: new_id(),
            assessment_id: case.assessment.id.clone(),
            agency_id: case.assessment.agency_id.clone(),
            indicator_code: indicator.to_owned(),
            reason: reason.clone(),
            asked_by: ctx.actor.user.clone(),
            asked_role: ctx.actor.role.as_str().to_owned(),
            asked_at: ctx.now,
            decision: None,
            decision_reason: None,
            decided_by: None,
            decided_at: None,
        };
        store::na_request::add(tx, &row)?;
        ctx.event(
            tx,
            &case.happening("na_request.asked", indicator.to_owned()),
        )
    })
}

/// Decides a request for "not applicable". Granting it takes the indicator out of the score.
pub fn decide(
    ctx: &Ctx,
    period: &str,
    agency: &str,
    indicator: &str,
    is_granted: bool,
    reason: &str,
) -> Result<(), AppError> {
    ctx.require(Act::Administer)?;
    ctx.store.write(|tx| {
        let case = case(ctx, tx, period, agency)?;
        refuse_final(&case)?;
        let found = case
            .framework
            .indicator(indicator)
            .ok_or(AppError::NotFound)?;
        let requests = store::na_request::list(tx, &case.assessment)?;
        let request = requests
            .into_iter()
            .find(|request| request.indicator_code == indicator);
        let request = request.ok_or(AppError::NotFound)?;
        let reason = filled("reason", reason)?;
        let decision = if is_granted { "granted" } else { "refused" };
        let user = &ctx.actor.user;
        store::na_request::set_decision(tx, &request, (decision, &reason), user, ctx.now)?;
        if is_granted {
            let verdict = Verdict::NotApplicable {
                reason: reason.clone(),
            };
            if !returns::check(found, None, &verdict).is_empty() {
                return Err(AppError::Refused("refused-na-not-allowed"));
            }
            verdict::add(
                ctx,
                tx,
                &case,
                indicator,
                "office",
                &verdict,
                ["", "", "", ""],
            )?;
        }
        ctx.event(
            tx,
            &case.happening("na_request.decided", format!("{indicator} {decision}")),
        )
    })
}
