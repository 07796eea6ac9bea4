//! Files of evidence: what is taken, what is refused, who gets them, and how they are sent.

use std::fs;
use std::path::Path;

use image::ImageFormat;

use super::evidence_days::zip;
use crate::pages::both;
use crate::town::{Browser, Engine, OPEN, Page, Town};

pub(super) const AGENCY: &str = "INF-01";
/// Asks for a letter.
pub(super) const ANSWER: &str = "/1405-Q2/agencies/INF-01/answers/DSP-03";
pub(super) const PDF: &[u8] = b"%PDF-1.4\n1 0 obj <</Type /Catalog /Pages 2 0 R>> endobj\n%%EOF";

pub(super) fn evidence() -> String {
    format!("{ANSWER}/evidence")
}

pub(super) fn bring(browser: &Browser, name: &str, bytes: &[u8]) -> Page {
    browser.open(ANSWER);
    let fields = [("kind", "letter"), ("link", "")];
    browser.upload(&evidence(), &fields, ("file", name, bytes))
}

/// The addresses of files on the answer's page.
fn files(browser: &Browser) -> Vec<String> {
    let start = format!("/{OPEN}/agencies/{AGENCY}/evidence/");
    let links = browser.open(ANSWER).links().into_iter();
    links.filter(|link| link.starts_with(&start)).collect()
}

/// How many files lie in the folder.
pub(super) fn kept(town: &Town) -> usize {
    fn count(folder: &Path) -> usize {
        let all = fs::read_dir(folder).expect("the folder of files");
        all.map(|one| one.expect("an entry").path())
            .map(|path| if path.is_dir() { count(&path) } else { 1 })
            .sum()
    }
    count(&town.state.config.files)
}

#[test]
fn a_manager_brings_a_file_and_gets_the_same_bytes_back() {
    for engine in Engine::all() {
        let town = Town::on(engine);
        let manager = town.manager_of(AGENCY);
        bring(&manager, "ابلاغ.pdf", PDF).leads_to(&format!("{ANSWER}#evidence-title"));
        manager.open(ANSWER).says("ابلاغ.pdf").says("نامه یا ابلاغ");
        both(&manager, ANSWER);
        let address = files(&manager).pop().expect("a file on the page");
        assert_eq!(manager.open(&address).bytes, PDF);
        bring(&manager, "دوباره.pdf", PDF).is(303);
        assert_eq!((kept(&town), files(&manager).len()), (1, 2), "kept once");
        manager
            .post(&format!("{address}/removal"), &[])
            .leads_to(&format!("{ANSWER}#evidence-title"));
        manager.get(&address).is(404);
        assert_eq!(files(&manager).len(), 1);
    }
}

#[test]
fn a_double_click_brings_one_file() {
    let town = Town::new();
    let manager = town.manager_of(AGENCY);
    let page = manager.open(ANSWER);
    let key = page.form(&evidence()).fields;
    let key = key.iter().find(|(name, _)| name == "key").expect("a key");
    let fields = [("kind", "letter"), ("key", key.1.as_str())];
    for _ in 0..2 {
        let sent = manager.upload(&evidence(), &fields, ("file", "a.pdf", PDF));
        sent.is(303);
    }
    assert_eq!(files(&manager).len(), 1);
}

#[test]
fn p03_a_file_is_seen_by_its_agency_and_by_those_it_was_handed_to() {
    let town = Town::new();
    let manager = town.manager_of(AGENCY);
    bring(&manager, "a.pdf", PDF).is(303);
    let address = files(&manager).pop().expect("a file");
    let auditor = town.auditor_of(AGENCY);
    let everybody = [
        "auditor1",
        "auditor2",
        "lead",
        "committee1",
        "office",
        "governor",
        "admin",
    ];
    for login in everybody {
        town.browser(login).get(&address).is(404);
    }
    let hash = format!("/{OPEN}/agencies/{AGENCY}/evidence/{}", "a".repeat(64));
    let others = address.replace(AGENCY, "INF-02");
    let stranger = town.manager_of("INF-02");
    for path in [&address, &others, &hash] {
        stranger.get(path).is(404);
    }
    town.visitor().get(&address).leads_to("/sign-in");
    town.hand_in(AGENCY);
    for login in everybody {
        let may = login == auditor || ["lead", "committee1", "office"].contains(&login);
        let page = town.browser(login).get(&address);
        page.is(if may { 200 } else { 404 });
    }
    town.head_of(AGENCY).open(&address);
    stranger.get(&address).is(404);
}

#[test]
fn evidence_of_another_agency_is_not_taken_away() {
    let town = Town::new();
    let manager = town.manager_of(AGENCY);
    bring(&manager, "a.pdf", PDF).is(303);
    let address = files(&manager).pop().expect("a file");
    let stranger = town.manager_of("INF-02");
    for path in [address.clone(), address.replace(AGENCY, "INF-02")] {
        stranger.post(&format!("{path}/removal"), &[]).is(404);
    }
    bring(&manager, "b.pdf", PDF).is(303);
    stranger.open("/1405-Q2/agencies/INF-02/answers/DSP-03");
    stranger
        .upload(&evidence(), &[("kind", "letter")], ("file", "c.pdf", PDF))
        .is(404);
    assert_eq!((files(&manager).len(), kept(&town)), (2, 1));
}

