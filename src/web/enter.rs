//! One request: matched with the route table, read whole, checked, answered on a blocking thread.

use std::collections::HashMap;
use std::panic::{AssertUnwindSafe, catch_unwind};

use actix_web::HttpRequest;
use actix_web::HttpResponse;
use actix_web::http::Method;
use actix_web::http::header::IF_NONE_MATCH;
use actix_web::web::{self, Payload};

use super::State;
use super::desk::{Desk, Hall};
use super::error::{WebError, WebResult};
use super::form::{self, Input};
use super::open;
use super::reply::Reply;
use super::request::{self, Body, Bounds, Request};
use super::route;
use super::routes::{Handler, Route};
use super::words::Language;
use crate::app::{AppError, Ctx, session};
use crate::domain::access::is_practice;
use crate::store::StoreError;
use crate::store::session::Session;

/// Answers any request.
pub async fn enter(
    request: HttpRequest,
    payload: Payload,
    state: web::Data<State>,
) -> HttpResponse {
    let read = Request::of(&request, state.config.is_behind_proxy);
    let body = body(&state, &read, payload).await;
    let is_whole = matches!(body, Some(Ok(_))) || !read.has_body();
    let answered = web::block(move || {
        let whole =
            AssertUnwindSafe(|| answer(&state, &read, body.unwrap_or_else(|| Ok(Body::default()))));
        let reply = catch_unwind(whole).unwrap_or_else(|_| {
            let defect = StoreError::Broken("a defect stopped this request".to_owned());
            WebError::from(defect).answer(&hall(&state, &read).shell())
        });
        if state.config.is_https() {
            reply.only_by_https()
        } else {
            reply
        }
    })
    .await;
    let mut response =
        answered.map_or_else(|_| HttpResponse::ServiceUnavailable().finish(), Reply::send);
    if !is_whole {
        // What is still to come of the body is not waited for.
        response
            .head_mut()
            .set_connection_type(actix_web::http::ConnectionType::Close);
    }
    response
}

/// Reads the body of a form that leads somewhere and comes from somebody; no other is read.
async fn body(state: &State, of: &Request, payload: Payload) -> Option<Result<Body, WebError>> {
    let (route, _) = route::find(&of.method, &open::path(&of.path)).ok()?;
    let is_signed = matches!(route.handler, Handler::Signed(_));
    let has_session = of.cookie(cookie_name(state)).is_some();
    if of.method != Method::POST || (is_signed && !has_session) {
        return None;
    }
    let bounds = Bounds {
        patience: state.patience,
        file_megabytes: Some(state.config.file_megabytes).filter(|_| is_signed),
    };
    Some(request::body(of, bounds, payload).await)
}

/// The name of the session's cookie; under https it belongs to this host alone.
pub fn cookie_name(state: &State) -> &'static str {
    if state.config.is_https() {
        "__Host-mizan"
    } else {
        "mizan"
    }
}

fn hall<'a>(state: &'a State, request: &Request) -> Hall<'a> {
    let open = open::address(&request.path);
    let is_open = open.is_some();
    let (language, path) = open.unwrap_or_else(|| {
        let language = request.cookie("lang");
        let language = language.and_then(|code| Language::from_code(&code));
        (language.unwrap_or_default(), request.path.clone())
    });
    Hall {
        state,
        now: (state.now)(),
        language,
        path,
        is_open,
        phone: request
            .cookie("phone")
            .filter(|_| is_open)
            .unwrap_or_default(),
        query: request.query.clone(),
        address: request.address.clone(),
        csrf: String::new(),
        notice: None,
    }
}

fn answer(state: &State, request: &Request, body: Result<Body, WebError>) -> Reply {
    let mut hall = hall(state, request);
    let query = form::read_pairs(&request.query).filter(|_| request.has_one_host());
    let Some(query) = query else {
        return WebError::Malformed.answer(&hall.shell());
    };
    if hall.is_open {
        let known = request.headers.get(IF_NONE_MATCH);
        let known = known.and_then(|known| known.to_str().ok());
        return open::unless_known(routed(hall, request, query, body), known);
    }
    let chosen = query.get("lang").and_then(|code| Language::from_code(code));
    if let Some(language) = chosen.filter(|_| request.is_look()) {
        return choose_language(request, language);
    }
    let notice = request.cookie("notice").filter(|_| request.is_look());
    hall.notice = notice.filter(|key| super::words::keys(Language::Fa).any(|known| known == key));
    let has_notice = hall.notice.is_some();
    let reply = routed(hall, request, query, body);
    if has_notice {
        reply.with("set-cookie", "notice=; Path=/; Max-Age=0")
    } else {
        reply
    }
}

