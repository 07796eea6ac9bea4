//! One direction: who may use whom. Read from every path in the code, not from `use` lines alone.

use super::source::{self, File};

/// Rooms of ours that a room never names.
const CLOSED: [(&str, &[&str]); 8] = [
    (
        "domain",
        &[
            "analysis", "app", "cli", "clock", "config", "mail", "seal", "store", "web",
        ],
    ),
    (
        "store",
        &["analysis", "app", "cli", "clock", "config", "mail", "web"],
    ),
    (
        "analysis",
        &["app", "cli", "clock", "config", "mail", "store", "web"],
    ),
    (
        "workbook",
        &[
            "analysis", "app", "cli", "clock", "config", "mail", "store", "web",
        ],
    ),
    (
        "pack",
        &[
            "analysis", "app", "cli", "clock", "config", "domain", "mail", "store", "web",
            "workbook",
        ],
    ),
    ("app", &["cli", "clock", "config", "mail", "web"]),
    ("web", &["cli", "mail"]),
    ("config", &["analysis", "app", "cli", "store", "web"]),
];

/// What a room never touches of the world.
const FOREIGN: [(&str, &[&str]); 5] = [
    (
        "domain",
        &[
            "diesel",
            "actix_web",
            "tera",
            "lettre",
            "std::fs",
            "std::env",
            "std::net",
            "std::io",
            "std::thread",
            "async ",
            "await",
            "f32",
            "f64",
            "Utc",
            "Local::",
            "SystemTime",
            "Instant",
            "getrandom",
            "uuid",
        ],
    ),
    ("store", &["actix_web", "tera", "lettre", "Utc", "std::env"]),
    (
        "analysis",
        &[
            "diesel",
            "actix_web",
            "tera",
            "std::fs",
            "std::env",
            "Utc",
            "getrandom",
        ],
    ),
    (
        "app",
        &["diesel", "actix_web", "tera", "std::env", "Utc", "async "],
    ),
    ("web", &["diesel", "store.write", "Tx", "std::env", "Utc"]),
];

fn room(path: &str) -> &str {
    let inside = path.trim_start_matches("src/");
    inside.split(['/', '.']).next().unwrap_or_default()
}

/// How many steps up lead from a file's module to the root of the crate.
fn depth(path: &str) -> usize {
    let inside = path.trim_start_matches("src/");
    let steps = inside.split('/').count();
    if inside.ends_with("mod.rs") {
        steps - 1
    } else {
        steps
    }
}

/// The rooms that a file names, by `crate::room` or by climbing to the root.
fn named(file: &File) -> Vec<String> {
    let code = file.code();
    let climb = "super::".repeat(depth(&file.path));
    let mut found = Vec::new();
    for start in ["crate::", climb.as_str()] {
        for (at, _) in code.match_indices(start) {
            let rest = &code[at + start.len()..];
            // A group of paths names several rooms at once.
            let until = if rest.starts_with('{') { "};" } else { ";" };
            let group = &rest[..rest.find(until).unwrap_or(rest.len())];
            if rest.starts_with('{') {
                found.extend(group.split([',', '{', ' ', '\n']).map(first));
            } else {
                found.push(first(rest));
            }
        }
    }
    found
}

fn first(path: &str) -> String {
    let is_name = |sign: char| sign.is_ascii_alphanumeric() || sign == '_';
    path.chars().take_while(|sign| is_name(*sign)).collect()
}

/// Whether a word stands in the code, and not only as a part of a longer one.
fn stands(code: &str, word: &str) -> bool {
    let is_name = |sign: char| sign.is_ascii_alphanumeric() || sign == '_';
    code.match_indices(word).any(|(at, _)| {
        let is_cut_before = code[..at].chars().next_back().is_some_and(is_name);
        let ends_open = word.ends_with(is_name);
        let next = code[at + word.len()..].chars().next();
        !(is_cut_before || ends_open && next.is_some_and(is_name))
    })
}

#[test]
fn every_room_uses_only_the_rooms_below_it() {
    let mut wrong = Vec::new();
    for file in source::rust(&["src"]) {
        let Some((_, closed)) = CLOSED.iter().find(|(of, _)| *of == room(&file.path)) else {
            continue;
        };
        for name in named(&file) {
            if closed.contains(&name.as_str()) {
                wrong.push(format!("{} uses {name}", file.path));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_room_leaves_alone_what_is_not_its_own() {
    let mut wrong = Vec::new();
    for file in source::rust(&["src"]) {
        let code = file.code();
        let foreign = FOREIGN.iter().filter(|(of, _)| *of == room(&file.path));
        for word in foreign.flat_map(|(_, words)| words.iter()) {
            if stands(&code, word) {
                wrong.push(format!("{} touches {word}", file.path));
            }
        }
        let is_clock = file.path == "src/clock.rs";
        if !is_clock
            && ["Utc::now", "Local::now", "SystemTime::now"]
                .iter()
                .any(|now| code.contains(now))
        {
            wrong.push(format!("{} reads the clock", file.path));
        }
        if file.path != "src/config.rs" && (code.contains("env::var") || code.contains("Env::")) {
            wrong.push(format!("{} reads the environment", file.path));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn a_path_that_leads_to_a_closed_room_is_seen() {
    let seen = |path: &str, text: &str| {
        named(&File {
            path: path.to_owned(),
            text: text.to_owned(),
        })
    };
    assert_eq!(
        seen("src/domain/a/b.rs", "use super::super::super::web::x;"),
        ["web"]
    );
    assert_eq!(
        seen("src/store/mod.rs", "let x = super::app::y();"),
        ["app"]
    );
    assert!(seen("src/app/a.rs", "use crate::{domain, web::z};").contains(&"web".to_owned()));
    assert!(seen("src/app/a.rs", "// crate::web\nlet x = \"crate::web\";").is_empty());
}
