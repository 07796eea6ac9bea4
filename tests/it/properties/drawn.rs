//! Agencies whose answers, facts and findings are drawn, under the framework of the province.

use std::collections::BTreeMap;
use std::sync::{Arc, LazyLock};

use proptest::prelude::*;

use mizan::domain::framework::{Framework, Indicator, Measure, ReportedBy};
use mizan::domain::json::Json;
use mizan::domain::returns::{self, AgencyReturn, Answer, Returns, Value, Verdict};

const KB: &str = include_str!("../../../seeds/framework/MIZAN-KB-1.1.json");

/// The framework of the province, read once.
pub static FRAMEWORK: LazyLock<Arc<Framework>> = LazyLock::new(|| {
    let whole = format!(
        r#"{{"format": "mizan-returns/1", "framework": {{"embedded": {KB}}}, "period": "1405-Q2", "agencies": []}}"#
    );
    returns::read(whole.as_bytes(), &[])
        .expect("no fault")
        .framework
});

/// What is drawn for one answer.
#[derive(Clone, Copy, Debug)]
pub struct Drawn {
    /// Which verdict, or none; whether there is an answer at all.
    pub kind: u8,
    /// How much is claimed and how much was found, in parts of a thousand.
    pub claimed: u16,
    pub found: u16,
    /// Of how many.
    pub many: u16,
}

fn answer() -> impl Strategy<Value = Drawn> {
    let all = (0..16_u8, 0..=1000_u16, 0..=1000_u16, 1..400_u16);
    all.prop_map(|(kind, claimed, found, many)| Drawn {
        kind,
        claimed,
        found,
        many,
    })
}

/// A value so far from the floor to the target, in parts of a thousand: more is never worse.
pub fn value(indicator: &Indicator, part: u16, many: u16) -> Value {
    let part = i64::from(part);
    let share = |whole: i64| {
        let from = if indicator.is_lower_better {
            1000 - part
        } else {
            part
        };
        from * whole / 1000
    };
    match indicator.measure {
        Measure::YesNo => Value::Yes(part >= 500),
        Measure::Level => Value::Level(part * indicator.top_level / 1000),
        Measure::Ratio => Value::Ratio {
            num: share(i64::from(many)),
            den: i64::from(many),
        },
        _ if indicator.is_percent() => Value::Amount(share(10_000)),
        _ => Value::Amount(share(2 * indicator.floor_c.max(indicator.target_c))),
    }
}

fn verdict(indicator: &Indicator, drawn: Drawn) -> Option<Verdict> {
    let found = value(indicator, drawn.found, drawn.many);
    let is_share = indicator.measure == Measure::Ratio && indicator.is_percent();
    match drawn.kind {
        0..=4 => None,
        5..=9 => Some(Verdict::Confirmed),
        10..=11 => Some(Verdict::Adjusted(found)),
        12 => Some(Verdict::Rejected),
        13 if is_share => Some(Verdict::Sample {
            n: 30,
            k: i64::from(drawn.found) * 30 / 1000,
        }),
        14 if indicator.is_na_allowed => Some(Verdict::NotApplicable {
            reason: "none".to_owned(),
        }),
        _ => None,
    }
}

fn answered(indicator: &Indicator, drawn: Drawn) -> Option<Answer> {
    let (claim, verdict) = if indicator.reported_by == ReportedBy::Agency {
        let claim = value(indicator, drawn.claimed, drawn.many);
        (Some(claim), verdict(indicator, drawn))
    } else {
        let value = value(indicator, drawn.found, drawn.many);
        let is_survey = indicator.reported_by == ReportedBy::Survey;
        let answers = is_survey.then_some(i64::from(drawn.many));
        (None, Some(Verdict::Measured { value, answers }))
    };
    let is_silent = drawn.kind == 15 || indicator.is_honesty_ratio;
    (!is_silent).then(|| Answer {
        indicator: indicator.code.clone(),
        claim,
        verdict,
    })
}

/// Any agency.
pub fn agency() -> impl Strategy<Value = AgencyReturn> {
    let answers = prop::collection::vec(answer(), FRAMEWORK.indicators.len());
    let flags = prop::collection::vec(0..8_u8, FRAMEWORK.flags.len());
    let rest = (
        0..FRAMEWORK.groups.len(),
        0..12_u8,
        0..12_u8,
        prop::collection::vec(0..5_i64, 6),
        prop::option::weighted(0.2, 0..FRAMEWORK.indicators.len()),
    );
    (answers, flags, rest).prop_map(|(answers, flags, rest)| {
        let (group, ranked, submitted, facts, finding) = rest;
        let (group, kind) = FRAMEWORK.groups[group].clone();
        let both = FRAMEWORK.indicators.iter().zip(answers);
        let flags = FRAMEWORK.flags.iter().zip(flags);
        let finding = finding.map(|place| FRAMEWORK.indicators[place].code.clone());
        AgencyReturn {
            code: "A-000".to_owned(),
            kind,
            group,
            profile: flags
                .filter(|(_, drawn)| *drawn > 0)
                .map(|(flag, _)| flag.clone())
                .collect(),
            is_ranked: ranked > 0,
            is_submitted: submitted > 0,
            facts: counted(&facts),
            findings: finding.into_iter().collect(),
            answers: both
                .filter_map(|(indicator, drawn)| answered(indicator, drawn))
                .collect(),
        }
    })
}

/// Facts that fit one another: a part is never above its total.
fn counted(drawn: &[i64]) -> BTreeMap<String, i64> {
    let visits = drawn[0];
    let empty = drawn[1].min(visits);
    let facts = [
        ("unannounced_visits", visits),
        ("empty_desk_observations", empty),
        ("obstructed_visits", drawn[2].min(visits)),
        ("test_requests_sent", drawn[3]),
        ("test_requests_answered", drawn[4].min(drawn[3])),
        ("desk_calls_made", 2 * drawn[5]),
        ("desk_calls_answered", drawn[4].min(2 * drawn[5])),
    ];
    let facts = facts.into_iter();
    facts
        .map(|(name, count)| (name.to_owned(), count))
        .collect()
}

/// A quarter of some agencies.
pub fn quarter() -> impl Strategy<Value = Returns> {
    prop::collection::vec(agency(), 1..9).prop_map(|agencies| {
        let mut agencies = agencies;
        for (place, agency) in agencies.iter_mut().enumerate() {
            agency.code = format!("A-{place:03}");
        }
        Returns {
            note: None,
            framework_member: Json::Null,
            framework: FRAMEWORK.clone(),
            period: "1405-Q2".to_owned(),
            agencies,
        }
    })
}