/// Keeps the language in a cookie and leads to the same page, with the rest of what was asked.
fn choose_language(request: &Request, language: Language) -> Reply {
    let is_language =
        |pair: &&str| form::read_pairs(pair).is_some_and(|one| one.contains_key("lang"));
    let others: Vec<&str> = request
        .query
        .split('&')
        .filter(|pair| !is_language(pair))
        .collect();
    let rest = others.join("&");
    let mark = if rest.is_empty() { "" } else { "?" };
    // The path begins with one slash: two would lead to another host.
    let path = request.path.trim_start_matches(['/', '\\']);
    let cookie = format!(
        "lang={}; Path=/; SameSite=Lax; Max-Age=31536000",
        language.code()
    );
    Reply::see_other(&format!("/{path}{mark}{rest}"), None).with("set-cookie", &cookie)
}

fn routed(
    hall: Hall,
    request: &Request,
    query: HashMap<String, String>,
    body: Result<Body, WebError>,
) -> Reply {
    let shell = hall.shell();
    let found = match route::find(&request.method, &hall.path) {
        Ok(found) => found,
        Err(route::NoRoute::Path) => return WebError::App(AppError::NotFound).answer(&shell),
        Err(route::NoRoute::Method(allowed)) => {
            return WebError::NoMethod.answer(&shell).with("allow", &allowed);
        }
    };
    let (fields, upload) = match body {
        Ok(body) => body,
        Err(error) => return error.answer(&shell),
    };
    let (route, path) = found;
    let sent = Sent {
        csrf: fields.get("csrf").cloned(),
        key: fields.get("key").cloned(),
    };
    let input = Input::of(path, query, fields, upload);
    match route.handler {
        Handler::Open(_)
            if !request.is_look() && !request.is_own_origin(&hall.state.config.base) =>
        {
            WebError::Stale.answer(&shell)
        }
        Handler::Open(handle) => handle(&hall, &input).unwrap_or_else(|e| e.answer(&shell)),
        Handler::Public(handle) => public(hall, request, route, &sent, &input, handle),
        Handler::Signed(handle) => signed(hall, request, route, &sent, &input, handle),
    }
}

struct Sent {
    csrf: Option<String>,
    key: Option<String>,
}

fn is_same(a: &str, b: &str) -> bool {
    a.len() == b.len()
        && a.bytes()
            .zip(b.bytes())
            .fold(0, |sum, (a, b)| sum | (a ^ b))
            == 0
}

type Public = fn(&Hall, &Input) -> WebResult;
type Signed = fn(&Desk, &Input) -> WebResult;

/// Somebody who has not signed in: the form carries the token of a cookie of its own.
fn public(
    mut hall: Hall,
    request: &Request,
    route: &Route,
    sent: &Sent,
    input: &Input,
    handle: Public,
) -> Reply {
    let known = request.cookie("form").filter(|token| token.len() == 64);
    let is_new = known.is_none();
    let Ok(token) = known.map_or_else(session::token, Ok) else {
        return WebError::Malformed.answer(&hall.shell());
    };
    hall.csrf.clone_from(&token);
    if route.method == Method::POST {
        let is_right = sent
            .csrf
            .as_deref()
            .is_some_and(|csrf| is_same(csrf, &token));
        if is_new || !is_right || !request.is_own_origin(&hall.state.config.base) {
            return WebError::Stale.answer(&hall.shell());
        }
    }
    let reply = handle(&hall, input).unwrap_or_else(|error| error.answer(&hall.shell()));
    if !is_new {
        return reply;
    }
    reply.with(
        "set-cookie",
        &format!("form={token}; Path=/; HttpOnly; SameSite=Strict"),
    )
}

