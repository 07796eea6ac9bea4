//! Roles that somebody has for a while: granted and ended, never one's own.

use chrono::{Days, NaiveDate};

use super::user::{find, happening, require};
use super::{AppError, Ctx, Problem};
use crate::domain::access::{Act, Role};
use crate::store::event::Happening;
use crate::store::user::RoleRow;
use crate::store::{self, Conn, new_id};

/// A role with its dates.
pub struct Term<'a> {
    pub role: Role,
    /// The code of the agency, for roles in one.
    pub agency: Option<&'a str>,
    /// The first day, and the last one if there is one.
    pub dates: (NaiveDate, Option<NaiveDate>),
}

/// The administrator grants any role; the planning office those of agencies.
pub(super) fn require_grant(ctx: &Ctx, role: Role) -> Result<(), AppError> {
    ctx.require(Act::Operate).or_else(|refusal| {
        let is_office = ctx.actor.may(Act::Administer) && role.is_of_agency();
        if is_office { Ok(()) } else { Err(refusal) }
    })
}

/// Nobody changes what they themselves may do.
pub(super) fn refuse_own(ctx: &Ctx, user: &str) -> Result<(), AppError> {
    if ctx.actor.user == user {
        return Err(AppError::Refused("refused-own-role"));
    }
    Ok(())
}

pub(super) fn dates_problem(dates: (NaiveDate, Option<NaiveDate>)) -> Option<Problem> {
    let is_backwards = dates.1.is_some_and(|end| end < dates.0);
    is_backwards.then(|| Problem::at("until", "problem-until"))
}

/// A deputy stands in for a while: the role ends by itself.
pub(super) fn deputy_problem(role: Role, until: Option<NaiveDate>) -> Option<Problem> {
    let is_endless = role == Role::Deputy && until.is_none();
    is_endless.then(|| Problem::at("until", "problem-last-day"))
}

/// The row of a term; the agency has to be there.
pub(super) fn row(
    ctx: &Ctx,
    conn: &mut Conn,
    user: &str,
    term: &Term,
) -> Result<RoleRow, AppError> {
    let agency = match term.agency {
        Some(code) => {
            let found = store::agency::find_by_code(conn, ctx.province(), code)?;
            let missing = || AppError::Invalid(vec![Problem::at("agency", "problem-choose")]);
            Some(found.ok_or_else(missing)?.id)
        }
        None => None,
    };
    Ok(RoleRow {
        province_id: ctx.province().to_owned(),
        id: new_id(),
        user_id: user.to_owned(),
        role: term.role.as_str().to_owned(),
        agency_id: agency,
        starts_on: term.dates.0,
        ends_on: term.dates.1,
        granted_by: Some(ctx.actor.user.clone()),
    })
}

/// Grants a role for a while.
pub fn grant(ctx: &Ctx, user: &str, term: &Term) -> Result<(), AppError> {
    require_grant(ctx, term.role)?;
    refuse_own(ctx, user)?;
    let mut problems: Vec<Problem> = dates_problem(term.dates).into_iter().collect();
    problems.extend(deputy_problem(term.role, term.dates.1));
    if term.role.is_of_agency() != term.agency.is_some() {
        problems.push(Problem::at("agency", "problem-agency"));
    }
    if !problems.is_empty() {
        return Err(AppError::Invalid(problems));
    }
    ctx.store.write(|tx| {
        find(ctx, tx, user)?;
        let row = row(ctx, tx, user, term)?;
        if !ctx.is_first(tx, "role.granted")? {
            return Ok(());
        }
        store::user::add_role(tx, &row)?;
        note(ctx, tx, "role.granted", &row)
    })
}

