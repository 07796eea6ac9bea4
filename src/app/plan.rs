//! Planned visits: a team of two, a place, a day, what to look at. Their days are known to those who go and to the lead
//! auditor alone.

use chrono::NaiveDate;

use super::{AppError, Case, Ctx, Problem, assignment, case, visit};
use crate::domain::access::{Act, Reach, Role, Scope};
use crate::domain::calendar::Quarter;
use crate::domain::period::State;
use crate::domain::text;
use crate::store::plan::Plan;
use crate::store::sheet::SheetRow;
use crate::store::{self, Conn, StoreError, new_id};

/// How many indicators one visit looks at.
const MOST_INDICATORS: usize = 12;

/// A visit as the lead auditor plans it.
pub struct Planned<'a> {
    pub agency: &'a str,
    pub county: Option<&'a str>,
    pub place: &'a str,
    pub planned_on: NaiveDate,
    pub is_unannounced: bool,
    pub team: [&'a str; 2],
    /// Codes with spaces or commas between.
    pub indicators: &'a str,
}

/// Only the lead auditor plans.
pub fn require_lead(ctx: &Ctx) -> Result<(), AppError> {
    if ctx.actor.role == Role::LeadAuditor {
        Ok(())
    } else {
        Err(AppError::Forbidden)
    }
}

/// Plans a visit.
pub fn add(ctx: &Ctx, period: &str, planned: &Planned) -> Result<(), AppError> {
    require_lead(ctx)?;
    ctx.store.write(|tx| {
        let case = match case(ctx, tx, period, planned.agency) {
            Err(AppError::NotFound) => {
                known_period(ctx, tx, period)?;
                return Err(AppError::Invalid(vec![Problem::at(
                    "agency",
                    "problem-choose",
                )]));
            }
            found => found?,
        };
        if case.period.state() >= State::Final {
            return Err(AppError::Refused("refused-final"));
        }
        let (place, codes, problems) = check(ctx, tx, &case, planned)?;
        if !problems.is_empty() {
            return Err(AppError::Invalid(problems));
        }
        if !ctx.is_first(tx, "plan.added")? {
            return Ok(());
        }
        let [first, second] = planned.team;
        let plan = Plan {
            province_id: ctx.province().to_owned(),
            id: new_id(),
            period_id: case.period.id.clone(),
            agency_id: case.assessment.agency_id.clone(),
            county_code: planned.county.map(str::to_owned),
            place,
            planned_on: planned.planned_on,
            is_unannounced: planned.is_unannounced,
            first_auditor: first.to_owned(),
            second_auditor: second.to_owned(),
            indicators: codes,
            planned_by: ctx.actor.user.clone(),
            planned_at: ctx.now,
            withdrawn_at: None,
        };
        store::plan::add(tx, &plan)?;
        // The day is not for the log: whoever reads it may know the agency.
        ctx.event(tx, &case.happening("plan.added", plan.id.clone()))
    })
}

fn known_period(ctx: &Ctx, conn: &mut Conn, period: &str) -> Result<(), AppError> {
    let found = store::period::find_by_code(conn, ctx.province(), period)?;
    found.map(|_| ()).ok_or(AppError::NotFound)
}

/// The place and the codes as they are kept, and all that is wrong with a plan.
fn check(
    ctx: &Ctx,
    conn: &mut Conn,
    case: &Case,
    planned: &Planned,
) -> Result<(String, String, Vec<Problem>), AppError> {
    let mut problems = team_problems(ctx, conn, case, planned.team)?;
    let day = planned.planned_on;
    let quarter = Quarter::parse(&case.period.code).ok();
    let is_inside = quarter.is_none_or(|one| (one.first_day()..=one.last_day()).contains(&day));
    if !is_inside {
        problems.push(Problem::at("planned_on", "problem-visit-day"));
    } else if !visit::is_working(ctx, conn, day)? {
        problems.push(Problem::at("planned_on", "problem-visit-holiday"));
    }
    let place = text::line(planned.place, 200).unwrap_or_else(|_| {
        problems.push(Problem::at("place", "problem-text"));
        String::new()
    });
    if let Some(county) = planned.county {
        let known = store::province::list_counties(conn, ctx.province())?;
        if !known.iter().any(|one| one.code == county) {
            problems.push(Problem::at("county", "problem-choose"));
        }
    }
    let typed = planned.indicators.split([' ', ',', '،', '\n', '\r', '\t']);
    let typed: Vec<String> = typed
        .filter(|code| !code.is_empty())
        .map(str::to_ascii_uppercase)
        .collect();
    let is_known = |code: &String| {
        let mut all = case.framework.indicators.iter();
        all.any(|one| one.code == *code)
    };
    if typed.len() > MOST_INDICATORS || !typed.iter().all(is_known) {
        problems.push(Problem::at("indicators", "problem-plan-indicators"));
    }
    Ok((place, typed.join(" "), problems))
}

/// Two different auditors, neither of them of the agency.
fn team_problems(
    ctx: &Ctx,
    conn: &mut Conn,
    case: &Case,
    team: [&str; 2],
) -> Result<Vec<Problem>, AppError> {
    let mut problems = Vec::new();
    let known = assignment::auditors(ctx, conn)?;
    let own = Some(case.assessment.agency_id.as_str());
    for (field, user) in ["first_auditor", "second_auditor"].into_iter().zip(team) {
        let Some((_, roles)) = known.iter().find(|(one, _)| one.id == user) else {
            problems.push(Problem::at(field, "problem-choose"));
            continue;
        };
        if roles.iter().any(|role| role.agency_id.as_deref() == own) {
            problems.push(Problem::at(field, "problem-plan-own-agency"));
        }
    }
    if problems.is_empty() && team[0] == team[1] {
        problems.push(Problem::at("second_auditor", "problem-plan-team"));
    }
    Ok(problems)
}

