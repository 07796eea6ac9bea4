//! Planned visits: known to those who go and to the lead auditor, to nobody else (DOMAIN.md §5).

use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;

use super::schema::visit_plans;
use super::{Conn, StoreResult, Tx};

/// Who goes where, on which day, and what to look at.
#[derive(Clone, Debug, Queryable, Insertable)]
#[diesel(table_name = visit_plans)]
pub struct Plan {
    pub province_id: String,
    pub id: String,
    pub period_id: String,
    pub agency_id: String,
    pub county_code: Option<String>,
    /// Which desk of the agency.
    pub place: String,
    pub planned_on: NaiveDate,
    pub is_unannounced: bool,
    pub first_auditor: String,
    pub second_auditor: String,
    /// Codes of the indicators to look at, with spaces between.
    pub indicators: String,
    pub planned_by: String,
    pub planned_at: NaiveDateTime,
    pub withdrawn_at: Option<NaiveDateTime>,
}

impl Plan {
    /// Whether this person goes.
    pub fn goes(&self, user: &str) -> bool {
        self.first_auditor == user || self.second_auditor == user
    }

    /// Who goes beside this person.
    pub fn partner_of(&self, user: &str) -> &str {
        if self.first_auditor == user {
            &self.second_auditor
        } else {
            &self.first_auditor
        }
    }

    /// The codes of the indicators to look at.
    pub fn codes(&self) -> impl Iterator<Item = &str> {
        self.indicators.split_whitespace()
    }
}

/// Plans a visit.
pub fn add(tx: &mut Tx, plan: &Plan) -> StoreResult<()> {
    diesel::insert_into(visit_plans::table)
        .values(plan)
        .execute(&mut **tx)?;
    Ok(())
}

/// One plan.
pub fn find(conn: &mut Conn, province: &str, id: &str) -> StoreResult<Option<Plan>> {
    let found = visit_plans::table
        .filter(visit_plans::province_id.eq(province))
        .filter(visit_plans::id.eq(id));
    Ok(found.first(conn).optional()?)
}

/// The plans of a period that stand, by day.
pub fn list_of_period(conn: &mut Conn, province: &str, period: &str) -> StoreResult<Vec<Plan>> {
    let found = visit_plans::table
        .filter(visit_plans::province_id.eq(province))
        .filter(visit_plans::period_id.eq(period))
        .filter(visit_plans::withdrawn_at.is_null());
    Ok(found
        .order((visit_plans::planned_on, visit_plans::id))
        .load(conn)?)
}

/// The plans in which somebody goes, those that stand, by day.
pub fn list_of_user(conn: &mut Conn, province: &str, user: &str) -> StoreResult<Vec<Plan>> {
    let goes = visit_plans::first_auditor
        .eq(user)
        .or(visit_plans::second_auditor.eq(user));
    let found = visit_plans::table
        .filter(visit_plans::province_id.eq(province))
        .filter(goes)
        .filter(visit_plans::withdrawn_at.is_null());
    Ok(found
        .order((visit_plans::planned_on, visit_plans::id))
        .load(conn)?)
}

/// Withdraws a plan.
pub fn set_withdrawn(tx: &mut Tx, plan: &Plan, now: NaiveDateTime) -> StoreResult<()> {
    let own = visit_plans::table
        .filter(visit_plans::province_id.eq(&plan.province_id))
        .filter(visit_plans::id.eq(&plan.id));
    diesel::update(own)
        .set(visit_plans::withdrawn_at.eq(Some(now)))
        .execute(&mut **tx)?;
    Ok(())
}
