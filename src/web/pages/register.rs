//! The unlock register of a quarter: who asked for more time, what was decided, by whom and until when.

use std::collections::HashMap;

use chrono::NaiveDate;
use serde::Serialize;

use super::answer::Choose;
use super::extension::ExtensionLine;
use super::framework_text::FrameworkText;
use super::period::title;
use super::{day, form_key, problems};
use crate::app::AppError;
use crate::app::extension::{Decision, decide, find};
use crate::domain::access::Act;
use crate::store::{self, Conn};
use crate::web::desk::Desk;
use crate::web::error::WebResult;
use crate::web::form::Input;
use crate::web::render::{Page, Problem};
use crate::web::reply::Reply;
use crate::web::url;
use crate::web::words::text;

/// The register, to be read and printed.
#[derive(Serialize)]
pub struct RegisterPage {
    pub title: String,
    pub today: NaiveDate,
    pub waiting: i64,
    pub granted: i64,
    pub lines: Vec<ExtensionLine>,
}

impl Page for RegisterPage {
    const TEMPLATE: &'static str = "extension/register.html";
}

/// One request, to be decided.
#[derive(Serialize)]
pub struct DecidePage {
    pub key: String,
    pub action: String,
    pub register: String,
    pub title: String,
    pub line: ExtensionLine,
    pub is_waiting: bool,
    pub last_edit: NaiveDate,
    pub preliminary: NaiveDate,
    pub deadline: NaiveDate,
    pub decisions: Vec<Choose>,
    pub decision: String,
    pub until: String,
    pub reason: String,
    pub problems: Vec<Problem>,
}

impl Page for DecidePage {
    const TEMPLATE: &'static str = "extension/edit.html";
}

/// Names of people by their ids.
fn names(desk: &Desk, conn: &mut Conn) -> Result<HashMap<String, String>, AppError> {
    let users = store::user::list(conn, desk.ctx.province())?.into_iter();
    Ok(users.map(|user| (user.id, user.name)).collect())
}

/// The register of a quarter, what waits first.
pub fn index(desk: &Desk, input: &Input) -> WebResult {
    desk.ctx.require(Act::SeeProgress)?;
    let code = input.part("period");
    let lines = desk.ctx.store.read(|conn| {
        let province = desk.ctx.province();
        let period = store::period::find_by_code(conn, province, code)?;
        let period = period.ok_or(AppError::NotFound)?;
        let framework = desk.ctx.frameworks.of(conn, &period)?;
        let texts = FrameworkText::of(&framework, desk.hall.language);
        let names = names(desk, conn)?;
        let mut agencies = HashMap::new();
        for agency in store::agency::list(conn, province)? {
            agencies.insert(agency.id.clone(), agency);
        }
        let mut lines = Vec::new();
        for row in store::extension::list_of_period(conn, province, &period.id)? {
            let mut line = ExtensionLine::of(desk, texts, &row, |id| names.get(id).cloned());
            if let Some(agency) = agencies.get(&row.agency_id) {
                line.agency = desk.choose(&agency.name_fa, &agency.name_en).to_owned();
                line.agency_code = agency.code.clone();
            }
            let may_decide = row.decision.is_none() && desk.ctx.actor.may(Act::Administer);
            line.decide = may_decide.then(|| url::extension(code, &row.id));
            lines.push(line);
        }
        Ok::<_, AppError>(lines)
    })?;
    let count = |state: &str| lines.iter().filter(|line| line.state == state).count() as i64;
    let (waiting, granted) = (count("extension-waits"), count("extension-granted"));
    let mut lines = lines;
    lines.sort_by_key(|line| line.decided_at.is_some());
    desk.page(&RegisterPage {
        title: title(desk, code),
        today: desk.ctx.today(),
        waiting,
        granted,
        lines,
    })
}

fn page(desk: &Desk, input: &Input) -> Result<DecidePage, AppError> {
    desk.ctx.require(Act::Administer)?;
    let (code, id) = (input.part("period"), input.part("id"));
    let (case, row, agency, names) = desk.ctx.store.read(|conn| {
        let (case, _, row) = find(&desk.ctx, conn, code, id)?;
        let agency = store::agency::find(conn, desk.ctx.province(), &row.agency_id)?;
        let names = names(desk, conn)?;
        Ok::<_, AppError>((case, row, agency, names))
    })?;
    let texts = FrameworkText::of(&case.framework, desk.hall.language);
    let mut line = ExtensionLine::of(desk, texts, &row, |id| names.get(id).cloned());
    if let Some(agency) = agency {
        line.agency = desk.choose(&agency.name_fa, &agency.name_en).to_owned();
        line.agency_code = agency.code;
    }
    let choose = |value: &str| Choose {
        value: value.to_owned(),
        label: text(desk.hall.language, &format!("extension-choose-{value}")).into_owned(),
        hint: None,
    };
    Ok(DecidePage {
        key: form_key(),
        action: url::extension(code, id),
        register: url::register(code),
        title: title(desk, code),
        is_waiting: row.decision.is_none(),
        line,
        last_edit: case.last_hand_in_on(),
        preliminary: case.period.preliminary_on,
        deadline: case.period.deadline_on,
        decisions: vec![choose("granted"), choose("refused")],
        decision: input.field("decision").to_owned(),
        until: input.field("until").to_owned(),
        reason: input.field("reason").to_owned(),
        problems: Vec::new(),
    })
}

/// One request with the form to decide it.
pub fn edit(desk: &Desk, input: &Input) -> WebResult {
    desk.page(&page(desk, input)?)
}

/// Decides a request.
pub fn update(desk: &Desk, input: &Input) -> WebResult {
    desk.ctx.require(Act::Administer)?;
    let (code, id) = (input.part("period"), input.part("id"));
    let until = day("until", input.field("until"));
    let chosen = ["granted", "refused"].contains(&input.field("decision"));
    let done = match until {
        _ if !chosen => Err(AppError::Invalid(vec![crate::app::Problem::at(
            "decision",
            "problem-choose",
        )])),
        Err(fault) => Err(AppError::Invalid(vec![fault])),
        Ok(until) => {
            let decision = Decision {
                is_granted: input.field("decision") == "granted",
                until,
                reason: input.field("reason"),
            };
            decide(&desk.ctx, code, id, &decision)
        }
    };
    match done {
        Ok(()) => Ok(Reply::see_other(
            &url::register(code),
            Some("extension-decided"),
        )),
        Err(AppError::Invalid(faults)) => {
            let mut page = page(desk, input)?;
            page.problems = problems(&faults);
            desk.again(&page)
        }
        Err(error) => Err(error.into()),
    }
}
