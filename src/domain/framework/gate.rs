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
        .map(|name| names.find("facts", Some(name), &at.to("fact"), faults));
    let operator = shape::word(
        item.get("op"),
        &[">=", "<=", ">", "<", "=="],
        &at.to("op"),
        faults,
    )?;
    let operator = match operator.as_str() {
        ">=" => Operator::AtLeast,
        "<=" => Operator::AtMost,
        ">" => Operator::Above,
        "<" => Operator::Below,
        _ => Operator::Equal,
    };
    let written = whole
        .get("facts")
        .and_then(|facts| facts.items().get(fact?))?;
    let kind = written
        .get("type")
        .and_then(Json::as_text)
        .unwrap_or_default();
    let here = at.to("value");
    let value = match item.get("value")? {
        Json::Bool(yes) if kind == "bool" => i64::from(*yes),
        Json::Number(_) if kind != "bool" => {
            let value = shape::integer(item.get("value"), -MOST_VALUE, MOST_VALUE, &here, faults)?;
            if kind == "pct" { value * 100 } else { value }
        }
        _ => {
            faults.add(Code::Type, &here);
            return None;
        }
    };
    Some(Condition {
        fact: fact?,
        operator,
        value,
    })
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
    let find = |list: &str, name: &str, faults: &mut Faults| match item.get(name) {
        Some(json) => names.find(list, Some(json), &at.to(name), faults),
        None => 0,
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
