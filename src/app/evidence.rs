//! Evidence of an answer: added and taken away before hand-in, and for a returned item.

use chrono::NaiveDate;

use super::answer::require_open;
use super::{AppError, Case, Ctx, Problem, case};
use crate::domain::access::Act;
use crate::domain::answer;
use crate::domain::evidence::{self as rule, FileFault, FileKind};
use crate::domain::period::State;
use crate::domain::text::{self, WebLink};
use crate::store::evidence::Evidence;
use crate::store::file::Files;
use crate::store::{self, Conn, new_id};

/// Evidence may be added or taken away before hand-in, and for a returned item.
fn require_changeable(
    ctx: &Ctx,
    conn: &mut Conn,
    case: &Case,
    indicator: &str,
) -> Result<(), AppError> {
    if !case.assessment.is_handed_in() {
        return require_open(ctx, case, case.last_edit_on(indicator));
    }
    let queries = store::query::list(conn, &case.assessment)?;
    let mut open = queries.iter().filter(|query| query.closed_at.is_none());
    // From the preliminary result on, an item is disputed by an objection, not by a question left open.
    if case.period.state() < State::Preliminary
        && open.any(|query| query.indicator_code == indicator)
    {
        return Ok(());
    }
    Err(AppError::Refused("refused-handed-in"))
}

/// How many pieces of evidence one answer may have.
const MOST_EVIDENCE: usize = 50;

/// Where files of evidence are kept, and how much an agency may bring.
pub struct Shelf {
    pub files: Files,
    /// The largest file, in megabytes.
    pub file_megabytes: i64,
    /// All files of an agency in one quarter, in megabytes.
    pub agency_megabytes: i64,
}

const MEGABYTE: i64 = 1024 * 1024;

/// What a piece of evidence is.
pub enum Proof<'a> {
    /// A web address, http or https only.
    Link(&'a str),
    /// A file with the name it had.
    File { name: &'a str, bytes: &'a [u8] },
}

/// A piece of evidence as it is brought.
pub struct Brought<'a> {
    pub indicator: &'a str,
    pub kind: &'a str,
    pub proof: Proof<'a>,
    /// The days for which it proves something.
    pub effective_from: Option<NaiveDate>,
    pub effective_to: Option<NaiveDate>,
}

/// Adds evidence of a kind to an answer. What is refused leaves no file behind.
pub fn add(
    ctx: &Ctx,
    shelf: &Shelf,
    period: &str,
    agency: &str,
    brought: &Brought,
) -> Result<(), AppError> {
    ctx.require(Act::Answer)?;
    let mut row = checked(ctx, shelf, brought)?;
    let staged = match &brought.proof {
        Proof::File { bytes, .. } => Some(shelf.files.stage(bytes)?),
        Proof::Link(_) => None,
    };
    row.sha256 = staged.as_ref().map(|file| file.sha256.clone());
    let added = ctx.store.write(|tx| {
        let case = case(ctx, tx, period, agency)?;
        require_room(ctx, shelf, tx, &case, &row)?;
        if !ctx.is_first(tx, "evidence.added")? {
            return Ok(());
        }
        if let Some(staged) = &staged {
            staged.keep()?;
        }
        (row.assessment_id, row.agency_id) = (
            case.assessment.id.clone(),
            case.assessment.agency_id.clone(),
        );
        store::evidence::add(tx, &row)?;
        let what = row.sha256.as_deref().unwrap_or("link");
        let body = format!("{} {} {what}", row.indicator_code, row.kind);
        ctx.event(tx, &case.happening("evidence.added", body))
    });
    if let (Err(_), Some(staged)) = (&added, &staged) {
        forget(ctx, shelf, &staged.sha256);
    }
    added
}

/// Takes a file away again that no row names: it was put in its place by a write that did not last.
pub(super) fn forget(ctx: &Ctx, shelf: &Shelf, sha256: &str) {
    let forgotten: Result<(), AppError> = ctx.store.write(|tx| {
        let is_named = store::evidence::is_named(tx, sha256)?;
        if !is_named && !store::workbook::is_named(tx, sha256)? {
            shelf.files.remove(sha256)?;
        }
        Ok(())
    });
    if let Err(error) = forgotten {
        tracing::warn!(?error, "a file without a row may be left in the folder");
    }
}

/// Everything that can be wrong with evidence before anybody asks whose it is; the row it will be.
fn checked(ctx: &Ctx, shelf: &Shelf, brought: &Brought) -> Result<Evidence, AppError> {
    let mut problems = Vec::new();
    let mut row = blank(ctx, brought);
    match &brought.proof {
        Proof::Link(link) => match WebLink::parse(link) {
            Ok(link) => {
                row.title = text::line(link.as_str(), 300).unwrap_or_else(|_| shortened(&link));
                row.link = Some(link.as_str().to_owned());
            }
            Err(_) => problems.push(Problem::at("link", "problem-link")),
        },
        Proof::File { name, bytes } => {
            let size = i64::try_from(bytes.len()).unwrap_or(i64::MAX);
            row.title = rule::title(name);
            row.size = Some(size);
            if size > shelf.file_megabytes * MEGABYTE {
                problems.push(too_much("problem-file-large", shelf.file_megabytes));
            }
            match FileKind::of(name, bytes) {
                Ok(kind) => row.media_type = Some(kind.media_type().to_owned()),
                Err(fault) => problems.push(Problem::at("file", file_fault(fault))),
            }
        }
    }
    if let (Some(from), Some(to)) = (brought.effective_from, brought.effective_to)
        && to < from
    {
        problems.push(Problem::at("effective_to", "problem-days-order"));
    }
    if problems.is_empty() {
        Ok(row)
    } else {
        Err(AppError::Invalid(problems))
    }
}

