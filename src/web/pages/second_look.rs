//! Second looks: what an auditor is asked to judge without knowing the first finding, and how alike auditors judge.

use std::collections::HashMap;

use chrono::NaiveDateTime;
use serde::Serialize;

use super::evidence::{ProofLine, proofs};
use super::framework_text::FrameworkText;
use super::verdict_form::{self, VerdictForm};
use super::verification_parts::IndicatorView;
use super::{form_key, problems};
use crate::app::AppError;
use crate::app::second_look::{self, Asked, Comparison};
use crate::app::verdict::Judgement;
use crate::domain::access::Act;
use crate::domain::agreement::{ENOUGH, Outcome};
use crate::domain::answer::{self, applies};
use crate::domain::returns::Value;
use crate::store::agency::Agency;
use crate::store::second_look::SecondLook;
use crate::store::{self, Conn};
use crate::web::desk::Desk;
use crate::web::error::WebResult;
use crate::web::form::Input;
use crate::web::render::{Page, Problem};
use crate::web::reply::Reply;
use crate::web::url;

/// One item that is asked for.
#[derive(Clone, Debug, Serialize)]
pub struct SecondLookLine {
    pub code: String,
    pub title: String,
    pub agency: String,
    pub period: String,
    pub href: String,
    pub asked_at: NaiveDateTime,
    pub is_given: bool,
}

/// Everything somebody was asked for.
#[derive(Serialize)]
pub struct SecondLooksPage {
    pub lines: Vec<SecondLookLine>,
    pub open: i64,
    pub back: String,
}

impl Page for SecondLooksPage {
    const TEMPLATE: &'static str = "second_look/index.html";
}

/// The list of whoever asks.
pub fn index(desk: &Desk, _: &Input) -> WebResult {
    let lines = desk.ctx.store.read(|conn| {
        let rows = second_look::list(&desk.ctx, conn)?;
        let agencies = store::agency::list(conn, desk.ctx.province())?.into_iter();
        let agencies: HashMap<String, Agency> = agencies.map(|one| (one.id.clone(), one)).collect();
        let mut lines = Vec::new();
        for period in store::period::list(conn, desk.ctx.province())? {
            let own = rows.iter().filter(|row| row.period_id == period.id);
            let framework = desk.ctx.frameworks.of(conn, &period)?;
            let texts = FrameworkText::of(&framework, desk.hall.language);
            lines.extend(own.filter_map(|row| {
                let agency = agencies.get(&row.agency_id)?;
                Some(line(desk, texts, &period.code, agency, row))
            }));
        }
        Ok::<_, AppError>(lines)
    })?;
    let open = lines.iter().filter(|line| !line.is_given).count() as i64;
    desk.page(&SecondLooksPage {
        lines,
        open,
        back: url::QUEUE.to_owned(),
    })
}

fn line(
    desk: &Desk,
    texts: FrameworkText,
    period: &str,
    agency: &Agency,
    row: &SecondLook,
) -> SecondLookLine {
    SecondLookLine {
        code: row.indicator_code.clone(),
        title: texts.title(&row.indicator_code),
        agency: desk.choose(&agency.name_fa, &agency.name_en).to_owned(),
        period: super::period::title(desk, period),
        href: url::second_look(&row.id),
        asked_at: row.asked_at,
        is_given: row.given_at.is_some(),
    }
}

/// One item before the second auditor: claim and evidence, and nothing of what the first one found.
#[derive(Serialize)]
pub struct SecondLookPage {
    pub key: String,
    pub action: String,
    pub back: String,
    pub period: String,
    pub agency: String,
    pub indicator: IndicatorView,
    pub claim: String,
    pub note: String,
    pub evidence: Vec<ProofLine>,
    pub may: bool,
    pub is_given: bool,
    pub form: VerdictForm,
    pub problems: Vec<Problem>,
}

impl Page for SecondLookPage {
    const TEMPLATE: &'static str = "second_look/show.html";
}

struct Found {
    asked: Asked,
    claim: Option<Value>,
    note: String,
    evidence: Vec<store::evidence::Evidence>,
}

