//! The form behind the poster at a desk: was anybody there, how long was the wait, were you sent to somebody who knows
//! somebody? Anonymous, two taps, nothing else needed.

use actix_web::http::StatusCode;
use serde::Serialize;

use super::shell;
use crate::app::voice::{self, Said};
use crate::app::{AppError, Ctx, session};
use crate::domain::access::Actor;
use crate::domain::voice::Wait;
use crate::store;
use crate::store::poster::Poster;
use crate::store::province::Province;
use crate::web::desk::{Hall, html};
use crate::web::error::{WebError, WebResult};
use crate::web::form::Input;
use crate::web::limit;
use crate::web::open;
use crate::web::render::{Page, Problem};
use crate::web::reply::Reply;
use crate::web::words::{Language, Phrase};

/// So many answers of one network are heard within the window of the limits; an office shares one.
const MOST_OF_NETWORK: u32 = 60;

/// The form, or the thanks for it.
#[derive(Serialize)]
pub struct DeskPage {
    pub action: String,
    pub agency: String,
    pub county: Option<String>,
    pub waits: Vec<&'static str>,
    pub answered: String,
    pub wait: String,
    pub sent: String,
    pub is_said: bool,
    pub problems: Vec<Problem>,
}

impl Page for DeskPage {
    const TEMPLATE: &'static str = "public/desk.html";
}

/// A poster, and whose it is.
struct Place {
    poster: Poster,
    province: Province,
    agency: [String; 2],
    county: Option<[String; 2]>,
}

fn place(hall: &Hall, input: &Input) -> Result<Place, AppError> {
    hall.state.store.read(|conn| {
        let poster = voice::find(conn, input.part("token"))?;
        let own = &poster.province_id;
        let province = store::province::find(conn, own)?.ok_or(AppError::NotFound)?;
        let agency = store::agency::find(conn, own, &poster.agency_id)?;
        let agency = agency.ok_or(AppError::NotFound)?;
        let counties = store::province::list_counties(conn, own)?.into_iter();
        let mut counties = counties.filter(|one| Some(&one.code) == poster.county_code.as_ref());
        Ok(Place {
            province,
            agency: [agency.name_fa, agency.name_en],
            county: counties.next().map(|one| [one.name_fa, one.name_en]),
            poster,
        })
    })
}

fn page(hall: &Hall, input: &Input, place: &Place) -> DeskPage {
    let choose = |[fa, en]: &[String; 2]| match hall.language {
        Language::Fa => fa.clone(),
        Language::En => en.clone(),
    };
    DeskPage {
        action: open::link(hall.language, &format!("/desk/{}", input.part("token"))),
        agency: choose(&place.agency),
        county: place.county.as_ref().map(choose),
        waits: Wait::SAID.map(Wait::as_str).to_vec(),
        answered: input.field("answered").to_owned(),
        wait: input.field("wait").to_owned(),
        sent: input.field("sent").to_owned(),
        is_said: input.query.get("said").is_some_and(|said| said == "yes"),
        problems: Vec::new(),
    }
}

fn send(hall: &Hall, place: &Place, page: &DeskPage, status: StatusCode) -> WebResult {
    let mut shell = shell(hall, &place.province);
    shell.csrf = voice::ticket(&place.poster, hall.now);
    html(page, &shell, status)
}

/// Shows the form.
pub fn show(hall: &Hall, input: &Input) -> WebResult {
    let place = place(hall, input)?;
    send(hall, &place, &page(hall, input, &place), StatusCode::OK)
}

/// Hears an answer. Whatever becomes of it, whoever speaks is thanked.
pub fn create(hall: &Hall, input: &Input) -> WebResult {
    let place = place(hall, input).map_err(|error| match error {
        AppError::NotFound => WebError::Stale,
        error => error.into(),
    })?;
    if !voice::is_ticket(&place.poster, hall.now, input.field("csrf")) {
        return Err(WebError::Stale);
    }
    let yes_or_no = |name: &str| match input.field(name) {
        "yes" => Some(true),
        "no" => Some(false),
        _ => None,
    };
    let Some(was_answered) = yes_or_no("answered") else {
        let mut page = page(hall, input, &place);
        page.problems = vec![Problem::of("answered", Phrase::of("problem-choose"))];
        return send(hall, &place, &page, StatusCode::UNPROCESSABLE_ENTITY);
    };
    let network = limit::network(&hall.address);
    let limits = &hall.state.limits;
    let left = limits.take(&format!("voice {network}"), MOST_OF_NETWORK, hall.now);
    left.map_err(WebError::TooMany)?;
    let known = hall.phone.len() == 64;
    let phone = if known {
        hall.phone.clone()
    } else {
        session::token()?
    };
    let said = Said {
        was_answered,
        wait: Wait::parse(input.field("wait")),
        was_sent_to_somebody: yes_or_no("sent"),
        phone: &phone,
        network: &network,
    };
    voice::hear(&nobody(hall, &place), &place.poster, &said)?;
    let thanks = format!("{}?said=yes", page(hall, input, &place).action);
    let cookie = format!("phone={phone}; Path=/public; HttpOnly; SameSite=Strict; Max-Age=86400");
    Ok(Reply::see_other(&thanks, None).with("set-cookie", &cookie))
}

/// Nobody in particular is at work.
fn nobody(hall: &Hall, place: &Place) -> Ctx {
    Ctx {
        store: hall.state.store.clone(),
        frameworks: hall.state.frameworks.clone(),
        now: hall.now,
        offset: hall.state.config.offset(),
        actor: Actor::system(&place.province.id),
        write_key: None,
    }
}
