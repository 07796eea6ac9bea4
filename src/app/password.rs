//! Passwords: how they are kept, which are allowed, how they are set.

use std::sync::OnceLock;

use argon2::password_hash::phc::PasswordHash;
use argon2::{Argon2, PasswordHasher, PasswordVerifier};
use chrono::NaiveDateTime;

use super::session::token_hash;
use super::user::happening;
use super::{AppError, Problem};
use crate::domain::access::Actor;
use crate::store::{self, Store, StoreError};

/// The shortest password, in characters.
pub const SHORTEST: usize = 10;

/// The hash of a password, argon2id.
pub fn hash(password: &str) -> Result<String, AppError> {
    let hash = Argon2::default().hash_password(password.as_bytes());
    let hash = hash.map_err(|error| StoreError::Broken(format!("argon2: {error}")))?;
    Ok(hash.to_string())
}

/// Whether a password is the one of the hash. Unknown people cost as much time as known ones.
pub(super) fn is_right(password: &str, kept: Option<&str>) -> bool {
    static NOBODY: OnceLock<String> = OnceLock::new();
    let nobody = NOBODY.get_or_init(|| hash("nobody has this one").unwrap_or_default());
    let hash = PasswordHash::new(kept.unwrap_or(nobody));
    let is_same = |hash| {
        Argon2::default()
            .verify_password(password.as_bytes(), &hash)
            .is_ok()
    };
    hash.is_ok_and(is_same) && kept.is_some()
}

/// Passwords too common to be allowed, in whatever script they are typed.
const COMMON: [&str; 14] = [
    "password",
    "12345678",
    "123456789",
    "1234567890",
    "qwertyuiop",
    "password123",
    "password1234",
    "iloveyou",
    "administrator",
    "mizanmizan",
    "رمزعبور",
    "پسورد",
    "گذرواژه",
    "ایرانایران",
];

/// Whether a new password is long enough and not too common; the key of the sentence if not.
pub fn check(password: &str) -> Result<(), &'static str> {
    if password.chars().count() < SHORTEST {
        return Err("problem-password-short");
    }
    if password.chars().count() > 256 {
        return Err("problem-password-long");
    }
    let plain = password.to_lowercase().replace([' ', '\u{200c}'], "");
    let first = plain.chars().next();
    if COMMON.contains(&plain.as_str()) || plain.chars().all(|sign| Some(sign) == first) {
        return Err("problem-password-common");
    }
    Ok(())
}

/// Sets a password by a link that works once; every session of the person ends.
pub fn set_by_link(
    store: &Store,
    now: NaiveDateTime,
    address: &str,
    token: &str,
    password: &str,
) -> Result<(), AppError> {
    check(password).map_err(|key| AppError::Invalid(vec![Problem::at("password", key)]))?;
    let hash = hash(password)?;
    store.write(|tx| {
        let link = store::user::find_link(tx, &token_hash(token))?;
        let link = link.filter(|link| link.used_at.is_none() && now < link.expires_at);
        let link = link.ok_or(AppError::Refused("refused-link"))?;
        store::user::end_links(tx, &link.province_id, &link.user_id, now)?;
        store::user::set_password(tx, &link.province_id, &link.user_id, &hash)?;
        store::session::remove_all(tx, &link.province_id, &link.user_id)?;
        let mut actor = Actor::system(&link.province_id);
        (actor.user, actor.address) = (link.user_id.clone(), address.to_owned());
        let what = happening("password.set", &link.user_id);
        store::event::add(tx, &actor, now, &what).map_err(AppError::from)
    })
}
