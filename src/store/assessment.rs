//! Assessments: one agency's quarter. No query without the scope of who asks.

use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;

use super::agency::Agency;
use super::schema::assessments;
use super::{Conn, StoreError, StoreResult, Tx};
use crate::domain::access::Scope;

/// One agency's quarter, with what was frozen for it.
#[derive(Clone, Debug, Queryable, Insertable)]
#[diesel(table_name = assessments)]
pub struct Assessment {
    pub province_id: String,
    pub id: String,
    pub period_id: String,
    pub agency_id: String,
    pub kind: String,
    pub group_code: String,
    pub profile: String,
    pub is_ranked: bool,
    /// `draft` or `handed_in`.
    pub state: String,
    pub signed_by: Option<String>,
    pub signer_name: Option<String>,
    pub pledge: Option<String>,
    pub letter_number: Option<String>,
    pub letter_date: Option<NaiveDate>,
    pub tracking_code: Option<String>,
    pub handed_in_at: Option<NaiveDateTime>,
    pub is_late: bool,
    /// Hash of the file it was brought in from.
    pub source_hash: Option<String>,
    pub version: i64,
}

impl Assessment {
    /// The flags frozen with the period.
    pub fn flags(&self) -> Vec<String> {
        self.profile.split_whitespace().map(str::to_owned).collect()
    }

    /// Whether the agency has handed it in.
    pub fn is_handed_in(&self) -> bool {
        self.state == "handed_in"
    }
}

/// The ids of all assessments of a period, to be asked for within another query.
#[diesel::dsl::auto_type]
pub(super) fn ids_of_period<'a>(province: &'a str, period: &'a str) -> _ {
    assessments::table
        .filter(assessments::province_id.eq(province))
        .filter(assessments::period_id.eq(period))
        .select(assessments::id)
}

/// Adds an assessment.
pub fn add(tx: &mut Tx, assessment: &Assessment) -> StoreResult<()> {
    diesel::insert_into(assessments::table)
        .values(assessment)
        .execute(&mut **tx)?;
    Ok(())
}

/// The quarter of one agency, if the asker may know of it.
pub fn find(
    conn: &mut Conn,
    scope: &Scope,
    period: &str,
    agency: &str,
) -> StoreResult<Option<Assessment>> {
    let found: Option<Assessment> = assessments::table
        .filter(assessments::province_id.eq(&scope.province))
        .filter(assessments::period_id.eq(period))
        .filter(assessments::agency_id.eq(agency))
        .first(conn)
        .optional()?;
    Ok(found.filter(|row| scope.sees(&row.period_id, &row.agency_id)))
}

/// All assessments of a period that the asker may know of, by group.
pub fn list(conn: &mut Conn, scope: &Scope, period: &str) -> StoreResult<Vec<Assessment>> {
    let found: Vec<Assessment> = assessments::table
        .filter(assessments::province_id.eq(&scope.province))
        .filter(assessments::period_id.eq(period))
        .order((assessments::group_code, assessments::agency_id))
        .load(conn)?;
    Ok(found
        .into_iter()
        .filter(|row| scope.sees(&row.period_id, &row.agency_id))
        .collect())
}

/// Takes over the profile of an agency into its draft of a quarter.
pub fn set_profile(tx: &mut Tx, period: &str, agency: &Agency) -> StoreResult<()> {
    let own = assessments::table
        .filter(assessments::province_id.eq(&agency.province_id))
        .filter(assessments::period_id.eq(period))
        .filter(assessments::agency_id.eq(&agency.id))
        .filter(assessments::state.eq("draft"));
    diesel::update(own)
        .set((
            assessments::group_code.eq(&agency.group_code),
            assessments::profile.eq(&agency.profile),
            assessments::is_ranked.eq(agency.is_ranked),
        ))
        .execute(&mut **tx)?;
    Ok(())
}

/// What the head signs with.
pub struct HandIn<'a> {
    pub signed_by: &'a str,
    pub signer_name: &'a str,
    pub pledge: &'a str,
    pub letter_number: Option<&'a str>,
    pub letter_date: Option<NaiveDate>,
    pub tracking_code: &'a str,
    pub at: NaiveDateTime,
    pub is_late: bool,
}

/// Hands in a draft; a conflict where it was handed in meanwhile.
pub fn set_handed_in(tx: &mut Tx, assessment: &Assessment, hand_in: &HandIn) -> StoreResult<()> {
    let changed = diesel::update(
        assessments::table
            .filter(assessments::province_id.eq(&assessment.province_id))
            .filter(assessments::id.eq(&assessment.id))
            .filter(assessments::state.eq("draft"))
            .filter(assessments::version.eq(assessment.version)),
    )
    .set((
        assessments::state.eq("handed_in"),
        assessments::signed_by.eq(Some(hand_in.signed_by)),
        assessments::signer_name.eq(Some(hand_in.signer_name)),
        assessments::pledge.eq(Some(hand_in.pledge)),
        assessments::letter_number.eq(hand_in.letter_number),
        assessments::letter_date.eq(hand_in.letter_date),
        assessments::tracking_code.eq(Some(hand_in.tracking_code)),
        assessments::handed_in_at.eq(Some(hand_in.at)),
        assessments::is_late.eq(hand_in.is_late),
        assessments::version.eq(assessment.version + 1),
    ))
    .execute(&mut **tx)?;
    if changed == 1 {
        Ok(())
    } else {
        Err(StoreError::Conflict("handed in meanwhile".to_owned()))
    }
}
