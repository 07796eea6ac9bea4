//! From the bytes of a file to returns, or to the refusal that names every fault.

use std::collections::HashSet;
use std::sync::Arc;

use super::super::fault::{At, Code, Faults, Refusal};
use super::super::framework::{self, FactType, Framework, ReportedBy, Source};
use super::super::json::{self, Json};
use super::super::shape;
use super::value::{self, Beside};
use super::{AgencyReturn, Answer, Returns};

/// Reads a RETURNS file. `known` are the frameworks it may refer to.
pub fn read(bytes: &[u8], known: &[Arc<Framework>]) -> Result<Returns, Refusal> {
    let whole = json::read(bytes).ok_or_else(Refusal::not_json)?;
    let mut faults = Faults::default();
    let top = At::top();
    let needed = ["format", "framework", "period", "agencies"];
    if !shape::members(&whole, &needed, &["note"], false, &top, &mut faults) {
        return Err(faults.refusal());
    }
    shape::word(
        whole.get("format"),
        &["mizan-returns/1"],
        &top.to("format"),
        &mut faults,
    );
    let note = shape::text(whole.get("note"), &top.to("note"), &mut faults);
    let period = period(whole.get("period"), &top.to("period"), &mut faults);
    let member = whole.get("framework");
    let framework = member.and_then(|json| pick(json, known, &top.to("framework"), &mut faults));
    let mut agencies = Vec::new();
    if let Some(framework) = &framework {
        agencies = read_agencies(&whole, framework, &top, &mut faults);
    }
    match (faults.any(), framework, member, period) {
        (false, Some(framework), Some(member), Some(period)) => Ok(Returns {
            note,
            framework_member: member.clone(),
            framework,
            period,
            agencies,
        }),
        _ => Err(faults.refusal()),
    }
}

fn period(json: Option<&Json>, at: &At, faults: &mut Faults) -> Option<String> {
    let text = shape::text(json, at, faults)?;
    let is_right = match text.as_bytes() {
        [y1, y2, y3, y4, b'-', b'Q', quarter] => {
            [y1, y2, y3, y4].iter().all(|y| y.is_ascii_digit()) && (b'1'..=b'4').contains(quarter)
        }
        _ => false,
    };
    if !is_right {
        faults.add(Code::Shape, at);
    }
    is_right.then_some(text)
}

fn pick(
    json: &Json,
    known: &[Arc<Framework>],
    at: &At,
    faults: &mut Faults,
) -> Option<Arc<Framework>> {
    if !matches!(json, Json::Object(_)) {
        faults.add(Code::Type, at);
        return None;
    }
    match (json.get("ref"), json.get("embedded")) {
        (None, Some(embedded)) => {
            shape::members(json, &["embedded"], &[], false, at, faults);
            framework::read(embedded, &at.to("embedded"), faults).map(Arc::new)
        }
        (Some(wanted), None) => {
            shape::members(json, &["ref"], &[], false, at, faults);
            let here = at.to("ref");
            shape::members(wanted, &["code", "version"], &[], false, &here, faults).then_some(())?;
            let code = shape::name(wanted.get("code"), &here.to("code"), faults);
            let version = shape::name(wanted.get("version"), &here.to("version"), faults);
            let (code, version) = code.zip(version)?;
            let found = known
                .iter()
                .find(|f| f.code == code && f.version == version)
                .cloned();
            if found.is_none() {
                faults.add(Code::Framework, &here);
            }
            found
        }
        _ => {
            faults.add(Code::Shape, at);
            None
        }
    }
}

fn read_agencies(
    whole: &Json,
    framework: &Framework,
    top: &At,
    faults: &mut Faults,
) -> Vec<AgencyReturn> {
    let here = top.to("agencies");
    let mut seen = HashSet::new();
    let mut agencies = Vec::new();
    for (place, item) in shape::list(whole, "agencies", 0, top, faults)
        .iter()
        .enumerate()
    {
        let at = here.to(place);
        if let Some(code) = item.get("code").and_then(Json::as_text)
            && !seen.insert(code)
        {
            faults.add(Code::DuplicateAgency, &at);
        }
        agencies.extend(agency(item, framework, &at, faults));
    }
    agencies
}

fn agency(
    item: &Json,
    framework: &Framework,
    at: &At,
    faults: &mut Faults,
) -> Option<AgencyReturn> {
    const NEEDED: [&str; 9] = [
        "code",
        "kind",
        "group",
        "profile",
        "ranked",
        "submitted",
        "facts",
        "findings",
        "answers",
    ];
    shape::members(item, &NEEDED, &[], false, at, faults).then_some(())?;
    let code = shape::name(item.get("code"), &at.to("code"), faults);
    let kind = shape::name(item.get("kind"), &at.to("kind"), faults);
    if kind
        .as_ref()
        .is_some_and(|kind| !framework.kinds.contains(kind))
    {
        faults.add(Code::UnknownKind, &at.to("kind"));
    }
    let group = group(item, framework, kind.as_deref(), at, faults);
    let is_ranked = shape::boolean(item.get("ranked"), &at.to("ranked"), faults);
    let is_submitted = shape::boolean(item.get("submitted"), &at.to("submitted"), faults);
    let profile = shape::names(item, "profile", true, at, faults);
    for (place, _) in profile
        .iter()
        .filter(|(_, flag)| !framework.flags.contains(flag))
    {
        faults.add(Code::UnknownFlag, &at.to("profile").to(place));
    }
    let findings = shape::names(item, "findings", false, at, faults);
    for (place, _) in findings
        .iter()
        .filter(|(_, code)| framework.indicator(code).is_none())
    {
        faults.add(Code::UnknownIndicator, &at.to("findings").to(place));
    }
    let facts = facts(item.get("facts"), framework, &at.to("facts"), faults);
    let answers = answers(item, framework, at, faults);
    Some(AgencyReturn {
        code: code?,
        kind: kind?,
        group: group?,
        profile: profile.into_iter().map(|(_, flag)| flag).collect(),
        is_ranked: is_ranked?,
        is_submitted: is_submitted?,
        facts,
        findings: findings.into_iter().map(|(_, code)| code).collect(),
        answers,
    })
}

