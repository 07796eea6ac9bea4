//! What would raise an agency's score: other values, one or several, through the same engine, all others held fixed.

use super::effect::Ground;
use super::framework::{Indicator, Measure, ReportedBy};
use super::returns::{AgencyReturn, Answer, Value, Verdict};
use super::score::{self, Scorecard, State, Status};

/// One rung better on one indicator, and what it would bring.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Improvement {
    /// The place of the indicator in the framework.
    pub indicator: usize,
    /// The value on the rule's scale now and then.
    pub from: Option<i64>,
    pub to: i64,
    /// The score it would lead to, and how much is gained, in hundredths.
    pub score_c: i64,
    pub gain_c: i64,
    pub rank: Option<i64>,
}

/// The next better grade, and what is missing to it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NextGrade {
    /// The place of the grade in the framework.
    pub grade: usize,
    pub missing_c: i64,
    /// A gate that keeps the agency below it, whatever it earns.
    pub gate: Option<usize>,
}

/// What else might have been: values of indicators by their place, and entered facts.
#[derive(Clone, Debug, Default)]
pub struct Otherwise {
    pub values: Vec<(usize, i64)>,
    pub facts: Vec<(String, i64)>,
}

/// The value of an indicator that stands there on the rule's scale.
pub fn value_at(indicator: &Indicator, x: i64) -> Value {
    match indicator.measure {
        Measure::YesNo => Value::Yes(x != 0),
        Measure::Level => Value::Level(x),
        Measure::Ratio => Value::Ratio {
            num: x,
            den: if indicator.is_percent() { 10_000 } else { 100 },
        },
        Measure::Percent | Measure::Count | Measure::Duration => Value::Amount(x),
    }
}

/// The next rung: yes, the next level, or a tenth of the way from floor to target. None at the top.
pub fn rung(indicator: &Indicator, x: Option<i64>) -> Option<i64> {
    let (floor, target) = (indicator.floor_c, indicator.target_c);
    match indicator.measure {
        Measure::YesNo => (x != Some(1)).then_some(1),
        Measure::Level => {
            let next = x.map_or(1, |level| level + 1);
            (next <= indicator.top_level).then_some(next)
        }
        _ => {
            let (low, high) = (floor.min(target), floor.max(target));
            let here = x.unwrap_or(floor).clamp(low, high);
            let step = ((high - low) / 10).max(1);
            let next = if indicator.is_lower_better {
                (here - step).max(target)
            } else {
                (here + step).min(target)
            };
            (here != target).then_some(next)
        }
    }
}

/// The agency's return as it would be otherwise: what it claims is then so and is confirmed, what others measure is
/// measured so.
pub fn otherwise(ground: &Ground, agency: &str, other: &Otherwise) -> Option<AgencyReturn> {
    let framework = &ground.returns().framework;
    let mut changed = ground.agency(agency)?.clone();
    for (place, x) in &other.values {
        let indicator = framework.indicators.get(*place)?;
        set(
            &mut changed,
            indicator,
            *x,
            framework.policy.survey_min_answers,
        );
    }
    for (fact, value) in &other.facts {
        changed.facts.insert(fact.clone(), *value);
    }
    Some(changed)
}

fn set(changed: &mut AgencyReturn, indicator: &Indicator, x: i64, least_answers: i64) {
    let value = value_at(indicator, x);
    let answers = &mut changed.answers;
    let found = answers
        .iter()
        .position(|one| one.indicator == indicator.code);
    let place = found.unwrap_or_else(|| {
        answers.push(Answer {
            indicator: indicator.code.clone(),
            claim: None,
            verdict: None,
        });
        answers.len() - 1
    });
    let answer = &mut answers[place];
    if indicator.reported_by == ReportedBy::Agency {
        answer.claim = Some(value);
        answer.verdict = Some(Verdict::Confirmed);
    } else {
        let asked = match answer.verdict {
            Some(Verdict::Measured { answers, .. }) => answers,
            _ => None,
        };
        let is_survey = indicator.reported_by == ReportedBy::Survey;
        answer.verdict = Some(Verdict::Measured {
            value,
            answers: is_survey.then(|| asked.unwrap_or(least_answers).max(least_answers)),
        });
    }
}

