//! The auditor's room: the queue, the case, verdicts, returned items, visits, re-review.

use mizan::domain::period::State;

use crate::pages::both;
use crate::town::{OPEN, Town};

const AGENCY: &str = "INF-01";

fn case(agency: &str) -> String {
    format!("/{OPEN}/agencies/{agency}/verification")
}

#[test]
fn an_auditor_begins_the_day_in_their_queue() {
    let town = Town::new();
    let auditor = town.browser(town.auditor_of(AGENCY));
    let home = auditor.get("/");
    let page = auditor.follow(&home);
    page.is(200).says("هنوز نرسیده");
    both(&auditor, "/queue");
    town.hand_in(AGENCY);
    let page = auditor.open("/queue");
    page.says("شروع کنید").says("شروع");
    assert!(page.links().contains(&case(AGENCY)), "{:?}", page.links());
    let first = page.links().into_iter().find(|link| link.contains(AGENCY));
    assert!(first.is_some_and(|link| link.starts_with(&format!("{}/", case(AGENCY)))));
}

#[test]
fn a_queue_holds_ones_own_agencies_and_the_lead_auditor_sees_all() {
    let town = Town::new();
    let agencies = |login: &str, path: &str| {
        let links = town.browser(login).open(path).links().into_iter();
        links.filter(|link| link.ends_with("/verification")).count()
    };
    let (one, other) = (
        agencies("auditor1", "/queue"),
        agencies("auditor2", "/queue"),
    );
    assert!(one > 0 && other > 0);
    assert_eq!(agencies("lead", "/queue"), one + other);
    assert_eq!(agencies("lead", "/queue?auditor=auditor1"), one);
    // A filter is the lead auditor's alone, and one of nobody shows nothing.
    assert_eq!(agencies("auditor1", "/queue?auditor=auditor2"), one);
    assert_eq!(agencies("lead", "/queue?auditor=x"), 0);
    both(&town.browser("lead"), "/queue");
    town.browser("office").get("/queue").is(403);
    town.manager_of(AGENCY).get("/queue").is(403);
}

#[test]
fn the_case_shows_nothing_of_a_draft() {
    let town = Town::new();
    town.fill_in(AGENCY);
    let auditor = town.browser(town.auditor_of(AGENCY));
    let page = auditor.open(&case(AGENCY));
    page.says("هنوز تحویل نداده است").says("هنوز تحویل نشده");
    page.lacks("در انتظار رأی</strong>");
    town.hand_in(AGENCY);
    auditor.open(&case(AGENCY)).says("در انتظار رأی");
    both(&auditor, &case(AGENCY));
}

#[test]
fn a_case_is_open_to_its_auditor_and_to_nobody_of_an_agency() {
    let town = Town::new();
    town.hand_in(AGENCY);
    let other = ["auditor1", "auditor2"]
        .into_iter()
        .find(|one| *one != town.auditor_of(AGENCY));
    town.browser(other.expect("another auditor"))
        .get(&case(AGENCY))
        .is(404);
    for login in ["lead", "office", "committee1"] {
        town.browser(login).open(&case(AGENCY));
    }
    for login in ["governor", "admin"] {
        town.browser(login).get(&case(AGENCY)).is(403);
    }
    town.manager_of(AGENCY).get(&case(AGENCY)).is(403);
    town.browser("lead").get(&case("INF-99")).is(404);
}

#[test]
fn a_queue_counts_down_to_the_preliminary_result() {
    let town = Town::new();
    town.hand_in(AGENCY);
    town.judge(AGENCY);
    town.go_to(State::UnderReview);
    let auditor = town.browser(town.auditor_of(AGENCY));
    auditor.open("/queue").says("روز کاری مانده است");
    town.go_to(State::Preliminary);
    town.wait(60 * 24);
    let auditor = town.browser(town.auditor_of(AGENCY));
    auditor.open("/queue").says("روز نتیجهٔ مقدماتی گذشته است");
}

fn one(agency: &str, indicator: &str) -> String {
    format!("{}/{indicator}", case(agency))
}

/// A town in which INF-01 has handed in, and its auditor.
fn handed_in(town: &Town) -> crate::town::Browser<'_> {
    town.hand_in(AGENCY);
    town.browser(town.auditor_of(AGENCY))
}

#[test]
fn an_auditor_confirms_a_claim_and_goes_on_to_the_next() {
    let town = Town::new();
    let auditor = handed_in(&town);
    let path = one(AGENCY, "RSP-02");
    both(&auditor, &path);
    let page = auditor.open(&path);
    let saved = auditor.submit(&page, &path, &[("kind", "confirmed")]);
    saved.leads_to(&one(AGENCY, "RSP-03"));
    auditor.follow(&saved).is(200).says_word("auditor-saved");
    assert_eq!(town.rows("verdicts", AGENCY), 1);
    auditor.open(&path).says_word("auditor-verdicts");
    both(&auditor, &path);
}