#[test]
fn p22_a_link_that_runs_a_program_is_refused_and_the_words_are_kept() {
    let town = Town::new();
    let manager = town.manager_of(AGENCY);
    let page = manager.open(ANSWER);
    for link in [
        "javascript:alert(1)",
        "data:text/html,x",
        "//evil.example",
        "ftp://a.ir",
    ] {
        let fields = [("kind", "letter"), ("link", link)];
        let again = manager.submit(&page, &evidence(), &fields);
        again.is(422).says_word("problem-link");
        assert!(again.links().iter().all(|href| href != link));
        let form = again.form(&evidence());
        assert!(form.fields.contains(&("link".to_owned(), link.to_owned())));
    }
    let nothing = manager.submit(&page, &evidence(), &[("kind", "letter")]);
    nothing.is(422).says_word("problem-file-or-link");
    assert_eq!(town.rows("evidence", AGENCY), 0);
    let good = [
        ("kind", "letter"),
        ("link", "https://sample.ir/ابلاغ?a=1&b=2"),
    ];
    manager.submit(&page, &evidence(), &good).is(303);
    let links = manager.open(ANSWER).links();
    assert!(
        links
            .iter()
            .any(|href| href.starts_with("https://sample.ir/"))
    );
}

#[test]
fn p31_p32_a_file_is_taken_by_its_ending_and_its_content_together() {
    let town = Town::new();
    let manager = town.manager_of(AGENCY);
    let png: &[u8] = &crate::evidence::picture(ImageFormat::Png);
    let (word, sheet) = (
        zip(&["[Content_Types].xml", "word/document.xml"]),
        zip(&["xl/a.xml"]),
    );
    let refused: [(&str, &[u8]); 13] = [
        ("photo.png", b"\x89PNG\r\n\x1a\n rest"),
        ("report.pdf", b"<html><script>alert(1)</script>"),
        ("report.pdf", b"MZ\x90\0 program"),
        ("report.pdf", b"<?php echo 1;"),
        ("photo.jpg.html", b"\xff\xd8\xff\xe0 rest"),
        ("drawing.svg", b"<svg onload='alert(1)'/>"),
        ("photo.png", b"<svg onload='alert(1)'/>"),
        ("photo.jpg", png),
        ("letter.docx", b"PK\x03\x04 rest"),
        ("letter.xlsx", &word),
        ("letter.xlsx", &sheet),
        ("report", PDF),
        ("report.exe", b"MZ\x90\0 program"),
    ];
    for (name, bytes) in refused {
        let page = bring(&manager, name, bytes);
        page.is(422);
        let text = page.text();
        assert!(
            text.contains("پرونده باید PDF")
                || text.contains("محتوای پرونده")
                || text.contains("این عکس باز نمی‌شود"),
            "{name}"
        );
    }
    let program = zip(&[
        "[Content_Types].xml",
        "word/document.xml",
        "word/vbaProject.bin",
    ]);
    bring(&manager, "letter.docx", &program)
        .is(422)
        .says_word("problem-file-macro");
    assert_eq!((kept(&town), town.rows("evidence", AGENCY)), (0, 0));
    for (name, bytes) in [("a.PDF", PDF), ("photo.Png", png), ("letter.docx", &word)] {
        bring(&manager, name, bytes).is(303);
    }
}

#[test]
fn p32_p40_p41_a_file_is_saved_by_the_browser_and_never_opened_as_a_page() {
    let town = Town::new();
    let manager = town.manager_of(AGENCY);
    bring(&manager, "a.pdf", PDF).is(303);
    let file = manager.open(&files(&manager)[0]);
    for (name, value) in [
        ("content-disposition", "attachment; filename*=UTF-8''a.pdf"),
        ("content-type", "application/pdf"),
        ("x-content-type-options", "nosniff"),
        ("content-security-policy", "sandbox; default-src 'none'"),
        ("cache-control", "no-store"),
    ] {
        let lines: Vec<_> = file
            .headers
            .iter()
            .filter(|(known, _)| known == name)
            .collect();
        assert_eq!(lines.len(), 1, "{name}: {lines:?}");
        assert_eq!(file.header(name), value);
    }
}

#[test]
fn p33_a_document_that_would_unpack_to_gigabytes_is_never_unpacked() {
    let town = Town::new();
    let manager = town.manager_of(AGENCY);
    let mut bomb = zip(&["[Content_Types].xml", "xl/workbook.xml"]);
    let bytes = bomb.len();
    // Sizes that nothing in the file bears out.
    let entry = bomb
        .windows(4)
        .position(|four| four == b"PK\x01\x02")
        .expect("an entry");
    bomb[entry + 20..entry + 28].fill(0xff);
    bring(&manager, "a.xlsx", &bomb).is(303);
    assert_eq!(manager.open(&files(&manager)[0]).bytes.len(), bytes);
    let mut lost = zip(&["[Content_Types].xml", "xl/workbook.xml"]);
    let end = lost.len() - 12;
    lost[end..end + 2].fill(0xff);
    bring(&manager, "b.xlsx", &lost).is(422);
}

