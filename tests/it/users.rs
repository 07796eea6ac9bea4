//! People are invited, given roles and shut out; each has an account of their own; the log tells who did what.

use mizan::domain::access::Role;
use mizan::store;
use mizan::store::user::User;

use crate::pages::both;
use crate::town::{Browser, PASSWORD, Page, Town};

fn user(town: &Town, login: &str) -> User {
    let found = town
        .state
        .store
        .read(|conn| store::user::find_by_login(conn, login));
    found.expect("read").expect("a person")
}

fn of(town: &Town, login: &str) -> String {
    format!("/users/{}", user(town, login).id)
}

/// Sends one of the forms of a page with what it carries itself.
fn send(browser: &Browser, path: &str, action: &str, fields: &[(&str, &str)]) -> Page {
    let page = browser.open(path);
    browser.submit(&page, action, fields)
}

const NEW: [(&str, &str); 6] = [
    ("login", "n.rezaei"),
    ("name", "نرگس رضایی"),
    ("email", "n.rezaei@example.test"),
    ("language", "fa"),
    ("role", "manager"),
    ("agency", "INF-01"),
];

#[test]
fn the_planning_office_invites_somebody_who_then_gets_in() {
    let town = Town::new();
    let office = town.browser("office");
    let page = office.open("/users/new");
    let invited = office.submit(&page, "/users", &NEW);
    let again = office.submit(&page, "/users", &NEW);
    let path = of(&town, "n.rezaei");
    invited.leads_to(&path);
    again.leads_to(&path);
    office
        .open(&path)
        .says("نرگس رضایی")
        .says_word("people-state-invited");
    office
        .open("/letters")
        .says_word("people-letter-kind-invitation");
    let link = town.link_for("n.rezaei", mizan::app::link::Purpose::Invitation);
    let link = &link["http://mizan.test".len()..];
    let visitor = town.visitor();
    let new = "جمله‌ای که تنها نرگس می‌داند";
    send(&visitor, link, link, &[("password", new), ("repeat", new)]).leads_to("/sign-in");
    visitor.sign_in("n.rezaei", new).leads_to("/");
    visitor.open("/1405-Q2/agencies/INF-01/checklist");
}

#[test]
fn a_bad_invitation_says_what_is_wrong_and_keeps_what_was_typed() {
    let town = Town::new();
    let office = town.browser("office");
    let page = office.open("/users/new");
    let mut fields = NEW;
    fields[0] = ("login", "نرگس");
    fields[2] = ("email", "n.rezaei");
    let refused = office.submit(&page, "/users", &fields);
    refused
        .is(422)
        .says_word("problem-login")
        .says_word("problem-email");
    let typed = ("name".to_owned(), "نرگس رضایی".to_owned());
    assert!(refused.form("/users").fields.contains(&typed));
    let mut dated = NEW.to_vec();
    dated.extend([("from", "۱۴۰۵/۰۷/۳۱"), ("until", "1405/07/01")]);
    office
        .submit(&page, "/users", &dated)
        .is(422)
        .says_word("problem-date");
    fields = NEW;
    fields[0] = ("login", "governor");
    let taken = office.submit(&page, "/users", &fields);
    taken.is(422).says_word("problem-login-taken");
}

#[test]
fn the_planning_office_knows_only_the_people_of_agencies_and_grants_only_their_roles() {
    let town = Town::new();
    town.person_of(Role::Manager, "INF-01");
    let office = town.browser("office");
    office
        .open("/users")
        .says("manager-inf-01")
        .lacks("governor");
    for login in ["admin", "governor", "office2", "auditor1"] {
        office.get(&of(&town, login)).is(404);
        let link = format!("{}/link", of(&town, login));
        office.post(&link, &[]).is(404);
    }
    let manager = of(&town, "manager-inf-01");
    let grant = |role: &str| {
        let fields = [("role", role), ("agency", "")];
        office.post(&format!("{manager}/roles"), &fields)
    };
    for role in ["administrator", "office", "auditor", "governor"] {
        grant(role).is(403);
    }
    let mut fields = NEW;
    fields[4] = ("role", "administrator");
    office.post("/users", &fields).is(403);
    let admin = town.browser("admin");
    admin.open("/users").says("governor").says("manager-inf-01");
    let path = format!("{manager}/roles");
    send(&admin, &manager, &path, &[("role", "auditor")]).leads_to(&manager);
    office.get(&manager).is(404);
}

