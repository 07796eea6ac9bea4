//! Practice: a manager lives a quarter through alone, and nothing of it is anywhere else.

use std::collections::BTreeMap;

use diesel::connection::SimpleConnection;
use mizan::store::StoreError;

use crate::pages::both;
use crate::town::{Browser, Engine, OPEN, PASSWORD, Page, Town};

const REAL: &str = "INF-01";

fn choose(browser: &Browser, deed: &str) -> Page {
    browser.open("/practice");
    let done = browser.post("/practice", &[("do", deed)]);
    done.is(303);
    browser.follow(&done)
}

/// The addresses of the answers on the checklist of the quarter that is practised with.
fn answers(browser: &Browser) -> Vec<String> {
    let home = browser.open("/").links().into_iter();
    let mut checklist = home.filter(|link| link.ends_with("/agencies/TAM-01/checklist"));
    let checklist = checklist.next_back().expect("a checklist");
    let links = browser.open(&checklist).links().into_iter();
    let mut links: Vec<String> = links.filter(|link| link.contains("/answers/")).collect();
    links.sort();
    links.dedup();
    links
}

fn fill_in(browser: &Browser) {
    for path in answers(browser) {
        let page = browser.open(&path);
        browser.submit(&page, &path, &[("choice", "blank")]).is(303);
    }
}

/// Lives a quarter through, up to the accepted answer.
fn live(manager: &Browser) {
    choose(manager, "begin").says_word("practice-banner");
    let first = answers(manager).remove(0);
    fill_in(manager);
    manager.open("/").says_word("practice-step-sign");
    choose(manager, "head");
    let review = first
        .split("/answers")
        .next()
        .expect("an address")
        .to_owned()
        + "/review";
    let action = review.replace("/review", "/hand-in");
    let page = manager.open(&review);
    let signed = manager.submit(&page, &action, &[("pledge", "yes"), ("password", PASSWORD)]);
    signed.is(303);
    choose(manager, "ask");
    choose(manager, "manager");
    let page = manager.open("/");
    page.says_word("practice-question");
    let first = page
        .links()
        .into_iter()
        .find(|link| link.contains("/answers/"))
        .expect("sent back");
    let page = manager.open(&first);
    let reply = format!("{first}/query-answer");
    manager
        .submit(&page, &reply, &[("answer", "از دبیرخانه")])
        .is(303);
    choose(manager, "accept").says_word("practice-hint-end");
}

/// Rows of every table that are not of somebody's practice.
fn real_rows(town: &Town) -> BTreeMap<String, Vec<String>> {
    let mut tables = town.tables();
    for rows in tables.values_mut() {
        rows.retain(|row| !row.contains("practice-"));
    }
    tables
}

#[test]
fn a_new_manager_lives_a_quarter_through_and_begins_anew() {
    let town = Town::new();
    let manager = town.manager_of(REAL);
    manager.open("/").says_word("practice-look");
    both(&manager, "/practice");
    live(&manager);
    both(&manager, "/");
    for path in ["/", "/account", &answers(&manager)[0]] {
        manager.open(path).says_word("practice-banner");
    }
    choose(&manager, "clear").says_word("practice-cleared");
    assert!(
        !manager.open("/").text().contains("TAM-01"),
        "back at one's own work"
    );
    choose(&manager, "begin").says("۰ از ۸ شاخص");
    choose(&manager, "end").lacks("این تمرین است");
    choose(&manager, "begin").says("۰ از ۸ شاخص");
}

#[test]
fn nothing_that_was_practised_is_in_any_real_table_or_in_a_table_of_figures_letters_or_events() {
    for engine in Engine::all() {
        let town = Town::on(engine);
        let manager = town.manager_of(REAL);
        let (before, events) = (real_rows(&town), town.log().len());
        live(&manager);
        assert_eq!(town.log().len(), events, "no event of practice");
        let after = town.tables();
        for (table, rows) in real_rows(&town) {
            assert_eq!(rows, before[&table], "no real row was changed in {table}");
        }
        for table in [
            "results",
            "scores",
            "editions",
            "edition_files",
            "letters",
            "meetings",
            "resolutions",
            "checkpoints",
        ] {
            let rows = &after[table];
            assert!(rows.iter().all(|row| !row.contains("practice-")), "{table}");
        }
        assert!(after["answers"].iter().any(|row| row.contains("practice-")));
        choose(&manager, "clear");
        for (table, rows) in town.tables() {
            assert!(
                rows.iter().all(|row| !row.contains("practice-")),
                "{table} after clearing"
            );
        }
    }
}

