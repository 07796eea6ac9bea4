//! Every refusal: its code, its place, and no other beside it.

use serde_json::{Value, json};

use super::{answer, faults, tiny};

/// Changes one place of the small file and compares the faults, written `place code`.
pub fn refuses(place: &str, wrong: Value, wanted: &[&str]) {
    let mut whole = tiny();
    let (parent, member) = place.rsplit_once('/').expect("a pointer");
    let parent = whole.pointer_mut(parent).expect("a place of the file");
    match parent {
        Value::Array(items) => items[member.parse::<usize>().expect("a place")] = wrong.clone(),
        parent => parent[member] = wrong.clone(),
    }
    said(&whole, wanted, &format!("{place} {wrong}"));
}

/// Compares the faults of a changed file.
pub fn said(whole: &Value, wanted: &[&str], what: &str) {
    let found = faults(whole.to_string().as_bytes());
    let found: Vec<String> = found
        .iter()
        .map(|(at, code)| format!("{at} {code}"))
        .collect();
    assert_eq!(found, wanted, "{what}");
}

/// The same with one member taken out.
pub fn misses(place: &str, wanted: &[&str]) {
    let mut whole = tiny();
    let (parent, member) = place.rsplit_once('/').expect("a pointer");
    let parent = whole.pointer_mut(parent).and_then(Value::as_object_mut);
    parent
        .expect("an object")
        .remove(member)
        .expect("there before");
    said(&whole, wanted, place);
}

#[test]
fn what_is_no_json_is_refused_as_that_and_nothing_else() {
    let tiny = tiny().to_string();
    let twice = tiny.replacen("\"ranked\":true", "\"ranked\":true,\"ranked\":true", 1);
    let deep = format!("{}1{}", "[".repeat(100_000), "]".repeat(100_000));
    for text in [
        "",
        "\u{feff}{}",
        "NaN",
        "{\"a\":Infinity}",
        "{} {}",
        "{\"a\":\"\\ud800\"}",
        &twice,
        &deep,
        "{'a':1}",
        "[1,]",
        "{\"a\":01}",
    ] {
        let found = faults(text.as_bytes());
        assert_eq!(
            found,
            [(String::new(), "E_JSON".to_owned())],
            "{}",
            &text[..text.len().min(40)]
        );
    }
    assert_eq!(faults(b"\"\xff\"")[0].1, "E_JSON");
    assert_eq!(faults(b"[]"), [(String::new(), "E_TYPE".to_owned())]);
}

#[test]
fn the_head_of_a_file_is_checked() {
    refuses("/note", json!(5), &["/note E_TYPE"]);
    refuses("/x~y", json!(5), &["/x~0y E_SHAPE"]);
    refuses("/format", json!("mizan-returns/2"), &["/format E_SHAPE"]);
    refuses("/period", json!("1404-Q5"), &["/period E_SHAPE"]);
    refuses("/period", json!(1404), &["/period E_TYPE"]);
    refuses("/framework", json!({}), &["/framework E_SHAPE"]);
    refuses("/framework", json!([]), &["/framework E_TYPE"]);
    refuses(
        "/framework",
        json!({"ref": {"code": "X"}}),
        &["/framework/ref/version E_SHAPE"],
    );
    refuses(
        "/framework",
        json!({"ref": {"code": "X", "version": "1"}}),
        &["/framework/ref E_FRAMEWORK"],
    );
    refuses("/agencies", json!({}), &["/agencies E_TYPE"]);
    misses("/agencies", &["/agencies E_SHAPE"]);
    misses("/period", &["/period E_SHAPE"]);
}

