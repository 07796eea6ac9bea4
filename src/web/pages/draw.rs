//! The draw in public: the office or the lead auditor closes the urn and holds it; an agency reads why it was or was not
//! drawn.

use actix_web::http::StatusCode;
use chrono::NaiveDateTime;
use serde::Serialize;

use super::framework_text::FrameworkText;
use super::period::title;
use super::{form_key, problems};
use crate::app::{self, AppError};
use crate::domain::access::Act;
use crate::domain::draw::{FLOOR, Published, Rules};
use crate::domain::period::State;
use crate::store;
use crate::web::desk::Desk;
use crate::web::error::WebResult;
use crate::web::form::Input;
use crate::web::render::{Page, Problem};
use crate::web::reply::Reply;
use crate::web::url;

/// A stratum with how many are in it and how many were drawn.
#[derive(Clone, Debug, Serialize)]
pub struct StratumLine {
    /// The word key of its name.
    pub name: String,
    pub from_points: i64,
    pub take_pct: i64,
    pub count: i64,
    pub drawn: i64,
}

/// An agency that was drawn.
#[derive(Clone, Debug, Serialize)]
pub struct DrawnLine {
    pub name: String,
    pub code: String,
    /// The word key of the stratum it was drawn from.
    pub by: String,
    pub items: Vec<String>,
    pub risks: Vec<String>,
}

/// The draw of a quarter.
#[derive(Serialize)]
pub struct DrawPage {
    pub action: String,
    pub key: String,
    pub period: String,
    pub may_close: bool,
    pub may_hold: bool,
    /// The time for it has not come, or is over.
    pub is_time: bool,
    pub is_closed: bool,
    pub is_held: bool,
    pub urn_hash: String,
    pub claims_hash: String,
    pub closed_at: Option<NaiveDateTime>,
    pub closed_by: Option<String>,
    pub held_at: Option<NaiveDateTime>,
    pub held_by: Option<String>,
    pub digits: String,
    pub seed: String,
    pub count: i64,
    pub floor_pct: i64,
    pub strata: Vec<StratumLine>,
    pub risks: Vec<RiskLine>,
    pub drawn: Vec<DrawnLine>,
    pub file: Option<String>,
    pub typed: String,
    pub problems: Vec<Problem>,
}

/// What counts as a risk.
#[derive(Clone, Debug, Serialize)]
pub struct RiskLine {
    pub name: String,
    pub points: i64,
    pub is_true: bool,
}

impl Page for DrawPage {
    const TEMPLATE: &'static str = "draw/show.html";
}

/// The draw as one agency reads it.
#[derive(Serialize)]
pub struct OwnDrawPage {
    pub period: String,
    pub agency: String,
    pub is_held: bool,
    pub is_in: bool,
    pub is_drawn: bool,
    pub by: String,
    pub stratum: String,
    pub take_pct: i64,
    pub floor_pct: i64,
    pub points: i64,
    pub risks: Vec<RiskLine>,
    pub items: Vec<(String, String)>,
    pub digits: String,
    pub claims: String,
    pub claims_hash: String,
    pub seed: String,
    pub held_at: Option<NaiveDateTime>,
}

impl Page for OwnDrawPage {
    const TEMPLATE: &'static str = "draw/own.html";
}

fn stratum_key(id: &str) -> String {
    format!("draw-stratum-{id}")
}

fn risk_lines(rules: &Rules, own: &[String]) -> Vec<RiskLine> {
    let line = |one: &crate::domain::draw::Risk| RiskLine {
        name: risk_key(&one.id),
        points: one.points,
        is_true: own.contains(&one.id),
    };
    rules.risks.iter().map(line).collect()
}

fn risk_key(id: &str) -> String {
    format!("draw-risk-{}", id.replace('_', "-"))
}

