//! Reminders: a quarter's days are walked one by one, and exactly these letters lie in the outbox.

use std::collections::BTreeMap;

use chrono::{Days as DaysOf, NaiveDate};
use mizan::app::{period, query, reminder, role, user, waiting};
use mizan::domain::access::Role;
use mizan::domain::calendar::{RoundSettings, WorkingDays};
use mizan::domain::period::State;
use mizan::store;
use mizan::store::letter::Letter;

use super::sink::{Manner, Sink, readable};
use super::{letters, post, round};
use crate::pages::both;
use crate::town::{OPEN, Town};

/// The reminders in the outbox, by the name their reader signs in with: the day and the kinds of what they name.
fn written(town: &Town) -> BTreeMap<String, Vec<(NaiveDate, String)>> {
    let mut found: BTreeMap<String, Vec<(NaiveDate, String)>> = BTreeMap::new();
    for letter in letters(town)
        .iter()
        .filter(|one| one.template == "reminder")
    {
        let login = letter.address.split('@').next().unwrap_or_default();
        let day = town.state.config.offset().day(letter.queued_at);
        let kinds: Vec<String> = items(letter).into_iter().map(|item| item.kind).collect();
        let own = found.entry(login.to_owned()).or_default();
        own.push((day, kinds.join(" ")));
    }
    found
}

fn items(letter: &Letter) -> Vec<waiting::Item> {
    let details: BTreeMap<String, String> = serde_json::from_str(&letter.body).expect("details");
    serde_json::from_str(&details["items"]).expect("items")
}

fn remind(town: &Town) -> usize {
    reminder::remind(&town.system(), false).expect("the errand")
}

/// Walks from today to a day, and asks for reminders three times on each.
fn walk(town: &Town, until: NaiveDate) {
    let mut day = town.system().today();
    while day <= until {
        town.set_day(day);
        (0..3).for_each(|_| {
            remind(town);
            town.wait(61);
        });
        day = day + DaysOf::new(1);
    }
}

/// The days so many working days from one.
fn working_days(town: &Town, from: NaiveDate, counts: &[i32]) -> Vec<NaiveDate> {
    let ctx = town.system();
    let holidays = ctx.store.read(|conn| period::holidays(&ctx, conn));
    let calendar = WorkingDays {
        week: RoundSettings::default().week,
        holidays: &holidays.expect("the holidays"),
    };
    let day = |count: &i32| calendar.add_working_days(from, *count);
    counts.iter().map(day).collect()
}

/// A person with the id of their first role.
fn person(town: &Town, login: &str) -> (String, String) {
    let read = town.state.store.read(|conn| {
        let user = store::user::find_by_login(conn, login)?.expect("a person");
        let role = store::user::list_roles(conn, &user.province_id, &user.id)?.remove(0);
        Ok::<_, store::StoreError>((user.id, role.id))
    });
    read.expect("read")
}

fn on(day: NaiveDate, kinds: &str) -> (NaiveDate, String) {
    (day, kinds.to_owned())
}

#[test]
fn a_quarter_is_walked_day_by_day_and_exactly_these_letters_are_written() {
    let town = Town::new();
    let [manager, deputy, head] =
        [Role::Manager, Role::Deputy, Role::Head].map(|role| town.person_of(role, "INF-01"));
    let punctual = town.person_of(Role::Manager, "INF-02");
    town.hand_in("INF-02");
    let period = town.period();
    walk(&town, period.preliminary_on);
    let found = written(&town);
    let days = working_days(&town, period.deadline_on, &[-5, -2, -1, 0, 1, 5]);
    let before: Vec<_> = days[..4].iter().map(|day| on(*day, "answers")).collect();
    assert_eq!(found[&manager], before);
    assert_eq!(found[&deputy], before);
    let called = vec![
        on(days[3], "answers"),
        on(days[4], "late"),
        on(days[5], "late"),
    ];
    assert_eq!(found[&head], called);
    assert_eq!(
        found["office"],
        [on(days[4], "missing"), on(days[5], "missing")]
    );
    assert!(!found.contains_key(&punctual), "nothing waits for them");
    assert!(!found.contains_key("auditor1") && !found.contains_key("governor"));
}

#[test]
fn who_handed_in_meanwhile_is_reminded_no_more() {
    let town = Town::new();
    let manager = town.person_of(Role::Manager, "INF-01");
    let deadline = town.period().deadline_on;
    let days = working_days(&town, deadline, &[-5, -2]);
    walk(&town, days[0]);
    town.fill_in("INF-01");
    walk(&town, days[1]);
    assert_eq!(
        written(&town)[&manager],
        [on(days[0], "answers"), on(days[1], "unsigned")]
    );
    town.hand_in("INF-01");
    walk(&town, deadline);
    assert_eq!(written(&town)[&manager].len(), 2);
}

