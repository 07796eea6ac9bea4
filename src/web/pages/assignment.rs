//! Which auditor answers for which agency: one by one, or shared out by the hours people have.

use std::collections::HashMap;

use serde::Serialize;

use super::framework_text::FrameworkText;
use super::{form_key, problems};
use crate::app::workload::{self, Plan, Proposal, USUAL_HOURS};
use crate::app::{self, AppError};
use crate::domain::number::to_persian;
use crate::domain::period::State;
use crate::web::desk::Desk;
use crate::web::error::WebResult;
use crate::web::form::Input;
use crate::web::render::{Page, Problem};
use crate::web::reply::Reply;
use crate::web::url;
use crate::web::words::Language;

/// An auditor with hours and work; hours of work are rounded up.
#[derive(Clone, Debug, Serialize)]
pub struct WorkerLine {
    pub field: String,
    pub name: String,
    pub hours: String,
    pub agencies: i64,
    pub work: i64,
    pub agencies_then: i64,
    pub work_then: i64,
    /// Of the hours, for a bar: 100 at most.
    pub percent: i64,
    pub is_over: bool,
}

/// Who would get an agency.
#[derive(Clone, Debug, Serialize)]
pub struct ProposalLine {
    pub code: String,
    pub name: String,
    pub minutes: i64,
    pub auditor: Option<String>,
    pub is_again: bool,
    pub is_over: bool,
}

/// What an indicator costs in a quarter, the dearest first.
#[derive(Clone, Debug, Serialize)]
pub struct CostLine {
    pub field: String,
    pub code: String,
    pub title: String,
    /// As the office set it; blank where it did not.
    pub typed: String,
    pub minutes: i64,
    pub is_learnt: bool,
    pub is_set: bool,
    pub agencies: i64,
    pub hours: i64,
}

/// The plan of the desk reviews.
#[derive(Serialize)]
pub struct AssignmentsPage {
    pub key: String,
    pub period: String,
    pub back: String,
    pub action: String,
    pub capacities: String,
    pub minutes: String,
    /// Hours that are needed, that there are, and by which one is above the other.
    pub needed: i64,
    pub there: i64,
    pub apart: i64,
    pub fits: bool,
    pub usual_hours: i64,
    pub workers: Vec<WorkerLine>,
    pub proposals: Vec<ProposalLine>,
    pub over: i64,
    pub costs: Vec<CostLine>,
    pub may: bool,
    pub problems: Vec<Problem>,
}

impl Page for AssignmentsPage {
    const TEMPLATE: &'static str = "assignment/index.html";
}

fn hours(minutes: i64) -> i64 {
    (minutes + 59) / 60
}

fn typed(desk: &Desk, number: i64) -> String {
    match desk.hall.language {
        Language::Fa => to_persian(&number.to_string()),
        Language::En => number.to_string(),
    }
}

fn worker_lines(desk: &Desk, plan: &Plan) -> Vec<WorkerLine> {
    let line = |one: &workload::Worker| WorkerLine {
        field: format!("hours-{}", one.user.id),
        name: one.user.name.clone(),
        hours: typed(desk, one.hours),
        agencies: one.now.0,
        work: hours(one.now.1),
        agencies_then: one.then.0,
        work_then: hours(one.then.1),
        percent: (one.then.1 * 100 / (one.hours * 60).max(1)).min(100),
        is_over: one.then.1 > one.hours * 60,
    };
    plan.workers.iter().map(line).collect()
}

fn proposal_lines(desk: &Desk, plan: &Plan) -> Vec<ProposalLine> {
    let names: HashMap<&str, &str> = plan
        .workers
        .iter()
        .map(|one| (one.user.id.as_str(), one.user.name.as_str()))
        .collect();
    let line = |one: &Proposal| ProposalLine {
        code: one.agency.code.clone(),
        name: desk
            .choose(&one.agency.name_fa, &one.agency.name_en)
            .to_owned(),
        minutes: one.minutes,
        auditor: one
            .auditor
            .as_deref()
            .and_then(|id| names.get(id))
            .map(|name| (*name).to_owned()),
        is_again: one.is_again,
        is_over: one.is_over,
    };
    plan.proposals.iter().map(line).collect()
}

