//! Results and scores: computed outside the path that saves, kept with what they were computed from.

use chrono::NaiveDateTime;
use diesel::prelude::*;

use super::schema::{agencies, periods, results, scores};
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

/// Best and worst place of each agency of a result, by code.
pub fn list_intervals(
    conn: &mut Conn,
    province: &str,
    result: &str,
) -> StoreResult<Vec<(String, [i64; 2])>> {
    let is_of = agencies::province_id
        .eq(scores::province_id)
        .and(agencies::id.eq(scores::agency_id));
    let found = scores::table
        .inner_join(agencies::table.on(is_of))
        .filter(scores::province_id.eq(province))
        .filter(scores::result_id.eq(result));
    let rows: Vec<(String, Option<i64>, Option<i64>)> = found
        .select((agencies::code, scores::rank_low, scores::rank_high))
        .load(conn)?;
    let kept = rows.into_iter();
    Ok(kept
        .filter_map(|(code, low, high)| Some((code, [low?, high?])))
        .collect())
}

/// A result without what it was computed from: what pages need to know of it.
#[derive(Clone, Debug, Queryable, Selectable)]
#[diesel(table_name = results)]
pub struct ResultHead {
    pub id: String,
    pub period_id: String,
    pub stage: String,
    pub returns_hash: String,
    pub computed_at: NaiveDateTime,
    pub number: i64,
}

/// The newest result of a stage, without what it was computed from.
pub fn find_head(
    conn: &mut Conn,
    province: &str,
    period: &str,
    stage: &str,
) -> StoreResult<Option<ResultHead>> {
    let found = results::table
        .filter(results::province_id.eq(province))
        .filter(results::period_id.eq(period))
        .filter(results::stage.eq(stage))
        .order(results::number.desc());
    Ok(found
        .select(ResultHead::as_select())
        .first(conn)
        .optional()?)
}

/// The returns a result was computed from, as they were kept.
pub fn find_returns(
    conn: &mut Conn,
    province: &str,
    result: &str,
) -> StoreResult<Option<ResultRow>> {
    let found = results::table
        .filter(results::province_id.eq(province))
        .filter(results::id.eq(result));
    Ok(found.first(conn).optional()?)
}

/// The newest final result before a quarter, without what it was computed from.
pub fn find_head_before(
    conn: &mut Conn,
    province: &str,
    period_code: &str,
) -> StoreResult<Option<ResultHead>> {
    let is_period = periods::province_id
        .eq(results::province_id)
        .and(periods::id.eq(results::period_id));
    let found = results::table
        .inner_join(periods::table.on(is_period))
        .filter(results::province_id.eq(province))
        .filter(results::stage.eq("final"))
        .filter(periods::code.lt(period_code))
        .order((periods::code.desc(), results::number.desc()));
    Ok(found
        .select(ResultHead::as_select())
        .first(conn)
        .optional()?)
}

/// One agency's line of a result, with its names: all that lists print, without the whole card.
#[derive(Clone, Debug, Queryable)]
pub struct ScoreLine {
    pub agency_id: String,
    pub code: String,
    pub name_fa: String,
    pub name_en: String,
    pub league: String,
    pub group_code: String,
    pub state: String,
    pub reasons: String,
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
    pub binding: String,
    pub dimensions: String,
    pub desk: String,
    pub cause: String,
}

/// All lines of a result in the order of the printed list.
pub fn list_lines(conn: &mut Conn, province: &str, result: &str) -> StoreResult<Vec<ScoreLine>> {
    let is_same = agencies::province_id
        .eq(scores::province_id)
        .and(agencies::id.eq(scores::agency_id));
    let found = scores::table
        .inner_join(agencies::table.on(is_same))
        .filter(scores::province_id.eq(province))
        .filter(scores::result_id.eq(result))
        .order(scores::position);
    let whose = (
        scores::agency_id,
        agencies::code,
        agencies::name_fa,
        agencies::name_en,
        scores::league,
        scores::group_code,
        scores::state,
        scores::reasons,
        scores::score_c,
        scores::ungated_c,
        scores::grade,
        scores::rank,
        scores::rank_of,
        scores::group_rank,
        scores::group_rank_of,
        scores::rank_low,
        scores::rank_high,
        scores::claimed_c,
        scores::verified_c,
        scores::honesty_bp,
        scores::gap_bp,
        scores::gap_alert,
        scores::is_unstaffed,
        scores::change_c,
        scores::binding,
        scores::dimensions,
        scores::desk,
        scores::cause,
    );
    Ok(found.select(whose).load(conn)?)
}

