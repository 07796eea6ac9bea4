//! Too early, too late, twice, at once, and by the wrong hands.

use std::sync::Barrier;

use chrono::Duration;
use mizan::app::{self, AppError, finding, objection, verdict, visit};
use mizan::domain::access::Role;
use mizan::domain::period::State;
use mizan::domain::returns::{Value, Verdict};
use mizan::store;

use crate::access::world::{OWN, World};
use crate::town::{OPEN, PASSWORD, Page, Town};

fn answer(indicator: &str) -> String {
    format!("/{OPEN}/agencies/{OWN}/answers/{indicator}")
}

fn hand_in() -> String {
    format!("/{OPEN}/agencies/{OWN}/hand-in")
}

const BLANK: [(&str, &str); 1] = [("choice", "blank")];
const CLAIM: [(&str, &str); 3] = [
    ("choice", "value"),
    ("numerator", "1"),
    ("denominator", "2"),
];
const SIGNED: [(&str, &str); 2] = [("pledge", "yes"), ("password", PASSWORD)];

#[test]
fn p37_saving_ends_with_the_last_day_of_editing_to_the_second() {
    let town = Town::new();
    let early = town.manager_of(OWN);
    early.post(&answer("RSP-02"), &BLANK).is(303);
    let offset = town.state.config.offset();
    let (new, edit) = (town.period().last_new_on, town.period().last_edit_on);
    let at = |moment| {
        town.set_now(moment);
        town.manager_of(OWN)
    };
    let second = Duration::seconds(1);
    let manager = at(offset.end_of_day(new) - second);
    manager.post(&answer("RSP-03"), &CLAIM).is(303);
    let manager = at(offset.end_of_day(new));
    manager.post(&answer("RSP-05"), &CLAIM).is(409);
    let manager = at(offset.end_of_day(edit) - second);
    let again = [("choice", "blank"), ("seen", "1"), ("note", "ویرایش")];
    manager.post(&answer("RSP-02"), &again).is(303);
    let manager = at(offset.end_of_day(edit));
    let late = [("choice", "blank"), ("seen", "2"), ("note", "دیر")];
    manager.post(&answer("RSP-02"), &late).is(409);
    town.head_of(OWN).post(&hand_in(), &SIGNED).is(409);
    assert_eq!(town.rows("answers", OWN), 2);
    assert_eq!(town.state_of(OWN), "draft");
}

#[test]
fn who_came_too_late_for_a_new_answer_may_still_say_that_there_is_none_and_hand_in() {
    let town = Town::new();
    town.fill_in_but(OWN, &["RSP-02"]);
    let offset = town.state.config.offset();
    town.set_now(offset.end_of_day(town.period().last_new_on));
    let manager = town.manager_of(OWN);
    manager.post(&answer("RSP-02"), &CLAIM).is(409);
    manager.post(&answer("RSP-02"), &BLANK).is(303);
    let more = [CLAIM.as_slice(), &[("seen", "1")]].concat();
    manager.post(&answer("RSP-02"), &more).is(409);
    town.head_of(OWN).post(&hand_in(), &SIGNED).is(303);
}

#[test]
fn p37_nothing_is_handed_in_with_a_gap_nor_changed_after_it() {
    let town = Town::new();
    let head = town.head_of(OWN);
    let gap = head.post(&hand_in(), &SIGNED);
    gap.is(422);
    assert_eq!(town.state_of(OWN), "draft");
    town.fill_in(OWN);
    head.post(&hand_in(), &[]).is(422);
    head.post(&hand_in(), &SIGNED).is(303);
    let manager = town.manager_of(OWN);
    let before = town.tables();
    manager.post(&answer("RSP-02"), &BLANK).is(409);
    head.post(&hand_in(), &SIGNED).is(409);
    let same = town.tables();
    assert_eq!(before["answers"], same["answers"]);
    assert_eq!(before["assessments"], same["assessments"]);
}

