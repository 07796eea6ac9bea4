//! Words that would be a program somewhere else: scripts, queries, templates.

use diesel::connection::SimpleConnection;
use mizan::domain::access::Role;
use mizan::domain::period::State;
use mizan::domain::returns::{Value, Verdict};

use super::replay::crawl;
use crate::access::world::{OWN, World};
use crate::town::{LAST, OPEN, Page, Town};

/// Scripts and templates; 7*191013 is 1337091, which stands nowhere by chance.
const TRICKS: [&str; 7] = [
    "<script>alert(1)</script>",
    "\"><img src=x onerror=alert(1)>",
    "</textarea><svg/onload=alert(1)>",
    "</script><script>alert(1)</script>",
    "${7*191013}",
    "{{7*191013}}{% include \"/etc/passwd\" %}{{config}}",
    "' OR '1'='1'; DROP TABLE answers;--",
];

const ALIVE: [&str; 6] = [
    "<script>alert",
    "<img src=x",
    "<svg/onload",
    "</textarea><svg",
    "1337091",
    "root:x:0",
];

fn is_harmless(page: &Page) {
    for alive in ALIVE {
        page.lacks(alive);
    }
    let policy = page.header("content-security-policy");
    assert!(!policy.contains("unsafe"), "{policy}");
}

fn all_tricks() -> String {
    TRICKS.join(" \n")
}

/// A town in which everybody who may write has written every trick.
fn tricked() -> Town {
    let World { town, .. } = World::at("review");
    let tricks = all_tricks();
    let manager = town.manager_of(OWN);
    let path = format!("/{OPEN}/agencies/{OWN}/answers/RSP-02");
    let page = manager.open(&path);
    let answer = format!("{path}/query-answer");
    manager
        .submit(&page, &answer, &[("answer", &tricks)])
        .is(303);
    let auditor = town.ctx(town.auditor_of(OWN));
    let of = mizan::app::verdict::Judgement {
        indicator: "RSP-02",
        seen: None,
        verdict: Verdict::Adjusted(Value::Ratio { num: 0, den: 9 }),
        reason_code: "seen_otherwise",
        reason: &tricks,
        recommendation: &tricks,
        internal_note: &tricks,
    };
    mizan::app::verdict::give(&auditor, OPEN, OWN, &of).expect("a verdict");
    mizan::app::finding::propose(&town.ctx("committee1"), OPEN, OWN, "RSP-05", &tricks)
        .expect("a finding");
    town
}

#[test]
fn p22_p25_what_people_write_is_shown_as_they_wrote_it_and_does_nothing() {
    let world = World {
        town: tricked(),
        period: OPEN,
    };
    let mut shown = 0;
    let all = Role::ALL;
    for stage in [State::UnderReview, State::ObjectionOpen] {
        world.town.go_to(stage);
        if stage == State::ObjectionOpen {
            let path = format!("/{OPEN}/agencies/{OWN}/objections/RSP-02");
            let manager = world.town.manager_of(OWN);
            let page = manager.open(&path);
            let text = all_tricks();
            let fields = [
                ("kind", "slip"),
                ("text", text.as_str()),
                ("is_sure", "yes"),
            ];
            manager.submit(&page, &path, &fields).is(303);
        }
        for role in all {
            for page in crawl(&world, &world.somebody(role)) {
                is_harmless(&page);
                shown += usize::from(page.text().contains("<script>alert(1)</script>"));
                assert!(!page.text().contains("&lt;"), "escaped once: {}", page.path);
            }
        }
    }
    assert!(shown > 5, "it is shown as text on {shown} pages");
    for letter in &world.town.tables()["letters"] {
        assert!(
            !letter.contains("1337091") && !letter.contains("<script>"),
            "{letter}"
        );
    }
}

#[test]
fn p22_a_form_that_comes_back_holds_tricks_as_text() {
    let town = Town::new();
    let manager = town.manager_of(OWN);
    let path = format!("/{OPEN}/agencies/{OWN}/answers/DSS-03");
    for trick in TRICKS {
        let fields = [("choice", "value"), ("value", trick), ("note", trick)];
        let page = manager.post(&path, &fields);
        page.is(422).says(trick);
        is_harmless(&page);
        let odd = [
            ("choice", trick),
            ("na_reason", trick),
            ("seen", trick),
            ("then", trick),
        ];
        is_harmless(manager.post(&path, &odd).is(422));
    }
    let visitor = town.visitor();
    for trick in TRICKS {
        is_harmless(visitor.sign_in(trick, trick).is(422));
    }
}

#[test]
fn p23_a_name_that_closes_a_script_closes_nothing() {
    let town = Town::new();
    let world = World { town, period: LAST };
    let name = "</script><script>alert(1)</script>${7*191013}";
    let order = format!("UPDATE agencies SET name_fa = '{name}', name_en = '{name}'");
    let done = world.town.state.store.read(|conn| {
        conn.batch_execute(&order)?;
        Ok::<_, mizan::store::StoreError>(())
    });
    done.expect("renamed");
    for role in [Role::Governor, Role::Office, Role::Manager, Role::Auditor] {
        let browser = world.somebody(role);
        for path in [
            "/".to_owned(),
            "/queue".to_owned(),
            format!("/{LAST}/ranking"),
            format!("/{LAST}/agencies/{OWN}/score"),
            format!("/{OPEN}/agencies/{OWN}/checklist"),
            format!("/periods/{OPEN}"),
        ] {
            let page = browser.get(&path);
            assert!(page.status < 500, "{path}");
            is_harmless(&page);
        }
        let page = browser.open(&format!("/{LAST}/agencies/{OWN}/score"));
        page.says(name);
    }
}

#[test]
fn p24_what_is_searched_and_chosen_is_a_word_and_no_order() {
    let town = Town::new();
    let reader = town.browser("governor");
    let before = town.tables();
    let plain = reader.open(&format!("/{LAST}/ranking"));
    assert!(plain.text().contains("راهداری"));
    for word in [
        "' OR '1'='1",
        "1;DROP TABLE answers;--",
        "%",
        "_",
        "\\",
        "NULL",
        "0 OR 1=1",
    ] {
        let word = crate::town::encode(&[("", word)]);
        for name in ["q", "group", "league", "sort", "state", "kind", "nature"] {
            let page = reader.get(&format!("/{LAST}/ranking?{name}{word}"));
            page.is(200);
            if name == "q" {
                assert!(!page.text().contains("راهداری"), "{word} matches nothing");
            }
        }
        let page = reader.get(&format!("/{LAST}/agencies/{}/score", &word[1..]));
        page.is(404);
        let page = reader.get(&format!("/{}/ranking", &word[1..]));
        page.is(404);
    }
    assert_eq!(before, town.tables());
}
