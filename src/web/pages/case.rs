//! An agency's case for those who verify: every indicator with claim, verdict, evidence and returned items.

use std::collections::HashMap;

use chrono::{NaiveDate, NaiveDateTime};
use serde::Serialize;

use super::checklist::by_key;
use super::form_key;
use super::framework_text::FrameworkText;
use super::voice::Voices;
use crate::app::{self, AppError, Case};
use crate::domain::access::Act;
use crate::domain::answer::{self, applies};
use crate::domain::framework::{Indicator, ReportedBy};
use crate::domain::returns::Value;
use crate::domain::verification::{Standing, standing};
use crate::store::agency::Agency;
use crate::store::answer::AnswerRow;
use crate::store::evidence::{Evidence, Twin};
use crate::store::na_request::NaRequest;
use crate::store::query::Query;
use crate::store::verdict::VerdictRow;
use crate::store::{self, Conn};
use crate::web::desk::Desk;
use crate::web::error::WebResult;
use crate::web::form::Input;
use crate::web::render::Page;
use crate::web::reply::Reply;
use crate::web::url;

/// Everything of one agency's quarter that these pages read. Drafts are not in it.
pub struct File {
    pub case: Case,
    pub agency: Agency,
    pub answers: Vec<AnswerRow>,
    pub evidence: Vec<Evidence>,
    /// Where the same files were handed in too.
    pub twins: Vec<Twin>,
    /// Every verdict, by indicator, oldest first.
    pub verdicts: Vec<VerdictRow>,
    pub queries: Vec<Query>,
    pub requests: Vec<NaRequest>,
    /// Indicators whose claims are covered until a visit has counted them.
    pub covered: Vec<String>,
}

/// Opens the file of an agency for those who may see what was handed in.
pub fn file(desk: &Desk, conn: &mut Conn, input: &Input) -> Result<File, AppError> {
    desk.ctx.require(Act::SeeHandedIn)?;
    let case = app::case(&desk.ctx, conn, input.part("period"), input.part("agency"))?;
    let agency = store::agency::find(conn, desk.ctx.province(), &case.assessment.agency_id)?;
    let agency = agency.ok_or(AppError::NotFound)?;
    let is_handed_in = case.assessment.is_handed_in();
    let (answers, evidence) = if is_handed_in {
        let answers = store::answer::list(conn, &case.assessment)?;
        (answers, store::evidence::list(conn, &case.assessment)?)
    } else {
        (Vec::new(), Vec::new())
    };
    let hashes: Vec<&str> = evidence
        .iter()
        .filter_map(|row| row.sha256.as_deref())
        .collect();
    let twins = match hashes.is_empty() {
        true => Vec::new(),
        false => store::evidence::list_twins(conn, desk.ctx.province(), &hashes)?,
    };
    let covered = app::plan::covered(&desk.ctx, conn, &case)?;
    Ok(File {
        covered,
        agency,
        twins,
        answers,
        evidence,
        verdicts: store::verdict::list(conn, &case.assessment)?,
        queries: store::query::list(conn, &case.assessment)?,
        requests: store::na_request::list(conn, &case.assessment)?,
        case,
    })
}

impl File {
    /// The handed-in answer to an indicator.
    pub fn answer(&self, code: &str) -> Option<&AnswerRow> {
        self.answers.iter().find(|row| row.indicator_code == code)
    }

    /// The handed-in claim on an indicator.
    pub fn claim(&self, code: &str) -> Option<Value> {
        answer::kept(self.answer(code)?.claim.as_deref()?)
    }

    /// The claim as it is shown: nothing while it is covered.
    pub fn shown_claim(&self, code: &str) -> Option<Value> {
        self.claim(code).filter(|_| !self.is_covered(code))
    }

    /// Whether the claim is covered for whoever looks.
    pub fn is_covered(&self, code: &str) -> bool {
        self.covered.iter().any(|one| one == code)
    }

    /// The verdict that counts on an indicator.
    pub fn verdict(&self, code: &str) -> Option<&VerdictRow> {
        self.verdicts.iter().rfind(|row| row.indicator_code == code)
    }

    /// Where an indicator stands.
    pub fn standing(&self, indicator: &Indicator) -> Standing {
        let code = &indicator.code;
        let is_handed_in = self.case.assessment.is_handed_in();
        let (has_claim, is_judged) = (self.claim(code).is_some(), self.verdict(code).is_some());
        standing(indicator, is_handed_in, has_claim, is_judged)
    }