#[test]
fn p37_nobody_judges_before_the_hand_in_nor_moves_a_quarter_past_its_rule() {
    let town = Town::new();
    let auditor = town.ctx(town.auditor_of(OWN));
    let of = verdict::Judgement {
        indicator: "RSP-02",
        seen: None,
        verdict: Verdict::Confirmed,
        reason_code: "",
        reason: "",
        recommendation: "",
        internal_note: "",
    };
    let early = verdict::give(&auditor, OPEN, OWN, &of);
    assert!(matches!(early, Err(AppError::Refused(_))), "{early:?}");
    let office = town.ctx("office");
    let early = app::period::advance(&office, OPEN, "open", true);
    assert!(matches!(early, Err(AppError::Refused(_))));
    let odd = app::period::advance(&office, OPEN, "committee", true);
    assert!(matches!(odd, Err(AppError::Conflict)));
    assert_eq!(town.period().state(), State::Open);
    assert_eq!(town.rows("verdicts", OWN), 0);
}

#[test]
fn p37_a_quarter_is_made_final_by_two_with_every_objection_decided() {
    let world = World::at("committee");
    let town = &world.town;
    town.set_day(town.period().final_on.max(town.period().committee_end_on));
    let page = |login: &str| {
        let browser = town.browser(login);
        let path = format!("/periods/{OPEN}/move");
        browser.post(&path, &[("seen", "committee"), ("is_sure", "yes")])
    };
    page("office").is(409);
    for agency in [OWN, crate::access::world::OTHER] {
        let committee = town.ctx("committee1");
        objection::decide(&committee, OPEN, agency, "RSP-02", false, "درست بود").expect("decided");
    }
    page("office").is(303);
    assert_eq!(town.period().state(), State::Committee, "only proposed");
    page("office").is(409);
    assert_eq!(town.period().state(), State::Committee, "not by one alone");
    page("office2").is(303);
    assert_eq!(town.period().state(), State::Final);
}

fn at_once<T: Send>(count: usize, deed: impl Fn(usize) -> T + Sync) -> Vec<T> {
    let start = Barrier::new(count);
    std::thread::scope(|scope| {
        let hands: Vec<_> = (0..count)
            .map(|place| {
                let (start, deed) = (&start, &deed);
                scope.spawn(move || {
                    start.wait();
                    deed(place)
                })
            })
            .collect();
        let done = hands.into_iter().map(|hand| hand.join().expect("no panic"));
        done.collect()
    })
}

fn statuses(pages: &[Page]) -> Vec<u16> {
    let mut all: Vec<u16> = pages.iter().map(|page| page.status).collect();
    all.sort_unstable();
    all
}

#[test]
fn p38_twenty_saves_at_once_are_one_answer_and_nobody_is_lied_to() {
    let town = Town::new();
    let manager = town.manager_of(OWN);
    manager.open(&answer("RSP-02"));
    let same = [
        ("choice", "blank"),
        ("seen", "0"),
        ("key", "one-and-the-same"),
    ];
    let pages = at_once(20, |_| manager.post(&answer("RSP-02"), &same));
    assert_eq!(statuses(&pages), [303; 20], "one write, twenty times told");
    assert_eq!(town.rows("answers", OWN), 1);
    let others = at_once(20, |place| {
        let number = place.to_string();
        let fields = [
            ("choice", "value"),
            ("numerator", number.as_str()),
            ("denominator", "99"),
            ("seen", "0"),
        ];
        manager.post(&answer("RSP-03"), &fields)
    });
    let all = statuses(&others);
    assert_eq!(all.iter().filter(|one| **one == 303).count(), 1, "{all:?}");
    assert_eq!(all.iter().filter(|one| **one == 409).count(), 19, "{all:?}");
    assert_eq!(town.rows("answers", OWN), 2);
    let saved = town
        .log()
        .iter()
        .filter(|e| e.action == "answer.saved")
        .count();
    assert_eq!(saved, 2, "one event for each write that was done");
}

