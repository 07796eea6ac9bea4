//! A file that comes in pieces: after a lost line the server says how far it was.

use std::fs;

use mizan::app;
use mizan::store::file::Files;
use serde_json::Value;
use sha2::{Digest, Sha256};

use super::{AGENCY, answer, files};
use crate::town::{Browser, Engine, Page, Town};

fn code() -> String {
    answer(AGENCY, "DSP-03")
}

fn letter() -> Vec<u8> {
    let mut bytes = b"%PDF-1.4\n".to_vec();
    bytes.extend((0..3_000_u32).flat_map(u32::to_le_bytes));
    bytes.extend_from_slice(b"\n%%EOF");
    bytes
}

fn said(page: &Page) -> Value {
    serde_json::from_slice(&page.bytes).expect("an answer of the server")
}

fn begin(browser: &Browser, size: usize) -> Page {
    let size = size.to_string();
    let fields = [("mark", "نامه 7"), ("name", "نامه.pdf"), ("size", &size)];
    browser.post(&format!("{}/uploads", code()), &fields)
}

fn send(browser: &Browser, href: &str, offset: usize, piece: &[u8]) -> Page {
    let offset = offset.to_string();
    browser.upload(href, &[("offset", &offset)], ("part", "part", piece))
}

fn parts(town: &Town) -> usize {
    let all = fs::read_dir(&town.state.config.files).expect("the folder of files");
    let names = all.map(|one| one.expect("an entry").file_name());
    names
        .filter(|name| name.to_string_lossy().ends_with(".upload"))
        .count()
}

#[test]
fn after_a_lost_line_a_manager_goes_on_where_the_file_was_and_not_from_its_beginning() {
    let town = Town::new();
    let manager = town.manager_of(AGENCY);
    let whole = letter();
    manager.open(&code());
    let begun = said(begin(&manager, whole.len()).is(200));
    let href = begun["href"].as_str().expect("an address").to_owned();
    assert_eq!(begun["received"], 0);
    let first = said(send(&manager, &href, 0, &whole[..5_000]).is(200));
    assert_eq!(first["received"], 5_000);
    // The answer was lost, so the browser sends the piece again: the server says where it is.
    let twice = said(send(&manager, &href, 0, &whole[..5_000]).is(409));
    assert_eq!(twice["received"], 5_000);
    // The page was opened anew: the same file is found under its mark.
    let again = said(begin(&manager, whole.len()).is(200));
    assert_eq!(
        (&again["received"], &again["id"]),
        (&first["received"], &begun["id"])
    );
    let early = [
        ("kind", "letter"),
        ("upload", again["id"].as_str().expect("an id")),
    ];
    manager
        .post(&format!("{}/evidence", code()), &early)
        .is(422)
        .says_word("problem-upload-unfinished");
    let last = said(send(&manager, &href, 5_000, &whole[5_000..]).is(200));
    assert_eq!(last["received"], whole.len());
    let id = last["id"].as_str().expect("an id").to_owned();
    let wrong_hash = [
        ("kind", "letter"),
        ("upload", id.as_str()),
        ("sha256", "00"),
    ];
    manager
        .post(&format!("{}/evidence", code()), &wrong_hash)
        .is(422);
    let no_kind = [("kind", ""), ("upload", id.as_str())];
    let page = manager.post(&format!("{}/evidence", code()), &no_kind);
    page.is(422).says("نامه.pdf").says_word("problem-choose");
    let hash = hex::encode(Sha256::digest(&whole));
    let fields = [
        ("kind", "letter"),
        ("upload", id.as_str()),
        ("sha256", &hash),
    ];
    let action = format!("{}/evidence", code());
    let keyed = [fields.as_slice(), &[("key", "one-form-sent-twice")]].concat();
    manager.post(&action, &keyed).is(303);
    // A double click: the pieces have become the evidence, and nobody is told that there is no such page.
    manager.post(&action, &keyed).is(303);
    manager.open(&code()).says("نامه.pdf");
    assert_eq!(manager.open(&files(&manager, &code())[0]).bytes, whole);
    assert_eq!(parts(&town), 0, "nothing is left of the pieces");
    manager.get(&href).is(404);
}

#[test]
fn a_file_that_may_not_come_is_refused_before_its_first_byte() {
    let town = Town::with(Engine::of_run(), |config| config.file_megabytes = 1);
    let manager = town.manager_of(AGENCY);
    manager.open(&code());
    for (size, word) in [((1 << 20) + 1, "۱ مگابایت"), (0, "خالی")] {
        let refused = said(begin(&manager, size).is(422));
        let problem = refused["problem"].as_str().expect("words");
        assert!(problem.contains(word), "{problem}");
    }
    town.hand_in(AGENCY);
    let manager = town.manager_of(AGENCY);
    manager.open(&code());
    begin(&manager, 10).is(409);
    assert_eq!(parts(&town), 0);
}

#[test]
fn the_pieces_of_another_agency_are_not_there() {
    let town = Town::new();
    let manager = town.manager_of(AGENCY);
    manager.open(&code());
    let begun = said(begin(&manager, 9).is(200));
    let href = begun["href"].as_str().expect("an address").to_owned();
    let stranger = town.manager_of("INF-02");
    stranger.open(&answer("INF-02", "DSP-03"));
    for path in [href.clone(), href.replace(AGENCY, "INF-02")] {
        stranger.get(&path).is(404);
        send(&stranger, &path, 0, b"x").is(404);
    }
    send(&manager, &href, 0, b"more than it said").is(409);
    assert_eq!(parts(&town), 0);
}

#[test]
fn what_nobody_finished_within_a_day_goes_and_nobody_begins_without_end() {
    let town = Town::new();
    let manager = town.manager_of(AGENCY);
    manager.open(&code());
    let start = |mark: &str| {
        let fields = [("mark", mark), ("name", "a.pdf"), ("size", "9")];
        said(
            manager
                .post(&format!("{}/uploads", code()), &fields)
                .is(200),
        )
    };
    let first = start("0")["href"].as_str().expect("an address").to_owned();
    send(&manager, &first, 0, b"123").is(200);
    for mark in 1..8 {
        start(&mark.to_string());
    }
    assert_eq!(town.rows("uploads", AGENCY), 5);
    assert_eq!(parts(&town), 0, "the oldest went with what had come of it");
    town.wait(25 * 60);
    let files = Files::at(&town.state.config.files);
    let cleared = app::evidence::clear(&town.state.store, &files, town.now());
    assert_eq!(
        cleared.expect("cleared"),
        5,
        "by the keeper, whoever comes or not"
    );
    assert_eq!(town.rows("uploads", AGENCY), 0);
}
