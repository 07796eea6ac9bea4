//! The properties that the official rule promises (SCORING.md §16).

use proptest::prelude::*;
use proptest::sample::Index;

use mizan::domain::framework::{Effect, Framework, Indicator, ReportedBy};
use mizan::domain::json::Json;
use mizan::domain::returns::{AgencyReturn, Returns, Verdict};
use mizan::domain::score::{Scorecard, card_of, score};

use super::config;
use super::drawn::{FRAMEWORK, agency, quarter, value};

fn card(agency: &AgencyReturn) -> Scorecard {
    card_of(&FRAMEWORK, agency)
}

/// The score, where no score is below every score.
fn points(agency: &AgencyReturn) -> i64 {
    card(agency).outcome.final_c.unwrap_or(-1)
}

fn indicator(code: &str) -> &'static Indicator {
    FRAMEWORK.indicator(code).expect("known")
}

/// Places of the agency's own answers, of all or of those that have the wanted verdict.
fn own(agency: &AgencyReturn, is_wanted: impl Fn(Option<&Verdict>) -> bool) -> Vec<usize> {
    let answers = agency.answers.iter().enumerate();
    answers
        .filter(|(_, answer)| indicator(&answer.indicator).reported_by == ReportedBy::Agency)
        .filter(|(_, answer)| is_wanted(answer.verdict.as_ref()))
        .map(|(place, _)| place)
        .collect()
}

/// One of some places.
fn one(places: &[usize], which: &Index) -> Option<usize> {
    (!places.is_empty()).then(|| *which.get(places))
}

fn is_checked(verdict: Option<&Verdict>) -> bool {
    verdict.is_some_and(|verdict| !matches!(verdict, Verdict::NotApplicable { .. }))
}

