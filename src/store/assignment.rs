//! Which auditor answers for which agency in a period.

use chrono::NaiveDateTime;
use diesel::prelude::*;

use super::schema::assignments;
use super::{Conn, StoreResult, Tx};

/// A duty of an auditor: `review`, or `re_review` of objections.
#[derive(Clone, Debug, Queryable, Insertable)]
#[diesel(table_name = assignments)]
pub struct Assignment {
    pub province_id: String,
    pub id: String,
    pub period_id: String,
    pub agency_id: String,
    pub user_id: String,
    pub duty: String,
    pub assigned_by: String,
    pub assigned_at: NaiveDateTime,
    pub ended_at: Option<NaiveDateTime>,
}

/// Assigns.
pub fn add(tx: &mut Tx, assignment: &Assignment) -> StoreResult<()> {
    diesel::insert_into(assignments::table)
        .values(assignment)
        .execute(&mut **tx)?;
    Ok(())
}

/// The present duties of an auditor.
pub fn list_of_user(conn: &mut Conn, province: &str, user: &str) -> StoreResult<Vec<Assignment>> {
    let found = assignments::table
        .filter(assignments::province_id.eq(province))
        .filter(assignments::user_id.eq(user))
        .filter(assignments::ended_at.is_null());
    Ok(found
        .order((assignments::period_id, assignments::agency_id))
        .load(conn)?)
}

/// The present duties of a period.
pub fn list_of_period(
    conn: &mut Conn,
    province: &str,
    period: &str,
) -> StoreResult<Vec<Assignment>> {
    let found = assignments::table
        .filter(assignments::province_id.eq(province))
        .filter(assignments::period_id.eq(period))
        .filter(assignments::ended_at.is_null());
    Ok(found
        .order((assignments::agency_id, assignments::id))
        .load(conn)?)
}

/// Ends a duty.
pub fn set_ended(tx: &mut Tx, assignment: &Assignment, now: NaiveDateTime) -> StoreResult<()> {
    diesel::update(
        assignments::table
            .filter(assignments::province_id.eq(&assignment.province_id))
            .filter(assignments::id.eq(&assignment.id)),
    )
    .set(assignments::ended_at.eq(Some(now)))
    .execute(&mut **tx)?;
    Ok(())
}
