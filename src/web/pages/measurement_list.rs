//! A list of one indicator's values: pasted or as a file, looked through first, then entered whole or not at all.

use serde::Serialize;

use super::framework_text::FrameworkText;
use super::{form_key, problems, said};
use crate::app::measurement::{Checked, check_list, enter_list};
use crate::app::{AppError, Problem as Fault};
use crate::domain::access::Act;
use crate::domain::framework::{Indicator, Measure, ReportedBy};
use crate::domain::measurement::is_entered;
use crate::domain::returns::Verdict;
use crate::store;
use crate::web::desk::Desk;
use crate::web::error::WebResult;
use crate::web::form::Input;
use crate::web::render::{Page, Problem};
use crate::web::reply::Reply;
use crate::web::url;
use crate::web::words::Phrase;

/// One line as it was read.
#[derive(Clone, Debug, Serialize)]
pub struct ListLine {
    pub number: i64,
    pub agency: String,
    pub name: Option<String>,
    pub value: Option<String>,
    pub answers: Option<i64>,
    pub problems: Vec<Phrase>,
}

/// The page.
#[derive(Serialize)]
pub struct MeasurementListPage {
    pub action: String,
    pub key: String,
    pub back: String,
    pub period: String,
    pub code: String,
    pub title: String,
    /// What the columns are, as a key.
    pub columns: String,
    pub example: String,
    pub numerator_label: String,
    pub denominator_label: String,
    pub list: String,
    pub document: String,
    pub lines: Vec<ListLine>,
    pub bad: i64,
    pub is_checked: bool,
    pub problems: Vec<Problem>,
}

impl Page for MeasurementListPage {
    const TEMPLATE: &'static str = "measurement/list.html";
}

fn page(desk: &Desk, input: &Input) -> Result<MeasurementListPage, AppError> {
    desk.ctx.require(Act::Administer)?;
    let (code, wanted) = (input.part("period"), input.part("indicator"));
    let framework = desk.ctx.store.read(|conn| {
        let period = store::period::find_by_code(conn, desk.ctx.province(), code)?;
        desk.ctx
            .frameworks
            .of(conn, &period.ok_or(AppError::NotFound)?)
    })?;
    let indicator = framework.indicator(wanted).filter(|one| is_entered(one));
    let indicator = indicator.ok_or(AppError::NotFound)?;
    let texts = FrameworkText::of(&framework, desk.hall.language);
    let (numerator_label, denominator_label) = texts.parts(wanted);
    let (columns, example) = shape(indicator);
    let mut page = MeasurementListPage {
        action: url::measurement_list(code, wanted),
        key: form_key(),
        back: url::measurements(code),
        period: super::period::title(desk, code),
        code: wanted.to_owned(),
        title: texts.title(wanted),
        columns: columns.to_owned(),
        example: example.to_owned(),
        numerator_label,
        denominator_label,
        list: typed(input),
        document: input.field("document").to_owned(),
        lines: Vec::new(),
        bad: 0,
        is_checked: false,
        problems: Vec::new(),
    };
    if !page.list.trim().is_empty() {
        let checked = desk
            .ctx
            .store
            .read(|conn| check_list(&desk.ctx, conn, code, wanted, &page.list))?;
        page.is_checked = true;
        page.bad = checked
            .iter()
            .filter(|one| !one.problems.is_empty())
            .count() as i64;
        let line = |one: &Checked| line(desk, texts, indicator, one);
        page.lines = checked.iter().map(line).collect();
        // What has to be mended stands first.
        page.lines
            .sort_by_key(|line| (line.problems.is_empty(), line.number));
    }
    Ok(page)
}

/// The columns a list has, and a line of it.
fn shape(indicator: &Indicator) -> (&'static str, &'static str) {
    let is_survey = indicator.reported_by == ReportedBy::Survey;
    match (indicator.measure == Measure::Ratio, is_survey) {
        (true, _) => ("office-list-ratio", "INF-01,172,190"),
        (false, true) => ("office-list-survey", "INF-01,82.5,46"),
        (false, false) => ("office-list-value", "INF-01,82.5"),
    }
}

/// What was typed, or the file in its place. Bytes that are no UTF-8 show where they are.
fn typed(input: &Input) -> String {
    let file = input.upload.as_ref().filter(|file| !file.bytes.is_empty());
    match file {
        Some(file) => String::from_utf8_lossy(&file.bytes).replace('\0', "\u{fffd}"),
        None => input.field("list").to_owned(),
    }
}

fn line(desk: &Desk, texts: FrameworkText, indicator: &Indicator, of: &Checked) -> ListLine {
    let (value, answers) = match &of.line.read {
        Ok(Verdict::Measured { value, answers }) => {
            (Some(texts.value(indicator, *value)), *answers)
        }
        _ => (None, None),
    };
    let name = of.agency.as_ref();
    ListLine {
        number: of.line.number,
        agency: of.line.agency.chars().take(40).collect(),
        name: name.map(|name| desk.choose(&name.name_fa, &name.name_en).to_owned()),
        value,
        answers,
        problems: of.problems.iter().map(said).collect(),
    }
}

/// Shows the empty form.
pub fn show(desk: &Desk, input: &Input) -> WebResult {
    desk.page(&page(desk, input)?)
}

/// Looks a list through, or enters it.
pub fn create(desk: &Desk, input: &Input) -> WebResult {
    let mut page = page(desk, input)?;
    if input.field("step") != "enter" {
        if !page.is_checked {
            page.problems = problems(&[Fault::at("list", "problem-list-empty")]);
        }
        return if page.bad > 0 || !page.is_checked {
            desk.again(&page)
        } else {
            desk.page(&page)
        };
    }
    let (period, code) = (input.part("period"), input.part("indicator"));
    match enter_list(&desk.ctx, period, code, &page.list, &page.document) {
        Ok(_) => Ok(Reply::see_other(&page.back, Some("office-list-entered"))),
        Err(AppError::Invalid(faults)) => {
            page.problems = problems(&faults);
            desk.again(&page)
        }
        Err(error) => Err(error.into()),
    }
}
