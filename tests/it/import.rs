//! A quarter brought in from a file comes in whole or not at all.

use std::collections::BTreeMap;
use std::process::{Command, Output};

use crate::town::Town;

const RETURNS: &str = include_str!("../../seeds/demo/returns-1403-Q1.json");

fn import(town: &Town, text: &[u8]) -> Output {
    let file = town.folder().join("in.json");
    std::fs::write(&file, text).expect("room for the file");
    Command::new(env!("CARGO_BIN_EXE_mizan"))
        .args(["import", &file.display().to_string()])
        .env("MIZAN_DATABASE", town.database())
        .env("MIZAN_FILES", town.folder().join("files"))
        .output()
        .expect("the program starts")
}

/// Every row of every table, and the log.
fn kept(town: &Town) -> (BTreeMap<String, Vec<String>>, usize) {
    (town.tables(), town.log().len())
}

/// One wrong file: what it is, its bytes, and the code of the first fault.
fn wrong() -> Vec<(&'static str, Vec<u8>, &'static str)> {
    let with = |from: &str, to: &str| RETURNS.replacen(from, to, 1).into_bytes();
    let first = "\"code\": \"INF-01\"";
    vec![
        ("nothing", Vec::new(), "E_JSON"),
        (
            "half a file",
            RETURNS.as_bytes()[..9_000].to_vec(),
            "E_JSON",
        ),
        ("no UTF-8", vec![b'{', 0xff, 0xfe, b'}'], "E_JSON"),
        ("a deep one", vec![b'['; 200_000], "E_JSON"),
        (
            "a name twice",
            with("{", "{\"period\": \"1403-Q1\","),
            "E_JSON",
        ),
        ("a fifth quarter", with("1403-Q1", "1403-Q5"), "E_SHAPE"),
        (
            "SQL",
            with("1403-Q1", "1403-Q1'; DROP TABLE users; --"),
            "E_SHAPE",
        ),
        (
            "an agency twice",
            with(first, "\"code\": \"INF-02\""),
            "E_DUPLICATE_AGENCY",
        ),
        ("more than is known", with("{", "{\"extra\": 1,"), "E_SHAPE"),
    ]
}

#[test]
fn a_file_with_a_fault_is_refused_in_json_and_leaves_nothing_behind() {
    let town = Town::new();
    let before = kept(&town);
    for (what, bytes, code) in wrong() {
        let said = import(&town, &bytes);
        assert_eq!(said.status.code(), Some(1), "{what}");
        let stdout = String::from_utf8_lossy(&said.stdout).into_owned();
        let json = mizan::domain::json::read(&said.stdout);
        assert!(json.is_some(), "{what}: {stdout}");
        assert!(stdout.contains(code), "{what}: {stdout}");
        let sentence = String::from_utf8_lossy(&said.stderr).into_owned();
        assert!(sentence.contains("refused whole"), "{what}: {sentence}");
        assert_eq!(sentence.trim().lines().count(), 1, "{what}: {sentence}");
        assert!(kept(&town) == before, "{what} left something behind");
    }
}

#[test]
fn a_file_that_does_not_fit_the_province_is_refused_in_words() {
    let town = Town::new();
    let before = kept(&town);
    let with = |from: &str, to: &str| RETURNS.replacen(from, to, 1);
    let (head, tail) = RETURNS.split_once("\"agencies\": [").expect("agencies");
    assert!(!tail.is_empty());
    let other = with("\"code\": \"INF-01\"", "\"code\": \"INF-99\"");
    for (text, word) in [
        (other, "not on the list"),
        (format!("{head}\"agencies\": []}}"), "no agency"),
        (with("1403-Q1", crate::town::OPEN), "there already"),
    ] {
        let said = import(&town, text.as_bytes());
        let sentence = String::from_utf8_lossy(&said.stderr).into_owned();
        assert_eq!(said.status.code(), Some(1), "{sentence}");
        assert!(sentence.contains(word), "{sentence}");
        assert!(kept(&town) == before, "{sentence}");
    }
}

#[test]
fn a_right_file_comes_in_once_and_says_what_came_in() {
    let town = Town::new();
    let said = import(&town, RETURNS.as_bytes());
    let sentence = String::from_utf8_lossy(&said.stderr).into_owned();
    assert!(said.status.success(), "{sentence}");
    let json = mizan::domain::json::read(&said.stdout).expect("JSON");
    let text = |name| json.get(name).and_then(|one| one.as_text());
    assert_eq!(text("imported"), Some("1403-Q1"));
    assert_eq!(json.get("agencies").and_then(|one| one.as_int()), Some(68));
    let once = kept(&town);
    assert_eq!(import(&town, RETURNS.as_bytes()).status.code(), Some(1));
    assert!(kept(&town) == once);
}
