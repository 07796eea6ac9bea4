//! The official number: every case of the rule, byte for byte, through what the command prints.

use std::fs;
use std::path::{Path, PathBuf};

use mizan::analysis::ranks::Settings;
use mizan::cli::score::{Printed, analyse, change, score};
use mizan::domain::json::{self, Json};

fn cases() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases/score");
    let mut cases: Vec<PathBuf> = fs::read_dir(folder)
        .expect("the cases are part of the project")
        .map(|entry| entry.expect("readable").path())
        .filter(|path| !path.ends_with("_frameworks"))
        .collect();
    cases.sort();
    cases
}

fn check(case: &Path, printed: &Printed, expected: &str, wrong: &mut Vec<String>) {
    let wanted = fs::read_to_string(case.join(expected)).expect("readable");
    let code = u8::from(expected == "refusal.json");
    if printed.stdout != wanted || printed.code != code {
        let line = printed
            .stdout
            .lines()
            .zip(wanted.lines())
            .position(|(a, b)| a != b);
        wrong.push(format!(
            "{} {expected}: code {}, line {line:?}",
            case.display(),
            printed.code
        ));
    }
}

#[test]
fn every_case_of_the_rule_is_met_to_the_byte() {
    let mut wrong = Vec::new();
    let mut checked = 0;
    for case in cases() {
        let file = |name: &str| case.join(name);
        for (returns, expected) in [
            ("returns.json", "scorecards.json"),
            ("returns.json", "refusal.json"),
            ("returns-1.json", "scorecards-1.json"),
            ("returns-2.json", "scorecards-2.json"),
        ] {
            if file(expected).exists() {
                check(&case, &score(&file(returns), &[]), expected, &mut wrong);
                checked += 1;
            }
        }
        if file("changes.json").exists() {
            let printed = change(&file("returns-1.json"), &file("returns-2.json"), &[]);
            check(&case, &printed, "changes.json", &mut wrong);
            checked += 1;
        }
        if let Ok(arguments) = fs::read(file("analysis-args.json")) {
            let arguments = json::read(&arguments).expect("valid");
            let number = |name: &str| arguments.get(name).and_then(Json::as_int).expect("given");
            let settings = Settings {
                seed: number("seed") as u64,
                replications: number("replications") as u32,
                spread_pct: number("spread_pct") as u64,
            };
            check(
                &case,
                &analyse(&file("returns.json"), &[], settings),
                "analysis.json",
                &mut wrong,
            );
            checked += 1;
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert_eq!(checked, 47, "a case was left out");
}

#[test]
fn a_file_that_is_not_there_is_said_to_be_unreadable() {
    let printed = score(Path::new("/nowhere/returns.json"), &[]);
    assert_eq!((printed.code, printed.stdout.as_str()), (2, ""));
    assert!(printed.stderr.contains("cannot be read"));
}
