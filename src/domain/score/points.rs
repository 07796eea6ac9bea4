//! From a value to points (SCORING.md §3).

use super::super::framework::{Indicator, Measure};
use super::super::returns::Value;
use super::half_up;

/// The value as the rule compares it: level, 0 or 1, or hundredths of the unit. `None` for 0 of 0.
pub fn value_of(indicator: &Indicator, value: Value) -> Option<i64> {
    Some(match value {
        Value::Yes(yes) => i64::from(yes),
        Value::Level(level) => level,
        Value::Amount(amount) => amount,
        Value::Ratio { den: 0, .. } => return None,
        Value::Ratio { num, den } => {
            let scale = if indicator.is_percent() { 10_000 } else { 100 };
            half_up(i128::from(num) * scale, i128::from(den))
        }
    })
}

/// Percent of the indicator in hundredths.
pub fn rate_bp(indicator: &Indicator, x: i64) -> i64 {
    let (x, floor, target) = (
        i128::from(x),
        i128::from(indicator.floor_c),
        i128::from(indicator.target_c),
    );
    match indicator.measure {
        Measure::YesNo => x as i64 * 10_000,
        Measure::Level => half_up(10_000 * x, i128::from(indicator.top_level)),
        _ => {
            let (way, whole) = if indicator.is_lower_better {
                (floor - x, floor - target)
            } else {
                (x - floor, target - floor)
            };
            half_up(10_000 * way.clamp(0, whole), whole)
        }
    }
}

/// Points in hundredths for a value on the rule's scale; nothing for 0 of 0.
pub fn points_c(indicator: &Indicator, x: Option<i64>) -> i64 {
    x.map_or(0, |x| {
        half_up(
            i128::from(indicator.points) * i128::from(rate_bp(indicator, x)),
            100,
        )
    })
}

/// The value that earns nothing: what silence is taken for by a gate.
pub fn worst(indicator: &Indicator) -> i64 {
    match indicator.measure {
        Measure::YesNo | Measure::Level => 0,
        _ => indicator.floor_c,
    }
}
