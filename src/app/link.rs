//! Links that work once: an invitation, or a reset of the password.

use chrono::{Duration, NaiveDateTime};

use super::session::{token, token_hash};
use super::user::happening;
use super::{AppError, Ctx, letter};
use crate::domain::access::Actor;
use crate::store::event::Happening;
use crate::store::user::{OneTimeLink, User};
use crate::store::{self, Store, Tx, new_id};

/// An invitation lives so many days.
pub const INVITATION_DAYS: i64 = 7;
/// A reset lives so many minutes.
pub const RESET_MINUTES: i64 = 60;

/// Why somebody gets a link.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    Invitation,
    Reset,
}

impl Purpose {
    /// The word kept in the database, which is also the name of the letter.
    pub fn as_str(self) -> &'static str {
        match self {
            Purpose::Invitation => "invitation",
            Purpose::Reset => "reset",
        }
    }

    /// The purpose of that word.
    pub fn parse(word: &str) -> Option<Purpose> {
        let all = [Purpose::Invitation, Purpose::Reset];
        all.into_iter().find(|purpose| purpose.as_str() == word)
    }

    fn life(self) -> Duration {
        match self {
            Purpose::Invitation => Duration::days(INVITATION_DAYS),
            Purpose::Reset => Duration::minutes(RESET_MINUTES),
        }
    }
}

/// Makes the link of a person; only its hash is kept, and older links end. A letter makes its link when it is sent,
/// so that none lies readable in the outbox and none grows old there.
pub fn add(
    tx: &mut Tx,
    now: NaiveDateTime,
    user: &User,
    purpose: Purpose,
    base: &str,
) -> Result<String, AppError> {
    add_until(tx, now, user, (purpose, now + purpose.life()), base)
}

fn add_until(
    tx: &mut Tx,
    now: NaiveDateTime,
    user: &User,
    (purpose, expires_at): (Purpose, NaiveDateTime),
    base: &str,
) -> Result<String, AppError> {
    let token = token()?;
    let link = OneTimeLink {
        token_hash: token_hash(&token),
        province_id: user.province_id.clone(),
        user_id: user.id.clone(),
        purpose: purpose.as_str().to_owned(),
        created_at: now,
        expires_at,
        used_at: None,
    };
    store::user::add_link(tx, &link)?;
    Ok(format!("{}/password/{token}", base.trim_end_matches('/')))
}

/// Makes a link to be handed over in person, as the command line does for the first account.
pub fn make(ctx: &Ctx, user: &User, purpose: Purpose, base: &str) -> Result<String, AppError> {
    ctx.store.write(|tx| {
        let address = add(tx, ctx.now, user, purpose, base)?;
        ctx.event(tx, &made(user, purpose))?;
        Ok(address)
    })
}

/// A link on paper.
pub struct Printed {
    pub user: User,
    pub purpose: Purpose,
    pub address: String,
    pub expires_at: NaiveDateTime,
}

/// Makes a link for a sealed slip. Paper travels: it lives as long as an invitation, whatever it is for.
pub(super) fn print(ctx: &Ctx, tx: &mut Tx, user: User, base: &str) -> Result<Printed, AppError> {
    let purpose = match user.password_hash {
        Some(_) => Purpose::Reset,
        None => Purpose::Invitation,
    };
    let expires_at = ctx.now + Duration::days(INVITATION_DAYS);
    let address = add_until(tx, ctx.now, &user, (purpose, expires_at), base)?;
    let what = Happening {
        body: purpose.as_str().to_owned(),
        ..happening("link.printed", &user.id)
    };
    ctx.event(tx, &what)?;
    // Whoever has a password already hears that somebody printed a way to set another.
    if matches!(purpose, Purpose::Reset) && !user.email.is_empty() {
        let id = new_id();
        let letter = letter::to(&user, ctx.now, "slip-printed", &[("id", id.as_str())]);
        store::letter::add(tx, &letter)?;
    }
    Ok(Printed {
        user,
        purpose,
        address,
        expires_at,
    })
}

/// Queues the letter that will carry a link.
pub fn queue(ctx: &Ctx, tx: &mut Tx, user: &User, purpose: Purpose) -> Result<(), AppError> {
    write(tx, ctx.now, user, purpose)?;
    ctx.event(tx, &made(user, purpose))
}

fn write(tx: &mut Tx, now: NaiveDateTime, user: &User, purpose: Purpose) -> Result<(), AppError> {
    let id = new_id();
    let letter = letter::to(user, now, purpose.as_str(), &[("id", id.as_str())]);
    store::letter::add(tx, &letter)?;
    Ok(())
}

fn made<'a>(user: &'a User, purpose: Purpose) -> Happening<'a> {
    Happening {
        body: purpose.as_str().to_owned(),
        ..happening("link.sent", &user.id)
    }
}

/// Somebody forgot their password and gives a user name or an e-mail. Nobody learns whether that is known: either way
/// it is one transaction with its event, and the letter goes out later.
pub fn ask_reset(
    store: &Store,
    now: NaiveDateTime,
    address: &str,
    typed: &str,
) -> Result<(), AppError> {
    let (people, province) = store.read(|conn| {
        let mut people = store::user::list_by_email(conn, typed)?;
        people.extend(store::user::find_by_login(conn, typed)?);
        people.retain(|user| user.is_active && !user.email.is_empty());
        people.dedup_by(|one, other| one.id == other.id);
        let province = store::province::list(conn)?.into_iter().next();
        Ok::<_, AppError>((people, province.map(|province| province.id)))
    })?;
    let actor = |province: &str| Actor {
        address: address.to_owned(),
        ..Actor::system(province)
    };
    store.write(|tx| {
        for user in &people {
            write(tx, now, user, Purpose::Reset)?;
            let what = happening("reset.asked", &user.id);
            store::event::add(tx, &actor(&user.province_id), now, &what)?;
        }
        if let (true, Some(province)) = (people.is_empty(), &province) {
            // An unknown name belongs to no province; the first one's log keeps it. What was typed is not kept:
            // some people type their password there.
            let what = happening("reset.asked", "");
            store::event::add(tx, &actor(province), now, &what)?;
        }
        Ok(())
    })
}
