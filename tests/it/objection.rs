//! Objections: filed once, never edited, answered in the open.

use mizan::app::{objection, period};
use mizan::domain::period::State;
use mizan::domain::returns::{Value, Verdict};

use crate::pages::both;
use crate::town::{OPEN, Page, Town};

const AGENCY: &str = "INF-01";

fn address(indicator: &str) -> String {
    format!("/{OPEN}/agencies/{AGENCY}/objections/{indicator}")
}

/// A town in which INF-01 knows its preliminary result and may object; DSP-05 was adjusted downwards.
fn told() -> Town {
    let town = Town::new();
    town.hand_in(AGENCY);
    town.go_to(State::UnderReview);
    let auditor = town.ctx(town.auditor_of(AGENCY));
    town.give(
        &auditor,
        AGENCY,
        "RSP-02",
        Verdict::Adjusted(Value::Ratio { num: 1, den: 4 }),
    );
    town.give(&auditor, AGENCY, "RSP-03", Verdict::Confirmed);
    town
}

fn filing(town: &Town) -> Page {
    let manager = town.manager_of(AGENCY);
    let page = manager.open(&address("RSP-02"));
    let fields = [
        ("kind", "wrong_fact"),
        ("text", "شمارش پرونده‌ها نادرست است"),
        ("is_sure", "yes"),
    ];
    manager.submit(&page, &address("RSP-02"), &fields)
}

#[test]
fn a_manager_objects_once_and_reads_what_was_filed() {
    let town = told();
    town.go_to(State::ObjectionOpen);
    filing(&town).leads_to(&address("RSP-02"));
    let manager = town.manager_of(AGENCY);
    let page = manager.open(&address("RSP-02"));
    both(&manager, &address("RSP-02"));
    page.says("شمارش پرونده‌ها نادرست است")
        .says("در انتظار بررسی مجدد");
    assert!(
        page.forms()
            .iter()
            .all(|form| form.action != address("RSP-02"))
    );
    let again = [("kind", "slip"), ("text", "باز هم"), ("is_sure", "yes")];
    manager.post(&address("RSP-02"), &again).is(409);
    assert_eq!(town.rows("objections", AGENCY), 1);
}

#[test]
fn an_objection_without_its_words_keeps_what_was_typed() {
    let town = told();
    town.go_to(State::ObjectionOpen);
    let manager = town.manager_of(AGENCY);
    let page = manager.open(&address("RSP-02"));
    let typed = [("text", "نیمه‌کاره"), ("kind", "slip")];
    let again = manager.submit(&page, &address("RSP-02"), &typed);
    again
        .is(422)
        .says_word("problem-sure-once")
        .says("نیمه‌کاره");
    let empty = manager.submit(&page, &address("RSP-02"), &[("is_sure", "yes")]);
    empty
        .is(422)
        .says_word("problem-choose")
        .says_word("problem-objection-text");
    assert_eq!(town.rows("objections", AGENCY), 0);
}

#[test]
fn a_double_click_files_one_objection() {
    let town = told();
    town.go_to(State::ObjectionOpen);
    let manager = town.manager_of(AGENCY);
    let page = manager.open(&address("RSP-02"));
    let fields = [("kind", "slip"), ("text", "یک بار"), ("is_sure", "yes")];
    for _ in 0..2 {
        manager
            .submit(&page, &address("RSP-02"), &fields)
            .leads_to(&address("RSP-02"));
    }
    assert_eq!(town.rows("objections", AGENCY), 1);
}

#[test]
fn nobody_objects_before_or_after_the_days_of_objection() {
    let town = told();
    let manager = town.manager_of(AGENCY);
    manager.get(&address("RSP-02")).is(404);
    town.go_to(State::Preliminary);
    let early = manager.open(&address("RSP-02"));
    early.says("اکنون اعتراض تازه پذیرفته نمی‌شود");
    town.go_to(State::ObjectionOpen);
    town.set_day(town.period().objections_end_on);
    town.wait(60 * 24);
    let fields = [("kind", "slip"), ("text", "دیر"), ("is_sure", "yes")];
    let manager = town.manager_of(AGENCY);
    manager
        .post(&address("RSP-02"), &fields)
        .is(409)
        .says_word("refused-objections-closed");
    both(&manager, &address("RSP-02"));
}

