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

fn sheet(period: &str, agency: &str) -> String {
    format!("/{period}/agencies/{agency}/score")
}

#[test]
fn an_evaluator_with_a_calculator_comes_to_the_same_points() {
    use mizan::domain::score::{Step, half_up, score, work};
    let known = mizan::cli::score::built_in();
    let bytes = include_bytes!("../../seeds/demo/returns-1404-Q4-preliminary.json");
    let returns = mizan::domain::returns::read(bytes, &known).unwrap_or_else(|_| panic!("sound"));
    let (framework, mut worked) = (&returns.framework, 0);
    for card in score(&returns).cards {
        let own = returns.agencies.iter().find(|one| one.code == card.agency);
        let own = own.expect("scored from its return");
        for (at, indicator) in framework.indicators.iter().enumerate() {
            let item = &card.settled.items[at];
            let mut answers = own.answers.iter();
            let answer = answers.find(|answer| answer.indicator == indicator.code);
            let last = card.outcome.indicators_c[at];
            let steps = work(
                framework,
                indicator,
                answer,
                item,
                &card.settled.honesty,
                last,
            );
            if !item.status.is_counted() {
                assert!(steps.is_empty());
                continue;
            }
            worked += 1;
            let ended = steps.last().map(Step::result);
            assert_eq!(ended, Some(last), "{} {}", card.agency, indicator.code);
            for pair in steps.windows(2) {
                if let Step::Points {
                    points,
                    rate_bp,
                    points_c,
                } = pair[1]
                {
                    assert_eq!(rate_bp, pair[0].result());
                    let by_hand = half_up(i128::from(points) * i128::from(rate_bp), 100);
                    assert_eq!(points_c, by_hand);
                }
            }
        }
    }
    assert!(worked > 2_000);
}

#[test]
fn a_score_sheet_sums_and_shows_how_each_point_was_reckoned() {
    let town = Town::new();
    let manager = town.manager_of("INF-01");
    both(&manager, &sheet(LAST, "INF-01"));
    let page = manager.open(&sheet(LAST, "INF-01"));
    for column in [
        "row", "title", "unit", "target", "points", "value", "claimed", "final",
    ] {
        page.says_word(&format!("result-col-{column}"));
    }
    page.says_word("result-worked").says("÷ ۱۰۰ =");
    // Trust carries what nobody checked: its sum stands there with its numbers too.
    page.says_word("result-honesty-how").says("+ ۱۰۰) × ۱۰۰ =");
    both(&town.browser("governor"), &sheet(LAST, "GEN-02"));
}

#[test]
fn an_agency_objects_from_its_sheet_while_the_days_last_and_reads_a_role_never_a_name() {
    let town = Town::new();
    town.hand_in("INF-01");
    town.go_to(State::UnderReview);
    town.judge("INF-01");
    town.go_to(State::ObjectionOpen);
    let objection = format!("/{OPEN}/agencies/INF-01/objections/RSP-02");
    let manager = town.manager_of("INF-01");
    let page = manager.open(&sheet(OPEN, "INF-01"));
    assert!(page.links().contains(&objection));
    page.says("سند دیده شد").says_word("result-by-first");
    page.lacks("کارمند auditor");
    both(&manager, &sheet(OPEN, "INF-01"));
    let lead = town.browser("lead").open(&sheet(OPEN, "INF-01"));
    assert!(!lead.links().contains(&objection));
    town.go_to(State::Final);
    let after = town.manager_of("INF-01").open(&sheet(OPEN, "INF-01"));
    assert!(!after.links().contains(&objection));
    after
        .says_word("result-past")
        .says_word("result-indicators");
    let other = town.manager_of("INF-02").open(&sheet(OPEN, "INF-01"));
    other.lacks("سند دیده شد");
}

fn what_if(agency: &str) -> String {
    format!("/{LAST}/agencies/{agency}/what-if")
}

#[test]
fn an_agency_tries_other_values_and_nothing_is_saved() {
    let town = Town::new();
    let manager = town.manager_of("INF-01");
    both(&manager, &what_if("INF-01"));
    let before = town.log().len();
    let page = manager.open(&what_if("INF-01"));
    let tried = page
        .links()
        .into_iter()
        .find(|link| link.contains("what-if?"));
    let better = manager.open(&tried.expect("a step that helps"));
    better.says("امتیاز از");
    let bad = manager.get(&format!("{}?DSP-04=140&DSP-03=x", what_if("INF-01")));
    bad.is(422).says("عدد باید بین ۰ و ۱۰۰ باشد");
    assert!(bad.html().contains("value=\"140\""), "typed words stay");
    assert_eq!(town.log().len(), before);
    manager.get(&what_if("INF-02")).is(404);
    town.browser("governor").get(&what_if("INF-01")).is(404);
    town.browser("office").open(&what_if("INF-01"));
}

