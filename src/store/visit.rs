//! Visits, test calls and test requests: counted into the facts of the rule.

use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;

use super::schema::{probes, visits};
use super::{Conn, StoreError, StoreResult, Tx};
use crate::domain::access::Scope;

/// One visit with its two observations.
#[derive(Clone, Debug, Queryable, Insertable)]
#[diesel(table_name = visits)]
pub struct Visit {
    pub province_id: String,
    pub id: String,
    pub period_id: String,
    pub agency_id: String,
    pub county_code: Option<String>,
    pub is_unannounced: bool,
    pub visited_on: NaiveDate,
    pub first_at: Option<NaiveDateTime>,
    pub first_answered: Option<bool>,
    pub second_at: Option<NaiveDateTime>,
    pub second_answered: Option<bool>,
    pub is_obstructed: bool,
    pub desk_exists: bool,
    pub excuse: Option<String>,
    pub minutes: String,
    pub recorded_by: String,
    pub second_auditor: Option<String>,
    pub recorded_at: NaiveDateTime,
    /// The second person who read it.
    pub signed_off_by: Option<String>,
    pub signed_off_at: Option<NaiveDateTime>,
}

impl Visit {
    /// Whether a second person has signed it off: only then is it a fact.
    pub fn counts(&self) -> bool {
        self.signed_off_at.is_some()
    }

    /// Nobody answered at either observation, and there is no excuse for it.
    pub fn is_empty_desk(&self) -> bool {
        self.first_answered == Some(false)
            && self.second_answered == Some(false)
            && self.excuse.is_none()
    }
}

/// The visits to an agency in a period, if the asker may know of it.
pub fn list(conn: &mut Conn, scope: &Scope, period: &str, agency: &str) -> StoreResult<Vec<Visit>> {
    if !scope.sees(period, agency) {
        return Ok(Vec::new());
    }
    let found = visits::table
        .filter(visits::province_id.eq(&scope.province))
        .filter(visits::period_id.eq(period))
        .filter(visits::agency_id.eq(agency));
    Ok(found.order((visits::visited_on, visits::id)).load(conn)?)
}

/// All visits of a period in one read.
pub fn list_of_period(conn: &mut Conn, province: &str, period: &str) -> StoreResult<Vec<Visit>> {
    let found = visits::table
        .filter(visits::province_id.eq(province))
        .filter(visits::period_id.eq(period));
    Ok(found
        .order((visits::agency_id, visits::visited_on, visits::id))
        .load(conn)?)
}

/// Records a visit.
pub fn add(tx: &mut Tx, visit: &Visit) -> StoreResult<()> {
    diesel::insert_into(visits::table)
        .values(visit)
        .execute(&mut **tx)?;
    Ok(())
}

/// Signs a visit off, once.
pub fn set_signed_off(tx: &mut Tx, visit: &Visit, by: &str, now: NaiveDateTime) -> StoreResult<()> {
    let changed = diesel::update(
        visits::table
            .filter(visits::province_id.eq(&visit.province_id))
            .filter(visits::id.eq(&visit.id))
            .filter(visits::signed_off_at.is_null()),
    )
    .set((
        visits::signed_off_by.eq(Some(by)),
        visits::signed_off_at.eq(Some(now)),
    ))
    .execute(&mut **tx)?;
    if changed == 1 {
        Ok(())
    } else {
        Err(StoreError::Conflict("signed off meanwhile".to_owned()))
    }
}

/// A test call or a test request.
#[derive(Clone, Debug, Queryable, Insertable)]
#[diesel(table_name = probes)]
pub struct Probe {
    pub province_id: String,
    pub id: String,
    pub period_id: String,
    pub agency_id: String,
    /// `call` or `request`.
    pub kind: String,
    pub made_at: NaiveDateTime,
    pub is_answered: bool,
    pub note: String,
    pub recorded_by: String,
    pub recorded_at: NaiveDateTime,
}

/// The test calls and requests of an agency, if the asker may know of it.
pub fn list_probes(
    conn: &mut Conn,
    scope: &Scope,
    period: &str,
    agency: &str,
) -> StoreResult<Vec<Probe>> {
    if !scope.sees(period, agency) {
        return Ok(Vec::new());
    }
    let found = probes::table
        .filter(probes::province_id.eq(&scope.province))
        .filter(probes::period_id.eq(period))
        .filter(probes::agency_id.eq(agency));
    Ok(found.order(probes::id).load(conn)?)
}

/// All test calls and requests of a period in one read.
pub fn list_probes_of_period(
    conn: &mut Conn,
    province: &str,
    period: &str,
) -> StoreResult<Vec<Probe>> {
    let found = probes::table
        .filter(probes::province_id.eq(province))
        .filter(probes::period_id.eq(period));
    Ok(found.order((probes::agency_id, probes::id)).load(conn)?)
}

/// Records a test call or request.
pub fn add_probe(tx: &mut Tx, probe: &Probe) -> StoreResult<()> {
    diesel::insert_into(probes::table)
        .values(probe)
        .execute(&mut **tx)?;
    Ok(())
}
