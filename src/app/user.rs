//! People: accounts, who may have them, and what becomes of them.

use std::collections::HashMap;

use chrono::NaiveDate;

use super::link::{self, Purpose};
use super::password::{hash, is_right};
use super::role::{self, Term};
use super::{AppError, Ctx, Problem};
use crate::domain::access::{Act, Role};
use crate::domain::reminder::Wish;
use crate::domain::{password, text};
use crate::store::event::Happening;
use crate::store::user::{RoleRow, User};
use crate::store::{self, Conn, Tx, new_id};

/// A person to be added.
pub struct NewUser<'a> {
    pub login: &'a str,
    pub name: &'a str,
    pub email: &'a str,
    pub language: &'a str,
    pub role: Role,
    /// The code of the agency, for roles in one.
    pub agency: Option<&'a str>,
    pub password: Option<&'a str>,
}

/// Adds a person with a role that begins today. Without a password they are invited by a link.
pub fn add(ctx: &Ctx, new: &NewUser) -> Result<String, AppError> {
    role::require_grant(ctx, new.role)?;
    let problems = problems(new);
    if !problems.is_empty() {
        return Err(AppError::Invalid(problems));
    }
    let hash = new.password.map(hash).transpose()?;
    let from_today = (ctx.today(), None);
    ctx.store
        .write(|tx| Ok(insert(ctx, tx, new, hash.clone(), from_today)?.id))
}

/// Invites a person: the account, the role with its dates, and the letter with the link, together.
pub fn invite(
    ctx: &Ctx,
    new: &NewUser,
    dates: (NaiveDate, Option<NaiveDate>),
) -> Result<String, AppError> {
    role::require_grant(ctx, new.role)?;
    let mut problems = problems(new);
    if new.email.is_empty() {
        problems.push(Problem::at("email", "problem-email"));
    }
    problems.extend(role::dates_problem(dates));
    problems.extend(role::deputy_problem(new.role, dates.1));
    if !problems.is_empty() {
        return Err(AppError::Invalid(problems));
    }
    ctx.store.write(|tx| {
        if !ctx.is_first(tx, "user.added")? {
            let known = store::user::find_by_login(tx, new.login)?;
            return Ok(known.ok_or(AppError::Conflict)?.id);
        }
        let user = insert(ctx, tx, new, None, dates)?;
        link::queue(ctx, tx, &user, Purpose::Invitation)?;
        Ok(user.id)
    })
}

fn insert(
    ctx: &Ctx,
    tx: &mut Tx,
    new: &NewUser,
    password_hash: Option<String>,
    dates: (NaiveDate, Option<NaiveDate>),
) -> Result<User, AppError> {
    if store::user::find_by_login(tx, new.login)?.is_some() {
        let taken = Problem::at("login", "problem-login-taken");
        return Err(AppError::Invalid(vec![taken]));
    }
    let user = User {
        province_id: ctx.province().to_owned(),
        id: new_id(),
        login: new.login.to_owned(),
        name: new.name.to_owned(),
        email: new.email.to_lowercase(),
        language: new.language.to_owned(),
        password_hash,
        is_active: true,
        version: 1,
        created_at: ctx.now,
        reminders: Wish::All.as_str().to_owned(),
        phone: String::new(),
    };
    let term = Term {
        role: new.role,
        agency: new.agency,
        dates,
    };
    let row = role::row(ctx, tx, &user.id, &term)?;
    store::user::add(tx, &user)?;
    store::user::add_role(tx, &row)?;
    ctx.event(
        tx,
        &Happening {
            body: new.role.as_str().to_owned(),
            ..happening("user.added", &user.id)
        },
    )?;
    Ok(user)
}

fn problems(new: &NewUser) -> Vec<Problem> {
    let mut problems = Vec::new();
    let is_login =
        |sign: char| sign.is_ascii_lowercase() || sign.is_ascii_digit() || ".-_@".contains(sign);
    if new.login.is_empty() || new.login.len() > 100 || !new.login.chars().all(is_login) {
        problems.push(Problem::at("login", "problem-login"));
    }
    problems.extend(contact_problems(new.name, new.email, new.language));
    if new.role.is_of_agency() != new.agency.is_some() {
        problems.push(Problem::at("agency", "problem-agency"));
    }
    let checked = new.password.map(|typed| password::check(typed, new.login));
    if let Some(Err(key)) = checked {
        problems.push(Problem::at("password", key));
    }
    problems
}

