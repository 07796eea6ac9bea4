//! The general index: published tables recompute, and the known faults of other programs are not here.

mod exact;
mod places;
mod published;
mod refused;

use std::path::Path;

use mizan::analysis::index::compare::{Compared, columns, compare};
use mizan::analysis::index::method::{self, Method};
use mizan::analysis::index::moved::{Places, Settings};
use mizan::analysis::index::table::{self, Table};
use mizan::analysis::index::{Fault, Outcome, compute, moved};

fn case(name: &str, file: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases/index");
    std::fs::read_to_string(path.join(name).join(file)).expect("a case")
}

pub fn made(method: &str, values: &str) -> Result<Outcome, Vec<Fault>> {
    let method = method::read(method)?;
    compute(&method, &table::read(values, &method)?, None)
}

/// What a comparison with a published table says.
pub fn beside(method: &Method, outcome: &Outcome, published: &str) -> Result<Compared, Vec<Fault>> {
    let published = table::read_published(published, &method.id, &columns(outcome))?;
    compare(outcome, &published, method.tolerance, method.scale)
}

/// One node over columns a, b, c of weight 1, taken as they are.
pub fn plain(agg: &str) -> String {
    plain_with(agg, "")
}

pub fn plain_with(agg: &str, more: &str) -> String {
    let one = |code: &str| {
        format!(r#"{{"code": "{code}", "parent": "I", "norm": {{"method": "none"}}}}"#)
    };
    let indicators = [one("a"), one("b"), one("c")].join(",");
    format!(
        r#"{{"id": "u", "indicators": [{indicators}],
            "nodes": [{{"code": "I", "parent": null, "agg": "{agg}" {more}}}]}}"#
    )
}

fn scores(outcome: &Outcome) -> Vec<(String, Option<f64>, Option<f64>)> {
    let rows = outcome.units.iter().zip(&outcome.score).zip(&outcome.rank);
    let mut rows: Vec<_> = rows.map(|((u, s), r)| (u.clone(), *s, *r)).collect();
    rows.sort_by(|a, b| a.0.cmp(&b.0));
    rows
}

#[test]
fn published_tables_recompute_to_the_last_place() {
    for name in ["tai_ew", "random_coinr_60"] {
        let method = method::read(&case(name, "params.json")).expect("a method");
        let values = table::read(&case(name, "input.csv"), &method).expect("values");
        let outcome = compute(&method, &values, None).expect("an index");
        let found = beside(&method, &outcome, &case(name, "expected.csv")).expect("a table");
        assert!(found.is_same, "{name}: {}", found.report);
    }
}

#[test]
fn a_published_row_that_was_changed_is_named() {
    let method: Method = method::read(&case("random_coinr_60", "params.json")).expect("a method");
    let values = table::read(&case("random_coinr_60", "input.csv"), &method).expect("values");
    let outcome = compute(&method, &values, None).expect("an index");
    let changed = case("random_coinr_60", "expected.csv").replacen("53.01010508", "53.01010509", 1);
    let found = beside(&method, &outcome, &changed).expect("a table");
    assert!(
        !found.is_same && found.report.contains("U00000, D1"),
        "{}",
        found.report
    );
    assert!(
        found.report.contains("rows that do not recompute: 1 of 60"),
        "{}",
        found.report
    );
}

#[test]
fn a_tenth_and_two_tenths_stand_beside_three() {
    let values = "u,a,b,c\nx,0.1,0.2,0\ny,0.3,0,0\nz,0,0,0.3\n";
    let outcome = made(&plain("amean"), values).expect("an index");
    assert_eq!(outcome.rank, vec![Some(1.0); 3], "{:?}", outcome.score);
}

