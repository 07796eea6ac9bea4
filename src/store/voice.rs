//! What people say at desks. Phone and network are kept for the day alone, mixed with its salt.

use chrono::{NaiveDate, NaiveDateTime};
use diesel::dsl::count_star;
use diesel::prelude::*;

use super::poster::Poster;
use super::schema::{voice_salts, voices};
use super::{Conn, StoreResult, Tx};

/// One answer.
#[derive(Clone, Debug, Queryable, Insertable)]
#[diesel(table_name = voices)]
pub struct Voice {
    pub province_id: String,
    pub id: String,
    pub poster_id: String,
    pub agency_id: String,
    pub heard_on: NaiveDate,
    pub heard_at: NaiveDateTime,
    pub was_answered: bool,
    pub wait: String,
    pub was_sent_to_somebody: Option<bool>,
    pub phone: String,
    pub network: String,
    /// `counted` or `apart`.
    pub state: String,
}

/// Keeps an answer.
pub fn add(tx: &mut Tx, voice: &Voice) -> StoreResult<()> {
    diesel::insert_into(voices::table)
        .values(voice)
        .execute(&mut **tx)?;
    Ok(())
}

/// The answers of a day at a desk.
pub fn list_of_day(conn: &mut Conn, of: &Poster, day: NaiveDate) -> StoreResult<Vec<Voice>> {
    let found = voices::table
        .filter(voices::province_id.eq(&of.province_id))
        .filter(voices::poster_id.eq(&of.id))
        .filter(voices::heard_on.eq(day));
    Ok(found.order(voices::id).load(conn)?)
}

/// Sets the answers at a desk since a moment apart.
pub fn set_apart(tx: &mut Tx, of: &Poster, since: NaiveDateTime) -> StoreResult<()> {
    let own = voices::table
        .filter(voices::province_id.eq(&of.province_id))
        .filter(voices::poster_id.eq(&of.id))
        .filter(voices::heard_at.gt(since));
    diesel::update(own)
        .set(voices::state.eq("apart"))
        .execute(&mut **tx)?;
    Ok(())
}

/// The salt of a day.
pub fn find_salt(conn: &mut Conn, province: &str, day: NaiveDate) -> StoreResult<Option<String>> {
    let found = voice_salts::table
        .filter(voice_salts::province_id.eq(province))
        .filter(voice_salts::day.eq(day));
    Ok(found.select(voice_salts::salt).first(conn).optional()?)
}

/// Begins a day: its salt comes, and of the days before, salts, phones and networks go.
pub fn begin_day(tx: &mut Tx, province: &str, day: NaiveDate, salt: &str) -> StoreResult<()> {
    let old = voice_salts::table
        .filter(voice_salts::province_id.eq(province))
        .filter(voice_salts::day.lt(day));
    diesel::delete(old).execute(&mut **tx)?;
    let known = voices::table
        .filter(voices::province_id.eq(province))
        .filter(voices::heard_on.lt(day))
        .filter(voices::phone.ne(""));
    diesel::update(known)
        .set((voices::phone.eq(""), voices::network.eq("")))
        .execute(&mut **tx)?;
    diesel::insert_into(voice_salts::table)
        .values((
            voice_salts::province_id.eq(province),
            voice_salts::day.eq(day),
            voice_salts::salt.eq(salt),
        ))
        .execute(&mut **tx)?;
    Ok(())
}

/// How many answers of an agency say the same.
#[derive(Clone, Debug, Queryable)]
pub struct Count {
    pub agency_id: String,
    pub state: String,
    pub was_answered: bool,
    pub wait: String,
    pub was_sent_to_somebody: Option<bool>,
    pub count: i64,
}

/// The answers of a span of days, counted by what they say.
pub fn count(
    conn: &mut Conn,
    province: &str,
    from: NaiveDate,
    to: NaiveDate,
) -> StoreResult<Vec<Count>> {
    let said = (
        voices::agency_id,
        voices::state,
        voices::was_answered,
        voices::wait,
        voices::was_sent_to_somebody,
    );
    let found = voices::table
        .filter(voices::province_id.eq(province))
        .filter(voices::heard_on.ge(from))
        .filter(voices::heard_on.le(to))
        .group_by(said);
    Ok(found
        .select((
            voices::agency_id,
            voices::state,
            voices::was_answered,
            voices::wait,
            voices::was_sent_to_somebody,
            count_star(),
        ))
        .load(conn)?)
}