/// Ends a role with yesterday; who was given it by mistake has it no more today.
pub fn end(ctx: &Ctx, user: &str, id: &str) -> Result<(), AppError> {
    require(ctx)?;
    refuse_own(ctx, user)?;
    ctx.store.write(|tx| {
        let person = find(ctx, tx, user)?;
        let row = person.roles.into_iter().find(|row| row.id == id);
        let unknown = || AppError::Invalid(vec![Problem::at("role", "problem-choose")]);
        let mut row = row.ok_or_else(unknown)?;
        let yesterday = ctx.today() - Days::new(1);
        if row.ends_on.is_some_and(|end| end <= yesterday) {
            return Ok(());
        }
        row.ends_on = Some(yesterday);
        store::user::set_role_end(tx, &row)?;
        note(ctx, tx, "role.ended", &row)
    })
}

/// Who becomes manager stands in for nobody there any more.
fn end_deputy(ctx: &Ctx, tx: &mut store::Tx, user: &str, agency: &str) -> Result<(), AppError> {
    let today = ctx.today();
    for mut row in store::user::list_roles(tx, ctx.province(), user)? {
        let is_deputy = row.role == Role::Deputy.as_str() && row.is_valid_on(today);
        if is_deputy && row.agency_id.as_deref() == Some(agency) {
            row.ends_on = Some(today - Days::new(1));
            store::user::set_role_end(tx, &row)?;
            note(ctx, tx, "role.ended", &row)?;
        }
    }
    Ok(())
}

/// The manager of an agency changes: the old one's role ends with yesterday, the other has it from today, with the
/// indicators that were in the old one's care. What is open belongs to the agency and stays open; what was done keeps
/// the name of whoever did it.
pub fn hand_over(ctx: &Ctx, from: &str, id: &str, to: &str) -> Result<(), AppError> {
    require_grant(ctx, Role::Manager)?;
    refuse_own(ctx, from)?;
    refuse_own(ctx, to)?;
    ctx.store.write(|tx| {
        let person = find(ctx, tx, from)?;
        if !ctx.is_first(tx, "role.handed_over")? {
            return Ok(());
        }
        let today = ctx.today();
        let mut roles = person.roles.into_iter();
        let row = roles.find(|row| row.id == id && row.is_valid_on(today));
        let row = row.filter(|row| row.role == Role::Manager.as_str());
        let unknown = |field: &str| AppError::Invalid(vec![Problem::at(field, "problem-heir")]);
        let mut row = row.ok_or_else(|| unknown("to"))?;
        let agency = row.agency_id.clone().unwrap_or_default();
        let heirs = super::owner::people(ctx, tx, &agency)?;
        let heir = heirs.into_iter().find(|one| one.id == to && to != from);
        let heir = heir.ok_or_else(|| unknown("to"))?;
        let given = RoleRow {
            id: new_id(),
            user_id: heir.id.clone(),
            starts_on: today,
            ends_on: None,
            granted_by: Some(ctx.actor.user.clone()),
            ..row.clone()
        };
        row.ends_on = Some(today - Days::new(1));
        store::user::set_role_end(tx, &row)?;
        end_deputy(ctx, tx, &heir.id, &agency)?;
        store::user::add_role(tx, &given)?;
        super::owner::pass_on(ctx, tx, &agency, from, to)?;
        note(ctx, tx, "role.ended", &row)?;
        note(ctx, tx, "role.handed_over", &given)?;
        let day = today.to_string();
        let letter = super::letter::to(&heir, ctx.now, "handed-over", &[("day", &day)]);
        store::letter::add(tx, &letter)?;
        Ok(())
    })
}

fn note(ctx: &Ctx, tx: &mut store::Tx, action: &str, row: &RoleRow) -> Result<(), AppError> {
    let end = row.ends_on.map(|end| end.to_string()).unwrap_or_default();
    let what = Happening {
        agency: row.agency_id.as_deref(),
        body: format!("{} {} {end}", row.role, row.starts_on)
            .trim()
            .to_owned(),
        ..happening(action, &row.user_id)
    };
    ctx.event(tx, &what)
}
