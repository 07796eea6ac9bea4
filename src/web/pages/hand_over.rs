//! The manager of an agency changes: who takes over.

use super::answer::Choose;
use super::problems;
use super::user::user_page;
use crate::app::user::Person;
use crate::app::{AppError, owner, role};
use crate::domain::access::Role;
use crate::store::Conn;
use crate::web::desk::Desk;
use crate::web::error::WebResult;
use crate::web::form::Input;
use crate::web::reply::Reply;
use crate::web::url;

/// The role that can be handed over, and to whom.
pub fn heirs(
    desk: &Desk,
    conn: &mut Conn,
    person: &Person,
) -> Result<(Option<String>, Vec<Choose>), AppError> {
    let today = desk.ctx.today();
    let mut own = person.roles.iter();
    let own = own.find(|row| row.role == Role::Manager.as_str() && row.is_valid_on(today));
    let Some((row, agency)) = own.and_then(|row| Some((row, row.agency_id.as_deref()?))) else {
        return Ok((None, Vec::new()));
    };
    let people = owner::people(&desk.ctx, conn, agency)?.into_iter();
    let others = people.filter(|one| one.id != person.user.id);
    let heirs = others.map(|one| Choose {
        value: one.id,
        label: one.name,
        hint: None,
    });
    Ok((Some(row.id.clone()), heirs.collect()))
}

/// Hands the role over.
pub fn create(desk: &Desk, input: &Input) -> WebResult {
    let id = input.part("id");
    let done = role::hand_over(&desk.ctx, id, input.field("role"), input.field("to"));
    match done {
        Ok(()) => Ok(Reply::see_other(&url::user(id), Some("people-handed-over"))),
        Err(AppError::Invalid(faults)) => {
            let mut page = user_page(desk, input)?;
            page.problems = problems(&faults);
            desk.again(&page)
        }
        Err(error) => Err(error.into()),
    }
}
