//! Agencies of the province.

use diesel::prelude::*;

use super::schema::agencies;
use super::{Conn, StoreError, StoreResult, Tx};

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
    pub version: i64,
}

/// Adds an agency.
pub fn add(tx: &mut Tx, agency: &Agency) -> StoreResult<()> {
    diesel::insert_into(agencies::table)
        .values(agency)
        .execute(&mut **tx)?;
    Ok(())
}

/// Changes an agency; a conflict where somebody else did meanwhile.
pub fn set(tx: &mut Tx, agency: &Agency, seen: i64) -> StoreResult<()> {
    let own = agencies::table
        .filter(agencies::province_id.eq(&agency.province_id))
        .filter(agencies::id.eq(&agency.id))
        .filter(agencies::version.eq(seen));
    let changed = diesel::update(own)
        .set((
            agencies::group_code.eq(&agency.group_code),
            agencies::name_fa.eq(&agency.name_fa),
            agencies::name_en.eq(&agency.name_en),
            agencies::sort_key.eq(&agency.sort_key),
            agencies::profile.eq(&agency.profile),
            agencies::is_ranked.eq(agency.is_ranked),
            agencies::version.eq(agency.version),
        ))
        .execute(&mut **tx)?;
    if changed == 1 {
        Ok(())
    } else {
        Err(StoreError::Conflict("changed meanwhile".to_owned()))
    }
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
