//! Where files are kept, what is looked at before one is, and how much room there is.

use std::borrow::Cow;

use super::super::{AppError, Case, Ctx, Problem};
use crate::domain::evidence::{self as rule, FileFault, FileKind};
use crate::domain::pdf::{self, PdfFault};
use crate::photo::{self, PhotoFault};
use crate::scan::{self, ScanFault};
use crate::store::file::Files;
use crate::store::{self, Conn};

/// Where files of evidence are kept, and how much an agency may bring.
pub struct Shelf {
    pub files: Files,
    /// The largest file, in megabytes.
    pub file_megabytes: i64,
    /// All files of an agency in one quarter, in megabytes.
    pub agency_megabytes: i64,
    /// The virus scanner that is asked before a file is kept, as `host:port`; none asks nobody.
    pub scanner: Option<String>,
}

const MEGABYTE: i64 = 1024 * 1024;

/// A file that may be kept, as it will be kept.
pub struct Fit<'a> {
    pub title: String,
    pub media_type: &'static str,
    pub bytes: Cow<'a, [u8]>,
}

impl Shelf {
    /// Looks a file through: its size, its kind by name and content, what may hide in it; photographs are made anew.
    pub fn look_through<'a>(&self, name: &str, bytes: &'a [u8]) -> Result<Fit<'a>, Problem> {
        self.require_size(rule_size(bytes))?;
        let at_file = |key| Problem::at("file", key);
        let kind = FileKind::of(name, bytes).map_err(|fault| at_file(file_fault(fault)))?;
        if kind == FileKind::Pdf {
            pdf::check(bytes).map_err(|fault| at_file(pdf_fault(fault)))?;
        }
        self.scan(bytes)?;
        let title = rule::title(name);
        let Some(clean) = photo::clean(kind, bytes) else {
            return Ok(Fit {
                title,
                media_type: kind.media_type(),
                bytes: Cow::Borrowed(bytes),
            });
        };
        let clean = clean.map_err(|fault| at_file(photo_fault(fault)))?;
        Ok(Fit {
            title: if clean.kind == kind {
                title
            } else {
                rule::with_ending(&title, clean.kind)
            },
            media_type: clean.kind.media_type(),
            bytes: Cow::Owned(clean.bytes),
        })
    }

    /// Refuses a file that is larger than one may be.
    pub fn require_size(&self, size: i64) -> Result<(), Problem> {
        if size > self.file_megabytes * MEGABYTE {
            return Err(too_much("problem-file-large", self.file_megabytes));
        }
        Ok(())
    }

    /// Asks the virus scanner, where there is one. What it did not look through is not kept.
    pub fn scan(&self, bytes: &[u8]) -> Result<(), Problem> {
        let Some(address) = &self.scanner else {
            return Ok(());
        };
        scan::scan(address, bytes).map_err(|fault| {
            let key = match fault {
                ScanFault::Found => "problem-file-virus",
                ScanFault::TooLarge => "problem-file-scan-large",
                ScanFault::Silent => "problem-file-scan-silent",
            };
            Problem::at("file", key)
        })
    }
}

/// The size of a file in the rows of the database.
pub fn rule_size(bytes: &[u8]) -> i64 {
    i64::try_from(bytes.len()).unwrap_or(i64::MAX)
}

fn too_much(key: &'static str, megabytes: i64) -> Problem {
    Problem {
        field: "file".to_owned(),
        key,
        arguments: vec![("megabytes", megabytes.to_string())],
    }
}

fn file_fault(fault: FileFault) -> &'static str {
    match fault {
        FileFault::Empty => "problem-file-empty",
        FileFault::Ending => "problem-file-ending",
        FileFault::Content => "problem-file-content",
        FileFault::Macro => "problem-file-macro",
    }
}

fn pdf_fault(fault: PdfFault) -> &'static str {
    match fault {
        PdfFault::CutOff => "problem-file-cut-off",
        PdfFault::Runs => "problem-file-runs",
        PdfFault::Hides => "problem-file-hides",
    }
}

fn photo_fault(fault: PhotoFault) -> &'static str {
    match fault {
        PhotoFault::Flood => "problem-file-flood",
        PhotoFault::Unreadable => "problem-file-picture",
    }
}

/// Whether all files of an agency's quarter have room for one more of that size.
pub fn require_quota(
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

/// Takes a file away again that no row names: it was put in its place by a write that did not last.
pub fn forget(ctx: &Ctx, shelf: &Shelf, sha256: &str) {
    let forgotten: Result<(), AppError> = ctx.store.write(|tx| {
        let is_named = store::evidence::is_named(tx, sha256)?;
        let is_elsewhere =
            store::workbook::is_named(tx, sha256)? || store::sheet::is_named(tx, sha256)?;
        if !is_named && !is_elsewhere {
            shelf.files.remove(sha256)?;
        }
        Ok(())
    });
    if let Err(error) = forgotten {
        tracing::warn!(?error, "a file without a row may be left in the folder");
    }
}
