//! What the agency said and what was found the last time, indicator by indicator.

use std::sync::Arc;

use serde::Serialize;

use super::framework_text::FrameworkText;
use crate::app::{self, AppError, Case};
use crate::domain::advice::Advice;
use crate::domain::answer::{self, is_unlike};
use crate::domain::framework::{Framework, Indicator};
use crate::domain::returns::Value;
use crate::store::answer::AnswerRow;
use crate::store::verdict::VerdictRow;
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

/// The agency's part of the last finished quarter.
pub struct Before {
    pub period: String,
    framework: Arc<Framework>,
    /// The advice of the quarter at work, as everywhere else.
    advice: Advice,
    answers: Vec<AnswerRow>,
    verdicts: Vec<VerdictRow>,
}

/// Reads the agency's part of the last finished quarter before this one, if it had one.
pub fn before(desk: &Desk, conn: &mut Conn, case: &Case) -> Result<Option<Before>, AppError> {
    let Some((before, assessment)) = app::before::before(&desk.ctx, conn, case)? else {
        return Ok(None);
    };
    Ok(Some(Before {
        advice: Advice::of(&case.framework).into_owned(),
        framework: desk.ctx.frameworks.of(conn, &before)?,
        answers: store::answer::list(conn, &assessment)?,
        verdicts: store::verdict::list_current(conn, &assessment)?,
        period: before.code,
    }))
}

impl Before {
    fn answer(&self, code: &str) -> Option<&AnswerRow> {
        self.answers.iter().find(|row| row.indicator_code == code)
    }

    /// What was claimed then.
    pub fn claim(&self, code: &str) -> Option<Value> {
        let row = self.answer(code)?;
        answer::kept(row.claim.as_deref()?)
    }

    /// Whether a claim is so unlike the last one that somebody will ask why.
    pub fn is_unlike(&self, indicator: &Indicator, now: Option<Value>) -> bool {
        let before = self.claim(&indicator.code);
        let most_bp = self.advice.unlike_bp(&indicator.code);
        matches!((before, now), (Some(before), Some(now)) if is_unlike(indicator, before, now, most_bp))
    }

    /// What the agency said and what was found on an indicator.
    pub fn of(&self, desk: &Desk, code: &str) -> Option<LastTime> {
        let indicator = self.framework.indicator(code)?;
        let texts = FrameworkText::of(&self.framework, desk.hall.language);
        let answer = self.answer(code);
        let mut verdicts = self.verdicts.iter();
        let verdict = verdicts.find(|row| row.indicator_code == code);
        if answer.is_none() && verdict.is_none() {
            return None;
        }
        let kept = |kept: Option<&str>| texts.kept(indicator, kept);
        Some(LastTime {
            period: self.period.clone(),
            claim: kept(answer.and_then(|row| row.claim.as_deref())),
            verified: kept(verdict.and_then(|row| row.value.as_deref())),
            reason: verdict.map(|row| row.reason.clone()).unwrap_or_default(),
            verdict: verdict.map(|row| format!("shell-verdict-{}", row.kind.replace('_', "-"))),
        })
    }
}
