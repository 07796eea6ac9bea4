//! The score sheet of one agency: every line of points lost, every gate, summing exactly.

use serde::Serialize;

use super::framework_text::FrameworkText;
use crate::app::{self, AppError, Case};
use crate::domain::access::Act;
use crate::domain::framework::{Framework, Indicator, Measure};
use crate::domain::json::{self, Json};
use crate::domain::period::State;
use crate::store::agency::Agency;
use crate::store::score::ScoreRow;
use crate::store::verdict::VerdictRow;
use crate::store::{self, Conn};
use crate::web::desk::Desk;
use crate::web::error::WebResult;
use crate::web::form::Input;
use crate::web::render::Page;
use crate::web::reply::Reply;
use crate::web::url;

/// A line of points lost.
#[derive(Clone, Debug, Serialize)]
pub struct LostLine {
    pub code: String,
    pub title: String,
    pub is_gate: bool,
    pub points_c: i64,
    pub score_c: i64,
    /// Where its bar begins and how wide it is.
    pub from: String,
    pub width: String,
}

/// One indicator as evaluators know it.
#[derive(Clone, Debug, Serialize)]
pub struct SheetRow {
    pub number: i64,
    pub code: String,
    pub title: String,
    pub unit: String,
    pub target: String,
    pub points: i64,
    pub value: Option<String>,
    pub status: String,
    pub claimed_c: Option<i64>,
    pub final_c: Option<i64>,
    pub reason: String,
    pub objection: Option<String>,
}

/// A dimension of the sheet.
#[derive(Clone, Debug, Serialize)]
pub struct SheetSection {
    pub title: String,
    pub points: Option<i64>,
    pub final_c: Option<i64>,
    pub final_bp: Option<i64>,
    pub rows: Vec<SheetRow>,
}

/// A line of the change since last quarter.
#[derive(Clone, Debug, Serialize)]
pub struct ChangeLine {
    pub title: String,
    pub code: String,
    pub change_c: i64,
    pub is_gain: bool,
}

/// The change since last quarter.
#[derive(Clone, Debug, Serialize)]
pub struct ChangeView {
    pub before_c: i64,
    pub after_c: i64,
    pub lines: Vec<ChangeLine>,
}

/// The sheet.
#[derive(Serialize)]
pub struct ScorePage {
    pub period: String,
    pub name: String,
    pub is_final: bool,
    pub state: String,
    pub score_c: Option<i64>,
    pub ungated_c: Option<i64>,
    pub before_grade_cap_c: Option<i64>,
    pub grade: Option<String>,
    pub rank: Option<i64>,
    pub rank_of: Option<i64>,
    pub interval: Option<[i64; 2]>,
    pub claimed_c: Option<i64>,
    pub verified_c: Option<i64>,
    pub honesty_bp: Option<i64>,
    pub trust_bp: Option<i64>,
    pub gap_bp: Option<i64>,
    pub gap_alert: bool,
    pub parts: Vec<(String, i64)>,
    pub lost: Vec<LostLine>,
    pub lost_sum_c: i64,
    pub gates: Vec<(String, String, String, bool)>,
    pub sections: Vec<SheetSection>,
    pub change: Option<ChangeView>,
    pub hash: String,
}

impl Page for ScorePage {
    const TEMPLATE: &'static str = "score/show.html";
}

struct Found {
    period: store::period::Period,
    agency: Agency,
    result: store::score::ResultRow,
    row: ScoreRow,
    framework: std::sync::Arc<Framework>,
    /// Reasons of the auditors; only for the agency itself and for officials.
    verdicts: Vec<VerdictRow>,
    may_object: bool,
    objected: Vec<String>,
}

fn find(desk: &Desk, conn: &mut Conn, input: &Input) -> Result<Found, AppError> {
    desk.ctx.require(Act::SeeRanking)?;
    let province = desk.ctx.province();
    let period = store::period::find_by_code(conn, province, input.part("period"))?;
    let period = period.ok_or(AppError::NotFound)?;
    let agency = store::agency::find_by_code(conn, province, input.part("agency"))?;
    let agency = agency.ok_or(AppError::NotFound)?;
    let is_own = desk.ctx.actor.agency.as_deref() == Some(agency.id.as_str());
    let state = period.state();
    let stage = if state >= State::Final {
        "final"
    } else if state >= State::Preliminary && (is_own || desk.ctx.actor.may(Act::SeePreliminary)) {
        "preliminary"
    } else {
        return Err(AppError::NotFound);
    };
    let result =
        store::score::find_latest(conn, province, &period.id, stage)?.ok_or(AppError::NotFound)?;
    let row = store::score::find_score(conn, province, &result.id, &agency.id)?
        .ok_or(AppError::NotFound)?;
    let framework = desk.ctx.frameworks.of(conn, &period)?;
    let case = app::case(&desk.ctx, conn, &period.code, &agency.code).ok();
    let case = case.filter(|_| is_own || desk.ctx.actor.may(Act::SeeHandedIn));
    let verdicts = match &case {
        Some(case) => store::verdict::list_current(conn, &case.assessment)?,
        None => Vec::new(),
    };
    let objected = objected(conn, case.as_ref())?;
    let is_open = state == State::ObjectionOpen && !desk.ctx.is_over(period.objections_end_on);
    let may_object = is_own && is_open && desk.ctx.actor.may(Act::Object);
    Ok(Found {
        period,
        agency,
        result,
        row,
        framework,
        verdicts,
        may_object,
        objected,
    })
}

