//! Requests to declare an indicator not applicable.

use chrono::NaiveDateTime;
use diesel::prelude::*;

use super::assessment::{self, Assessment};
use super::schema::na_requests;
use super::{Conn, StoreError, StoreResult, Tx};

/// A request to declare an indicator not applicable.
#[derive(Clone, Debug, Queryable, Insertable)]
#[diesel(table_name = na_requests)]
pub struct NaRequest {
    pub province_id: String,
    pub id: String,
    pub assessment_id: String,
    pub agency_id: String,
    pub indicator_code: String,
    pub reason: String,
    pub asked_by: String,
    pub asked_role: String,
    pub asked_at: NaiveDateTime,
    pub decision: Option<String>,
    pub decision_reason: Option<String>,
    pub decided_by: Option<String>,
    pub decided_at: Option<NaiveDateTime>,
}

/// Adds a request.
pub fn add(tx: &mut Tx, row: &NaRequest) -> StoreResult<()> {
    diesel::insert_into(na_requests::table)
        .values(row)
        .execute(&mut **tx)?;
    Ok(())
}

/// The requests of an assessment.
pub fn list(conn: &mut Conn, of: &Assessment) -> StoreResult<Vec<NaRequest>> {
    let found = na_requests::table
        .filter(na_requests::province_id.eq(&of.province_id))
        .filter(na_requests::assessment_id.eq(&of.id));
    Ok(found.order(na_requests::indicator_code).load(conn)?)
}

/// All requests of a period in one read.
pub fn list_of_period(
    conn: &mut Conn,
    province: &str,
    period: &str,
) -> StoreResult<Vec<NaRequest>> {
    let own = assessment::ids_of_period(province, period);
    let found = na_requests::table
        .filter(na_requests::province_id.eq(province))
        .filter(na_requests::assessment_id.eq_any(own));
    Ok(found
        .order((na_requests::assessment_id, na_requests::indicator_code))
        .load(conn)?)
}

/// Writes the decision on a request, once.
pub fn set_decision(
    tx: &mut Tx,
    row: &NaRequest,
    decision: (&str, &str),
    by: &str,
    now: NaiveDateTime,
) -> StoreResult<()> {
    let changed = diesel::update(
        na_requests::table
            .filter(na_requests::province_id.eq(&row.province_id))
            .filter(na_requests::id.eq(&row.id))
            .filter(na_requests::decision.is_null()),
    )
    .set((
        na_requests::decision.eq(Some(decision.0)),
        na_requests::decision_reason.eq(Some(decision.1)),
        na_requests::decided_by.eq(Some(by)),
        na_requests::decided_at.eq(Some(now)),
    ))
    .execute(&mut **tx)?;
    if changed == 1 {
        Ok(())
    } else {
        Err(StoreError::Conflict("decided meanwhile".to_owned()))
    }
}
