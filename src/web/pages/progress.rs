//! How far every agency is, for everybody who may see it: percents, no answers and no scores.

use serde::Serialize;

use crate::app::progress::{Progress, of_period};
use crate::app::{self, AppError};
use crate::domain::access::Act;
use crate::store;
use crate::web::desk::Desk;
use crate::web::error::WebResult;
use crate::web::form::Input;
use crate::web::render::Page;

/// One agency.
#[derive(Clone, Debug, Serialize)]
pub struct ProgressLine {
    pub code: String,
    pub name: String,
    pub is_handed_in: bool,
    pub is_late: bool,
    pub percent: i64,
    pub verified: i64,
    pub open_queries: i64,
}

impl ProgressLine {
    /// How far an agency is, in the reader's language.
    pub fn of(desk: &Desk, of: &Progress) -> ProgressLine {
        ProgressLine {
            code: of.agency.code.clone(),
            name: desk
                .choose(&of.agency.name_fa, &of.agency.name_en)
                .to_owned(),
            is_handed_in: of.assessment.is_handed_in(),
            is_late: of.assessment.is_late,
            percent: of.percent(),
            verified: of.verified_percent(),
            open_queries: of.open_queries,
        }
    }
}

/// How many agencies stand where.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Stand {
    pub all: i64,
    pub handed_in: i64,
    /// Everything chosen, not signed yet.
    pub ready: i64,
    pub begun: i64,
    pub untouched: i64,
}

impl Stand {
    /// Counts agencies by how far they are.
    pub fn of(all: &[Progress]) -> Stand {
        let mut stand = Stand::default();
        for one in all {
            stand.all += 1;
            let place = match () {
                () if one.assessment.is_handed_in() => &mut stand.handed_in,
                () if one.answered >= one.asked => &mut stand.ready,
                () if one.answered > 0 => &mut stand.begun,
                () => &mut stand.untouched,
            };
            *place += 1;
        }
        stand
    }
}

/// The page.
#[derive(Serialize)]
pub struct ProgressPage {
    pub title: String,
    pub state: String,
    pub stand: Stand,
    pub lines: Vec<ProgressLine>,
    pub shows_verified: bool,
}

impl Page for ProgressPage {
    const TEMPLATE: &'static str = "progress/show.html";
}

/// Shows how far every agency is.
pub fn show(desk: &Desk, input: &Input) -> WebResult {
    desk.ctx.require(Act::SeeProgress)?;
    let (period, all) = desk.ctx.store.read(|conn| {
        let code = input.part("period");
        let period = store::period::find_by_code(conn, desk.ctx.province(), code)?;
        let period = period.ok_or(AppError::NotFound)?;
        let all = of_period(&desk.ctx, conn, &period)?;
        Ok::<_, app::AppError>((period, all))
    })?;
    desk.page(&ProgressPage {
        title: super::period::title(desk, &period.code),
        state: super::period::state_key(period.state()),
        stand: Stand::of(&all),
        lines: all.iter().map(|one| ProgressLine::of(desk, one)).collect(),
        shows_verified: desk.ctx.actor.may(Act::SeeHandedIn),
    })
}
