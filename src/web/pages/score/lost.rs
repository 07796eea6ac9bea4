//! Where the points were lost: by dimension from 100 down to the score, each with its lines, summing exactly.

use serde::Serialize;

use super::super::framework_text::FrameworkText;
use super::super::plot;
use super::{int, word};
use crate::domain::framework::{FactType, Framework, Operator};
use crate::domain::json::Json;
use crate::domain::returns::AgencyReturn;
use crate::domain::score::{self, Found, Scorecard};

/// A line of points lost.
#[derive(Clone, Debug, Serialize)]
pub struct LostLine {
    pub code: String,
    pub title: String,
    pub is_gate: bool,
    pub points_c: i64,
    pub score_c: i64,
}

/// What one dimension lost, or what the cap of the grade took.
#[derive(Clone, Debug, Serialize)]
pub struct LostGroup {
    pub title: String,
    /// Points of what counts there; nothing for the cap of the grade.
    pub points: Option<i64>,
    pub final_bp: Option<i64>,
    pub score_c: i64,
    /// Where its bar begins and how wide it is.
    pub from: String,
    pub width: String,
    pub lines: Vec<LostLine>,
}

/// The whole way from 100 to the score.
#[derive(Clone, Debug, Serialize)]
pub struct LostView {
    pub groups: Vec<LostGroup>,
    pub sum_c: i64,
    /// The dimension that lost most.
    pub most: Option<String>,
    /// The score drawn: beginning and width.
    pub score: Option<[String; 2]>,
}

/// Reads the lines of a card.
pub fn view(texts: FrameworkText, card: &Json) -> LostView {
    let lines = card.get("lost").map(Json::items).unwrap_or_default();
    let totals = card.get("dimensions").map(Json::items).unwrap_or_default();
    let mut groups = Vec::new();
    let mut gone = 0;
    let codes = totals.iter().map(|total| word(total, "dimension"));
    for code in codes.chain([""]) {
        let own = lines.iter().filter(|line| word(line, "dimension") == code);
        let own: Vec<LostLine> = own.map(|line| lost_line(texts, line)).collect();
        let score_c: i64 = own.iter().map(|line| line.score_c).sum();
        let total = totals.iter().find(|total| word(total, "dimension") == code);
        if total.is_none() && own.is_empty() {
            continue;
        }
        groups.push(LostGroup {
            title: match total {
                Some(_) => texts.dimension(code),
                None => texts.say("result-grade-cap"),
            },
            points: int(total, "points"),
            final_bp: int(total, "final_bp"),
            score_c,
            from: plot::width(gone, 10_000),
            width: plot::width(score_c, 10_000),
            lines: own,
        });
        gone += score_c;
    }
    let most = groups.iter().filter(|group| group.score_c > 0);
    let most = most.max_by_key(|group| group.score_c);
    let score = int(card.get("score"), "final_c");
    LostView {
        most: most.map(|group| group.title.clone()),
        sum_c: gone,
        score: score.map(|score| [plot::width(gone, 10_000), plot::width(score, 10_000)]),
        groups,
    }
}

fn lost_line(texts: FrameworkText, line: &Json) -> LostLine {
    let (gate, indicator) = (word(line, "gate"), word(line, "indicator"));
    let title = match (gate, indicator) {
        ("", code) => texts.title(code),
        (gate, "") => texts.gate(gate),
        (gate, code) => format!("{} ({code})", texts.gate(gate)),
    };
    LostLine {
        code: if gate.is_empty() { indicator } else { gate }.to_owned(),
        title,
        is_gate: !gate.is_empty(),
        points_c: int(Some(line), "points_c").unwrap_or(0),
        score_c: int(Some(line), "score_c").unwrap_or(0),
    }
}

/// A gate that was armed: what it says, whether it lowered a number, and what it took.
#[derive(Clone, Debug, Serialize)]
pub struct GateView {
    pub code: String,
    pub title: String,
    pub sentence: String,
    pub is_binding: bool,
    pub score_c: i64,
    pub found: Vec<FoundView>,
}

/// What was found, and what the gate asks for.
#[derive(Clone, Debug, Serialize)]
pub struct FoundView {
    pub fact: String,
    pub value: String,
    /// The key of how it is compared, and with what.
    pub asks: &'static str,
    pub least: String,
}

/// What an armed gate was armed by; nothing where the quarter cannot be read again.
pub struct Ground<'a> {
    pub framework: &'a Framework,
    pub scored: Option<(&'a Scorecard, &'a AgencyReturn)>,
}

impl Ground<'_> {
    fn found(&self, texts: FrameworkText, code: &str) -> Vec<FoundView> {
        let mut gates = self.framework.gates.iter();
        let place = gates.position(|gate| gate.code == code);
        let Some((place, (card, own))) = place.zip(self.scored) else {
            return Vec::new();
        };
        let found = score::found(self.framework, own, &card.settled, place);
        found.iter().map(|one| found_view(texts, one)).collect()
    }
}

fn found_view(texts: FrameworkText, of: &Found) -> FoundView {
    let said = |value: i64| match of.fact.kind {
        FactType::Bool => texts.say(if value == 0 { "shell-no" } else { "shell-yes" }),
        FactType::Pct => texts.hundredths(value),
        FactType::Int => texts.whole(value),
    };
    FoundView {
        fact: texts.fact(&of.fact.id),
        value: of.value.map(said).unwrap_or_default(),
        asks: match of.condition.operator {
            Operator::AtLeast => "result-asks-at-least",
            Operator::AtMost => "result-asks-at-most",
            Operator::Above => "result-asks-above",
            Operator::Below => "result-asks-below",
            Operator::Equal => "result-asks-equal",
        },
        least: said(of.condition.value),
    }
}

/// The armed gates of a card.
pub fn gates(texts: FrameworkText, card: &Json, ground: &Ground) -> Vec<GateView> {
    let list = |name: &str| card.get("gates").and_then(|gates| gates.get(name));
    let codes = |name: &str| {
        let items = list(name).map(Json::items).unwrap_or_default();
        items.iter().filter_map(Json::as_text).collect::<Vec<_>>()
    };
    let binding = codes("binding");
    let lines = card.get("lost").map(Json::items).unwrap_or_default();
    let took = |code: &str| -> i64 {
        let own = lines.iter().filter(|line| word(line, "gate") == code);
        own.filter_map(|line| int(Some(line), "score_c")).sum()
    };
    let armed = codes("armed").into_iter();
    armed
        .map(|code| GateView {
            code: code.to_owned(),
            title: texts.gate(code),
            sentence: texts.gate_sentence(code),
            is_binding: binding.contains(&code),
            score_c: took(code),
            found: ground.found(texts, code),
        })
        .collect()
}
