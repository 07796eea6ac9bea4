//! What people type into fields: too much, too odd, in any digits.

use mizan::domain::period::State;
use mizan::store::{self, answer::AnswerRow};

use crate::town::{OPEN, Page, Town};

const AGENCY: &str = "INF-01";

fn address(indicator: &str) -> String {
    format!("/{OPEN}/agencies/{AGENCY}/answers/{indicator}")
}

fn saved(town: &Town, indicator: &str) -> Option<AnswerRow> {
    let assessment = town.assessment(AGENCY);
    let read = |conn: &mut store::Conn| store::answer::find(conn, &assessment, indicator);
    town.state.store.read(read).expect("read")
}

/// What is kept of an answer, in the form it is kept in.
fn kept(town: &Town, indicator: &str) -> Option<String> {
    saved(town, indicator).and_then(|row| row.claim)
}

fn note(town: &Town, indicator: &str) -> String {
    saved(town, indicator).expect("saved").note
}

#[test]
fn p06_fields_that_no_form_has_are_nothing() {
    let town = Town::new();
    let manager = town.manager_of(AGENCY);
    let before = town.tables();
    let fields = [
        ("choice", "value"),
        ("value", "40"),
        ("score", "100"),
        ("verified_score", "100"),
        ("verified_by", "office"),
        ("saved_by", "office"),
        ("status", "verified"),
        ("state", "handed_in"),
        ("version", "99"),
        ("deadline", "2099-01-01"),
        ("deadline_on", "2099-01-01"),
        ("kind", "confirmed"),
        ("province_id", "x"),
    ];
    manager.post(&address("DSS-03"), &fields).is(303);
    let mut after = town.tables();
    for (table, rows) in &before {
        let now = after.remove(table).expect("the same tables");
        match table.as_str() {
            "answers" => assert_eq!(now.len(), rows.len() + 1),
            "write_keys" => {}
            _ => assert_eq!(rows, &now, "{table}"),
        }
    }
    let manager = town.ctx(&town.person_of(mizan::domain::access::Role::Manager, AGENCY));
    let row = saved(&town, "DSS-03").expect("saved");
    let by = row.saved_by.as_deref();
    assert_eq!((row.version, by), (1, Some(manager.actor.user.as_str())));
    assert_eq!(town.state_of(AGENCY), "draft");
}

#[test]
fn p05_who_sets_a_password_changes_nothing_else_of_an_account() {
    let town = Town::new();
    let link = town.link_for("governor", mizan::app::link::Purpose::Reset);
    let path = &link[link.find("/password/").expect("a link")..];
    let of = |town: &Town| {
        let find = |conn: &mut store::Conn| store::user::find_by_login(conn, "governor");
        let user = town.state.store.read(find).expect("read").expect("there");
        (user.name, user.email, user.is_active, user.province_id)
    };
    let (before, roles) = (of(&town), town.tables()["roles"].clone());
    let visitor = town.visitor();
    visitor.open(path);
    let fields = [
        ("password", "گذرواژهٔ تازهٔ دفتر"),
        ("repeat", "گذرواژهٔ تازهٔ دفتر"),
        ("role", "administrator"),
        ("agency", "INF-02"),
        ("agency_id", "INF-02"),
        ("is_active", "0"),
        ("email", "evil@example.test"),
        ("email_verified", "1"),
        ("login", "admin"),
    ];
    visitor.post(path, &fields).is(303);
    assert_eq!(before, of(&town));
    assert_eq!(roles, town.tables()["roles"]);
}

fn says_why(page: &Page, typed: &str, field: &str) {
    page.is(422).says("یادداشت می‌ماند");
    let form = page.form(page.path.as_str());
    let sent = form.fields.iter().find(|(name, _)| name == field);
    let sent = sent.map(|(_, value)| value.as_str()).unwrap_or_default();
    assert_eq!(sent, typed, "what was typed stays in {field}");
    let id = format!("{field}-problem");
    assert!(page.html().contains(&id), "a sentence beside {field}");
}

#[test]
fn p28_what_is_no_number_of_this_field_is_said_beside_it() {
    let town = Town::new();
    let manager = town.manager_of(AGENCY);
    for typed in [
        "-1",
        "101",
        "1e309",
        "NaN",
        "inf",
        "0x10",
        "9999999999999999999",
        "",
        "12.345",
        "۱۲,۳",
        "1 2 3 x",
        "--5",
        "½",
        "۵٪ یا بیشتر",
    ] {
        let fields = [
            ("choice", "value"),
            ("value", typed),
            ("note", "یادداشت می‌ماند"),
        ];
        let page = manager.post(&address("DSS-03"), &fields);
        says_why(&page, typed, "value");
    }
    for (top, bottom, field) in [
        ("-1", "5", "numerator"),
        ("1e3", "5", "numerator"),
        ("6", "5", "numerator"),
        ("1", "x", "denominator"),
        ("1", "99999999999999999999", "denominator"),
        ("1.5", "3", "numerator"),
    ] {
        let fields = [
            ("choice", "value"),
            ("numerator", top),
            ("denominator", bottom),
            ("note", "یادداشت می‌ماند"),
        ];
        let page = manager.post(&address("RSP-02"), &fields);
        let typed = if field == "numerator" { top } else { bottom };
        says_why(&page, typed, field);
    }
    assert_eq!(town.rows("answers", AGENCY), 0);
}

