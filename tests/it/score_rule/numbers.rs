//! Rounding, goalposts, samples, gates and grades at their edges; the greatest numbers.

use serde_json::{Value, json};

use super::{answer, card, plain, row, scored, tiny};

fn with(indicator: &str, claim: &Value, verdict: &Value) -> Value {
    let mut whole = tiny();
    let answer = answer(&mut whole, indicator);
    (answer["claim"], answer["verdict"]) = (claim.clone(), verdict.clone());
    whole
}

fn confirmed(indicator: &str, claim: Value) -> Value {
    row(
        &with(indicator, &claim, &json!({"kind": "confirmed"})),
        indicator,
    )
}

#[test]
fn halves_go_up_at_every_step() {
    // 11/32 is 34.375 %, printed 34.38; (34.38 - 20) / 80 is 17.975 %, printed 17.98; 1.798 points, printed 1.80.
    let row = confirmed("DSK-3", json!({"num": 11, "den": 32}));
    assert_eq!((&row["value"], &row["base_c"]), (&json!(3438), &json!(180)));
}

#[test]
fn nothing_is_earned_at_the_floor_and_nothing_more_beyond_the_target() {
    for (value, points) in [
        (0, 0),
        (3000, 0),
        (3030, 6),
        (8999, 1200),
        (9000, 1200),
        (10_000, 1200),
    ] {
        let row = confirmed("WEB-1", json!({"value_c": value}));
        assert_eq!(row["base_c"], points, "{value}");
    }
    for (hours, points) in [
        (0, 1000),
        (400, 1000),
        (406, 999),
        (3200, 500),
        (6000, 0),
        (100_000_000_000_i64, 0),
    ] {
        let row = confirmed("WEB-2", json!({"value_c": hours}));
        assert_eq!(row["base_c"], points, "{hours}");
    }
}

#[test]
fn a_claim_stands_inside_the_interval_of_its_sample_and_nowhere_else() {
    // 24 of 30 were expected; 1.96 standard deviations are 4.29 cases.
    for right in 0..=30 {
        let sample = json!({"kind": "sample", "n": 30, "k": right});
        let row = row(
            &with("DSK-3", &json!({"num": 800, "den": 1000}), &sample),
            "DSK-3",
        );
        let is_inside = (20..=28).contains(&right);
        let share = (2 * 10_000 * right + 30) / 60;
        assert_eq!(
            row["status"],
            if is_inside { "verified" } else { "adjusted" },
            "{right}"
        );
        assert_eq!(
            row["value"],
            if is_inside { 8000 } else { share },
            "{right}"
        );
    }
}

#[test]
fn a_claim_of_all_or_of_none_falls_with_one_case() {
    for (claimed, right, status) in [
        (1000, 30, "verified"),
        (1000, 29, "adjusted"),
        (0, 0, "verified"),
        (0, 1, "adjusted"),
    ] {
        let sample = json!({"kind": "sample", "n": 30, "k": right});
        let row = row(
            &with("DSK-3", &json!({"num": claimed, "den": 1000}), &sample),
            "DSK-3",
        );
        assert_eq!(row["status"], status, "{claimed} {right}");
    }
}

#[test]
fn whoever_looked_at_every_case_knows_the_share() {
    for (n, k, status, value) in [
        (3, 2, "verified", 6667),
        (6, 4, "verified", 6667),
        (3, 1, "adjusted", 3333),
        (300, 199, "adjusted", 6633),
    ] {
        let sample = json!({"kind": "sample", "n": n, "k": k});
        let row = row(
            &with("DSK-3", &json!({"num": 2, "den": 3}), &sample),
            "DSK-3",
        );
        assert_eq!(
            (&row["status"], &row["value"]),
            (&json!(status), &json!(value)),
            "{k}/{n}"
        );
    }
}

#[test]
fn what_is_not_applicable_leaves_both_sides_of_the_sum() {
    let mut whole = tiny();
    answer(&mut whole, "WEB-1")["verdict"] =
        json!({"kind": "not_applicable", "reason": "no portal"});
    let card = card(&whole);
    assert_eq!(card["score"]["points_of"], 88);
    assert_eq!(card["points"]["na_granted"], 12);
    assert_eq!(row(&whole, "WEB-1")["claimed_c"], Value::Null);
}

#[test]
fn a_gate_is_armed_at_its_own_number_and_not_beside_it() {
    let armed = |indicator: &str, claim: Value, gate: &str| {
        let card = card(&with(indicator, &claim, &json!({"kind": "confirmed"})));
        let armed = card["gates"]["armed"].as_array().expect("a list").clone();
        armed.contains(&json!(gate))
    };
    assert!(armed("WEB-1", json!({"value_c": 4999}), "G-06"));
    assert!(!armed("WEB-1", json!({"value_c": 5000}), "G-06"));
    assert!(armed("DSK-2", json!({"level": 1}), "G-04"));
    assert!(!armed("DSK-2", json!({"level": 2}), "G-04"));
}

