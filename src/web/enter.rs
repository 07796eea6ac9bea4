//! One request: read whole, matched with the route table, checked, answered on a blocking thread.

use std::collections::HashMap;

use actix_multipart::Multipart;
use actix_web::http::Method;
use actix_web::http::header::{CONTENT_TYPE, HeaderMap, ORIGIN};
use actix_web::web::{self, Bytes, Payload};
use actix_web::{HttpRequest, HttpResponse};
use futures_util::StreamExt;

use super::State;
use super::desk::{Desk, Hall};
use super::error::{WebError, WebResult};
use super::form::{self, Input, Upload};
use super::pages::home;
use super::reply::Reply;
use super::routes::{self, Handler, Route};
use super::words::Language;
use crate::app::{AppError, Ctx, user};
use crate::store;
use crate::store::event::Happening;

/// The largest body of a request.
pub const MOST_BYTES: usize = 11 * 1024 * 1024;
/// The largest body of a form without a file.
const MOST_FORM_BYTES: usize = 256 * 1024;

/// What is read from a request before it is answered.
struct Request {
    method: Method,
    path: String,
    query: String,
    headers: HeaderMap,
    address: String,
    host: String,
}

/// Answers any request.
pub async fn enter(
    request: HttpRequest,
    payload: Payload,
    state: web::Data<State>,
) -> HttpResponse {
    let connection = request.connection_info().clone();
    let peer = request
        .peer_addr()
        .map(|peer| peer.ip().to_string())
        .unwrap_or_default();
    let is_behind_proxy = state.config.is_behind_proxy;
    let real = connection
        .realip_remote_addr()
        .map(str::to_owned)
        .filter(|_| is_behind_proxy);
    let read = Request {
        method: request.method().clone(),
        path: request.path().to_owned(),
        query: request.query_string().to_owned(),
        headers: request.headers().clone(),
        address: real.unwrap_or(peer),
        host: connection.host().to_owned(),
    };
    let body = body(&read, payload).await;
    let answered = web::block(move || {
        let reply = answer(&state, &read, body);
        if state.config.is_https() {
            reply.only_by_https()
        } else {
            reply
        }
    })
    .await;
    answered.map_or_else(|_| HttpResponse::ServiceUnavailable().finish(), Reply::send)
}

type Body = (HashMap<String, String>, Option<Upload>);

async fn body(request: &Request, payload: Payload) -> Result<Body, WebError> {
    if request.method != Method::POST {
        return Ok((HashMap::new(), None));
    }
    let kind = request
        .headers
        .get(CONTENT_TYPE)
        .and_then(|kind| kind.to_str().ok())
        .unwrap_or("");
    if kind.starts_with("multipart/form-data") {
        return parts(&request.headers, payload).await;
    }
    if !kind.is_empty() && !kind.starts_with("application/x-www-form-urlencoded") {
        return Err(WebError::Malformed);
    }
    let bytes = payload.to_bytes_limited(MOST_FORM_BYTES).await;
    let bytes: Bytes = bytes
        .map_err(|_| WebError::TooLarge)?
        .map_err(|_| WebError::Malformed)?;
    let text = std::str::from_utf8(&bytes).map_err(|_| WebError::Malformed)?;
    Ok((form::read_pairs(text).ok_or(WebError::Malformed)?, None))
}

async fn parts(headers: &HeaderMap, payload: Payload) -> Result<Body, WebError> {
    let mut parts = Multipart::new(headers, payload);
    let (mut fields, mut upload, mut total) = (HashMap::new(), None, 0);
    while let Some(part) = parts.next().await {
        let mut part = part.map_err(|_| WebError::Malformed)?;
        let field = part.name().unwrap_or_default().to_owned();
        let file = part
            .content_disposition()
            .and_then(|d| d.get_filename().map(str::to_owned));
        let mut bytes = Vec::new();
        while let Some(chunk) = part.next().await {
            let chunk = chunk.map_err(|_| WebError::Malformed)?;
            total += chunk.len();
            if total > MOST_BYTES {
                return Err(WebError::TooLarge);
            }
            bytes.extend_from_slice(&chunk);
        }
        match file {
            Some(name) => upload = Some(Upload { field, name, bytes }),
            None => {
                let text = String::from_utf8(bytes).map_err(|_| WebError::Malformed)?;
                if text.contains('\0') || fields.len() > 100 {
                    return Err(WebError::Malformed);
                }
                fields.entry(field).or_insert(text);
            }
        }
    }
    Ok((fields, upload))
}

fn cookie(headers: &HeaderMap, name: &str) -> Option<String> {
    let all = headers
        .get_all("cookie")
        .filter_map(|value| value.to_str().ok());
    let mut pairs = all
        .flat_map(|line| line.split(';'))
        .filter_map(|pair| pair.trim().split_once('='));
    pairs
        .find(|(key, _)| *key == name)
        .map(|(_, value)| value.to_owned())
}

/// The name of the session's cookie; under https it belongs to this host alone.
pub fn cookie_name(state: &State) -> &'static str {
    if state.config.is_https() {
        "__Host-mizan"
    } else {
        "mizan"
    }
}

