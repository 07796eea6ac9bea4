//! Returned items: a question to the agency reopens note and evidence of one answer, never the claim.

use chrono::NaiveDate;

use super::answer::LONGEST_NOTE;
use super::verdict::refuse_own_agency;
use super::{AppError, Case, Ctx, Problem, case, period};
use crate::domain::access::Act;
use crate::domain::answer;
use crate::domain::period::State;
use crate::domain::text;
use crate::store::query::Query;
use crate::store::{self, new_id};

/// Sends an item back to the agency: reopens its note and evidence, never the claim.
pub fn send_back(
    ctx: &Ctx,
    period: &str,
    agency: &str,
    indicator: &str,
    question: &str,
    days: Option<i64>,
) -> Result<(), AppError> {
    ctx.require(Act::Judge)?;
    let (question, days) = asked(question, days)?;
    ctx.store.write(|tx| {
        let case = case(ctx, tx, period, agency)?;
        refuse_own_agency(ctx, tx, &case)?;
        let is_time = (State::Open..State::Preliminary).contains(&case.period.state());
        if !case.assessment.is_handed_in() || !is_time {
            return Err(AppError::Refused("refused-not-under-review"));
        }
        let found = case
            .framework
            .indicator(indicator)
            .ok_or(AppError::NotFound)?;
        if !answer::is_asked(found, &case.assessment.flags()) {
            return Err(AppError::NotFound);
        }
        if !ctx.is_first(tx, "query.asked")? {
            return Ok(());
        }
        let there = store::query::list(tx, &case.assessment)?;
        let mut own = there.iter().filter(|row| row.indicator_code == indicator);
        if own.any(|row| row.closed_at.is_none()) {
            return Err(AppError::Refused("refused-query-there"));
        }
        let due_on = period::due(ctx, tx, days)?;
        let row = query(ctx, &case, indicator, &question, due_on);
        store::query::add(tx, &row)?;
        ctx.event(tx, &case.happening("query.asked", indicator.to_owned()))?;
        let details = [
            ("period", period),
            ("code", indicator),
            ("id", row.id.as_str()),
        ];
        let agency_id = &case.assessment.agency_id;
        super::letter::write_to_agency(ctx, tx, agency_id, "item-returned", &details)
    })
}

/// The longest time an agency gets for a returned item, in working days.
pub const MOST_DAYS: i64 = 10;

/// The question and its working days, or everything that is wrong with them.
fn asked(question: &str, days: Option<i64>) -> Result<(String, i32), AppError> {
    let words = text::filled_note(question, 4_000);
    let days = days.filter(|days| (1..=MOST_DAYS).contains(days));
    let days = days.and_then(|days| i32::try_from(days).ok());
    match (words, days) {
        (Ok(words), Some(days)) => Ok((words, days)),
        (words, days) => {
            let mut problems = Vec::new();
            if words.is_err() {
                problems.push(Problem::at("question", "problem-question"));
            }
            if days.is_none() {
                problems.push(Problem::at("days", "problem-query-days"));
            }
            Err(AppError::Invalid(problems))
        }
    }
}

/// Closes a returned item, answered or not; from now on its evidence stays as it is.
pub fn close(
    ctx: &Ctx,
    period: &str,
    agency: &str,
    indicator: &str,
    id: &str,
) -> Result<(), AppError> {
    ctx.require(Act::Judge)?;
    ctx.store.write(|tx| {
        let case = case(ctx, tx, period, agency)?;
        refuse_own_agency(ctx, tx, &case)?;
        let mut there = store::query::list(tx, &case.assessment)?.into_iter();
        let row = there.find(|row| row.id == id && row.indicator_code == indicator);
        let row = row.ok_or(AppError::NotFound)?;
        if row.closed_at.is_some() {
            return Ok(());
        }
        store::query::set_closed(tx, &row, &ctx.actor.user, ctx.now)?;
        ctx.event(tx, &case.happening("query.closed", indicator.to_owned()))
    })
}

fn query(ctx: &Ctx, case: &Case, indicator: &str, question: &str, due_on: NaiveDate) -> Query {
    Query {
        province_id: ctx.province().to_owned(),
        id: new_id(),
        assessment_id: case.assessment.id.clone(),
        agency_id: case.assessment.agency_id.clone(),
        indicator_code: indicator.to_owned(),
        question: question.to_owned(),
        due_on,
        asked_by: ctx.actor.user.clone(),
        asked_at: ctx.now,
        answer: None,
        answered_by: None,
        answered_at: None,
        closed_by: None,
        closed_at: None,
    }
}

/// Answers a returned item. The claim stays as it was handed in.
pub fn answer(
    ctx: &Ctx,
    period: &str,
    agency: &str,
    indicator: &str,
    typed: &str,
) -> Result<(), AppError> {
    ctx.require(Act::Answer)?;
    let words = text::filled_note(typed, LONGEST_NOTE)
        .map_err(|_| AppError::Invalid(vec![Problem::at("answer", "problem-text")]))?;
    ctx.store.write(|tx| {
        let case = case(ctx, tx, period, agency)?;
        let queries = store::query::list(tx, &case.assessment)?;
        let mut open = queries.into_iter().filter(store::query::Query::is_open);
        let query = open.find(|query| query.indicator_code == indicator);
        let query = query.ok_or(AppError::NotFound)?;
        store::query::set_answered(tx, &query, &words, &ctx.actor.user, ctx.now)?;
        ctx.event(tx, &case.happening("query.answered", indicator.to_owned()))
    })
}
