//! The RETURNS of a period as a file, for other programs and for the committee's own calculator.

use actix_web::http::StatusCode;

use crate::app;
use crate::web::desk::Desk;
use crate::web::error::WebResult;
use crate::web::form::Input;
use crate::web::reply::Reply;

/// Sends the file; that it was taken is in the log.
pub fn json(desk: &Desk, input: &Input) -> WebResult {
    let code = input.part("period");
    let text = app::returns::export(&desk.ctx, code)?;
    let kind = "application/json; charset=utf-8";
    let name = format!("attachment; filename=\"returns-{code}.json\"");
    Ok(Reply::of(StatusCode::OK, kind, text).with("content-disposition", &name))
}
