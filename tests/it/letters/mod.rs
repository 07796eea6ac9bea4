//! Letters: queued with their errand, carried once, never lost, whatever the mail server does.

mod reminder;
mod sink;
mod texts;

use std::collections::BTreeSet;
use std::time::{Duration, Instant};

use mizan::app::{letter, query};
use mizan::domain::access::Role;
use mizan::domain::period::State;
use mizan::mail::carrier::Carrier;
use mizan::mail::delivery::{Post, Round};
use mizan::mail::wording::{House, word};
use mizan::store;
use mizan::store::letter::Letter;

use crate::town::{OPEN, Town};
use sink::{Manner, Sink, readable};

fn post(town: &Town, mail: &str) -> Post {
    Post {
        store: town.state.store.clone(),
        carrier: Carrier::of(mail, Duration::from_millis(400)).expect("a carrier"),
        texts: None,
        house: House {
            sender: "mizan@mizan.test".to_owned(),
            base: town.state.config.base.clone(),
        },
    }
}

fn round(town: &Town, post: &Post) -> Round {
    let now = || town.now();
    post.deliver(&now, &|| false).expect("a round")
}

/// The letters of the town, oldest first.
fn letters(town: &Town) -> Vec<Letter> {
    let province = town.system().actor.scope.province;
    let found = town
        .state
        .store
        .read(|conn| store::letter::list(conn, &province, None, 0, 1_000));
    let mut letters = found.expect("the outbox");
    letters.reverse();
    letters
}

fn forget(town: &Town, login: &str) {
    let visitor = town.visitor();
    let page = visitor.open("/forgot");
    visitor
        .submit(&page, "/forgot", &[("account", login)])
        .leads_to("/sign-in");
}

#[test]
fn who_forgot_their_password_finds_a_link_in_their_mailbox_and_gets_in() {
    let town = Town::new();
    let sink = Sink::open(Manner::Takes);
    let post = post(&town, &sink.address);
    forget(&town, "governor");
    forget(&town, "nobody-of-that-name");
    assert!(sink.taken().is_empty(), "no request sends letters itself");
    assert_eq!(
        round(&town, &post),
        Round {
            sent: 1,
            not_sent: 0
        }
    );
    assert_eq!(round(&town, &post), Round::default());
    let taken = sink.taken();
    assert_eq!(taken.len(), 1);
    let head = taken[0].to_lowercase();
    for part in [
        "to: =?utf-8?",
        "<governor@example.test>",
        "auto-submitted: auto-generated",
        "multipart/alternative",
        "message-id: <",
    ] {
        assert!(head.contains(part), "no {part} in {head}");
    }
    let text = readable(&taken[0]);
    assert!(text.contains("text/plain") && text.contains("text/html"));
    assert!(text.contains("dir=\"rtl\"") && text.contains("lang=\"fa\""));
    assert!(text.contains("۶۰ دقیقه"), "{text}");
    let token = text
        .split("http://mizan.test/password/")
        .nth(1)
        .expect("a link");
    let token: String = token.chars().take(64).collect();
    assert!(
        !town
            .kept("letters", "body || html || subject")
            .contains(&token)
    );
    let visitor = town.visitor();
    let path = format!("/password/{token}");
    let page = visitor.open(&path);
    let new = "جملهٔ تازهٔ استاندار";
    let fields = [("password", new), ("repeat", new)];
    visitor.submit(&page, &path, &fields).leads_to("/sign-in");
    visitor.sign_in("governor", new).leads_to("/");
}

#[test]
fn a_letter_is_tried_again_later_and_later_and_then_has_failed_but_is_not_lost() {
    let town = Town::new();
    let sink = Sink::open(Manner::IsBusy);
    let post = post(&town, &sink.address);
    forget(&town, "governor");
    let mut waits = Vec::new();
    loop {
        assert_eq!(
            round(&town, &post),
            Round {
                sent: 0,
                not_sent: 1
            }
        );
        let letter = letters(&town).remove(0);
        assert!(
            letter
                .last_error
                .as_deref()
                .is_some_and(|why| why.contains("come back later"))
        );
        if letter.state == "failed" {
            break;
        }
        let wait = (letter.next_try_at - town.now()).num_minutes();
        assert_eq!(round(&town, &post), Round::default(), "it waits");
        waits.push(wait);
        town.wait(wait);
    }
    assert_eq!(waits.len(), 8);
    assert!(waits.is_sorted() && waits[0] < waits[7], "{waits:?}");
    sink.set(Manner::Takes);
    assert_eq!(round(&town, &post), Round::default());
    let id = letters(&town).remove(0).id;
    letter::resend(&town.ctx("office"), &id).expect("sent again");
    assert_eq!(round(&town, &post).sent, 1);
    assert_eq!(sink.taken().len(), 1);
    assert_eq!(letters(&town)[0].state, "sent");
}

#[test]
fn a_mailbox_that_is_not_there_is_believed_after_three_tries() {
    let town = Town::new();
    let sink = Sink::open(Manner::Refuses);
    let post = post(&town, &sink.address);
    forget(&town, "governor");
    for _ in 0..3 {
        assert_eq!(round(&town, &post).not_sent, 1);
        town.wait(20);
    }
    assert_eq!(letters(&town)[0].state, "failed");
}

