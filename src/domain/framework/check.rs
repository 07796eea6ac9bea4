//! Whether a framework makes sense: sums, goalposts, grades, references in a circle (SCORING.md §17).
//! Read from the file itself: what has no right shape or type is noted elsewhere and not judged any further here.

use super::super::fault::{At, Code, Faults};
use super::super::json::Json;

/// Notes what does not add up.
pub(super) fn check(json: &Json, at: &At, faults: &mut Faults) {
    weights(json, at, faults);
    for (place, indicator) in list(json, "indicators").iter().enumerate() {
        if has_wrong_goalposts(indicator) == Some(true) {
            faults.add(Code::Goalposts, &at.to("indicators").to(place));
        }
    }
    grades(json, at, faults);
    let next = followers(list(json, "gates"));
    for gate in 0..next.len() {
        if reaches(&next, gate) {
            faults.add(Code::GateCycle, &at.to("gates").to(gate));
        }
    }
}

fn list<'a>(json: &'a Json, name: &str) -> &'a [Json] {
    json.get(name).map_or(&[], Json::items)
}

fn text<'a>(json: &'a Json, name: &str) -> Option<&'a str> {
    json.get(name)?.as_text()
}

fn number(json: &Json, name: &str) -> Option<i128> {
    json.get(name)?.as_int()
}

/// A sum, if every part of it is known.
fn sum<'a>(mut items: impl Iterator<Item = &'a Json>) -> Option<i128> {
    items.try_fold(0_i128, |sum, item| {
        Some(sum.saturating_add(number(item, "points")?))
    })
}

fn weights(json: &Json, at: &At, faults: &mut Faults) {
    let (dimensions, indicators) = (list(json, "dimensions"), list(json, "indicators"));
    // An indicator of no readable dimension may belong to any of them.
    let are_placed = indicators
        .iter()
        .all(|one| text(one, "dimension").is_some());
    for (place, dimension) in dimensions.iter().enumerate() {
        let code = text(dimension, "code");
        let own = indicators
            .iter()
            .filter(|one| text(one, "dimension") == code);
        let both = sum(own).zip(number(dimension, "points"));
        if are_placed && code.is_some() && both.is_some_and(|(sum, points)| sum != points) {
            faults.add(Code::Weights, &at.to("dimensions").to(place).to("points"));
        }
    }
    let both = sum(dimensions.iter()).zip(number(json, "total_points"));
    if both.is_some_and(|(sum, total)| sum != total) {
        faults.add(Code::Weights, &at.to("total_points"));
    }
}

/// `None` where an indicator has no goalposts, or none that can be read.
fn has_wrong_goalposts(indicator: &Json) -> Option<bool> {
    if !["percent", "ratio", "count", "duration"].contains(&text(indicator, "type")?) {
        return None;
    }
    let (floor, target) = (
        number(indicator, "floor_c")?,
        number(indicator, "target_c")?,
    );
    match text(indicator, "direction")? {
        "higher" => Some(floor >= target),
        "lower" => Some(target >= floor),
        _ => None,
    }
}

fn grades(json: &Json, at: &At, faults: &mut Faults) {
    let grades = list(json, "grades").iter();
    let Some(least) = grades
        .map(|grade| number(grade, "min_c"))
        .collect::<Option<Vec<i128>>>()
    else {
        return;
    };
    let is_falling = least.windows(2).all(|pair| pair[0] > pair[1]);
    if !is_falling || least.last().is_some_and(|last| *last != 0) {
        faults.add(Code::Grades, &at.to("grades"));
    }
}

/// For each gate the gates whose effects it takes.
fn followers(gates: &[Json]) -> Vec<Vec<usize>> {
    let place = |code: &str| {
        gates
            .iter()
            .position(|gate| text(gate, "code") == Some(code))
    };
    let taken = |gate: &Json| {
        let effects = list(gate, "effects").iter();
        let taken = effects.filter(|effect| text(effect, "kind") == Some("as_gate"));
        taken
            .filter_map(|effect| place(text(effect, "gate")?))
            .collect()
    };
    gates.iter().map(taken).collect()
}

/// Whether following `as_gate` from a gate leads back to it.
fn reaches(next: &[Vec<usize>], goal: usize) -> bool {
    let mut waiting = vec![goal];
    let mut seen = vec![false; next.len()];
    while let Some(gate) = waiting.pop() {
        for follower in &next[gate] {
            if *follower == goal {
                return true;
            }
            if !std::mem::replace(&mut seen[*follower], true) {
                waiting.push(*follower);
            }
        }
    }
    false
}
