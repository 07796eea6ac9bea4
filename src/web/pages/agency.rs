//! Agencies and their profiles, as the planning office keeps them.

use chrono::NaiveDate;
use serde::Serialize;

use super::answer::Choose;
use super::framework_text::FrameworkText;
use super::{form_key, problems};
use crate::app::agency::{self, Profile};
use crate::app::{AppError, Ctx};
use crate::domain::access::Act;
use crate::domain::answer::applies;
use crate::domain::framework::Framework;
use crate::store::agency::Agency;
use crate::store::period::Period;
use crate::web::desk::{Desk, html};
use crate::web::error::WebResult;
use crate::web::form::Input;
use crate::web::render::{Page, Problem};
use crate::web::reply::Reply;
use crate::web::url;
use crate::web::words::Language;

/// One agency of the list.
#[derive(Clone, Debug, Serialize)]
pub struct AgencyLine {
    pub code: String,
    pub name: String,
    pub href: String,
    /// How many indicators it is asked.
    pub asked: i64,
    /// What it does not do, so that it is not asked about it.
    pub lacks: String,
    pub is_ranked: bool,
}

/// The agencies of one group.
#[derive(Clone, Debug, Serialize)]
pub struct GroupView {
    pub title: String,
    pub count: i64,
    pub lines: Vec<AgencyLine>,
}

/// The list.
#[derive(Serialize)]
pub struct AgenciesPage {
    pub count: i64,
    pub groups: Vec<GroupView>,
}

impl Page for AgenciesPage {
    const TEMPLATE: &'static str = "agency/index.html";
}

/// A quarter that still follows a change, and until when.
#[derive(Clone, Debug, Serialize)]
pub struct Following {
    pub period: String,
    pub until: NaiveDate,
}

/// One flag of a profile.
#[derive(Clone, Debug, Serialize)]
pub struct FlagView {
    pub name: String,
    pub label: String,
    /// How many indicators are asked because of it.
    pub asked: i64,
    pub is_ticked: bool,
}

/// The form of one agency.
#[derive(Serialize)]
pub struct AgencyPage {
    pub action: String,
    pub key: String,
    pub is_new: bool,
    pub seen: i64,
    pub code: String,
    pub name_fa: String,
    pub name_en: String,
    pub group: String,
    pub groups: Vec<Choose>,
    pub flags: Vec<FlagView>,
    pub is_ranked: bool,
    pub following: Vec<Following>,
    /// Somebody else saved it meanwhile.
    pub is_behind: bool,
    pub problems: Vec<Problem>,
}

impl Page for AgencyPage {
    const TEMPLATE: &'static str = "agency/edit.html";
}

/// Lists the agencies by group.
pub fn index(desk: &Desk, _: &Input) -> WebResult {
    let ctx = &desk.ctx;
    ctx.require(Act::Administer)?;
    let (framework, all) = ctx.store.read(|conn| {
        let framework = agency::framework(ctx, conn)?;
        Ok::<_, AppError>((framework, agency::list(ctx, conn)?))
    })?;
    let texts = FrameworkText::of(&framework, desk.hall.language);
    let comma = match desk.hall.language {
        Language::Fa => "، ",
        Language::En => ", ",
    };
    let line = |one: &Agency| {
        let profile: Vec<String> = one.profile.split_whitespace().map(str::to_owned).collect();
        let all = framework.flags.iter();
        let lacks = all.filter(|flag| !profile.contains(flag));
        let lacks: Vec<String> = lacks.map(|flag| texts.flag(flag)).collect();
        let asked = framework.indicators.iter();
        AgencyLine {
            code: one.code.clone(),
            name: desk.choose(&one.name_fa, &one.name_en).to_owned(),
            href: url::agency(&one.code),
            asked: asked.filter(|of| applies(of, &profile)).count() as i64,
            lacks: lacks.join(comma),
            is_ranked: one.is_ranked,
        }
    };
    let groups = framework.groups.iter().map(|(code, _)| {
        let own = all.iter().filter(|one| one.group_code == *code);
        let lines: Vec<AgencyLine> = own.map(line).collect();
        GroupView {
            title: texts.group(code),
            count: lines.len() as i64,
            lines,
        }
    });
    desk.page(&AgenciesPage {
        count: all.len() as i64,
        groups: groups.filter(|group| !group.lines.is_empty()).collect(),
    })
}

/// What the form of an agency is made from.
struct Found {
    framework: std::sync::Arc<Framework>,
    agency: Option<Agency>,
    unfrozen: Vec<Period>,
}

