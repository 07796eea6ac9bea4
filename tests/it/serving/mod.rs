//! `mizan serve` as a process: what it refuses to begin with, TLS, being killed, two of them, a disk that is full.

mod process;

use std::process::Command;

use diesel::connection::SimpleConnection;
use mizan::domain::access::Role;
use mizan::store::{self, StoreError};

use crate::town::{Engine, OPEN, Town};
use process::{Served, certificate, program, refused};

const AGENCY: &str = "INF-01";

fn address() -> String {
    format!("/{OPEN}/agencies/{AGENCY}/answers/DSS-03")
}

/// A town whose quarter stays open by the clock of the machine too.
fn open_for_years() -> Town {
    let town = Town::new();
    let order = "UPDATE periods SET deadline_on = '2090-01-01', last_new_on = '2090-01-01', \
                 last_edit_on = '2090-01-01'";
    let done = town.state.store.read(|conn| {
        conn.batch_execute(order)?;
        Ok::<_, StoreError>(())
    });
    done.expect("longer days");
    town
}

fn saved(town: &Town) -> Option<store::answer::AnswerRow> {
    let assessment = town.assessment(AGENCY);
    let read = |conn: &mut store::Conn| store::answer::find(conn, &assessment, "DSS-03");
    town.state.store.read(read).expect("read")
}

/// Settings that would harm somebody, and a word of the sentence that says so.
const HARMFUL: [(&str, &str); 16] = [
    ("ADDRESS=0.0.0.0:0", "in the open"),
    ("ADDRESS=[::]:0", "in the open"),
    ("ADDRESS=192.0.2.1:80", "in the open"),
    ("ADDRESS=0.0.0.0:0 IS_BEHIND_PROXY=true", "https://"),
    ("ADDRESS=nowhere", "settings"),
    ("BASE=ftp://mizan.test", "base"),
    ("BASE=https://", "base"),
    ("BASE=https://mizan.test/path", "base"),
    ("CERTIFICATE={cert}", "certificate"),
    ("CERTIFICATE={cert} KEY={key}", "https://"),
    (
        "CERTIFICATE=/no.pem KEY={key} BASE=https://a",
        "certificate",
    ),
    ("CERTIFICATE={odd} KEY={odd} BASE=https://a", "certificate"),
    (
        "DATABASE=postgres://me:kept-to-me@127.0.0.1:1/x",
        "database",
    ),
    ("OFFSET_MINUTES=99999", "offset"),
    (
        "TEXT_URL=http://127.0.0.1:1/ TEXT_SECRET=777001",
        "needs mail",
    ),
    ("COLOUR=blue", "colour"),
];

#[test]
fn settings_that_would_harm_somebody_are_refused_with_a_sentence() {
    let town = Town::on(Engine::Sqlite);
    let folder = town.folder().display().to_string();
    let database = format!("{folder}/new/mizan.sqlite");
    let files = format!("{folder}/new/files");
    let (certificate, key) = certificate(town.folder());
    for (settings, word) in HARMFUL {
        let settings = settings
            .replace("{cert}", &certificate)
            .replace("{key}", &key)
            .replace("{odd}", town.database());
        let given: Vec<(String, &str)> = settings
            .split(' ')
            .filter_map(|one| one.split_once('='))
            .map(|(name, value)| (format!("MIZAN_{name}"), value))
            .collect();
        let mut all = vec![
            ("MIZAN_DATABASE", database.as_str()),
            ("MIZAN_FILES", files.as_str()),
        ];
        all.extend(given.iter().map(|(name, value)| (name.as_str(), *value)));
        let (code, said) = refused(&all, &["serve"]);
        assert_eq!(code, 2, "{settings}: {said}");
        assert!(said.contains(word), "{settings}: {said}");
        assert!(!said.contains("kept-to-me"), "{said}");
        assert!(!said.contains("777001"), "{said}");
    }
    let (code, said) = refused(&[], &["--config", "/nowhere.toml", "serve"]);
    assert_eq!((code, said.contains("is not there")), (2, true), "{said}");
}

