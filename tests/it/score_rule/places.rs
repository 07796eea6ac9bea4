//! Where a place may still move, who wins between equal caps, and why a change is not given.

use serde_json::{Value, json};

use super::{answer, card, changed, plain, scored, tiny};

#[test]
fn a_place_may_move_as_far_as_the_claims_that_wait() {
    let claims = [9000, 8000, 8000, 7000, 3000, 500, 6000];
    let waiting = [1, 3, 6];
    let mut whole = plain(&claims);
    let framework = &mut whole["framework"]["embedded"];
    framework["policy"]["unverified"] = json!("accept");
    for place in waiting {
        let answer = whole["agencies"][place]["answers"][0].as_object_mut();
        answer.expect("an answer").remove("verdict");
    }
    let cards = scored(&whole);
    let low = |place: usize| {
        if waiting.contains(&place) {
            0
        } else {
            claims[place]
        }
    };
    for (place, card) in cards["scorecards"]
        .as_array()
        .expect("cards")
        .iter()
        .enumerate()
    {
        let others = || (0..claims.len()).filter(|other| *other != place);
        let best = 1 + others().filter(|other| low(*other) > claims[place]).count();
        let worst = 1 + others().filter(|other| claims[*other] > low(place)).count();
        let range = &card["pending"];
        assert_eq!(
            (&range["low_c"], &range["high_c"]),
            (&json!(low(place)), &json!(claims[place]))
        );
        assert_eq!(
            (&range["rank_best"], &range["rank_worst"]),
            (&json!(best), &json!(worst)),
            "{card}"
        );
    }
}

#[test]
fn of_equal_caps_the_first_gate_has_the_line_and_of_unequal_ones_the_lower() {
    let mut whole = tiny();
    whole["agencies"][0]["facts"] = json!({"unannounced_visits": 2, "empty_desk_observations": 1});
    let gates = |whole: &Value| -> Vec<Value> {
        let card = card(whole);
        let lines = card["lost"].as_array().expect("lines").iter();
        let held = lines.filter(|line| line["kind"] == "gate_dimension");
        held.map(|line| line["gate"].clone()).collect()
    };
    assert_eq!(gates(&whole), ["G-01", "G-01"], "DSK and PLC");
    let effects = json!([
        {"kind": "cap_dimension", "dimension": "DSK", "max_pct": 25},
        {"kind": "cap_dimension", "dimension": "WEB", "max_pct": 10}
    ]);
    whole["framework"]["embedded"]["gates"][2]["effects"] = effects.clone();
    assert_eq!(gates(&whole), ["G-01", "G-01", "G-03"]);
    whole["framework"]["embedded"]["gates"][2]["effects"][0]["max_pct"] = json!(24);
    assert_eq!(gates(&whole), ["G-03", "G-01", "G-03"]);
}

#[test]
fn several_leads_on_one_dimension_hold_it_to_the_lowest() {
    let mut whole = tiny();
    let effects = json!([
        {"kind": "couple_dimension", "dimension": "PLC", "to": "WEB", "max_lead_pct": 0},
        {"kind": "couple_dimension", "dimension": "DSK", "to": "PLC", "max_lead_pct": 0},
        {"kind": "couple_dimension", "dimension": "PLC", "to": "DSK", "max_lead_pct": 0}
    ]);
    whole["framework"]["embedded"]["gates"][2]["effects"] = effects;
    answer(&mut whole, "DSK-2")["claim"] = json!({"level": 1});
    let card = card(&whole);
    let dimension = |place: usize| card["dimensions"][place].clone();
    // DSK: 10.00 + 5.00 + 5.83 of 50 is 41.66 %; PLC before: 14.00 of 20; WEB: 22.50 of 30.
    assert_eq!(
        dimension(0)["final_bp"],
        4166,
        "PLC at 70 % holds DSK no lower"
    );
    assert_eq!(dimension(1)["final_c"], 833, "20 × 41.66 %");
}

#[test]
fn a_change_that_cannot_be_given_says_why() {
    let reason = |old: &Value, new: &Value| changed(old, new)["changes"][0]["reason"].clone();
    let (whole, mut other) = (tiny(), tiny());
    other["agencies"][0]["code"] = json!("NEW");
    assert_eq!(reason(&whole, &other), "no_previous");
    let mut nothing = tiny();
    let agency = &mut nothing["agencies"][0];
    (agency["profile"], agency["answers"]) = (json!([]), json!([]));
    for indicator in ["DSK-3", "WEB-2"] {
        let granted = json!({"kind": "not_applicable", "reason": "none"});
        let answers = agency["answers"].as_array_mut().expect("a list");
        answers.push(json!({"indicator": indicator, "verdict": granted}));
    }
    assert_eq!(reason(&whole, &nothing), "no_score");
    assert_eq!(reason(&nothing, &whole), "no_score");
    let mut apart = nothing.clone();
    let answers = apart["agencies"][0]["answers"]
        .as_array_mut()
        .expect("a list");
    answers.push(json!({"indicator": "WEB-3",
        "verdict": {"kind": "measured", "value": {"value_c": 1100}, "answers": 50}}));
    let mut rest = tiny();
    answer(&mut rest, "WEB-3")["verdict"]["answers"] = json!(2);
    assert_eq!(reason(&apart, &rest), "nothing_in_common");
    assert_eq!(reason(&whole, &whole), Value::Null);
}

#[test]
fn another_version_is_a_line_of_its_own_and_so_is_another_scope() {
    let (old, mut new) = (tiny(), tiny());
    let framework = &mut new["framework"]["embedded"];
    framework["version"] = json!("2");
    framework["indicators"][6]["target_c"] = json!(600);
    answer(&mut new, "WEB-1")["verdict"] = json!({"kind": "not_applicable", "reason": "closed"});
    let changes = changed(&old, &new);
    let change = &changes["changes"][0];
    let lines = change["lines"].as_array().expect("lines");
    let kinds: Vec<&Value> = lines.iter().map(|line| &line["kind"]).collect();
    // 18 hours of 60 to 6 is 77.78 % instead of 75.00 %: 0.28 points of a hundred.
    assert_eq!(lines[0]["change_c"], 28);
    assert_eq!(kinds, ["method", "scope"]);
    let sum: i64 = lines
        .iter()
        .filter_map(|line| line["change_c"].as_i64())
        .sum();
    assert_eq!(change["score"]["change_c"], sum);
}
