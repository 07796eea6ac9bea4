//! A quarter on one page, for the governor: the finding, six sentences, the desks where nobody answers, who moved, who
//! stands first and last, what the meeting is asked to decide, and the ranking.

mod body;
mod history;
mod sentence;

use chrono::NaiveDateTime;
use serde::Serialize;

use super::ranking::{Filter, Lists};
use crate::app;
use crate::app::brief::Waiting;
use crate::app::ranking::Ranking;
use crate::domain::access::Act;
use crate::web::desk::Desk;
use crate::web::error::{WebError, WebResult};
use crate::web::form::Input;
use crate::web::render::{self, Page, Shell};
use crate::web::url;

use super::ranking::line::Printer;
pub use body::Body;

/// The page around what is printed once for all.
#[derive(Serialize)]
pub struct BriefPage {
    pub period: String,
    pub is_final: bool,
    pub hash: String,
    pub computed_at: NaiveDateTime,
    /// The page itself, printed already.
    pub body: String,
    pub ranking: String,
    pub pack: String,
    pub analysis: String,
    pub csv: String,
    pub workbook: String,
    /// The follow-up meetings, for those who hold them.
    pub meetings: Option<String>,
}

impl Page for BriefPage {
    const TEMPLATE: &'static str = "brief/show.html";
}

/// Shows the page.
pub fn show(desk: &Desk, input: &Input) -> WebResult {
    let ctx = &desk.ctx;
    let (ranking, waiting) = ctx
        .store
        .read(|conn| app::brief::find(ctx, conn, input.part("period")))?;
    let filter = Filter::of(&input.query, &ranking.framework);
    let make = || body(desk, &ranking, waiting.as_ref(), &filter);
    let body = if filter.search.is_empty() {
        let key = key(desk, &ranking, waiting.as_ref(), &filter);
        desk.hall.state.bodies.of(&key, ctx.now, make)?
    } else {
        make()?.into()
    };
    let code = &ranking.period.code;
    desk.page(&BriefPage {
        period: code.clone(),
        is_final: ranking.head.stage == "final",
        hash: ranking.head.returns_hash.clone(),
        computed_at: ranking.head.computed_at,
        body: body.to_string(),
        ranking: url::ranking(code),
        pack: url::pack(code),
        analysis: url::analysis(code),
        csv: format!("{}.csv", url::ranking(code)),
        workbook: format!("{}.xlsx", url::ranking(code)),
        meetings: ctx
            .actor
            .may(Act::Resolve)
            .then(|| url::MEETINGS.to_owned()),
    })
}

/// All that a printed page depends on: the result, the reader's rights and language, the day, what waits.
fn key(desk: &Desk, ranking: &Ranking, waiting: Option<&Waiting>, filter: &Filter) -> String {
    let ctx = &desk.ctx;
    let waits = waiting.map(|waiting| {
        let overdue = waiting.overdue.iter().map(|one| one.id.as_str());
        format!("{} {}", waiting.open, overdue.collect::<Vec<_>>().join(" "))
    });
    format!(
        "brief {} {} {} {} {} {} {}",
        ctx.province(),
        ranking.head.id,
        desk.hall.language.code(),
        ctx.actor.may(Act::Resolve),
        ctx.today(),
        waits.unwrap_or_default(),
        filter.query()
    )
}

/// Prints the page.
fn body(
    desk: &Desk,
    ranking: &Ranking,
    waiting: Option<&Waiting>,
    filter: &Filter,
) -> Result<String, WebError> {
    let ctx = &desk.ctx;
    let rows = ctx
        .store
        .read(|conn| app::ranking::rows(ctx, conn, ranking))?;
    let code = &ranking.period.code;
    let printer = Printer::of(desk, code, &ranking.framework, &rows);
    let shell = Shell {
        language: desk.hall.language,
        ..Shell::default()
    };
    let lists = Lists::of(&printer, filter, &url::brief(code));
    let lists = render::render(&lists, &shell)?;
    let body = Body::of(&printer, ranking, waiting, lists)?;
    Ok(render::render(&body, &shell)?)
}
