//! Who of the agency looks after which indicator, and until when.

use chrono::NaiveDate;
use serde::Serialize;

use super::answer::Choose;
use super::checklist::sheet;
use super::framework_text::FrameworkText;
use super::{day, form_key, problems};
use crate::app::AppError;
use crate::app::owner::{Naming, name, people};
use crate::domain::access::Act;
use crate::store;
use crate::web::desk::Desk;
use crate::web::error::WebResult;
use crate::web::form::Input;
use crate::web::render::{Page, Problem};
use crate::web::reply::Reply;
use crate::web::url;

/// An indicator and who looks after it.
#[derive(Clone, Debug, Serialize)]
pub struct OwnerLine {
    pub code: String,
    pub title: String,
    pub href: String,
    pub owner: Option<String>,
    pub until: Option<NaiveDate>,
    pub is_answered: bool,
}

/// The page.
#[derive(Serialize)]
pub struct OwnersPage {
    pub key: String,
    pub action: String,
    pub checklist: String,
    pub period: String,
    pub lines: Vec<OwnerLine>,
    pub may_name: bool,
    pub items: Vec<Choose>,
    pub people: Vec<Choose>,
    pub indicator: String,
    pub owner: String,
    pub until: String,
    pub problems: Vec<Problem>,
}

impl Page for OwnersPage {
    const TEMPLATE: &'static str = "owner/index.html";
}

fn page(desk: &Desk, input: &Input) -> Result<OwnersPage, AppError> {
    let codes = (input.part("period"), input.part("agency"));
    let ctx = &desk.ctx;
    let (sheet, owners, people) = ctx.store.read(|conn| {
        let sheet = sheet(desk, conn, input)?;
        let agency = &sheet.case.assessment.agency_id;
        let owners = store::owner::list(conn, &ctx.actor.scope, agency, ctx.today())?;
        let people = people(ctx, conn, agency)?;
        Ok::<_, AppError>((sheet, owners, people))
    })?;
    let texts = FrameworkText::of(&sheet.case.framework, desk.hall.language);
    let person = |id: &str| people.iter().find(|one| one.id == id);
    let asked = sheet.asked();
    let lines = asked.iter().map(|one| {
        // Somebody who left the agency looks after nothing there.
        let mut own = owners.iter().filter(|row| row.indicator_code == one.code);
        let own = own.find_map(|row| Some((person(&row.user_id)?.name.clone(), row.ends_on)));
        OwnerLine {
            code: one.code.clone(),
            title: texts.title(&one.code),
            href: url::answer(codes.0, codes.1, &one.code),
            until: own.as_ref().map(|(_, until)| *until),
            owner: own.map(|(name, _)| name),
            is_answered: sheet.answer(&one.code).is_some(),
        }
    });
    let items = asked.iter().map(|one| Choose {
        value: one.code.clone(),
        label: format!("{} {}", one.code, texts.title(&one.code)),
        hint: None,
    });
    let choices = people.iter().map(|one| Choose {
        value: one.id.clone(),
        label: one.name.clone(),
        hint: None,
    });
    Ok(OwnersPage {
        key: form_key(),
        action: url::owners(codes.0, codes.1),
        checklist: url::checklist(codes.0, codes.1),
        period: codes.0.to_owned(),
        lines: lines.collect(),
        may_name: ctx.actor.may(Act::NameOwner),
        items: items.collect(),
        people: choices.collect(),
        indicator: input.field("indicator").to_owned(),
        owner: input.field("owner").to_owned(),
        until: input.field("until").to_owned(),
        problems: Vec::new(),
    })
}

/// The list with the form.
pub fn index(desk: &Desk, input: &Input) -> WebResult {
    desk.page(&page(desk, input)?)
}

/// Names an owner.
pub fn create(desk: &Desk, input: &Input) -> WebResult {
    let (period, agency) = (input.part("period"), input.part("agency"));
    let until = day("until", input.field("until"));
    let done = until
        .map_err(|fault| AppError::Invalid(vec![fault]))
        .and_then(|until| {
            let naming = Naming {
                indicator: input.field("indicator"),
                user: input.field("owner"),
                until,
            };
            name(&desk.ctx, period, agency, &naming)
        });
    match done {
        Ok(()) => Ok(Reply::see_other(
            &url::owners(period, agency),
            Some("shell-saved"),
        )),
        Err(AppError::Invalid(faults)) => {
            let mut page = page(desk, input)?;
            page.problems = problems(&faults);
            desk.again(&page)
        }
        Err(error) => Err(error.into()),
    }
}
