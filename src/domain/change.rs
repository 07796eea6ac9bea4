//! Change between two quarters: method, scope, like for like; and what moved a rank (SCORING.md §11, §19).

use std::collections::HashMap;

use super::framework::Framework;
use super::json::Json;
use super::returns::{AgencyReturn, Answer, Returns, Verdict};
use super::score::{
    self, Armed, Line, LineKind, Outcome, Scorecard, Settled, State, framework_json,
};

/// The change of every agency of the newer quarter.
#[derive(Clone, Debug)]
pub struct Changes {
    pub changes: Vec<Change>,
}

/// One agency's change.
#[derive(Clone, Debug)]
pub struct Change {
    pub agency: String,
    /// Why no change is given, if so.
    pub reason: Option<&'static str>,
    pub score: Option<ScoreChange>,
    pub lines: Vec<(Option<Line>, &'static str, i64)>,
    pub rank: Option<RankChange>,
}

/// Scores in hundredths, before and after, all and like for like.
#[derive(Clone, Copy, Debug)]
pub struct ScoreChange {
    pub before_c: i64,
    pub after_c: i64,
    pub points: i64,
    pub like_before_c: i64,
    pub like_after_c: i64,
}

/// Places gained, and by whose doing, in halves.
#[derive(Clone, Copy, Debug)]
pub struct RankChange {
    pub before: i64,
    pub after: i64,
    pub panel: i64,
    pub own: i64,
    pub others: i64,
    pub method: i64,
    pub rest: i64,
}

/// One agency in one quarter, as the newer framework sees it.
struct Seen {
    settled: Settled,
    armed: Armed,
    outcome: Outcome,
}

/// Compares two quarters.
pub fn change(old: &Returns, new: &Returns) -> Changes {
    let (old_cards, new_cards) = (score::score(old).cards, score::score(new).cards);
    let framework = &*new.framework;
    let is_new_method =
        old.framework.code != framework.code || old.framework.version != framework.version;
    let rescore = Rescore::between(&old.framework, framework);
    let old_returns: HashMap<&str, &AgencyReturn> = old
        .agencies
        .iter()
        .map(|agency| (agency.code.as_str(), agency))
        .collect();
    let before: HashMap<&str, (&Scorecard, Seen)> = old_cards
        .iter()
        .map(|card| {
            (
                card.agency.as_str(),
                (
                    card,
                    rescore.see(framework, old_returns[card.agency.as_str()]),
                ),
            )
        })
        .collect();
    let panels = Panels::of(&before, &new_cards);
    let changes = new_cards.iter().map(|after| {
        let mut change = match before.get(after.agency.as_str()) {
            None => without(after, "no_previous"),
            Some((card, seen)) => compare(framework, card, seen, after, is_new_method),
        };
        if change.reason.is_none() {
            change.rank = panels.rank(after);
        }
        change
    });
    Changes {
        changes: changes.collect(),
    }
}

fn without(after: &Scorecard, reason: &'static str) -> Change {
    Change {
        agency: after.agency.clone(),
        reason: Some(reason),
        score: None,
        lines: Vec::new(),
        rank: None,
    }
}

/// Which old answers and facts still mean the same under the newer framework.
struct Rescore {
    is_known: Vec<bool>,
    facts: Vec<String>,
}

impl Rescore {
    fn between(old: &Framework, new: &Framework) -> Rescore {
        let is_known = new.indicators.iter().map(|now| {
            old.indicator(&now.code).is_some_and(|then| {
                then.measure == now.measure
                    && then.unit == now.unit
                    && then.reported_by == now.reported_by
                    && then.is_honesty_ratio == now.is_honesty_ratio
                    && then.top_level == now.top_level
            })
        });
        let facts = new.facts.iter().filter(|now| {
            let then = old.fact_places.get(&now.id).map(|place| &old.facts[*place]);
            then.is_some_and(|then| {
                then.kind == now.kind && then.written.canonical() == now.written.canonical()
            })
        });
        Rescore {
            is_known: is_known.collect(),
            facts: facts.map(|fact| fact.id.clone()).collect(),
        }
    }

    fn see(&self, framework: &Framework, agency: &AgencyReturn) -> Seen {
        let mut agency = agency.clone();
        agency.profile.retain(|flag| framework.flags.contains(flag));
        agency.facts.retain(|id, _| self.facts.contains(id));
        agency
            .findings
            .retain(|code| framework.indicator(code).is_some());
        agency.answers = agency
            .answers
            .into_iter()
            .filter_map(|answer| self.keep(framework, answer))
            .collect();
        let settled = score::settle(framework, &agency, score::Pending::ByPolicy, &|place| {
            self.is_known[place]
        });
        let armed = Armed::of(framework, &agency, &settled, None);
        let outcome = score::apply(framework, &settled.items, &armed);
        Seen {
            settled,
            armed,
            outcome,
        }
    }

