//! Where an agency stands by its own word: an estimate from its claims alone, before anybody has looked.

use super::answer::is_asked;
use super::framework::Framework;
use super::returns::Value;
use super::score::{half_up, points_c, value_of};

/// What the claims alone would bring, of what the agency itself reports.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Estimate {
    /// Of 100, in hundredths.
    pub score_c: i64,
    pub grade: String,
    /// The next better grade and what is missing to it, in hundredths of 100.
    pub next: Option<(String, i64)>,
    /// The indicators that would bring most, with the points they could bring, in hundredths.
    pub most: Vec<(String, i64)>,
}

/// How many indicators are named.
const NAMED: usize = 3;

/// The estimate; none where nothing was answered. `claim` is `None` for an indicator that is left out, because
/// it is asked to be not applicable or has no answer yet, and `Some(None)` for an explicit blank.
pub fn estimate(
    framework: &Framework,
    profile: &[String],
    claim: impl Fn(&str) -> Option<Option<Value>>,
) -> Option<Estimate> {
    let (mut earned, mut whole) = (0, 0);
    let mut most = Vec::new();
    let asked = framework.indicators.iter();
    for indicator in asked.filter(|one| is_asked(one, profile)) {
        let Some(value) = claim(&indicator.code) else {
            continue;
        };
        let points = value.map_or(0, |value| points_c(indicator, value_of(indicator, value)));
        let lost = indicator.points * 100 - points;
        (earned, whole) = (earned + points, whole + indicator.points * 100);
        if lost > 0 {
            most.push((indicator.code.clone(), lost));
        }
    }
    if whole == 0 {
        return None;
    }
    let score_c = half_up(i128::from(earned) * 10_000, i128::from(whole));
    let grade = framework.grades.iter().find(|one| one.min_c <= score_c)?;
    let better = framework.grades.iter().filter(|one| one.min_c > score_c);
    let next = better.min_by_key(|one| one.min_c);
    most.sort_by_key(|(_, lost)| std::cmp::Reverse(*lost));
    most.truncate(NAMED);
    Some(Estimate {
        score_c,
        grade: grade.id.clone(),
        next: next.map(|one| (one.id.clone(), one.min_c - score_c)),
        most,
    })
}
