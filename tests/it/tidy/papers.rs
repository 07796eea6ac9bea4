//! What we depend on and under which licence; what nothing in the repository may name.

use std::process::Command;

use mizan::domain::json::{self, Json};

use super::source::files;

/// Licences that ask nothing of us but to keep their text.
const FREE: [&str; 16] = [
    "0BSD",
    "Apache-2.0",
    "Apache-2.0 WITH LLVM-exception",
    "BSD-2-Clause",
    "BSD-3-Clause",
    "BSL-1.0",
    "CC0-1.0",
    "CDLA-Permissive-2.0",
    "ISC",
    "MIT",
    "MIT-0",
    "MPL-2.0",
    "PostgreSQL",
    "Unicode-3.0",
    "Unlicense",
    "Zlib",
];

/// Whether one of the choices that a licence leaves is free: every part of it must be.
fn is_free(licence: &str) -> bool {
    let plain = licence.replace(['(', ')'], " ").replace('/', " OR ");
    // No crate of ours nests a choice inside a choice, so AND binds before OR is asked.
    plain
        .split(" AND ")
        .all(|part| part.split(" OR ").any(|one| FREE.contains(&one.trim())))
}

#[test]
fn nothing_we_build_upon_asks_for_our_source() {
    let cargo = std::env::var("CARGO").unwrap_or_else(|_| "cargo".to_owned());
    let version = Command::new("rustc")
        .arg("-vV")
        .output()
        .expect("rustc is there");
    let version = String::from_utf8_lossy(&version.stdout).into_owned();
    let host = version.lines().find_map(|line| line.strip_prefix("host: "));
    let listed = Command::new(cargo)
        .args(["metadata", "--format-version", "1", "--locked", "--offline"])
        .args(["--filter-platform", host.expect("rustc names its host")])
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .expect("cargo is there");
    let metadata = json::read(&listed.stdout).expect("cargo prints JSON");
    let packages = metadata
        .get("packages")
        .map(Json::items)
        .unwrap_or_default();
    assert!(packages.len() > 100, "cargo lists what we build upon");
    for package in packages {
        let text = |name: &str| {
            package
                .get(name)
                .and_then(Json::as_text)
                .unwrap_or_default()
        };
        assert!(
            is_free(text("license")),
            "{}: {}",
            text("name"),
            text("license")
        );
    }
}

#[test]
fn a_licence_that_asks_for_our_source_is_known() {
    assert!(is_free("Apache-2.0 OR GPL-2.0-only") && is_free("MIT/Apache-2.0"));
    assert!(is_free("(MIT OR Apache-2.0) AND Unicode-3.0"));
    for licence in ["GPL-3.0", "MIT AND AGPL-3.0", "LGPL-2.1", ""] {
        assert!(!is_free(licence), "{licence}");
    }
}

#[test]
fn every_dependency_has_its_reason() {
    let manifest = include_str!("../../../Cargo.toml");
    let (mut is_inside, mut above) = (false, "");
    for line in manifest.lines() {
        if line.starts_with('[') {
            is_inside = line.contains("dependencies]");
        } else if is_inside && !line.is_empty() && !line.starts_with('#') {
            assert!(above.starts_with('#'), "why: {line}");
        }
        above = line;
    }
}

#[test]
fn nothing_names_a_place_or_a_tool_of_the_workshop() {
    // In pieces, so that this very file does not name them.
    let names = [
        ["../sha", "red"],
        ["/wo", "rk/"],
        ["/tmp/", "wt"],
        ["cla", "ude"],
        ["anth", "ropic"],
        ["open", "ai"],
        ["co", "pilot"],
        ["chat", "gpt"],
    ]
    .map(|pieces| pieces.concat());
    for file in files("") {
        let text = file.text.to_lowercase();
        for name in &names {
            assert!(!text.contains(name.as_str()), "{} names {name}", file.path);
        }
    }
}