#[test]
fn p14_certificate_files_are_served_and_the_cookie_is_kept_to_them() {
    let town = open_for_years();
    let (certificate, key) = certificate(town.folder());
    let served = Served::of(
        &town,
        &[
            ("MIZAN_CERTIFICATE", &certificate),
            ("MIZAN_KEY", &key),
            ("MIZAN_BASE", "https://localhost"),
        ],
    );
    let ask = |more: &[&str]| {
        let told = Command::new("curl")
            .args(["-s", "-i", "--cacert", &certificate, "--resolve"])
            .arg(format!("localhost:{}:127.0.0.1", served.port))
            .args(more)
            .output()
            .expect("curl is installed");
        String::from_utf8_lossy(&told.stdout).into_owned()
    };
    let door = format!("https://localhost:{}/sign-in", served.port);
    let page = ask(&[&door]);
    assert!(
        page.to_lowercase()
            .contains("strict-transport-security: max-age="),
        "{page}"
    );
    let set = page
        .lines()
        .find(|line| line.to_lowercase().starts_with("set-cookie: "));
    let set = set.expect("a cookie of the form");
    assert!(set.contains("Secure") && set.contains("HttpOnly"), "{set}");
    let form = set[12..].split(';').next().expect("a pair").to_owned();
    let csrf = page
        .split("name=\"csrf\" value=\"")
        .nth(1)
        .expect("a token");
    let csrf = csrf.split('"').next().expect("a token");
    let body = crate::town::encode(&[
        ("username", "office"),
        ("password", crate::town::PASSWORD),
        ("csrf", csrf),
    ]);
    let signed = ask(&["-b", &form, "-d", &body, &door]);
    let set = signed.lines().find(|line| line.contains("__Host-mizan="));
    let set = set.unwrap_or_else(|| panic!("no session: {signed}"));
    for part in ["Secure", "HttpOnly", "SameSite=Lax", "Path=/"] {
        assert!(set.contains(part), "no {part} in {set}");
    }
    let plain = Command::new("curl")
        .args(["-s", "-m", "5", &door.replace("https", "http")])
        .output()
        .expect("curl is installed");
    assert!(!String::from_utf8_lossy(&plain.stdout).contains("<form"));
}

#[test]
fn every_save_that_was_told_is_there_after_ten_kills() {
    let town = open_for_years();
    let login = town.person_of(Role::Manager, AGENCY);
    let mut session = None;
    let (mut sent, mut told) = (0_i64, 0_i64);
    for round in 0..10 {
        let served = Served::of(&town, &[]);
        let (cookie, csrf) = session
            .get_or_insert_with(|| served.sign_in(&login))
            .clone();
        std::thread::scope(|scope| {
            let (sent, told, served_in) = (&mut sent, &mut told, &served);
            let town = &town;
            let hand = scope.spawn(move || {
                for _ in 0..40 {
                    let seen = saved(town).map_or(0, |row| row.version).to_string();
                    *sent += 1;
                    let note = sent.to_string();
                    let fields = [
                        ("choice", "value"),
                        ("value", "5"),
                        ("note", note.as_str()),
                        ("seen", seen.as_str()),
                        ("csrf", csrf.as_str()),
                    ];
                    let path = format!("POST {}", address());
                    match served_in.ask(&path, &cookie, Some(&fields)) {
                        Some(answer) if answer.status == 303 => *told = *sent,
                        // What was stored before a kill, but never told.
                        Some(answer) if answer.status == 409 => {}
                        Some(answer) => panic!("{}", answer.whole),
                        None => return,
                    }
                }
            });
            std::thread::sleep(std::time::Duration::from_millis(60 + 37 * round));
            served.end();
            hand.join().expect("no panic");
        });
        drop(served);
        let kept: i64 = saved(&town).map_or(0, |row| row.note.parse().unwrap_or(0));
        // What was never told may be there or not; what was told is.
        assert!(
            (told..=sent).contains(&kept),
            "told {told}, sent {sent}, kept {kept}"
        );
    }
    assert!(told > 0, "something was saved");
    let log = town.log();
    let events = log
        .iter()
        .filter(|event| event.action == "answer.saved")
        .count();
    let version = saved(&town).map_or(0, |row| row.version);
    assert_eq!(
        i64::try_from(events),
        Ok(version),
        "one event for each write"
    );
}

