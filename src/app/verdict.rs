//! Verification: a verdict next to the claim, never in its place; measured values; returned items; findings.

use chrono::{NaiveDate, NaiveDateTime};

use super::{AppError, Case, Ctx, Problem, case, letter, period, second_look};
use crate::domain::access::Act;
use crate::domain::answer;
use crate::domain::fault::Code;
use crate::domain::framework::{Indicator, ReportedBy};
use crate::domain::measurement;
use crate::domain::period::State;
use crate::domain::returns::{self, Value, Verdict};
use crate::domain::score::{points_c, value_of};
use crate::domain::text;
use crate::store::verdict::{RulingRow, VerdictRow};
use crate::store::{self, Conn, Tx, new_id};

/// What an auditor decided on one indicator, and why.
pub struct Judgement<'a> {
    pub indicator: &'a str,
    /// The number of the verdict that was shown, 0 for none; nothing where no page was shown.
    pub seen: Option<i64>,
    pub verdict: Verdict,
    pub reason_code: &'a str,
    pub reason: &'a str,
    pub recommendation: &'a str,
    /// For the auditors only.
    pub internal_note: &'a str,
}

/// Why a verdict lies below the claim.
pub const REASONS: [&str; 6] = [
    "no_evidence",
    "incomplete",
    "out_of_period",
    "counted_otherwise",
    "seen_otherwise",
    "not_counted",
];

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
        require_may(ctx, tx, &case, indicator)?;
        // "Not applicable" goes through its own request and decision.
        if matches!(of.verdict, Verdict::NotApplicable { .. }) {
            return Err(AppError::Forbidden);
        }
        let claim = claim(tx, &case, of.indicator)?;
        let problems = problems(indicator, claim, of, &reason);
        if !problems.is_empty() {
            return Err(AppError::Invalid(problems));
        }
        if !ctx.is_first(tx, "verdict.given")? {
            return Ok(());
        }
        let last = store::verdict::list_current(tx, &case.assessment)?
            .into_iter()
            .find(|row| row.indicator_code == of.indicator);
        let number = last.map_or(0, |row| row.number);
        if of.seen.is_some_and(|seen| seen != number) {
            return Err(AppError::Conflict);
        }
        let texts = [of.reason_code, &reason, &recommendation, &internal_note];
        add(ctx, tx, &case, of.indicator, "first", &of.verdict, texts)
    })
}

/// Whether this person may give a verdict on an indicator of a case now; why not, if not.
pub fn require_may(
    ctx: &Ctx,
    conn: &mut Conn,
    case: &Case,
    indicator: &Indicator,
) -> Result<(), AppError> {
    ctx.require(act_for(indicator))?;
    // What the program counts nobody types.
    if measurement::is_counted(indicator) || !answer::applies(indicator, &case.assessment.flags()) {
        return Err(AppError::NotFound);
    }
    refuse_own_agency(ctx, conn, case)?;
    require_time(conn, case, indicator)
}

/// Everything that is wrong with a judgement.
pub(super) fn problems(
    indicator: &Indicator,
    claim: Option<Value>,
    of: &Judgement,
    reason: &str,
) -> Vec<Problem> {
    let faults = returns::check(indicator, claim, &of.verdict);
    let mut problems: Vec<Problem> = faults.into_iter().map(problem).collect();
    let is_below = needs_reason(indicator, claim, &of.verdict);
    let is_known = REASONS.contains(&of.reason_code);
    if !(is_known || of.reason_code.is_empty() && !is_below) {
        problems.push(Problem::at("reason_code", "problem-choose"));
    }
    if is_below && reason.is_empty() {
        problems.push(Problem::at("reason", "problem-reason"));
    }
    problems
}

pub(super) fn note(field: &str, typed: &str) -> Result<String, AppError> {
    text::note(typed, 4_000)
        .map_err(|_| AppError::Invalid(vec![Problem::at(field, "problem-text")]))
}

pub(super) fn filled(field: &str, typed: &str) -> Result<String, AppError> {
    text::filled_note(typed, 4_000)
        .map_err(|_| AppError::Invalid(vec![Problem::at(field, "problem-reason")]))
}

/// Nobody judges an agency they work or worked for.
pub fn refuse_own_agency(ctx: &Ctx, conn: &mut Conn, case: &Case) -> Result<(), AppError> {
    let roles = store::user::list_roles(conn, ctx.province(), &ctx.actor.user)?;
    let own = Some(case.assessment.agency_id.as_str());
    if roles.iter().any(|role| role.agency_id.as_deref() == own) {
        return Err(AppError::Refused("refused-own-agency"));
    }
    Ok(())
}