#[test]
fn an_agency_is_checked() {
    let here = "/agencies/0";
    let at = |rest: &str| format!("{here}{rest}");
    refuses(here, json!(7), &["/agencies/0 E_TYPE"]);
    refuses(
        &at("/group"),
        json!("F"),
        &["/agencies/0/group E_UNKNOWN_GROUP"],
    );
    refuses(
        &at("/profile"),
        json!(["walk_in", "helipad"]),
        &["/agencies/0/profile/1 E_UNKNOWN_FLAG"],
    );
    refuses(
        &at("/profile"),
        json!(["portal", "walk_in", "portal"]),
        &["/agencies/0/profile E_SHAPE"],
    );
    refuses(
        &at("/findings"),
        json!(["DSK-2", "ABC-1"]),
        &["/agencies/0/findings/1 E_UNKNOWN_INDICATOR"],
    );
    refuses(&at("/ranked"), json!(1), &["/agencies/0/ranked E_TYPE"]);
    refuses(&at("/code"), json!(""), &["/agencies/0/code E_SHAPE"]);
    refuses(
        &at("/code"),
        json!("x".repeat(41)),
        &["/agencies/0/code E_SHAPE"],
    );
    misses(&at("/answers"), &["/agencies/0/answers E_SHAPE"]);
}

#[test]
fn a_fact_is_checked() {
    let at = |rest: &str| format!("/agencies/0{rest}");
    refuses(
        &at("/facts/birds"),
        json!(1),
        &["/agencies/0/facts/birds E_UNKNOWN_FACT"],
    );
    refuses(
        &at("/facts/submitted"),
        json!(true),
        &["/agencies/0/facts/submitted E_UNKNOWN_FACT"],
    );
    refuses(
        &at("/facts/inspection_open"),
        json!(1),
        &["/agencies/0/facts/inspection_open E_TYPE"],
    );
    refuses(
        &at("/facts/unannounced_visits"),
        json!(-1),
        &["/agencies/0/facts/unannounced_visits E_RANGE"],
    );
    refuses(
        &at("/facts/unannounced_visits"),
        json!(2.0),
        &["/agencies/0/facts/unannounced_visits E_TYPE"],
    );
    refuses(
        &at("/facts/obstructed_visits"),
        json!(3),
        &["/agencies/0/facts/obstructed_visits E_RANGE"],
    );
}

#[test]
fn a_claim_is_checked_and_a_verdict_beside_a_broken_one_is_not() {
    let at = |place: usize| format!("/agencies/0/answers/{place}/claim");
    let one = |place: usize, wrong: Value, end: &str| {
        refuses(&at(place), wrong, &[&format!("{}{end}", at(place))]);
    };
    one(1, json!({"level": 5}), "/level E_RANGE");
    one(1, json!({"level": -1}), "/level E_RANGE");
    one(1, json!({"level": 2.0}), "/level E_TYPE");
    one(1, json!({"level": "2"}), "/level E_TYPE");
    one(1, json!({"yes": true}), " E_VALUE");
    one(1, json!({}), " E_SHAPE");
    one(1, json!({"level": 1, "yes": true}), " E_SHAPE");
    one(1, json!({"level": 1, "unit": "x"}), "/unit E_SHAPE");
    one(1, json!([1]), " E_TYPE");
    one(1, json!(null), " E_TYPE");
    one(2, json!({"num": 1}), "/den E_SHAPE");
    one(2, json!({"num": 3, "den": 2}), "/num E_RATIO");
    one(2, json!({"num": 3, "den": 0}), "/den E_ZERO_DEN");
    one(2, json!({"num": 1, "den": 1_000_000_001}), "/den E_RANGE");
    one(5, json!({"value_c": 10_001}), "/value_c E_RANGE");
    one(
        6,
        json!({"value_c": 100_000_000_001_i64}),
        "/value_c E_RANGE",
    );
}

#[test]
fn numbers_are_whole_in_any_spelling_and_of_any_length() {
    let whole = tiny().to_string();
    for (typed, code) in [
        ("7500.0", "E_TYPE"),
        ("75e2", "E_TYPE"),
        ("-0", "E_TYPE"),
        ("9223372036854775808", "E_RANGE"),
        ("-99999999999999999999999999999999999999999999", "E_RANGE"),
        ("99999999999999999999999999999999999999999999", "E_RANGE"),
    ] {
        let text = whole.replacen("\"value_c\":7500", &format!("\"value_c\":{typed}"), 1);
        assert_ne!(text, whole);
        let at = "/agencies/0/answers/5/claim/value_c".to_owned();
        assert_eq!(faults(text.as_bytes()), [(at, code.to_owned())], "{typed}");
    }
}

