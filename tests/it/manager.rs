//! The manager fills the checklist in; the head of the agency reviews, signs and keeps the receipt.

use chrono::Duration;
use mizan::domain::period::State;

use crate::pages::both;
use crate::town::{OPEN, PASSWORD, Page, Town};

const AGENCY: &str = "INF-01";
const REVIEW: &str = "/1405-Q2/agencies/INF-01/review";
const HAND_IN: &str = "/1405-Q2/agencies/INF-01/hand-in";

fn answer(indicator: &str) -> String {
    format!("/{OPEN}/agencies/{AGENCY}/answers/{indicator}")
}

/// How often the log has a deed.
fn times(town: &Town, action: &str) -> usize {
    town.log().iter().filter(|row| row.action == action).count()
}

/// The head signs on the page of review.
fn sign(town: &Town) -> Page {
    let head = town.head_of(AGENCY);
    let page = head.open(REVIEW);
    let fields = [("pledge", "yes"), ("password", PASSWORD)];
    head.submit(&page, HAND_IN, &fields)
}

#[test]
fn a_head_reviews_every_answer_signs_and_keeps_a_receipt() {
    let town = Town::new();
    let manager = town.manager_of(AGENCY);
    let page = manager.open(&answer("DSP-03"));
    manager
        .submit(&page, &answer("DSP-03"), &[("choice", "blank")])
        .is(303);
    let page = manager.open(&answer("DSP-04"));
    let asked = [
        ("choice", "not_applicable"),
        ("na_reason", "درخواست حضوری نداریم"),
    ];
    manager.submit(&page, &answer("DSP-04"), &asked).is(303);
    town.fill_in_but(AGENCY, &["DSP-03", "DSP-04"]);
    both(&manager, REVIEW);
    manager.open(REVIEW).says_word("manager-only-head-signs");
    let head = town.head_of(AGENCY);
    both(&head, REVIEW);
    let page = head.open(REVIEW);
    page.says("پاسخی نداریم").says("درخواست حضوری نداریم");
    let fields = [
        ("pledge", "yes"),
        ("password", PASSWORD),
        ("letter_number", "۱۲۳/الف"),
        ("letter_date", "۱۴۰۵/۰۶/۳۰"),
    ];
    head.submit(&page, HAND_IN, &fields).leads_to(REVIEW);
    both(&head, REVIEW);
    let receipt = head.open(REVIEW);
    receipt
        .says("1405-Q2-INF-01")
        .says("۱۲۳/الف")
        .says("۳۰ شهریور ۱۴۰۵")
        .says_word("manager-pledge");
    assert_eq!(town.state_of(AGENCY), "handed_in");
    assert_eq!(town.rows("na_requests", AGENCY), 1);
    let log = town.log();
    let event = log.iter().find(|row| row.action == "assessment.handed_in");
    receipt.says(&event.expect("an event").leaf_hash);
}

#[test]
fn nobody_signs_without_the_pledge_and_the_right_password() {
    let town = Town::new();
    town.fill_in(AGENCY);
    let head = town.head_of(AGENCY);
    let page = head.open(REVIEW);
    let wrong = head.submit(
        &page,
        HAND_IN,
        &[("password", "این نیست"), ("letter_number", "۷")],
    );
    wrong
        .is(422)
        .says_word("problem-pledge")
        .says_word("problem-password-wrong")
        .lacks("این نیست");
    let form = wrong.form(HAND_IN);
    assert!(
        form.fields
            .contains(&("letter_number".to_owned(), "۷".to_owned()))
    );
    let day = [
        ("pledge", "yes"),
        ("password", PASSWORD),
        ("letter_date", "۱۴۰۵/۰۷/۳۱"),
    ];
    head.submit(&page, HAND_IN, &day)
        .is(422)
        .says_word("problem-date");
    let day = [
        ("pledge", "yes"),
        ("password", PASSWORD),
        ("letter_date", "۱۴۱۰/۰۱/۰۱"),
    ];
    head.submit(&page, HAND_IN, &day)
        .is(422)
        .says_word("problem-day-to-come");
    assert_eq!(town.state_of(AGENCY), "draft");
    assert_eq!(times(&town, "password.refused"), 1);
    for _ in 0..7 {
        head.submit(&page, HAND_IN, &[("pledge", "yes"), ("password", "x")]);
    }
    let right = [("pledge", "yes"), ("password", PASSWORD)];
    head.submit(&page, HAND_IN, &right).is(429);
    town.wait(16);
    head.submit(&page, HAND_IN, &right).leads_to(REVIEW);
}

