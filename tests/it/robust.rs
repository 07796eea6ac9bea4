//! What the places hang on: analysis beside the official result, for a quarter and for a draft of a framework.

use std::sync::Arc;

use mizan::analysis::ranks::{Settings, study};
use mizan::analysis::robust::{self, Method, Moved, Robust};
use mizan::domain::change::trial;
use mizan::domain::framework::{self, Framework};
use mizan::domain::returns::Returns;
use mizan::domain::score::{Scorecard, Scorecards, score};
use serde_json::Value;

use crate::pages::both;
use crate::town::{LAST, OPEN, Town};

const FEW: Moved = Moved {
    rows: 48,
    ..robust::USUAL
};

fn quarter() -> (Arc<Framework>, Returns, Scorecards) {
    let bytes = include_bytes!("../../seeds/demo/returns-1404-Q4.json");
    let known = mizan::cli::score::built_in();
    let returns = mizan::domain::returns::read(bytes, &known).unwrap_or_else(|_| panic!("sound"));
    let cards = score(&returns);
    (returns.framework.clone(), returns, cards)
}

fn looked_at(moved: Moved) -> (Arc<Framework>, Vec<Scorecard>, Robust) {
    let (framework, _, cards) = quarter();
    let robust = robust::robust(&framework, &cards.cards, moved);
    (framework, cards.cards, robust)
}

/// The published framework with something else in it.
fn draft(change: impl Fn(&mut Value)) -> Vec<u8> {
    let mut draft: Value = serde_json::from_str(mizan::cli::score::BUILT_IN).expect("sound");
    draft["version"] = "1.2-draft".into();
    change(&mut draft);
    serde_json::to_vec(&draft).expect("written")
}

fn set_points(draft: &mut Value, code: &str, points: i64) {
    let indicators = draft["indicators"].as_array_mut().expect("a list");
    let own = indicators.iter_mut().find(|one| one["code"] == code);
    own.expect("there")["points"] = points.into();
}

/// The people of the desk weigh less, whether they were there weighs more.
fn heavier_desk() -> Vec<u8> {
    draft(|draft| {
        set_points(draft, "DSP-01", 90);
        set_points(draft, "DSP-02", 20);
        set_points(draft, "DSP-03", 20);
    })
}

#[test]
fn the_governors_office_reads_what_the_ranks_hang_on_in_both_languages() {
    let town = Town::new();
    let governor = town.browser("governor");
    let manager = town.manager_of("INF-01");
    let before = town.tables();
    for page in ["methods", "indicators", "weights"] {
        let path = format!("/{LAST}/analysis/{page}");
        both(&governor, &path);
        governor
            .open(&path)
            .says_word("result-analysis-not-official");
        manager.get(&format!("/{OPEN}/analysis/{page}")).is(404);
    }
    let links = governor.open(&format!("/{LAST}/analysis")).links();
    for page in ["methods", "indicators", "weights"] {
        assert!(links.contains(&format!("/{LAST}/analysis/{page}")));
    }
    assert!(before == town.tables(), "reading changes nothing kept");
}

#[test]
fn the_office_tries_a_draft_and_nothing_is_saved() {
    let town = Town::new();
    let office = town.browser("office");
    both(&office, "/draft");
    assert!(
        office
            .open("/periods")
            .links()
            .contains(&"/draft".to_owned())
    );
    let before = town.tables();
    let log = town.log().len();
    let tried = office.upload("/draft", &[], ("file", "draft.json", &heavier_desk()));
    tried
        .is(200)
        .says("1.2-draft")
        .says_word("draft-not-saved")
        .says_word("robust-left")
        .says("DSP-01");
    if let Ok(folder) = std::env::var("MIZAN_SHOW_PAGES") {
        let html = tried.html();
        crate::pages::show(
            &folder,
            "draft-tried",
            mizan::web::words::Language::Fa,
            &html,
        );
    }
    let same = office.upload("/draft", &[], ("file", "same.json", &draft(|_| ())));
    same.is(200).says_word("draft-none-moves");
    let cases: [(Vec<u8>, &str); 4] = [
        (
            draft(|draft| set_points(draft, "DSP-01", 61)),
            "draft-fault-weights",
        ),
        (
            draft(|draft| draft["grades"][0]["min_c"] = 100.into()),
            "draft-fault-grades",
        ),
        (b"{\"format\":".to_vec(), "draft-fault-json"),
        (Vec::new(), "draft-no-file"),
    ];
    for (bytes, word) in cases {
        let refused = office.upload("/draft", &[], ("file", "draft.json", &bytes));
        refused.is(422).says_word(word);
    }
    let large = vec![b' '; 2_000_001];
    let refused = office.upload("/draft", &[], ("file", "large.json", &large));
    refused.is(422).says_word("draft-too-large");
    assert!(before == town.tables(), "trying changes nothing kept");
    assert_eq!(town.log().len(), log);
}

