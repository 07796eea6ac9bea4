//! The steps of an indicator as sums that a reader can follow with a calculator.

use serde::Serialize;

use super::super::framework_text::FrameworkText;
use crate::domain::framework::{Indicator, Measure, Policy};
use crate::domain::json::Json;
use crate::domain::score::Step;

/// One step: what is reckoned, and the sum with its numbers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Sum {
    /// The key of what is reckoned.
    pub label: &'static str,
    pub sum: String,
    /// The key of a remark, or nothing.
    pub remark: &'static str,
}

/// The steps of an indicator as sums.
pub fn sums(texts: FrameworkText, steps: &[Step]) -> Vec<Sum> {
    steps.iter().map(|step| sum(texts, step)).collect()
}

/// How honesty and trust came about (SCORING.md §5), in points; nothing where nothing was claimed and checked.
pub fn honesty(texts: FrameworkText, policy: &Policy, of: &Json) -> Vec<Sum> {
    let int = |name: &str| of.get(name).and_then(Json::as_int).map(|x| x as i64);
    let (Some(claimed), Some(over)) = (int("claimed_c"), int("over_c")) else {
        return Vec::new();
    };
    let (c, n) = (|x| texts.hundredths(x), |x| texts.whole(x));
    let line = |label, sum| Sum {
        label,
        sum,
        remark: "",
    };
    let mut sums = Vec::new();
    if let Some(ratio) = int("ratio_bp") {
        let sum = format!(
            "({} − {}) ÷ {} × {} = {}",
            c(claimed),
            c(over),
            c(claimed),
            n(100),
            c(ratio)
        );
        sums.push(line("result-honesty", sum));
    }
    if let Some(trust) = int("trust_bp") {
        let prior = policy.trust_prior_points;
        let sum = format!(
            "({} − {} × {} + {} × {} ÷ {}) ÷ ({} + {}) × {} = {}",
            c(claimed),
            n(policy.trust_over_weight),
            c(over),
            n(prior),
            c(policy.trust_prior_bp),
            n(100),
            c(claimed),
            n(prior),
            n(100),
            c(trust)
        );
        sums.push(line("result-trust", sum));
    }
    sums
}

fn sum(texts: FrameworkText, step: &Step) -> Sum {
    let (c, n) = (|x| texts.hundredths(x), |x| texts.whole(x));
    let of = |label, sum, remark| Sum { label, sum, remark };
    let percent = |part: i64, whole: i64, is: i64| {
        format!("{} ÷ {} × {} = {}", n(part), n(whole), n(100), c(is))
    };
    let share =
        |whole: String, bp: i64, is: i64| format!("{whole} × {} ÷ {} = {}", c(bp), n(100), c(is));
    match *step {
        Step::Share {
            num,
            den,
            x,
            is_percent: true,
        } => of("result-step-value", percent(num, den, x), ""),
        Step::Share { num, den, x, .. } => {
            let sum = format!("{} ÷ {} = {}", n(num), n(den), c(x));
            of("result-step-value", sum, "")
        }
        Step::Sample { n, k, share, .. } => {
            of("result-step-sample", percent(k, n, share), remark(step))
        }
        Step::Level {
            level,
            top,
            rate_bp,
        } => of("result-step-rate", percent(level, top, rate_bp), ""),
        Step::Yes { rate_bp, .. } => of("result-step-rate", c(rate_bp), ""),
        Step::Goalposts { .. } => of("result-step-rate", way(texts, step), remark(step)),
        Step::Points {
            points,
            rate_bp,
            points_c,
        } => of(
            "result-step-points",
            share(n(points), rate_bp, points_c),
            "",
        ),
        Step::Pending {
            claimed_c,
            share_bp,
            base_c,
        } => {
            let sum = share(c(claimed_c), share_bp, base_c);
            of("result-step-pending", sum, "result-step-trust")
        }
        Step::Nothing => of("result-step-points", n(0), "result-step-nothing"),
        Step::Held { base_c, final_c } => {
            let sum = format!("{} → {}", c(base_c), c(final_c));
            of("result-step-held", sum, "")
        }
    }
}

/// The way from floor to target that was gone; beyond either end the end alone.
fn way(texts: FrameworkText, step: &Step) -> String {
    let c = |x| texts.hundredths(x);
    let Step::Goalposts {
        x,
        floor,
        target,
        is_lower_better,
        is_beyond,
        rate_bp,
    } = *step
    else {
        return String::new();
    };
    if is_beyond {
        return c(rate_bp);
    }
    let (gone, whole) = if is_lower_better {
        ([floor, x], [floor, target])
    } else {
        ([x, floor], [target, floor])
    };
    let minus = |[a, b]: [i64; 2]| format!("({} − {})", c(a), c(b));
    let hundred = texts.whole(100);
    format!(
        "{} ÷ {} × {hundred} = {}",
        minus(gone),
        minus(whole),
        c(rate_bp)
    )
}

/// The key of what is to be said beside a step.
fn remark(step: &Step) -> &'static str {
    match step {
        Step::Sample {
            is_standing: true, ..
        } => "result-step-sample-stands",
        Step::Sample { .. } => "result-step-claim-stands",
        Step::Goalposts {
            is_beyond: true, ..
        } => "result-step-beyond",
        _ => "",
    }
}

/// The goalposts in words: floor and target, or the highest level.
pub fn goalposts(texts: FrameworkText, indicator: &Indicator) -> Option<[String; 2]> {
    match indicator.measure {
        Measure::YesNo | Measure::Level => None,
        _ => Some([
            texts.hundredths(indicator.floor_c),
            texts.hundredths(indicator.target_c),
        ]),
    }
}
