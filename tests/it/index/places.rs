//! Places under moved weights: by the rule of METHOD, and under the means that other indices use.

use mizan::analysis::index::moved::{Places, Settings};
use mizan::analysis::index::{Fault, compute, method, moved, table};

use super::{plain, plain_with};

const VALUES: &str = "u,a,b,c\nx,2,2,2\ny,2,2,2\nz,9,1,4\nw,1,1,1\nv,2.01,2.01,2.01\n";

fn places(method: &str, values: &str, spread_pct: u64) -> Result<Vec<Option<Places>>, Vec<Fault>> {
    let method = method::read(method)?;
    let values = table::read(values, &method)?;
    let how = |threads| Settings {
        seed: 7,
        replications: 130,
        spread_pct,
        threads,
    };
    let found = moved(&method, &values, None, how(1), |_| {})?;
    let same = moved(&method, &values, None, how(3), |_| {})?;
    assert_eq!(found, same, "the same for any number of threads");
    Ok(found)
}

/// Without a spread everybody stands where the index puts them.
fn stays(method: &str, values: &str) {
    let found = places(method, values, 0).expect("places");
    let read = method::read(method).expect("a method");
    let values = table::read(values, &read).expect("values");
    let ranks = compute(&read, &values, None).expect("an index").rank;
    for (place, rank) in found.iter().zip(&ranks) {
        let place = place.map(|place| [place.best, place.p50, place.worst].map(f64::from));
        assert_eq!(place, rank.map(|rank| [rank; 3]), "{method}: {ranks:?}");
    }
}

#[test]
fn places_under_moved_weights_follow_the_rule_of_the_ranking() {
    for ties in ["min", "dense", "ordinal"] {
        for on in [r#""on": "exact""#, r#""on": "rounded", "decimals": 1"#] {
            let rank = format!(r#""rank": {{"ties": "{ties}", {on}}}, "id""#);
            stays(&plain("amean").replacen(r#""id""#, &rank, 1), VALUES);
        }
    }
    let average = r#""rank": {"ties": "average"}, "id""#;
    let faults = places(&plain("amean").replacen(r#""id""#, average, 1), VALUES, 0);
    assert_eq!(faults.expect_err("halves of places")[0].at, "/rank/ties");
}

#[test]
fn weights_are_moved_under_every_mean() {
    for (agg, more) in [
        ("gmean", ""),
        ("hmean", ""),
        ("power", r#", "p": 0.5"#),
        ("power", r#", "p": -2"#),
        ("power", r#", "p": 0"#),
        ("power", r#", "p": 1"#),
    ] {
        stays(&plain_with(agg, more), VALUES);
        stays(&plain_with(agg, more), "u,a,b,c\nx,2,,3\ny,,5,1\nz,9,1,4\n");
        let moved = places(&plain_with(agg, more), VALUES, 90).expect("places");
        let moved: Vec<Places> = moved.into_iter().flatten().collect();
        assert!(
            moved.iter().any(|own| own.best < own.worst),
            "{agg}: {moved:?}"
        );
    }
    for (agg, more) in [
        ("copeland", ""),
        ("power", r#", "p": 2000"#),
        ("amean", r#", "min_share": 0.5"#),
    ] {
        let faults = places(&plain_with(agg, more), VALUES, 10).expect_err(agg);
        assert!(faults[0].says.contains("weights are moved"), "{faults:?}");
    }
}

#[test]
fn a_geometric_mean_of_an_indicator_beside_a_node_is_moved_too() {
    // As the human development index: life, income, and two years of schooling under one roof.
    let one = |code: &str, parent: &str| {
        format!(
            r#"{{"code": "{code}", "parent": "{parent}", "norm": {{"method": "goalposts", "lo": 0, "hi": 10}}}}"#
        )
    };
    let indicators = [
        one("life", "H"),
        one("mean", "E"),
        one("hoped", "E"),
        one("income", "H"),
    ];
    let method = format!(
        r#"{{"id": "u", "indicators": [{}], "nodes": [{{"code": "E", "parent": "H"}}, {{"code": "H", "agg": "gmean"}}]}}"#,
        indicators.join(",")
    );
    let values = "u,life,mean,hoped,income\nx,8,5,6,7\ny,7,6,6,8\nz,9,3,2,9\nw,5,5,,5\n";
    stays(&method, values);
    places(&method, values, 50).expect("places");
}