#[test]
fn a_verdict_below_the_claim_needs_its_cause_and_its_reason() {
    let town = Town::new();
    let auditor = handed_in(&town);
    let path = one(AGENCY, "RSP-02");
    let page = auditor.open(&path);
    let lower = [
        ("kind", "adjusted"),
        ("numerator", "۱"),
        ("denominator", "۴"),
    ];
    let again = auditor.submit(&page, &path, &lower);
    again
        .is(422)
        .says_word("problem-reason")
        .says_word("problem-choose");
    assert!(again.html().contains("value=\"۴\""), "typed words stay");
    let full = [
        ("reason_code", "counted_otherwise"),
        ("reason", "تنها یک پرونده در مهلت بود"),
        ("internal_note", "بار دوم است"),
    ];
    let whole: Vec<_> = lower.iter().chain(&full).copied().collect();
    auditor.submit(&again, &path, &whole).is(303);
    let sample = [("kind", "sample"), ("n", "5"), ("k", "6")];
    let page = auditor.open(&path);
    auditor
        .submit(&page, &path, &sample)
        .is(422)
        .says_word("problem-sample");
    assert_eq!(town.rows("verdicts", AGENCY), 1);
}

#[test]
fn an_internal_note_is_never_shown_to_the_agency_or_the_office() {
    let town = Town::new();
    let auditor = handed_in(&town);
    let path = one(AGENCY, "RSP-02");
    let page = auditor.open(&path);
    let fields = [
        ("kind", "rejected"),
        ("reason_code", "no_evidence"),
        ("reason", "سندی نیامد"),
        ("internal_note", "راز درونی"),
    ];
    auditor.submit(&page, &path, &fields).is(303);
    auditor.open(&path).says("راز درونی");
    for login in ["lead", "committee1"] {
        town.browser(login).open(&path).says("راز درونی");
    }
    town.browser("office")
        .open(&path)
        .says("سندی نیامد")
        .lacks("راز درونی");
    town.go_to(State::ObjectionOpen);
    let manager = town.manager_of(AGENCY);
    for path in [
        format!("/{OPEN}/agencies/{AGENCY}/objections/RSP-02"),
        format!("/{OPEN}/agencies/{AGENCY}/score"),
        format!("/{OPEN}/agencies/{AGENCY}/score.json"),
    ] {
        manager.open(&path).lacks("راز درونی");
    }
}

#[test]
fn p37_nobody_judges_a_claim_before_it_is_handed_in() {
    let town = Town::new();
    town.fill_in(AGENCY);
    let auditor = town.browser(town.auditor_of(AGENCY));
    let path = one(AGENCY, "RSP-02");
    let page = auditor.open(&path);
    page.says_word("refused-not-handed-in");
    assert!(page.forms().iter().all(|form| form.action != path));
    let early = auditor.post(&path, &[("kind", "confirmed"), ("seen", "0")]);
    early.is(409).says_word("refused-not-handed-in");
    assert_eq!(town.rows("verdicts", AGENCY), 0);
}

#[test]
fn p37_after_the_preliminary_result_a_verdict_changes_only_by_an_objection() {
    let town = Town::new();
    let auditor = handed_in(&town);
    let path = one(AGENCY, "RSP-02");
    let page = auditor.open(&path);
    auditor
        .submit(&page, &path, &[("kind", "confirmed")])
        .is(303);
    town.go_to(State::Preliminary);
    let auditor = town.browser(town.auditor_of(AGENCY));
    auditor.open(&path).says_word("refused-only-by-objection");
    let late = auditor.post(&path, &[("kind", "confirmed"), ("seen", "1")]);
    late.is(409).says_word("refused-only-by-objection");
    assert_eq!(town.rows("verdicts", AGENCY), 1);
}

#[test]
fn two_auditors_who_judge_at_once_are_told_of_each_other() {
    let town = Town::new();
    let auditor = handed_in(&town);
    let lead = town.browser("lead");
    let path = one(AGENCY, "RSP-02");
    let (mine, theirs) = (auditor.open(&path), lead.open(&path));
    let lower = [
        ("kind", "rejected"),
        ("reason_code", "no_evidence"),
        ("reason", "سندی نیامد"),
    ];
    lead.submit(&theirs, &path, &lower).is(303);
    let told = auditor.submit(
        &mine,
        &path,
        &[("kind", "confirmed"), ("recommendation", "نوشتهٔ من")],
    );
    told.is(409).says("رد شد").says("نوشتهٔ من");
    assert_eq!(town.rows("verdicts", AGENCY), 1);
    auditor.send_form(&told.form(&path), &[]).is(303);
    assert_eq!(town.rows("verdicts", AGENCY), 2);
}

