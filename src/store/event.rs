//! The log: only grows. Every errand adds its event in its own transaction.

use chrono::NaiveDateTime;
use diesel::dsl::max;
use diesel::prelude::*;

use super::schema::{checkpoints, events};
use super::{Conn, StoreError, StoreResult, Tx};
use crate::domain::access::{Actor, is_practice};
use crate::domain::event::Event;
use crate::domain::tree;

/// One line of the log.
#[derive(Clone, Debug, Queryable, Insertable)]
#[diesel(table_name = events)]
pub struct EventRow {
    pub province_id: String,
    pub number: i64,
    pub at: NaiveDateTime,
    pub actor_id: String,
    pub actor_role: String,
    pub action: String,
    pub subject: String,
    pub subject_id: String,
    pub agency_id: Option<String>,
    pub body: String,
    pub address: String,
    pub leaf_hash: String,
}

/// What happened to what.
pub struct Happening<'a> {
    pub action: &'a str,
    pub subject: &'a str,
    pub subject_id: &'a str,
    pub agency: Option<&'a str>,
    pub body: String,
}

/// Adds an event as the next leaf of the province's tree. Practice leaves nothing in any tree.
pub fn add(tx: &mut Tx, actor: &Actor, now: NaiveDateTime, what: &Happening) -> StoreResult<()> {
    let province = &actor.scope.province;
    if is_practice(province) {
        return Ok(());
    }
    let last: Option<i64> = events::table
        .filter(events::province_id.eq(province))
        .select(max(events::number))
        .first(&mut **tx)?;
    let number = last.unwrap_or(0) + 1;
    let event = Event {
        province: province.clone(),
        number,
        at: now.format("%Y-%m-%dT%H:%M:%SZ").to_string(),
        actor: actor.user.clone(),
        role: actor.role.as_str().to_owned(),
        action: what.action.to_owned(),
        subject: what.subject.to_owned(),
        subject_id: what.subject_id.to_owned(),
        body: what.body.clone(),
        address: actor.address.clone(),
    };
    let row = EventRow {
        province_id: province.clone(),
        number,
        at: now,
        actor_id: event.actor.clone(),
        actor_role: event.role.clone(),
        action: event.action.clone(),
        subject: event.subject.clone(),
        subject_id: event.subject_id.clone(),
        agency_id: what.agency.map(str::to_owned),
        body: event.body.clone(),
        address: event.address.clone(),
        leaf_hash: hex::encode(tree::leaf_hash(&event.bytes())),
    };
    let added = diesel::insert_into(events::table)
        .values(&row)
        .execute(&mut **tx);
    match added.map_err(StoreError::from) {
        // Another node took this leaf: nothing of the person's is in conflict, the errand just runs again.
        Err(StoreError::Conflict(why)) => Err(StoreError::Unavailable(why)),
        ended => ended.map(|_| ()),
    }
}

/// The newest events of the province.
pub fn list(conn: &mut Conn, province: &str, most: i64) -> StoreResult<Vec<EventRow>> {
    let found = events::table.filter(events::province_id.eq(province));
    Ok(found.order(events::number.desc()).limit(most).load(conn)?)
}

/// Every event of a province in order.
pub fn list_all(conn: &mut Conn, province: &str) -> StoreResult<Vec<EventRow>> {
    Ok(events::table
        .filter(events::province_id.eq(province))
        .order(events::number)
        .load(conn)?)
}

/// The events of one thing, oldest first.
pub fn list_of(
    conn: &mut Conn,
    province: &str,
    subject: &str,
    id: &str,
) -> StoreResult<Vec<EventRow>> {
    let found = events::table
        .filter(events::province_id.eq(province))
        .filter(events::subject.eq(subject))
        .filter(events::subject_id.eq(id));
    Ok(found.order(events::number).load(conn)?)
}

/// Notes the root of the tree as it stands, and returns size and root.
pub fn add_checkpoint(
    tx: &mut Tx,
    province: &str,
    now: NaiveDateTime,
) -> StoreResult<(i64, String)> {
    let leaves: Vec<String> = events::table
        .filter(events::province_id.eq(province))
        .order(events::number)
        .select(events::leaf_hash)
        .load(&mut **tx)?;
    let hashes: Vec<tree::Hash> = leaves
        .iter()
        .filter_map(|leaf| hex::decode(leaf).ok()?.try_into().ok())
        .collect();
    let (size, root) = (leaves.len() as i64, hex::encode(tree::root(&hashes)));
    let known: i64 = checkpoints::table
        .filter(checkpoints::province_id.eq(province))
        .filter(checkpoints::size.eq(size))
        .count()
        .get_result(&mut **tx)?;
    if known == 0 {
        diesel::insert_into(checkpoints::table)
            .values((
                checkpoints::province_id.eq(province),
                checkpoints::size.eq(size),
                checkpoints::root.eq(&root),
                checkpoints::made_at.eq(now),
            ))
            .execute(&mut **tx)?;
    }
    Ok((size, root))
}

/// Which events somebody wants to see.
#[derive(Clone, Debug, Default)]
pub struct Wanted {
    pub actor: Option<String>,
    pub action: Option<String>,
    pub from: Option<NaiveDateTime>,
    pub until: Option<NaiveDateTime>,
}

/// The wanted events of the province, newest first.
pub fn find(
    conn: &mut Conn,
    province: &str,
    wanted: &Wanted,
    skip: i64,
    most: i64,
) -> StoreResult<Vec<EventRow>> {
    let mut found = events::table
        .filter(events::province_id.eq(province))
        .into_boxed();
    if let Some(actor) = &wanted.actor {
        let is_theirs = events::actor_id.eq(actor).or(events::subject_id.eq(actor));
        found = found.filter(is_theirs);
    }
    if let Some(action) = &wanted.action {
        found = found.filter(events::action.eq(action));
    }
    if let Some(from) = wanted.from {
        found = found.filter(events::at.ge(from));
    }
    if let Some(until) = wanted.until {
        found = found.filter(events::at.lt(until));
    }
    let newest = found.order(events::number.desc());
    Ok(newest.offset(skip).limit(most).load(conn)?)
}

/// The kinds of events that the province's log has.
pub fn list_actions(conn: &mut Conn, province: &str) -> StoreResult<Vec<String>> {
    Ok(events::table
        .filter(events::province_id.eq(province))
        .select(events::action)
        .distinct()
        .order(events::action)
        .load(conn)?)
}
