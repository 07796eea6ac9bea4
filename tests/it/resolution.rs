//! Resolutions: made in the meeting, reported by their owner, closed by nobody but an auditor.

use mizan::domain::access::Role;
use mizan::domain::returns::{Value, Verdict};

use crate::pages::both;
use crate::town::{Browser, OPEN, Town};

const TEXT: &str = "جانشین ثابت برای ساعت نماز و ناهار پشت میز خدمت معرفی شود";

/// The governor's office resolves something for an agency in a meeting of that day; where it is then found.
fn resolved(town: &Town, agency: &str, days: &str) -> String {
    let governor = town.browser("governor");
    let page = governor.open("/meetings");
    let meeting = governor.submit(&page, "/meetings", &[("held_on", "۱۴۰۵/۰۷/۰۶")]);
    let meeting = meeting.header("location").to_owned();
    let page = governor.open(&format!(
        "/resolutions/new?agency={agency}&meeting={}",
        meeting.trim_start_matches("/meetings/")
    ));
    let fields = [
        ("text", TEXT),
        ("kind", "deed"),
        ("days", days),
        ("indicator", "DSP-02"),
    ];
    let made = governor.submit(&page, "/resolutions", &fields);
    assert_eq!(made.status, 303, "{}", made.text());
    made.header("location").to_owned()
}

fn send(browser: &Browser, address: &str, deed: &str, fields: &[(&str, &str)]) -> u16 {
    let page = browser.open(address);
    let action = format!("{address}/{deed}");
    browser.submit(&page, &action, fields).status
}

#[test]
fn what_the_meeting_resolves_comes_back_to_its_owner_and_is_closed_by_an_auditor_alone() {
    let town = Town::new();
    let address = resolved(&town, "INF-01", "۱۵");
    let manager = town.manager_of("INF-01");
    manager.open("/resolutions").says(TEXT).says("در دست اقدام");
    both(&manager, &address);
    let checklist = format!("/{OPEN}/agencies/INF-01/checklist");
    manager.open(&checklist).says(TEXT);
    assert_eq!(send(&manager, &address, "report", &[("report", "")]), 422);
    let done = [("report", "ابلاغ شمارهٔ ۱۲ جانشین را معرفی کرد")];
    assert_eq!(send(&manager, &address, "report", &done), 303);
    manager.open(&address).says("اعلام انجام");

    let auditor = town.browser(town.auditor_of("INF-01"));
    both(&auditor, &address);
    let left = [("finding", "not_done"), ("answer", "جانشین در محل نبود")];
    assert_eq!(send(&auditor, &address, "finding", &left), 303);
    manager.open(&address).says("جانشین در محل نبود");
    assert_eq!(send(&manager, &address, "report", &done), 303);
    let found = [("finding", "done"), ("answer", "در بازدید دیده شد")];
    assert_eq!(send(&auditor, &address, "finding", &found), 303);
    town.browser("governor")
        .open("/resolutions")
        .says("هیچ مصوبه‌ای معوق نیست")
        .says("تأیید انجام، بسته");
    manager.open(&checklist).lacks(TEXT);
    let actions: Vec<String> = town.log().into_iter().map(|event| event.action).collect();
    for action in ["made", "reported", "returned", "verified"] {
        let action = format!("resolution.{action}");
        assert!(actions.contains(&action), "{action}");
    }
}

#[test]
fn nobody_but_its_owner_and_the_officers_knows_of_a_resolution() {
    let town = Town::new();
    let address = resolved(&town, "INF-01", "15");
    let other = town.manager_of("INF-02");
    other.get(&address).is(404);
    other.open("/resolutions").lacks(TEXT);
    other.open("/resolutions?agency=INF-01").lacks(TEXT);
    other
        .post(&format!("{address}/report"), &[("report", "انجام شد")])
        .is(404);
    let stranger = town.browser(town.auditor_of("INF-02"));
    let finding = [("finding", "done"), ("answer", "دیده شد")];
    stranger
        .post(&format!("{address}/finding"), &finding)
        .is(404);
    town.manager_of("INF-01")
        .post(&format!("{address}/finding"), &finding)
        .is(403);
    town.browser("governor")
        .post(&format!("{address}/finding"), &finding)
        .is(403);
}

