//! Items sent back to the agency: a question, its answer, its end.

use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;

use super::assessment::{self, Assessment};
use super::schema::queries;
use super::{Conn, StoreResult, Tx};

/// An item sent back to the agency.
#[derive(Clone, Debug, Queryable, Insertable)]
#[diesel(table_name = queries)]
pub struct Query {
    pub province_id: String,
    pub id: String,
    pub assessment_id: String,
    pub agency_id: String,
    pub indicator_code: String,
    pub question: String,
    pub due_on: NaiveDate,
    pub asked_by: String,
    pub asked_at: NaiveDateTime,
    pub answer: Option<String>,
    pub answered_by: Option<String>,
    pub answered_at: Option<NaiveDateTime>,
    pub closed_by: Option<String>,
    pub closed_at: Option<NaiveDateTime>,
}

impl Query {
    /// The agency has not answered yet.
    pub fn is_open(&self) -> bool {
        self.answered_at.is_none() && self.closed_at.is_none()
    }

    /// The agency has answered; the auditor has not closed it yet.
    pub fn is_answered(&self) -> bool {
        self.answered_at.is_some() && self.closed_at.is_none()
    }
}

/// The returned items of an assessment, oldest first.
pub fn list(conn: &mut Conn, of: &Assessment) -> StoreResult<Vec<Query>> {
    let found = queries::table
        .filter(queries::province_id.eq(&of.province_id))
        .filter(queries::assessment_id.eq(&of.id));
    Ok(found.order(queries::id).load(conn)?)
}

/// All returned items of a period in one read, oldest first.
pub fn list_of_period(conn: &mut Conn, province: &str, period: &str) -> StoreResult<Vec<Query>> {
    let own = assessment::ids_of_period(province, period);
    let found = queries::table
        .filter(queries::province_id.eq(province))
        .filter(queries::assessment_id.eq_any(own));
    Ok(found.order(queries::id).load(conn)?)
}

/// Sends an item back.
pub fn add(tx: &mut Tx, row: &Query) -> StoreResult<()> {
    diesel::insert_into(queries::table)
        .values(row)
        .execute(&mut **tx)?;
    Ok(())
}

/// Writes the agency's answer to a returned item.
pub fn set_answered(
    tx: &mut Tx,
    row: &Query,
    answer: &str,
    by: &str,
    now: NaiveDateTime,
) -> StoreResult<()> {
    diesel::update(
        queries::table
            .filter(queries::province_id.eq(&row.province_id))
            .filter(queries::id.eq(&row.id)),
    )
    .set((
        queries::answer.eq(Some(answer)),
        queries::answered_by.eq(Some(by)),
        queries::answered_at.eq(Some(now)),
    ))
    .execute(&mut **tx)?;
    Ok(())
}

/// Closes a returned item.
pub fn set_closed(tx: &mut Tx, row: &Query, by: &str, now: NaiveDateTime) -> StoreResult<()> {
    diesel::update(
        queries::table
            .filter(queries::province_id.eq(&row.province_id))
            .filter(queries::id.eq(&row.id)),
    )
    .set((
        queries::closed_by.eq(Some(by)),
        queries::closed_at.eq(Some(now)),
    ))
    .execute(&mut **tx)?;
    Ok(())
}