#[test]
fn an_objection_is_read_by_its_parties_only() {
    let town = told();
    town.go_to(State::ObjectionOpen);
    filing(&town).is(303);
    let path = address("RSP-02");
    for login in [town.auditor_of(AGENCY), "lead", "committee1", "office"] {
        town.browser(login)
            .open(&path)
            .says("شمارش پرونده‌ها نادرست است");
    }
    let other = ["auditor1", "auditor2"]
        .into_iter()
        .find(|one| *one != town.auditor_of(AGENCY));
    for login in [other.expect("another auditor"), "governor", "admin"] {
        town.browser(login).get(&path).is(404);
    }
    town.manager_of("INF-02").get(&path).is(404);
    town.deputy_of(AGENCY)
        .open(&path)
        .says("شمارش پرونده‌ها نادرست است");
    town.browser("office")
        .post(&path, &[("kind", "slip")])
        .is(403);
}

#[test]
fn an_agency_reads_what_its_objection_could_do() {
    let town = told();
    town.go_to(State::ObjectionOpen);
    let manager = town.manager_of(AGENCY);
    let page = manager.open(&address("RSP-02"));
    both(&manager, &address("RSP-02"));
    page.says("اگر وارد دانسته شود").says("رتبه");
    town.manager_of(AGENCY).get(&address("RSP-99")).is(404);
    town.manager_of(AGENCY).get(&address("DSP-01")).is(404);
}

#[test]
fn a_verdict_after_the_preliminary_result_opens_a_window_of_its_own() {
    let town = told();
    town.go_to(State::ReReview);
    let auditor = town.auditor_of(AGENCY);
    let form = format!("/{OPEN}/agencies/{AGENCY}/verification/DSP-02");
    town.browser(auditor)
        .open(&form)
        .says("دستگاه تا پایان")
        .says("می‌تواند به آن اعتراض کند");
    both(&town.browser(auditor), &form);
    let manager = town.manager_of(AGENCY);
    manager.get(&address("DSP-02")).is(404);
    town.give(&town.ctx(auditor), AGENCY, "DSP-02", Verdict::Rejected);
    assert!(town.kept("letters", "template").contains("late-verdict"));
    let fields = [("kind", "slip"), ("text", "سند هست"), ("is_sure", "yes")];
    // The window of the quarter is over, so nothing opens for the others.
    manager.post(&address("RSP-03"), &fields).is(409);
    both(&manager, &address("DSP-02"));
    manager
        .post(&address("DSP-02"), &fields)
        .leads_to(&address("DSP-02"));
    town.go_to(State::Committee);
    let lead = town.ctx("lead");
    objection::review(&lead, OPEN, AGENCY, "DSP-02", None, "سند نبود").expect("reviewed");
    let committee = town.ctx("committee1");
    objection::decide(&committee, OPEN, AGENCY, "DSP-02", false, "سند نبود").expect("decided");
    town.go_to(State::Final);
}

#[test]
fn nothing_is_final_while_the_window_of_a_late_verdict_is_open() {
    let town = told();
    town.go_to(State::Committee);
    let auditor = town.ctx(town.auditor_of(AGENCY));
    town.give(&auditor, AGENCY, "DSP-02", Verdict::Rejected);
    town.reach_next_state();
    let move_on = |login| period::advance(&town.ctx(login), OPEN, "committee", true);
    let refused = move_on("office").expect_err("the agency still has time");
    assert!(format!("{refused:?}").contains("refused-objections-open"));
    town.wait(60 * 24 * 14);
    town.go_to(State::Final);
    let manager = town.manager_of(AGENCY);
    let fields = [("kind", "slip"), ("text", "دیر"), ("is_sure", "yes")];
    manager.post(&address("DSP-02"), &fields).is(409);
}
