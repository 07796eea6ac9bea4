//! The outbox: letters written in the transaction of the errand they belong to.

use chrono::NaiveDateTime;
use diesel::prelude::*;

use super::schema::letters;
use super::{Conn, StoreResult, Tx};

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
}

/// Queues a letter, unless the same one was queued before.
pub fn add(tx: &mut Tx, letter: &Letter) -> StoreResult<()> {
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
    Ok(())
}

/// Letters that are due, oldest first.
pub fn list_due(conn: &mut Conn, now: NaiveDateTime, most: i64) -> StoreResult<Vec<Letter>> {
    let found = letters::table
        .filter(letters::state.eq("queued"))
        .filter(letters::next_try_at.le(now));
    Ok(found
        .order((letters::next_try_at, letters::id))
        .limit(most)
        .load(conn)?)
}

/// The newest letters of the province.
pub fn list(conn: &mut Conn, province: &str, most: i64) -> StoreResult<Vec<Letter>> {
    let found = letters::table.filter(letters::province_id.eq(province));
    Ok(found.order(letters::id.desc()).limit(most).load(conn)?)
}

/// Writes what became of a letter.
pub fn set_fate(tx: &mut Tx, letter: &Letter) -> StoreResult<()> {
    diesel::update(
        letters::table
            .filter(letters::province_id.eq(&letter.province_id))
            .filter(letters::id.eq(&letter.id)),
    )
    .set((
        letters::state.eq(&letter.state),
        letters::attempts.eq(letter.attempts),
        letters::next_try_at.eq(letter.next_try_at),
        letters::last_error.eq(&letter.last_error),
        letters::sent_at.eq(letter.sent_at),
    ))
    .execute(&mut **tx)?;
    Ok(())
}
