//! Photographs of a visit: each comes by itself under the hash the phone gave it, and is kept once.

use sha2::{Digest, Sha256};

use super::evidence::{Shelf, forget};
use super::plan;
use super::{AppError, Ctx, Problem};
use crate::domain::access::Act;
use crate::domain::period::State;
use crate::store::sheet::{PhotoRow, SheetRow};
use crate::store::{self, Conn, new_id};

/// How many photographs a visit may have.
const MOST_PHOTOS: usize = 20;
/// The field of a sheet that names the hashes of its photographs.
pub const LISTED: &str = "photos";

/// A photograph as it was sent.
pub struct Brought<'a> {
    pub sheet: &'a str,
    /// The hash the phone gave it; empty where a page sent it.
    pub sha256: &'a str,
    pub bytes: &'a [u8],
}

/// Takes a photograph in. One that has arrived before is not looked at again.
pub fn bring(ctx: &Ctx, shelf: &Shelf, plan: &str, brought: &Brought) -> Result<(), AppError> {
    ctx.require(Act::Visit)?;
    let invalid = |key| AppError::Invalid(vec![Problem::at("photo", key)]);
    if brought.bytes.is_empty() {
        return Err(invalid("problem-file-empty"));
    }
    let sent = hex::encode(Sha256::digest(brought.bytes));
    let known = ctx
        .store
        .read(|conn| own(ctx, conn, plan, brought.sheet, &sent))?;
    if known {
        return Ok(());
    }
    // Half a photograph is another one.
    if !brought.sha256.is_empty() && brought.sha256 != sent {
        return Err(invalid("problem-upload-unfinished"));
    }
    let fit = shelf
        .look_through(&name(brought.bytes), brought.bytes)
        .map_err(|problem| invalid(problem.key))?;
    if !fit.media_type.starts_with("image/") {
        return Err(invalid("problem-photo"));
    }
    let staged = shelf.files.stage(&fit.bytes)?;
    let added = ctx.store.write(|tx| {
        if own(ctx, tx, plan, brought.sheet, &sent)? {
            return Ok(());
        }
        staged.keep()?;
        let row = PhotoRow {
            province_id: ctx.province().to_owned(),
            id: new_id(),
            sheet_id: brought.sheet.to_owned(),
            sent_sha256: sent.clone(),
            sha256: staged.sha256.clone(),
            media_type: fit.media_type.to_owned(),
            size: i64::try_from(fit.bytes.len()).unwrap_or(i64::MAX),
            brought_by: ctx.actor.user.clone(),
            arrived_at: ctx.now,
        };
        store::sheet::add_photo(tx, &row)?;
        let errand = plan::find_any(ctx, tx, plan)?;
        let body = format!("{} {}", row.sheet_id, row.sha256);
        ctx.event(tx, &errand.case.happening("photo.received", body))
    });
    if added.is_err() {
        forget(ctx, shelf, &staged.sha256);
    }
    added
}

/// The name by which its kind is known; what it is says its content.
fn name(bytes: &[u8]) -> String {
    let ending = match bytes {
        [0x89, b'P', b'N', b'G', ..] => "png",
        [b'R', b'I', b'F', b'F', ..] => "webp",
        _ => "jpg",
    };
    format!("photo.{ending}")
}

/// Whether a photograph of one's own sheet has arrived; an error where none may come.
fn own(ctx: &Ctx, conn: &mut Conn, plan: &str, sheet: &str, sent: &str) -> Result<bool, AppError> {
    let errand = plan::find_any(ctx, conn, plan)?;
    let mut all = errand.sheets.iter();
    let sheet = all.find(|row| row.id == sheet && row.sent_by == ctx.actor.user);
    let sheet = sheet.ok_or(AppError::NotFound)?;
    let there = store::sheet::list_photos(conn, ctx.province(), &sheet.id)?;
    if there.iter().any(|photo| photo.sent_sha256 == sent) {
        return Ok(true);
    }
    if errand.case.period.state() >= State::Final {
        return Err(AppError::Refused("refused-final"));
    }
    if !is_listed(sheet, sent) {
        return Err(AppError::Refused("refused-photo-locked"));
    }
    if there.len() >= MOST_PHOTOS {
        return Err(AppError::Refused("refused-photos-many"));
    }
    Ok(false)
}

/// A sheet that was locked names its photographs; to one sent by the form of a page they are added.
fn is_listed(sheet: &SheetRow, sent: &str) -> bool {
    listed(sheet).is_none_or(|all| all.iter().any(|one| one == sent))
}

/// The hashes of its photographs that a sheet of a phone names; nothing where it came by the form of a page.
pub fn listed(sheet: &SheetRow) -> Option<Vec<String>> {
    let fields = super::sheet::fields(sheet);
    let is_of_phone = fields.contains_key("finished_at");
    let named = fields.get(LISTED).map_or("", String::as_str);
    is_of_phone.then(|| named.split_whitespace().map(str::to_owned).collect())
}

/// A photograph to be looked at, by whoever knows of the visit.
pub struct Shown {
    pub media_type: String,
    pub bytes: Vec<u8>,
}

/// Reads a photograph.
pub fn read(ctx: &Ctx, shelf: &Shelf, id: &str) -> Result<Shown, AppError> {
    ctx.require(Act::Visit)?;
    let row = ctx.store.read(|conn| {
        let photo = store::sheet::find_photo(conn, ctx.province(), id)?;
        let photo = photo.ok_or(AppError::NotFound)?;
        let sheet = store::sheet::find(conn, ctx.province(), &photo.sheet_id)?;
        let sheet = sheet.ok_or(AppError::NotFound)?;
        plan::find(ctx, conn, &sheet.plan_id)?;
        Ok::<_, AppError>(photo)
    })?;
    let bytes = shelf.files.read(&row.sha256)?.ok_or(AppError::NotFound)?;
    Ok(Shown {
        media_type: row.media_type,
        bytes,
    })
}
