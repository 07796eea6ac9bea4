//! Facts of an agency: those the program counts, and those nobody can count, entered with a document.

use chrono::NaiveDateTime;
use serde::Serialize;

use super::answer::Choose;
use super::framework_text::FrameworkText;
use super::{form_key, problems};
use crate::app::{self, AppError, Case, Problem as Fault};
use crate::domain::access::Act;
use crate::domain::framework::{Fact, FactType, Source};
use crate::domain::number;
use crate::domain::period::State;
use crate::store::{self, Conn};
use crate::web::desk::Desk;
use crate::web::error::WebResult;
use crate::web::form::Input;
use crate::web::render::{Page, Problem};
use crate::web::reply::Reply;
use crate::web::url;
use crate::web::words::text;

/// One fact.
#[derive(Clone, Debug, Serialize)]
pub struct FactLine {
    pub id: String,
    pub title: String,
    /// None where nothing is known and nothing is taken for granted.
    pub value: Option<String>,
    /// The program counts it from visits, calls and requests.
    pub is_counted: bool,
    pub is_yes_no: bool,
    pub document: Option<String>,
    pub by: Option<String>,
    pub at: Option<NaiveDateTime>,
}

/// The form of a fact that is entered.
#[derive(Clone, Debug, Serialize)]
pub struct FactForm {
    pub fact: String,
    pub title: String,
    pub is_yes_no: bool,
    pub value: String,
    pub document: String,
}

/// The page.
#[derive(Serialize)]
pub struct FactsPage {
    pub action: String,
    pub key: String,
    pub back: String,
    pub period: String,
    pub agency: String,
    pub agency_code: String,
    pub lines: Vec<FactLine>,
    pub forms: Vec<FactForm>,
    pub answers: Vec<Choose>,
    pub problems: Vec<Problem>,
}

impl Page for FactsPage {
    const TEMPLATE: &'static str = "fact/index.html";
}

fn page(desk: &Desk, conn: &mut Conn, input: &Input) -> Result<FactsPage, AppError> {
    desk.ctx.require(Act::Administer)?;
    let (period, agency) = (input.part("period"), input.part("agency"));
    let case = app::case(&desk.ctx, conn, period, agency)?;
    let texts = FrameworkText::of(&case.framework, desk.hall.language);
    let name = store::agency::find(conn, desk.ctx.province(), &case.assessment.agency_id)?;
    let lines = lines(desk, conn, &case, texts)?;
    let is_open = case.period.state() < State::Final;
    let typed = lines.iter().filter(|line| is_open && !line.is_counted);
    let forms = typed.map(|line| FactForm {
        fact: line.id.clone(),
        title: line.title.clone(),
        is_yes_no: line.is_yes_no,
        value: String::new(),
        document: String::new(),
    });
    Ok(FactsPage {
        action: url::facts(period, agency),
        key: form_key(),
        back: url::measurements(period),
        period: super::period::title(desk, period),
        agency: name
            .map(|name| desk.choose(&name.name_fa, &name.name_en).to_owned())
            .unwrap_or_default(),
        agency_code: agency.to_owned(),
        forms: forms.collect(),
        answers: yes_no(desk),
        lines,
        problems: Vec::new(),
    })
}

fn yes_no(desk: &Desk) -> Vec<Choose> {
    let said = |key| text(desk.hall.language, key).to_string();
    let one = |value: &str, key| Choose {
        value: value.to_owned(),
        label: said(key),
        hint: None,
    };
    vec![one("yes", "shell-yes"), one("no", "shell-no")]
}

fn lines(
    desk: &Desk,
    conn: &mut Conn,
    case: &Case,
    texts: FrameworkText,
) -> Result<Vec<FactLine>, AppError> {
    let values = app::fact::standing(&desk.ctx, conn, case)?;
    let entered = store::fact::list(conn, &case.assessment)?;
    let users = store::user::list(conn, desk.ctx.province())?;
    let facts = case.framework.facts.iter();
    let lines = facts.filter_map(|fact| {
        let Source::Entered { default, .. } = &fact.source else {
            return None;
        };
        let row = entered.iter().find(|row| row.fact == fact.id);
        let by = row.and_then(|row| {
            users
                .iter()
                .find(|user| row.entered_by.as_ref() == Some(&user.id))
        });
        let value = values.get(&fact.id).copied().or(*default);
        Some(FactLine {
            id: fact.id.clone(),
            title: texts.fact(&fact.id),
            value: value.map(|value| said(desk, texts, fact, value)),
            is_counted: app::fact::COUNTED.contains(&fact.id.as_str()),
            is_yes_no: fact.kind == FactType::Bool,
            document: row.map(|row| row.document.clone()),
            by: by.map(|user| user.name.clone()),
            at: row.map(|row| row.entered_at),
        })
    });
    Ok(lines.collect())
}

fn said(desk: &Desk, texts: FrameworkText, fact: &Fact, value: i64) -> String {
    match fact.kind {
        FactType::Bool => {
            let key = if value == 0 { "shell-no" } else { "shell-yes" };
            text(desk.hall.language, key).to_string()
        }
        FactType::Pct => texts.hundredths(value),
        FactType::Int => texts.whole(value),
    }
}

/// Shows the facts of an agency.
pub fn index(desk: &Desk, input: &Input) -> WebResult {
    let page = desk.ctx.store.read(|conn| page(desk, conn, input))?;
    desk.page(&page)
}

/// Enters a fact.
pub fn create(desk: &Desk, input: &Input) -> WebResult {
    let mut page = desk.ctx.store.read(|conn| page(desk, conn, input))?;
    let (period, agency) = (input.part("period"), input.part("agency"));
    let fact = input.field("fact");
    let field = |name: &str| format!("{name}-{fact}");
    let document = input.field(&field("document"));
    let value = match input.field(&field("value")) {
        "yes" => Ok(1),
        "no" => Ok(0),
        typed => number::parse_whole(typed),
    };
    let value = value.map_err(|_| AppError::Invalid(vec![Fault::at("value", "problem-choose")]));
    let entered =
        value.and_then(|value| app::fact::enter(&desk.ctx, period, agency, fact, value, document));
    match entered {
        Ok(()) => Ok(Reply::see_other(&page.action, Some("office-measured"))),
        Err(AppError::Invalid(faults)) => {
            if let Some(form) = page.forms.iter_mut().find(|form| form.fact == fact) {
                form.value = input.field(&field("value")).to_owned();
                form.document = document.to_owned();
            }
            let at_own_field = |fault: &Fault| Fault {
                field: field(&fault.field),
                ..fault.clone()
            };
            let faults: Vec<Fault> = faults.iter().map(at_own_field).collect();
            page.problems = problems(&faults);
            desk.again(&page)
        }
        Err(error) => Err(error.into()),
    }
}