    /// The indicators that apply to this agency, in the order of the framework.
    pub fn applying(&self) -> Vec<&Indicator> {
        let profile = self.case.assessment.flags();
        let all = self.case.framework.indicators.iter();
        all.filter(|one| applies(one, &profile)).collect()
    }

    /// The next indicator that waits for a verdict after this one, round to the beginning.
    pub fn next_open(&self, code: &str) -> Option<&Indicator> {
        let all = self.applying();
        let place = all.iter().position(|one| one.code == code);
        let after = place.map_or(0, |place| place + 1);
        let (before, after) = all.split_at(after.min(all.len()));
        let mut round = after.iter().chain(before).copied();
        round.find(|one| one.code != code && self.standing(one) == Standing::Open)
    }

    /// The address of an indicator's verification.
    pub fn address(&self, code: &str) -> String {
        url::verification(&self.case.period.code, &self.agency.code, code)
    }
}

/// One indicator of the case.
#[derive(Clone, Debug, Serialize)]
pub struct CaseRow {
    pub code: String,
    pub title: String,
    pub href: String,
    pub claim: Option<String>,
    pub verdict: Option<String>,
    pub state: String,
    pub tone: String,
    pub icon: String,
    /// The word key of the returned item, where there is one.
    pub query: Option<String>,
    pub evidence: i64,
}

/// A dimension of the case.
#[derive(Clone, Debug, Serialize)]
pub struct CaseSection {
    pub code: String,
    pub title: String,
    pub judged: i64,
    pub all: i64,
    pub rows: Vec<CaseRow>,
}

/// What may be confirmed at once.
#[derive(Clone, Debug, Serialize)]
pub struct QuietRow {
    pub field: String,
    pub code: String,
    pub title: String,
    pub href: String,
    pub claim: String,
    pub evidence: i64,
}

/// The case.
#[derive(Serialize)]
pub struct CasePage {
    pub key: String,
    pub action: String,
    /// What gives no cause for doubt, and how much of the like is kept for a full look.
    pub quiet: Vec<QuietRow>,
    pub kept: i64,
    pub period: String,
    pub agency: String,
    pub code: String,
    pub is_handed_in: bool,
    pub is_late: bool,
    pub handed_in_at: Option<NaiveDateTime>,
    pub last_edit_on: NaiveDate,
    pub judged: i64,
    pub all: i64,
    pub open: i64,
    pub answered: i64,
    pub next: Option<String>,
    pub back: Option<String>,
    pub visits_href: String,
    /// What people said at its desks in this quarter; none where nobody spoke.
    pub voices: Option<Voices>,
    pub sections: Vec<CaseSection>,
}

impl Page for CasePage {
    const TEMPLATE: &'static str = "verification/index.html";
}

/// The list of all indicators of an agency.
pub fn show(desk: &Desk, input: &Input) -> WebResult {
    let (file, offer, voices) = desk.ctx.store.read(|conn| {
        let file = file(desk, conn, input)?;
        let offer = app::confirmation::offered(&desk.ctx, conn, &file.case)?;
        let voices = super::voice::beside(desk, conn, &file.case.period, &file.agency)?;
        Ok::<_, AppError>((file, offer, voices))
    })?;
    let sections = sections(desk, &file);
    let sum = |of: fn(&CaseSection) -> i64| sections.iter().map(of).sum::<i64>();
    let (judged, all) = (sum(|one| one.judged), sum(|one| one.all));
    let assessment = &file.case.assessment;
    let may_judge = desk.ctx.actor.may(Act::Judge);
    let answered = file.queries.iter().filter(|query| query.is_answered());
    let first = answered
        .clone()
        .next()
        .map(|query| query.indicator_code.as_str());
    let next = first.or_else(|| file.next_open("").map(|one| one.code.as_str()));
    desk.page(&CasePage {
        key: form_key(),
        action: url::case(&file.case.period.code, &file.agency.code),
        quiet: quiet(desk, &file, &offer.indicators),
        kept: offer.kept,
        period: super::period::title(desk, &file.case.period.code),
        agency: desk
            .choose(&file.agency.name_fa, &file.agency.name_en)
            .to_owned(),
        code: file.agency.code.clone(),
        is_handed_in: assessment.is_handed_in(),
        is_late: assessment.is_late,
        handed_in_at: assessment.handed_in_at,
        last_edit_on: file.case.last_hand_in_on(),
        judged,
        all,
        open: all - judged,
        answered: answered.count() as i64,
        next: next.filter(|_| may_judge).map(|code| file.address(code)),
        visits_href: url::visits(&file.case.period.code, &file.agency.code),
        back: may_judge.then(|| url::QUEUE.to_owned()),
        voices,
        sections,
    })
}

