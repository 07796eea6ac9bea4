//! Editions: published by two people, checked by anybody, never rewritten.

use std::io::{Cursor, Read as _};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Arc;

use mizan::cli::edition as keys;
use mizan::domain::edition::{self, Asked, Files, Head, Manifest};
use mizan::domain::fault::{At, Faults};
use mizan::domain::returns::{self, Returns};
use mizan::domain::{framework, json};

use crate::pages::both;
use crate::town::{Engine, LAST, Town};

const PASSPHRASE: &str = "کلید امضای نسخه‌ها ۱۴۰۵";
const FRAMEWORK: &str = include_str!("../../seeds/framework/MIZAN-KB-1.1.json");
pub const QUARTER: &str = include_str!("../../seeds/demo/returns-1404-Q3.json");
const NEXT: &str = include_str!("../../seeds/demo/returns-1404-Q4.json");

fn shelf() -> String {
    format!("/{LAST}/editions")
}

/// Proposed by one, published by another.
fn published(town: &Town) {
    let (one, other) = (town.browser("office"), town.browser("committee1"));
    let page = one.open(&shelf());
    one.submit(&page, &format!("{}/proposal", shelf()), &[])
        .leads_to(&shelf());
    let address = format!("{}/1/publication", shelf());
    let page = other.open(&shelf());
    other
        .submit(&page, &address, &[("is_sure", "yes")])
        .leads_to(&shelf());
}

/// The downloaded archive, unpacked into a folder of its own.
fn unpacked(town: &Town, login: &str) -> PathBuf {
    let page = town
        .browser(login)
        .open(&format!("{}/1/edition.zip", shelf()));
    page.is(200);
    assert!(page.header("content-disposition").starts_with("attachment"));
    let mut archive = zip::ZipArchive::new(Cursor::new(page.bytes)).expect("an archive");
    let folder = town.folder().join("unpacked");
    archive.extract(&folder).expect("it unpacks");
    folder.join(format!("mizan-{LAST}-1"))
}

/// Runs a program in a folder; whether it ended well, and what it said.
fn run(program: &str, arguments: &[&str], folder: &Path) -> (bool, String) {
    let ran = Command::new(program)
        .args(arguments)
        .current_dir(folder)
        .output()
        .unwrap_or_else(|why| panic!("{program}: {why}"));
    let said = [ran.stdout, ran.stderr].concat();
    (ran.status.success(), String::from_utf8_lossy(&said).into())
}

fn mizan(arguments: &[&str], folder: &Path) -> (bool, String) {
    run(env!("CARGO_BIN_EXE_mizan"), arguments, folder)
}

#[test]
fn what_two_people_publish_is_checked_by_anybody_without_the_program_or_the_database() {
    let keyring = std::env::temp_dir().join(format!("mizan-keys-{}", std::process::id()));
    let _ = std::fs::remove_dir_all(&keyring);
    let key = keys::make_keys(&keyring, PASSPHRASE).expect("two keys");
    for engine in Engine::all() {
        let town = Town::with(engine, |config| config.edition_key = Some(key.clone()));
        published(&town);
        let folder = unpacked(&town, "office");
        let secret = keyring.join("edition.key");
        let signature = keys::sign(&folder, &secret, PASSPHRASE).expect("the edition holds");

        let office = town.browser("office");
        let address = format!("{}/1/signature", shelf());
        let page = office.open(&shelf());
        page.says("در انتظار امضا");
        let wrong = signature.replace("mizan edition", "another thing");
        office
            .submit(&page, &address, &[("signature", &wrong)])
            .is(422);
        let page = office.open(&shelf());
        let form = [("signature", signature.as_str())];
        office.submit(&page, &address, &form).leads_to(&shelf());
        office.open(&shelf()).says("امضاشده");

        let public = keyring.join("edition.pub").display().to_string();
        let asked = ["verify", ".", "--key", &public, "--agency", "GEN-02"];
        let (is_good, said) = mizan(&asked, &folder);
        assert!(is_good && said.contains("This edition holds."), "{said}");
        assert!(said.contains("The line of GEN-02"), "{said}");
        let (is_good, said) = run("sha256sum", &["-c", "SHA256SUMS"], &folder);
        assert!(is_good, "{said}");
        let asked = ["-V", "-m", "manifest", "-P", key.as_str()];
        let (is_good, said) = run("minisign", &asked, &folder);
        assert!(is_good, "{said}");
    }
    let checkpoint = ["-V", "-m", "checkpoint.pub", "-P", key.as_str()];
    let (is_good, said) = run("minisign", &checkpoint, &keyring);
    assert!(
        is_good,
        "the server's key is signed by the edition key: {said}"
    );
    assert!(
        keys::make_keys(&keyring, PASSPHRASE).is_err(),
        "no key is overwritten"
    );
    std::fs::remove_dir_all(&keyring).expect("tidied up");
}

