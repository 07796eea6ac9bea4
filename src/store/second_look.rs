//! Second looks: what another auditor found on an item without knowing the first finding.

use chrono::NaiveDateTime;
use diesel::prelude::*;

use super::schema::second_looks;
use super::{Conn, StoreError, StoreResult, Tx};

/// One second look; `kind` and `given_at` are there once it was given.
#[derive(Clone, Debug, Queryable, Insertable)]
#[diesel(table_name = second_looks)]
pub struct SecondLook {
    pub province_id: String,
    pub id: String,
    pub period_id: String,
    pub assessment_id: String,
    pub agency_id: String,
    pub indicator_code: String,
    /// Who is asked.
    pub user_id: String,
    /// Who judged first.
    pub first_by: String,
    pub asked_at: NaiveDateTime,
    pub kind: Option<String>,
    pub value: Option<String>,
    pub sample_n: Option<i64>,
    pub sample_k: Option<i64>,
    pub reason: String,
    pub given_at: Option<NaiveDateTime>,
}

/// Asks for a second look.
pub fn add(tx: &mut Tx, row: &SecondLook) -> StoreResult<()> {
    diesel::insert_into(second_looks::table)
        .values(row)
        .execute(&mut **tx)?;
    Ok(())
}

/// What somebody was asked for, what waits first.
pub fn list_of_user(conn: &mut Conn, province: &str, user: &str) -> StoreResult<Vec<SecondLook>> {
    let found = second_looks::table
        .filter(second_looks::province_id.eq(province))
        .filter(second_looks::user_id.eq(user));
    let mut all: Vec<SecondLook> = found
        .order((second_looks::asked_at, second_looks::id))
        .load(conn)?;
    all.sort_by_key(|row| row.given_at.is_some());
    Ok(all)
}

/// All second looks of a period, in the order they were asked for.
pub fn list_of_period(
    conn: &mut Conn,
    province: &str,
    period: &str,
) -> StoreResult<Vec<SecondLook>> {
    let found = second_looks::table
        .filter(second_looks::province_id.eq(province))
        .filter(second_looks::period_id.eq(period));
    Ok(found
        .order((second_looks::asked_at, second_looks::id))
        .load(conn)?)
}

/// Keeps what was found; only once.
pub fn set_given(tx: &mut Tx, row: &SecondLook) -> StoreResult<()> {
    let found = second_looks::table
        .filter(second_looks::province_id.eq(&row.province_id))
        .filter(second_looks::id.eq(&row.id))
        .filter(second_looks::given_at.is_null());
    let changed = diesel::update(found)
        .set((
            second_looks::kind.eq(&row.kind),
            second_looks::value.eq(&row.value),
            second_looks::sample_n.eq(row.sample_n),
            second_looks::sample_k.eq(row.sample_k),
            second_looks::reason.eq(&row.reason),
            second_looks::given_at.eq(row.given_at),
        ))
        .execute(&mut **tx)?;
    match changed {
        1 => Ok(()),
        _ => Err(StoreError::Conflict("second look".to_owned())),
    }
}