fn shortened(link: &WebLink) -> String {
    link.as_str().chars().take(300).collect()
}

fn too_much(key: &'static str, megabytes: i64) -> Problem {
    Problem {
        field: "file".to_owned(),
        key,
        arguments: vec![("megabytes", megabytes.to_string())],
    }
}

/// The sentence of a fault of a file.
fn file_fault(fault: FileFault) -> &'static str {
    match fault {
        FileFault::Empty => "problem-file-empty",
        FileFault::Ending => "problem-file-ending",
        FileFault::Content => "problem-file-content",
        FileFault::Macro => "problem-file-macro",
    }
}

/// Whether this answer may have one piece more now.
fn require_room(
    ctx: &Ctx,
    shelf: &Shelf,
    conn: &mut Conn,
    case: &Case,
    row: &Evidence,
) -> Result<(), AppError> {
    let indicator = row.indicator_code.as_str();
    let found = case
        .framework
        .indicator(indicator)
        .ok_or(AppError::NotFound)?;
    if !answer::is_asked(found, &case.assessment.flags()) {
        return Err(AppError::NotFound);
    }
    require_changeable(ctx, conn, case, indicator)?;
    let invalid = |problem| Err(AppError::Invalid(vec![problem]));
    if !is_kind(case, &row.kind) {
        return invalid(Problem::at("kind", "problem-choose"));
    }
    let there = store::evidence::list(conn, &case.assessment)?;
    let own = there.iter().filter(|one| one.indicator_code == indicator);
    if own.count() >= MOST_EVIDENCE {
        return invalid(Problem::at("file", "problem-too-many-files"));
    }
    row.size
        .map_or(Ok(()), |size| require_quota(shelf, conn, case, size))
}

/// Whether all files of an agency's quarter have room for one more of that size.
pub(super) fn require_quota(
    shelf: &Shelf,
    conn: &mut Conn,
    case: &Case,
    size: i64,
) -> Result<(), AppError> {
    let workbooks = store::workbook::list(conn, &case.assessment)?;
    let workbooks: i64 = workbooks.iter().map(|row| row.size).sum();
    let evidence = store::evidence::size(conn, &case.assessment)?;
    if evidence + workbooks + size > shelf.agency_megabytes * MEGABYTE {
        let problem = too_much("problem-file-quota", shelf.agency_megabytes);
        return Err(AppError::Invalid(vec![problem]));
    }
    Ok(())
}

fn is_kind(case: &Case, kind: &str) -> bool {
    let kinds = case.framework.source.get("evidence_kinds");
    let mut kinds = kinds.map(|kinds| kinds.items()).unwrap_or_default().iter();
    kinds.any(|known| known.get("id").and_then(|id| id.as_text()) == Some(kind))
}

fn blank(ctx: &Ctx, brought: &Brought) -> Evidence {
    Evidence {
        province_id: ctx.province().to_owned(),
        id: new_id(),
        assessment_id: String::new(),
        agency_id: String::new(),
        indicator_code: brought.indicator.to_owned(),
        kind: brought.kind.to_owned(),
        title: String::new(),
        link: None,
        sha256: None,
        media_type: None,
        size: None,
        effective_from: brought.effective_from,
        effective_to: brought.effective_to,
        objection_id: None,
        added_by: ctx.actor.user.clone(),
        added_at: ctx.now,
        removed_at: None,
    }
}

/// A file of evidence for somebody who may see it: their own agency's, or one that was handed in to them.
pub struct Kept {
    pub title: String,
    pub media_type: String,
    pub bytes: Vec<u8>,
}

/// Fetches a file of evidence. What is not for this person is not there.
pub fn file(
    ctx: &Ctx,
    files: &Files,
    period: &str,
    agency: &str,
    id: &str,
) -> Result<Kept, AppError> {
    let row = ctx.store.read(|conn| {
        let case = case(ctx, conn, period, agency)?;
        let is_own = ctx.actor.role.is_of_agency();
        let is_shown = ctx.actor.may(Act::SeeHandedIn) && case.assessment.is_handed_in();
        if !is_own && !is_shown {
            return Err(AppError::NotFound);
        }
        let row = store::evidence::find(conn, &case.assessment, id)?;
        row.ok_or(AppError::NotFound)
    })?;
    let sha256 = row.sha256.ok_or(AppError::NotFound)?;
    Ok(Kept {
        title: row.title,
        media_type: row.media_type.unwrap_or_default(),
        bytes: files.read(&sha256)?.ok_or(AppError::NotFound)?,
    })
}

/// Takes a piece of evidence away again; says of which indicator.
pub fn remove(ctx: &Ctx, period: &str, agency: &str, id: &str) -> Result<String, AppError> {
    ctx.require(Act::Answer)?;
    ctx.store.write(|tx| {
        let case = case(ctx, tx, period, agency)?;
        let all = store::evidence::list(tx, &case.assessment)?;
        let row = all
            .into_iter()
            .find(|row| row.id == id)
            .ok_or(AppError::NotFound)?;
        require_changeable(ctx, tx, &case, &row.indicator_code)?;
        store::evidence::set_removed(tx, &case.assessment, id, ctx.now)?;
        ctx.event(
            tx,
            &case.happening("evidence.removed", row.indicator_code.clone()),
        )?;
        Ok(row.indicator_code)
    })
}
