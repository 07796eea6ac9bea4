//! One's own account: name, mailbox, language, password, sessions, and the role one is at work in.

use chrono::NaiveDateTime;
use serde::Serialize;

use super::answer::Choose;
use super::password::rules;
use super::user::{RoleLine, contact, languages, role_lines};
use super::{form_key, problems};
use crate::app::password::{Typed, change};
use crate::app::{AppError, reminder, session, user};
use crate::domain::access::Act;
use crate::domain::reminder::Wish;
use crate::store;
use crate::web::desk::Desk;
use crate::web::error::{WebError, WebResult};
use crate::web::form::Input;
use crate::web::limit::MOST_PER_ACCOUNT;
use crate::web::render::{Page, Problem};
use crate::web::reply::Reply;
use crate::web::url;
use crate::web::words::{Language, Phrase, text};

/// A place where one is signed in.
#[derive(Clone, Debug, Serialize)]
pub struct SessionLine {
    pub began: NaiveDateTime,
    pub seen: NaiveDateTime,
    pub address: String,
    pub is_this: bool,
}

/// One's own account.
#[derive(Serialize)]
pub struct AccountPage {
    pub key: String,
    pub login: String,
    pub name: String,
    pub email: String,
    pub language: String,
    pub languages: Vec<Choose>,
    pub seen: i64,
    pub rules: Phrase,
    pub sessions: Vec<SessionLine>,
    pub may_choose_role: bool,
    /// How many reminders one wants; nothing to choose for whoever gets none.
    pub reminders: String,
    pub reminder_choices: Vec<Choose>,
    pub problems: Vec<Problem>,
}

impl Page for AccountPage {
    const TEMPLATE: &'static str = "account/show.html";
}

fn page(desk: &Desk) -> Result<AccountPage, AppError> {
    let own = user::own(&desk.ctx)?;
    let sessions = session::list_own(&desk.ctx)?;
    let token = session::token_hash(&desk.token);
    let lines = sessions.into_iter().map(|one| SessionLine {
        began: one.created_at,
        seen: one.seen_at,
        is_this: one.token_hash == token,
        address: one.address,
    });
    Ok(AccountPage {
        key: form_key(),
        login: own.login,
        name: own.name,
        email: own.email,
        language: own.language,
        languages: languages(desk.hall.language),
        seen: own.version,
        rules: rules(),
        sessions: lines.collect(),
        may_choose_role: session::roles_now(&desk.ctx)?.len() > 1,
        reminders: own.reminders,
        reminder_choices: wishes(desk),
        problems: Vec::new(),
    })
}

fn wishes(desk: &Desk) -> Vec<Choose> {
    let is_reminded = desk.ctx.actor.may(Act::Answer);
    let wishes = Wish::ALL.into_iter().filter(|_| is_reminded);
    wishes
        .map(|wish| Choose {
            value: wish.as_str().to_owned(),
            label: text(
                desk.hall.language,
                &format!("people-reminders-{}", wish.as_str()),
            )
            .into_owned(),
            hint: None,
        })
        .collect()
}

/// Chooses how many reminders one gets.
pub fn choose_reminders(desk: &Desk, input: &Input) -> WebResult {
    match reminder::set_wish(&desk.ctx, input.field("reminders")) {
        Ok(()) => Ok(Reply::see_other(url::ACCOUNT, Some("shell-saved"))),
        Err(AppError::Invalid(faults)) => {
            let mut page = page(desk)?;
            page.problems = problems(&faults);
            desk.again(&page)
        }
        Err(error) => Err(error.into()),
    }
}

/// The account.
pub fn show(desk: &Desk, _: &Input) -> WebResult {
    desk.page(&page(desk)?)
}

/// A guess at the present password counts like one at the door.
fn guess(desk: &Desk) -> Result<String, WebError> {
    let key = format!("present {}", desk.ctx.actor.user);
    let limits = &desk.hall.state.limits;
    let taken = limits.take(&key, MOST_PER_ACCOUNT, desk.ctx.now);
    taken.map(|_| key).map_err(WebError::TooMany)
}

/// Changes name, mailbox and language; nothing else that may come with the form.
pub fn update(desk: &Desk, input: &Input) -> WebResult {
    let key = guess(desk)?;
    match user::change_own(&desk.ctx, &contact(input), input.field("email_present")) {
        Ok(()) => {
            desk.hall.state.limits.clear(&key);
            let language = Language::from_code(input.field("language")).unwrap_or_default();
            let cookie = format!(
                "lang={}; Path=/; SameSite=Lax; Max-Age=31536000",
                language.code()
            );
            let saved = Reply::see_other(url::ACCOUNT, Some("shell-saved"));
            Ok(saved.with("set-cookie", &cookie))
        }
        Err(AppError::Invalid(faults)) => {
            let mut page = page(desk)?;
            page.name = input.field("name").to_owned();
            page.email = input.field("email").to_owned();
            page.problems = problems(&faults);
            desk.again(&page)
        }
        Err(error) => Err(error.into()),
    }
}

/// Changes the password.
pub fn change_password(desk: &Desk, input: &Input) -> WebResult {
    let key = guess(desk)?;
    let typed = Typed {
        password: input.field("password"),
        repeat: input.field("repeat"),
    };
    match change(&desk.ctx, &desk.token, input.field("present"), &typed) {
        Ok(()) => {
            desk.hall.state.limits.clear(&key);
            Ok(Reply::see_other(
                url::ACCOUNT,
                Some("people-password-changed"),
            ))
        }
        Err(AppError::Invalid(faults)) => {
            let mut page = page(desk)?;
            page.problems = problems(&faults);
            desk.again(&page)
        }
        Err(error) => Err(error.into()),
    }
}

/// Signs out everywhere else.
pub fn end_others(desk: &Desk, _: &Input) -> WebResult {
    session::end_others(&desk.ctx, &desk.token)?;
    Ok(Reply::see_other(
        url::ACCOUNT,
        Some("people-sessions-ended"),
    ))
}

/// A role one may be at work in, and the form's value for it.
#[derive(Serialize)]
pub struct RoleChoice {
    pub id: String,
    pub line: RoleLine,
    pub is_current: bool,
}

/// Which role one is at work in.
#[derive(Serialize)]
pub struct RolePage {
    pub roles: Vec<RoleChoice>,
}

impl Page for RolePage {
    const TEMPLATE: &'static str = "account/role.html";
}

/// The roles to choose from.
pub fn roles(desk: &Desk, _: &Input) -> WebResult {
    let rows = session::roles_now(&desk.ctx)?;
    let agencies = desk
        .ctx
        .store
        .read(|conn| store::agency::list(conn, desk.ctx.province()))?;
    let names = agencies.into_iter().map(|one| {
        let name = desk.choose(&one.name_fa, &one.name_en).to_owned();
        (one.id, name)
    });
    let lines = role_lines(desk, &rows, &names.collect());
    let actor = &desk.ctx.actor;
    let roles = rows.iter().zip(lines).map(|(row, line)| RoleChoice {
        id: row.id.clone(),
        line,
        is_current: row.role == actor.role.as_str() && row.agency_id == actor.agency,
    });
    desk.page(&RolePage {
        roles: roles.collect(),
    })
}

/// Goes to work in a role.
pub fn choose_role(desk: &Desk, input: &Input) -> WebResult {
    session::choose_role(&desk.ctx, &desk.token, input.field("role"))?;
    Ok(Reply::see_other(url::HOME, None))
}