#[test]
fn why_an_agency_would_move_adds_up_to_how_far() {
    let (framework, returns, before) = quarter();
    let read = framework::read_file(&heavier_desk());
    let tried = trial(&returns, &before, &read.unwrap_or_else(|_| panic!("sound")));
    let mut moved = 0;
    for one in &tried.moves {
        let [Some(then), Some(now)] = one.score_c else {
            continue;
        };
        let sum: i64 = one.causes.iter().map(|cause| cause.change_c).sum();
        assert_eq!(sum, now - then, "{}", one.agency);
        moved += i64::from(one.rank[0] != one.rank[1]);
    }
    assert!(moved > 0 && tried.unknown.is_empty());
    let same = trial(&returns, &before, &framework);
    assert!(same.moves.iter().all(|one| one.causes.is_empty()));
    assert!(same.moves.iter().all(|one| one.rank[0] == one.rank[1]));
}

#[test]
fn an_indicator_that_last_quarter_knew_nothing_of_is_not_held_against_anybody() {
    let (_, returns, before) = quarter();
    let other = draft(|draft| {
        let indicators = draft["indicators"].as_array_mut().expect("a list");
        let own = indicators.iter_mut().find(|one| one["code"] == "DSP-05");
        own.expect("there")["code"] = "DSP-99".into();
        let text = draft.to_string().replace("\"DSP-05\"", "\"DSP-99\"");
        *draft = serde_json::from_str(&text).expect("sound");
    });
    let read = framework::read_file(&other).unwrap_or_else(|_| panic!("sound"));
    let tried = trial(&returns, &before, &read);
    let unknown: Vec<&str> = tried
        .unknown
        .iter()
        .map(|place| read.indicators[*place].code.as_str())
        .collect();
    assert_eq!(unknown, ["DSP-99"]);
    for card in &tried.cards.cards {
        assert!(!card.settled.items[tried.unknown[0]].status.is_counted());
    }
}

#[test]
fn every_method_ranks_everybody_and_the_shift_is_the_mean_of_what_it_moves() {
    let (_, cards, robust) = looked_at(FEW);
    assert_eq!(robust.methods.len(), Method::ALL.len());
    let placed: Vec<&Scorecard> = cards.iter().filter(|card| card.rank.is_some()).collect();
    for one in &robust.methods {
        let moved: i64 = robust
            .placed
            .iter()
            .zip(&one.places)
            .map(|(placed, place)| (placed.rank - place).abs())
            .sum();
        let mean = 100.0 * moved as f64 / placed.len() as f64;
        assert!((mean - one.shift_c as f64).abs() <= 0.5, "{:?}", one.method);
    }
    // Without gates the order is that of the scores before gates, among those who gave a report.
    let ungated = &robust.methods[0].places;
    for (a, one) in placed.iter().enumerate() {
        for (b, other) in placed.iter().enumerate() {
            let is_league = one.kind == other.kind;
            let told = [one, other].map(|card| card.state.as_str() == "ranked");
            if is_league && told == [true, true] && one.outcome.ungated_c > other.outcome.ungated_c
            {
                assert!(ungated[a] < ungated[b]);
            }
        }
    }
}

