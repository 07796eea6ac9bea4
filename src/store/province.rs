//! Provinces, their counties and holidays.

use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;

use super::agency::Agency;
use super::schema::{agencies, counties, holidays, provinces};
use super::{Conn, StoreResult, Tx};

/// A province: the tenant of everything else.
#[derive(Clone, Debug, Queryable, Insertable)]
#[diesel(table_name = provinces)]
pub struct Province {
    pub id: String,
    pub code: String,
    pub name_fa: String,
    pub name_en: String,
    /// Invented: every page says so.
    pub is_demo: bool,
    pub created_at: NaiveDateTime,
}

/// The province of that code.
pub fn find_by_code(conn: &mut Conn, code: &str) -> StoreResult<Option<Province>> {
    Ok(provinces::table
        .filter(provinces::code.eq(code))
        .first(conn)
        .optional()?)
}

/// The province of that id.
pub fn find(conn: &mut Conn, id: &str) -> StoreResult<Option<Province>> {
    Ok(provinces::table
        .filter(provinces::id.eq(id))
        .first(conn)
        .optional()?)
}

/// The province of that id with the agency somebody there works for: every page names both.
pub fn find_with_agency(
    conn: &mut Conn,
    id: &str,
    agency: Option<&str>,
) -> StoreResult<Option<(Province, Option<Agency>)>> {
    let is_agency = agencies::province_id
        .eq(provinces::id)
        .and(agencies::id.eq(agency.unwrap_or_default()));
    Ok(provinces::table
        .left_join(agencies::table.on(is_agency))
        .filter(provinces::id.eq(id))
        .first(conn)
        .optional()?)
}

/// All provinces, by code. Those in which somebody practises are none.
pub fn list(conn: &mut Conn) -> StoreResult<Vec<Province>> {
    let real = provinces::table.filter(provinces::id.not_like("practice-%"));
    Ok(real.order(provinces::code).load(conn)?)
}

/// Adds a province.
pub fn add(tx: &mut Tx, province: &Province) -> StoreResult<()> {
    diesel::insert_into(provinces::table)
        .values(province)
        .execute(&mut **tx)?;
    Ok(())
}

/// A county.
#[derive(Clone, Debug, Queryable, Insertable)]
#[diesel(table_name = counties)]
pub struct County {
    pub province_id: String,
    pub code: String,
    pub name_fa: String,
    pub name_en: String,
}

/// Adds a county.
pub fn add_county(tx: &mut Tx, county: &County) -> StoreResult<()> {
    diesel::insert_into(counties::table)
        .values(county)
        .execute(&mut **tx)?;
    Ok(())
}

/// All counties, by code.
pub fn list_counties(conn: &mut Conn, province: &str) -> StoreResult<Vec<County>> {
    Ok(counties::table
        .filter(counties::province_id.eq(province))
        .order(counties::code)
        .load(conn)?)
}

/// An official holiday.
#[derive(Clone, Debug, Queryable, Insertable)]
#[diesel(table_name = holidays)]
pub struct Holiday {
    pub province_id: String,
    pub day: NaiveDate,
    pub title_fa: String,
    pub title_en: String,
    /// Checked by an officer against the official calendar.
    pub is_verified: bool,
}

/// Adds a holiday.
pub fn add_holiday(tx: &mut Tx, holiday: &Holiday) -> StoreResult<()> {
    diesel::insert_into(holidays::table)
        .values(holiday)
        .execute(&mut **tx)?;
    Ok(())
}

/// Enters a holiday, or enters it anew.
pub fn set_holiday(tx: &mut Tx, holiday: &Holiday) -> StoreResult<()> {
    let changed = diesel::update(
        holidays::table
            .filter(holidays::province_id.eq(&holiday.province_id))
            .filter(holidays::day.eq(holiday.day)),
    )
    .set((
        holidays::title_fa.eq(&holiday.title_fa),
        holidays::title_en.eq(&holiday.title_en),
        holidays::is_verified.eq(holiday.is_verified),
    ))
    .execute(&mut **tx)?;
    if changed == 0 {
        add_holiday(tx, holiday)?;
    }
    Ok(())
}

/// Notes that a holiday was checked against the official calendar.
pub fn set_holiday_verified(tx: &mut Tx, province: &str, day: NaiveDate) -> StoreResult<()> {
    diesel::update(
        holidays::table
            .filter(holidays::province_id.eq(province))
            .filter(holidays::day.eq(day)),
    )
    .set(holidays::is_verified.eq(true))
    .execute(&mut **tx)?;
    Ok(())
}

/// Takes a holiday away.
pub fn remove_holiday(tx: &mut Tx, province: &str, day: NaiveDate) -> StoreResult<()> {
    diesel::delete(
        holidays::table
            .filter(holidays::province_id.eq(province))
            .filter(holidays::day.eq(day)),
    )
    .execute(&mut **tx)?;
    Ok(())
}

/// All holidays, by day.
pub fn list_holidays(conn: &mut Conn, province: &str) -> StoreResult<Vec<Holiday>> {
    Ok(holidays::table
        .filter(holidays::province_id.eq(province))
        .order(holidays::day)
        .load(conn)?)
}
