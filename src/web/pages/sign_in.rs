//! Signing in and out.

use actix_web::http::StatusCode;
use chrono::NaiveDate;
use serde::Serialize;

use super::period::quarter_title;
use crate::app::{AppError, session};
use crate::domain::period::State;
use crate::store::{self, StoreError};
use crate::web::desk::{Desk, Hall, html};
use crate::web::error::WebResult;
use crate::web::form::Input;
use crate::web::limit::{MOST_PER_ACCOUNT, MOST_PER_ADDRESS, network};
use crate::web::render::{Page, Problem, Shell};
use crate::web::reply::Reply;
use crate::web::url;
use crate::web::words::{Language, Phrase};

/// The quarter that is open now, for whoever comes to the door.
#[derive(Clone, Debug, Serialize)]
pub struct Deadline {
    pub title: String,
    pub day: NaiveDate,
    pub days_left: i64,
}

/// The form; the name is kept, the password never.
#[derive(Serialize)]
pub struct SignInPage {
    pub username: String,
    pub deadline: Option<Deadline>,
    pub problems: Vec<Problem>,
}

impl Page for SignInPage {
    const TEMPLATE: &'static str = "sign_in/show.html";
}

/// The page with what an installation of one province may say at its door.
fn page(hall: &Hall, username: &str, problems: Vec<Problem>, status: StatusCode) -> WebResult {
    let found = hall.state.store.read(|conn| {
        let mut all = store::province::list(conn)?.into_iter();
        let (Some(only), None) = (all.next(), all.next()) else {
            return Ok(None);
        };
        let periods = store::period::list(conn, &only.id)?;
        let open = periods.into_iter().find(|one| one.state() == State::Open);
        Ok::<_, StoreError>(Some((only, open)))
    })?;
    let (province, open) = found.map_or((None, None), |(only, open)| (Some(only), open));
    let today = hall.state.config.offset().day(hall.now);
    let deadline = open.filter(|period| today <= period.deadline_on);
    let name = province.map(|province| match hall.language {
        Language::Fa => province.name_fa,
        Language::En => province.name_en,
    });
    let page = SignInPage {
        username: username.to_owned(),
        deadline: deadline.map(|period| Deadline {
            title: quarter_title(hall.language, &period.code),
            day: period.deadline_on,
            days_left: (period.deadline_on - today).num_days(),
        }),
        problems,
    };
    let shell = Shell {
        province: name.unwrap_or_default(),
        ..hall.shell()
    };
    html(&page, &shell, status)
}

/// The form.
pub fn show(hall: &Hall, _: &Input) -> WebResult {
    page(hall, "", Vec::new(), StatusCode::OK)
}

/// Signs in and leads home, wherever the link came from.
pub fn create(hall: &Hall, input: &Input) -> WebResult {
    let login = input.field("username").trim().to_lowercase();
    let account = format!("account {login}");
    let address = format!("address {}", network(&hall.address));
    let limits = &hall.state.limits;
    let taken = limits
        .take(&address, MOST_PER_ADDRESS, hall.now)
        .and_then(|_| limits.take(&account, MOST_PER_ACCOUNT, hall.now));
    let left = match taken {
        Ok(left) => left,
        Err(seconds) => return closed(hall, &login, seconds),
    };
    let store = &hall.state.store;
    let password = input.field("password");
    let today = hall.state.config.offset().day(hall.now);
    let signed = match session::sign_in(store, hall.now, today, &hall.address, &login, password) {
        Err(AppError::Refused(key)) => {
            let problems = vec![Problem::of("username", Phrase::of(key))];
            return page(hall, &login, problems, StatusCode::UNPROCESSABLE_ENTITY);
        }
        signed => signed?,
    };
    let Some(signed) = signed else {
        session::note_failure(store, hall.now, &hall.address, &login)?;
        let text = match left {
            0 => Phrase::of("signin-wrong-last"),
            left => Phrase::of("signin-wrong-left").with("left", i64::from(left)),
        };
        let problems = vec![Problem::of("password", text)];
        return page(hall, &login, problems, StatusCode::UNPROCESSABLE_ENTITY);
    };
    limits.clear(&account);
    limits.give_back(&address);
    let name = crate::web::enter::cookie_name(hall.state);
    let cookie = format!("{name}={}; Path=/; HttpOnly; SameSite=Lax", signed.token);
    Ok(Reply::see_other(url::HOME, None).with("set-cookie", &cookie))
}

/// Too many tries: the door is closed for a while, never for ever.
fn closed(hall: &Hall, login: &str, seconds: i64) -> WebResult {
    let text = Phrase::of("signin-closed").with("minutes", (seconds + 59) / 60);
    let problems = vec![Problem::of("password", text)];
    let reply = page(hall, login, problems, StatusCode::TOO_MANY_REQUESTS)?;
    Ok(reply.with("retry-after", &seconds.to_string()))
}

/// Ends the session.
pub fn remove(desk: &Desk, _: &Input) -> WebResult {
    session::sign_out(&desk.ctx, &desk.token)?;
    Ok(Reply::see_other(url::SIGN_IN, Some("shell-signed-out")))
}
