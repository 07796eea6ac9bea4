//! Sessions, kept by the hash of their token; and keys of writes already done.

use chrono::NaiveDateTime;
use diesel::prelude::*;

use super::schema::{roles, sessions, users, write_keys};
use super::user::{RoleRow, User};
use super::{Conn, StoreResult, Tx};

/// Somebody signed in.
#[derive(Clone, Debug, Queryable, Insertable)]
#[diesel(table_name = sessions)]
pub struct Session {
    pub token_hash: String,
    pub province_id: String,
    pub user_id: String,
    pub csrf: String,
    pub created_at: NaiveDateTime,
    pub seen_at: NaiveDateTime,
    pub address: String,
    /// Which of their roles they are at work in; none while they have not chosen.
    pub role_id: Option<String>,
    /// The role they practise in; none while they are at their own work.
    pub practice: Option<String>,
}

/// Begins a session.
pub fn add(tx: &mut Tx, session: &Session) -> StoreResult<()> {
    diesel::insert_into(sessions::table)
        .values(session)
        .execute(&mut **tx)?;
    Ok(())
}

/// The session of that token's hash with its person and their roles, first given first: every request asks for it, so
/// it is one question.
pub fn find(
    conn: &mut Conn,
    token_hash: &str,
) -> StoreResult<Option<(Session, User, Vec<RoleRow>)>> {
    let is_person = users::province_id
        .eq(sessions::province_id)
        .and(users::id.eq(sessions::user_id));
    let is_role = roles::province_id
        .eq(users::province_id)
        .and(roles::user_id.eq(users::id));
    let rows: Vec<(Session, User, Option<RoleRow>)> = sessions::table
        .inner_join(users::table.on(is_person))
        .left_join(roles::table.on(is_role))
        .filter(sessions::token_hash.eq(token_hash))
        .order((roles::starts_on, roles::id))
        .load(conn)?;
    let mut found: Option<(Session, User, Vec<RoleRow>)> = None;
    for (session, user, role) in rows {
        let (.., roles) = found.get_or_insert((session, user, Vec::new()));
        roles.extend(role);
    }
    Ok(found)
}

/// Notes that the session is in use.
pub fn set_seen(tx: &mut Tx, token_hash: &str, now: NaiveDateTime) -> StoreResult<()> {
    diesel::update(sessions::table.filter(sessions::token_hash.eq(token_hash)))
        .set(sessions::seen_at.eq(now))
        .execute(&mut **tx)?;
    Ok(())
}

/// Notes which role somebody is at work in.
pub fn set_role(tx: &mut Tx, token_hash: &str, role: &str) -> StoreResult<()> {
    diesel::update(sessions::table.filter(sessions::token_hash.eq(token_hash)))
        .set(sessions::role_id.eq(Some(role)))
        .execute(&mut **tx)?;
    Ok(())
}

/// Notes in which role somebody practises; none ends it.
pub fn set_practice(tx: &mut Tx, token_hash: &str, role: Option<&str>) -> StoreResult<()> {
    diesel::update(sessions::table.filter(sessions::token_hash.eq(token_hash)))
        .set(sessions::practice.eq(role))
        .execute(&mut **tx)?;
    Ok(())
}

/// The sessions of a person that were used since a moment, newest first.
pub fn list_of_user(
    conn: &mut Conn,
    province: &str,
    user: &str,
    since: NaiveDateTime,
) -> StoreResult<Vec<Session>> {
    let own = sessions::table
        .filter(sessions::province_id.eq(province))
        .filter(sessions::user_id.eq(user))
        .filter(sessions::seen_at.ge(since));
    Ok(own.order(sessions::seen_at.desc()).load(conn)?)
}

/// Ends one session.
pub fn remove(tx: &mut Tx, token_hash: &str) -> StoreResult<()> {
    diesel::delete(sessions::table.filter(sessions::token_hash.eq(token_hash)))
        .execute(&mut **tx)?;
    Ok(())
}

/// Ends every session of a person.
pub fn remove_all(tx: &mut Tx, province: &str, user: &str) -> StoreResult<()> {
    diesel::delete(
        sessions::table
            .filter(sessions::province_id.eq(province))
            .filter(sessions::user_id.eq(user)),
    )
    .execute(&mut **tx)?;
    Ok(())
}

/// Ends every session of a person but one.
pub fn remove_others(tx: &mut Tx, province: &str, user: &str, own: &str) -> StoreResult<usize> {
    let others = sessions::table
        .filter(sessions::province_id.eq(province))
        .filter(sessions::user_id.eq(user))
        .filter(sessions::token_hash.ne(own));
    Ok(diesel::delete(others).execute(&mut **tx)?)
}

/// Removes sessions that were not used since one moment, or began before another.
pub fn remove_over(tx: &mut Tx, idle: NaiveDateTime, begun: NaiveDateTime) -> StoreResult<usize> {
    let over = sessions::table.filter(
        sessions::seen_at
            .lt(idle)
            .or(sessions::created_at.lt(begun)),
    );
    Ok(diesel::delete(over).execute(&mut **tx)?)
}

/// Removes keys of writes before a moment.
pub fn remove_keys(tx: &mut Tx, before: NaiveDateTime) -> StoreResult<usize> {
    let old = write_keys::table.filter(write_keys::made_at.lt(before));
    Ok(diesel::delete(old).execute(&mut **tx)?)
}

/// A write that was done under a key of the client.
#[derive(Clone, Debug, Queryable, Insertable)]
#[diesel(table_name = write_keys)]
pub struct WriteKey {
    pub province_id: String,
    pub user_id: String,
    pub write_key: String,
    pub errand: String,
    pub made_at: NaiveDateTime,
}

/// Takes a key; false where it was taken before, so that the write was done already.
pub fn take_key(tx: &mut Tx, key: &WriteKey) -> StoreResult<bool> {
    if has_key(tx, key)? {
        return Ok(false);
    }
    diesel::insert_into(write_keys::table)
        .values(key)
        .execute(&mut **tx)?;
    Ok(true)
}

/// Whether the key of a write was taken already.
pub fn has_key(conn: &mut Conn, key: &WriteKey) -> StoreResult<bool> {
    let found: i64 = write_keys::table
        .filter(write_keys::province_id.eq(&key.province_id))
        .filter(write_keys::user_id.eq(&key.user_id))
        .filter(write_keys::write_key.eq(&key.write_key))
        .count()
        .get_result(conn)?;
    Ok(found > 0)
}
