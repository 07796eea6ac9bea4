//! Re-review: another auditor reads the objection and proposes an answer.

use mizan::app::objection;
use mizan::domain::access::Role;
use mizan::domain::period::State;
use mizan::domain::returns::{Value, Verdict};

use crate::pages::both;
use crate::town::{OPEN, Town};

const AGENCY: &str = "INF-01";

fn address() -> String {
    format!("/{OPEN}/agencies/{AGENCY}/objections/RSP-02/re-review")
}

/// A town in which INF-01 objected to what its auditor found.
fn objected() -> Town {
    let town = Town::new();
    town.hand_in(AGENCY);
    let auditor = town.ctx(town.auditor_of(AGENCY));
    let less = Verdict::Adjusted(Value::Ratio { num: 1, den: 4 });
    town.give(&auditor, AGENCY, "RSP-02", less);
    town.go_to(State::ObjectionOpen);
    let manager = town.ctx(&town.person_of(Role::Manager, AGENCY));
    let filing = objection::Filing {
        kind: "wrong_fact",
        text: "شمارش <b>نادرست</b> است",
        is_sure: true,
    };
    objection::file(&manager, OPEN, AGENCY, "RSP-02", &filing).expect("filed");
    town
}

#[test]
fn another_auditor_proposes_and_the_first_one_may_not() {
    let town = objected();
    town.browser("lead")
        .open("/re-review")
        .says_word("auditor-re-not-yours");
    town.go_to(State::ReReview);
    let first = town.browser(town.auditor_of(AGENCY));
    first.open("/re-review").says_word("auditor-re-not-yours");
    first.open(&address()).says_word("refused-another-auditor");
    first
        .post(&address(), &[("kind", "keep"), ("reason", "همان")])
        .is(409)
        .says_word("refused-another-auditor");
    let lead = town.browser("lead");
    lead.open("/re-review").says_word("auditor-re-waits");
    both(&lead, "/re-review");
    both(&lead, &address());
    let page = lead.open(&address());
    page.says("شمارش <b>نادرست</b> است").says("سند دیده شد");
    let fields = [
        ("kind", "adjusted"),
        ("numerator", "۲"),
        ("denominator", "۴"),
        ("reason", "بازشماری شد"),
    ];
    for _ in 0..2 {
        lead.submit(&page, &address(), &fields)
            .leads_to("/re-review");
    }
    lead.open("/re-review").says_word("auditor-re-reviewed");
    lead.open(&address()).says("۲ از ۴").says("بازشماری شد");
    both(&lead, &address());
    lead.post(&address(), &[("kind", "keep"), ("reason", "دوباره")])
        .is(409);
    assert_eq!(
        town.rows("verdicts", AGENCY),
        1,
        "only the committee changes it"
    );
}

#[test]
fn a_proposal_needs_its_reason_and_keeps_what_was_typed() {
    let town = objected();
    town.go_to(State::ReReview);
    let lead = town.browser("lead");
    let page = lead.open(&address());
    let empty = lead.submit(&page, &address(), &[]);
    empty.is(422).says_word("problem-choose");
    let without = lead.submit(&page, &address(), &[("kind", "keep")]);
    without.is(422).says_word("problem-reason");
    lead.send_form(
        &without.form(&address()),
        &[("reason", "رأی نخست درست است")],
    )
    .leads_to("/re-review");
}

#[test]
fn a_re_review_is_for_auditors_of_that_agency_only() {
    let town = objected();
    town.go_to(State::ReReview);
    let other = ["auditor1", "auditor2"]
        .into_iter()
        .find(|one| *one != town.auditor_of(AGENCY));
    town.browser(other.expect("another auditor"))
        .get(&address())
        .is(404);
    for login in ["office", "committee1", "governor", "admin"] {
        town.browser(login).get(&address()).is(403);
        town.browser(login).get("/re-review").is(403);
    }
    let manager = town.manager_of(AGENCY);
    manager.get(&address()).is(403);
    manager.get("/re-review").is(403);
}

#[test]
fn with_no_objections_the_list_says_so() {
    let town = Town::new();
    let auditor = town.browser("auditor1");
    auditor.open("/re-review").says_word("auditor-re-empty");
    both(&auditor, "/re-review");
}
