//! From what is in the database to a result: the same RETURNS the command would score, the same engine.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use sha2::{Digest, Sha256};

use super::{AppError, Ctx, verdict};
use crate::analysis::ranks::{self, Settings};
use crate::domain::access::{Reach, Scope};
use crate::domain::answer;
use crate::domain::change::{self, Change};
use crate::domain::framework::{Framework, Source};
use crate::domain::json::{self, Json};
use crate::domain::returns::{self, AgencyReturn, Answer, Returns};
use crate::domain::score::{self, Scorecard};
use crate::store::agency::Agency;
use crate::store::assessment::Assessment;
use crate::store::period::Period;
use crate::store::score::{ResultRow, ScoreRow};
use crate::store::{self, Conn, Tx, new_id};

/// How often the weights are moved for the rank interval on pages.
const REPLICATIONS: u32 = 2_000;

/// The returns of a period as they stand: claims of those who handed in, verdicts that count, counted facts.
pub fn returns_of(ctx: &Ctx, conn: &mut Conn, period: &Period) -> Result<Returns, AppError> {
    let framework = ctx.frameworks.of(conn, period)?;
    let mut codes: HashMap<String, String> = HashMap::new();
    for agency in store::agency::list(conn, &period.province_id)? {
        codes.insert(agency.id, agency.code);
    }
    let scope = Scope {
        province: period.province_id.clone(),
        reach: Reach::All,
    };
    let mut agencies = Vec::new();
    for assessment in store::assessment::list(conn, &scope, &period.id)? {
        let code = codes
            .get(&assessment.agency_id)
            .cloned()
            .unwrap_or_default();
        agencies.push(agency_return(conn, &scope, &framework, &assessment, code)?);
    }
    agencies.sort_by(|a, b| a.code.cmp(&b.code));
    let reference = Json::object([("ref", score::framework_json(&framework))]);
    let (period, framework_member) = (period.code.clone(), reference);
    Ok(Returns {
        note: None,
        framework_member,
        framework,
        period,
        agencies,
    })
}

fn agency_return(
    conn: &mut Conn,
    scope: &Scope,
    framework: &Framework,
    of: &Assessment,
    code: String,
) -> Result<AgencyReturn, AppError> {
    let findings = store::finding::list(conn, of)?;
    let upheld = findings
        .into_iter()
        .filter(|f| f.decision.as_deref() == Some("upheld"));
    Ok(AgencyReturn {
        code,
        kind: of.kind.clone(),
        group: of.group_code.clone(),
        profile: of.flags(),
        is_ranked: of.is_ranked,
        is_submitted: of.is_handed_in(),
        facts: facts(conn, scope, framework, of)?,
        findings: upheld.map(|finding| finding.indicator_code).collect(),
        answers: answers(conn, framework, of)?,
    })
}

fn answers(
    conn: &mut Conn,
    framework: &Framework,
    of: &Assessment,
) -> Result<Vec<Answer>, AppError> {
    let mut found: BTreeMap<usize, Answer> = BTreeMap::new();
    let blank = |code: &str| Answer {
        indicator: code.to_owned(),
        claim: None,
        verdict: None,
    };
    // Drafts are the agency's own until it hands in.
    let claims = if of.is_handed_in() {
        store::answer::list(conn, of)?
    } else {
        Vec::new()
    };
    for row in claims {
        let Some(place) = framework.indicator_places.get(&row.indicator_code) else {
            continue;
        };
        if let Some(claim) = row.claim.as_deref().and_then(answer::kept) {
            found
                .entry(*place)
                .or_insert_with(|| blank(&row.indicator_code))
                .claim = Some(claim);
        }
    }
    for row in store::verdict::list_current(conn, of)? {
        let Some(place) = framework.indicator_places.get(&row.indicator_code) else {
            continue;
        };
        let verdict = verdict::of_row(&row);
        let claim = found.get(place).and_then(|answer| answer.claim);
        // A verdict on a claim that is void does not count; nor is it shown.
        let indicator = &framework.indicators[*place];
        let counts = verdict
            .as_ref()
            .is_some_and(|v| returns::check(indicator, claim, v).is_empty());
        if counts {
            found
                .entry(*place)
                .or_insert_with(|| blank(&row.indicator_code))
                .verdict = verdict;
        }
    }
    Ok(found.into_values().collect())
}

