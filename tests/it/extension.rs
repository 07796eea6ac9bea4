//! More time: asked for with a reason, granted with an end, and locked again by itself.

use chrono::{Days, NaiveDate};
use mizan::app::{AppError, answer, assessment, extension, period};
use mizan::domain::access::Role;
use mizan::domain::answer::Choice;
use mizan::domain::calendar::JalaliDate;
use mizan::domain::returns::Value;
use mizan::store;

use crate::pages::both;
use crate::town::{Browser, OPEN, Town};

const AGENCY: &str = "INF-01";
const PATH: &str = "/1405-Q2/agencies/INF-01/extensions";

fn typed(day: NaiveDate) -> String {
    JalaliDate::of(day).slash_fa()
}

/// The agency asks on its page, and gives the address at which the office decides.
fn asked(town: &Town, manager: &Browser, indicator: &str) -> String {
    let page = manager.open(PATH);
    let fields = [("indicator", indicator), ("reason", "دو روز قطعی اینترنت")];
    manager.submit(&page, PATH, &fields).leads_to(PATH);
    let assessment = town.assessment(AGENCY);
    let rows = town
        .state
        .store
        .read(|conn| store::extension::list(conn, &assessment));
    let last = rows.expect("read").pop().expect("a request");
    format!("/{OPEN}/extensions/{}", last.id)
}

/// The office grants a request; they sign in anew, for days may have passed.
fn grant(town: &Town, path: &str, until: &str) -> crate::town::Page {
    let office = town.browser("office");
    let page = office.open(path);
    let fields = [
        ("decision", "granted"),
        ("until", until),
        ("reason", "قطعی را مخابرات تأیید کرد"),
    ];
    office.submit(&page, path, &fields)
}

fn save(town: &Town, indicator: &str) -> Result<(), AppError> {
    let ctx = town.ctx(&town.person_of(Role::Manager, AGENCY));
    let saved = answer::Saved {
        indicator,
        choice: Choice::Claim(Value::Ratio { num: 1, den: 2 }),
        note: "",
        is_carried: false,
        seen: 0,
    };
    answer::save(&ctx, OPEN, AGENCY, &saved).map(|_| ())
}

fn sign(town: &Town) -> Result<String, AppError> {
    let head = town.ctx(&town.person_of(Role::Head, AGENCY));
    let with = assessment::Signature {
        pledge: "متن تعهد",
        is_pledged: true,
        letter_number: "",
        letter_date: None,
    };
    assessment::hand_in(&head, OPEN, AGENCY, &with)
}

fn two_working_days_after(town: &Town, day: NaiveDate) -> NaiveDate {
    let ctx = town.system();
    let holidays = ctx.store.read(|conn| period::holidays(&ctx, conn));
    let holidays = holidays.expect("the holidays");
    holidays.calendar().add_working_days(day, 2)
}

fn is_refused<T>(done: Result<T, AppError>, with: &str) -> bool {
    matches!(done, Err(AppError::Refused(key)) if key == with)
}

#[test]
fn an_agency_that_was_granted_more_time_answers_and_hands_in_and_then_the_lock_is_back_by_itself() {
    let town = Town::new();
    let manager = town.manager_of(AGENCY);
    town.fill_in_but(AGENCY, &["RSP-02", "RSP-03"]);
    let period = town.period();
    let path = asked(&town, &manager, "");
    both(&manager, PATH);
    let office = town.browser("office");
    both(&office, &path);
    town.set_day(period.last_edit_on + Days::new(1));
    assert!(is_refused(save(&town, "RSP-02"), "refused-last-edit-over"));
    let until = two_working_days_after(&town, period.last_edit_on);
    grant(&town, &path, &typed(until)).leads_to("/1405-Q2/extensions");
    both(&town.browser("office"), "/1405-Q2/extensions");
    save(&town, "RSP-02").expect("there is time again");
    town.manager_of(AGENCY)
        .open(PATH)
        .says_word("extension-granted");
    let closed = period::advance(&town.ctx("office"), OPEN, "open", true);
    assert!(is_refused(closed, "refused-agencies-have-time"));
    town.set_day(until + Days::new(1));
    assert!(is_refused(save(&town, "RSP-03"), "refused-last-edit-over"));
    town.manager_of(AGENCY)
        .open(PATH)
        .says_word("extension-ended");
    town.set_day(until);
    save(&town, "RSP-03").expect("the last day counts whole");
    sign(&town).expect("handed in");
    assert!(
        !town.assessment(AGENCY).is_late,
        "the deadline was extended"
    );
    let line = town.browser("office").open("/1405-Q2/extensions");
    line.says("دو روز قطعی اینترنت")
        .says("قطعی را مخابرات تأیید کرد");
    for letter in ["extension-asked", "extension-granted"] {
        assert!(
            town.kept("letters", "template || ' '").contains(letter),
            "{letter}"
        );
    }
}

