//! What one other verdict would do to an agency: its points, its score, its place. All others are held fixed.

use super::framework::{Indicator, Measure};
use super::returns::{AgencyReturn, Answer, Returns, Value, Verdict};
use super::score::{self, Scorecard, Scorecards};

/// Before and after. What has no score or no place has none here either.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Effect {
    /// Points of the indicator in hundredths, before any gate.
    pub points_c: [i64; 2],
    pub score_c: [Option<i64>; 2],
    pub rank: [Option<i64>; 2],
}

/// A quarter as it was scored: the ground on which effects are measured.
pub struct Ground {
    returns: Returns,
    cards: Scorecards,
}

impl Ground {
    /// Scores the quarter once.
    pub fn of(returns: Returns) -> Ground {
        let cards = score::score(&returns);
        Ground { returns, cards }
    }

    /// What was reported and found.
    pub fn returns(&self) -> &Returns {
        &self.returns
    }

    /// What an agency reported and what was found there.
    pub fn agency(&self, code: &str) -> Option<&AgencyReturn> {
        self.returns.agencies.iter().find(|one| one.code == code)
    }

    /// The card of an agency.
    pub fn card(&self, code: &str) -> Option<&Scorecard> {
        self.cards.cards.iter().find(|card| card.agency == code)
    }

    /// The quarter with every card.
    pub fn cards(&self) -> &Scorecards {
        &self.cards
    }

    /// What it would do if this verdict stood instead of the other; nothing for an agency that is not there.
    pub fn effect(
        &self,
        agency: &str,
        indicator: &str,
        before: Option<&Verdict>,
        after: Option<&Verdict>,
    ) -> Option<Effect> {
        let place = *self.returns.framework.indicator_places.get(indicator)?;
        let [before, after] = [before, after].map(|verdict| self.with(agency, indicator, verdict));
        let (before, after) = (before?, after?);
        let both = [&before, &after];
        Some(Effect {
            points_c: both.map(|card| card.settled.items[place].base_c),
            score_c: both.map(|card| card.outcome.final_c),
            rank: both.map(|card| card.rank.map(|rank| rank.overall)),
        })
    }

    /// The agency's card as this verdict would make it.
    fn with(&self, agency: &str, indicator: &str, verdict: Option<&Verdict>) -> Option<Scorecard> {
        let found = self.returns.agencies.iter().find(|one| one.code == agency);
        let mut changed = found?.clone();
        let answers = &mut changed.answers;
        match answers.iter_mut().find(|one| one.indicator == indicator) {
            Some(answer) => answer.verdict = verdict.cloned(),
            None => answers.push(Answer {
                indicator: indicator.to_owned(),
                claim: None,
                verdict: verdict.cloned(),
            }),
        }
        let cards = self.cards.with(&self.returns.framework, &changed);
        cards.cards.into_iter().find(|card| card.agency == agency)
    }
}

/// The verdict an agency may hope for at best: its claim confirmed, or the target measured.
pub fn best(indicator: &Indicator, claim: Option<Value>, first: &Verdict) -> Verdict {
    if claim.is_some() {
        return Verdict::Confirmed;
    }
    let answers = match first {
        Verdict::Measured { answers, .. } => *answers,
        _ => None,
    };
    let target = indicator.target_c;
    let value = match indicator.measure {
        Measure::YesNo => Value::Yes(true),
        Measure::Level => Value::Level(indicator.top_level),
        Measure::Ratio if indicator.is_percent() => Value::Ratio {
            num: target,
            den: 10_000,
        },
        Measure::Ratio => Value::Ratio {
            num: target,
            den: 100,
        },
        _ => Value::Amount(target),
    };
    Verdict::Measured { value, answers }
}