#[test]
fn nobody_changes_what_they_themselves_may_do() {
    let town = Town::new();
    let admin = town.browser("admin");
    let own = of(&town, "admin");
    admin.open(&own).says_word("refused-own-role");
    for (deed, fields) in [
        ("roles", vec![("role", "office")]),
        ("roles/end", vec![("role", "x")]),
        ("activity", vec![("is_active", "no")]),
    ] {
        admin.post(&format!("{own}/{deed}"), &fields).is(409);
    }
    admin.open("/users");
}

// P05
#[test]
fn a_form_of_ones_own_account_changes_nothing_but_name_mailbox_and_language() {
    let town = Town::new();
    let manager = town.manager_of("INF-01");
    let before = user(&town, "manager-inf-01");
    let page = manager.open("/account");
    let form = page.form("/account");
    let mut fields: Vec<(&str, &str)> = form
        .fields
        .iter()
        .map(|(name, value)| (name.as_str(), value.as_str()))
        .filter(|(name, _)| *name != "name")
        .collect();
    fields.extend([
        ("name", "نام تازه"),
        ("role", "administrator"),
        ("agency", "GEN-02"),
        ("agency_id", "GEN-02"),
        ("is_active", "1"),
        ("email_verified", "1"),
        ("login", "admin"),
        ("id", "x"),
        ("password_hash", "x"),
        ("province_id", "x"),
    ]);
    manager.post("/account", &fields).leads_to("/account");
    let after = user(&town, "manager-inf-01");
    assert_eq!(after.name, "نام تازه");
    assert_eq!(
        (after.login, after.email, after.password_hash, after.id),
        (before.login, before.email, before.password_hash, before.id)
    );
    assert_eq!(
        town.kept("roles", "role || starts_on")
            .matches("administrator")
            .count(),
        2
    );
    let json = [("content-type", "application/json")];
    manager
        .post_raw("/account", &json, "{\"role\":\"administrator\"}")
        .is(415);
    manager.get("/users").is(403);
}

#[test]
fn another_mailbox_needs_the_present_password() {
    let town = Town::new();
    let manager = town.manager_of("INF-01");
    let mailbox = [("email", "other@example.test")];
    send(&manager, "/account", "/account", &mailbox)
        .is(422)
        .says_word("problem-password-present");
    let fields = [("email", "other@example.test"), ("email_present", PASSWORD)];
    send(&manager, "/account", "/account", &fields).leads_to("/account");
    assert_eq!(user(&town, "manager-inf-01").email, "other@example.test");
}

// P13
#[test]
fn a_changed_password_ends_the_sessions_elsewhere_and_asks_for_the_present_one() {
    let town = Town::new();
    let (here, there) = (town.browser("lead"), town.browser("lead"));
    let new = "جملهٔ تازهٔ سرارزیاب";
    let change = |present: &str| {
        let fields = [("present", present), ("password", new), ("repeat", new)];
        send(&here, "/account", "/account/password", &fields)
    };
    change("نادرست است این")
        .is(422)
        .says_word("problem-password-present");
    there.open("/account");
    change(PASSWORD).leads_to("/account");
    there.get("/account").leads_to("/sign-in");
    here.open("/account").says_word("people-password-changed");
    town.visitor().sign_in("lead", PASSWORD).is(422);
    town.visitor().sign_in("lead", new).leads_to("/");
    let others = town.visitor();
    others.sign_in("lead", new).leads_to("/");
    send(&here, "/account", "/account/sessions", &[]).leads_to("/account");
    others.get("/account").leads_to("/sign-in");
    for _ in 0..9 {
        let fields = [("present", "نادرست است این"), ("password", "a")];
        here.post("/account/password", &fields);
    }
    here.post("/account/password", &[("present", new)]).is(429);
}

#[test]
fn who_has_two_roles_works_in_one_at_a_time() {
    let town = Town::new();
    let admin = town.browser("admin");
    let path = of(&town, "governor");
    let fields = [("role", "manager"), ("agency", "INF-01")];
    send(&admin, &path, &format!("{path}/roles"), &fields).leads_to(&path);
    let person = town.browser("governor");
    person.get("/").leads_to("/role");
    person
        .get("/1405-Q2/agencies/INF-01/checklist")
        .leads_to("/role");
    let page = person.open("/role");
    let forms: Vec<_> = page
        .forms()
        .into_iter()
        .filter(|one| one.action == "/role")
        .collect();
    assert_eq!(forms.len(), 2);
    person.send_form(&forms[1], &[]).leads_to("/");
    person.open("/1405-Q2/agencies/INF-01/checklist");
    person.send_form(&forms[0], &[]).leads_to("/");
    person.get("/1405-Q2/agencies/INF-01/checklist").is(403);
    person.open("/1405-Q1/ranking");
    let foreign = [("role", "0199aaaaaaaa7000800000000000000f")];
    person.post("/role", &foreign).is(422);
}

