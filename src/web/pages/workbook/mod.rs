//! The checklist as a workbook: fetched, filled in where there is no line, brought back.

mod book;

use actix_web::http::StatusCode;
use serde::Serialize;

use super::checklist::sheet;
use super::period;
use crate::store::StoreError;
use crate::web::desk::Desk;
use crate::web::error::{WebError, WebResult};
use crate::web::form::Input;
use crate::web::render::Page;
use crate::web::reply::Reply;
use crate::web::url;
use crate::workbook;

/// The kind of a workbook as the web names it.
const KIND: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

/// How a workbook is fetched and filled in.
#[derive(Serialize)]
pub struct WorkbookPage {
    pub period: String,
    pub checklist: String,
    pub file: String,
}

impl Page for WorkbookPage {
    const TEMPLATE: &'static str = "workbook/show.html";
}

/// The page.
pub fn show(desk: &Desk, input: &Input) -> WebResult {
    desk.ctx.store.read(|conn| sheet(desk, conn, input))?;
    let codes = (input.part("period"), input.part("agency"));
    desk.page(&WorkbookPage {
        period: period::title(desk, codes.0),
        checklist: url::checklist(codes.0, codes.1),
        file: format!("{}.xlsx", url::workbook(codes.0, codes.1)),
    })
}

/// Sends the workbook of the quarter as it stands.
pub fn download(desk: &Desk, input: &Input) -> WebResult {
    let book = book::book(desk, input)?;
    let bytes = workbook::write::write(&book).map_err(|why| {
        WebError::from(StoreError::Broken(format!(
            "a workbook was not made: {why}"
        )))
    })?;
    let name = format!(
        "attachment; filename=\"mizan-{}-{}.xlsx\"",
        book.mark.period, book.mark.agency
    );
    Ok(Reply::of(StatusCode::OK, KIND, bytes).with("content-disposition", &name))
}
