//! Central and survey values: the planning office enters them with their document, one by one or as a list.

use std::collections::{HashMap, HashSet};

use chrono::NaiveDate;

use super::verdict;
use super::{AppError, Case, Ctx, Problem, case};
use crate::domain::access::Act;
use crate::domain::answer::{Field, ValueFault, applies};
use crate::domain::calendar::{Holidays, LocalOffset};
use crate::domain::framework::Indicator;
use crate::domain::measurement::{self, Cell, Line};
use crate::domain::number::NumberFault;
use crate::domain::returns::{self, Verdict};
use crate::domain::text;
use crate::store::assessment::Assessment;
use crate::store::period::Period;
use crate::store::{self, Conn, Tx};

/// A value that the office brings.
pub struct Measurement<'a> {
    pub indicator: &'a str,
    pub verdict: Verdict,
    /// Where it is written: number and date of the letter, or the file.
    pub document: &'a str,
}

/// Enters one value. Before the preliminary result it may be entered anew; the old one stays in the history.
pub fn enter(ctx: &Ctx, period: &str, agency: &str, of: &Measurement) -> Result<(), AppError> {
    ctx.require(Act::Administer)?;
    let document = document(of.document);
    ctx.store.write(|tx| {
        let case = case(ctx, tx, period, agency)?;
        let indicator = entered(&case, of.indicator)?;
        verdict::require_time(tx, &case, indicator)?;
        let mut problems = problems(&case, indicator, &of.verdict);
        if let Err(AppError::Invalid(own)) = &document {
            problems.extend(own.iter().cloned());
        }
        let document = match &document {
            Ok(document) if problems.is_empty() => document,
            _ => return Err(AppError::Invalid(problems)),
        };
        if !ctx.is_first(tx, "measurement.entered")? {
            return Ok(());
        }
        put(ctx, tx, &case, indicator, &of.verdict, document)
    })
}

/// Where a value is written; nothing is taken on anybody's word.
pub(super) fn document(typed: &str) -> Result<String, AppError> {
    text::filled_note(typed, 1_000)
        .map_err(|_| AppError::Invalid(vec![Problem::at("document", "problem-document")]))
}

fn put(
    ctx: &Ctx,
    tx: &mut Tx,
    case: &Case,
    of: &Indicator,
    value: &Verdict,
    document: &str,
) -> Result<(), AppError> {
    verdict::add(
        ctx,
        tx,
        case,
        &of.code,
        "office",
        value,
        ["", document, "", ""],
    )
}

/// The indicator, where the office enters it.
fn entered<'c>(case: &'c Case, code: &str) -> Result<&'c Indicator, AppError> {
    let found = case.framework.indicator(code);
    found
        .filter(|indicator| measurement::is_entered(indicator))
        .ok_or(AppError::NotFound)
}

/// What keeps a value from standing in this agency's quarter.
fn problems(case: &Case, indicator: &Indicator, value: &Verdict) -> Vec<Problem> {
    if !applies(indicator, &case.assessment.flags()) {
        return vec![Problem::at("value", "problem-not-in-profile")];
    }
    let faults = returns::check(indicator, None, value).into_iter();
    faults.map(verdict::problem).map(at_its_field).collect()
}

/// The fields of the form are called otherwise than the members of the file.
fn at_its_field(problem: Problem) -> Problem {
    let field = match problem.field.as_str() {
        "num" => "numerator",
        "den" => "denominator",
        "answers" => "answers",
        _ => "value",
    };
    Problem {
        field: field.to_owned(),
        ..problem
    }
}

/// One line of a list with what is wrong with it.
pub struct Checked {
    pub line: Line,
    /// The agency, where the province has it.
    pub agency: Option<store::agency::Agency>,
    pub problems: Vec<Problem>,
}

/// Reads a list without entering anything: every line with every problem.
pub fn check_list(
    ctx: &Ctx,
    conn: &mut Conn,
    period: &str,
    indicator: &str,
    text: &str,
) -> Result<Vec<Checked>, AppError> {
    ctx.require(Act::Administer)?;
    let period = store::period::find_by_code(conn, ctx.province(), period)?;
    let period = period.ok_or(AppError::NotFound)?;
    let framework = ctx.frameworks.of(conn, &period)?;
    let indicator = framework.indicator(indicator);
    let indicator = indicator
        .filter(|one| measurement::is_entered(one))
        .ok_or(AppError::NotFound)?;
    let mut agencies = HashMap::new();
    for agency in store::agency::list(conn, ctx.province())? {
        agencies.insert(agency.code.clone(), agency);
    }
    let mut cases = HashMap::new();
    for assessment in store::assessment::list(conn, &ctx.actor.scope, &period.id)? {
        let case = Case {
            period: period.clone(),
            framework: framework.clone(),
            assessment,
            extensions: Vec::new(),
        };
        cases.insert(case.assessment.agency_id.clone(), case);
    }
    let mut seen = HashSet::new();
    let lines = measurement::read_list(indicator, text).into_iter();
    let checked = lines.map(|line| {
        let agency = agencies.get(&line.agency).cloned();
        let case = agency.as_ref().and_then(|agency| cases.get(&agency.id));
        let mut problems = match (&line.read, case) {
            (_, None) => vec![Problem::at("agency", "problem-unknown-agency")],
            (Ok(value), Some(case)) => problems(case, indicator, value),
            (Err(faults), Some(_)) => faults.iter().map(cell_problem).collect(),
        };
        if !seen.insert(line.agency.clone()) {
            problems.push(Problem::at("agency", "problem-agency-twice"));
        }
        Checked {
            line,
            agency,
            problems,
        }
    });
    Ok(checked.collect())
}