fn objected(conn: &mut Conn, case: Option<&Case>) -> Result<Vec<String>, AppError> {
    let Some(case) = case else {
        return Ok(Vec::new());
    };
    let all = store::objection::list(conn, &case.assessment)?;
    Ok(all
        .into_iter()
        .map(|objection| objection.indicator_code)
        .collect())
}

fn int(json: Option<&Json>, name: &str) -> Option<i64> {
    i64::try_from(json?.get(name)?.as_int()?).ok()
}

fn word<'a>(json: &'a Json, name: &str) -> &'a str {
    json.get(name).and_then(Json::as_text).unwrap_or_default()
}

/// Shows the sheet.
pub fn show(desk: &Desk, input: &Input) -> WebResult {
    let found = desk.ctx.store.read(|conn| find(desk, conn, input))?;
    let card = app::score::stored_card(&found.row);
    let texts = FrameworkText::of(&found.framework, desk.hall.language);
    let score = card.get("score");
    let lost = lost(desk, texts, &card);
    let row = &found.row;
    desk.page(&ScorePage {
        period: found.period.code.clone(),
        name: desk
            .choose(&found.agency.name_fa, &found.agency.name_en)
            .to_owned(),
        is_final: found.result.stage == "final",
        state: format!("result-state-{}", row.state.replace('_', "-")),
        score_c: row.score_c,
        ungated_c: row.ungated_c,
        before_grade_cap_c: int(score, "before_grade_cap_c"),
        grade: row.grade.clone(),
        rank: row.rank,
        rank_of: row.rank_of,
        interval: row
            .rank_low
            .zip(row.rank_high)
            .map(|(low, high)| [low, high]),
        claimed_c: row.claimed_c,
        verified_c: row.verified_c,
        honesty_bp: row.honesty_bp,
        trust_bp: int(card.get("honesty"), "trust_bp"),
        gap_bp: row.gap_bp,
        gap_alert: row.gap_alert,
        parts: parts(&card),
        lost_sum_c: lost.iter().map(|line| line.score_c).sum(),
        lost,
        gates: gates(texts, &card),
        sections: sections(texts, &found, &card),
        change: change(desk, texts, row),
        hash: found.result.returns_hash.clone(),
    })
}

/// The five parts of the framework's points.
fn parts(card: &Json) -> Vec<(String, i64)> {
    const PARTS: [&str; 5] = [
        "counted",
        "na_profile",
        "na_granted",
        "not_enough_data",
        "not_measured",
    ];
    let points = card.get("points");
    let parts = PARTS.iter().filter_map(|name| {
        Some((
            format!("result-points-{}", name.replace('_', "-")),
            int(points, name)?,
        ))
    });
    parts.collect()
}

fn gates(texts: FrameworkText, card: &Json) -> Vec<(String, String, String, bool)> {
    let list = |name: &str| {
        card.get("gates")
            .and_then(|gates| gates.get(name))
            .map(Json::items)
    };
    let binding: Vec<&str> = list("binding")
        .unwrap_or_default()
        .iter()
        .filter_map(Json::as_text)
        .collect();
    let armed = list("armed")
        .unwrap_or_default()
        .iter()
        .filter_map(Json::as_text);
    armed
        .map(|code| {
            (
                code.to_owned(),
                texts.gate(code),
                texts.gate_sentence(code),
                binding.contains(&code),
            )
        })
        .collect()
}

