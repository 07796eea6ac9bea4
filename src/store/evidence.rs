//! Evidence: files by their hash, or links. A row that was taken away stays, marked.

use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;

use super::assessment::Assessment;
use super::schema::{agencies, assessments, evidence, periods};
use super::{Conn, StoreResult, Tx};

/// One piece of evidence: a file by its hash, or a link.
#[derive(Clone, Debug, Queryable, Insertable)]
#[diesel(table_name = evidence)]
pub struct Evidence {
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
    /// Where in the paper to look.
    pub page: String,
    /// The code of the earlier quarter it was taken from again.
    pub reused_from: Option<String>,
}

/// The evidence of an assessment that was not taken away.
pub fn list(conn: &mut Conn, of: &Assessment) -> StoreResult<Vec<Evidence>> {
    let found = evidence::table
        .filter(evidence::province_id.eq(&of.province_id))
        .filter(evidence::assessment_id.eq(&of.id))
        .filter(evidence::removed_at.is_null());
    Ok(found
        .order((evidence::indicator_code, evidence::id))
        .load(conn)?)
}

/// One piece of evidence of an assessment that was not taken away.
pub fn find(conn: &mut Conn, of: &Assessment, id: &str) -> StoreResult<Option<Evidence>> {
    let found = evidence::table
        .filter(evidence::province_id.eq(&of.province_id))
        .filter(evidence::assessment_id.eq(&of.id))
        .filter(evidence::id.eq(id))
        .filter(evidence::removed_at.is_null());
    Ok(found.first(conn).optional()?)
}

/// What an agency brought for an indicator in any quarter and did not take away, with the code of the quarter; the
/// newest first.
pub fn list_of_agency(
    conn: &mut Conn,
    province: &str,
    agency: &str,
    indicator: &str,
) -> StoreResult<Vec<(String, Evidence)>> {
    let is_assessment = assessments::province_id
        .eq(evidence::province_id)
        .and(assessments::id.eq(evidence::assessment_id));
    let is_period = periods::province_id
        .eq(assessments::province_id)
        .and(periods::id.eq(assessments::period_id));
    let found = evidence::table
        .inner_join(assessments::table.on(is_assessment))
        .inner_join(periods::table.on(is_period))
        .filter(evidence::province_id.eq(province))
        .filter(evidence::agency_id.eq(agency))
        .filter(evidence::indicator_code.eq(indicator))
        .filter(evidence::removed_at.is_null());
    Ok(found
        .order((periods::code.desc(), evidence::id))
        .select((periods::code, evidence::all_columns))
        .load(conn)?)
}

/// Another place where a file was brought too.
#[derive(Clone, Debug, Queryable)]
pub struct Twin {
    pub sha256: Option<String>,
    pub period: String,
    pub agency_id: String,
    pub agency_fa: String,
    pub agency_en: String,
    pub indicator: String,
    pub evidence_id: String,
}

/// Where files of the same content were handed in, at whatever agency and in whatever quarter of the province.
pub fn list_twins(conn: &mut Conn, province: &str, hashes: &[&str]) -> StoreResult<Vec<Twin>> {
    let is_assessment = assessments::province_id
        .eq(evidence::province_id)
        .and(assessments::id.eq(evidence::assessment_id));
    let is_period = periods::province_id
        .eq(assessments::province_id)
        .and(periods::id.eq(assessments::period_id));
    let is_agency = agencies::province_id
        .eq(evidence::province_id)
        .and(agencies::id.eq(evidence::agency_id));
    let found = evidence::table
        .inner_join(assessments::table.on(is_assessment))
        .inner_join(periods::table.on(is_period))
        .inner_join(agencies::table.on(is_agency))
        .filter(evidence::province_id.eq(province))
        .filter(evidence::sha256.eq_any(hashes))
        .filter(evidence::removed_at.is_null())
        .filter(assessments::handed_in_at.is_not_null());
    Ok(found
        .order((periods::code.desc(), agencies::code, evidence::id))
        .select((
            evidence::sha256,
            periods::code,
            evidence::agency_id,
            agencies::name_fa,
            agencies::name_en,
            evidence::indicator_code,
            evidence::id,
        ))
        .load(conn)?)
}

/// How many bytes of files came in for an assessment; those taken away again are still kept, those taken from an
/// earlier quarter lie there already.
pub fn size(conn: &mut Conn, of: &Assessment) -> StoreResult<i64> {
    let found = evidence::table
        .filter(evidence::province_id.eq(&of.province_id))
        .filter(evidence::assessment_id.eq(&of.id))
        .filter(evidence::reused_from.is_null())
        .select(evidence::size);
    let sizes: Vec<Option<i64>> = found.load(conn)?;
    Ok(sizes.into_iter().flatten().sum())
}

/// Whether any row, of whatever province, names a file.
pub fn is_named(conn: &mut Conn, sha256: &str) -> StoreResult<bool> {
    let found = evidence::table.filter(evidence::sha256.eq(sha256));
    Ok(diesel::select(diesel::dsl::exists(found)).get_result(conn)?)
}

/// Adds evidence.
pub fn add(tx: &mut Tx, row: &Evidence) -> StoreResult<()> {
    diesel::insert_into(evidence::table)
        .values(row)
        .execute(&mut **tx)?;
    Ok(())
}

/// Takes evidence away; the row stays.
pub fn set_removed(
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
