//! Agencies of the province.

use diesel::prelude::*;

use super::schema::agencies;
use super::{Conn, StoreResult, Tx};

/// An agency with its present profile.
#[derive(Clone, Debug, Queryable, Insertable)]
#[diesel(table_name = agencies)]
pub struct Agency {
    pub province_id: String,
    pub id: String,
    pub code: String,
    pub kind: String,
    pub group_code: String,
    pub name_fa: String,
    pub name_en: String,
    pub sort_key: String,
    /// Flags of the framework, separated by blanks.
    pub profile: String,
    pub is_ranked: bool,
}

/// Adds an agency.
pub fn add(tx: &mut Tx, agency: &Agency) -> StoreResult<()> {
    diesel::insert_into(agencies::table)
        .values(agency)
        .execute(&mut **tx)?;
    Ok(())
}

/// All agencies by code.
pub fn list(conn: &mut Conn, province: &str) -> StoreResult<Vec<Agency>> {
    Ok(agencies::table
        .filter(agencies::province_id.eq(province))
        .order(agencies::code)
        .load(conn)?)
}

/// The agency of that code. Names of agencies are public.
pub fn find_by_code(conn: &mut Conn, province: &str, code: &str) -> StoreResult<Option<Agency>> {
    let found = agencies::table
        .filter(agencies::province_id.eq(province))
        .filter(agencies::code.eq(code));
    Ok(found.first(conn).optional()?)
}

/// The agency of that id.
pub fn find(conn: &mut Conn, province: &str, id: &str) -> StoreResult<Option<Agency>> {
    let found = agencies::table
        .filter(agencies::province_id.eq(province))
        .filter(agencies::id.eq(id));
    Ok(found.first(conn).optional()?)
}