/// Where an agency stood in a result.
#[derive(Clone, Debug, Queryable, Selectable)]
#[diesel(table_name = scores)]
pub struct Stood {
    pub agency_id: String,
    pub state: String,
    pub score_c: Option<i64>,
    pub rank: Option<i64>,
    pub rank_low: Option<i64>,
    pub rank_high: Option<i64>,
}

/// Where everybody stood in a result.
pub fn list_stood(conn: &mut Conn, province: &str, result: &str) -> StoreResult<Vec<Stood>> {
    let found = scores::table
        .filter(scores::province_id.eq(province))
        .filter(scores::result_id.eq(result));
    Ok(found.select(Stood::as_select()).load(conn)?)
}

/// One quarter of an agency's past.
#[derive(Clone, Debug, Queryable)]
pub struct Past {
    pub period: String,
    pub number: i64,
    pub state: String,
    pub score_c: Option<i64>,
    pub grade: Option<String>,
    pub rank: Option<i64>,
    pub rank_of: Option<i64>,
}

/// An agency's final results up to a quarter, newest first; of a quarter the last that was made.
pub fn list_past(
    conn: &mut Conn,
    province: &str,
    agency: &str,
    until: &str,
    most: usize,
) -> StoreResult<Vec<Past>> {
    let is_result = results::province_id
        .eq(scores::province_id)
        .and(results::id.eq(scores::result_id));
    let is_period = periods::province_id
        .eq(results::province_id)
        .and(periods::id.eq(results::period_id));
    let mut found: Vec<Past> = scores::table
        .inner_join(results::table.on(is_result))
        .inner_join(periods::table.on(is_period))
        .filter(scores::province_id.eq(province))
        .filter(scores::agency_id.eq(agency))
        .filter(results::stage.eq("final"))
        .filter(periods::code.le(until))
        .filter(periods::state.eq_any(["final", "archived"]))
        .order((periods::code.desc(), results::number.desc()))
        .select((
            periods::code,
            results::number,
            scores::state,
            scores::score_c,
            scores::grade,
            scores::rank,
            scores::rank_of,
        ))
        .load(conn)?;
    found.dedup_by(|older, newer| older.period == newer.period);
    found.truncate(most);
    Ok(found)
}

/// The final results of the quarters up to one, newest first; of a quarter the last that was made: code and id.
pub fn list_heads_until(
    conn: &mut Conn,
    province: &str,
    until: &str,
) -> StoreResult<Vec<(String, String)>> {
    let is_period = periods::province_id
        .eq(results::province_id)
        .and(periods::id.eq(results::period_id));
    let mut found: Vec<(String, String)> = results::table
        .inner_join(periods::table.on(is_period))
        .filter(results::province_id.eq(province))
        .filter(results::stage.eq("final"))
        .filter(periods::code.le(until))
        .filter(periods::state.eq_any(["final", "archived"]))
        .order((periods::code.desc(), results::number.desc()))
        .select((periods::code, results::id))
        .load(conn)?;
    found.dedup_by(|older, newer| older.0 == newer.0);
    Ok(found)
}

/// An agency's place in a result.
#[derive(Clone, Debug, Queryable)]
pub struct PastPlace {
    pub result: String,
    pub agency: String,
    pub rank: Option<i64>,
}

/// The places of some agencies in some results.
pub fn list_places(
    conn: &mut Conn,
    province: &str,
    among: &[String],
    agencies: &[String],
) -> StoreResult<Vec<PastPlace>> {
    let found = scores::table
        .filter(scores::province_id.eq(province))
        .filter(scores::result_id.eq_any(among))
        .filter(scores::agency_id.eq_any(agencies))
        .order((scores::result_id, scores::position));
    let place = (scores::result_id, scores::agency_id, scores::rank);
    Ok(found.select(place).load(conn)?)
}
