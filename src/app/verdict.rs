//! Verification: a verdict next to the claim, never in its place; measured values; returned items; findings.

use chrono::{NaiveDate, NaiveDateTime};

use super::{AppError, Case, Ctx, Problem, case};
use crate::domain::access::Act;
use crate::domain::answer;
use crate::domain::fault::Code;
use crate::domain::framework::{Indicator, ReportedBy};
use crate::domain::period::State;
use crate::domain::returns::{self, Value, Verdict};
use crate::domain::score::{points_c, value_of};
use crate::domain::text;
use crate::store::answer::QueryRow;
use crate::store::verdict::{FactRow, Finding, VerdictRow};
use crate::store::{self, Conn, Tx, new_id};

/// What an auditor decided on one indicator, and why.
pub struct Judgement<'a> {
    pub indicator: &'a str,
    pub verdict: Verdict,
    pub reason_code: &'a str,
    pub reason: &'a str,
    pub recommendation: &'a str,
    /// For the auditors only.
    pub internal_note: &'a str,
}

/// The auditor judges claims and measures; the office enters central and survey values.
pub fn act_for(indicator: &Indicator) -> Act {
    match indicator.reported_by {
        ReportedBy::Survey | ReportedBy::Central | ReportedBy::System => Act::Administer,
        ReportedBy::Agency | ReportedBy::Auditor => Act::Judge,
    }
}

/// Gives a verdict. Before the preliminary result it may be replaced; after it only a first one may be given.
pub fn give(ctx: &Ctx, period: &str, agency: &str, of: &Judgement) -> Result<(), AppError> {
    let reason = note("reason", of.reason)?;
    let recommendation = note("recommendation", of.recommendation)?;
    let internal_note = note("internal_note", of.internal_note)?;
    ctx.store.write(|tx| {
        let case = case(ctx, tx, period, agency)?;
        let indicator = case
            .framework
            .indicator(of.indicator)
            .ok_or(AppError::NotFound)?;
        ctx.require(act_for(indicator))?;
        // "Not applicable" goes through its own request and decision.
        if matches!(of.verdict, Verdict::NotApplicable { .. }) {
            return Err(AppError::Forbidden);
        }
        refuse_own_agency(ctx, tx, &case)?;
        require_time(tx, &case, indicator)?;
        let claim = claim(tx, &case, of.indicator)?;
        let faults = returns::check(indicator, claim, &of.verdict);
        if !faults.is_empty() {
            return Err(AppError::Invalid(faults.into_iter().map(problem).collect()));
        }
        if reason.is_empty() && needs_reason(indicator, claim, &of.verdict) {
            return Err(AppError::Invalid(vec![Problem::at(
                "reason",
                "problem-reason",
            )]));
        }
        if !ctx.is_first(tx, "verdict.given")? {
            return Ok(());
        }
        let texts = [of.reason_code, &reason, &recommendation, &internal_note];
        add(ctx, tx, &case, of.indicator, "first", &of.verdict, texts)
    })
}

fn note(field: &str, typed: &str) -> Result<String, AppError> {
    text::note(typed, 4_000)
        .map_err(|_| AppError::Invalid(vec![Problem::at(field, "problem-text")]))
}

fn filled(field: &str, typed: &str) -> Result<String, AppError> {
    text::filled_note(typed, 4_000)
        .map_err(|_| AppError::Invalid(vec![Problem::at(field, "problem-reason")]))
}

/// Nobody judges an agency they work or worked for.
pub(super) fn refuse_own_agency(ctx: &Ctx, conn: &mut Conn, case: &Case) -> Result<(), AppError> {
    let roles = store::user::list_roles(conn, ctx.province(), &ctx.actor.user)?;
    let own = Some(case.assessment.agency_id.as_str());
    if roles.iter().any(|role| role.agency_id.as_deref() == own) {
        return Err(AppError::Refused("refused-own-agency"));
    }
    Ok(())
}

/// The claim as it was handed in; drafts are nobody's business.
pub(super) fn claim(
    conn: &mut Conn,
    case: &Case,
    indicator: &str,
) -> Result<Option<Value>, AppError> {
    if !case.assessment.is_handed_in() {
        return Ok(None);
    }
    let row = store::answer::find(conn, &case.assessment, indicator)?;
    Ok(row
        .and_then(|row| row.claim)
        .and_then(|claim| answer::kept(&claim)))
}

fn require_time(conn: &mut Conn, case: &Case, indicator: &Indicator) -> Result<(), AppError> {
    let state = case.period.state();
    let is_agency = indicator.reported_by == ReportedBy::Agency;
    if is_agency && !case.assessment.is_handed_in() {
        return Err(AppError::Refused("refused-not-handed-in"));
    }
    let is_early = state == State::Planned || (is_agency && state < State::UnderReview);
    if state >= State::Final || is_early {
        return Err(AppError::Refused("refused-not-under-review"));
    }
    if state >= State::Preliminary {
        let given = store::verdict::list_current(conn, &case.assessment)?;
        if given.iter().any(|row| row.indicator_code == indicator.code) {
            return Err(AppError::Refused("refused-only-by-objection"));
        }
    }
    Ok(())
}

