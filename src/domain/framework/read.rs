//! From the file to a framework: shapes and types here, sense in `check`.

use super::super::fault::{At, Code, Faults};
use super::super::json::Json;
use super::super::shape::{self, MOST_VALUE};
use super::*;

const MOST_POINTS: i64 = 1_000_000_000;
const REPORTERS: [&str; 5] = ["agency", "auditor", "survey", "central", "system"];
const MEASURES: [&str; 6] = ["yes_no", "level", "percent", "ratio", "count", "duration"];

/// Reads a framework; every fault is noted, and nothing is given where there is one.
pub fn read(json: &Json, at: &At, faults: &mut Faults) -> Option<Framework> {
    let before = faults.count();
    const NEEDED: [&str; 13] = [
        "format",
        "code",
        "version",
        "total_points",
        "policy",
        "grades",
        "agency_kinds",
        "agency_groups",
        "profile_flags",
        "facts",
        "dimensions",
        "indicators",
        "gates",
    ];
    if !shape::members(json, &NEEDED, &[], true, at, faults) {
        return None;
    }
    shape::word(
        json.get("format"),
        &["mizan-framework/1"],
        &at.to("format"),
        faults,
    );
    let names = Names::of(json, at, faults);
    let draft = Framework {
        code: shape::name(json.get("code"), &at.to("code"), faults).unwrap_or_default(),
        version: shape::name(json.get("version"), &at.to("version"), faults).unwrap_or_default(),
        total_points: number(json, "total_points", 1, MOST_POINTS, at, faults),
        policy: policy(json, at, faults),
        grades: grades(json, at, faults),
        groups: groups(json, &names, at, faults),
        facts: each(json, "facts", 0, at, faults, |item, at, faults| {
            fact(item, &names, at, faults)
        }),
        dimensions: each(json, "dimensions", 1, at, faults, dimension),
        indicators: each(json, "indicators", 1, at, faults, |item, at, faults| {
            indicator(item, &names, at, faults)
        }),
        gates: each(json, "gates", 0, at, faults, |item, at, faults| {
            gate(item, json, &names, at, faults)
        }),
        indicator_places: names.places("indicators"),
        fact_places: names.places("facts"),
        kinds: names.of_list("agency_kinds"),
        flags: names.of_list("profile_flags"),
        source: json.clone(),
    };
    if faults.count() == before || draft.indicators.len() == names.of_list("indicators").len() {
        super::check::check(&draft, at, faults);
    }
    (faults.count() == before).then_some(draft)
}

