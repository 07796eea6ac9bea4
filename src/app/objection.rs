//! Objections: filed once per indicator, re-reviewed by another auditor, decided by the committee without the
//! first auditor, with a published answer (DOMAIN.md §3, §3a).

use std::collections::HashMap;

use chrono::NaiveDate;

use super::verdict::{self, claim, refuse_own_agency};
use super::{AppError, Case, Ctx, Problem, case};
use crate::domain::access::Act;
use crate::domain::json;
use crate::domain::period::{State, objections_until};
use crate::domain::returns::{self, Verdict};
use crate::domain::text;
use crate::store::objection::Objection;
use crate::store::period::Period;
use crate::store::verdict::VerdictRow;
use crate::store::{self, Conn, new_id};

/// What an objection may be about.
pub const KINDS: [&str; 4] = ["slip", "wrong_fact", "evidence_existed", "wrong_rule"];

/// What an agency files.
pub struct Filing<'a> {
    pub kind: &'a str,
    pub text: &'a str,
    /// Whoever files it knows that it is never edited.
    pub is_sure: bool,
}

impl Filing<'_> {
    /// The text as it is kept; every problem at once.
    fn words(&self) -> Result<String, AppError> {
        let mut problems = Vec::new();
        if !KINDS.contains(&self.kind) {
            problems.push(Problem::at("kind", "problem-choose"));
        }
        let words = text::filled_note(self.text, 4_000);
        if words.is_err() {
            problems.push(Problem::at("text", "problem-objection-text"));
        }
        if !self.is_sure {
            problems.push(Problem::at("is_sure", "problem-sure-once"));
        }
        match words {
            Ok(words) if problems.is_empty() => Ok(words),
            _ => Err(AppError::Invalid(problems)),
        }
    }
}

/// Files an objection. Once per indicator; its text is never edited.
pub fn file(
    ctx: &Ctx,
    period: &str,
    agency: &str,
    indicator: &str,
    filing: &Filing,
) -> Result<(), AppError> {
    ctx.require(Act::Object)?;
    let words = filing.words()?;
    ctx.store.write(|tx| {
        let case = case(ctx, tx, period, agency)?;
        let given = store::verdict::list_current(tx, &case.assessment)?;
        let verdict = given
            .into_iter()
            .find(|row| row.indicator_code == indicator);
        let verdict = verdict.ok_or(AppError::NotFound)?;
        if open_until(ctx, &case.period, &verdict).is_none() {
            return Err(AppError::Refused("refused-objections-closed"));
        }
        if !ctx.is_first(tx, "objection.filed")? {
            return Ok(());
        }
        let there = store::objection::list(tx, &case.assessment)?;
        if there
            .iter()
            .any(|objection| objection.indicator_code == indicator)
        {
            return Err(AppError::Refused("refused-objection-once"));
        }
        let row = Objection {
            province_id: ctx.province().to_owned(),
            id: new_id(),
            assessment_id: case.assessment.id.clone(),
            agency_id: case.assessment.agency_id.clone(),
            indicator_code: indicator.to_owned(),
            verdict_id: verdict.id,
            kind: filing.kind.to_owned(),
            text: words.clone(),
            filed_by: ctx.actor.user.clone(),
            filed_at: ctx.now,
            state: "filed".to_owned(),
            reviewer: None,
            proposal: None,
            proposal_reason: None,
            proposed_at: None,
            decision: None,
            answer: None,
            decided_by: None,
            decided_at: None,
        };
        store::objection::add(tx, &row)?;
        ctx.event(
            tx,
            &case.happening("objection.filed", format!("{indicator} {}", filing.kind)),
        )
    })
}

/// The last day on which an agency may object to this verdict, if it may today.
pub fn open_until(ctx: &Ctx, period: &Period, verdict: &VerdictRow) -> Option<NaiveDate> {
    let own = verdict.objection_until;
    let until = objections_until(period.state(), period.objections_end_on, own)?;
    (!ctx.is_over(until)).then_some(until)
}

fn filled(field: &str, typed: &str) -> Result<String, AppError> {
    text::filled_note(typed, 4_000)
        .map_err(|_| AppError::Invalid(vec![Problem::at(field, "problem-reason")]))
}

/// The objection on an indicator.
pub fn find(conn: &mut Conn, case: &Case, indicator: &str) -> Result<Objection, AppError> {
    let all = store::objection::list(conn, &case.assessment)?;
    let found = all
        .into_iter()
        .find(|objection| objection.indicator_code == indicator);
    found.ok_or(AppError::NotFound)
}

/// Who gave the verdict that the objection is against.
fn first_judge(
    conn: &mut Conn,
    case: &Case,
    objection: &Objection,
) -> Result<Option<String>, AppError> {
    let rows = store::verdict::list(conn, &case.assessment)?;
    Ok(rows
        .into_iter()
        .find(|row| row.id == objection.verdict_id)
        .and_then(|row| row.given_by))
}

/// An objection to a late verdict may come while the committee sits already, and is reviewed all the same.
fn is_review_time(state: State) -> bool {
    matches!(state, State::ReReview | State::Committee)
}

/// Whether this person may re-review an objection now; why not, if not.
pub fn require_review(
    ctx: &Ctx,
    conn: &mut Conn,
    case: &Case,
    objection: &Objection,
) -> Result<(), AppError> {
    ctx.require(Act::ReReview)?;
    refuse_own_agency(ctx, conn, case)?;
    if objection.state != "filed" {
        return Err(AppError::Refused("refused-reviewed"));
    }
    if !is_review_time(case.period.state()) {
        return Err(AppError::Refused("refused-not-re-review"));
    }
    if first_judge(conn, case, objection)?.as_deref() == Some(&ctx.actor.user) {
        return Err(AppError::Refused("refused-another-auditor"));
    }
    Ok(())
}

