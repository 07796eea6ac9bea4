//! Follow-up meetings: when, who came, what was said.

use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;

use super::schema::meetings;
use super::{Conn, StoreError, StoreResult, Tx};

/// A meeting with its minutes.
#[derive(Clone, Debug, Queryable, Insertable)]
#[diesel(table_name = meetings)]
pub struct Meeting {
    pub province_id: String,
    pub id: String,
    pub held_on: NaiveDate,
    pub attendance: String,
    pub minutes: String,
    /// When its minutes were closed.
    pub closed_at: Option<NaiveDateTime>,
    pub created_by: String,
    pub created_at: NaiveDateTime,
    pub version: i64,
}

/// Adds a meeting.
pub fn add(tx: &mut Tx, meeting: &Meeting) -> StoreResult<()> {
    diesel::insert_into(meetings::table)
        .values(meeting)
        .execute(&mut **tx)?;
    Ok(())
}

/// The meetings of a province, newest first.
pub fn list(conn: &mut Conn, province: &str) -> StoreResult<Vec<Meeting>> {
    let found = meetings::table.filter(meetings::province_id.eq(province));
    Ok(found
        .order((meetings::held_on.desc(), meetings::id.desc()))
        .load(conn)?)
}

/// The meeting of that id.
pub fn find(conn: &mut Conn, province: &str, id: &str) -> StoreResult<Option<Meeting>> {
    let found = meetings::table
        .filter(meetings::province_id.eq(province))
        .filter(meetings::id.eq(id));
    Ok(found.first(conn).optional()?)
}

/// Writes attendance and minutes, if nobody wrote them meanwhile.
pub fn set_minutes(
    tx: &mut Tx,
    meeting: &Meeting,
    attendance: &str,
    minutes: &str,
    closed_at: Option<NaiveDateTime>,
) -> StoreResult<()> {
    let changed = diesel::update(
        meetings::table
            .filter(meetings::province_id.eq(&meeting.province_id))
            .filter(meetings::id.eq(&meeting.id))
            .filter(meetings::version.eq(meeting.version)),
    )
    .set((
        meetings::attendance.eq(attendance),
        meetings::minutes.eq(minutes),
        meetings::closed_at.eq(closed_at),
        meetings::version.eq(meeting.version + 1),
    ))
    .execute(&mut **tx)?;
    if changed == 1 {
        Ok(())
    } else {
        Err(StoreError::Conflict("the minutes changed".to_owned()))
    }
}
