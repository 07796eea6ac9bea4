//! Scores, ties and shares as exact arithmetic has them, where floats alone would mislead.

use mizan::analysis::index::{Fault, Outcome, printed};

use super::{made, plain, plain_with};

/// One node over the columns named, each taken as it is but for what `more` adds.
fn over(columns: &[&str], agg: &str, node: &str, more: &str) -> String {
    let one = |code: &&str| {
        let norm = if more.contains("\"norm\"") {
            String::new()
        } else {
            r#", "norm": {"method": "none"}"#.to_owned()
        };
        format!(r#"{{"code": "{code}", "parent": "I" {norm} {more}}}"#)
    };
    let indicators: Vec<String> = columns.iter().map(one).collect();
    let indicators = indicators.join(",");
    format!(
        r#"{{"id": "u", "group": "g", "indicators": [{indicators}],
            "nodes": [{{"code": "I", "agg": "{agg}" {node}}}]}}"#
    )
}

fn single(norm: &str) -> String {
    over(&["a"], "amean", "", &format!(r#", "norm": {norm}"#)).replace(r#""group": "g","#, "")
}

fn top(method: &str, member: &str) -> String {
    method.replacen(r#""id""#, &format!(r#"{member}, "id""#), 1)
}

fn free(columns: &[&str], agg: &str, node: &str) -> String {
    over(columns, agg, node, "").replace(r#""group": "g","#, "")
}

fn refused(method: &str, values: &str) -> Vec<Fault> {
    match made(method, values) {
        Ok(outcome) => panic!("{:?}", outcome.score),
        Err(faults) => faults,
    }
}

fn near(outcome: &Outcome, expected: &[f64]) {
    for (ours, theirs) in outcome.score.iter().zip(expected) {
        let ours = ours.expect("a score");
        assert!(
            (ours - theirs).abs() <= 1e-12 * theirs.abs(),
            "{ours} {theirs}"
        );
    }
}

#[test]
fn benefit_of_the_doubt_does_not_depend_on_the_unit_of_a_column() {
    let rows = [
        (1.0, 0.2),
        (0.9, 0.5),
        (0.6, 0.75),
        (0.3, 0.95),
        (0.1, 1.0),
        (0.5, 0.5),
        (0.42, 0.31),
    ];
    for node in [
        "",
        r#", "weight_share_min": 0.1"#,
        r#", "weight_share_max": 0.7"#,
    ] {
        let with = |scales: [f64; 2]| {
            let lines = rows
                .iter()
                .enumerate()
                .map(|(at, (a, b))| format!("x{at},{},{}\n", a * scales[0], b * scales[1]));
            let values = format!("u,a,b\n{}", lines.collect::<String>());
            made(&free(&["a", "b"], "bod", node), &values).expect("an index")
        };
        let plain: Vec<f64> = with([1.0, 1.0]).score.into_iter().flatten().collect();
        assert!(plain[5] < 0.9 && plain[6] < 0.7, "{plain:?}");
        for scales in [[1e6, 1e6], [1e-9, 1e9], [1e12, 3.0], [1e-200, 1e200]] {
            near(&with(scales), &plain);
        }
    }
}

#[test]
fn benefit_of_the_doubt_on_money_and_people_is_the_exact_fraction() {
    // Against (1839758, 999) and (5, 211050) the third has 0.151 of the line between them.
    let values = "u,a,b\nx,2000000,1000\ny,1000,200000\nz,151000,15100\n";
    let outcome = made(&free(&["a", "b"], "bod", ""), values).expect("an index");
    // The line through x and y: 2000000 w + 1000 v = 1 = 1000 w + 200000 v.
    let det = 2_000_000.0 * 200_000.0 - 1000.0 * 1000.0;
    let (w, v) = ((200_000.0 - 1000.0) / det, (2_000_000.0 - 1000.0) / det);
    near(&outcome, &[1.0, 1.0, 151_000.0 * w + 15_100.0 * v]);
}

#[test]
fn shares_that_nothing_satisfies_are_refused_with_row_and_node() {
    for (node, values, row) in [
        (
            r#", "weight_share_max": 0.5"#,
            "u,a,b\nx,9,\ny,3,4\nz,1,1\n",
            "x",
        ),
        (r#", "weight_share_min": 0.6"#, "u,a,b\nx,9,1\n", "x"),
        (r#", "weight_share_min": 0.1"#, "u,a,b\nx,9,1\ny,3,0\n", "y"),
    ] {
        let faults = refused(&free(&["a", "b"], "bod", node), values);
        assert_eq!(
            faults[0].at,
            format!("row {row:?}, column \"I\""),
            "{faults:?}"
        );
        assert!(faults[0].says.contains("no weights satisfy"), "{faults:?}");
    }
    refused(
        &free(&["a"], "bod", r#", "weight_share_max": 0.6"#),
        "u,a\nx,1\n",
    );
    let fifth = free(
        &["a", "b", "c", "d", "e"],
        "bod",
        r#", "weight_share_min": 0.2"#,
    );
    let outcome = made(&fifth, "u,a,b,c,d,e\nx,1,1,1,1,1\ny,1,2,1,2,1\n").expect("five fifths");
    near(&outcome, &[1.0 / 1.4, 1.0]);
}

#[test]
fn a_child_that_weighs_nothing_is_no_benefit_of_the_doubt() {
    let weighed =
        free(&["a", "b"], "bod", "").replacen(r#""code": "b""#, r#""weight": 0, "code": "b""#, 1);
    let outcome = made(&weighed, "u,a,b\nx,1,9\ny,2,1\n").expect("an index");
    near(&outcome, &[0.5, 1.0]);
}

#[test]
fn printed_scores_have_the_digits_of_the_score() {
    for (decimals, value, is) in [
        (6, "12345678.1234564", "12345678.123456"),
        (6, "98765432.9999994", "98765432.999999"),
        (10, "12345.123456789", "12345.1234567890"),
        (15, "0.1", "0.100000000000000"),
        (15, "123456789.123", "123456789.123000000000000"),
        (2, "1.005", "1.01"),
        (2, "-2.675", "-2.67"),
        (2, "-2.6751", "-2.68"),
        (0, "0.5", "1"),
        (0, "-0.5", "0"),
        (0, "2.4999999", "2"),
        (2, "0.0049", "0.00"),
        (2, "1e300", ""),
    ] {
        let method = top(
            &free(&["a"], "amean", ""),
            &format!(r#""score_decimals": {decimals}"#),
        );
        let values = format!("u,a\nx,{value}\n");
        let score = made(&method, &values).expect("an index").score[0].expect("a score");
        if !is.is_empty() {
            assert_eq!(printed(score, decimals), is, "{value} with {decimals}");
        }
    }
    // A half that floats missed is a half.
    let method = top(&plain("amean"), r#""score_decimals": 2"#);
    let outcome = made(&method, "u,a,b,c\nx,1.005,1.005,1.005\ny,0.1,0.2,0.555\n");
    assert_eq!(outcome.expect("an index").score, [Some(1.01), Some(0.29)]);
}

#[test]
fn a_column_that_is_constant_once_it_is_completed_is_refused() {
    for value in ["0.1", "0.7", "0.3"] {
        for norm in ["minmax", "zscore", "distance_to_max"] {
            for impute in ["mean", "group_mean", "median"] {
                let more = format!(r#", "impute": "{impute}", "norm": {{"method": "{norm}"}}"#);
                let values = format!("u,g,a\nx,1,{value}\ny,1,{value}\nz,1,{value}\nw,1,\n");
                let faults = refused(&over(&["a"], "amean", "", &more), &values);
                assert!(faults[0].says.contains("same value"), "{faults:?}");
            }
        }
    }
    let capped = over(
        &["a"],
        "amean",
        "",
        r#", "cap": [0.2, 0.7], "impute": "mean", "norm": {"method": "minmax"}"#,
    );
    refused(&capped, "u,g,a\nx,1,5\ny,1,6\nz,1,7\nw,1,\n");
}

#[test]
fn who_is_at_the_mean_is_neither_above_nor_below_whatever_the_order() {
    let method = single(r#"{"method": "above_below_mean"}"#);
    for values in ["u,a\nx,0.1\ny,0.2\nz,0.3\n", "u,a\nz,0.3\ny,0.2\nx,0.1\n"] {
        let outcome = made(&method, values).expect("an index");
        let row = outcome
            .units
            .iter()
            .position(|unit| unit == "y")
            .expect("a row");
        assert_eq!(outcome.score[row], Some(0.0));
    }
}

#[test]
fn half_of_the_weight_is_half_of_the_weight() {
    let mut method = plain_with("amean", r#", "min_share": 0.5"#);
    for (code, weight) in [("a", 0.1), ("b", 0.2), ("c", 0.3)] {
        let own = format!(r#""code": "{code}""#);
        method = method.replacen(&own, &format!(r#"{own}, "weight": {weight}"#), 1);
    }
    let outcome = made(&method, "u,a,b,c\nx,1,1,\ny,,,1\nz,,1,\n").expect("an index");
    assert_eq!(outcome.score, [Some(1.0), Some(1.0), None]);
}

#[test]
fn an_outlier_does_not_make_the_others_equal() {
    let values = "u,a\nx,1e13\ny,1\nz,2\nw,3\n";
    for agg in ["amean", "copeland", "borda", "kemeny"] {
        let outcome = made(&free(&["a"], agg, ""), values).expect("an index");
        let places = [1.0, 4.0, 3.0, 2.0].map(Some);
        assert_eq!(outcome.rank, places, "{agg}");
    }
    let ranked = made(&single(r#"{"method": "rank"}"#), values).expect("an index");
    assert_eq!(ranked.score, [4.0, 1.0, 2.0, 3.0].map(Some));
    let close = made(
        &free(&["a"], "copeland", ""),
        "u,a\nx,10000000000000\ny,10000000000001\n",
    );
    assert_eq!(close.expect("an index").score, [Some(0.0), Some(1.0)]);
}

#[test]
fn what_cancels_out_leaves_no_winner() {
    let mut method = plain("amean");
    method = method.replacen(r#""code": "c""#, r#""direction": -1, "code": "c""#, 1);
    let outcome = made(&method, "u,a,b,c\nx,0.1,0.2,0.3\ny,0,0,0\nz,1,2,3\n").expect("an index");
    assert_eq!(outcome.rank, vec![Some(1.0); 3], "{:?}", outcome.score);
}

#[test]
fn what_would_turn_better_into_worse_is_refused() {
    let values = "u,a\nx,10\ny,15\nz,20\n";
    for (norm, values, at) in [
        (
            r#"{"method": "distance_to_target", "target": 5, "cap": true}"#,
            values,
            "column \"a\"",
        ),
        (
            r#"{"method": "fraction_of_max"}"#,
            "u,a\nx,-10\ny,-5\nz,-1\n",
            "column \"a\"",
        ),
        (
            r#"{"method": "zscore", "sd": 0}"#,
            values,
            "/indicators/0/norm/sd",
        ),
        (
            r#"{"method": "zscore", "sd": -5}"#,
            values,
            "/indicators/0/norm/sd",
        ),
        (
            r#"{"method": "above_below_mean", "theta": -1}"#,
            values,
            "/indicators/0/norm/theta",
        ),
        (
            r#"{"method": "minmax", "l_u": [1, 1]}"#,
            values,
            "/indicators/0/norm/l_u",
        ),
        (
            r#"{"method": "minmax", "l_u": [10, 1]}"#,
            values,
            "/indicators/0/norm/l_u",
        ),
        (
            r#"{"method": "goalposts", "lo": -1e308, "hi": 1e308}"#,
            values,
            "/indicators/0/norm/hi",
        ),
    ] {
        let faults = refused(&single(norm), values);
        assert_eq!(faults[0].at, at, "{norm}: {faults:?}");
    }
    let far = single(r#"{"method": "distance_to_target", "target": 50, "cap": true}"#);
    refused(
        &far.replacen(r#""code""#, r#""direction": -1, "code""#, 1),
        values,
    );
    let squares = refused(&plain_with("power", r#", "p": 2"#), "u,a,b,c\nx,1,-3,1\n");
    assert_eq!(squares[0].at, "row \"x\", column \"b\"");
}

#[test]
fn means_of_any_power_are_what_they_are_and_lose_nothing_on_the_way() {
    let geometric = 0.125_f64.sqrt();
    for (p, x) in [
        ("2000", 0.5 * 0.5_f64.powf(1.0 / 2000.0)),
        ("-2000", 0.25 * 0.5_f64.powf(-1.0 / 2000.0)),
        ("800", 0.5 * 0.5_f64.powf(1.0 / 800.0)),
        ("1e308", 0.5),
        // A small power moves it by half the variance of the logarithms.
        (
            "1e-9",
            geometric * (1.0 + 1e-9 * 0.5_f64.ln().powi(2) / 8.0),
        ),
        ("1e-15", geometric),
        ("0", geometric),
        ("2", 0.156_25_f64.sqrt()),
    ] {
        let method = free(&["a", "b"], "power", &format!(r#", "p": {p}"#));
        let outcome = made(&method, "u,a,b\nx,0.5,0.25\ny,0.3,0.3\n").expect("an index");
        near(&outcome, &[x, 0.3]);
    }
    let plain = made(
        &free(&["a", "b"], "power", r#", "p": 1"#),
        "u,a,b\nx,-3,1\n",
    );
    near(&plain.expect("an index"), &[-1.0]);
    let tiny = made(
        &free(&["a", "b"], "hmean", ""),
        "u,a,b\nx,1e-310,1\ny,1,1\n",
    )
    .expect("an index");
    assert!(
        (tiny.score[0].expect("a score") / 2e-310 - 1.0).abs() < 1e-9,
        "{:?}",
        tiny.score
    );
}

#[test]
fn great_deviations_are_compared_and_not_called_constant() {
    let outcome = made(
        &single(r#"{"method": "zscore"}"#),
        "u,a\nx,1e200\ny,-1e200\nz,0\n",
    );
    near(&outcome.expect("an index"), &[1.0, -1.0, 0.0]);
}

#[test]
fn places_on_rounded_scores_need_decimals() {
    let faults = refused(
        &top(&plain("amean"), r#""rank": {"on": "rounded"}"#),
        "u,a,b,c\nx,1,1,1\n",
    );
    assert_eq!(faults[0].at, "/rank/decimals");
    assert!(faults[0].says.contains("need decimals"), "{faults:?}");
}

#[test]
fn the_last_digits_do_not_depend_on_the_order_of_rows() {
    let rows = [
        "a,0.1",
        "b,0.7",
        "c,1234.3",
        "d,0.001",
        "e,-7.77",
        "f,0.3",
        "g,99999.9",
    ];
    let with = |rows: &[&str]| {
        let method = single(r#"{"method": "zscore"}"#);
        let outcome = made(&method, &format!("u,a\n{}\n", rows.join("\n"))).expect("an index");
        let mut both: Vec<_> = outcome.units.into_iter().zip(outcome.score).collect();
        both.sort_by(|one, other| one.0.cmp(&other.0));
        both
    };
    let mut turned = rows;
    turned.reverse();
    turned.swap(1, 4);
    assert_eq!(with(&rows), with(&turned));
}