/// Somebody signed in: the session is found, the form's token checked, denials are noted.
fn signed(
    mut hall: Hall,
    request: &Request,
    route: &Route,
    sent: &Sent,
    input: &Input,
    handle: Signed,
) -> Reply {
    let state = hall.state;
    let token = request.cookie(cookie_name(state)).unwrap_or_default();
    let today = state.config.offset().day(hall.now);
    let (now, address) = (hall.now, hall.address.clone());
    let who = state
        .store
        .read(|conn| session::who(conn, now, today, &token, &address));
    let (actor, session, must_choose) = match who {
        Ok(Some(who)) => who,
        Ok(None) if request.is_look() => {
            return Reply::see_other(super::url::SIGN_IN, None);
        }
        Ok(None) => return WebError::Stale.answer(&hall.shell()),
        Err(error) => return WebError::from(error).answer(&hall.shell()),
    };
    hall.csrf.clone_from(&session.csrf);
    let ctx = Ctx {
        store: state.store.clone(),
        frameworks: state.frameworks.clone(),
        now: hall.now,
        offset: state.config.offset(),
        actor,
        write_key: sent
            .key
            .clone()
            .filter(|key| !key.is_empty() && key.len() <= 64),
    };
    let desk = Desk::new(hall, ctx, token);
    if route.method == Method::POST {
        let is_right = sent
            .csrf
            .as_deref()
            .is_some_and(|csrf| is_same(csrf, &session.csrf));
        if !is_right || !request.is_own_origin(&state.config.base) {
            return WebError::Stale.answer(&desk.shell());
        }
    }
    if must_choose.0 && !["/role", "/sign-out"].contains(&route.path) {
        return asks_for_a_role(&desk, request);
    }
    note_seen(&desk, &session);
    let answered = kept_apart(&desk, route, || handle(&desk, input));
    match &answered {
        Err(WebError::App(AppError::Forbidden)) => note_denial(&desk, request, 403),
        Err(WebError::App(AppError::NotFound)) => note_denial(&desk, request, 404),
        _ => {}
    }
    answered.unwrap_or_else(|error| error.answer(&desk.shell()))
}

/// Practice touches nothing of the real account, and what another tab sends to real work is not lost without a word.
fn kept_apart(desk: &Desk, route: &Route, answer: impl FnOnce() -> WebResult) -> WebResult {
    let is_apart = is_practice(desk.ctx.province()) && route.method == Method::POST;
    if is_apart
        && ["/account", "/role"]
            .iter()
            .any(|own| route.path.starts_with(own))
    {
        return Err(AppError::Refused("refused-practice-account").into());
    }
    match answer() {
        Err(WebError::App(AppError::NotFound)) if is_apart => {
            Err(AppError::Refused("refused-practising").into())
        }
        answered => answered,
    }
}

fn note_seen(desk: &Desk, session: &Session) {
    if let Err(error) = session::note_seen(&desk.ctx, session) {
        tracing::warn!(?error, "a session could not be noted as seen");
    }
}

/// Nothing is shown or done before it is clear in which role.
fn asks_for_a_role(desk: &Desk, request: &Request) -> Reply {
    if request.is_look() {
        Reply::see_other(super::url::ROLE, None)
    } else {
        WebError::Stale.answer(&desk.shell())
    }
}

/// How many denials of one person each have their own event; after them only every doubling has one.
const MOST_DENIALS: u32 = 20;

/// A denial by right or by scope is an event of its own; who tries on and on fills no log.
fn note_denial(desk: &Desk, request: &Request, status: u16) {
    let (ctx, limits) = (&desk.ctx, &desk.hall.state.limits);
    let key = format!("denied {}", ctx.actor.user);
    let left = limits.take(&key, u32::MAX, ctx.now).unwrap_or_default();
    let count = u32::MAX - left;
    if count > MOST_DENIALS && !count.is_power_of_two() {
        return;
    }
    let path: String = request.path.chars().take(300).collect();
    let asked = format!("{} {status} {count}", request.method);
    if let Err(error) = session::note_denial(ctx, &path, asked) {
        tracing::warn!(?error, "a denial could not be noted");
    }
}
