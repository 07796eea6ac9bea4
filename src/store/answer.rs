//! Answers, evidence, returned items and requests for "not applicable": what the agency says.

use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;

use super::assessment::Assessment;
use super::schema::{answers, evidence, na_requests, queries};
use super::{Conn, StoreError, StoreResult, Tx};

/// One answer; `claim` is the kept value.
#[derive(Clone, Debug, Queryable, Insertable)]
#[diesel(table_name = answers)]
pub struct AnswerRow {
    pub province_id: String,
    pub id: String,
    pub assessment_id: String,
    pub agency_id: String,
    pub indicator_code: String,
    pub choice: String,
    pub claim: Option<String>,
    pub na_reason: Option<String>,
    pub note: String,
    pub saved_by: Option<String>,
    pub saved_at: NaiveDateTime,
    pub version: i64,
}

/// The answers of an assessment, by indicator. Whoever has the assessment may read them.
pub fn list(conn: &mut Conn, of: &Assessment) -> StoreResult<Vec<AnswerRow>> {
    let found = answers::table
        .filter(answers::province_id.eq(&of.province_id))
        .filter(answers::assessment_id.eq(&of.id));
    Ok(found.order(answers::indicator_code).load(conn)?)
}

/// All answers of the province's period, for exports and queues.
pub fn list_of_period(
    conn: &mut Conn,
    province: &str,
    assessments: &[String],
) -> StoreResult<Vec<AnswerRow>> {
    let mut all = Vec::new();
    for id in assessments {
        let found = answers::table
            .filter(answers::province_id.eq(province))
            .filter(answers::assessment_id.eq(id));
        all.extend(
            found
                .order(answers::indicator_code)
                .load::<AnswerRow>(conn)?,
        );
    }
    Ok(all)
}

/// One answer.
pub fn find(conn: &mut Conn, of: &Assessment, indicator: &str) -> StoreResult<Option<AnswerRow>> {
    let found = answers::table
        .filter(answers::province_id.eq(&of.province_id))
        .filter(answers::assessment_id.eq(&of.id))
        .filter(answers::indicator_code.eq(indicator));
    Ok(found.first(conn).optional()?)
}

/// Adds the first answer to an indicator.
pub fn add(tx: &mut Tx, answer: &AnswerRow) -> StoreResult<()> {
    diesel::insert_into(answers::table)
        .values(answer)
        .execute(&mut **tx)?;
    Ok(())
}

/// Changes an answer that still has the version it was read with.
pub fn set(tx: &mut Tx, answer: &AnswerRow, seen: i64) -> StoreResult<()> {
    let changed = diesel::update(
        answers::table
            .filter(answers::province_id.eq(&answer.province_id))
            .filter(answers::id.eq(&answer.id))
            .filter(answers::version.eq(seen)),
    )
    .set((
        answers::choice.eq(&answer.choice),
        answers::claim.eq(&answer.claim),
        answers::na_reason.eq(&answer.na_reason),
        answers::note.eq(&answer.note),
        answers::saved_by.eq(&answer.saved_by),
        answers::saved_at.eq(answer.saved_at),
        answers::version.eq(seen + 1),
    ))
    .execute(&mut **tx)?;
    if changed == 1 {
        Ok(())
    } else {
        Err(StoreError::Conflict("changed meanwhile".to_owned()))
    }
}

/// One piece of evidence: a file by its hash, or a link.
#[derive(Clone, Debug, Queryable, Insertable)]
#[diesel(table_name = evidence)]
pub struct EvidenceRow {
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
pub fn list_evidence(conn: &mut Conn, of: &Assessment) -> StoreResult<Vec<EvidenceRow>> {
    let found = evidence::table
        .filter(evidence::province_id.eq(&of.province_id))
        .filter(evidence::assessment_id.eq(&of.id))
        .filter(evidence::removed_at.is_null());
    Ok(found
        .order((evidence::indicator_code, evidence::id))
        .load(conn)?)
}

/// Adds evidence.
pub fn add_evidence(tx: &mut Tx, row: &EvidenceRow) -> StoreResult<()> {
    diesel::insert_into(evidence::table)
        .values(row)
        .execute(&mut **tx)?;
    Ok(())
}

/// Takes evidence away; the row stays.
pub fn set_evidence_removed(
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

/// An item sent back to the agency.
#[derive(Clone, Debug, Queryable, Insertable)]
#[diesel(table_name = queries)]
pub struct QueryRow {
    pub province_id: String,
    pub id: String,
    pub assessment_id: String,
    pub agency_id: String,
    pub indicator_code: String,
    pub question: String,
    pub due_on: NaiveDate,
    pub asked_by: String,
    pub asked_at: NaiveDateTime,
    pub answer: Option<String>,
    pub answered_by: Option<String>,
    pub answered_at: Option<NaiveDateTime>,
    pub closed_by: Option<String>,
    pub closed_at: Option<NaiveDateTime>,
}

/// The returned items of an assessment, oldest first.
pub fn list_queries(conn: &mut Conn, of: &Assessment) -> StoreResult<Vec<QueryRow>> {
    let found = queries::table
        .filter(queries::province_id.eq(&of.province_id))
        .filter(queries::assessment_id.eq(&of.id));
    Ok(found.order(queries::id).load(conn)?)
}

/// Sends an item back.
pub fn add_query(tx: &mut Tx, row: &QueryRow) -> StoreResult<()> {
    diesel::insert_into(queries::table)
        .values(row)
        .execute(&mut **tx)?;
    Ok(())
}

/// Writes the agency's answer to a returned item.
pub fn set_query_answered(
    tx: &mut Tx,
    row: &QueryRow,
    answer: &str,
    by: &str,
    now: NaiveDateTime,
) -> StoreResult<()> {
    diesel::update(
        queries::table
            .filter(queries::province_id.eq(&row.province_id))
            .filter(queries::id.eq(&row.id)),
    )
    .set((
        queries::answer.eq(Some(answer)),
        queries::answered_by.eq(Some(by)),
        queries::answered_at.eq(Some(now)),
    ))
    .execute(&mut **tx)?;
    Ok(())
}

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
pub fn add_na_request(tx: &mut Tx, row: &NaRequest) -> StoreResult<()> {
    diesel::insert_into(na_requests::table)
        .values(row)
        .execute(&mut **tx)?;
    Ok(())
}

/// The requests of an assessment.
pub fn list_na_requests(conn: &mut Conn, of: &Assessment) -> StoreResult<Vec<NaRequest>> {
    let found = na_requests::table
        .filter(na_requests::province_id.eq(&of.province_id))
        .filter(na_requests::assessment_id.eq(&of.id));
    Ok(found.order(na_requests::indicator_code).load(conn)?)
}

/// Writes the decision on a request, once.
pub fn set_na_decision(
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
