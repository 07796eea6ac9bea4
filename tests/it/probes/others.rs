//! What is another's: other agencies, other roles, strangers.

use mizan::app::verdict;
use mizan::domain::access::Role;
use mizan::domain::returns::{Value, Verdict};
use mizan::web::routes::{Handler, ROUTES};

use super::replay::{crawl, forms, nothing_is_done};
use crate::access::world::{OTHER, OWN, World};
use crate::town::{OPEN, Town};

const WORKERS: [Role; 7] = [
    Role::Manager,
    Role::Head,
    Role::Auditor,
    Role::LeadAuditor,
    Role::Office,
    Role::Committee,
    Role::Administrator,
];

#[test]
fn p01_no_page_of_an_agency_leads_to_another_one() {
    for stage in ["draft", "review", "objections"] {
        let world = World::at(stage);
        let theirs = [
            OTHER.to_owned(),
            world.town.assessment(OTHER).id,
            world.town.assessment(OTHER).agency_id,
            world.id("evidence", OTHER),
        ];
        for role in [Role::Manager, Role::Deputy, Role::Head] {
            let pages = crawl(&world, &world.somebody(role));
            assert!(pages.len() > 5, "{stage}: {} pages", pages.len());
            for page in pages {
                theirs.iter().for_each(|id| {
                    page.lacks(id);
                });
            }
        }
        let auditor = world.somebody(Role::Auditor);
        for page in crawl(&world, &auditor) {
            // How far every agency is, their scores, and whom the draw has taken, all auditors read; their answers not.
            if !page.path.ends_with("/progress") && !page.path.contains("/draw") {
                page.lacks(OTHER);
            }
        }
    }
}

#[test]
fn p02_no_form_of_an_agency_writes_into_another_one() {
    for stage in ["draft", "review", "objections"] {
        let world = World::at(stage);
        let theirs = world.town.manager_of(OTHER);
        let head = world.town.head_of(OTHER);
        let mut found = Vec::new();
        for browser in [&theirs, &head] {
            for page in crawl(&world, browser) {
                found.extend(page.forms().into_iter().filter(|f| f.method == "post"));
            }
        }
        found.retain(|form| form.action.contains(OTHER));
        assert!(!found.is_empty(), "{stage}");
        for role in [Role::Manager, Role::Deputy, Role::Head] {
            nothing_is_done(&world, &found, role);
        }
    }
}

#[test]
fn p02_naming_another_agency_in_the_form_changes_nothing_of_it() {
    let world = World::at("draft");
    let town = &world.town;
    let other = town.assessment(OTHER);
    let rows = |town: &Town| {
        let mut all: Vec<String> = town.tables().into_values().flatten().collect();
        all.retain(|row| row.contains(&other.id));
        all
    };
    let before = rows(town);
    let fields = [
        ("choice", "value"),
        ("numerator", "3"),
        ("denominator", "9"),
        ("seen", "1"),
        ("agency", OTHER),
        ("agency_id", &other.agency_id),
        ("assessment_id", &other.id),
        ("id", &other.id),
    ];
    let path = format!("/{OPEN}/agencies/{OWN}/answers/RSP-02");
    town.manager_of(OWN).post(&path, &fields).is(303);
    assert_eq!(before, rows(town));
    assert_eq!(town.rows("answers", OWN), 1);
}

