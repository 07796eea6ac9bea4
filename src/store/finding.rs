//! Findings of false evidence: proposed by one, decided by another.

use chrono::NaiveDateTime;
use diesel::prelude::*;

use super::assessment::{self, Assessment};
use super::schema::findings;
use super::{Conn, StoreResult, Tx};

/// False evidence: proposed, then decided by the committee.
#[derive(Clone, Debug, Queryable, Insertable)]
#[diesel(table_name = findings)]
pub struct Finding {
    pub province_id: String,
    pub id: String,
    pub assessment_id: String,
    pub indicator_code: String,
    pub reason: String,
    pub proposed_by: Option<String>,
    pub proposed_at: NaiveDateTime,
    /// `upheld` or `dropped`; none while it waits.
    pub decision: Option<String>,
    pub decided_by: Option<String>,
    pub decided_at: Option<NaiveDateTime>,
}

/// The findings of an assessment.
pub fn list(conn: &mut Conn, of: &Assessment) -> StoreResult<Vec<Finding>> {
    let found = findings::table
        .filter(findings::province_id.eq(&of.province_id))
        .filter(findings::assessment_id.eq(&of.id));
    Ok(found.order(findings::indicator_code).load(conn)?)
}

/// All findings of a period in one read.
pub fn list_of_period(conn: &mut Conn, province: &str, period: &str) -> StoreResult<Vec<Finding>> {
    let own = assessment::ids_of_period(province, period);
    let found = findings::table
        .filter(findings::province_id.eq(province))
        .filter(findings::assessment_id.eq_any(own));
    Ok(found
        .order((findings::assessment_id, findings::indicator_code))
        .load(conn)?)
}

/// Adds a finding.
pub fn add(tx: &mut Tx, row: &Finding) -> StoreResult<()> {
    diesel::insert_into(findings::table)
        .values(row)
        .execute(&mut **tx)?;
    Ok(())
}

/// Writes the decision on a finding.
pub fn set_decided(
    tx: &mut Tx,
    row: &Finding,
    decision: &str,
    by: &str,
    now: NaiveDateTime,
) -> StoreResult<()> {
    diesel::update(
        findings::table
            .filter(findings::province_id.eq(&row.province_id))
            .filter(findings::id.eq(&row.id)),
    )
    .set((
        findings::decision.eq(Some(decision)),
        findings::decided_by.eq(Some(by)),
        findings::decided_at.eq(Some(now)),
    ))
    .execute(&mut **tx)?;
    Ok(())
}
