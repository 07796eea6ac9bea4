//! Verdicts and findings: what the auditors and the committee say. Rows are only added.

use chrono::NaiveDateTime;
use diesel::prelude::*;

use super::assessment::Assessment;
use super::schema::{facts, findings, verdicts};
use super::{Conn, StoreResult, Tx};

/// One verdict; the one with the highest number on an indicator counts.
#[derive(Clone, Debug, Queryable, Insertable)]
#[diesel(table_name = verdicts)]
pub struct VerdictRow {
    pub province_id: String,
    pub id: String,
    pub assessment_id: String,
    pub agency_id: String,
    pub indicator_code: String,
    pub number: i64,
    /// `first`, `objection`, `office` or `imported`.
    pub round: String,
    pub kind: String,
    pub value: Option<String>,
    pub sample_n: Option<i64>,
    pub sample_k: Option<i64>,
    pub survey_answers: Option<i64>,
    pub reason_code: String,
    pub reason: String,
    pub recommendation: String,
    pub internal_note: String,
    pub given_by: Option<String>,
    pub given_at: NaiveDateTime,
}

/// Every verdict of an assessment, by indicator, oldest first.
pub fn list(conn: &mut Conn, of: &Assessment) -> StoreResult<Vec<VerdictRow>> {
    let found = verdicts::table
        .filter(verdicts::province_id.eq(&of.province_id))
        .filter(verdicts::assessment_id.eq(&of.id));
    Ok(found
        .order((verdicts::indicator_code, verdicts::number))
        .load(conn)?)
}

/// The verdict that counts on each indicator.
pub fn list_current(conn: &mut Conn, of: &Assessment) -> StoreResult<Vec<VerdictRow>> {
    let mut current: Vec<VerdictRow> = Vec::new();
    for row in list(conn, of)? {
        match current.last_mut() {
            Some(last) if last.indicator_code == row.indicator_code => *last = row,
            _ => current.push(row),
        }
    }
    Ok(current)
}

/// Adds a verdict.
pub fn add(tx: &mut Tx, row: &VerdictRow) -> StoreResult<()> {
    diesel::insert_into(verdicts::table)
        .values(row)
        .execute(&mut **tx)?;
    Ok(())
}

/// A fact entered with a document, or brought in from a file.
#[derive(Clone, Debug, Queryable, Insertable)]
#[diesel(table_name = facts)]
pub struct FactRow {
    pub province_id: String,
    pub id: String,
    pub assessment_id: String,
    pub fact: String,
    pub value: i64,
    pub document: String,
    pub source_hash: Option<String>,
    pub entered_by: Option<String>,
    pub entered_at: NaiveDateTime,
}

/// The entered facts of an assessment.
pub fn list_facts(conn: &mut Conn, of: &Assessment) -> StoreResult<Vec<FactRow>> {
    let found = facts::table
        .filter(facts::province_id.eq(&of.province_id))
        .filter(facts::assessment_id.eq(&of.id));
    Ok(found.order(facts::fact).load(conn)?)
}

/// Enters a fact, or enters it anew.
pub fn set_fact(tx: &mut Tx, row: &FactRow) -> StoreResult<()> {
    let changed = diesel::update(
        facts::table
            .filter(facts::province_id.eq(&row.province_id))
            .filter(facts::assessment_id.eq(&row.assessment_id))
            .filter(facts::fact.eq(&row.fact)),
    )
    .set((
        facts::value.eq(row.value),
        facts::document.eq(&row.document),
        facts::entered_by.eq(&row.entered_by),
        facts::entered_at.eq(row.entered_at),
    ))
    .execute(&mut **tx)?;
    if changed == 0 {
        diesel::insert_into(facts::table)
            .values(row)
            .execute(&mut **tx)?;
    }
    Ok(())
}

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
pub fn list_findings(conn: &mut Conn, of: &Assessment) -> StoreResult<Vec<Finding>> {
    let found = findings::table
        .filter(findings::province_id.eq(&of.province_id))
        .filter(findings::assessment_id.eq(&of.id));
    Ok(found.order(findings::indicator_code).load(conn)?)
}

/// Adds a finding.
pub fn add_finding(tx: &mut Tx, row: &Finding) -> StoreResult<()> {
    diesel::insert_into(findings::table)
        .values(row)
        .execute(&mut **tx)?;
    Ok(())
}

/// Writes the decision on a finding.
pub fn set_finding_decided(
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
