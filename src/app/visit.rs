//! Visits: seen by one, signed off by another, counted by the program. Nobody types a fact that can be counted.

use chrono::{Duration, NaiveDate, NaiveDateTime};

use super::verdict::{refuse_final, refuse_own_agency};
use super::{AppError, Case, Ctx, Problem, assignment, case};
use crate::domain::access::Act;
use crate::domain::calendar::Quarter;
use crate::domain::text;
use crate::store::visit::Visit;
use crate::store::{self, Conn, new_id};

/// What excuses an empty desk; its document is named in the minutes.
pub const EXCUSES: [&str; 4] = ["closure", "emergency", "power_cut", "moved"];

/// One look at the desk: when, and whether anybody answered.
#[derive(Clone, Copy, Debug)]
pub struct Observation {
    pub at: NaiveDateTime,
    pub is_answered: bool,
}

/// What was seen at a visit.
pub struct Seen<'a> {
    pub is_unannounced: bool,
    pub visited_on: NaiveDate,
    /// Where, if not at the agency's own desk in the capital.
    pub county: Option<&'a str>,
    pub first: Option<Observation>,
    pub second: Option<Observation>,
    /// Entry was refused in office hours; minuted by two auditors.
    pub is_obstructed: bool,
    pub desk_exists: bool,
    /// An excuse of the list, with its document in the minutes.
    pub excuse: Option<&'a str>,
    pub minutes: &'a str,
    pub second_auditor: Option<&'a str>,
}

/// Records a visit within the quarter that is measured. It counts once somebody else has signed it off.
pub fn record(ctx: &Ctx, period: &str, agency: &str, seen: &Seen) -> Result<(), AppError> {
    ctx.require(Act::Visit)?;
    let mut problems = problems(ctx, period, seen);
    let minutes = text::note(seen.minutes, 4_000).unwrap_or_else(|_| {
        problems.push(Problem::at("minutes", "problem-text"));
        String::new()
    });
    ctx.store.write(|tx| {
        let case = case(ctx, tx, period, agency)?;
        refuse_own_agency(ctx, tx, &case)?;
        refuse_final(&case)?;
        let mut problems = problems.clone();
        problems.extend(unknown(ctx, tx, seen)?);
        // A desk that is closed by law is not found empty.
        if !is_working(ctx, tx, seen.visited_on)? {
            problems.push(Problem::at("visited_on", "problem-visit-holiday"));
        }
        if !problems.is_empty() {
            return Err(AppError::Invalid(problems));
        }
        if !ctx.is_first(tx, "visit.recorded")? {
            return Ok(());
        }
        let row = row(ctx, &case, seen, &minutes);
        store::visit::add(tx, &row)?;
        let body = format!("{} {}", row.id, outcome(&row));
        ctx.event(tx, &case.happening("visit.recorded", body))
    })
}

/// Whether offices work on a day.
pub(super) fn is_working(ctx: &Ctx, conn: &mut Conn, day: NaiveDate) -> Result<bool, AppError> {
    let holidays = super::period::holidays(ctx, conn)?;
    let days = holidays.calendar();
    Ok(days.is_working(day))
}

/// What came of it, for the log.
pub(super) fn outcome(row: &Visit) -> &'static str {
    match row {
        row if row.is_obstructed => "obstructed",
        row if row.is_empty_desk() => "empty",
        _ => "answered",
    }
}

/// Signs a visit off: a second person has read it. Whoever recorded it does not.
pub fn sign_off(ctx: &Ctx, period: &str, agency: &str, id: &str) -> Result<(), AppError> {
    ctx.require(Act::Visit)?;
    ctx.store.write(|tx| {
        let case = case(ctx, tx, period, agency)?;
        let agency_id = &case.assessment.agency_id;
        let there = store::visit::list(tx, &ctx.actor.scope, &case.period.id, agency_id)?;
        let visit = there.into_iter().find(|visit| visit.id == id);
        let visit = visit.ok_or(AppError::NotFound)?;
        refuse_own_agency(ctx, tx, &case)?;
        refuse_final(&case)?;
        if visit.recorded_by == ctx.actor.user {
            return Err(AppError::Refused("refused-two-people"));
        }
        if visit.counts() {
            return Ok(());
        }
        store::visit::set_signed_off(tx, &visit, &ctx.actor.user, ctx.now)?;
        ctx.event(tx, &case.happening("visit.signed_off", visit.id.clone()))
    })
}

