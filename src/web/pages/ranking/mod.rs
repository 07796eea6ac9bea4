//! The ranking of a quarter: one page for the governor's office. Nothing is computed here; rows are read as kept.

mod board;
mod columns;
pub mod csv;
pub mod figures;
mod filter;
pub mod line;
mod lists;

use serde::Serialize;

use board::Board;
use line::Printer;
pub use lists::Lists;

use crate::app::ranking::{self, Ranking};
use crate::web::desk::Desk;
use crate::web::error::{WebError, WebResult};
use crate::web::form::Input;
use crate::web::render::{self, Page, Shell};
use crate::web::url;

pub use csv::{show as csv, workbook};
pub use filter::{Choice, Filter};
pub use line::band;

/// The page around the lists.
#[derive(Serialize)]
pub struct RankingPage {
    pub period: String,
    pub is_final: bool,
    pub hash: String,
    pub computed_at: chrono::NaiveDateTime,
    /// The lists, printed already.
    pub board: String,
    pub csv: String,
    pub workbook: String,
    pub analysis: String,
}

impl Page for RankingPage {
    const TEMPLATE: &'static str = "score/ranking.html";
}

/// Shows the ranking.
pub fn show(desk: &Desk, input: &Input) -> WebResult {
    let ctx = &desk.ctx;
    let ranking = ctx
        .store
        .read(|conn| ranking::find(ctx, conn, input.part("period")))?;
    let filter = Filter::of(&input.query, &ranking.framework);
    let make = || board(desk, &ranking, &filter);
    let body = if filter.search.is_empty() {
        let language = desk.hall.language.code();
        let (province, result) = (ctx.province(), &ranking.head.id);
        let key = format!("ranking {province} {result} {language} {}", filter.query());
        desk.hall.state.bodies.of(&key, ctx.now, make)?
    } else {
        make()?.into()
    };
    desk.page(&RankingPage {
        period: ranking.period.code.clone(),
        is_final: ranking.head.stage == "final",
        hash: ranking.head.returns_hash.clone(),
        computed_at: ranking.head.computed_at,
        board: body.to_string(),
        analysis: url::analysis(&ranking.period.code),
        csv: format!("{}.csv", url::ranking(&ranking.period.code)),
        workbook: format!("{}.xlsx", url::ranking(&ranking.period.code)),
    })
}

/// Prints the lists.
fn board(desk: &Desk, ranking: &Ranking, filter: &Filter) -> Result<String, WebError> {
    let ctx = &desk.ctx;
    let rows = ctx.store.read(|conn| ranking::rows(ctx, conn, ranking))?;
    let printer = Printer::of(desk, &ranking.period.code, &ranking.framework, &rows);
    let shell = Shell {
        language: desk.hall.language,
        ..Shell::default()
    };
    let lists = Lists::of(&printer, filter, &url::ranking(&ranking.period.code));
    let lists = render::render(&lists, &shell)?;
    Ok(render::render(&Board::of(&printer, lists), &shell)?)
}