#[test]
fn one_person_alone_publishes_nothing() {
    let town = Town::new();
    let office = town.browser("office");
    let page = office.open(&shelf());
    office
        .submit(&page, &format!("{}/proposal", shelf()), &[])
        .leads_to(&shelf());
    both(&office, &shelf());
    let address = format!("{}/1/publication", shelf());
    assert!(
        office
            .open(&shelf())
            .forms()
            .iter()
            .all(|form| form.action != address)
    );
    office.post(&address, &[("is_sure", "yes")]).is(409);
    let governor = town.browser("governor");
    governor.open(&shelf()).says("هنوز نسخه‌ای منتشر نشده است");
    governor.post(&address, &[("is_sure", "yes")]).is(403);
    governor.get(&format!("{}/1/edition.zip", shelf())).is(404);
    let other = town.browser("office2");
    let page = other.open(&shelf());
    other.submit(&page, &address, &[]).is(422);
    both(&other, &shelf());
    let page = other.open(&shelf());
    let withdrawal = format!("{}/1/withdrawal", shelf());
    other.submit(&page, &withdrawal, &[]).leads_to(&shelf());
    other.post(&address, &[("is_sure", "yes")]).is(404);
}

#[test]
fn the_governors_office_opens_an_edition_to_the_public_and_nobody_else_does() {
    let town = Town::new();
    published(&town);
    let address = format!("{}/1/release", shelf());
    town.browser("office")
        .post(&address, &[("is_sure", "yes")])
        .is(403);
    let governor = town.browser("governor");
    both(&governor, &shelf());
    let page = governor.open(&shelf());
    governor.submit(&page, &address, &[]).is(422);
    let page = governor.open(&shelf());
    governor
        .submit(&page, &address, &[("is_sure", "yes")])
        .leads_to(&shelf());
    governor.post(&address, &[("is_sure", "yes")]).is(409);
    let actions: Vec<String> = town.log().into_iter().map(|event| event.action).collect();
    for action in ["edition.proposed", "edition.published", "edition.released"] {
        assert!(actions.iter().any(|known| known == action), "{action}");
    }
}

#[test]
fn an_agency_reads_what_was_published_and_no_name_of_who_published_it() {
    let town = Town::new();
    published(&town);
    let page = town.manager_of("INF-01").open(&shelf());
    page.is(200)
        .says("منتشرشده")
        .lacks("publication")
        .lacks("signature\"");
    let folder = unpacked(&town, "governor");
    let returns = std::fs::read_to_string(folder.join("returns.json")).expect("the returns");
    assert!(
        !returns.contains("واردشده"),
        "no reason in a person's words"
    );
    assert!(town.browser("admin").get(&shelf()).status == 404);
}

/// An edition of the made-up quarter by itself.
pub fn edition(of: &Returns, number: i64, before: Option<&Files>) -> Files {
    let manifest = before.map(|files| Manifest::read(&files["manifest"]).expect("a manifest"));
    let head = Head {
        province: ["SM", "استان نمونه", "Sample Province"].map(str::to_owned),
        is_demo: true,
        number,
        published_at: "2026-11-25T10:00:00Z".to_owned(),
        log: (7, "ab".repeat(32)),
        previous: manifest.map(|manifest| manifest.as_previous()),
        reason: (number > 1).then(|| "شمارش دوباره".to_owned()),
        corrected: before
            .filter(|_| number > 1)
            .map(|files| files["results.jsonl"].clone()),
        agencies: vec![["INF-01", "ادارهٔ کل نمونه", "Sample Office"].map(str::to_owned)],
    };
    edition::make(&head, FRAMEWORK, of)
}

/// A made-up quarter.
pub fn quarter(text: &str) -> Returns {
    let json = json::read(FRAMEWORK.as_bytes()).expect("JSON");
    let framework = framework::read(&json, &At::top(), &mut Faults::default());
    let framework = Arc::new(framework.expect("a framework"));
    returns::read(text.as_bytes(), &[framework]).expect("a quarter")
}

fn failures(files: &Files, asked: &Asked) -> Vec<&'static str> {
    let checks = edition::verify(files, asked).into_iter();
    checks
        .filter(|check| !check.is_good)
        .map(|check| check.key)
        .collect()
}

/// A file with one byte of it changed.
fn with_a_byte_changed(files: &Files, name: &str) -> Files {
    let mut changed = files.clone();
    let bytes = changed.get_mut(name).expect("a file");
    let place = bytes.len() / 2;
    bytes[place] ^= 1;
    changed
}

#[test]
fn an_edition_with_one_byte_changed_in_any_file_does_not_hold() {
    let returns = quarter(QUARTER);
    let first = edition(&returns, 1, None);
    assert_eq!(failures(&first, &Asked::default()), Vec::<&str>::new());
    for name in first.keys() {
        let changed = with_a_byte_changed(&first, name);
        assert!(!failures(&changed, &Asked::default()).is_empty(), "{name}");
        let mut short = first.clone();
        short.remove(name);
        assert!(
            !failures(&short, &Asked::default()).is_empty(),
            "without {name}"
        );
    }
    let mut more = first.clone();
    more.insert("notes.txt".to_owned(), b"x".to_vec());
    assert_eq!(
        failures(&more, &Asked::default()),
        ["edition-file-unknown", "edition-sums-wrong"]
    );
}