fn cost_lines(desk: &Desk, plan: &Plan, texts: FrameworkText) -> Vec<CostLine> {
    let line = |one: &workload::Cost| CostLine {
        field: format!("minutes-{}", one.indicator),
        code: one.indicator.clone(),
        title: texts.title(&one.indicator),
        typed: match one.is_set {
            true => typed(desk, one.minutes),
            false => String::new(),
        },
        minutes: one.minutes,
        is_learnt: one.is_learnt,
        is_set: one.is_set,
        agencies: one.agencies,
        hours: hours(one.minutes * one.agencies),
    };
    let mut lines: Vec<CostLine> = plan.costs.iter().map(line).collect();
    lines.sort_by_key(|line| std::cmp::Reverse(line.minutes * line.agencies));
    lines
}

fn page(desk: &Desk, code: &str) -> Result<AssignmentsPage, AppError> {
    desk.ctx.store.read(|conn| {
        let plan = workload::plan(&desk.ctx, conn, code)?;
        let framework = desk.ctx.frameworks.of(conn, &plan.period)?;
        let texts = FrameworkText::of(&framework, desk.hall.language);
        let there: i64 = plan.workers.iter().map(|one| one.hours * 60).sum();
        let is_over = |one: &&Proposal| one.is_over || one.auditor.is_none();
        let at = url::period(code);
        Ok(AssignmentsPage {
            key: form_key(),
            period: super::period::title(desk, code),
            action: format!("{at}/assignments"),
            capacities: format!("{at}/capacities"),
            minutes: format!("{at}/review-minutes"),
            back: at,
            needed: hours(plan.needed),
            there: there / 60,
            apart: hours((there - plan.needed).abs()),
            fits: there >= plan.needed,
            usual_hours: USUAL_HOURS,
            over: plan.proposals.iter().filter(is_over).count() as i64,
            workers: worker_lines(desk, &plan),
            proposals: proposal_lines(desk, &plan),
            costs: cost_lines(desk, &plan, texts),
            may: plan.period.state() < State::Final,
            problems: Vec::new(),
        })
    })
}

/// The plan: what the reviews need, who has the time, and who would get what.
pub fn show(desk: &Desk, input: &Input) -> WebResult {
    desk.page(&page(desk, input.part("period"))?)
}

/// Assigns one agency to an auditor.
pub fn update(desk: &Desk, input: &Input) -> WebResult {
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

/// Shares out the agencies without an auditor, as the plan has it.
pub fn create(desk: &Desk, input: &Input) -> WebResult {
    let period = input.part("period");
    app::assignment::share_out(&desk.ctx, period)?;
    let back = format!("{}/assignments", url::period(period));
    Ok(Reply::see_other(&back, Some("office-assigned")))
}

/// Whether a form was kept, or the plan again with what was typed and what is wrong with it.
fn answer(
    desk: &Desk,
    input: &Input,
    mut page: AssignmentsPage,
    done: Result<(), AppError>,
) -> WebResult {
    match done {
        Ok(()) => Ok(Reply::see_other(&page.action, Some("shell-saved"))),
        Err(AppError::Invalid(faults)) => {
            for line in &mut page.workers {
                line.hours = input.field(&line.field).to_owned();
            }
            for line in &mut page.costs {
                line.typed = input.field(&line.field).to_owned();
            }
            page.problems = problems(&faults);
            desk.again(&page)
        }
        Err(error) => Err(error.into()),
    }
}

/// Sets the hours of the auditors.
pub fn set_capacities(desk: &Desk, input: &Input) -> WebResult {
    let period = input.part("period");
    let page = page(desk, period)?;
    let typed: Vec<(String, &str)> = page
        .workers
        .iter()
        .map(|line| {
            (
                line.field["hours-".len()..].to_owned(),
                input.field(&line.field),
            )
        })
        .collect();
    let done = app::assignment::set_capacities(&desk.ctx, period, &typed);
    answer(desk, input, page, done)
}

/// Sets the minutes of the indicators.
pub fn set_minutes(desk: &Desk, input: &Input) -> WebResult {
    let page = page(desk, input.part("period"))?;
    let typed: Vec<(String, &str)> = page
        .costs
        .iter()
        .map(|line| (line.code.clone(), input.field(&line.field)))
        .collect();
    let done = app::assignment::set_minutes(&desk.ctx, &typed);
    answer(desk, input, page, done)
}
