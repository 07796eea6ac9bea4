//! The manager takes the checklist as a workbook, fills it in without a line, and brings it back.

mod hostile;
mod office;
pub mod paper;

use std::io::Cursor;

use calamine::{Data, Reader, SheetVisible, Xlsx};
use mizan::domain::access::Role;
use mizan::domain::period::State;

use crate::pages::both;
use crate::town::{Browser, LAST, OPEN, Page, Town};
use paper::Paper;

pub const AGENCY: &str = "INF-01";

fn page() -> String {
    format!("/{OPEN}/agencies/{AGENCY}/workbook")
}

fn answer(code: &str) -> String {
    format!("/{OPEN}/agencies/{AGENCY}/answers/{code}")
}

/// Takes the workbook of an agency from its page.
#[track_caller]
fn taken(by: &Browser, agency: &str) -> Paper {
    let file = by.open(&format!("/{OPEN}/agencies/{agency}/workbook.xlsx"));
    Paper::open(&file.bytes)
}

/// Brings a file back on the page.
fn bring(by: &Browser, bytes: &[u8]) -> Page {
    by.open(&page());
    by.upload(&page(), &[], ("file", "کاربرگ من.xlsx", bytes))
}

/// Confirms what the page shows.
#[track_caller]
fn confirm(by: &Browser, shown: &Page) -> Page {
    let action = shown.path.clone();
    by.submit(shown, &action, &[])
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

/// How often the log has a deed.
fn times(town: &Town, action: &str) -> usize {
    town.log().iter().filter(|row| row.action == action).count()
}

/// The claim of an indicator as it is kept.
fn claim(town: &Town, code: &str) -> String {
    let all = town.claims_of(AGENCY).into_iter();
    let found = all.filter(|(known, ..)| known == code);
    let claims = found.map(|(.., claim)| claim.unwrap_or_default());
    claims.collect()
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
        "attachment; filename*=UTF-8''mizan-1405-Q2-INF-01.xlsx"
    );
    let mut book = open(file.bytes);
    let names: Vec<_> = book.sheets_metadata().to_vec();
    assert_eq!(names[0].name, "کاربرگ");
    let is_hidden = |one: &calamine::Sheet| one.visible != SheetVisible::Visible;
    assert!(names[1..].iter().all(is_hidden));
    let level = row(&mut book, "DSP-02");
    assert_eq!(level[1], "پوشش پیوسته ساعات اداری و جانشین نام‌دار");
    assert!(level[2].starts_with("شمارش می‌شود"), "{level:?}");
    assert_eq!(level[5], "پاسخ می‌دهیم");
    assert!(level[6].contains(": "), "the level by its words: {level:?}");
    let ratio = row(&mut book, "DSP-04");
    assert!(ratio[6].is_empty() && !ratio[7].is_empty() && !ratio[8].is_empty());
}

#[test]
fn a_manager_fills_it_in_offline_sees_what_changes_and_confirms() {
    let town = Town::new();
    let manager = town.manager_of(AGENCY);
    let mut paper = taken(&manager, AGENCY);
    // Persian and Arabic digits, and the words of the lists with letters of another keyboard.
    paper.fill("DSP-02", "value", "۲");
    paper.fill("DSP-03", "choice", "پاسخي نداريم");
    paper.fill("DSP-04", "numerator", "١٧٢");
    paper.fill("DSP-04", "denominator", "190");
    paper.fill("DSP-04", "note", "=SUM(A1) از سامانه");
    let brought = bring(&manager, &paper.save());
    let shown = manager.follow(&brought);
    shown.is(200).says("۱۷۲ از ۱۹۰").says("پاسخی نداریم");
    both(&manager, &shown.path);
    assert_eq!(
        times(&town, "answer.saved"),
        0,
        "nothing before the confirmation"
    );
    confirm(&manager, &shown).leads_to(&page());
    manager.open(&answer("DSP-04")).says("=SUM(A1) از سامانه");
    manager.open(&page()).says("کاربرگ من.xlsx");
    both(&manager, &page());
    assert_eq!(times(&town, "answer.saved"), 3);
    let log = town.log();
    let event = log.iter().find(|row| row.action == "workbook.taken");
    let event = event.expect("an event");
    let hash = event.body.split(' ').next().unwrap_or_default();
    assert_eq!(hash.len(), 64, "{}", event.body);
    // What came is kept as it came, and a note that looks like a formula goes out as a text.
    let file = format!("{}/file", shown.path);
    assert_eq!(manager.open(&file).bytes, paper.save());
    let mut again = open(taken(&manager, AGENCY).save());
    assert_eq!(row(&mut again, "DSP-04")[10], "=SUM(A1) از سامانه");
    let formulas = again.worksheet_formula("کاربرگ").expect("read");
    assert!(formulas.is_empty());
}

