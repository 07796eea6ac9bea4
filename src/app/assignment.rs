//! Sharing out agencies to those who verify them.

use super::{AppError, Ctx, Problem};
use crate::domain::access::Act;
use crate::store::{self, new_id};

/// Shares out an agency of a period to an auditor, in place of whoever had that duty.
pub fn assign(
    ctx: &Ctx,
    period: &str,
    agency: &str,
    auditor: &str,
    duty: &str,
) -> Result<(), AppError> {
    ctx.require(Act::Administer)?;
    ctx.store.write(|tx| {
        let case = super::case(ctx, tx, period, agency)?;
        let roles = store::user::list_roles(tx, ctx.province(), auditor)?;
        let is_auditor = roles
            .iter()
            .any(|r| matches!(r.role.as_str(), "auditor" | "lead_auditor"));
        if !is_auditor {
            let choose = Problem::at("auditor", "problem-choose");
            return Err(AppError::Invalid(vec![choose]));
        }
        let own = Some(case.assessment.agency_id.as_str());
        if roles.iter().any(|role| role.agency_id.as_deref() == own) {
            return Err(AppError::Refused("refused-own-agency"));
        }
        for other in store::assignment::list_of_period(tx, ctx.province(), &case.period.id)? {
            if Some(other.agency_id.as_str()) == own && other.duty == duty {
                store::assignment::set_ended(tx, &other, ctx.now)?;
            }
        }
        store::assignment::add(
            tx,
            &store::assignment::Assignment {
                province_id: ctx.province().to_owned(),
                id: new_id(),
                period_id: case.period.id.clone(),
                agency_id: case.assessment.agency_id.clone(),
                user_id: auditor.to_owned(),
                duty: duty.to_owned(),
                assigned_by: ctx.actor.user.clone(),
                assigned_at: ctx.now,
                ended_at: None,
            },
        )?;
        ctx.event(
            tx,
            &case.happening("agency.assigned", format!("{auditor} {duty}")),
        )
    })
}
