//! Handing in: the head of the agency reviews, pledges and signs. After it the claim never changes.

use chrono::NaiveDate;

use super::answer::require_open;
use super::letter::write_to_agency;
use super::{AppError, Case, Ctx, Problem, case, password};
use crate::domain::access::Act;
use crate::domain::answer;
use crate::domain::framework::Indicator;
use crate::domain::text;
use crate::store::answer::AnswerRow;
use crate::store::assessment::HandIn;
use crate::store::na_request::NaRequest;
use crate::store::{self, Tx, new_id};

/// What the head signs with.
pub struct Signature<'a> {
    /// The pledge as it was shown.
    pub pledge: &'a str,
    pub is_pledged: bool,
    pub letter_number: &'a str,
    pub letter_date: Option<NaiveDate>,
}

/// The head signs: asked for the password once more, then the quarter is handed in.
pub fn sign(
    ctx: &Ctx,
    period: &str,
    agency: &str,
    with: &Signature,
    password: &str,
) -> Result<String, AppError> {
    ctx.require(Act::Sign)?;
    let mut problems = Vec::new();
    if !with.is_pledged {
        problems.push(Problem::at("pledge", "problem-pledge"));
    }
    if text::line(with.letter_number, LONGEST_NUMBER).is_err() {
        problems.push(Problem::at("letter_number", "problem-text"));
    }
    if with.letter_date.is_some_and(|day| day > ctx.today()) {
        problems.push(Problem::at("letter_date", "problem-day-to-come"));
    }
    if !password::confirm(ctx, password)? {
        problems.push(Problem::at("password", "problem-password-wrong"));
    }
    if !problems.is_empty() {
        return Err(AppError::Invalid(problems));
    }
    hand_in(ctx, period, agency, with)
}

/// The longest number of a letter, in characters.
const LONGEST_NUMBER: usize = 60;

/// Hands the agency's quarter in and gives the tracking code. Needs an answer, a request or an explicit
/// blank for every asked indicator. The same form sent twice is one hand-in.
pub fn hand_in(
    ctx: &Ctx,
    period: &str,
    agency: &str,
    with: &Signature,
) -> Result<String, AppError> {
    ctx.require(Act::Sign)?;
    if !with.is_pledged {
        return Err(AppError::Invalid(vec![Problem::at(
            "pledge",
            "problem-pledge",
        )]));
    }
    let number = text::line(with.letter_number, LONGEST_NUMBER)
        .map_err(|_| AppError::Invalid(vec![Problem::at("letter_number", "problem-text")]))?;
    ctx.store.write(|tx| {
        let case = case(ctx, tx, period, agency)?;
        let is_first = ctx.is_first(tx, "assessment.handed_in")?;
        if let (false, Some(code)) = (is_first, &case.assessment.tracking_code) {
            return Ok(code.clone());
        }
        for answer in whole(ctx, tx, &case)?
            .iter()
            .filter(|answer| answer.choice == "not_applicable")
        {
            store::na_request::add(tx, &request(ctx, answer))?;
        }
        let tracking_code = format!("{period}-{agency}");
        let hand_in = HandIn {
            signed_by: &ctx.actor.user,
            signer_name: &ctx.actor.name,
            pledge: with.pledge,
            letter_number: Some(number.as_str()).filter(|number| !number.is_empty()),
            letter_date: with.letter_date,
            tracking_code: &tracking_code,
            at: ctx.now,
            is_late: ctx.is_over(case.deadline_on()),
        };
        store::assessment::set_handed_in(tx, &case.assessment, &hand_in)?;
        ctx.event(
            tx,
            &case.happening("assessment.handed_in", tracking_code.clone()),
        )?;
        let details = [
            ("period", period),
            ("agency", agency),
            ("code", tracking_code.as_str()),
        ];
        write_to_agency(
            ctx,
            tx,
            &case.assessment.agency_id,
            "hand-in-received",
            &details,
        )?;
        Ok(tracking_code)
    })
}

/// The answers, if the quarter may be handed in now and nothing is missing.
fn whole(ctx: &Ctx, tx: &mut Tx, case: &Case) -> Result<Vec<AnswerRow>, AppError> {
    require_open(ctx, case, case.last_hand_in_on())?;
    let answers = store::answer::list(tx, &case.assessment)?;
    let has = |code: &str| answers.iter().any(|answer| answer.indicator_code == code);
    let missing = answer::missing(&case.framework, &case.assessment.flags(), has);
    if missing.is_empty() {
        return Ok(answers);
    }
    let problems = missing.into_iter().map(unanswered);
    Err(AppError::Invalid(problems.collect()))
}

fn unanswered(indicator: &Indicator) -> Problem {
    Problem {
        field: indicator.code.clone(),
        key: "problem-unanswered",
        arguments: vec![("code", indicator.code.clone())],
    }
}

fn request(ctx: &Ctx, answer: &AnswerRow) -> NaRequest {
    NaRequest {
        province_id: ctx.province().to_owned(),
        id: new_id(),
        assessment_id: answer.assessment_id.clone(),
        agency_id: answer.agency_id.clone(),
        indicator_code: answer.indicator_code.clone(),
        reason: answer.na_reason.clone().unwrap_or_default(),
        asked_by: ctx.actor.user.clone(),
        asked_role: ctx.actor.role.as_str().to_owned(),
        asked_at: ctx.now,
        decision: None,
        decision_reason: None,
        decided_by: None,
        decided_at: None,
    }
}
