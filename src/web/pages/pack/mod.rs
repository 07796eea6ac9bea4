//! The meeting pack as a PDF: begun by a button, made beside the pages, fetched when it lies there.

mod data;
mod parts;
mod registers;
mod sheets;

use actix_web::http::StatusCode;
use chrono::NaiveDateTime;
use serde::Serialize;

use super::form_key;
use crate::app;
use crate::app::AppError;
use crate::app::ranking::Ranking;
use crate::pack;
use crate::web::desk::Desk;
use crate::web::error::WebResult;
use crate::web::form::Input;
use crate::web::kept::Paper;
use crate::web::render::Page;
use crate::web::reply::Reply;
use crate::web::url;

/// How often a page that waits for a pack asks again, in seconds.
const AGAIN_SECONDS: &str = "3";

/// Where the pack is.
#[derive(Serialize)]
pub struct PackPage {
    pub key: String,
    pub period: String,
    pub is_final: bool,
    pub action: String,
    pub brief: String,
    pub file: String,
    /// `none`, `begun`, `made` or `failed`.
    pub state: &'static str,
    /// The key of what is done at present.
    pub step: &'static str,
    pub since: Option<NaiveDateTime>,
    pub kilobytes: i64,
}

impl Page for PackPage {
    const TEMPLATE: &'static str = "pack/show.html";
}

fn find(desk: &Desk, input: &Input) -> Result<(Ranking, String), crate::app::AppError> {
    let ctx = &desk.ctx;
    let (ranking, _) = ctx
        .store
        .read(|conn| app::pack::find(ctx, conn, input.part("period")))?;
    let language = desk.hall.language.code();
    let key = format!("{} {} {language}", ctx.province(), ranking.head.id);
    Ok((ranking, key))
}

/// Shows whether the pack lies there, and asks again by itself while it is made.
pub fn show(desk: &Desk, input: &Input) -> WebResult {
    let (ranking, key) = find(desk, input)?;
    let paper = desk.hall.state.papers.find(&key);
    let code = &ranking.period.code;
    let (state, step, since, size) = match &paper {
        None => ("none", "", None, 0),
        Some(Paper::Begun(since, step)) => ("begun", *step, Some(*since), 0),
        Some(Paper::Made(since, bytes)) => ("made", "", Some(*since), bytes.len()),
        Some(Paper::Failed(since)) => ("failed", "", Some(*since), 0),
    };
    let reply = desk.page(&PackPage {
        key: form_key(),
        period: code.clone(),
        is_final: ranking.head.stage == "final",
        action: url::pack(code),
        brief: url::brief(code),
        file: format!("{}.pdf", url::pack(code)),
        state,
        step: if step.is_empty() {
            "pack-step-waits"
        } else {
            step
        },
        since,
        kilobytes: (size as i64 + 1_023) / 1_024,
    })?;
    Ok(match state {
        "begun" => reply.with("refresh", AGAIN_SECONDS),
        _ => reply,
    })
}

/// Has the pack made; one that is being made is not begun twice.
pub fn create(desk: &Desk, input: &Input) -> WebResult {
    let (ranking, key) = find(desk, input)?;
    let ctx = &desk.ctx;
    let papers = &desk.hall.state.papers;
    let is_begun = matches!(papers.find(&key), Some(Paper::Begun(..)));
    if !is_begun && papers.is_busy() {
        return Err(AppError::Refused("refused-papers-wait").into());
    }
    if !is_begun && app::pack::note(ctx, &ranking)? {
        let code = &ranking.period.code;
        let gathered = ctx.store.read(|conn| app::pack::gather(ctx, conn, code))?;
        let data = data::of(desk, &gathered)?;
        papers.make(&key, ctx.now, move |tell| {
            let made = pack::make(data, tell);
            made.map_err(|cause| tracing::error!(%cause, "no pack"))
                .ok()
        });
    }
    Ok(Reply::see_other(&url::pack(&ranking.period.code), None))
}

/// Sends the pack; where there is none, leads to where it is begun.
pub fn download(desk: &Desk, input: &Input) -> WebResult {
    let (ranking, key) = find(desk, input)?;
    let code = &ranking.period.code;
    let Some(Paper::Made(_, bytes)) = desk.hall.state.papers.find(&key) else {
        return Ok(Reply::see_other(&url::pack(code), None));
    };
    let name = format!("attachment; filename=\"mizan-pack-{code}.pdf\"");
    let reply = Reply::of(StatusCode::OK, "application/pdf", bytes.to_vec());
    Ok(reply.with("content-disposition", &name))
}