/// The entered facts of the rule: counted from visits, calls and requests; or totals with a document.
fn facts(
    conn: &mut Conn,
    scope: &Scope,
    framework: &Framework,
    of: &Assessment,
) -> Result<BTreeMap<String, i64>, AppError> {
    let visits = store::visit::list(conn, scope, &of.period_id, &of.agency_id)?;
    let probes = store::visit::list_probes(conn, scope, &of.period_id, &of.agency_id)?;
    let unannounced: Vec<_> = visits.iter().filter(|visit| visit.is_unannounced).collect();
    let count = |n: usize| n as i64;
    let probe = |kind: &str, answered: bool| {
        count(
            probes
                .iter()
                .filter(|p| p.kind == kind && (!answered || p.is_answered))
                .count(),
        )
    };
    let mut facts: BTreeMap<String, i64> = BTreeMap::new();
    let mut add = |id: &str, value: i64| {
        if value != 0 {
            facts.insert(id.to_owned(), value);
        }
    };
    add("unannounced_visits", count(unannounced.len()));
    add(
        "empty_desk_observations",
        count(unannounced.iter().filter(|v| v.is_empty_desk()).count()),
    );
    add(
        "obstructed_visits",
        count(unannounced.iter().filter(|v| v.is_obstructed).count()),
    );
    add("test_requests_sent", probe("request", false));
    add("test_requests_answered", probe("request", true));
    add("desk_calls_made", probe("call", false));
    add("desk_calls_answered", probe("call", true));
    if visits.iter().any(|visit| !visit.desk_exists) {
        facts.insert("desk_exists".to_owned(), 0);
    }
    for row in store::fact::list(conn, of)? {
        facts.insert(row.fact, row.value);
    }
    facts.retain(|id, _| {
        let fact = framework
            .fact_places
            .get(id)
            .map(|place| &framework.facts[*place].source);
        matches!(fact, Some(Source::Entered { .. }))
    });
    Ok(facts)
}

/// The returns of a stored result, as they were scored then.
pub fn stored_returns(framework: &Arc<Framework>, row: &ResultRow) -> Option<Returns> {
    returns::read(row.returns.as_bytes(), std::slice::from_ref(framework)).ok()
}

/// Computes and keeps a result of the period. The old ones stay.
pub fn compute(ctx: &Ctx, tx: &mut Tx, period: &Period, stage: &str) -> Result<(), AppError> {
    let returns = returns_of(ctx, tx, period)?;
    let text = returns.to_json().canonical();
    let cards = score::score(&returns);
    let before = previous(ctx, tx, period)?;
    let changes = before
        .as_ref()
        .map(|before| change::change(before, &returns));
    let intervals = intervals(&returns);
    let number = store::score::find_latest(tx, &period.province_id, &period.id, stage)?;
    let result = ResultRow {
        province_id: period.province_id.clone(),
        id: new_id(),
        period_id: period.id.clone(),
        stage: stage.to_owned(),
        rule_version: 1,
        framework_code: period.framework_code.clone(),
        framework_version: period.framework_version.clone(),
        returns_hash: hex::encode(Sha256::digest(text.as_bytes())),
        returns: text,
        leagues: Json::List(
            cards
                .leagues
                .iter()
                .map(|league| league.to_json())
                .collect(),
        )
        .canonical(),
        computed_by: Some(ctx.actor.user.clone()),
        computed_at: ctx.now,
        number: number.map_or(1, |row| row.number + 1),
    };
    store::score::add(tx, &result)?;
    let agencies: HashMap<String, Agency> = store::agency::list(tx, ctx.province())?
        .into_iter()
        .map(|a| (a.code.clone(), a))
        .collect();
    let mut position = 0;
    for code in cards
        .leagues
        .iter()
        .flat_map(|league| league.order.iter().chain(&league.not_in_order))
    {
        let Some(card) = cards.cards.iter().find(|card| card.agency == *code) else {
            continue;
        };
        let Some(agency) = agencies.get(code) else {
            continue;
        };
        let change = changes
            .as_ref()
            .and_then(|all| all.changes.iter().find(|c| c.agency == *code));
        position += 1;
        let mut row = score_row(&returns.framework, &result, card, change, agency, position);
        if let Some((low, high)) = intervals.get(code) {
            (row.rank_low, row.rank_high) = (Some(*low), Some(*high));
        }
        store::score::add_score(tx, &row)?;
    }
    ctx.event(
        tx,
        &store::event::Happening {
            action: "result.computed",
            subject: "period",
            subject_id: &period.id,
            agency: None,
            body: format!("{stage} {} {}", result.number, result.returns_hash),
        },
    )
}

