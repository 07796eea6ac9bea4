//! An old quarter as the newer framework sees it (SCORING.md §19).

use super::super::framework::Framework;
use super::super::returns::{AgencyReturn, Answer, Verdict};
use super::super::score::{self, Armed, Outcome, Settled};

/// One agency in one quarter, as the newer framework sees it.
pub(super) struct Seen {
    pub settled: Settled,
    pub armed: Armed,
    pub outcome: Outcome,
}

/// Which old answers and facts still mean the same under the newer framework.
pub(super) struct Rescore {
    /// By place in the newer framework.
    pub is_known: Vec<bool>,
    facts: Vec<String>,
}

impl Rescore {
    /// Compares the two frameworks.
    pub(super) fn between(old: &Framework, new: &Framework) -> Rescore {
        let is_known = new.indicators.iter().map(|now| {
            old.indicator(&now.code).is_some_and(|then| {
                then.measure == now.measure
                    && then.unit == now.unit
                    && then.reported_by == now.reported_by
                    && then.is_honesty_ratio == now.is_honesty_ratio
                    && then.top_level == now.top_level
            })
        });
        let facts = new.facts.iter().filter(|now| {
            let then = old.fact_places.get(&now.id).map(|place| &old.facts[*place]);
            then.is_some_and(|then| {
                then.kind == now.kind && then.written.canonical() == now.written.canonical()
            })
        });
        Rescore {
            is_known: is_known.collect(),
            facts: facts.map(|fact| fact.id.clone()).collect(),
        }
    }

    /// Scores an old return again.
    pub(super) fn see(&self, framework: &Framework, agency: &AgencyReturn) -> Seen {
        let agency = self.still_meant(framework, agency);
        let settled = score::settle(framework, &agency, score::Pending::ByPolicy, &|place| {
            self.is_known[place]
        });
        let armed = Armed::of(framework, &agency, &settled, None);
        let outcome = score::apply(framework, &settled.items, &armed);
        Seen {
            settled,
            armed,
            outcome,
        }
    }

    /// What of an old return still means the same.
    pub(super) fn still_meant(&self, framework: &Framework, agency: &AgencyReturn) -> AgencyReturn {
        let mut agency = agency.clone();
        agency.profile.retain(|flag| framework.flags.contains(flag));
        agency.facts.retain(|id, _| self.facts.contains(id));
        agency
            .findings
            .retain(|code| framework.indicator(code).is_some());
        agency.answers = agency
            .answers
            .into_iter()
            .filter_map(|answer| self.keep(framework, answer))
            .collect();
        agency
    }

    /// A granted "not applicable" stands whatever changed.
    fn keep(&self, framework: &Framework, answer: Answer) -> Option<Answer> {
        let place = framework.indicator_places.get(&answer.indicator)?;
        let is_granted = matches!(answer.verdict, Some(Verdict::NotApplicable { .. }));
        (self.is_known[*place] || is_granted).then_some(answer)
    }
}
