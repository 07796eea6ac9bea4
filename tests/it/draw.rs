//! The draw in public: closed before the digits, held once, told to each agency, computed again by anybody.

use std::process::Command;

use mizan::domain::draw::{Entry, FLOOR, Published, Rules, Urn, differences};
use mizan::domain::json;
use mizan::domain::period::State;

use crate::pages::both;
use crate::town::{OPEN, Town};

const AGENCIES: [&str; 3] = ["INF-01", "INF-02", "INF-03"];

fn home() -> String {
    format!("/{OPEN}/draw")
}

fn rules() -> Rules {
    let text = std::fs::read("seeds/draw/rules.json").expect("the rules");
    Rules::read(&json::read(&text).expect("json")).expect("rules")
}

/// So many agencies, every fifth of them at high risk.
fn urn(count: usize) -> Urn {
    let entry = |number: usize| Entry {
        code: format!("A-{number:04}"),
        claims: mizan::domain::draw::claims_leaf(&format!("A-{number:04}"), &[]),
        risks: match number % 5 {
            0 => vec!["low_honesty".to_owned(), "big_jump".to_owned()],
            1 => vec!["not_visited".to_owned()],
            _ => Vec::new(),
        },
        items: ["DSP-01", "DSP-02", "DSP-03", "DSS-01", "DSS-02", "DSS-03"]
            .map(str::to_owned)
            .to_vec(),
    };
    Urn {
        period: OPEN.to_owned(),
        rules: rules(),
        entries: (0..count).map(entry).collect(),
    }
}

/// A town in which three agencies have handed in and the time of it is over.
fn after_the_deadline() -> Town {
    let town = Town::new();
    for agency in AGENCIES {
        town.fill_in(agency);
        town.hand_in(agency);
    }
    town.go_to(State::Closed);
    town
}

fn held(digits: &str) -> Town {
    let town = after_the_deadline();
    let lead = town.browser("lead");
    let page = lead.open(&home());
    lead.submit(&page, &home(), &[]).leads_to(&home());
    let page = lead.open(&home());
    let action = format!("{}/digits", home());
    lead.submit(&page, &action, &[("digits", digits)])
        .leads_to(&home());
    town
}

#[test]
fn the_risky_are_drawn_more_often_and_nobody_is_safe() {
    let urn = urn(1000);
    let drawn = urn.draw("482913");
    let by = |id: &str| drawn.iter().filter(|one| one.by == id).count();
    assert_eq!((by("high"), by("middle"), by("low")), (120, 60, 60));
    assert_eq!(by(FLOOR), 76);
    assert!(drawn.iter().all(|one| one.items.len() == 5));
    // Over many meetings everybody's turn comes.
    let mut seen = std::collections::BTreeSet::new();
    for digits in 0..60 {
        let drawn = urn.draw(&format!("{digits:04}"));
        seen.extend(drawn.into_iter().map(|one| one.code));
    }
    assert!(seen.len() > 995, "{}", seen.len());
}

#[test]
fn the_same_digits_draw_the_same_and_the_order_of_the_list_means_nothing() {
    let mut urn = urn(200);
    let first = urn.draw("482913");
    assert_eq!(urn.draw("482913"), first);
    urn.entries.reverse();
    assert_eq!(urn.draw("482913"), first);
    assert_ne!(urn.draw("482914"), first);
    urn.entries[0].claims =
        mizan::domain::draw::claims_leaf("A-0199", &[("DSP-01".to_owned(), "1".to_owned())]);
    assert_ne!(urn.draw("482913"), first, "another claim, another seed");
}

#[test]
fn a_country_is_drawn_and_checked() {
    let began = std::time::Instant::now();
    let draw = Published::of(urn(2_480), "482913");
    let took = began.elapsed();
    assert!(differences(&draw).is_empty());
    println!("2,480 agencies: {} drawn in {took:?}", draw.drawn.len());
}

