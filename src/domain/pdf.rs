//! A PDF that is brought as evidence: whole, and without anything that runs or hides inside it. Only what lies open is
//! read; streams that are packed stay packed.

/// Why a PDF is not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PdfFault {
    /// Its end is missing: it was cut off on its way.
    CutOff,
    /// It runs a program.
    Runs,
    /// Another file is hidden in it.
    Hides,
}

/// The end mark stands in the last so many bytes.
const TAIL: usize = 1_024;

/// Looks through a PDF that begins like one.
pub fn check(bytes: &[u8]) -> Result<(), PdfFault> {
    let blank = |byte: &u8| byte.is_ascii_whitespace() || *byte == 0;
    let end = bytes
        .iter()
        .rposition(|byte| !blank(byte))
        .map_or(0, |at| at + 1);
    let whole = bytes.get(..end).unwrap_or_default();
    let tail = whole.get(end.saturating_sub(TAIL)..).unwrap_or_default();
    if !tail.windows(5).any(|five| five == b"%%EOF") {
        return Err(PdfFault::CutOff);
    }
    for name in names(whole) {
        match name.as_slice() {
            b"JavaScript" | b"Launch" => return Err(PdfFault::Runs),
            b"EmbeddedFile" | b"EmbeddedFiles" => return Err(PdfFault::Hides),
            _ => {}
        }
    }
    Ok(())
}

/// No name that is asked for is longer, even where every letter is written as `#41`.
const LONGEST_NAME: usize = 60;

/// The names in a PDF, with `#41` read as the letter it stands for.
fn names(bytes: &[u8]) -> impl Iterator<Item = Vec<u8>> + '_ {
    let starts = bytes.iter().enumerate().filter(|(_, byte)| **byte == b'/');
    starts.map(|(at, _)| {
        let rest = bytes.get(at + 1..).unwrap_or_default();
        let is_part = |byte: &u8| byte.is_ascii_graphic() && !b"()<>[]{}/%".contains(byte);
        let length = rest
            .iter()
            .take(LONGEST_NAME)
            .take_while(|byte| is_part(byte))
            .count();
        unescaped(rest.get(..length).unwrap_or_default())
    })
}

fn unescaped(name: &[u8]) -> Vec<u8> {
    let mut plain = Vec::with_capacity(name.len());
    let mut rest = name;
    while let Some((first, after)) = rest.split_first() {
        let digits = after.get(..2).and_then(|two| std::str::from_utf8(two).ok());
        let letter = digits.and_then(|two| u8::from_str_radix(two, 16).ok());
        match letter.filter(|_| *first == b'#') {
            Some(letter) => {
                plain.push(letter);
                rest = after.get(2..).unwrap_or_default();
            }
            None => {
                plain.push(*first);
                rest = after;
            }
        }
    }
    plain
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_runs_or_hides_is_found_however_it_is_written() {
        let of = |inside: &str| check(format!("%PDF-1.4\n{inside}\n%%EOF\n\n").as_bytes());
        assert_eq!(of("1 0 obj <</Type /Catalog>> endobj"), Ok(()));
        assert_eq!(of("<</S /JavaScript /JS (x)>>"), Err(PdfFault::Runs));
        assert_eq!(of("<</S/J#61vaScript/JS (x)>>"), Err(PdfFault::Runs));
        assert_eq!(of("<</S /Launch /F (x)>>"), Err(PdfFault::Runs));
        assert_eq!(
            of("<</Names<</EmbeddedFiles 3 0 R>>>>"),
            Err(PdfFault::Hides)
        );
        assert_eq!(of("(how to /JavaScripting)"), Ok(()));
    }

    #[test]
    fn a_pdf_without_its_end_was_cut_off() {
        assert_eq!(
            check(b"%PDF-1.4\n1 0 obj <<>> endobj"),
            Err(PdfFault::CutOff)
        );
        assert_eq!(check(b""), Err(PdfFault::CutOff));
    }
}
