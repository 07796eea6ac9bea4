//! What stands beside a verdict: earlier verdicts, returned items, evidence, what visits saw.

use std::collections::HashMap;

use chrono::{NaiveDate, NaiveDateTime};
use serde::Serialize;

use super::case::File;
use super::evidence::{ProofLine, proofs, twins};
use super::framework_text::FrameworkText;
use super::verdict_form::reason_key;
use crate::app;
use crate::domain::framework::Indicator;
use crate::domain::score::{points_c, value_of};
use crate::domain::verification::Standing;
use crate::store::query::Query;
use crate::store::verdict::VerdictRow;
use crate::store::visit::Visit;
use crate::web::url;

/// What an indicator asks.
#[derive(Clone, Debug, Serialize)]
pub struct IndicatorView {
    pub code: String,
    pub title: String,
    pub points: i64,
    /// Which of how many.
    pub place: i64,
    pub count: i64,
    pub guidance: String,
    pub how: String,
    pub levels: Vec<String>,
}

impl IndicatorView {
    /// The indicator at a place of so many.
    pub fn of(texts: FrameworkText, one: &Indicator, place: usize, count: usize) -> Self {
        IndicatorView {
            code: one.code.clone(),
            title: texts.title(&one.code),
            points: one.points,
            place: place as i64 + 1,
            count: count as i64,
            guidance: texts.guidance(&one.code),
            how: texts.verification(&one.code),
            levels: texts.levels(&one.code),
        }
    }
}

/// What the agency said.
#[derive(Clone, Debug, Serialize)]
pub struct ClaimView {
    pub value: Option<String>,
    pub points_c: Option<i64>,
    /// The word key of why there is none.
    pub none: String,
    pub note: String,
}

/// What the agency handed in on an indicator.
pub fn claim_view(texts: FrameworkText, file: &File, one: &Indicator) -> ClaimView {
    let claim = file.shown_claim(&one.code);
    let note = file.answer(&one.code).map(|row| row.note.clone());
    let note = note.filter(|_| !file.is_covered(&one.code));
    let none = match file.standing(one) {
        _ if file.is_covered(&one.code) => "visit-claim-covered",
        Standing::NotHandedIn => "auditor-claim-not-handed-in",
        Standing::Unclaimed => "auditor-claim-none",
        _ => "auditor-claim-not-asked",
    };
    ClaimView {
        value: claim.map(|claim| texts.value(one, claim)),
        points_c: claim.map(|claim| points_c(one, value_of(one, claim))),
        none: none.to_owned(),
        note: note.unwrap_or_default(),
    }
}

/// A verdict that was given.
#[derive(Clone, Debug, Serialize)]
pub struct VerdictView {
    pub number: i64,
    pub words: String,
    /// The word key of the round it was given in.
    pub round: String,
    pub by: Option<String>,
    pub at: NaiveDateTime,
    pub reason_key: Option<String>,
    pub reason: String,
    pub recommendation: String,
    /// Only for auditors and the committee.
    pub internal_note: Option<String>,
}

/// An item that was sent back.
#[derive(Clone, Debug, Serialize)]
pub struct QueryView {
    pub question: String,
    pub asked_at: NaiveDateTime,
    pub asked_by: Option<String>,
    pub due_on: NaiveDate,
    pub answer: Option<String>,
    pub answered_at: Option<NaiveDateTime>,
    pub closed_at: Option<NaiveDateTime>,
    pub state: String,
    pub tone: String,
    /// Where it is closed; none where it is.
    pub closing: Option<String>,
}

/// A request for "not applicable".
#[derive(Clone, Debug, Serialize)]
pub struct NaView {
    pub reason: String,
    pub role: String,
    pub at: NaiveDateTime,
    /// The word key of its state.
    pub state: String,
    pub decision_reason: Option<String>,
}

/// What a visit saw, in one line.
#[derive(Clone, Debug, Serialize)]
pub struct SeenLine {
    pub on: NaiveDate,
    pub state: String,
    pub tone: String,
    pub icon: String,
}

/// Names by the id of the person.
pub type Names = HashMap<String, String>;