#[test]
fn each_step_of_the_way_to_the_next_grade_raises_the_score_and_the_last_one_reaches_it() {
    use mizan::domain::effect::Ground;
    use mizan::domain::improve::{self, Otherwise};
    let known = mizan::cli::score::built_in();
    let bytes = include_bytes!("../../seeds/demo/returns-1404-Q4.json");
    let returns = mizan::domain::returns::read(bytes, &known).unwrap_or_else(|_| panic!("sound"));
    let ground = Ground::of(returns);
    let framework = ground.returns().framework.clone();
    let codes = ground.cards().cards.iter().map(|card| card.agency.clone());
    let mut reached = 0;
    for agency in codes.step_by(6) {
        for one in improve::improvements(&ground, &agency).iter().take(3) {
            let values = vec![(one.indicator, one.to)];
            let other = Otherwise {
                values,
                facts: vec![],
            };
            let card = improve::what_if(&ground, &agency, &other).expect("there");
            assert_eq!(card.outcome.final_c, Some(one.score_c));
            assert_eq!(card.rank.map(|rank| rank.overall), one.rank);
        }
        let Some(next) = improve::next_grade(&ground, &agency) else {
            continue;
        };
        let Some(way) = improve::way_to_next_grade(&ground, &agency, 12) else {
            continue;
        };
        assert!(way.iter().all(|step| step.gain_c > 0));
        let last = way.last().expect("a step");
        assert!(last.score_c >= framework.grades[next.grade].min_c);
        assert_eq!(next.gate, None, "{agency}");
        reached += 1;
    }
    assert!(reached > 1);
}

/// How many statements a page asks the database for.
fn statements(town: &Town, of: impl Fn()) -> usize {
    use diesel::Connection;
    use diesel::connection::InstrumentationEvent;
    use std::sync::Arc;
    use std::sync::atomic::{AtomicUsize, Ordering};
    let count = Arc::new(AtomicUsize::new(0));
    let hands = count.clone();
    let watch = move |event: InstrumentationEvent<'_>| {
        if let InstrumentationEvent::StartQuery { query, .. } = event {
            hands.fetch_add(
                usize::from(query.to_string() != "SELECT 1"),
                Ordering::Relaxed,
            );
        }
    };
    let set = town.state.store.read(|conn| {
        conn.set_instrumentation(watch);
        Ok::<_, mizan::store::StoreError>(())
    });
    set.expect("the one reader is watched");
    of();
    count.load(Ordering::Relaxed)
}

#[test]
fn a_ranking_costs_the_same_few_statements_for_few_and_for_many_agencies() {
    let town = Town::new();
    let governor = town.browser("governor");
    let look = || {
        governor.open(&ranking(LAST));
    };
    governor.open(&format!("{}?sort=name", ranking(LAST)));
    let few = statements(&town, look);
    let again = statements(&town, look);
    town.wait(2);
    town.add_agencies_like(LAST, 600);
    let many = statements(&town, look);
    assert!(
        governor
            .open(&format!("{}?whole=1", ranking(LAST)))
            .html()
            .matches("/score\"")
            .count()
            > 600
    );
    assert_eq!((few, many), (8, 8));
    assert_eq!(again, 6, "what was printed from a result is sent again");
}

#[test]
fn a_page_of_the_checklist_asks_who_is_there_once() {
    let town = Town::new();
    let manager = town.manager_of("INF-01");
    let path = format!("/{OPEN}/agencies/INF-01/answers/DSP-02");
    let look = || {
        manager.open(&path);
    };
    let count = statements(&town, look);
    assert!(count <= 16, "{count} statements");
}

#[test]
fn the_analysis_is_called_so_and_leaves_the_official_result_alone() {
    let town = Town::new();
    let governor = town.browser("governor");
    let path = format!("/{LAST}/analysis");
    both(&governor, &path);
    let page = governor.open(&format!("{path}?a=INF-01&b=INF-02&k=5"));
    page.says_word("result-analysis-not-official")
        .says("درصد حالت‌ها «");
    let back = governor.open(&format!("{path}?a=INF-02&b=INF-01&k=x"));
    back.says("درصد حالت‌ها «");
    governor
        .open(&format!("{path}?a=INF-01&b=FRM-01"))
        .says_word("result-analysis-no-pair");
    town.manager_of("INF-01")
        .get(&format!("/{OPEN}/analysis"))
        .is(404);
}

#[test]
fn of_two_agencies_one_stands_above_as_often_as_the_other_stands_below() {
    use mizan::analysis::ranks::{Settings, study};
    let known = mizan::cli::score::built_in();
    let bytes = include_bytes!("../../seeds/demo/returns-1404-Q4.json");
    let returns = mizan::domain::returns::read(bytes, &known).unwrap_or_else(|_| panic!("sound"));
    let cards = mizan::domain::score::score(&returns).cards;
    let few = Settings {
        seed: 7,
        replications: 400,
        spread_pct: 25,
    };
    let study = study(&returns.framework, &cards, few);
    let placed: Vec<&str> = study_names(&cards);
    for pair in placed.windows(2) {
        let (Some(one), Some(other)) = (
            study.above_bp(pair[0], pair[1]),
            study.above_bp(pair[1], pair[0]),
        ) else {
            continue;
        };
        assert!((one + other - 10_000).abs() <= 1, "{pair:?} {one} {other}");
    }
    for agency in &placed {
        assert_eq!(study.first_bp(agency, cards.len()), Some(10_000));
        assert_eq!(study.last_bp(agency, cards.len()), Some(10_000));
        assert_eq!(study.first_bp(agency, 0), Some(0));
    }
    assert_eq!(study.above_bp(placed[0], placed[0]), None);
}

fn study_names(cards: &[mizan::domain::score::Scorecard]) -> Vec<&str> {
    let placed = cards.iter().filter(|card| card.rank.is_some());
    placed.map(|card| card.agency.as_str()).collect()
}

#[test]
fn a_filter_outlives_the_change_of_language() {
    let town = Town::new();
    let page = town
        .browser("governor")
        .open(&format!("/{LAST}/ranking?group=gen&sort=score"));
    let other = format!("/{LAST}/ranking?group=gen&sort=score&lang=en");
    let links = page.links();
    assert!(
        links.iter().any(|link| link.replace("&amp;", "&") == other),
        "{links:?}"
    );
}
