//! Every route on one page. A test walks this table with every role.

use actix_web::http::Method;

use super::desk::{Desk, Hall};
use super::error::WebResult;
use super::form::Input;
// Every page has its routes here.
use super::pages::*;

/// Who answers.
#[derive(Clone, Copy)]
pub enum Handler {
    /// Anybody may ask, and keep the answer: no session, no token of a cookie.
    Open(fn(&Hall, &Input) -> WebResult),
    /// Anybody may ask; the form carries the token of a cookie.
    Public(fn(&Hall, &Input) -> WebResult),
    /// Only somebody signed in.
    Signed(fn(&Desk, &Input) -> WebResult),
}

/// One route.
#[derive(Clone)]
pub struct Route {
    pub method: Method,
    /// With `{names}` for the parts that change.
    pub path: &'static str,
    pub handler: Handler,
}

const fn of(method: Method, path: &'static str, handler: Handler) -> Route {
    Route {
        method,
        path,
        handler,
    }
}

const fn get(path: &'static str, handle: fn(&Desk, &Input) -> WebResult) -> Route {
    of(Method::GET, path, Handler::Signed(handle))
}

const fn post(path: &'static str, handle: fn(&Desk, &Input) -> WebResult) -> Route {
    of(Method::POST, path, Handler::Signed(handle))
}

const fn open(method: Method, path: &'static str, handle: fn(&Hall, &Input) -> WebResult) -> Route {
    of(method, path, Handler::Public(handle))
}

const fn read(path: &'static str, handle: fn(&Hall, &Input) -> WebResult) -> Route {
    of(Method::GET, path, Handler::Open(handle))
}

