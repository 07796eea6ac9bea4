//! The phone of a person.

use super::problems;
use super::user::user_page;
use crate::app::{AppError, phone};
use crate::web::desk::Desk;
use crate::web::error::WebResult;
use crate::web::form::Input;
use crate::web::reply::Reply;
use crate::web::url;

/// Sets it.
pub fn update(desk: &Desk, input: &Input) -> WebResult {
    let id = input.part("id");
    match phone::set(&desk.ctx, id, input.field("phone")) {
        Ok(()) => Ok(Reply::see_other(&url::user(id), Some("shell-saved"))),
        Err(AppError::Invalid(faults)) => {
            let mut page = user_page(desk, input)?;
            page.phone = input.field("phone").to_owned();
            page.problems = problems(&faults);
            desk.again(&page)
        }
        Err(error) => Err(error.into()),
    }
}
