//! What must always add up, over returns that chance has filled in.

use std::collections::HashMap;

use mizan::domain::{returns, score};
use serde_json::{Map, Value, json};

use super::{Dice, changed, plain, scored};

const KB: &str = include_str!("../../../seeds/framework/MIZAN-KB-1.1.json");
const PROVINCE: &str = include_str!("../../cases/score/province/returns.json");

fn framework() -> Value {
    serde_json::from_str(KB).expect("JSON")
}

fn value(indicator: &Value, dice: &mut Dice) -> Value {
    match indicator["type"].as_str() {
        Some("yes_no") => json!({"yes": dice.roll(2) == 0}),
        Some("level") => {
            let levels = indicator["levels"].as_array().map_or(1, Vec::len);
            json!({"level": dice.roll(levels as u64)})
        }
        Some("ratio") => {
            let den = 1 + dice.roll(200);
            json!({"num": dice.roll(den + 1), "den": den})
        }
        _ if indicator["unit"] == "percent" => json!({"value_c": dice.roll(10_001)}),
        _ => json!({"value_c": dice.roll(12_000)}),
    }
}

fn verdict(indicator: &Value, dice: &mut Dice) -> Option<Value> {
    let is_share = indicator["type"] == "ratio" && indicator["unit"] == "percent";
    Some(match dice.roll(9) {
        0..=3 => json!({"kind": "confirmed"}),
        4 => json!({"kind": "rejected"}),
        5 => json!({"kind": "adjusted", "value": value(indicator, dice)}),
        6 if is_share => {
            let n = 1 + dice.roll(40);
            json!({"kind": "sample", "n": n, "k": dice.roll(n + 1)})
        }
        7 if indicator["na_allowed"] == true => json!({"kind": "not_applicable", "reason": "none"}),
        _ => return None,
    })
}

fn answer(indicator: &Value, dice: &mut Dice) -> Option<Value> {
    let mut answer = Map::new();
    answer.insert("indicator".to_owned(), indicator["code"].clone());
    if indicator["reported_by"] == "agency" {
        if dice.roll(8) == 0 {
            return None;
        }
        answer.insert("claim".to_owned(), value(indicator, dice));
        answer.extend(verdict(indicator, dice).map(|verdict| ("verdict".to_owned(), verdict)));
    } else if indicator.get("calc").is_some() || dice.roll(5) == 0 {
        return None;
    } else {
        let mut found = json!({"kind": "measured", "value": value(indicator, dice)});
        if indicator["reported_by"] == "survey" {
            found["answers"] = json!(20 + dice.roll(40));
        }
        answer.insert("verdict".to_owned(), found);
    }
    Some(Value::Object(answer))
}

fn agency(framework: &Value, place: usize, dice: &mut Dice) -> Value {
    let all = |name: &str| framework[name].as_array().expect("a list");
    let groups = all("agency_groups");
    let group = &groups[dice.roll(groups.len() as u64) as usize];
    let flags: Vec<&Value> = all("profile_flags")
        .iter()
        .map(|flag| &flag["id"])
        .collect();
    let flags: Vec<&Value> = flags.into_iter().filter(|_| dice.roll(6) > 0).collect();
    let indicators = all("indicators").iter();
    let answers: Vec<Value> = indicators.filter_map(|one| answer(one, dice)).collect();
    let visits = dice.roll(4);
    let findings = if dice.roll(6) == 0 {
        json!([all("indicators")[3]["code"]])
    } else {
        json!([])
    };
    json!({
        "code": format!("X{place:03}"), "kind": group["kind"], "group": group["code"], "profile": flags,
        "ranked": dice.roll(12) > 0, "submitted": dice.roll(10) > 0, "findings": findings, "answers": answers,
        "facts": {"unannounced_visits": visits, "empty_desk_observations": dice.roll(visits + 1)}
    })
}

fn quarter(seed: u64, agencies: usize) -> Value {
    let (framework, mut dice) = (framework(), Dice(seed));
    let agencies: Vec<Value> = (0..agencies)
        .map(|place| agency(&framework, place, &mut dice))
        .collect();
    json!({"format": "mizan-returns/1", "framework": {"embedded": framework}, "period": "1405-Q2",
        "agencies": agencies})
}

fn int(json: &Value) -> i64 {
    json.as_i64().unwrap_or_default()
}

fn total(lines: &Value, member: &str) -> i64 {
    lines
        .as_array()
        .expect("lines")
        .iter()
        .map(|line| int(&line[member]))
        .sum()
}

