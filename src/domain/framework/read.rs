//! From the file to a framework: its lists and the names they give; sense is asked in `check`.

use super::super::fault::{At, Code, Faults};
use super::super::json::Json;
use super::super::shape;
use super::{Dimension, Framework, Grade, HashMap, Policy, Unverified, fact, gate, indicator};

/// More points than any province will share out.
pub(super) const MOST_POINTS: i64 = 1_000_000_000;

/// Reads a framework; every fault is noted, and nothing is given where there is one.
pub fn read(json: &Json, at: &At, faults: &mut Faults) -> Option<Framework> {
    let before = faults.count();
    const NEEDED: [&str; 13] = [
        "format",
        "code",
        "version",
        "total_points",
        "policy",
        "grades",
        "agency_kinds",
        "agency_groups",
        "profile_flags",
        "facts",
        "dimensions",
        "indicators",
        "gates",
    ];
    if !shape::members(json, &NEEDED, &[], true, at, faults) {
        return None;
    }
    shape::word(
        json.get("format"),
        &["mizan-framework/1"],
        &at.to("format"),
        faults,
    );
    let names = Names::of(json, at, faults);
    let draft = Framework {
        code: shape::name(json.get("code"), &at.to("code"), faults).unwrap_or_default(),
        version: shape::name(json.get("version"), &at.to("version"), faults).unwrap_or_default(),
        total_points: number(json, "total_points", 1, MOST_POINTS, at, faults),
        policy: policy(json, at, faults),
        grades: grades(json, at, faults),
        groups: groups(json, &names, at, faults),
        facts: each(json, "facts", 0, at, faults, |item, at, faults| {
            fact::read(item, &names, at, faults)
        }),
        dimensions: each(json, "dimensions", 1, at, faults, dimension),
        indicators: each(json, "indicators", 1, at, faults, |item, at, faults| {
            indicator::read(item, &names, at, faults)
        }),
        gates: each(json, "gates", 0, at, faults, |item, at, faults| {
            gate::read(item, json, &names, at, faults)
        }),
        indicator_places: names.places("indicators"),
        fact_places: names.places("facts"),
        kinds: names.of_list("agency_kinds"),
        flags: names.of_list("profile_flags"),
        source: json.clone(),
    };
    super::check::check(json, at, faults);
    (faults.count() == before).then_some(draft)
}

