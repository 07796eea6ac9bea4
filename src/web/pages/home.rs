//! The first page of everybody: what to do next.

use actix_web::http::{Method, StatusCode};
use serde::Serialize;

use super::practice;
use crate::app::Ctx;
use crate::domain::access::{Act, Role, is_practice};
use crate::domain::period::State;
use crate::store::period::Period;
use crate::store::{self, StoreError};
use crate::web::desk::{Desk, Frame, Hall};
use crate::web::error::WebResult;
use crate::web::form::Input;
use crate::web::render::{NavItem, Page};
use crate::web::reply::Reply;
use crate::web::url;
use crate::web::words::Language;

/// Whether the program answers, for the operator's watch.
pub fn health(hall: &Hall, _: &Input) -> WebResult {
    hall.state.store.read(store::province::list)?;
    Ok(Reply::of(StatusCode::OK, "text/plain; charset=utf-8", "ok"))
}

/// The period that is worked on: the newest that is not final, else the newest.
pub fn current(periods: &[Period]) -> Option<&Period> {
    let is_running =
        |period: &&Period| period.state() < State::Final && period.state() > State::Planned;
    periods
        .iter()
        .find(is_running)
        .or_else(|| periods.iter().find(|p| p.state() >= State::Final))
}

/// The newest period with a final result.
pub fn finished(periods: &[Period]) -> Option<&Period> {
    periods.iter().find(|period| period.state() >= State::Final)
}

/// What stands around the pages of a person: province, agency and sections.
pub fn frame(hall: &Hall, ctx: &Ctx) -> Result<Frame, StoreError> {
    let (province, agency, periods, guide) = ctx.store.read(|conn| {
        let agency = ctx.actor.agency.as_deref();
        let found = store::province::find_with_agency(conn, ctx.province(), agency)?;
        let (province, agency) = found.ok_or(StoreError::Broken(
            "a session without its province".to_owned(),
        ))?;
        let periods = store::period::list(conn, ctx.province())?;
        // A page goes out without its guide rather than not at all.
        let guide = is_practice(ctx.province()).then(|| practice::guide(ctx, conn).ok());
        Ok::<_, StoreError>((province, agency, periods, guide.flatten()))
    })?;
    let code = agency.as_ref().map(|agency| agency.code.as_str());
    let nav = nav(ctx, code, &periods, &hall.path);
    let unit = agency.map(|agency| match hall.language {
        Language::Fa => agency.name_fa,
        Language::En => agency.name_en,
    });
    Ok(Frame {
        province,
        unit,
        nav,
        guide,
    })
}

/// The sections open to a person.
fn nav(ctx: &Ctx, agency: Option<&str>, periods: &[Period], path: &str) -> Vec<NavItem> {
    let mut nav = Vec::new();
    let mut add = |label: &str, href: String| {
        // Every answer belongs to the checklist.
        let answers = href
            .strip_suffix("checklist")
            .map(|base| format!("{base}answers/"));
        let is_current = path == href || answers.is_some_and(|base| path.starts_with(&base));
        nav.push(NavItem {
            label_key: label.to_owned(),
            href,
            count: None,
            is_current,
        });
    };
    add("shell-nav-home", url::HOME.to_owned());
    if matches!(ctx.actor.role, Role::Auditor | Role::LeadAuditor) {
        add("shell-nav-queue", url::QUEUE.to_owned());
        add("shell-nav-field", url::FIELD.to_owned());
        if let Some(now) = current(periods) {
            add("shell-nav-visits", url::coverage(&now.code));
            add("shell-nav-re-review", url::RE_REVIEWS.to_owned());
        }
    }
    let (now, last) = (
        current(periods).map(|p| p.code.as_str()),
        finished(periods).map(|p| p.code.as_str()),
    );
    if let (Some(agency), Some(now)) = (agency, now) {
        add("shell-nav-checklist", url::checklist(now, agency));
        add("shell-nav-review", url::review(now, agency));
        if current(periods).is_some_and(|period| period.state() >= State::Closed) {
            add("draw-name", url::own_draw(now, agency));
        }
    }
    for (label, href) in of_the_quarter(ctx, now) {
        add(label, href);
    }
    if let (Some(last), true) = (last, ctx.actor.may(Act::SeeRanking)) {
        add("shell-nav-brief", url::brief(last));
        add("shell-nav-ranking", url::ranking(last));
        add("shell-nav-editions", url::editions(last));
        if let Some(agency) = agency {
            add("shell-nav-score", url::score(last, agency));
        }
    }
    if ctx.actor.may(Act::SeeResolutions) {
        add("shell-nav-resolutions", url::RESOLUTIONS.to_owned());
    }
    if ctx.actor.may(Act::Resolve) {
        add("shell-nav-meetings", url::MEETINGS.to_owned());
    }
    for (label, href) in of_people(ctx) {
        add(label, href.to_owned());
    }
    nav
}

