//! Corrections after publication: what an agency's value should have been, and why.

use chrono::NaiveDateTime;
use diesel::prelude::*;

use super::schema::corrections;
use super::{Conn, StoreResult, Tx};

/// One correction.
#[derive(Clone, Debug, Queryable, Insertable)]
#[diesel(table_name = corrections)]
pub struct Correction {
    pub province_id: String,
    pub id: String,
    pub period_id: String,
    pub agency_code: String,
    pub indicator_code: String,
    /// The verdict that should have been, as in the returns.
    pub verdict: String,
    pub reason: String,
    pub opened_by: String,
    pub opened_at: NaiveDateTime,
    /// `open`, `published` or `withdrawn`.
    pub state: String,
    pub closed_at: Option<NaiveDateTime>,
}

/// Adds a correction.
pub fn add(tx: &mut Tx, row: &Correction) -> StoreResult<()> {
    diesel::insert_into(corrections::table)
        .values(row)
        .execute(&mut **tx)?;
    Ok(())
}

/// The corrections of a quarter that no edition has published yet, oldest first.
pub fn list_open(conn: &mut Conn, province: &str, period: &str) -> StoreResult<Vec<Correction>> {
    let found = corrections::table
        .filter(corrections::province_id.eq(province))
        .filter(corrections::period_id.eq(period))
        .filter(corrections::state.eq("open"));
    Ok(found.order(corrections::id).load(conn)?)
}

/// Closes a correction: `published` or `withdrawn`.
pub fn close(tx: &mut Tx, of: &Correction, state: &str, now: NaiveDateTime) -> StoreResult<()> {
    let own = corrections::table
        .filter(corrections::province_id.eq(&of.province_id))
        .filter(corrections::id.eq(&of.id))
        .filter(corrections::state.eq("open"));
    diesel::update(own)
        .set((
            corrections::state.eq(state),
            corrections::closed_at.eq(Some(now)),
        ))
        .execute(&mut **tx)?;
    Ok(())
}
