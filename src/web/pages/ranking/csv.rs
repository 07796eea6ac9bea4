//! The ranking as a table for a spreadsheet, safe against cells that a spreadsheet would run.

use actix_web::http::StatusCode;

use super::line::percents;
use crate::app;
use crate::domain::number::{self, Decimals};
use crate::store::score::ScoreLine;
use crate::web::desk::Desk;
use crate::web::error::WebResult;
use crate::web::form::Input;
use crate::web::pages::framework_text::FrameworkText;
use crate::web::reply::Reply;
use crate::web::words::text;

const COLUMNS: [&str; 16] = [
    "result-csv-code",
    "result-agency",
    "result-csv-league",
    "result-csv-group",
    "result-state",
    "result-rank",
    "result-csv-of",
    "result-csv-group-rank",
    "result-csv-low",
    "result-csv-high",
    "result-score",
    "result-grade",
    "result-honesty",
    "result-gap",
    "result-csv-unstaffed",
    "result-csv-change",
];

/// A cell that a spreadsheet takes as text: quoted, and no formula.
pub fn cell(text: &str) -> String {
    let is_formula = text.starts_with(['=', '+', '-', '@', '\t', '\r', '\n']);
    format!(
        "\"{}{}\"",
        if is_formula { "'" } else { "" },
        text.replace('"', "\"\"")
    )
}

fn hundredths(number: Option<i64>) -> String {
    number.map_or_else(String::new, |c| number::en_hundredths(c, Decimals::Two))
}

fn whole(number: Option<i64>) -> String {
    number.map_or_else(String::new, |number| number.to_string())
}

/// Sends the ranking as a file; whoever takes it is in the log.
pub fn show(desk: &Desk, input: &Input) -> WebResult {
    let (ranking, rows) = app::ranking::export(&desk.ctx, input.part("period"))?;
    let language = desk.hall.language;
    let texts = FrameworkText::of(&ranking.framework, language);
    // A spreadsheet reads Persian only behind this mark.
    let mut out = String::from('\u{feff}');
    let dimensions = &ranking.framework.dimensions;
    let mut head: Vec<String> = COLUMNS.map(|key| cell(&text(language, key))).to_vec();
    head.extend(
        dimensions
            .iter()
            .map(|one| cell(&texts.dimension(&one.code))),
    );
    out.push_str(&head.join(","));
    out.push_str("\r\n");
    for row in &rows.lines {
        let mut cells = own(desk, texts, row);
        let percent = percents(&row.dimensions);
        let shares = dimensions.iter().map(|one| percent.get(one.code.as_str()));
        cells.extend(shares.map(|bp| hundredths(bp.copied())));
        out.push_str(&cells.join(","));
        out.push_str("\r\n");
    }
    let name = format!("attachment; filename=\"mizan-{}.csv\"", ranking.period.code);
    let reply = Reply::of(StatusCode::OK, "text/csv; charset=utf-8", out);
    Ok(reply.with("content-disposition", &name))
}

fn own(desk: &Desk, texts: FrameworkText, row: &ScoreLine) -> Vec<String> {
    let language = desk.hall.language;
    let said = |key: &str| text(language, key).into_owned();
    let grade = row.grade.as_ref();
    let state = format!("result-state-{}", row.state.replace('_', "-"));
    let unstaffed = if row.is_unstaffed {
        "shell-yes"
    } else {
        "shell-no"
    };
    vec![
        cell(&row.code),
        cell(desk.choose(&row.name_fa, &row.name_en)),
        cell(&texts.kind(&row.league)),
        cell(&texts.group(&row.group_code)),
        cell(&said(&state)),
        whole(row.rank),
        whole(row.rank_of),
        whole(row.group_rank),
        whole(row.rank_low),
        whole(row.rank_high),
        hundredths(row.score_c),
        cell(&grade.map_or_else(String::new, |id| said(&format!("grade-{id}")))),
        hundredths(row.honesty_bp),
        hundredths(row.gap_bp),
        cell(&said(unstaffed)),
        hundredths(row.change_c),
    ]
}
