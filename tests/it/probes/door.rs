//! The door: sessions, tokens of forms, foreign sites.

use crate::town::{Engine, PASSWORD, Sending, Town};

const ANSWER: &str = "/1405-Q2/agencies/INF-01/answers/RSP-01";

#[test]
fn p11_a_session_that_was_set_before_signing_in_is_worth_nothing() {
    let town = Town::new();
    let planted = "a".repeat(64);
    let victim = town.visitor();
    victim.set_cookie("mizan", &planted);
    victim.sign_in("office", PASSWORD).leads_to("/");
    assert_ne!(victim.cookie("mizan"), planted);
    let thief = town.visitor();
    thief.set_cookie("mizan", &planted);
    thief.get("/").leads_to("/sign-in");
}

#[test]
fn p12_after_signing_out_the_old_cookie_opens_nothing() {
    let town = Town::new();
    let manager = town.manager_of("INF-01");
    let page = manager.open(ANSWER);
    let old = manager.cookie("mizan");
    manager.submit(&page, "/sign-out", &[]).leads_to("/sign-in");
    manager.set_cookie("mizan", &old);
    manager.get(ANSWER).leads_to("/sign-in");
    manager.post("/sign-out", &[]).is(403);
}

#[test]
fn a_session_ends_without_use_and_after_a_day_at_work() {
    let town = Town::new();
    let manager = town.manager_of("INF-01");
    town.wait(119);
    manager.open(ANSWER);
    town.wait(121);
    manager.get(ANSWER).leads_to("/sign-in");
    let tireless = town.manager_of("GEN-02");
    for _ in 0..7 {
        town.wait(100);
        tireless.open("/1405-Q2/agencies/GEN-02/checklist");
    }
    town.wait(100);
    tireless.get("/").leads_to("/sign-in");
}

#[test]
fn p13_a_new_password_ends_the_sessions_of_all_browsers() {
    let town = Town::new();
    let (one, other) = (town.browser("governor"), town.browser("governor"));
    let ctx = town.system();
    let link = town.link_for("governor", mizan::app::link::Purpose::Reset);
    let token = link.rsplit('/').next().expect("a token");
    let new = "گذرواژه تازه دفتر";
    let typed = mizan::app::password::Typed {
        password: new,
        repeat: new,
    };
    let set =
        |address| mizan::app::password::set_by_link(&ctx.store, ctx.now, address, token, &typed);
    set("127.0.0.9").expect("set");
    one.get("/").leads_to("/sign-in");
    other.get("/").leads_to("/sign-in");
    assert!(set("").is_err(), "a link works once");
    town.visitor().sign_in("governor", PASSWORD).is(422);
    town.visitor().sign_in("governor", new).leads_to("/");
}

#[test]
fn p14_under_https_the_cookie_belongs_to_this_host_alone() {
    let https = |config: &mut mizan::config::Config| config.base = "https://mizan.test".to_owned();
    let town = Town::with(Engine::of_run(), https);
    let signed = town.visitor().sign_in("office", PASSWORD);
    let set = signed.header("set-cookie");
    assert!(set.starts_with("__Host-mizan="), "{set}");
    for part in ["Secure", "HttpOnly", "SameSite=Lax", "Path=/"] {
        assert!(set.split("; ").any(|one| one == part), "no {part} in {set}");
    }
    assert!(!set.contains("Domain"));
    assert!(
        signed
            .header("strict-transport-security")
            .contains("max-age=31536000")
    );
    for (_, line) in town.visitor().get("/sign-in?lang=en").headers.iter() {
        assert!(!line.contains("lang=") || line.contains("Secure"), "{line}");
    }
}

#[test]
fn p15_a_form_without_its_own_token_or_from_another_site_changes_nothing() {
    let town = Town::new();
    let manager = town.manager_of("INF-01");
    let stranger = town.manager_of("GEN-02");
    let before = town.log().len();
    let old = {
        let session = town.manager_of("INF-01");
        session.open(ANSWER);
        session.csrf()
    };
    manager.open(ANSWER);
    let own = manager.csrf();
    let body = |csrf: &str| format!("choice=value&value=1&csrf={csrf}");
    for csrf in ["", "0", &stranger.csrf(), &old, &own.to_uppercase()] {
        manager.post_raw(ANSWER, &[], &body(csrf)).is(403);
    }
    manager
        .post_raw(ANSWER, &[], "choice=value&value=1")
        .is(403);
    for origin in [
        "https://evil.example",
        "null",
        "http://mizan.test.evil.example",
        "mizan.test",
    ] {
        manager
            .post_raw(ANSWER, &[("origin", origin)], &body(&own))
            .is(403);
    }
    assert_eq!(town.rows("answers", "INF-01"), 0);
    assert!(
        town.log()[before..]
            .iter()
            .all(|event| event.action == "session.begun")
    );
}