#[test]
fn the_urn_is_closed_then_held_once_and_only_in_its_time() {
    let town = Town::new();
    let lead = town.browser("lead");
    lead.open(&home()).says_word("draw-not-time");
    lead.post(&home(), &[]).is(409);
    let town = after_the_deadline();
    let lead = town.browser("lead");
    both(&lead, &home());
    let digits = format!("{}/digits", home());
    lead.open(&home());
    lead.post(&digits, &[("digits", "4829")])
        .is(409)
        .says_word("refused-draw-open");
    let page = lead.open(&home());
    lead.submit(&page, &home(), &[]).leads_to(&home());
    both(&lead, &home());
    lead.post(&home(), &[])
        .is(409)
        .says_word("refused-draw-closed");
    let page = lead.open(&home());
    for odd in ["", "12", "4829a", "-4829", "123456789012345678901"] {
        lead.submit(&page, &digits, &[("digits", odd)]).is(422);
    }
    lead.submit(&page, &digits, &[("digits", "۴۸۲۹۱۳")])
        .leads_to(&home());
    both(&lead, &home());
    lead.open(&home()).says("482913");
    lead.post(&digits, &[("digits", "1111")])
        .is(409)
        .says_word("refused-draw-held");
    for login in ["auditor1", "committee1"] {
        let other = town.browser(login);
        other.open(&home()).lacks("رقم‌هایی را بنویسید");
        other.post(&home(), &[]).is(403);
    }
    let log = town
        .log()
        .into_iter()
        .filter(|row| row.action.starts_with("draw."));
    assert_eq!(log.count(), 2);
}

#[test]
fn each_agency_reads_why_it_was_or_was_not_drawn_and_nothing_of_others() {
    let town = held("482913");
    for agency in AGENCIES {
        let path = format!("/{OPEN}/agencies/{agency}/draw");
        let manager = town.manager_of(agency);
        both(&manager, &path);
        let page = manager.open(&path);
        page.says("482913").says_word("draw-own-why");
        for other in AGENCIES.iter().filter(|other| **other != agency) {
            page.lacks(other);
            manager
                .get(&format!("/{OPEN}/agencies/{other}/draw"))
                .is(404);
        }
        manager.get(&home()).is(403);
        manager.get(&format!("{}.json", home())).is(403);
    }
    let late = town.manager_of("INF-04");
    late.open(&format!("/{OPEN}/agencies/INF-04/draw"))
        .says_word("draw-own-absent");
}

/// What `mizan draw --verify` says of a file, and its code.
fn verify(town: &Town, file: &str) -> (i32, String) {
    let path = town.folder().join("draw.json");
    std::fs::write(&path, file).expect("written");
    let ran = Command::new(env!("CARGO_BIN_EXE_mizan"))
        .args(["draw", "--verify"])
        .arg(&path)
        .output()
        .expect("it runs");
    let said = String::from_utf8_lossy(&ran.stdout).into_owned();
    (ran.status.code().unwrap_or(-1), said)
}

#[test]
fn anybody_computes_a_draw_again_and_is_told_what_differs() {
    let town = held("482913");
    let lead = town.browser("lead");
    let file = lead.get(&format!("{}.json", home()));
    file.is(200);
    let file = String::from_utf8(file.bytes.clone()).expect("text");
    let (code, said) = verify(&town, &file);
    assert_eq!(code, 0, "{said}");
    assert!(said.contains("The draw holds"), "{said}");
    let (code, said) = verify(&town, &file.replace("\"482913\"", "\"482914\""));
    assert_eq!(code, 1);
    assert!(
        said.contains("the digits or the claims were changed"),
        "{said}"
    );
    let draw = Published::read(file.as_bytes()).expect("a draw");
    let (code, said) = verify(&town, &file.replace(&draw.claims_hash, &"0".repeat(64)));
    assert_eq!(code, 1);
    assert!(said.contains("fingerprint of the claims"), "{said}");
    let mut other = draw.clone();
    other.urn.entries[0].risks = vec!["low_honesty".to_owned(), "big_jump".to_owned()];
    let (code, said) = verify(&town, &other.json().canonical());
    assert_eq!(code, 1);
    assert!(said.contains("changed after it was closed"), "{said}");
    let mut other = draw;
    let gone = other.drawn.remove(0);
    let (code, said) = verify(&town, &other.json().canonical());
    assert_eq!(code, 1);
    assert!(
        said.contains(&format!("{} is drawn when computed again", gone.code)),
        "{said}"
    );
    for half in ["", "{}", "[", "{\"kind\":\"mizan-draw\",\"version\":2}"] {
        assert_eq!(verify(&town, half).0, 2, "{half}");
    }
}
