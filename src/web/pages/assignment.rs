//! Which auditor answers for which agency: one by one, or shared out.

use super::period::find;
use crate::app::{self, AppError};
use crate::domain::access::Act;
use crate::web::desk::Desk;
use crate::web::error::WebResult;
use crate::web::form::Input;
use crate::web::reply::Reply;
use crate::web::url;

/// Assigns one agency to an auditor.
pub fn update(desk: &Desk, input: &Input) -> WebResult {
    let (period, agency) = (input.part("period"), input.part("agency"));
    let duty = if input.field("duty") == "re_review" {
        "re_review"
    } else {
        "review"
    };
    app::assignment::assign(&desk.ctx, period, agency, input.field("auditor"), duty)?;
    Ok(Reply::see_other(
        &url::period(period),
        Some("office-assigned"),
    ))
}

/// Shares out the agencies without an auditor, in turn, never to one of their own people.
pub fn create(desk: &Desk, input: &Input) -> WebResult {
    desk.ctx.require(Act::Administer)?;
    let period = input.part("period");
    let found = find(desk, period)?;
    let free = found.progress.iter().filter(|one| one.auditor.is_none());
    if found.auditors.is_empty() {
        return Err(AppError::Refused("refused-no-auditors").into());
    }
    for (place, one) in free.enumerate() {
        for turn in 0..found.auditors.len() {
            let auditor = &found.auditors[(place + turn) % found.auditors.len()].id;
            match app::assignment::assign(&desk.ctx, period, &one.agency.code, auditor, "review") {
                Err(AppError::Refused("refused-own-agency")) => {}
                ended => {
                    ended?;
                    break;
                }
            }
        }
    }
    Ok(Reply::see_other(
        &url::period(period),
        Some("office-assigned"),
    ))
}
