//! Objections: one per indicator, filed once, never edited.

use chrono::NaiveDateTime;
use diesel::prelude::*;

use super::assessment::{self, Assessment};
use super::schema::objections;
use super::{Conn, StoreError, StoreResult, Tx};

/// An objection with its re-review and its end.
#[derive(Clone, Debug, Queryable, Insertable)]
#[diesel(table_name = objections)]
pub struct Objection {
    pub province_id: String,
    pub id: String,
    pub assessment_id: String,
    pub agency_id: String,
    pub indicator_code: String,
    pub verdict_id: String,
    pub kind: String,
    pub text: String,
    pub filed_by: String,
    pub filed_at: NaiveDateTime,
    /// `filed`, `reviewed`, `decided`.
    pub state: String,
    pub reviewer: Option<String>,
    /// The proposed verdict in RETURNS form, or none to keep the first.
    pub proposal: Option<String>,
    pub proposal_reason: Option<String>,
    pub proposed_at: Option<NaiveDateTime>,
    /// `upheld` or `dismissed`.
    pub decision: Option<String>,
    pub answer: Option<String>,
    pub decided_by: Option<String>,
    pub decided_at: Option<NaiveDateTime>,
}

/// Files an objection.
pub fn add(tx: &mut Tx, objection: &Objection) -> StoreResult<()> {
    diesel::insert_into(objections::table)
        .values(objection)
        .execute(&mut **tx)?;
    Ok(())
}

/// The objections of an assessment.
pub fn list(conn: &mut Conn, of: &Assessment) -> StoreResult<Vec<Objection>> {
    let found = objections::table
        .filter(objections::province_id.eq(&of.province_id))
        .filter(objections::assessment_id.eq(&of.id));
    Ok(found.order(objections::indicator_code).load(conn)?)
}

/// All objections of a period in one read.
pub fn list_of_period(
    conn: &mut Conn,
    province: &str,
    period: &str,
) -> StoreResult<Vec<Objection>> {
    let own = assessment::ids_of_period(province, period);
    let found = objections::table
        .filter(objections::province_id.eq(province))
        .filter(objections::assessment_id.eq_any(own));
    Ok(found
        .order((objections::assessment_id, objections::indicator_code))
        .load(conn)?)
}

/// Writes the proposal of the second auditor.
pub fn set_reviewed(
    tx: &mut Tx,
    objection: &Objection,
    reviewer: &str,
    proposal: Option<&str>,
    reason: &str,
    now: NaiveDateTime,
) -> StoreResult<()> {
    let changed = diesel::update(
        objections::table
            .filter(objections::province_id.eq(&objection.province_id))
            .filter(objections::id.eq(&objection.id))
            .filter(objections::state.eq("filed")),
    )
    .set((
        objections::state.eq("reviewed"),
        objections::reviewer.eq(Some(reviewer)),
        objections::proposal.eq(proposal),
        objections::proposal_reason.eq(Some(reason)),
        objections::proposed_at.eq(Some(now)),
    ))
    .execute(&mut **tx)?;
    if changed == 1 {
        Ok(())
    } else {
        Err(StoreError::Conflict("reviewed meanwhile".to_owned()))
    }
}

/// Writes the decision of the committee.
pub fn set_decided(
    tx: &mut Tx,
    objection: &Objection,
    decision: &str,
    answer: &str,
    by: &str,
    now: NaiveDateTime,
) -> StoreResult<()> {
    let changed = diesel::update(
        objections::table
            .filter(objections::province_id.eq(&objection.province_id))
            .filter(objections::id.eq(&objection.id))
            .filter(objections::state.eq("reviewed")),
    )
    .set((
        objections::state.eq("decided"),
        objections::decision.eq(Some(decision)),
        objections::answer.eq(Some(answer)),
        objections::decided_by.eq(Some(by)),
        objections::decided_at.eq(Some(now)),
    ))
    .execute(&mut **tx)?;
    if changed == 1 {
        Ok(())
    } else {
        Err(StoreError::Conflict("decided meanwhile".to_owned()))
    }
}
