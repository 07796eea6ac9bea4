//! The committee decides with everything on the table, and never alone.

use mizan::app::objection;
use mizan::domain::period::State;
use mizan::domain::returns::{Value, Verdict};

use crate::pages::both;
use crate::town::{OPEN, Town};

const AGENCY: &str = "INF-01";

fn page() -> String {
    format!("/{OPEN}/committee")
}

/// The objection on RSP-02 was looked at again; the second auditor proposes half.
fn reviewed() -> Town {
    let town = Town::new();
    town.hand_in(AGENCY);
    town.go_to(State::UnderReview);
    let first = town.auditor_of(AGENCY);
    let found = Verdict::Adjusted(Value::Ratio { num: 1, den: 4 });
    town.give(&town.ctx(first), AGENCY, "RSP-02", found);
    town.go_to(State::ObjectionOpen);
    let manager = town.ctx(&town.person_of(mizan::domain::access::Role::Manager, AGENCY));
    let filing = objection::Filing {
        kind: "wrong_fact",
        text: "شمارش نادرست است",
        is_sure: true,
    };
    objection::file(&manager, OPEN, AGENCY, "RSP-02", &filing).expect("filed");
    town.go_to(State::ReReview);
    let proposal = Verdict::Adjusted(Value::Ratio { num: 2, den: 4 });
    let lead = town.ctx("lead");
    objection::review(
        &lead,
        OPEN,
        AGENCY,
        "RSP-02",
        Some(&proposal),
        "دو پرونده از چهار",
    )
    .expect("proposed");
    town.go_to(State::Committee);
    town
}

#[test]
fn a_member_reads_text_verdict_proposal_and_effect_before_deciding() {
    let town = reviewed();
    let member = town.browser("committee1");
    let action = format!("/{OPEN}/agencies/{AGENCY}/objections/RSP-02/decision");
    let read = member.open(&page());
    read.says("شمارش نادرست است")
        .says("۱ از ۴")
        .says("۲ از ۴")
        .says("امتیاز دستگاه:");
    both(&member, &page());
    let empty = member.submit(&read, &action, &[("decision", "upheld")]);
    empty.is(422).says_word("problem-reason");
    let answer = [("decision", "upheld"), ("answer", "وارد است؛ دو پرونده")];
    member.submit(&read, &action, &answer).leads_to(&page());
    let minutes = format!("{}/minutes", page());
    member
        .open(&minutes)
        .says("وارد است؛ دو پرونده")
        .says("کارمند committee1");
    both(&member, &minutes);
    assert_eq!(town.rows("verdicts", AGENCY), 2);
}

#[test]
fn a_finding_is_proposed_by_one_and_decided_by_another() {
    let town = Town::new();
    town.hand_in(AGENCY);
    let (one, other) = (town.browser("committee1"), town.browser("committee2"));
    let propose = format!("{}/findings", page());
    let table = one.open(&page());
    one.submit(&table, &propose, &[("reason", "نیمه")])
        .is(422)
        .says_word("problem-choose")
        .says("نیمه");
    let fields = [
        ("agency", AGENCY),
        ("indicator", "RSP-02"),
        ("reason", "تصویر رسید ساختگی است"),
    ];
    one.submit(&table, &propose, &fields).leads_to(&page());
    let decide = format!("/{OPEN}/agencies/{AGENCY}/findings/RSP-02");
    let own = one.open(&page());
    own.says("تصویر رسید ساختگی است")
        .says_word("office-own-finding");
    assert!(own.forms().iter().all(|form| form.action != decide));
    one.post(&decide, &[("decision", "upheld")]).is(409);
    let table = other.open(&page());
    other
        .submit(&table, &decide, &[("decision", "dropped")])
        .leads_to(&page());
}

#[test]
fn the_office_sees_what_a_request_would_do_before_granting_it() {
    let town = Town::new();
    let manager = town.manager_of(AGENCY);
    town.fill_in(AGENCY);
    let asked = town.asked_of(AGENCY);
    let may = asked
        .iter()
        .find(|one| one.is_na_allowed)
        .expect("one that may not apply");
    let answer = format!("/{OPEN}/agencies/{AGENCY}/answers/{}", may.code);
    let form = manager.open(&answer);
    let asks = [
        ("choice", "not_applicable"),
        ("na_reason", "این خدمت را نداریم"),
    ];
    manager.submit(&form, &answer, &asks).is(303);
    let head = town.ctx(&town.person_of(mizan::domain::access::Role::Head, AGENCY));
    let with = mizan::app::assessment::Signature {
        pledge: "تعهد",
        is_pledged: true,
        letter_number: "",
        letter_date: None,
    };
    mizan::app::assessment::hand_in(&head, OPEN, AGENCY, &with).expect("handed in");
    let office = town.browser("office");
    let table = office.open(&page());
    table
        .says("این خدمت را نداریم")
        .says("امتیاز را از صورت و مخرج");
    let decide = format!("/{OPEN}/agencies/{AGENCY}/requests/{}", may.code);
    office
        .submit(&table, &decide, &[("decision", "granted")])
        .is(422)
        .says_word("problem-reason");
    let granted = [("decision", "granted"), ("reason", "خدمت ندارد")];
    office.submit(&table, &decide, &granted).leads_to(&page());
    office.open(&page()).says("خدمت ندارد");
    town.browser("committee1").post(&decide, &granted).is(403);
}
