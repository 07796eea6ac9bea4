//! The archive that a workbook is: nothing in it twice, nothing without end, nothing that reaches outside.

use std::io::{Cursor, Read as _};

use super::filled::Refusal;
use crate::domain::evidence::entries;

/// How many files real workbooks hold at most, and how many bytes once unpacked.
const MOST_FILES: usize = 300;
const MOST_UNPACKED: u64 = 20 << 20;

/// Looks through a whole archive, unpacking and counting.
pub fn check(bytes: &[u8]) -> Result<(), Refusal> {
    let names = entries(bytes).ok_or(Refusal::Unreadable)?;
    if names.len() > MOST_FILES {
        return Err(Refusal::TooMuch);
    }
    let mut lower: Vec<Vec<u8>> = names.iter().map(|name| name.to_ascii_lowercase()).collect();
    lower.sort();
    if lower.windows(2).any(|two| two[0] == two[1]) {
        return Err(Refusal::Unreadable);
    }
    let unreadable = |_| Refusal::Unreadable;
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).map_err(|_| Refusal::Unreadable)?;
    let mut left = MOST_UNPACKED;
    for place in 0..archive.len() {
        let file = archive.by_index(place).map_err(|_| Refusal::Unreadable)?;
        let mut unpacked = Vec::new();
        file.take(left + 1)
            .read_to_end(&mut unpacked)
            .map_err(unreadable)?;
        let size = unpacked.len() as u64;
        if size > left {
            return Err(Refusal::TooMuch);
        }
        left -= size;
        // No program writes these into a workbook; they are how a file names other files.
        if holds(&unpacked, b"<!DOCTYPE") || holds(&unpacked, b"<!ENTITY") {
            return Err(Refusal::Unreadable);
        }
    }
    Ok(())
}

fn holds(text: &[u8], word: &[u8]) -> bool {
    let starts = text.iter().enumerate().filter(|(_, sign)| **sign == b'<');
    let mut words = starts.filter_map(|(at, _)| text.get(at..at + word.len()));
    words.any(|found| found.eq_ignore_ascii_case(word))
}
