//! Editions and their files. What is published is never changed; a signature and the release are added to it.

use chrono::NaiveDateTime;
use diesel::prelude::*;

use super::schema::{edition_files, editions, periods};
use super::{Conn, StoreError, StoreResult, Tx};

/// One edition of a quarter's ranking.
#[derive(Clone, Debug, Queryable, Insertable)]
#[diesel(table_name = editions)]
pub struct Edition {
    pub province_id: String,
    pub id: String,
    pub period_id: String,
    pub number: i64,
    pub result_id: String,
    /// What was corrected and why; empty in a first edition.
    pub reason: String,
    pub proposed_by: String,
    pub proposed_at: NaiveDateTime,
    pub published_by: Option<String>,
    pub published_at: Option<NaiveDateTime>,
    /// The root over the result lines.
    pub root: Option<String>,
    /// The text of `manifest.minisig`.
    pub signature: Option<String>,
    pub signed_at: Option<NaiveDateTime>,
    pub released_by: Option<String>,
    pub released_at: Option<NaiveDateTime>,
}

/// Adds a proposed edition.
pub fn add(tx: &mut Tx, edition: &Edition) -> StoreResult<()> {
    diesel::insert_into(editions::table)
        .values(edition)
        .execute(&mut **tx)?;
    Ok(())
}

/// The editions of a quarter, newest first.
pub fn list(conn: &mut Conn, province: &str, period: &str) -> StoreResult<Vec<Edition>> {
    let found = editions::table
        .filter(editions::province_id.eq(province))
        .filter(editions::period_id.eq(period));
    Ok(found.order(editions::number.desc()).load(conn)?)
}

/// The editions open to everybody with the codes of their quarters, newest quarter and newest edition first.
pub fn list_released(conn: &mut Conn, province: &str) -> StoreResult<Vec<(String, Edition)>> {
    let is_of = periods::province_id
        .eq(editions::province_id)
        .and(periods::id.eq(editions::period_id));
    let found = editions::table
        .inner_join(periods::table.on(is_of))
        .filter(editions::province_id.eq(province))
        .filter(editions::released_at.is_not_null())
        .order((periods::code.desc(), editions::number.desc()));
    Ok(found
        .select((periods::code, editions::all_columns))
        .load(conn)?)
}

/// The edition published last, of whatever quarter.
pub fn find_newest(conn: &mut Conn, province: &str) -> StoreResult<Option<Edition>> {
    let found = editions::table
        .filter(editions::province_id.eq(province))
        .filter(editions::published_at.is_not_null());
    let newest = found.order((editions::published_at.desc(), editions::id.desc()));
    Ok(newest.first(conn).optional()?)
}

/// Notes who published a proposed edition, and its root.
pub fn set_published(
    tx: &mut Tx,
    edition: &Edition,
    by: &str,
    now: NaiveDateTime,
    root: &str,
) -> StoreResult<()> {
    let changed = diesel::update(
        editions::table
            .filter(editions::province_id.eq(&edition.province_id))
            .filter(editions::id.eq(&edition.id))
            .filter(editions::published_at.is_null()),
    )
    .set((
        editions::published_by.eq(Some(by)),
        editions::published_at.eq(Some(now)),
        editions::root.eq(Some(root)),
    ))
    .execute(&mut **tx)?;
    one(changed)
}

/// Gives a proposed edition another result.
pub fn set_result(tx: &mut Tx, edition: &Edition, result: &str) -> StoreResult<()> {
    let own = editions::table
        .filter(editions::province_id.eq(&edition.province_id))
        .filter(editions::id.eq(&edition.id))
        .filter(editions::published_at.is_null());
    let changed = diesel::update(own)
        .set(editions::result_id.eq(result))
        .execute(&mut **tx)?;
    one(changed)
}

/// Adds the signature of a published edition.
pub fn set_signed(
    tx: &mut Tx,
    edition: &Edition,
    signature: &str,
    now: NaiveDateTime,
) -> StoreResult<()> {
    let changed = diesel::update(
        editions::table
            .filter(editions::province_id.eq(&edition.province_id))
            .filter(editions::id.eq(&edition.id))
            .filter(editions::signed_at.is_null()),
    )
    .set((
        editions::signature.eq(Some(signature)),
        editions::signed_at.eq(Some(now)),
    ))
    .execute(&mut **tx)?;
    one(changed)
}

/// Notes who opened a published edition to the public.
pub fn set_released(
    tx: &mut Tx,
    edition: &Edition,
    by: &str,
    now: NaiveDateTime,
) -> StoreResult<()> {
    let changed = diesel::update(
        editions::table
            .filter(editions::province_id.eq(&edition.province_id))
            .filter(editions::id.eq(&edition.id))
            .filter(editions::released_at.is_null()),
    )
    .set((
        editions::released_by.eq(Some(by)),
        editions::released_at.eq(Some(now)),
    ))
    .execute(&mut **tx)?;
    one(changed)
}

/// Takes a proposal back; a published edition stays.
pub fn remove_proposal(tx: &mut Tx, edition: &Edition) -> StoreResult<()> {
    let removed = diesel::delete(
        editions::table
            .filter(editions::province_id.eq(&edition.province_id))
            .filter(editions::id.eq(&edition.id))
            .filter(editions::published_at.is_null()),
    )
    .execute(&mut **tx)?;
    one(removed)
}

fn one(changed: usize) -> StoreResult<()> {
    if changed == 1 {
        return Ok(());
    }
    Err(StoreError::Conflict(
        "the edition was changed meanwhile".to_owned(),
    ))
}

/// Keeps one file of an edition.
pub fn add_file(tx: &mut Tx, edition: &Edition, name: &str, body: &str) -> StoreResult<()> {
    diesel::insert_into(edition_files::table)
        .values((
            edition_files::province_id.eq(&edition.province_id),
            edition_files::edition_id.eq(&edition.id),
            edition_files::name.eq(name),
            edition_files::body.eq(body),
        ))
        .execute(&mut **tx)?;
    Ok(())
}

/// One file of an edition.
pub fn find_file(conn: &mut Conn, edition: &Edition, name: &str) -> StoreResult<Option<String>> {
    let found = edition_files::table
        .filter(edition_files::province_id.eq(&edition.province_id))
        .filter(edition_files::edition_id.eq(&edition.id))
        .filter(edition_files::name.eq(name));
    Ok(found.select(edition_files::body).first(conn).optional()?)
}

/// All files of an edition, by name.
pub fn list_files(conn: &mut Conn, edition: &Edition) -> StoreResult<Vec<(String, String)>> {
    let found = edition_files::table
        .filter(edition_files::province_id.eq(&edition.province_id))
        .filter(edition_files::edition_id.eq(&edition.id));
    Ok(found
        .order(edition_files::name)
        .select((edition_files::name, edition_files::body))
        .load(conn)?)
}