#[test]
fn p38_twenty_hand_ins_at_once_are_one() {
    let town = Town::new();
    town.fill_in(OWN);
    let head = town.head_of(OWN);
    let review = head.open(&format!("/{OPEN}/agencies/{OWN}/review"));
    let form = review.form(&hand_in());
    let pages = at_once(20, |_| head.send_form(&form, &SIGNED));
    let all = statuses(&pages);
    // So many passwords at once look like guessing: some are asked to wait.
    let is_right = |one: &u16| [303, 409, 429].contains(one);
    assert!(all.iter().all(is_right), "{all:?}");
    assert!(all.contains(&303));
    let log = town.log();
    let events = log.iter().filter(|e| e.action == "assessment.handed_in");
    assert_eq!(events.count(), 1);
    let letters = &town.tables()["letters"];
    let received = letters
        .iter()
        .filter(|row| row.contains("hand-in-received"));
    assert!(
        received.count() <= 2,
        "one letter for each person of the agency"
    );
    head.send_form(&form, &SIGNED);
    assert_eq!(town.state_of(OWN), "handed_in");
}

#[test]
fn p38_who_saves_over_anothers_answer_reads_both_first() {
    let town = Town::new();
    let (one, other) = (town.manager_of(OWN), town.deputy_of(OWN));
    let (seen, also) = (one.open(&answer("DSS-03")), other.open(&answer("DSS-03")));
    let mine = [("choice", "value"), ("value", "41")];
    let theirs = [("choice", "value"), ("value", "17")];
    one.submit(&seen, &answer("DSS-03"), &mine).is(303);
    let late = other.submit(&also, &answer("DSS-03"), &theirs);
    late.is(409).says("۴۱");
    assert!(late.html().contains("value=\"17\""), "what was typed stays");
    let again = one.submit(&seen, &answer("DSS-03"), &mine);
    again.is(303);
    assert_eq!(town.rows("answers", OWN), 1);
}

#[test]
fn p39_nobody_signs_off_their_own_word_nor_judges_their_own_house() {
    let world = World::at("review");
    let town = &world.town;
    let login = town.auditor_of(OWN);
    let auditor = town.ctx(login);
    let seen = visit::Seen {
        is_unannounced: true,
        visited_on: mizan::domain::calendar::Quarter::parse(OPEN)
            .expect("a quarter")
            .last_day(),
        county: None,
        first: None,
        second: None,
        is_obstructed: true,
        desk_exists: true,
        excuse: None,
        minutes: "اجازهٔ ورود ندادند",
        second_auditor: Some(&auditor.actor.user),
    };
    let alone = visit::record(&auditor, OPEN, OWN, &seen);
    assert!(matches!(alone, Err(AppError::Invalid(_))), "{alone:?}");
    let own = finding::decide(&town.ctx("committee2"), OPEN, OWN, "RSP-03", true);
    assert!(matches!(own, Err(AppError::Refused("refused-two-people"))));
    town.make_one_of(login, OWN);
    let auditor = town.ctx(login);
    let of = verdict::Judgement {
        indicator: "RSP-02",
        seen: None,
        verdict: Verdict::Adjusted(Value::Ratio { num: 0, den: 9 }),
        reason_code: "seen_otherwise",
        reason: "سند دیده شد",
        recommendation: "",
        internal_note: "",
    };
    let biased = verdict::give(&auditor, OPEN, OWN, &of);
    assert!(
        matches!(biased, Err(AppError::Refused("refused-own-agency"))),
        "{biased:?}"
    );
    let office = town.ctx("office");
    let biased = app::assignment::assign(&office, OPEN, OWN, &auditor.actor.user, "review");
    assert!(matches!(
        biased,
        Err(AppError::Refused("refused-own-agency"))
    ));
}

#[test]
fn p39_an_objection_is_never_settled_by_those_it_is_about() {
    let world = World::at("objections");
    let town = &world.town;
    let manager = town.ctx(&town.person_of(Role::Manager, OWN));
    let filing = objection::Filing {
        kind: "slip",
        text: "شمارش نادرست است",
        is_sure: true,
    };
    objection::file(&manager, OPEN, OWN, "RSP-02", &filing).expect("filed");
    town.go_to(State::ReReview);
    let first = town.ctx(town.auditor_of(OWN));
    let again = objection::review(&first, OPEN, OWN, "RSP-02", None, "درست بود");
    assert!(matches!(
        again,
        Err(AppError::Refused("refused-another-auditor"))
    ));
    let read = |conn: &mut store::Conn| store::objection::list(conn, &town.assessment(OWN));
    let rows = town.state.store.read(read).expect("read");
    assert_eq!(rows[0].state, "filed");
}
