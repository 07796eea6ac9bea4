//! Quarters, and moves that wait for a second person.

use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;

use super::schema::{period_moves, periods};
use super::{Conn, StoreError, StoreResult, Tx};
use crate::domain::period::State;

/// A quarter with its dates.
#[derive(Clone, Debug, Queryable, Insertable)]
#[diesel(table_name = periods)]
pub struct Period {
    pub province_id: String,
    pub id: String,
    pub code: String,
    pub framework_code: String,
    pub framework_version: String,
    pub state: String,
    pub profiles_frozen_on: NaiveDate,
    pub opens_on: NaiveDate,
    pub deadline_on: NaiveDate,
    pub last_new_on: NaiveDate,
    pub last_edit_on: NaiveDate,
    pub preliminary_on: NaiveDate,
    pub objections_end_on: NaiveDate,
    pub re_review_end_on: NaiveDate,
    pub committee_end_on: NaiveDate,
    pub final_on: NaiveDate,
    pub is_imported: bool,
    pub version: i64,
    pub created_at: NaiveDateTime,
}

impl Period {
    /// The state; a damaged word counts as archived, in which nothing may be changed.
    pub fn state(&self) -> State {
        State::parse(&self.state).unwrap_or(State::Archived)
    }
}

/// Adds a quarter.
pub fn add(tx: &mut Tx, period: &Period) -> StoreResult<()> {
    diesel::insert_into(periods::table)
        .values(period)
        .execute(&mut **tx)?;
    Ok(())
}

/// All quarters, newest first.
pub fn list(conn: &mut Conn, province: &str) -> StoreResult<Vec<Period>> {
    Ok(periods::table
        .filter(periods::province_id.eq(province))
        .order(periods::code.desc())
        .load(conn)?)
}

/// The quarter of that code.
pub fn find_by_code(conn: &mut Conn, province: &str, code: &str) -> StoreResult<Option<Period>> {
    let found = periods::table
        .filter(periods::province_id.eq(province))
        .filter(periods::code.eq(code));
    Ok(found.first(conn).optional()?)
}

/// The quarter of that id.
pub fn find(conn: &mut Conn, province: &str, id: &str) -> StoreResult<Option<Period>> {
    let found = periods::table
        .filter(periods::province_id.eq(province))
        .filter(periods::id.eq(id));
    Ok(found.first(conn).optional()?)
}

/// Moves a quarter, if nobody moved it meanwhile.
pub fn set_state(tx: &mut Tx, period: &Period, state: State) -> StoreResult<()> {
    let changed = diesel::update(
        periods::table
            .filter(periods::province_id.eq(&period.province_id))
            .filter(periods::id.eq(&period.id))
            .filter(periods::version.eq(period.version)),
    )
    .set((
        periods::state.eq(state.as_str()),
        periods::version.eq(period.version + 1),
    ))
    .execute(&mut **tx)?;
    if changed == 1 {
        Ok(())
    } else {
        Err(StoreError::Conflict(
            "the period was moved meanwhile".to_owned(),
        ))
    }
}

/// A move proposed by one person, to be carried out by another.
#[derive(Clone, Debug, Queryable, Insertable)]
#[diesel(table_name = period_moves)]
pub struct Move {
    pub province_id: String,
    pub id: String,
    pub period_id: String,
    pub state_from: String,
    pub state_to: String,
    pub proposed_by: String,
    pub proposed_at: NaiveDateTime,
    pub carried_out_by: Option<String>,
    pub carried_out_at: Option<NaiveDateTime>,
    pub withdrawn_at: Option<NaiveDateTime>,
}

/// Adds a proposal.
pub fn add_move(tx: &mut Tx, proposal: &Move) -> StoreResult<()> {
    diesel::insert_into(period_moves::table)
        .values(proposal)
        .execute(&mut **tx)?;
    Ok(())
}

/// The proposal that waits for a second person.
pub fn find_waiting_move(
    conn: &mut Conn,
    province: &str,
    period: &str,
) -> StoreResult<Option<Move>> {
    let found = period_moves::table
        .filter(period_moves::province_id.eq(province))
        .filter(period_moves::period_id.eq(period))
        .filter(period_moves::carried_out_at.is_null())
        .filter(period_moves::withdrawn_at.is_null());
    Ok(found.order(period_moves::id).first(conn).optional()?)
}

/// Notes who carried a proposal out.
pub fn set_carried_out(
    tx: &mut Tx,
    proposal: &Move,
    by: &str,
    now: NaiveDateTime,
) -> StoreResult<()> {
    diesel::update(
        period_moves::table
            .filter(period_moves::province_id.eq(&proposal.province_id))
            .filter(period_moves::id.eq(&proposal.id)),
    )
    .set((
        period_moves::carried_out_by.eq(Some(by)),
        period_moves::carried_out_at.eq(Some(now)),
    ))
    .execute(&mut **tx)?;
    Ok(())
}
