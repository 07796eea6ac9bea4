//! Passwords: how they are kept, how they are set and changed.

use std::sync::{Condvar, Mutex, OnceLock, PoisonError};

use argon2::password_hash::phc::PasswordHash;
use argon2::{Argon2, PasswordHasher, PasswordVerifier};
use chrono::NaiveDateTime;

use super::session::token_hash;
use super::user::happening;
use super::{AppError, Ctx, Problem};
use crate::domain::access::Actor;
use crate::domain::password;
use crate::store::user::{OneTimeLink, User};
use crate::store::{self, Conn, Store, StoreError};

/// Each argon2id needs 19 MiB; so many run at once.
const MOST_AT_ONCE: usize = 4;
/// So many wait for their turn; whoever comes then is asked to come again.
const MOST_WAITING: usize = 200;

/// The room where passwords are hashed: few at a time, so that many at the door do not eat the memory.
struct Room {
    /// At work, and waiting.
    inside: Mutex<(usize, usize)>,
    left: Condvar,
}

static ROOM: Room = Room {
    inside: Mutex::new((0, 0)),
    left: Condvar::new(),
};

impl Room {
    fn enter<T>(&self, work: impl FnOnce() -> T) -> Result<T, AppError> {
        let mut inside = self.inside.lock().unwrap_or_else(PoisonError::into_inner);
        if inside.1 >= MOST_WAITING {
            let busy = "too many people sign in at once".to_owned();
            return Err(StoreError::Unavailable(busy).into());
        }
        inside.1 += 1;
        while inside.0 >= MOST_AT_ONCE {
            let waited = self.left.wait(inside);
            inside = waited.unwrap_or_else(PoisonError::into_inner);
        }
        inside.1 -= 1;
        inside.0 += 1;
        drop(inside);
        let done = work();
        let mut inside = self.inside.lock().unwrap_or_else(PoisonError::into_inner);
        inside.0 -= 1;
        self.left.notify_one();
        Ok(done)
    }
}

/// The hash of a password, argon2id.
pub fn hash(password: &str) -> Result<String, AppError> {
    let hash = ROOM.enter(|| Argon2::default().hash_password(password.as_bytes()))?;
    let hash = hash.map_err(|error| StoreError::Broken(format!("argon2: {error}")))?;
    Ok(hash.to_string())
}

/// Whether a password is the one of the hash. Unknown people cost as much time as known ones.
pub(super) fn is_right(password: &str, kept: Option<&str>) -> Result<bool, AppError> {
    static NOBODY: OnceLock<String> = OnceLock::new();
    if NOBODY.get().is_none() {
        let hash = hash("nobody has this one")?;
        NOBODY.get_or_init(|| hash);
    }
    let nobody = NOBODY.get().map(String::as_str).unwrap_or_default();
    let Ok(hash) = PasswordHash::new(kept.unwrap_or(nobody)) else {
        return Ok(false);
    };
    let is_same = || Argon2::default().verify_password(password.as_bytes(), &hash);
    Ok(ROOM.enter(is_same)?.is_ok() && kept.is_some())
}

/// A new password as it was typed, twice.
pub struct Typed<'a> {
    pub password: &'a str,
    pub repeat: &'a str,
}

impl Typed<'_> {
    fn check(&self, login: &str) -> Vec<Problem> {
        let mut problems = Vec::new();
        if let Err(key) = password::check(self.password, login) {
            problems.push(Problem::at("password", key));
        } else if self.password != self.repeat {
            problems.push(Problem::at("repeat", "problem-password-repeat"));
        }
        problems
    }
}

/// The link of a token and the person it is for, while it works.
pub fn find_link(
    conn: &mut Conn,
    now: NaiveDateTime,
    token: &str,
) -> Result<(OneTimeLink, User), AppError> {
    let link = store::user::find_link(conn, &token_hash(token))?;
    let link = link.filter(|link| link.used_at.is_none() && now < link.expires_at);
    let link = link.ok_or(AppError::Refused("refused-link"))?;
    let user = store::user::find(conn, &link.province_id, &link.user_id)?;
    let user = user.filter(|user| user.is_active);
    Ok((link, user.ok_or(AppError::Refused("refused-link"))?))
}

/// Asks the person at work for their password once more, before a deed that cannot be taken back.
pub fn confirm(ctx: &Ctx, typed: &str) -> Result<bool, AppError> {
    let user = ctx
        .store
        .read(|conn| store::user::find(conn, ctx.province(), &ctx.actor.user))?;
    let hash = user.and_then(|user| user.password_hash);
    if is_right(typed, hash.as_deref())? {
        return Ok(true);
    }
    ctx.store
        .write(|tx| ctx.event(tx, &happening("password.refused", &ctx.actor.user)))?;
    Ok(false)
}

/// Sets a password by a link that works once; every session of the person ends.
pub fn set_by_link(
    store: &Store,
    now: NaiveDateTime,
    address: &str,
    token: &str,
    typed: &Typed,
) -> Result<(), AppError> {
    let (_, user) = store.read(|conn| find_link(conn, now, token))?;
    let problems = typed.check(&user.login);
    if !problems.is_empty() {
        return Err(AppError::Invalid(problems));
    }
    let hash = hash(typed.password)?;
    store.write(|tx| {
        let (link, user) = find_link(tx, now, token)?;
        store::user::end_links(tx, &link.province_id, &user.id, now)?;
        store::user::set_password(tx, &link.province_id, &user.id, &hash)?;
        store::session::remove_all(tx, &link.province_id, &user.id)?;
        let mut actor = Actor::system(&link.province_id);
        (actor.user, actor.address) = (user.id.clone(), address.to_owned());
        let what = happening("password.set", &user.id);
        store::event::add(tx, &actor, now, &what).map_err(AppError::from)
    })
}

/// Changes one's own password; asks for the present one. Every other session ends, and every unused link.
pub fn change(ctx: &Ctx, session: &str, present: &str, typed: &Typed) -> Result<(), AppError> {
    let own = |conn: &mut Conn| store::user::find(conn, ctx.province(), &ctx.actor.user);
    let user = ctx.store.read(own)?.ok_or(AppError::NotFound)?;
    let mut problems = typed.check(&user.login);
    if !is_right(present, user.password_hash.as_deref())? {
        problems.insert(0, Problem::at("present", "problem-password-present"));
    }
    if !problems.is_empty() {
        return Err(AppError::Invalid(problems));
    }
    let hash = hash(typed.password)?;
    ctx.store.write(|tx| {
        // Somebody with an old session may not win against a change that was made meanwhile.
        let now = store::user::find(tx, ctx.province(), &user.id)?.ok_or(AppError::NotFound)?;
        if now.password_hash != user.password_hash {
            return Err(AppError::Conflict);
        }
        store::user::end_links(tx, ctx.province(), &user.id, ctx.now)?;
        store::user::set_password(tx, ctx.province(), &user.id, &hash)?;
        store::session::remove_others(tx, ctx.province(), &user.id, &token_hash(session))?;
        ctx.event(tx, &happening("password.changed", &user.id))
    })
}
