//! What the agency said and what was found the last time an indicator was asked.

use serde::Serialize;

use super::checklist::Sheet;
use super::framework_text::FrameworkText;
use crate::app::AppError;
use crate::domain::period::State;
use crate::store::{self, Conn};
use crate::web::desk::Desk;

/// Last quarter beside the question.
#[derive(Clone, Debug, Serialize)]
pub struct LastTime {
    pub period: String,
    pub claim: Option<String>,
    pub verdict: Option<String>,
    pub verified: Option<String>,
    pub reason: String,
}

/// What the agency said and what was found the last time this indicator was asked.
pub fn last_time(
    desk: &Desk,
    conn: &mut Conn,
    sheet: &Sheet,
    code: &str,
) -> Result<Option<LastTime>, AppError> {
    let all = store::period::list(conn, desk.ctx.province())?;
    let before = all
        .into_iter()
        .find(|p| p.code < sheet.case.period.code && p.state() >= State::Final);
    let Some(before) = before else {
        return Ok(None);
    };
    let agency = &sheet.case.assessment.agency_id;
    let found = store::assessment::find(conn, &desk.ctx.actor.scope, &before.id, agency)?;
    let Some(assessment) = found else {
        return Ok(None);
    };
    let framework = desk.ctx.frameworks.of(conn, &before)?;
    let Some(indicator) = framework.indicator(code) else {
        return Ok(None);
    };
    let texts = FrameworkText::of(&framework, desk.hall.language);
    let answer = store::answer::find(conn, &assessment, code)?;
    let verdicts = store::verdict::list_current(conn, &assessment)?;
    let verdict = verdicts.into_iter().find(|row| row.indicator_code == code);
    if answer.is_none() && verdict.is_none() {
        return Ok(None);
    }
    Ok(Some(LastTime {
        period: before.code,
        claim: answer.and_then(|answer| texts.kept(indicator, answer.claim.as_deref())),
        verified: verdict
            .as_ref()
            .and_then(|row| texts.kept(indicator, row.value.as_deref())),
        reason: verdict
            .as_ref()
            .map(|row| row.reason.clone())
            .unwrap_or_default(),
        verdict: verdict.map(|row| format!("shell-verdict-{}", row.kind.replace('_', "-"))),
    }))
}