#[test]
fn a_verdict_is_given_only_where_the_rule_allows_it() {
    let at = |place: usize| format!("/agencies/0/answers/{place}/verdict");
    let one = |place: usize, wrong: Value, end: &str| {
        refuses(&at(place), wrong, &[&format!("{}{end}", at(place))]);
    };
    let measured = json!({"kind": "measured", "value": {"level": 2}});
    one(1, measured, " E_VERDICT");
    one(1, json!({"kind": "praised"}), "/kind E_SHAPE");
    one(1, json!({}), "/kind E_SHAPE");
    one(1, json!({"kind": "confirmed", "by": "x"}), "/by E_SHAPE");
    one(1, json!({"kind": "sample", "n": 3, "k": 1}), " E_VERDICT");
    one(
        1,
        json!({"kind": "adjusted", "value": {"level": 9}}),
        "/value/level E_RANGE",
    );
    one(1, json!({"kind": "adjusted"}), "/value E_SHAPE");
    one(2, json!({"kind": "sample", "n": 0, "k": 0}), " E_SAMPLE");
    one(2, json!({"kind": "sample", "n": 5, "k": 6}), " E_SAMPLE");
    one(
        2,
        json!({"kind": "sample", "n": 1_000_001, "k": 6}),
        "/n E_RANGE",
    );
    one(
        2,
        json!({"kind": "adjusted", "value": {"num": 0, "den": 0}}),
        "/value/den E_ZERO_DEN",
    );
    one(0, json!({"kind": "confirmed"}), " E_VERDICT");
    one(
        0,
        json!({"kind": "measured", "value": {"num": 1, "den": 2}, "answers": 9}),
        "/answers E_SHAPE",
    );
    one(
        7,
        json!({"kind": "measured", "value": {"value_c": 5}}),
        "/answers E_SHAPE",
    );
    let mut whole = tiny();
    whole["framework"]["embedded"]["indicators"][3]["na_allowed"] = json!(false);
    answer(&mut whole, "PLC-1")["verdict"] = json!({"kind": "not_applicable", "reason": ""});
    said(
        &whole,
        &["/agencies/0/answers/3/verdict E_VERDICT"],
        "not applicable",
    );
}

#[test]
fn nothing_of_nothing_can_be_rejected_or_adjusted_but_not_confirmed() {
    for (verdict, wanted) in [
        (json!({"kind": "rejected"}), vec![]),
        (
            json!({"kind": "adjusted", "value": {"num": 1, "den": 2}}),
            vec![],
        ),
        (json!({"kind": "not_applicable", "reason": "x"}), vec![]),
        (
            json!({"kind": "sample", "n": 3, "k": 1}),
            vec!["/agencies/0/answers/2/verdict E_ZERO_DEN"],
        ),
        (
            json!({"kind": "confirmed"}),
            vec!["/agencies/0/answers/2/verdict E_ZERO_DEN"],
        ),
    ] {
        let mut whole = tiny();
        let answer = answer(&mut whole, "DSK-3");
        (answer["claim"], answer["verdict"]) = (json!({"num": 0, "den": 0}), verdict.clone());
        said(&whole, &wanted, &verdict.to_string());
    }
}

#[test]
fn all_faults_are_told_at_once_in_the_order_of_their_places_as_text() {
    let mut whole = tiny();
    let one = whole["agencies"][0].clone();
    let agencies = whole["agencies"].as_array_mut().expect("a list");
    for place in 1..=10 {
        let mut agency = one.clone();
        agency["code"] = json!(format!("Y{place}"));
        agencies.push(agency);
    }
    agencies[2]["submitted"] = json!("no");
    agencies[10]["code"] = json!("X");
    let again = agencies[10]["answers"][1].clone();
    agencies[10]["answers"]
        .as_array_mut()
        .expect("a list")
        .push(again);
    let wanted = [
        "/agencies/10 E_DUPLICATE_AGENCY",
        "/agencies/10/answers/8 E_DUPLICATE_ANSWER",
        "/agencies/2/submitted E_TYPE",
    ];
    said(&whole, &wanted, "three faults");
}