fn found(ctx: &Ctx, code: Option<&str>) -> Result<Found, AppError> {
    ctx.require(Act::Administer)?;
    ctx.store.read(|conn| {
        Ok(Found {
            framework: agency::framework(ctx, conn)?,
            agency: code.map(|code| agency::find(ctx, conn, code)).transpose()?,
            unfrozen: agency::list_unfrozen(ctx, conn)?,
        })
    })
}

fn page(desk: &Desk, of: &Found) -> AgencyPage {
    let texts = FrameworkText::of(&of.framework, desk.hall.language);
    let own = of.agency.as_ref();
    let kind = own.map(|one| one.kind.as_str());
    let groups = of.framework.groups.iter();
    let groups = groups.filter(|(_, of)| kind.is_none_or(|kind| kind == of));
    let profile: Vec<&str> = own.map_or(Vec::new(), |one| one.profile.split_whitespace().collect());
    let flags = of.framework.flags.iter().map(|flag| FlagView {
        name: format!("flag_{flag}"),
        label: texts.flag(flag),
        asked: asked_because_of(&of.framework, flag),
        is_ticked: profile.contains(&flag.as_str()),
    });
    let following = of.unfrozen.iter().map(|period| Following {
        period: period.code.clone(),
        until: period.profiles_frozen_on,
    });
    AgencyPage {
        action: own.map_or(url::AGENCIES.to_owned(), |one| url::agency(&one.code)),
        key: form_key(),
        is_new: own.is_none(),
        seen: own.map_or(0, |one| one.version),
        code: own.map(|one| one.code.clone()).unwrap_or_default(),
        name_fa: own.map(|one| one.name_fa.clone()).unwrap_or_default(),
        name_en: own.map(|one| one.name_en.clone()).unwrap_or_default(),
        group: own.map(|one| one.group_code.clone()).unwrap_or_default(),
        groups: groups
            .map(|(code, _)| Choose {
                value: code.clone(),
                label: texts.group(code),
                hint: None,
            })
            .collect(),
        flags: flags.collect(),
        is_ranked: own.is_none_or(|one| one.is_ranked),
        following: following.collect(),
        is_behind: false,
        problems: Vec::new(),
    }
}

fn asked_because_of(framework: &Framework, flag: &str) -> i64 {
    let all = framework.indicators.iter();
    let own = all.filter(|one| one.applies_to.iter().any(|needed| needed == flag));
    own.count() as i64
}

/// The form for an agency that is not there yet.
pub fn new(desk: &Desk, _: &Input) -> WebResult {
    desk.page(&page(desk, &found(&desk.ctx, None)?))
}

/// The form of an agency.
pub fn edit(desk: &Desk, input: &Input) -> WebResult {
    desk.page(&page(desk, &found(&desk.ctx, Some(input.part("agency")))?))
}

fn typed(input: &Input) -> Profile<'_> {
    Profile {
        group: input.field("group"),
        name_fa: input.field("name_fa"),
        name_en: input.field("name_en"),
        flags: input.ticked("flag_"),
        is_ranked: input.is_ticked("is_ranked"),
        seen: input.field("seen").parse().unwrap_or(0),
    }
}

/// Adds an agency.
pub fn create(desk: &Desk, input: &Input) -> WebResult {
    let added = agency::add(&desk.ctx, input.field("code"), &typed(input));
    answer(desk, input, None, added.map(|_| ()))
}

/// Changes an agency.
pub fn update(desk: &Desk, input: &Input) -> WebResult {
    let code = input.part("agency");
    let changed = agency::change(&desk.ctx, code, &typed(input));
    answer(desk, input, Some(code), changed)
}

/// The list after a change; the form with what was typed where something is wrong.
fn answer(desk: &Desk, input: &Input, code: Option<&str>, done: Result<(), AppError>) -> WebResult {
    let (faults, is_behind) = match done {
        Ok(()) => return Ok(Reply::see_other(url::AGENCIES, Some("shell-saved"))),
        Err(AppError::Invalid(faults)) => (faults, false),
        Err(AppError::Conflict) => (Vec::new(), true),
        Err(error) => return Err(error.into()),
    };
    let mut page = page(desk, &found(&desk.ctx, code)?);
    let typed = typed(input);
    if code.is_none() {
        page.code = input.field("code").to_owned();
    }
    page.group = typed.group.to_owned();
    page.name_fa = typed.name_fa.to_owned();
    page.name_en = typed.name_en.to_owned();
    page.is_ranked = typed.is_ranked;
    for flag in &mut page.flags {
        let name = flag.name.strip_prefix("flag_").unwrap_or_default();
        flag.is_ticked = typed.flags.contains(&name);
    }
    page.problems = problems(&faults);
    page.is_behind = is_behind;
    if is_behind {
        return html(&page, &desk.shell(), actix_web::http::StatusCode::CONFLICT);
    }
    desk.again(&page)
}
