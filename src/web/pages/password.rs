//! A password by link, for the invited and for those who forgot theirs; both pages are open to anybody.

use actix_web::http::StatusCode;
use serde::Serialize;

use super::problems;
use crate::app::AppError;
use crate::app::link::{INVITATION_DAYS, Purpose, RESET_MINUTES, ask_reset};
use crate::app::password::{Typed, find_link, set_by_link};
use crate::domain::password::{LONGEST, SHORTEST};
use crate::web::desk::{Hall, html};
use crate::web::error::{WebError, WebResult};
use crate::web::form::Input;
use crate::web::limit::{MOST_PER_ADDRESS, network};
use crate::web::render::{Page, Problem};
use crate::web::reply::Reply;
use crate::web::url;
use crate::web::words::Phrase;

/// So many letters one account may ask for within the window of the limits.
const MOST_RESETS: u32 = 3;

/// The one field of a new password, twice, and whom it is for.
#[derive(Serialize)]
pub struct PasswordPage {
    pub action: String,
    pub name: String,
    pub login: String,
    pub is_invitation: bool,
    pub rules: Phrase,
    pub problems: Vec<Problem>,
}

impl Page for PasswordPage {
    const TEMPLATE: &'static str = "password/edit.html";
}

fn page(hall: &Hall, token: &str) -> Result<PasswordPage, AppError> {
    let (link, user) = hall
        .state
        .store
        .read(|conn| find_link(conn, hall.now, token))?;
    Ok(PasswordPage {
        action: url::password(token),
        name: user.name,
        login: user.login,
        is_invitation: Purpose::parse(&link.purpose) == Some(Purpose::Invitation),
        rules: rules(),
        problems: Vec::new(),
    })
}

/// What a password has to be, in words.
pub fn rules() -> Phrase {
    Phrase::of("people-password-rules")
        .with("least", SHORTEST as i64)
        .with("most", LONGEST as i64)
}

/// A link that does not work any more; asking for a new one is one step away.
#[derive(Serialize)]
pub struct DeadLinkPage {
    pub forgot: &'static str,
}

impl Page for DeadLinkPage {
    const TEMPLATE: &'static str = "password/dead_link.html";
}

fn dead_link(hall: &Hall) -> WebResult {
    let page = DeadLinkPage {
        forgot: url::FORGOT,
    };
    html(&page, &hall.shell(), StatusCode::GONE)
}

/// The form behind a link.
pub fn edit(hall: &Hall, input: &Input) -> WebResult {
    guess(hall)?;
    match page(hall, input.part("token")) {
        Ok(page) => {
            forgive(hall);
            hall.page(&page)
        }
        Err(AppError::Refused(_)) => dead_link(hall),
        Err(error) => Err(error.into()),
    }
}

/// Sets the password; then the person signs in with it.
pub fn update(hall: &Hall, input: &Input) -> WebResult {
    guess(hall)?;
    let token = input.part("token");
    let typed = Typed {
        password: input.field("password"),
        repeat: input.field("repeat"),
    };
    match set_by_link(&hall.state.store, hall.now, &hall.address, token, &typed) {
        Ok(()) => {
            forgive(hall);
            Ok(Reply::see_other(url::SIGN_IN, Some("people-password-set")))
        }
        Err(AppError::Invalid(faults)) => {
            forgive(hall);
            let mut page = page(hall, token)?;
            page.problems = problems(&faults);
            html(&page, &hall.shell(), StatusCode::UNPROCESSABLE_ENTITY)
        }
        Err(AppError::Refused(_)) => dead_link(hall),
        Err(error) => Err(error.into()),
    }
}

fn link_key(hall: &Hall) -> String {
    format!("link {}", network(&hall.address))
}

/// A link that does not work counts as a guess of its address's network.
fn guess(hall: &Hall) -> Result<(), WebError> {
    let taken = hall
        .state
        .limits
        .take(&link_key(hall), MOST_PER_ADDRESS, hall.now);
    taken.map(|_| ()).map_err(WebError::TooMany)
}

fn forgive(hall: &Hall) {
    hall.state.limits.give_back(&link_key(hall));
}

/// Who forgot their password gives a user name or an e-mail.
#[derive(Serialize)]
pub struct ForgotPage {
    pub account: String,
    pub life: Phrase,
    pub problems: Vec<Problem>,
}

impl Page for ForgotPage {
    const TEMPLATE: &'static str = "password/forgot.html";
}

fn forgot_page(account: &str, problems: Vec<Problem>) -> ForgotPage {
    ForgotPage {
        account: account.to_owned(),
        life: Phrase::of("people-forgot-hint")
            .with("minutes", RESET_MINUTES)
            .with("days", INVITATION_DAYS),
        problems,
    }
}

/// The form.
pub fn forgot(hall: &Hall, _: &Input) -> WebResult {
    hall.page(&forgot_page("", Vec::new()))
}

/// Answers the same whether the account is known or not.
pub fn ask(hall: &Hall, input: &Input) -> WebResult {
    let account = input.field("account").trim();
    if account.is_empty() || account.len() > 200 {
        let text = Phrase::of("errors-required");
        let page = forgot_page(account, vec![Problem::of("account", text)]);
        return html(&page, &hall.shell(), StatusCode::UNPROCESSABLE_ENTITY);
    }
    let typed = account.to_lowercase();
    let limits = &hall.state.limits;
    for (key, most) in [
        (
            format!("reset address {}", network(&hall.address)),
            MOST_PER_ADDRESS,
        ),
        (format!("reset account {typed}"), MOST_RESETS),
    ] {
        limits
            .take(&key, most, hall.now)
            .map_err(WebError::TooMany)?;
    }
    ask_reset(&hall.state.store, hall.now, &hall.address, &typed)?;
    Ok(Reply::see_other(url::SIGN_IN, Some("people-reset-asked")))
}
