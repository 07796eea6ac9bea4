//! The planning office: what agencies do not report, and everything a quarter needs to move on.

use mizan::domain::period::State;

use crate::pages::both;
use crate::town::{OPEN, Town};

const AGENCY: &str = "INF-01";

fn value(indicator: &str) -> String {
    format!("/{OPEN}/agencies/{AGENCY}/measurements/{indicator}")
}

fn list(indicator: &str) -> String {
    format!("/{OPEN}/measurements/{indicator}")
}

#[test]
fn the_office_enters_a_central_value_with_its_document() {
    let town = Town::new();
    let office = town.browser("office");
    let all = format!("/{OPEN}/measurements");
    let page = office.open(&value("VOC-01"));
    let typed = [
        ("numerator", "۱۷۲"),
        ("denominator", "190"),
        ("document", "نامهٔ ۱۲/۴۵۶ بازرسی"),
    ];
    office
        .submit(&page, &value("VOC-01"), &typed)
        .leads_to(&all);
    office.open(&all).says("۱۷۲ از ۱۹۰");
    office.open(&value("VOC-01")).says("نامهٔ ۱۲/۴۵۶ بازرسی");
    assert_eq!(town.rows("verdicts", AGENCY), 1);
    for path in [all, value("VOC-01"), value("EQT-04")] {
        both(&office, &path);
    }
}

#[test]
fn a_value_without_a_document_or_answers_is_not_taken() {
    let town = Town::new();
    let office = town.browser("office");
    let page = office.open(&value("EQT-04"));
    let again = office.submit(&page, &value("EQT-04"), &[("value", "۱۲٫۵")]);
    again
        .is(422)
        .says_word("problem-answers-missing")
        .says_word("problem-document");
    assert!(
        again.html().contains("value=\"۱۲٫۵\""),
        "typed words are kept"
    );
    let above = [
        ("numerator", "9"),
        ("denominator", "3"),
        ("document", "الف"),
    ];
    let page = office.open(&value("VOC-01"));
    office
        .submit(&page, &value("VOC-01"), &above)
        .is(422)
        .says_word("problem-part-above-whole");
    assert_eq!(town.rows("verdicts", AGENCY), 0);
}

#[test]
fn a_list_comes_in_whole_or_not_at_all() {
    let town = Town::new();
    let office = town.browser("office");
    let page = office.open(&list("EQT-04"));
    let bad = "کد,درصد,پاسخ\nINF-01,3,40\nZZZ-99,3,40\nGEN-02,101,40\nINF-01,4,40\nGEN-03,1";
    let looked = office.submit(&page, &list("EQT-04"), &[("list", bad)]);
    looked
        .is(422)
        .says("۴ سطر از ۵ سطر خطا دارد")
        .says_word("problem-unknown-agency")
        .says_word("problem-agency-twice")
        .says_word("problem-answers-missing")
        .says("سطر ۳");
    let forced = [("list", bad), ("document", "گزارش"), ("step", "enter")];
    office.post(&list("EQT-04"), &forced).is(422);
    assert_eq!(town.rows("verdicts", AGENCY), 0, "not one line came in");
    let good = [("list", "INF-01;۳٫۲۵;۴۰\nGEN-02;2;31")];
    let looked = office.submit(&page, &list("EQT-04"), &good);
    looked.is(200).says("هنوز چیزی ثبت نشده است");
    assert_eq!(town.rows("verdicts", AGENCY), 0, "looking enters nothing");
    let entered = [("document", "گزارش نظرسنجی پاییز")];
    let mut form = looked.form(&list("EQT-04"));
    form.fields.push(("step".to_owned(), "enter".to_owned()));
    for _ in 0..2 {
        office.send_form(&form, &entered).is(303);
    }
    assert_eq!(
        town.rows("verdicts", AGENCY),
        1,
        "a double click enters once"
    );
    assert_eq!(town.rows("verdicts", "GEN-02"), 1);
    both(&office, &list("EQT-04"));
}

#[test]
fn a_file_takes_the_place_of_the_text() {
    let town = Town::new();
    let office = town.browser("office");
    let file = "\u{feff}code,num,den\r\nINF-01,172,\"1,900\"\r\n".as_bytes();
    let page = office.upload(
        &list("VOC-01"),
        &[("list", "")],
        ("file", "samad.csv", file),
    );
    page.is(200).says("۱۷۲ از ۱٬۹۰۰");
    let broken = office.upload(&list("VOC-01"), &[], ("file", "x.csv", b"INF-01,\xff,2"));
    broken.is(422);
}

#[test]
fn how_late_an_agency_was_is_counted_and_never_typed() {
    let town = Town::new();
    let office = town.browser("office");
    office.get(&value("GOV-01")).is(404);
    office.post(&value("GOV-01"), &[("value", "0")]).is(404);
    town.set_day(town.period().deadline_on);
    town.hand_in(AGENCY);
    town.set_day(town.period().last_new_on);
    town.hand_in("GEN-02");
    let page = town
        .browser("office")
        .open(&format!("/{OPEN}/measurements"));
    page.says("۳ روز").says("۰ روز");
    town.go_to(State::Preliminary);
    let (province, period) = (town.period().province_id, town.period().id);
    let kept = town
        .state
        .store
        .read(|conn| mizan::store::score::find_latest(conn, &province, &period, "preliminary"));
    let returns = kept.expect("read").expect("a result").returns;
    assert!(
        returns.contains("\"value_c\": 300"),
        "three days in hundredths"
    );
}

