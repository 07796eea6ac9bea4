//! A file that is brought as evidence: of an allowed kind by its name and by its content, with a harmless name.

use super::text;

/// The kinds of files that are taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FileKind {
    Pdf,
    Png,
    Jpeg,
    Webp,
    Docx,
    Xlsx,
}

/// Why a file is not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FileFault {
    /// Not one byte.
    Empty,
    /// The ending of its name is not one of the allowed.
    Ending,
    /// The content is something else than the name says.
    Content,
    /// A document with a program in it.
    Macro,
}

/// The longest name that is kept, in characters.
const LONGEST_NAME: usize = 120;
/// How many entries of a document are looked at; real ones have some dozens.
const MOST_ENTRIES: usize = 4_000;

impl FileKind {
    /// The endings a file may have, as a browser's file field wants them.
    pub const ENDINGS: &'static str = ".pdf,.jpg,.jpeg,.png,.webp,.docx,.xlsx";

    /// The kind of a file by its name and its content; both must say the same.
    pub fn of(name: &str, bytes: &[u8]) -> Result<FileKind, FileFault> {
        if bytes.is_empty() {
            return Err(FileFault::Empty);
        }
        let ending = name.trim().rsplit_once('.').map(|(_, ending)| ending);
        let ending = ending.unwrap_or_default().to_ascii_lowercase();
        let (kind, is_so) = match ending.as_str() {
            "pdf" => (FileKind::Pdf, infer::archive::is_pdf(bytes)),
            "png" => (FileKind::Png, infer::image::is_png(bytes)),
            "jpg" | "jpeg" => (FileKind::Jpeg, infer::image::is_jpeg(bytes)),
            "webp" => (FileKind::Webp, infer::image::is_webp(bytes)),
            "docx" => (FileKind::Docx, is_document(bytes, b"word/")?),
            "xlsx" => (FileKind::Xlsx, is_document(bytes, b"xl/")?),
            _ => return Err(FileFault::Ending),
        };
        if is_so {
            Ok(kind)
        } else {
            Err(FileFault::Content)
        }
    }

    /// The kind as the web names it.
    pub fn media_type(self) -> &'static str {
        match self {
            FileKind::Pdf => "application/pdf",
            FileKind::Png => "image/png",
            FileKind::Jpeg => "image/jpeg",
            FileKind::Webp => "image/webp",
            FileKind::Docx => {
                "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
            }
            FileKind::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        }
    }
}

/// Whether it is an office document with that folder. Its entries are only named, never unpacked.
fn is_document(bytes: &[u8], folder: &[u8]) -> Result<bool, FileFault> {
    let Some(names) = entries(bytes) else {
        return Ok(false);
    };
    if names.iter().any(|name| name.ends_with(b"vbaProject.bin")) {
        return Err(FileFault::Macro);
    }
    let has_types = names.iter().any(|name| *name == b"[Content_Types].xml");
    Ok(has_types && names.iter().any(|name| name.starts_with(folder)))
}

fn number(bytes: &[u8], at: usize, length: usize) -> Option<usize> {
    let part = bytes.get(at..at.checked_add(length)?)?;
    Some(
        part.iter()
            .rev()
            .fold(0, |sum, byte| sum << 8 | usize::from(*byte)),
    )
}

/// The names in the directory at the end of a zip; `None` where it is none, is cut off or has too many.
pub fn entries(bytes: &[u8]) -> Option<Vec<&[u8]>> {
    const END: &[u8] = b"PK\x05\x06";
    const ENTRY: &[u8] = b"PK\x01\x02";
    if !bytes.starts_with(b"PK\x03\x04") {
        return None;
    }
    // The end mark stands before a comment of at most 64 KiB.
    let from = bytes.len().saturating_sub(22 + 65_535);
    let tail = bytes.get(from..)?;
    let end = from + tail.windows(4).rposition(|four| four == END)?;
    let count = number(bytes, end + 10, 2)?;
    let mut at = number(bytes, end + 16, 4)?;
    if count > MOST_ENTRIES {
        return None;
    }
    let mut names = Vec::with_capacity(count);
    for _ in 0..count {
        if bytes.get(at..at.checked_add(4)?)? != ENTRY {
            return None;
        }
        let lengths = [28, 30, 32].map(|field| number(bytes, at + field, 2));
        let [name, extra, comment] = lengths;
        let (name, rest) = (name?, extra? + comment?);
        names.push(bytes.get(at + 46..at + 46 + name)?);
        at += 46 + name + rest;
    }
    Some(names)
}

/// The name a file is shown and saved under: its last part, without anything that turns, hides or breaks a line,
/// and not too long. The ending stays.
pub fn title(name: &str) -> String {
    let last = name.rsplit(['/', '\\']).next().unwrap_or_default();
    let visible: String = last.chars().filter(|sign| !sign.is_control()).collect();
    let clean = text::line(&visible, usize::MAX).unwrap_or_default();
    let clean = clean.trim_start_matches('.');
    let (stem, ending) = clean.rsplit_once('.').unwrap_or((clean, ""));
    let ending: String = ending.chars().take(8).collect();
    let room = LONGEST_NAME - ending.chars().count() - 1;
    let stem: String = stem.chars().take(room).collect();
    match (stem.is_empty(), ending.is_empty()) {
        (true, true) => "file".to_owned(),
        (true, false) => format!("file.{ending}"),
        (false, true) => stem,
        (false, false) => format!("{stem}.{ending}"),
    }
}

/// A name under which a picture is kept that was put together anew as another kind.
pub fn with_ending(name: &str, kind: FileKind) -> String {
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    let ending = if kind == FileKind::Png { "png" } else { "jpg" };
    format!("{stem}.{ending}")
}

/// The header that makes a browser save a file under its name (RFC 6266). Only ASCII, whatever the name is.
pub fn attachment(title: &str) -> String {
    let mut header = "attachment; filename*=UTF-8''".to_owned();
    for byte in title.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' => {
                header.push(char::from(byte));
            }
            byte => header.push_str(&format!("%{byte:02X}")),
        }
    }
    header
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_harmless_and_keeps_its_ending() {
        assert_eq!(title("../../../etc/cron.d/x"), "x");
        assert_eq!(title("C:\\x\\گزارش.pdf"), "گزارش.pdf");
        assert_eq!(
            title("\u{202e}gpj.exe\r\nset-cookie: a.pdf"),
            "gpj.exeset-cookie: a.pdf"
        );
        assert_eq!(
            title(&format!("{}.pdf", "ن".repeat(400))).chars().count(),
            LONGEST_NAME
        );
        assert_eq!(title("..pdf"), "pdf");
        assert_eq!(title("\0"), "file");
    }

    #[test]
    fn a_header_has_no_sign_that_could_end_it() {
        let header = attachment("\"; filename=evil.exe\r\nx: ؟.pdf");
        assert!(
            header.is_ascii() && !header.contains(['"', '\r', '\n', ' ', ';'].as_slice())
                || header.matches(';').count() == 1 && !header.contains(['"', '\r', '\n'])
        );
    }

    #[test]
    fn a_cut_off_document_is_no_document() {
        let short = b"PK\x03\x04 PK\x05\x06\0\0\0\0\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff";
        for end in 0..short.len() {
            assert!(FileKind::of("a.docx", &short[..end]).is_err());
        }
    }
}
