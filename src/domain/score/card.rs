//! The scorecard as it is printed (SCORING.md §18, §19).

use super::super::framework::{Framework, ReportedBy};
use super::super::json::Json;
use super::caps::{DimensionOutcome, Line};
use super::settle::Status;
use super::{Scorecard, half_up};

impl Scorecard {
    /// The grade of the final score.
    pub fn grade<'a>(&self, framework: &'a Framework) -> Option<&'a str> {
        let score = self.outcome.final_c?;
        framework
            .grades
            .iter()
            .find(|grade| grade.min_c <= score)
            .map(|grade| grade.id.as_str())
    }

    /// Gates that lowered a number, in framework order.
    pub fn binding(&self) -> Vec<usize> {
        let mut gates: Vec<usize> = self
            .outcome
            .lost
            .iter()
            .filter_map(|line| line.gate)
            .collect();
        gates.sort_unstable();
        gates.dedup();
        gates
    }

    /// The card.
    pub fn to_json(&self, framework: &Framework) -> Json {
        let codes = |gates: &[usize]| Json::texts(&self.armed.codes(framework, gates));
        let agenda = self.armed.agenda.iter().map(|(gate, item)| {
            Json::object([
                ("gate", Json::text(&framework.gates[*gate].code)),
                ("item", Json::text(item)),
            ])
        });
        let lost = self.outcome.lost.iter().map(|line| line.to_json(framework));
        let dimensions = self
            .outcome
            .dimensions
            .iter()
            .map(|dimension| dimension.to_json(framework));
        Json::object([
            ("agency", Json::text(&self.agency)),
            ("kind", Json::text(&self.kind)),
            ("group", Json::text(&self.group)),
            ("state", Json::text(self.state.as_str())),
            ("reasons", Json::texts(&self.reasons)),
            ("labels", Json::texts(&self.armed.labels)),
            ("agenda", Json::List(agenda.collect())),
            ("score", self.score_json(framework)),
            ("rank", self.rank_json()),
            ("self_assessment", self.self_assessment(framework)),
            ("honesty", self.honesty_json()),
            ("gap", self.gap(framework)),
            ("points", self.points(framework)),
            ("pending", self.pending(framework)),
            (
                "gates",
                Json::object([
                    ("armed", codes(&self.armed.gates)),
                    ("binding", codes(&self.binding())),
                ]),
            ),
            ("dimensions", Json::List(dimensions.collect())),
            ("indicators", self.indicators(framework)),
            ("lost", Json::List(lost.collect())),
        ])
    }

    fn score_json(&self, framework: &Framework) -> Json {
        let outcome = &self.outcome;
        let Some(grade) = self.grade(framework) else {
            return Json::Null;
        };
        Json::object([
            ("final_c", Json::maybe(outcome.final_c)),
            ("grade", Json::text(grade)),
            ("ungated_c", Json::maybe(outcome.ungated_c)),
            (
                "before_grade_cap_c",
                Json::maybe(outcome.before_grade_cap_c),
            ),
            ("points_c", Json::int(outcome.points_c)),
            ("points_of", Json::int(outcome.points_of)),
        ])
    }

    fn rank_json(&self) -> Json {
        self.rank.map_or(Json::Null, |rank| {
            Json::object([
                ("overall", Json::int(rank.overall)),
                ("overall_of", Json::int(rank.overall_of)),
                ("group", Json::int(rank.group)),
                ("group_of", Json::int(rank.group_of)),
            ])
        })
    }

    /// What the agency gave itself out of a hundred and what was left of it, over all that it was asked.
    pub fn self_assessed(&self, framework: &Framework) -> [Option<i64>; 2] {
        let (points, claimed_c, final_c) = self.own_points(framework);
        [claimed_c, final_c].map(|sum_c| scaled(sum_c, points))
    }

    /// The points of what the agency itself reports, what it claimed of them and what was left, in hundredths.
    fn own_points(&self, framework: &Framework) -> (i64, i64, i64) {
        let own =
            self.settled
                .items
                .iter()
                .zip(&framework.indicators)
                .filter(|(item, indicator)| {
                    item.status.is_counted() && indicator.reported_by == ReportedBy::Agency
                });
        let (mut points, mut claimed_c, mut final_c) = (0, 0, 0);
        for (item, indicator) in own {
            points += indicator.points;
            claimed_c += item.claimed_c.unwrap_or(0);
            final_c += item.base_c;
        }
        (points, claimed_c, final_c)
    }

    fn self_assessment(&self, framework: &Framework) -> Json {
        let (points, claimed_c, final_c) = self.own_points(framework);
        Json::object([
            ("points", Json::int(points)),
            ("claimed_c", Json::int(claimed_c)),
            ("final_c", Json::int(final_c)),
            ("claimed_score_c", Json::maybe(scaled(claimed_c, points))),
            ("final_score_c", Json::maybe(scaled(final_c, points))),
        ])
    }

    fn honesty_json(&self) -> Json {
        let honesty = &self.settled.honesty;
        Json::object([
            ("audited_points", Json::int(honesty.audited_points)),
            ("claimed_c", Json::int(honesty.claimed_c)),
            ("verified_c", Json::int(honesty.verified_c)),
            ("over_c", Json::int(honesty.over_c)),
            ("under_c", Json::int(honesty.under_c)),
            ("gap_c", Json::int(honesty.over_c - honesty.under_c)),
            ("ratio_bp", Json::maybe(honesty.ratio_bp)),
            ("trust_bp", Json::int(honesty.trust_bp)),
            ("sample_drift_c", Json::int(honesty.sample_drift_c)),
        ])
    }

    fn gap(&self, framework: &Framework) -> Json {
        let percent = |nature: &str| {
            let own = self.settled.items.iter().zip(&framework.indicators);
            let own = own
                .filter(|(item, indicator)| item.status.is_counted() && indicator.nature == nature);
            let (points, base) = own.fold((0, 0), |(points, base), (item, indicator)| {
                (points + indicator.points, base + item.base_c)
            });
            (points > 0).then(|| half_up(100 * i128::from(base), i128::from(points)))
        };
        let (structure, people) = (percent("structure"), percent("people"));
        let gap = structure
            .zip(people)
            .map(|(structure, people)| structure - people);
        Json::object([
            ("structure_bp", Json::maybe(structure)),
            ("people_bp", Json::maybe(people)),
            ("gap_bp", Json::maybe(gap)),
            (
                "alert",
                Json::Bool(gap.is_some_and(|gap| gap > framework.policy.gap_alert_bp)),
            ),
        ])
    }

    fn points(&self, framework: &Framework) -> Json {
        let with = |status: Status| self.settled.points_with(framework, |other| other == status);
        let counted = self.outcome.points_of;
        Json::object([
            ("total", Json::int(framework.total_points)),
            ("counted", Json::int(counted)),
            ("na_profile", Json::int(with(Status::NaProfile))),
            ("na_granted", Json::int(with(Status::NaGranted))),
            ("not_enough_data", Json::int(with(Status::NotEnoughData))),
            ("not_measured", Json::int(with(Status::NotMeasured))),
            ("settled", Json::int(counted - with(Status::Unverified))),
            ("settled_bp", Json::int(self.settled.settled_bp(framework))),
        ])
    }

    fn pending(&self, framework: &Framework) -> Json {
        let points = self
            .settled
            .points_with(framework, |status| status == Status::Unverified);
        Json::object([
            ("points", Json::int(points)),
            ("low_c", Json::maybe(self.range.low_c)),
            ("high_c", Json::maybe(self.range.high_c)),
            ("rank_best", Json::maybe(self.range.rank_best)),
            ("rank_worst", Json::maybe(self.range.rank_worst)),
        ])
    }

    fn indicators(&self, framework: &Framework) -> Json {
        let rows = self
            .settled
            .items
            .iter()
            .zip(&framework.indicators)
            .enumerate();
        let rows = rows.map(|(place, (item, indicator))| {
            let counted = |c: i64| Json::maybe(item.status.is_counted().then_some(c));
            Json::object([
                ("indicator", Json::text(&indicator.code)),
                ("status", Json::text(item.status.as_str())),
                ("points", Json::int(indicator.points)),
                ("value", Json::maybe(item.value)),
                ("claimed_c", Json::maybe(item.claimed_c)),
                ("verified_c", Json::maybe(item.verified_c)),
                ("base_c", counted(item.base_c)),
                ("final_c", counted(self.outcome.indicators_c[place])),
            ])
        });
        Json::List(rows.collect())
    }
}

