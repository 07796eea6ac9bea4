//! Re-review: the objections that wait for another auditor, and the form that proposes an answer.

use std::collections::HashMap;

use actix_web::http::StatusCode;
use chrono::{NaiveDate, NaiveDateTime};
use serde::Serialize;

use super::answer::Choose;
use super::case::{File, file};
use super::evidence::ProofLine;
use super::framework_text::FrameworkText;
use super::home::current;
use super::verdict_form::{self, VerdictForm};
use super::verification_parts::{
    ClaimView, IndicatorView, Names, VerdictView, claim_view, evidence, history,
};
use super::{form_key, problems};
use crate::app::{self, AppError};
use crate::domain::access::Act;
use crate::store;
use crate::store::objection::Objection;
use crate::web::desk::{Desk, html};
use crate::web::error::WebResult;
use crate::web::form::Input;
use crate::web::render::{Page, Problem};
use crate::web::reply::Reply;
use crate::web::url;
use crate::web::words::text;

/// One objection in the list.
#[derive(Clone, Debug, Serialize)]
pub struct WaitingRow {
    pub agency: String,
    pub code: String,
    pub indicator: String,
    pub href: String,
    pub filed_at: NaiveDateTime,
    pub kind: String,
    /// The word key of where it is, with its tone.
    pub state: String,
    pub tone: String,
    pub may_review: bool,
}

/// The list.
#[derive(Serialize)]
pub struct ReReviewsPage {
    pub period: Option<String>,
    pub state: String,
    pub until: Option<NaiveDate>,
    pub waiting: i64,
    pub rows: Vec<WaitingRow>,
}

impl Page for ReReviewsPage {
    const TEMPLATE: &'static str = "re_review/index.html";
}

/// Which objections wait, and for whom.
pub fn index(desk: &Desk, _: &Input) -> WebResult {
    let ctx = &desk.ctx;
    ctx.require(Act::ReReview)?;
    let found = ctx.store.read(|conn| {
        let periods = store::period::list(conn, ctx.province())?;
        let Some(period) = current(&periods).cloned() else {
            return Ok::<_, AppError>(None);
        };
        let framework = ctx.frameworks.of(conn, &period)?;
        let agencies = store::agency::list(conn, ctx.province())?;
        let waiting = app::objection::list_of_period(ctx, conn, &period)?;
        Ok(Some((period, framework, agencies, waiting)))
    })?;
    let Some((period, framework, agencies, waiting)) = found else {
        return desk.page(&ReReviewsPage {
            period: None,
            state: String::new(),
            until: None,
            waiting: 0,
            rows: Vec::new(),
        });
    };
    let agencies: HashMap<&str, &store::agency::Agency> =
        agencies.iter().map(|one| (one.id.as_str(), one)).collect();
    let texts = FrameworkText::of(&framework, desk.hall.language);
    let row = |(objection, may): &(Objection, bool)| {
        let agency = agencies.get(objection.agency_id.as_str())?;
        let code = &objection.indicator_code;
        let (state, tone) = match (objection.state.as_str(), may) {
            ("filed", true) => ("auditor-re-waits", "w"),
            ("filed", false) => ("auditor-re-not-yours", ""),
            ("reviewed", _) => ("auditor-re-reviewed", "i"),
            _ => ("auditor-re-decided", "o"),
        };
        Some(WaitingRow {
            agency: desk.choose(&agency.name_fa, &agency.name_en).to_owned(),
            code: code.clone(),
            indicator: texts.title(code),
            href: url::re_review(&period.code, &agency.code, code),
            filed_at: objection.filed_at,
            kind: kind_key(objection),
            state: state.to_owned(),
            tone: tone.to_owned(),
            may_review: *may,
        })
    };
    let mut rows: Vec<WaitingRow> = waiting.iter().filter_map(row).collect();
    rows.sort_by_key(|row| (!row.may_review, row.filed_at));
    desk.page(&ReReviewsPage {
        period: Some(super::period::title(desk, &period.code)),
        state: super::period::state_key(period.state()),
        until: Some(period.re_review_end_on),
        waiting: rows.iter().filter(|row| row.may_review).count() as i64,
        rows,
    })
}

fn kind_key(objection: &Objection) -> String {
    format!("office-objection-{}", objection.kind.replace('_', "-"))
}

/// One objection before the second auditor.
#[derive(Serialize)]
pub struct ReReviewPage {
    pub action: String,
    pub key: String,
    pub back: String,
    pub period: String,
    pub agency: String,
    pub indicator: IndicatorView,
    pub claim: ClaimView,
    pub kind: String,
    pub text: String,
    pub filed_at: NaiveDateTime,
    pub verdicts: Vec<VerdictView>,
    pub evidence: Vec<ProofLine>,
    pub may_review: bool,
    /// The word key of why not.
    pub refusal: Option<String>,
    pub form: VerdictForm,
    /// What was proposed, in words.
    pub proposal: Option<String>,
    pub proposal_reason: String,
    pub proposed_at: Option<NaiveDateTime>,
    pub problems: Vec<Problem>,
}

