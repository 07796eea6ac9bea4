//! The program that opens a workbook on most desks: LibreOffice opens it, keeps it in its own form and gives it back.

use std::path::Path;
use std::process::Command;

use super::paper::Paper;
use super::{AGENCY, bring, claim, confirm, open, page, row, taken};
use crate::town::Town;

/// Whether LibreOffice is here. On a machine of the tests it has to be; elsewhere the test says that it was left out.
fn is_here() -> bool {
    let is_here = Command::new("soffice").arg("--version").output().is_ok();
    assert!(
        is_here || std::env::var_os("CI").is_none(),
        "LibreOffice is missing: make test-tools"
    );
    if !is_here {
        eprintln!("left out: LibreOffice is not installed (make test-tools)");
    }
    is_here
}

/// Has LibreOffice open a file and save it in another form. On a busy machine it may give up at its start: asked again.
fn saved_as(folder: &Path, file: &str, form: &str) -> Vec<u8> {
    let own = format!("-env:UserInstallation=file://{}/own", folder.display());
    let stem = file.split('.').next().unwrap_or_default();
    let path = folder.join(format!("{stem}.{form}"));
    let _ = std::fs::remove_file(&path);
    let mut said = String::new();
    for _ in 0..3 {
        let ended = Command::new("soffice")
            .args([own.as_str(), "--headless", "--convert-to", form, "--outdir"])
            .arg(folder)
            .arg(folder.join(file))
            .output()
            .expect("LibreOffice starts");
        if let Ok(bytes) = std::fs::read(&path) {
            return bytes;
        }
        said = format!("{ended:?}");
    }
    panic!("nothing was saved: {said}")
}

/// From our form into that of LibreOffice, and back.
fn there_and_back(folder: &Path, bytes: &[u8]) -> Vec<u8> {
    std::fs::write(folder.join("there.xlsx"), bytes).expect("a place for it");
    let there = saved_as(folder, "there.xlsx", "ods");
    assert!(there.starts_with(b"PK"));
    std::fs::rename(folder.join("there.ods"), folder.join("back.ods")).expect("renamed");
    saved_as(folder, "back.ods", "xlsx")
}

#[test]
fn a_workbook_saved_by_libreoffice_says_what_it_said() {
    if !is_here() {
        return;
    }
    let town = Town::new();
    let manager = town.manager_of(AGENCY);
    town.fill_in(AGENCY);
    let before = town.claims_of(AGENCY);
    // Nobody typed anything: nothing changes, however the file was saved.
    let unchanged = there_and_back(town.folder(), &taken(&manager, AGENCY).save());
    bring(&manager, &unchanged)
        .is(200)
        .says_word("workbook-nothing-changes");
    let mut paper: Paper = taken(&manager, AGENCY);
    paper.fill("DSP-02", "value", "۲");
    paper.fill("DSP-04", "numerator", "١٧");
    paper.fill("DSP-04", "denominator", "۱۹");
    paper.fill("DSP-04", "note", "=1+1\nسطر دوم، ۱۴۰۵/۰۶/۳۱");
    let back = there_and_back(town.folder(), &paper.save());
    assert_eq!(row(&mut open(back.clone()), "DSP-04")[7], "١٧");
    let shown = manager.follow(&bring(&manager, &back));
    shown.says("۱۷ از ۱۹");
    confirm(&manager, &shown).leads_to(&page());
    assert_eq!(claim(&town, "DSP-02"), "{\"level\":2}");
    assert_eq!(claim(&town, "DSP-04"), "{\"num\":17,\"den\":19}");
    assert_eq!(
        town.kept("answers", "note").matches("=1+1").count(),
        1,
        "a note stays a text"
    );
    let others = |all: Vec<(String, String, Option<String>)>| {
        let is_other = |code: &str| !["DSP-02", "DSP-04"].contains(&code);
        let all = all.into_iter().filter(|(code, ..)| is_other(code));
        all.collect::<Vec<_>>()
    };
    assert_eq!(others(town.claims_of(AGENCY)), others(before));
}
