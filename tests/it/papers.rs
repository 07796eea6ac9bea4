//! The papers say what is true: every setting, every command, and examples that are computed and not typed.

use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn paper(name: &str) -> String {
    fs::read_to_string(root().join(name)).expect("the paper is there")
}

/// What stands between two marks of a paper; written anew when `MIZAN_WRITE_DOCS` is set.
fn kept(name: &str, mark: &str, made: &str) -> String {
    let text = paper(name);
    let begin = text.find(&format!("<!-- {mark}: begin")).expect("a mark");
    let start = begin + text[begin..].find("-->\n").expect("its end") + 4;
    let end = start
        + text[start..]
            .find(&format!("<!-- {mark}: end -->"))
            .expect("the other mark");
    if std::env::var_os("MIZAN_WRITE_DOCS").is_some() {
        let whole = format!("{}{made}{}", &text[..start], &text[end..]);
        fs::write(root().join(name), whole).expect("room for the paper");
        return made.to_owned();
    }
    text[start..end].to_owned()
}

fn scored(case: &str, agency: &str) -> Value {
    let text = paper(&format!("tests/cases/score/{case}/scorecards.json"));
    let cards: Value = serde_json::from_str(&text).expect("JSON");
    let mut cards = cards["scorecards"].as_array().expect("cards").iter();
    let card = cards.find(|card| card["agency"] == agency);
    card.expect("the agency of the example").clone()
}

/// Hundredths as people write them.
fn said(hundredths: &Value) -> String {
    hundredths
        .as_i64()
        .map_or("–".to_owned(), |c| format!("{}.{:02}", c / 100, c % 100))
}

fn lost(card: &Value, is_line: impl Fn(&Value) -> bool) -> Option<&Value> {
    card["lost"].as_array()?.iter().find(|line| is_line(line))
}

#[test]
fn the_example_of_the_score_is_the_one_the_engine_computes() {
    let card = scored("lost-lines", "X");
    let mut table = String::from(
        "\n| indicator | ceiling | became | points | lost of 100 |\n|---|---|---|---|---|\n",
    );
    for row in card["indicators"].as_array().expect("rows") {
        let line = lost(&card, |line| line["indicator"] == row["indicator"]);
        let missing = line.map_or("–".to_owned(), |line| said(&line["score_c"]));
        let (code, status) = (row["indicator"].as_str(), row["status"].as_str());
        let (code, status) = (code.unwrap_or_default(), status.unwrap_or_default());
        let status = if status == "na_profile" {
            "does not apply"
        } else {
            status
        };
        let points = said(&row["final_c"]);
        let _ = writeln!(
            table,
            "| {code} | {} | {status} | {points} | {missing} |",
            row["points"]
        );
    }
    let score = &card["score"];
    let (sum, of, end) = (
        said(&score["points_c"]),
        &score["points_of"],
        said(&score["final_c"]),
    );
    let missing = said(&Value::from(
        10_000 - score["final_c"].as_i64().unwrap_or_default(),
    ));
    let _ = writeln!(
        table,
        "| **together** | **{of}** | | **{sum}** | **{missing}** |\n"
    );
    let _ = writeln!(
        table,
        "Score: 100 × {sum} / {of} = **{end}**, {}.\n",
        score["grade"].as_str().unwrap_or_default()
    );
    assert_eq!(
        kept("docs/SCORING.md", "example", &table),
        table,
        "MIZAN_WRITE_DOCS=1"
    );
}

