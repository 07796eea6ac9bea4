//! The ranking as files for a spreadsheet, safe against cells that it would run.

use actix_web::http::StatusCode;

use super::columns::table;
use crate::app;
use crate::app::AppError;
use crate::domain::number::{self, Decimals};
use crate::store::StoreError;
use crate::web::desk::Desk;
use crate::web::error::WebResult;
use crate::web::form::Input;
use crate::web::reply::Reply;
use crate::workbook::table::{Cell, write};

/// A cell that a spreadsheet takes as text: quoted, and no formula.
pub fn cell(text: &str) -> String {
    let is_formula = text.starts_with(['=', '+', '-', '@', '\t', '\r', '\n']);
    format!(
        "\"{}{}\"",
        if is_formula { "'" } else { "" },
        text.replace('"', "\"\"")
    )
}

fn written(of: &Cell) -> String {
    match of {
        Cell::Text(said) => cell(said),
        Cell::Whole(number) => number.to_string(),
        Cell::Hundredths(c) => number::en_hundredths(*c, Decimals::Two),
        Cell::Nothing => String::new(),
    }
}

/// Sends the ranking as text between commas; whoever takes it is in the log.
pub fn show(desk: &Desk, input: &Input) -> WebResult {
    let (ranking, rows) = app::ranking::export(&desk.ctx, input.part("period"))?;
    let table = table(desk, &ranking, &rows);
    // A spreadsheet reads Persian only behind this mark.
    let mut out = String::from('\u{feff}');
    let mut add = |cells: Vec<String>| {
        out.push_str(&cells.join(","));
        out.push_str("\r\n");
    };
    add(table.head.iter().map(|title| cell(title)).collect());
    for row in &table.rows {
        add(row.iter().map(written).collect());
    }
    let name = format!("attachment; filename=\"mizan-{}.csv\"", ranking.period.code);
    let reply = Reply::of(StatusCode::OK, "text/csv; charset=utf-8", out);
    Ok(reply.with("content-disposition", &name))
}

/// Sends the ranking as a workbook; whoever takes it is in the log.
pub fn workbook(desk: &Desk, input: &Input) -> WebResult {
    let (ranking, rows) = app::ranking::export(&desk.ctx, input.part("period"))?;
    let broken = |cause| {
        tracing::error!(?cause, "a workbook of a ranking could not be written");
        AppError::Store(StoreError::Broken("a workbook".to_owned()))
    };
    let bytes = write(&table(desk, &ranking, &rows)).map_err(broken)?;
    let name = format!(
        "attachment; filename=\"mizan-{}.xlsx\"",
        ranking.period.code
    );
    let kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
    Ok(Reply::of(StatusCode::OK, kind, bytes).with("content-disposition", &name))
}