fn answer(state: &State, request: &Request, body: Result<Body, WebError>) -> Reply {
    let language = cookie(&request.headers, "lang").and_then(|code| Language::from_code(&code));
    let mut hall = Hall {
        state,
        now: (state.now)(),
        language: language.unwrap_or_default(),
        path: request.path.clone(),
        address: request.address.clone(),
        csrf: String::new(),
        notice: None,
    };
    let Some(query) = form::read_pairs(&request.query) else {
        return WebError::Malformed.answer(&hall.shell());
    };
    if let Some(language) = query.get("lang").and_then(|code| Language::from_code(code)) {
        return choose_language(&request.path, language);
    }
    let notice = cookie(&request.headers, "notice").filter(|_| request.method == Method::GET);
    hall.notice = notice.filter(|key| super::words::keys(Language::Fa).any(|known| known == key));
    let has_notice = hall.notice.is_some();
    let reply = routed(hall, request, query, body);
    if has_notice {
        reply.with("set-cookie", "notice=; Path=/; Max-Age=0")
    } else {
        reply
    }
}

fn choose_language(path: &str, language: Language) -> Reply {
    // The path begins with one slash: two would lead to another host.
    let to = format!("/{}", path.trim_start_matches(['/', '\\']));
    let cookie = format!(
        "lang={}; Path=/; SameSite=Lax; Max-Age=31536000",
        language.code()
    );
    Reply::see_other(&to, None).with("set-cookie", &cookie)
}

fn routed(
    hall: Hall,
    request: &Request,
    query: HashMap<String, String>,
    body: Result<Body, WebError>,
) -> Reply {
    let shell = hall.shell();
    let found = match routes::find(&request.method, &request.path) {
        Ok(found) => found,
        Err(routes::NoRoute::Path) => return WebError::App(AppError::NotFound).answer(&shell),
        Err(routes::NoRoute::Method) => return WebError::NoMethod.answer(&shell),
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
        Handler::Public(handle) => public(hall, request, route, &sent, &input, handle),
        Handler::Signed(handle) => signed(hall, request, route, &sent, &input, handle),
    }
}

struct Sent {
    csrf: Option<String>,
    key: Option<String>,
}

/// A form from another site is none of ours.
fn is_own_origin(state: &State, request: &Request) -> bool {
    let Some(origin) = request.headers.get(ORIGIN) else {
        return true;
    };
    let origin = origin.to_str().unwrap_or("null");
    let host = origin.split_once("://").map_or("", |(_, host)| host);
    origin == state.config.base.trim_end_matches('/') || host == request.host
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
    let known = cookie(&request.headers, "form").filter(|token| token.len() == 64);
    let is_new = known.is_none();
    let Ok(token) = known.map_or_else(user::token, Ok) else {
        return WebError::Malformed.answer(&hall.shell());
    };
    hall.csrf.clone_from(&token);
    if route.method == Method::POST {
        let is_right = sent
            .csrf
            .as_deref()
            .is_some_and(|csrf| is_same(csrf, &token));
        if is_new || !is_right || !is_own_origin(hall.state, request) {
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
    let token = cookie(&request.headers, cookie_name(state)).unwrap_or_default();
    let today = state.config.offset().day(hall.now);
    let (now, address) = (hall.now, hall.address.clone());
    let who = state
        .store
        .read(|conn| user::who(conn, now, today, &token, &address));
    let (actor, session, _) = match who {
        Ok(Some(who)) => who,
        Ok(None) if request.method == Method::GET => {
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
    let desk = match home::desk(hall, ctx, token) {
        Ok(desk) => desk,
        Err(boxed) => return boxed.1.answer(&boxed.0),
    };
    if route.method == Method::POST {
        let is_right = sent
            .csrf
            .as_deref()
            .is_some_and(|csrf| is_same(csrf, &session.csrf));
        if !is_right || !is_own_origin(state, request) {
            return WebError::Stale.answer(&desk.shell());
        }
    }
    note_seen(&desk, &session);
    let answered = handle(&desk, input);
    if let Err(WebError::App(AppError::Forbidden)) = &answered {
        note_denial(&desk, route);
    }
    answered.unwrap_or_else(|error| error.answer(&desk.shell()))
}

/// A session in use lives on; noted once in five minutes, not at every request.
fn note_seen(desk: &Desk, session: &store::session::Session) {
    if desk.ctx.now - session.seen_at < chrono::Duration::minutes(5) {
        return;
    }
    let hash = &session.token_hash;
    let noted = desk
        .ctx
        .store
        .write(|tx| store::session::set_seen(tx, hash, desk.ctx.now));
    if let Err(error) = noted {
        tracing::warn!(%error, "a session could not be noted as seen");
    }
}

/// A denial is an event of its own.
fn note_denial(desk: &Desk, route: &Route) {
    let ctx = &desk.ctx;
    let noted = ctx.store.write(|tx| {
        let what = Happening {
            action: "access.denied",
            subject: "route",
            subject_id: route.path,
            agency: None,
            body: route.method.to_string(),
        };
        store::event::add(tx, &ctx.actor, ctx.now, &what)
    });
    if let Err(error) = noted {
        tracing::warn!(%error, "a denial could not be noted");
    }
}
