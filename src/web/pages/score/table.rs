//! The table every evaluator knows: row, title, unit, target, ceiling, actual, self-assessed points, final points.

use serde::Serialize;

use super::super::framework_text::FrameworkText;
use super::formula::{self, Sum};
use super::{int, word};
use crate::app::scorecard::{Beside, Sheet};
use crate::domain::effect::Ground;
use crate::domain::framework::{Indicator, Measure};
use crate::domain::json::Json;
use crate::domain::returns::AgencyReturn;
use crate::domain::score::{self, Scorecard};
use crate::store::visit::Visit;
use crate::web::url;

/// A document behind an answer.
#[derive(Clone, Debug, Serialize)]
pub struct Document {
    pub title: String,
    pub href: String,
    pub is_link: bool,
}

/// A visit: when, and what was seen at the desk.
#[derive(Clone, Debug, Serialize)]
pub struct VisitLine {
    pub on: chrono::NaiveDate,
    pub is_unannounced: bool,
    /// The key of what was seen.
    pub seen: &'static str,
}

/// One indicator as evaluators know it.
#[derive(Clone, Debug, Default, Serialize)]
pub struct SheetRow {
    pub number: i64,
    pub code: String,
    pub title: String,
    pub unit: String,
    pub target: String,
    pub points: i64,
    pub value: Option<String>,
    pub status: String,
    pub is_counted: bool,
    pub claimed_c: Option<i64>,
    pub final_c: Option<i64>,
    /// Less than was claimed.
    pub is_below: bool,
    pub claim: Option<String>,
    pub verdict: Option<String>,
    pub reason: String,
    /// The key of who gave the verdict: a role, never a name.
    pub by: Option<String>,
    pub at: Option<chrono::NaiveDateTime>,
    pub goalposts: Option<[String; 2]>,
    pub levels: Vec<String>,
    pub sums: Vec<Sum>,
    pub documents: Vec<Document>,
    /// The visits that count, where a visit verifies the indicator.
    pub visits: Vec<VisitLine>,
    pub objection: Option<String>,
    pub is_objected: bool,
}

/// A dimension of the sheet.
#[derive(Clone, Debug, Serialize)]
pub struct SheetSection {
    pub code: String,
    pub title: String,
    pub points: Option<i64>,
    pub final_c: Option<i64>,
    pub base_c: Option<i64>,
    pub final_bp: Option<i64>,
    pub rows: Vec<SheetRow>,
}

/// What the rows are made from.
pub struct Maker<'a> {
    pub texts: FrameworkText<'a>,
    pub sheet: &'a Sheet,
    pub card: &'a Json,
    pub ground: &'a Ground,
}