#[test]
fn all_that_waits_for_somebody_comes_in_one_letter() {
    let town = Town::new();
    let manager = town.person_of(Role::Manager, "INF-01");
    town.hand_in("INF-01");
    town.go_to(State::UnderReview);
    let asked = town.asked_of("INF-01");
    let auditor = town.ctx(town.auditor_of("INF-01"));
    for (indicator, days) in asked.iter().zip([2, 5]) {
        query::send_back(
            &auditor,
            OPEN,
            "INF-01",
            &indicator.code,
            "کدام؟",
            Some(days),
        )
        .expect("asked");
    }
    let today = town.system().today();
    let days = working_days(&town, today, &[0, 1, 2]);
    walk(&town, days[2]);
    let found = written(&town);
    let both = "returned returned";
    let expected: Vec<_> = days.iter().map(|day| on(*day, both)).collect();
    assert_eq!(found[&manager], expected);
}

#[test]
fn a_person_may_choose_fewer_reminders_but_never_to_miss_the_last_day() {
    let town = Town::new();
    let manager = town.person_of(Role::Manager, "INF-01");
    reminder::set_wish(&town.ctx(&manager), "last").expect("chosen");
    assert!(reminder::set_wish(&town.ctx(&manager), "none").is_err());
    let deadline = town.period().deadline_on;
    walk(&town, deadline);
    assert_eq!(written(&town)[&manager], [on(deadline, "answers")]);
}

#[test]
fn whose_role_has_ended_and_whose_account_is_shut_gets_none() {
    let town = Town::new();
    let manager = town.person_of(Role::Manager, "INF-01");
    let deputy = town.person_of(Role::Deputy, "INF-01");
    let office = town.ctx("office");
    let (shut, _) = person(&town, &manager);
    user::set_active(&office, &shut, false).expect("shut");
    let (ended, role) = person(&town, &deputy);
    role::end(&office, &ended, &role).expect("ended");
    walk(&town, town.period().deadline_on);
    let found = written(&town);
    assert!(!found.contains_key(&manager) && !found.contains_key(&deputy));
}

#[test]
fn a_reminder_written_while_the_mail_server_was_down_arrives_once() {
    let town = Town::new();
    let manager = town.person_of(Role::Manager, "INF-01");
    let deadline = town.period().deadline_on;
    let closed = std::net::TcpListener::bind("127.0.0.1:0").expect("a port");
    let nobody = format!("smtp://{}", closed.local_addr().expect("an address"));
    drop(closed);
    let down = post(&town, &nobody);
    town.set_day(deadline);
    assert_eq!(remind(&town), 1);
    let failed = round(&town, &down);
    assert_eq!((failed.sent, failed.not_sent), (0, 1));
    assert_eq!(remind(&town), 0, "it waits already");
    town.wait(2);
    let sink = Sink::open(Manner::Takes);
    let up = post(&town, &sink.address);
    assert_eq!(round(&town, &up).sent, 1);
    assert_eq!(remind(&town), 0, "it was sent already");
    town.wait(2000);
    assert_eq!(round(&town, &up).sent, 0);
    let taken = sink.taken();
    assert_eq!(taken.len(), 1);
    assert!(taken[0].contains(&manager));
    let text = readable(&taken[0]);
    assert!(
        text.contains("هنوز پاسخ ندارد") && !text.contains('⟦'),
        "{text}"
    );
}

#[test]
fn the_office_sets_the_days_and_a_slip_of_the_hand_changes_nothing() {
    let town = Town::new();
    let manager = town.person_of(Role::Manager, "INF-01");
    let office = town.browser("office");
    let page = office.open("/reminders");
    let slip = [
        ("before", "۳، -1"),
        ("head_after", "۰"),
        ("office_after", "۱"),
    ];
    let refused = office.submit(&page, "/reminders", &slip);
    refused.is(422).says_word("problem-reminder-days");
    let kept = ("before".to_owned(), "۳، -1".to_owned());
    assert!(refused.form("/reminders").fields.contains(&kept));
    let typed = [("before", "۳"), ("head_after", "۰"), ("office_after", "۱")];
    office
        .submit(&page, "/reminders", &typed)
        .leads_to("/reminders");
    both(&office, "/reminders");
    let deadline = town.period().deadline_on;
    walk(&town, deadline);
    let days = working_days(&town, deadline, &[-3]);
    let expected = [on(days[0], "answers"), on(deadline, "answers")];
    assert_eq!(written(&town)[&manager], expected);
}

#[test]
fn a_manager_finds_the_choice_of_reminders_in_their_account() {
    let town = Town::new();
    let manager = town.manager_of("INF-01");
    both(&manager, "/account");
    let page = manager.open("/account");
    let few = [("reminders", "few")];
    manager
        .submit(&page, "/account/reminders", &few)
        .leads_to("/account");
    manager
        .post("/account/reminders", &[("reminders", "none")])
        .is(422)
        .says_word("problem-choose");
    assert!(
        town.kept("users", "login || reminders || ' '")
            .contains("manager-inf-01few")
    );
    town.browser("governor")
        .open("/account")
        .lacks("/account/reminders");
}