#[test]
fn a_shut_account_is_out_at_once_and_its_links_end() {
    let town = Town::new();
    let manager = town.manager_of("INF-01");
    let link = town.link_for("manager-inf-01", mizan::app::link::Purpose::Reset);
    let office = town.browser("office");
    let path = of(&town, "manager-inf-01");
    let shut = format!("{path}/activity");
    send(&office, &path, &shut, &[]).leads_to(&path);
    manager.get("/account").leads_to("/sign-in");
    manager.sign_in("manager-inf-01", PASSWORD).is(422);
    town.visitor()
        .get(&link["http://mizan.test".len()..])
        .is(410);
    send(&office, &path, &shut, &[]).leads_to(&path);
    manager.sign_in("manager-inf-01", PASSWORD).leads_to("/");
}

#[test]
fn a_role_ends_and_with_it_what_it_opened() {
    let town = Town::new();
    let manager = town.manager_of("INF-01");
    let office = town.browser("office");
    let path = of(&town, "manager-inf-01");
    send(&office, &path, &format!("{path}/roles/end"), &[]).leads_to(&path);
    manager
        .get("/1405-Q2/agencies/INF-01/checklist")
        .leads_to("/sign-in");
    let visitor = town.visitor();
    visitor
        .sign_in("manager-inf-01", PASSWORD)
        .is(422)
        .says_word("refused-no-role");
    let guess = visitor.sign_in("manager-inf-01", "نادرست است این");
    guess.is(422).lacks("امروز نقشی");
}

#[test]
fn every_page_about_people_can_be_read() {
    let town = Town::new();
    town.hand_in("INF-01");
    let admin = town.browser("admin");
    let person = of(&town, "manager-inf-01");
    for path in [
        "/users",
        "/users/new",
        &person,
        "/letters",
        "/log",
        "/account",
        "/role",
    ] {
        both(&admin, path);
    }
    both(&admin, "/users?q=nobody-of-that-name");
    both(&admin, "/letters?state=failed");
    admin.open("/users?q=%25").says_word("people-nobody");
    admin
        .get("/log?day=1405/07/31")
        .is(422)
        .says_word("problem-date");
    admin.open("/log?page=9999").says_word("people-log-none");
}

// P44
#[test]
fn the_log_tells_who_did_what_when_and_from_where_but_no_secret_and_no_claim() {
    let town = Town::new();
    town.hand_in("INF-01");
    let manager = town.manager_of("INF-01");
    manager.get("/users").is(403);
    town.visitor().sign_in("lead", "نادرست است این").is(422);
    let admin = town.browser("admin");
    let person = of(&town, "manager-inf-01");
    let fields = [("role", "auditor")];
    send(&admin, &person, &format!("{person}/roles"), &fields).leads_to(&person);
    let page = admin.open("/log");
    for word in [
        "people-event-session-begun",
        "people-event-session-refused",
        "people-event-access-denied",
        "people-event-role-granted",
    ] {
        page.says_word(word);
    }
    page.says("127.0.0.9").says("کارمند admin");
    let signed = admin.open("/log?action=assessment.handed_in");
    signed.says_word("people-event-assessment-handed-in");
    let file = send(&admin, "/log", "/log/export", &[]);
    file.is(200);
    let text = file.html();
    for part in [
        "session.begun",
        "role.granted",
        "access.denied",
        "\"127.0.0.9\"",
        "Z\"",
    ] {
        assert!(text.contains(part), "no {part}");
    }
    admin
        .open("/log?action=log.exported")
        .says_word("people-event-log-exported");
    for secret in [
        PASSWORD,
        "نادرست است این",
        "$argon2",
        &admin.cookie("mizan"),
        &admin.csrf(),
    ] {
        assert!(!text.contains(secret), "{secret}");
    }
    let saved: Vec<&str> = text
        .lines()
        .filter(|line| line.contains("answer.saved"))
        .collect();
    assert!(!saved.is_empty());
    for line in saved {
        let detail = line.split("\",\"").nth(6).expect("a detail");
        assert_eq!(detail, "", "{line}");
    }
}

#[test]
fn what_is_over_is_cleared_away_and_what_is_not_stays() {
    let town = Town::new();
    let (old, link) = (
        town.browser("lead"),
        town.link_for("lead", mizan::app::link::Purpose::Reset),
    );
    assert!(link.contains("/password/"));
    town.wait(40 * 24 * 60);
    let fresh = town.browser("governor");
    let removed = mizan::app::leftover::remove(&town.state.store, town.now()).expect("cleared");
    assert_eq!((removed.sessions, removed.links), (1, 1));
    old.get("/account").leads_to("/sign-in");
    fresh.open("/account");
}
