//! Planned visits and their sheets: who knows of them, how a sheet arrives once, and that nothing that came is lost.

use chrono::Duration;
use mizan::app::plan::{self, Planned};
use mizan::domain::calendar::JalaliDate;
use mizan::domain::period::State;

use crate::pages::both;
use crate::town::{Browser, OPEN, Page, Town};

const AGENCY: &str = "INF-01";
const FIELD: &str = "/field/plans";
/// The id a phone gave its sheet.
pub const ID: &str = "0123456789abcdef0123456789abcdef";

/// The day of the visits here.
pub fn day() -> chrono::NaiveDate {
    JalaliDate::parse("1405/06/25").expect("a day").gregorian()
}

/// Plans a visit of the agency's auditor with the other one; gives the address of its sheet.
pub fn plan(town: &Town) -> String {
    let lead = town.ctx("lead");
    let team = ["auditor1", "auditor2"].map(|login| town.ctx(login).actor.user);
    let planned = Planned {
        agency: AGENCY,
        county: None,
        place: "طبقهٔ همکف",
        planned_on: day(),
        is_unannounced: true,
        team: [&team[0], &team[1]],
        indicators: "DSP-01",
    };
    plan::add(&lead, OPEN, &planned).expect("planned");
    let (plans, user) = (&town.state.store, &team[0]);
    let plans =
        plans.read(|conn| mizan::store::plan::list_of_user(conn, &lead.actor.scope.province, user));
    let plans = plans.expect("the plans");
    format!("{FIELD}/{}", plans[0].id)
}

/// What is sent of a visit that found nobody, with the times as typed.
pub const TYPED: [(&str, &str); 9] = [
    ("visited_on", "۱۴۰۵/۶/۲۵"),
    ("first_time", "۹:۲۰"),
    ("first_answered", "no"),
    ("second_time", "۹:۳۵"),
    ("second_answered", "no"),
    ("has_desk", "yes"),
    ("count_DSP-01", "دو نفر"),
    ("host", "absent"),
    ("is_confirmed", "yes"),
];

/// Sends a sheet as a phone does, whose clock says so.
fn phone(browser: &Browser, sheet: &str, clock: &str, change: &[(&str, &str)]) -> Page {
    browser.open(FIELD);
    let mut fields = vec![
        ("id", ID),
        ("version", "1"),
        ("answer", "json"),
        ("phone_clock", clock),
        ("first_answered", "yes"),
        ("first_at", "2026-09-16T06:00:00.000Z"),
        ("host", "absent"),
        ("is_confirmed", "yes"),
    ];
    for (name, value) in change {
        fields.retain(|(known, _)| known != name);
        fields.push((name, value));
    }
    browser.post(sheet, &fields)
}

/// What the phone's clock says now, if it is so many hours ahead.
fn clock(town: &Town, ahead: i64) -> String {
    let at = town.now() + Duration::hours(ahead);
    at.format("%Y-%m-%dT%H:%M:%S.000Z").to_string()
}

/// How many visits were recorded.
pub fn visits(town: &Town) -> usize {
    rows(town, "visits")
}

/// How many rows of a table there are.
pub fn rows(town: &Town, table: &str) -> usize {
    town.tables()[table].len()
}

#[test]
fn only_those_who_go_and_the_lead_auditor_know_the_day_of_a_visit() {
    let town = Town::new();
    let sheet = plan(&town);
    let home = format!("/{OPEN}/plans");
    both(&town.browser("lead"), &home);
    both(&town.browser("lead"), &sheet);
    for login in ["auditor1", "auditor2"] {
        let auditor = town.browser(login);
        both(&auditor, FIELD);
        both(&auditor, &sheet);
        auditor.open(FIELD).says("۲۵ شهریور ۱۴۰۵");
        auditor.get(&home).is(403);
    }
    for login in ["office", "committee1", "governor", "admin"] {
        town.browser(login).get(&sheet).is(403);
        town.browser(login).get(&home).is(403);
        town.browser(login).get(FIELD).is(403);
    }
    town.manager_of(AGENCY).get(&sheet).is(403);
    let other = plan_of_others(&town);
    town.browser("auditor1").get(&other).is(404);
    town.browser("auditor1").open(FIELD).lacks("۲۴ شهریور");
    town.browser("auditor1")
        .open(&format!("/{OPEN}/visits"))
        .lacks("۲۴ شهریور");
}

