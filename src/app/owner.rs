//! Indicators in the care of somebody of the agency, until a day. It gives no right that the role does not give; it
//! says whom to ask.

use chrono::{Days, NaiveDate};

use super::{AppError, Case, Ctx, Problem, case};
use crate::domain::access::{Act, Reach, Role, Scope};
use crate::domain::answer;
use crate::store::event::Happening;
use crate::store::owner::Owner;
use crate::store::user::User;
use crate::store::{self, Conn, Tx, new_id};

/// The people of an agency who fill in its checklist today.
pub fn people(ctx: &Ctx, conn: &mut Conn, agency: &str) -> Result<Vec<User>, AppError> {
    let today = ctx.today();
    let mut people: Vec<User> = Vec::new();
    for row in store::user::list_all_roles(conn, ctx.province())? {
        let fills = matches!(Role::parse(&row.role), Some(Role::Manager | Role::Deputy));
        let is_own = row.agency_id.as_deref() == Some(agency) && row.is_valid_on(today);
        if !(fills && is_own) || people.iter().any(|one| one.id == row.user_id) {
            continue;
        }
        let user = store::user::find(conn, ctx.province(), &row.user_id)?;
        people.extend(user.filter(|user| user.is_active));
    }
    Ok(people)
}

/// Who looks after an indicator.
pub struct Naming<'a> {
    pub indicator: &'a str,
    pub user: &'a str,
    /// The last day.
    pub until: Option<NaiveDate>,
}

/// Gives an indicator into the care of somebody of the agency; whoever had it has it no more.
pub fn name(ctx: &Ctx, period: &str, agency: &str, naming: &Naming) -> Result<(), AppError> {
    ctx.require(Act::NameOwner)?;
    ctx.store.write(|tx| {
        let case = case(ctx, tx, period, agency)?;
        let until = checked(ctx, tx, &case, naming)?;
        if !ctx.is_first(tx, "owner.named")? {
            return Ok(());
        }
        let agency_id = &case.assessment.agency_id;
        let today = ctx.today();
        for old in store::owner::list(tx, &ctx.actor.scope, agency_id, today)? {
            if old.indicator_code == naming.indicator {
                store::owner::set_end(tx, &old, today - Days::new(1))?;
            }
        }
        let owner = Owner {
            province_id: ctx.province().to_owned(),
            id: new_id(),
            agency_id: agency_id.clone(),
            indicator_code: naming.indicator.to_owned(),
            user_id: naming.user.to_owned(),
            starts_on: today,
            ends_on: until,
            named_by: ctx.actor.user.clone(),
        };
        store::owner::add(tx, &owner)?;
        let what = Happening {
            agency: Some(agency_id),
            body: format!("{} {until}", naming.indicator),
            ..super::user::happening("owner.named", naming.user)
        };
        ctx.event(tx, &what)
    })
}

fn checked(
    ctx: &Ctx,
    conn: &mut Conn,
    case: &Case,
    naming: &Naming,
) -> Result<NaiveDate, AppError> {
    let mut problems = Vec::new();
    let flags = case.assessment.flags();
    let found = case.framework.indicator(naming.indicator);
    if !found.is_some_and(|one| answer::is_asked(one, &flags)) {
        problems.push(Problem::at("indicator", "problem-choose"));
    }
    let people = people(ctx, conn, &case.assessment.agency_id)?;
    if people.iter().all(|one| one.id != naming.user) {
        problems.push(Problem::at("owner", "problem-choose"));
    }
    let until = naming.until.filter(|day| *day >= ctx.today());
    match until {
        Some(until) if problems.is_empty() => Ok(until),
        until => {
            if until.is_none() {
                problems.push(Problem::at("until", "problem-last-day"));
            }
            Err(AppError::Invalid(problems))
        }
    }
}

/// What somebody looked after goes to another, until the same days.
pub(super) fn pass_on(
    ctx: &Ctx,
    tx: &mut Tx,
    agency: &str,
    from: &str,
    to: &str,
) -> Result<(), AppError> {
    let today = ctx.today();
    // Whoever may hand over need not see the answers of the agency.
    let everything = Scope {
        province: ctx.province().to_owned(),
        reach: Reach::All,
    };
    for old in store::owner::list(tx, &everything, agency, today)? {
        if old.user_id != from {
            continue;
        }
        store::owner::set_end(tx, &old, today - Days::new(1))?;
        let heir = Owner {
            id: new_id(),
            user_id: to.to_owned(),
            starts_on: today,
            named_by: ctx.actor.user.clone(),
            ..old
        };
        store::owner::add(tx, &heir)?;
    }
    Ok(())
}
