//! What changed since last quarter in lines that sum, and the agency's past.

use serde::Serialize;

use super::super::framework_text::FrameworkText;
use super::super::plot;
use super::{int, word};
use crate::domain::json::{self, Json};
use crate::store::score::{Past, ScoreRow};
use crate::web::url;

/// A line of the change since last quarter.
#[derive(Clone, Debug, Serialize)]
pub struct ChangeLine {
    pub title: String,
    pub code: String,
    pub change_c: i64,
    pub is_gain: bool,
}

/// Places gained, split into whose doing it was, in halves of a place.
#[derive(Clone, Debug, Serialize)]
pub struct RankSplit {
    pub before: i64,
    pub after: i64,
    /// Key of the sentence and halves gained.
    pub parts: Vec<(String, i64)>,
}

/// The change since last quarter.
#[derive(Clone, Debug, Serialize)]
pub struct ChangeView {
    pub before_c: i64,
    pub after_c: i64,
    /// The like-for-like change, with its sign.
    pub like_c: i64,
    pub is_within_error: bool,
    pub lines: Vec<ChangeLine>,
    pub sum_c: i64,
    pub rank: Option<RankSplit>,
}

/// Reads the kept change of a row.
pub fn view(texts: FrameworkText, row: &ScoreRow, least_c: i64) -> Option<ChangeView> {
    let change = json::read(row.change.as_deref()?.as_bytes())?;
    let score = change.get("score").filter(|score| **score != Json::Null)?;
    let lines = change.get("lines").map(Json::items).unwrap_or_default();
    let lines: Vec<ChangeLine> = lines.iter().map(|line| change_line(texts, line)).collect();
    let signed = |line: &ChangeLine| line.change_c * if line.is_gain { 1 } else { -1 };
    let like = |name| int(Some(score), name);
    let like_c = like("like_for_like_after_c")? - like("like_for_like_before_c")?;
    Some(ChangeView {
        before_c: int(Some(score), "before_c")?,
        after_c: int(Some(score), "after_c")?,
        like_c,
        is_within_error: like_c.abs() < least_c.max(1),
        sum_c: lines.iter().map(signed).sum(),
        lines,
        rank: rank(&change),
    })
}

fn rank(change: &Json) -> Option<RankSplit> {
    let rank = change.get("rank").filter(|rank| **rank != Json::Null)?;
    let part = |name: &str| {
        let halves = int(Some(rank), &format!("{name}_halves")).unwrap_or(0);
        (format!("result-rank-{name}"), halves)
    };
    Some(RankSplit {
        before: int(Some(rank), "before")?,
        after: int(Some(rank), "after")?,
        parts: ["own", "others", "method", "panel"].map(part).to_vec(),
    })
}

fn change_line(texts: FrameworkText, line: &Json) -> ChangeLine {
    let (gate, indicator) = (word(line, "gate"), word(line, "indicator"));
    let title = match word(line, "kind") {
        "method" => texts.say("result-line-method"),
        "scope" => texts.say("result-line-scope"),
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
}

/// One quarter of the past.
#[derive(Clone, Debug, Serialize)]
pub struct PastView {
    pub period: String,
    pub href: String,
    pub score_c: Option<i64>,
    pub grade: Option<String>,
    pub rank: Option<i64>,
    pub rank_of: Option<i64>,
    pub state: String,
}

/// The line of an agency's scores over the quarters.
#[derive(Clone, Debug, Serialize)]
pub struct PastLine {
    /// Where each quarter's score stands in the drawing.
    pub points: Vec<[String; 2]>,
    /// From point to point.
    pub strokes: Vec<[String; 4]>,
    pub quarters: Vec<PastView>,
}

/// Draws the past, oldest first; nothing where there is only one quarter.
pub fn past(agency: &str, past: &[Past]) -> Option<PastLine> {
    if past.len() < 2 {
        return None;
    }
    let oldest: Vec<&Past> = past.iter().rev().collect();
    let last = oldest.len() as i64 - 1;
    let place = |(at, one): (usize, &&Past)| {
        let down = plot::width(10_000 - one.score_c?, 10_000);
        Some([plot::share(at as i64, last), down])
    };
    let placed: Vec<Option<[String; 2]>> = oldest.iter().enumerate().map(place).collect();
    let strokes = placed.windows(2).filter_map(|pair| {
        let ([x1, y1], [x2, y2]) = (pair[0].clone()?, pair[1].clone()?);
        Some([x1, y1, x2, y2])
    });
    let quarters = past.iter().map(|one| PastView {
        period: one.period.clone(),
        href: url::score(&one.period, agency),
        score_c: one.score_c,
        grade: one.grade.clone(),
        rank: one.rank,
        rank_of: one.rank_of,
        state: format!("result-state-{}", one.state.replace('_', "-")),
    });
    Some(PastLine {
        strokes: strokes.collect(),
        points: placed.into_iter().flatten().collect(),
        quarters: quarters.collect(),
    })
}
