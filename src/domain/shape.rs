//! Reading members of a file with every breach of the schema noted at its place.

use super::fault::{At, Code, Faults};
use super::json::Json;

/// The greatest count a file may hold (SCORING.md §1).
pub const MOST_COUNT: i64 = 1_000_000_000;
/// The greatest value in hundredths a file may hold (SCORING.md §1).
pub const MOST_VALUE: i64 = 100_000_000_000;

/// Notes missing members, and unknown ones unless the object is open. Open members still hold integers only.
pub fn members(
    json: &Json,
    required: &[&str],
    optional: &[&str],
    open: bool,
    at: &At,
    faults: &mut Faults,
) -> bool {
    let Json::Object(members) = json else {
        faults.add(Code::Type, at);
        return false;
    };
    for name in required {
        if json.get(name).is_none() {
            faults.add(Code::Shape, &at.to(name));
        }
    }
    for (name, value) in members {
        if required.contains(&name.as_str()) || optional.contains(&name.as_str()) {
            continue;
        }
        if open {
            only_integers(value, &at.to(name), faults);
        } else {
            faults.add(Code::Shape, &at.to(name));
        }
    }
    true
}

/// Notes every number that is no integer, however deep.
pub fn only_integers(json: &Json, at: &At, faults: &mut Faults) {
    match json {
        Json::Number(_) if json.as_int().is_none() => faults.add(Code::Type, at),
        Json::List(items) => {
            for (place, item) in items.iter().enumerate() {
                only_integers(item, &at.to(place), faults);
            }
        }
        Json::Object(members) => {
            for (name, value) in members {
                only_integers(value, &at.to(name), faults);
            }
        }
        _ => {}
    }
}

/// A member's list; a missing one is empty (its absence is noted by `members`).
pub fn list<'a>(
    json: &'a Json,
    name: &str,
    least: usize,
    at: &At,
    faults: &mut Faults,
) -> &'a [Json] {
    match json.get(name) {
        None => &[],
        Some(Json::List(items)) => {
            if items.len() < least {
                faults.add(Code::Shape, &at.to(name));
            }
            items
        }
        Some(_) => {
            faults.add(Code::Type, &at.to(name));
            &[]
        }
    }
}

/// A name: 1 to 40 characters.
pub fn name(json: Option<&Json>, at: &At, faults: &mut Faults) -> Option<String> {
    let text = text(json, at, faults)?;
    if (1..=40).contains(&text.chars().count()) {
        return Some(text);
    }
    faults.add(Code::Shape, at);
    None
}

/// Any text.
pub fn text(json: Option<&Json>, at: &At, faults: &mut Faults) -> Option<String> {
    match json? {
        Json::Text(text) => Some(text.clone()),
        _ => {
            faults.add(Code::Type, at);
            None
        }
    }
}

/// One of the given words.
pub fn word(json: Option<&Json>, words: &[&str], at: &At, faults: &mut Faults) -> Option<String> {
    let text = text(json, at, faults)?;
    if words.contains(&text.as_str()) {
        return Some(text);
    }
    faults.add(Code::Shape, at);
    None
}

/// Yes or no.
pub fn boolean(json: Option<&Json>, at: &At, faults: &mut Faults) -> Option<bool> {
    match json? {
        Json::Bool(yes) => Some(*yes),
        _ => {
            faults.add(Code::Type, at);
            None
        }
    }
}

/// An integer in a range. One out of it is noted and still given, held to 64 bits, so that other checks go on.
pub fn integer(
    json: Option<&Json>,
    least: i64,
    most: i64,
    at: &At,
    faults: &mut Faults,
) -> Option<i64> {
    let Some(number) = json?.as_int() else {
        faults.add(Code::Type, at);
        return None;
    };
    if number < i128::from(least) || number > i128::from(most) {
        faults.add(Code::Range, at);
    }
    Some(i64::try_from(number).unwrap_or(if number < 0 { i64::MIN } else { i64::MAX }))
}

/// A list of names, each once if asked so.
pub fn names(
    json: &Json,
    member: &str,
    once: bool,
    at: &At,
    faults: &mut Faults,
) -> Vec<(usize, String)> {
    let here = at.to(member);
    let items = list(json, member, 0, at, faults);
    let mut seen = std::collections::HashSet::new();
    if once && !items.iter().all(|item| seen.insert(item.canonical())) {
        faults.add(Code::Shape, &here);
    }
    let named = items.iter().enumerate();
    named
        .filter_map(|(i, item)| Some((i, name(Some(item), &here.to(i), faults)?)))
        .collect()
}
