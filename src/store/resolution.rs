//! Resolutions of follow-up meetings.

use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;

use super::schema::resolutions;
use super::{Conn, StoreError, StoreResult, Tx};
use crate::domain::access::{Reach, Scope};
use crate::domain::resolution::State;

/// A resolution, its owner and what became of it.
#[derive(Clone, Debug, Queryable, Insertable)]
#[diesel(table_name = resolutions)]
pub struct Resolution {
    pub province_id: String,
    pub id: String,
    /// Year and running number, such as `1405/27`.
    pub number: String,
    pub meeting_id: Option<String>,
    pub agency_id: String,
    pub indicator_code: Option<String>,
    pub kind: String,
    pub text: String,
    pub letter_number: String,
    pub made_on: NaiveDate,
    pub due_on: NaiveDate,
    pub state: String,
    pub made_by: String,
    pub made_at: NaiveDateTime,
    /// What the agency says it did; empty before.
    pub report: String,
    pub reported_by: Option<String>,
    pub reported_at: Option<NaiveDateTime>,
    /// What the auditor found; empty before.
    pub answer: String,
    pub answered_by: Option<String>,
    pub answered_at: Option<NaiveDateTime>,
    pub version: i64,
}

impl Resolution {
    /// Where it stands.
    pub fn state(&self) -> State {
        State::parse(&self.state)
    }
}

/// Adds a resolution.
pub fn add(tx: &mut Tx, resolution: &Resolution) -> StoreResult<()> {
    diesel::insert_into(resolutions::table)
        .values(resolution)
        .execute(&mut **tx)?;
    Ok(())
}

/// The resolutions a person may know of, the earliest due first.
pub fn list(conn: &mut Conn, scope: &Scope) -> StoreResult<Vec<Resolution>> {
    let all = resolutions::table.filter(resolutions::province_id.eq(&scope.province));
    let order = (resolutions::due_on, resolutions::id);
    Ok(match &scope.reach {
        Reach::All | Reach::Assigned(_) => all.order(order).load(conn)?,
        Reach::Agency(own) => all
            .filter(resolutions::agency_id.eq(own))
            .order(order)
            .load(conn)?,
        Reach::Nothing => Vec::new(),
    })
}

/// The resolution of that id, if the person may know of it.
pub fn find(conn: &mut Conn, scope: &Scope, id: &str) -> StoreResult<Option<Resolution>> {
    let found: Option<Resolution> = resolutions::table
        .filter(resolutions::province_id.eq(&scope.province))
        .filter(resolutions::id.eq(id))
        .first(conn)
        .optional()?;
    Ok(found.filter(|one| scope.sees_agency(&one.agency_id)))
}

/// How many resolutions bear a number of that year.
pub fn count_of_year(conn: &mut Conn, province: &str, year: i32) -> StoreResult<i64> {
    let found = resolutions::table
        .filter(resolutions::province_id.eq(province))
        .filter(resolutions::number.like(format!("{year}/%")));
    Ok(found.count().get_result(conn)?)
}

/// Writes report, answer and state, if nobody changed them meanwhile.
pub fn set_state(tx: &mut Tx, changed: &Resolution) -> StoreResult<()> {
    let count = diesel::update(
        resolutions::table
            .filter(resolutions::province_id.eq(&changed.province_id))
            .filter(resolutions::id.eq(&changed.id))
            .filter(resolutions::version.eq(changed.version)),
    )
    .set((
        resolutions::state.eq(&changed.state),
        resolutions::report.eq(&changed.report),
        resolutions::reported_by.eq(&changed.reported_by),
        resolutions::reported_at.eq(changed.reported_at),
        resolutions::answer.eq(&changed.answer),
        resolutions::answered_by.eq(&changed.answered_by),
        resolutions::answered_at.eq(changed.answered_at),
        resolutions::version.eq(changed.version + 1),
    ))
    .execute(&mut **tx)?;
    if count == 1 {
        Ok(())
    } else {
        Err(StoreError::Conflict("the resolution changed".to_owned()))
    }
}
