//! Facts entered with a document, or brought in from a file.

use chrono::NaiveDateTime;
use diesel::prelude::*;

use super::assessment::{self, Assessment};
use super::schema::facts;
use super::{Conn, StoreResult, Tx};

/// A fact entered with a document, or brought in from a file.
#[derive(Clone, Debug, Queryable, Insertable)]
#[diesel(table_name = facts)]
pub struct Fact {
    pub province_id: String,
    pub id: String,
    pub assessment_id: String,
    pub fact: String,
    pub value: i64,
    pub document: String,
    pub source_hash: Option<String>,
    pub entered_by: Option<String>,
    pub entered_at: NaiveDateTime,
}

/// The entered facts of an assessment.
pub fn list(conn: &mut Conn, of: &Assessment) -> StoreResult<Vec<Fact>> {
    let found = facts::table
        .filter(facts::province_id.eq(&of.province_id))
        .filter(facts::assessment_id.eq(&of.id));
    Ok(found.order(facts::fact).load(conn)?)
}

/// All entered facts of a period in one read.
pub fn list_of_period(conn: &mut Conn, province: &str, period: &str) -> StoreResult<Vec<Fact>> {
    let own = assessment::ids_of_period(province, period);
    let found = facts::table
        .filter(facts::province_id.eq(province))
        .filter(facts::assessment_id.eq_any(own));
    Ok(found
        .order((facts::assessment_id, facts::fact))
        .load(conn)?)
}

/// Enters a fact, or enters it anew.
pub fn set(tx: &mut Tx, row: &Fact) -> StoreResult<()> {
    let changed = diesel::update(
        facts::table
            .filter(facts::province_id.eq(&row.province_id))
            .filter(facts::assessment_id.eq(&row.assessment_id))
            .filter(facts::fact.eq(&row.fact)),
    )
    .set((
        facts::value.eq(row.value),
        facts::document.eq(&row.document),
        facts::entered_by.eq(&row.entered_by),
        facts::entered_at.eq(row.entered_at),
    ))
    .execute(&mut **tx)?;
    if changed == 0 {
        diesel::insert_into(facts::table)
            .values(row)
            .execute(&mut **tx)?;
    }
    Ok(())
}