fn contact_problems(name: &str, email: &str, language: &str) -> Vec<Problem> {
    let mut problems = Vec::new();
    if text::filled_line(name, 120).is_err() {
        problems.push(Problem::at("name", "problem-text"));
    }
    let parts: Vec<&str> = email.split('@').collect();
    let is_plain =
        email.len() < 200 && !email.contains(|c: char| c.is_whitespace() || c.is_control());
    let is_mail = parts.len() == 2 && parts.iter().all(|part| !part.is_empty());
    let is_one = !email.contains(['<', '>', ',', ';']);
    if !(email.is_empty() || is_plain && is_mail && is_one) {
        problems.push(Problem::at("email", "problem-email"));
    }
    if !["fa", "en"].contains(&language) {
        problems.push(Problem::at("language", "problem-choose"));
    }
    problems
}

/// A person and every role they had, have or will have.
pub struct Person {
    pub user: User,
    pub roles: Vec<RoleRow>,
}

/// Whom somebody looks after: the administrator everybody, the planning office the people of agencies.
fn is_looked_after(ctx: &Ctx, roles: &[RoleRow]) -> bool {
    let is_of_agency = |row: &RoleRow| Role::parse(&row.role).is_some_and(Role::is_of_agency);
    ctx.actor.may(Act::Operate)
        || ctx.actor.may(Act::Administer) && !roles.is_empty() && roles.iter().all(is_of_agency)
}

/// Whether somebody looks after people at all.
pub fn require(ctx: &Ctx) -> Result<(), AppError> {
    ctx.require(Act::Operate)
        .or_else(|_| ctx.require(Act::Administer))
}

/// Everybody whom the actor looks after.
pub fn list(ctx: &Ctx) -> Result<Vec<Person>, AppError> {
    require(ctx)?;
    ctx.store.read(|conn| {
        let mut roles: HashMap<String, Vec<RoleRow>> = HashMap::new();
        for row in store::user::list_all_roles(conn, ctx.province())? {
            roles.entry(row.user_id.clone()).or_default().push(row);
        }
        let users = store::user::list(conn, ctx.province())?.into_iter();
        let people = users.map(|user| Person {
            roles: roles.remove(&user.id).unwrap_or_default(),
            user,
        });
        Ok(people
            .filter(|person| is_looked_after(ctx, &person.roles))
            .collect())
    })
}

/// One of them; anybody else is not there.
pub fn find(ctx: &Ctx, conn: &mut Conn, id: &str) -> Result<Person, AppError> {
    require(ctx)?;
    let user = store::user::find(conn, ctx.province(), id)?;
    let user = user.ok_or(AppError::NotFound)?;
    let roles = store::user::list_roles(conn, ctx.province(), id)?;
    if !is_looked_after(ctx, &roles) {
        return Err(AppError::NotFound);
    }
    Ok(Person { user, roles })
}

/// How to reach somebody.
pub struct Contact<'a> {
    pub name: &'a str,
    pub email: &'a str,
    pub language: &'a str,
    /// The version that was seen when the form was opened.
    pub seen: i64,
}

/// Changes how a person is called and reached; nothing else of them.
pub fn change(ctx: &Ctx, id: &str, contact: &Contact) -> Result<(), AppError> {
    ctx.store.write(|tx| {
        let person = find(ctx, tx, id)?;
        change_contact(ctx, tx, &person.user, contact)
    })
}

/// The account of whoever is at work.
pub fn own(ctx: &Ctx) -> Result<User, AppError> {
    let find = |conn: &mut Conn| store::user::find(conn, ctx.province(), &ctx.actor.user);
    ctx.store.read(find)?.ok_or(AppError::NotFound)
}