#[test]
fn p34_the_name_of_a_file_leads_nowhere_and_breaks_no_header() {
    let town = Town::new();
    let manager = town.manager_of(AGENCY);
    let long = format!("{}.pdf", "نام".repeat(130));
    let names = [
        "../../../etc/cron.d/x.pdf",
        "..\\..\\x.pdf",
        "/etc/passwd.pdf",
        "C:\\x.pdf",
        "CON.pdf",
        &long,
        "a%22; filename=evil.exe%0d%0aset-cookie: a=b.pdf",
        "چیست؟.pdf",
        "\u{202e}fdp.exe.pdf",
    ];
    for name in names {
        bring(&manager, name, PDF).is(303);
    }
    let all = files(&manager);
    assert_eq!(all.len(), names.len());
    manager.open(ANSWER).lacks("\u{202e}");
    for address in all {
        let file = manager.open(&address);
        let saved = file.header("content-disposition");
        let name = saved
            .strip_prefix("attachment; filename*=UTF-8''")
            .expect(saved);
        let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-._%".contains(&byte);
        assert!(
            name.bytes().all(is_plain) && name.ends_with(".pdf"),
            "{saved}"
        );
        assert!(!name.contains("%2F") && !name.contains("%5C") && name.len() < 1_200);
        assert_eq!(file.header("set-cookie"), "");
    }
    assert_eq!(kept(&town), 1, "one content, one file, under its hash");
    assert!(!town.folder().join("etc").exists());
}

#[test]
fn p35_no_path_leads_to_a_file_of_the_machine() {
    let town = Town::new();
    let manager = town.manager_of(AGENCY);
    bring(&manager, "a.pdf", PDF).is(303);
    let own = format!("/{OPEN}/agencies/{AGENCY}/evidence");
    for path in [
        "/assets/../Cargo.toml".to_owned(),
        "/assets/..%2f..%2fetc/passwd".to_owned(),
        "/static/..%2f..%2fetc/passwd".to_owned(),
        format!("{own}/%2e%2e/%2e%2e"),
        format!("{own}/..%2f..%2f..%2fetc%2fpasswd"),
        format!("{own}/{}", "a".repeat(64)),
        "/files/aa".to_owned(),
        "/.git/config".to_owned(),
        "/data/mizan.db".to_owned(),
        "/backup/".to_owned(),
    ] {
        manager.get(&path).is(404);
    }
}

#[test]
fn p36_empty_huge_and_countless_files_are_refused_and_nothing_is_left() {
    let town = Town::with(Engine::of_run(), |config| {
        config.file_megabytes = 1;
        config.agency_megabytes = 2;
    });
    let manager = town.manager_of(AGENCY);
    bring(&manager, "a.pdf", b"")
        .is(422)
        .says_word("problem-file-empty");
    let mut large = PDF.to_vec();
    large.resize((1 << 20) + 1, b' ');
    bring(&manager, "a.pdf", &large)
        .is(422)
        .says("پرونده باید ۱ مگابایت یا کمتر باشد");
    large.resize(3 << 20, b' ');
    bring(&manager, "a.pdf", &large).is(413).says("۱ مگابایت");
    assert_eq!((kept(&town), town.rows("evidence", AGENCY)), (0, 0));
    for mark in 0..3_u8 {
        // The end mark of a PDF stands at its end.
        let mut fitting = PDF[..9].to_vec();
        fitting.resize((1 << 20) - 5, mark);
        fitting.extend_from_slice(b"%%EOF");
        let page = bring(&manager, "a.pdf", &fitting);
        page.is(if mark < 2 { 303 } else { 422 });
    }
    assert_eq!((kept(&town), town.rows("evidence", AGENCY)), (2, 2));
    let declared = format!(
        "POST {} HTTP/1.1\r\nhost: mizan.test\r\ncookie: mizan={}\r\n\
         content-type: multipart/form-data; boundary=a\r\ncontent-length: {}\r\n\r\n--a\r\n",
        evidence(),
        manager.cookie("mizan"),
        2_u64 << 30
    );
    assert_eq!(town.listen().status(declared.as_bytes()), 413);
    let page = manager.open("/1405-Q2/agencies/INF-01/answers/DSP-03");
    for number in 0..60 {
        let link = format!("https://sample.ir/{number}");
        manager.submit(&page, &evidence(), &[("kind", "letter"), ("link", &link)]);
    }
    // The key of one page is one deed.
    assert_eq!(town.rows("evidence", AGENCY), 3);
    for number in 0..60 {
        let link = format!("https://sample.ir/{number}");
        manager.post(&evidence(), &[("kind", "letter"), ("link", &link)]);
    }
    assert_eq!(town.rows("evidence", AGENCY), 50);
    let more = [("kind", "letter"), ("link", "https://sample.ir")];
    manager
        .post(&evidence(), &more)
        .is(422)
        .says_word("problem-too-many-files");
}
