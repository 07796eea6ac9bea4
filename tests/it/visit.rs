//! Visits: seen by one person, signed off by another, and only then counted.

use mizan::app::visit::{self, Observation, Seen};
use mizan::app::{Ctx, probe, returns};
use mizan::domain::calendar::JalaliDate;
use mizan::domain::period::State;

use crate::pages::both;
use crate::town::{OPEN, Town};

const AGENCY: &str = "INF-01";

fn home() -> String {
    format!("/{OPEN}/agencies/{AGENCY}/visits")
}

/// What a page sends about a morning on which nobody was at the desk.
const EMPTY: [(&str, &str); 5] = [
    ("visited_on", "۱۴۰۵/۶/۲۵"),
    ("first_time", "۹:۲۰"),
    ("first_answered", "no"),
    ("second_time", "۹:۳۵"),
    ("second_answered", "no"),
];

/// A fact of the agency as the score would read it now.
fn fact(town: &Town, name: &str) -> i64 {
    let ctx = town.system();
    let found = ctx
        .store
        .read(|conn| returns::of_period(&ctx, conn, &town.period()));
    let found = found.expect("the returns of the quarter");
    let own = found.agencies.iter().find(|one| one.code == AGENCY);
    let own = own.expect("the agency is part of it");
    own.facts.get(name).copied().unwrap_or_default()
}

#[test]
fn p39_who_recorded_a_visit_does_not_sign_it_off_and_until_then_it_does_not_count() {
    let town = Town::new();
    let auditor = town.browser(town.auditor_of(AGENCY));
    let page = auditor.open(&home());
    page.says_word("auditor-no-visits");
    both(&auditor, &home());
    auditor.submit(&page, &home(), &EMPTY).leads_to(&home());
    auditor.open(&home()).says_word("auditor-waits-for-second");
    both(&auditor, &home());
    assert_eq!(fact(&town, "unannounced_visits"), 0);
    assert_eq!(fact(&town, "empty_desk_observations"), 0);
    let lead = town.browser("lead");
    let page = lead.open(&home());
    let forms = page.forms();
    let form = forms.iter().find(|form| form.action.ends_with("/sign-off"));
    let form = form.expect("the lead auditor may sign it off");
    assert!(
        auditor
            .open(&home())
            .forms()
            .iter()
            .all(|own| own.action != form.action)
    );
    auditor
        .post(&form.action, &[])
        .is(409)
        .says_word("refused-two-people");
    assert_eq!(fact(&town, "empty_desk_observations"), 0);
    lead.send_form(form, &[]).leads_to(&home());
    lead.send_form(form, &[]).leads_to(&home());
    assert_eq!(fact(&town, "unannounced_visits"), 1);
    assert_eq!(fact(&town, "empty_desk_observations"), 1);
    lead.open(&home()).says_word("auditor-counts");
    both(&lead, &home());
    let signed = town
        .log()
        .into_iter()
        .filter(|row| row.action == "visit.signed_off");
    assert_eq!(signed.count(), 1);
}

#[test]
fn the_lead_auditor_does_not_sign_off_a_visit_of_their_own() {
    let town = Town::new();
    let lead = town.browser("lead");
    let page = lead.open(&home());
    lead.submit(&page, &home(), &EMPTY).is(303);
    assert!(
        lead.open(&home())
            .forms()
            .iter()
            .all(|form| !form.action.ends_with("/sign-off"))
    );
    let auditor = town.browser(town.auditor_of(AGENCY));
    let page = auditor.open(&home());
    let forms = page.forms();
    let form = forms.iter().find(|form| form.action.ends_with("/sign-off"));
    auditor
        .send_form(form.expect("its auditor may"), &[])
        .is(303);
    assert_eq!(fact(&town, "empty_desk_observations"), 1);
}