#[test]
fn p28_the_digits_of_every_keyboard_are_the_same_number() {
    let town = Town::new();
    let manager = town.manager_of(AGENCY);
    let save = |indicator: &str, typed: &str| {
        let seen = manager.open(&address(indicator));
        let fields = [("choice", "value"), ("value", typed)];
        manager.submit(&seen, &address(indicator), &fields).is(303);
        kept(&town, indicator)
    };
    let half = save("DSS-03", "12.5");
    for typed in ["12.50", "۱۲٫۵", "١٢٫٥", "۱۲.۵", " ۱۲٫۵ "] {
        assert_eq!(save("DSS-03", typed), half, "{typed}");
    }
    assert_eq!(save("DSS-03", "١٢"), save("DSS-03", "12"));
    let thousand = save("SRV-06", "1200");
    for typed in ["1,200", "۱٬۲۰۰", "١٢٠٠", "۱,۲۰۰"] {
        assert_eq!(save("SRV-06", typed), thousand, "{typed}");
    }
}

#[test]
fn p29_a_day_is_one_of_the_jalali_calendar() {
    let town = Town::new();
    town.fill_in(AGENCY);
    let head = town.head_of(AGENCY);
    let path = format!("/{OPEN}/agencies/{AGENCY}/hand-in");
    let said = |day: &str| {
        let fields = [
            ("letter_number", "۱"),
            ("letter_date", day),
            ("password", crate::town::PASSWORD),
        ];
        let page = head.post(&path, &fields);
        page.is(422);
        page.html().contains("letter_date-problem")
    };
    for day in [
        "1404/12/30",
        "1404/13/01",
        "1404/07/31",
        "0000/00/00",
        "2025/03/21",
        "1404/1",
        "1404/00/10",
        "99/99/9999",
        "۱۴۰۴/۱۲/۳۰",
        "1404-1-1-1",
        "فردا",
    ] {
        assert!(said(day), "{day} is no day");
    }
    for day in [
        "1403/12/30",
        "۱۴۰۴/۰۱/۰۱",
        "1404-1-1",
        "١٤٠٤/٠٧/٣٠",
        "1404/7/1",
        "",
    ] {
        assert!(!said(day), "{day} is a day");
    }
    assert_eq!(town.state_of(AGENCY), "draft");
}

#[test]
fn p30_tricks_of_letters_are_taken_out_and_persian_is_kept() {
    let town = Town::new();
    let manager = town.manager_of(AGENCY);
    let save = |text: &str| {
        let seen = manager.open(&address("DSS-03"));
        let fields = [("choice", "value"), ("value", "5"), ("note", text)];
        manager.submit(&seen, &address("DSS-03"), &fields)
    };
    save("گزارش می‌شود؛ كتاب علي").is(303);
    assert_eq!(note(&town, "DSS-03"), "گزارش می‌شود؛ کتاب علی");
    save("نام\u{202E}gpj.exe\u{200F} \u{2066}پایان").is(303);
    assert_eq!(note(&town, "DSS-03"), "نامgpj.exe پایان");
    save("خط یک\r\nخط دو").is(303);
    assert_eq!(note(&town, "DSS-03"), "خط یک\nخط دو");
    let flood = format!("ا{}", "\u{064B}".repeat(1_000));
    save(&flood).is(422);
    save(&"ب".repeat(9_000)).is(422);
    let csrf = manager.csrf();
    for odd in ["%00", "a%00b", "%ED%A0%80", "%FF", "%C0%AF", "%E2%28%A1"] {
        let body = format!("choice=value&value=5&note={odd}&csrf={csrf}");
        manager.post_raw(&address("DSS-03"), &[], &body).is(400);
    }
    assert_eq!(note(&town, "DSS-03"), "خط یک\nخط دو");
}

#[test]
fn p30_a_search_finds_a_name_however_it_is_typed() {
    let town = Town::new();
    town.period();
    let reader = town.browser("governor");
    let found = |typed: &str| {
        let path = format!("/1405-Q1/ranking?{}", crate::town::encode(&[("q", typed)]));
        reader.open(&path).text().contains("راهداری و حمل‌ونقل")
    };
    for typed in [
        "حمل‌ونقل",
        "حمل ونقل",
        "حمل\u{200c}ونقل",
        "راهداري",
        "راهداری",
        "جاده‌اي",
    ] {
        assert!(found(typed), "{typed}");
    }
    for typed in [
        "%",
        "_",
        "\\",
        "' OR '1'='1",
        "1;DROP TABLE answers;--",
        "نیست",
    ] {
        assert!(!found(typed), "{typed} is no pattern");
    }
    assert_eq!(town.period().state(), State::Open);
}