#[test]
fn tables_of_real_figures_refuse_a_row_of_practice_whoever_writes_it() {
    for engine in Engine::all() {
        let town = Town::on(engine);
        choose(&town.manager_of(REAL), "begin");
        let practice = "(SELECT id FROM provinces WHERE id LIKE 'practice-%')";
        let write = |order: &str| -> Result<(), StoreError> {
            let write = |tx: &mut mizan::store::Tx| Ok(tx.batch_execute(order)?);
            town.state.store.write(write)
        };
        for table in ["events", "results", "scores"] {
            let order = format!("UPDATE {table} SET province_id = {practice}");
            assert!(write(&order).is_err(), "{engine:?} {table}");
        }
        let meeting = |province: &str| {
            format!(
                "INSERT INTO meetings (province_id, id, held_on, attendance, minutes, created_by, created_at, version) \
                 SELECT {province}, 'x', '2026-01-05', '', '', 'x', '2026-01-05 08:00:00', 1"
            )
        };
        assert!(write(&meeting(practice)).is_err(), "{engine:?}");
        let real = format!("'{}'", town.system().province());
        write(&meeting(&real)).expect("the same in a real province is taken");
    }
}

/// Pages of real work, of every room.
const PAGES: [&str; 21] = [
    "/",
    "/agencies",
    "/users",
    "/letters",
    "/log",
    "/periods",
    "/queue",
    "/resolutions",
    "/meetings",
    "/1405-Q2/progress",
    "/1405-Q2/returns.json",
    "/1405-Q1/ranking",
    "/1405-Q1/ranking.csv",
    "/1405-Q1/analysis",
    "/1405-Q1/editions",
    "/1405-Q2/visits",
    "/1405-Q2/measurements",
    "/1405-Q2/committee",
    "/1405-Q2/extensions",
    "/periods/1405-Q2",
    "/sign-in",
];

#[test]
fn nobody_at_real_work_sees_anything_of_it_and_nobody_who_practises_sees_real_work() {
    let town = Town::new();
    let manager = town.manager_of(REAL);
    live(&manager);
    for path in [
        format!("/{OPEN}/agencies/{REAL}/checklist"),
        format!("/{OPEN}/agencies/INF-02/checklist"),
        "/1405-Q1/ranking".to_owned(),
    ] {
        let page = manager.get(&path);
        assert!([403, 404].contains(&page.status), "{path}: {}", page.status);
    }
    for login in [
        "office",
        "admin",
        "lead",
        "governor",
        "committee1",
        "auditor1",
    ] {
        let browser = town.browser(login);
        for path in PAGES {
            let text = browser.get(path).text();
            for trace in ["TAM-01", "تمرینی", "practice-"] {
                assert!(!text.contains(trace), "{login} {path}");
            }
        }
    }
    // What they try is in the log of their own province, with its address.
    let practised = answers(&manager)[0].clone();
    for login in ["office", "lead", "auditor1"] {
        let status = town.browser(login).get(&practised).status;
        assert!([403, 404].contains(&status), "{login}");
    }
    let stranger = town.manager_of("INF-02");
    stranger.get(&practised).is(404);
    choose(&stranger, "begin");
    let own = answers(&stranger)[0].clone();
    assert_eq!(own, practised, "the same address, another province");
    stranger.open("/").says("۰ از ۸ شاخص");
}

#[test]
fn whoever_practises_changes_nothing_of_their_account_and_another_tab_is_told() {
    let town = Town::new();
    let head = town.head_of(REAL);
    let real = format!("/{OPEN}/agencies/{REAL}/hand-in");
    choose(&head, "begin");
    let other = "a new pass phrase of mine";
    let change = [("current", PASSWORD), ("password", other), ("again", other)];
    for path in ["/account", "/account/password", "/account/sessions"] {
        let page = head.post(path, &change);
        page.is(409).says_word("refused-practice-account");
    }
    let late = head.post(&real, &[("pledge", "yes"), ("password", PASSWORD)]);
    late.is(409).says_word("refused-practising");
    assert_eq!(town.state_of(REAL), "draft");
    town.head_of(REAL).open("/account");
}

#[test]
fn nobody_signs_in_as_a_person_of_practice() {
    let town = Town::new();
    let manager = town.manager_of(REAL);
    choose(&manager, "begin");
    let kept = town.kept("users", "login || ' '");
    let mut logins = kept
        .split(' ')
        .filter(|login| login.starts_with("practice-"));
    let login = logins
        .find(|login| !login.contains("auditor"))
        .expect("a login");
    let page = town.visitor().sign_in(login, PASSWORD);
    assert_ne!(page.status, 303);
}