#[test]
fn a_visit_that_says_too_little_is_told_so_and_keeps_its_words() {
    let town = Town::new();
    let auditor = town.browser(town.auditor_of(AGENCY));
    let page = auditor.open(&home());
    let empty = auditor.submit(&page, &home(), &[("minutes", "نیمه‌کاره")]);
    empty.is(422).says_word("problem-date").says("نیمه‌کاره");
    let refuses = |fields: &[(&str, &str)], word: &str| {
        let all: Vec<_> = EMPTY.iter().chain(fields).copied().collect();
        auditor.submit(&page, &home(), &all).is(422).says_word(word);
    };
    refuses(&[("second_time", "۹:۲۹")], "problem-ten-minutes");
    refuses(&[("first_time", "نه")], "problem-time");
    refuses(&[("visited_on", "۱۴۰۵/۷/۲")], "problem-visit-day");
    refuses(&[("visited_on", "۱۴۰۵/۱/۲")], "problem-visit-day");
    refuses(&[("excuse", "power_cut")], "problem-minutes");
    refuses(&[("is_desk_missing", "yes")], "problem-minutes");
    refuses(&[("is_obstructed", "yes")], "problem-second-auditor");
    let one_look = [("second_time", ""), ("second_answered", "")];
    let all: Vec<_> = EMPTY[..3].iter().chain(&one_look[..1]).copied().collect();
    auditor
        .submit(&page, &home(), &all)
        .is(422)
        .says_word("problem-second-observation");
    auditor.open(&home()).says_word("auditor-no-visits");
}

#[test]
fn an_obstructed_visit_is_minuted_by_two_auditors() {
    let town = Town::new();
    let ctx = town.ctx(town.auditor_of(AGENCY));
    let (other, own) = (town.ctx("lead").actor.user, ctx.actor.user.clone());
    let day = JalaliDate::parse("1405/06/22").expect("a day").gregorian();
    let seen = |second: Option<&'static str>| Seen {
        is_unannounced: true,
        visited_on: day,
        county: None,
        first: None,
        second: None,
        is_obstructed: true,
        desk_exists: true,
        excuse: None,
        minutes: "نگهبان راه نداد",
        second_auditor: second,
    };
    assert!(visit::record(&ctx, OPEN, AGENCY, &seen(None)).is_err());
    assert!(visit::record(&ctx, OPEN, AGENCY, &seen(Some("nobody"))).is_err());
    let alone = Seen {
        second_auditor: Some(&own),
        ..seen(None)
    };
    assert!(visit::record(&ctx, OPEN, AGENCY, &alone).is_err());
    let both = Seen {
        second_auditor: Some(&other),
        ..seen(None)
    };
    visit::record(&ctx, OPEN, AGENCY, &both).expect("minuted by two");
    assert_eq!(fact(&town, "obstructed_visits"), 0);
    sign_all(&town, &town.ctx("lead"));
    assert_eq!(fact(&town, "obstructed_visits"), 1);
}

/// Somebody signs off every visit there is.
fn sign_all(town: &Town, by: &Ctx) {
    let (period, agency) = (town.period(), town.assessment(AGENCY).agency_id);
    let scope = &by.actor.scope;
    let there = by
        .store
        .read(|conn| mizan::store::visit::list(conn, scope, &period.id, &agency));
    for visit in there.expect("the visits") {
        visit::sign_off(by, OPEN, AGENCY, &visit.id).expect("signed off");
    }
}

#[test]
fn an_excused_empty_desk_is_a_visit_but_no_empty_one() {
    let town = Town::new();
    let ctx = town.ctx(town.auditor_of(AGENCY));
    let day = JalaliDate::parse("1405/06/22").expect("a day").gregorian();
    let at = |hour: i64| Observation {
        at: ctx.offset.start_of_day(day) + chrono::Duration::hours(hour),
        is_answered: false,
    };
    let seen = Seen {
        is_unannounced: true,
        visited_on: day,
        county: None,
        first: Some(at(9)),
        second: Some(at(10)),
        is_obstructed: false,
        desk_exists: true,
        excuse: Some("power_cut"),
        minutes: "نامهٔ شرکت توزیع ۱۲۳",
        second_auditor: None,
    };
    visit::record(&ctx, OPEN, AGENCY, &seen).expect("recorded");
    sign_all(&town, &town.ctx("lead"));
    assert_eq!(fact(&town, "unannounced_visits"), 1);
    assert_eq!(fact(&town, "empty_desk_observations"), 0);
}

