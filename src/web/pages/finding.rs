//! Findings of false evidence: proposed by one member of the committee, decided by another.

use chrono::NaiveDateTime;
use serde::Serialize;

use super::answer::Choose;
use super::committee::{self, Decided, Sitting};
use crate::app::{self, AppError, Problem as Fault};
use crate::domain::access::Act;
use crate::domain::period::State;
use crate::store::{self, Conn};
use crate::web::desk::Desk;
use crate::web::error::WebResult;
use crate::web::form::Input;
use crate::web::reply::Reply;
use crate::web::url;

/// A finding.
#[derive(Clone, Debug, Serialize)]
pub struct FindingLine {
    pub agency: String,
    pub agency_code: String,
    pub code: String,
    pub title: String,
    pub reason: String,
    pub proposed_by: Option<String>,
    pub proposed_at: NaiveDateTime,
    pub decided: Option<Decided>,
    pub may_decide: bool,
    /// The reader proposed it, so another member decides.
    pub is_own: bool,
    pub action: String,
}

/// All findings of the quarter; what waits stands first.
pub fn lines(of: &Sitting, conn: &mut Conn) -> Result<Vec<FindingLine>, AppError> {
    let desk = of.desk;
    let all = store::finding::list_of_period(conn, desk.ctx.province(), &of.period.id)?;
    let may = of.period.state() < State::Final && desk.ctx.actor.may(Act::Decide);
    let mut lines = Vec::new();
    for row in all {
        let Some(agency) = of.agency(&row.assessment_id) else {
            continue;
        };
        let is_own = row.proposed_by.as_deref() == Some(&desk.ctx.actor.user);
        let waits = may && row.decision.is_none();
        let word = row.decision.as_ref();
        let word = word.map(|decision| format!("office-finding-{decision}"));
        let proposed = of.decided(Some(String::new()), None, row.proposed_by.as_ref(), None);
        lines.push(FindingLine {
            agency: of.name(agency),
            agency_code: agency.code.clone(),
            title: of.texts().title(&row.indicator_code),
            proposed_by: proposed.and_then(|proposed| proposed.by),
            proposed_at: row.proposed_at,
            decided: of.decided(word, None, row.decided_by.as_ref(), row.decided_at),
            may_decide: waits && !is_own,
            is_own: waits && is_own,
            action: format!(
                "/{}/agencies/{}/findings/{}",
                of.period.code, agency.code, row.indicator_code
            ),
            reason: row.reason,
            code: row.indicator_code,
        });
    }
    lines.sort_by_key(|line| (line.decided.is_some(), line.agency_code.clone()));
    Ok(lines)
}

/// The agencies a finding may be about.
pub fn agencies(of: &Sitting) -> Vec<Choose> {
    let mut all: Vec<Choose> = of
        .agencies()
        .map(|agency| Choose {
            value: agency.code.clone(),
            label: format!("{} ({})", of.name(agency), agency.code),
            hint: None,
        })
        .collect();
    all.sort_by(|a, b| a.value.cmp(&b.value));
    all
}

/// The indicators a finding may be about.
pub fn indicators(of: &Sitting) -> Vec<Choose> {
    let texts = of.texts();
    let all = of.framework.indicators.iter().map(|indicator| Choose {
        value: indicator.code.clone(),
        label: format!("{} {}", indicator.code, texts.title(&indicator.code)),
        hint: None,
    });
    all.collect()
}

/// Proposes a finding.
pub fn create(desk: &Desk, input: &Input) -> WebResult {
    let (period, agency) = (input.part("period"), input.field("agency"));
    let code = input.field("indicator").trim().to_uppercase();
    let reason = input.field("reason");
    let mut faults = Vec::new();
    for (field, typed) in [("agency", agency), ("indicator", code.as_str())] {
        if typed.is_empty() {
            faults.push(Fault::at(field, "problem-choose"));
        }
    }
    if !faults.is_empty() && desk.ctx.actor.may(Act::Decide) {
        return committee::propose_again(desk, input, &faults);
    }
    match app::finding::propose(&desk.ctx, period, agency, &code, reason) {
        Ok(()) => Ok(Reply::see_other(
            &url::committee(period),
            Some("office-finding-proposed"),
        )),
        Err(AppError::Invalid(faults)) => committee::propose_again(desk, input, &faults),
        Err(error) => Err(error.into()),
    }
}

/// Decides a proposed finding.
pub fn update(desk: &Desk, input: &Input) -> WebResult {
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