impl Page for ReReviewPage {
    const TEMPLATE: &'static str = "re_review/edit.html";
}

/// What the page is made of.
struct Found {
    file: File,
    objection: Objection,
    proposal: Option<crate::domain::returns::Verdict>,
    names: Names,
    may: Result<(), &'static str>,
}

fn find(desk: &Desk, input: &Input) -> Result<Found, AppError> {
    let ctx = &desk.ctx;
    ctx.require(Act::ReReview)?;
    ctx.store.read(|conn| {
        let file = file(desk, conn, input)?;
        let code = input.part("indicator");
        let objection = app::objection::find(conn, &file.case, code)?;
        let may = match app::objection::require_review(ctx, conn, &file.case, &objection) {
            Ok(()) => Ok(()),
            Err(AppError::Refused(key)) => Err(key),
            Err(error) => return Err(error),
        };
        let users = store::user::list(conn, ctx.province())?;
        Ok(Found {
            proposal: app::objection::proposal(conn, &file.case, &objection)?,
            names: users.into_iter().map(|user| (user.id, user.name)).collect(),
            file,
            objection,
            may,
        })
    })
}

fn page(desk: &Desk, found: &Found) -> Result<ReReviewPage, AppError> {
    let (file, objection) = (&found.file, &found.objection);
    let code = &objection.indicator_code;
    let one = file.case.framework.indicator(code);
    let one = one.ok_or(AppError::NotFound)?;
    let language = desk.hall.language;
    let texts = FrameworkText::of(&file.case.framework, language);
    let (period, agency) = (&file.case.period.code, &file.agency.code);
    let all = file.applying();
    let place = all.iter().position(|other| other.code == *code);
    let proposal = found.proposal.as_ref();
    let proposal = proposal.map(|proposal| texts.verdict(one, file.claim(code), proposal));
    let is_reviewed = objection.proposed_at.is_some();
    let keep = || text(language, "office-proposal-keep").to_string();
    Ok(ReReviewPage {
        action: url::re_review(period, agency, code),
        key: form_key(),
        back: url::RE_REVIEWS.to_owned(),
        period: super::period::title(desk, period),
        agency: desk
            .choose(&file.agency.name_fa, &file.agency.name_en)
            .to_owned(),
        indicator: IndicatorView::of(texts, one, place.unwrap_or_default(), all.len()),
        claim: claim_view(texts, file, one),
        kind: kind_key(objection),
        text: objection.text.clone(),
        filed_at: objection.filed_at,
        verdicts: history(texts, file, one, &found.names, true),
        evidence: evidence(texts, file, code),
        may_review: found.may.is_ok(),
        refusal: found.may.err().map(str::to_owned),
        form: form(
            VerdictForm::of(texts, language, one, file.claim(code)),
            &keep(),
        ),
        proposal: is_reviewed.then(|| proposal.unwrap_or_else(keep)),
        proposal_reason: objection.proposal_reason.clone().unwrap_or_default(),
        proposed_at: objection.proposed_at,
        problems: Vec::new(),
    })
}

/// The form of a verdict with one more choice: keep the first.
fn form(mut form: VerdictForm, keep: &str) -> VerdictForm {
    let keep = Choose {
        value: "keep".to_owned(),
        label: keep.to_owned(),
        hint: None,
    };
    form.kinds.insert(0, keep);
    form.kind = String::new();
    form
}

/// Shows an objection to the second auditor.
pub fn edit(desk: &Desk, input: &Input) -> WebResult {
    let found = find(desk, input)?;
    desk.page(&page(desk, &found)?)
}

/// Proposes the answer.
pub fn update(desk: &Desk, input: &Input) -> WebResult {
    let found = find(desk, input)?;
    let (period, agency) = (input.part("period"), input.part("agency"));
    let code = input.part("indicator");
    let one = found.file.case.framework.indicator(code);
    let one = one.ok_or(AppError::NotFound)?;
    let proposal = match input.field("kind") {
        "keep" => Ok(None),
        _ => verdict_form::read(one, input).map(Some),
    };
    let reason = input.field("reason");
    let reviewed = proposal.and_then(|proposal| {
        app::objection::review(&desk.ctx, period, agency, code, proposal.as_ref(), reason)
    });
    match reviewed {
        Ok(()) => Ok(Reply::see_other(url::RE_REVIEWS, Some("auditor-re-done"))),
        Err(AppError::Conflict) => {
            let found = find(desk, input)?;
            html(&page(desk, &found)?, &desk.shell(), StatusCode::CONFLICT)
        }
        Err(AppError::Invalid(faults)) => {
            let mut page = page(desk, &found)?;
            page.form.keep(input);
            page.problems = problems(&faults);
            desk.again(&page)
        }
        Err(error) => Err(error.into()),
    }
}
