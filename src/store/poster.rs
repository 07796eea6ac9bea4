//! Posters at desks: by the code on one, people say what they met there.

use chrono::NaiveDateTime;
use diesel::prelude::*;

use super::schema::posters;
use super::{Conn, StoreResult, Tx};

/// A poster. Whoever renews it makes the printed ones useless.
#[derive(Clone, Debug, Queryable, Insertable)]
#[diesel(table_name = posters)]
pub struct Poster {
    pub province_id: String,
    pub id: String,
    pub agency_id: String,
    /// Where the desk is; none is the agency's own seat.
    pub county_code: Option<String>,
    /// Signs the code on the poster and the forms behind it.
    pub secret: String,
    pub created_by: String,
    pub created_at: NaiveDateTime,
    pub renewed_at: Option<NaiveDateTime>,
}

/// Adds a poster.
pub fn add(tx: &mut Tx, poster: &Poster) -> StoreResult<()> {
    diesel::insert_into(posters::table)
        .values(poster)
        .execute(&mut **tx)?;
    Ok(())
}

/// Gives a poster a new secret.
pub fn renew(tx: &mut Tx, poster: &Poster, secret: &str, now: NaiveDateTime) -> StoreResult<()> {
    let own = posters::table
        .filter(posters::province_id.eq(&poster.province_id))
        .filter(posters::id.eq(&poster.id));
    diesel::update(own)
        .set((
            posters::secret.eq(secret),
            posters::renewed_at.eq(Some(now)),
        ))
        .execute(&mut **tx)?;
    Ok(())
}

/// All posters of a province, by agency and age.
pub fn list(conn: &mut Conn, province: &str) -> StoreResult<Vec<Poster>> {
    let found = posters::table.filter(posters::province_id.eq(province));
    let order = (posters::agency_id, posters::created_at, posters::id);
    Ok(found.order(order).load(conn)?)
}

/// The poster of an id, of whatever province: whoever stands before it names none.
pub fn find(conn: &mut Conn, id: &str) -> StoreResult<Option<Poster>> {
    Ok(posters::table
        .filter(posters::id.eq(id))
        .first(conn)
        .optional()?)
}
