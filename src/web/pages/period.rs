//! The planning office's periods: create the next, see where it stands, move it, share out the work.

use std::collections::HashMap;

use chrono::NaiveDate;
use serde::Serialize;

use super::answer::Choose;
use super::{form_key, problems};
use crate::app::period::{Moved, advance, create as create_period, next_quarter};
use crate::app::{self, AppError};
use crate::domain::access::{Act, Role};
use crate::domain::calendar::Quarter;
use crate::domain::period::{self, State};
use crate::store;
use crate::store::period::Period;
use crate::web::desk::Desk;
use crate::web::error::WebResult;
use crate::web::form::Input;
use crate::web::render::{Page, Problem};
use crate::web::reply::Reply;
use crate::web::url;
use crate::web::words::Language;

/// One period in the list.
#[derive(Clone, Debug, Serialize)]
pub struct PeriodRow {
    pub code: String,
    pub title: String,
    pub href: String,
    pub state: String,
    pub deadline: NaiveDate,
    pub is_imported: bool,
}

/// All periods.
#[derive(Serialize)]
pub struct PeriodsPage {
    pub key: String,
    pub periods: Vec<PeriodRow>,
    pub next_title: String,
}

impl Page for PeriodsPage {
    const TEMPLATE: &'static str = "period/index.html";
}

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

/// The list of periods.
pub fn index(desk: &Desk, _: &Input) -> WebResult {
    desk.ctx.require(Act::Administer)?;
    let (periods, next) = desk.ctx.store.read(|conn| {
        let periods = store::period::list(conn, desk.ctx.province())?;
        Ok::<_, AppError>((periods, next_quarter(&desk.ctx, conn)?))
    })?;
    let rows = periods.iter().map(|period| PeriodRow {
        code: period.code.clone(),
        title: title(desk, &period.code),
        href: url::period(&period.code),
        state: state_key(period.state()),
        deadline: period.deadline_on,
        is_imported: period.is_imported,
    });
    desk.page(&PeriodsPage {
        key: form_key(),
        periods: rows.collect(),
        next_title: title(desk, &next.to_string()),
    })
}

/// Creates the next quarter.
pub fn create(desk: &Desk, _: &Input) -> WebResult {
    let code = create_period(&desk.ctx)?;
    Ok(Reply::see_other(
        &url::period(&code),
        Some("office-created"),
    ))
}

/// How far an agency is.
#[derive(Clone, Debug, Serialize)]
pub struct Progress {
    pub code: String,
    pub name: String,
    pub is_handed_in: bool,
    pub is_late: bool,
    pub done: i64,
    pub auditor: Option<String>,
    pub action: String,
}

/// One period.
#[derive(Serialize)]
pub struct PeriodPage {
    pub code: String,
    pub title: String,
    pub state: String,
    pub states: Vec<(String, bool, bool)>,
    pub dates: Vec<(String, NaiveDate)>,
    pub today: NaiveDate,
    pub framework: String,
    pub next: Option<String>,
    /// Why it cannot move now.
    pub refusal: Option<String>,
    pub needs_two: bool,
    pub proposed_by: Option<String>,
    pub may_move: bool,
    pub move_href: String,
    pub handed_in: i64,
    pub all: i64,
    pub agencies: Vec<Progress>,
    pub auditors: Vec<Choose>,
    pub may_assign: bool,
    pub assign_all: String,
}

impl Page for PeriodPage {
    const TEMPLATE: &'static str = "period/show.html";
}

struct Found {
    period: Period,
    refusal: Option<&'static str>,
    proposed_by: Option<(String, String)>,
    agencies: Vec<Progress>,
    auditors: Vec<Choose>,
}

