//! A workbook on a person's own computer: cells are typed into it, and whoever is clever takes it apart.

use std::io::{Cursor, Read as _, Write as _};

use calamine::{Data, Reader as _, Xlsx};
use zip::write::SimpleFileOptions;

/// The columns as the sheet has them.
const LETTERS: [(&str, char); 7] = [
    ("code", 'A'),
    ("choice", 'F'),
    ("value", 'G'),
    ("numerator", 'H'),
    ("denominator", 'I'),
    ("na_reason", 'J'),
    ("note", 'K'),
];

/// The files of a workbook.
#[derive(Clone)]
pub struct Paper {
    pub files: Vec<(String, Vec<u8>)>,
}

impl Paper {
    /// Opens a workbook.
    pub fn open(bytes: &[u8]) -> Paper {
        let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).expect("an archive");
        let files = (0..archive.len()).map(|place| {
            let mut file = archive.by_index(place).expect("a file");
            let mut text = Vec::new();
            file.read_to_end(&mut text).expect("its bytes");
            (file.name().expect("a name").into_owned(), text)
        });
        Paper {
            files: files.collect(),
        }
    }

    /// Saves it.
    pub fn save(&self) -> Vec<u8> {
        let mut archive = zip::ZipWriter::new(Cursor::new(Vec::new()));
        for (name, bytes) in &self.files {
            let options = SimpleFileOptions::default();
            archive.start_file(name, options).expect("a file");
            archive.write_all(bytes).expect("its bytes");
        }
        archive.finish().expect("a whole archive").into_inner()
    }

    /// Changes the text of a file inside.
    #[track_caller]
    pub fn change(&mut self, file: &str, change: impl FnOnce(String) -> String) {
        let found = self.files.iter_mut().find(|(name, _)| name == file);
        let (_, bytes) = found.unwrap_or_else(|| panic!("no {file}"));
        let text = String::from_utf8(std::mem::take(bytes)).expect("text");
        *bytes = change(text).into_bytes();
    }

    /// Puts this XML in the place of a cell of the first sheet.
    #[track_caller]
    pub fn put(&mut self, cell: &str, xml: &str) {
        self.change("xl/worksheets/sheet1.xml", |text| {
            let start = text.find(&format!("<c r=\"{cell}\""));
            let start = start.unwrap_or_else(|| panic!("no cell {cell}"));
            let rest = &text[start..];
            let head = rest.find('>').expect("an end");
            let end = match rest.as_bytes()[head - 1] {
                b'/' => head + 1,
                _ => rest.find("</c>").expect("an end") + 4,
            };
            format!("{}{xml}{}", &text[..start], &rest[end..])
        });
    }

    /// Types into a cell by the code of the row and the name of the column.
    #[track_caller]
    pub fn fill(&mut self, code: &str, column: &str, typed: &str) {
        let cell = self.cell(code, column);
        let safe = typed.replace('&', "&amp;").replace('<', "&lt;");
        let xml = format!("<c r=\"{cell}\" t=\"inlineStr\"><is><t>{safe}</t></is></c>");
        self.put(&cell, &xml);
    }

    /// The address of a cell.
    #[track_caller]
    pub fn cell(&self, code: &str, column: &str) -> String {
        let letter = LETTERS.iter().find(|(name, _)| *name == column);
        let (_, letter) = letter.unwrap_or_else(|| panic!("no column {column}"));
        let mut book: Xlsx<_> = Xlsx::new(Cursor::new(self.save())).expect("a workbook");
        let sheet = book.worksheet_range_at(0).expect("a sheet").expect("read");
        let mut rows = sheet.rows();
        let place = rows.position(|row| row[0] == Data::String(code.to_owned()));
        let place = place.unwrap_or_else(|| panic!("no row of {code}"));
        format!("{letter}{}", place + 1)
    }
}
