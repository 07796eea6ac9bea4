//! Returned items: a question to the agency reopens note and evidence of one answer, never the claim.

use chrono::NaiveDate;

use super::answer::LONGEST_NOTE;
use super::verdict::{filled, refuse_own_agency};
use super::{AppError, Case, Ctx, Problem, case};
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
    due_on: NaiveDate,
) -> Result<(), AppError> {
    ctx.require(Act::Judge)?;
    let question = filled("question", question)?;
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
        let mut open = queries
            .into_iter()
            .filter(|query| query.answered_at.is_none());
        let query = open.find(|query| query.indicator_code == indicator);
        let query = query.ok_or(AppError::NotFound)?;
        store::query::set_answered(tx, &query, &words, &ctx.actor.user, ctx.now)?;
        ctx.event(tx, &case.happening("query.answered", indicator.to_owned()))
    })
}
