//! What every answer carries, and what malformed requests get.

use actix_web::http::Method;

use crate::town::{Page, Sending, Town};

/// The headers of every answer, whatever it is.
fn is_guarded(page: &Page) {
    let policy = page.header("content-security-policy");
    assert!(policy.contains("default-src 'none'") && policy.contains("frame-ancestors 'none'"));
    assert!(!policy.contains("unsafe"), "{policy}");
    assert_eq!(page.header("x-content-type-options"), "nosniff");
    assert_eq!(page.header("referrer-policy"), "same-origin");
    assert_eq!(page.header("cross-origin-opener-policy"), "same-origin");
    assert_eq!(page.header("server"), "", "no version of anything");
}

#[test]
fn p40_p41_every_answer_is_guarded_and_no_page_of_a_person_is_kept() {
    let town = Town::new();
    let manager = town.manager_of("INF-01");
    for (path, status) in [
        ("/1405-Q2/agencies/INF-01/checklist", 200),
        ("/1405-Q2/agencies/GEN-02/checklist", 404),
        ("/1405-Q1/ranking.csv", 200),
        ("/nowhere", 404),
        ("/sign-out", 405),
        ("/sign-in", 200),
    ] {
        let page = manager.get(path);
        page.is(status);
        is_guarded(&page);
        assert_eq!(page.header("cache-control"), "no-store", "{path}");
    }
    let away = town.visitor().get("/1405-Q2/agencies/INF-01/checklist");
    away.leads_to("/sign-in");
    is_guarded(&away);
    is_guarded(&manager.post_raw("/sign-out", &[], ""));
    is_guarded(&manager.get("/assets/nothing.css"));
}

// A page on which the program itself fails
#[test]
fn p40_a_failure_shows_a_reference_and_no_cause() {
    let town = Town::new();
    let manager = town.manager_of("INF-01");
    town.break_table("answers");
    let page = manager.get("/1405-Q2/agencies/INF-01/checklist");
    page.is(500).says_word("errors-broken-title").says("E-");
    is_guarded(&page);
    for cause in [
        "answers",
        "SELECT",
        "no such table",
        "relation",
        "src/",
        ".rs",
    ] {
        page.lacks(cause);
    }
}

#[test]
fn p42_what_is_no_request_of_ours_gets_a_short_page_and_never_a_failure() {
    let town = Town::new();
    let manager = town.manager_of("INF-01");
    let answer = "/1405-Q2/agencies/INF-01/answers/RSP-01";
    manager.open(answer);
    let json = [("content-type", "application/json")];
    let broken = [("content-type", "multipart/form-data; boundary=x")];
    let none = [("content-type", "multipart/form-data")];
    let tries = [
        manager.post_raw(answer, &json, "{\"choice\":"),
        manager.post_raw(answer, &[("content-type", "text/xml")], "<a/>"),
        manager.post_raw(answer, &broken, "--x\r\nnothing"),
        manager.post_raw(answer, &none, "--x\r\n"),
        manager.post_raw(answer, &[], "choice=%ff"),
        manager.post_raw(answer, &[], "choice=%00"),
        manager.get("/%ff/agencies"),
        manager.get("/?a=%C3%28"),
        manager.get("/1405-Q2/agencies/%00/checklist"),
        manager.post(answer, &[("choice", "perhaps")]),
        manager.upload(answer, &[("choice", "perhaps")], ("file", "a.pdf", b"%PDF")),
    ];
    for page in tries {
        assert!(
            [400, 404, 413, 415, 422].contains(&page.status),
            "{} {}",
            page.path,
            page.status
        );
        assert!(
            page.html().contains("lang=\"fa\""),
            "{} is a page",
            page.path
        );
    }
    for method in [
        Method::TRACE,
        Method::PUT,
        Method::DELETE,
        Method::PATCH,
        Method::OPTIONS,
    ] {
        let sent = Sending {
            method: method.clone(),
            path: answer.to_owned(),
            ..Sending::default()
        };
        assert_eq!(manager.send(sent).status, 405, "{method}");
    }
    assert_eq!(town.rows("answers", "INF-01"), 0);
}

#[test]
fn choosing_a_language_keeps_what_was_asked_and_changes_nothing_else() {
    let town = Town::new();
    let reader = town.browser("governor");
    for (asked, to) in [
        ("/1405-Q1/ranking?lang=en", "/1405-Q1/ranking"),
        (
            "/1405-Q1/ranking?group=a&lang=en&q=%D8%A7%26b",
            "/1405-Q1/ranking?group=a&q=%D8%A7%26b",
        ),
        (
            "/1405-Q1/ranking?l%61ng=fa&lang=en&lang=fa",
            "/1405-Q1/ranking",
        ),
    ] {
        reader.get(asked).leads_to(to);
    }
    reader.get("/?lang=xx").is(303);
    assert_eq!(reader.cookie("lang"), "fa");
    let office = town.browser("office");
    let before = town.log().len();
    office.post("/sign-out?lang=en", &[]).leads_to("/sign-in");
    assert_eq!(office.cookie("lang"), "", "a form does what it is for");
    assert_eq!(town.log()[before].action, "session.ended");
}

#[test]
fn a_notice_says_only_what_the_program_itself_can_say() {
    let town = Town::new();
    let visitor = town.visitor();
    for notice in [
        "<script>alert(1)</script>",
        "خطا",
        "errors-title\" onload=\"x",
    ] {
        let sent = Sending {
            path: "/sign-in".to_owned(),
            headers: vec![("cookie".to_owned(), format!("notice={notice}"))],
            ..Sending::default()
        };
        visitor
            .send(sent)
            .is(200)
            .lacks("alert(1)")
            .lacks(notice)
            .lacks("onload");
    }
    visitor.set_cookie("notice", "shell-signed-out");
    visitor.get("/sign-in").says_word("shell-signed-out");
    visitor.get("/sign-in").lacks("shell-signed-out");
}
