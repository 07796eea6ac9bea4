//! Posters at desks: the list, and one page to print and hang up.

use qrcode::{Color, EcLevel, QrCode};
use serde::Serialize;

use super::claim::Choose;
use super::{form_key, problems};
use crate::app::poster::{self, Posters};
use crate::app::{AppError, Problem as Fault};
use crate::domain::access::Act;
use crate::store::StoreError;
use crate::store::poster::Poster;
use crate::web::desk::Desk;
use crate::web::error::{WebError, WebResult};
use crate::web::form::Input;
use crate::web::open;
use crate::web::render::{Page, Problem};
use crate::web::reply::Reply;
use crate::web::url;
use crate::web::words::{Language, text};

/// One poster in the list.
#[derive(Clone, Debug, Serialize)]
pub struct PosterLine {
    pub agency: String,
    /// Where the desk is; none is the agency's own seat.
    pub county: Option<String>,
    pub href: String,
    pub made_at: chrono::NaiveDateTime,
}

/// The posters that somebody may hang.
#[derive(Serialize)]
pub struct PostersPage {
    pub key: String,
    pub lines: Vec<PosterLine>,
    pub agencies: Vec<Choose>,
    pub counties: Vec<Choose>,
    pub agency: String,
    pub county: String,
    /// Where answers are read, for those who may.
    pub voices: Option<&'static str>,
    pub problems: Vec<Problem>,
}

impl Page for PostersPage {
    const TEMPLATE: &'static str = "poster/index.html";
}

/// The poster itself.
#[derive(Serialize)]
pub struct PosterPage {
    pub key: String,
    pub back: &'static str,
    /// Where it hangs, and what it says: in Persian whoever prints it.
    pub agency: String,
    pub county: Option<String>,
    pub ask: String,
    pub how: String,
    pub foot: String,
    pub in_english: String,
    /// The code as a drawing: how many squares wide, and the dark ones.
    pub width: usize,
    pub squares: String,
    pub address: String,
    pub action: String,
}

impl Page for PosterPage {
    const TEMPLATE: &'static str = "poster/show.html";
}

fn page(desk: &Desk, input: &Input, faults: &[Fault]) -> Result<PostersPage, AppError> {
    let all = desk.ctx.store.read(|conn| poster::list(&desk.ctx, conn))?;
    let named = |fa: &str, en: &str| desk.choose(fa, en).to_owned();
    let lines = all.posters.iter().map(|one| PosterLine {
        agency: all
            .agency(one)
            .map(|agency| named(&agency.name_fa, &agency.name_en))
            .unwrap_or_default(),
        county: all
            .county(one)
            .map(|county| named(&county.name_fa, &county.name_en)),
        href: url::poster(&one.id),
        made_at: one.renewed_at.unwrap_or(one.created_at),
    });
    let agencies = all.agencies.iter();
    let counties = all.counties.iter();
    Ok(PostersPage {
        key: form_key(),
        lines: lines.collect(),
        agencies: agencies
            .map(|one| choice(&one.code, named(&one.name_fa, &one.name_en)))
            .collect(),
        counties: counties
            .map(|one| choice(&one.code, named(&one.name_fa, &one.name_en)))
            .collect(),
        agency: input.field("agency").to_owned(),
        county: input.field("county").to_owned(),
        voices: desk.ctx.actor.may(Act::SeeHandedIn).then_some(url::VOICES),
        problems: problems(faults),
    })
}

fn choice(value: &str, label: String) -> Choose {
    Choose {
        value: value.to_owned(),
        label,
        hint: None,
    }
}

/// The list, and the form for one more.
pub fn index(desk: &Desk, input: &Input) -> WebResult {
    desk.page(&page(desk, input, &[])?)
}

/// Makes a poster.
pub fn create(desk: &Desk, input: &Input) -> WebResult {
    match poster::make(&desk.ctx, input.field("agency"), input.field("county")) {
        Ok(()) => Ok(Reply::see_other(url::POSTERS, Some("poster-made"))),
        Err(AppError::Invalid(faults)) => desk.again(&page(desk, input, &faults)?),
        Err(error) => Err(error.into()),
    }
}

/// Gives it a new code.
pub fn renew(desk: &Desk, input: &Input) -> WebResult {
    poster::renew(&desk.ctx, input.part("id"))?;
    let to = url::poster(input.part("id"));
    Ok(Reply::see_other(&to, Some("poster-renewed")))
}

/// One page to print.
pub fn show(desk: &Desk, input: &Input) -> WebResult {
    let all = desk.ctx.store.read(|conn| poster::list(&desk.ctx, conn))?;
    let found = all.find(input.part("id"))?;
    desk.page(&printed(desk, &all, found)?)
}

fn printed(desk: &Desk, all: &Posters, of: &Poster) -> Result<PosterPage, WebError> {
    let base = desk.hall.state.config.base.trim_end_matches('/');
    let path = open::link(Language::Fa, &format!("/desk/{}", poster::token(of)));
    let address = format!("{base}{path}");
    let code = QrCode::with_error_correction_level(&address, EcLevel::Q)
        .map_err(|why| WebError::from(StoreError::Broken(format!("no code: {why}"))))?;
    let width = code.width();
    let agency = all.agency(of).ok_or(AppError::NotFound)?;
    Ok(PosterPage {
        key: form_key(),
        back: url::POSTERS,
        agency: agency.name_fa.clone(),
        county: all.county(of).map(|county| county.name_fa.clone()),
        ask: text(Language::Fa, "poster-ask").into_owned(),
        how: text(Language::Fa, "poster-how").into_owned(),
        foot: text(Language::Fa, "poster-foot").into_owned(),
        in_english: text(Language::En, "poster-ask-short").into_owned(),
        width: width + 8,
        squares: squares(&code.to_colors(), width),
        address,
        action: format!("{}/renewal", url::poster(&of.id)),
    })
}

/// The dark squares of a code as one path, with the four light squares around that readers need.
fn squares(colors: &[Color], width: usize) -> String {
    let dark = colors
        .iter()
        .enumerate()
        .filter(|(_, color)| **color == Color::Dark);
    dark.map(|(place, _)| format!("M{} {}h1v1h-1z", place % width + 4, place / width + 4))
        .collect()
}