fn find(desk: &Desk, code: &str) -> Result<Found, AppError> {
    if !desk.ctx.actor.may(Act::Finalise) {
        return Err(AppError::Forbidden);
    }
    desk.ctx.store.read(|conn| {
        let province = desk.ctx.province();
        let period =
            store::period::find_by_code(conn, province, code)?.ok_or(AppError::NotFound)?;
        let facts = app::period::facts(&desk.ctx, conn, &period)?;
        let refusal = period::next(period.state(), &facts)
            .err()
            .map(app::period::refusal_key);
        let users = store::user::list(conn, province)?;
        let names: HashMap<&str, &str> = users
            .iter()
            .map(|u| (u.id.as_str(), u.name.as_str()))
            .collect();
        let waiting = store::period::find_waiting_move(conn, province, &period.id)?;
        let proposed_by = waiting.map(|waiting| {
            let name = names
                .get(waiting.proposed_by.as_str())
                .copied()
                .unwrap_or_default();
            (waiting.proposed_by.clone(), name.to_owned())
        });
        let roles = store::user::list_all_roles(conn, province)?;
        let is_auditor = |id: &str| {
            let auditors = [Role::Auditor.as_str(), Role::LeadAuditor.as_str()];
            roles
                .iter()
                .any(|role| role.user_id == id && auditors.contains(&role.role.as_str()))
        };
        let auditors = users
            .iter()
            .filter(|user| user.is_active && is_auditor(&user.id));
        let auditors = auditors.map(|user| Choose {
            value: user.id.clone(),
            label: user.name.clone(),
            hint: None,
        });
        let duties = store::assignment::list_of_period(conn, province, &period.id)?;
        let known = store::agency::list(conn, province)?;
        let mut agencies = Vec::new();
        for assessment in store::assessment::list(conn, &desk.ctx.actor.scope, &period.id)? {
            let Some(agency) = known.iter().find(|a| a.id == assessment.agency_id) else {
                continue;
            };
            let duty = duties
                .iter()
                .find(|d| d.agency_id == agency.id && d.duty == "review");
            agencies.push(Progress {
                code: agency.code.clone(),
                name: desk.choose(&agency.name_fa, &agency.name_en).to_owned(),
                is_handed_in: assessment.is_handed_in(),
                is_late: assessment.is_late,
                done: store::answer::list(conn, &assessment)?.len() as i64,
                auditor: duty
                    .and_then(|d| names.get(d.user_id.as_str()))
                    .map(|n| (*n).to_owned()),
                action: format!("/periods/{code}/assignments/{}", agency.code),
            });
        }
        agencies.sort_by(|a, b| a.code.cmp(&b.code));
        Ok(Found {
            refusal,
            proposed_by,
            agencies,
            auditors: auditors.collect(),
            period,
        })
    })
}

/// One period with its timeline.
pub fn show(desk: &Desk, input: &Input) -> WebResult {
    let found = find(desk, input.part("period"))?;
    let period = &found.period;
    let state = period.state();
    let next = state.following();
    let needs_two = next.is_some_and(State::needs_two);
    let may =
        desk.ctx.actor.may(Act::Administer) || (needs_two && desk.ctx.actor.may(Act::Finalise));
    let is_own_proposal = found
        .proposed_by
        .as_ref()
        .is_some_and(|(user, _)| *user == desk.ctx.actor.user);
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
    desk.page(&PeriodPage {
        code: period.code.clone(),
        title: title(desk, &period.code),
        state: state_key(state),
        states: State::ALL
            .map(|one| (state_key(one), one < state, one == state))
            .to_vec(),
        dates: dates.map(|(key, day)| (key.to_owned(), day)).to_vec(),
        today: desk.ctx.today(),
        framework: format!("{} {}", period.framework_code, period.framework_version),
        next: next.map(state_key),
        refusal: found.refusal.map(str::to_owned),
        needs_two,
        proposed_by: found.proposed_by.map(|(_, name)| name),
        may_move: may && found.refusal.is_none() && next.is_some() && !is_own_proposal,
        move_href: format!("{}/move", url::period(&period.code)),
        handed_in: found
            .agencies
            .iter()
            .filter(|agency| agency.is_handed_in)
            .count() as i64,
        all: found.agencies.len() as i64,
        agencies: found.agencies,
        auditors: found.auditors,
        may_assign: desk.ctx.actor.may(Act::Administer) && state < State::Final,
        assign_all: format!("/periods/{}/assignments", period.code),
    })
}