/// The names every list of the file gives, so that references can be followed forwards.
pub(super) struct Names(HashMap<&'static str, Vec<String>>);

impl Names {
    fn of(json: &Json, at: &At, faults: &mut Faults) -> Names {
        const LISTS: [(&str, &str, usize); 8] = [
            ("grades", "id", 1),
            ("agency_kinds", "id", 1),
            ("agency_groups", "code", 0),
            ("profile_flags", "id", 0),
            ("facts", "id", 0),
            ("dimensions", "code", 1),
            ("indicators", "code", 1),
            ("gates", "code", 0),
        ];
        let mut names = HashMap::new();
        for (list, key, least) in LISTS {
            let here = at.to(list);
            let mut found: Vec<String> = Vec::new();
            let mut ignored = Faults::default();
            for (place, item) in shape::list(json, list, least, at, &mut ignored)
                .iter()
                .enumerate()
            {
                let name = item
                    .get(key)
                    .and_then(Json::as_text)
                    .unwrap_or_default()
                    .to_owned();
                if !name.is_empty() && found.contains(&name) {
                    faults.add(Code::DuplicateCode, &here.to(place));
                }
                found.push(name);
            }
            if matches!(list, "agency_kinds" | "profile_flags") {
                for (place, item) in shape::list(json, list, least, at, faults)
                    .iter()
                    .enumerate()
                {
                    shape::members(item, &[key], &[], true, &here.to(place), faults);
                    shape::name(item.get(key), &here.to(place).to(key), faults);
                }
            }
            names.insert(list, found);
        }
        Names(names)
    }

    fn of_list(&self, list: &str) -> Vec<String> {
        self.0.get(list).cloned().unwrap_or_default()
    }

    fn places(&self, list: &str) -> HashMap<String, usize> {
        self.of_list(list)
            .into_iter()
            .enumerate()
            .map(|(place, name)| (name, place))
            .collect()
    }

    fn find(&self, list: &str, name: Option<&Json>, at: &At, faults: &mut Faults) -> usize {
        let Some(name) = shape::name(name, at, faults) else {
            return 0;
        };
        let place = self
            .0
            .get(list)
            .and_then(|names| names.iter().position(|other| *other == name));
        if place.is_none() {
            faults.add(Code::Ref, at);
        }
        place.unwrap_or(0)
    }
}

fn number(json: &Json, name: &str, least: i64, most: i64, at: &At, faults: &mut Faults) -> i64 {
    shape::integer(json.get(name), least, most, &at.to(name), faults).unwrap_or(0)
}

fn each<T>(
    json: &Json,
    name: &str,
    least: usize,
    at: &At,
    faults: &mut Faults,
    mut read: impl FnMut(&Json, &At, &mut Faults) -> Option<T>,
) -> Vec<T> {
    let here = at.to(name);
    let items = shape::list(json, name, least, at, faults);
    items
        .iter()
        .enumerate()
        .filter_map(|(place, item)| read(item, &here.to(place), faults))
        .collect()
}

fn policy(json: &Json, at: &At, faults: &mut Faults) -> Policy {
    let at = &at.to("policy");
    let empty = Json::Object(Vec::new());
    let is_there = json.get("policy").is_some();
    let json = json.get("policy").unwrap_or(&empty);
    const NEEDED: [&str; 9] = [
        "unverified",
        "discount_bp",
        "trust_prior_points",
        "trust_prior_bp",
        "trust_over_weight",
        "sample_z_c",
        "min_rank_points",
        "survey_min_answers",
        "gap_alert_bp",
    ];
    if is_there {
        shape::members(json, &NEEDED, &[], false, at, faults);
    }
    let word = shape::word(
        json.get("unverified"),
        &["trust", "discount", "zero", "accept"],
        &at.to("unverified"),
        faults,
    );
    Policy {
        unverified: match word.as_deref() {
            Some("discount") => Unverified::Discount,
            Some("zero") => Unverified::Zero,
            Some("accept") => Unverified::Accept,
            _ => Unverified::Trust,
        },
        discount_bp: number(json, "discount_bp", 0, 10_000, at, faults),
        trust_prior_points: number(json, "trust_prior_points", 1, i64::MAX, at, faults),
        trust_prior_bp: number(json, "trust_prior_bp", 0, 10_000, at, faults),
        trust_over_weight: number(json, "trust_over_weight", 1, 1000, at, faults),
        sample_z_c: number(json, "sample_z_c", 0, 1000, at, faults),
        min_rank_points: number(json, "min_rank_points", 0, i64::MAX, at, faults),
        survey_min_answers: number(json, "survey_min_answers", 0, i64::MAX, at, faults),
        gap_alert_bp: number(json, "gap_alert_bp", 0, 10_000, at, faults),
    }
}

fn grades(json: &Json, at: &At, faults: &mut Faults) -> Vec<Grade> {
    each(json, "grades", 1, at, faults, |item, at, faults| {
        shape::members(item, &["id", "min_c"], &[], true, at, faults).then_some(())?;
        let id = shape::name(item.get("id"), &at.to("id"), faults)?;
        let min_c = shape::integer(item.get("min_c"), 0, 10_000, &at.to("min_c"), faults)?;
        Some(Grade { id, min_c })
    })
}

fn groups(json: &Json, names: &Names, at: &At, faults: &mut Faults) -> Vec<(String, String)> {
    each(json, "agency_groups", 0, at, faults, |item, at, faults| {
        shape::members(item, &["code", "kind"], &[], true, at, faults).then_some(())?;
        let code = shape::name(item.get("code"), &at.to("code"), faults)?;
        let kind = item.get("kind")?;
        names.find("agency_kinds", Some(kind), &at.to("kind"), faults);
        Some((code, kind.as_text()?.to_owned()))
    })
}

fn dimension(item: &Json, at: &At, faults: &mut Faults) -> Option<Dimension> {
    shape::members(item, &["code", "points"], &[], true, at, faults).then_some(())?;
    let code = shape::name(item.get("code"), &at.to("code"), faults)?;
    let points = shape::integer(item.get("points"), 1, MOST_POINTS, &at.to("points"), faults)?;
    Some(Dimension { code, points })
}

fn fact(item: &Json, names: &Names, at: &At, faults: &mut Faults) -> Option<Fact> {
    shape::members(item, &["id", "type", "source"], &[], true, at, faults).then_some(())?;
    let id = shape::name(item.get("id"), &at.to("id"), faults);
    let kind = shape::word(
        item.get("type"),
        &["int", "bool", "pct"],
        &at.to("type"),
        faults,
    );
    let kind = match kind.as_deref() {
        Some("bool") => FactType::Bool,
        Some("pct") => FactType::Pct,
        _ => FactType::Int,
    };
    let written = item.get("source")?;
    let source = source(written, kind, names, &at.to("source"), faults)?;
    Some(Fact {
        id: id?,
        kind,
        source,
        written: written.clone(),
    })
}

fn source(
    json: &Json,
    kind: FactType,
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
                    .map(|name| names.find("facts", Some(name), &at.to("max_of"), faults)),
            }
        }
        "sum" => {
            let list = shape::list(json, "facts", 0, at, faults).iter().enumerate();
            let here = at.to("facts");
            Source::Sum(
                list.map(|(i, item)| names.find("facts", Some(item), &here.to(i), faults))
                    .collect(),
            )
        }
        "indicator" => Source::Indicator(names.find(
            "indicators",
            json.get("indicator"),
            &at.to("indicator"),
            faults,
        )),
        "submitted" => Source::Submitted,
        "findings" => Source::Findings,
        _ => Source::SettledShare,
    })
}