#[test]
fn what_was_lost_is_what_is_missing_to_the_last_hundredth() {
    for seed in 1..=4 {
        for card in scored(&quarter(seed, 25))["scorecards"]
            .as_array()
            .expect("cards")
        {
            let (score, lost, points) = (&card["score"], &card["lost"], &card["points"]);
            if score.is_null() {
                continue;
            }
            assert_eq!(
                total(lost, "score_c"),
                10_000 - int(&score["final_c"]),
                "{card}"
            );
            let missing = 100 * int(&score["points_of"]) - int(&score["points_c"]);
            assert_eq!(total(lost, "points_c"), missing, "{card}");
            let is_none_below =
                |line: &Value| int(&line["score_c"]) >= 0 && int(&line["points_c"]) >= 0;
            assert!(
                lost.as_array().expect("lines").iter().all(is_none_below),
                "{card}"
            );
            let pending = &card["pending"];
            let (low, high) = (int(&pending["low_c"]), int(&pending["high_c"]));
            assert!(
                low <= int(&score["final_c"]) && int(&score["final_c"]) <= high,
                "{card}"
            );
            let parts = [
                "counted",
                "na_profile",
                "na_granted",
                "not_enough_data",
                "not_measured",
            ];
            assert_eq!(
                parts.iter().map(|part| int(&points[*part])).sum::<i64>(),
                1000
            );
        }
    }
}

#[test]
fn what_changed_is_the_sum_of_its_lines() {
    for seed in 1..=3 {
        let changes = changed(&quarter(seed, 20), &quarter(seed + 100, 22));
        let mut compared = 0;
        for change in changes["changes"].as_array().expect("changes") {
            if change["reason"].is_null() {
                compared += 1;
                assert_eq!(
                    total(&change["lines"], "change_c"),
                    int(&change["score"]["change_c"]),
                    "{change}"
                );
            }
            let rank = &change["rank"];
            let halves = [
                "own_halves",
                "others_halves",
                "method_halves",
                "panel_halves",
            ];
            let sum: i64 = halves.iter().map(|half| int(&rank[*half])).sum();
            assert_eq!(sum, 2 * int(&rank["gained"]), "{change}");
        }
        assert!(compared > 10, "most agencies can be compared");
    }
}

#[test]
fn neither_order_nor_the_others_move_a_score() {
    let whole = quarter(77, 20);
    let mut turned = whole.clone();
    let agencies = turned["agencies"].as_array_mut().expect("agencies");
    agencies.reverse();
    for agency in agencies.iter_mut() {
        agency["answers"].as_array_mut().expect("answers").reverse();
    }
    assert_eq!(scored(&whole), scored(&turned));
    turned["agencies"].as_array_mut().expect("agencies").pop();
    let (all, fewer) = (scored(&whole), scored(&turned));
    for card in fewer["scorecards"].as_array().expect("cards") {
        let mut cards = all["scorecards"].as_array().expect("cards").iter();
        let same = cards.find(|other| other["agency"] == card["agency"]);
        assert_eq!(
            same.map(|same| (&same["score"], &same["lost"])),
            Some((&card["score"], &card["lost"]))
        );
    }
}

#[test]
fn a_place_is_one_more_than_the_better_ones_in_league_and_group() {
    let mut dice = Dice(9);
    let scores: Vec<i64> = (0..40).map(|_| 100 * dice.roll(20) as i64).collect();
    let mut whole = plain(&scores);
    for place in [4, 11] {
        whole["agencies"][place]["submitted"] = json!(false);
    }
    let cards = scored(&whole);
    let cards = cards["scorecards"].as_array().expect("cards");
    for (place, card) in cards.iter().enumerate() {
        let is_silent = [4, 11].contains(&place);
        let better = |is_meant: &dyn Fn(usize) -> bool| {
            let others = (0..40).filter(|other| ![4, 11].contains(other) && is_meant(*other));
            others
                .filter(|other| is_silent || scores[*other] > scores[place])
                .count()
                + 1
        };
        assert_eq!(card["rank"]["overall"], better(&|_| true), "{card}");
        let is_own = |other: usize| other.is_multiple_of(3) == place.is_multiple_of(3);
        assert_eq!(card["rank"]["group"], better(&is_own), "{card}");
        assert_eq!(card["rank"]["overall_of"], 40);
    }
}

#[test]
fn a_country_of_agencies_is_scored_like_a_province() {
    let mut whole: Value = serde_json::from_str(PROVINCE).expect("JSON");
    if whole["framework"].get("ref").is_some() {
        whole["framework"] = json!({"embedded": framework()});
    }
    let before = results(&whole);
    let once = whole["agencies"].as_array().expect("agencies").clone();
    let copies = 2480_usize.div_ceil(once.len());
    let again = (0..copies).flat_map(|copy| {
        once.iter().map(move |agency| {
            let mut agency = agency.clone();
            let code = format!("{}/{copy}", agency["code"].as_str().unwrap_or_default());
            agency["code"] = json!(code);
            agency
        })
    });
    whole["agencies"] = again.collect();
    let after = results(&whole);
    assert!(after.len() >= 2480);
    for (code, result) in before {
        assert_eq!(after[&format!("{code}/{}", copies - 1)], result, "{code}");
    }
}

/// Score and state of every agency, without the printed cards.
fn results(whole: &Value) -> HashMap<String, (Option<i64>, &'static str)> {
    let read = returns::read(whole.to_string().as_bytes(), &[]).expect("no fault");
    let cards = score::score(&read).cards.into_iter();
    cards
        .map(|card| (card.agency, (card.outcome.final_c, card.state.as_str())))
        .collect()
}
