//! The form of a visit: what is asked, what was typed, and what it says.

use chrono::{Duration, NaiveDate};
use serde::Serialize;

use super::answer::Choose;
use super::visit::{answered, choose};
use crate::app::visit::{EXCUSES, Observation, Seen};
use crate::app::{AppError, Problem};
use crate::domain::calendar::{JalaliDate, parse_clock};
use crate::store::province::County;
use crate::store::user::User;
use crate::web::desk::Desk;
use crate::web::form::Input;

/// The form.
#[derive(Clone, Debug, Default, Serialize)]
pub struct VisitForm {
    pub visited_on: String,
    pub is_announced: bool,
    pub county: String,
    pub counties: Vec<Choose>,
    pub answered: Vec<Choose>,
    pub first_time: String,
    pub first_answered: String,
    pub second_time: String,
    pub second_answered: String,
    pub is_obstructed: bool,
    pub is_desk_missing: bool,
    pub excuse: String,
    pub excuses: Vec<Choose>,
    pub minutes: String,
    pub second_auditor: String,
    pub companions: Vec<Choose>,
}

impl VisitForm {
    /// The empty form.
    pub fn of(desk: &Desk, counties: &[County], companions: &[User]) -> VisitForm {
        let county = |one: &County| Choose {
            value: one.code.clone(),
            label: desk.choose(&one.name_fa, &one.name_en).to_owned(),
            hint: None,
        };
        let companion = |one: &User| Choose {
            value: one.id.clone(),
            label: one.name.clone(),
            hint: None,
        };
        VisitForm {
            counties: counties.iter().map(county).collect(),
            answered: answered(desk),
            excuses: choose(desk, "auditor-excuse", &EXCUSES),
            companions: companions.iter().map(companion).collect(),
            ..VisitForm::default()
        }
    }

    /// Keeps what was typed.
    pub fn keep(&mut self, input: &Input) {
        let field = |name: &str| input.field(name).to_owned();
        self.visited_on = field("visited_on");
        self.is_announced = input.is_ticked("is_announced");
        self.county = field("county");
        self.first_time = field("first_time");
        self.first_answered = field("first_answered");
        self.second_time = field("second_time");
        self.second_answered = field("second_answered");
        self.is_obstructed = input.is_ticked("is_obstructed");
        self.is_desk_missing = input.is_ticked("is_desk_missing");
        self.excuse = field("excuse");
        self.minutes = field("minutes");
        self.second_auditor = field("second_auditor");
    }
}

/// «بله» or «خیر» of a form; nothing where neither was chosen.
pub fn yes_no(typed: &str) -> Option<bool> {
    match typed {
        "yes" => Some(true),
        "no" => Some(false),
        _ => None,
    }
}

/// What was seen, as it was typed.
pub fn read<'i>(desk: &Desk, input: &'i Input) -> Result<Seen<'i>, AppError> {
    let mut problems = Vec::new();
    let day = JalaliDate::parse(input.field("visited_on"));
    let day = day.map(JalaliDate::gregorian);
    if day.is_err() {
        problems.push(Problem::at("visited_on", "problem-date"));
    }
    let mut look = |time: &'static str, answer: &'static str| {
        look(desk, input, day.ok()?, time, answer).unwrap_or_else(|found| {
            problems.extend(found);
            None
        })
    };
    let first = look("first_time", "first_answered");
    let second = look("second_time", "second_answered");
    let chosen = |name: &str| Some(input.field(name)).filter(|value| !value.is_empty());
    match day {
        Ok(visited_on) if problems.is_empty() => Ok(Seen {
            is_unannounced: !input.is_ticked("is_announced"),
            visited_on,
            county: chosen("county"),
            first,
            second,
            is_obstructed: input.is_ticked("is_obstructed"),
            desk_exists: !input.is_ticked("is_desk_missing"),
            excuse: chosen("excuse"),
            minutes: input.field("minutes"),
            second_auditor: chosen("second_auditor"),
        }),
        _ => Err(AppError::Invalid(problems)),
    }
}

/// One look: both fields or neither.
fn look(
    desk: &Desk,
    input: &Input,
    day: NaiveDate,
    time: &str,
    answer: &str,
) -> Result<Option<Observation>, Vec<Problem>> {
    let (typed, chosen) = (input.field(time), input.field(answer));
    if typed.trim().is_empty() && chosen.is_empty() {
        return Ok(None);
    }
    let start = desk.ctx.offset.start_of_day(day);
    let at = parse_clock(typed).map(|minutes| start + Duration::minutes(minutes));
    match (at, yes_no(chosen)) {
        (Some(at), Some(is_answered)) => Ok(Some(Observation { at, is_answered })),
        (at, is_answered) => {
            let mut problems = Vec::new();
            if at.is_none() {
                problems.push(Problem::at(time, "problem-time"));
            }
            if is_answered.is_none() {
                problems.push(Problem::at(answer, "problem-choose"));
            }
            Err(problems)
        }
    }
}
