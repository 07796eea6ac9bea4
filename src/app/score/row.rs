//! One agency's row of a result: what lists need in columns, the whole card and change as they are printed.

use crate::analysis::ranks::Interval;
use crate::domain::answer;
use crate::domain::change::Change;
use crate::domain::framework::{Framework, ReportedBy};
use crate::domain::json::Json;
use crate::domain::returns::AgencyReturn;
use crate::domain::score::{Scorecard, half_up};
use crate::store::score::{ResultRow, ScoreRow};

/// The gates of a desk at which nobody answered, or that nobody was let see.
const EMPTY_DESK: [&str; 3] = ["G-01", "G-02", "G-11"];

/// All that is known of one agency's quarter.
pub(super) struct Known<'a> {
    pub framework: &'a Framework,
    pub reported: &'a AgencyReturn,
    pub card: &'a Scorecard,
    pub change: Option<&'a Change>,
    pub interval: Option<&'a Interval>,
    /// Where its desks were found empty.
    pub counties: &'a [String],
}

impl Known<'_> {
    /// The row, but for whose it is and where it stands.
    pub(super) fn row(&self, result: &ResultRow) -> ScoreRow {
        let (card, framework) = (self.card, self.framework);
        let json = card.to_json(framework);
        let gap_alert = matches!(member(&json, "gap", "alert"), Some(Json::Bool(true)));
        let armed = card.armed.codes(framework, &card.armed.gates);
        let is_empty = armed.iter().any(|code| EMPTY_DESK.contains(&code.as_str()));
        let score = self.change.and_then(|change| change.score);
        let rank = self.change.and_then(|change| change.rank);
        ScoreRow {
            province_id: result.province_id.clone(),
            result_id: result.id.clone(),
            agency_id: String::new(),
            position: 0,
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
            rank_low: self.interval.map(|interval| interval.p05),
            rank_high: self.interval.map(|interval| interval.p95),
            claimed_c: int(&json, "self_assessment", "claimed_score_c"),
            verified_c: int(&json, "self_assessment", "final_score_c"),
            honesty_bp: card.settled.honesty.ratio_bp,
            gap_bp: int(&json, "gap", "gap_bp"),
            gap_alert,
            is_unstaffed: is_empty || gap_alert,
            change_c: score.map(|score| score.like_after_c - score.like_before_c),
            rank_gained: rank.map(|rank| rank.before - rank.after),
            binding: card.armed.codes(framework, &card.binding()).join(" "),
            dimensions: self.dimensions(),
            desk: self.desk(),
            cause: self.cause().unwrap_or_default(),
            card: json.canonical(),
            change: self
                .change
                .map(|change| change.to_json(framework).canonical()),
        }
    }

    fn dimensions(&self) -> String {
        let rows = self.card.outcome.dimensions.iter().map(|row| {
            let code = &self.framework.dimensions[row.dimension].code;
            format!("{code}:{}", row.percent_bp())
        });
        rows.collect::<Vec<_>>().join(" ")
    }

    /// What was seen at the desk, and what the agency itself says of who is there.
    fn desk(&self) -> String {
        let fact = |id: &str| self.reported.facts.get(id).copied().unwrap_or(0);
        let mut desk = format!(
            "visits:{} empty:{} obstructed:{}",
            fact("unannounced_visits"),
            fact("empty_desk_observations"),
            fact("obstructed_visits")
        );
        if let Some(share) = self.desk_share() {
            desk.push_str(&format!(" share:{share}"));
        }
        if !self.counties.is_empty() {
            desk.push_str(&format!(" counties:{}", self.counties.join(",")));
        }
        let people = self.framework.indicators.iter().find(|one| {
            let dimension = &self.framework.dimensions[one.dimension].code;
            one.reported_by == ReportedBy::Agency && dimension == "DSP"
        });
        let said = people.and_then(|one| {
            let mut answers = self.reported.answers.iter();
            let own = answers.find(|answer| answer.indicator == one.code)?;
            Some((one, own.claim?))
        });
        if let Some((one, claim)) = said {
            desk.push_str(&format!(" {}:{}", one.code, answer::keep(claim)));
        }
        desk
    }

    /// What was earned of the points of the two desk dimensions, in hundredths of a percent.
    fn desk_share(&self) -> Option<i64> {
        let own = self.card.outcome.dimensions.iter().filter(|row| {
            let code = self.framework.dimensions[row.dimension].code.as_str();
            matches!(code, "DSP" | "DSS")
        });
        let (earned, points) = own.fold((0, 0), |(earned, points), row| {
            (earned + row.final_c, points + row.points)
        });
        (points > 0).then(|| half_up(100 * i128::from(earned), i128::from(points)))
    }

    /// The line that moved the score most in the direction it went: a gate, an indicator, method or scope.
    fn cause(&self) -> Option<String> {
        let change = self.change?;
        let score = change.score?;
        let way = (score.like_after_c - score.like_before_c).signum();
        let lines = change.lines.iter().filter(|(_, _, sum)| sum * way > 0);
        let (line, kind, sum) = lines.max_by_key(|(_, _, sum)| sum.abs())?;
        let gate = line.as_ref().and_then(|line| line.gate);
        let gate = gate.map(|gate| self.framework.gates[gate].code.as_str());
        let indicator = line.as_ref().and_then(|line| line.indicator);
        let indicator = indicator.map(|place| self.framework.indicators[place].code.as_str());
        Some(format!("{}:{sum}", gate.or(indicator).unwrap_or(kind)))
    }
}

fn member<'a>(json: &'a Json, part: &str, name: &str) -> Option<&'a Json> {
    json.get(part)?.get(name)
}

fn int(json: &Json, part: &str, name: &str) -> Option<i64> {
    i64::try_from(member(json, part, name)?.as_int()?).ok()
}
