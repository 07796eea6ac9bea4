//! The days on which a province reminds.

use diesel::prelude::*;

use super::schema::reminder_days;
use super::{Conn, StoreResult, Tx};

/// The lists of days, each as numbers with spaces between.
#[derive(Clone, Debug, Queryable, Insertable)]
#[diesel(table_name = reminder_days)]
pub struct ReminderDays {
    pub province_id: String,
    pub before: String,
    pub head_after: String,
    pub office_after: String,
}

/// The days of a province, if it set any.
pub fn find_days(conn: &mut Conn, province: &str) -> StoreResult<Option<ReminderDays>> {
    let found = reminder_days::table.filter(reminder_days::province_id.eq(province));
    Ok(found.first(conn).optional()?)
}

/// Sets the days of a province.
pub fn set_days(tx: &mut Tx, days: &ReminderDays) -> StoreResult<()> {
    let old = reminder_days::table.filter(reminder_days::province_id.eq(&days.province_id));
    diesel::delete(old).execute(&mut **tx)?;
    diesel::insert_into(reminder_days::table)
        .values(days)
        .execute(&mut **tx)?;
    Ok(())
}