impl Maker<'_> {
    /// Every dimension with its rows, in framework order.
    pub fn sections(&self) -> Vec<SheetSection> {
        let totals = self.card.get("dimensions").map(Json::items);
        let totals = totals.unwrap_or_default();
        let framework = &self.sheet.framework;
        let mut number = 0;
        let mut sections = Vec::new();
        for (place, dimension) in framework.dimensions.iter().enumerate() {
            let code = &dimension.code;
            let total = totals.iter().find(|one| word(one, "dimension") == code);
            let own = framework.indicators.iter().enumerate();
            let own = own.filter(|(_, indicator)| indicator.dimension == place);
            let rows = own.map(|(at, indicator)| {
                number += 1;
                self.row(at, indicator, number)
            });
            sections.push(SheetSection {
                code: code.clone(),
                title: self.texts.dimension(code),
                rows: rows.collect(),
                points: int(total, "points"),
                final_c: int(total, "final_c"),
                base_c: int(total, "base_c"),
                final_bp: int(total, "final_bp"),
            });
        }
        sections
    }

    fn row(&self, at: usize, indicator: &Indicator, number: i64) -> SheetRow {
        let (sheet, texts) = (self.sheet, self.texts);
        let rows = self.card.get("indicators").map(Json::items);
        let row = rows.unwrap_or_default().get(at);
        let status = row.map(|row| word(row, "status")).unwrap_or_default();
        let (claimed_c, final_c) = (int(row, "claimed_c"), int(row, "final_c"));
        let code = &sheet.agency.code;
        let scored = self.ground.card(code).zip(self.ground.agency(code));
        let said = scored.map(|(_, own)| self.said(own, indicator));
        let (claim, verdict) = said.unwrap_or_default();
        SheetRow {
            number,
            code: indicator.code.clone(),
            title: texts.title(&indicator.code),
            unit: texts.unit(indicator),
            target: match indicator.measure {
                Measure::YesNo => texts.scaled(indicator, 1),
                Measure::Level => texts.whole(indicator.top_level),
                _ => texts.hundredths(indicator.target_c),
            },
            points: indicator.points,
            value: int(row, "value").map(|x| texts.scaled(indicator, x)),
            status: format!("result-status-{}", status.replace('_', "-")),
            is_counted: final_c.is_some(),
            is_below: claimed_c.zip(final_c).is_some_and(|(c, f)| f < c),
            claimed_c,
            final_c,
            claim,
            verdict,
            goalposts: formula::goalposts(texts, indicator),
            levels: texts.levels(&indicator.code),
            sums: scored.map_or_else(Vec::new, |(card, own)| self.sums(card, own, at, indicator)),
            ..self.beside(indicator)
        }
    }

    /// What the gates of this agency were armed by.
    pub fn armed_by(&self) -> super::lost::Ground<'_> {
        let code = &self.sheet.agency.code;
        super::lost::Ground {
            framework: &self.sheet.framework,
            scored: self.ground.card(code).zip(self.ground.agency(code)),
        }
    }

    /// Claim and verdict in words.
    fn said(&self, own: &AgencyReturn, indicator: &Indicator) -> (Option<String>, Option<String>) {
        let mut answers = own.answers.iter();
        let Some(answer) = answers.find(|answer| answer.indicator == indicator.code) else {
            return (None, None);
        };
        let claim = answer.claim.filter(|_| own.is_submitted);
        let verdict = answer.verdict.as_ref();
        (
            claim.map(|claim| self.texts.value(indicator, claim)),
            verdict.map(|verdict| self.texts.verdict(indicator, claim, verdict)),
        )
    }

    fn sums(
        &self,
        card: &Scorecard,
        own: &AgencyReturn,
        at: usize,
        indicator: &Indicator,
    ) -> Vec<Sum> {
        let mut answers = own.answers.iter();
        let answer = answers.find(|answer| answer.indicator == indicator.code);
        let steps = score::work(
            &self.sheet.framework,
            indicator,
            answer,
            &card.settled.items[at],
            &card.settled.honesty,
            card.outcome.indicators_c[at],
        );
        formula::sums(self.texts, &steps)
    }

    /// What only the agency itself and those who verify may know of.
    fn beside(&self, indicator: &Indicator) -> SheetRow {
        let mut row = SheetRow::default();
        let Some(case) = &self.sheet.case else {
            return row;
        };
        let code = &indicator.code;
        let mut verdicts = case.verdicts.iter();
        if let Some(verdict) = verdicts.find(|verdict| verdict.indicator_code == *code) {
            row.reason.clone_from(&verdict.reason);
            row.by = Some(format!("result-by-{}", verdict.round));
            row.at = Some(verdict.given_at).filter(|_| verdict.round != "imported");
            row.is_objected = case.objected.contains(code);
            let may = case.open.contains_key(code) || row.is_objected;
            let (period, agency) = (&self.sheet.period.code, &self.sheet.agency.code);
            row.objection = may.then(|| url::objection(period, agency, code));
        }
        row.documents = self.documents(case, code);
        if self.texts.is_visited(|one| one.code == *code) {
            row.visits = case.visits.iter().map(visit_line).collect();
        }
        row
    }

    fn documents(&self, case: &Beside, code: &str) -> Vec<Document> {
        let own = case
            .evidence
            .iter()
            .filter(|one| one.indicator_code == code);
        let (period, agency) = (&self.sheet.period.code, &self.sheet.agency.code);
        own.map(|one| Document {
            title: if one.title.is_empty() {
                self.texts.evidence_kind(&one.kind)
            } else {
                one.title.clone()
            },
            href: one
                .link
                .clone()
                .unwrap_or_else(|| url::evidence(period, agency, &one.id)),
            is_link: one.link.is_some(),
        })
        .collect()
    }
}

fn visit_line(of: &Visit) -> VisitLine {
    let is_answered = of.first_answered == Some(true) || of.second_answered == Some(true);
    VisitLine {
        on: of.visited_on,
        is_unannounced: of.is_unannounced,
        seen: if of.is_obstructed {
            "result-visit-obstructed"
        } else if of.is_empty_desk() {
            "result-visit-empty"
        } else if is_answered {
            "result-visit-answered"
        } else {
            "result-visit-made"
        },
    }
}
