//! The glossary and the page made from it say the same.

use std::collections::BTreeSet;
use std::fs;

use mizan::domain::glossary::{glossary_page, read_terms};

const SEED: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/seeds/glossary.json");
const PAGE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/docs/GLOSSARY.md");

#[test]
fn the_glossary_page_is_the_one_made_from_the_seed() {
    let made = glossary_page(&fs::read_to_string(SEED).unwrap()).unwrap();
    if std::env::var_os("MIZAN_WRITE_DOCS").is_some() {
        fs::write(PAGE, &made).unwrap();
    }
    let kept = fs::read_to_string(PAGE).unwrap();
    assert!(
        kept == made,
        "run MIZAN_WRITE_DOCS=1 cargo test --test it glossary"
    );
}

#[test]
fn every_word_stands_once_and_every_noun_means_one_thing() {
    let terms = read_terms(&fs::read_to_string(SEED).unwrap()).unwrap();
    let (mut english, mut nouns) = (BTreeSet::new(), BTreeSet::new());
    for term in &terms {
        assert!(
            !term.fa.trim().is_empty() && english.insert(&term.en),
            "{}",
            term.en
        );
        assert!(!term.fa.contains(['ي', 'ك']), "{}", term.fa);
        if let Some(code) = &term.code {
            assert!(nouns.insert(code.as_str()), "{code}");
            assert!(
                code.bytes().all(|b| b.is_ascii_lowercase() || b == b'_'),
                "{code}"
            );
        }
    }
    for noun in [
        "agency",
        "assessment",
        "answer",
        "claim",
        "verdict",
        "evidence",
        "visit",
        "objection",
        "finding",
        "period",
        "framework",
        "indicator",
        "dimension",
        "gate",
        "score",
        "grade",
        "edition",
        "letter",
        "event",
        "province",
        "county",
        "assignment",
        "query",
        "league",
    ] {
        assert!(nouns.contains(noun), "{noun} is missing");
    }
}