#[test]
fn confirming_twice_saves_once_and_the_same_workbook_again_changes_nothing() {
    let town = Town::new();
    let manager = town.manager_of(AGENCY);
    let mut paper = taken(&manager, AGENCY);
    paper.fill("DSP-02", "value", "3");
    let shown = manager.follow(&bring(&manager, &paper.save()));
    confirm(&manager, &shown).leads_to(&page());
    confirm(&manager, &shown).leads_to(&page());
    assert_eq!(times(&town, "answer.saved"), 1);
    bring(&manager, &paper.save())
        .is(200)
        .says_word("workbook-nothing-changes");
    let unchanged = taken(&manager, AGENCY);
    bring(&manager, &unchanged.save())
        .is(200)
        .says_word("workbook-nothing-changes");
    assert_eq!(times(&town, "answer.saved"), 1);
}

#[test]
fn every_wrong_cell_is_told_with_its_place_and_what_to_do_and_nothing_is_saved() {
    let town = Town::new();
    let manager = town.manager_of(AGENCY);
    let mut paper = taken(&manager, AGENCY);
    paper.fill("DSP-02", "value", "9");
    paper.fill("DSP-03", "value", "دو");
    paper.fill("DSP-04", "numerator", "200");
    paper.fill("DSP-04", "denominator", "190");
    paper.fill("DSS-01", "value", "3");
    let both_said = paper.cell("DSS-01", "choice");
    paper.fill("DSS-01", "choice", "پاسخی نداریم");
    let cell = paper.cell("RSP-02", "numerator");
    paper.put(&cell, &format!("<c r=\"{cell}\"><f>1+1</f><v>2</v></c>"));
    paper.fill("RSP-03", "note", &"ن".repeat(5_000));
    paper.fill("RSP-03", "choice", "پاسخی نداریم");
    let told = bring(&manager, &paper.save());
    told.is(422);
    for (place, remedy) in [
        (paper.cell("DSP-02", "value"), "عدد باید"),
        (paper.cell("DSP-03", "value"), "عدد را به رقم بنویسید"),
        (paper.cell("DSP-04", "numerator"), "صورت باید از مخرج"),
        (both_said, "یکی را بردارید"),
        (cell, "فرمول خوانده نمی‌شود"),
        (paper.cell("RSP-03", "note"), "کوتاه‌تر"),
    ] {
        let (letter, row) = place.split_at(1);
        let row = mizan::domain::number::to_persian(row);
        told.says(&format!("سطر {row}، ستون {letter}")).says(remedy);
    }
    assert_eq!(town.rows("answers", AGENCY), 0);
    assert_eq!(town.rows("workbooks", AGENCY), 0);
}