fn quiet(desk: &Desk, file: &File, offered: &[String]) -> Vec<QuietRow> {
    let texts = FrameworkText::of(&file.case.framework, desk.hall.language);
    let row = |code: &String| {
        let one = file.case.framework.indicator(code)?;
        let proofs = file.evidence.iter();
        Some(QuietRow {
            field: format!("confirm-{code}"),
            code: code.clone(),
            title: texts.title(code),
            href: file.address(code),
            claim: texts.value(one, file.shown_claim(code)?),
            evidence: proofs.filter(|row| row.indicator_code == *code).count() as i64,
        })
    };
    offered.iter().filter_map(row).collect()
}

/// Confirms at once what was ticked.
pub fn confirm(desk: &Desk, input: &Input) -> WebResult {
    let (period, agency) = (input.part("period"), input.part("agency"));
    let chosen = input.ticked("confirm-");
    app::confirmation::confirm(&desk.ctx, period, agency, &chosen)?;
    let back = url::case(period, agency);
    Ok(Reply::see_other(&back, Some("auditor-quiet-done")))
}

fn sections(desk: &Desk, file: &File) -> Vec<CaseSection> {
    let framework = &file.case.framework;
    let texts = FrameworkText::of(framework, desk.hall.language);
    let mut proofs: HashMap<&str, i64> = HashMap::new();
    for row in &file.evidence {
        *proofs.entry(row.indicator_code.as_str()).or_default() += 1;
    }
    let applying = file.applying();
    let mut sections = Vec::new();
    for (place, dimension) in framework.dimensions.iter().enumerate() {
        let own: Vec<&Indicator> = applying
            .iter()
            .filter(|one| one.dimension == place)
            .copied()
            .collect();
        if own.is_empty() {
            continue;
        }
        let count = |is_meant: fn(Standing) -> bool| {
            let meant = own.iter().filter(|one| is_meant(file.standing(one)));
            meant.count() as i64
        };
        sections.push(CaseSection {
            code: dimension.code.clone(),
            title: texts.dimension(&dimension.code),
            judged: count(|one| one == Standing::Judged),
            all: count(Standing::is_work),
            rows: own
                .iter()
                .map(|one| row(texts, file, one, proofs.get(one.code.as_str())))
                .collect(),
        });
    }
    sections
}

fn row(texts: FrameworkText, file: &File, one: &Indicator, proofs: Option<&i64>) -> CaseRow {
    let code = one.code.as_str();
    let (state, tone, icon) = state(file, one);
    let claim = file.shown_claim(code);
    let verdict = file.verdict(code).and_then(app::verdict::of_row);
    CaseRow {
        code: code.to_owned(),
        title: texts.title(code),
        href: file.address(code),
        claim: claim.map(|claim| texts.value(one, claim)),
        verdict: verdict.map(|verdict| texts.verdict(one, claim, &verdict)),
        state: state.to_owned(),
        tone: tone.to_owned(),
        icon: icon.to_owned(),
        query: query_key(file, code).map(str::to_owned),
        evidence: proofs.copied().unwrap_or_default(),
    }
}

/// The word key of where an indicator stands, with tone and icon.
fn state(file: &File, one: &Indicator) -> (&'static str, &'static str, &'static str) {
    let choice = file.answer(&one.code).map(|row| row.choice.as_str());
    match file.standing(one) {
        Standing::Judged => ("auditor-state-judged", "o", "circle-check"),
        Standing::Open if one.reported_by == ReportedBy::Auditor => {
            ("auditor-state-measure", "i", "circle-dashed")
        }
        Standing::Open => ("auditor-state-open", "i", "circle-dashed"),
        Standing::NotHandedIn => ("auditor-state-not-handed-in", "", "clock"),
        Standing::Unclaimed if choice == Some("not_applicable") => {
            ("auditor-state-na", "", "help-circle")
        }
        Standing::Unclaimed => ("auditor-state-unclaimed", "", "minus"),
        Standing::Elsewhere if file.verdict(&one.code).is_some() => {
            ("auditor-state-judged", "o", "circle-check")
        }
        Standing::Elsewhere => (by_key(one.reported_by), "", "minus"),
    }
}

/// The word key of the returned item of an indicator.
fn query_key(file: &File, code: &str) -> Option<&'static str> {
    let mut own = file.queries.iter().filter(|row| row.indicator_code == code);
    if own.clone().any(Query::is_answered) {
        return Some("auditor-query-answered");
    }
    own.any(Query::is_open).then_some("auditor-query-open")
}