/// The final returns of the quarter before, if there are any.
fn previous(ctx: &Ctx, conn: &mut Conn, period: &Period) -> Result<Option<Returns>, AppError> {
    let all = store::period::list(conn, &period.province_id)?;
    let Some(before) = all.into_iter().find(|other| other.code < period.code) else {
        return Ok(None);
    };
    let framework = ctx.frameworks.of(conn, &before)?;
    let row = store::score::find_latest(conn, &period.province_id, &before.id, "final")?;
    Ok(row.and_then(|row| stored_returns(&framework, &row)))
}

/// The rank interval of each agency: places 5 to 95 percent of the way (analysis, not official).
fn intervals(returns: &Returns) -> HashMap<String, (i64, i64)> {
    let settings = Settings {
        seed: 2018,
        replications: REPLICATIONS,
        spread_pct: 25,
    };
    let analysis = ranks::analyse(returns, settings);
    let rows = analysis
        .get("ranks")
        .map(|ranks| ranks.items().to_vec())
        .unwrap_or_default();
    let int = |row: &Json, name: &str| i64::try_from(row.get(name)?.as_int()?).ok();
    let rows = rows.iter().filter_map(|row| {
        Some((
            row.get("agency")?.as_text()?.to_owned(),
            (int(row, "p05")?, int(row, "p95")?),
        ))
    });
    rows.collect()
}

fn score_row(
    framework: &Framework,
    result: &ResultRow,
    card: &Scorecard,
    change: Option<&Change>,
    agency: &Agency,
    position: i64,
) -> ScoreRow {
    let json = card.to_json(framework);
    let int = |path: [&str; 2]| {
        let number = json.get(path[0])?.get(path[1])?.as_int()?;
        i64::try_from(number).ok()
    };
    let gap_alert = matches!(
        json.get("gap").and_then(|gap| gap.get("alert")),
        Some(Json::Bool(true))
    );
    let armed = card.armed.codes(framework, &card.armed.gates);
    let is_empty = armed
        .iter()
        .any(|code| matches!(code.as_str(), "G-01" | "G-02" | "G-11"));
    let dimensions: Vec<String> = card
        .outcome
        .dimensions
        .iter()
        .map(|row| {
            format!(
                "{}:{}",
                framework.dimensions[row.dimension].code,
                row.percent_bp()
            )
        })
        .collect();
    let like_for_like = change.and_then(|change| change.score);
    ScoreRow {
        province_id: result.province_id.clone(),
        result_id: result.id.clone(),
        agency_id: agency.id.clone(),
        position,
        league: card.kind.clone(),
        group_code: card.group.clone(),
        state: card.state.as_str().to_owned(),
        reasons: card.reasons.join(" "),
        labels: card.armed.labels.join(" "),
        score_c: card.outcome.final_c,
        ungated_c: card.outcome.ungated_c,
        grade: card.grade(framework).map(str::to_owned),
        rank: card.rank.map(|rank| rank.overall),
        rank_of: card.rank.map(|rank| rank.overall_of),
        group_rank: card.rank.map(|rank| rank.group),
        group_rank_of: card.rank.map(|rank| rank.group_of),
        rank_low: None,
        rank_high: None,
        claimed_c: int(["self_assessment", "claimed_score_c"]),
        verified_c: int(["self_assessment", "final_score_c"]),
        honesty_bp: card.settled.honesty.ratio_bp,
        gap_bp: int(["gap", "gap_bp"]),
        gap_alert,
        is_unstaffed: is_empty || gap_alert,
        change_c: like_for_like.map(|score| score.like_after_c - score.like_before_c),
        rank_gained: change
            .and_then(|change| change.rank)
            .map(|rank| rank.before - rank.after),
        binding: card.armed.codes(framework, &card.binding()).join(" "),
        dimensions: dimensions.join(" "),
        card: json.canonical(),
        change: change.map(|change| change.to_json(framework).canonical()),
    }
}

/// A stored card, read again.
pub fn stored_card(row: &ScoreRow) -> Json {
    json::read(row.card.as_bytes()).unwrap_or(Json::Null)
}