#[test]
fn p04_an_agency_reads_no_draft_of_its_auditor_and_no_other_place() {
    let world = World::at("review");
    let town = &world.town;
    let ctx = town.ctx(town.auditor_of(OWN));
    let given = verdict::Judgement {
        indicator: "RSP-02",
        seen: None,
        verdict: Verdict::Adjusted(Value::Ratio {
            num: 7_654_321,
            den: 7_654_322,
        }),
        reason_code: "seen_otherwise",
        reason: "دلیل هنوز نگفته",
        recommendation: "پیشنهاد هنوز نگفته",
        internal_note: "نهانی‌نویس ارزیاب",
    };
    verdict::give(&ctx, OPEN, OWN, &given).expect("a verdict");
    for role in [Role::Manager, Role::Deputy, Role::Head] {
        let browser = world.somebody(role);
        let mut pages = crawl(&world, &browser);
        for path in ["score", "score.json", "verification"] {
            let page = browser.get(&format!("/{OPEN}/agencies/{OWN}/{path}"));
            page.is(if path == "verification" { 403 } else { 404 });
            pages.push(page);
        }
        for page in &pages {
            page.lacks("هنوز نگفته")
                .lacks("نهانی‌نویس")
                .lacks("7654321")
                .lacks("۷٬۶۵۴٬۳۲۱");
        }
    }
    town.go_to(mizan::domain::period::State::ObjectionOpen);
    let manager = town.manager_of(OWN);
    let sheet = manager.open(&format!("/{OPEN}/agencies/{OWN}/score"));
    sheet.lacks("نهانی‌نویس");
    for page in crawl(&world, &manager) {
        page.lacks("نهانی‌نویس").lacks(OTHER);
    }
    manager
        .open(&format!("/{OPEN}/agencies/{OWN}/score.json"))
        .lacks(OTHER);
    manager.get(&format!("/{OPEN}/ranking")).is(404);
    manager.get(&format!("/{OPEN}/ranking.csv")).is(404);
}

#[test]
fn p07_the_governors_office_changes_nothing_with_anybodys_forms() {
    for stage in ["draft", "review", "objections", "committee"] {
        let world = World::at(stage);
        let forms = forms(&world, &WORKERS);
        nothing_is_done(&world, &forms, Role::Governor);
    }
}

#[test]
fn p08_a_manager_judges_moves_and_administers_nothing() {
    for stage in ["review", "committee"] {
        let world = World::at(stage);
        let forms = forms(&world, &WORKERS);
        for role in [Role::Manager, Role::Head, Role::Administrator] {
            nothing_is_done(&world, &forms, role);
        }
    }
}

#[test]
fn p09_a_stranger_finds_the_door_and_nothing_else() {
    let public: Vec<String> = ROUTES
        .iter()
        .filter(|route| matches!(route.handler, Handler::Public(_)))
        .map(|route| format!("{} {}", route.method, route.path))
        .collect();
    let allowed = [
        "GET /health",
        "GET /sign-in",
        "POST /sign-in",
        "GET /forgot",
        "POST /forgot",
        "GET /password/{token}",
        "POST /password/{token}",
        // A script as any other, at an address that may keep the pages of a visit.
        "GET /field/worker.js",
    ];
    assert_eq!(public, allowed, "who else may be asked by strangers?");
    let town = Town::new();
    let stranger = town.visitor();
    stranger.open("/health");
    for path in [
        "/metrics", "/status", "/debug", "/.env", "/api", "/users", "/log", "/admin",
    ] {
        let page = stranger.get(path);
        assert!([303, 404].contains(&page.status), "{path} {}", page.status);
    }
    stranger.get("/metrics").is(404);
    for login in ["governor", "admin", "office"] {
        town.browser(login).get("/metrics").is(404);
    }
}

#[test]
fn p10_no_field_of_an_address_widens_what_is_seen() {
    let world = World::at("review");
    let own = format!("/{OPEN}/agencies/{OWN}");
    let asked = [
        format!("agency={OTHER}"),
        format!("agency_id={}", world.town.assessment(OTHER).agency_id),
        "all=1".to_owned(),
        "province=KB".to_owned(),
        format!("auditor={}", world.town.auditor_of(OTHER)),
        "auditor=%25".to_owned(),
        "scope=all&role=office".to_owned(),
        format!("period=1405-Q1&q={OTHER}"),
    ];
    let pages = [
        (Role::Manager, "/".to_owned()),
        (Role::Manager, format!("{own}/checklist")),
        (Role::Manager, format!("{own}/answers/RSP-02")),
        (Role::Auditor, "/queue".to_owned()),
        (Role::Auditor, format!("{own}/verification")),
    ];
    for (role, path) in pages {
        let browser = world.somebody(role);
        browser.open(&path).lacks(OTHER);
        for query in &asked {
            let page = browser.open(&format!("{path}?{query}"));
            // The address itself may stand on the page, as where a change of language leads.
            let html = page.html().replace(&query.replace('&', "&amp;"), "");
            assert!(!html.replace(query, "").contains(OTHER), "{path}?{query}");
        }
    }
    let governor = world.somebody(Role::Governor);
    governor
        .get(&format!("/{OPEN}/ranking?all=1&stage=preliminary"))
        .is(404);
}
