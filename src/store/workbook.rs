//! Workbooks that came back: files by their hash. One whose answers nobody took over goes when the next one comes.

use chrono::NaiveDateTime;
use diesel::prelude::*;

use super::assessment::Assessment;
use super::schema::workbooks;
use super::{Conn, StoreResult, Tx};

/// One workbook that came back.
#[derive(Clone, Debug, Queryable, Insertable)]
#[diesel(table_name = workbooks)]
pub struct WorkbookRow {
    pub province_id: String,
    pub id: String,
    pub assessment_id: String,
    pub agency_id: String,
    pub title: String,
    pub sha256: String,
    pub size: i64,
    pub brought_by: String,
    pub brought_at: NaiveDateTime,
    /// When its answers were taken over.
    pub taken_at: Option<NaiveDateTime>,
    /// How many answers it changed.
    pub changes: i64,
}

/// The workbooks of an assessment, the newest first.
pub fn list(conn: &mut Conn, of: &Assessment) -> StoreResult<Vec<WorkbookRow>> {
    let found = workbooks::table
        .filter(workbooks::province_id.eq(&of.province_id))
        .filter(workbooks::assessment_id.eq(&of.id));
    Ok(found.order(workbooks::id.desc()).load(conn)?)
}

/// One workbook of an assessment.
pub fn find(conn: &mut Conn, of: &Assessment, id: &str) -> StoreResult<Option<WorkbookRow>> {
    let found = workbooks::table
        .filter(workbooks::province_id.eq(&of.province_id))
        .filter(workbooks::assessment_id.eq(&of.id))
        .filter(workbooks::id.eq(id));
    Ok(found.first(conn).optional()?)
}

/// Whether any workbook, of whatever province, names a file.
pub fn is_named(conn: &mut Conn, sha256: &str) -> StoreResult<bool> {
    let found = workbooks::table.filter(workbooks::sha256.eq(sha256));
    Ok(diesel::select(diesel::dsl::exists(found)).get_result(conn)?)
}

/// Adds a workbook.
pub fn add(tx: &mut Tx, row: &WorkbookRow) -> StoreResult<()> {
    diesel::insert_into(workbooks::table)
        .values(row)
        .execute(&mut **tx)?;
    Ok(())
}

/// Takes those away whose answers nobody took over; gives the hashes of their files.
pub fn remove_untaken(tx: &mut Tx, of: &Assessment, by: &str) -> StoreResult<Vec<String>> {
    let untaken = list(tx, of)?.into_iter();
    let untaken = untaken.filter(|row| row.taken_at.is_none() && row.brought_by == by);
    let (ids, hashes): (Vec<_>, Vec<_>) = untaken.map(|row| (row.id, row.sha256)).unzip();
    let gone = workbooks::table
        .filter(workbooks::province_id.eq(&of.province_id))
        .filter(workbooks::assessment_id.eq(&of.id))
        .filter(workbooks::id.eq_any(ids));
    diesel::delete(gone).execute(&mut **tx)?;
    Ok(hashes)
}

/// Notes that the answers of a workbook were taken over; false where that was done before.
pub fn set_taken(
    tx: &mut Tx,
    of: &Assessment,
    id: &str,
    (at, changes): (NaiveDateTime, i64),
) -> StoreResult<bool> {
    let changed = diesel::update(
        workbooks::table
            .filter(workbooks::province_id.eq(&of.province_id))
            .filter(workbooks::assessment_id.eq(&of.id))
            .filter(workbooks::id.eq(id))
            .filter(workbooks::taken_at.is_null()),
    )
    .set((
        workbooks::taken_at.eq(Some(at)),
        workbooks::changes.eq(changes),
    ))
    .execute(&mut **tx)?;
    Ok(changed == 1)
}