fn lost(desk: &Desk, texts: FrameworkText, card: &Json) -> Vec<LostLine> {
    let mut from = 0;
    let is_rtl = desk.hall.language == crate::web::words::Language::Fa;
    let percent = |c: i64| format!("{}.{:02}%", c / 100, c % 100);
    let lines = card.get("lost").map(Json::items).unwrap_or_default().iter();
    lines
        .map(|line| {
            let (gate, indicator) = (word(line, "gate"), word(line, "indicator"));
            let dimension = word(line, "dimension");
            let title = match (gate, indicator) {
                ("", code) => texts.title(code),
                (gate, "") if dimension.is_empty() => texts.gate(gate),
                (gate, "") => format!("{} ({})", texts.gate(gate), texts.dimension(dimension)),
                (gate, code) => format!("{} ({code})", texts.gate(gate)),
            };
            let score_c = int(Some(line), "score_c").unwrap_or(0);
            let start = if is_rtl {
                10_000 - from - score_c
            } else {
                from
            };
            from += score_c;
            LostLine {
                code: if gate.is_empty() { indicator } else { gate }.to_owned(),
                title,
                is_gate: !gate.is_empty(),
                points_c: int(Some(line), "points_c").unwrap_or(0),
                score_c,
                from: percent(start.max(0)),
                width: percent(score_c),
            }
        })
        .collect()
}

fn sections(texts: FrameworkText, found: &Found, card: &Json) -> Vec<SheetSection> {
    let rows = card.get("indicators").map(Json::items).unwrap_or_default();
    let totals = card.get("dimensions").map(Json::items).unwrap_or_default();
    let mut number = 0;
    let mut sections = Vec::new();
    for (place, dimension) in found.framework.dimensions.iter().enumerate() {
        let total = totals
            .iter()
            .find(|total| word(total, "dimension") == dimension.code);
        let mut section = SheetSection {
            title: texts.dimension(&dimension.code),
            points: int(total, "points"),
            final_c: int(total, "final_c"),
            final_bp: int(total, "final_bp"),
            rows: Vec::new(),
        };
        let both = found.framework.indicators.iter().zip(rows);
        for (indicator, row) in both.filter(|(indicator, _)| indicator.dimension == place) {
            number += 1;
            section
                .rows
                .push(sheet_row(texts, found, indicator, row, number));
        }
        sections.push(section);
    }
    sections
}

fn sheet_row(
    texts: FrameworkText,
    found: &Found,
    indicator: &Indicator,
    row: &Json,
    number: i64,
) -> SheetRow {
    let verdict = found
        .verdicts
        .iter()
        .find(|verdict| verdict.indicator_code == indicator.code);
    let target = match indicator.measure {
        Measure::YesNo => texts.scaled(indicator, 1),
        Measure::Level => texts.whole(indicator.top_level),
        _ => texts.hundredths(indicator.target_c),
    };
    let may = found.may_object && verdict.is_some() && !found.objected.contains(&indicator.code);
    let address = url::objection(&found.period.code, &found.agency.code, &indicator.code);
    SheetRow {
        number,
        code: indicator.code.clone(),
        title: texts.title(&indicator.code),
        unit: texts.unit(indicator),
        target,
        points: indicator.points,
        value: int(Some(row), "value").map(|x| texts.scaled(indicator, x)),
        status: format!("result-status-{}", word(row, "status").replace('_', "-")),
        claimed_c: int(Some(row), "claimed_c"),
        final_c: int(Some(row), "final_c"),
        reason: verdict
            .map(|verdict| verdict.reason.clone())
            .unwrap_or_default(),
        objection: (may || found.objected.contains(&indicator.code)).then_some(address),
    }
}

fn change(desk: &Desk, texts: FrameworkText, row: &ScoreRow) -> Option<ChangeView> {
    let change = json::read(row.change.as_deref()?.as_bytes())?;
    let score = change.get("score").filter(|score| **score != Json::Null)?;
    let lines = change
        .get("lines")
        .map(Json::items)
        .unwrap_or_default()
        .iter()
        .map(|line| {
            let (kind, gate, indicator) = (
                word(line, "kind"),
                word(line, "gate"),
                word(line, "indicator"),
            );
            let title = match kind {
                "method" => {
                    crate::web::words::text(desk.hall.language, "result-line-method").to_string()
                }
                "scope" => {
                    crate::web::words::text(desk.hall.language, "result-line-scope").to_string()
                }
                _ if gate.is_empty() => texts.title(indicator),
                _ => texts.gate(gate),
            };
            let change_c = int(Some(line), "change_c").unwrap_or(0);
            ChangeLine {
                title,
                code: if gate.is_empty() { indicator } else { gate }.to_owned(),
                change_c: change_c.abs(),
                is_gain: change_c >= 0,
            }
        });
    Some(ChangeView {
        before_c: int(Some(score), "before_c")?,
        after_c: int(Some(score), "after_c")?,
        lines: lines.collect(),
    })
}

/// The stored card as the command prints it.
pub fn json(desk: &Desk, input: &Input) -> WebResult {
    let found = desk.ctx.store.read(|conn| find(desk, conn, input))?;
    let kind = "application/json; charset=utf-8";
    Ok(Reply::of(
        actix_web::http::StatusCode::OK,
        kind,
        found.row.card,
    ))
}
