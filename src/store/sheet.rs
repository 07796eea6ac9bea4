//! Sheets of visits as they came: kept word for word, whatever became of them.

use chrono::NaiveDateTime;
use diesel::prelude::*;

use super::schema::{visit_photos, visit_sheets};
use super::{Conn, StoreResult, Tx};

/// What became of a sheet: a visit was recorded from it.
pub const RECORDED: &str = "recorded";

/// One sheet.
#[derive(Clone, Debug, Queryable, Insertable)]
#[diesel(table_name = visit_sheets)]
pub struct SheetRow {
    pub province_id: String,
    /// The id the phone gave it.
    pub id: String,
    pub plan_id: String,
    /// The version of the form it was filled in on.
    pub version: i32,
    /// Its fields as they came, as JSON.
    pub body: String,
    /// What the phone's clock said when it was sent; none where it came as a file.
    pub phone_clock: Option<NaiveDateTime>,
    pub received_at: NaiveDateTime,
    pub sent_by: String,
    /// `recorded`, `conflict`, `late`, `version` or `unfit`.
    pub outcome: String,
    /// The key of the sentence that says why it was not recorded; empty where it was.
    pub reason: String,
    pub visit_id: Option<String>,
}

/// Keeps a sheet.
pub fn add(tx: &mut Tx, sheet: &SheetRow) -> StoreResult<()> {
    diesel::insert_into(visit_sheets::table)
        .values(sheet)
        .execute(&mut **tx)?;
    Ok(())
}

/// The sheet of an id.
pub fn find(conn: &mut Conn, province: &str, id: &str) -> StoreResult<Option<SheetRow>> {
    let found = visit_sheets::table
        .filter(visit_sheets::province_id.eq(province))
        .filter(visit_sheets::id.eq(id));
    Ok(found.first(conn).optional()?)
}

/// The sheets of a plan in the order they came.
pub fn list(conn: &mut Conn, province: &str, plan: &str) -> StoreResult<Vec<SheetRow>> {
    let found = visit_sheets::table
        .filter(visit_sheets::province_id.eq(province))
        .filter(visit_sheets::plan_id.eq(plan));
    Ok(found
        .order((visit_sheets::received_at, visit_sheets::id))
        .load(conn)?)
}

/// The sheets of a visit's recording, by visit: at most one each.
pub fn list_recorded(conn: &mut Conn, province: &str) -> StoreResult<Vec<SheetRow>> {
    let found = visit_sheets::table
        .filter(visit_sheets::province_id.eq(province))
        .filter(visit_sheets::outcome.eq(RECORDED));
    Ok(found.order(visit_sheets::id).load(conn)?)
}

/// A photograph of a visit.
#[derive(Clone, Debug, Queryable, Insertable)]
#[diesel(table_name = visit_photos)]
pub struct PhotoRow {
    pub province_id: String,
    pub id: String,
    pub sheet_id: String,
    /// The hash of what the phone sent.
    pub sent_sha256: String,
    /// The hash of what is kept: the picture made anew.
    pub sha256: String,
    pub media_type: String,
    pub size: i64,
    pub brought_by: String,
    pub arrived_at: NaiveDateTime,
}

/// Keeps a photograph.
pub fn add_photo(tx: &mut Tx, photo: &PhotoRow) -> StoreResult<()> {
    diesel::insert_into(visit_photos::table)
        .values(photo)
        .execute(&mut **tx)?;
    Ok(())
}

/// The photographs of a sheet in the order they came.
pub fn list_photos(conn: &mut Conn, province: &str, sheet: &str) -> StoreResult<Vec<PhotoRow>> {
    let found = visit_photos::table
        .filter(visit_photos::province_id.eq(province))
        .filter(visit_photos::sheet_id.eq(sheet));
    Ok(found.order(visit_photos::id).load(conn)?)
}

/// One photograph.
pub fn find_photo(conn: &mut Conn, province: &str, id: &str) -> StoreResult<Option<PhotoRow>> {
    let found = visit_photos::table
        .filter(visit_photos::province_id.eq(province))
        .filter(visit_photos::id.eq(id));
    Ok(found.first(conn).optional()?)
}

/// Whether a photograph of any visit is kept under that hash.
pub fn is_named(conn: &mut Conn, sha256: &str) -> StoreResult<bool> {
    let named = visit_photos::table.filter(visit_photos::sha256.eq(sha256));
    Ok(diesel::select(diesel::dsl::exists(named)).get_result(conn)?)
}
