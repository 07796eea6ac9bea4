//! People of an agency come, stand in and go; the work stays. Links on paper, for those who read no mail.

use chrono::Days;
use mizan::app::{role, user};
use mizan::domain::access::Role;
use mizan::domain::calendar::JalaliDate;
use mizan::store;

use crate::pages::both;
use crate::town::{Browser, OPEN, Page, Town};

const AGENCY: &str = "INF-01";
const OWNERS: &str = "/1405-Q2/agencies/INF-01/owners";

fn id(town: &Town, login: &str) -> String {
    let read = |conn: &mut store::Conn| store::user::find_by_login(conn, login);
    town.state
        .store
        .read(read)
        .expect("read")
        .expect("there")
        .id
}

fn in_days(town: &Town, days: u64) -> String {
    JalaliDate::of(town.system().today() + Days::new(days)).slash_fa()
}

fn care(who: &Browser, owner: &str, until: &str) -> Page {
    let page = who.open(OWNERS);
    let fields = [("indicator", "RSP-02"), ("owner", owner), ("until", until)];
    who.submit(&page, OWNERS, &fields)
}

#[test]
fn a_manager_gives_an_indicator_into_the_care_of_a_deputy_until_a_day() {
    let town = Town::new();
    let manager = town.manager_of(AGENCY);
    let deputy = id(&town, &town.person_of(Role::Deputy, AGENCY));
    let stranger = id(&town, &town.person_of(Role::Deputy, "INF-02"));
    let until = in_days(&town, 5);
    care(&manager, &deputy, "")
        .is(422)
        .says_word("problem-last-day");
    let alien = [
        ("indicator", "RSP-02"),
        ("owner", stranger.as_str()),
        ("until", &until),
    ];
    manager
        .post(OWNERS, &alien)
        .is(422)
        .says_word("problem-choose");
    care(&manager, &deputy, &until).leads_to(OWNERS);
    both(&manager, OWNERS);
    manager.open(OWNERS).says("کارمند deputy-inf-01");
    let other = id(&town, &town.person_of(Role::Manager, AGENCY));
    care(&manager, &other, &until).leads_to(OWNERS);
    town.set_day(town.system().today() + Days::new(6));
    let later = town.manager_of(AGENCY).open(OWNERS);
    assert!(
        !later.html().contains("<td data-l=\"مسئول شاخص\"><bdi>"),
        "its day is over"
    );
}

#[test]
fn when_the_manager_changes_open_work_moves_and_what_was_done_keeps_its_name() {
    let town = Town::new();
    let (old, deputy) = (
        town.person_of(Role::Manager, AGENCY),
        town.person_of(Role::Deputy, AGENCY),
    );
    town.fill_in_but(AGENCY, &["RSP-02"]);
    let (old_id, heir) = (id(&town, &old), id(&town, &deputy));
    care(&town.manager_of(AGENCY), &old_id, &in_days(&town, 9)).leads_to(OWNERS);
    let answers = town.kept("answers", "COALESCE(saved_by, '') || choice || ' '");
    let office = town.browser("office");
    let path = format!("/users/{old_id}");
    both(&office, &path);
    let page = office.open(&path);
    let to = [("to", heir.as_str())];
    office
        .submit(&page, &format!("{path}/hand-over"), &to)
        .leads_to(&path);
    let former = office.open(&path);
    former.lacks("/hand-over");
    assert_eq!(
        town.kept("answers", "COALESCE(saved_by, '') || choice || ' '"),
        answers
    );
    let new = town.browser(&deputy);
    new.open(OWNERS).says("کارمند deputy-inf-01");
    let log = town.log();
    assert!(log.iter().any(|event| event.action == "role.handed_over"));
    let refused = role::hand_over(&town.ctx("office"), &old_id, "x", &heir);
    assert!(refused.is_err());
    assert!(
        town.kept("letters", "template || ' '")
            .contains("handed-over")
    );
}

