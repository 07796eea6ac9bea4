//! Sharing out agencies to those who verify them: one by one, or all that have nobody as the plan of the work has it.

use std::collections::HashMap;

use super::{AppError, Ctx, Problem, workload};
use crate::domain::access::{Act, Role};
use crate::domain::number::parse_whole;
use crate::domain::period::State;
use crate::store::assessment::Assessment;
use crate::store::assignment::Assignment;
use crate::store::event::Happening;
use crate::store::period::Period;
use crate::store::user::{RoleRow, User};
use crate::store::{self, Conn, Tx, new_id};

const MOST_HOURS: i64 = 600;
const MOST_MINUTES: i64 = 240;

/// Shares out an agency of a period to an auditor, in place of whoever had that duty. What was judged stays.
pub fn assign(
    ctx: &Ctx,
    period: &str,
    agency: &str,
    auditor: &str,
    duty: &str,
) -> Result<(), AppError> {
    ctx.require(Act::Administer)?;
    ctx.store.write(|tx| {
        let case = super::case(ctx, tx, period, agency)?;
        refuse_final(&case.period)?;
        let roles = store::user::list_roles(tx, ctx.province(), auditor)?;
        if !is_auditor(ctx, &roles) {
            let choose = Problem::at("auditor", "problem-choose");
            return Err(AppError::Invalid(vec![choose]));
        }
        let own = Some(case.assessment.agency_id.as_str());
        if roles.iter().any(|role| role.agency_id.as_deref() == own) {
            return Err(AppError::Refused("refused-own-agency"));
        }
        for other in store::assignment::list_of_period(tx, ctx.province(), &case.period.id)? {
            if Some(other.agency_id.as_str()) == own && other.duty == duty {
                store::assignment::set_ended(tx, &other, ctx.now)?;
            }
        }
        put(ctx, tx, &case.assessment, auditor, duty)
    })
}

fn refuse_final(period: &Period) -> Result<(), AppError> {
    match period.state() >= State::Final {
        true => Err(AppError::Refused("refused-final")),
        false => Ok(()),
    }
}

fn put(ctx: &Ctx, tx: &mut Tx, of: &Assessment, auditor: &str, duty: &str) -> Result<(), AppError> {
    let row = Assignment {
        province_id: ctx.province().to_owned(),
        id: new_id(),
        period_id: of.period_id.clone(),
        agency_id: of.agency_id.clone(),
        user_id: auditor.to_owned(),
        duty: duty.to_owned(),
        assigned_by: ctx.actor.user.clone(),
        assigned_at: ctx.now,
        ended_at: None,
    };
    store::assignment::add(tx, &row)?;
    let what = Happening {
        action: "agency.assigned",
        subject: "assessment",
        subject_id: &of.id,
        agency: Some(&of.agency_id),
        body: format!("{auditor} {duty}"),
    };
    ctx.event(tx, &what)
}

fn is_auditor(ctx: &Ctx, roles: &[RoleRow]) -> bool {
    let own = [Role::Auditor.as_str(), Role::LeadAuditor.as_str()];
    roles
        .iter()
        .any(|role| own.contains(&role.role.as_str()) && role.is_valid_on(ctx.today()))
}

/// Those who may be given agencies today, by login, with their roles.
pub fn auditors(ctx: &Ctx, conn: &mut Conn) -> Result<Vec<(User, Vec<RoleRow>)>, AppError> {
    let mut roles: HashMap<String, Vec<RoleRow>> = HashMap::new();
    for row in store::user::list_all_roles(conn, ctx.province())? {
        roles.entry(row.user_id.clone()).or_default().push(row);
    }
    let users = store::user::list(conn, ctx.province())?.into_iter();
    let found = users.filter(|user| user.is_active).filter_map(|user| {
        let own = roles.remove(&user.id)?;
        is_auditor(ctx, &own).then_some((user, own))
    });
    Ok(found.collect())
}

/// Shares out the agencies that have nobody, as the plan has it. Gives how many.
pub fn share_out(ctx: &Ctx, period: &str) -> Result<usize, AppError> {
    ctx.require(Act::Administer)?;
    ctx.store.write(|tx| {
        let plan = workload::plan(ctx, tx, period)?;
        refuse_final(&plan.period)?;
        if plan.workers.is_empty() {
            return Err(AppError::Refused("refused-no-auditors"));
        }
        if !ctx.is_first(tx, "agency.assigned")? {
            return Ok(0);
        }
        let mut count = 0;
        for one in &plan.proposals {
            if let Some(auditor) = &one.auditor {
                put(ctx, tx, &one.assessment, auditor, "review")?;
                count += 1;
            }
        }
        Ok(count)
    })
}

/// Whole numbers as they are typed, by what they are for; blank is none.
type Typed<'a> = &'a [(String, &'a str)];

fn whole(
    typed: Typed,
    prefix: &str,
    range: std::ops::RangeInclusive<i64>,
    key: &'static str,
) -> Result<Vec<(String, i64)>, AppError> {
    let (mut found, mut problems) = (Vec::new(), Vec::new());
    for (of, text) in typed.iter().filter(|(_, text)| !text.trim().is_empty()) {
        match parse_whole(text)
            .ok()
            .filter(|number| range.contains(number))
        {
            Some(number) => found.push((of.clone(), number)),
            None => problems.push(Problem::at(format!("{prefix}-{of}"), key)),
        }
    }
    match problems.is_empty() {
        true => Ok(found),
        false => Err(AppError::Invalid(problems)),
    }
}

/// Sets the hours that auditors have for a quarter; who is left blank has the usual.
pub fn set_capacities(ctx: &Ctx, code: &str, typed: Typed) -> Result<(), AppError> {
    ctx.require(Act::Administer)?;
    let hours = whole(typed, "hours", 0..=MOST_HOURS, "problem-hours")?;
    ctx.store.write(|tx| {
        let period = store::period::find_by_code(tx, ctx.province(), code)?;
        let period = period.ok_or(AppError::NotFound)?;
        refuse_final(&period)?;
        if !ctx.is_first(tx, "capacity.set")? {
            return Ok(());
        }
        store::assignment::set_capacities(tx, ctx.province(), &period.id, &hours)?;
        let total: i64 = hours.iter().map(|(_, hours)| hours).sum();
        let what = Happening {
            action: "capacity.set",
            subject: "period",
            subject_id: &period.id,
            agency: None,
            body: total.to_string(),
        };
        ctx.event(tx, &what)
    })
}

/// Sets how many minutes the review of an indicator is reckoned with; what is left blank is learnt.
pub fn set_minutes(ctx: &Ctx, typed: Typed) -> Result<(), AppError> {
    ctx.require(Act::Administer)?;
    let minutes = whole(typed, "minutes", 1..=MOST_MINUTES, "problem-review-minutes")?;
    ctx.store.write(|tx| {
        if !ctx.is_first(tx, "review_minutes.set")? {
            return Ok(());
        }
        store::assignment::set_minutes(tx, ctx.province(), &minutes)?;
        let what = Happening {
            action: "review_minutes.set",
            subject: "province",
            subject_id: ctx.province(),
            agency: None,
            body: minutes.len().to_string(),
        };
        ctx.event(tx, &what)
    })
}
