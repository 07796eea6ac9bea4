//! One value and one verdict: is it allowed for this indicator? (SCORING.md §2, §17)

use super::super::fault::{At, Code, Faults};
use super::super::framework::{Indicator, Measure, ReportedBy};
use super::super::json::Json;
use super::super::shape::{self, MOST_COUNT, MOST_VALUE};
use super::{Value, Verdict};

const MOST_SAMPLE: i64 = 1_000_000;

/// Reads a value object and checks it against its indicator.
pub fn value(
    json: &Json,
    indicator: Option<&Indicator>,
    at: &At,
    faults: &mut Faults,
) -> Option<Value> {
    let value = shape_of(json, at, faults)?;
    if let Some(indicator) = indicator {
        fits(value, indicator, at, faults);
    }
    Some(value)
}

fn shape_of(json: &Json, at: &At, faults: &mut Faults) -> Option<Value> {
    if !matches!(json, Json::Object(_)) {
        faults.add(Code::Type, at);
        return None;
    }
    let has = |name: &str| json.get(name).is_some();
    let kinds = [
        has("yes"),
        has("level"),
        has("num") || has("den"),
        has("value_c"),
    ];
    if kinds.iter().filter(|kind| **kind).count() != 1 {
        faults.add(Code::Shape, at);
        return None;
    }
    let before = faults.count();
    let needed: &[&str] = match kinds {
        [true, ..] => &["yes"],
        [_, true, ..] => &["level"],
        [_, _, true, _] => &["num", "den"],
        _ => &["value_c"],
    };
    shape::members(json, needed, &[], false, at, faults);
    let is_whole = faults.count() == before;
    let mut int =
        |name: &str, most: i64| shape::integer(json.get(name), 0, most, &at.to(name), faults);
    let value = match kinds {
        [true, ..] => shape::boolean(json.get("yes"), &at.to("yes"), faults).map(Value::Yes),
        [_, true, ..] => int("level", 1000).map(Value::Level),
        [_, _, true, _] => {
            let (num, den) = (int("num", MOST_COUNT), int("den", MOST_COUNT));
            num.zip(den).map(|(num, den)| Value::Ratio { num, den })
        }
        _ => int("value_c", MOST_VALUE).map(Value::Amount),
    };
    value.filter(|_| is_whole)
}

fn fits(value: Value, indicator: &Indicator, at: &At, faults: &mut Faults) {
    match (indicator.measure, value) {
        (Measure::YesNo, Value::Yes(_)) => {}
        (Measure::Level, Value::Level(level)) => {
            if level > indicator.top_level {
                faults.add(Code::Range, &at.to("level"));
            }
        }
        (Measure::Ratio, Value::Ratio { num, den }) => {
            if den == 0 && num > 0 {
                faults.add(Code::ZeroDen, &at.to("den"));
            } else if indicator.is_percent() && num > den {
                faults.add(Code::Ratio, &at.to("num"));
            }
        }
        (Measure::Percent | Measure::Count | Measure::Duration, Value::Amount(amount)) => {
            if indicator.is_percent() && amount > 10_000 {
                faults.add(Code::Range, &at.to("value_c"));
            }
        }
        _ => faults.add(Code::Value, at),
    }
}

/// What a verdict stands next to.
pub struct Beside<'a> {
    pub indicator: Option<&'a Indicator>,
    pub has_claim: bool,
    pub claim: Option<Value>,
}

/// Reads a verdict and checks whether it may be given here.
pub fn verdict(json: &Json, beside: &Beside, at: &At, faults: &mut Faults) -> Option<Verdict> {
    let before = faults.count();
    let verdict = verdict_shape(json, beside, at, faults);
    if let (Some(verdict), Some(indicator)) = (&verdict, beside.indicator) {
        may_be_given(verdict, indicator, beside, at, faults);
    }
    verdict.filter(|_| faults.count() == before)
}

