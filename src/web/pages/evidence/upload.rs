//! A file that comes in pieces: what the script of the form says and asks. Without the script the form sends the file.

use actix_web::http::StatusCode;
use serde::Serialize;

use super::shelf;
use crate::app::evidence::{self as errand, Beginning};
use crate::app::{AppError, Problem as Fault};
use crate::store::upload::Upload;
use crate::web::desk::Desk;
use crate::web::error::WebResult;
use crate::web::form::Input;
use crate::web::pages::problems;
use crate::web::reply::Reply;
use crate::web::url;

/// How much of a file has come, and where its next piece goes.
#[derive(Serialize)]
struct Progress {
    id: String,
    href: String,
    received: i64,
    size: i64,
}

fn codes(input: &Input) -> (&str, &str) {
    (input.part("period"), input.part("agency"))
}

fn reply(input: &Input, status: StatusCode, row: Upload) -> WebResult {
    let (period, agency) = codes(input);
    let body = Progress {
        href: url::upload(period, agency, &row.id),
        id: row.id,
        received: row.received,
        size: row.size,
    };
    let body = serde_json::to_string(&body).unwrap_or_default();
    Ok(Reply::of(status, "application/json; charset=utf-8", body))
}

/// Begins a file, or says how much of it has come.
pub fn begin(desk: &Desk, input: &Input) -> WebResult {
    let of = Beginning {
        mark: input.field("mark"),
        name: input.field("name"),
        size: input.field("size").parse().unwrap_or(0),
    };
    let code = input.part("indicator");
    match errand::begin(&desk.ctx, &shelf(desk), codes(input), code, &of) {
        Ok(row) => reply(input, StatusCode::OK, row),
        Err(AppError::Invalid(faults)) => refused(desk, &faults),
        Err(error) => Err(error.into()),
    }
}

/// The sentence of the first problem, as the script shows it.
fn refused(desk: &Desk, faults: &[Fault]) -> WebResult {
    let said = problems(faults).into_iter().next();
    let said = said.map(|problem| problem.text.say(desk.hall.language));
    let body = serde_json::json!({ "problem": said }).to_string();
    let kind = "application/json; charset=utf-8";
    Ok(Reply::of(StatusCode::UNPROCESSABLE_ENTITY, kind, body))
}

/// Says how much has come.
pub fn pieces(desk: &Desk, input: &Input) -> WebResult {
    let row = errand::progress(&desk.ctx, codes(input), input.part("id"))?;
    reply(input, StatusCode::OK, row)
}

/// Takes the next piece; one that does not fit is told where the file ends so far.
pub fn piece(desk: &Desk, input: &Input) -> WebResult {
    let id = input.part("id");
    let offset = input.field("offset").parse().unwrap_or(-1);
    let bytes = input.upload.as_ref().map_or(&[][..], |file| &file.bytes);
    match errand::add_part(&desk.ctx, &shelf(desk), codes(input), id, (offset, bytes)) {
        Ok(row) => reply(input, StatusCode::OK, row),
        Err(AppError::Conflict) => {
            let row = errand::progress(&desk.ctx, codes(input), id)?;
            reply(input, StatusCode::CONFLICT, row)
        }
        Err(error) => Err(error.into()),
    }
}
