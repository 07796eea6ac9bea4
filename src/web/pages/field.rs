//! What an auditor takes along: the visits to come, and what is still only on the phone; the worker that keeps the pages
//! there.

use std::sync::LazyLock;

use actix_web::http::StatusCode;
use chrono::NaiveDate;
use serde::Serialize;
use sha2::{Digest, Sha256};

use super::problems;
use crate::app::{AppError, Problem as Fault, plan};
use crate::domain::access::Act;
use crate::domain::period::State;
use crate::store;
use crate::web::assets::{self, Templates};
use crate::web::desk::{Desk, Hall};
use crate::web::error::WebResult;
use crate::web::form::Input;
use crate::web::render::{Page, Problem};
use crate::web::reply::Reply;
use crate::web::url;

/// One planned visit.
#[derive(Clone, Debug, Serialize)]
pub struct PlanLine {
    pub href: String,
    pub agency: String,
    pub code: String,
    pub place: String,
    pub planned_on: NaiveDate,
    pub is_unannounced: bool,
    pub is_recorded: bool,
    pub is_today: bool,
}

/// The visits an auditor goes to.
#[derive(Serialize)]
pub struct FieldPage {
    pub owner: String,
    pub offset: i32,
    pub left: i64,
    pub lines: Vec<PlanLine>,
    /// Where the lead auditor plans: the quarters that are not final.
    pub planning: Vec<PlanningLink>,
    pub problems: Vec<Problem>,
}

/// The plan of a quarter.
#[derive(Clone, Debug, Serialize)]
pub struct PlanningLink {
    pub href: String,
    pub period: String,
}

impl Page for FieldPage {
    const TEMPLATE: &'static str = "visit/field.html";
}

/// Shows the visits an auditor goes to.
pub fn index(desk: &Desk, _: &Input) -> WebResult {
    desk.page(&page(desk)?)
}

/// Shows them again, with what was wrong with a file that was brought.
pub fn again(desk: &Desk, faults: &[Fault]) -> WebResult {
    let mut page = page(desk)?;
    page.problems = problems(faults);
    desk.again(&page)
}

fn page(desk: &Desk) -> Result<FieldPage, AppError> {
    let ctx = &desk.ctx;
    ctx.require(Act::Visit)?;
    desk.ctx.store.read(|conn| {
        let agencies = store::agency::list(conn, ctx.province())?;
        let mut lines = Vec::new();
        for (plan, is_recorded) in plan::list_own(ctx, conn)? {
            let mut all = agencies.iter();
            let agency = all.find(|one| one.id == plan.agency_id);
            let agency = agency.ok_or(AppError::NotFound)?;
            lines.push(PlanLine {
                href: url::sheet(&plan.id),
                agency: desk.choose(&agency.name_fa, &agency.name_en).to_owned(),
                code: agency.code.clone(),
                place: plan.place,
                planned_on: plan.planned_on,
                is_unannounced: plan.is_unannounced,
                is_recorded,
                is_today: plan.planned_on == ctx.today(),
            });
        }
        lines.sort_by_key(|line| (line.is_recorded, line.planned_on));
        let periods = store::period::list(conn, ctx.province())?;
        let open = periods
            .iter()
            .filter(|period| period.state() < State::Final);
        let planning = open.map(|period| PlanningLink {
            href: url::plans(&period.code),
            period: super::period::title(desk, &period.code),
        });
        Ok::<_, AppError>(FieldPage {
            owner: ctx.actor.user.clone(),
            offset: ctx.offset.as_minutes(),
            left: lines.iter().filter(|line| !line.is_recorded).count() as i64,
            lines,
            planning: planning
                .filter(|_| plan::require_lead(ctx).is_ok())
                .collect(),
            problems: Vec::new(),
        })
    })
}

/// What a page of the phone needs to stand without a line.
const NEEDED: [&str; 12] = [
    "bootstrap.rtl.min.css",
    "field_guard.js",
    "field_pages.js",
    "field_photo.js",
    "field_send.js",
    "field_sheet.js",
    "field_store.js",
    "file.js",
    "mark.svg",
    "mizan.css",
    "theme.js",
    "vazirmatn-var.woff2",
];

/// The worker with what it has to keep; its name of the cache changes with any of it.
static WORKER: LazyLock<String> = LazyLock::new(|| {
    let part = |name: &str| {
        let file = Templates::get(&format!("worker/{name}"));
        let file = file.or_else(|| Templates::get(&format!("assets/{name}")));
        file.map_or(String::new(), |file| {
            String::from_utf8_lossy(&file.data).into_owned()
        })
    };
    let code = [
        part("field_store.js"),
        part("field_send.js"),
        part("field_worker.js"),
    ]
    .join("\n");
    let needed: Vec<String> = NEEDED.iter().map(|name| assets::url(name)).collect();
    let hash = Sha256::new()
        .chain_update(&code)
        .chain_update(needed.join(" "))
        .finalize();
    let version = hex::encode(&hash[..4]);
    let list = needed.join("\", \"");
    format!("const VERSION = \"{version}\";\nconst NEEDED = [\"{list}\"];\n{code}")
});

/// Sends the worker; a browser asks whether it changed each time a page of its scope opens.
pub fn worker(_: &Hall, _: &Input) -> WebResult {
    let reply = Reply::of(
        StatusCode::OK,
        "text/javascript; charset=utf-8",
        WORKER.as_str(),
    );
    Ok(reply.with("x-content-type-options", "nosniff"))
}