fn page(desk: &Desk, period: &str) -> Result<DrawPage, AppError> {
    let ctx = &desk.ctx;
    ctx.store.read(|conn| {
        let found = app::draw::find(ctx, conn, period)?;
        let users = store::user::list(conn, ctx.province())?;
        let name = |id: &Option<String>| {
            let user = users.iter().find(|user| Some(&user.id) == id.as_ref());
            user.map(|user| user.name.clone())
        };
        let agencies = store::agency::list(conn, ctx.province())?;
        let rules = match &found.urn {
            Some(urn) => urn.rules.clone(),
            None => app::draw::rules()?,
        };
        let published = found.published.as_ref();
        let row = found.row.as_ref();
        let may = ctx.actor.may(Act::Draw);
        let is_time = (State::Closed..State::Preliminary).contains(&found.period.state());
        let drawn = published.map(|draw| drawn_lines(desk, &agencies, draw));
        let claims_hash = found.urn.as_ref().map(|urn| urn.claims_hash());
        let count = found.urn.as_ref().map_or(0, |urn| urn.entries.len());
        Ok(DrawPage {
            action: url::draw(period),
            key: form_key(),
            period: title(desk, period),
            may_close: may && is_time && row.is_none(),
            may_hold: may && row.is_some() && published.is_none(),
            is_time,
            is_closed: row.is_some(),
            is_held: published.is_some(),
            urn_hash: row.map_or(String::new(), |row| row.urn_hash.clone()),
            claims_hash: claims_hash.unwrap_or_default(),
            closed_at: row.map(|row| row.closed_at),
            closed_by: name(&row.map(|row| row.closed_by.clone())),
            held_at: row.and_then(|row| row.held_at),
            held_by: name(&row.and_then(|row| row.held_by.clone())),
            digits: published.map_or(String::new(), |draw| draw.digits.clone()),
            seed: published.map_or(String::new(), |draw| draw.seed.clone()),
            count: count as i64,
            floor_pct: rules.floor_pct,
            strata: strata(&rules, found.urn.as_ref(), published),
            risks: risk_lines(&rules, &[]),
            drawn: drawn.unwrap_or_default(),
            file: published.map(|_| format!("{}.json", url::draw(period))),
            typed: String::new(),
            problems: Vec::new(),
        })
    })
}

fn strata(
    rules: &Rules,
    urn: Option<&crate::domain::draw::Urn>,
    published: Option<&Published>,
) -> Vec<StratumLine> {
    let entries = urn.map(|urn| urn.entries.as_slice()).unwrap_or_default();
    let drawn = published
        .map(|draw| draw.drawn.as_slice())
        .unwrap_or_default();
    let line = |one: &crate::domain::draw::Stratum| StratumLine {
        name: stratum_key(&one.id),
        from_points: one.from_points,
        take_pct: one.take_pct,
        count: entries
            .iter()
            .filter(|entry| rules.stratum(entry) == Some(one))
            .count() as i64,
        drawn: drawn.iter().filter(|drawn| drawn.by == one.id).count() as i64,
    };
    let strata: Vec<StratumLine> = rules.strata.iter().map(line).collect();
    let others: i64 = strata.iter().map(|one| one.count - one.drawn).sum();
    let floor = StratumLine {
        name: stratum_key(FLOOR),
        from_points: 0,
        take_pct: rules.floor_pct,
        count: others,
        drawn: drawn.iter().filter(|drawn| drawn.by == FLOOR).count() as i64,
    };
    strata.into_iter().chain([floor]).collect()
}

fn drawn_lines(
    desk: &Desk,
    agencies: &[store::agency::Agency],
    draw: &Published,
) -> Vec<DrawnLine> {
    let entry = |code: &str| draw.urn.entries.iter().find(|one| one.code == code);
    let line = |one: &crate::domain::draw::Drawn| {
        let agency = agencies.iter().find(|agency| agency.code == one.code);
        let risks = entry(&one.code).map(|entry| entry.risks.iter());
        DrawnLine {
            name: agency.map_or(one.code.clone(), |agency| {
                desk.choose(&agency.name_fa, &agency.name_en).to_owned()
            }),
            code: one.code.clone(),
            by: stratum_key(&one.by),
            items: one.items.clone(),
            risks: risks.into_iter().flatten().map(|id| risk_key(id)).collect(),
        }
    };
    draw.drawn.iter().map(line).collect()
}