/// The table.
pub static ROUTES: &[Route] = &[
    open(Method::GET, "/health", home::health),
    read("/public", public::list::show),
    read("/public/feed.atom", public::feed::show),
    read("/public/desk/{token}", public::desk::show),
    of(
        Method::POST,
        "/public/desk/{token}",
        Handler::Open(public::desk::create),
    ),
    read("/public/{period}", public::ranking::show),
    read("/public/{period}/practice", public::practice::show),
    read("/public/{period}/method", public::method::show),
    read("/public/{period}/data", public::data::show),
    read("/public/{period}/ranking.csv", public::data::csv),
    read("/public/{period}/ranking.json", public::data::json),
    read("/public/{period}/edition.zip", public::data::archive),
    read("/public/{period}/{agency}", public::agency::show),
    read("/public/{period}/editions/{number}", public::ranking::show),
    read(
        "/public/{period}/editions/{number}/{file}",
        public::data::file,
    ),
    open(Method::GET, "/sign-in", sign_in::show),
    open(Method::POST, "/sign-in", sign_in::create),
    open(Method::GET, "/forgot", password::forgot),
    open(Method::POST, "/forgot", password::ask),
    open(Method::GET, "/password/{token}", password::edit),
    open(Method::POST, "/password/{token}", password::update),
    post("/sign-out", sign_in::remove),
    get("/account", account::show),
    post("/account", account::update),
    post("/account/password", account::change_password),
    post("/account/sessions", account::end_others),
    post("/account/reminders", account::choose_reminders),
    get("/role", account::roles),
    post("/role", account::choose_role),
    get("/agencies", agency::index),
    post("/agencies", agency::create),
    get("/agencies/new", agency::new),
    get("/agencies/{agency}", agency::edit),
    post("/agencies/{agency}", agency::update),
    get("/users", users::index),
    post("/users", user::create),
    get("/users/new", user::new),
    get("/users/{id}", user::show),
    post("/users/{id}", user::update),
    post("/users/{id}/roles", user::grant),
    post("/users/{id}/roles/end", user::end_role),
    post("/users/{id}/activity", user::set_active),
    post("/users/{id}/link", user::send_link),
    post("/users/{id}/phone", phone::update),
    post("/users/{id}/slip", slip::create),
    post("/users/{id}/hand-over", hand_over::create),
    get("/posters", poster::index),
    post("/posters", poster::create),
    get("/posters/{id}", poster::show),
    post("/posters/{id}/renewal", poster::renew),
    get("/voices", voice::index),
    get("/letters", letter::index),
    post("/letters/{id}/resend", letter::resend),
    get("/reminders", reminder::edit),
    post("/reminders", reminder::update),
    get("/log", log::index),
    post("/log/export", log::export),
    get("/", home::show),
    get("/practice", practice::show),
    post("/practice", practice::update),
    get("/{period}/agencies/{agency}/checklist", checklist::index),
    get(
        "/{period}/agencies/{agency}/answers/{indicator}",
        answer::edit,
    ),
    post(
        "/{period}/agencies/{agency}/answers/{indicator}",
        answer::update,
    ),
    post(
        "/{period}/agencies/{agency}/answers/{indicator}/evidence",
        evidence::create,
    ),
    post(
        "/{period}/agencies/{agency}/answers/{indicator}/evidence/reuse",
        evidence::reuse,
    ),
    post(
        "/{period}/agencies/{agency}/answers/{indicator}/uploads",
        evidence::begin,
    ),
    get("/{period}/agencies/{agency}/uploads/{id}", evidence::pieces),
    post("/{period}/agencies/{agency}/uploads/{id}", evidence::piece),
    post(
        "/{period}/agencies/{agency}/answers/{indicator}/query-answer",
        query::update,
    ),
    get("/{period}/agencies/{agency}/evidence/{id}", evidence::show),
    post(
        "/{period}/agencies/{agency}/evidence/{id}/removal",
        evidence::remove,
    ),
    get("/{period}/agencies/{agency}/workbook", workbook::show),
    get(
        "/{period}/agencies/{agency}/workbook.xlsx",
        workbook::download,
    ),
    post("/{period}/agencies/{agency}/workbook", workbook::create),
    get("/{period}/agencies/{agency}/workbook/{id}", workbook::check),
    post("/{period}/agencies/{agency}/workbook/{id}", workbook::take),
    get(
        "/{period}/agencies/{agency}/workbook/{id}/file",
        workbook::original,
    ),
    get("/{period}/agencies/{agency}/review", hand_in::show),
    post("/{period}/agencies/{agency}/hand-in", hand_in::create),
    get("/{period}/agencies/{agency}/owners", owner::index),
    post("/{period}/agencies/{agency}/owners", owner::create),
    get("/{period}/agencies/{agency}/extensions", extension::index),
    post("/{period}/agencies/{agency}/extensions", extension::create),
    get("/{period}/extensions", register::index),
    get("/{period}/extensions/{id}", register::edit),
    post("/{period}/extensions/{id}", register::update),
    get("/queue", queue::show),
    get("/{period}/agencies/{agency}/verification", case::show),
    post("/{period}/agencies/{agency}/verification", case::confirm),
    get("/second-looks", second_look::index),
    get("/second-looks/{id}", second_look::show),
    post("/second-looks/{id}", second_look::create),
    get("/second-looks/{id}/evidence/{file}", second_look::evidence),
    get("/{period}/agreement", second_look::agreement),
    get("/resolutions", resolution::index),
    get("/resolutions/new", resolution_form::new),
    post("/resolutions", resolution_form::create),
    get("/resolutions/{id}", resolution::show),
    post("/resolutions/{id}/report", resolution::report),
    post("/resolutions/{id}/finding", resolution::verify),
    get("/meetings", meeting::index),
    post("/meetings", meeting::create),
    get("/meetings/{id}", meeting::show),
    post("/meetings/{id}", meeting::update),
    get("/{period}/corrections", correction::index),
    post("/{period}/corrections", correction::create),
    post("/{period}/corrections/{id}/withdrawal", correction::remove),
    get("/{period}/editions", edition::index),
    post("/{period}/editions/proposal", edition::create),
    get("/{period}/editions/{number}/edition.zip", edition::download),
    post("/{period}/editions/{number}/publication", edition::publish),
    post("/{period}/editions/{number}/withdrawal", edition::remove),
    post("/{period}/editions/{number}/signature", edition::sign),
    post("/{period}/editions/{number}/release", edition::release),
    get(
        "/{period}/agencies/{agency}/verification/{indicator}",
        verification::edit,
    ),
    post(
        "/{period}/agencies/{agency}/verification/{indicator}",
        verification::update,
    ),
    post(
        "/{period}/agencies/{agency}/verification/{indicator}/query",
        verification::ask,
    ),
    post(
        "/{period}/agencies/{agency}/verification/{indicator}/query/{id}/closing",
        verification::close,
    ),
    post(
        "/{period}/agencies/{agency}/verification/{indicator}/na-request",
        verification::ask_na,
    ),
    get("/{period}/visits", coverage::show),
    get("/{period}/agencies/{agency}/visits", visit::index),
    post("/{period}/agencies/{agency}/visits", visit::create),
    post(
        "/{period}/agencies/{agency}/visits/{id}/sign-off",
        visit::sign_off,
    ),
    post("/{period}/agencies/{agency}/probes", visit::create_probe),
    get("/{period}/draw", draw::show),
    post("/{period}/draw", draw::close),
    post("/{period}/draw/digits", draw::hold),
    get("/{period}/draw.json", draw::json),
    get("/{period}/agencies/{agency}/draw", draw::own),
    get("/{period}/plans", plan::index),
    post("/{period}/plans", plan::create),
    post("/{period}/plans/{id}/withdrawal", plan::withdraw),
    open(Method::GET, "/field/worker.js", field::worker),
    get("/field/plans", field::index),
    get("/field/plans/{id}", sheet::show),
    post("/field/plans/{id}", sheet_in::create),
    post("/field/plans/{id}/photos", sheet_in::photo),
    get("/field/photos/{id}", sheet_in::show_photo),
    post("/field/file", sheet_in::file),
    get("/re-review", re_review::index),
    get(
        "/{period}/agencies/{agency}/objections/{indicator}/re-review",
        re_review::edit,
    ),
    post(
        "/{period}/agencies/{agency}/objections/{indicator}/re-review",
        re_review::update,
    ),
    get("/{period}/pack", pack::show),
    post("/{period}/pack", pack::create),
    get("/{period}/pack.pdf", pack::download),
    get("/{period}/brief", brief::show),
    get("/{period}/ranking", ranking::show),
    get("/{period}/ranking.csv", ranking::csv),
    get("/{period}/ranking.xlsx", ranking::workbook),
    get("/{period}/analysis", analysis::show),
    get("/{period}/analysis/methods", robust::methods),
    get("/{period}/analysis/indicators", robust::indicators),
    get("/{period}/analysis/weights", robust::weights),
    get("/{period}/agencies/{agency}/score", score::show),
    get("/{period}/agencies/{agency}/score.json", score::json),
    get("/{period}/agencies/{agency}/what-if", what_if::show),
    get("/holidays", holiday::index),
    post("/holidays", holiday::create),
    get("/periods", periods::index),
    get("/draft", draft::show),
    post("/draft", draft::create),
    post("/periods", periods::create),
    get("/periods/{period}", period::show),
    get("/periods/{period}/move", period_move::show),
    post("/periods/{period}/move", period_move::create),
    get("/periods/{period}/assignments", assignment::show),
    post("/periods/{period}/assignments", assignment::create),
    post("/periods/{period}/capacities", assignment::set_capacities),
    post("/periods/{period}/review-minutes", assignment::set_minutes),
    post("/periods/{period}/assignments/{agency}", assignment::update),
    get("/{period}/measurements", measurements::index),
    get("/{period}/measurements/{indicator}", measurement_list::show),
    post(
        "/{period}/measurements/{indicator}",
        measurement_list::create,
    ),
    get(
        "/{period}/agencies/{agency}/measurements/{indicator}",
        measurement::edit,
    ),
    post(
        "/{period}/agencies/{agency}/measurements/{indicator}",
        measurement::update,
    ),
    get("/{period}/agencies/{agency}/facts", fact::index),
    post("/{period}/agencies/{agency}/facts", fact::create),
    get("/{period}/progress", progress::show),
    get("/{period}/returns.json", returns::json),
    get("/{period}/committee", committee::show),
    get("/{period}/committee/minutes", committee::minutes),
    post("/{period}/committee/findings", finding::create),
    post(
        "/{period}/agencies/{agency}/findings/{indicator}",
        finding::update,
    ),
    post(
        "/{period}/agencies/{agency}/requests/{indicator}",
        na_request::update,
    ),
    get(
        "/{period}/agencies/{agency}/objections/{indicator}",
        objection::show,
    ),
    post(
        "/{period}/agencies/{agency}/objections/{indicator}",
        objection::create,
    ),
    post(
        "/{period}/agencies/{agency}/objections/{indicator}/decision",
        decision::create,
    ),
];
