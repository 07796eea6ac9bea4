//! Results and scores: computed outside the path that saves, kept with what they were computed from.

use chrono::NaiveDateTime;
use diesel::prelude::*;

use super::schema::{results, scores};
use super::{Conn, StoreResult, Tx};

/// One computed result of a period.
#[derive(Clone, Debug, Queryable, Insertable)]
#[diesel(table_name = results)]
pub struct ResultRow {
    pub province_id: String,
    pub id: String,
    pub period_id: String,
    /// `preliminary` or `final`.
    pub stage: String,
    pub rule_version: i64,
    pub framework_code: String,
    pub framework_version: String,
    /// SHA-256 of the canonical returns.
    pub returns_hash: String,
    pub returns: String,
    pub leagues: String,
    pub computed_by: Option<String>,
    pub computed_at: NaiveDateTime,
    pub number: i64,
}

/// Adds a result.
pub fn add(tx: &mut Tx, result: &ResultRow) -> StoreResult<()> {
    diesel::insert_into(results::table)
        .values(result)
        .execute(&mut **tx)?;
    Ok(())
}

/// The newest result of a stage: its id, hash and time, without the returns.
pub fn find_latest(
    conn: &mut Conn,
    province: &str,
    period: &str,
    stage: &str,
) -> StoreResult<Option<ResultRow>> {
    let found = results::table
        .filter(results::province_id.eq(province))
        .filter(results::period_id.eq(period))
        .filter(results::stage.eq(stage));
    Ok(found.order(results::number.desc()).first(conn).optional()?)
}

/// One agency's score in a result.
#[derive(Clone, Debug, Queryable, Insertable)]
#[diesel(table_name = scores)]
pub struct ScoreRow {
    pub province_id: String,
    pub result_id: String,
    pub agency_id: String,
    /// Place in the list as it is printed.
    pub position: i64,
    pub league: String,
    pub group_code: String,
    pub state: String,
    pub reasons: String,
    pub labels: String,
    pub score_c: Option<i64>,
    pub ungated_c: Option<i64>,
    pub grade: Option<String>,
    pub rank: Option<i64>,
    pub rank_of: Option<i64>,
    pub group_rank: Option<i64>,
    pub group_rank_of: Option<i64>,
    pub rank_low: Option<i64>,
    pub rank_high: Option<i64>,
    pub claimed_c: Option<i64>,
    pub verified_c: Option<i64>,
    pub honesty_bp: Option<i64>,
    pub gap_bp: Option<i64>,
    pub gap_alert: bool,
    pub is_unstaffed: bool,
    pub change_c: Option<i64>,
    pub rank_gained: Option<i64>,
    pub binding: String,
    /// Percent of each counted dimension in hundredths: `DSP:7312 DSS:…`.
    pub dimensions: String,
    /// What was seen at the desk and what the agency says of it: `visits:3 empty:2 obstructed:0 DSP-02:{"level":3}`.
    pub desk: String,
    /// The line that moved the score most since last quarter: `G-01:-1234`.
    pub cause: String,
    pub card: String,
    pub change: Option<String>,
}

/// Adds a score.
pub fn add_score(tx: &mut Tx, score: &ScoreRow) -> StoreResult<()> {
    diesel::insert_into(scores::table)
        .values(score)
        .execute(&mut **tx)?;
    Ok(())
}

/// All scores of a result in the order of the printed list.
pub fn list_scores(conn: &mut Conn, province: &str, result: &str) -> StoreResult<Vec<ScoreRow>> {
    let found = scores::table
        .filter(scores::province_id.eq(province))
        .filter(scores::result_id.eq(result));
    Ok(found.order(scores::position).load(conn)?)
}

/// One agency's score.
pub fn find_score(
    conn: &mut Conn,
    province: &str,
    result: &str,
    agency: &str,
) -> StoreResult<Option<ScoreRow>> {
    let found = scores::table
        .filter(scores::province_id.eq(province))
        .filter(scores::result_id.eq(result))
        .filter(scores::agency_id.eq(agency));
    Ok(found.first(conn).optional()?)
}
