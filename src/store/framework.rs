//! Published frameworks: frozen, a fix is a new version.

use chrono::NaiveDateTime;
use diesel::prelude::*;

use super::schema::frameworks;
use super::{Conn, StoreResult, Tx};

/// A published framework with its whole text.
#[derive(Clone, Debug, Queryable, Insertable)]
#[diesel(table_name = frameworks)]
pub struct FrameworkRow {
    pub province_id: String,
    pub code: String,
    pub version: String,
    pub body: String,
    /// SHA-256 of the text.
    pub hash: String,
    pub published_at: NaiveDateTime,
}

/// Publishes a framework.
pub fn add(tx: &mut Tx, framework: &FrameworkRow) -> StoreResult<()> {
    diesel::insert_into(frameworks::table)
        .values(framework)
        .execute(&mut **tx)?;
    Ok(())
}

/// The framework of that code and version.
pub fn find(
    conn: &mut Conn,
    province: &str,
    code: &str,
    version: &str,
) -> StoreResult<Option<FrameworkRow>> {
    let found = frameworks::table
        .filter(frameworks::province_id.eq(province))
        .filter(frameworks::code.eq(code))
        .filter(frameworks::version.eq(version));
    Ok(found.first(conn).optional()?)
}

/// All published frameworks, newest first.
pub fn list(conn: &mut Conn, province: &str) -> StoreResult<Vec<FrameworkRow>> {
    let found = frameworks::table.filter(frameworks::province_id.eq(province));
    Ok(found
        .order((frameworks::published_at.desc(), frameworks::version.desc()))
        .load(conn)?)
}
