//! The committee: objections to decide, findings, requests for "not applicable".

use std::collections::HashMap;

use serde::Serialize;

use super::framework_text::FrameworkText;
use crate::app::{self, AppError};
use crate::domain::access::Act;
use crate::domain::period::State;
use crate::domain::returns::{self, Value, Verdict};
use crate::domain::score::{points_c, value_of};
use crate::domain::{answer, json};
use crate::store::{self, Conn};
use crate::web::desk::Desk;
use crate::web::error::WebResult;
use crate::web::form::Input;
use crate::web::render::Page;
use crate::web::reply::Reply;
use crate::web::url;

/// An objection before the committee.
#[derive(Clone, Debug, Serialize)]
pub struct ObjectionLine {
    pub agency: String,
    pub code: String,
    pub title: String,
    pub kind: String,
    pub text: String,
    pub claim: Option<String>,
    pub first: String,
    pub first_reason: String,
    pub proposal: Option<String>,
    pub proposal_reason: String,
    pub points_before_c: i64,
    pub points_after_c: Option<i64>,
    pub state: String,
    pub may_decide: bool,
    pub action: String,
    pub field: String,
}

/// A request for "not applicable".
#[derive(Clone, Debug, Serialize)]
pub struct RequestLine {
    pub agency: String,
    pub code: String,
    pub title: String,
    pub reason: String,
    pub points: i64,
    pub decision: Option<String>,
    pub action: String,
    pub field: String,
}

/// A finding.
#[derive(Clone, Debug, Serialize)]
pub struct FindingLine {
    pub agency: String,
    pub code: String,
    pub reason: String,
    pub decision: Option<String>,
    pub may_decide: bool,
    pub action: String,
}

/// The page.
#[derive(Serialize)]
pub struct CommitteePage {
    pub period: String,
    pub title: String,
    pub state: String,
    pub objections: Vec<ObjectionLine>,
    pub requests: Vec<RequestLine>,
    pub findings: Vec<FindingLine>,
    pub may_propose: bool,
    pub propose_action: String,
    pub agencies: Vec<super::answer::Choose>,
    pub may_decide_requests: bool,
    pub period_href: Option<String>,
}

impl Page for CommitteePage {
    const TEMPLATE: &'static str = "period/committee.html";
}

/// Shows what waits for the committee and the office.
pub fn show(desk: &Desk, input: &Input) -> WebResult {
    if !desk.ctx.actor.may(Act::SeeCommittee) {
        return Err(AppError::Forbidden.into());
    }
    let page = desk
        .ctx
        .store
        .read(|conn| page(desk, conn, input.part("period")))?;
    desk.page(&page)
}

