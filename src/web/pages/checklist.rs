//! The checklist of an agency: what it is asked, what it has said, what somebody else measures.

use serde::Serialize;

use super::framework_text::FrameworkText;
use super::resolution::{ResolutionCard, book, lane_cards};
use crate::app::{self, AppError, Case};
use crate::domain::answer as rule;
use crate::domain::framework::{Indicator, ReportedBy};
use crate::domain::resolution::Lane;
use crate::store::answer::AnswerRow;
use crate::store::evidence::Evidence;
use crate::store::query::Query;
use crate::store::{self, Conn};
use crate::web::desk::Desk;
use crate::web::error::WebResult;
use crate::web::form::Input;
use crate::web::render::Page;
use crate::web::url;

/// One indicator in a list.
#[derive(Clone, Debug, Serialize)]
pub struct Row {
    pub code: String,
    pub title: String,
    pub href: Option<String>,
    /// The word key of its state, and its tone and icon.
    pub state: String,
    pub tone: String,
    pub icon: String,
    pub is_current: bool,
    pub said: Option<String>,
}

/// A dimension of the checklist.
#[derive(Clone, Debug, Serialize)]
pub struct Section {
    pub title: String,
    pub question: String,
    pub done: i64,
    pub all: i64,
    pub percent: i64,
    /// Where to go on in it.
    pub href: String,
    pub rows: Vec<Row>,
}

/// The index.
#[derive(Serialize)]
pub struct ChecklistPage {
    pub period: String,
    pub done: i64,
    pub all: i64,
    /// What the follow-up meeting resolved for this agency and is not closed yet.
    pub resolutions: Vec<ResolutionCard>,
    pub sections: Vec<Section>,
    pub review: String,
    /// Where the workbook of the checklist is fetched and brought back.
    pub workbook: String,
    /// Where more time is asked for.
    pub extensions: String,
    /// Who of the agency looks after what.
    pub owners: String,
}

impl Page for ChecklistPage {
    const TEMPLATE: &'static str = "answer/index.html";
}

/// Everything about one agency's quarter that these pages read.
pub struct Sheet {
    pub case: Case,
    pub answers: Vec<AnswerRow>,
    pub queries: Vec<Query>,
    pub evidence: Vec<Evidence>,
}

/// Reads the quarter of an agency for the agency itself.
pub fn sheet(desk: &Desk, conn: &mut Conn, input: &Input) -> Result<Sheet, AppError> {
    // Drafts are the agency's own: nobody else has this page.
    if !desk.ctx.actor.role.is_of_agency() {
        return Err(AppError::Forbidden);
    }
    let case = app::case(&desk.ctx, conn, input.part("period"), input.part("agency"))?;
    let answers = store::answer::list(conn, &case.assessment)?;
    let queries = store::query::list(conn, &case.assessment)?;
    let evidence = store::evidence::list(conn, &case.assessment)?;
    Ok(Sheet {
        case,
        answers,
        queries,
        evidence,
    })
}

impl Sheet {
    /// What the agency said on an indicator.
    pub fn answer(&self, code: &str) -> Option<&AnswerRow> {
        self.answers
            .iter()
            .find(|answer| answer.indicator_code == code)
    }

    /// The item that waits for the agency, if it was sent back.
    pub fn returned(&self, code: &str) -> Option<&Query> {
        self.queries
            .iter()
            .find(|query| query.indicator_code == code && query.is_open())
    }

