//! Files that come in pieces: how much of each has come.

use chrono::NaiveDateTime;
use diesel::prelude::*;

use super::assessment::Assessment;
use super::schema::uploads;
use super::{Conn, StoreResult, Tx};

/// A file that comes in pieces.
#[derive(Clone, Debug, Queryable, Insertable)]
#[diesel(table_name = uploads)]
pub struct Upload {
    pub province_id: String,
    pub id: String,
    pub assessment_id: String,
    pub agency_id: String,
    pub user_id: String,
    /// What the browser knows the file by, to go on with it later.
    pub mark: String,
    pub name: String,
    pub size: i64,
    pub received: i64,
    pub begun_at: NaiveDateTime,
}

/// Begins a file.
pub fn add(tx: &mut Tx, row: &Upload) -> StoreResult<()> {
    diesel::insert_into(uploads::table)
        .values(row)
        .execute(&mut **tx)?;
    Ok(())
}

/// The files that a person has begun for an assessment, oldest first.
pub fn list(conn: &mut Conn, of: &Assessment, user: &str) -> StoreResult<Vec<Upload>> {
    let own = uploads::table
        .filter(uploads::province_id.eq(&of.province_id))
        .filter(uploads::assessment_id.eq(&of.id))
        .filter(uploads::user_id.eq(user));
    Ok(own.order(uploads::id).load(conn)?)
}

/// One file that was begun for an assessment.
pub fn find(conn: &mut Conn, of: &Assessment, id: &str) -> StoreResult<Option<Upload>> {
    let own = uploads::table
        .filter(uploads::province_id.eq(&of.province_id))
        .filter(uploads::assessment_id.eq(&of.id))
        .filter(uploads::id.eq(id));
    Ok(own.first(conn).optional()?)
}

/// Files that were begun before a moment, wherever.
pub fn list_begun_before(conn: &mut Conn, before: NaiveDateTime) -> StoreResult<Vec<Upload>> {
    let old = uploads::table.filter(uploads::begun_at.lt(before));
    Ok(old.order(uploads::id).load(conn)?)
}

/// Notes how much has come.
pub fn set_received(tx: &mut Tx, row: &Upload, received: i64) -> StoreResult<()> {
    let own = uploads::table
        .filter(uploads::province_id.eq(&row.province_id))
        .filter(uploads::id.eq(&row.id));
    diesel::update(own)
        .set(uploads::received.eq(received))
        .execute(&mut **tx)?;
    Ok(())
}

/// Ends a file: it was taken, or nobody finished it.
pub fn remove(tx: &mut Tx, row: &Upload) -> StoreResult<()> {
    let own = uploads::table
        .filter(uploads::province_id.eq(&row.province_id))
        .filter(uploads::id.eq(&row.id));
    diesel::delete(own).execute(&mut **tx)?;
    Ok(())
}
