//! Which auditor answers for which agency in a period.

use chrono::NaiveDateTime;
use diesel::prelude::*;

use super::schema::{assignments, capacities, review_minutes};
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

/// The hours that auditors have for a period, by auditor.
pub fn list_capacities(
    conn: &mut Conn,
    province: &str,
    period: &str,
) -> StoreResult<Vec<(String, i64)>> {
    let found = capacities::table
        .filter(capacities::province_id.eq(province))
        .filter(capacities::period_id.eq(period));
    Ok(found
        .order(capacities::user_id)
        .select((capacities::user_id, capacities::hours))
        .load(conn)?)
}

/// Sets the hours that auditors have for a period.
pub fn set_capacities(
    tx: &mut Tx,
    province: &str,
    period: &str,
    hours: &[(String, i64)],
) -> StoreResult<()> {
    let found = capacities::table
        .filter(capacities::province_id.eq(province))
        .filter(capacities::period_id.eq(period));
    diesel::delete(found).execute(&mut **tx)?;
    for (user, hours) in hours {
        diesel::insert_into(capacities::table)
            .values((
                capacities::province_id.eq(province),
                capacities::period_id.eq(period),
                capacities::user_id.eq(user),
                capacities::hours.eq(hours),
            ))
            .execute(&mut **tx)?;
    }
    Ok(())
}

/// The minutes that the office set for the review of an indicator, by indicator.
pub fn list_minutes(conn: &mut Conn, province: &str) -> StoreResult<Vec<(String, i64)>> {
    let found = review_minutes::table.filter(review_minutes::province_id.eq(province));
    Ok(found
        .order(review_minutes::indicator_code)
        .select((review_minutes::indicator_code, review_minutes::minutes))
        .load(conn)?)
}

/// Sets the minutes that the review of these indicators takes, and of no others.
pub fn set_minutes(tx: &mut Tx, province: &str, minutes: &[(String, i64)]) -> StoreResult<()> {
    let found = review_minutes::table.filter(review_minutes::province_id.eq(province));
    diesel::delete(found).execute(&mut **tx)?;
    for (indicator, minutes) in minutes {
        diesel::insert_into(review_minutes::table)
            .values((
                review_minutes::province_id.eq(province),
                review_minutes::indicator_code.eq(indicator),
                review_minutes::minutes.eq(minutes),
            ))
            .execute(&mut **tx)?;
    }
    Ok(())
}
