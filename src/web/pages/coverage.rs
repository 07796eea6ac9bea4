//! How far the visits of a quarter reach: which agencies were seen, how often, what waits to be signed off.

use std::collections::HashMap;

use chrono::NaiveDate;
use serde::Serialize;

use super::framework_text::FrameworkText;
use crate::app::AppError;
use crate::domain::access::Act;
use crate::domain::answer::applies;
use crate::store;
use crate::store::visit::Visit;
use crate::web::desk::Desk;
use crate::web::error::WebResult;
use crate::web::form::Input;
use crate::web::render::Page;
use crate::web::url;

/// How many unannounced visits an agency with a desk gets in a quarter.
pub const WANTED: i64 = 2;

/// One agency.
#[derive(Clone, Debug, Serialize)]
pub struct CoverageRow {
    pub code: String,
    pub name: String,
    pub href: String,
    pub counted: i64,
    pub waiting: i64,
    pub empty: i64,
    pub last_on: Option<NaiveDate>,
    pub is_enough: bool,
}

/// The overview.
#[derive(Serialize)]
pub struct CoveragePage {
    pub period: String,
    pub draw: String,
    pub wanted: i64,
    pub all: i64,
    pub enough: i64,
    pub percent: i64,
    pub waiting: i64,
    pub rows: Vec<CoverageRow>,
}

impl Page for CoveragePage {
    const TEMPLATE: &'static str = "visit/coverage.html";
}

/// The visits of a period to the agencies of whoever asks.
pub fn show(desk: &Desk, input: &Input) -> WebResult {
    let ctx = &desk.ctx;
    ctx.require(Act::SeeHandedIn)?;
    let code = input.part("period");
    let mut rows = ctx.store.read(|conn| {
        let period = store::period::find_by_code(conn, ctx.province(), code)?;
        let period = period.ok_or(AppError::NotFound)?;
        let framework = ctx.frameworks.of(conn, &period)?;
        let texts = FrameworkText::of(&framework, desk.hall.language);
        let mut visits: HashMap<String, Vec<Visit>> = HashMap::new();
        for visit in store::visit::list_of_period(conn, ctx.province(), &period.id)? {
            visits
                .entry(visit.agency_id.clone())
                .or_default()
                .push(visit);
        }
        let mut own = HashMap::new();
        for row in store::assessment::list(conn, &ctx.actor.scope, &period.id)? {
            own.insert(row.agency_id.clone(), row);
        }
        let mut rows = Vec::new();
        for agency in store::agency::list(conn, ctx.province())? {
            let Some(assessment) = own.get(&agency.id) else {
                continue;
            };
            let flags = assessment.flags();
            if texts.is_visited(|one| applies(one, &flags)) {
                let name = desk.choose(&agency.name_fa, &agency.name_en);
                let seen = visits.remove(&agency.id).unwrap_or_default();
                rows.push(row(code, &agency.code, name, &seen));
            }
        }
        Ok::<_, AppError>(rows)
    })?;
    rows.sort_by_key(|row| (row.counted, row.code.clone()));
    let all = rows.len() as i64;
    let enough = rows.iter().filter(|row| row.is_enough).count() as i64;
    desk.page(&CoveragePage {
        period: super::period::title(desk, code),
        draw: url::draw(code),
        wanted: WANTED,
        all,
        enough,
        percent: (enough * 100).checked_div(all).unwrap_or(0),
        waiting: rows.iter().map(|row| row.waiting).sum(),
        rows,
    })
}

fn row(period: &str, agency: &str, name: &str, visits: &[Visit]) -> CoverageRow {
    let count = |is_meant: fn(&Visit) -> bool| {
        let meant = visits.iter().filter(|visit| is_meant(visit));
        meant.count() as i64
    };
    let counted = count(|visit| visit.counts() && visit.is_unannounced);
    CoverageRow {
        code: agency.to_owned(),
        name: name.to_owned(),
        href: url::visits(period, agency),
        counted,
        waiting: count(|visit| !visit.counts()),
        empty: count(|visit| visit.counts() && visit.is_unannounced && visit.is_empty_desk()),
        last_on: visits.iter().map(|visit| visit.visited_on).max(),
        is_enough: counted >= WANTED,
    }
}