fn default(json: Option<&Json>, kind: FactType, at: &At, faults: &mut Faults) -> Option<i64> {
    match (json?, kind) {
        (Json::Null, _) => None,
        (Json::Bool(yes), FactType::Bool) => Some(i64::from(*yes)),
        (Json::Number(_), FactType::Int | FactType::Pct) => {
            let most = if kind == FactType::Pct {
                10_000
            } else {
                shape::MOST_COUNT
            };
            shape::integer(json, 0, most, at, faults)
        }
        _ => {
            faults.add(Code::Type, at);
            None
        }
    }
}

fn indicator(item: &Json, names: &Names, at: &At, faults: &mut Faults) -> Option<Indicator> {
    const NEEDED: [&str; 10] = [
        "code",
        "dimension",
        "points",
        "nature",
        "type",
        "unit",
        "direction",
        "reported_by",
        "applies_to",
        "na_allowed",
    ];
    const KNOWN: [&str; 4] = ["floor_c", "target_c", "levels", "calc"];
    shape::members(item, &NEEDED, &KNOWN, true, at, faults).then_some(())?;
    let code = shape::name(item.get("code"), &at.to("code"), faults);
    let measure = shape::word(item.get("type"), &MEASURES, &at.to("type"), faults);
    let measure = match measure.as_deref() {
        Some("yes_no") => Measure::YesNo,
        Some("level") => Measure::Level,
        Some("percent") => Measure::Percent,
        Some("ratio") => Measure::Ratio,
        Some("count") => Measure::Count,
        _ => Measure::Duration,
    };
    let direction = shape::word(
        item.get("direction"),
        &["higher", "lower"],
        &at.to("direction"),
        faults,
    );
    let calc = shape::word(item.get("calc"), &["honesty_ratio"], &at.to("calc"), faults);
    needs(item, measure, at, faults);
    let top_level = levels(item, at, faults);
    Some(Indicator {
        code: code?,
        dimension: item.get("dimension").map_or(0, |name| {
            names.find("dimensions", Some(name), &at.to("dimension"), faults)
        }),
        points: number(item, "points", 1, MOST_POINTS, at, faults),
        nature: shape::name(item.get("nature"), &at.to("nature"), faults).unwrap_or_default(),
        measure,
        unit: shape::name(item.get("unit"), &at.to("unit"), faults).unwrap_or_default(),
        is_lower_better: direction.as_deref() == Some("lower"),
        floor_c: number(item, "floor_c", 0, MOST_VALUE, at, faults),
        target_c: number(item, "target_c", 0, MOST_VALUE, at, faults),
        top_level,
        reported_by: shape::word(
            item.get("reported_by"),
            &REPORTERS,
            &at.to("reported_by"),
            faults,
        )
        .and_then(|word| reporter(&word))
        .unwrap_or(ReportedBy::Agency),
        applies_to: flags(item, names, at, faults),
        is_na_allowed: shape::boolean(item.get("na_allowed"), &at.to("na_allowed"), faults)
            .unwrap_or(false),
        is_honesty_ratio: calc.is_some(),
    })
}

/// Goalposts for what is measured, levels for what is judged in levels.
fn needs(item: &Json, measure: Measure, at: &At, faults: &mut Faults) {
    let needed: &[&str] = match measure {
        Measure::YesNo => &[],
        Measure::Level => &["levels"],
        _ => &["floor_c", "target_c"],
    };
    for name in needed.iter().filter(|name| item.get(name).is_none()) {
        faults.add(Code::Shape, &at.to(name));
    }
}

fn levels(item: &Json, at: &At, faults: &mut Faults) -> i64 {
    if item.get("levels").is_none() {
        return 1;
    }
    let here = at.to("levels");
    let levels = shape::list(item, "levels", 2, at, faults);
    for (place, level) in levels.iter().enumerate() {
        shape::members(level, &[], &[], true, &here.to(place), faults);
    }
    i64::try_from(levels.len()).map_or(1, |count| (count - 1).max(1))
}

fn reporter(word: &str) -> Option<ReportedBy> {
    Some(match word {
        "agency" => ReportedBy::Agency,
        "auditor" => ReportedBy::Auditor,
        "survey" => ReportedBy::Survey,
        "central" => ReportedBy::Central,
        "system" => ReportedBy::System,
        _ => return None,
    })
}

fn flags(item: &Json, names: &Names, at: &At, faults: &mut Faults) -> Vec<String> {
    let here = at.to("applies_to");
    let found = shape::names(item, "applies_to", false, at, faults);
    for (place, flag) in &found {
        if !names.0["profile_flags"].contains(flag) {
            faults.add(Code::Ref, &here.to(place));
        }
    }
    found.into_iter().map(|(_, flag)| flag).collect()
}

fn gate(item: &Json, whole: &Json, names: &Names, at: &At, faults: &mut Faults) -> Option<Gate> {
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
        let place = names.0["dimensions"].iter().position(|other| other == code);
        if place.is_none() {
            faults.add(Code::Ref, at);
        }
        return place.map(Scope::Dimension);
    }
    faults.add(Code::Shape, at);
    None
}
