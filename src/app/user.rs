//! People: accounts and their dated roles.

use super::password::hash;
use super::{AppError, Ctx, Problem};
use crate::domain::access::{Act, Role};
use crate::domain::{password, text};
use crate::store::event::Happening;
use crate::store::user::{RoleRow, User};
use crate::store::{self, Tx, new_id};

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
    ctx.require(Act::Operate).or_else(|refusal| {
        let is_office = ctx.actor.may(Act::Administer) && new.role.is_of_agency();
        if is_office { Ok(()) } else { Err(refusal) }
    })?;
    let problems = problems(new);
    if !problems.is_empty() {
        return Err(AppError::Invalid(problems));
    }
    let hash = new.password.map(hash).transpose()?;
    ctx.store.write(|tx| {
        if store::user::find_by_login(tx, new.login)?.is_some() {
            return Err(AppError::Invalid(vec![Problem::at(
                "login",
                "problem-login-taken",
            )]));
        }
        let agency = new.agency.map(|code| agency(ctx, tx, code)).transpose()?;
        let user = User {
            province_id: ctx.province().to_owned(),
            id: new_id(),
            login: new.login.to_owned(),
            name: new.name.to_owned(),
            email: new.email.to_owned(),
            language: new.language.to_owned(),
            password_hash: hash.clone(),
            is_active: true,
            version: 1,
            created_at: ctx.now,
        };
        store::user::add(tx, &user)?;
        store::user::add_role(
            tx,
            &RoleRow {
                province_id: ctx.province().to_owned(),
                id: new_id(),
                user_id: user.id.clone(),
                role: new.role.as_str().to_owned(),
                agency_id: agency,
                starts_on: ctx.today(),
                ends_on: None,
                granted_by: Some(ctx.actor.user.clone()),
            },
        )?;
        ctx.event(
            tx,
            &Happening {
                body: new.role.as_str().to_owned(),
                ..happening("user.added", &user.id)
            },
        )?;
        Ok(user.id)
    })
}

/// The agency that somebody is to work for.
fn agency(ctx: &Ctx, tx: &mut Tx, code: &str) -> Result<String, AppError> {
    let found = store::agency::find_by_code(tx, ctx.province(), code)?;
    let unknown = || AppError::Invalid(vec![Problem::at("agency", "problem-choose")]);
    Ok(found.ok_or_else(unknown)?.id)
}

fn problems(new: &NewUser) -> Vec<Problem> {
    let mut problems = Vec::new();
    let is_login = |sign: char| sign.is_ascii_alphanumeric() || ".-_@".contains(sign);
    if new.login.is_empty() || new.login.len() > 100 || !new.login.chars().all(is_login) {
        problems.push(Problem::at("login", "problem-login"));
    }
    if text::filled_line(new.name, 120).is_err() {
        problems.push(Problem::at("name", "problem-text"));
    }
    let is_mail = new.email.is_empty()
        || (new.email.split('@').count() == 2
            && !new.email.contains(char::is_whitespace)
            && new.email.len() < 200);
    if !is_mail {
        problems.push(Problem::at("email", "problem-email"));
    }
    if new.role.is_of_agency() != new.agency.is_some() {
        problems.push(Problem::at("agency", "problem-agency"));
    }
    if let Some(Err(key)) = new.password.map(|typed| password::check(typed, new.login)) {
        problems.push(Problem::at("password", key));
    }
    problems
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