fn verdict_shape(json: &Json, beside: &Beside, at: &At, faults: &mut Faults) -> Option<Verdict> {
    const KINDS: [&str; 6] = [
        "confirmed",
        "rejected",
        "adjusted",
        "sample",
        "measured",
        "not_applicable",
    ];
    if !matches!(json, Json::Object(_)) {
        faults.add(Code::Type, at);
        return None;
    }
    if json.get("kind").is_none() {
        faults.add(Code::Shape, &at.to("kind"));
    }
    let kind = shape::word(json.get("kind"), &KINDS, &at.to("kind"), faults)?;
    let (needed, optional): (&[&str], &[&str]) = match kind.as_str() {
        "adjusted" => (&["kind", "value"], &[]),
        "sample" => (&["kind", "n", "k"], &[]),
        "measured" => (&["kind", "value"], &["answers"]),
        "not_applicable" => (&["kind", "reason"], &[]),
        _ => (&["kind"], &[]),
    };
    let before = faults.count();
    shape::members(json, needed, optional, false, at, faults);
    let is_whole = faults.count() == before;
    let verdict = match kind.as_str() {
        "confirmed" => Verdict::Confirmed,
        "rejected" => Verdict::Rejected,
        "adjusted" => Verdict::Adjusted(verified(json, beside, at, faults)?),
        "measured" => {
            let value = verified(json, beside, at, faults);
            let here = at.to("answers");
            let is_survey = beside
                .indicator
                .map(|i| i.reported_by == ReportedBy::Survey);
            if is_survey.is_some_and(|is_survey| is_survey != json.get("answers").is_some()) {
                faults.add(Code::Shape, &here);
            }
            let answers = shape::integer(json.get("answers"), 0, MOST_COUNT, &here, faults);
            Verdict::Measured {
                value: value?,
                answers,
            }
        }
        "sample" => {
            let n = shape::integer(json.get("n"), 0, MOST_SAMPLE, &at.to("n"), faults);
            let k = shape::integer(json.get("k"), 0, MOST_SAMPLE, &at.to("k"), faults);
            if n == Some(0) || n.zip(k).is_some_and(|(n, k)| k > n) {
                faults.add(Code::Sample, at);
            }
            Verdict::Sample { n: n?, k: k? }
        }
        _ => Verdict::NotApplicable {
            reason: shape::text(json.get("reason"), &at.to("reason"), faults)?,
        },
    };
    Some(verdict).filter(|_| is_whole)
}

/// A verified value; nobody can verify a share of nothing.
fn verified(json: &Json, beside: &Beside, at: &At, faults: &mut Faults) -> Option<Value> {
    let here = at.to("value");
    let found = value(json.get("value")?, beside.indicator, &here, faults)?;
    if matches!(found, Value::Ratio { den: 0, .. }) {
        faults.add(Code::ZeroDen, &here.to("den"));
    }
    Some(found)
}

fn may_be_given(
    verdict: &Verdict,
    indicator: &Indicator,
    beside: &Beside,
    at: &At,
    faults: &mut Faults,
) {
    let is_agency = indicator.reported_by == ReportedBy::Agency;
    let is_share = indicator.measure == Measure::Ratio && indicator.is_percent();
    let is_allowed = match verdict {
        Verdict::NotApplicable { .. } => indicator.is_na_allowed,
        _ if indicator.is_honesty_ratio => false,
        Verdict::Measured { .. } => !is_agency,
        Verdict::Sample { .. } => is_agency && beside.has_claim && is_share,
        _ => is_agency && beside.has_claim,
    };
    if !is_allowed {
        faults.add(Code::Verdict, at);
    }
    let is_of_nothing = matches!(beside.claim, Some(Value::Ratio { num: 0, den: 0 }));
    if is_allowed && is_of_nothing && matches!(verdict, Verdict::Confirmed | Verdict::Sample { .. })
    {
        faults.add(Code::ZeroDen, at);
    }
}
