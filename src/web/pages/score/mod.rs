//! The score sheet of one agency: every line of points lost, every gate, summing exactly.

mod change;
mod formula;
pub(super) mod lost;
mod table;

use actix_web::http::StatusCode;
use serde::Serialize;

use super::framework_text::FrameworkText;
use crate::app;
use crate::app::scorecard::{self, Sheet};
use crate::domain::access::Act;
use crate::domain::json::Json;
use crate::web::desk::Desk;
use crate::web::error::WebResult;
use crate::web::form::Input;
use crate::web::render::Page;
use crate::web::reply::Reply;
use crate::web::url;

/// The sheet.
#[derive(Serialize)]
pub struct ScorePage {
    pub period: String,
    pub name: String,
    pub is_final: bool,
    pub is_no_report: bool,
    pub state: String,
    pub reasons: Vec<String>,
    pub score_c: Option<i64>,
    pub ungated_c: Option<i64>,
    pub before_grade_cap_c: Option<i64>,
    pub points_c: Option<i64>,
    pub points_of: Option<i64>,
    pub grade: Option<String>,
    pub rank: Option<i64>,
    pub rank_of: Option<i64>,
    pub group: String,
    pub group_rank: Option<i64>,
    pub group_rank_of: Option<i64>,
    pub interval: Option<[i64; 2]>,
    pub claimed_c: Option<i64>,
    pub verified_c: Option<i64>,
    /// How much of the self-assessment was not confirmed.
    pub over_c: Option<i64>,
    pub honesty_bp: Option<i64>,
    pub trust_bp: Option<i64>,
    pub honesty_sums: Vec<formula::Sum>,
    pub gap_bp: Option<i64>,
    pub gap_alert: bool,
    pub parts: Vec<(String, i64)>,
    pub lost: lost::LostView,
    pub gates: Vec<lost::GateView>,
    pub sections: Vec<table::SheetSection>,
    pub change: Option<change::ChangeView>,
    pub past: Option<change::PastLine>,
    pub objections_end_on: Option<chrono::NaiveDate>,
    pub ranking: Option<String>,
    pub what_if: Option<String>,
    pub hash: String,
}

impl Page for ScorePage {
    const TEMPLATE: &'static str = "score/show.html";
}

fn int(json: Option<&Json>, name: &str) -> Option<i64> {
    i64::try_from(json?.get(name)?.as_int()?).ok()
}

fn word<'a>(json: &'a Json, name: &str) -> &'a str {
    json.get(name).and_then(Json::as_text).unwrap_or_default()
}

/// Shows the sheet.
pub fn show(desk: &Desk, input: &Input) -> WebResult {
    let ctx = &desk.ctx;
    let (period, agency) = (input.part("period"), input.part("agency"));
    let sheet = ctx
        .store
        .read(|conn| scorecard::find(ctx, conn, period, agency))?;
    let make = || {
        ctx.store
            .read(|conn| scorecard::ground(ctx, conn, &sheet.framework, &sheet.head))
    };
    let grounds = &desk.hall.state.grounds;
    let ground = grounds.of(ctx.province(), &sheet.head.id, make)?;
    let card = app::score::stored_card(&sheet.row);
    let maker = table::Maker {
        texts: FrameworkText::of(&sheet.framework, desk.hall.language),
        sheet: &sheet,
        card: &card,
        ground: &ground,
    };
    desk.page(&page(desk, &maker))
}

fn page(desk: &Desk, maker: &table::Maker) -> ScorePage {
    let (sheet, texts, card) = (maker.sheet, maker.texts, maker.card);
    let (row, score) = (&sheet.row, card.get("score"));
    let open = sheet.case.as_ref().map(|case| &case.open);
    let is_final = sheet.head.stage == "final";
    let may_try = sheet.is_own || desk.ctx.actor.may(Act::Administer);
    let least_c = desk.hall.state.config.least_change_c;
    let name = desk.choose(&sheet.agency.name_fa, &sheet.agency.name_en);
    ScorePage {
        period: sheet.period.code.clone(),
        name: name.to_owned(),
        is_final,
        is_no_report: row.state == "no_report",
        state: format!("result-state-{}", row.state.replace('_', "-")),
        reasons: row
            .reasons
            .split_whitespace()
            .map(|reason| texts.reason(reason))
            .collect(),
        score_c: row.score_c,
        ungated_c: row.ungated_c,
        before_grade_cap_c: int(score, "before_grade_cap_c"),
        points_c: int(score, "points_c"),
        points_of: int(score, "points_of"),
        grade: row.grade.clone(),
        rank: row.rank,
        rank_of: row.rank_of,
        group: texts.group(&row.group_code),
        group_rank: row.group_rank,
        group_rank_of: row.group_rank_of,
        interval: row.rank_low.zip(row.rank_high).map(|(l, h)| [l, h]),
        claimed_c: row.claimed_c,
        verified_c: row.verified_c,
        over_c: over(sheet),
        honesty_bp: row.honesty_bp,
        trust_bp: int(card.get("honesty"), "trust_bp"),
        honesty_sums: card.get("honesty").map_or_else(Vec::new, |of| {
            formula::honesty(texts, &sheet.framework.policy, of)
        }),
        gap_bp: row.gap_bp,
        gap_alert: row.gap_alert,
        parts: parts(card),
        lost: lost::view(texts, card),
        gates: lost::gates(texts, card, &maker.armed_by()),
        sections: maker.sections(),
        change: change::view(texts, row, least_c),
        past: change::past(&sheet.agency.code, &sheet.past),
        objections_end_on: open.and_then(|open| open.values().min().copied()),
        what_if: may_try.then(|| url::what_if(&sheet.period.code, &sheet.agency.code)),
        ranking: is_final.then(|| url::ranking(&sheet.period.code)),
        hash: sheet.head.returns_hash.clone(),
    }
}

/// What of the self-assessment was not confirmed; nothing where it was confirmed whole.
fn over(sheet: &Sheet) -> Option<i64> {
    let over = sheet.row.claimed_c? - sheet.row.verified_c?;
    (over > 0).then_some(over)
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
        let key = format!("result-points-{}", name.replace('_', "-"));
        Some((key, int(points, name)?))
    });
    parts.collect()
}

/// The stored card as the command prints it.
pub fn json(desk: &Desk, input: &Input) -> WebResult {
    let (period, agency) = (input.part("period"), input.part("agency"));
    let sheet = desk
        .ctx
        .store
        .read(|conn| scorecard::find(&desk.ctx, conn, period, agency))?;
    let kind = "application/json; charset=utf-8";
    Ok(Reply::of(StatusCode::OK, kind, sheet.row.card))
}
