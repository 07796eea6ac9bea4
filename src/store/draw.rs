//! The draw of a quarter: one, closed and then held.

use chrono::NaiveDateTime;
use diesel::prelude::*;

use super::schema::draws;
use super::{Conn, StoreError, StoreResult, Tx};

/// A draw.
#[derive(Clone, Debug, Queryable, Insertable)]
#[diesel(table_name = draws)]
pub struct DrawRow {
    pub province_id: String,
    pub id: String,
    pub period_id: String,
    /// What is drawn from, as JSON.
    pub urn: String,
    pub urn_hash: String,
    pub closed_by: String,
    pub closed_at: NaiveDateTime,
    /// The digits announced at the meeting; none before it was held.
    pub digits: Option<String>,
    /// The published file; none before it was held.
    pub published: Option<String>,
    pub held_by: Option<String>,
    pub held_at: Option<NaiveDateTime>,
}

/// Closes an urn.
pub fn add(tx: &mut Tx, draw: &DrawRow) -> StoreResult<()> {
    diesel::insert_into(draws::table)
        .values(draw)
        .execute(&mut **tx)?;
    Ok(())
}

/// The draw of a period.
pub fn find(conn: &mut Conn, province: &str, period: &str) -> StoreResult<Option<DrawRow>> {
    let found = draws::table
        .filter(draws::province_id.eq(province))
        .filter(draws::period_id.eq(period));
    Ok(found.first(conn).optional()?)
}

/// Writes down what was drawn, once.
pub fn set_held(tx: &mut Tx, draw: &DrawRow) -> StoreResult<()> {
    let own = draws::table
        .filter(draws::province_id.eq(&draw.province_id))
        .filter(draws::id.eq(&draw.id))
        .filter(draws::held_at.is_null());
    let changed = diesel::update(own)
        .set((
            draws::digits.eq(&draw.digits),
            draws::published.eq(&draw.published),
            draws::held_by.eq(&draw.held_by),
            draws::held_at.eq(draw.held_at),
        ))
        .execute(&mut **tx)?;
    if changed == 1 {
        Ok(())
    } else {
        Err(StoreError::Conflict("held meanwhile".to_owned()))
    }
}