    /// The checklist by dimension; `current` is the indicator on the page.
    pub fn sections(
        &self,
        desk: &Desk,
        codes: (&str, &str),
        current: Option<&str>,
    ) -> Vec<Section> {
        let framework = &self.case.framework;
        let texts = FrameworkText::of(framework, desk.hall.language);
        let profile = self.case.assessment.flags();
        let mut sections = Vec::new();
        for (place, dimension) in framework.dimensions.iter().enumerate() {
            let own = framework
                .indicators
                .iter()
                .filter(|one| one.dimension == place);
            let applying: Vec<&Indicator> =
                own.filter(|one| rule::applies(one, &profile)).collect();
            let asked = applying
                .iter()
                .filter(|one| one.reported_by == ReportedBy::Agency);
            let all = asked.clone().count() as i64;
            let done = asked.filter(|one| self.answer(&one.code).is_some()).count() as i64;
            if applying.is_empty() {
                continue;
            }
            let rows: Vec<Row> = applying
                .iter()
                .map(|one| self.row(texts, one, codes, current))
                .collect();
            let missing = rows.iter().find(|row| row.state == "manager-state-missing");
            let first = rows.iter().find_map(|row| row.href.clone());
            let href = missing.and_then(|row| row.href.clone()).or(first);
            sections.push(Section {
                title: texts.dimension(&dimension.code),
                question: texts.question(&dimension.code),
                done,
                all,
                percent: if all == 0 { 100 } else { done * 100 / all },
                href: href.unwrap_or_else(|| url::checklist(codes.0, codes.1)),
                rows,
            });
        }
        sections
    }

    fn row(
        &self,
        texts: FrameworkText,
        one: &Indicator,
        codes: (&str, &str),
        current: Option<&str>,
    ) -> Row {
        let answer = self.answer(&one.code);
        let is_asked = one.reported_by == ReportedBy::Agency;
        let (state, tone, icon) = match (
            is_asked,
            self.returned(&one.code),
            answer.map(|a| a.choice.as_str()),
        ) {
            (false, ..) => (by_key(one.reported_by), "", "eye"),
            (_, Some(_), _) => ("manager-state-returned", "w", "arrow-back-up"),
            (_, None, Some("value")) => ("manager-state-answered", "o", "circle-check"),
            (_, None, Some("blank")) => ("manager-state-blank", "", "circle-check"),
            (_, None, Some(_)) => ("manager-state-na", "i", "circle-check"),
            (_, None, None) => ("manager-state-missing", "", "circle-dashed"),
        };
        Row {
            code: one.code.clone(),
            title: texts.title(&one.code),
            href: is_asked.then(|| url::answer(codes.0, codes.1, &one.code)),
            state: state.to_owned(),
            tone: tone.to_owned(),
            icon: icon.to_owned(),
            is_current: current == Some(&one.code),
            said: answer.and_then(|answer| texts.kept(one, answer.claim.as_deref())),
        }
    }

    /// The asked indicators in order.
    pub fn asked(&self) -> Vec<&Indicator> {
        let profile = self.case.assessment.flags();
        let all = self.case.framework.indicators.iter();
        all.filter(|one| rule::is_asked(one, &profile)).collect()
    }

    /// The first asked indicator without an answer.
    pub fn next_missing(&self) -> Option<&Indicator> {
        self.asked()
            .into_iter()
            .find(|one| self.answer(&one.code).is_none())
    }
}

/// Who measures what the agency does not report.
pub fn by_key(reported_by: ReportedBy) -> &'static str {
    match reported_by {
        ReportedBy::Agency => "manager-by-agency",
        ReportedBy::Auditor => "manager-by-auditor",
        ReportedBy::Survey => "manager-by-survey",
        ReportedBy::Central => "manager-by-central",
        ReportedBy::System => "manager-by-system",
    }
}

/// The index of the checklist.
pub fn index(desk: &Desk, input: &Input) -> WebResult {
    let sheet = desk.ctx.store.read(|conn| sheet(desk, conn, input))?;
    let codes = (input.part("period"), input.part("agency"));
    let sections = sheet.sections(desk, codes, None);
    let book = book(&desk.ctx)?;
    let lanes = [Lane::Overdue, Lane::InHand].into_iter();
    desk.page(&ChecklistPage {
        resolutions: lanes
            .flat_map(|lane| lane_cards(desk, &book, lane))
            .collect(),
        period: codes.0.to_owned(),
        done: sections.iter().map(|section| section.done).sum(),
        all: sections.iter().map(|section| section.all).sum(),
        sections,
        review: url::review(codes.0, codes.1),
        workbook: url::workbook(codes.0, codes.1),
        extensions: url::extensions(codes.0, codes.1),
        owners: url::owners(codes.0, codes.1),
    })
}