#[test]
fn a_mail_server_that_says_nothing_keeps_no_reader_waiting() {
    let town = Town::new();
    let sink = Sink::open(Manner::Hangs);
    let post = post(&town, &sink.address);
    forget(&town, "governor");
    std::thread::scope(|scope| {
        let carrying = scope.spawn(|| round(&town, &post));
        while letters(&town)[0].state != "sending" {
            std::thread::yield_now();
        }
        let began = Instant::now();
        town.visitor().open("/sign-in");
        forget(&town, "lead");
        assert!(began.elapsed() < Duration::from_secs(5));
        let ended = carrying.join().expect("it gives up");
        assert!(ended.not_sent >= 1);
    });
    let states: Vec<String> = letters(&town).into_iter().map(|one| one.state).collect();
    assert!(states.iter().all(|state| state == "queued"), "{states:?}");
}

#[test]
fn many_carriers_at_once_carry_every_letter_once() {
    let town = Town::new();
    for place in 1..=9 {
        let agency = format!("INF-0{}", place % 3 + 1);
        town.person_of(
            [Role::Manager, Role::Head, Role::Deputy][place / 4],
            &agency,
        );
    }
    for login in ["office", "lead", "auditor1", "auditor2", "governor"] {
        forget(&town, login);
    }
    town.hand_in("INF-01");
    let all = letters(&town).len();
    assert!(all >= 7, "{all}");
    let sink = Sink::open(Manner::Takes);
    let sent: usize = std::thread::scope(|scope| {
        let carry = || scope.spawn(|| round(&town, &post(&town, &sink.address)).sent);
        let carriers: Vec<_> = (0..4).map(|_| carry()).collect();
        carriers
            .into_iter()
            .map(|one| one.join().expect("ends"))
            .sum()
    });
    assert_eq!((sent, sink.taken().len()), (all, all));
    let taken = sink.taken();
    let ids: BTreeSet<&str> = taken
        .iter()
        .filter_map(|letter| letter.lines().find(|line| line.starts_with("Message-ID")))
        .collect();
    assert_eq!(ids.len(), all, "none twice");
}

#[test]
fn a_letter_whose_carrier_never_came_back_goes_out_under_the_same_id() {
    let town = Town::new();
    let post = post(&town, "memory");
    forget(&town, "governor");
    let claimed = letter::claim(&town.state.store, town.now(), "http://mizan.test");
    let claimed = claimed.expect("read").expect("due");
    assert_eq!(round(&town, &post), Round::default(), "somebody has it");
    town.wait(16);
    assert_eq!(round(&town, &post).sent, 1);
    assert!(post.carrier.kept()[0].contains(&claimed.letter.id));
    letter::set_not_sent(
        &town.state.store,
        town.now(),
        &claimed.letter,
        "late",
        false,
    )
    .expect("heard");
    assert_eq!(
        letters(&town)[0].state,
        "sent",
        "who comes late changes nothing"
    );
}

#[test]
fn a_folder_takes_letters_as_files_of_their_own() {
    let town = Town::new();
    let folder = town.folder().join("letters");
    let post = post(&town, &folder.display().to_string());
    forget(&town, "governor");
    assert_eq!(round(&town, &post).sent, 1);
    let files: Vec<_> = std::fs::read_dir(&folder)
        .expect("a folder")
        .flatten()
        .collect();
    assert_eq!(files.len(), 1);
    let name = files[0].file_name().to_string_lossy().into_owned();
    assert_eq!(name, format!("{}.eml", letters(&town)[0].id));
}

#[test]
fn every_errand_of_a_quarter_writes_its_letter_in_the_language_of_the_reader() {
    let town = Town::new();
    town.person_of(Role::Manager, "INF-01");
    town.hand_in("INF-01");
    let auditor = town.ctx(town.auditor_of("INF-01"));
    let indicator = town.asked_of("INF-01").remove(0).code;
    query::send_back(&auditor, OPEN, "INF-01", &indicator, "کدام اتاق؟", Some(3)).expect("asked");
    town.go_to(State::Final);
    forget(&town, "manager-inf-01");
    let queued: BTreeSet<String> = letters(&town).into_iter().map(|one| one.template).collect();
    for template in [
        "hand-in-received",
        "item-returned",
        "preliminary-result",
        "final-result",
        "reset",
    ] {
        assert!(queued.contains(template), "no {template} in {queued:?}");
    }
    let house = House {
        sender: "mizan@mizan.test".to_owned(),
        base: "http://mizan.test".to_owned(),
    };
    while let Some(mut claimed) =
        letter::claim(&town.state.store, town.now(), &house.base).expect("the outbox")
    {
        for language in ["fa", "en"] {
            if let Some(user) = &mut claimed.user {
                user.language = language.to_owned();
            }
            let (_, page) = word(&claimed, &house);
            let said = format!("{} {}", page.subject, page.plain());
            assert!(!said.contains('⟦'), "{said}");
            assert!(said.contains("http://mizan.test/"));
        }
    }
}
