//! Signing in, staying in, going out.

use crate::town::{PASSWORD, Town};

#[test]
fn everybody_of_the_town_signs_in_and_sees_their_name() {
    let town = Town::new();
    for login in [
        "office",
        "auditor1",
        "lead",
        "committee1",
        "governor",
        "admin",
    ] {
        let browser = town.browser(login);
        let mut page = browser.get("/");
        while page.status == 303 {
            page = browser.follow(&page);
        }
        page.is(200).says(&format!("کارمند {login}"));
    }
    for browser in [town.deputy_of("INF-01"), town.head_of("INF-01")] {
        let links = browser.open("/").links();
        assert!(
            links.iter().any(|link| link.contains("INF-01")),
            "{links:?}"
        );
        assert!(
            !links.iter().any(|link| link.contains("INF-02")),
            "{links:?}"
        );
    }
}

#[test]
fn a_wrong_password_is_told_from_a_wrong_name_by_nobody() {
    let town = Town::new();
    let (known, unknown) = (town.visitor(), town.visitor());
    let first = known.sign_in("office", "نادرست است این");
    let second = unknown.sign_in("nobody", "نادرست است این");
    first.is(422);
    second.is(422);
    let plain = |page: &crate::town::Page| page.html().replace("office", "").replace("nobody", "");
    let token = |text: String, of: &crate::town::Visitor| text.replace(&of.csrf(), "");
    assert_eq!(
        token(plain(&first), &known),
        token(plain(&second), &unknown)
    );
    known.sign_in("office", PASSWORD).leads_to("/");
}

#[test]
fn the_doors_of_the_town_can_be_looked_at() {
    let town = Town::new();
    let visitor = town.visitor();
    let link = town.link_for("office", mizan::app::link::Purpose::Invitation);
    let link = &link["http://mizan.test".len()..];
    for path in ["/sign-in", "/forgot", link] {
        crate::pages::both(&visitor, path);
    }
    visitor
        .open("/sign-in")
        .says("سه‌ماههٔ دوم ۱۴۰۵")
        .says_word("signin-forgot");
}
