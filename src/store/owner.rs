//! Who of an agency looks after which indicator, and until when.

use chrono::NaiveDate;
use diesel::prelude::*;

use super::schema::owners;
use super::{Conn, StoreResult, Tx};
use crate::domain::access::{Reach, Scope};

/// An indicator in somebody's care.
#[derive(Clone, Debug, Queryable, Insertable)]
#[diesel(table_name = owners)]
pub struct Owner {
    pub province_id: String,
    pub id: String,
    pub agency_id: String,
    pub indicator_code: String,
    pub user_id: String,
    pub starts_on: NaiveDate,
    pub ends_on: NaiveDate,
    pub named_by: String,
}

/// The owners of an agency on a day, if the asker may know of it.
pub fn list(
    conn: &mut Conn,
    scope: &Scope,
    agency: &str,
    day: NaiveDate,
) -> StoreResult<Vec<Owner>> {
    let is_own = match &scope.reach {
        Reach::All => true,
        Reach::Agency(own) => own == agency,
        Reach::Assigned(_) | Reach::Nothing => false,
    };
    if !is_own {
        return Ok(Vec::new());
    }
    let found = owners::table
        .filter(owners::province_id.eq(&scope.province))
        .filter(owners::agency_id.eq(agency))
        .filter(owners::starts_on.le(day))
        .filter(owners::ends_on.ge(day));
    Ok(found
        .order((owners::indicator_code, owners::id))
        .load(conn)?)
}

/// Adds an owner.
pub fn add(tx: &mut Tx, owner: &Owner) -> StoreResult<()> {
    diesel::insert_into(owners::table)
        .values(owner)
        .execute(&mut **tx)?;
    Ok(())
}

/// Sets the last day of an owner.
pub fn set_end(tx: &mut Tx, owner: &Owner, day: NaiveDate) -> StoreResult<()> {
    let own = owners::table
        .filter(owners::province_id.eq(&owner.province_id))
        .filter(owners::id.eq(&owner.id));
    diesel::update(own)
        .set(owners::ends_on.eq(day))
        .execute(&mut **tx)?;
    Ok(())
}