/// The sections about people, letters and the log, and one's own account.
fn of_people(ctx: &Ctx) -> Vec<(&'static str, &'static str)> {
    let mut sections = Vec::new();
    if ctx.actor.may(Act::Operate) || ctx.actor.may(Act::Administer) {
        sections.push(("shell-nav-users", url::USERS));
        sections.push(("shell-nav-letters", url::LETTERS));
    }
    if ctx.actor.may(Act::Operate) {
        sections.push(("shell-nav-log", url::LOG));
    }
    if ctx.actor.may(Act::HangPoster) && !is_practice(ctx.province()) {
        sections.push(("shell-nav-posters", url::POSTERS));
    }
    if ctx.actor.may(Act::SeeHandedIn) {
        sections.push(("shell-nav-voices", url::VOICES));
    }
    sections.push(("shell-nav-account", url::ACCOUNT));
    sections
}

/// The work on the quarter that runs, for those who run it.
fn of_the_quarter(ctx: &Ctx, now: Option<&str>) -> Vec<(&'static str, String)> {
    let may = |act| ctx.actor.may(act);
    let mut links = Vec::new();
    if let Some(now) = now {
        let all = [
            (
                Act::SeeCommittee,
                "shell-nav-committee",
                url::committee(now),
            ),
            (Act::Draw, "draw-name", url::draw(now)),
            (
                Act::Administer,
                "office-nav-measurements",
                url::measurements(now),
            ),
            (Act::SeeProgress, "office-nav-progress", url::progress(now)),
        ];
        let own = all.into_iter().filter(|(act, ..)| may(*act));
        links.extend(own.map(|(_, label, href)| (label, href)));
    }
    if may(Act::Administer) {
        links.push(("shell-nav-periods", url::PERIODS.to_owned()));
        links.push(("office-nav-agencies", url::AGENCIES.to_owned()));
        links.push(("office-nav-holidays", url::HOLIDAYS.to_owned()));
    }
    links
}

/// A page for whom nothing waits.
#[derive(Serialize)]
pub struct HomePage {
    /// Whom it greets.
    pub name: String,
    /// Where to go on.
    pub links: Vec<(String, String)>,
}

impl Page for HomePage {
    const TEMPLATE: &'static str = "home/show.html";
}

/// Leads to the first work of a role, or shows that nothing waits.
pub fn show(desk: &Desk, _: &Input) -> WebResult {
    let periods = desk
        .ctx
        .store
        .read(|conn| store::period::list(conn, desk.ctx.province()))?;
    let (now, last) = (current(&periods), finished(&periods));
    if let (Some(now), Some(id)) = (now, &desk.ctx.actor.agency) {
        let agency = desk
            .ctx
            .store
            .read(|conn| store::agency::find(conn, desk.ctx.province(), id))?;
        if let Some(agency) = agency {
            return super::assessment::home(desk, &now.code, &agency.code);
        }
    }
    let to = match (desk.ctx.actor.role, now, last) {
        (Role::Auditor | Role::LeadAuditor, ..) => Some(url::QUEUE.to_owned()),
        (Role::Office, ..) => Some(url::PERIODS.to_owned()),
        (Role::Committee, Some(now), _) => Some(url::committee(&now.code)),
        (Role::Governor, _, Some(last)) => Some(url::brief(&last.code)),
        (Role::Administrator, ..) => Some("/users".to_owned()),
        _ => None,
    };
    let to = to.filter(|to| crate::web::route::find(&Method::GET, to).is_ok());
    if let Some(to) = to {
        return Ok(Reply::see_other(&to, None));
    }
    let links = desk
        .frame()
        .into_iter()
        .flat_map(|frame| frame.nav.iter().skip(1))
        .map(|item| (item.label_key.clone(), item.href.clone()));
    desk.page(&HomePage {
        name: desk.ctx.actor.name.clone(),
        links: links.collect(),
    })
}