/// Enters a whole list, or nothing of it; says how many values came in.
pub fn enter_list(
    ctx: &Ctx,
    period: &str,
    indicator: &str,
    text: &str,
    document: &str,
) -> Result<i64, AppError> {
    ctx.require(Act::Administer)?;
    let document = self::document(document);
    ctx.store.write(|tx| {
        let lines = check_list(ctx, tx, period, indicator, text)?;
        let mut problems = Vec::new();
        if lines.is_empty() {
            problems.push(Problem::at("list", "problem-list-empty"));
        }
        let bad = lines
            .iter()
            .filter(|line| !line.problems.is_empty())
            .count();
        if bad > 0 {
            problems.push(Problem {
                field: "list".to_owned(),
                key: "problem-list-lines",
                arguments: vec![("count", bad.to_string())],
            });
        }
        if let Err(AppError::Invalid(own)) = &document {
            problems.extend(own.iter().cloned());
        }
        let document = match &document {
            Ok(document) if problems.is_empty() => document,
            _ => return Err(AppError::Invalid(problems)),
        };
        if !ctx.is_first(tx, "measurement.list_entered")? {
            return Ok(0);
        }
        for line in &lines {
            let case = case(ctx, tx, period, &line.line.agency)?;
            let indicator = entered(&case, indicator)?;
            verdict::require_time(tx, &case, indicator)?;
            if let Ok(value) = &line.line.read {
                put(ctx, tx, &case, indicator, value, document)?;
            }
        }
        Ok(lines.len() as i64)
    })
}

fn cell_problem((cell, fault): &(Cell, ValueFault)) -> Problem {
    let field = match cell {
        Cell::Value(Field::Value) => "value",
        Cell::Value(Field::Numerator) => "numerator",
        Cell::Value(Field::Denominator) => "denominator",
        Cell::Answers => "answers",
        Cell::Rest => return Problem::at("rest", "problem-too-many-cells"),
    };
    let at = |key| Problem::at(field, key);
    match fault {
        ValueFault::Missing if *cell == Cell::Answers => at("problem-answers-missing"),
        ValueFault::Missing => at("problem-value-missing"),
        ValueFault::Number(NumberFault::Negative) => at("problem-negative"),
        ValueFault::Number(NumberFault::TooManyDecimals) => at("problem-decimals"),
        ValueFault::Number(_) => at("problem-number"),
        ValueFault::TooHigh { most } => Problem {
            arguments: vec![("most", most.to_string())],
            ..at("problem-too-high")
        },
        ValueFault::PartAboveWhole => at("problem-part-above-whole"),
        ValueFault::WholeIsZero => at("problem-whole-zero"),
    }
}

/// How late agencies handed in, in working days after the deadline they were shown.
pub struct Lateness {
    period: Period,
    holidays: Holidays,
    offset: LocalOffset,
    /// Deadlines that were extended for the whole checklist, by assessment.
    extended: HashMap<String, NaiveDate>,
}

impl Lateness {
    /// The calendar of a period.
    pub fn of(ctx: &Ctx, conn: &mut Conn, period: &Period) -> Result<Lateness, AppError> {
        let mut extended = HashMap::new();
        for one in store::extension::list_of_period(conn, ctx.province(), &period.id)? {
            let until = one.granted_until().filter(|_| one.indicator_code.is_none());
            if let Some(until) = until {
                let latest = extended.entry(one.assessment_id).or_insert(until);
                *latest = until.max(*latest);
            }
        }
        Ok(Lateness {
            extended,
            holidays: super::period::holidays(ctx, conn)?,
            offset: ctx.offset,
            period: period.clone(),
        })
    }

    /// Working days after the deadline; nothing before the hand-in.
    pub fn days(&self, assessment: &Assessment) -> Option<i64> {
        let day = self.offset.day(assessment.handed_in_at?);
        let extended = self.extended.get(&assessment.id).copied();
        let deadline = extended.map_or(self.period.deadline_on, |until| {
            until.max(self.period.deadline_on)
        });
        if day <= deadline {
            return Some(0);
        }
        let days = self.holidays.calendar();
        Some(i64::from(days.working_days_between(deadline, day)))
    }
}