/// A visit to which auditor2 goes with the lead auditor.
fn plan_of_others(town: &Town) -> String {
    let lead = town.ctx("lead");
    let other = town.ctx("auditor2").actor.user;
    let planned = Planned {
        agency: "INF-02",
        county: None,
        place: "",
        planned_on: JalaliDate::parse("1405/06/24").expect("a day").gregorian(),
        is_unannounced: true,
        team: [&other, &lead.actor.user],
        indicators: "",
    };
    plan::add(&lead, OPEN, &planned).expect("planned");
    let plans = town.state.store.read(|conn| {
        mizan::store::plan::list_of_user(conn, &lead.actor.scope.province, &lead.actor.user)
    });
    format!("{FIELD}/{}", plans.expect("the plans")[0].id)
}

#[test]
fn a_plan_that_cannot_be_is_told_beside_its_field() {
    let town = Town::new();
    let lead = town.browser("lead");
    let home = format!("/{OPEN}/plans");
    lead.open(&home);
    let team = ["auditor1", "auditor2"].map(|login| town.ctx(login).actor.user);
    let whole = [
        ("agency", AGENCY),
        ("planned_on", "۱۴۰۵/۶/۲۵"),
        ("first_auditor", team[0].as_str()),
        ("second_auditor", team[1].as_str()),
        ("indicators", "DSP-01، dsp-02"),
    ];
    let with = |name: &'static str, value: &str, word: &str| {
        let mut fields = whole.to_vec();
        fields.retain(|(known, _)| *known != name);
        fields.push((name, value));
        lead.post(&home, &fields).is(422).says_word(word);
    };
    with("agency", "ZZZ-99", "problem-choose");
    with("planned_on", "۱۴۰۵/۶/۲۰", "problem-visit-holiday");
    with("planned_on", "۱۴۰۵/۷/۲۰", "problem-visit-day");
    with("planned_on", "فردا", "problem-date");
    with("second_auditor", &team[0], "problem-plan-team");
    with("second_auditor", "nobody", "problem-choose");
    with("indicators", "XYZ-01", "problem-plan-indicators");
    town.make_one_of("auditor2", AGENCY);
    with("place", "", "problem-plan-own-agency");
    assert_eq!(rows(&town, "visit_plans"), 0);
}

#[test]
fn without_scripts_a_sheet_is_sent_by_its_form_and_uncovers_the_claim() {
    let town = Town::new();
    town.fill_in(AGENCY);
    town.hand_in(AGENCY);
    let sheet = plan(&town);
    let auditor = town.browser("auditor1");
    let page = auditor.open(&sheet);
    page.says_word("visit-covered").lacks("ادعای دستگاه:");
    let early = [("second_time", "۹:۲۵"), ("minutes", "نیمه‌کاره")];
    let all = TYPED.iter().filter(|(name, _)| *name != "second_time");
    let all: Vec<_> = all.chain(&early).copied().collect();
    let again = auditor.submit(&page, &sheet, &all);
    again
        .is(422)
        .says_word("problem-ten-minutes")
        .says("نیمه‌کاره");
    assert_eq!(visits(&town), 0);
    auditor.submit(&page, &sheet, &TYPED).leads_to(&sheet);
    auditor.submit(&page, &sheet, &TYPED).leads_to(&sheet);
    assert_eq!(visits(&town), 1);
    both(&auditor, &sheet);
    auditor
        .open(&sheet)
        .says_word("visit-uncovered")
        .says("دو نفر");
    let partner = town.browser("auditor2");
    partner.open(&sheet).says_word("visit-recorded");
    let lead = town.browser("lead");
    let path = format!("/{OPEN}/agencies/{AGENCY}/visits");
    let page = lead.open(&path);
    let forms = page.forms();
    let form = forms.iter().find(|form| form.action.ends_with("/sign-off"));
    lead.send_form(form.expect("somebody else signs it off"), &[])
        .is(303);
}

