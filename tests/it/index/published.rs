//! Beside published tables as they are found: with names, raw columns and shared ranks.

use mizan::analysis::index::compare::Compared;
use mizan::analysis::index::method;
use mizan::analysis::index::table;
use mizan::analysis::index::{Fault, compute};

use super::{beside, plain};

const VALUES: &str = "u,a,b,c\nx,1,2,3\ny,3,2,1\nz,5,5,5\n";

fn compared(published: &str) -> Result<Compared, Vec<Fault>> {
    let method = plain("amean").replace(
        r#""method": "none""#,
        r#""method": "minmax", "l_u": [0, 8]"#,
    );
    let method = method::read(&method).expect("a method");
    let values = table::read(VALUES, &method).expect("values");
    let outcome = compute(&method, &values, None).expect("an index");
    beside(&method, &outcome, published)
}

#[test]
fn a_table_with_nothing_to_compare_is_refused_in_words() {
    for published in [
        "u,HDI\nx,99\ny,98\nz,97\n",
        "u\nx\ny\nz\n",
        "u,score\nq,1\n",
    ] {
        let Err(faults) = compared(published) else {
            panic!("nothing was compared: {published}");
        };
        assert!(faults[0].says.contains("nothing to compare"), "{faults:?}");
    }
}

#[test]
fn a_published_table_with_names_raw_values_and_shared_ranks_is_compared() {
    let (x, y) = (8.0 / 6.0, 4.0 / 3.0);
    let published = format!(
        "u,country,a,b,c,score,rank,normalised:a\nx,Ixland,1,2,3,{x},=2,0\ny,Ypsiland,3,2,1,{y},=2,4\nz,Zet,5,5,5,8,1,8\n"
    );
    let found = compared(&published).expect("it can be compared");
    assert!(found.is_same, "{}", found.report);
    let wrong = published
        .replacen("=2,4", "=2,5", 1)
        .replacen("8,1,8", "8,=2,8", 1);
    let found = compared(&wrong).expect("it can be compared");
    assert!(
        found
            .report
            .contains("y, normalised:a: computed 4, published 5"),
        "{}",
        found.report
    );
    assert!(
        found.report.contains("z, rank: computed 1, published 2"),
        "{}",
        found.report
    );
    assert!(
        found.report.contains("rows that do not recompute: 2 of 3"),
        "{}",
        found.report
    );
}

#[test]
fn who_is_not_in_the_published_table_is_named() {
    let found = compared("u,score\nz,8\n").expect("it can be compared");
    assert!(found.is_same, "{}", found.report);
    assert!(
        found.report.contains("x: computed, but not published"),
        "{}",
        found.report
    );
    assert!(found.report.contains("compared: score"), "{}", found.report);
}