/// The files with one of them replaced, and manifest and sums written anew by somebody who knows how.
fn forged(files: &Files, name: &str, text: &str, edit: impl FnOnce(&mut Manifest)) -> Files {
    let mut forged = files.clone();
    forged.insert(name.to_owned(), text.as_bytes().to_vec());
    let mut manifest = Manifest::read(&forged["manifest"]).expect("a manifest");
    for (listed, hash, size) in &mut manifest.files {
        *hash = edition::sha256(&forged[listed]);
        *size = forged[listed].len() as i64;
    }
    edit(&mut manifest);
    forged.insert("manifest".to_owned(), manifest.print().into_bytes());
    forged.remove("SHA256SUMS");
    let sums: String = forged
        .iter()
        .map(|(name, bytes)| format!("{}  {name}\n", edition::sha256(bytes)))
        .collect();
    forged.insert("SHA256SUMS".to_owned(), sums.into_bytes());
    forged
}

#[test]
fn a_careful_forger_is_found_by_the_scores_themselves() {
    let returns = quarter(QUARTER);
    let first = edition(&returns, 1, None);
    let results = String::from_utf8(first["results.jsonl"].clone()).expect("text");
    let mut lines: Vec<&str> = results.split_inclusive('\n').collect();
    let same = |_: &mut Manifest| {};

    let better = results.replacen("\"grade\":\"weak\"", "\"grade\":\"good\"", 1);
    assert_ne!(better, results);
    let found = failures(
        &forged(&first, "results.jsonl", &better, same),
        &Asked::default(),
    );
    assert!(found.contains(&"edition-score-wrong"), "{found:?}");

    lines.swap(0, 1);
    let found = failures(
        &forged(&first, "results.jsonl", &lines.concat(), same),
        &Asked::default(),
    );
    assert!(found.contains(&"edition-lines-moved"), "{found:?}");

    let fewer: String = results.split_inclusive('\n').skip(1).collect();
    let found = failures(
        &forged(&first, "results.jsonl", &fewer, same),
        &Asked::default(),
    );
    assert!(found.contains(&"edition-score-wrong"), "{found:?}");

    let old = |manifest: &mut Manifest| manifest.root = "00".repeat(32);
    let found = failures(
        &forged(&first, "results.jsonl", &results, old),
        &Asked::default(),
    );
    assert_eq!(found, ["edition-root-wrong"]);

    let claims = String::from_utf8(first["returns.json"].clone()).expect("text");
    let kinder = claims.replacen("\"kind\": \"rejected\"", "\"kind\": \"confirmed\"", 1);
    assert_ne!(kinder, claims);
    let found = failures(
        &forged(&first, "returns.json", &kinder, same),
        &Asked::default(),
    );
    assert!(found.contains(&"edition-score-wrong"), "{found:?}");
}

#[test]
fn editions_are_a_chain_and_a_correction_says_whom_it_moved() {
    let (before, mut after) = (quarter(QUARTER), quarter(NEXT));
    let first = edition(&before, 1, None);
    let next = edition(&after, 1, Some(&first));
    let beside = |previous| Asked {
        previous: Some(previous),
        ..Asked::default()
    };
    assert_eq!(failures(&next, &beside(&first)), Vec::<&str>::new());
    let other = |manifest: &mut Manifest| {
        let previous = manifest.previous.as_mut().expect("one before");
        previous.root = "11".repeat(32);
    };
    let leagues = String::from_utf8(next["leagues.json"].clone()).expect("text");
    let resigned = forged(&next, "leagues.json", &leagues, other);
    assert_eq!(
        failures(&resigned, &beside(&first)),
        ["edition-chain-wrong"]
    );

    after.agencies[0].findings.clear();
    after.agencies[0].facts.clear();
    after.agencies[0].answers.truncate(20);
    let corrected = edition(&after, 2, Some(&next));
    assert_eq!(failures(&corrected, &beside(&next)), Vec::<&str>::new());
    let told = String::from_utf8(corrected["corrections.jsonl"].clone()).expect("text");
    assert!(
        told.contains(&format!("\"agency\":\"{}\"", after.agencies[0].code)),
        "{told}"
    );
    let silent = forged(&corrected, "corrections.jsonl", "", |_| {});
    assert_eq!(failures(&silent, &beside(&next)), ["edition-moved-wrong"]);
}

#[test]
fn a_quarter_with_nobody_in_it_makes_an_edition_too() {
    let mut nobody = quarter(QUARTER);
    nobody.agencies.clear();
    let files = edition(&nobody, 1, None);
    assert_eq!(failures(&files, &Asked::default()), Vec::<&str>::new());
    let asked = Asked {
        agency: Some("GEN-02"),
        ..Asked::default()
    };
    assert_eq!(failures(&files, &asked), ["edition-agency-missing"]);
    let mut text = Vec::new();
    Cursor::new(&files["results.jsonl"])
        .read_to_end(&mut text)
        .expect("read");
    assert!(text.is_empty());
}
