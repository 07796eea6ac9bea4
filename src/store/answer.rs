//! Answers: what the agency says, a row each.

use chrono::NaiveDateTime;
use diesel::prelude::*;

use super::assessment::{self, Assessment};
use super::schema::{answers, assessments};
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
    /// How many quarters in a row it was carried over; 0 where it was given anew.
    pub carried: i64,
}

/// The answers of an assessment, by indicator. Whoever has the assessment may read them.
pub fn list(conn: &mut Conn, of: &Assessment) -> StoreResult<Vec<AnswerRow>> {
    let found = answers::table
        .filter(answers::province_id.eq(&of.province_id))
        .filter(answers::assessment_id.eq(&of.id));
    Ok(found.order(answers::indicator_code).load(conn)?)
}

/// What an answer brings to the rule.
#[derive(Clone, Debug, Queryable)]
pub struct ClaimRow {
    pub assessment_id: String,
    pub indicator_code: String,
    /// The kept value.
    pub claim: Option<String>,
}

/// The claims of everybody who has handed in, in one read; drafts are the agency's own.
pub fn list_of_period(conn: &mut Conn, province: &str, period: &str) -> StoreResult<Vec<ClaimRow>> {
    let handed_in = assessments::table
        .filter(assessments::province_id.eq(province))
        .filter(assessments::period_id.eq(period))
        .filter(assessments::state.eq("handed_in"))
        .select(assessments::id);
    let found = answers::table
        .filter(answers::province_id.eq(province))
        .filter(answers::assessment_id.eq_any(handed_in))
        .filter(answers::claim.is_not_null());
    Ok(found
        .order((answers::assessment_id, answers::indicator_code))
        .select((
            answers::assessment_id,
            answers::indicator_code,
            answers::claim,
        ))
        .load(conn)?)
}

/// How many indicators of each assessment of a period have a choice, by assessment.
pub fn count_of_period(
    conn: &mut Conn,
    province: &str,
    period: &str,
) -> StoreResult<Vec<(String, i64)>> {
    let own = assessment::ids_of_period(province, period);
    let found = answers::table
        .filter(answers::province_id.eq(province))
        .filter(answers::assessment_id.eq_any(own));
    Ok(found
        .group_by(answers::assessment_id)
        .select((answers::assessment_id, diesel::dsl::count_star()))
        .order(answers::assessment_id)
        .load(conn)?)
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
        answers::carried.eq(answer.carried),
        answers::version.eq(seen + 1),
    ))
    .execute(&mut **tx)?;
    if changed == 1 {
        Ok(())
    } else {
        Err(StoreError::Conflict("changed meanwhile".to_owned()))
    }
}
