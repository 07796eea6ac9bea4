//! Files that are made to harm: each is refused at once, in a process of its own, and nothing of it stays.

use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Stdio};

use mizan::workbook::reader::Seats;

use super::paper::Paper;
use super::{AGENCY, bring, taken};
use crate::town::Town;

const SHEET: &str = "xl/worksheets/sheet1.xml";
const STRINGS: &str = "xl/sharedStrings.xml";

/// The bytes with one word in the place of another of the same length, wherever it stands.
fn with(bytes: &[u8], from: &str, to: &str) -> Vec<u8> {
    assert_eq!(from.len(), to.len());
    let mut out = bytes.to_vec();
    for at in 0..=out.len() - from.len() {
        if &out[at..at + from.len()] == from.as_bytes() {
            out[at..at + from.len()].copy_from_slice(to.as_bytes());
        }
    }
    out
}

/// A workbook whose sheet has so many rows more.
fn rows(of: &Paper, many: u32, cell: &str) -> Vec<u8> {
    let mut paper = of.clone();
    paper.change(SHEET, |text| {
        let more: String = (100..100 + many)
            .map(|row| format!("<row r=\"{row}\"><c r=\"A{row}\"{cell}</c></row>"))
            .collect();
        text.replace("</sheetData>", &format!("{more}</sheetData>"))
    });
    paper.save()
}

