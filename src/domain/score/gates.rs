//! Facts and which gates they arm (SCORING.md §7).

use std::collections::{BTreeSet, HashMap};

use super::super::framework::{Condition, Effect, Fact, Framework, Operator, Scope, Source};
use super::super::returns::AgencyReturn;
use super::points::worst;
use super::settle::{Settled, Status};

/// The armed gates of one agency, and what they ask for. A gate is its place in the framework.
#[derive(Clone, Debug, Default)]
pub struct Armed {
    pub gates: Vec<usize>,
    /// Lowest cap per indicator in percent, with the gate that has the line.
    pub indicator_caps: HashMap<usize, (i64, usize)>,
    /// Lowest cap per dimension in percent, with the gate that has the line.
    pub dimension_caps: HashMap<usize, (i64, usize)>,
    /// Held dimension, the one it is held to, lead in percent, gate.
    pub couples: Vec<(usize, usize, i64, usize)>,
    /// Grades as places in the framework, with their gate.
    pub grade_caps: Vec<(usize, usize)>,
    pub rank_last: Vec<usize>,
    pub unranked: Vec<usize>,
    pub labels: Vec<String>,
    pub agenda: Vec<(usize, String)>,
}

impl Armed {
    /// Finds the armed gates. `settled_bp` overrides the settled share while a range is worked out.
    pub fn of(
        framework: &Framework,
        agency: &AgencyReturn,
        settled: &Settled,
        settled_bp: Option<i64>,
    ) -> Armed {
        let share = settled_bp.unwrap_or_else(|| settled.settled_bp(framework));
        let facts: Vec<Option<i64>> = (0..framework.facts.len())
            .map(|fact| value(framework, agency, settled, share, fact))
            .collect();
        let gates = framework.gates.iter().enumerate().filter(|(_, gate)| {
            gate.applies_to
                .iter()
                .all(|flag| agency.profile.contains(flag))
                && gate
                    .conditions
                    .iter()
                    .all(|condition| holds(condition, &facts))
        });
        Armed::with(framework, agency, gates.map(|(place, _)| place).collect())
    }

    /// The effects of the given armed gates.
    pub fn with(framework: &Framework, agency: &AgencyReturn, gates: Vec<usize>) -> Armed {
        let findings: BTreeSet<usize> = agency
            .findings
            .iter()
            .filter_map(|code| framework.indicator_places.get(code).copied())
            .collect();
        let mut armed = Armed {
            gates: gates.clone(),
            ..Armed::default()
        };
        for gate in gates {
            for effect in framework.effects(gate) {
                armed.add(framework, &findings, gate, effect);
            }
        }
        armed
    }

    fn add(
        &mut self,
        framework: &Framework,
        findings: &BTreeSet<usize>,
        gate: usize,
        effect: &Effect,
    ) {
        match effect {
            Effect::CapIndicator { indicator, max_pct } => {
                lower(&mut self.indicator_caps, *indicator, *max_pct, gate)
            }
            Effect::ZeroFindings => {
                for indicator in findings {
                    lower(&mut self.indicator_caps, *indicator, 0, gate);
                }
            }
            Effect::ScoreZero(scope) => {
                for (place, indicator) in framework.indicators.iter().enumerate() {
                    let is_meant = match scope {
                        Scope::All => true,
                        Scope::ReportedBy(who) => indicator.reported_by == *who,
                        Scope::Dimension(dimension) => indicator.dimension == *dimension,
                    };
                    if is_meant {
                        lower(&mut self.indicator_caps, place, 0, gate);
                    }
                }
            }
            Effect::CapDimension { dimension, max_pct } => {
                lower(&mut self.dimension_caps, *dimension, *max_pct, gate)
            }
            Effect::CapFindingDimensions { max_pct } => {
                for indicator in findings {
                    let dimension = framework.indicators[*indicator].dimension;
                    lower(&mut self.dimension_caps, dimension, *max_pct, gate);
                }
            }
            Effect::CoupleDimension {
                dimension,
                to,
                max_lead_pct,
            } => {
                self.couples.push((*dimension, *to, *max_lead_pct, gate));
            }
            Effect::CapGrade(grade) => self.grade_caps.push((*grade, gate)),
            Effect::RankLast => once(&mut self.rank_last, gate),
            Effect::Unranked => once(&mut self.unranked, gate),
            Effect::Label(label) => once(&mut self.labels, label.clone()),
            Effect::Agenda(item) => once(&mut self.agenda, (gate, item.clone())),
            // `Framework::effects` has put the other gate's effects in its place.
            Effect::AsGate(_) => {}
        }
    }

    /// The codes of gates.
    pub fn codes(&self, framework: &Framework, gates: &[usize]) -> Vec<String> {
        gates
            .iter()
            .map(|gate| framework.gates[*gate].code.clone())
            .collect()
    }
}

/// One condition of a gate beside what was found.
pub struct Found<'a> {
    pub fact: &'a Fact,
    pub condition: &'a Condition,
    /// On the scale of the fact; nothing where it is unknown.
    pub value: Option<i64>,
}

/// Why a gate is armed or not: each of its conditions with what was found.
pub fn found<'a>(
    framework: &'a Framework,
    agency: &AgencyReturn,
    settled: &Settled,
    gate: usize,
) -> Vec<Found<'a>> {
    let share = settled.settled_bp(framework);
    let conditions = framework.gates[gate].conditions.iter();
    let found = conditions.map(|condition| Found {
        fact: &framework.facts[condition.fact],
        condition,
        value: value(framework, agency, settled, share, condition.fact),
    });
    found.collect()
}

fn once<T: PartialEq>(list: &mut Vec<T>, item: T) {
    if !list.contains(&item) {
        list.push(item);
    }
}

/// The lowest cap wins; of equal ones the first gate keeps the line.
fn lower(caps: &mut HashMap<usize, (i64, usize)>, place: usize, max_pct: i64, gate: usize) {
    let cap = caps.entry(place).or_insert((max_pct, gate));
    if max_pct < cap.0 {
        *cap = (max_pct, gate);
    }
}

fn holds(condition: &Condition, facts: &[Option<i64>]) -> bool {
    let value = condition.value;
    facts[condition.fact].is_some_and(|fact| match condition.operator {
        Operator::AtLeast => fact >= value,
        Operator::AtMost => fact <= value,
        Operator::Above => fact > value,
        Operator::Below => fact < value,
        Operator::Equal => fact == value,
    })
}

fn value(
    framework: &Framework,
    agency: &AgencyReturn,
    settled: &Settled,
    share: i64,
    fact: usize,
) -> Option<i64> {
    let fact = &framework.facts[fact];
    match &fact.source {
        Source::Entered { default, .. } => agency.facts.get(&fact.id).copied().or(*default),
        Source::Sum(parts) => parts.iter().try_fold(0, |sum, part| {
            let part = &framework.facts[*part];
            let Source::Entered { default, .. } = part.source else {
                return None;
            };
            Some(sum + agency.facts.get(&part.id).copied().or(default)?)
        }),
        Source::Indicator(place) => {
            let item = &settled.items[*place];
            let is_silent = matches!(item.status, Status::Unanswered | Status::Rejected)
                || item.value.is_none();
            item.status.is_counted().then(|| match item.value {
                Some(value) if !is_silent => value,
                _ => worst(&framework.indicators[*place]),
            })
        }
        Source::Submitted => Some(i64::from(agency.is_submitted)),
        Source::Findings => {
            let different: BTreeSet<&String> = agency.findings.iter().collect();
            i64::try_from(different.len()).ok()
        }
        Source::SettledShare => Some(share),
    }
}
