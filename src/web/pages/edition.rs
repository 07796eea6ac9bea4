//! Published rankings of a quarter: proposed, published, signed, opened to the public, downloaded.

use std::io::{Cursor, Write as _};

use chrono::NaiveDateTime;
use serde::Serialize;
use zip::write::SimpleFileOptions;

use super::{form_key, period, problems};
use crate::app::edition::{self, Shelf};
use crate::app::{self, AppError};
use crate::domain::access::Act;
use crate::domain::edition::Files;
use crate::store::edition::Edition;
use crate::store::{self, StoreError};
use crate::web::desk::Desk;
use crate::web::error::{WebError, WebResult};
use crate::web::form::Input;
use crate::web::open;
use crate::web::render::{Page, Problem};
use crate::web::reply::Reply;
use crate::web::url;

/// One edition on the page.
#[derive(Clone, Debug, Serialize)]
pub struct EditionLine {
    pub number: i64,
    pub reason: String,
    pub proposed_by: String,
    pub published_at: Option<NaiveDateTime>,
    pub root: Option<String>,
    pub is_signed: bool,
    pub released_at: Option<NaiveDateTime>,
    /// Where the forms of this edition lead.
    pub address: String,
    /// The form belongs to the second person.
    pub may_publish: bool,
    pub may_withdraw: bool,
    pub may_sign: bool,
    pub may_release: bool,
}

/// The editions of a quarter.
#[derive(Serialize)]
pub struct EditionsPage {
    pub key: String,
    pub title: String,
    pub ranking: String,
    pub action: String,
    /// Where corrections are made, for those who may.
    pub corrections: Option<String>,
    /// The public side of the quarter.
    pub public: String,
    pub editions: Vec<EditionLine>,
    /// The next edition may be proposed here; from the second on it needs its reason.
    pub may_propose: bool,
    pub is_correction: bool,
    pub reason: String,
    pub signature: String,
    pub problems: Vec<Problem>,
}

impl Page for EditionsPage {
    const TEMPLATE: &'static str = "edition/index.html";
}

fn page(desk: &Desk, input: &Input) -> Result<EditionsPage, AppError> {
    let code = input.part("period");
    let (shelf, names) = desk.ctx.store.read(|conn| {
        let shelf = edition::shelf(&desk.ctx, conn, code)?;
        let users = store::user::list(conn, desk.ctx.province())?;
        Ok::<_, AppError>((shelf, users))
    })?;
    let name = |id: &str| {
        let found = names.iter().find(|user| user.id == id);
        found.map(|user| user.name.clone()).unwrap_or_default()
    };
    let may_finalise = desk.ctx.actor.may(Act::Finalise);
    let is_waiting = shelf.editions.iter().any(|one| one.published_at.is_none());
    let lines = shelf.editions.iter();
    let lines = lines.map(|one| line(desk, &shelf, one, name(&one.proposed_by)));
    Ok(EditionsPage {
        key: form_key(),
        title: period::title(desk, code),
        ranking: url::ranking(code),
        action: format!("{}/proposal", url::editions(code)),
        corrections: (may_finalise && !shelf.editions.is_empty()).then(|| url::corrections(code)),
        public: open::link(desk.hall.language, &format!("/{code}")),
        editions: lines.collect(),
        may_propose: may_finalise && !is_waiting && shelf.next.is_some(),
        is_correction: !shelf.editions.is_empty(),
        reason: match input.field("reason") {
            "" => reasons(&shelf),
            typed => typed.to_owned(),
        },
        signature: input.field("signature").to_owned(),
        problems: Vec::new(),
    })
}

/// What the corrections that wait say, as a first word of what is corrected and why.
fn reasons(shelf: &Shelf) -> String {
    let all = shelf.corrections.iter();
    let said: Vec<&str> = all.map(|one| one.reason.as_str()).collect();
    said.join("\n")
}

