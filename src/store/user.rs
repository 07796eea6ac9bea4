//! People, their dated roles, and links that work once.

use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;

use super::schema::{one_time_links, roles, users};
use super::{Conn, StoreResult, Tx};

/// A person with an account.
#[derive(Clone, Debug, Queryable, Insertable)]
#[diesel(table_name = users)]
pub struct User {
    pub province_id: String,
    pub id: String,
    pub login: String,
    pub name: String,
    pub email: String,
    pub language: String,
    /// None until the invitation was taken up.
    pub password_hash: Option<String>,
    pub is_active: bool,
    pub version: i64,
    pub created_at: NaiveDateTime,
    /// How many reminders they want.
    pub reminders: String,
    /// A mobile number, or empty.
    pub phone: String,
}

/// Adds a person.
pub fn add(tx: &mut Tx, user: &User) -> StoreResult<()> {
    diesel::insert_into(users::table)
        .values(user)
        .execute(&mut **tx)?;
    Ok(())
}

/// The person who signs in by that name.
pub fn find_by_login(conn: &mut Conn, login: &str) -> StoreResult<Option<User>> {
    Ok(users::table
        .filter(users::login.eq(login))
        .first(conn)
        .optional()?)
}

/// The people of that e-mail address; a few at most.
pub fn list_by_email(conn: &mut Conn, email: &str) -> StoreResult<Vec<User>> {
    Ok(users::table
        .filter(users::email.eq(email))
        .filter(users::email.ne(""))
        .order(users::id)
        .limit(5)
        .load(conn)?)
}

/// The person of that id.
pub fn find(conn: &mut Conn, province: &str, id: &str) -> StoreResult<Option<User>> {
    let found = users::table
        .filter(users::province_id.eq(province))
        .filter(users::id.eq(id));
    Ok(found.first(conn).optional()?)
}

/// All people of the province, by login.
pub fn list(conn: &mut Conn, province: &str) -> StoreResult<Vec<User>> {
    Ok(users::table
        .filter(users::province_id.eq(province))
        .order(users::login)
        .load(conn)?)
}

/// Sets the password of a person.
pub fn set_password(tx: &mut Tx, province: &str, id: &str, hash: &str) -> StoreResult<()> {
    diesel::update(
        users::table
            .filter(users::province_id.eq(province))
            .filter(users::id.eq(id)),
    )
    .set((
        users::password_hash.eq(Some(hash)),
        users::version.eq(users::version + 1),
    ))
    .execute(&mut **tx)?;
    Ok(())
}

/// A role that somebody has for a while.
#[derive(Clone, Debug, Queryable, Insertable)]
#[diesel(table_name = roles)]
pub struct RoleRow {
    pub province_id: String,
    pub id: String,
    pub user_id: String,
    pub role: String,
    pub agency_id: Option<String>,
    pub starts_on: NaiveDate,
    pub ends_on: Option<NaiveDate>,
    pub granted_by: Option<String>,
}

impl RoleRow {
    /// Whether the role is somebody's on that day.
    pub fn is_valid_on(&self, day: NaiveDate) -> bool {
        self.starts_on <= day && self.ends_on.is_none_or(|end| day <= end)
    }
}

/// Gives somebody a role.
pub fn add_role(tx: &mut Tx, role: &RoleRow) -> StoreResult<()> {
    diesel::insert_into(roles::table)
        .values(role)
        .execute(&mut **tx)?;
    Ok(())
}

/// The roles of a person, first given first; ended ones too.
pub fn list_roles(conn: &mut Conn, province: &str, user: &str) -> StoreResult<Vec<RoleRow>> {
    let found = roles::table
        .filter(roles::province_id.eq(province))
        .filter(roles::user_id.eq(user));
    Ok(found.order((roles::starts_on, roles::id)).load(conn)?)
}

/// Everybody's roles.
pub fn list_all_roles(conn: &mut Conn, province: &str) -> StoreResult<Vec<RoleRow>> {
    let found = roles::table.filter(roles::province_id.eq(province));
    Ok(found.order((roles::user_id, roles::starts_on)).load(conn)?)
}

