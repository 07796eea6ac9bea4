//! Objections before the committee: text, first verdict, proposal and effect of each, and the decision.

use std::collections::HashMap;

use serde::Serialize;

use super::committee::{self, Decided, EffectLine, Sitting};
use crate::app::{self, AppError};
use crate::domain::access::Act;
use crate::domain::period::State;
use crate::domain::returns::{self, Value};
use crate::domain::{answer, json};
use crate::store::objection::Objection;
use crate::store::verdict::VerdictRow;
use crate::store::{self, Conn};
use crate::web::desk::Desk;
use crate::web::error::WebResult;
use crate::web::form::Input;
use crate::web::reply::Reply;
use crate::web::url;

/// An objection before the committee.
#[derive(Clone, Debug, Serialize)]
pub struct ObjectionLine {
    pub agency: String,
    pub agency_code: String,
    pub code: String,
    pub title: String,
    pub href: String,
    pub kind: String,
    pub text: String,
    pub claim: Option<String>,
    pub first: String,
    pub first_reason: String,
    pub proposal: Option<String>,
    pub proposal_reason: String,
    pub is_reviewed: bool,
    pub effect: Option<EffectLine>,
    pub state: String,
    pub decided: Option<Decided>,
    pub may_decide: bool,
    /// The reader gave the verdict or proposed the new one, so somebody else decides.
    pub is_party: bool,
    pub action: String,
    pub field: String,
}

/// All objections of the quarter; what waits stands first.
pub fn lines(of: &Sitting, conn: &mut Conn) -> Result<Vec<ObjectionLine>, AppError> {
    let province = of.desk.ctx.province();
    let all = store::objection::list_of_period(conn, province, &of.period.id)?;
    if all.is_empty() {
        return Ok(Vec::new());
    }
    let ids: Vec<String> = all.iter().map(|row| row.verdict_id.clone()).collect();
    let mut firsts = HashMap::new();
    for row in store::verdict::list_by_ids(conn, province, &ids)? {
        firsts.insert(row.id.clone(), row);
    }
    let mut claims = HashMap::new();
    for row in store::answer::list_of_period(conn, province, &of.period.id)? {
        let value = row.claim.as_deref().and_then(answer::kept);
        claims.insert((row.assessment_id, row.indicator_code), value);
    }
    let line = |row: &Objection| {
        let key = (row.assessment_id.clone(), row.indicator_code.clone());
        let claim = claims.get(&key).copied().flatten();
        line(of, row, firsts.get(&row.verdict_id), claim)
    };
    let mut lines: Vec<ObjectionLine> = all.iter().filter_map(line).collect();
    lines.sort_by_key(|line| (line.decided.is_some(), line.agency_code.clone()));
    Ok(lines)
}

fn line(
    of: &Sitting,
    row: &Objection,
    first: Option<&VerdictRow>,
    claim: Option<Value>,
) -> Option<ObjectionLine> {
    let (desk, texts) = (of.desk, of.texts());
    let agency = of.agency(&row.assessment_id)?;
    let indicator = of.framework.indicator(&row.indicator_code)?;
    let kept = row
        .proposal
        .as_deref()
        .and_then(|text| json::read(text.as_bytes()));
    let proposal = kept.and_then(|json| returns::read_verdict(&json, indicator, claim));
    let given = first.and_then(app::verdict::of_row);
    let effect = proposal.as_ref().and_then(|proposal| {
        let code = &row.indicator_code;
        of.ground
            .effect(&agency.code, code, given.as_ref(), Some(proposal))
    });
    let user = Some(desk.ctx.actor.user.as_str());
    let is_party =
        first.and_then(|row| row.given_by.as_deref()) == user || row.reviewer.as_deref() == user;
    let is_committee = of.period.state() == State::Committee && desk.ctx.actor.may(Act::Decide);
    let decision = row.decision.as_ref();
    let word = decision.map(|decision| format!("office-objection-state-{decision}"));
    let href = url::objection(&of.period.code, &agency.code, &row.indicator_code);
    Some(ObjectionLine {
        agency: of.name(agency),
        agency_code: agency.code.clone(),
        title: texts.title(&row.indicator_code),
        kind: format!("office-objection-{}", row.kind.replace('_', "-")),
        text: row.text.clone(),
        claim: claim.map(|claim| texts.value(indicator, claim)),
        first: given
            .as_ref()
            .map(|given| texts.verdict(indicator, claim, given))
            .unwrap_or_default(),
        first_reason: first.map(|row| row.reason.clone()).unwrap_or_default(),
        proposal: proposal
            .as_ref()
            .map(|proposal| texts.verdict(indicator, claim, proposal)),
        proposal_reason: row.proposal_reason.clone().unwrap_or_default(),
        is_reviewed: row.state != "filed",
        effect: effect.as_ref().map(EffectLine::of),
        state: format!("office-objection-state-{}", decision.unwrap_or(&row.state)),
        decided: of.decided(
            word,
            row.answer.as_ref(),
            row.decided_by.as_ref(),
            row.decided_at,
        ),
        may_decide: is_committee && row.state == "reviewed" && !is_party,
        is_party: is_committee && row.state == "reviewed" && is_party,
        action: format!("{href}/decision"),
        field: format!("answer-{}-{}", agency.code, row.indicator_code),
        href,
        code: row.indicator_code.clone(),
    })
}

/// Decides an objection, with the answer that is published.
pub fn create(desk: &Desk, input: &Input) -> WebResult {
    let (period, agency, code) = (
        input.part("period"),
        input.part("agency"),
        input.part("indicator"),
    );
    let is_upheld = input.field("decision") == "upheld";
    let answer = input.field("answer");
    match app::objection::decide(&desk.ctx, period, agency, code, is_upheld, answer) {
        Ok(()) => Ok(Reply::see_other(
            &url::committee(period),
            Some("office-decided"),
        )),
        Err(AppError::Invalid(faults)) => {
            let field = format!("answer-{agency}-{code}");
            committee::again(desk, period, &faults, &field, answer)
        }
        Err(error) => Err(error.into()),
    }
}