#[test]
fn silence_is_the_worst_value_for_a_gate() {
    let mut whole = tiny();
    let answers = whole["agencies"][0]["answers"]
        .as_array_mut()
        .expect("a list");
    answers.retain(|answer| answer["indicator"] != "WEB-1");
    assert_eq!(row(&whole, "WEB-1")["status"], "unanswered");
    let card = card(&whole);
    let line = card["lost"].as_array().expect("lines").iter();
    let held: Vec<&Value> = line.filter(|line| line["gate"] == "G-06").collect();
    assert_eq!(
        held[0]["points_c"], 250,
        "WEB-2 earned 7.50 and is held to half of 10"
    );
}

#[test]
fn seventy_in_a_hundred_settled_is_enough_for_a_place() {
    let mut whole = tiny();
    for indicator in ["WEB-1", "WEB-2", "PLC-2"] {
        answer(&mut whole, indicator)
            .as_object_mut()
            .expect("an answer")
            .remove("verdict");
    }
    let before = card(&whole);
    assert_eq!(
        (&before["points"]["settled_bp"], &before["state"]),
        (&json!(7000), &json!("ranked"))
    );
    answer(&mut whole, "DSK-3")
        .as_object_mut()
        .expect("an answer")
        .remove("verdict");
    let after = card(&whole);
    assert_eq!(
        (&after["state"], &after["reasons"]),
        (&json!("provisional"), &json!(["G-10"]))
    );
    assert_eq!(after["rank"], Value::Null);
}

#[test]
fn a_grade_begins_at_its_number() {
    for (score, grade) in [
        (10_000, "excellent"),
        (8500, "excellent"),
        (8499, "good"),
        (7000, "good"),
        (6999, "average"),
        (5000, "average"),
        (4999, "weak"),
        (0, "weak"),
    ] {
        let card = card(&plain(&[score]));
        assert_eq!(
            (&card["score"]["final_c"], &card["score"]["grade"]),
            (&json!(score), &json!(grade))
        );
    }
}

#[test]
fn the_greatest_numbers_are_counted_without_a_slip() {
    let mut whole = plain(&[]);
    let framework = &mut whole["framework"]["embedded"];
    let most = 1_000_000_000;
    framework["total_points"] = json!(most);
    framework["dimensions"][0]["points"] = json!(most);
    framework["policy"]["trust_prior_points"] = json!(i64::MAX);
    framework["policy"]["min_rank_points"] = json!(most);
    let indicator = &mut framework["indicators"][0];
    (indicator["points"], indicator["type"]) = (json!(most), json!("ratio"));
    let agency = |code: &str, verdict: Value| {
        json!({"code": code, "kind": "agency", "group": "A", "profile": [], "ranked": true, "submitted": true,
            "facts": {}, "findings": [], "answers": [
                {"indicator": "A-1", "claim": {"num": most - 1, "den": most}, "verdict": verdict}]})
    };
    whole["agencies"] = json!([
        agency("A", json!({"kind": "sample", "n": 1_000_000, "k": 999_999})),
        agency("B", json!({"kind": "sample", "n": 1_000_000, "k": 1})),
    ]);
    let cards = scored(&whole);
    let score = |place: usize| cards["scorecards"][place]["score"]["final_c"].clone();
    assert_eq!((score(0), score(1)), (json!(10_000), json!(0)));
    assert_eq!(cards["scorecards"][0]["score"]["points_of"], most);
}

#[test]
fn a_gate_that_stands_for_many_others_ends() {
    let mut whole = tiny();
    let gates = whole["framework"]["embedded"]["gates"]
        .as_array_mut()
        .expect("a list");
    let when = json!({"all": [{"fact": "unannounced_visits", "op": ">=", "value": 1}]});
    for place in 0..60 {
        let next = format!("H-{}", place + 1);
        let twice = json!([{"kind": "as_gate", "gate": next}, {"kind": "as_gate", "gate": next}]);
        gates.push(
            json!({"code": format!("H-{place}"), "applies_to": [], "when": when, "effects": twice}),
        );
    }
    let end = json!([{"kind": "label", "value": "end"}]);
    gates.push(json!({"code": "H-60", "applies_to": [], "when": when, "effects": end}));
    assert_eq!(card(&whole)["labels"], json!(["end"]));
}

#[test]
fn what_is_printed_is_escaped_and_ordered_as_the_rule_says() {
    use mizan::domain::json::Json;
    let odd = Json::object([
        ("\u{1f600}", Json::text("\u{7f}\u{2028}\u{200c}/")),
        ("\u{ffff}", Json::text("\"\\\n\r\t\u{8}\u{c}\u{0}\u{1f}")),
        (
            "",
            Json::List(vec![
                Json::List(Vec::new()),
                Json::Object(Vec::new()),
                Json::Null,
            ]),
        ),
    ]);
    let wanted = concat!(
        "{\n  \"\": [\n    [],\n    {},\n    null\n  ],\n",
        "  \"\u{ffff}\": \"\\\"\\\\\\n\\r\\t\\b\\f\\u0000\\u001f\",\n",
        "  \"\u{1f600}\": \"\u{7f}\u{2028}\u{200c}/\"\n}\n"
    );
    assert_eq!(odd.canonical(), wanted);
}