#[test]
fn whoever_is_never_below_stands_above_however_the_weights_move() {
    let (framework, cards, robust) = looked_at(FEW);
    let wild = Settings {
        seed: 11,
        replications: 300,
        spread_pct: 99,
    };
    let study = study(&framework, &cards, wild);
    assert_eq!(robust.firm.count, robust.firm.pairs.len() as i64);
    assert!(robust.firm.count > 0 && robust.firm.of > robust.firm.count);
    for pair in &robust.firm.pairs {
        let [upper, lower] = pair.map(|at| robust.placed[at].agency.as_str());
        assert_eq!(
            study.above_bp(upper, lower),
            Some(10_000),
            "{upper} {lower}"
        );
    }
}

#[test]
fn the_weights_that_matter_are_the_same_every_time_and_none_matters_while_none_moves() {
    let (_, _, one) = looked_at(FEW);
    let (_, _, again) = looked_at(FEW);
    let text = |robust: &Robust| format!("{:?}", robust.weights);
    assert_eq!(text(&one), text(&again));
    for share in &one.weights.shares {
        assert!(share.whole_bp >= 0 && share.whole[0] <= share.whole[1]);
        assert!(share.whole[0] <= share.whole_bp && share.whole_bp <= share.whole[1]);
        assert!(share.alone_bp <= share.whole_bp + 600, "{share:?}");
    }
    let whole: i64 = one.weights.shares.iter().map(|share| share.whole_bp).sum();
    assert!(whole > 9_000, "together they move everything: {whole}");
    let still = Moved {
        spread_pct: 0,
        ..FEW
    };
    assert!(looked_at(still).2.weights.shares.is_empty());
}

#[test]
fn two_indicators_are_as_alike_as_their_places_say() {
    let (framework, cards, robust) = looked_at(FEW);
    let told: Vec<&Scorecard> = cards
        .iter()
        .filter(|card| card.state.as_str() == "ranked")
        .collect();
    for pair in &robust.alike {
        let values: Vec<[f64; 2]> = told
            .iter()
            .filter(|card| {
                let counts = |place: usize| card.settled.items[place].status.is_counted();
                pair.indicators.iter().all(|place| counts(*place))
            })
            .map(|card| {
                pair.indicators
                    .map(|place| card.outcome.indicators_c[place] as f64)
            })
            .collect();
        assert_eq!(values.len() as i64, pair.agencies);
        let rho = spearman(&values);
        let codes = pair
            .indicators
            .map(|place| &framework.indicators[place].code);
        assert!((rho * 10_000.0 - pair.rho as f64).abs() < 1.0, "{codes:?}");
    }
    assert!(
        robust
            .alike
            .windows(2)
            .all(|two| two[0].rho.abs() >= two[1].rho.abs())
    );
}

/// The plain definition: places with halves for equals, then Pearson's correlation of them.
fn spearman(values: &[[f64; 2]]) -> f64 {
    let places = |side: usize| -> Vec<f64> {
        let place = |own: &[f64; 2]| {
            let less = values
                .iter()
                .filter(|other| other[side] < own[side])
                .count();
            let same = values
                .iter()
                .filter(|other| other[side] == own[side])
                .count();
            less as f64 + same as f64 / 2.0
        };
        let all: Vec<f64> = values.iter().map(place).collect();
        let mean = all.iter().sum::<f64>() / all.len() as f64;
        all.into_iter().map(|place| place - mean).collect()
    };
    let (a, b) = (places(0), places(1));
    let product = |a: &[f64], b: &[f64]| -> f64 { a.iter().zip(b).map(|(a, b)| a * b).sum() };
    product(&a, &b) / (product(&a, &a) * product(&b, &b)).sqrt()
}

#[test]
fn an_indicator_on_which_all_are_alike_is_called_mute() {
    let (framework, cards, robust) = looked_at(FEW);
    assert!(robust.telling.iter().any(|one| !one.is_mute()));
    for one in &robust.telling {
        let counted = cards.iter().filter(|card| card.state.as_str() == "ranked");
        let counted = counted.filter(|card| card.settled.items[one.indicator].status.is_counted());
        let full = 100 * framework.indicators[one.indicator].points;
        let points: Vec<i64> = counted
            .map(|card| card.outcome.indicators_c[one.indicator])
            .collect();
        assert_eq!(one.counted, points.len() as i64);
        assert!(one.full >= points.iter().filter(|points| **points == full).count() as i64);
        assert!(one.same >= one.full.max(one.none));
    }
}