fn needs_reason(indicator: &Indicator, claim: Option<Value>, verdict: &Verdict) -> bool {
    let points = |value: Value| points_c(indicator, value_of(indicator, value));
    match verdict {
        Verdict::Rejected | Verdict::NotApplicable { .. } => true,
        Verdict::Adjusted(found) => claim.is_none_or(|claim| points(*found) < points(claim)),
        _ => false,
    }
}

/// The sentence for a fault of the rule, at the field it belongs to.
pub(super) fn problem((at, code): (String, Code)) -> Problem {
    let field = at.rsplit('/').next().unwrap_or_default();
    let key = match code {
        Code::Range => "problem-range",
        Code::Ratio => "problem-part-above-whole",
        Code::ZeroDen => "problem-whole-zero",
        Code::Sample => "problem-sample",
        Code::Verdict => "problem-verdict-not-here",
        _ => "problem-value",
    };
    Problem::at(if field == "verdict" { "kind" } else { field }, key)
}

/// Adds a verdict row with its event.
pub(super) fn add(
    ctx: &Ctx,
    tx: &mut Tx,
    case: &Case,
    indicator: &str,
    round: &str,
    verdict: &Verdict,
    texts: [&str; 4],
) -> Result<(), AppError> {
    let before = store::verdict::list(tx, &case.assessment)?;
    let own = before.iter().filter(|row| row.indicator_code == indicator);
    let row = VerdictRow {
        number: own.map(|row| row.number).max().unwrap_or(0) + 1,
        given_by: Some(ctx.actor.user.clone()),
        given_at: ctx.now,
        ..row_of(case, indicator, round, verdict, texts)
    };
    store::verdict::add(tx, &row)?;
    let body = format!("{indicator} {} {} {round}", row.number, row.kind);
    ctx.event(tx, &case.happening("verdict.given", body))
}

/// A verdict as a row without author and time.
pub(super) fn row_of(
    case: &Case,
    indicator: &str,
    round: &str,
    verdict: &Verdict,
    texts: [&str; 4],
) -> VerdictRow {
    let (kind, value, n, k, answers) = match verdict {
        Verdict::Confirmed => ("confirmed", None, None, None, None),
        Verdict::Rejected => ("rejected", None, None, None, None),
        Verdict::Adjusted(value) => ("adjusted", Some(*value), None, None, None),
        Verdict::Sample { n, k } => ("sample", None, Some(*n), Some(*k), None),
        Verdict::Measured { value, answers } => ("measured", Some(*value), None, None, *answers),
        Verdict::NotApplicable { .. } => ("not_applicable", None, None, None, None),
    };
    let [reason_code, reason, recommendation, internal_note] = texts;
    let reason = match verdict {
        Verdict::NotApplicable { reason } => reason,
        _ => reason,
    };
    VerdictRow {
        province_id: case.assessment.province_id.clone(),
        id: new_id(),
        assessment_id: case.assessment.id.clone(),
        agency_id: case.assessment.agency_id.clone(),
        indicator_code: indicator.to_owned(),
        number: 1,
        round: round.to_owned(),
        kind: kind.to_owned(),
        value: value.map(answer::keep),
        sample_n: n,
        sample_k: k,
        survey_answers: answers,
        reason_code: reason_code.to_owned(),
        reason: reason.to_owned(),
        recommendation: recommendation.to_owned(),
        internal_note: internal_note.to_owned(),
        given_by: None,
        given_at: NaiveDateTime::default(),
    }
}

/// A kept row as the verdict of the rule; `None` only if the row was damaged.
pub fn of_row(row: &VerdictRow) -> Option<Verdict> {
    let value = || row.value.as_deref().and_then(answer::kept);
    Some(match row.kind.as_str() {
        "confirmed" => Verdict::Confirmed,
        "rejected" => Verdict::Rejected,
        "adjusted" => Verdict::Adjusted(value()?),
        "sample" => Verdict::Sample {
            n: row.sample_n?,
            k: row.sample_k?,
        },
        "measured" => Verdict::Measured {
            value: value()?,
            answers: row.survey_answers,
        },
        _ => Verdict::NotApplicable {
            reason: row.reason.clone(),
        },
    })
}

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
        if !case.assessment.is_handed_in() || case.period.state() != State::UnderReview {
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
        store::answer::add_query(tx, &row)?;
        ctx.event(tx, &case.happening("query.asked", indicator.to_owned()))?;
        let details = [
            ("period", period),
            ("code", indicator),
            ("id", row.id.as_str()),
        ];
        let agency_id = &case.assessment.agency_id;
        super::assessment::write_to_agency(ctx, tx, agency_id, "item-returned", &details)
    })
}

