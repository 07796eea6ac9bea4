//! What the general index refuses, and where it says so.

use mizan::analysis::index::method;

use super::{made, plain};

#[test]
fn what_cannot_be_computed_is_refused_with_its_row_and_column() {
    let minmax = plain("amean").replace(r#""method": "none""#, r#""method": "minmax""#);
    let geometric = plain("gmean");
    let tries = [
        (
            plain("amean"),
            "u,a,b,c\nx,1,2,three\n",
            "column \"c\"",
            "not a number",
        ),
        (
            plain("amean"),
            "u,a,b,c\nx,1,2,NaN\n",
            "row \"x\"",
            "not a number",
        ),
        (
            plain("amean"),
            "u,a,b,c\nx,1,2,3\nx,1,2,3\n",
            "line 3",
            "twice",
        ),
        (
            plain("amean"),
            "u,a,b\nx,1,2\n",
            "column \"c\"",
            "no such column",
        ),
        (plain("amean"), "u,a,b,c\nx,1,2\n", "line 2", "cells"),
        (
            minmax,
            "u,a,b,c\nx,1,2,3\ny,1,3,4\n",
            "column \"a\"",
            "same value",
        ),
        (geometric, "u,a,b,c\nx,1,0,3\n", "column \"b\"", "no place"),
    ];
    for (method, values, at, says) in tries {
        let faults = made(&method, values).expect_err(values);
        assert!(
            faults[0].at.contains(at) && faults[0].says.contains(says),
            "{faults:?}"
        );
    }
    let zero = plain("amean").replace(r#""parent": "I""#, r#""parent": "I", "weight": 0"#);
    let faults = method::read(&zero).expect_err("no weight");
    assert!(faults[0].says.contains("zero weights"), "{faults:?}");
}

#[test]
fn a_constant_column_is_refused_and_never_becomes_nan() {
    for norm in [
        r#""method": "minmax""#,
        r#""method": "zscore""#,
        r#""method": "distance_to_max""#,
        r#""method": "distance_to_target", "target": 2"#,
        r#""method": "distance_to_reference", "unit": "x""#,
    ] {
        let method = plain("amean").replace(r#""method": "none""#, norm);
        let faults = made(&method, "u,a,b,c\nx,2,1,3\ny,2,3,1\n").expect_err(norm);
        assert!(faults[0].at.contains("\"a\""), "{norm}: {faults:?}");
    }
    let ranked = plain("amean").replace(r#""method": "none""#, r#""method": "percentile_rank""#);
    let outcome = made(&ranked, "u,a,b,c\nx,2,1,3\ny,2,3,1\n").expect("places are places");
    assert!(
        outcome
            .score
            .iter()
            .flatten()
            .all(|score| score.is_finite())
    );
}

#[test]
fn a_method_out_of_bounds_is_refused_with_its_place() {
    let with = |member: &str| plain("amean").replacen(r#""id""#, &format!(r#"{member}, "id""#), 1);
    for (member, at) in [
        (r#""score_decimals": 400"#, "/score_decimals"),
        (r#""score_decimals": -1"#, "/score_decimals"),
        (
            r#""rank": {"on": "rounded", "decimals": 99}"#,
            "/rank/decimals",
        ),
        (r#""screen": {"units": 1.5}"#, "/screen/units"),
        (r#""scale": 0"#, "/scale"),
        (r#""tolerance": -1"#, "/tolerance"),
    ] {
        let faults = method::read(&with(member)).expect_err(member);
        assert_eq!(faults[0].at, at, "{faults:?}");
    }
    for weight in ["1e300", "1e-300"] {
        let weighed =
            plain("copeland").replacen(r#""norm""#, &format!(r#""weight": {weight}, "norm""#), 1);
        let faults = method::read(&weighed).expect_err(weight);
        assert!(faults[0].says.contains("a weight is"), "{faults:?}");
    }
}

#[test]
fn what_leaves_the_range_of_numbers_is_refused_and_never_printed() {
    let values = "u,a,b,c\nx,1e308,1e308,1e308\ny,-1e308,1,1\n";
    let minmax = plain("amean").replace(r#""method": "none""#, r#""method": "minmax""#);
    let scaled = plain("amean").replacen(r#""id""#, r#""scale": 1e9, "id""#, 1);
    for method in [minmax, scaled] {
        let faults = made(&method, values).expect_err(&method);
        assert!(
            faults[0].says.contains("beyond what can be computed"),
            "{faults:?}"
        );
    }
}

#[test]
fn what_cannot_be_read_in_a_method_names_the_indicator() {
    let wrong = plain("amean").replacen(r#""method": "none""#, r#""method": "some""#, 1);
    let faults = method::read(&wrong).expect_err("no such method");
    assert_eq!(faults[0].at, "/indicators/0");
    assert!(
        faults[0].says.starts_with("\"a\": unknown variant"),
        "{faults:?}"
    );
}

#[test]
fn cells_may_be_written_in_persian_and_quoted_signs_are_no_separators() {
    let persian = made(&plain("amean"), "\u{feff}u;a;b;c\nx;۱۲٫۵;٣;-۰٫۵\n").expect("an index");
    assert_eq!(persian.score, [Some(5.0)]);
    let quoted = made(&plain("amean"), "u,\"n;m;o;p;q\",a,b,c\nx,1,1,2,3\n").expect("an index");
    assert_eq!(quoted.score, [Some(2.0)]);
}

#[test]
fn what_stands_twice_in_a_file_is_refused() {
    let method = plain("amean");
    for values in [
        "u,a,b,c,u\nx,1,2,3,y\n",
        "u,a,b,c,a\nx,1,2,3,4\n",
        r#"[{"u": "x", "a": 1, "a": 2, "b": 1, "c": 1}]"#,
    ] {
        let faults = made(&method, values).expect_err(values);
        assert!(faults[0].says.contains("tw"), "{faults:?}");
    }
    let open = made(&method, "u,a,b,c\n\nx,1,\"2,3\ny,1,2,3\n").expect_err("an open quote");
    assert_eq!(open[0].at, "line 3");
}