#[test]
fn a_sheet_from_a_phone_arrives_once_however_often_it_is_sent() {
    let town = Town::new();
    let sheet = plan(&town);
    let auditor = town.browser("auditor1");
    for _ in 0..3 {
        let said = phone(&auditor, &sheet, &clock(&town, 0), &[]);
        said.is(200).says("\"recorded\"");
    }
    assert_eq!(visits(&town), 1);
    assert_eq!(town.kept("visit_sheets", "outcome"), "recorded");
    let recorded = town
        .log()
        .into_iter()
        .filter(|row| row.action == "visit.recorded");
    assert_eq!(recorded.count(), 1);
}

#[test]
fn a_sheet_after_the_partners_is_kept_beside_it_and_changes_nothing() {
    let town = Town::new();
    let sheet = plan(&town);
    let (first, second) = (town.browser("auditor1"), town.browser("auditor2"));
    phone(&first, &sheet, &clock(&town, 0), &[("minutes", "یکی بود")]).is(200);
    let other = [
        ("id", "ffffffffffffffffffffffffffffffff"),
        ("first_answered", "yes"),
        ("minutes", "دو نفر بودند"),
    ];
    let said = phone(&second, &sheet, &clock(&town, 0), &other);
    said.is(200).says("\"conflict\"");
    assert_eq!(visits(&town), 1);
    first
        .open(&sheet)
        .says("یکی بود")
        .says("دو نفر بودند")
        .says_word("refused-sheet-conflict");
    // Nobody takes the id of another's sheet.
    phone(&second, &sheet, &clock(&town, 0), &[]).is(409);
}

#[test]
fn a_phone_whose_clock_is_a_day_off_is_set_right_and_both_times_are_kept() {
    let town = Town::new();
    town.set_now("2026-09-16T08:00:00".parse().expect("a time"));
    let sheet = plan(&town);
    let auditor = town.browser("auditor1");
    let ahead = [("first_at", "2026-09-17T06:00:00.000Z")];
    let said = phone(&auditor, &sheet, "2026-09-17T08:00:00.000Z", &ahead);
    said.is(200).says("\"recorded\"").says("۲۴ ساعت");
    assert_eq!(
        town.kept("visits", "CAST(first_at AS TEXT)"),
        "2026-09-16 06:00:00"
    );
    let page = auditor.open(&sheet);
    page.says("۲۴ ساعت")
        .says("۲۶ شهریور ۱۴۰۵")
        .says("۲۵ شهریور ۱۴۰۵");
}

#[test]
fn a_phone_that_says_a_year_of_no_calendar_is_answered_and_its_sheet_can_be_opened() {
    let town = Town::new();
    town.set_now("2026-09-16T08:00:00".parse().expect("a time"));
    let sheet = plan(&town);
    let auditor = town.browser("auditor1");
    for far in ["+262142-12-31T23:59:59.0Z", "-262143-01-01T00:00:00.0Z"] {
        phone(&auditor, &sheet, far, &[("first_at", far)]).is(200);
        phone(
            &auditor,
            &sheet,
            &clock(&town, 0),
            &[("first_at", far), ("second_at", far)],
        )
        .is(200);
        auditor.open(&sheet);
    }
}

