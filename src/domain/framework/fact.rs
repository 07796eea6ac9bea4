//! From the file to a fact and where it comes from.

use super::super::fault::{At, Code, Faults};
use super::super::json::Json;
use super::super::shape;
use super::read::Names;
use super::{Fact, FactType, Source};

/// Reads one fact.
pub(super) fn read(item: &Json, names: &Names, at: &At, faults: &mut Faults) -> Option<Fact> {
    shape::members(item, &["id", "type", "source"], &[], true, at, faults).then_some(())?;
    let id = shape::name(item.get("id"), &at.to("id"), faults);
    let kind = shape::word(
        item.get("type"),
        &["int", "bool", "pct"],
        &at.to("type"),
        faults,
    );
    let kind = kind.map(|kind| match kind.as_str() {
        "bool" => FactType::Bool,
        "pct" => FactType::Pct,
        _ => FactType::Int,
    });
    let written = item.get("source")?;
    let source = source(written, kind, names, &at.to("source"), faults)?;
    Some(Fact {
        id: id?,
        kind: kind?,
        source,
        written: written.clone(),
    })
}

fn source(
    json: &Json,
    kind: Option<FactType>,
    names: &Names,
    at: &At,
    faults: &mut Faults,
) -> Option<Source> {
    const KINDS: [&str; 6] = [
        "entered",
        "sum",
        "indicator",
        "submitted",
        "findings",
        "settled_share",
    ];
    if !matches!(json, Json::Object(_)) {
        faults.add(Code::Type, at);
        return None;
    }
    if json.get("kind").is_none() {
        faults.add(Code::Shape, &at.to("kind"));
    }
    let word = shape::word(json.get("kind"), &KINDS, &at.to("kind"), faults)?;
    let (needed, optional): (&[&str], &[&str]) = match word.as_str() {
        "entered" => (&["kind", "default"], &["max_of"]),
        "sum" => (&["kind", "facts"], &[]),
        "indicator" => (&["kind", "indicator"], &[]),
        _ => (&["kind"], &[]),
    };
    shape::members(json, needed, optional, false, at, faults);
    Some(match word.as_str() {
        "entered" => {
            let max_of = json.get("max_of");
            Source::Entered {
                default: default(json.get("default"), kind, &at.to("default"), faults),
                max_of: max_of
                    .and_then(|name| names.find("facts", Some(name), &at.to("max_of"), faults)),
            }
        }
        "sum" => {
            let list = shape::list(json, "facts", 0, at, faults).iter().enumerate();
            let here = at.to("facts");
            Source::Sum(
                list.filter_map(|(i, item)| names.find("facts", Some(item), &here.to(i), faults))
                    .collect(),
            )
        }
        "indicator" => Source::Indicator(names.find(
            "indicators",
            json.get("indicator"),
            &at.to("indicator"),
            faults,
        )?),
        "submitted" => Source::Submitted,
        "findings" => Source::Findings,
        _ => Source::SettledShare,
    })
}

/// What a fact is where nobody entered it. Of a fact without a readable type only that it is a number or a truth.
fn default(
    json: Option<&Json>,
    kind: Option<FactType>,
    at: &At,
    faults: &mut Faults,
) -> Option<i64> {
    match (json?, kind) {
        (Json::Null, _) => None,
        (Json::Bool(yes), Some(FactType::Bool) | None) => Some(i64::from(*yes)),
        (Json::Number(_), Some(FactType::Pct)) => shape::integer(json, 0, 10_000, at, faults),
        (Json::Number(_), Some(FactType::Int) | None) => {
            shape::integer(json, 0, shape::MOST_COUNT, at, faults)
        }
        _ => {
            faults.add(Code::Type, at);
            None
        }
    }
}