/// All verdicts on an indicator, newest first.
pub fn history(
    texts: FrameworkText,
    file: &File,
    one: &Indicator,
    names: &Names,
    shows_notes: bool,
) -> Vec<VerdictView> {
    let claim = file.claim(&one.code);
    let own = file.verdicts.iter().rev();
    let own = own.filter(|row| row.indicator_code == one.code);
    let view = |row: &VerdictRow| VerdictView {
        number: row.number,
        words: app::verdict::of_row(row)
            .map(|verdict| texts.verdict(one, claim, &verdict))
            .unwrap_or_default(),
        round: format!("auditor-round-{}", row.round),
        by: row.given_by.as_ref().and_then(|id| names.get(id)).cloned(),
        at: row.given_at,
        reason_key: Some(reason_key(&row.reason_code)).filter(|_| !row.reason_code.is_empty()),
        reason: row.reason.clone(),
        recommendation: row.recommendation.clone(),
        internal_note: Some(row.internal_note.clone())
            .filter(|note| shows_notes && !note.is_empty()),
    };
    own.map(view).collect()
}

/// The returned items of an indicator, newest first.
pub fn queries(file: &File, code: &str, names: &Names, may_close: bool) -> Vec<QueryView> {
    let own = file.queries.iter().rev();
    let own = own.filter(|row| row.indicator_code == code);
    let address = url::query(&file.case.period.code, &file.agency.code, code);
    let view = |row: &Query| {
        let (state, tone) = match () {
            () if row.is_open() => ("auditor-query-open", "w"),
            () if row.is_answered() => ("auditor-query-answered", "i"),
            () => ("auditor-query-closed", ""),
        };
        QueryView {
            question: row.question.clone(),
            asked_at: row.asked_at,
            asked_by: names.get(&row.asked_by).cloned(),
            due_on: row.due_on,
            answer: row.answer.clone(),
            answered_at: row.answered_at,
            closed_at: row.closed_at,
            state: state.to_owned(),
            tone: tone.to_owned(),
            closing: Some(format!("{address}/{}/closing", row.id))
                .filter(|_| may_close && row.closed_at.is_none()),
        }
    };
    own.map(view).collect()
}

/// The request for "not applicable" on an indicator.
pub fn na_request(file: &File, code: &str) -> Option<NaView> {
    let mut own = file
        .requests
        .iter()
        .filter(|row| row.indicator_code == code);
    own.next().map(|row| NaView {
        reason: row.reason.clone(),
        role: format!("role-{}", row.asked_role.replace('_', "-")),
        at: row.asked_at,
        state: format!("auditor-na-{}", row.decision.as_deref().unwrap_or("waits")),
        decision_reason: row.decision_reason.clone(),
    })
}

/// The evidence of an indicator, and where else its files were handed in.
pub fn evidence(texts: FrameworkText, file: &File, code: &str) -> Vec<ProofLine> {
    let own = file.evidence.iter();
    let own: Vec<_> = own.filter(|row| row.indicator_code == code).collect();
    let codes = (file.case.period.code.as_str(), file.agency.code.as_str());
    let mut lines = proofs(texts, &file.case, own.iter().copied(), codes);
    for (line, row) in lines.iter_mut().zip(own) {
        line.twins = twins(texts, &file.case, row, &file.twins);
    }
    lines
}

/// What the visits of the quarter saw, newest first.
pub fn seen(visits: &[Visit]) -> Vec<SeenLine> {
    let line = |visit: &Visit| {
        let (state, tone, icon) = outcome(visit);
        SeenLine {
            on: visit.visited_on,
            state: state.to_owned(),
            tone: tone.to_owned(),
            icon: icon.to_owned(),
        }
    };
    // What nobody signed off yet is no fact.
    let signed = visits.iter().rev().filter(|visit| visit.counts());
    signed.map(line).collect()
}

/// What came of a visit: word key, tone, icon.
pub fn outcome(visit: &Visit) -> (&'static str, &'static str, &'static str) {
    match visit {
        visit if visit.is_obstructed => ("auditor-visit-obstructed", "e", "lock"),
        visit if visit.is_empty_desk() => ("auditor-visit-empty", "e", "user-off"),
        visit if visit.excuse.is_some() => ("auditor-visit-excused", "w", "info-circle"),
        _ => ("auditor-visit-answered", "o", "user"),
    }
}
