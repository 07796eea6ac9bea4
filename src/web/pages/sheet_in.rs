//! What comes from a phone or from the form of a sheet: the sheet, its photographs, a file of both.

use actix_web::http::StatusCode;
use chrono::NaiveDateTime;

use super::evidence::shelf;
use super::problems;
use super::sheet::{clock, page};
use crate::app::plan;
use crate::app::sheet::{self, Sent};
use crate::app::sheet_photo::{self, Brought};
use crate::app::{AppError, Problem as Fault};
use crate::domain::access::Act;
use crate::domain::json::{self, Json};
use crate::domain::sheet::{Fields, moment};
use crate::store::sheet::SheetRow;
use crate::store::{self, Conn};
use crate::web::desk::Desk;
use crate::web::error::WebResult;
use crate::web::form::Input;
use crate::web::reply::Reply;
use crate::web::url;
use crate::web::words::text;

/// The names that lead a form and say nothing of the visit.
const LEADING: [&str; 6] = ["csrf", "key", "id", "version", "phone_clock", "answer"];

/// Takes a sheet in: from the form of the page, or from the phone, which asks for an answer it can read.
pub fn create(desk: &Desk, input: &Input) -> WebResult {
    let is_phone = input.field("answer") == "json";
    let fields: Fields = input
        .all()
        .filter(|(name, value)| !LEADING.contains(name) && !value.is_empty())
        .map(|(name, value)| (name.to_owned(), value.to_owned()))
        .collect();
    let sent = Sent {
        id: input.field("id"),
        version: input.field("version").parse().unwrap_or(0),
        fields: &fields,
        phone_clock: instant(input.field("phone_clock")),
        is_locked: is_phone,
    };
    let plan = input.part("id");
    match sheet::receive(&desk.ctx, plan, &sent) {
        Ok(row) if is_phone => receipt(desk, &row),
        Ok(_) => Ok(Reply::see_other(&url::sheet(plan), Some("visit-received"))),
        Err(AppError::Invalid(faults)) => {
            let mut page = desk.ctx.store.read(|conn| {
                let errand = plan::find(&desk.ctx, conn, plan)?;
                page(desk, conn, &errand, &fields)
            })?;
            page.id = sent.id.to_owned();
            page.problems = problems(&faults);
            desk.again(&page)
        }
        Err(error) => Err(error.into()),
    }
}

/// A moment as a phone writes it.
pub fn instant(typed: &str) -> Option<NaiveDateTime> {
    moment(typed)
}

/// What the phone reads: what became of its sheet, and in words why.
fn receipt(desk: &Desk, row: &SheetRow) -> WebResult {
    let language = desk.hall.language;
    let said = match row.reason.as_str() {
        "" => text(language, "visit-received"),
        reason => text(language, reason),
    };
    let clock = clock(row).map(|phrase| phrase.say(language));
    let province = desk.ctx.province();
    let read = |conn: &mut Conn| store::sheet::list_photos(conn, province, &row.id);
    let photos = desk.ctx.store.read(read).map_err(AppError::from)?;
    let arrived: Vec<_> = photos
        .iter()
        .map(|photo| photo.sent_sha256.as_str())
        .collect();
    let body = Json::object([
        ("outcome", Json::text(&row.outcome)),
        ("said", Json::text(said)),
        ("clock", clock.map_or(Json::Null, Json::text)),
        ("arrived", Json::texts(&arrived)),
    ]);
    let kind = "application/json; charset=utf-8";
    Ok(Reply::of(StatusCode::OK, kind, body.line()))
}

/// Takes one photograph in; the phone asks for an answer without a page.
pub fn photo(desk: &Desk, input: &Input) -> WebResult {
    let plan = input.part("id");
    let bytes = input.upload.as_ref().map_or(&[][..], |file| &file.bytes);
    let brought = Brought {
        sheet: input.field("sheet"),
        sha256: input.field("sha256"),
        bytes,
    };
    let is_phone = input.field("answer") == "json";
    match sheet_photo::bring(&desk.ctx, &shelf(desk), plan, &brought) {
        Ok(()) if is_phone => Ok(Reply::of(
            StatusCode::OK,
            "application/json; charset=utf-8",
            "{}",
        )),
        Ok(()) => Ok(Reply::see_other(
            &url::sheet(plan),
            Some("visit-photo-received"),
        )),
        Err(AppError::Invalid(faults)) => {
            let mut page = desk.ctx.store.read(|conn| {
                let errand = plan::find(&desk.ctx, conn, plan)?;
                page(desk, conn, &errand, &Fields::new())
            })?;
            page.problems = problems(&faults);
            desk.again(&page)
        }
        Err(error) => Err(error.into()),
    }
}

/// Shows a photograph to whoever knows of the visit.
pub fn show_photo(desk: &Desk, input: &Input) -> WebResult {
    let shown = sheet_photo::read(&desk.ctx, &shelf(desk), input.part("id"))?;
    let reply = Reply::of(StatusCode::OK, &shown.media_type, shown.bytes);
    Ok(reply
        .with("x-content-type-options", "nosniff")
        .with("content-security-policy", "sandbox; default-src 'none'"))
}

/// What a file of a phone holds.
struct SheetFile {
    plan: String,
    id: String,
    version: i32,
    fields: Fields,
    photos: Vec<(String, Vec<u8>)>,
}

/// Reads a file that a phone saved; nothing where it is none.
fn read(bytes: &[u8]) -> Option<SheetFile> {
    let json = json::read(bytes)?;
    let text = |name: &str| Some(json.get(name)?.as_text()?.to_owned());
    if text("kind")? != "mizan-visit-sheet" {
        return None;
    }
    let Json::Object(members) = json.get("fields")? else {
        return None;
    };
    let fields = members
        .iter()
        .map(|(name, value)| Some((name.clone(), value.as_text()?.to_owned())));
    let photos = json.get("photos").map(Json::items).unwrap_or_default();
    let photos = photos.iter().map(|one| {
        let bytes = hex::decode(one.get("bytes")?.as_text()?).ok()?;
        Some((one.get("sha256")?.as_text()?.to_owned(), bytes))
    });
    Some(SheetFile {
        plan: text("plan")?,
        id: text("id")?,
        version: text("version")?.parse().ok()?,
        fields: fields.collect::<Option<_>>()?,
        photos: photos.collect::<Option<_>>()?,
    })
}

/// Brings a file that a phone saved: the same errands as from the phone itself.
pub fn file(desk: &Desk, input: &Input) -> WebResult {
    desk.ctx.require(Act::Visit)?;
    let bytes = input.upload.as_ref().map_or(&[][..], |file| &file.bytes);
    let Some(file) = read(bytes) else {
        let fault = Fault::at("file", "problem-sheet-file");
        return super::field::again(desk, &[fault]);
    };
    let sent = Sent {
        id: &file.id,
        version: file.version,
        fields: &file.fields,
        phone_clock: None,
        is_locked: true,
    };
    let row = sheet::receive(&desk.ctx, &file.plan, &sent)?;
    for (sha256, bytes) in &file.photos {
        let brought = Brought {
            sheet: &row.id,
            sha256,
            bytes,
        };
        match sheet_photo::bring(&desk.ctx, &shelf(desk), &file.plan, &brought) {
            Ok(()) => {}
            Err(AppError::Invalid(faults)) => return super::field::again(desk, &faults),
            Err(error) => return Err(error.into()),
        }
    }
    Ok(Reply::see_other(
        &url::sheet(&file.plan),
        Some("visit-file-received"),
    ))
}
