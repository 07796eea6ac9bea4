//! Verdicts: what the auditors say beside the claim. Rows are only added.

use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;

use super::assessment::{self, Assessment};
use super::schema::verdicts;
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
    /// The last day to object to it, where it was given for the first time after the preliminary result.
    pub objection_until: Option<NaiveDate>,
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

/// What the verdict that counts brings to the rule.
#[derive(Clone, Debug, Queryable)]
pub struct RulingRow {
    pub assessment_id: String,
    pub indicator_code: String,
    pub kind: String,
    pub value: Option<String>,
    pub sample_n: Option<i64>,
    pub sample_k: Option<i64>,
    pub survey_answers: Option<i64>,
    pub reason: String,
}

const RULING: (
    verdicts::assessment_id,
    verdicts::indicator_code,
    verdicts::kind,
    verdicts::value,
    verdicts::sample_n,
    verdicts::sample_k,
    verdicts::survey_answers,
    verdicts::reason,
) = (
    verdicts::assessment_id,
    verdicts::indicator_code,
    verdicts::kind,
    verdicts::value,
    verdicts::sample_n,
    verdicts::sample_k,
    verdicts::survey_answers,
    verdicts::reason,
);

/// The first verdict on each item of a period, in one read.
pub fn list_first_of_period(
    conn: &mut Conn,
    province: &str,
    period: &str,
) -> StoreResult<Vec<RulingRow>> {
    let own = assessment::ids_of_period(province, period);
    let found = verdicts::table
        .filter(verdicts::province_id.eq(province))
        .filter(verdicts::assessment_id.eq_any(own))
        .filter(verdicts::number.eq(1));
    Ok(found.select(RULING).load(conn)?)
}

/// The verdicts of a period that count, in one read, by assessment and indicator.
pub fn list_of_period(
    conn: &mut Conn,
    province: &str,
    period: &str,
) -> StoreResult<Vec<RulingRow>> {
    let own = assessment::ids_of_period(province, period);
    let found = verdicts::table
        .filter(verdicts::province_id.eq(province))
        .filter(verdicts::assessment_id.eq_any(own));
    let all: Vec<RulingRow> = found
        .order((
            verdicts::assessment_id,
            verdicts::indicator_code,
            verdicts::number,
        ))
        .select(RULING)
        .load(conn)?;
    Ok(last_of_each(all, |last, row| {
        last.indicator_code == row.indicator_code && last.assessment_id == row.assessment_id
    }))
}

/// Which indicators of a period have a verdict, as pairs of assessment and indicator, in one read.
pub fn list_marks_of_period(
    conn: &mut Conn,
    province: &str,
    period: &str,
) -> StoreResult<Vec<(String, String)>> {
    let own = assessment::ids_of_period(province, period);
    let found = verdicts::table
        .filter(verdicts::province_id.eq(province))
        .filter(verdicts::assessment_id.eq_any(own))
        .filter(verdicts::number.eq(1));
    Ok(found
        .select((verdicts::assessment_id, verdicts::indicator_code))
        .load(conn)?)
}

/// When a first verdict was given, by whom and on what.
pub type Moment = (String, String, String, NaiveDateTime);

/// When the first verdicts of a period were given: auditor, assessment, indicator and moment, in the order of each
/// auditor's work on each assessment.
pub fn list_moments_of_period(
    conn: &mut Conn,
    province: &str,
    period: &str,
) -> StoreResult<Vec<Moment>> {
    let own = assessment::ids_of_period(province, period);
    let found = verdicts::table
        .filter(verdicts::province_id.eq(province))
        .filter(verdicts::assessment_id.eq_any(own))
        .filter(verdicts::round.eq("first"))
        .filter(verdicts::given_by.is_not_null());
    Ok(found
        .order((
            verdicts::given_by,
            verdicts::assessment_id,
            verdicts::given_at,
            verdicts::id,
        ))
        .select((
            verdicts::given_by.assume_not_null(),
            verdicts::assessment_id,
            verdicts::indicator_code,
            verdicts::given_at,
        ))
        .load(conn)?)
}

/// The last day on which some agency may still object to a late verdict of a period.
pub fn last_objection_day(
    conn: &mut Conn,
    province: &str,
    period: &str,
) -> StoreResult<Option<NaiveDate>> {
    let own = assessment::ids_of_period(province, period);
    let found = verdicts::table
        .filter(verdicts::province_id.eq(province))
        .filter(verdicts::assessment_id.eq_any(own));
    Ok(found
        .select(diesel::dsl::max(verdicts::objection_until))
        .first(conn)?)
}

/// The verdicts of these ids.
pub fn list_by_ids(
    conn: &mut Conn,
    province: &str,
    ids: &[String],
) -> StoreResult<Vec<VerdictRow>> {
    let found = verdicts::table
        .filter(verdicts::province_id.eq(province))
        .filter(verdicts::id.eq_any(ids));
    Ok(found.order(verdicts::id).load(conn)?)
}

/// The verdict that counts on each indicator.
pub fn list_current(conn: &mut Conn, of: &Assessment) -> StoreResult<Vec<VerdictRow>> {
    Ok(current(list(conn, of)?))
}

/// Of rows in order, the last of each assessment and indicator.
pub fn current(all: Vec<VerdictRow>) -> Vec<VerdictRow> {
    last_of_each(all, |last, row| {
        last.indicator_code == row.indicator_code && last.assessment_id == row.assessment_id
    })
}

fn last_of_each<T>(all: Vec<T>, is_same: impl Fn(&T, &T) -> bool) -> Vec<T> {
    let mut current: Vec<T> = Vec::with_capacity(all.len());
    for row in all {
        match current.last_mut() {
            Some(last) if is_same(last, &row) => *last = row,
            _ => current.push(row),
        }
    }
    current
}

/// Adds a verdict.
pub fn add(tx: &mut Tx, row: &VerdictRow) -> StoreResult<()> {
    diesel::insert_into(verdicts::table)
        .values(row)
        .execute(&mut **tx)?;
    Ok(())
}