#[test]
fn more_time_for_one_item_opens_that_item_alone() {
    let town = Town::new();
    let manager = town.manager_of(AGENCY);
    town.fill_in_but(AGENCY, &["RSP-02", "RSP-03"]);
    let period = town.period();
    let path = asked(&town, &manager, "RSP-02");
    town.set_day(period.last_new_on + Days::new(1));
    assert!(is_refused(save(&town, "RSP-02"), "refused-last-new-over"));
    grant(&town, &path, &typed(period.last_edit_on)).leads_to("/1405-Q2/extensions");
    assert!(is_refused(save(&town, "RSP-03"), "refused-last-new-over"));
    save(&town, "RSP-02").expect("this one is open");
}

#[test]
fn an_end_on_a_holiday_or_too_late_or_none_and_no_reason_change_nothing() {
    let town = Town::new();
    let manager = town.manager_of(AGENCY);
    let path = asked(&town, &manager, "");
    let office = town.browser("office");
    let period = town.period();
    let mut friday = period.last_edit_on;
    while mizan::domain::calendar::weekday_en(chrono::Datelike::weekday(&friday)) != "Friday" {
        friday = friday + Days::new(1);
    }
    let yesterday = town.system().today() - Days::new(1);
    for until in [
        typed(friday),
        typed(period.preliminary_on),
        typed(yesterday),
        typed(period.deadline_on),
        String::new(),
    ] {
        grant(&town, &path, &until)
            .is(422)
            .says_word("problem-extension-until");
    }
    grant(&town, &path, "فردا")
        .is(422)
        .says_word("problem-date");
    let page = office.open(&path);
    let silent = [("decision", "refused"), ("reason", " ")];
    office.submit(&page, &path, &silent).is(422);
    office
        .open("/1405-Q2/extensions")
        .says_word("extension-waits");
    let refused = [("decision", "refused"), ("reason", "قطعی ثبت نشده است")];
    let page = office.open(&path);
    office
        .submit(&page, &path, &refused)
        .leads_to("/1405-Q2/extensions");
    manager.open(PATH).says("قطعی ثبت نشده است");
    let granted = [
        ("decision", "granted"),
        ("until", "1405/07/15"),
        ("reason", "باز"),
    ];
    office.post(&path, &granted).is(409);
}

#[test]
fn the_same_request_waits_once_and_after_the_hand_in_there_is_none() {
    let town = Town::new();
    let manager = town.manager_of(AGENCY);
    asked(&town, &manager, "");
    manager
        .post(PATH, &[("indicator", ""), ("reason", "باز هم")])
        .is(409);
    manager
        .post(PATH, &[("indicator", "ABC-99"), ("reason", "باز هم")])
        .is(422);
    manager
        .post(PATH, &[("indicator", ""), ("reason", "")])
        .is(422);
    assert_eq!(town.rows("extensions", AGENCY), 1);
    town.hand_in(AGENCY);
    let ctx = town.ctx(&town.person_of(Role::Manager, AGENCY));
    let late = extension::ask(&ctx, OPEN, AGENCY, Some("RSP-02"), "دلیل");
    assert!(is_refused(late, "refused-handed-in"));
    manager.open(PATH).lacks("extension-ask-title");
}

#[test]
fn who_has_handed_in_needs_no_more_time_and_stays_as_late_as_they_were() {
    let town = Town::new();
    let manager = town.manager_of(AGENCY);
    let path = asked(&town, &manager, "");
    town.fill_in(AGENCY);
    town.set_day(town.period().deadline_on + Days::new(1));
    sign(&town).expect("handed in late");
    let until = typed(two_working_days_after(&town, town.period().deadline_on));
    grant(&town, &path, &until).is(409);
    assert!(town.assessment(AGENCY).is_late);
    let office = town.browser("office");
    let page = office.open(&path);
    let refused = [("decision", "refused"), ("reason", "پرونده ثبت شده است")];
    office
        .submit(&page, &path, &refused)
        .leads_to("/1405-Q2/extensions");
}