#[test]
fn only_the_head_signs() {
    let town = Town::new();
    town.fill_in(AGENCY);
    let fields = [("pledge", "yes"), ("password", PASSWORD)];
    for browser in [town.manager_of(AGENCY), town.deputy_of(AGENCY)] {
        let page = browser.open(REVIEW);
        assert!(page.forms().iter().all(|form| form.action != HAND_IN));
        browser.post(HAND_IN, &fields).is(403);
    }
    town.head_of("INF-02").post(HAND_IN, &fields).is(404);
    for login in ["office", "lead", "governor", "admin"] {
        town.browser(login).post(HAND_IN, &fields).is(403);
    }
    assert_eq!(town.state_of(AGENCY), "draft");
}

// P37
#[test]
fn a_checklist_with_gaps_is_not_taken_and_every_gap_is_a_link() {
    let town = Town::new();
    let head = town.head_of(AGENCY);
    let asked = town.asked_of(AGENCY);
    town.fill_in_but(AGENCY, &[&asked[0].code, &asked[1].code]);
    both(&head, REVIEW);
    let page = head.open(REVIEW);
    page.says("۲ شاخص هنوز پاسخ ندارد");
    for indicator in &asked[..2] {
        assert!(page.links().contains(&answer(&indicator.code)));
    }
    let fields = [("pledge", "yes"), ("password", PASSWORD)];
    let refused = head.post(HAND_IN, &fields);
    refused
        .is(422)
        .says(&format!("{} بی‌پاسخ است", asked[0].code));
    assert!(refused.links().contains(&format!("#{}", asked[0].code)));
    assert_eq!(town.state_of(AGENCY), "draft");
}

// P37
#[test]
fn the_last_second_counts_and_the_one_after_it_does_not() {
    let town = Town::new();
    town.fill_in(AGENCY);
    town.head_of(AGENCY);
    town.set_day(town.period().last_edit_on);
    town.set_now(town.now() + Duration::hours(15));
    both(&town.head_of(AGENCY), REVIEW);
    let fields = [("pledge", "yes"), ("password", PASSWORD)];
    let late = town.head_of(AGENCY).post(HAND_IN, &fields);
    late.is(409).says_word("refused-last-edit-over");
    let manager = town.manager_of(AGENCY);
    let saved = manager.post(&answer("DSP-03"), &[("choice", "blank"), ("seen", "1")]);
    saved.is(409).says_word("refused-last-edit-over");
    assert_eq!(town.state_of(AGENCY), "draft");
    town.set_now(town.now() - Duration::seconds(1));
    sign(&town).leads_to(REVIEW);
    assert_eq!(town.state_of(AGENCY), "handed_in");
    town.head_of(AGENCY).open(REVIEW).says_word("manager-late");
}

#[test]
fn nothing_is_signed_once_the_period_has_moved_on() {
    let town = Town::new();
    town.fill_in(AGENCY);
    town.go_to(State::Closed);
    let fields = [("pledge", "yes"), ("password", PASSWORD)];
    let head = town.head_of(AGENCY);
    head.post(HAND_IN, &fields)
        .is(409)
        .says_word("refused-not-open");
    assert_eq!(town.state_of(AGENCY), "draft");
    both(&head, REVIEW);
}

