//! One answer of the checklist: is it allowed? A whole set: is it complete? Validity is asked at every save,
//! completeness only at hand-in (DOMAIN.md §3a).

use super::framework::{Framework, Indicator, Measure, ReportedBy};
use super::json;
use super::number::{self, NumberFault};
use super::returns::Value;
use super::score::{points_c, value_of};

/// What an agency chose for an indicator.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Choice {
    /// A value it claims.
    Claim(Value),
    /// «پاسخی نداریم»: explicitly none, scored as unanswered.
    Blank,
    /// Asks the planning office to declare it not applicable, with a reason.
    NotApplicable(String),
}

impl Choice {
    /// The word kept in the database.
    pub fn as_str(&self) -> &'static str {
        match self {
            Choice::Claim(_) => "value",
            Choice::Blank => "blank",
            Choice::NotApplicable(_) => "not_applicable",
        }
    }
}

/// What is wrong with a typed value, and in which field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ValueFault {
    /// Nothing was chosen or typed.
    Missing,
    /// The typed words are no number as asked.
    Number(NumberFault),
    /// Above what the indicator allows.
    TooHigh { most: i64 },
    /// The part is above the whole.
    PartAboveWhole,
    /// Something of nothing.
    WholeIsZero,
}

/// The field a fault belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Field {
    Value,
    Numerator,
    Denominator,
}

/// The typed fields of a value, as they came.
#[derive(Clone, Debug, Default)]
pub struct Typed<'a> {
    pub value: &'a str,
    pub numerator: &'a str,
    pub denominator: &'a str,
}

const MOST_COUNT: i64 = super::shape::MOST_COUNT;
const MOST_VALUE: i64 = super::shape::MOST_VALUE;

/// Reads the value of an indicator from what was typed; all faults at once.
pub fn read(indicator: &Indicator, typed: &Typed) -> Result<Value, Vec<(Field, ValueFault)>> {
    let one =
        |result: Result<Value, ValueFault>| result.map_err(|fault| vec![(Field::Value, fault)]);
    match indicator.measure {
        Measure::YesNo => one(match typed.value {
            "yes" => Ok(Value::Yes(true)),
            "no" => Ok(Value::Yes(false)),
            _ => Err(ValueFault::Missing),
        }),
        Measure::Level => one(whole(typed.value).and_then(|level| {
            if level > indicator.top_level {
                return Err(ValueFault::TooHigh {
                    most: indicator.top_level,
                });
            }
            Ok(Value::Level(level))
        })),
        Measure::Ratio => ratio(indicator, typed),
        Measure::Count => one(whole(typed.value).and_then(|count| {
            if count > MOST_COUNT {
                return Err(ValueFault::TooHigh { most: MOST_COUNT });
            }
            Ok(Value::Amount(count * 100))
        })),
        Measure::Percent | Measure::Duration => one(hundredths(typed.value).and_then(|value_c| {
            let most = if indicator.is_percent() {
                10_000
            } else {
                MOST_VALUE
            };
            if value_c > most {
                return Err(ValueFault::TooHigh { most: most / 100 });
            }
            Ok(Value::Amount(value_c))
        })),
    }
}

fn whole(typed: &str) -> Result<i64, ValueFault> {
    number::parse_whole(typed).map_err(number_fault)
}

fn hundredths(typed: &str) -> Result<i64, ValueFault> {
    number::parse_hundredths(typed).map_err(number_fault)
}

fn number_fault(fault: NumberFault) -> ValueFault {
    match fault {
        NumberFault::Empty => ValueFault::Missing,
        fault => ValueFault::Number(fault),
    }
}

fn ratio(indicator: &Indicator, typed: &Typed) -> Result<Value, Vec<(Field, ValueFault)>> {
    let mut faults = Vec::new();
    let mut part = |field, typed| {
        let read = whole(typed).and_then(|number| {
            if number > MOST_COUNT {
                Err(ValueFault::TooHigh { most: MOST_COUNT })
            } else {
                Ok(number)
            }
        });
        read.map_err(|fault| faults.push((field, fault)))
            .unwrap_or(0)
    };
    let num = part(Field::Numerator, typed.numerator);
    let den = part(Field::Denominator, typed.denominator);
    if faults.is_empty() && den == 0 && num > 0 {
        faults.push((Field::Denominator, ValueFault::WholeIsZero));
    } else if faults.is_empty() && indicator.is_percent() && num > den {
        faults.push((Field::Numerator, ValueFault::PartAboveWhole));
    }
    if faults.is_empty() {
        Ok(Value::Ratio { num, den })
    } else {
        Err(faults)
    }
}