fn find(desk: &Desk, conn: &mut Conn, id: &str) -> Result<Found, AppError> {
    let asked = second_look::find(&desk.ctx, conn, id)?;
    let of = &asked.case.assessment;
    let row = store::answer::find(conn, of, &asked.row.indicator_code)?;
    let claim = row
        .as_ref()
        .and_then(|row| answer::kept(row.claim.as_deref()?));
    let mut evidence = store::evidence::list(conn, of)?;
    evidence.retain(|one| one.indicator_code == asked.row.indicator_code);
    Ok(Found {
        claim,
        note: row.map(|row| row.note).unwrap_or_default(),
        evidence,
        asked,
    })
}

fn page(desk: &Desk, found: &Found) -> Result<SecondLookPage, AppError> {
    let (case, row) = (&found.asked.case, &found.asked.row);
    let texts = FrameworkText::of(&case.framework, desk.hall.language);
    let code = row.indicator_code.as_str();
    let one = case.framework.indicator(code).ok_or(AppError::NotFound)?;
    let flags = case.assessment.flags();
    let own = case.framework.indicators.iter();
    let own: Vec<_> = own.filter(|one| applies(one, &flags)).collect();
    let place = own.iter().position(|other| other.code == code);
    let agency = &found.asked.agency;
    let codes = (case.period.code.as_str(), agency.code.as_str());
    let mut evidence = proofs(texts, case, found.evidence.iter(), codes);
    for (line, row) in evidence.iter_mut().zip(&found.evidence) {
        // The agency's own address is not theirs to open; a link leads where it leads.
        if row.sha256.is_some() {
            line.href = format!(
                "{}/evidence/{}",
                url::second_look(&found.asked.row.id),
                row.id
            );
        }
    }
    Ok(SecondLookPage {
        key: form_key(),
        action: url::second_look(&row.id),
        back: url::SECOND_LOOKS.to_owned(),
        period: super::period::title(desk, &case.period.code),
        agency: desk.choose(&agency.name_fa, &agency.name_en).to_owned(),
        indicator: IndicatorView::of(texts, one, place.unwrap_or(0), own.len()),
        claim: found
            .claim
            .map(|claim| texts.value(one, claim))
            .unwrap_or_default(),
        note: found.note.clone(),
        evidence,
        may: row.given_at.is_none() && second_look::is_open(&case.period),
        is_given: row.given_at.is_some(),
        form: VerdictForm::of(texts, desk.hall.language, one, found.claim),
        problems: Vec::new(),
    })
}

/// One item to look at.
pub fn show(desk: &Desk, input: &Input) -> WebResult {
    let found = desk
        .ctx
        .store
        .read(|conn| find(desk, conn, input.part("id")))?;
    desk.page(&page(desk, &found)?)
}

/// Keeps the second finding.
pub fn create(desk: &Desk, input: &Input) -> WebResult {
    let found = desk
        .ctx
        .store
        .read(|conn| find(desk, conn, input.part("id")))?;
    let row = &found.asked.row;
    let one = found.asked.case.framework.indicator(&row.indicator_code);
    let given = verdict_form::read(one.ok_or(AppError::NotFound)?, input).and_then(|verdict| {
        let of = Judgement {
            indicator: &row.indicator_code,
            seen: None,
            verdict,
            reason_code: input.field("reason_code"),
            reason: input.field("reason"),
            recommendation: "",
            internal_note: "",
        };
        second_look::give(&desk.ctx, &row.id, &of)
    });
    match given {
        Ok(()) => Ok(Reply::see_other(url::SECOND_LOOKS, Some("shell-saved"))),
        Err(AppError::Invalid(faults)) => {
            let mut page = page(desk, &found)?;
            page.form.keep(input);
            page.problems = problems(&faults);
            desk.again(&page)
        }
        Err(error) => Err(error.into()),
    }
}

/// A file of evidence of an item that somebody was asked to look at, and of no other.
pub fn evidence(desk: &Desk, input: &Input) -> WebResult {
    let found = desk
        .ctx
        .store
        .read(|conn| find(desk, conn, input.part("id")))?;
    let row = found
        .evidence
        .iter()
        .find(|row| row.id == input.part("file"));
    let row = row.ok_or(AppError::NotFound)?;
    let ctx = second_look::beside(&desk.ctx, &found.asked.row);
    super::evidence::send(
        desk,
        &ctx,
        &found.asked.case.period.code,
        &found.asked.agency.code,
        &row.id,
    )
}