type Harm = (&'static str, Vec<u8>);

fn changed(of: &Paper, file: &str, from: &str, to: &str) -> Vec<u8> {
    let mut paper = of.clone();
    paper.change(file, |text| {
        assert!(text.contains(from), "{file} has no {from}");
        text.replacen(from, to, 1)
    });
    paper.save()
}

fn added(of: &Paper, name: &str, bytes: Vec<u8>) -> Vec<u8> {
    let mut paper = of.clone();
    paper.files.push((name.to_owned(), bytes));
    paper.save()
}

/// Files that are no workbook, or one that names things twice or elsewhere.
fn broken(paper: &Paper) -> Vec<Harm> {
    let whole = paper.save();
    let entity = "<!DOCTYPE x [<!ENTITY e SYSTEM \"file:///etc/passwd\">]><sst ";
    let twice = added(paper, "xl/worksheets/sheetX.xml", b"<x/>".to_vec());
    let lower = added(paper, "XL/WORKSHEETS/SHEET1.XML", b"<x/>".to_vec());
    let names = changed(paper, "xl/workbook.xml", "\"lists\"", "\"mizan\"");
    let place = changed(paper, SHEET, "r=\"A4\"", "r=\"99999999999999A\"");
    let word = changed(paper, SHEET, "t=\"s\"><v>", "t=\"s\"><v>9999999999");
    vec![
        ("cut off in the middle", whole[..whole.len() / 2].to_vec()),
        ("without its end", whole[..whole.len() - 23].to_vec()),
        ("a page of the web", b"<html><script>alert(1)".to_vec()),
        (
            "an archive in name only",
            b"PK\x03\x04 and no more".to_vec(),
        ),
        (
            "read from elsewhere",
            changed(paper, STRINGS, "<sst ", entity),
        ),
        ("a name twice", with(&twice, "sheetX.xml", "sheet1.xml")),
        ("a name in capitals too", lower),
        ("two sheets of one name", names),
        ("a cell of no place", place),
        ("a word that is not there", word),
    ]
}

/// Files that grow without end, or say so.
fn endless(paper: &Paper) -> Vec<Harm> {
    let bomb = added(paper, "xl/media/image1.png", vec![0; 200 << 20]);
    let words = "<si><t>ن</t></si>".repeat(2_000_000);
    let far = "<row r=\"1048576\"><c r=\"XFD1048576\"><v>1</v></c></row></sheetData>";
    let count = "uniqueCount=\"4294967295\" x=\"";
    vec![
        ("a bomb", bomb),
        ("a bomb of words", changed(paper, STRINGS, "</sst>", &words)),
        ("a million rows", rows(paper, 1_000_000, "><v>1</v>")),
        ("a million empty cells", rows(paper, 1_000_000, ">")),
        (
            "a row at the end",
            changed(paper, SHEET, "</sheetData>", far),
        ),
        (
            "a count that lies",
            changed(paper, STRINGS, "uniqueCount=\"", count),
        ),
    ]
}

#[test]
fn every_harmful_file_is_refused_with_a_sentence_and_nothing_of_it_stays() {
    let town = Town::new();
    let manager = town.manager_of(AGENCY);
    let paper = taken(&manager, AGENCY);
    let before = town.tables();
    for (what, bytes) in broken(&paper).into_iter().chain(endless(&paper)) {
        let told = bring(&manager, &bytes);
        assert_eq!(told.status, 422, "{what}");
        let is_said = ["problem-workbook-unreadable", "problem-workbook-too-much"]
            .map(|key| mizan::web::words::text(mizan::web::words::Language::Fa, key))
            .iter()
            .any(|sentence| told.html().contains(sentence.as_ref()));
        assert!(is_said, "{what}: {}", told.text());
    }
    assert!(town.tables() == before, "nothing was written");
    assert_eq!(count(&town.state.config.files), 0, "no file stays");
    // The same person's honest file is taken right afterwards.
    let mut honest = paper;
    honest.fill("DSP-02", "value", "2");
    bring(&manager, &honest.save()).is(303);
}

fn count(folder: &Path) -> usize {
    let entries = std::fs::read_dir(folder).expect("a folder").flatten();
    entries
        .map(|entry| match entry.path() {
            path if path.is_dir() => count(&path),
            _ => 1,
        })
        .sum()
}

#[test]
fn a_size_that_lies_is_not_believed() {
    let town = Town::new();
    let manager = town.manager_of(AGENCY);
    let mut paper = taken(&manager, AGENCY);
    paper.fill("DSP-02", "value", "2");
    paper.change(SHEET, |text| {
        let start = text.find("<dimension ref=\"").expect("a size") + 16;
        let end = start + text[start..].find('"').expect("an end");
        format!("{}A1:XFD1048576{}", &text[..start], &text[end..])
    });
    // Only what is really there counts.
    bring(&manager, &paper.save()).is(303);
}

#[test]
fn the_reader_alone_says_what_it_thinks_of_anything() {
    for bytes in [&b""[..], b"\0\0\0\0", &[0xff; 6 << 20]] {
        let mut child = Command::new(env!("CARGO_BIN_EXE_mizan"))
            .arg("read-workbook")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("the program starts");
        // It may have seen enough before the end.
        let _ = child.stdin.take().expect("an ear").write_all(bytes);
        let ended = child.wait_with_output().expect("it ends");
        let said = String::from_utf8(ended.stdout).expect("text");
        assert!(said.starts_with("{\"Err\":"), "{said}");
    }
}

/// A line of what the system knows of a process.
fn known(of: u32, file: &str, line: &str) -> String {
    let text = std::fs::read_to_string(format!("/proc/{of}/{file}")).unwrap_or_default();
    let found = text.lines().find(|known| known.starts_with(line));
    found.unwrap_or_default().to_owned()
}

#[test]
fn the_reader_has_little_memory_from_its_first_moment() {
    let mut child = Command::new(env!("CARGO_BIN_EXE_mizan"))
        .arg("read-workbook")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("the program starts");
    let id = child.id();
    // The last limit is set when it is within the others and waits for the file.
    for _ in 0..2_000 {
        if known(id, "limits", "Max open files").contains(" 3 ") {
            break;
        }
        std::thread::sleep(std::time::Duration::from_millis(5));
    }
    let limit = known(id, "limits", "Max address space");
    assert!(limit.contains(" 268435456 "), "{limit}");
    let size = known(id, "status", "VmSize:");
    let kib: u64 = size
        .split_whitespace()
        .nth(1)
        .map_or(0, |size| size.parse().expect("a number"));
    assert!((1..256 * 1024).contains(&kib), "{size}");
    drop(child.stdin.take());
    assert!(child.wait().expect("it ends").success());
}

#[test]
fn a_reader_that_does_not_start_is_no_fault_of_the_file() {
    let town = Town::new();
    let manager = town.manager_of(AGENCY);
    let paper = taken(&manager, AGENCY).save();
    let program = town.folder().join("no-such-program");
    assert!(mizan::workbook::reader::filled(&program, &paper).is_err());
}

#[test]
fn when_two_files_are_read_and_enough_wait_the_next_is_asked_to_come_again() {
    let seats = Seats::new(2, 1, std::time::Duration::from_secs(60));
    let (first, second) = (seats.take().expect("free"), seats.take().expect("free"));
    std::thread::scope(|scope| {
        let waiting = scope.spawn(|| seats.take().is_some());
        while seats.waiting() == 0 {
            std::thread::yield_now();
        }
        assert!(seats.take().is_none(), "one waits already");
        drop(first);
        assert!(waiting.join().expect("it comes back"), "a seat was freed");
    });
    drop(second);
    let impatient = Seats::new(0, 9, std::time::Duration::from_millis(1));
    assert!(impatient.take().is_none(), "nobody waits for ever");
}
