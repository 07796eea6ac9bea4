//! Extensions: more time for an agency or one of its items, and what was decided. Together the unlock register.

use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;

use super::assessment::{self, Assessment};
use super::schema::extensions;
use super::{Conn, StoreError, StoreResult, Tx};

/// A request for more time.
#[derive(Clone, Debug, Queryable, Insertable)]
#[diesel(table_name = extensions)]
pub struct Extension {
    pub province_id: String,
    pub id: String,
    pub assessment_id: String,
    pub agency_id: String,
    /// One item, or none for the whole checklist.
    pub indicator_code: Option<String>,
    pub reason: String,
    pub asked_by: String,
    pub asked_at: NaiveDateTime,
    /// `granted` or `refused`; none while it waits.
    pub decision: Option<String>,
    /// The last day of what was granted.
    pub until_on: Option<NaiveDate>,
    pub decision_reason: Option<String>,
    pub decided_by: Option<String>,
    pub decided_at: Option<NaiveDateTime>,
}

impl Extension {
    /// The last day, where it was granted.
    pub fn granted_until(&self) -> Option<NaiveDate> {
        self.until_on
            .filter(|_| self.decision.as_deref() == Some("granted"))
    }
}

/// Adds a request.
pub fn add(tx: &mut Tx, row: &Extension) -> StoreResult<()> {
    diesel::insert_into(extensions::table)
        .values(row)
        .execute(&mut **tx)?;
    Ok(())
}

/// The requests of an assessment, oldest first.
pub fn list(conn: &mut Conn, of: &Assessment) -> StoreResult<Vec<Extension>> {
    let found = extensions::table
        .filter(extensions::province_id.eq(&of.province_id))
        .filter(extensions::assessment_id.eq(&of.id));
    Ok(found.order(extensions::id).load(conn)?)
}

/// All requests of a period in one read, oldest first.
pub fn list_of_period(
    conn: &mut Conn,
    province: &str,
    period: &str,
) -> StoreResult<Vec<Extension>> {
    let own = assessment::ids_of_period(province, period);
    let found = extensions::table
        .filter(extensions::province_id.eq(province))
        .filter(extensions::assessment_id.eq_any(own));
    Ok(found.order(extensions::id).load(conn)?)
}

/// Writes the decision on a request, once.
pub fn set_decision(tx: &mut Tx, decided: &Extension) -> StoreResult<()> {
    let own = extensions::table
        .filter(extensions::province_id.eq(&decided.province_id))
        .filter(extensions::id.eq(&decided.id))
        .filter(extensions::decision.is_null());
    let changed = diesel::update(own)
        .set((
            extensions::decision.eq(&decided.decision),
            extensions::until_on.eq(decided.until_on),
            extensions::decision_reason.eq(&decided.decision_reason),
            extensions::decided_by.eq(&decided.decided_by),
            extensions::decided_at.eq(decided.decided_at),
        ))
        .execute(&mut **tx)?;
    if changed == 1 {
        Ok(())
    } else {
        Err(StoreError::Conflict("decided meanwhile".to_owned()))
    }
}
