//! Signing in and out.

use actix_web::http::StatusCode;
use serde::Serialize;

use crate::app::session;
use crate::web::desk::{Desk, Hall, html};
use crate::web::error::{WebError, WebResult};
use crate::web::form::Input;
use crate::web::limit::{MOST_PER_ACCOUNT, MOST_PER_ADDRESS, network};
use crate::web::render::{Page, Problem};
use crate::web::reply::Reply;
use crate::web::url;
use crate::web::words::Phrase;

/// The form; the name is kept, the password never.
#[derive(Serialize)]
pub struct SignInPage {
    pub username: String,
    pub problems: Vec<Problem>,
}

impl Page for SignInPage {
    const TEMPLATE: &'static str = "sign_in/show.html";
}

/// The form.
pub fn show(hall: &Hall, _: &Input) -> WebResult {
    hall.page(&SignInPage {
        username: String::new(),
        problems: Vec::new(),
    })
}

/// Signs in and leads home, wherever the link came from.
pub fn create(hall: &Hall, input: &Input) -> WebResult {
    let login = input.field("username").trim().to_lowercase();
    let account = format!("account {login}");
    let address = format!("address {}", network(&hall.address));
    let limits = &hall.state.limits;
    let wait = WebError::TooMany;
    limits
        .take(&address, MOST_PER_ADDRESS, hall.now)
        .map_err(wait)?;
    let left = limits
        .take(&account, MOST_PER_ACCOUNT, hall.now)
        .map_err(wait)?;
    let store = &hall.state.store;
    let password = input.field("password");
    let signed = session::sign_in(store, hall.now, &hall.address, &login, password)?;
    let Some(signed) = signed else {
        session::note_failure(store, hall.now, &hall.address, &login)?;
        let problems = vec![Problem::of(
            "username",
            Phrase::of("signin-wrong-left").with("left", i64::from(left)),
        )];
        let page = SignInPage {
            username: login,
            problems,
        };
        return html(&page, &hall.shell(), StatusCode::UNPROCESSABLE_ENTITY);
    };
    limits.clear(&account);
    limits.give_back(&address);
    let name = crate::web::enter::cookie_name(hall.state);
    let cookie = format!("{name}={}; Path=/; HttpOnly; SameSite=Lax", signed.token);
    Ok(Reply::see_other(url::HOME, None).with("set-cookie", &cookie))
}

/// Ends the session.
pub fn remove(desk: &Desk, _: &Input) -> WebResult {
    session::sign_out(&desk.ctx, &desk.token)?;
    Ok(Reply::see_other(url::SIGN_IN, Some("shell-signed-out")))
}