/// The group, which must be one of the agency's kind.
fn group(
    item: &Json,
    framework: &Framework,
    kind: Option<&str>,
    at: &At,
    faults: &mut Faults,
) -> Option<String> {
    let group = shape::name(item.get("group"), &at.to("group"), faults)?;
    let known = framework.groups.iter().find(|(code, _)| *code == group);
    if known.is_none_or(|(_, of)| kind.is_some_and(|kind| kind != of)) {
        faults.add(Code::UnknownGroup, &at.to("group"));
    }
    Some(group)
}

fn facts(
    json: Option<&Json>,
    framework: &Framework,
    at: &At,
    faults: &mut Faults,
) -> std::collections::BTreeMap<String, i64> {
    let mut facts = std::collections::BTreeMap::new();
    let Some(Json::Object(members)) = json else {
        if json.is_some() {
            faults.add(Code::Type, at);
        }
        return facts;
    };
    for (id, value) in members {
        let here = at.to(id);
        let known = framework
            .fact_places
            .get(id)
            .map(|place| &framework.facts[*place]);
        let Some(fact) = known.filter(|fact| matches!(fact.source, Source::Entered { .. })) else {
            faults.add(Code::UnknownFact, &here);
            continue;
        };
        let number = match (fact.kind, value) {
            (FactType::Bool, Json::Bool(yes)) => Some(i64::from(*yes)),
            (FactType::Bool, _) => {
                faults.add(Code::Type, &here);
                None
            }
            (FactType::Pct, _) => shape::integer(Some(value), 0, 10_000, &here, faults),
            (FactType::Int, _) => shape::integer(Some(value), 0, shape::MOST_COUNT, &here, faults),
        };
        facts.extend(number.map(|number| (id.clone(), number)));
    }
    parts(&facts, framework, json, at, faults);
    facts
}

/// A part may not be above its total, entered or by default.
fn parts(
    facts: &std::collections::BTreeMap<String, i64>,
    framework: &Framework,
    json: Option<&Json>,
    at: &At,
    faults: &mut Faults,
) {
    for (id, number) in facts {
        let fact = &framework.facts[framework.fact_places[id]];
        let Source::Entered {
            max_of: Some(total),
            ..
        } = fact.source
        else {
            continue;
        };
        let total = &framework.facts[total];
        let is_entered = json.is_some_and(|json| json.get(&total.id).is_some());
        let limit = match (&total.source, is_entered) {
            (_, true) => facts.get(&total.id).copied(),
            (Source::Entered { default, .. }, false) => *default,
            _ => None,
        };
        if limit.is_some_and(|limit| *number > limit) {
            faults.add(Code::Range, &at.to(id));
        }
    }
}

fn answers(item: &Json, framework: &Framework, at: &At, faults: &mut Faults) -> Vec<Answer> {
    let here = at.to("answers");
    let mut seen = HashSet::new();
    let mut answers = Vec::new();
    for (place, item) in shape::list(item, "answers", 0, at, faults)
        .iter()
        .enumerate()
    {
        let at = here.to(place);
        if let Some(code) = item.get("indicator").and_then(Json::as_text)
            && !seen.insert(code)
        {
            faults.add(Code::DuplicateAnswer, &at);
        }
        answers.extend(answer(item, framework, &at, faults));
    }
    answers
}

fn answer(item: &Json, framework: &Framework, at: &At, faults: &mut Faults) -> Option<Answer> {
    shape::members(
        item,
        &["indicator"],
        &["claim", "verdict"],
        false,
        at,
        faults,
    )
    .then_some(())?;
    let code = shape::name(item.get("indicator"), &at.to("indicator"), faults);
    let indicator = code.as_ref().and_then(|code| framework.indicator(code));
    if code.is_some() && indicator.is_none() {
        faults.add(Code::UnknownIndicator, &at.to("indicator"));
    }
    let here = at.to("claim");
    let claim = item.get("claim").and_then(|json| {
        if indicator.is_some_and(|indicator| indicator.reported_by != ReportedBy::Agency) {
            faults.add(Code::Claim, &here);
        }
        value::value(json, indicator, &here, faults)
    });
    let beside = Beside {
        indicator,
        has_claim: item.get("claim").is_some(),
        claim,
    };
    let verdict = item
        .get("verdict")
        .and_then(|json| value::verdict(json, &beside, &at.to("verdict"), faults));
    Some(Answer {
        indicator: code?,
        claim,
        verdict,
    })
}
