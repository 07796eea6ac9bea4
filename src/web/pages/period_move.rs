//! The last question before a period moves: what cannot be taken back is asked, and what is final takes two people.

use serde::Serialize;

use super::period::{find, state_key, title};
use super::{form_key, problems};
use crate::app::AppError;
use crate::app::period::{Moved, advance};
use crate::web::desk::Desk;
use crate::web::error::WebResult;
use crate::web::form::Input;
use crate::web::render::{Page, Problem};
use crate::web::reply::Reply;
use crate::web::url;

/// The last question before a move.
#[derive(Serialize)]
pub struct MovePage {
    pub action: String,
    pub key: String,
    pub back: String,
    pub title: String,
    pub from: String,
    pub to: String,
    pub seen: String,
    pub is_irreversible: bool,
    pub needs_two: bool,
    pub problems: Vec<Problem>,
}

impl Page for MovePage {
    const TEMPLATE: &'static str = "period/move.html";
}

fn page(desk: &Desk, input: &Input) -> Result<MovePage, AppError> {
    let found = find(desk, input.part("period"))?;
    let state = found.period.state();
    let next = state
        .following()
        .ok_or(AppError::Refused("refused-archived"))?;
    Ok(MovePage {
        action: format!("{}/move", url::period(&found.period.code)),
        key: form_key(),
        back: url::period(&found.period.code),
        title: title(desk, &found.period.code),
        from: state_key(state),
        to: state_key(next),
        seen: found.period.state.clone(),
        is_irreversible: next.is_irreversible(),
        needs_two: next.needs_two(),
        problems: Vec::new(),
    })
}

/// Asks before a move.
pub fn show(desk: &Desk, input: &Input) -> WebResult {
    desk.page(&page(desk, input)?)
}

/// Moves the period, or proposes the move to a second person.
pub fn create(desk: &Desk, input: &Input) -> WebResult {
    let mut page = page(desk, input)?;
    let is_sure = input.is_ticked("is_sure");
    let (code, seen) = (input.part("period"), input.field("seen"));
    match advance(&desk.ctx, code, seen, is_sure) {
        Ok(Moved::Done(_)) => Ok(Reply::see_other(&page.back, Some("office-moved"))),
        Ok(Moved::Proposed) => Ok(Reply::see_other(&page.back, Some("office-proposed"))),
        Err(AppError::Invalid(faults)) => {
            page.problems = problems(&faults);
            desk.again(&page)
        }
        Err(error) => Err(error.into()),
    }
}