/// The agency's card as it would be otherwise, with its place among the others as they are.
pub fn what_if(ground: &Ground, agency: &str, other: &Otherwise) -> Option<Scorecard> {
    let changed = otherwise(ground, agency, other)?;
    let cards = ground.cards().with(&ground.returns().framework, &changed);
    cards.cards.into_iter().find(|card| card.agency == agency)
}

/// What one rung on each indicator would bring, the most first: the cheapest things an agency can do. Nothing for one
/// that did not report, and nothing that would bring nothing.
pub fn improvements(ground: &Ground, agency: &str) -> Vec<Improvement> {
    best_after(ground, agency, &Otherwise::default())
}

fn best_after(ground: &Ground, agency: &str, so_far: &Otherwise) -> Vec<Improvement> {
    let framework = &ground.returns().framework;
    let is_silent = ground.agency(agency).is_none_or(|own| !own.is_submitted);
    let Some(start) = otherwise(ground, agency, so_far).filter(|_| !is_silent) else {
        return Vec::new();
    };
    let now = score::card_of(framework, &start);
    let Some(score_c) = now.outcome.final_c else {
        return Vec::new();
    };
    let places = framework.indicators.iter().enumerate();
    let found = places.filter_map(|(place, indicator)| {
        let item = &now.settled.items[place];
        let is_open = item.status.is_counted() && !indicator.is_honesty_ratio;
        // A claim that waits for its verdict is better by its verdict, not by a better value.
        let is_open = is_open && item.status != Status::Unverified;
        let to = rung(indicator, item.value).filter(|_| is_open)?;
        let mut changed = start.clone();
        set(
            &mut changed,
            indicator,
            to,
            framework.policy.survey_min_answers,
        );
        let card = score::card_of(framework, &changed);
        let after_c = card.outcome.final_c?;
        (after_c > score_c).then(|| Improvement {
            indicator: place,
            from: item.value,
            to,
            score_c: after_c,
            gain_c: after_c - score_c,
            rank: place_of(ground, &card),
        })
    });
    let mut found: Vec<Improvement> = found.collect();
    found.sort_by_key(|one| (std::cmp::Reverse(one.gain_c), one.indicator));
    found
}

/// The place of a card among the others of its league as they are.
fn place_of(ground: &Ground, card: &Scorecard) -> Option<i64> {
    let own = card
        .outcome
        .final_c
        .filter(|_| card.state == State::Ranked)?;
    let others = ground.cards().cards.iter().filter(|other| {
        other.kind == card.kind && other.agency != card.agency && other.state == State::Ranked
    });
    let better = others.filter(|other| other.outcome.final_c > Some(own));
    Some(better.count() as i64 + 1)
}

/// The next better grade; none for the best, nor where nothing counts.
pub fn next_grade(ground: &Ground, agency: &str) -> Option<NextGrade> {
    let framework = &ground.returns().framework;
    let card = ground.card(agency)?;
    let score_c = card.outcome.final_c?;
    let now = framework
        .grades
        .iter()
        .position(|one| one.min_c <= score_c)?;
    let grade = now.checked_sub(1)?;
    let holds = card.armed.grade_caps.iter();
    let gate = holds.filter(|(cap, _)| *cap > grade).map(|(_, gate)| *gate);
    Some(NextGrade {
        grade,
        missing_c: framework.grades[grade].min_c - score_c,
        gate: gate.min(),
    })
}

/// The shortest way to the next grade, the best rung first, each built on the one before: at most so many rungs, and
/// only where they do lead there.
pub fn way_to_next_grade(ground: &Ground, agency: &str, most: usize) -> Option<Vec<Improvement>> {
    let next = next_grade(ground, agency)?;
    let wanted_c = ground.returns().framework.grades[next.grade].min_c;
    let mut so_far = Otherwise::default();
    let mut way = Vec::new();
    while way.len() < most {
        let best = best_after(ground, agency, &so_far).into_iter().next()?;
        so_far.values.retain(|(place, _)| *place != best.indicator);
        so_far.values.push((best.indicator, best.to));
        let is_there = best.score_c >= wanted_c;
        way.push(best);
        if is_there {
            return Some(way);
        }
    }
    None
}
