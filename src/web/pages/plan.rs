//! The lead auditor plans visits: who goes where, on which day, and what to look at.

use chrono::NaiveDate;
use serde::Serialize;

use super::answer::Choose;
use super::{form_key, problems};
use crate::app::plan::{self, Planned};
use crate::app::{AppError, Problem as Fault, visit};
use crate::domain::calendar::JalaliDate;
use crate::store;
use crate::web::desk::Desk;
use crate::web::error::WebResult;
use crate::web::form::Input;
use crate::web::render::{Page, Problem};
use crate::web::reply::Reply;
use crate::web::url;

/// One planned visit as the lead auditor sees it.
#[derive(Clone, Debug, Serialize)]
pub struct PlannedLine {
    pub agency: String,
    pub code: String,
    pub place: String,
    pub planned_on: NaiveDate,
    pub is_unannounced: bool,
    pub team: Vec<String>,
    pub is_recorded: bool,
    pub href: String,
    /// Where it is withdrawn, while nothing was recorded.
    pub withdrawal: Option<String>,
}

/// What was typed of a plan.
#[derive(Clone, Debug, Default, Serialize)]
pub struct PlanForm {
    pub agency: String,
    pub county: String,
    pub place: String,
    pub planned_on: String,
    pub is_announced: bool,
    pub first_auditor: String,
    pub second_auditor: String,
    pub indicators: String,
}

/// The plans of a quarter, and the form of one more.
#[derive(Serialize)]
pub struct PlansPage {
    pub action: String,
    pub key: String,
    pub period: String,
    pub lines: Vec<PlannedLine>,
    pub agencies: Vec<Choose>,
    pub counties: Vec<Choose>,
    pub auditors: Vec<Choose>,
    pub form: PlanForm,
    pub problems: Vec<Problem>,
}

impl Page for PlansPage {
    const TEMPLATE: &'static str = "visit/plans.html";
}

fn option(value: &str, label: &str) -> Choose {
    Choose {
        value: value.to_owned(),
        label: label.to_owned(),
        hint: None,
    }
}

fn page(desk: &Desk, period: &str, form: PlanForm) -> Result<PlansPage, AppError> {
    let ctx = &desk.ctx;
    plan::require_lead(ctx)?;
    ctx.store.read(|conn| {
        let agencies = store::agency::list(conn, ctx.province())?;
        let counties = store::province::list_counties(conn, ctx.province())?;
        let auditors = visit::auditors(ctx, conn)?;
        let users = store::user::list(conn, ctx.province())?;
        let mut lines = Vec::new();
        for (plan, is_recorded) in plan::list(ctx, conn, period)? {
            let name = |id: &str| users.iter().find(|user| user.id == id);
            let team = [&plan.first_auditor, &plan.second_auditor].into_iter();
            let mut all = agencies.iter();
            let agency = all.find(|one| one.id == plan.agency_id);
            let agency = agency.ok_or(AppError::NotFound)?;
            let home = url::plans(period);
            lines.push(PlannedLine {
                agency: desk.choose(&agency.name_fa, &agency.name_en).to_owned(),
                code: agency.code.clone(),
                team: team.filter_map(|id| Some(name(id)?.name.clone())).collect(),
                href: url::sheet(&plan.id),
                withdrawal: (!is_recorded).then(|| format!("{home}/{}/withdrawal", plan.id)),
                place: plan.place,
                planned_on: plan.planned_on,
                is_unannounced: plan.is_unannounced,
                is_recorded,
            });
        }
        let agency = |one: &store::agency::Agency| {
            let name = desk.choose(&one.name_fa, &one.name_en);
            option(&one.code, &format!("{name} ({})", one.code))
        };
        let county = |one: &store::province::County| {
            option(&one.code, desk.choose(&one.name_fa, &one.name_en))
        };
        let auditor = |one: &store::user::User| option(&one.id, &one.name);
        Ok::<_, AppError>(PlansPage {
            action: url::plans(period),
            key: form_key(),
            period: super::period::title(desk, period),
            lines,
            agencies: agencies.iter().map(agency).collect(),
            counties: counties.iter().map(county).collect(),
            auditors: auditors.iter().map(auditor).collect(),
            form,
            problems: Vec::new(),
        })
    })
}

/// Shows the plans of a quarter.
pub fn index(desk: &Desk, input: &Input) -> WebResult {
    desk.page(&page(desk, input.part("period"), PlanForm::default())?)
}

/// Plans one more visit.
pub fn create(desk: &Desk, input: &Input) -> WebResult {
    let field = |name: &str| input.field(name).to_owned();
    let form = PlanForm {
        agency: field("agency"),
        county: field("county"),
        place: field("place"),
        planned_on: field("planned_on"),
        is_announced: input.is_ticked("is_announced"),
        first_auditor: field("first_auditor"),
        second_auditor: field("second_auditor"),
        indicators: field("indicators"),
    };
    let period = input.part("period");
    let mut page = page(desk, period, form.clone())?;
    let day = JalaliDate::parse(&form.planned_on).map(JalaliDate::gregorian);
    let planned = day.map_err(|_| AppError::Invalid(vec![Fault::at("planned_on", "problem-date")]));
    let added = planned.and_then(|planned_on| {
        let planned = Planned {
            agency: &form.agency,
            county: Some(form.county.as_str()).filter(|one| !one.is_empty()),
            place: &form.place,
            planned_on,
            is_unannounced: !form.is_announced,
            team: [&form.first_auditor, &form.second_auditor],
            indicators: &form.indicators,
        };
        plan::add(&desk.ctx, period, &planned)
    });
    match added {
        Ok(()) => Ok(Reply::see_other(&page.action, Some("visit-planned"))),
        Err(AppError::Invalid(faults)) => {
            page.problems = problems(&faults);
            desk.again(&page)
        }
        Err(error) => Err(error.into()),
    }
}

/// Withdraws a planned visit.
pub fn withdraw(desk: &Desk, input: &Input) -> WebResult {
    let period = input.part("period");
    plan::withdraw(&desk.ctx, period, input.part("id"))?;
    Ok(Reply::see_other(
        &url::plans(period),
        Some("visit-withdrawn"),
    ))
}