#[test]
fn the_example_of_the_gates_is_the_one_the_engine_computes() {
    let card = scored("empty-desk-gate", "ONCE");
    let mut table =
        String::from("\n| dimension | ceiling | before | taken | after |\n|---|---|---|---|---|\n");
    for row in card["dimensions"].as_array().expect("rows") {
        let lines = card["lost"].as_array().expect("lines").iter();
        let own = lines.filter(|line| line["dimension"] == row["dimension"]);
        let taken: Vec<String> = own
            .map(|line| {
                format!(
                    "{} by {}",
                    said(&line["points_c"]),
                    line["gate"].as_str().unwrap_or_default()
                )
            })
            .collect();
        let code = row["dimension"].as_str().unwrap_or_default();
        let (before, after) = (said(&row["base_c"]), said(&row["final_c"]));
        let taken = if taken.is_empty() {
            "–".to_owned()
        } else {
            taken.join(", ")
        };
        let _ = writeln!(
            table,
            "| {code} | {} | {before} | {taken} | {after} |",
            row["points"]
        );
    }
    let score = &card["score"];
    let (free, end) = (said(&score["ungated_c"]), said(&score["final_c"]));
    let _ = writeln!(
        table,
        "\nScore without gates {free}, with them **{end}**.\n"
    );
    assert_eq!(
        kept("docs/SCORING.md", "gates", &table),
        table,
        "MIZAN_WRITE_DOCS=1"
    );
}

#[test]
fn every_setting_is_explained_with_its_default() {
    let operations = paper("docs/OPERATIONS.md");
    let config = serde_json::to_value(mizan::config::Config::default()).expect("JSON");
    for (name, default) in config.as_object().expect("settings") {
        let row = operations
            .lines()
            .find(|line| line.starts_with(&format!("| `{name}` |")));
        let row = row.unwrap_or_else(|| panic!("{name} is not in docs/OPERATIONS.md"));
        let said = match default {
            Value::Null => "none".to_owned(),
            Value::String(text) => format!("`{text}`"),
            other => other.to_string(),
        };
        assert_eq!(
            row.split('|').nth(2).map(str::trim),
            Some(said.as_str()),
            "{name}"
        );
    }
    let is_known = |name: &str| config.get(name).is_some();
    let table = operations
        .lines()
        .skip_while(|line| !line.starts_with("| setting |"));
    for row in table.skip(2).take_while(|line| line.starts_with('|')) {
        let name = row.split('`').nth(1).unwrap_or_default();
        assert!(is_known(name), "{name} is no setting any more");
    }
}

#[test]
fn every_command_is_in_the_readme_and_none_that_is_not_there() {
    let readme = paper("README.md");
    let asked = Command::new(env!("CARGO_BIN_EXE_mizan"))
        .arg("--help")
        .output();
    let help = String::from_utf8(asked.expect("the program starts").stdout).expect("text");
    let listed = help
        .lines()
        .skip_while(|line| !line.starts_with("Commands:"))
        .skip(1);
    let commands: Vec<&str> = listed
        .take_while(|line| !line.trim().is_empty())
        .filter(|line| line.starts_with("  ") && !line.starts_with("   "))
        .filter_map(|line| line.split_whitespace().next())
        .filter(|command| *command != "help")
        .collect();
    assert!(commands.len() > 5, "{help}");
    for command in &commands {
        assert!(readme.contains(&format!("`mizan {command}")), "{command}");
    }
    for (at, start) in readme.match_indices("| `mizan ") {
        let rest = &readme[at + start.len()..];
        let named = rest.split([' ', '`']).next().unwrap_or_default();
        assert!(commands.contains(&named), "{named} is no command");
    }
}

#[test]
fn every_link_between_papers_leads_somewhere() {
    let folders = ["", "docs", "docs/fa", "docs/decisions"];
    let files = folders
        .iter()
        .flat_map(|folder| fs::read_dir(root().join(folder)).expect("there").flatten());
    let papers: Vec<PathBuf> = files
        .map(|entry| entry.path())
        .filter(|path| path.extension().is_some_and(|ending| ending == "md"))
        .collect();
    assert!(papers.len() > 10);
    for path in papers {
        let text = fs::read_to_string(&path).expect("readable");
        for (at, start) in text.match_indices("](") {
            let link = &text[at + start.len()..];
            let link = link[..link.find(')').unwrap_or(0)]
                .split('#')
                .next()
                .unwrap_or_default();
            let is_ours = !link.is_empty() && !link.contains("://") && !link.contains(' ');
            let target = path.parent().expect("a folder").join(link);
            assert!(
                !is_ours || target.exists(),
                "{} leads to {link}",
                path.display()
            );
        }
    }
}
