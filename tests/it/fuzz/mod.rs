//! Files that nobody would send: whatever comes in is taken or refused with a place, and nothing breaks.
//!
//! A few hundred files for each kind in the normal run. `MIZAN_FUZZ_SECONDS=600 cargo test --test it fuzz` goes on for
//! so long; `MIZAN_FUZZ_FROM=123456` begins with that file, to see again what a failure named.

mod bent;

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::time::{Duration, Instant};

use mizan::analysis::index::compare::{columns, compare};
use mizan::analysis::index::method::{self, Method};
use mizan::analysis::index::moved::Settings;
use mizan::analysis::index::table;
use mizan::analysis::index::{Fault, Outcome, compute, moved};
use mizan::domain::{returns, score};

use bent::Bent;

/// Files of the normal run, and the most seconds that one may take before it counts as hanging.
const FILES: u64 = 300;
const HANGING: Duration = Duration::from_secs(20);

const RETURNS: [&str; 4] = [
    include_str!("../../cases/score/lost-lines/returns.json"),
    include_str!("../../cases/score/several-caps/returns.json"),
    include_str!("../../cases/score/evidence-status/returns.json"),
    include_str!("../../cases/score/wilson-sample/returns.json"),
];
const METHODS: [&str; 3] = [
    include_str!("corpus/plain.json"),
    include_str!("corpus/every.json"),
    include_str!("corpus/compared.json"),
];
const VALUES: [&str; 3] = [
    include_str!("corpus/plain.csv"),
    include_str!("corpus/quoted.csv"),
    include_str!("corpus/values.json"),
];

/// Goes through bent files of one kind; a failure names the file by its number.
fn go(kind: &str, corpus: &[&str], read: impl Fn(&str) -> bool) {
    let number = |name: &str| {
        std::env::var(name)
            .ok()
            .and_then(|text| text.parse::<u64>().ok())
    };
    let from = number("MIZAN_FUZZ_FROM").unwrap_or(0);
    let seconds = number("MIZAN_FUZZ_SECONDS").map(Duration::from_secs);
    let began = Instant::now();
    let (mut taken, mut slowest) = (0_u64, (Duration::ZERO, 0));
    let mut file = from;
    loop {
        let is_over = match seconds {
            Some(seconds) => began.elapsed() >= seconds,
            None => file - from >= FILES,
        };
        if is_over {
            break;
        }
        let text = Bent::of(file).file(corpus);
        let start = Instant::now();
        match catch_unwind(AssertUnwindSafe(|| read(&text))) {
            Ok(is_taken) => taken += u64::from(is_taken),
            Err(_) => panic!("{kind} file {file} broke it (MIZAN_FUZZ_FROM={file}):\n{text}"),
        }
        let time = start.elapsed();
        assert!(time < HANGING, "{kind} file {file} hangs:\n{text}");
        slowest = slowest.max((time, file));
        file += 1;
    }
    let files = file - from;
    eprintln!(
        "{kind}: {files} files, {taken} taken, slowest {:?} (file {})",
        slowest.0, slowest.1
    );
    assert!(
        taken > 0 && taken < files,
        "{kind}: some are taken, some refused: {taken} of {files}"
    );
}

#[test]
fn returns_that_nobody_would_send_are_taken_or_refused() {
    go("RETURNS", &RETURNS, |text| {
        match returns::read(text.as_bytes(), &[]) {
            Err(refusal) => {
                assert!(!refusal.faults.is_empty());
                let mut places = refusal.faults.iter().map(|(at, _)| at);
                assert!(places.all(|at| at.is_empty() || at.starts_with('/')));
                false
            }
            Ok(found) => {
                let cards = score::score(&found);
                assert!(!cards.to_json(&found.framework).canonical().is_empty());
                let again = found.to_json().canonical();
                let again = returns::read(again.as_bytes(), &[]).expect("what we print we read");
                assert_eq!(found.agencies, again.agencies);
                true
            }
        }
    });
}

fn has_places(faults: &[Fault]) -> bool {
    !faults.is_empty() && faults.iter().all(|fault| !fault.says.is_empty())
}

/// Every number that is printed is one.
fn is_sound(outcome: &Outcome) -> bool {
    let nodes = outcome.nodes.iter().map(|(_, column)| column);
    let mut all = nodes
        .chain([&outcome.score, &outcome.rank])
        .flatten()
        .flatten();
    all.all(|number| number.is_finite())
}

/// Computes, compares with itself, moves the weights a little; whether there was a result.
fn worked(method: &Method, values: &str) -> bool {
    let read = table::read(values, method);
    let found = read.and_then(|table| Ok((compute(method, &table, Some(&table))?, table)));
    let (outcome, table) = match found {
        Ok(found) => found,
        Err(faults) => {
            assert!(has_places(&faults));
            return false;
        }
    };
    assert!(is_sound(&outcome), "{outcome:?}");
    if let Ok(published) = table::read_published(values, &method.id, &columns(&outcome)) {
        let _ = compare(&outcome, &published, method.tolerance, method.scale);
    }
    let how = Settings {
        seed: 1,
        replications: 9,
        spread_pct: 25,
        threads: 1,
    };
    if let Err(faults) = moved(method, &table, Some(&table), how, |_| {}) {
        assert!(has_places(&faults));
    }
    true
}

#[test]
fn methods_that_nobody_would_write_are_taken_or_refused() {
    go("METHOD", &METHODS, |text| match method::read(text) {
        Ok(method) => worked(&method, VALUES[0]),
        Err(faults) => {
            assert!(has_places(&faults));
            false
        }
    });
}

#[test]
fn tables_that_nobody_would_publish_are_taken_or_refused() {
    let methods: Vec<Method> = METHODS
        .iter()
        .map(|text| method::read(text).expect("a method"))
        .collect();
    go("VALUES", &VALUES, |text| {
        let taken = methods.iter().map(|method| worked(method, text));
        taken.filter(|is_taken| *is_taken).count() > 0
    });
}