/// A link that works once: an invitation or a reset.
#[derive(Clone, Debug, Queryable, Insertable)]
#[diesel(table_name = one_time_links)]
pub struct OneTimeLink {
    pub token_hash: String,
    pub province_id: String,
    pub user_id: String,
    pub purpose: String,
    pub created_at: NaiveDateTime,
    pub expires_at: NaiveDateTime,
    pub used_at: Option<NaiveDateTime>,
}

/// Adds a link; older ones of the person end with it.
pub fn add_link(tx: &mut Tx, link: &OneTimeLink) -> StoreResult<()> {
    end_links(tx, &link.province_id, &link.user_id, link.created_at)?;
    diesel::insert_into(one_time_links::table)
        .values(link)
        .execute(&mut **tx)?;
    Ok(())
}

/// Ends every unused link of a person.
pub fn end_links(tx: &mut Tx, province: &str, user: &str, now: NaiveDateTime) -> StoreResult<()> {
    diesel::update(
        one_time_links::table
            .filter(one_time_links::province_id.eq(province))
            .filter(one_time_links::user_id.eq(user))
            .filter(one_time_links::used_at.is_null()),
    )
    .set(one_time_links::used_at.eq(Some(now)))
    .execute(&mut **tx)?;
    Ok(())
}

/// The link of that token's hash.
pub fn find_link(conn: &mut Conn, token_hash: &str) -> StoreResult<Option<OneTimeLink>> {
    Ok(one_time_links::table
        .filter(one_time_links::token_hash.eq(token_hash))
        .first(conn)
        .optional()?)
}

/// Removes links whose life ended before a moment.
pub fn remove_links(tx: &mut Tx, before: NaiveDateTime) -> StoreResult<usize> {
    let old = one_time_links::table.filter(one_time_links::expires_at.lt(before));
    Ok(diesel::delete(old).execute(&mut **tx)?)
}

/// Changes name, mailbox and language of a person, if nobody did so meanwhile.
pub fn set_contact(tx: &mut Tx, user: &User, seen: i64) -> StoreResult<bool> {
    let own = users::table
        .filter(users::province_id.eq(&user.province_id))
        .filter(users::id.eq(&user.id))
        .filter(users::version.eq(seen));
    let changed = diesel::update(own)
        .set((
            users::name.eq(&user.name),
            users::email.eq(&user.email),
            users::language.eq(&user.language),
            users::version.eq(seen + 1),
        ))
        .execute(&mut **tx)?;
    Ok(changed == 1)
}

/// Notes how many reminders a person wants.
pub fn set_reminders(tx: &mut Tx, province: &str, id: &str, wish: &str) -> StoreResult<()> {
    let own = users::table
        .filter(users::province_id.eq(province))
        .filter(users::id.eq(id));
    diesel::update(own)
        .set(users::reminders.eq(wish))
        .execute(&mut **tx)?;
    Ok(())
}

/// Sets the phone of a person.
pub fn set_phone(tx: &mut Tx, province: &str, id: &str, phone: &str) -> StoreResult<()> {
    let own = users::table
        .filter(users::province_id.eq(province))
        .filter(users::id.eq(id));
    diesel::update(own)
        .set((
            users::phone.eq(phone),
            users::version.eq(users::version + 1),
        ))
        .execute(&mut **tx)?;
    Ok(())
}

/// Shuts or opens an account.
pub fn set_active(tx: &mut Tx, province: &str, id: &str, is_active: bool) -> StoreResult<()> {
    let own = users::table
        .filter(users::province_id.eq(province))
        .filter(users::id.eq(id));
    diesel::update(own)
        .set((
            users::is_active.eq(is_active),
            users::version.eq(users::version + 1),
        ))
        .execute(&mut **tx)?;
    Ok(())
}

/// Sets the last day of a role.
pub fn set_role_end(tx: &mut Tx, role: &RoleRow) -> StoreResult<()> {
    let own = roles::table
        .filter(roles::province_id.eq(&role.province_id))
        .filter(roles::id.eq(&role.id));
    diesel::update(own)
        .set(roles::ends_on.eq(role.ends_on))
        .execute(&mut **tx)?;
    Ok(())
}
