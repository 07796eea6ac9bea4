//! Visits, test calls and test requests. Nobody types a fact that can be counted.

use chrono::{Duration, NaiveDate, NaiveDateTime};

use super::verdict::refuse_own_agency;
use super::{AppError, Case, Ctx, Problem, case};
use crate::domain::access::Act;
use crate::domain::calendar::Quarter;
use crate::domain::period::State;
use crate::domain::text;
use crate::store::visit::{Probe, Visit};
use crate::store::{self, new_id};

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

/// Records a visit within the quarter that is measured or its review.
pub fn record(ctx: &Ctx, period: &str, agency: &str, seen: &Seen) -> Result<(), AppError> {
    ctx.require(Act::Visit)?;
    let minutes = text::note(seen.minutes, 4_000)
        .map_err(|_| AppError::Invalid(vec![Problem::at("minutes", "problem-text")]))?;
    let problems = problems(ctx, period, seen, &minutes);
    if !problems.is_empty() {
        return Err(AppError::Invalid(problems));
    }
    ctx.store.write(|tx| {
        let case = case(ctx, tx, period, agency)?;
        refuse_own_agency(ctx, tx, &case)?;
        require_time(&case)?;
        if !ctx.is_first(tx, "visit.recorded")? {
            return Ok(());
        }
        let row = row(ctx, &case, seen, &minutes);
        store::visit::add(tx, &row)?;
        let body = format!(
            "{} {}",
            row.id,
            if row.is_empty_desk() {
                "empty"
            } else {
                "answered"
            }
        );
        ctx.event(tx, &case.happening("visit.recorded", body))
    })
}

fn require_time(case: &Case) -> Result<(), AppError> {
    if case.period.state() >= State::Final {
        return Err(AppError::Refused("refused-final"));
    }
    Ok(())
}

fn problems(ctx: &Ctx, period: &str, seen: &Seen, minutes: &str) -> Vec<Problem> {
    let mut problems = Vec::new();
    let quarter = Quarter::parse(period).ok();
    let is_inside = quarter.is_none_or(|quarter| {
        (quarter.first_day()..=quarter.last_day()).contains(&seen.visited_on)
    });
    if !is_inside || seen.visited_on > ctx.today() {
        problems.push(Problem::at("visited_on", "problem-visit-day"));
    }
    if seen.is_obstructed {
        if minutes.is_empty() {
            problems.push(Problem::at("minutes", "problem-reason"));
        }
        if seen
            .second_auditor
            .is_none_or(|other| other == ctx.actor.user)
        {
            problems.push(Problem::at("second_auditor", "problem-second-auditor"));
        }
        return problems;
    }
    match (seen.first, seen.second) {
        (None, _) => problems.push(Problem::at("first", "problem-observation")),
        // One answered look is enough; an empty desk needs a second look ten minutes later.
        (Some(first), None) if !first.is_answered => {
            problems.push(Problem::at("second", "problem-second-observation"));
        }
        (Some(first), Some(second)) if second.at < first.at + Duration::minutes(10) => {
            problems.push(Problem::at("second", "problem-ten-minutes"));
        }
        _ => {}
    }
    problems
}

fn row(ctx: &Ctx, case: &Case, seen: &Seen, minutes: &str) -> Visit {
    Visit {
        province_id: ctx.province().to_owned(),
        id: new_id(),
        period_id: case.period.id.clone(),
        agency_id: case.assessment.agency_id.clone(),
        county_code: None,
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
    }
}

/// Records a test call (`call`) or a test request (`request`).
pub fn record_probe(
    ctx: &Ctx,
    period: &str,
    agency: &str,
    kind: &str,
    is_answered: bool,
    note: &str,
) -> Result<(), AppError> {
    ctx.require(Act::Visit)?;
    let note = text::note(note, 1_000)
        .map_err(|_| AppError::Invalid(vec![Problem::at("note", "problem-text")]))?;
    if !matches!(kind, "call" | "request") {
        return Err(AppError::Invalid(vec![Problem::at(
            "kind",
            "problem-choose",
        )]));
    }
    ctx.store.write(|tx| {
        let case = case(ctx, tx, period, agency)?;
        refuse_own_agency(ctx, tx, &case)?;
        require_time(&case)?;
        if !ctx.is_first(tx, "probe.recorded")? {
            return Ok(());
        }
        let row = Probe {
            province_id: ctx.province().to_owned(),
            id: new_id(),
            period_id: case.period.id.clone(),
            agency_id: case.assessment.agency_id.clone(),
            kind: kind.to_owned(),
            made_at: ctx.now,
            is_answered,
            note: note.clone(),
            recorded_by: ctx.actor.user.clone(),
            recorded_at: ctx.now,
        };
        store::visit::add_probe(tx, &row)?;
        ctx.event(
            tx,
            &case.happening("probe.recorded", format!("{kind} {is_answered}")),
        )
    })
}
