//! One person: invited, changed, given roles, shut out.

use std::collections::HashMap;

use chrono::NaiveDate;
use serde::Serialize;

use super::answer::Choose;
use super::hand_over::heirs;
use super::{form_key, problems};
use crate::app::role::{self, Term};
use crate::app::user::{self, Contact, NewUser};
use crate::app::{self, AppError};
use crate::domain::access::{Act, Role};
use crate::domain::calendar::JalaliDate;
use crate::store;
use crate::store::user::RoleRow;
use crate::web::desk::{Desk, role_key};
use crate::web::error::WebResult;
use crate::web::form::Input;
use crate::web::render::{Page, Problem};
use crate::web::reply::Reply;
use crate::web::url;
use crate::web::words::{Language, text};

/// A role of somebody, as it is read.
#[derive(Clone, Debug, Serialize)]
pub struct RoleLine {
    pub role: String,
    pub agency: Option<String>,
    pub from: NaiveDate,
    pub until: Option<NaiveDate>,
    pub is_now: bool,
    pub end: Option<String>,
}

/// Names of agencies by their id.
pub type Agencies = HashMap<String, String>;

/// The agencies by id, and to choose from.
pub fn agencies(desk: &Desk) -> Result<(Agencies, Vec<Choose>), AppError> {
    let all = desk
        .ctx
        .store
        .read(|conn| store::agency::list(conn, desk.ctx.province()))?;
    let names = all.iter().map(|one| {
        let name = desk.choose(&one.name_fa, &one.name_en).to_owned();
        (one.id.clone(), name)
    });
    let names = names.collect();
    let choices = all.iter().map(|one| Choose {
        value: one.code.clone(),
        label: format!("{} {}", one.code, desk.choose(&one.name_fa, &one.name_en)),
        hint: None,
    });
    Ok((names, choices.collect()))
}

/// The roles that may be granted.
pub fn role_choices(desk: &Desk) -> Vec<Choose> {
    let may = |role: &Role| desk.ctx.actor.may(Act::Operate) || role.is_of_agency();
    let roles = Role::ALL.into_iter().filter(may);
    roles
        .map(|role| Choose {
            value: role.as_str().to_owned(),
            label: text(desk.hall.language, role_key(role)).into_owned(),
            hint: None,
        })
        .collect()
}

/// The roles of somebody as they are read.
pub fn role_lines(desk: &Desk, rows: &[RoleRow], agencies: &Agencies) -> Vec<RoleLine> {
    let today = desk.ctx.today();
    let lines = rows.iter().map(|row| RoleLine {
        role: Role::parse(&row.role).map_or(String::new(), |role| role_key(role).to_owned()),
        agency: row
            .agency_id
            .as_ref()
            .and_then(|id| agencies.get(id).cloned()),
        from: row.starts_on,
        until: row.ends_on,
        is_now: row.is_valid_on(today),
        end: row
            .ends_on
            .is_none_or(|end| end >= today)
            .then(|| row.id.clone()),
    });
    lines.collect()
}

/// The form of an invitation.
#[derive(Serialize)]
pub struct InvitePage {
    pub key: String,
    pub login: String,
    pub name: String,
    pub email: String,
    pub language: String,
    pub languages: Vec<Choose>,
    pub role: String,
    pub roles: Vec<Choose>,
    pub agency: String,
    pub agencies: Vec<Choose>,
    pub from: String,
    pub until: String,
    pub problems: Vec<Problem>,
}

impl Page for InvitePage {
    const TEMPLATE: &'static str = "user/new.html";
}

/// The languages somebody can be written to in.
pub fn languages(language: Language) -> Vec<Choose> {
    let choose = |code: &str| Choose {
        value: code.to_owned(),
        label: text(language, &format!("people-language-{code}")).into_owned(),
        hint: None,
    };
    vec![choose("fa"), choose("en")]
}