#[test]
fn what_comes_half_old_or_late_is_kept_in_words_and_counts_for_nothing() {
    let cases = [
        ("version", "0", "refused-sheet-version"),
        ("first_answered", "", "problem-observation"),
        ("is_confirmed", "", "problem-sheet-confirm"),
        (
            "first_at",
            "2026-09-11T06:00:00.000Z",
            "problem-visit-holiday",
        ),
        ("waiting", "خیلی", "problem-sheet-number"),
    ];
    for (name, value, word) in cases {
        let town = Town::new();
        let sheet = plan(&town);
        let auditor = town.browser("auditor1");
        let said = phone(
            &auditor,
            &sheet,
            &clock(&town, 0),
            &[(name, value), ("minutes", "گفتهٔ من")],
        );
        said.is(200).lacks("\"recorded\"");
        assert_eq!(visits(&town), 0, "{name}");
        auditor.open(&sheet).says_word(word).says("گفتهٔ من");
    }
}

#[test]
fn a_sheet_that_comes_after_the_quarter_is_final_is_kept_and_changes_no_score() {
    let town = Town::new();
    let sheet = plan(&town);
    town.go_to(State::Final);
    let auditor = town.browser("auditor1");
    let said = phone(
        &auditor,
        &sheet,
        &clock(&town, 0),
        &[("minutes", "دیر رسید")],
    );
    said.is(200).says("\"late\"");
    assert_eq!(visits(&town), 0);
    auditor
        .open(&sheet)
        .says("دیر رسید")
        .says_word("refused-final");
}

#[test]
fn a_visit_taken_off_the_plan_while_somebody_is_on_the_way_loses_no_sheet() {
    let town = Town::new();
    let sheet = plan(&town);
    let lead = town.browser("lead");
    let home = format!("/{OPEN}/plans");
    let page = lead.open(&home);
    let forms = page.forms();
    let form = forms
        .iter()
        .find(|form| form.action.ends_with("/withdrawal"));
    lead.send_form(form.expect("the lead auditor may"), &[])
        .leads_to(&home);
    let auditor = town.browser("auditor1");
    auditor.get(&sheet).is(404);
    phone(&auditor, &sheet, &clock(&town, 0), &[])
        .is(200)
        .says("\"late\"");
    assert_eq!((visits(&town), rows(&town, "visit_sheets")), (0, 1));
}

#[test]
fn whoever_counts_does_not_see_the_claim_before_the_sheet_has_come() {
    let town = Town::new();
    town.fill_in(AGENCY);
    town.hand_in(AGENCY);
    let sheet = plan(&town);
    let path = format!("/{OPEN}/agencies/{AGENCY}/verification/DSP-02");
    let lead = town.ctx("lead");
    let team = ["auditor1", "auditor2"].map(|login| town.ctx(login).actor.user);
    let planned = Planned {
        agency: AGENCY,
        county: None,
        place: "",
        planned_on: day(),
        is_unannounced: true,
        team: [&team[0], &team[1]],
        indicators: "DSP-02",
    };
    let going = town.auditor_of(AGENCY);
    let auditor = town.browser(going);
    auditor.open(&path).lacks("تا رسیدن برگهٔ بازدید شما پوشیده");
    plan::add(&lead, OPEN, &planned).expect("planned");
    auditor.open(&path).says_word("visit-claim-covered");
    both(&auditor, &path);
    // Those who do not go see it as ever.
    town.browser("lead")
        .open(&path)
        .lacks("تا رسیدن برگهٔ بازدید شما پوشیده");
    let plans = auditor.open(FIELD).links().into_iter();
    let mut other = plans.filter(|link| link.starts_with("/field/plans/") && *link != sheet);
    let other = other.next_back().expect("the other visit");
    phone(&auditor, &other, &clock(&town, 0), &[])
        .is(200)
        .says("\"recorded\"");
    auditor.open(&path).lacks("تا رسیدن برگهٔ بازدید شما پوشیده");
    let log = town
        .log()
        .into_iter()
        .find(|row| row.action == "visit.recorded");
    assert!(log.expect("it is in the log").body.ends_with(" covered"));
}