#[test]
fn nobody_else_enters_what_the_office_enters() {
    let town = Town::new();
    for login in ["auditor1", "lead", "committee1", "governor", "admin"] {
        let browser = town.browser(login);
        browser.get(&format!("/{OPEN}/measurements")).is(403);
        browser
            .post(&value("VOC-01"), &[("numerator", "1")])
            .is(403);
    }
    let manager = town.manager_of(AGENCY);
    manager
        .post(&value("VOC-01"), &[("numerator", "1")])
        .is(403);
    assert_eq!(town.rows("verdicts", AGENCY), 0);
}

#[test]
fn a_fact_nobody_can_count_is_entered_with_a_document() {
    let town = Town::new();
    let office = town.browser("office");
    let path = format!("/{OPEN}/agencies/{AGENCY}/facts");
    let page = office.open(&path);
    both(&office, &path);
    let (value, document) = (
        ("value-critical_security_open", "yes"),
        ("document-critical_security_open", "اخطار ۷۸ افتا"),
    );
    office
        .submit(&page, &path, &[value])
        .is(422)
        .says_word("problem-document");
    office
        .submit(&page, &path, &[value, document])
        .leads_to(&path);
    office.open(&path).says("اخطار ۷۸ افتا");
    let counted = [
        ("fact", "unannounced_visits"),
        ("value-unannounced_visits", "2"),
        ("document-unannounced_visits", "نامه"),
    ];
    office.post(&path, &counted).is(404);
    assert_eq!(town.rows("facts", AGENCY), 1);
}

#[test]
fn the_office_reads_where_a_quarter_stands_and_what_holds_it() {
    let town = Town::new();
    town.hand_in(AGENCY);
    let office = town.browser("office");
    let period = format!("/periods/{OPEN}");
    let page = office.open(&period);
    page.says_word("refused-agencies-have-time")
        .says("هنوز تحویل نداده است")
        .says_word("office-stand");
    for path in [period, "/periods".to_owned()] {
        both(&office, &path);
    }
    town.go_to(State::UnderReview);
    let office = town.browser("office");
    office
        .open(&format!("/periods/{OPEN}"))
        .says("کارمند office");
}

#[test]
fn everybody_who_may_sees_progress_and_nothing_more() {
    let town = Town::new();
    town.hand_in(AGENCY);
    let path = format!("/{OPEN}/progress");
    for login in ["office", "auditor1", "lead", "committee1", "governor"] {
        let browser = town.browser(login);
        browser
            .open(&path)
            .says("INF-01")
            .says("GEN-02")
            .lacks("/score");
        both(&browser, &path);
    }
    town.browser("admin").get(&path).is(403);
    town.manager_of("GEN-02").get(&path).is(403);
}

#[test]
fn the_office_takes_the_returns_as_a_file_and_the_log_says_so() {
    let town = Town::new();
    let path = format!("/{OPEN}/returns.json");
    let file = town.browser("office").open(&path);
    assert!(
        file.header("content-disposition")
            .contains("returns-1405-Q2.json")
    );
    assert!(file.html().contains("\"period\": \"1405-Q2\""));
    let events = town.log();
    let taken = events
        .iter()
        .filter(|event| event.action == "returns.exported");
    assert_eq!(taken.count(), 1);
    town.browser("lead").get(&path).is(403);
}

#[test]
fn a_holiday_is_entered_and_shifts_nothing_that_was_told() {
    let town = Town::new();
    let office = town.browser("office");
    let before = town.period();
    let page = office.open("/holidays?year=1405");
    both(&office, "/holidays?year=1405");
    let wrong = [("day", "1405/13/01"), ("title_fa", "")];
    let form = page
        .forms()
        .into_iter()
        .rfind(|form| form.action == "/holidays");
    let again = office.send_form(&form.expect("the form that adds a day"), &[]);
    again
        .is(422)
        .says_word("problem-date")
        .says_word("problem-title");
    office.post("/holidays", &wrong).is(422);
    let working = mizan::domain::calendar::JalaliDate::of(before.deadline_on).slash_fa();
    let entered = [
        ("day", working.as_str()),
        ("title_fa", "تعطیلی اضطراری استان"),
    ];
    let done = office.post("/holidays", &entered);
    let after = office.follow(&done);
    after
        .says("تعطیلی اضطراری استان")
        .says_word("office-holiday-touches");
    assert_eq!(town.period().deadline_on, before.deadline_on);
    assert_eq!(town.period().final_on, before.final_on);
    let verified = [("day", working.as_str()), ("deed", "verify")];
    office.post("/holidays", &verified).is(303);
    let removed = [("day", working.as_str()), ("deed", "remove")];
    office.post("/holidays", &removed).is(303);
    office.post("/holidays", &removed).is(404);
    town.browser("lead").get("/holidays").is(403);
    let names: Vec<String> = town.log().into_iter().map(|event| event.action).collect();
    for name in ["holiday.entered", "holiday.verified", "holiday.removed"] {
        assert!(names.iter().any(|one| one == name), "{name}");
    }
}