#[test]
fn the_administrator_who_hands_over_passes_the_care_on_and_twice_is_once() {
    let town = Town::new();
    let old_id = id(&town, &town.person_of(Role::Manager, AGENCY));
    let heir = id(&town, &town.person_of(Role::Deputy, AGENCY));
    care(&town.manager_of(AGENCY), &old_id, &in_days(&town, 9)).leads_to(OWNERS);
    let admin = town.browser("admin");
    let path = format!("/users/{old_id}");
    let page = admin.open(&path);
    let action = format!("{path}/hand-over");
    let to = [("to", heir.as_str())];
    admin.submit(&page, &action, &to).leads_to(&path);
    admin.submit(&page, &action, &to).leads_to(&path);
    town.browser(&town.person_of(Role::Deputy, AGENCY))
        .open(OWNERS)
        .says("کارمند deputy-inf-01");
    let log = town.log();
    let times = log
        .iter()
        .filter(|event| event.action == "role.handed_over");
    assert_eq!(times.count(), 1);
}

#[test]
fn a_deputy_has_a_last_day_and_never_signs() {
    let town = Town::new();
    let office = town.browser("office");
    let manager = id(&town, &town.person_of(Role::Manager, AGENCY));
    let path = format!("/users/{manager}");
    let page = office.open(&path);
    let action = format!("{path}/roles");
    let endless = [("role", "deputy"), ("agency", "INF-02")];
    office
        .submit(&page, &action, &endless)
        .is(422)
        .says_word("problem-last-day");
    let until = in_days(&town, 2);
    let dated = [
        ("role", "deputy"),
        ("agency", "INF-02"),
        ("until", until.as_str()),
    ];
    let page = office.open(&path);
    office.submit(&page, &action, &dated).leads_to(&path);
    town.fill_in(AGENCY);
    let deputy = town.deputy_of(AGENCY);
    let review = format!("/{OPEN}/agencies/{AGENCY}/review");
    deputy.open(&review).says_word("manager-only-head-signs");
    let sign = [("pledge", "yes"), ("password", crate::town::PASSWORD)];
    let hand_in = format!("/{OPEN}/agencies/{AGENCY}/hand-in");
    deputy.post(&hand_in, &sign).is(403);
    assert_eq!(town.state_of(AGENCY), "draft");
}

#[test]
fn a_link_on_paper_is_shown_once_logged_and_kept_nowhere() {
    let town = Town::new();
    let admin = town.browser("admin");
    let login = town.person_of(Role::Head, AGENCY);
    let path = format!("/users/{}", id(&town, &login));
    let slip = format!("{path}/slip");
    let page = admin.open(&path);
    let earlier = town.link_for(&login, mizan::app::link::Purpose::Reset);
    let shown = admin.submit(&page, &slip, &[]);
    shown.is(200).says(&login).says_word("people-slip-how");
    let html = shown.html();
    let token = html
        .split("http://mizan.test/password/")
        .nth(1)
        .expect("a link");
    let token: String = token.chars().take(64).collect();
    admin.submit(&page, &slip, &[]).is(409);
    assert!(
        town.log()
            .iter()
            .any(|event| event.action == "link.printed")
    );
    assert!(
        !town
            .kept("one_time_links", "token_hash || ' '")
            .contains(&token)
    );
    let visitor = town.visitor();
    let address = format!("/password/{token}");
    assert_eq!(visitor.open(&address).status, 200);
    let dead = &earlier["http://mizan.test".len()..];
    assert_ne!(visitor.get(dead).status, 200, "the earlier link has ended");
    town.wait(60 * 24 * 6);
    let page = visitor.open(&address);
    let new = "جمله‌ای که تنها او می‌داند";
    visitor
        .submit(&page, &address, &[("password", new), ("repeat", new)])
        .leads_to("/sign-in");
    let shut = id(&town, &login);
    user::set_active(&town.ctx("admin"), &shut, false).expect("shut");
    let admin = town.browser("admin");
    admin.post(&slip, &[]).is(409);
}

#[test]
fn the_receipt_prints_as_the_signed_copy_with_its_tracking_code() {
    let town = Town::new();
    town.hand_in(AGENCY);
    let review = format!("/{OPEN}/agencies/{AGENCY}/review");
    let head = town.head_of(AGENCY);
    both(&head, &review);
    head.open(&review)
        .says_word("manager-copy-signature")
        .says_word("manager-copy-stamp")
        .says("1405-Q2-INF-01");
}
