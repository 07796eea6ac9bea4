//! How the points of an indicator were reached, step by step with the numbers filled in: whoever follows with a
//! calculator that rounds to two decimals comes to the same (SCORING.md §1, §3–§6).

use super::super::framework::{Framework, Indicator, Measure};
use super::super::returns::{Answer, Value, Verdict};
use super::points::{points_c, rate_bp, value_of};
use super::settle::{Item, Status};
use super::{Honesty, half_up};

/// One step. Every result is the number that the next step uses, in hundredths.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// num ÷ den, as percent or as times.
    Share {
        num: i64,
        den: i64,
        x: i64,
        is_percent: bool,
    },
    /// k of n drawn cases: the share that stands instead of the claim, or beside it.
    Sample {
        n: i64,
        k: i64,
        share: i64,
        is_standing: bool,
    },
    /// Level ÷ highest level.
    Level { level: i64, top: i64, rate_bp: i64 },
    /// Yes is the whole, no is nothing.
    Yes { is_yes: bool, rate_bp: i64 },
    /// The way from floor to target that was gone; beyond either end counts the end.
    Goalposts {
        x: i64,
        floor: i64,
        target: i64,
        is_lower_better: bool,
        is_beyond: bool,
        rate_bp: i64,
    },
    /// Ceiling × percent.
    Points {
        points: i64,
        rate_bp: i64,
        points_c: i64,
    },
    /// A claim without a verdict counts by trust, or by the policy's share.
    Pending {
        claimed_c: i64,
        share_bp: i64,
        base_c: i64,
    },
    /// Rejected, unanswered or nothing of nothing: no points.
    Nothing,
    /// A gate holds the indicator.
    Held { base_c: i64, final_c: i64 },
}

impl Step {
    /// What the step comes to.
    pub fn result(&self) -> i64 {
        match *self {
            Step::Share { x, .. } => x,
            Step::Sample { share, .. } => share,
            Step::Level { rate_bp, .. }
            | Step::Yes { rate_bp, .. }
            | Step::Goalposts { rate_bp, .. } => rate_bp,
            Step::Points { points_c, .. } => points_c,
            Step::Pending { base_c, .. } => base_c,
            Step::Nothing => 0,
            Step::Held { final_c, .. } => final_c,
        }
    }
}

/// The steps of a counted indicator from its value to its final points; none where it is not counted.
pub fn work(
    framework: &Framework,
    indicator: &Indicator,
    answer: Option<&Answer>,
    item: &Item,
    honesty: &Honesty,
    final_c: i64,
) -> Vec<Step> {
    if !item.status.is_counted() {
        return Vec::new();
    }
    let mut steps = Vec::new();
    match item.value {
        None => steps.push(Step::Nothing),
        Some(x) => {
            steps.extend(answer.and_then(|answer| source(indicator, answer, item, x)));
            steps.push(rate(indicator, x));
            let points = Step::Points {
                points: indicator.points,
                rate_bp: rate_bp(indicator, x),
                points_c: points_c(indicator, Some(x)),
            };
            steps.push(points);
        }
    }
    if item.status == Status::Unverified {
        steps.push(Step::Pending {
            claimed_c: item.claimed_c.unwrap_or(0),
            share_bp: super::settle::pending_bp(framework, honesty.trust_bp),
            base_c: item.base_c,
        });
    }
    if final_c < item.base_c {
        let base_c = item.base_c;
        steps.push(Step::Held { base_c, final_c });
    }
    steps
}

/// Where the value comes from, if it is reckoned: a ratio, or the share of a sample.
fn source(indicator: &Indicator, answer: &Answer, item: &Item, x: i64) -> Option<Step> {
    let value = match &answer.verdict {
        Some(Verdict::Sample { n, k }) => {
            let share = half_up(10_000 * i128::from(*k), i128::from(*n));
            return Some(Step::Sample {
                n: *n,
                k: *k,
                share,
                is_standing: item.status == Status::Adjusted,
            });
        }
        Some(Verdict::Adjusted(value) | Verdict::Measured { value, .. }) => Some(*value),
        _ => answer.claim,
    };
    match value {
        Some(Value::Ratio { num, den })
            if value_of(indicator, Value::Ratio { num, den }) == Some(x) =>
        {
            Some(Step::Share {
                num,
                den,
                x,
                is_percent: indicator.is_percent(),
            })
        }
        _ => None,
    }
}

fn rate(indicator: &Indicator, x: i64) -> Step {
    let rate_bp = rate_bp(indicator, x);
    match indicator.measure {
        Measure::YesNo => Step::Yes {
            is_yes: x != 0,
            rate_bp,
        },
        Measure::Level => Step::Level {
            level: x,
            top: indicator.top_level,
            rate_bp,
        },
        _ => {
            let (floor, target) = (indicator.floor_c, indicator.target_c);
            Step::Goalposts {
                x,
                floor,
                target,
                is_lower_better: indicator.is_lower_better,
                is_beyond: x < floor.min(target) || x > floor.max(target),
                rate_bp,
            }
        }
    }
}