#[test]
fn an_unmet_resolution_leads_the_next_agenda() {
    let town = Town::new();
    resolved(&town, "INF-01", "2");
    let day = town.period().opens_on + chrono::Days::new(20);
    town.set_day(day);
    let office = town.browser("office");
    both(&office, "/resolutions");
    office.open("/resolutions").says("۱ مصوبهٔ معوق");
    let page = office.open("/meetings");
    let next = office.submit(&page, "/meetings", &[("held_on", "۱۴۰۵/۰۹/۰۱")]);
    let next = next.header("location").to_owned();
    both(&office, &next);
    office.open(&next).says("معوق").says(TEXT);
    let page = office.open(&next);
    let fields = [
        ("attendance", "استاندار"),
        ("minutes", "بررسی شد"),
        ("is_closing", "yes"),
    ];
    office.submit(&page, &next, &fields).is(409);
    town.set_day(day + chrono::Days::new(60));
    let office = town.browser("office");
    let page = office.open(&next);
    office.submit(&page, &next, &fields).leads_to(&next);
    both(&office, &next);
    office
        .post(&next, &[("seen", "2"), ("minutes", "دیگر")])
        .is(409);
}

#[test]
fn a_resolution_with_faults_keeps_what_was_typed() {
    let town = Town::new();
    let office = town.browser("office");
    both(&office, "/resolutions/new");
    let page = office.open("/resolutions/new");
    let fields = [("text", TEXT), ("days", "صد روز"), ("agency", "INF-01")];
    let page = office.submit(&page, "/resolutions", &fields);
    page.is(422).says(TEXT).says_word("problem-days");
    let fields = [
        ("text", TEXT),
        ("kind", "deed"),
        ("days", "10"),
        ("agency", "NOWHERE"),
    ];
    office.post("/resolutions", &fields).is(422);
    let head = town.browser(&town.person_of(Role::Head, "INF-01"));
    head.get("/resolutions/new").is(403);
    both(&office, "/meetings");
    let page = office.open("/meetings");
    office
        .submit(&page, "/meetings", &[("held_on", "1404/12/30")])
        .is(422);
}

#[test]
fn what_was_carried_out_in_time_counts_in_the_quarter_it_fell_due() {
    let town = Town::new();
    let first = resolved(&town, "INF-01", "5");
    resolved(&town, "INF-01", "6");
    let done = [("report", "انجام شد")];
    assert_eq!(
        send(&town.manager_of("INF-01"), &first, "report", &done),
        303
    );
    let found = [("finding", "done"), ("answer", "دیده شد")];
    let auditor = town.browser(town.auditor_of("INF-01"));
    assert_eq!(send(&auditor, &first, "finding", &found), 303);
    let ctx = town.system();
    let returns = town.state.store.read(|conn| {
        let next = mizan::store::period::Period {
            code: "1405-Q3".to_owned(),
            ..town.period()
        };
        mizan::app::returns::of_period(&ctx, conn, &next)
    });
    let returns = returns.expect("the returns");
    let own = returns.agencies.iter().find(|one| one.code == "INF-01");
    let own = own.expect("the agency").answers.iter();
    let counted: Vec<_> = own.filter(|one| one.indicator == "GOV-02").collect();
    let value = Value::Ratio { num: 1, den: 2 };
    let verdict = Verdict::Measured {
        value,
        answers: None,
    };
    assert_eq!(counted.len(), 1);
    assert_eq!(counted[0].verdict, Some(verdict));
}

#[test]
fn one_form_sent_twice_makes_one_resolution() {
    let town = Town::new();
    let office = town.browser("office");
    let page = office.open("/resolutions/new");
    let form = page.form("/resolutions");
    let fields = [
        ("agency", "INF-01"),
        ("text", TEXT),
        ("kind", "deed"),
        ("days", "5"),
    ];
    for _ in 0..3 {
        assert_eq!(office.send_form(&form, &fields).status, 303);
    }
    let links = office.open("/resolutions").links();
    let made = links
        .iter()
        .filter(|link| link.starts_with("/resolutions/0"));
    assert_eq!(made.count(), 1);
}

#[test]
fn nobody_types_over_what_the_register_counts() {
    let town = Town::new();
    resolved(&town, "INF-01", "5");
    let typed = mizan::app::measurement::Measurement {
        indicator: "GOV-02",
        verdict: Verdict::Measured {
            value: Value::Ratio { num: 9, den: 9 },
            answers: None,
        },
        document: "نامهٔ ۱۲",
    };
    mizan::app::measurement::enter(&town.ctx("office"), crate::town::OPEN, "INF-01", &typed)
        .expect("entered before the register had any");
    let ctx = town.system();
    let due = mizan::store::period::Period {
        code: "1405-Q3".to_owned(),
        ..town.period()
    };
    let returns = town
        .state
        .store
        .read(|conn| mizan::app::returns::of_period(&ctx, conn, &due))
        .expect("the returns");
    let own = returns.agencies.iter().find(|one| one.code == "INF-01");
    let answers = &own.expect("the agency").answers;
    let said: Vec<_> = answers
        .iter()
        .filter(|one| one.indicator == "GOV-02")
        .collect();
    let value = Value::Ratio { num: 0, den: 1 };
    assert!(
        said.len() == 1
            && said[0].verdict
                == Some(Verdict::Measured {
                    value,
                    answers: None
                }),
        "{said:?}"
    );
}
