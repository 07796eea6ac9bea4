//! The rules of the house, kept by reading our own sources: sizes, names, remarks, and what never stands anywhere.

mod papers;
mod rooms;
mod source;

use source::{files, functions, rust};

const MOST_LINES: usize = 400;
const MOST_LINES_OF_A_FUNCTION: usize = 60;

/// Tables of columns are as long as the columns are many.
const FREE_OF_SIZE: [&str; 1] = ["src/store/schema.rs"];

/// Files that are still too long, and the length that they may not pass. A line may leave this list, none may join.
const STILL_LONG: [(&str, usize); 0] = [];

/// Functions that are still too long, and the length that they may not pass.
const STILL_LONG_FUNCTIONS: [(&str, &str, usize); 1] = [("src/web/pages/answer.rs", "page", 74)];

/// Where a sentence proves that it cannot fail, and how often. Never on what people send.
const PROVEN: [(&str, usize); 5] = [
    ("src/domain/calendar/jalali.rs", 3),
    ("src/domain/calendar/local.rs", 1),
    ("src/domain/calendar/quarter.rs", 2),
    ("src/domain/calendar/workdays.rs", 1),
    ("src/domain/text.rs", 1),
];

#[test]
fn every_file_can_be_read_in_one_sitting() {
    let mut wrong = Vec::new();
    for file in rust(&["src", "tests"]) {
        let most = STILL_LONG.iter().find(|(path, _)| *path == file.path);
        let most = most.map_or(MOST_LINES, |(_, most)| *most);
        let lines = file.text.lines().count();
        if lines > most && !FREE_OF_SIZE.contains(&file.path.as_str()) {
            wrong.push(format!("{} has {lines} lines, at most {most}", file.path));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_function_fits_on_a_screen() {
    let mut wrong = Vec::new();
    for file in rust(&["src", "tests"]) {
        for (name, size) in functions(&file.text) {
            let known = STILL_LONG_FUNCTIONS
                .iter()
                .find(|(path, function, _)| *path == file.path && *function == name);
            let most = known.map_or(MOST_LINES_OF_A_FUNCTION, |(_, _, most)| *most);
            if size > most {
                wrong.push(format!(
                    "{} {name} has {size} lines, at most {most}",
                    file.path
                ));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn nothing_stops_the_program_but_a_proof_that_it_cannot() {
    let mut wrong = Vec::new();
    for file in rust(&["src"]) {
        let code = file.code();
        for word in [
            ".unwrap()",
            "panic!",
            "todo!",
            "unimplemented!",
            "unreachable!",
            "dbg!",
        ] {
            if code.contains(word) {
                wrong.push(format!("{} has {word}", file.path));
            }
        }
        let most = PROVEN.iter().find(|(path, _)| *path == file.path);
        let found = code.matches(".expect(").count();
        if found > most.map_or(0, |(_, most)| *most) {
            wrong.push(format!("{} expects {found} times", file.path));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn no_file_is_a_drawer_for_everything() {
    const DRAWERS: [&str; 9] = [
        "utils", "util", "helpers", "helper", "managers", "services", "common", "misc", "types",
    ];
    let own = ["src", "tests", "templates"].map(files);
    for file in own.iter().flatten() {
        let mut steps = file.path.split(['/', '.']);
        assert!(!steps.any(|step| DRAWERS.contains(&step)), "{}", file.path);
        let name = file.path.rsplit('/').next().unwrap_or_default();
        let is_year = file.path.ends_with(".rs") && name.contains("140");
        assert!(!is_year, "{} is named after a year", file.path);
    }
}

#[test]
fn every_file_says_what_lives_in_it_and_every_open_thing_what_it_means() {
    const THINGS: [&str; 8] = [
        "fn ",
        "struct ",
        "enum ",
        "trait ",
        "const ",
        "static ",
        "type ",
        "async fn ",
    ];
    let mut wrong = Vec::new();
    for file in rust(&["src", "tests"]) {
        if !file.text.starts_with("//!") {
            wrong.push(format!("{} does not say what lives in it", file.path));
        }
        let lines: Vec<&str> = file.text.lines().map(str::trim).collect();
        for (place, line) in lines.iter().enumerate() {
            let Some(thing) = line
                .strip_prefix("pub ")
                .filter(|_| file.path.starts_with("src/"))
            else {
                continue;
            };
            let is_thing = THINGS.iter().any(|kind| thing.starts_with(kind));
            if is_thing && !has_remark(&lines[..place]) {
                wrong.push(format!("{}:{} {line}", file.path, place + 1));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Whether the last line above, leaving out attributes, is a sentence of documentation.
fn has_remark(above: &[&str]) -> bool {
    let is_attribute = |line: &&&str| line.starts_with("#[") || line.ends_with(")]");
    let mut lines = above.iter().rev().skip_while(|line| is_attribute(line));
    lines.next().is_some_and(|line| line.starts_with("///"))
}

#[test]
fn no_remark_is_owed_and_no_warning_silenced_without_a_reason() {
    let marks = ["TO", "FIX", "XX"].map(|mark| match mark {
        "TO" => "TODO".to_owned(),
        "FIX" => ["FIX", "ME"].concat(),
        _ => ["XX", "X"].concat(),
    });
    for file in rust(&["src", "tests"]) {
        if file.path.starts_with("tests/it/tidy/") {
            continue;
        }
        for mark in &marks {
            assert!(
                !file.text.contains(mark.as_str()),
                "{} owes {mark}",
                file.path
            );
        }
        let code = file.code();
        assert!(
            !code.contains("#[allow("),
            "{}: use #[expect(…, reason)]",
            file.path
        );
        assert!(
            !code.contains("#[ignore"),
            "{} leaves a test out",
            file.path
        );
    }
}

#[test]
fn styles_know_start_and_end_but_neither_left_nor_right() {
    for file in files("templates/assets") {
        let is_own = file.path.ends_with(".css") && !file.path.contains("bootstrap");
        if !is_own {
            continue;
        }
        let words = file.text.split(|sign: char| !sign.is_ascii_alphabetic());
        let side = words
            .filter(|word| ["left", "right"].contains(word))
            .count();
        assert_eq!(side, 0, "{} names a side of the screen", file.path);
    }
}

#[test]
fn no_page_carries_a_style_or_a_script_of_its_own() {
    for file in files("templates") {
        if !file.path.ends_with(".html") || file.path.contains("/mail/") {
            continue;
        }
        for (at, _) in file.text.match_indices('<') {
            let tag = &file.text[at..];
            let tag = &tag[..tag.find('>').unwrap_or(tag.len())];
            let attributes = tag.split_whitespace().skip(1);
            let is_inline = |word: &str| {
                let name = word.split('=').next().unwrap_or_default();
                word.contains('=') && (name == "style" || name.starts_with("on"))
            };
            assert!(!attributes.clone().any(is_inline), "{}: {tag}", file.path);
            assert!(!tag.starts_with("<style"), "{}: {tag}", file.path);
            let is_bare = tag.starts_with("<script") && !tag.contains("src=");
            assert!(!is_bare, "{}: {tag}", file.path);
        }
    }
}