#[test]
fn a_test_call_counts_at_once() {
    let town = Town::new();
    let auditor = town.browser(town.auditor_of(AGENCY));
    let action = format!("/{OPEN}/agencies/{AGENCY}/probes");
    let page = auditor.open(&home());
    auditor
        .submit(&page, &action, &[])
        .is(422)
        .says_word("problem-choose");
    let fields = [("kind", "call"), ("is_answered", "no")];
    auditor.submit(&page, &action, &fields).leads_to(&home());
    let ctx = town.ctx(town.auditor_of(AGENCY));
    probe::record(&ctx, OPEN, AGENCY, "call", Some(true), "").expect("a call");
    assert_eq!(fact(&town, "desk_calls_made"), 2);
    assert_eq!(fact(&town, "desk_calls_answered"), 1);
    both(&auditor, &home());
}

#[test]
fn the_overview_tells_how_far_the_visits_reach() {
    let town = Town::new();
    let path = format!("/{OPEN}/visits");
    let auditor = town.browser(town.auditor_of(AGENCY));
    both(&auditor, &path);
    let page = auditor.open(&home());
    auditor.submit(&page, &home(), &EMPTY).is(303);
    auditor.open(&path).says("در انتظار تأیید نفر دوم است");
    let links = |login: &str| {
        let links = town.browser(login).open(&path).links().into_iter();
        links.filter(|link| link.ends_with("/visits")).count()
    };
    assert!(links("lead") > links("auditor1"));
    town.manager_of(AGENCY).get(&path).is(403);
    town.manager_of(AGENCY).get(&home()).is(403);
    town.browser("governor").get(&home()).is(403);
}

#[test]
fn a_desk_that_is_closed_by_law_is_not_found_empty() {
    let town = Town::new();
    let auditor = town.browser(town.auditor_of(AGENCY));
    let page = auditor.open(&home());
    let friday: Vec<_> = EMPTY
        .iter()
        .map(|(name, value)| match *name {
            "visited_on" => (*name, "۱۴۰۵/۰۶/۲۰"),
            name => (name, *value),
        })
        .collect();
    auditor
        .submit(&page, &home(), &friday)
        .is(422)
        .says_word("problem-visit-holiday");
    auditor.open(&home()).says_word("auditor-no-visits");
}

#[test]
fn an_agency_reads_on_its_sheet_when_its_desk_was_empty_and_what_that_armed() {
    let town = Town::new();
    let ctx = town.ctx(town.auditor_of(AGENCY));
    let day = JalaliDate::parse("1405/06/22").expect("a day").gregorian();
    let at = |hour: i64| Observation {
        at: ctx.offset.start_of_day(day) + chrono::Duration::hours(hour),
        is_answered: false,
    };
    let seen = Seen {
        is_unannounced: true,
        visited_on: day,
        county: None,
        first: Some(at(9)),
        second: Some(at(10)),
        is_obstructed: false,
        desk_exists: true,
        excuse: None,
        minutes: "",
        second_auditor: None,
    };
    visit::record(&ctx, OPEN, AGENCY, &seen).expect("recorded");
    sign_all(&town, &town.ctx("lead"));
    town.hand_in(AGENCY);
    town.go_to(State::Preliminary);
    let sheet = format!("/{OPEN}/agencies/{AGENCY}/score");
    let manager = town.manager_of(AGENCY);
    both(&manager, &sheet);
    manager
        .open(&sheet)
        .says_word("result-visit-empty")
        .says("۲۲ شهریور ۱۴۰۵")
        .says("شرط: ۱ یا بیشتر");
    let governor = town.browser("governor").get(&sheet);
    governor.is(404);
}
