//! A new resolution: the form, and what the meeting resolved.

use serde::Serialize;

use super::answer::Choose;
use super::framework_text::FrameworkText;
use super::resolution::kind_key;
use super::{form_key, problems};
use crate::app::AppError;
use crate::app::resolution::{self, Resolved};
use crate::domain::access::Act;
use crate::domain::resolution::KINDS;
use crate::store;
use crate::web::desk::Desk;
use crate::web::error::WebResult;
use crate::web::form::Input;
use crate::web::render::{Page, Problem};
use crate::web::reply::Reply;
use crate::web::url;

/// A new resolution.
#[derive(Serialize)]
pub struct NewResolutionPage {
    pub key: String,
    pub agencies: Vec<Choose>,
    pub agency: String,
    pub indicators: Vec<Choose>,
    pub indicator: String,
    pub kinds: Vec<Choose>,
    pub kind: String,
    pub text: String,
    pub days: String,
    pub letter_number: String,
    pub meetings: Vec<Choose>,
    pub meeting: String,
    pub problems: Vec<Problem>,
}

impl Page for NewResolutionPage {
    const TEMPLATE: &'static str = "resolution/new.html";
}

fn option(value: &str, label: String) -> Choose {
    Choose {
        value: value.to_owned(),
        label,
        hint: None,
    }
}

/// The form; a row of the ranking fills in the owner and the indicator by the address.
fn new_page(desk: &Desk, input: &Input) -> Result<NewResolutionPage, AppError> {
    let ctx = &desk.ctx;
    ctx.require(Act::Resolve)?;
    let (agencies, codes, meetings, framework) = ctx.store.read(|conn| {
        let agencies = store::agency::list(conn, ctx.province())?;
        let codes = resolution::indicators(ctx, conn)?;
        let meetings = store::meeting::list(conn, ctx.province())?;
        let period = store::period::list(conn, ctx.province())?
            .into_iter()
            .next();
        let framework = match &period {
            Some(period) => Some(ctx.frameworks.of(conn, period)?),
            None => None,
        };
        Ok::<_, AppError>((agencies, codes, meetings, framework))
    })?;
    let given = |name: &str| match input.field(name) {
        "" => input.query.get(name).cloned().unwrap_or_default(),
        typed => typed.to_owned(),
    };
    let texts = framework.as_deref();
    let texts = texts.map(|of| FrameworkText::of(of, desk.hall.language));
    let title = |code: &String| {
        let title = texts.as_ref().map(|texts| texts.title(code));
        option(code, format!("{code} {}", title.unwrap_or_default()))
    };
    let open = meetings
        .iter()
        .filter(|meeting| meeting.closed_at.is_none());
    let say = |key: String| crate::web::words::text(desk.hall.language, &key).into_owned();
    Ok(NewResolutionPage {
        key: form_key(),
        agencies: agencies
            .iter()
            .map(|one| {
                option(
                    &one.code,
                    desk.choose(&one.name_fa, &one.name_en).to_owned(),
                )
            })
            .collect(),
        agency: given("agency"),
        indicators: codes.iter().map(title).collect(),
        indicator: given("indicator"),
        kinds: KINDS.map(|kind| option(kind, say(kind_key(kind)))).to_vec(),
        kind: given("kind"),
        text: given("text"),
        days: given("days"),
        letter_number: given("letter_number"),
        meetings: open
            .map(|one| option(&one.id, super::meeting::day_text(desk, one.held_on)))
            .collect(),
        meeting: given("meeting"),
        problems: Vec::new(),
    })
}

/// Shows the form.
pub fn new(desk: &Desk, input: &Input) -> WebResult {
    desk.page(&new_page(desk, input)?)
}

/// Makes the resolution.
pub fn create(desk: &Desk, input: &Input) -> WebResult {
    let made = resolution::make(
        &desk.ctx,
        &Resolved {
            agency: input.field("agency"),
            indicator: input.field("indicator"),
            kind: input.field("kind"),
            text: input.field("text"),
            days: input.field("days"),
            letter_number: input.field("letter_number"),
            meeting: input.field("meeting"),
        },
    );
    match made {
        Ok(id) => {
            let made = id.map_or_else(|| url::RESOLUTIONS.to_owned(), |id| url::resolution(&id));
            Ok(Reply::see_other(&made, Some("resolution-made")))
        }
        Err(AppError::Invalid(faults)) => {
            let mut page = new_page(desk, input)?;
            page.problems = problems(&faults);
            desk.again(&page)
        }
        Err(error) => Err(error.into()),
    }
}