fn invite_page(desk: &Desk, input: &Input) -> Result<InvitePage, AppError> {
    user::require(&desk.ctx)?;
    let typed = |name: &str| input.field(name).to_owned();
    let (_, choices) = agencies(desk)?;
    Ok(InvitePage {
        key: form_key(),
        login: typed("login"),
        name: typed("name"),
        email: typed("email"),
        language: Some(typed("language"))
            .filter(|code| !code.is_empty())
            .unwrap_or_else(|| "fa".to_owned()),
        languages: languages(desk.hall.language),
        role: typed("role"),
        roles: role_choices(desk),
        agency: typed("agency"),
        agencies: choices,
        from: typed("from"),
        until: typed("until"),
        problems: Vec::new(),
    })
}

/// The form.
pub fn new(desk: &Desk, input: &Input) -> WebResult {
    desk.page(&invite_page(desk, input)?)
}

/// The dates of a role as they were typed: today where none, and no end where none.
fn dates(desk: &Desk, input: &Input) -> Result<(NaiveDate, Option<NaiveDate>), AppError> {
    let mut faults = Vec::new();
    let mut day = |name: &str| {
        let typed = input.field(name).trim();
        if typed.is_empty() {
            return None;
        }
        let day = JalaliDate::parse(typed);
        if day.is_err() {
            faults.push(app::Problem::at(name, "problem-date"));
        }
        day.ok().map(JalaliDate::gregorian)
    };
    let (from, until) = (day("from"), day("until"));
    if faults.is_empty() {
        Ok((from.unwrap_or(desk.ctx.today()), until))
    } else {
        Err(AppError::Invalid(faults))
    }
}

fn role_of(input: &Input) -> Result<Role, AppError> {
    let missing = || AppError::Invalid(vec![app::Problem::at("role", "problem-choose")]);
    Role::parse(input.field("role")).ok_or_else(missing)
}

fn agency_of(input: &Input) -> Option<&str> {
    Some(input.field("agency")).filter(|code| !code.is_empty())
}

fn invite(desk: &Desk, input: &Input) -> Result<String, AppError> {
    let login = input.field("login").trim().to_lowercase();
    let (role, dates) = (role_of(input)?, dates(desk, input)?);
    let new = NewUser {
        login: &login,
        name: input.field("name").trim(),
        email: input.field("email").trim(),
        language: input.field("language"),
        role,
        agency: agency_of(input),
        password: None,
    };
    user::invite(&desk.ctx, &new, dates)
}

/// Invites a person.
pub fn create(desk: &Desk, input: &Input) -> WebResult {
    user::require(&desk.ctx)?;
    match invite(desk, input) {
        Ok(id) => Ok(Reply::see_other(&url::user(&id), Some("people-invited"))),
        Err(AppError::Invalid(faults)) => {
            let mut page = invite_page(desk, input)?;
            page.problems = problems(&faults);
            desk.again(&page)
        }
        Err(error) => Err(error.into()),
    }
}

/// One person with what can be done.
#[derive(Serialize)]
pub struct UserPage {
    pub key: String,
    pub action: String,
    pub login: String,
    pub name: String,
    pub email: String,
    pub language: String,
    pub languages: Vec<Choose>,
    pub seen: i64,
    pub is_active: bool,
    pub is_invited: bool,
    pub is_self: bool,
    pub has_mailbox: bool,
    pub phone: String,
    /// The manager's role that can be handed over, and to whom.
    pub handed_over: Option<String>,
    pub heirs: Vec<Choose>,
    pub lines: Vec<RoleLine>,
    pub role: String,
    pub roles: Vec<Choose>,
    pub agency: String,
    pub agencies: Vec<Choose>,
    pub from: String,
    pub until: String,
    pub problems: Vec<Problem>,
}

impl Page for UserPage {
    const TEMPLATE: &'static str = "user/show.html";
}

