//! Returned items: the agency answers the auditor.

use super::problems;
use crate::app::{self, AppError};
use crate::web::desk::Desk;
use crate::web::error::WebResult;
use crate::web::form::Input;
use crate::web::reply::Reply;

/// Answers a returned item.
pub fn update(desk: &Desk, input: &Input) -> WebResult {
    let mut page = super::answer::page(desk, input)?;
    let (period, agency) = (input.part("period"), input.part("agency"));
    let answer = input.field("answer");
    match app::query::answer(&desk.ctx, period, agency, input.part("indicator"), answer) {
        Ok(()) => Ok(Reply::see_other(
            &page.action,
            Some("manager-query-answered"),
        )),
        Err(AppError::Invalid(faults)) => {
            page.problems = problems(&faults);
            desk.again(&page)
        }
        Err(error) => Err(error.into()),
    }
}
