//! What the places hang on: analysis beside the official result.

use crate::pages::both;
use crate::town::{LAST, OPEN, Town};

#[test]
fn the_governors_office_reads_what_the_ranks_hang_on_in_both_languages() {
    let town = Town::new();
    let governor = town.browser("governor");
    for page in ["methods", "indicators", "weights"] {
        let path = format!("/{LAST}/analysis/{page}");
        both(&governor, &path);
        governor
            .open(&path)
            .says_word("result-analysis-not-official");
        town.manager_of("INF-01")
            .get(&format!("/{OPEN}/analysis/{page}"))
            .is(404);
    }
    let links = governor.open(&format!("/{LAST}/analysis")).links();
    for page in ["methods", "indicators", "weights"] {
        assert!(links.contains(&format!("/{LAST}/analysis/{page}")));
    }
}
