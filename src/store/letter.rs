//! The outbox: letters written in the transaction of the errand they belong to.

use chrono::NaiveDateTime;
use diesel::prelude::*;

use super::schema::letters;
use super::{Conn, StoreResult, Tx};
use crate::domain::access::is_practice;

/// A letter and its fate.
#[derive(Clone, Debug, Queryable, Insertable)]
#[diesel(table_name = letters)]
pub struct Letter {
    pub province_id: String,
    pub id: String,
    pub user_id: Option<String>,
    pub address: String,
    pub template: String,
    pub subject: String,
    pub body: String,
    pub html: String,
    pub unique_key: String,
    /// `queued`, `sent` or `failed`.
    pub state: String,
    pub attempts: i64,
    pub next_try_at: NaiveDateTime,
    pub last_error: Option<String>,
    pub queued_at: NaiveDateTime,
    pub sent_at: Option<NaiveDateTime>,
    /// `mail`, or `text` for a message to a phone.
    pub channel: String,
}

/// Queues a letter, unless the same one was queued before; says whether it did. Practice writes to nobody.
pub fn add(tx: &mut Tx, letter: &Letter) -> StoreResult<bool> {
    if is_practice(&letter.province_id) {
        return Ok(false);
    }
    let found: i64 = letters::table
        .filter(letters::province_id.eq(&letter.province_id))
        .filter(letters::unique_key.eq(&letter.unique_key))
        .count()
        .get_result(&mut **tx)?;
    if found == 0 {
        diesel::insert_into(letters::table)
            .values(letter)
            .execute(&mut **tx)?;
    }
    Ok(found == 0)
}

/// Letters that are due, oldest first: waiting ones, and ones whose carrier never came back.
pub fn list_due(conn: &mut Conn, now: NaiveDateTime, most: i64) -> StoreResult<Vec<Letter>> {
    let found = letters::table
        .filter(letters::state.eq_any(["queued", "sending"]))
        .filter(letters::next_try_at.le(now));
    Ok(found
        .order((letters::next_try_at, letters::id))
        .limit(most)
        .load(conn)?)
}

/// A letter of the province.
pub fn find(conn: &mut Conn, province: &str, id: &str) -> StoreResult<Option<Letter>> {
    let found = letters::table
        .filter(letters::province_id.eq(province))
        .filter(letters::id.eq(id));
    Ok(found.first(conn).optional()?)
}

/// Letters of the province, newest first, of one state or of all.
pub fn list(
    conn: &mut Conn,
    province: &str,
    state: Option<&str>,
    skip: i64,
    most: i64,
) -> StoreResult<Vec<Letter>> {
    let mut found = letters::table
        .filter(letters::province_id.eq(province))
        .into_boxed();
    if let Some(state) = state {
        found = found.filter(letters::state.eq(state));
    }
    Ok(found
        .order(letters::id.desc())
        .offset(skip)
        .limit(most)
        .load(conn)?)
}

/// How many letters of the province are in each state.
pub fn count_by_state(conn: &mut Conn, province: &str) -> StoreResult<Vec<(String, i64)>> {
    Ok(letters::table
        .filter(letters::province_id.eq(province))
        .group_by(letters::state)
        .select((letters::state, diesel::dsl::count_star()))
        .order(letters::state)
        .load(conn)?)
}

/// Writes what became of a letter; false where somebody else had taken it after that many tries.
pub fn set_fate(tx: &mut Tx, letter: &Letter, tries: i64) -> StoreResult<bool> {
    let own = letters::table
        .filter(letters::province_id.eq(&letter.province_id))
        .filter(letters::id.eq(&letter.id))
        .filter(letters::attempts.eq(tries));
    let changed = diesel::update(own)
        .set((
            letters::state.eq(&letter.state),
            letters::attempts.eq(letter.attempts),
            letters::next_try_at.eq(letter.next_try_at),
            letters::last_error.eq(&letter.last_error),
            letters::sent_at.eq(letter.sent_at),
        ))
        .execute(&mut **tx)?;
    Ok(changed == 1)
}