fn line(desk: &Desk, shelf: &Shelf, of: &Edition, proposed_by: String) -> EditionLine {
    let actor = &desk.ctx.actor;
    let may_finalise = actor.may(Act::Finalise);
    let is_published = of.published_at.is_some();
    // One form for a signature: of the newest edition that lacks it.
    let mut all = shelf.editions.iter();
    let unsigned = all.find(|one| one.published_at.is_some() && one.signature.is_none());
    let unsigned = unsigned.map(|one| one.number);
    EditionLine {
        number: of.number,
        reason: of.reason.clone(),
        // Names of those who publish are for those who publish.
        proposed_by: if may_finalise {
            proposed_by
        } else {
            String::new()
        },
        published_at: of.published_at,
        root: of.root.clone(),
        is_signed: of.signature.is_some(),
        released_at: of.released_at,
        address: format!("{}/{}", url::editions(&shelf.period.code), of.number),
        may_publish: may_finalise && !is_published && of.proposed_by != actor.user,
        may_withdraw: may_finalise && !is_published,
        may_sign: may_finalise && unsigned == Some(of.number),
        may_release: actor.may(Act::Release) && is_published && of.released_at.is_none(),
    }
}

/// The list.
pub fn index(desk: &Desk, input: &Input) -> WebResult {
    desk.page(&page(desk, input)?)
}

/// Leads back with a notice, or shows the page again with what is wrong.
fn ended(desk: &Desk, input: &Input, done: Result<(), AppError>, notice: &str) -> WebResult {
    match done {
        Ok(()) => Ok(Reply::see_other(
            &url::editions(input.part("period")),
            Some(notice),
        )),
        Err(AppError::Invalid(faults)) => {
            let mut page = page(desk, input)?;
            page.problems = problems(&faults);
            desk.again(&page)
        }
        Err(error) => Err(error.into()),
    }
}

/// Proposes the next edition.
pub fn create(desk: &Desk, input: &Input) -> WebResult {
    let done = edition::propose(&desk.ctx, input.part("period"), input.field("reason"));
    ended(desk, input, done, "edition-proposed")
}

/// Takes a proposal back.
pub fn remove(desk: &Desk, input: &Input) -> WebResult {
    let done = edition::withdraw(&desk.ctx, input.part("period"), input.part("number"));
    ended(desk, input, done, "edition-withdrawn")
}

/// The second person publishes.
pub fn publish(desk: &Desk, input: &Input) -> WebResult {
    let (period, number) = (input.part("period"), input.part("number"));
    let done = edition::publish(&desk.ctx, period, number, input.is_ticked("is_sure"));
    ended(desk, input, done, "edition-published")
}

/// Takes the signature that was made where the key is.
pub fn sign(desk: &Desk, input: &Input) -> WebResult {
    let (period, number) = (input.part("period"), input.part("number"));
    let key = desk.hall.state.config.edition_key.as_deref();
    let done = edition::sign(&desk.ctx, period, number, input.field("signature"), key);
    ended(desk, input, done, "edition-signed")
}

/// Opens an edition to the public.
pub fn release(desk: &Desk, input: &Input) -> WebResult {
    let (period, number) = (input.part("period"), input.part("number"));
    let done = edition::release(&desk.ctx, period, number, input.is_ticked("is_sure"));
    ended(desk, input, done, "edition-released")
}

/// The folder as a zip archive.
pub fn download(desk: &Desk, input: &Input) -> WebResult {
    let (period, number) = (input.part("period"), input.part("number"));
    let files = desk.ctx.store.read(|conn| {
        let shelf = edition::shelf(&desk.ctx, conn, period)?;
        app::edition::files(conn, shelf.find(number)?)
    })?;
    let name = format!("mizan-{period}-{number}");
    let bytes = packed(&name, &files)?;
    let file = format!("attachment; filename=\"{name}.zip\"");
    let reply = Reply::of(actix_web::http::StatusCode::OK, "application/zip", bytes);
    Ok(reply
        .with("content-disposition", &file)
        .with("x-content-type-options", "nosniff"))
}

/// The files of an edition as one archive.
pub fn packed(folder: &str, files: &Files) -> Result<Vec<u8>, WebError> {
    archive(folder, files).map_err(|why| {
        WebError::from(StoreError::Broken(format!(
            "an archive was not made: {why}"
        )))
    })
}

/// A zip archive of one folder; the same files give the same bytes.
fn archive(folder: &str, files: &Files) -> zip::result::ZipResult<Vec<u8>> {
    let mut archive = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in files {
        archive.start_file(format!("{folder}/{name}"), SimpleFileOptions::default())?;
        archive.write_all(bytes)?;
    }
    Ok(archive.finish()?.into_inner())
}
