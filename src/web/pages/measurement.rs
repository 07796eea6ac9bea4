//! One value that the office brings, with its document and what was entered before.

use chrono::NaiveDateTime;
use serde::Serialize;

use super::answer::{Choose, measure, options, value_faults};
use super::framework_text::FrameworkText;
use super::{form_key, problems};
use crate::app::measurement::{Measurement, enter};
use crate::app::{self, AppError, Case, Problem as Fault};
use crate::domain::access::Act;
use crate::domain::answer::{self, Typed};
use crate::domain::framework::{Indicator, ReportedBy};
use crate::domain::measurement::{is_entered, read_answers, verdict};
use crate::domain::period::State;
use crate::domain::returns::Verdict;
use crate::store::{self, Conn};
use crate::web::desk::Desk;
use crate::web::error::WebResult;
use crate::web::form::Input;
use crate::web::render::{Page, Problem};
use crate::web::reply::Reply;
use crate::web::url;

/// A value that was entered.
#[derive(Clone, Debug, Serialize)]
pub struct EnteredLine {
    pub value: String,
    pub answers: Option<i64>,
    pub document: String,
    pub by: Option<String>,
    pub at: NaiveDateTime,
}

/// The page.
#[derive(Serialize)]
pub struct MeasurementPage {
    pub action: String,
    pub key: String,
    pub back: String,
    pub period: String,
    pub agency: String,
    pub agency_code: String,
    pub code: String,
    pub title: String,
    pub guidance: String,
    pub verification: String,
    pub measure: String,
    pub unit: String,
    pub numerator_label: String,
    pub denominator_label: String,
    pub options: Vec<Choose>,
    pub is_survey: bool,
    pub fewest_answers: i64,
    pub value: String,
    pub numerator: String,
    pub denominator: String,
    pub answers: String,
    pub document: String,
    pub may_enter: bool,
    pub history: Vec<EnteredLine>,
    pub problems: Vec<Problem>,
}

impl Page for MeasurementPage {
    const TEMPLATE: &'static str = "measurement/edit.html";
}

fn find(desk: &Desk, conn: &mut Conn, input: &Input) -> Result<(Case, Indicator), AppError> {
    desk.ctx.require(Act::Administer)?;
    let (period, agency) = (input.part("period"), input.part("agency"));
    let case = app::case(&desk.ctx, conn, period, agency)?;
    let found = case.framework.indicator(input.part("indicator"));
    let found = found.filter(|indicator| is_entered(indicator)).cloned();
    Ok((case, found.ok_or(AppError::NotFound)?))
}

fn page(desk: &Desk, conn: &mut Conn, input: &Input) -> Result<MeasurementPage, AppError> {
    let (case, indicator) = find(desk, conn, input)?;
    let texts = FrameworkText::of(&case.framework, desk.hall.language);
    let (period, agency, code) = (
        input.part("period"),
        input.part("agency"),
        indicator.code.as_str(),
    );
    let name = store::agency::find(conn, desk.ctx.province(), &case.assessment.agency_id)?;
    let (numerator_label, denominator_label) = texts.parts(code);
    let given = store::verdict::list(conn, &case.assessment)?;
    let users = store::user::list(conn, desk.ctx.province())?;
    let mut history = Vec::new();
    for row in given.iter().rev().filter(|row| row.indicator_code == code) {
        if let Some(Verdict::Measured { value, answers }) = app::verdict::of_row(row) {
            let by = users
                .iter()
                .find(|user| row.given_by.as_ref() == Some(&user.id));
            history.push(EnteredLine {
                value: texts.value(&indicator, value),
                answers,
                document: row.reason.clone(),
                by: by.map(|user| user.name.clone()),
                at: row.given_at,
            });
        }
    }
    let state = case.period.state();
    Ok(MeasurementPage {
        action: url::measurement(period, agency, code),
        key: form_key(),
        back: url::measurements(period),
        period: super::period::title(desk, period),
        agency: name
            .map(|name| desk.choose(&name.name_fa, &name.name_en).to_owned())
            .unwrap_or_default(),
        agency_code: agency.to_owned(),
        code: code.to_owned(),
        title: texts.title(code),
        guidance: texts.guidance(code),
        verification: texts.verification(code),
        measure: measure(&indicator).to_owned(),
        unit: texts.unit(&indicator),
        numerator_label,
        denominator_label,
        options: options(texts, &indicator),
        is_survey: indicator.reported_by == ReportedBy::Survey,
        fewest_answers: case.framework.policy.survey_min_answers,
        value: String::new(),
        numerator: String::new(),
        denominator: String::new(),
        answers: String::new(),
        document: String::new(),
        may_enter: state < State::Preliminary || (history.is_empty() && state < State::Final),
        history,
        problems: Vec::new(),
    })
}

/// Shows one value.
pub fn edit(desk: &Desk, input: &Input) -> WebResult {
    let page = desk.ctx.store.read(|conn| page(desk, conn, input))?;
    desk.page(&page)
}

/// Enters one value.
pub fn update(desk: &Desk, input: &Input) -> WebResult {
    let (mut page, indicator) = desk.ctx.store.read(|conn| {
        let page = page(desk, conn, input)?;
        Ok::<_, AppError>((page, find(desk, conn, input)?.1))
    })?;
    let (period, agency) = (input.part("period"), input.part("agency"));
    let entered = read(&indicator, input).and_then(|verdict| {
        let of = Measurement {
            indicator: &indicator.code,
            verdict,
            document: input.field("document"),
        };
        enter(&desk.ctx, period, agency, &of)
    });
    match entered {
        Ok(()) => Ok(Reply::see_other(&page.back, Some("office-measured"))),
        Err(AppError::Invalid(faults)) => {
            let field = |name: &str| input.field(name).to_owned();
            page.value = field("value");
            page.numerator = field("numerator");
            page.denominator = field("denominator");
            page.answers = field("answers");
            page.document = field("document");
            page.problems = problems(&faults);
            desk.again(&page)
        }
        Err(error) => Err(error.into()),
    }
}

/// The value of the form; every problem of it, and of a missing document, at once.
fn read(indicator: &Indicator, input: &Input) -> Result<Verdict, AppError> {
    let typed = Typed {
        value: input.field("value"),
        numerator: input.field("numerator"),
        denominator: input.field("denominator"),
    };
    let value = answer::read(indicator, &typed);
    let answers = (indicator.reported_by == ReportedBy::Survey)
        .then(|| read_answers(input.field("answers")))
        .transpose();
    match (value, answers) {
        (Ok(value), Ok(answers)) => Ok(verdict(indicator, value, answers)),
        (value, answers) => {
            let mut faults = value_faults(&value.err().unwrap_or_default());
            if answers.is_err() {
                faults.push(Fault::at("answers", "problem-answers-missing"));
            }
            if input.field("document").trim().is_empty() {
                faults.push(Fault::at("document", "problem-document"));
            }
            Err(AppError::Invalid(faults))
        }
    }
}