/// A value as it is kept: the object of the RETURNS file on one line.
pub fn keep(value: Value) -> String {
    match value {
        Value::Yes(yes) => format!("{{\"yes\":{yes}}}"),
        Value::Level(level) => format!("{{\"level\":{level}}}"),
        Value::Ratio { num, den } => format!("{{\"num\":{num},\"den\":{den}}}"),
        Value::Amount(value) => format!("{{\"value_c\":{value}}}"),
    }
}

/// A kept value; `None` only if the row was damaged.
pub fn kept(text: &str) -> Option<Value> {
    as_written(text).or_else(|| as_object(text))
}

/// A value exactly as [`keep`] writes it: a quarter holds a hundred thousand of them.
fn as_written(text: &str) -> Option<Value> {
    let (name, rest) = text
        .strip_prefix("{\"")?
        .strip_suffix('}')?
        .split_once("\":")?;
    match name {
        "yes" => rest.parse().ok().map(Value::Yes),
        "level" => rest.parse().ok().map(Value::Level),
        "value_c" => rest.parse().ok().map(Value::Amount),
        "num" => {
            let (num, den) = rest.split_once(",\"den\":")?;
            let (num, den) = (num.parse().ok()?, den.parse().ok()?);
            Some(Value::Ratio { num, den })
        }
        _ => None,
    }
}

/// A value as an object of JSON, in whatever order and with whatever spaces.
fn as_object(text: &str) -> Option<Value> {
    let object = json::read(text.as_bytes())?;
    let int = |name: &str| i64::try_from(object.get(name)?.as_int()?).ok();
    if let Some(json::Json::Bool(yes)) = object.get("yes") {
        return Some(Value::Yes(*yes));
    }
    if let Some(level) = int("level") {
        return Some(Value::Level(level));
    }
    if let Some(value) = int("value_c") {
        return Some(Value::Amount(value));
    }
    Some(Value::Ratio {
        num: int("num")?,
        den: int("den")?,
    })
}

/// Whether an agency fills this indicator in: it applies to its profile and the agency reports it.
pub fn is_asked(indicator: &Indicator, profile: &[String]) -> bool {
    indicator.reported_by == ReportedBy::Agency && applies(indicator, profile)
}

/// Whether an indicator applies to a profile.
pub fn applies(indicator: &Indicator, profile: &[String]) -> bool {
    indicator
        .applies_to
        .iter()
        .all(|flag| profile.contains(flag))
}

/// Whether two claims on one indicator are so unlike that somebody will ask why: the claim moved by so many hundredths of
/// a percent of the indicator's points. Nothing forbids it.
pub fn is_unlike(indicator: &Indicator, before: Value, now: Value, most_bp: i64) -> bool {
    let is_of_one_kind = std::mem::discriminant(&before) == std::mem::discriminant(&now);
    let [before, now] = [before, now].map(|value| points_c(indicator, value_of(indicator, value)));
    // Points are in hundredths, the share in hundredths of a percent: 100 hundredths of a point and 100 percent of it.
    is_of_one_kind && (before - now).abs() * 100 >= indicator.points * most_bp
}

/// The asked indicators without any choice: what keeps a checklist from being handed in.
pub fn missing<'a>(
    framework: &'a Framework,
    profile: &[String],
    has: impl Fn(&str) -> bool,
) -> Vec<&'a Indicator> {
    let asked = framework
        .indicators
        .iter()
        .filter(|indicator| is_asked(indicator, profile));
    asked.filter(|indicator| !has(&indicator.code)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_that_was_kept_is_read_again() {
        for value in [
            Value::Yes(true),
            Value::Level(3),
            Value::Ratio { num: 0, den: 7 },
            Value::Amount(1250),
        ] {
            assert_eq!(kept(&keep(value)), Some(value));
        }
    }
}