/// Changes how oneself is called and reached. Another mailbox could take the account over, so it asks for the
/// present password.
pub fn change_own(ctx: &Ctx, contact: &Contact, present: &str) -> Result<(), AppError> {
    let user = own(ctx)?;
    let is_moved = contact.email.trim().to_lowercase() != user.email;
    if is_moved && !is_right(present, user.password_hash.as_deref())? {
        let wrong = Problem::at("email_present", "problem-password-present");
        return Err(AppError::Invalid(vec![wrong]));
    }
    ctx.store
        .write(|tx| change_contact(ctx, tx, &user, contact))
}

fn change_contact(ctx: &Ctx, tx: &mut Tx, user: &User, to: &Contact) -> Result<(), AppError> {
    let problems = contact_problems(to.name, to.email.trim(), to.language);
    if !problems.is_empty() {
        return Err(AppError::Invalid(problems));
    }
    if !ctx.is_first(tx, "user.changed")? {
        return Ok(());
    }
    let mut changed = user.clone();
    changed.name = text::filled_line(to.name, 120).unwrap_or_default();
    changed.email = to.email.trim().to_lowercase();
    changed.language = to.language.to_owned();
    if !store::user::set_contact(tx, &changed, to.seen)? {
        return Err(AppError::Conflict);
    }
    if changed.email != user.email {
        // A link that went to the old mailbox ends with it.
        store::user::end_links(tx, &user.province_id, &user.id, ctx.now)?;
    }
    let named = [
        ("name", changed.name != user.name),
        ("email", changed.email != user.email),
        ("language", changed.language != user.language),
    ];
    let named: Vec<&str> = named.iter().filter(|one| one.1).map(|one| one.0).collect();
    ctx.event(
        tx,
        &Happening {
            body: named.join(" "),
            ..happening("user.changed", &user.id)
        },
    )
}

/// Shuts an account, with its sessions and links, or opens it again. Nobody shuts their own.
pub fn set_active(ctx: &Ctx, id: &str, is_active: bool) -> Result<(), AppError> {
    require(ctx)?;
    role::refuse_own(ctx, id)?;
    ctx.store.write(|tx| {
        let user = find(ctx, tx, id)?.user;
        if user.is_active == is_active || !ctx.is_first(tx, "user.activity")? {
            return Ok(());
        }
        store::user::set_active(tx, ctx.province(), id, is_active)?;
        store::session::remove_all(tx, ctx.province(), id)?;
        store::user::end_links(tx, ctx.province(), id, ctx.now)?;
        let action = if is_active {
            "user.opened"
        } else {
            "user.shut"
        };
        ctx.event(tx, &happening(action, id))
    })
}

/// Sends the letter with a link for a password: an invitation to whom has none yet, else a reset.
pub fn send_link(ctx: &Ctx, id: &str) -> Result<(), AppError> {
    ctx.store.write(|tx| {
        let user = find(ctx, tx, id)?.user;
        if user.email.is_empty() || !user.is_active {
            return Err(AppError::Refused("refused-no-mailbox"));
        }
        if !ctx.is_first(tx, "link.sent")? {
            return Ok(());
        }
        let purpose = match user.password_hash {
            Some(_) => Purpose::Reset,
            None => Purpose::Invitation,
        };
        link::queue(ctx, tx, &user, purpose)
    })
}

/// A link to be handed over on paper, to be shown once: an invitation to whom has no password yet, else a reset.
pub fn print_link(ctx: &Ctx, id: &str, base: &str) -> Result<link::Printed, AppError> {
    ctx.store.write(|tx| {
        let user = find(ctx, tx, id)?.user;
        if !user.is_active {
            return Err(AppError::Refused("refused-shut"));
        }
        // The same form sent again must not show the link a second time.
        if !ctx.is_first(tx, "link.printed")? {
            return Err(AppError::Refused("refused-slip-shown"));
        }
        link::print(ctx, tx, user, base)
    })
}

/// Something that happened to a person.
pub(super) fn happening<'a>(action: &'a str, user: &'a str) -> Happening<'a> {
    Happening {
        action,
        subject: "user",
        subject_id: user,
        agency: None,
        body: String::new(),
    }
}