#[test]
fn what_a_colleague_saved_meanwhile_stays_unless_the_manager_says_otherwise() {
    let town = Town::new();
    let manager = town.manager_of(AGENCY);
    let mut paper = taken(&manager, AGENCY);
    let deputy = town.browser(&town.person_of(Role::Deputy, AGENCY));
    for code in ["DSP-02", "DSP-03"] {
        let page = deputy.open(&answer(code));
        deputy
            .submit(&page, &answer(code), &[("value", "1")])
            .is(303);
    }
    paper.fill("DSP-02", "value", "3");
    paper.fill("DSS-01", "value", "2");
    let shown = manager.follow(&bring(&manager, &paper.save()));
    shown.says("کارمند").says_word("workbook-take-mine");
    confirm(&manager, &shown).leads_to(&page());
    let value = |code: &str| claim(&town, code);
    assert_eq!(value("DSP-02"), "{\"level\":1}", "the colleague's stays");
    assert_eq!(
        value("DSP-03"),
        "{\"level\":1}",
        "an empty row changes nothing"
    );
    assert_eq!(value("DSS-01"), "{\"level\":2}");
    let shown = manager.follow(&bring(&manager, &paper.save()));
    let action = shown.path.clone();
    manager
        .submit(&shown, &action, &[("take-DSP-02", "1")])
        .leads_to(&page());
    assert_eq!(
        value("DSP-02"),
        "{\"level\":3}",
        "the manager has seen both"
    );
}

#[test]
fn a_change_between_look_and_confirmation_is_shown_and_nothing_is_saved() {
    let town = Town::new();
    let manager = town.manager_of(AGENCY);
    let mut paper = taken(&manager, AGENCY);
    paper.fill("DSP-02", "value", "3");
    paper.fill("DSS-01", "value", "2");
    let shown = manager.follow(&bring(&manager, &paper.save()));
    let form = manager.open(&answer("DSP-02"));
    manager
        .submit(&form, &answer("DSP-02"), &[("value", "1")])
        .is(303);
    let told = confirm(&manager, &shown);
    told.is(409).says_word("workbook-conflict");
    assert_eq!(town.rows("answers", AGENCY), 1, "all or nothing");
}

#[test]
fn a_workbook_of_another_agency_or_quarter_or_without_a_column_is_recognised() {
    let town = Town::new();
    let manager = town.manager_of(AGENCY);
    let other = town.manager_of("GEN-02");
    let foreign = taken(&other, "GEN-02");
    bring(&manager, &foreign.save())
        .is(422)
        .says_word("problem-workbook-agency");
    let last = format!("/{LAST}/agencies/{AGENCY}/workbook.xlsx");
    let last = manager.open(&last);
    bring(&manager, &last.bytes)
        .is(422)
        .says_word("problem-workbook-period");
    let mut cut = taken(&manager, AGENCY);
    cut.put("G3", "");
    bring(&manager, &cut.save()).is(422).says("مقدار؛");
    let mut twice = taken(&manager, AGENCY);
    twice.fill("DSP-03", "code", "DSP-02");
    bring(&manager, &twice.save())
        .is(422)
        .says_word("problem-workbook-twice");
    let mut plain = twice.clone();
    plain.change("xl/workbook.xml", |text| text.replace("\"mizan\"", "\"x\""));
    bring(&manager, &plain.save())
        .is(422)
        .says_word("problem-workbook-foreign");
    bring(&manager, b"").is(422).says_word("problem-file-empty");
    manager
        .upload(&page(), &[], ("file", "report.pdf", b"%PDF-1.7"))
        .is(422)
        .says_word("problem-workbook-ending");
    assert_eq!(town.rows("workbooks", AGENCY), 0);
}

#[test]
fn after_hand_in_and_after_the_deadline_the_workbook_is_refused_in_the_words_of_the_page() {
    let town = Town::new();
    let manager = town.manager_of(AGENCY);
    let mut paper = taken(&manager, AGENCY);
    paper.fill("DSP-02", "value", "3");
    let shown = manager.follow(&bring(&manager, &paper.save()));
    town.hand_in(AGENCY);
    manager
        .upload(&page(), &[], ("file", "a.xlsx", &paper.save()))
        .is(409)
        .says_word("refused-handed-in");
    manager
        .post(&shown.path, &[])
        .is(409)
        .says_word("refused-handed-in");
    manager.open(&page()).says_word("refused-handed-in");
    let town = Town::new();
    town.go_to(State::Closed);
    let manager = town.manager_of(AGENCY);
    manager
        .upload(&page(), &[], ("file", "a.xlsx", &paper.save()))
        .is(409)
        .says_word("refused-not-open");
}
