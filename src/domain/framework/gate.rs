//! From the file to a gate: its conditions, its effects.

use super::super::fault::{At, Code, Faults};
use super::super::json::Json;
use super::super::shape::{self, MOST_VALUE};
use super::indicator::{flags, reporter};
use super::read::{Names, each, number};
use super::{Condition, Effect, Gate, Operator, Scope};

/// Every effect and its members.
const KINDS: [(&str, &[&str]); 11] = [
    ("cap_indicator", &["kind", "indicator", "max_pct"]),
    ("zero_indicator", &["kind", "scope"]),
    ("score_zero", &["kind", "scope"]),
    ("cap_dimension", &["kind", "dimension", "max_pct"]),
    (
        "couple_dimension",
        &["kind", "dimension", "to", "max_lead_pct"],
    ),
    ("cap_grade", &["kind", "max_grade"]),
    ("as_gate", &["kind", "gate"]),
    ("rank_last", &["kind"]),
    ("unranked", &["kind"]),
    ("label", &["kind", "value"]),
    ("agenda", &["kind", "item"]),
];

/// Reads one gate.
pub(super) fn read(
    item: &Json,
    whole: &Json,
    names: &Names,
    at: &At,
    faults: &mut Faults,
) -> Option<Gate> {
    shape::members(
        item,
        &["code", "applies_to", "when", "effects"],
        &[],
        true,
        at,
        faults,
    )
    .then_some(())?;
    let code = shape::name(item.get("code"), &at.to("code"), faults);
    let applies_to = flags(item, names, at, faults);
    let mut conditions = Vec::new();
    if let Some(when) = item.get("when") {
        let here = at.to("when");
        if shape::members(when, &["all"], &[], false, &here, faults) {
            conditions = each(when, "all", 1, &here, faults, |item, at, faults| {
                condition(item, whole, names, at, faults)
            });
            if when.get("all").is_none() {
                conditions.clear();
            }
        }
    }
    let effects = each(item, "effects", 0, at, faults, |item, at, faults| {
        effect(item, names, at, faults)
    });
    Some(Gate {
        code: code?,
        applies_to,
        conditions,
        effects,
    })
}

fn condition(
    item: &Json,
    whole: &Json,
    names: &Names,
    at: &At,
    faults: &mut Faults,
) -> Option<Condition> {
    shape::members(item, &["fact", "op", "value"], &[], false, at, faults).then_some(())?;
    let fact = item
        .get("fact")
        .and_then(|name| names.find("facts", Some(name), &at.to("fact"), faults));
    let operator = shape::word(
        item.get("op"),
        &[">=", "<=", ">", "<", "=="],
        &at.to("op"),
        faults,
    );
    let operator = operator.map(|word| match word.as_str() {
        ">=" => Operator::AtLeast,
        "<=" => Operator::AtMost,
        ">" => Operator::Above,
        "<" => Operator::Below,
        _ => Operator::Equal,
    });
    let facts = whole.get("facts").map_or(&[][..], Json::items);
    let kind = facts
        .get(fact.unwrap_or(facts.len()))
        .and_then(|fact| fact.get("type")?.as_text())
        .filter(|kind| ["int", "bool", "pct"].contains(kind));
    let value = limit(item.get("value")?, kind, &at.to("value"), faults);
    Some(Condition {
        fact: fact?,
        operator: operator?,
        value: value?,
    })
}

/// What a fact is compared with, on the scale of the fact. Of a fact without a readable type any number or truth.
fn limit(json: &Json, kind: Option<&str>, at: &At, faults: &mut Faults) -> Option<i64> {
    let is_type = |word: &str| kind.is_none_or(|kind| kind == word);
    match json {
        Json::Bool(yes) if is_type("bool") => Some(i64::from(*yes)),
        Json::Number(_) if is_type("int") || is_type("pct") => {
            let value = shape::integer(Some(json), -MOST_VALUE, MOST_VALUE, at, faults)?;
            let scale = if kind == Some("pct") { 100 } else { 1 };
            Some(value.saturating_mul(scale))
        }
        _ => {
            faults.add(Code::Type, at);
            None
        }
    }
}

fn effect(item: &Json, names: &Names, at: &At, faults: &mut Faults) -> Option<Effect> {
    if !matches!(item, Json::Object(_)) {
        faults.add(Code::Type, at);
        return None;
    }
    if item.get("kind").is_none() {
        faults.add(Code::Shape, &at.to("kind"));
    }
    let words: Vec<&str> = KINDS.iter().map(|(word, _)| *word).collect();
    let kind = shape::word(item.get("kind"), &words, &at.to("kind"), faults)?;
    let needed = KINDS.iter().find(|(word, _)| *word == kind)?.1;
    let before = faults.count();
    shape::members(item, needed, &[], false, at, faults);
    let find = |list: &str, name: &str, faults: &mut Faults| {
        let found = names.find(list, item.get(name), &at.to(name), faults);
        // Where it is nowhere, that was noted, and the effect is not given.
        found.unwrap_or(0)
    };
    let percent = |name: &str, faults: &mut Faults| number(item, name, 0, 100, at, faults);
    let effect = match kind.as_str() {
        "cap_indicator" => Effect::CapIndicator {
            indicator: find("indicators", "indicator", faults),
            max_pct: percent("max_pct", faults),
        },
        "zero_indicator" => {
            shape::word(item.get("scope"), &["finding"], &at.to("scope"), faults);
            Effect::ZeroFindings
        }
        "score_zero" => {
            Effect::ScoreZero(scope(item.get("scope"), names, &at.to("scope"), faults)?)
        }
        "cap_dimension" if item.get("dimension").and_then(Json::as_text) == Some("of_finding") => {
            Effect::CapFindingDimensions {
                max_pct: percent("max_pct", faults),
            }
        }
        "cap_dimension" => Effect::CapDimension {
            dimension: find("dimensions", "dimension", faults),
            max_pct: percent("max_pct", faults),
        },
        "couple_dimension" => Effect::CoupleDimension {
            dimension: find("dimensions", "dimension", faults),
            to: find("dimensions", "to", faults),
            max_lead_pct: percent("max_lead_pct", faults),
        },
        "cap_grade" => Effect::CapGrade(find("grades", "max_grade", faults)),
        "as_gate" => Effect::AsGate(find("gates", "gate", faults)),
        "rank_last" => Effect::RankLast,
        "unranked" => Effect::Unranked,
        "label" => Effect::Label(
            shape::name(item.get("value"), &at.to("value"), faults).unwrap_or_default(),
        ),
        _ => Effect::Agenda(
            shape::name(item.get("item"), &at.to("item"), faults).unwrap_or_default(),
        ),
    };
    (faults.count() == before).then_some(effect)
}

fn scope(json: Option<&Json>, names: &Names, at: &At, faults: &mut Faults) -> Option<Scope> {
    let text = shape::text(json, at, faults)?;
    if text == "all" {
        return Some(Scope::All);
    }
    if let Some(word) = text.strip_prefix("reported_by:") {
        if !word.is_empty() && word.bytes().all(|sign| sign.is_ascii_lowercase()) {
            let found = reporter(word);
            if found.is_none() {
                faults.add(Code::Ref, at);
            }
            return found.map(Scope::ReportedBy);
        }
    } else if let Some(code) = text
        .strip_prefix("dimension:")
        .filter(|code| !code.is_empty())
    {
        let place = names
            .of_list("dimensions")
            .iter()
            .position(|other| other == code);
        if place.is_none() {
            faults.add(Code::Ref, at);
        }
        return place.map(Scope::Dimension);
    }
    faults.add(Code::Shape, at);
    None
}
