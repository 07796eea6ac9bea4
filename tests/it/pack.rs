//! The meeting pack: made beside the pages, read back from the paper.

use std::io::Write;
use std::process::{Command, Stdio};

use crate::pages::both;
use crate::town::{Browser, LAST, Town};

fn pack(period: &str) -> String {
    format!("/{period}/pack")
}

/// Has the pack made and gives its bytes; the page says where it is meanwhile.
fn made(browser: &Browser, period: &str) -> Vec<u8> {
    let page = browser.open(&pack(period));
    page.says_word("pack-make");
    browser.submit(&page, &pack(period), &[]).is(303);
    for _ in 0..2_400 {
        let page = browser.open(&pack(period));
        assert!(!page.text().contains("ساخته نشد"), "{}", page.text());
        if page.header("refresh").is_empty() {
            page.says_word("pack-ready");
            let file = browser.open(&format!("{}.pdf", pack(period)));
            assert_eq!(file.header("content-type"), "application/pdf");
            return file.bytes;
        }
        page.says_word("pack-begun");
        std::thread::sleep(std::time::Duration::from_millis(50));
    }
    panic!("the pack was never made");
}

/// The text of a PDF, page by page, as a reader's program gives it.
fn text(pdf: &[u8]) -> Vec<String> {
    let mut reader = Command::new("pdftotext")
        .args(["-", "-"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("poppler-utils is installed");
    let mut input = reader.stdin.take().expect("an input");
    let bytes = pdf.to_vec();
    let sending = std::thread::spawn(move || input.write_all(&bytes));
    let out = reader.wait_with_output().expect("read").stdout;
    sending.join().expect("sent").expect("all of it");
    let text = String::from_utf8(out).expect("text");
    text.split('\u{c}').map(str::to_owned).collect()
}

/// Letters as they are typed: without marks of direction and joining, and where the reader's program turns a pair of
/// joined letters around, the pair in one order.
fn plain(text: &str) -> String {
    let kept = text.chars().filter(|sign| {
        !matches!(
            sign,
            '\u{654}' | '\u{200c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}'
        )
    });
    let kept = kept.collect::<String>().replace("لا", "ال");
    kept.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn the_meeting_has_everything_on_one_paper_and_no_letter_is_lost() {
    let town = Town::new();
    let governor = town.browser("governor");
    both(&governor, &pack(LAST));
    let page = governor.open("/resolutions/new?agency=INF-01");
    let text_of = "جانشین معرفی شود 😀\u{202e}abc\u{202c} #let x = 1 $y$ *z* @ref <tag>";
    let fields = [("text", text_of), ("kind", "deed"), ("days", "5")];
    governor.submit(&page, "/resolutions", &fields).is(303);
    let pdf = made(&governor, LAST);
    if let Some(folder) = std::env::var_os("MIZAN_SHOW_PAGES") {
        let path = std::path::Path::new(&folder).join("pack.pdf");
        std::fs::write(path, &pdf).expect("the paper is kept to be looked at");
    }
    assert!(pdf.starts_with(b"%PDF-"));
    let pages = text(&pdf);
    assert!(
        pages.len() > 68,
        "a sheet for every agency: {}",
        pages.len()
    );
    let first = plain(&pages[0]);
    for said in [
        "دفترچه نشست",
        "چه کسی بالا رفت",
        "آنچه نشست باید تصمیم بگیرد",
    ] {
        let said = said.replace("دفترچه", "دفترچهٔ");
        assert!(first.contains(&plain(&said)), "{said}\n{first}");
    }
    let all = plain(&pages.join(" "));
    assert!(
        all.contains("جانشین معرفی شود"),
        "the words of a resolution stand in their order"
    );
    assert!(
        all.contains("#let x = 1 $y$ *z* @ref <tag"),
        "what people write is never read as source"
    );
    assert!(!all.contains('😀') && !all.contains('\u{fffd}'));
    let prose: String = first.chars().filter(|sign| sign.is_ascii_digit()).collect();
    assert!(prose.is_empty(), "digits are Persian: {prose}\n{first}");
    let log = town.log();
    assert!(log.iter().any(|event| event.action == "pack.made"));
}

#[test]
fn a_pack_is_for_those_who_hold_the_meeting() {
    let town = Town::new();
    town.manager_of("INF-01").get(&pack(LAST)).is(403);
    let governor = town.browser("governor");
    let file = governor.get(&format!("{}.pdf", pack(LAST)));
    file.is(303).leads_to(&pack(LAST));
}

#[test]
fn an_english_pack_is_made_too() {
    let town = Town::new();
    let governor = town.browser("governor");
    governor.get("/account?lang=en").is(303);
    let page = governor.open(&pack(LAST));
    governor.submit(&page, &pack(LAST), &[]).is(303);
    for _ in 0..2_400 {
        let page = governor.open(&pack(LAST));
        if page.header("refresh").is_empty() {
            break;
        }
        std::thread::sleep(std::time::Duration::from_millis(50));
    }
    let file = governor.open(&format!("{}.pdf", pack(LAST)));
    let pages = text(&file.bytes);
    assert!(pages[0].contains("Meeting pack") && pages[0].contains("Who rose"));
}