/// What is wrong with what was seen, whoever is asked.
pub(super) fn problems(ctx: &Ctx, period: &str, seen: &Seen) -> Vec<Problem> {
    let mut problems = Vec::new();
    let quarter = Quarter::parse(period).ok();
    let is_inside = quarter.is_none_or(|quarter| {
        (quarter.first_day()..=quarter.last_day()).contains(&seen.visited_on)
    });
    if !is_inside || seen.visited_on > ctx.today() {
        problems.push(Problem::at("visited_on", "problem-visit-day"));
    }
    if seen.excuse.is_some_and(|excuse| !EXCUSES.contains(&excuse)) {
        problems.push(Problem::at("excuse", "problem-choose"));
    }
    let needs_minutes = seen.is_obstructed || seen.excuse.is_some() || !seen.desk_exists;
    if needs_minutes && seen.minutes.trim().is_empty() {
        problems.push(Problem::at("minutes", "problem-minutes"));
    }
    let is_alone = |other: &str| other == ctx.actor.user;
    if seen.is_obstructed && seen.second_auditor.is_none_or(is_alone) {
        problems.push(Problem::at("second_auditor", "problem-second-auditor"));
    }
    if !seen.is_obstructed {
        problems.extend(looks(ctx, seen));
    }
    problems
}

/// What is wrong with the two looks at the desk.
fn looks(ctx: &Ctx, seen: &Seen) -> Option<Problem> {
    let is_ahead = |look: Observation| look.at > ctx.now;
    match (seen.first, seen.second) {
        (None, _) => Some(Problem::at("first_time", "problem-observation")),
        (Some(first), _) if is_ahead(first) => {
            Some(Problem::at("first_time", "problem-time-ahead"))
        }
        // One answered look is enough; an empty desk needs a second look ten minutes later.
        (Some(first), None) if !first.is_answered => {
            Some(Problem::at("second_time", "problem-second-observation"))
        }
        (Some(first), Some(second)) if second.at < first.at + Duration::minutes(10) => {
            Some(Problem::at("second_time", "problem-ten-minutes"))
        }
        (_, Some(second)) if is_ahead(second) => {
            Some(Problem::at("second_time", "problem-time-ahead"))
        }
        _ => None,
    }
}

/// Who may go as the second auditor: the auditors of the province but oneself.
pub fn companions(ctx: &Ctx, conn: &mut Conn) -> Result<Vec<store::user::User>, AppError> {
    let mut others = auditors(ctx, conn)?;
    others.retain(|user| user.id != ctx.actor.user);
    Ok(others)
}

/// The auditors of the province, lead auditors among them.
pub fn auditors(ctx: &Ctx, conn: &mut Conn) -> Result<Vec<store::user::User>, AppError> {
    let all = assignment::auditors(ctx, conn)?.into_iter();
    Ok(all.map(|(user, _)| user).collect())
}

/// People and places of the form that are not there.
fn unknown(ctx: &Ctx, conn: &mut Conn, seen: &Seen) -> Result<Vec<Problem>, AppError> {
    let mut problems = Vec::new();
    if let Some(other) = seen.second_auditor.filter(|id| *id != ctx.actor.user) {
        let known = companions(ctx, conn)?;
        if !known.iter().any(|user| user.id == other) {
            problems.push(Problem::at("second_auditor", "problem-choose"));
        }
    }
    if let Some(county) = seen.county {
        let known = store::province::list_counties(conn, ctx.province())?;
        if !known.iter().any(|one| one.code == county) {
            problems.push(Problem::at("county", "problem-choose"));
        }
    }
    Ok(problems)
}

pub(super) fn row(ctx: &Ctx, case: &Case, seen: &Seen, minutes: &str) -> Visit {
    Visit {
        province_id: ctx.province().to_owned(),
        id: new_id(),
        period_id: case.period.id.clone(),
        agency_id: case.assessment.agency_id.clone(),
        county_code: seen.county.map(str::to_owned),
        is_unannounced: seen.is_unannounced,
        visited_on: seen.visited_on,
        first_at: seen.first.map(|first| first.at),
        first_answered: seen.first.map(|first| first.is_answered),
        second_at: seen.second.map(|second| second.at),
        second_answered: seen.second.map(|second| second.is_answered),
        is_obstructed: seen.is_obstructed,
        desk_exists: seen.desk_exists,
        excuse: seen.excuse.map(str::to_owned),
        minutes: minutes.to_owned(),
        recorded_by: ctx.actor.user.clone(),
        second_auditor: seen.second_auditor.map(str::to_owned),
        recorded_at: ctx.now,
        signed_off_by: None,
        signed_off_at: None,
    }
}
