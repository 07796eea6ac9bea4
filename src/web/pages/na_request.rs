//! Requests for "not applicable": what each would do to the score, and the office's decision.

use std::collections::HashMap;

use serde::Serialize;

use super::committee::{self, Decided, EffectLine, Sitting};
use crate::app::{self, AppError};
use crate::domain::access::Act;
use crate::domain::period::State;
use crate::domain::returns::Verdict;
use crate::store::{self, Conn};
use crate::web::desk::{Desk, role_key};
use crate::web::error::WebResult;
use crate::web::form::Input;
use crate::web::reply::Reply;
use crate::web::url;

/// A request for "not applicable".
#[derive(Clone, Debug, Serialize)]
pub struct RequestLine {
    pub agency: String,
    pub agency_code: String,
    pub code: String,
    pub title: String,
    pub reason: String,
    /// The key of the role that asked.
    pub asked_by: String,
    pub points: i64,
    pub effect: Option<EffectLine>,
    pub decided: Option<Decided>,
    pub may_decide: bool,
    pub action: String,
    pub field: String,
}

/// All requests of the quarter; what waits stands first.
pub fn lines(of: &Sitting, conn: &mut Conn) -> Result<Vec<RequestLine>, AppError> {
    let desk = of.desk;
    let (province, period) = (desk.ctx.province(), &of.period);
    let all = store::na_request::list_of_period(conn, province, &period.id)?;
    if all.is_empty() {
        return Ok(Vec::new());
    }
    let mut standing = HashMap::new();
    for row in store::verdict::list_of_period(conn, province, &period.id)? {
        let verdict = app::verdict::of_ruling(&row);
        standing.insert((row.assessment_id, row.indicator_code), verdict);
    }
    let texts = of.texts();
    let may = period.state() < State::Final && desk.ctx.actor.may(Act::Administer);
    let mut lines = Vec::new();
    for row in all {
        let Some(agency) = of.agency(&row.assessment_id) else {
            continue;
        };
        let code = row.indicator_code.as_str();
        let granted = Verdict::NotApplicable {
            reason: row.reason.clone(),
        };
        let key = (row.assessment_id.clone(), code.to_owned());
        let now = standing.get(&key).cloned().flatten();
        let now = now.filter(|verdict| !matches!(verdict, Verdict::NotApplicable { .. }));
        let effect = of
            .ground
            .effect(&agency.code, code, now.as_ref(), Some(&granted));
        let decision = row.decision.as_ref();
        let word = decision.map(|decision| format!("office-request-{decision}"));
        let reason = row.decision_reason.as_ref();
        let role = crate::domain::access::Role::parse(&row.asked_role);
        lines.push(RequestLine {
            agency: of.name(agency),
            agency_code: agency.code.clone(),
            title: texts.title(code),
            asked_by: role.map_or("role-head", role_key).to_owned(),
            points: of.framework.indicator(code).map_or(0, |one| one.points),
            effect: effect.as_ref().map(EffectLine::of),
            decided: of.decided(word, reason, row.decided_by.as_ref(), row.decided_at),
            may_decide: may && decision.is_none(),
            action: format!("/{}/agencies/{}/requests/{code}", period.code, agency.code),
            field: format!("reason-{}-{code}", agency.code),
            reason: row.reason,
            code: row.indicator_code,
        });
    }
    lines.sort_by_key(|line| (line.decided.is_some(), line.agency_code.clone()));
    Ok(lines)
}

/// Decides a request for "not applicable".
pub fn update(desk: &Desk, input: &Input) -> WebResult {
    let (period, agency, code) = (
        input.part("period"),
        input.part("agency"),
        input.part("indicator"),
    );
    let is_granted = input.field("decision") == "granted";
    let reason = input.field("reason");
    match app::na_request::decide(&desk.ctx, period, agency, code, is_granted, reason) {
        Ok(()) => Ok(Reply::see_other(
            &url::committee(period),
            Some("office-decided"),
        )),
        Err(AppError::Invalid(faults)) => {
            let field = format!("reason-{agency}-{code}");
            committee::again(desk, period, &faults, &field, reason)
        }
        Err(error) => Err(error.into()),
    }
}
