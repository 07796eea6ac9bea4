//! Answering: what may be typed, what last quarter offers, two people on one answer, where the agency stands.

use mizan::domain::access::Role;
use mizan::domain::period::State;

use crate::pages::both;
use crate::town::{OPEN, Page, Town};

const AGENCY: &str = "INF-01";
/// A level of the letter's indicator, a ratio, and a duration.
const LEVEL: &str = "DSP-03";
const RATIO: &str = "DSP-04";
const DURATION: &str = "DSP-06";
const PERCENT: &str = "DSS-03";

fn address(indicator: &str) -> String {
    format!("/{OPEN}/agencies/{AGENCY}/answers/{indicator}")
}

fn save(town: &Town, indicator: &str, fields: &[(&str, &str)]) -> Page {
    let manager = town.manager_of(AGENCY);
    let page = manager.open(&address(indicator));
    manager.submit(&page, &address(indicator), fields)
}

fn claim(town: &Town, indicator: &str) -> Option<String> {
    let mut all = town.claims_of(AGENCY).into_iter();
    all.find(|(code, ..)| code == indicator)?.2
}

// P28
#[test]
fn numbers_are_read_in_every_script_and_nothing_else_is_a_number() {
    let town = Town::new();
    let manager = town.manager_of(AGENCY);
    let page = manager.open(&address(PERCENT));
    for wrong in [
        "-1",
        "101",
        "1e309",
        "NaN",
        "inf",
        "0x10",
        "9999999999999999999",
        "",
        "۱۲٫۵٫۵",
        "=1+1",
        "۱۰۱",
    ] {
        let fields = [("value", wrong), ("note", "همین می‌ماند")];
        let again = manager.submit(&page, &address(PERCENT), &fields);
        again.is(422);
        let form = again.form(&address(PERCENT));
        assert!(
            form.fields
                .contains(&("value".to_owned(), wrong.to_owned())),
            "{wrong}"
        );
        assert!(again.html().contains("همین می‌ماند"), "{wrong}");
        assert!(again.html().contains("value-problem"), "{wrong}");
    }
    assert_eq!(town.rows("answers", AGENCY), 0);
    for right in ["12.5", "۱۲٫۵", "١٢٫٥", "۱۲.۵"] {
        save(&town, PERCENT, &[("value", right)]).is(303);
        let kept = claim(&town, PERCENT);
        assert_eq!(kept.as_deref(), Some("{\"value_c\":1250}"), "{right}");
    }
    save(
        &town,
        RATIO,
        &[("numerator", "۱٬۲۰۰"), ("denominator", "2,400")],
    )
    .is(303);
    let kept = claim(&town, RATIO);
    assert_eq!(kept.as_deref(), Some("{\"num\":1200,\"den\":2400}"));
    let above = save(&town, RATIO, &[("numerator", "3"), ("denominator", "2")]);
    above.is(422).says_word("problem-part-above-whole");
}

// P30
#[test]
fn words_are_kept_as_they_were_meant() {
    let town = Town::new();
    let words = "می‌شود كتاب علي \u{202e}txt.exe\u{200f}";
    save(&town, LEVEL, &[("value", "2"), ("note", words)]).is(303);
    let manager = town.manager_of(AGENCY);
    let page = manager.open(&address(LEVEL));
    assert!(page.html().contains("می‌شود کتاب علی txt.exe"));
    page.lacks("\u{202e}");
    let flood = format!("ا{}", "\u{0301}".repeat(1_000));
    save(&town, LEVEL, &[("value", "2"), ("note", &flood)]).is(422);
    let long = "ن".repeat(4_001);
    save(&town, LEVEL, &[("value", "2"), ("note", &long)]).is(422);
    for broken in ["note=%00", "note=%ed%a0%80"] {
        let body = format!("choice=value&value=2&{broken}&csrf={}", manager.csrf());
        manager.post_raw(&address(LEVEL), &[], &body).is(400);
    }
    manager.open("/").lacks("\u{202e}");
}

#[test]
fn last_quarters_answer_is_offered_and_saved_only_when_asked() {
    let town = Town::new();
    let manager = town.manager_of(AGENCY);
    let page = manager.open(&address(RATIO));
    let carry = format!("{}?carry=yes", address(RATIO));
    assert!(page.links().contains(&carry));
    let filled = manager.open(&carry);
    filled.says_word("manager-carried");
    both(&manager, &carry);
    assert_eq!(town.rows("answers", AGENCY), 0, "looking saves nothing");
    manager.submit(&filled, &address(RATIO), &[]).is(303);
    assert_eq!(
        claim(&town, RATIO).as_deref(),
        Some("{\"num\":23,\"den\":30}")
    );
    manager.open(&address(RATIO)).says("تکرار پاسخ قبل");
    both(&manager, &address(RATIO));
    both(&manager, &format!("/{OPEN}/agencies/{AGENCY}/review"));
    let head = town.head_of(AGENCY);
    head.open(&carry).lacks("manager-carried");
    assert!(!head.open(&address(RATIO)).links().contains(&carry));
    save(&town, RATIO, &[("numerator", "24")]).is(303);
    manager.open(&address(RATIO)).lacks("تکرار پاسخ قبل");
}

