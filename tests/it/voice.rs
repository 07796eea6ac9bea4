//! The citizen's voice: heard without a name, counted once, never part of a score.

use mizan::app::{draw, poster, returns, voice};
use mizan::domain::period::State;
use mizan::domain::voice::{LEAST, Ruling, Tally, Wait};
use mizan::store;
use mizan::store::poster::Poster;

use crate::pages::both;
use crate::public::stands;
use crate::town::{OPEN, Page, Town, Visitor};

/// The poster at the desk of an agency.
fn hung(town: &Town, agency: &str) -> Poster {
    poster::make(&town.ctx("office"), agency, "").expect("made");
    let own = town.assessment(agency).agency_id;
    let read = town
        .state
        .store
        .read(|conn| store::poster::list(conn, &town.system().actor.scope.province));
    let mut all = read.expect("read").into_iter();
    all.find(|one| one.agency_id == own).expect("hung")
}

fn form(of: &Poster) -> String {
    format!("/public/desk/{}", poster::token(of))
}

/// Somebody stands before the poster and says what they met.
fn say(by: &Visitor, of: &Poster, fields: &[(&str, &str)]) -> Page {
    let page = by.open(&form(of));
    by.submit(&page, &form(of), fields)
}

/// The same from a phone of its own, without the way there.
fn heard(town: &Town, of: &Poster, phone: &str, network: &str, was_answered: bool) -> Ruling {
    let said = voice::Said {
        was_answered,
        wait: Wait::Unsaid,
        was_sent_to_somebody: None,
        phone,
        network,
    };
    voice::hear(&town.system(), of, &said).expect("heard")
}

fn tally(town: &Town, of: &Poster) -> Tally {
    let ctx = town.ctx("office");
    let (from, to) = voice::lately(&ctx);
    let read = ctx.store.read(|conn| voice::tallies(&ctx, conn, from, to));
    let all = read.expect("read");
    all.get(&of.agency_id).copied().unwrap_or_default()
}

#[test]
fn an_agency_prints_a_poster_for_its_own_desk_and_sees_no_other() {
    let town = Town::new();
    let manager = town.manager_of("INF-01");
    let other = hung(&town, "INF-02");
    both(&manager, "/posters");
    let page = manager.open("/posters");
    let form = [("agency", "INF-01"), ("county", "")];
    manager
        .submit(&page, "/posters", &form)
        .leads_to("/posters");
    let page = manager.open("/posters");
    manager.submit(&page, "/posters", &form).is(422);
    manager.post("/posters", &[("agency", "INF-02")]).is(422);
    let links = page.links();
    let own = links.iter().find(|link| link.starts_with("/posters/"));
    let own = own.expect("its poster").clone();
    both(&manager, &own);
    let printed = manager.open(&own);
    printed
        .says("/public/desk/")
        .says("کسی بود که جواب شما را بدهد؟");
    assert!(printed.html().matches("h1v1h-1z").count() > 200, "a code");
    let address = format!("/posters/{}", other.id);
    manager.get(&address).is(404);
    manager.post(&format!("{address}/renewal"), &[]).is(404);
    both(&town.browser("office"), &address);
}

#[test]
fn whoever_stands_at_a_desk_says_so_in_two_taps_and_is_asked_for_no_name() {
    let town = Town::new();
    let poster = hung(&town, "INF-01");
    let visitor = town.visitor();
    stands(&visitor, form(&poster).trim_start_matches("/public"));
    visitor
        .open(&form(&poster))
        .says("وقتی رسیدید")
        .lacks("type=\"text\"");
    say(&visitor, &poster, &[])
        .is(422)
        .says_word("problem-choose");
    assert_eq!(tally(&town, &poster).all, 0);
    let said = say(&visitor, &poster, &[("answered", "no")]);
    visitor.follow(&said).says("سپاسگزاریم");
    let english = form(&poster).replace("/public/", "/public/en/");
    let page = town.visitor();
    let open = page.open(&english);
    let fields = [("answered", "yes"), ("wait", "longer"), ("sent", "yes")];
    page.follow(&page.submit(&open, &english, &fields))
        .says("Thank you");
    let expected = Tally {
        all: 2,
        nobody: 1,
        waits: 1,
        long: 1,
        told: 1,
        sent: 1,
        apart: 0,
    };
    assert_eq!(tally(&town, &poster), expected);
}

#[test]
fn a_code_that_nobody_signed_and_a_form_that_nobody_opened_say_nothing() {
    let town = Town::new();
    let poster = hung(&town, "INF-01");
    let visitor = town.visitor();
    let page = visitor.open(&form(&poster));
    let csrf = page.form(&form(&poster)).fields[0].1.clone();
    let token = poster::token(&poster);
    let bent = format!("{}0", &token[..token.len() - 1]);
    let bent = if bent == token {
        format!("{}1", &token[..token.len() - 1])
    } else {
        bent
    };
    for odd in [
        bent.as_str(),
        &token[..12],
        "x",
        "-",
        "%00",
        "%DB%B1-%DB%B2",
    ] {
        visitor.get(&format!("/public/desk/{odd}")).is(404);
    }
    let body = |csrf: &str| format!("csrf={csrf}&answered=no");
    let evil = [("origin", "https://evil.example")];
    visitor
        .post_raw(&form(&poster), &evil, &body(&csrf))
        .is(403);
    for odd in [
        "",
        "1.2",
        "99999999999999999999.a",
        &csrf.replace('.', "0."),
    ] {
        visitor.post_raw(&form(&poster), &[], &body(odd)).is(403);
    }
    town.wait(121);
    visitor.post_raw(&form(&poster), &[], &body(&csrf)).is(403);
    assert_eq!(town.kept("voices", "id"), "");
    let renewed = town.browser("office");
    let page = renewed.open(&format!("/posters/{}", poster.id));
    let action = format!("/posters/{}/renewal", poster.id);
    renewed.submit(&page, &action, &[]).is(303);
    visitor.get(&form(&poster)).is(404);
}

