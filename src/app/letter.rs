//! Letters: queued in the transaction of the errand they belong to, worded when they are sent.

use std::collections::BTreeMap;

use chrono::{Duration, NaiveDateTime};

use super::link::{self, Purpose};
use super::{AppError, Ctx};
use crate::domain::access::{Act, Role};
use crate::store::event::Happening;
use crate::store::letter::Letter;
use crate::store::user::User;
use crate::store::{self, Store, Tx, new_id};

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
        channel: "mail".to_owned(),
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

/// Queues a letter to everybody who has a role of the province now.
pub fn write_to_role(
    ctx: &Ctx,
    tx: &mut Tx,
    role: Role,
    template: &str,
    details: &[(&str, &str)],
) -> Result<(), AppError> {
    let today = ctx.today();
    for row in store::user::list_all_roles(tx, ctx.province())? {
        if row.role != role.as_str() || !row.is_valid_on(today) {
            continue;
        }
        let user = store::user::find(tx, ctx.province(), &row.user_id)?;
        let reached = user.filter(|user| user.is_active && !user.email.is_empty());
        if let Some(user) = reached {
            store::letter::add(tx, &to(&user, ctx.now, template, details))?;
        }
    }
    Ok(())
}

/// Whoever took a letter has so many minutes for it; then it is due again.
const LEASE_MINUTES: i64 = 15;
/// The waits after each try that failed, in minutes; after the last the letter has failed.
const WAITS: [i64; 8] = [1, 5, 15, 60, 180, 360, 720, 1440];
/// A refusal that calls itself final is believed after so many tries: a mail server can be set up wrongly for a while.
const FINAL_TRIES: i64 = 3;

/// A letter taken out of the outbox to be carried.
pub struct Claimed {
    pub letter: Letter,
    pub user: Option<User>,
    /// What the errand said about it.
    pub details: BTreeMap<String, String>,
    /// The link it carries, made now; only its hash is kept.
    pub link: Option<String>,
}

/// Takes the next letter that is due, for one carrier alone. Letters to people who were shut out meanwhile are
/// withdrawn. Who took a letter and never came back loses it to the next: better late than never.
pub fn claim(store: &Store, now: NaiveDateTime, base: &str) -> Result<Option<Claimed>, AppError> {
    loop {
        let due = store.read(|conn| store::letter::list_due(conn, now, 1))?;
        let Some(next) = due.into_iter().next() else {
            return Ok(None);
        };
        let claimed = store.write(|tx| take(tx, now, &next, base))?;
        if claimed.is_some() {
            return Ok(claimed);
        }
    }
}

fn take(
    tx: &mut Tx,
    now: NaiveDateTime,
    next: &Letter,
    base: &str,
) -> Result<Option<Claimed>, AppError> {
    let mut letter = next.clone();
    letter.state = "sending".to_owned();
    letter.attempts += 1;
    letter.next_try_at = now + Duration::minutes(LEASE_MINUTES);
    let user = match &letter.user_id {
        Some(id) => store::user::find(tx, &letter.province_id, id)?,
        None => None,
    };
    let is_shut_out = user.as_ref().is_some_and(|user| !user.is_active);
    if is_shut_out {
        letter.state = "withdrawn".to_owned();
    }
    if !store::letter::set_fate(tx, &letter, next.attempts)? || is_shut_out {
        return Ok(None);
    }
    let purpose = Purpose::parse(&letter.template);
    let link = match (purpose, &user) {
        (Some(purpose), Some(user)) => Some(link::add(tx, now, user, purpose, base)?),
        _ => None,
    };
    let details = serde_json::from_str(&letter.body).unwrap_or_default();
    Ok(Some(Claimed {
        letter,
        user,
        details,
        link,
    }))
}

/// The letter is on its way.
pub fn set_sent(store: &Store, now: NaiveDateTime, claimed: &Letter) -> Result<(), AppError> {
    let mut letter = claimed.clone();
    letter.state = "sent".to_owned();
    letter.sent_at = Some(now);
    letter.last_error = None;
    store.write(|tx| {
        store::letter::set_fate(tx, &letter, claimed.attempts)?;
        Ok(())
    })
}

/// The letter was not taken: it waits longer each time, and fails in the end.
pub fn set_not_sent(
    store: &Store,
    now: NaiveDateTime,
    claimed: &Letter,
    why: &str,
    is_final: bool,
) -> Result<(), AppError> {
    let mut letter = claimed.clone();
    let place = usize::try_from(claimed.attempts - 1).unwrap_or_default();
    let wait = WAITS.get(place);
    let has_failed = wait.is_none() || is_final && claimed.attempts >= FINAL_TRIES;
    letter.state = if has_failed { "failed" } else { "queued" }.to_owned();
    letter.next_try_at = now + Duration::minutes(wait.copied().unwrap_or_default());
    letter.last_error = Some(why.chars().take(300).collect());
    store.write(|tx| {
        store::letter::set_fate(tx, &letter, claimed.attempts)?;
        Ok(())
    })
}

/// Sends a letter again, whatever became of it.
pub fn resend(ctx: &Ctx, id: &str) -> Result<(), AppError> {
    require(ctx)?;
    ctx.store.write(|tx| {
        let found = store::letter::find(tx, ctx.province(), id)?;
        let known = found.ok_or(AppError::NotFound)?;
        if !ctx.is_first(tx, "letter.resent")? {
            return Ok(());
        }
        let mut letter = known.clone();
        (letter.state, letter.attempts) = ("queued".to_owned(), 0);
        (letter.next_try_at, letter.last_error) = (ctx.now, None);
        if known.state == "sending" || !store::letter::set_fate(tx, &letter, known.attempts)? {
            return Err(AppError::Conflict);
        }
        let what = Happening {
            action: "letter.resent",
            subject: "letter",
            subject_id: id,
            agency: None,
            body: letter.template.clone(),
        };
        ctx.event(tx, &what)
    })
}

/// A page of the letters of the province, newest first, and how many there are of each state.
pub struct Outbox {
    pub letters: Vec<Letter>,
    pub counts: Vec<(String, i64)>,
}

/// Looks at the letters of one state, or of all.
pub fn list(ctx: &Ctx, state: Option<&str>, skip: i64, most: i64) -> Result<Outbox, AppError> {
    require(ctx)?;
    ctx.store.read(|conn| {
        Ok(Outbox {
            letters: store::letter::list(conn, ctx.province(), state, skip, most)?,
            counts: store::letter::count_by_state(conn, ctx.province())?,
        })
    })
}

fn require(ctx: &Ctx) -> Result<(), AppError> {
    ctx.require(Act::Operate)
        .or_else(|_| ctx.require(Act::Administer))
}
