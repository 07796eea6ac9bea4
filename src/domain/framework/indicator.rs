//! From the file to an indicator.

use super::super::fault::{At, Code, Faults};
use super::super::json::Json;
use super::super::shape::{self, MOST_VALUE};
use super::read::{MOST_POINTS, Names, number};
use super::{Indicator, Measure, ReportedBy};

const REPORTERS: [&str; 5] = ["agency", "auditor", "survey", "central", "system"];
const MEASURES: [&str; 6] = ["yes_no", "level", "percent", "ratio", "count", "duration"];

/// Reads one indicator.
pub(super) fn read(item: &Json, names: &Names, at: &At, faults: &mut Faults) -> Option<Indicator> {
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
    let measure = measure(item, at, faults);
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

fn measure(item: &Json, at: &At, faults: &mut Faults) -> Measure {
    let measure = shape::word(item.get("type"), &MEASURES, &at.to("type"), faults);
    match measure.as_deref() {
        Some("yes_no") => Measure::YesNo,
        Some("level") => Measure::Level,
        Some("percent") => Measure::Percent,
        Some("ratio") => Measure::Ratio,
        Some("count") => Measure::Count,
        _ => Measure::Duration,
    }
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

/// The reporter of a word.
pub(super) fn reporter(word: &str) -> Option<ReportedBy> {
    Some(match word {
        "agency" => ReportedBy::Agency,
        "auditor" => ReportedBy::Auditor,
        "survey" => ReportedBy::Survey,
        "central" => ReportedBy::Central,
        "system" => ReportedBy::System,
        _ => return None,
    })
}

/// Flags of the profile that an agency must have.
pub(super) fn flags(item: &Json, names: &Names, at: &At, faults: &mut Faults) -> Vec<String> {
    let here = at.to("applies_to");
    let found = shape::names(item, "applies_to", false, at, faults);
    for (place, flag) in &found {
        if !names.of_list("profile_flags").contains(flag) {
            faults.add(Code::Ref, &here.to(place));
        }
    }
    found.into_iter().map(|(_, flag)| flag).collect()
}
