//! Evidence: files by their hash, or links. A row that was taken away stays, marked.

use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;

use super::assessment::Assessment;
use super::schema::evidence;
use super::{Conn, StoreResult, Tx};

/// One piece of evidence: a file by its hash, or a link.
#[derive(Clone, Debug, Queryable, Insertable)]
#[diesel(table_name = evidence)]
pub struct Evidence {
    pub province_id: String,
    pub id: String,
    pub assessment_id: String,
    pub agency_id: String,
    pub indicator_code: String,
    pub kind: String,
    pub title: String,
    pub link: Option<String>,
    pub sha256: Option<String>,
    pub media_type: Option<String>,
    pub size: Option<i64>,
    pub effective_from: Option<NaiveDate>,
    pub effective_to: Option<NaiveDate>,
    pub objection_id: Option<String>,
    pub added_by: String,
    pub added_at: NaiveDateTime,
    pub removed_at: Option<NaiveDateTime>,
}

/// The evidence of an assessment that was not taken away.
pub fn list(conn: &mut Conn, of: &Assessment) -> StoreResult<Vec<Evidence>> {
    let found = evidence::table
        .filter(evidence::province_id.eq(&of.province_id))
        .filter(evidence::assessment_id.eq(&of.id))
        .filter(evidence::removed_at.is_null());
    Ok(found
        .order((evidence::indicator_code, evidence::id))
        .load(conn)?)
}

/// One piece of evidence of an assessment that was not taken away.
pub fn find(conn: &mut Conn, of: &Assessment, id: &str) -> StoreResult<Option<Evidence>> {
    let found = evidence::table
        .filter(evidence::province_id.eq(&of.province_id))
        .filter(evidence::assessment_id.eq(&of.id))
        .filter(evidence::id.eq(id))
        .filter(evidence::removed_at.is_null());
    Ok(found.first(conn).optional()?)
}

/// How many bytes of files came in for an assessment; those taken away again are still kept.
pub fn size(conn: &mut Conn, of: &Assessment) -> StoreResult<i64> {
    let found = evidence::table
        .filter(evidence::province_id.eq(&of.province_id))
        .filter(evidence::assessment_id.eq(&of.id))
        .select(evidence::size);
    let sizes: Vec<Option<i64>> = found.load(conn)?;
    Ok(sizes.into_iter().flatten().sum())
}

/// Whether any row, of whatever province, names a file.
pub fn is_named(conn: &mut Conn, sha256: &str) -> StoreResult<bool> {
    let found = evidence::table.filter(evidence::sha256.eq(sha256));
    Ok(diesel::select(diesel::dsl::exists(found)).get_result(conn)?)
}

/// Adds evidence.
pub fn add(tx: &mut Tx, row: &Evidence) -> StoreResult<()> {
    diesel::insert_into(evidence::table)
        .values(row)
        .execute(&mut **tx)?;
    Ok(())
}

/// Takes evidence away; the row stays.
pub fn set_removed(
    tx: &mut Tx,
    of: &Assessment,
    id: &str,
    now: NaiveDateTime,
) -> StoreResult<bool> {
    let changed = diesel::update(
        evidence::table
            .filter(evidence::province_id.eq(&of.province_id))
            .filter(evidence::assessment_id.eq(&of.id))
            .filter(evidence::id.eq(id))
            .filter(evidence::removed_at.is_null()),
    )
    .set(evidence::removed_at.eq(Some(now)))
    .execute(&mut **tx)?;
    Ok(changed == 1)
}