/// Shows the draw of a quarter.
pub fn show(desk: &Desk, input: &Input) -> WebResult {
    desk.page(&page(desk, input.part("period"))?)
}

/// Closes the urn.
pub fn close(desk: &Desk, input: &Input) -> WebResult {
    let period = input.part("period");
    app::draw::close(&desk.ctx, period)?;
    Ok(Reply::see_other(&url::draw(period), Some("draw-closed")))
}

/// Holds the draw with the digits of the meeting.
pub fn hold(desk: &Desk, input: &Input) -> WebResult {
    let period = input.part("period");
    match app::draw::hold(&desk.ctx, period, input.field("digits")) {
        Ok(()) => Ok(Reply::see_other(&url::draw(period), Some("draw-held"))),
        Err(AppError::Invalid(faults)) => {
            let mut page = page(desk, period)?;
            page.typed = input.field("digits").to_owned();
            page.problems = problems(&faults);
            desk.again(&page)
        }
        Err(error) => Err(error.into()),
    }
}

/// The published file, for `mizan draw --verify`.
pub fn json(desk: &Desk, input: &Input) -> WebResult {
    let ctx = &desk.ctx;
    let found = ctx
        .store
        .read(|conn| app::draw::find(ctx, conn, input.part("period")))?;
    let file = found.row.and_then(|row| row.published);
    let file = file.ok_or(AppError::NotFound)?;
    let name = format!("attachment; filename=\"draw-{}.json\"", found.period.code);
    let reply = Reply::of(StatusCode::OK, "application/json; charset=utf-8", file);
    Ok(reply.with("content-disposition", &name))
}

/// Tells an agency why it was or was not drawn; nothing of the others.
pub fn own(desk: &Desk, input: &Input) -> WebResult {
    let ctx = &desk.ctx;
    let (period, code) = (input.part("period"), input.part("agency"));
    let page = ctx.store.read(|conn| {
        let own = app::draw::find_own(ctx, conn, period, code)?;
        let agency = store::agency::find(conn, ctx.province(), &own.agency_id)?;
        let agency = agency.ok_or(AppError::NotFound)?;
        let framework = ctx.frameworks.of(conn, &own.period)?;
        let texts = FrameworkText::of(&framework, desk.hall.language);
        let row = store::draw::find(conn, ctx.province(), &own.period.id)?;
        let draw = own.published.as_ref();
        let rules = draw.map(|draw| &draw.urn.rules);
        let risks = own.entry.as_ref().map_or(&[][..], |one| &one.risks);
        let drawn = own.drawn.as_ref();
        let items = drawn.map_or(&[][..], |one| &one.items).iter();
        let stratum = rules.and_then(|rules| {
            let mut all = rules.strata.iter();
            all.find(|one| Some(&one.id) == own.stratum.as_ref())
        });
        Ok::<_, AppError>(OwnDrawPage {
            period: title(desk, period),
            agency: desk.choose(&agency.name_fa, &agency.name_en).to_owned(),
            is_held: draw.is_some(),
            is_in: own.entry.is_some(),
            is_drawn: drawn.is_some(),
            by: drawn.map_or(String::new(), |one| stratum_key(&one.by)),
            stratum: stratum.map_or(String::new(), |one| stratum_key(&one.id)),
            take_pct: stratum.map_or(0, |one| one.take_pct),
            floor_pct: rules.map_or(0, |rules| rules.floor_pct),
            points: own.points,
            risks: rules
                .map(|rules| risk_lines(rules, risks))
                .unwrap_or_default(),
            items: items
                .map(|code| (code.clone(), texts.title(code)))
                .collect(),
            digits: draw.map_or(String::new(), |draw| draw.digits.clone()),
            seed: draw.map_or(String::new(), |draw| draw.seed.clone()),
            claims_hash: draw.map_or(String::new(), |draw| draw.claims_hash.clone()),
            claims: own.entry.map_or(String::new(), |one| one.claims),
            held_at: row.and_then(|row| row.held_at),
        })
    })?;
    desk.page(&page)
}
