//! One period for the planning office: its ten states with days and people, what holds it, and its agencies.

use std::collections::HashMap;

use chrono::{NaiveDate, NaiveDateTime};
use serde::Serialize;

use super::answer::Choose;
use super::form_key;
use super::progress::{ProgressLine, Stand};
use crate::app::progress::Progress;
use crate::app::{self, AppError};
use crate::domain::access::Act;
use crate::domain::calendar::Quarter;
use crate::domain::period::{self, State};
use crate::store::event::EventRow;
use crate::store::period::Period;
use crate::store::user::User;
use crate::store::{self, Conn};
use crate::web::desk::Desk;
use crate::web::error::WebResult;
use crate::web::form::Input;
use crate::web::render::Page;
use crate::web::url;
use crate::web::words::{Language, Phrase};

/// The title of a quarter in the reader's language.
pub fn title(desk: &Desk, code: &str) -> String {
    quarter_title(desk.hall.language, code)
}

/// The title of a quarter in a language.
pub fn quarter_title(language: Language, code: &str) -> String {
    let quarter = Quarter::parse(code);
    quarter.map_or_else(
        |_| code.to_owned(),
        |quarter| match language {
            Language::Fa => quarter.title_fa(),
            Language::En => quarter.title_en(),
        },
    )
}

/// The word key of a state.
pub fn state_key(state: State) -> String {
    format!("office-state-{}", state.as_str().replace('_', "-"))
}

/// One state on the timeline.
#[derive(Clone, Debug, Serialize)]
pub struct StateLine {
    pub key: String,
    pub is_done: bool,
    pub is_now: bool,
    /// The day the calendar has for it.
    pub planned: Option<NaiveDate>,
    pub moved_at: Option<NaiveDateTime>,
    pub moved_by: Option<String>,
}

/// An agency on the board.
#[derive(Clone, Debug, Serialize)]
pub struct BoardLine {
    pub progress: ProgressLine,
    pub auditor: Option<String>,
    pub case_href: String,
    pub action: String,
}

/// One period.
#[derive(Serialize)]
pub struct PeriodPage {
    pub key: String,
    pub code: String,
    pub title: String,
    pub state: String,
    pub states: Vec<StateLine>,
    pub dates: Vec<(String, NaiveDate)>,
    pub today: NaiveDate,
    pub framework: String,
    pub next: Option<String>,
    /// Why it cannot move now.
    pub refusal: Option<Phrase>,
    /// What would be left undone by moving now.
    pub warnings: Vec<Phrase>,
    pub needs_two: bool,
    pub proposed_by: Option<String>,
    pub may_move: bool,
    pub move_href: String,
    pub stand: Stand,
    pub board: Vec<BoardLine>,
    pub auditors: Vec<Choose>,
    pub may_assign: bool,
    pub assign_all: String,
    pub links: Vec<(String, String)>,
}

impl Page for PeriodPage {
    const TEMPLATE: &'static str = "period/show.html";
}

/// A period with everything its pages are made of, each kind read once.
pub struct Found {
    pub period: Period,
    pub progress: Vec<Progress>,
    /// People who may audit.
    pub auditors: Vec<User>,
    facts: period::Facts,
    /// Who proposed the move that waits: id and name.
    proposed_by: Option<(String, String)>,
    events: Vec<EventRow>,
    names: HashMap<String, String>,
}

/// Finds a period for those who move it.
pub fn find(desk: &Desk, code: &str) -> Result<Found, AppError> {
    desk.ctx.require(Act::Finalise)?;
    desk.ctx.store.read(|conn| found(desk, conn, code))
}

fn found(desk: &Desk, conn: &mut Conn, code: &str) -> Result<Found, AppError> {
    let province = desk.ctx.province();
    let period = store::period::find_by_code(conn, province, code)?.ok_or(AppError::NotFound)?;
    let users = store::user::list(conn, province)?;
    let names: HashMap<String, String> = users
        .iter()
        .map(|user| (user.id.clone(), user.name.clone()))
        .collect();
    let waiting = store::period::find_waiting_move(conn, province, &period.id)?;
    let proposed_by = waiting.map(|waiting| {
        let name = names.get(&waiting.proposed_by).cloned();
        (waiting.proposed_by, name.unwrap_or_default())
    });
    let auditors = app::assignment::auditors(&desk.ctx, conn)?.into_iter();
    let auditors = auditors.map(|(user, _)| user).collect();
    Ok(Found {
        facts: app::period::facts(&desk.ctx, conn, &period)?,
        events: store::event::list_of(conn, province, "period", &period.id)?,
        progress: app::progress::of_period(&desk.ctx, conn, &period)?,
        auditors,
        proposed_by,
        names,
        period,
    })
}

impl Found {
    /// Why the period cannot move now, with its day or its count.
    fn refusal(&self) -> Option<Phrase> {
        let key = period::next(self.period.state(), &self.facts)
            .err()
            .map(app::period::refusal_key)?;
        Some(Phrase::of(key))
    }

    fn timeline(&self) -> Vec<StateLine> {
        let now = self.period.state();
        let line = |state: State| {
            let moved = self.moved(state);
            StateLine {
                key: state_key(state),
                is_done: state < now,
                is_now: state == now,
                planned: self.planned(state),
                moved_at: moved.map(|event| event.at),
                moved_by: moved
                    .and_then(|event| self.names.get(&event.actor_id))
                    .cloned(),
            }
        };
        State::ALL.map(line).to_vec()
    }