    /// A granted "not applicable" stands whatever changed.
    fn keep(&self, framework: &Framework, answer: Answer) -> Option<Answer> {
        let place = framework.indicator_places.get(&answer.indicator)?;
        let is_granted = matches!(answer.verdict, Some(Verdict::NotApplicable { .. }));
        (self.is_known[*place] || is_granted).then_some(answer)
    }
}

fn compare(
    framework: &Framework,
    card: &Scorecard,
    old: &Seen,
    after: &Scorecard,
    is_new_method: bool,
) -> Change {
    let (Some(before_c), Some(after_c)) = (card.outcome.final_c, after.outcome.final_c) else {
        return without(after, "no_score");
    };
    let counted = |settled: &Settled| -> Vec<bool> {
        settled
            .items
            .iter()
            .map(|item| item.status.is_counted())
            .collect()
    };
    let (then, now) = (counted(&old.settled), counted(&after.settled));
    let common: Vec<bool> = then
        .iter()
        .zip(&now)
        .map(|(then, now)| *then && *now)
        .collect();
    let like = |settled: &Settled, armed: &Armed| {
        let mut items = settled.items.clone();
        for (item, is_common) in items.iter_mut().zip(&common) {
            if !is_common {
                item.status = score::Status::NotMeasured;
            }
        }
        score::apply(framework, &items, armed)
    };
    let (like_before, like_after) = (
        like(&old.settled, &old.armed),
        like(&after.settled, &after.armed),
    );
    let (Some(rescored_c), Some(l0), Some(l1)) =
        (old.outcome.final_c, like_before.final_c, like_after.final_c)
    else {
        return without(after, "nothing_in_common");
    };
    let mut lines = Vec::new();
    if is_new_method {
        lines.push((None, "method", rescored_c - before_c));
    }
    if then != now {
        lines.push((None, "scope", (l0 - rescored_c) + (after_c - l1)));
    }
    lines.extend(differences(&like_before.lost, &like_after.lost));
    Change {
        agency: after.agency.clone(),
        reason: None,
        score: Some(ScoreChange {
            before_c,
            after_c,
            points: like_after.points_of,
            like_before_c: l0,
            like_after_c: l1,
        }),
        lines,
        rank: None,
    }
}

/// What each line lost less than before, in the order of the score sheet.
fn differences(before: &[Line], after: &[Line]) -> Vec<(Option<Line>, &'static str, i64)> {
    let mut found: Vec<(Line, i64)> = Vec::new();
    for (lines, sign) in [(before, 1), (after, -1)] {
        for line in lines {
            let mut key = line.clone();
            (key.points_c, key.score_c) = (0, 0);
            match found.iter_mut().find(|(other, _)| *other == key) {
                Some((_, sum)) => *sum += sign * line.score_c,
                None => found.push((key, sign * line.score_c)),
            }
        }
    }
    found.retain(|(_, sum)| *sum != 0);
    found.sort_by_key(|(line, _)| {
        let is_grade = line.kind == LineKind::GateGrade;
        (
            is_grade,
            line.dimension,
            line.kind as u8,
            line.indicator,
            line.gate,
        )
    });
    found
        .into_iter()
        .map(|(line, sum)| (Some(line.clone()), line.kind.as_str(), sum))
        .collect()
}

/// One member of a panel: old place and score as rescored, new place and score.
struct Member {
    kind: String,
    is_silent: [bool; 2],
    score: [i64; 2],
    official: i64,
    place: [i64; 2],
}

/// Agencies with a place in both quarters.
struct Panels(HashMap<String, Member>);

impl Panels {
    fn of(before: &HashMap<&str, (&Scorecard, Seen)>, after: &[Scorecard]) -> Panels {
        let members = after.iter().filter_map(|now| {
            let (then, seen) = before.get(now.agency.as_str())?;
            let place = [then.rank?.overall, now.rank?.overall];
            let score = [seen.outcome.final_c?, now.outcome.final_c?];
            let is_silent = [then.state == State::NoReport, now.state == State::NoReport];
            let member = Member {
                kind: now.kind.clone(),
                is_silent,
                score,
                official: then.outcome.final_c?,
                place,
            };
            (then.kind == now.kind).then(|| (now.agency.clone(), member))
        });
        Panels(members.collect())
    }

    fn rank(&self, card: &Scorecard) -> Option<RankChange> {
        let me = self.0.get(&card.agency)?;
        let others: Vec<&Member> = self
            .0
            .iter()
            .filter(|(code, other)| **code != card.agency && other.kind == me.kind)
            .map(|(_, m)| m)
            .collect();
        let place = |own: usize, theirs: usize| {
            let better = others.iter().filter(|other| {
                !other.is_silent[theirs]
                    && (me.is_silent[own] || other.score[theirs] > me.score[own])
            });
            better.count() as i64 + 1
        };
        let old = others.iter().filter(|other| {
            !other.is_silent[0] && (me.is_silent[0] || other.official > me.official)
        });
        let (r00, r01, r10, r11) = (place(0, 0), place(0, 1), place(1, 0), place(1, 1));
        let (own, theirs) = ((r00 - r10) + (r01 - r11), (r00 - r01) + (r10 - r11));
        let method = 2 * (old.count() as i64 + 1 - r00);
        let gained = me.place[0] - me.place[1];
        Some(RankChange {
            before: me.place[0],
            after: me.place[1],
            panel: others.len() as i64 + 1,
            own,
            others: theirs,
            method,
            rest: 2 * gained - own - theirs - method,
        })
    }
}

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
