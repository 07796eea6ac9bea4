//! The rule beside cases of our own: what every clause of SCORING.md says where the given cases are silent.

mod framework;
mod numbers;
mod places;
mod refused;
mod sums;

use serde_json::{Value, json};

use mizan::domain::{change, returns, score};

const TINY: &str = include_str!("../../cases/score/additive-points/returns.json");

/// One agency under a framework of eight indicators and a hundred points.
pub fn tiny() -> Value {
    let mut whole: Value = serde_json::from_str(TINY).expect("JSON");
    let agencies = whole["agencies"].as_array_mut().expect("a list");
    agencies.truncate(1);
    whole
}

/// Agencies under a framework of one percent, whose score is what they claim.
pub fn plain(claims: &[i64]) -> Value {
    let mut whole = tiny();
    let framework = &mut whole["framework"]["embedded"];
    framework["dimensions"] = json!([{"code": "DSK", "points": 100}]);
    framework["indicators"] = json!([{
        "code": "A-1", "dimension": "DSK", "points": 100, "nature": "people", "type": "percent",
        "unit": "percent", "direction": "higher", "floor_c": 0, "target_c": 10000,
        "reported_by": "agency", "applies_to": [], "na_allowed": true
    }]);
    framework["facts"] =
        json!([{"id": "submitted", "type": "bool", "source": {"kind": "submitted"}}]);
    framework["gates"] = json!([{
        "code": "G-08", "applies_to": [],
        "when": {"all": [{"fact": "submitted", "op": "==", "value": false}]},
        "effects": [{"kind": "rank_last"}]
    }]);
    let agency = |(place, claim): (usize, &i64)| {
        json!({
            "code": format!("A{place:04}"), "kind": "agency", "group": if place % 3 == 0 { "A" } else { "B" },
            "profile": [], "ranked": true, "submitted": true, "facts": {}, "findings": [],
            "answers": [{"indicator": "A-1", "claim": {"value_c": claim}, "verdict": {"kind": "confirmed"}}]
        })
    };
    whole["agencies"] = claims.iter().enumerate().map(agency).collect();
    whole
}

/// The answer of the first agency on an indicator, to be changed.
pub fn answer<'a>(whole: &'a mut Value, indicator: &str) -> &'a mut Value {
    let answers = whole["agencies"][0]["answers"].as_array_mut();
    let mut answers = answers.expect("a list").iter_mut();
    answers
        .find(|answer| answer["indicator"] == indicator)
        .expect("answered")
}

/// The scorecards that the engine makes of returns.
pub fn scored(whole: &Value) -> Value {
    let read = returns::read(whole.to_string().as_bytes(), &[]).expect("no fault");
    let cards = score::score(&read).to_json(&read.framework).canonical();
    serde_json::from_str(&cards).expect("JSON")
}

/// The scorecard of the first agency.
pub fn card(whole: &Value) -> Value {
    scored(whole)["scorecards"][0].clone()
}

/// One indicator's row of the first agency.
pub fn row(whole: &Value, indicator: &str) -> Value {
    let card = card(whole);
    let mut rows = card["indicators"].as_array().expect("rows").iter();
    rows.find(|row| row["indicator"] == indicator)
        .expect("a row")
        .clone()
}

/// The change that the engine makes of two returns.
pub fn changed(old: &Value, new: &Value) -> Value {
    let read = |whole: &Value| returns::read(whole.to_string().as_bytes(), &[]).expect("no fault");
    let (old, new) = (read(old), read(new));
    let changes = change::change(&old, &new).to_json(&old, &new).canonical();
    serde_json::from_str(&changes).expect("JSON")
}

/// The faults of a file: place and code, in the order of the refusal.
pub fn faults(bytes: &[u8]) -> Vec<(String, String)> {
    let Err(refusal) = returns::read(bytes, &[]) else {
        return Vec::new();
    };
    let faults = refusal.faults.into_iter();
    faults
        .map(|(at, code)| (at, code.as_str().to_owned()))
        .collect()
}

/// Numbers that look like chance and are the same in every run.
pub struct Dice(pub u64);

impl Dice {
    /// A number from 0 to below `end`.
    pub fn roll(&mut self, end: u64) -> u64 {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % end
    }
}
