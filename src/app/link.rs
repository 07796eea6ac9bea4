//! Links that work once: an invitation, or a reset of the password.

use chrono::Duration;

use super::session::{token, token_hash};
use super::user::happening;
use super::{AppError, Ctx};
use crate::store;
use crate::store::event::Happening;
use crate::store::user::{OneTimeLink, User};

/// Writes a link that works once, for an invitation (seven days) or a reset (one hour). Older links end.
pub fn send(ctx: &Ctx, user: &User, purpose: &str, base: &str) -> Result<String, AppError> {
    let token = token()?;
    let life = if purpose == "invitation" {
        Duration::days(7)
    } else {
        Duration::hours(1)
    };
    let link = OneTimeLink {
        token_hash: token_hash(&token),
        province_id: user.province_id.clone(),
        user_id: user.id.clone(),
        purpose: purpose.to_owned(),
        created_at: ctx.now,
        expires_at: ctx.now + life,
        used_at: None,
    };
    ctx.store.write(|tx| {
        store::user::add_link(tx, &link)?;
        let address = format!("{}/password/{token}", base.trim_end_matches('/'));
        let letter = super::assessment::letter(ctx, user, purpose, &[("link", address.as_str())]);
        store::letter::add(tx, &letter)?;
        ctx.event(
            tx,
            &Happening {
                body: purpose.to_owned(),
                ..happening("link.sent", &user.id)
            },
        )?;
        Ok(address)
    })
}
