//! Letters: queued in the transaction of the errand they belong to, worded when they are sent.

use chrono::NaiveDateTime;

use super::{AppError, Ctx};
use crate::store::letter::Letter;
use crate::store::user::User;
use crate::store::{self, Tx, new_id};

/// A letter to one person; its words are put in, in their language, when it is sent. The same details make the
/// same letter, which is written once.
pub fn to(user: &User, now: NaiveDateTime, template: &str, details: &[(&str, &str)]) -> Letter {
    let members = details
        .iter()
        .map(|(name, value)| ((*name).to_owned(), (*value).into()));
    let body = serde_json::Value::Object(members.collect()).to_string();
    let unique: Vec<&str> = details.iter().map(|(_, value)| *value).collect();
    Letter {
        province_id: user.province_id.clone(),
        id: new_id(),
        user_id: Some(user.id.clone()),
        address: user.email.clone(),
        template: template.to_owned(),
        subject: String::new(),
        body,
        html: String::new(),
        unique_key: format!("{template} {} {}", user.id, unique.join(" ")),
        state: "queued".to_owned(),
        attempts: 0,
        next_try_at: now,
        last_error: None,
        queued_at: now,
        sent_at: None,
    }
}

/// Queues a letter to everybody who works for an agency now.
pub fn write_to_agency(
    ctx: &Ctx,
    tx: &mut Tx,
    agency: &str,
    template: &str,
    details: &[(&str, &str)],
) -> Result<(), AppError> {
    let today = ctx.today();
    for role in store::user::list_all_roles(tx, ctx.province())? {
        if role.agency_id.as_deref() != Some(agency) || !role.is_valid_on(today) {
            continue;
        }
        let Some(user) = store::user::find(tx, ctx.province(), &role.user_id)? else {
            continue;
        };
        if user.is_active && !user.email.is_empty() {
            store::letter::add(tx, &to(&user, ctx.now, template, details))?;
        }
    }
    Ok(())
}