#[test]
fn ten_thousand_answers_from_one_phone_change_nothing() {
    let town = Town::new();
    let poster = hung(&town, "INF-01");
    let visitor = town.visitor();
    say(&visitor, &poster, &[("answered", "yes")]).is(303);
    let before = (tally(&town, &poster), town.kept("voices", "id"));
    assert_eq!(before.0.all, 1);
    for _ in 0..10_000 {
        let ruling = heard(&town, &poster, &visitor.cookie("phone"), "127.0.0.9", false);
        assert_eq!(ruling, Ruling::Again);
    }
    let page = visitor.open(&form(&poster));
    let mut refused = 0;
    for _ in 0..100 {
        let said = visitor.submit(&page, &form(&poster), &[("answered", "no")]);
        refused += usize::from(said.status == 429);
    }
    assert!(refused >= 40, "{refused}");
    assert_eq!(before, (tally(&town, &poster), town.kept("voices", "id")));
}

#[test]
fn a_phone_that_forgets_its_mark_or_a_crowd_at_once_is_kept_apart() {
    let town = Town::new();
    let poster = hung(&town, "INF-01");
    for person in 0..2_000 {
        heard(
            &town,
            &poster,
            &format!("phone {person}"),
            "one network",
            false,
        );
    }
    let stuffed = tally(&town, &poster);
    assert_eq!(
        (stuffed.all, stuffed.nobody),
        (0, 0),
        "a burst counts for nothing"
    );
    assert!(
        stuffed.apart > 0 && stuffed.apart <= 300,
        "and fills no disk"
    );
    assert!(!stuffed.calls_for_visit());
    // Slowly, from one network: no more than a queue of twenty counts in a day.
    let slow = hung(&town, "INF-02");
    for person in 0..60 {
        town.wait(4);
        heard(
            &town,
            &slow,
            &format!("phone {person}"),
            "one network",
            false,
        );
    }
    assert_eq!(tally(&town, &slow).all, 20);
}

#[test]
fn people_are_read_beside_the_claim_from_thirty_answers_on_and_no_score_moves() {
    let town = Town::new();
    town.hand_in("INF-01");
    let poster = hung(&town, "INF-01");
    let ctx = town.ctx("office");
    let returned = || returns::export(&ctx, OPEN).expect("the returns");
    let (before, scores) = (returned(), town.kept("scores", "card"));
    for person in 0..LEAST {
        if person == LEAST - 1 {
            let page = town.browser("office").open("/voices");
            page.says("دادهٔ کافی نیست").lacks("پیشنهاد می‌شود");
        }
        town.wait(8);
        heard(
            &town,
            &poster,
            &format!("phone {person}"),
            &format!("net {person}"),
            person % 2 == 0,
        );
    }
    both(&town.browser("office"), "/voices");
    let page = town.browser("office").open("/voices");
    page.says("۵۰٪ (۳۳ تا ۶۷)")
        .says("بازدید سرزده پیشنهاد می‌شود");
    let auditor = town.browser(town.auditor_of("INF-01"));
    auditor.open("/voices").says("۵۰٪");
    let case = format!("/{OPEN}/agencies/INF-01/verification");
    both(&auditor, &case);
    auditor.open(&case).says("۵۰٪ (۳۳ تا ۶۷)");
    let stranger = town.browser(town.auditor_of("INF-02"));
    assert_ne!(town.auditor_of("INF-01"), town.auditor_of("INF-02"));
    stranger.open("/voices").lacks("۵۰٪");
    assert_eq!(before, returned(), "no score knows of it");
    assert_eq!(scores, town.kept("scores", "card"));
}

#[test]
fn a_desk_at_which_people_found_nobody_weighs_more_in_the_draw() {
    let town = Town::new();
    ["INF-01", "INF-02"]
        .iter()
        .for_each(|one| town.hand_in(one));
    let poster = hung(&town, "INF-01");
    for person in 0..LEAST + 10 {
        town.wait(8);
        let (phone, network) = (format!("phone {person}"), format!("net {person}"));
        heard(&town, &poster, &phone, &network, person % 2 == 0);
    }
    town.go_to(State::Closed);
    let lead = town.ctx("lead");
    draw::close(&lead, OPEN).expect("closed");
    let read = lead.store.read(|conn| draw::find(&lead, conn, OPEN));
    let urn = read.expect("read").urn.expect("closed");
    let is_said = |code: &str| {
        let own = urn.entries.iter().find(|one| one.code == code);
        own.expect("in the urn").risks.contains(&"voice".to_owned())
    };
    assert!(is_said("INF-01") && !is_said("INF-02"));
}

#[test]
fn the_next_day_nothing_is_kept_of_yesterdays_phones() {
    let town = Town::new();
    let poster = hung(&town, "INF-01");
    say(&town.visitor(), &poster, &[("answered", "yes")]).is(303);
    let kept = town.kept("voices", "phone || ' ' || network");
    assert!(kept.len() > 40 && !kept.contains("127.0.0.9"));
    let salt = town.kept("voice_salts", "salt");
    town.wait(24 * 60);
    say(&town.visitor(), &poster, &[("answered", "no")]).is(303);
    let now = town.kept("voices", "phone || ' ' || network");
    assert_eq!(now.len(), kept.len() + 1, "only today's are there: {now}");
    assert_ne!(town.kept("voice_salts", "salt"), salt);
    assert!(town.log().iter().any(|event| event.action == "voice.heard"));
}