/// The last question before a move.
#[derive(Serialize)]
pub struct MovePage {
    pub action: String,
    pub key: String,
    pub back: String,
    pub title: String,
    pub from: String,
    pub to: String,
    pub seen: String,
    pub is_irreversible: bool,
    pub needs_two: bool,
    pub problems: Vec<Problem>,
}

impl Page for MovePage {
    const TEMPLATE: &'static str = "period/move.html";
}

fn move_page(desk: &Desk, input: &Input) -> Result<MovePage, AppError> {
    let found = find(desk, input.part("period"))?;
    let state = found.period.state();
    let next = state
        .following()
        .ok_or(AppError::Refused("refused-archived"))?;
    Ok(MovePage {
        action: format!("{}/move", url::period(&found.period.code)),
        key: form_key(),
        back: url::period(&found.period.code),
        title: title(desk, &found.period.code),
        from: state_key(state),
        to: state_key(next),
        seen: found.period.state.clone(),
        is_irreversible: next.is_irreversible(),
        needs_two: next.needs_two(),
        problems: Vec::new(),
    })
}

/// Asks before a move.
pub fn confirm(desk: &Desk, input: &Input) -> WebResult {
    desk.page(&move_page(desk, input)?)
}

/// Moves the period, or proposes the move to a second person.
pub fn update(desk: &Desk, input: &Input) -> WebResult {
    let mut page = move_page(desk, input)?;
    let is_sure = input.is_ticked("is_sure");
    match advance(
        &desk.ctx,
        input.part("period"),
        input.field("seen"),
        is_sure,
    ) {
        Ok(Moved::Done(_)) => Ok(Reply::see_other(&page.back, Some("office-moved"))),
        Ok(Moved::Proposed) => Ok(Reply::see_other(&page.back, Some("office-proposed"))),
        Err(AppError::Invalid(faults)) => {
            page.problems = problems(&faults);
            desk.again(&page)
        }
        Err(error) => Err(error.into()),
    }
}

/// Assigns one agency to an auditor.
pub fn assign(desk: &Desk, input: &Input) -> WebResult {
    let (period, agency) = (input.part("period"), input.part("agency"));
    let duty = if input.field("duty") == "re_review" {
        "re_review"
    } else {
        "review"
    };
    app::assignment::assign(&desk.ctx, period, agency, input.field("auditor"), duty)?;
    Ok(Reply::see_other(
        &url::period(period),
        Some("office-assigned"),
    ))
}

/// Shares out the agencies without an auditor, in turn, never to one of their own people.
pub fn assign_all(desk: &Desk, input: &Input) -> WebResult {
    desk.ctx.require(Act::Administer)?;
    let period = input.part("period");
    let found = find(desk, period)?;
    let free: Vec<&Progress> = found
        .agencies
        .iter()
        .filter(|agency| agency.auditor.is_none())
        .collect();
    if found.auditors.is_empty() {
        return Err(AppError::Refused("refused-no-auditors").into());
    }
    for (place, agency) in free.iter().enumerate() {
        for turn in 0..found.auditors.len() {
            let auditor = &found.auditors[(place + turn) % found.auditors.len()].value;
            match app::assignment::assign(&desk.ctx, period, &agency.code, auditor, "review") {
                Err(AppError::Refused("refused-own-agency")) => {}
                ended => {
                    ended?;
                    break;
                }
            }
        }
    }
    Ok(Reply::see_other(
        &url::period(period),
        Some("office-assigned"),
    ))
}