/// The objections of a period that this person may know of, and which of them wait for them.
pub fn list_of_period(
    ctx: &Ctx,
    conn: &mut Conn,
    period: &Period,
) -> Result<Vec<(Objection, bool)>, AppError> {
    ctx.require(Act::ReReview)?;
    let all = store::objection::list_of_period(conn, ctx.province(), &period.id)?;
    let ids: Vec<String> = all.iter().map(|one| one.verdict_id.clone()).collect();
    let first = store::verdict::list_by_ids(conn, ctx.province(), &ids)?;
    let judges: HashMap<String, Option<String>> = first
        .into_iter()
        .map(|row| (row.id, row.given_by))
        .collect();
    let roles = store::user::list_roles(conn, ctx.province(), &ctx.actor.user)?;
    let is_time = is_review_time(period.state());
    let may = |one: &Objection| {
        let judge = judges.get(&one.verdict_id).and_then(Option::as_deref);
        let own = Some(one.agency_id.as_str());
        let is_own_agency = roles.iter().any(|role| role.agency_id.as_deref() == own);
        let is_mine = judge == Some(ctx.actor.user.as_str());
        is_time && one.state == "filed" && !is_mine && !is_own_agency
    };
    let known = all
        .into_iter()
        .filter(|one| ctx.actor.scope.sees(&period.id, &one.agency_id));
    Ok(known
        .map(|one| {
            let may = may(&one);
            (one, may)
        })
        .collect())
}

/// Another auditor proposes: a new verdict, or to keep the first (no verdict).
pub fn review(
    ctx: &Ctx,
    period: &str,
    agency: &str,
    indicator: &str,
    proposal: Option<&Verdict>,
    reason: &str,
) -> Result<(), AppError> {
    ctx.require(Act::ReReview)?;
    let reason = filled("reason", reason);
    ctx.store.write(|tx| {
        let case = case(ctx, tx, period, agency)?;
        if !ctx.is_first(tx, "objection.reviewed")? {
            return Ok(());
        }
        let objection = find(tx, &case, indicator)?;
        require_review(ctx, tx, &case, &objection)?;
        let mut problems = match proposal {
            Some(proposal) => faults_of(tx, &case, indicator, proposal)?,
            None => Vec::new(),
        };
        if let Err(AppError::Invalid(own)) = &reason {
            problems.extend(own.iter().cloned());
        }
        let reason = match &reason {
            Ok(reason) if problems.is_empty() => reason,
            _ => return Err(AppError::Invalid(problems)),
        };
        let kept = proposal.map(|proposal| proposal.to_json().canonical());
        let user = &ctx.actor.user;
        store::objection::set_reviewed(tx, &objection, user, kept.as_deref(), reason, ctx.now)?;
        ctx.event(
            tx,
            &case.happening("objection.reviewed", indicator.to_owned()),
        )
    })
}

/// What is wrong with a proposed verdict.
fn faults_of(
    conn: &mut Conn,
    case: &Case,
    indicator: &str,
    proposal: &Verdict,
) -> Result<Vec<Problem>, AppError> {
    let found = case.framework.indicator(indicator);
    let found = found.ok_or(AppError::NotFound)?;
    let faults = returns::check(found, claim(conn, case, indicator)?, proposal);
    Ok(faults.into_iter().map(verdict::problem).collect())
}

/// The committee decides, without whoever gave the verdict or proposed the new one.
pub fn decide(
    ctx: &Ctx,
    period: &str,
    agency: &str,
    indicator: &str,
    is_upheld: bool,
    answer: &str,
) -> Result<(), AppError> {
    ctx.require(Act::Decide)?;
    ctx.store.write(|tx| {
        let case = case(ctx, tx, period, agency)?;
        if case.period.state() != State::Committee {
            return Err(AppError::Refused("refused-not-committee"));
        }
        let objection = find(tx, &case, indicator)?;
        if objection.state != "reviewed" {
            return Err(AppError::Refused("refused-not-reviewed"));
        }
        let user = Some(ctx.actor.user.as_str());
        let first = first_judge(tx, &case, &objection)?;
        if first.as_deref() == user || objection.reviewer.as_deref() == user {
            return Err(AppError::Refused("refused-two-people"));
        }
        let answer = filled("answer", answer)?;
        let decision = if is_upheld { "upheld" } else { "dismissed" };
        if is_upheld {
            let verdict =
                proposal(tx, &case, &objection)?.ok_or(AppError::Refused("refused-no-proposal"))?;
            verdict::add(
                ctx,
                tx,
                &case,
                indicator,
                "objection",
                &verdict,
                ["", &answer, "", ""],
            )?;
        }
        store::objection::set_decided(tx, &objection, decision, &answer, &ctx.actor.user, ctx.now)?;
        ctx.event(
            tx,
            &case.happening("objection.decided", format!("{indicator} {decision}")),
        )
    })
}

/// The verdict that was proposed, if one was.
pub fn proposal(
    conn: &mut Conn,
    case: &Case,
    objection: &Objection,
) -> Result<Option<Verdict>, AppError> {
    let Some(text) = &objection.proposal else {
        return Ok(None);
    };
    let code = &objection.indicator_code;
    let indicator = case.framework.indicator(code).ok_or(AppError::NotFound)?;
    let claim = claim(conn, case, code)?;
    let json = json::read(text.as_bytes());
    Ok(json.and_then(|json| returns::read_verdict(&json, indicator, claim)))
}
