//! RETURNS: what all agencies of one quarter reported and what was found (SCORING.md §2). The interchange form.

mod print;
mod read;
mod value;

use std::collections::BTreeMap;

use super::framework::Framework;
use super::json::Json;

pub use read::read;

use super::fault::{At, Code, Faults};
use super::framework::Indicator;

/// Whether a verdict may be given beside a claim: the faults with their places, as a file would show them.
pub fn check(
    indicator: &Indicator,
    claim: Option<Value>,
    verdict: &Verdict,
) -> Vec<(String, Code)> {
    let beside = value::Beside {
        indicator: Some(indicator),
        has_claim: claim.is_some(),
        claim,
    };
    let mut faults = Faults::default();
    value::verdict(
        &verdict.to_json(),
        &beside,
        &At::top().to("verdict"),
        &mut faults,
    );
    faults.refusal().faults
}

/// Reads a kept verdict; `None` where it may not be given.
pub fn read_verdict(json: &Json, indicator: &Indicator, claim: Option<Value>) -> Option<Verdict> {
    let beside = value::Beside {
        indicator: Some(indicator),
        has_claim: claim.is_some(),
        claim,
    };
    value::verdict(json, &beside, &At::top(), &mut Faults::default())
}

/// One value, in the shape its indicator asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Value {
    /// Yes or no.
    Yes(bool),
    /// A level of the rubric.
    Level(i64),
    /// So many of so many.
    Ratio { num: i64, den: i64 },
    /// Hundredths of the unit.
    Amount(i64),
}

/// What the planning organization found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    Confirmed,
    Adjusted(Value),
    Rejected,
    Sample { n: i64, k: i64 },
    Measured { value: Value, answers: Option<i64> },
    NotApplicable { reason: String },
}

/// Claim and verdict on one indicator.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    pub indicator: String,
    pub claim: Option<Value>,
    pub verdict: Option<Verdict>,
}

/// One agency's quarter. Truth of a fact is 1.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AgencyReturn {
    pub code: String,
    pub kind: String,
    pub group: String,
    pub profile: Vec<String>,
    pub is_ranked: bool,
    pub is_submitted: bool,
    pub facts: BTreeMap<String, i64>,
    pub findings: Vec<String>,
    pub answers: Vec<Answer>,
}

/// All agencies of one quarter under one framework.
#[derive(Clone, Debug)]
pub struct Returns {
    pub note: Option<String>,
    /// The `framework` member as written: a reference or the framework itself.
    pub framework_member: Json,
    pub framework: std::sync::Arc<Framework>,
    pub period: String,
    pub agencies: Vec<AgencyReturn>,
}