/// Two findings on one item.
#[derive(Clone, Debug, Serialize)]
pub struct PairLine {
    pub code: String,
    pub title: String,
    pub agency: String,
    pub first_by: String,
    pub second_by: String,
    pub first: String,
    pub second: String,
    pub is_same: bool,
    pub href: String,
}

/// An auditor beside the others.
#[derive(Clone, Debug, Serialize)]
pub struct SeverityLine {
    pub name: String,
    pub items: i64,
    /// In hundredths of a percent of the points; above nothing is milder.
    pub mean_bp: i64,
}

/// How alike auditors judged in a quarter.
#[derive(Serialize)]
pub struct AgreementPage {
    pub period: String,
    pub back: String,
    pub asked: i64,
    pub items: i64,
    pub same: i64,
    pub is_enough: bool,
    pub enough: i64,
    /// Kappa with its bounds, in hundredths of a percent.
    pub kappa: Option<[i64; 3]>,
    pub severities: Vec<SeverityLine>,
    pub pairs: Vec<PairLine>,
}

impl Page for AgreementPage {
    const TEMPLATE: &'static str = "second_look/agreement.html";
}

fn outcome_key(of: Outcome) -> String {
    let word = match of {
        Outcome::Confirmed => "confirmed",
        Outcome::Changed => "changed",
        Outcome::Rejected => "rejected",
    };
    format!("auditor-outcome-{word}")
}

/// Agreement of a quarter, for the head of the office.
pub fn agreement(desk: &Desk, input: &Input) -> WebResult {
    desk.ctx.require(Act::Administer)?;
    let code = input.part("period");
    let page = desk.ctx.store.read(|conn| {
        let province = desk.ctx.province();
        let period = store::period::find_by_code(conn, province, code)?;
        let period = period.ok_or(AppError::NotFound)?;
        let found = second_look::compare(&desk.ctx, conn, &period)?;
        let framework = desk.ctx.frameworks.of(conn, &period)?;
        let texts = FrameworkText::of(&framework, desk.hall.language);
        let users = store::user::list(conn, province)?.into_iter();
        let names: HashMap<String, String> = users.map(|user| (user.id, user.name)).collect();
        let agencies = store::agency::list(conn, province)?.into_iter();
        let agencies: HashMap<String, Agency> = agencies.map(|one| (one.id.clone(), one)).collect();
        Ok::<_, AppError>(agreement_page(desk, code, &found, texts, &names, &agencies))
    })?;
    desk.page(&page)
}

fn agreement_page(
    desk: &Desk,
    code: &str,
    of: &Comparison,
    texts: FrameworkText,
    names: &HashMap<String, String>,
    agencies: &HashMap<String, Agency>,
) -> AgreementPage {
    let name = |id: &str| names.get(id).cloned().unwrap_or_default();
    let pair = |pair: &second_look::Pair| {
        let agency = agencies.get(&pair.look.agency_id)?;
        let indicator = pair.look.indicator_code.as_str();
        Some(PairLine {
            code: indicator.to_owned(),
            title: texts.title(indicator),
            agency: desk.choose(&agency.name_fa, &agency.name_en).to_owned(),
            first_by: name(&pair.look.first_by),
            second_by: name(&pair.look.user_id),
            first: outcome_key(pair.first),
            second: outcome_key(pair.second),
            is_same: pair.first == pair.second,
            href: url::verification(code, &agency.code, indicator),
        })
    };
    let severity = |one: &second_look::Severity| SeverityLine {
        name: name(&one.user),
        items: one.items,
        mean_bp: one.mean_bp,
    };
    AgreementPage {
        period: super::period::title(desk, code),
        back: url::period(code),
        asked: of.asked as i64,
        items: of.agreement.items as i64,
        same: of.agreement.same as i64,
        is_enough: of.agreement.items >= ENOUGH,
        enough: ENOUGH as i64,
        kappa: of
            .agreement
            .kappa_bp
            .map(|(kappa, low, high)| [kappa, low, high]),
        severities: of.severities.iter().map(severity).collect(),
        pairs: of.pairs.iter().filter_map(pair).collect(),
    }
}