#[test]
fn p15_no_form_of_the_program_is_taken_without_its_token() {
    let town = Town::new();
    let (manager, visitor) = (town.manager_of("INF-01"), town.visitor());
    let stranger = town.browser("office");
    visitor.open("/sign-in");
    let tables = town.tables();
    for route in mizan::web::routes::ROUTES {
        if route.method != "POST" {
            continue;
        }
        let path = route
            .path
            .replace("{period}", "1405-Q2")
            .replace("{agency}", "INF-01")
            .replace("{indicator}", "RSP-01")
            .replace(['{', '}'], "");
        let is_public = matches!(route.handler, mizan::web::routes::Handler::Public(_));
        let by = if is_public { &visitor } else { &manager };
        let evil = [("origin", "https://evil.example")];
        let own = format!("choice=blank&csrf={}", by.csrf());
        for (headers, body) in [
            (&[][..], "choice=blank".to_owned()),
            (&[], "choice=blank&csrf=".to_owned()),
            (&[], format!("choice=blank&csrf={}", stranger.csrf())),
            (&evil, own),
        ] {
            let page = by.post_raw(&path, headers, &body);
            assert_eq!(page.status, 403, "{path} {body}");
        }
    }
    assert_eq!(tables, town.tables());
}

#[test]
fn the_sign_in_form_too_carries_a_token() {
    let town = Town::new();
    let visitor = town.visitor();
    let body = "username=office&password=x";
    visitor.post_raw("/sign-in", &[], body).is(403);
    visitor.get("/sign-in");
    visitor.post_raw("/sign-in", &[], body).is(403);
    let own = format!("{body}&csrf={}", visitor.csrf());
    visitor
        .post_raw("/sign-in", &[("origin", "https://evil.example")], &own)
        .is(403);
    visitor
        .post_raw("/sign-in", &[("origin", "http://mizan.test")], &own)
        .is(422);
}

#[test]
fn p16_looking_changes_nothing_not_even_signing_out() {
    let town = Town::new();
    let manager = town.manager_of("INF-01");
    let before = town.log().len();
    for route in mizan::web::routes::ROUTES {
        let is_looked_at = route.method == "GET";
        let has_page = mizan::web::routes::ROUTES
            .iter()
            .any(|other| other.path == route.path && other.method == "GET");
        if is_looked_at || has_page {
            continue;
        }
        let path = route
            .path
            .replace("{period}", "1405-Q2")
            .replace("{agency}", "INF-01");
        let path = path
            .replace("{indicator}", "RSP-01")
            .replace(['{', '}'], "");
        manager.get(&path).is(405);
    }
    assert_eq!(town.log().len(), before);
    manager.open(ANSWER);
}

// P20 (the link in a letter), P43
#[test]
fn p20_p43_no_header_and_no_field_leads_somebody_to_another_site() {
    let town = Town::new();
    for next in [
        "//evil.example",
        "https://evil.example",
        "/\\evil.example",
        "javascript:alert(1)",
    ] {
        let visitor = town.visitor();
        let page = visitor.get(&format!("/sign-in?next={}", next.replace(':', "%3A")));
        let form = page.form("/sign-in");
        let mut fields: Vec<(&str, &str)> = form
            .fields
            .iter()
            .map(|(name, value)| (name.as_str(), value.as_str()))
            .collect();
        fields.retain(|(name, _)| !["username", "password"].contains(name));
        fields.extend([
            ("username", "office"),
            ("password", PASSWORD),
            ("next", next),
        ]);
        visitor.post("/sign-in", &fields).leads_to("/");
    }
    for path in [
        "//evil.example/?lang=en",
        "/%5Cevil.example?lang=en",
        "/\t/evil.example?lang=en",
    ] {
        let page = town.visitor().send(Sending {
            path: path.replace('\t', "%09"),
            headers: vec![("host".to_owned(), "evil.example".to_owned())],
            ..Sending::default()
        });
        let to = page.header("location");
        assert!(
            !to.starts_with("//") && !to.starts_with("/\\") && !to.contains("://"),
            "{to}"
        );
    }
}