#[test]
fn a_double_click_gives_one_verdict() {
    let town = Town::new();
    let auditor = handed_in(&town);
    let path = one(AGENCY, "RSP-02");
    let page = auditor.open(&path);
    for _ in 0..2 {
        auditor
            .submit(&page, &path, &[("kind", "confirmed")])
            .is(303);
    }
    assert_eq!(town.rows("verdicts", AGENCY), 1);
}

#[test]
fn p39_who_works_for_an_agency_is_not_its_auditor() {
    let town = Town::new();
    town.hand_in(AGENCY);
    let path = one(AGENCY, "RSP-02");
    town.manager_of(AGENCY).get(&path).is(403);
    town.manager_of(AGENCY)
        .post(&path, &[("kind", "confirmed")])
        .is(403);
    assert_eq!(town.rows("verdicts", AGENCY), 0);
}

#[test]
fn what_an_auditor_measures_needs_no_claim() {
    let town = Town::new();
    let auditor = town.browser(town.auditor_of(AGENCY));
    let path = one(AGENCY, "DSP-01");
    let page = auditor.open(&path);
    both(&auditor, &path);
    let fields = [("numerator", "3"), ("denominator", "4")];
    auditor.submit(&page, &path, &fields).is(303);
    auditor.open(&path).says("سنجیده شد: ۳ از ۴");
}

#[test]
fn an_item_goes_back_is_answered_and_is_closed() {
    let town = Town::new();
    let auditor = handed_in(&town);
    let path = one(AGENCY, "RSP-02");
    let action = format!("{path}/query");
    let page = auditor.open(&path);
    let wrong = auditor.submit(&page, &action, &[("question", ""), ("days", "صد")]);
    wrong
        .is(422)
        .says_word("problem-question")
        .says_word("problem-query-days");
    let asked = [("question", "فهرست پرونده‌ها کجاست؟"), ("days", "۳")];
    auditor.submit(&page, &action, &asked).leads_to(&path);
    auditor.open(&path).says_word("auditor-query-open");
    auditor
        .post(&action, &[("question", "باز"), ("days", "3")])
        .is(409);
    let manager = town.manager_of(AGENCY);
    let answer = format!("/{OPEN}/agencies/{AGENCY}/answers/RSP-02");
    manager.open(&answer).says("فهرست پرونده‌ها کجاست؟");
    let sent = [("answer", "پیوست شد")];
    manager
        .post(&format!("{answer}/query-answer"), &sent)
        .is(303);
    auditor.open("/queue").says("پاسخ رسیده");
    let page = auditor.open(&path);
    page.says("پیوست شد");
    both(&auditor, &path);
    let forms = page.forms();
    let closing = forms.iter().find(|form| form.action.ends_with("/closing"));
    auditor
        .send_form(closing.expect("a form that closes it"), &[])
        .leads_to(&path);
    auditor.open(&path).says_word("auditor-query-closed");
    auditor.open("/queue").lacks("پاسخ رسیده");
}

#[test]
fn an_auditor_asks_for_not_applicable_and_the_office_decides() {
    let town = Town::new();
    let auditor = handed_in(&town);
    let path = one(AGENCY, "DSP-01");
    let action = format!("{path}/na-request");
    let page = auditor.open(&path);
    auditor
        .submit(&page, &action, &[("na_reason", "")])
        .is(422)
        .says_word("problem-reason");
    let asked = [("na_reason", "میز حضوری ندارد")];
    auditor.submit(&page, &action, &asked).leads_to(&path);
    auditor.open(&path).says_word("auditor-na-waits");
    auditor.post(&action, &asked).is(409);
    let office = town.browser("office");
    let committee = format!("/{OPEN}/committee");
    office.open(&committee).says("میز حضوری ندارد");
}

#[test]
fn p22_what_an_agency_wrote_is_shown_to_the_auditor_as_text() {
    let town = Town::new();
    town.fill_in(AGENCY);
    let manager = town.manager_of(AGENCY);
    let answer = format!("/{OPEN}/agencies/{AGENCY}/answers/RSP-02");
    let page = manager.open(&answer);
    let evil = "</textarea><svg/onload=alert(1)><script>alert(1)</script>";
    manager.submit(&page, &answer, &[("note", evil)]).is(303);
    town.hand_in_filled(AGENCY);
    let auditor = town.browser(town.auditor_of(AGENCY));
    let path = one(AGENCY, "RSP-02");
    auditor
        .open(&path)
        .says("onload=alert(1)")
        .lacks("<svg/onload");
    both(&auditor, &path);
    let page = auditor.open(&path);
    let fields = [
        ("kind", "rejected"),
        ("reason_code", "no_evidence"),
        ("reason", evil),
    ];
    auditor.submit(&page, &path, &fields).is(303);
    auditor
        .open(&path)
        .lacks("<svg/onload")
        .lacks("<script>alert");
    both(&auditor, &path);
}
