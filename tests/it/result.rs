//! Results: who reads which ranking and which score sheet, and what they say.

use mizan::domain::period::State;

use crate::pages::both;
use crate::town::{LAST, OPEN, Town};

fn ranking(period: &str) -> String {
    format!("/{period}/ranking")
}

#[test]
fn the_governors_office_reads_the_ranking_in_both_languages() {
    let town = Town::new();
    let governor = town.browser("governor");
    both(&governor, &ranking(LAST));
    governor
        .open(&ranking(LAST))
        .says_word("result-unstaffed")
        .says("رتبهٔ");
}

#[test]
fn a_filter_stays_in_the_address() {
    let town = Town::new();
    let governor = town.browser("governor");
    let all = governor.open(&ranking(LAST));
    let group = governor.open(&format!("{}?group=INF&sort=name", ranking(LAST)));
    assert!(
        group
            .links()
            .iter()
            .any(|link| link.ends_with("INF-01/score"))
    );
    let own = |page: &crate::town::Page| {
        let table = page.html();
        let table = table.split("class=\"filters").nth(1).unwrap_or_default();
        table.matches("/score\"").count()
    };
    assert!(own(&group) < own(&all) && own(&group) > 3);
    assert!(group.html().contains("<option value=\"INF\" selected>"));
    let found = governor.open(&format!("{}?q=inf-01", ranking(LAST)));
    assert_eq!(own(&found), 1);
    let none = governor.open(&format!(
        "{}?q=%D9%87%DB%8C%DA%86%E2%80%8C%DA%A9%D8%B3",
        ranking(LAST)
    ));
    none.says_word("result-none-found");
    both(
        &governor,
        &format!("{}?grade=weak&sort=over", ranking(LAST)),
    );
    governor.open(&format!("{}?group=%00x&sort=sideways", ranking(LAST)).replace("%00", "zz"));
}

#[test]
fn a_ranking_is_told_to_each_in_time() {
    let town = Town::new();
    town.hand_in("INF-01");
    town.go_to(State::Preliminary);
    for login in ["auditor1", "lead", "committee1", "office"] {
        town.browser(login)
            .open(&ranking(OPEN))
            .says_word("result-preliminary");
    }
    for login in ["governor", "admin"] {
        let status = town.browser(login).get(&ranking(OPEN)).status;
        assert!(matches!(status, 403 | 404), "{login} {status}");
    }
    let manager = town.manager_of("INF-01");
    manager.get(&ranking(OPEN)).is(404);
    manager.open(&format!("/{OPEN}/agencies/INF-01/score"));
    manager
        .get(&format!("/{OPEN}/agencies/INF-02/score"))
        .is(404);
    manager.open(&format!("/{LAST}/agencies/INF-02/score"));
}

#[test]
fn an_agency_without_a_report_stays_in_the_list_and_is_called_so() {
    let town = Town::new();
    town.hand_in("INF-01");
    town.go_to(State::Final);
    let html = town.browser("governor").open(&ranking(OPEN)).html();
    let table = html.split("class=\"filters").nth(1).expect("a list");
    let league = table.split("</section>").next().expect("the first league");
    let rows: Vec<&str> = league.split("<th scope=\"row\">").skip(1).collect();
    assert!(rows.len() > 50, "nobody is dropped");
    assert!(rows.iter().all(|row| row.contains("فاقد گزارش")));
    assert!(!league.contains("INF-01/score") && table.contains("INF-01/score"));
}

#[test]
fn a_spreadsheet_runs_nothing_from_a_ranking_and_the_log_says_who_took_it() {
    let town = Town::new();
    town.rename("INF-01", "=HYPERLINK(\"http://evil\",\"x\")");
    let governor = town.browser("governor");
    let table = governor.open(&format!("{}.csv", ranking(LAST)));
    let text = table.html();
    assert!(text.contains("\"'=HYPERLINK(\"\"http://evil\"\",\"\"x\"\")\""));
    for line in text.trim_start_matches('\u{feff}').lines() {
        for cell in line.split("\",\"") {
            let cell = cell.trim_start_matches('"');
            assert!(!cell.starts_with(['=', '+', '@', '\t']), "{cell}");
        }
    }
    assert_eq!(text.lines().count(), 1 + 68);
    let log = town.log();
    let taken = log.iter().find(|event| event.action == "ranking.exported");
    assert_eq!(taken.expect("in the log").actor_role, "governor");
}