// P38
#[test]
fn twenty_clicks_are_one_hand_in() {
    let town = Town::new();
    town.fill_in(AGENCY);
    let head = town.head_of(AGENCY);
    let page = head.open(REVIEW);
    let form = page.form(HAND_IN);
    let fields = [("pledge", "yes"), ("password", PASSWORD)];
    let answers: Vec<u16> = std::thread::scope(|scope| {
        let clicks: Vec<_> = (0..6)
            .map(|_| scope.spawn(|| head.send_form(&form, &fields).status))
            .collect();
        clicks
            .into_iter()
            .map(|one| one.join().expect("answered"))
            .collect()
    });
    assert_eq!(answers, [303; 6], "the same form is the same deed");
    let again = head.post(HAND_IN, &fields);
    again.is(409).says_word("refused-handed-in");
    assert_eq!(times(&town, "assessment.handed_in"), 1);
}

// P38
#[test]
fn twenty_saves_at_once_are_one_row_and_a_late_one_is_told() {
    let town = Town::new();
    let manager = town.manager_of(AGENCY);
    let page = manager.open(&answer("DSP-03"));
    let form = page.form(&answer("DSP-03"));
    std::thread::scope(|scope| {
        for _ in 0..20 {
            scope.spawn(|| {
                let fields = [("choice", "value"), ("value", "2")];
                manager.send_form(&form, &fields).is(303);
            });
        }
    });
    assert_eq!(town.rows("answers", AGENCY), 1);
    assert_eq!(times(&town, "answer.saved"), 1);
    let other = [("choice", "value"), ("value", "3")];
    let told = manager.send_form(&form, &other);
    told.is(409).says("۲: ثبت می‌کند و کد رهگیری می‌دهد");
    assert_eq!(times(&town, "answer.saved"), 1);
}

#[test]
fn after_hand_in_the_claim_stays_whatever_is_sent() {
    let town = Town::new();
    town.hand_in(AGENCY);
    let before = town.claims_of(AGENCY);
    let manager = town.manager_of(AGENCY);
    let change = [("choice", "value"), ("value", "0"), ("seen", "1")];
    manager
        .post(&answer("DSP-03"), &change)
        .is(409)
        .says_word("refused-handed-in");
    town.go_to(State::UnderReview);
    let auditor = town.ctx(town.auditor_of(AGENCY));
    mizan::app::query::send_back(&auditor, OPEN, AGENCY, "DSP-03", "ابلاغ امضا ندارد", Some(3))
        .expect("sent back");
    let manager = town.manager_of(AGENCY);
    both(&manager, &answer("DSP-03"));
    both(&manager, "/");
    manager.open("/").says("ابلاغ امضا ندارد");
    manager.post(&answer("DSP-03"), &change).is(409);
    let page = manager.open(&answer("DSP-03"));
    let to = format!("{}/query-answer", answer("DSP-03"));
    manager.submit(&page, &to, &[("answer", "")]).is(422);
    manager
        .submit(&page, &to, &[("answer", "نسخهٔ امضاشده افزوده شد")])
        .is(303);
    assert_eq!(town.claims_of(AGENCY), before);
}

#[test]
fn a_question_left_open_lets_nobody_change_evidence_after_the_preliminary_result() {
    let town = Town::new();
    town.hand_in(AGENCY);
    town.go_to(State::UnderReview);
    let auditor = town.ctx(town.auditor_of(AGENCY));
    mizan::app::query::send_back(&auditor, OPEN, AGENCY, "DSP-03", "ابلاغ امضا ندارد", Some(3))
        .expect("sent back");
    let link = [("kind", "letter"), ("link", "https://mizan.test/letter")];
    let evidence = format!("{}/evidence", answer("DSP-03"));
    town.manager_of(AGENCY).post(&evidence, &link).is(303);
    town.go_to(State::Preliminary);
    town.manager_of(AGENCY).post(&evidence, &link).is(409);
    assert_eq!(town.rows("evidence", AGENCY), 1);
}