fn query(ctx: &Ctx, case: &Case, indicator: &str, question: &str, due_on: NaiveDate) -> QueryRow {
    QueryRow {
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

fn refuse_final(case: &Case) -> Result<(), AppError> {
    if case.period.state() >= State::Final {
        Err(AppError::Refused("refused-final"))
    } else {
        Ok(())
    }
}

/// Decides a request for "not applicable". Granting it takes the indicator out of the score.
pub fn decide_na(
    ctx: &Ctx,
    period: &str,
    agency: &str,
    indicator: &str,
    is_granted: bool,
    reason: &str,
) -> Result<(), AppError> {
    ctx.require(Act::Administer)?;
    let reason = filled("reason", reason)?;
    ctx.store.write(|tx| {
        let case = case(ctx, tx, period, agency)?;
        refuse_final(&case)?;
        let found = case
            .framework
            .indicator(indicator)
            .ok_or(AppError::NotFound)?;
        let requests = store::answer::list_na_requests(tx, &case.assessment)?;
        let request = requests
            .into_iter()
            .find(|request| request.indicator_code == indicator);
        let request = request.ok_or(AppError::NotFound)?;
        let decision = if is_granted { "granted" } else { "refused" };
        let user = &ctx.actor.user;
        store::answer::set_na_decision(tx, &request, (decision, &reason), user, ctx.now)?;
        if is_granted {
            let verdict = Verdict::NotApplicable {
                reason: reason.clone(),
            };
            if !returns::check(found, None, &verdict).is_empty() {
                return Err(AppError::Refused("refused-na-not-allowed"));
            }
            add(
                ctx,
                tx,
                &case,
                indicator,
                "office",
                &verdict,
                ["", "", "", ""],
            )?;
        }
        ctx.event(
            tx,
            &case.happening("na_request.decided", format!("{indicator} {decision}")),
        )
    })
}

/// Enters a fact that nobody can count, with its document.
pub fn enter_fact(
    ctx: &Ctx,
    period: &str,
    agency: &str,
    fact: &str,
    value: i64,
    document: &str,
) -> Result<(), AppError> {
    ctx.require(Act::Administer)?;
    let document = filled("document", document)?;
    ctx.store.write(|tx| {
        let case = case(ctx, tx, period, agency)?;
        refuse_final(&case)?;
        let row = FactRow {
            province_id: ctx.province().to_owned(),
            id: new_id(),
            assessment_id: case.assessment.id.clone(),
            fact: fact.to_owned(),
            value,
            document: document.clone(),
            source_hash: None,
            entered_by: Some(ctx.actor.user.clone()),
            entered_at: ctx.now,
        };
        store::verdict::set_fact(tx, &row)?;
        ctx.event(
            tx,
            &case.happening("fact.entered", format!("{fact} {value}")),
        )
    })
}

/// Proposes that evidence is false. It counts only when another member of the committee upholds it.
pub fn propose_finding(
    ctx: &Ctx,
    period: &str,
    agency: &str,
    indicator: &str,
    reason: &str,
) -> Result<(), AppError> {
    ctx.require(Act::Decide)?;
    let reason = filled("reason", reason)?;
    ctx.store.write(|tx| {
        let case = case(ctx, tx, period, agency)?;
        refuse_final(&case)?;
        if !case.assessment.is_handed_in() {
            return Err(AppError::Refused("refused-not-handed-in"));
        }
        case.framework
            .indicator(indicator)
            .ok_or(AppError::NotFound)?;
        let row = Finding {
            province_id: ctx.province().to_owned(),
            id: new_id(),
            assessment_id: case.assessment.id.clone(),
            indicator_code: indicator.to_owned(),
            reason: reason.clone(),
            proposed_by: Some(ctx.actor.user.clone()),
            proposed_at: ctx.now,
            decision: None,
            decided_by: None,
            decided_at: None,
        };
        store::verdict::add_finding(tx, &row)?;
        ctx.event(
            tx,
            &case.happening("finding.proposed", indicator.to_owned()),
        )
    })
}

/// Decides a proposed finding; not the one who proposed it.
pub fn decide_finding(
    ctx: &Ctx,
    period: &str,
    agency: &str,
    indicator: &str,
    is_upheld: bool,
) -> Result<(), AppError> {
    ctx.require(Act::Decide)?;
    ctx.store.write(|tx| {
        let case = case(ctx, tx, period, agency)?;
        refuse_final(&case)?;
        let findings = store::verdict::list_findings(tx, &case.assessment)?;
        let mut open = findings
            .into_iter()
            .filter(|finding| finding.decision.is_none());
        let finding = open.find(|finding| finding.indicator_code == indicator);
        let finding = finding.ok_or(AppError::NotFound)?;
        if finding.proposed_by.as_deref() == Some(&ctx.actor.user) {
            return Err(AppError::Refused("refused-two-people"));
        }
        let decision = if is_upheld { "upheld" } else { "dropped" };
        store::verdict::set_finding_decided(tx, &finding, decision, &ctx.actor.user, ctx.now)?;
        ctx.event(
            tx,
            &case.happening("finding.decided", format!("{indicator} {decision}")),
        )
    })
}
