//! The phone of a person, for text messages; the outbox sends none where there is none.

use super::user::{find, happening};
use super::{AppError, Ctx, Problem};
use crate::domain::phone::parse_mobile;
use crate::store;

/// Sets or clears the phone of somebody whom the actor looks after. The number is not in the log.
pub fn set(ctx: &Ctx, id: &str, typed: &str) -> Result<(), AppError> {
    let phone = match typed.trim() {
        "" => String::new(),
        typed => parse_mobile(typed)
            .ok_or_else(|| AppError::Invalid(vec![Problem::at("phone", "problem-phone")]))?,
    };
    ctx.store.write(|tx| {
        find(ctx, tx, id)?;
        if !ctx.is_first(tx, "user.phone_set")? {
            return Ok(());
        }
        store::user::set_phone(tx, ctx.province(), id, &phone)?;
        ctx.event(tx, &happening("user.phone_set", id))
    })
}
