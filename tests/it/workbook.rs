//! The manager takes the checklist as a workbook, fills it in without a line, and brings it back.

use std::io::Cursor;

use calamine::{Data, Reader, SheetVisible, Xlsx};

use crate::pages::both;
use crate::town::{OPEN, Town};

const AGENCY: &str = "INF-01";

fn page() -> String {
    format!("/{OPEN}/agencies/{AGENCY}/workbook")
}

fn open(bytes: Vec<u8>) -> Xlsx<Cursor<Vec<u8>>> {
    Xlsx::new(Cursor::new(bytes)).expect("a workbook that opens")
}

/// The row of an indicator, as texts.
fn row(book: &mut Xlsx<Cursor<Vec<u8>>>, code: &str) -> Vec<String> {
    let sheet = book.worksheet_range_at(0).expect("a sheet").expect("read");
    let found = sheet
        .rows()
        .find(|row| row[0] == Data::String(code.to_owned()));
    let found = found.unwrap_or_else(|| panic!("no row of {code}"));
    found.iter().map(|cell| cell.to_string()).collect()
}

#[test]
fn a_manager_finds_questions_guidance_and_present_answers_in_the_workbook() {
    let town = Town::new();
    let manager = town.manager_of(AGENCY);
    town.fill_in(AGENCY);
    both(&manager, &page());
    let file = manager.open(&format!("{}.xlsx", page()));
    assert_eq!(
        file.header("content-disposition"),
        "attachment; filename=\"mizan-1405-Q2-INF-01.xlsx\""
    );
    let mut book = open(file.bytes);
    let names: Vec<_> = book.sheets_metadata().to_vec();
    assert_eq!(names[0].name, "کاربرگ");
    assert!(
        names[1..]
            .iter()
            .all(|one| one.visible != SheetVisible::Visible)
    );
    let level = row(&mut book, "DSP-02");
    assert_eq!(level[1], "پوشش پیوسته ساعات اداری و جانشین نام‌دار");
    assert!(level[2].starts_with("شمارش می‌شود"), "{level:?}");
    assert_eq!(level[5], "پاسخ می‌دهیم");
    assert!(level[6].contains(": "), "the level by its words: {level:?}");
    let ratio = row(&mut book, "DSP-04");
    assert!(ratio[6].is_empty() && !ratio[7].is_empty() && !ratio[8].is_empty());
}
