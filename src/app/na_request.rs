//! Requests for "not applicable": the planning office decides; granting takes the indicator out of the score.

use super::verdict::{self, filled, refuse_final};
use super::{AppError, Ctx, case};
use crate::domain::access::Act;
use crate::domain::returns::{self, Verdict};
use crate::store;

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