#[test]
fn two_processes_on_one_database_know_of_each_other() {
    let town = open_for_years();
    let login = town.person_of(Role::Manager, AGENCY);
    let (one, other) = (Served::of(&town, &[]), Served::of(&town, &[]));
    let (cookie, csrf) = one.sign_in(&login);
    std::thread::scope(|scope| {
        for (served, indicator) in [(&one, "DSS-03"), (&other, "RSP-02")] {
            let (cookie, csrf) = (&cookie, &csrf);
            scope.spawn(move || {
                for version in 0..20_i64 {
                    let (seen, note) = (version.to_string(), format!("بار {version}"));
                    let fields = [
                        ("choice", "blank"),
                        ("note", note.as_str()),
                        ("seen", seen.as_str()),
                        ("csrf", csrf.as_str()),
                    ];
                    let path = format!("POST /{OPEN}/agencies/{AGENCY}/answers/{indicator}");
                    let told = served.ask(&path, cookie, Some(&fields)).expect("an answer");
                    assert_eq!(told.status, 303, "{}", told.whole);
                }
            });
        }
    });
    assert_eq!(town.rows("answers", AGENCY), 2);
    assert_eq!(saved(&town).expect("saved").version, 20);
    let out = other.ask("POST /sign-out", &cookie, Some(&[("csrf", csrf.as_str())]));
    assert_eq!(out.expect("an answer").status, 303);
    let page = one.ask(&format!("GET {}", address()), &cookie, None);
    assert_eq!(
        page.expect("an answer").status,
        303,
        "signed out everywhere"
    );
}

#[test]
fn a_port_in_use_is_said_in_words() {
    let town = Town::on(Engine::Sqlite);
    let served = Served::of(&town, &[]);
    let address = format!("127.0.0.1:{}", served.port);
    let settings = [
        ("MIZAN_DATABASE", town.database()),
        ("MIZAN_ADDRESS", &address),
    ];
    let mut second = program(&settings, &["serve"]);
    let ended = second.current_dir(town.folder()).output().expect("it runs");
    let said = String::from_utf8_lossy(&ended.stderr).into_owned();
    assert_eq!(ended.status.code(), Some(2), "{said}");
    assert!(said.contains("cannot be listened on"), "{said}");
}

/// A disk of a few megabytes, taken down at the end. Only the administrator of a machine may make one.
struct SmallDisk(std::path::PathBuf);

impl SmallDisk {
    fn mount(at: &std::path::Path, kilobytes: u64) -> Option<SmallDisk> {
        std::fs::create_dir_all(at).expect("a folder");
        let size = format!("size={kilobytes}k");
        let mounted = Command::new("mount")
            .args(["-t", "tmpfs", "-o", &size, "tmpfs"])
            .arg(at)
            .output();
        mounted
            .is_ok_and(|ended| ended.status.success())
            .then(|| SmallDisk(at.to_owned()))
    }
}

impl Drop for SmallDisk {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg("-l").arg(&self.0).status();
    }
}

#[test]
fn a_full_disk_is_said_in_words_and_saving_goes_on_when_there_is_room() {
    if Engine::of_run() == Engine::Postgres {
        return;
    }
    let town = open_for_years();
    let login = town.person_of(Role::Manager, AGENCY);
    let whole = town.folder().join("whole.sqlite").display().to_string();
    let copied = town.state.store.read(|conn| {
        conn.batch_execute(&format!("VACUUM INTO '{whole}'"))?;
        Ok::<_, StoreError>(())
    });
    copied.expect("a copy");
    let size = std::fs::metadata(&whole).expect("a file").len();
    let at = town.folder().join("disk");
    let Some(disk) = SmallDisk::mount(&at, size / 1024 + 3_000) else {
        eprintln!("SKIPPED: only root may mount a small disk; a full disk was not tested");
        return;
    };
    let database = at.join("mizan.sqlite").display().to_string();
    std::fs::copy(&whole, &database).expect("room for the database");
    let served = Served::of(&town, &[("MIZAN_DATABASE", &database)]);
    let (cookie, csrf) = served.sign_in(&login);
    let save = |note: &str, seen: &str| {
        let fields = [
            ("choice", "blank"),
            ("note", note),
            ("seen", seen),
            ("csrf", csrf.as_str()),
        ];
        let path = format!("POST {}", address());
        served
            .ask(&path, &cookie, Some(&fields))
            .expect("an answer")
            .status
    };
    assert_eq!(save("یک", "0"), 303);
    let filler = at.join("filler");
    let mut file = std::fs::File::create(&filler).expect("a file");
    while std::io::Write::write_all(&mut file, &[0; 1024]).is_ok() {}
    let long = "بلند ".repeat(700);
    let mut seen = 1;
    let full = (0..400).map(|_| {
        let status = save(&format!("{seen} {long}"), &seen.to_string());
        seen += i64::from(status == 303);
        status
    });
    let full = full.into_iter().find(|status| *status != 303);
    assert_eq!(full, Some(503), "a full disk is said");
    let page = served.ask(&format!("GET {}", address()), &cookie, None);
    assert_eq!(page.expect("an answer").status, 200, "reading goes on");
    drop(file);
    std::fs::remove_file(&filler).expect("room again");
    assert_eq!(save("باز هم", &seen.to_string()), 303, "and saving too");
    drop(served);
    drop(disk);
}