impl DimensionOutcome {
    fn to_json(&self, framework: &Framework) -> Json {
        Json::object([
            (
                "dimension",
                Json::text(&framework.dimensions[self.dimension].code),
            ),
            ("points", Json::int(self.points)),
            ("base_c", Json::int(self.base_c)),
            ("base_bp", Json::int(self.base_bp())),
            ("final_c", Json::int(self.final_c)),
            ("final_bp", Json::int(self.percent_bp())),
        ])
    }
}

impl Line {
    /// Where the line belongs, as members of a printed line.
    pub fn place_json(&self, framework: &Framework) -> [(&'static str, Json); 4] {
        let code = |code: Option<&String>| code.map_or(Json::Null, Json::text);
        [
            ("kind", Json::text(self.kind.as_str())),
            (
                "gate",
                code(self.gate.map(|gate| &framework.gates[gate].code)),
            ),
            (
                "dimension",
                code(
                    self.dimension
                        .map(|place| &framework.dimensions[place].code),
                ),
            ),
            (
                "indicator",
                code(
                    self.indicator
                        .map(|place| &framework.indicators[place].code),
                ),
            ),
        ]
    }

    fn to_json(&self, framework: &Framework) -> Json {
        let [kind, gate, dimension, indicator] = self.place_json(framework);
        let (points, score) = (Json::int(self.points_c), Json::int(self.score_c));
        Json::object([
            kind,
            gate,
            dimension,
            indicator,
            ("points_c", points),
            ("score_c", score),
        ])
    }
}

/// Hundredths of points out of so many points, scaled to a hundred; nothing of nothing.
fn scaled(sum_c: i64, points: i64) -> Option<i64> {
    (points > 0).then(|| half_up(100 * i128::from(sum_c), i128::from(points)))
}