/// The claim as it was handed in; drafts are nobody's business.
pub fn claim(conn: &mut Conn, case: &Case, indicator: &str) -> Result<Option<Value>, AppError> {
    if !case.assessment.is_handed_in() {
        return Ok(None);
    }
    let row = store::answer::find(conn, &case.assessment, indicator)?;
    Ok(row
        .and_then(|row| row.claim)
        .and_then(|claim| answer::kept(&claim)))
}

pub(super) fn require_time(
    conn: &mut Conn,
    case: &Case,
    indicator: &Indicator,
) -> Result<(), AppError> {
    let state = case.period.state();
    let is_agency = indicator.reported_by == ReportedBy::Agency;
    if is_agency && !case.assessment.is_handed_in() {
        return Err(AppError::Refused("refused-not-handed-in"));
    }
    // A claim that was handed in is frozen, so its review may begin while others still have time.
    if state >= State::Final || (is_agency && state == State::Planned) {
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
        Verdict::Sample { n, k } => k < n,
        _ => false,
    }
}

/// The sentence for a fault of the rule, at the field it belongs to.
pub(super) fn problem((at, code): (String, Code)) -> Problem {
    let field = match at.rsplit('/').next().unwrap_or_default() {
        "verdict" if code == Code::Sample => "k",
        "verdict" => "kind",
        "num" => "numerator",
        "den" => "denominator",
        "yes" | "level" | "value_c" => "value",
        field => field,
    };
    let key = match code {
        Code::Range => "problem-range",
        Code::Ratio => "problem-part-above-whole",
        Code::ZeroDen => "problem-whole-zero",
        Code::Sample => "problem-sample",
        Code::Verdict => "problem-verdict-not-here",
        _ => "problem-value",
    };
    Problem::at(field, key)
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
    let number = own.map(|row| row.number).max().unwrap_or(0) + 1;
    let is_late = number == 1 && round == "first" && case.period.state() >= State::Preliminary;
    let objection_until = match is_late {
        true => Some(open_window(ctx, tx, case, indicator)?),
        false => None,
    };
    let row = VerdictRow {
        number,
        given_by: Some(ctx.actor.user.clone()),
        given_at: ctx.now,
        objection_until,
        ..row_of(case, indicator, round, verdict, texts)
    };
    store::verdict::add(tx, &row)?;
    let body = format!("{indicator} {} {} {round}", row.number, row.kind);
    ctx.event(tx, &case.happening("verdict.given", body))?;
    match number == 1 && round == "first" {
        true => second_look::ask(ctx, tx, case, indicator),
        false => Ok(()),
    }
}

/// A verdict that comes after the preliminary result for the first time opens its own window of the same length, and
/// the agency is told (DOMAIN.md §3).
fn open_window(
    ctx: &Ctx,
    tx: &mut Tx,
    case: &Case,
    indicator: &str,
) -> Result<NaiveDate, AppError> {
    let until = period::late_window(ctx, tx, &case.period)?;
    let day = until.to_string();
    let details = [
        ("period", case.period.code.as_str()),
        ("code", indicator),
        ("due", day.as_str()),
    ];
    let agency = &case.assessment.agency_id;
    letter::write_to_agency(ctx, tx, agency, "late-verdict", &details)?;
    Ok(until)
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
        objection_until: None,
    }
}

/// A kept row as the verdict of the rule; `None` only if the row was damaged.
pub fn of_row(row: &VerdictRow) -> Option<Verdict> {
    let sample = row.sample_n.zip(row.sample_k);
    let value = row.value.as_deref();
    of_kept(&row.kind, value, sample, row.survey_answers, &row.reason)
}

/// What the verdict that counts brings to the rule; `None` only if the row was damaged.
pub fn of_ruling(row: &RulingRow) -> Option<Verdict> {
    let sample = row.sample_n.zip(row.sample_k);
    let value = row.value.as_deref();
    of_kept(&row.kind, value, sample, row.survey_answers, &row.reason)
}

/// A kept kind with what belongs to it; `None` only if the row was damaged.
pub(super) fn of_kept(
    kind: &str,
    value: Option<&str>,
    sample: Option<(i64, i64)>,
    answers: Option<i64>,
    reason: &str,
) -> Option<Verdict> {
    let value = || value.and_then(answer::kept);
    Some(match kind {
        "confirmed" => Verdict::Confirmed,
        "rejected" => Verdict::Rejected,
        "adjusted" => Verdict::Adjusted(value()?),
        "sample" => sample.map(|(n, k)| Verdict::Sample { n, k })?,
        "measured" => Verdict::Measured {
            value: value()?,
            answers,
        },
        _ => Verdict::NotApplicable {
            reason: reason.to_owned(),
        },
    })
}

pub(super) fn refuse_final(case: &Case) -> Result<(), AppError> {
    if case.period.state() >= State::Final {
        Err(AppError::Refused("refused-final"))
    } else {
        Ok(())
    }
}