fn page(desk: &Desk, conn: &mut Conn, code: &str) -> Result<CommitteePage, AppError> {
    let province = desk.ctx.province();
    let period = store::period::find_by_code(conn, province, code)?.ok_or(AppError::NotFound)?;
    let framework = desk.ctx.frameworks.of(conn, &period)?;
    let texts = FrameworkText::of(&framework, desk.hall.language);
    let known = store::agency::list(conn, province)?;
    let by_id: HashMap<&str, &store::agency::Agency> =
        known.iter().map(|a| (a.id.as_str(), a)).collect();
    let is_open = period.state() < State::Final;
    let is_office = desk.ctx.actor.may(Act::Administer);
    let mut page = CommitteePage {
        period: code.to_owned(),
        title: super::period::title(desk, code),
        state: super::period::state_key(period.state()),
        objections: Vec::new(),
        requests: Vec::new(),
        findings: Vec::new(),
        may_propose: is_open && desk.ctx.actor.may(Act::Decide),
        propose_action: format!("{}/findings", url::committee(code)),
        agencies: Vec::new(),
        may_decide_requests: is_open && is_office,
        period_href: is_office.then(|| url::period(code)),
    };
    for assessment in store::assessment::list(conn, &desk.ctx.actor.scope, &period.id)? {
        let Some(agency) = by_id.get(assessment.agency_id.as_str()) else {
            continue;
        };
        let name = desk.choose(&agency.name_fa, &agency.name_en).to_owned();
        page.agencies.push(super::answer::Choose {
            value: agency.code.clone(),
            label: name.clone(),
            hint: None,
        });
        let verdicts = store::verdict::list(conn, &assessment)?;
        let answers = store::answer::list(conn, &assessment)?;
        for row in store::objection::list(conn, &assessment)? {
            let Some(indicator) = framework.indicator(&row.indicator_code) else {
                continue;
            };
            let first = verdicts.iter().find(|verdict| verdict.id == row.verdict_id);
            let answer = answers
                .iter()
                .find(|answer| answer.indicator_code == row.indicator_code);
            let claim = answer
                .and_then(|answer| answer.claim.as_deref())
                .and_then(answer::kept);
            let points = |value: Option<Value>| {
                points_c(
                    indicator,
                    value.and_then(|value| value_of(indicator, value)),
                )
            };
            let proposal = row
                .proposal
                .as_deref()
                .and_then(|text| json::read(text.as_bytes()));
            let proposal = proposal.and_then(|json| returns::read_verdict(&json, indicator, claim));
            let found = |verdict: &Verdict| match verdict {
                Verdict::Confirmed => claim,
                Verdict::Adjusted(value) | Verdict::Measured { value, .. } => Some(*value),
                _ => None,
            };
            let said = |verdict: &Verdict| {
                let value = found(verdict).map(|value| texts.value(indicator, value));
                let kind = verdict.to_json();
                let kind = kind
                    .get("kind")
                    .and_then(|kind| kind.as_text())
                    .unwrap_or_default()
                    .replace('_', "-");
                let kind =
                    crate::web::words::text(desk.hall.language, &format!("shell-verdict-{kind}"))
                        .to_string();
                value.map_or(kind.clone(), |value| format!("{kind}: {value}"))
            };
            let first_verdict = first.and_then(app::verdict::of_row);
            let user = Some(desk.ctx.actor.user.as_str());
            let is_judge = first.and_then(|row| row.given_by.as_deref()) == user
                || row.reviewer.as_deref() == user;
            page.objections.push(ObjectionLine {
                agency: name.clone(),
                code: row.indicator_code.clone(),
                title: texts.title(&row.indicator_code),
                kind: format!("office-objection-{}", row.kind.replace('_', "-")),
                text: row.text.clone(),
                claim: claim.map(|claim| texts.value(indicator, claim)),
                first: first_verdict.as_ref().map(said).unwrap_or_default(),
                first_reason: first.map(|row| row.reason.clone()).unwrap_or_default(),
                points_before_c: points(first_verdict.as_ref().and_then(found)),
                points_after_c: proposal.as_ref().map(|proposal| points(found(proposal))),
                proposal: proposal.as_ref().map(said),
                proposal_reason: row.proposal_reason.clone().unwrap_or_default(),
                state: format!(
                    "office-objection-state-{}",
                    row.decision.as_deref().unwrap_or(&row.state)
                ),
                may_decide: period.state() == State::Committee
                    && desk.ctx.actor.may(Act::Decide)
                    && row.state == "reviewed"
                    && !is_judge,
                action: format!(
                    "{}/decision",
                    url::objection(code, &agency.code, &row.indicator_code)
                ),
                field: format!("answer-{}-{}", agency.code, row.indicator_code),
            });
        }
        for row in store::na_request::list(conn, &assessment)? {
            let points = framework
                .indicator(&row.indicator_code)
                .map_or(0, |indicator| indicator.points);
            page.requests.push(RequestLine {
                agency: name.clone(),
                title: texts.title(&row.indicator_code),
                reason: row.reason.clone(),
                points,
                decision: row
                    .decision
                    .as_deref()
                    .map(|decision| format!("office-request-{decision}")),
                action: format!(
                    "/{code}/agencies/{}/requests/{}",
                    agency.code, row.indicator_code
                ),
                field: format!("reason-{}-{}", agency.code, row.indicator_code),
                code: row.indicator_code,
            });
        }
        for row in store::finding::list(conn, &assessment)? {
            page.findings.push(FindingLine {
                agency: name.clone(),
                reason: row.reason.clone(),
                may_decide: page.may_propose
                    && row.decision.is_none()
                    && row.proposed_by.as_deref() != Some(&desk.ctx.actor.user),
                decision: row
                    .decision
                    .as_deref()
                    .map(|decision| format!("office-finding-{decision}")),
                action: format!(
                    "/{code}/agencies/{}/findings/{}",
                    agency.code, row.indicator_code
                ),
                code: row.indicator_code,
            });
        }
    }
    Ok(page)
}

/// Decides an objection.
pub fn decide(desk: &Desk, input: &Input) -> WebResult {
    let (period, agency, code) = (
        input.part("period"),
        input.part("agency"),
        input.part("indicator"),
    );
    let is_upheld = input.field("decision") == "upheld";
    app::objection::decide(
        &desk.ctx,
        period,
        agency,
        code,
        is_upheld,
        input.field("answer"),
    )?;
    Ok(Reply::see_other(
        &url::committee(period),
        Some("office-decided"),
    ))
}

/// Decides a request for "not applicable".
pub fn decide_request(desk: &Desk, input: &Input) -> WebResult {
    let (period, agency, code) = (
        input.part("period"),
        input.part("agency"),
        input.part("indicator"),
    );
    let is_granted = input.field("decision") == "granted";
    app::na_request::decide(
        &desk.ctx,
        period,
        agency,
        code,
        is_granted,
        input.field("reason"),
    )?;
    Ok(Reply::see_other(
        &url::committee(period),
        Some("office-decided"),
    ))
}

/// Proposes a finding.
pub fn propose(desk: &Desk, input: &Input) -> WebResult {
    let (period, code) = (
        input.part("period"),
        input.field("indicator").trim().to_uppercase(),
    );
    app::finding::propose(
        &desk.ctx,
        period,
        input.field("agency"),
        &code,
        input.field("reason"),
    )?;
    Ok(Reply::see_other(
        &url::committee(period),
        Some("office-finding-proposed"),
    ))
}

/// Decides a proposed finding.
pub fn decide_finding(desk: &Desk, input: &Input) -> WebResult {
    let (period, agency, code) = (
        input.part("period"),
        input.part("agency"),
        input.part("indicator"),
    );
    let is_upheld = input.field("decision") == "upheld";
    app::finding::decide(&desk.ctx, period, agency, code, is_upheld)?;
    Ok(Reply::see_other(
        &url::committee(period),
        Some("office-decided"),
    ))
}
