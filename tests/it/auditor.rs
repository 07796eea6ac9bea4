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