/// Two parts of a thousand, the lesser first.
fn two_parts() -> impl Strategy<Value = (u16, u16)> {
    (0..=1000_u16, 0..=1000_u16).prop_map(|(one, other)| (one.min(other), one.max(other)))
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn a_better_verified_value_never_lowers_the_score(
        mut agency in agency(), which: Index, (low, high) in two_parts(), many in 1..400_u16
    ) {
        let places = own(&agency, is_checked);
        let Some(place) = one(&places, &which) else { return Ok(()) };
        let of = indicator(&agency.answers[place].indicator);
        agency.answers[place].verdict = Some(Verdict::Adjusted(value(of, low, many)));
        let before = points(&agency);
        agency.answers[place].verdict = Some(Verdict::Adjusted(value(of, high, many)));
        prop_assert!(points(&agency) >= before);
    }

    #[test]
    fn a_better_measured_value_never_lowers_the_score(
        mut agency in agency(), which: Index, (low, high) in two_parts(), many in 1..400_u16
    ) {
        let answers = agency.answers.iter().enumerate();
        let measured = answers.filter(|(_, one)| matches!(one.verdict, Some(Verdict::Measured { .. })));
        let places: Vec<usize> = measured.map(|(place, _)| place).collect();
        let Some(place) = one(&places, &which) else { return Ok(()) };
        let of = indicator(&agency.answers[place].indicator);
        let answers = (of.reported_by == ReportedBy::Survey).then_some(100);
        let measured = |part| Some(Verdict::Measured { value: value(of, part, many), answers });
        agency.answers[place].verdict = measured(low);
        let before = points(&agency);
        agency.answers[place].verdict = measured(high);
        prop_assert!(points(&agency) >= before);
    }

    #[test]
    fn a_better_visit_never_lowers_the_score(mut agency in agency(), which in 0..3_usize) {
        let name = ["empty_desk_observations", "obstructed_visits", "desk_calls_answered"][which];
        let before = points(&agency);
        let calls = agency.facts["desk_calls_made"];
        let fact = agency.facts.get_mut(name).expect("counted");
        *fact = if which == 2 { calls } else { (*fact - 1).max(0) };
        prop_assert!(points(&agency) >= before);
    }

    #[test]
    fn a_claim_instead_of_a_blank_never_lowers_the_score(mut agency in agency(), which: Index) {
        let places = own(&agency, |verdict| verdict.is_none());
        let Some(place) = one(&places, &which) else { return Ok(()) };
        let claimed = points(&agency);
        agency.answers.remove(place);
        prop_assert!(claimed >= points(&agency));
    }

    #[test]
    fn confirming_a_claim_never_lowers_the_score(mut agency in agency(), which: Index) {
        // The first verdict brings the honesty ratio into the count: one must be there before.
        let is_counted = card(&agency).outcome.final_c.is_some() && agency.is_submitted;
        let waiting = own(&agency, |verdict| verdict.is_none());
        let Some(place) = one(&waiting, &which) else { return Ok(()) };
        prop_assume!(is_counted && card(&agency).settled.honesty.ratio_bp.is_some());
        let before = points(&agency);
        agency.answers[place].verdict = Some(Verdict::Confirmed);
        prop_assert!(points(&agency) >= before);
    }

    #[test]
    fn a_higher_waiting_claim_never_lowers_the_score(
        mut agency in agency(), which: Index, (low, high) in two_parts(), many in 1..400_u16
    ) {
        let waiting = own(&agency, |verdict| verdict.is_none());
        let Some(place) = one(&waiting, &which) else { return Ok(()) };
        let of = indicator(&agency.answers[place].indicator);
        agency.answers[place].claim = Some(value(of, low, many));
        let before = points(&agency);
        agency.answers[place].claim = Some(value(of, high, many));
        prop_assert!(points(&agency) >= before);
    }

    #[test]
    fn a_larger_over_claim_never_raises_the_score(
        mut agency in agency(), which: Index, (low, high) in two_parts(), found in 0..=1000_u16
    ) {
        let places = own(&agency, is_checked);
        let Some(place) = one(&places, &which) else { return Ok(()) };
        let of = indicator(&agency.answers[place].indicator);
        agency.answers[place].verdict = Some(Verdict::Adjusted(value(of, found.min(low), 240)));
        agency.answers[place].claim = Some(value(of, low, 240));
        let before = points(&agency);
        agency.answers[place].claim = Some(value(of, high, 240));
        prop_assert!(points(&agency) <= before);
    }

    #[test]
    fn a_finding_never_raises_the_score(mut agency in agency(), which: Index) {
        let before = points(&agency);
        let found = which.index(FRAMEWORK.indicators.len());
        agency.findings.push(FRAMEWORK.indicators[found].code.clone());
        prop_assert!(points(&agency) <= before);
    }

    #[test]
    fn another_cap_never_raises_the_score(
        agency in agency(), gate: Index, dimension: Index, max_pct in 0..=100_i64
    ) {
        let mut framework = Framework::clone(&FRAMEWORK);
        let dimension = dimension.index(framework.dimensions.len());
        let gate = gate.index(framework.gates.len());
        framework.gates[gate].effects.push(Effect::CapDimension { dimension, max_pct });
        let capped = card_of(&framework, &agency).outcome.final_c.unwrap_or(-1);
        prop_assert!(capped <= points(&agency));
    }

    #[test]
    fn the_score_stays_between_its_ends_before_and_after_verdicts(
        mut agency in agency(), verdicts in prop::collection::vec((0..3_u8, 0..=1000_u16), 60)
    ) {
        let before = card(&agency);
        let ends = (before.range.low_c, before.range.high_c);
        let is_inside = |score: Option<i64>| ends.0 <= score && score <= ends.1;
        prop_assert!(is_inside(before.outcome.final_c), "{ends:?}");
        prop_assume!(before.settled.honesty.ratio_bp.is_some() && agency.is_submitted);
        for (place, (kind, _)) in own(&agency, |verdict| verdict.is_none()).into_iter().zip(verdicts) {
            agency.answers[place].verdict = match kind {
                0 => None,
                1 => Some(Verdict::Confirmed),
                _ => Some(Verdict::Rejected),
            };
        }
        prop_assert!(is_inside(points_of(&agency)), "{ends:?} {:?}", points_of(&agency));
    }

    #[test]
    fn what_was_lost_sums_to_what_is_missing(agency in agency()) {
        let card = card(&agency);
        let Some(score) = card.outcome.final_c else { return Ok(()) };
        let json = card.to_json(&FRAMEWORK);
        let lines = json.get("lost").map(Json::items).unwrap_or_default();
        let lost: i128 = lines.iter().filter_map(|line| line.get("score_c")?.as_int()).sum();
        prop_assert_eq!(lost, i128::from(10_000 - score));
    }

    #[test]
    fn the_order_of_the_file_is_irrelevant(returns in quarter(), turns in prop::collection::vec(any::<Index>(), 20)) {
        let mut turned = returns.clone();
        for (step, turn) in turns.iter().enumerate() {
            let size = turned.agencies.len();
            turned.agencies.swap(step % size, turn.index(size));
            let agency = &mut turned.agencies[step % size];
            if let many @ 1.. = agency.answers.len() {
                agency.answers.swap(step % many, turn.index(many));
            }
            agency.profile.reverse();
        }
        prop_assert_eq!(printed(&returns), printed(&turned));
    }

    #[test]
    fn who_leaves_changes_nobody_elses_score_or_order(mut returns in quarter(), which: Index) {
        let all = score(&returns);
        let gone = returns.agencies.remove(which.index(returns.agencies.len())).code;
        let rest = score(&returns);
        let others: Vec<&Scorecard> = all.cards.iter().filter(|card| card.agency != gone).collect();
        let pairs = || others.iter().zip(&rest.cards);
        for (before, after) in pairs() {
            prop_assert_eq!(&before.agency, &after.agency);
            prop_assert_eq!(before.outcome.final_c, after.outcome.final_c);
            prop_assert_eq!(before.state, after.state);
            for (other_before, other_after) in pairs() {
                prop_assert_eq!(order(before, other_before), order(after, other_after));
            }
        }
    }
}

fn points_of(agency: &AgencyReturn) -> Option<i64> {
    card(agency).outcome.final_c
}

/// Who of two stands before the other, if both have a place in one league.
fn order(one: &Scorecard, other: &Scorecard) -> Option<std::cmp::Ordering> {
    let (own, theirs) = (one.rank?, other.rank?);
    (one.kind == other.kind).then(|| own.overall.cmp(&theirs.overall))
}

fn printed(returns: &Returns) -> String {
    score(returns).to_json(&FRAMEWORK).canonical()
}
