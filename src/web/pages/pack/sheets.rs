//! A sheet an agency: its place, the way from 100 down to its score, the lines that cost most.

use serde_json::{Value, json};

use super::super::score::lost::{self, LostGroup};
use super::data::Pen;
use crate::app::score::stored_card;
use crate::store::score::ScoreRow;
use crate::web::words::Phrase;

/// So many lines of lost points stand on a sheet.
const MOST: usize = 12;

/// All sheets, in the order of the printed list.
pub fn all(pen: &Pen) -> Vec<Value> {
    let cards = pen.gathered.cards.iter();
    cards.map(|row| sheet(pen, row)).collect()
}

fn sheet(pen: &Pen, row: &ScoreRow) -> Value {
    let texts = pen.printer.texts();
    let lost = lost::view(texts, &stored_card(row));
    let mut gone = 0;
    let groups = lost.groups.iter().map(|group| {
        let made = group_of(pen, group, gone);
        gone += group.score_c;
        made
    });
    let groups: Vec<Value> = groups.collect();
    let mut lines: Vec<_> = lost.groups.iter().flat_map(|group| &group.lines).collect();
    lines.sort_by_key(|line| std::cmp::Reverse(line.score_c));
    let lines = lines.iter().filter(|line| line.score_c > 0).take(MOST).map(|line| {
        json!({ "code": line.code, "title": line.title, "lost": pen.score(Some(line.score_c)) })
    });
    let place = row.rank.zip(row.rank_of).map(|(rank, of)| {
        pen.tell(
            &Phrase::of("result-rank-of")
                .with("rank", rank)
                .with("of", of),
        )
    });
    let state = pen.say(&format!("result-state-{}", row.state.replace('_', "-")));
    let binding = row.binding.split_whitespace().map(|gate| texts.gate(gate));
    json!({
        "name": pen.agency(&row.agency_id),
        "score": pen.score(row.score_c),
        "grade": pen.grade(row.grade.as_ref()),
        "band": pen.band(row.grade.as_ref()),
        "place": place.unwrap_or(state),
        "facts": facts(pen, row),
        "groups": groups,
        "sum": pen.say("result-sum"),
        "lost": pen.score(Some(lost.sum_c)),
        "final": row.score_c.unwrap_or(0),
        "lines": lines.collect::<Vec<_>>(),
        "gates": binding.collect::<Vec<_>>(),
    })
}

fn group_of(pen: &Pen, group: &LostGroup, gone: i64) -> Value {
    let points = group
        .points
        .map(|points| pen.tell(&Phrase::of("result-of-points").with("points", points)));
    json!({
        "title": group.title,
        "points": points.unwrap_or_default(),
        "percent": pen.score(group.final_bp),
        "lost": pen.score(Some(group.score_c)),
        "from": gone.clamp(0, 10_000),
        "width": group.score_c.clamp(0, 10_000),
    })
}

fn facts(pen: &Pen, row: &ScoreRow) -> Vec<[String; 2]> {
    let facts = [
        ("result-claim", row.claimed_c),
        ("result-verified", row.verified_c),
        ("result-honesty", row.honesty_bp),
        ("result-gap", row.gap_bp),
    ];
    let known = facts.into_iter().filter(|(_, value)| value.is_some());
    known
        .map(|(key, value)| [pen.say(key), pen.score(value)])
        .collect()
}
