//! The properties of the general index.

use proptest::prelude::*;
use proptest::sample::{Index, select};

use mizan::analysis::index::moved::Settings;
use mizan::analysis::index::{Outcome, compute, moved};

use super::config;
use super::tables::{Drawn, table};

const AGGREGATIONS: [&str; 9] = [
    "amean", "gmean", "hmean", "power", "wmedian", "copeland", "borda", "kemeny", "bod",
];
/// Those that never take from a unit what it gained itself.
const RISING: [&str; 6] = ["amean", "gmean", "hmean", "power", "wmedian", "borda"];
const FIXED: &str = r#"{"method": "goalposts", "lo": 0, "hi": 101}"#;
const MINMAX: &str = r#"{"method": "minmax", "l_u": [1, 100]}"#;

fn is_near(one: Option<f64>, other: Option<f64>) -> bool {
    match (one, other) {
        (Some(one), Some(other)) => (one - other).abs() <= 1e-9 * one.abs().max(1.0),
        (one, other) => one == other,
    }
}

/// The positive side of everything: for means that have no place for zero and below.
fn upright(mut drawn: Drawn) -> Drawn {
    drawn.directions.fill(1);
    drawn
}

/// The plain weighted mean over both levels, written down once more without any haste.
fn by_hand(drawn: &Drawn, outcome: &Outcome, row: usize) -> Option<f64> {
    let halves = if drawn.weights.len() > 2 { 2 } else { 1 };
    let mean = |pairs: Vec<(f64, Option<f64>)>| {
        let there: Vec<(f64, f64)> = pairs
            .into_iter()
            .filter_map(|(w, v)| Some((w, v?)))
            .collect();
        let all: f64 = there.iter().map(|(weight, _)| weight).sum();
        let sum: f64 = there.iter().map(|(weight, value)| weight * value).sum();
        (all > 0.0).then(|| sum / all)
    };
    let node = |n: usize| {
        let own = (0..drawn.weights.len()).filter(|j| j % halves == n);
        mean(
            own.map(|j| (drawn.weights[j], outcome.normalised[j].1[row]))
                .collect(),
        )
    };
    mean((0..halves).map(|n| (n as f64 + 1.0, node(n))).collect())
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn the_unit_of_a_column_is_irrelevant(drawn in table(12), factor in 1..5_000_u32, shift in -50..50_i32) {
        let method = drawn.method(MINMAX, "amean", "");
        let Some(before) = drawn.index(&method) else { return Ok(()) };
        let mut scaled = drawn.clone();
        for value in scaled.values.iter_mut().flatten().flatten() {
            *value = *value * f64::from(factor) / 32.0 + f64::from(shift);
        }
        let after = scaled.index(&method).expect("it can be compared as before");
        for (one, other) in before.score.iter().zip(&after.score) {
            prop_assert!(is_near(*one, *other), "{one:?} {other:?}");
        }
    }

    #[test]
    fn the_order_of_rows_is_irrelevant(drawn in table(9), agg in select(&AGGREGATIONS[..]), keys in prop::collection::vec(any::<u32>(), 9)) {
        let drawn = upright(drawn);
        let method = drawn.method(MINMAX, agg, "");
        let Some(before) = drawn.index(&method) else { return Ok(()) };
        let mut order = drawn.all();
        order.sort_by_key(|row| keys[*row]);
        let after = compute(&method, &drawn.rows(&order, &method), None).expect("an index");
        for (place, row) in order.iter().enumerate() {
            prop_assert!(is_near(after.score[place], before.score[*row]), "{agg}");
            prop_assert_eq!(after.rank[place], before.rank[*row], "{}", agg);
        }
    }

    #[test]
    fn a_better_value_never_costs_score_or_place(drawn in table(9), agg in select(&RISING[..]), which: Index, column: Index, more in 1..1_000_u32) {
        let drawn = upright(drawn);
        let method = drawn.method(FIXED, agg, "");
        let (row, column) = (which.index(drawn.values.len()), column.index(drawn.weights.len()));
        let mut better = drawn.clone();
        let Some(value) = better.values[row][column].as_mut() else { return Ok(()) };
        *value += f64::from(more) / 100.0;
        let (Some(before), Some(after)) = (drawn.index(&method), better.index(&method)) else { return Ok(()) };
        let (was, is) = (before.score[row].expect("a score"), after.score[row].expect("a score"));
        prop_assert!(is >= was - 1e-12, "{agg}: {was} {is}");
        if agg != "borda" {
            prop_assert!(after.rank[row] <= before.rank[row], "{agg}");
        }
    }

    #[test]
    fn scores_are_the_weighted_means_and_nothing_else(drawn in table(12)) {
        let method = drawn.method(MINMAX, "amean", "");
        let Some(outcome) = drawn.index(&method) else { return Ok(()) };
        for row in 0..drawn.values.len() {
            prop_assert!(is_near(outcome.score[row], by_hand(&drawn, &outcome, row)));
        }
    }

    #[test]
    fn places_sum_to_what_they_must(drawn in table(12), agg in select(&AGGREGATIONS[..])) {
        let drawn = upright(drawn);
        let method = drawn.method(MINMAX, agg, r#", "rank": {"ties": "average"}"#);
        let Some(outcome) = drawn.index(&method) else { return Ok(()) };
        let ranked = outcome.score.iter().flatten().count() as f64;
        let sum: f64 = outcome.rank.iter().flatten().sum();
        prop_assert_eq!(sum, ranked * (ranked + 1.0) / 2.0);
        prop_assert!(outcome.score.iter().flatten().all(|score| score.is_finite()));
    }

    #[test]
    fn a_higher_score_is_a_better_place_and_an_equal_one_the_same(drawn in table(12), agg in select(&AGGREGATIONS[..])) {
        let drawn = upright(drawn);
        let method = drawn.method(MINMAX, agg, "");
        let Some(outcome) = drawn.index(&method) else { return Ok(()) };
        let both: Vec<(f64, f64)> = outcome.score.iter().zip(&outcome.rank)
            .filter_map(|(score, rank)| Some(((*score)?, (*rank)?)))
            .collect();
        for (score, rank) in &both {
            let above = both.iter().filter(|(other, _)| *other > score + 1e-9 * score.abs().max(1.0)).count();
            let upto = both.iter().filter(|(other, _)| *other > score - 1e-9 * score.abs().max(1.0)).count();
            prop_assert!(*rank as usize > above && *rank as usize <= upto.max(1), "{both:?}");
        }
    }

    #[test]
    fn who_leaves_changes_nobody_elses_score_or_order(drawn in table(10), agg in select(&RISING[..5]), which: Index) {
        let drawn = upright(drawn);
        let method = drawn.method(FIXED, agg, "");
        let Some(before) = drawn.index(&method) else { return Ok(()) };
        let mut order = drawn.all();
        order.remove(which.index(order.len()));
        let Ok(after) = compute(&method, &drawn.rows(&order, &method), None) else { return Ok(()) };
        for (place, row) in order.iter().enumerate() {
            prop_assert_eq!(after.score[place], before.score[*row]);
            for (other_place, other_row) in order.iter().enumerate() {
                let was = before.rank[*row].partial_cmp(&before.rank[*other_row]);
                prop_assert_eq!(after.rank[place].partial_cmp(&after.rank[other_place]), was);
            }
        }
    }

    #[test]
    fn a_value_that_nobody_lacks_or_has_more_of_decides_nothing(drawn in table(9), agg in select(&["amean", "wmedian", "copeland", "borda", "kemeny"][..])) {
        let drawn = upright(drawn);
        let mut same = drawn.clone();
        for row in &mut same.values {
            row.iter_mut().for_each(|cell| *cell = Some(3.0));
        }
        let outcome = same.index(&same.method(FIXED, agg, "")).expect("an index");
        prop_assert!(outcome.rank.iter().all(|rank| *rank == Some(1.0)), "{agg}: {:?}", outcome.rank);
    }

    #[test]
    fn moved_weights_find_the_same_places_with_any_number_of_hands(drawn in table(12), seed: u64, replications in 1..300_u32, threads in 2..5_usize) {
        let method = drawn.method(MINMAX, "amean", "");
        let values = drawn.rows(&drawn.all(), &method);
        let run = |threads| {
            let how = Settings { seed, replications, spread_pct: 25, threads };
            moved(&method, &values, None, how, |_| {})
        };
        let Ok(alone) = run(1) else { return Ok(()) };
        let count = alone.iter().flatten().count() as u32;
        for places in alone.iter().flatten() {
            let in_order = [1, places.best, places.p05, places.p50, places.p95, places.worst, count];
            prop_assert!(in_order.is_sorted(), "{places:?} of {count}");
        }
        prop_assert_eq!(Some(alone), run(threads).ok());
    }
}