/// Withdraws a plan from which nothing was recorded.
pub fn withdraw(ctx: &Ctx, period: &str, id: &str) -> Result<(), AppError> {
    require_lead(ctx)?;
    ctx.store.write(|tx| {
        let errand = find(ctx, tx, id)?;
        if errand.case.period.code != period {
            return Err(AppError::NotFound);
        }
        if errand.recorded().is_some() {
            return Err(AppError::Refused("refused-plan-recorded"));
        }
        store::plan::set_withdrawn(tx, &errand.plan, ctx.now)?;
        let what = errand
            .case
            .happening("plan.withdrawn", errand.plan.id.clone());
        ctx.event(tx, &what)
    })
}

/// A planned visit with the agency's quarter and every sheet that came for it.
pub struct Errand {
    pub plan: Plan,
    pub case: Case,
    pub sheets: Vec<SheetRow>,
}

impl Errand {
    /// The sheet from which the visit was recorded.
    pub fn recorded(&self) -> Option<&SheetRow> {
        let mut all = self.sheets.iter();
        all.find(|sheet| sheet.outcome == store::sheet::RECORDED)
    }
}

/// A planned visit that stands. For anybody but those who go and the lead auditor it is not there.
pub fn find(ctx: &Ctx, conn: &mut Conn, id: &str) -> Result<Errand, AppError> {
    let errand = find_any(ctx, conn, id)?;
    match errand.plan.withdrawn_at {
        Some(_) => Err(AppError::NotFound),
        None => Ok(errand),
    }
}

/// A planned visit, also one withdrawn while somebody was on the way.
pub(super) fn find_any(ctx: &Ctx, conn: &mut Conn, id: &str) -> Result<Errand, AppError> {
    ctx.require(Act::Visit)?;
    let plan = store::plan::find(conn, ctx.province(), id)?;
    let plan = plan.filter(|plan| knows(ctx, plan));
    let plan = plan.ok_or(AppError::NotFound)?;
    let case = case_of(ctx, conn, &plan)?;
    let sheets = store::sheet::list(conn, ctx.province(), &plan.id)?;
    Ok(Errand { plan, case, sheets })
}

/// Whether the actor may know of a plan.
fn knows(ctx: &Ctx, plan: &Plan) -> bool {
    ctx.actor.role == Role::LeadAuditor || plan.goes(&ctx.actor.user)
}

/// The agency's quarter of a plan; whoever goes may know of it for the visit's sake, assigned or not.
fn case_of(ctx: &Ctx, conn: &mut Conn, plan: &Plan) -> Result<Case, AppError> {
    let scope = Scope {
        province: ctx.province().to_owned(),
        reach: Reach::Assigned(vec![(plan.period_id.clone(), plan.agency_id.clone())]),
    };
    let broken = || StoreError::Broken("a plan without its quarter".to_owned());
    let period = store::period::find(conn, ctx.province(), &plan.period_id)?.ok_or_else(broken)?;
    let found = store::assessment::find(conn, &scope, &plan.period_id, &plan.agency_id)?;
    let assessment = found.ok_or_else(broken)?;
    let framework = ctx.frameworks.of(conn, &period)?;
    let extensions = store::extension::list(conn, &assessment)?;
    Ok(Case {
        period,
        assessment,
        framework,
        extensions,
    })
}

/// The indicators of an agency whose claims are covered for this actor: those of a visit they go to, until its sheet has
/// come. Whoever counts does not know what was claimed.
pub fn covered(ctx: &Ctx, conn: &mut Conn, case: &Case) -> Result<Vec<String>, AppError> {
    let mut codes = Vec::new();
    for plan in store::plan::list_of_user(conn, ctx.province(), &ctx.actor.user)? {
        let is_here = plan.period_id == case.period.id
            && plan.agency_id == case.assessment.agency_id
            && case.period.state() < State::Final;
        if !is_here || plan.indicators.is_empty() {
            continue;
        }
        let sheets = store::sheet::list(conn, ctx.province(), &plan.id)?;
        if !sheets
            .iter()
            .any(|one| one.outcome == store::sheet::RECORDED)
        {
            codes.extend(plan.codes().map(str::to_owned));
        }
    }
    Ok(codes)
}

/// The visits somebody goes to, that stand, each with whether it was recorded; by day.
pub fn list_own(ctx: &Ctx, conn: &mut Conn) -> Result<Vec<(Plan, bool)>, AppError> {
    ctx.require(Act::Visit)?;
    let mut own = Vec::new();
    let recorded = store::sheet::list_recorded(conn, ctx.province())?;
    for plan in store::plan::list_of_user(conn, ctx.province(), &ctx.actor.user)? {
        let is_recorded = recorded.iter().any(|sheet| sheet.plan_id == plan.id);
        own.push((plan, is_recorded));
    }
    Ok(own)
}

/// The plans of a period for the lead auditor.
pub fn list(ctx: &Ctx, conn: &mut Conn, period: &str) -> Result<Vec<(Plan, bool)>, AppError> {
    require_lead(ctx)?;
    let found = store::period::find_by_code(conn, ctx.province(), period)?;
    let period = found.ok_or(AppError::NotFound)?;
    let recorded = store::sheet::list_recorded(conn, ctx.province())?;
    let plans = store::plan::list_of_period(conn, ctx.province(), &period.id)?;
    let with = plans.into_iter().map(|plan| {
        let is_recorded = recorded.iter().any(|sheet| sheet.plan_id == plan.id);
        (plan, is_recorded)
    });
    Ok(with.collect())
}