#[test]
fn one_missing_value_does_not_take_the_score() {
    for (agg, more) in [
        ("amean", ""),
        ("gmean", ""),
        ("hmean", ""),
        ("power", r#", "p": 0.5"#),
    ] {
        let outcome = made(&plain_with(agg, more), "u,a,b,c\nx,4,,4\ny,1,1,1\n");
        let outcome = outcome.expect("an index");
        assert!(
            (outcome.score[0].expect("a score") - 4.0).abs() < 1e-12,
            "{agg}"
        );
    }
    let refused = made(
        &plain_with("amean", r#", "missing": "refuse""#),
        "u,a,b,c\nx,4,,4\ny,1,1,1\n",
    );
    assert_eq!(refused.expect("an index").score, vec![None, Some(1.0)]);
}

#[test]
fn comparing_aggregations_are_blind_to_the_order_of_rows() {
    let rows = ["p,3,1,2", "q,2,3,1", "r,1,2,3", "s,3,1,2", "t,0,0,9"];
    for agg in ["copeland", "borda", "kemeny", "wmedian", "amean"] {
        let one = made(&plain(agg), &format!("u,a,b,c\n{}\n", rows.join("\n")));
        let mut turned = rows;
        turned.reverse();
        turned.swap(0, 2);
        let other = made(&plain(agg), &format!("u,a,b,c\n{}\n", turned.join("\n")));
        assert_eq!(
            scores(&one.expect("one")),
            scores(&other.expect("other")),
            "{agg}"
        );
    }
}

#[test]
fn a_draw_of_weights_is_a_draw_and_no_matter_of_floats() {
    // 0.1 + 0.2 against 0.3: neither is above the other.
    let one = |code: &str, weight: &str| {
        format!(
            r#"{{"code": "{code}", "parent": "I", "weight": {weight}, "norm": {{"method": "none"}}}}"#
        )
    };
    let indicators = [one("a", "0.1"), one("b", "0.2"), one("c", "0.3")].join(",");
    let method = format!(
        r#"{{"id": "u", "indicators": [{indicators}], "nodes": [{{"code": "I", "agg": "copeland"}}]}}"#
    );
    let outcome = made(&method, "u,a,b,c\nx,1,1,0\ny,0,0,1\n").expect("an index");
    assert_eq!(outcome.score, vec![Some(0.5), Some(0.5)]);
}

#[test]
fn the_order_of_kemeny_is_the_best_of_all_orders() {
    // The cycle p>q>r>p with one more voice for p>q and q>r.
    let values = "u,a,b,c\np,3,1,3\nq,2,3,2\nr,1,2,1\n";
    let outcome = made(&plain("kemeny"), values).expect("an index");
    assert_eq!(outcome.rank, vec![Some(1.0), Some(2.0), Some(3.0)]);
    let many: String = (0..13).map(|n| format!("u{n},{n},1,1\n")).collect();
    let refused = made(&plain("kemeny"), &format!("u,a,b,c\n{many}")).expect_err("too many");
    assert!(refused[0].says.contains("12"), "{refused:?}");
}

#[test]
fn benefit_of_the_doubt_gives_everybody_their_best_side() {
    let values = "u,a,b,c\nx,1,0,0\ny,0,1,0\nz,0.5,0.5,0\nw,0.2,0.1,0\n";
    let free = made(&plain("bod"), values).expect("an index");
    let near = |ours: &[Option<f64>], theirs: [f64; 4]| {
        let both = ours.iter().zip(theirs);
        both.for_each(|(a, b)| assert!((a.expect("a score") - b).abs() < 1e-9, "{ours:?}"));
    };
    near(&free.score, [1.0, 1.0, 1.0, 0.3]);
    let shared = plain_with("bod", r#", "weight_share_max": 0.5"#);
    let shared = made(&shared, "u,a,b,c\nz,0.5,0.5,0\nv,1,0.5,0\n").expect("an index");
    assert!(shared.score[1].expect("a score") >= shared.score[0].expect("a score"));
}

#[test]
fn places_on_rounded_scores_take_the_decimals_of_the_printed_score() {
    let rank = r#""score_decimals": 1, "rank": {"on": "rounded"}, "id""#;
    let method = plain("amean").replacen(r#""id""#, rank, 1);
    let outcome = made(
        &method,
        "u,a,b,c\nx,1.11,1.11,1.11\ny,1.14,1.14,1.14\nz,1.2,1.2,1.2\n",
    );
    let outcome = outcome.expect("an index");
    assert_eq!(outcome.rank, vec![Some(2.0), Some(2.0), Some(1.0)]);
}

/// A normalisation, the direction, and what becomes of 1, 2, 2 and 5.
const NORMS: [(&str, i32, [f64; 4]); 12] = [
    (
        r#"{"method": "minmax", "l_u": [0, 100]}"#,
        1,
        [0.0, 25.0, 25.0, 100.0],
    ),
    (
        r#"{"method": "minmax", "l_u": [0, 100]}"#,
        -1,
        [100.0, 75.0, 75.0, 0.0],
    ),
    (
        r#"{"method": "goalposts", "lo": 0, "hi": 4, "clip": true}"#,
        1,
        [0.25, 0.5, 0.5, 1.0],
    ),
    (r#"{"method": "rank"}"#, 1, [1.0, 2.0, 2.0, 4.0]),
    (r#"{"method": "rank"}"#, -1, [4.0, 2.0, 2.0, 1.0]),
    (r#"{"method": "borda"}"#, 1, [0.0, 1.0, 1.0, 3.0]),
    (
        r#"{"method": "percentile_rank"}"#,
        1,
        [0.0, 1.0 / 3.0, 1.0 / 3.0, 1.0],
    ),
    (
        r#"{"method": "distance_to_max"}"#,
        1,
        [0.0, 0.25, 0.25, 1.0],
    ),
    (
        r#"{"method": "distance_to_reference", "unit": "x", "cap": true}"#,
        1,
        [0.0, 1.0, 1.0, 1.0],
    ),
    (r#"{"method": "fraction_of_max"}"#, 1, [0.2, 0.4, 0.4, 1.0]),
    (
        r#"{"method": "categorical", "bounds": [2, 5], "scores": [0, 1, 3]}"#,
        1,
        [0.0, 1.0, 1.0, 3.0],
    ),
    (
        r#"{"method": "above_below_mean"}"#,
        1,
        [-1.0, -1.0, -1.0, 1.0],
    ),
];

#[test]
fn every_normalisation_says_what_it_is_documented_to_say() {
    let values = "u,a\nw,1\nx,2\ny,2\nz,5\n";
    let with = |norm: &str, direction: i32| -> Vec<f64> {
        let method = format!(
            r#"{{"id": "u", "indicators": [{{"code": "a", "parent": "I", "direction": {direction},
                "norm": {norm}}}], "nodes": [{{"code": "I"}}]}}"#
        );
        let outcome = made(&method, values).expect(norm);
        outcome.score.iter().map(|v| v.expect("a value")).collect()
    };
    for (norm, direction, expected) in NORMS {
        for (ours, theirs) in with(norm, direction).iter().zip(expected) {
            assert!(
                (ours - theirs).abs() < 1e-12,
                "{norm} {direction}: {ours} {theirs}"
            );
        }
    }
}

#[test]
fn ties_are_placed_as_asked() {
    let with = |ties: &str| {
        let rank = format!(r#""rank": {{"ties": "{ties}"}}, "nodes""#);
        let method = plain("amean").replace("\"nodes\"", &rank);
        made(&method, "u,a,b,c\nw,1,1,1\nx,2,2,2\ny,2,2,2\nz,3,3,3\n")
            .expect("an index")
            .rank
    };
    let some = |ranks: [f64; 4]| ranks.map(Some).to_vec();
    assert_eq!(with("min"), some([4.0, 2.0, 2.0, 1.0]));
    assert_eq!(with("dense"), some([3.0, 2.0, 2.0, 1.0]));
    assert_eq!(with("average"), some([4.0, 2.5, 2.5, 1.0]));
    assert_eq!(with("ordinal"), some([4.0, 2.0, 3.0, 1.0]));
}

#[test]
fn missing_values_are_completed_as_asked() {
    let with = |impute: &str| {
        let method =
            plain("amean").replacen(r#""norm""#, &format!(r#""impute": "{impute}", "norm""#), 1);
        let method = method.replace(r#""id": "u","#, r#""id": "u", "group": "g","#);
        let method = method::read(&method).expect("a method");
        let values = "u,g,a,b,c\nw,1,1,0,0\nx,1,,0,0\ny,2,8,0,0\nz,2,9,0,0\n";
        let read = |text: &str| -> Table { table::read(text, &method).expect("values") };
        let before = read("u,g,a,b,c\nx,1,5,0,0\n");
        let outcome = compute(&method, &read(values), Some(&before)).expect("an index");
        outcome.normalised[0].1[1].expect("completed")
    };
    assert_eq!(with("mean"), 6.0);
    assert_eq!(with("median"), 8.0);
    assert_eq!(with("group_mean"), 1.0);
    assert_eq!(with("previous"), 5.0);
}

fn moved_ranks(replications: u32, spread_pct: u64, threads: usize) -> Vec<Option<Places>> {
    let method = method::read(&case("random_coinr_60", "params.json")).expect("a method");
    let values = table::read(&case("random_coinr_60", "input.csv"), &method).expect("values");
    let how = Settings {
        seed: 7,
        replications,
        spread_pct,
        threads,
    };
    moved(&method, &values, None, how, |_| {}).expect("places")
}

#[test]
fn moved_weights_give_the_same_places_for_any_number_of_threads() {
    let one = moved_ranks(333, 25, 1);
    assert_eq!(one, moved_ranks(333, 25, 2));
    assert_eq!(one, moved_ranks(333, 25, 5));
    let places: Vec<Places> = one.into_iter().flatten().collect();
    assert!(
        places
            .iter()
            .all(|p| p.best <= p.p05 && p.p05 <= p.p50 && p.p95 <= p.worst)
    );
    assert!(places.iter().any(|p| p.p05 < p.p95), "weights were moved");
}

#[test]
fn weights_that_do_not_move_give_the_published_ranks() {
    let method = method::read(&case("random_coinr_60", "params.json")).expect("a method");
    let published = case("random_coinr_60", "expected.csv");
    let published = table::read_published(&published, &method.id, &["rank".to_owned()]);
    let published = published.expect("a table");
    let ranks = published.column("rank").expect("ranks");
    for (place, rank) in moved_ranks(5, 0, 1).iter().zip(ranks) {
        let place = place.expect("a place");
        assert_eq!(f64::from(place.p50), *rank);
        assert_eq!((place.best, place.worst), (place.p50, place.p50));
    }
}
