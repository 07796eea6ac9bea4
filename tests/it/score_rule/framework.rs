//! Every refusal of a framework.

use serde_json::{Value, json};

use super::faults;
use super::refused::{misses, refuses, said};
use super::tiny;

const HERE: &str = "/framework/embedded";

/// The same at a place of the framework, with the places of the faults below it.
fn one(place: &str, wrong: Value, wanted: &[&str]) {
    let wanted: Vec<String> = wanted.iter().map(|end| format!("{HERE}{end}")).collect();
    let wanted: Vec<&str> = wanted.iter().map(String::as_str).collect();
    refuses(&format!("{HERE}{place}"), wrong, &wanted);
}

#[test]
fn the_sums_grades_and_policy_of_a_framework_are_checked() {
    one("/total_points", json!(99), &["/total_points E_WEIGHTS"]);
    one("/total_points", json!("99"), &["/total_points E_TYPE"]);
    one("/grades/3/min_c", json!(1), &["/grades E_GRADES"]);
    one("/grades/1/min_c", json!(8500), &["/grades E_GRADES"]);
    one(
        "/grades/1/id",
        json!("excellent"),
        &["/grades/1 E_DUPLICATE_CODE"],
    );
    one(
        "/gates/0/when/all/0/value",
        json!(true),
        &["/gates/0/when/all/0/value E_TYPE"],
    );
    one(
        "/gates/0/when/all",
        json!([]),
        &["/gates/0/when/all E_SHAPE"],
    );
    one("/policy/bonus", json!(1), &["/policy/bonus E_SHAPE"]);
    one(
        "/policy/sample_z_c",
        json!(1001),
        &["/policy/sample_z_c E_RANGE"],
    );
    one("/title", json!({"fa": [1.5]}), &["/title/fa/0 E_TYPE"]);
}

#[test]
fn every_name_and_goalpost_of_a_framework_is_checked() {
    one(
        "/indicators/4/code",
        json!("PLC-1"),
        &["/indicators/4 E_DUPLICATE_CODE"],
    );
    one(
        "/indicators/5/target_c",
        json!(3000),
        &["/indicators/5 E_GOALPOSTS"],
    );
    one(
        "/indicators/6/direction",
        json!("higher"),
        &["/indicators/6 E_GOALPOSTS"],
    );
    one(
        "/indicators/5/applies_to",
        json!(["moon"]),
        &["/indicators/5/applies_to/0 E_REF"],
    );
    one(
        "/facts/1/source/max_of",
        json!("moons"),
        &["/facts/1/source/max_of E_REF"],
    );
    one(
        "/gates/2/effects/0/to",
        json!("MOON"),
        &["/gates/2/effects/0/to E_REF"],
    );
    one(
        "/gates/0/effects/2/max_grade",
        json!("superb"),
        &["/gates/0/effects/2/max_grade E_REF"],
    );
    one(
        "/gates/5/effects/0/scope",
        json!("reported_by:moon"),
        &["/gates/5/effects/0/scope E_REF"],
    );
    one(
        "/gates/5/effects/0/scope",
        json!("moon"),
        &["/gates/5/effects/0/scope E_SHAPE"],
    );
}

#[test]
fn a_fault_of_the_framework_hides_the_answers() {
    let mut whole = tiny();
    whole["agencies"][0]["group"] = json!("moon");
    whole["framework"]["embedded"]["total_points"] = json!(99);
    said(
        &whole,
        &["/framework/embedded/total_points E_WEIGHTS"],
        "answers are hidden",
    );
}

#[test]
fn one_mistake_in_a_framework_is_told_once_and_without_its_shadows() {
    let at = |rest: &str| format!("{HERE}{rest}");
    let one = |place: &str, wrong: Value, code: &str| {
        refuses(&at(place), wrong, &[&format!("{HERE}{place} {code}")]);
    };
    misses(
        &at("/indicators/5/target_c"),
        &["/framework/embedded/indicators/5/target_c E_SHAPE"],
    );
    misses(
        &at("/indicators/6/direction"),
        &["/framework/embedded/indicators/6/direction E_SHAPE"],
    );
    misses(
        &at("/indicators/1/points"),
        &["/framework/embedded/indicators/1/points E_SHAPE"],
    );
    misses(
        &at("/dimensions/0/points"),
        &["/framework/embedded/dimensions/0/points E_SHAPE"],
    );
    misses(
        &at("/gates/0/effects/0/dimension"),
        &["/framework/embedded/gates/0/effects/0/dimension E_SHAPE"],
    );
    one("/indicators/1/points", json!(20.5), "E_TYPE");
    one("/indicators/1/type", json!("levels"), "E_SHAPE");
    one("/indicators/5/floor_c", json!("x"), "E_TYPE");
    one("/facts/9/type", json!("maybe"), "E_SHAPE");
    one("/gates/10/when/all/0/fact", json!("moons"), "E_REF");
}

#[test]
fn a_dimension_without_its_indicator_does_not_add_up_and_no_other_is_blamed() {
    let wanted = [
        "/framework/embedded/dimensions/2/points E_WEIGHTS",
        "/framework/embedded/indicators/7/dimension E_REF",
    ];
    refuses(
        "/framework/embedded/indicators/7/dimension",
        json!("MOON"),
        &wanted,
    );
}

#[test]
fn two_mistakes_in_one_indicator_are_both_told() {
    let mut whole = tiny();
    let indicator = &mut whole["framework"]["embedded"]["indicators"][5];
    indicator
        .as_object_mut()
        .expect("an indicator")
        .remove("code");
    indicator["na_allowed"] = json!("yes");
    let found = faults(whole.to_string().as_bytes());
    for (end, code) in [("code", "E_SHAPE"), ("na_allowed", "E_TYPE")] {
        let at = format!("/framework/embedded/indicators/5/{end}");
        assert!(found.contains(&(at, code.to_owned())), "{found:?}");
    }
}

#[test]
fn a_circle_of_gates_is_found_beside_a_broken_gate() {
    let mut whole = tiny();
    let gates = whole["framework"]["embedded"]["gates"]
        .as_array_mut()
        .expect("a list");
    gates[0]
        .as_object_mut()
        .expect("a gate")
        .remove("applies_to");
    gates[1] = json!("no gate");
    gates[9]["effects"] = json!([{"kind": "as_gate", "gate": "G-15"}]);
    gates[10]["effects"] = json!([{"kind": "as_gate", "gate": "G-14"}]);
    gates[8]["effects"] = json!([{"kind": "as_gate", "gate": "G-15"}]);
    let wanted = [
        "/framework/embedded/gates/0/applies_to E_SHAPE",
        "/framework/embedded/gates/1 E_TYPE",
        "/framework/embedded/gates/10 E_GATE_CYCLE",
        "/framework/embedded/gates/9 E_GATE_CYCLE",
    ];
    said(&whole, &wanted, "a circle");
}

#[test]
fn a_condition_beyond_all_numbers_is_out_of_range() {
    let whole = tiny().to_string();
    let text = whole.replacen("\"value\":50", "\"value\":99999999999999999999", 1);
    assert_ne!(text, whole);
    let at = "/framework/embedded/gates/4/when/all/0/value".to_owned();
    assert_eq!(faults(text.as_bytes()), [(at, "E_RANGE".to_owned())]);
}
