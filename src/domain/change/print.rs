//! The changes as they are printed.

use super::super::framework::Framework;
use super::super::json::Json;
use super::super::returns::Returns;
use super::super::score::framework_json;
use super::{Change, Changes};

impl Changes {
    /// The file of changes.
    pub fn to_json(&self, old: &Returns, new: &Returns) -> Json {
        let side = |returns: &Returns| {
            Json::object([
                ("framework", framework_json(&returns.framework)),
                ("period", Json::text(&returns.period)),
            ])
        };
        let changes = self
            .changes
            .iter()
            .map(|change| change.to_json(&new.framework));
        Json::object([
            ("format", Json::text("mizan-changes/1")),
            ("before", side(old)),
            ("after", side(new)),
            ("changes", Json::List(changes.collect())),
        ])
    }
}

impl Change {
    /// The change as it is printed.
    pub fn to_json(&self, framework: &Framework) -> Json {
        let lines = self.lines.iter().map(|(line, kind, change)| {
            let none = [
                ("kind", Json::text(*kind)),
                ("gate", Json::Null),
                ("dimension", Json::Null),
                ("indicator", Json::Null),
            ];
            let [kind, gate, dimension, indicator] = line
                .as_ref()
                .map_or(none, |line| line.place_json(framework));
            Json::object([
                kind,
                gate,
                dimension,
                indicator,
                ("change_c", Json::int(*change)),
            ])
        });
        let score = self.score.map_or(Json::Null, |score| {
            Json::object([
                ("before_c", Json::int(score.before_c)),
                ("after_c", Json::int(score.after_c)),
                ("change_c", Json::int(score.after_c - score.before_c)),
                ("like_for_like_points", Json::int(score.points)),
                ("like_for_like_before_c", Json::int(score.like_before_c)),
                ("like_for_like_after_c", Json::int(score.like_after_c)),
            ])
        });
        let rank = self.rank.map_or(Json::Null, |rank| {
            Json::object([
                ("before", Json::int(rank.before)),
                ("after", Json::int(rank.after)),
                ("gained", Json::int(rank.before - rank.after)),
                ("panel", Json::int(rank.panel)),
                ("own_halves", Json::int(rank.own)),
                ("others_halves", Json::int(rank.others)),
                ("method_halves", Json::int(rank.method)),
                ("panel_halves", Json::int(rank.rest)),
            ])
        });
        Json::object([
            ("agency", Json::text(&self.agency)),
            ("reason", self.reason.map_or(Json::Null, Json::text)),
            ("score", score),
            ("lines", Json::List(lines.collect())),
            ("rank", rank),
        ])
    }
}
