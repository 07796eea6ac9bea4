//! More time for an agency: what it asked for and what became of it, and the form to ask.

use chrono::{NaiveDate, NaiveDateTime};
use serde::Serialize;

use super::answer::Choose;
use super::checklist::sheet;
use super::framework_text::FrameworkText;
use super::{form_key, problems};
use crate::app::AppError;
use crate::app::extension::{ask, may_ask};
use crate::domain::answer::is_asked;
use crate::store;
use crate::store::extension::Extension;
use crate::web::desk::Desk;
use crate::web::error::WebResult;
use crate::web::form::Input;
use crate::web::render::{Page, Problem};
use crate::web::reply::Reply;
use crate::web::url;

/// One request, as both sides read it.
#[derive(Clone, Debug, Serialize)]
pub struct ExtensionLine {
    pub agency: String,
    pub agency_code: String,
    /// Code and title of the item; none for the whole checklist.
    pub item: Option<(String, String)>,
    pub reason: String,
    pub asked_by: String,
    pub asked_at: NaiveDateTime,
    /// The key of where it stands.
    pub state: String,
    pub tone: String,
    pub until: Option<NaiveDate>,
    pub answer: Option<String>,
    pub decided_by: Option<String>,
    pub decided_at: Option<NaiveDateTime>,
    /// Where it is decided, for whoever may.
    pub decide: Option<String>,
}

impl ExtensionLine {
    /// A request in words; `names` gives the name of a person.
    pub fn of(
        desk: &Desk,
        texts: FrameworkText,
        row: &Extension,
        names: impl Fn(&str) -> Option<String>,
    ) -> ExtensionLine {
        let is_ended = row
            .granted_until()
            .is_some_and(|until| desk.ctx.is_over(until));
        let (state, tone) = match row.decision.as_deref() {
            None => ("extension-waits", "i"),
            Some("granted") if is_ended => ("extension-ended", ""),
            Some("granted") => ("extension-granted", "o"),
            Some(_) => ("extension-refused", "e"),
        };
        let item = row.indicator_code.clone();
        ExtensionLine {
            agency: String::new(),
            agency_code: String::new(),
            item: item.map(|code| (code.clone(), texts.title(&code))),
            reason: row.reason.clone(),
            asked_by: names(&row.asked_by).unwrap_or_default(),
            asked_at: row.asked_at,
            state: state.to_owned(),
            tone: tone.to_owned(),
            until: row.granted_until(),
            answer: row.decision_reason.clone(),
            decided_by: row.decided_by.as_deref().and_then(names),
            decided_at: row.decided_at,
            decide: None,
        }
    }
}

/// The agency's page.
#[derive(Serialize)]
pub struct ExtensionsPage {
    pub key: String,
    pub action: String,
    pub home: String,
    pub period: String,
    pub deadline: NaiveDate,
    pub last_hand_in: NaiveDate,
    pub lines: Vec<ExtensionLine>,
    pub may_ask: bool,
    pub is_handed_in: bool,
    pub items: Vec<Choose>,
    pub indicator: String,
    pub reason: String,
    pub problems: Vec<Problem>,
}

impl Page for ExtensionsPage {
    const TEMPLATE: &'static str = "extension/index.html";
}

fn page(desk: &Desk, input: &Input) -> Result<ExtensionsPage, AppError> {
    let codes = (input.part("period"), input.part("agency"));
    let (sheet, users) = desk.ctx.store.read(|conn| {
        let sheet = sheet(desk, conn, input)?;
        let users = store::user::list(conn, desk.ctx.province())?;
        Ok::<_, AppError>((sheet, users))
    })?;
    let case = &sheet.case;
    let texts = FrameworkText::of(&case.framework, desk.hall.language);
    let names = |id: &str| {
        let user = users.iter().find(|user| user.id == id);
        user.map(|user| user.name.clone())
    };
    let flags = case.assessment.flags();
    let asked = case.framework.indicators.iter();
    let asked = asked.filter(|one| is_asked(one, &flags));
    let items = asked.map(|one| Choose {
        value: one.code.clone(),
        label: format!("{} {}", one.code, texts.title(&one.code)),
        hint: None,
    });
    let lines = case.extensions.iter().rev();
    let lines = lines.map(|row| ExtensionLine::of(desk, texts, row, names));
    Ok(ExtensionsPage {
        key: form_key(),
        action: url::extensions(codes.0, codes.1),
        home: url::HOME.to_owned(),
        period: codes.0.to_owned(),
        deadline: case.deadline_on(),
        last_hand_in: case.last_hand_in_on(),
        lines: lines.collect(),
        is_handed_in: case.assessment.is_handed_in(),
        may_ask: may_ask(&desk.ctx, case),
        items: items.collect(),
        indicator: input.field("indicator").to_owned(),
        reason: input.field("reason").to_owned(),
        problems: Vec::new(),
    })
}

/// What was asked for, and the form.
pub fn index(desk: &Desk, input: &Input) -> WebResult {
    desk.page(&page(desk, input)?)
}

/// Asks for more time.
pub fn create(desk: &Desk, input: &Input) -> WebResult {
    let (period, agency) = (input.part("period"), input.part("agency"));
    let indicator = Some(input.field("indicator")).filter(|code| !code.is_empty());
    match ask(&desk.ctx, period, agency, indicator, input.field("reason")) {
        Ok(()) => Ok(Reply::see_other(
            &url::extensions(period, agency),
            Some("extension-asked"),
        )),
        Err(AppError::Invalid(faults)) => {
            let mut page = page(desk, input)?;
            page.problems = problems(&faults);
            desk.again(&page)
        }
        Err(error) => Err(error.into()),
    }
}
