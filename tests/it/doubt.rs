//! Soft warnings: answers that do not go together are asked about on the page, in the workbook and before the signature,
//! and stop nobody. Hard ones stop with a sentence.

use crate::pages::both;
use crate::town::{OPEN, Page, Town};
use crate::workbook::paper::Paper;

const AGENCY: &str = "INF-01";
const ODD: &str = "شمار همهٔ خدمات در SRV-01 و SRV-05 یکی نیست";

fn address(code: &str) -> String {
    format!("/{OPEN}/agencies/{AGENCY}/answers/{code}")
}

fn save(town: &Town, code: &str, fields: &[(&str, &str)]) -> Page {
    let manager = town.manager_of(AGENCY);
    let page = manager.open(&address(code));
    let mut all = vec![("choice", "value")];
    all.extend_from_slice(fields);
    manager.submit(&page, &address(code), &all)
}

#[test]
fn two_counts_that_differ_are_asked_about_until_somebody_says_why() {
    let town = Town::new();
    let of = |num, den| [("numerator", num), ("denominator", den)];
    save(&town, "SRV-01", &of("10", "20")).is(303);
    town.manager_of(AGENCY).open(&address("SRV-01")).lacks(ODD);
    save(&town, "SRV-05", &of("10", "25")).is(303);
    let manager = town.manager_of(AGENCY);
    for code in ["SRV-01", "SRV-05"] {
        manager.open(&address(code)).says(ODD);
    }
    both(&manager, &address("SRV-05"));
    let review = format!("/{OPEN}/agencies/{AGENCY}/review");
    manager.open(&review).says(ODD).lacks("توضیح دارد");
    both(&manager, &review);
    let mut explained = of("10", "25").to_vec();
    explained.push(("note", "پنج خدمت تازه در راه است"));
    save(&town, "SRV-05", &explained).is(303);
    for code in ["SRV-01", "SRV-05"] {
        manager.open(&address(code)).lacks(ODD);
    }
    manager.open(&review).says(ODD).says("توضیح دارد");
}

#[test]
fn a_workbook_says_what_will_not_go_together_before_it_is_taken_over() {
    let town = Town::new();
    let manager = town.manager_of(AGENCY);
    let path = format!("/{OPEN}/agencies/{AGENCY}/workbook");
    let mut paper = Paper::open(&manager.open(&format!("{path}.xlsx")).bytes);
    for (code, whole) in [("SRV-01", "20"), ("SRV-05", "25")] {
        paper.fill(code, "numerator", "10");
        paper.fill(code, "denominator", whole);
    }
    let brought = manager.upload(&path, &[], ("file", "workbook.xlsx", &paper.save()));
    manager.follow(brought.is(303)).says(ODD);
}

#[test]
fn a_date_in_a_cell_of_a_workbook_becomes_words_of_the_note_however_it_was_typed() {
    let town = Town::new();
    let manager = town.manager_of(AGENCY);
    let path = format!("/{OPEN}/agencies/{AGENCY}/workbook");
    let mut paper = Paper::open(&manager.open(&format!("{path}.xlsx")).bytes);
    for code in ["SRV-01", "SRV-02", "SRV-05"] {
        paper.fill(code, "numerator", "10");
        paper.fill(code, "denominator", "20");
    }
    paper.fill("SRV-01", "note", "۱۴۰۵/۰۶/۲۹");
    // The days after it as a spreadsheet writes them: by their ISO form, and counted with the form of a date.
    let iso = paper.cell("SRV-05", "note");
    paper.put(
        &iso,
        &format!("<c r=\"{iso}\" t=\"d\"><v>2026-09-21T00:00:00</v></c>"),
    );
    let mut style = 0;
    paper.change("xl/styles.xml", |text| {
        let count = text.split("<cellXfs count=\"").nth(1).expect("styles");
        let count = count.split('"').next().expect("a count");
        style = count.parse::<u32>().expect("a number");
        let date =
            "<xf numFmtId=\"14\" fontId=\"0\" fillId=\"0\" borderId=\"0\" xfId=\"0\"/></cellXfs>";
        text.replace("</cellXfs>", date)
    });
    let counted = paper.cell("SRV-02", "note");
    let xml = format!("<c r=\"{counted}\" s=\"{style}\"><v>46287</v></c>");
    paper.put(&counted, &xml);
    let brought = manager.upload(&path, &[], ("file", "workbook.xlsx", &paper.save()));
    let check = manager.follow(brought.is(303));
    check
        .says("۱۴۰۵/۰۶/۲۹")
        .says("1405/06/30")
        .says("1405/06/31");
}

#[test]
fn nothing_of_nothing_is_an_answer_and_something_of_nothing_or_a_book_for_a_note_is_none() {
    let town = Town::new();
    let of = |num, den| [("numerator", num), ("denominator", den)];
    save(&town, "SRV-01", &of("0", "0")).is(303);
    save(&town, "SRV-01", &of("1", "0"))
        .is(422)
        .says_word("problem-whole-zero");
    save(&town, "SRV-01", &of("21", "20"))
        .is(422)
        .says_word("problem-part-above-whole");
    let book = "ن".repeat(1 << 20);
    save(
        &town,
        "SRV-01",
        &[("numerator", "1"), ("denominator", "2"), ("note", &book)],
    )
    .is(413);
    let kept = town.claims_of(AGENCY);
    assert!(
        kept.iter()
            .any(|row| row.2.as_deref() == Some("{\"num\":0,\"den\":0}")),
        "{kept:?}"
    );
}
