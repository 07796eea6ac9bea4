//! Practice: what it is, its beginning and end, and the guide beside every page of it.

use serde::Serialize;

use super::evidence::shelf;
use super::form_key;
use crate::app::practice::{self as errand, Names, Part, Stage};
use crate::app::{AppError, Ctx};
use crate::domain::access::{Role, is_practice};
use crate::store::Conn;
use crate::web::desk::Desk;
use crate::web::error::WebResult;
use crate::web::form::Input;
use crate::web::render::{Guide, GuideStep, Page};
use crate::web::reply::Reply;
use crate::web::url;
use crate::web::words::{Language, text};

/// What practice is.
#[derive(Serialize)]
pub struct PracticePage {
    pub action: String,
    pub key: String,
    /// Somebody is in the middle of it.
    pub is_inside: bool,
}

impl Page for PracticePage {
    const TEMPLATE: &'static str = "practice/show.html";
}

/// Says what practice is.
pub fn show(desk: &Desk, _: &Input) -> WebResult {
    desk.page(&PracticePage {
        action: url::PRACTICE.to_owned(),
        key: form_key(),
        is_inside: is_practice(desk.ctx.province()),
    })
}

fn names() -> Names {
    let both = |key| [Language::Fa, Language::En].map(|language| text(language, key).to_string());
    let [auditor, _] = both("practice-auditor");
    Names {
        agency: both("practice-agency"),
        auditor,
    }
}

/// Begins, goes on, plays the auditor, starts anew, ends.
pub fn update(desk: &Desk, input: &Input) -> WebResult {
    let (ctx, token) = (&desk.ctx, desk.token.as_str());
    match input.field("do") {
        "manager" => errand::play(ctx, token, Part::Manager)?,
        "head" => errand::play(ctx, token, Part::Head)?,
        "ask" => errand::send_back(ctx, &text(desk.hall.language, "practice-question"))?,
        "accept" => errand::accept(ctx)?,
        "clear" => {
            errand::clear(ctx, &shelf(desk), token)?;
            return Ok(Reply::see_other(url::PRACTICE, Some("practice-cleared")));
        }
        "end" => errand::end(ctx, token)?,
        _ => errand::begin(ctx, token, &names())?,
    }
    Ok(Reply::see_other(url::HOME, None))
}

/// The guide of somebody who practises.
pub fn guide(ctx: &Ctx, conn: &mut Conn) -> Result<Guide, AppError> {
    let stage = errand::stage(ctx, conn)?;
    let case = errand::quarter(ctx, conn)?;
    let period = case.period.code.as_str();
    let is_head = ctx.actor.role == Role::Head;
    let (step, deed) = now(stage, is_head);
    let steps = ["answers", "sign", "auditor", "returned", "end"];
    let place = steps
        .iter()
        .position(|one| *one == step)
        .unwrap_or_default();
    let view = |(at, one): (usize, &&str)| GuideStep {
        key: format!("practice-step-{one}"),
        state: match at.cmp(&place) {
            std::cmp::Ordering::Less => "done",
            std::cmp::Ordering::Equal => "now",
            std::cmp::Ordering::Greater => "",
        }
        .to_owned(),
    };
    Ok(Guide {
        action: url::PRACTICE.to_owned(),
        steps: steps.iter().enumerate().map(view).collect(),
        hint: format!("practice-hint-{step}{}", if is_head { "-head" } else { "" }),
        done: stage.done as i64,
        all: stage.all as i64,
        deed: deed.map(str::to_owned),
        href: match step {
            "sign" => url::review(period, errand::AGENCY),
            "returned" => url::HOME.to_owned(),
            _ => url::checklist(period, errand::AGENCY),
        },
    })
}

/// The step somebody is at, and what the guide can do for them there.
fn now(stage: Stage, is_head: bool) -> (&'static str, Option<&'static str>) {
    let as_manager = Some("manager").filter(|_| is_head);
    match stage {
        stage if stage.is_closed => ("end", Some("clear")),
        stage if stage.is_answered => ("returned", Some("accept")),
        stage if stage.is_sent_back => ("returned", as_manager),
        stage if stage.is_handed_in => ("auditor", Some("ask")),
        stage if stage.done >= stage.all => ("sign", Some("head").filter(|_| !is_head)),
        _ => ("answers", as_manager),
    }
}
