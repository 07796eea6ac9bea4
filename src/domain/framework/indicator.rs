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
    if let Some(measure) = measure {
        needs(item, measure, at, faults);
    }
    let top_level = levels(item, at, faults);
    let dimension = item
        .get("dimension")
        .and_then(|name| names.find("dimensions", Some(name), &at.to("dimension"), faults));
    let points = number(item, "points", 1, MOST_POINTS, at, faults);
    let nature = shape::name(item.get("nature"), &at.to("nature"), faults);
    let unit = shape::name(item.get("unit"), &at.to("unit"), faults);
    let (floor_c, target_c) = (
        number(item, "floor_c", 0, MOST_VALUE, at, faults),
        number(item, "target_c", 0, MOST_VALUE, at, faults),
    );
    let here = at.to("reported_by");
    let reported_by = shape::word(item.get("reported_by"), &REPORTERS, &here, faults);
    let applies_to = flags(item, names, at, faults);
    let is_na_allowed = shape::boolean(item.get("na_allowed"), &at.to("na_allowed"), faults);
    Some(Indicator {
        code: code?,
        dimension: dimension?,
        points,
        nature: nature?,
        measure: measure?,
        unit: unit?,
        is_lower_better: direction? == "lower",
        floor_c,
        target_c,
        top_level,
        reported_by: reporter(&reported_by?)?,
        applies_to,
        is_na_allowed: is_na_allowed?,
        is_honesty_ratio: calc.is_some(),
    })
}

fn measure(item: &Json, at: &At, faults: &mut Faults) -> Option<Measure> {
    let measure = shape::word(item.get("type"), &MEASURES, &at.to("type"), faults)?;
    Some(match measure.as_str() {
        "yes_no" => Measure::YesNo,
        "level" => Measure::Level,
        "percent" => Measure::Percent,
        "ratio" => Measure::Ratio,
        "count" => Measure::Count,
        _ => Measure::Duration,
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
