//! A file of evidence that comes in pieces: begun, gone on with after a lost line, and taken when it is whole.

use chrono::{Duration, NaiveDateTime};
use sha2::{Digest, Sha256};

use super::super::{AppError, Case, Ctx, Problem, case};
use super::shelf::Shelf;
use super::{require_changeable, require_quota};
use crate::domain::access::Act;
use crate::domain::answer::is_asked;
use crate::domain::text;
use crate::store::file::Files;
use crate::store::upload::{self, Upload};
use crate::store::{Conn, Store, Tx, new_id};

/// How many files a person may have begun for one quarter.
const MOST_BEGUN: usize = 5;
/// What nobody finished within so many hours goes.
const HOURS: i64 = 24;
const LONGEST_MARK: usize = 300;

/// What a browser says of a file before it sends it.
pub struct Beginning<'a> {
    /// What it knows the file by.
    pub mark: &'a str,
    pub name: &'a str,
    pub size: i64,
}

/// Begins a file, or finds the one that was begun under the same mark.
pub fn begin(
    ctx: &Ctx,
    shelf: &Shelf,
    (period, agency): (&str, &str),
    indicator: &str,
    of: &Beginning,
) -> Result<Upload, AppError> {
    ctx.require(Act::Answer)?;
    let invalid = |problem| AppError::Invalid(vec![problem]);
    let cut = |_| invalid(Problem::at("file", "problem-text"));
    let mark = text::line(of.mark, LONGEST_MARK).map_err(cut)?;
    let name = crate::domain::evidence::title(of.name);
    let (begun, gone) = ctx.store.write(|tx| {
        // What goes is known only when the write is: a write that is undone takes no pieces away.
        let mut gone = Vec::new();
        let case = case(ctx, tx, period, agency)?;
        require_changeable(ctx, tx, &case, indicator)?;
        require_asked(&case, indicator)?;
        if of.size < 1 {
            return Err(invalid(Problem::at("file", "problem-file-empty")));
        }
        shelf.require_size(of.size).map_err(invalid)?;
        let mut own = upload::list(tx, &case.assessment, &ctx.actor.user)?;
        let known = own.iter().position(|row| row.mark == mark);
        if let Some(place) = known {
            let row = own.swap_remove(place);
            if row.size == of.size {
                return Ok((row, gone));
            }
            gone.push(drop_row(tx, row)?);
        }
        require_quota(shelf, tx, &case, of.size)?;
        let too_many = (own.len() + 1).saturating_sub(MOST_BEGUN);
        for row in own.drain(..too_many) {
            gone.push(drop_row(tx, row)?);
        }
        let row = Upload {
            province_id: ctx.province().to_owned(),
            id: new_id(),
            assessment_id: case.assessment.id.clone(),
            agency_id: case.assessment.agency_id.clone(),
            user_id: ctx.actor.user.clone(),
            mark: mark.clone(),
            name: name.clone(),
            size: of.size,
            received: 0,
            begun_at: ctx.now,
        };
        upload::add(tx, &row)?;
        Ok((row, gone))
    })?;
    for id in gone {
        shelf.files.remove_parts(&id)?;
    }
    Ok(begun)
}

fn require_asked(case: &Case, indicator: &str) -> Result<(), AppError> {
    let found = case.framework.indicator(indicator);
    let is_asked = found.is_some_and(|one| is_asked(one, &case.assessment.flags()));
    is_asked.then_some(()).ok_or(AppError::NotFound)
}

/// Clears away what nobody finished within a day, in every province.
pub fn clear(store: &Store, files: &Files, now: NaiveDateTime) -> Result<usize, AppError> {
    let gone = store.write(|tx| {
        let mut gone = Vec::new();
        for row in upload::list_begun_before(tx, now - Duration::hours(HOURS))? {
            gone.push(drop_row(tx, row)?);
        }
        Ok::<_, AppError>(gone)
    })?;
    for id in &gone {
        files.remove_parts(id)?;
    }
    Ok(gone.len())
}

fn drop_row(tx: &mut Tx, row: Upload) -> Result<String, AppError> {
    upload::remove(tx, &row)?;
    Ok(row.id)
}

fn own(
    ctx: &Ctx,
    conn: &mut Conn,
    (period, agency): (&str, &str),
    id: &str,
) -> Result<Upload, AppError> {
    ctx.require(Act::Answer)?;
    let case = case(ctx, conn, period, agency)?;
    let found = upload::find(conn, &case.assessment, id)?;
    found.ok_or(AppError::NotFound)
}

/// How much of a file has come.
pub fn progress(ctx: &Ctx, codes: (&str, &str), id: &str) -> Result<Upload, AppError> {
    ctx.store.read(|conn| own(ctx, conn, codes, id))
}

/// Takes the next piece. One that begins elsewhere than where the file ends so far is a conflict.
pub fn add_part(
    ctx: &Ctx,
    shelf: &Shelf,
    codes: (&str, &str),
    id: &str,
    (offset, bytes): (i64, &[u8]),
) -> Result<Upload, AppError> {
    ctx.store.write(|tx| {
        let row = own(ctx, tx, codes, id)?;
        let received = super::rule_size(bytes).saturating_add(row.received);
        if offset != row.received || received > row.size {
            return Err(AppError::Conflict);
        }
        let at = u64::try_from(offset).unwrap_or_default();
        shelf.files.put_part(&row.id, at, bytes)?;
        upload::set_received(tx, &row, received)?;
        Ok(Upload { received, ..row })
    })
}

/// A file that has come whole.
pub struct Whole {
    pub row: Upload,
    pub bytes: Vec<u8>,
}

/// Reads a file that has come whole; where the browser said its hash, it has to be that one.
pub fn whole(
    ctx: &Ctx,
    shelf: &Shelf,
    codes: (&str, &str),
    id: &str,
    sha256: &str,
) -> Result<Whole, AppError> {
    let row = progress(ctx, codes, id)?;
    let bytes = shelf.files.read_parts(&row.id)?.unwrap_or_default();
    let is_same = || hex::encode(Sha256::digest(&bytes)) == sha256;
    if super::rule_size(&bytes) != row.size || !(sha256.is_empty() || is_same()) {
        let problem = Problem::at("file", "problem-upload-unfinished");
        return Err(AppError::Invalid(vec![problem]));
    }
    Ok(Whole { row, bytes })
}

/// Ends a file after it was kept as evidence.
pub fn end(ctx: &Ctx, shelf: &Shelf, row: &Upload) -> Result<(), AppError> {
    ctx.store
        .write(|tx| Ok::<_, AppError>(upload::remove(tx, row)?))?;
    Ok(shelf.files.remove_parts(&row.id)?)
}
