//! Agencies and their profiles: they change until they are frozen for a quarter.

use mizan::app::period;
use mizan::domain::access::Actor;
use mizan::store;

use crate::pages::both;
use crate::town::{Page, Town};

const AGENCY: &str = "/agencies/INF-01";

/// The profile that a quarter has for an agency.
fn profile(town: &Town, quarter: &str, agency: &str) -> String {
    let office = town.ctx("office");
    let found = town.state.store.read(|conn| {
        let period = store::period::find_by_code(conn, office.province(), quarter)?.expect("there");
        let agency = store::agency::find_by_code(conn, office.province(), agency)?.expect("there");
        let scope = Actor::system(office.province()).scope;
        store::assessment::find(conn, &scope, &period.id, &agency.id)
    });
    found
        .expect("the store")
        .expect("a place in the quarter")
        .profile
}

fn save(town: &Town, fields: &[(&str, &str)]) -> Page {
    let office = town.browser("office");
    let page = office.open(AGENCY);
    office.submit(&page, AGENCY, fields)
}

#[test]
fn a_profile_changes_until_it_is_frozen_and_then_for_the_next_quarter() {
    let town = Town::new();
    let next = period::create(&town.ctx("office")).expect("the next quarter");
    both(&town.browser("office"), "/agencies");
    both(&town.browser("office"), AGENCY);
    let asked = profile(&town, &next, "INF-01");
    assert!(asked.split(' ').any(|flag| flag == "walk_in"));
    let open = profile(&town, crate::town::OPEN, "INF-01");
    let office = town.browser("office");
    let mut form = office.open(AGENCY).form(AGENCY);
    form.fields.retain(|(name, _)| name != "flag_walk_in");
    office.send_form(&form, &[]).leads_to("/agencies");
    let changed = profile(&town, &next, "INF-01");
    assert!(
        !changed.split(' ').any(|flag| flag == "walk_in"),
        "{changed}"
    );
    assert_eq!(profile(&town, crate::town::OPEN, "INF-01"), open);
    let frozen = town
        .state
        .store
        .read(|conn| store::period::find_by_code(conn, town.ctx("office").province(), &next));
    town.set_day(frozen.expect("read").expect("there").profiles_frozen_on);
    town.wait(60 * 24);
    town.browser("office")
        .open(AGENCY)
        .says("نمایه‌های دوره‌های کنونی ثابت شده‌اند");
    save(&town, &[("flag_walk_in", "yes")]).leads_to("/agencies");
    assert_eq!(profile(&town, &next, "INF-01"), changed);
    assert!(
        town.log()
            .iter()
            .any(|event| event.action == "agency.changed")
    );
}

#[test]
fn whoever_saves_a_profile_second_keeps_their_words_and_is_told() {
    let town = Town::new();
    let (one, other) = (town.browser("office"), town.browser("office2"));
    let (first, second) = (one.open(AGENCY), other.open(AGENCY));
    one.submit(&first, AGENCY, &[("name_fa", "ادارهٔ راه")])
        .leads_to("/agencies");
    other
        .submit(&second, AGENCY, &[("name_fa", "ادارهٔ شهرسازی")])
        .is(409)
        .says("ادارهٔ شهرسازی")
        .says_word("errors-conflict-title");
    other
        .open("/agencies")
        .says("ادارهٔ راه")
        .lacks("ادارهٔ شهرسازی");
}

#[test]
fn a_new_agency_takes_its_place_in_the_quarter_to_come() {
    let town = Town::new();
    let next = period::create(&town.ctx("office")).expect("the next quarter");
    let office = town.browser("office");
    both(&office, "/agencies/new");
    let page = office.open("/agencies/new");
    let wrong = [
        ("code", "راه-۱"),
        ("group", "INF"),
        ("name_fa", "ادارهٔ تازه"),
    ];
    let again = office.submit(&page, "/agencies", &wrong);
    again
        .is(422)
        .says_word("problem-agency-code")
        .says_word("problem-agency-name");
    assert!(
        again.html().contains("value=\"راه-۱\""),
        "the typed words stay"
    );
    let taken = [
        ("code", "INF-01"),
        ("group", "INF"),
        ("name_fa", "ا"),
        ("name_en", "A"),
    ];
    office
        .submit(&page, "/agencies", &taken)
        .is(422)
        .says_word("problem-agency-code-taken");
    let right = [
        ("code", "inf-۹۱"),
        ("group", "INF"),
        ("name_fa", "ادارهٔ تازه"),
        ("name_en", "New office"),
        ("flag_portal", "yes"),
        ("is_ranked", "yes"),
    ];
    for _ in 0..2 {
        office
            .submit(&page, "/agencies", &right)
            .leads_to("/agencies");
    }
    assert_eq!(profile(&town, &next, "INF-91"), "portal");
    office.open("/agencies/INF-91").says("ادارهٔ تازه");
}

#[test]
fn p23_the_name_of_an_agency_is_only_ever_a_name() {
    let town = Town::new();
    let name = "</script><script>alert(1)</script> ${7*7} {{7*7}}";
    save(&town, &[("name_fa", name), ("name_en", name)]).leads_to("/agencies");
    for path in ["/agencies", AGENCY, "/users/new"] {
        let html = town.browser("office").open(path).html();
        assert!(!html.contains("<script>alert"), "{path}");
        assert!(
            path == "/users/new" || html.contains("${7*7} {{7*7}}"),
            "{path}"
        );
    }
}