    /// The event that brought the period into a state.
    fn moved(&self, state: State) -> Option<&EventRow> {
        self.events
            .iter()
            .rev()
            .find(|event| match event.action.as_str() {
                "period.created" | "period.imported" => event.body == state.as_str(),
                "period.moved" => event.body.split(' ').nth(1) == Some(state.as_str()),
                _ => false,
            })
    }

    /// The day the calendar has for a state.
    fn planned(&self, state: State) -> Option<NaiveDate> {
        let period = &self.period;
        Some(match state {
            State::Planned | State::Archived => return None,
            State::Open => period.opens_on,
            State::Closed | State::UnderReview => period.last_edit_on.succ_opt()?,
            State::Preliminary => period.preliminary_on,
            State::ObjectionOpen => period.preliminary_on.succ_opt()?,
            State::ReReview => period.objections_end_on.succ_opt()?,
            State::Committee => period.re_review_end_on.succ_opt()?,
            State::Final => period.final_on,
        })
    }

    /// What moving on now would leave undone. It keeps nobody from moving.
    fn warnings(&self) -> Vec<Phrase> {
        let count = |is: &dyn Fn(&Progress) -> bool| {
            self.progress.iter().filter(|one| is(one)).count() as i64
        };
        let state = self.period.state();
        let mut warnings = Vec::new();
        let mut warn = |key: &'static str, count: i64| {
            if count > 0 {
                warnings.push(Phrase::of(key).with("count", count));
            }
        };
        if state == State::Open {
            warn(
                "office-warn-not-handed",
                count(&|one| !one.assessment.is_handed_in()),
            );
        }
        if state < State::Preliminary {
            warn(
                "office-warn-no-auditor",
                count(&|one| one.auditor.is_none()),
            );
        }
        if state == State::UnderReview {
            warn(
                "office-warn-unverified",
                count(&|one| one.judged < one.claims),
            );
            warn(
                "office-warn-queries",
                self.progress.iter().map(|one| one.open_queries).sum(),
            );
        }
        warnings
    }

    fn board(&self, desk: &Desk) -> Vec<BoardLine> {
        let code = &self.period.code;
        let line = |one: &Progress| BoardLine {
            progress: ProgressLine::of(desk, one),
            auditor: one
                .auditor
                .as_ref()
                .and_then(|id| self.names.get(id))
                .cloned(),
            case_href: url::case(code, &one.agency.code),
            action: format!("{}/assignments/{}", url::period(code), one.agency.code),
        };
        self.progress.iter().map(line).collect()
    }

    fn dates(&self) -> Vec<(String, NaiveDate)> {
        let period = &self.period;
        let dates = [
            ("office-date-frozen", period.profiles_frozen_on),
            ("office-date-opens", period.opens_on),
            ("office-date-deadline", period.deadline_on),
            ("office-date-last-new", period.last_new_on),
            ("office-date-last-edit", period.last_edit_on),
            ("office-date-preliminary", period.preliminary_on),
            ("office-date-objections", period.objections_end_on),
            ("office-date-re-review", period.re_review_end_on),
            ("office-date-committee", period.committee_end_on),
            ("office-date-final", period.final_on),
        ];
        dates.map(|(key, day)| (key.to_owned(), day)).to_vec()
    }
}

/// Where the office goes on from a period.
fn links(desk: &Desk, code: &str) -> Vec<(String, String)> {
    let mut links = vec![
        ("office-nav-progress".to_owned(), url::progress(code)),
        ("extension-register".to_owned(), url::register(code)),
    ];
    if desk.ctx.actor.may(Act::Administer) {
        links.push((
            "office-nav-measurements".to_owned(),
            url::measurements(code),
        ));
        links.push(("office-export".to_owned(), url::returns(code)));
        links.push(("office-agreement".to_owned(), format!("/{code}/agreement")));
    }
    links.push(("shell-nav-committee".to_owned(), url::committee(code)));
    links
}

/// One period with its timeline.
pub fn show(desk: &Desk, input: &Input) -> WebResult {
    let found = find(desk, input.part("period"))?;
    let period = &found.period;
    let state = period.state();
    let next = state.following();
    let needs_two = next.is_some_and(State::needs_two);
    let may = desk.ctx.actor.may(Act::Administer) || needs_two;
    let proposer = found.proposed_by.as_ref();
    let is_own_proposal = proposer.is_some_and(|(user, _)| *user == desk.ctx.actor.user);
    let refusal = found.refusal();
    let auditors = found.auditors.iter().map(|user| Choose {
        value: user.id.clone(),
        label: user.name.clone(),
        hint: None,
    });
    desk.page(&PeriodPage {
        key: form_key(),
        code: period.code.clone(),
        title: title(desk, &period.code),
        state: state_key(state),
        states: found.timeline(),
        dates: found.dates(),
        today: desk.ctx.today(),
        framework: format!("{} {}", period.framework_code, period.framework_version),
        next: next.map(state_key),
        may_move: may && refusal.is_none() && next.is_some() && !is_own_proposal,
        refusal,
        warnings: found.warnings(),
        needs_two,
        proposed_by: proposer.map(|(_, name)| name.clone()),
        move_href: format!("{}/move", url::period(&period.code)),
        stand: Stand::of(&found.progress),
        board: found.board(desk),
        auditors: auditors.collect(),
        may_assign: desk.ctx.actor.may(Act::Administer) && state < State::Final,
        assign_all: format!("{}/assignments", url::period(&period.code)),
        links: links(desk, &period.code),
    })
}