/// The names every list of the file gives, so that references can be followed forwards.
pub(super) struct Names(HashMap<&'static str, Vec<String>>);

impl Names {
    fn of(json: &Json, at: &At, faults: &mut Faults) -> Names {
        const LISTS: [(&str, &str, usize); 8] = [
            ("grades", "id", 1),
            ("agency_kinds", "id", 1),
            ("agency_groups", "code", 0),
            ("profile_flags", "id", 0),
            ("facts", "id", 0),
            ("dimensions", "code", 1),
            ("indicators", "code", 1),
            ("gates", "code", 0),
        ];
        let mut names = HashMap::new();
        for (list, key, least) in LISTS {
            let here = at.to(list);
            let mut found: Vec<String> = Vec::new();
            let mut ignored = Faults::default();
            for (place, item) in shape::list(json, list, least, at, &mut ignored)
                .iter()
                .enumerate()
            {
                let name = item
                    .get(key)
                    .and_then(Json::as_text)
                    .unwrap_or_default()
                    .to_owned();
                if !name.is_empty() && found.contains(&name) {
                    faults.add(Code::DuplicateCode, &here.to(place));
                }
                found.push(name);
            }
            if matches!(list, "agency_kinds" | "profile_flags") {
                for (place, item) in shape::list(json, list, least, at, faults)
                    .iter()
                    .enumerate()
                {
                    shape::members(item, &[key], &[], true, &here.to(place), faults);
                    shape::name(item.get(key), &here.to(place).to(key), faults);
                }
            }
            names.insert(list, found);
        }
        Names(names)
    }

    pub(super) fn of_list(&self, list: &str) -> Vec<String> {
        self.0.get(list).cloned().unwrap_or_default()
    }

    fn places(&self, list: &str) -> HashMap<String, usize> {
        self.of_list(list)
            .into_iter()
            .enumerate()
            .map(|(place, name)| (name, place))
            .collect()
    }

    /// Where the name that stands here is in a list; one that is nowhere is noted.
    pub(super) fn find(
        &self,
        list: &str,
        name: Option<&Json>,
        at: &At,
        faults: &mut Faults,
    ) -> Option<usize> {
        let name = shape::name(name, at, faults)?;
        let place = self
            .0
            .get(list)
            .and_then(|names| names.iter().position(|other| *other == name));
        if place.is_none() {
            faults.add(Code::Ref, at);
        }
        place
    }
}

/// A number that must be there, in its range; 0 where it is not (its absence is noted by `members`).
pub(super) fn number(
    json: &Json,
    name: &str,
    least: i64,
    most: i64,
    at: &At,
    faults: &mut Faults,
) -> i64 {
    shape::integer(json.get(name), least, most, &at.to(name), faults).unwrap_or(0)
}

/// What is read from each item of a list.
pub(super) fn each<T>(
    json: &Json,
    name: &str,
    least: usize,
    at: &At,
    faults: &mut Faults,
    mut read: impl FnMut(&Json, &At, &mut Faults) -> Option<T>,
) -> Vec<T> {
    let here = at.to(name);
    let items = shape::list(json, name, least, at, faults);
    items
        .iter()
        .enumerate()
        .filter_map(|(place, item)| read(item, &here.to(place), faults))
        .collect()
}

fn policy(json: &Json, at: &At, faults: &mut Faults) -> Policy {
    let at = &at.to("policy");
    let empty = Json::Object(Vec::new());
    let is_there = json.get("policy").is_some();
    let json = json.get("policy").unwrap_or(&empty);
    const NEEDED: [&str; 9] = [
        "unverified",
        "discount_bp",
        "trust_prior_points",
        "trust_prior_bp",
        "trust_over_weight",
        "sample_z_c",
        "min_rank_points",
        "survey_min_answers",
        "gap_alert_bp",
    ];
    if is_there {
        shape::members(json, &NEEDED, &[], false, at, faults);
    }
    let word = shape::word(
        json.get("unverified"),
        &["trust", "discount", "zero", "accept"],
        &at.to("unverified"),
        faults,
    );
    Policy {
        unverified: match word.as_deref() {
            Some("discount") => Unverified::Discount,
            Some("zero") => Unverified::Zero,
            Some("accept") => Unverified::Accept,
            _ => Unverified::Trust,
        },
        discount_bp: number(json, "discount_bp", 0, 10_000, at, faults),
        trust_prior_points: number(json, "trust_prior_points", 1, i64::MAX, at, faults),
        trust_prior_bp: number(json, "trust_prior_bp", 0, 10_000, at, faults),
        trust_over_weight: number(json, "trust_over_weight", 1, 1000, at, faults),
        sample_z_c: number(json, "sample_z_c", 0, 1000, at, faults),
        min_rank_points: number(json, "min_rank_points", 0, i64::MAX, at, faults),
        survey_min_answers: number(json, "survey_min_answers", 0, i64::MAX, at, faults),
        gap_alert_bp: number(json, "gap_alert_bp", 0, 10_000, at, faults),
    }
}

fn grades(json: &Json, at: &At, faults: &mut Faults) -> Vec<Grade> {
    each(json, "grades", 1, at, faults, |item, at, faults| {
        shape::members(item, &["id", "min_c"], &[], true, at, faults).then_some(())?;
        let id = shape::name(item.get("id"), &at.to("id"), faults);
        let min_c = shape::integer(item.get("min_c"), 0, 10_000, &at.to("min_c"), faults);
        let (id, min_c) = id.zip(min_c)?;
        Some(Grade { id, min_c })
    })
}

fn groups(json: &Json, names: &Names, at: &At, faults: &mut Faults) -> Vec<(String, String)> {
    each(json, "agency_groups", 0, at, faults, |item, at, faults| {
        shape::members(item, &["code", "kind"], &[], true, at, faults).then_some(())?;
        let code = shape::name(item.get("code"), &at.to("code"), faults);
        let kind = item.get("kind")?;
        names.find("agency_kinds", Some(kind), &at.to("kind"), faults);
        Some((code?, kind.as_text()?.to_owned()))
    })
}

fn dimension(item: &Json, at: &At, faults: &mut Faults) -> Option<Dimension> {
    shape::members(item, &["code", "points"], &[], true, at, faults).then_some(())?;
    let code = shape::name(item.get("code"), &at.to("code"), faults);
    let points = shape::integer(item.get("points"), 1, MOST_POINTS, &at.to("points"), faults);
    let (code, points) = code.zip(points)?;
    Some(Dimension { code, points })
}