/// The page of a person as it stands.
pub fn user_page(desk: &Desk, input: &Input) -> Result<UserPage, AppError> {
    let id = input.part("id");
    let (person, (handed_over, heirs)) = desk.ctx.store.read(|conn| {
        let person = user::find(&desk.ctx, conn, id)?;
        let heirs = heirs(desk, conn, &person)?;
        Ok::<_, AppError>((person, heirs))
    })?;
    let (names, choices) = agencies(desk)?;
    let is_self = id == desk.ctx.actor.user;
    let mut lines = role_lines(desk, &person.roles, &names);
    if is_self {
        lines.iter_mut().for_each(|line| line.end = None);
    }
    let user = person.user;
    Ok(UserPage {
        key: form_key(),
        action: url::user(id),
        login: user.login,
        has_mailbox: !user.email.is_empty(),
        phone: user.phone,
        handed_over,
        heirs,
        name: user.name,
        email: user.email,
        language: user.language,
        languages: languages(desk.hall.language),
        seen: user.version,
        is_active: user.is_active,
        is_invited: user.password_hash.is_none(),
        is_self,
        lines,
        role: input.field("role").to_owned(),
        roles: role_choices(desk),
        agency: input.field("agency").to_owned(),
        agencies: choices,
        from: input.field("from").to_owned(),
        until: input.field("until").to_owned(),
        problems: Vec::new(),
    })
}

/// The page of a person.
pub fn show(desk: &Desk, input: &Input) -> WebResult {
    desk.page(&user_page(desk, input)?)
}

/// How somebody is called and reached, as it was typed.
pub fn contact(input: &Input) -> Contact<'_> {
    Contact {
        name: input.field("name"),
        email: input.field("email"),
        language: input.field("language"),
        seen: input.field("seen").parse().unwrap_or_default(),
    }
}

/// Changes how somebody is called and reached.
pub fn update(desk: &Desk, input: &Input) -> WebResult {
    let id = input.part("id");
    let done = user::change(&desk.ctx, id, &contact(input));
    answer(desk, input, done, "shell-saved", |page, input| {
        page.name = input.field("name").to_owned();
        page.email = input.field("email").to_owned();
        page.language = input.field("language").to_owned();
    })
}

/// Grants a role.
pub fn grant(desk: &Desk, input: &Input) -> WebResult {
    let id = input.part("id");
    desk.ctx
        .store
        .read(|conn| user::find(&desk.ctx, conn, id))?;
    let done = role_of(input).and_then(|role| {
        let term = Term {
            role,
            agency: agency_of(input),
            dates: dates(desk, input)?,
        };
        role::grant(&desk.ctx, id, &term)
    });
    answer(desk, input, done, "people-role-granted", |_, _| {})
}

/// Ends a role.
pub fn end_role(desk: &Desk, input: &Input) -> WebResult {
    let done = role::end(&desk.ctx, input.part("id"), input.field("role"));
    answer(desk, input, done, "people-role-ended", |_, _| {})
}

/// Shuts or opens an account.
pub fn set_active(desk: &Desk, input: &Input) -> WebResult {
    let id = input.part("id");
    desk.ctx
        .store
        .read(|conn| user::find(&desk.ctx, conn, id))?;
    let is_active = input.is_ticked("is_active");
    let done = if is_active || input.field("is_active") == "no" {
        user::set_active(&desk.ctx, id, is_active)
    } else {
        let missing = app::Problem::at("activity", "problem-choose");
        Err(AppError::Invalid(vec![missing]))
    };
    let said = if is_active {
        "people-opened"
    } else {
        "people-shut"
    };
    answer(desk, input, done, said, |_, _| {})
}

/// Sends a link.
pub fn send_link(desk: &Desk, input: &Input) -> WebResult {
    let done = user::send_link(&desk.ctx, input.part("id"));
    answer(desk, input, done, "people-link-queued", |_, _| {})
}

fn answer(
    desk: &Desk,
    input: &Input,
    done: Result<(), AppError>,
    said: &'static str,
    keep: fn(&mut UserPage, &Input),
) -> WebResult {
    match done {
        Ok(()) => Ok(Reply::see_other(&url::user(input.part("id")), Some(said))),
        Err(AppError::Invalid(faults)) => {
            let mut page = user_page(desk, input)?;
            keep(&mut page, input);
            page.problems = problems(&faults);
            desk.again(&page)
        }
        Err(error) => Err(error.into()),
    }
}