#[test]
fn an_answer_carried_for_too_long_is_asked_about() {
    let town = Town::with(crate::town::Engine::of_run(), |config| {
        config.stale_after = 1;
    });
    let manager = town.manager_of(AGENCY);
    let filled = manager.open(&format!("{}?carry=yes", address(RATIO)));
    manager.submit(&filled, &address(RATIO), &[]).is(303);
    both(&manager, &address(RATIO));
    manager.open(&address(RATIO)).says("آن را از نو بسنجید");
}

#[test]
fn an_answer_unlike_the_last_one_is_asked_about_and_never_refused() {
    let town = Town::new();
    save(&town, LEVEL, &[("value", "0")]).is(303);
    let manager = town.manager_of(AGENCY);
    let asked = "در یادداشت یک جمله بنویسید چه تغییر کرد";
    manager.open(&address(LEVEL)).says(asked);
    both(&manager, &address(LEVEL));
    save(&town, LEVEL, &[("value", "0"), ("note", "ابلاغ باطل شد")]).is(303);
    assert!(!manager.open(&address(LEVEL)).text().contains(asked));
}

// P38
#[test]
fn two_people_on_one_answer_see_both_and_choose() {
    let town = Town::new();
    let (manager, deputy) = (town.manager_of(AGENCY), town.deputy_of(AGENCY));
    let mine = manager.open(&address(RATIO));
    let theirs = deputy.open(&address(RATIO));
    let fields = |num| [("numerator", num), ("denominator", "10"), ("note", "")];
    deputy
        .submit(&theirs, &address(RATIO), &fields("4"))
        .is(303);
    let told = manager.submit(&mine, &address(RATIO), &fields("5"));
    told.is(409)
        .says(&format!("کارمند {}", town.person_of(Role::Deputy, AGENCY)))
        .says("۴ از ۱۰");
    let form = told.form(&address(RATIO));
    assert!(
        form.fields
            .contains(&("numerator".to_owned(), "5".to_owned()))
    );
    assert_eq!(
        claim(&town, RATIO).as_deref(),
        Some("{\"num\":4,\"den\":10}")
    );
    manager.send_form(&form, &[]).is(303);
    assert_eq!(
        claim(&town, RATIO).as_deref(),
        Some("{\"num\":5,\"den\":10}")
    );
}

#[test]
fn what_an_agency_does_not_report_is_named_with_who_measures_it() {
    let town = Town::new();
    let manager = town.manager_of(AGENCY);
    let list = format!("/{OPEN}/agencies/{AGENCY}/checklist");
    both(&manager, &list);
    let page = manager.open(&list);
    page.says("حضور متصدی پاسخگو در بازدید سرزده")
        .says_word("manager-by-auditor");
    assert!(!page.links().contains(&address("DSP-01")));
    manager.get(&address("DSP-01")).is(404);
    manager
        .post(&address("DSP-01"), &[("choice", "blank")])
        .is(404);
}

#[test]
fn the_home_tells_what_is_due_and_where_the_agency_stands() {
    let town = Town::new();
    let manager = town.manager_of(AGENCY);
    both(&manager, "/");
    manager
        .open("/")
        .says("روز کاری تا پایان مهلت؛ ۳۸ شاخص باقی است");
    save(&town, DURATION, &[("value", "۱۵")]).is(303);
    save(&town, LEVEL, &[("value", "2")]).is(303);
    both(&manager, "/");
    manager
        .open("/")
        .says_word("manager-estimate")
        .says_word("manager-estimate-hint")
        .says("۳۶ شاخص باقی است");
    town.fill_in(AGENCY);
    let head = town.head_of(AGENCY);
    both(&head, "/");
    head.open("/").says_word("manager-unsigned-is-no-report");
    town.set_day(town.period().last_edit_on);
    let late = town.manager_of(AGENCY);
    both(&late, "/");
    late.open("/").says("هنوز می‌توان تحویل داد");
    town.go_to(State::Closed);
    let manager = town.manager_of(AGENCY);
    manager.open("/").says_word("manager-home-no-report");
}

#[test]
fn the_home_leads_to_the_result_and_counts_the_days_to_object() {
    let town = Town::new();
    town.hand_in(AGENCY);
    town.manager_of(AGENCY)
        .open("/")
        .says_word("manager-home-handed-in");
    town.go_to(State::ObjectionOpen);
    let manager = town.manager_of(AGENCY);
    both(&manager, "/");
    let home = manager.open("/");
    home.says("روز کاری تا پایان مهلت اعتراض");
    assert!(
        home.links()
            .contains(&format!("/{OPEN}/agencies/{AGENCY}/score"))
    );
}
