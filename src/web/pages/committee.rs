//! What lies before the committee of a quarter, and the minutes of what it decided.

use std::collections::HashMap;
use std::sync::Arc;

use chrono::NaiveDateTime;
use serde::Serialize;

use super::answer::Choose;
use super::decision::{self, ObjectionLine};
use super::finding::{self, FindingLine};
use super::framework_text::FrameworkText;
use super::na_request::{self, RequestLine};
use super::{form_key, problems};
use crate::app::{self, AppError};
use crate::domain::access::Act;
use crate::domain::effect::{Effect, Ground};
use crate::domain::framework::Framework;
use crate::domain::period::State;
use crate::store::agency::Agency;
use crate::store::period::Period;
use crate::store::{self, Conn};
use crate::web::desk::Desk;
use crate::web::error::WebResult;
use crate::web::form::Input;
use crate::web::render::{Page, Problem};
use crate::web::url;

/// What a decision would do to points, score and place.
#[derive(Clone, Debug, Serialize)]
pub struct EffectLine {
    pub points_c: [i64; 2],
    pub score_c: Option<[i64; 2]>,
    pub rank: Option<[i64; 2]>,
}

impl EffectLine {
    /// The effect in the words of the page; what has no score or place is left out.
    pub fn of(effect: &Effect) -> EffectLine {
        let both = |[before, after]: [Option<i64>; 2]| Some([before?, after?]);
        EffectLine {
            points_c: effect.points_c,
            score_c: both(effect.score_c),
            rank: both(effect.rank),
        }
    }
}

/// How something was decided.
#[derive(Clone, Debug, Serialize)]
pub struct Decided {
    /// The key of the decision's word.
    pub key: String,
    pub answer: Option<String>,
    pub by: Option<String>,
    pub at: Option<NaiveDateTime>,
}

/// An agency whose result gates hold down.
#[derive(Clone, Debug, Serialize)]
pub struct GateLine {
    pub agency: String,
    pub code: String,
    pub href: String,
    pub gates: Vec<(String, String)>,
    pub score_c: Option<i64>,
    pub ungated_c: Option<i64>,
}

/// The page.
#[derive(Serialize)]
pub struct CommitteePage {
    pub key: String,
    pub period: String,
    pub title: String,
    pub state: String,
    pub waiting_objections: i64,
    pub waiting_requests: i64,
    pub waiting_findings: i64,
    pub objections: Vec<ObjectionLine>,
    pub requests: Vec<RequestLine>,
    pub findings: Vec<FindingLine>,
    pub gates: Vec<GateLine>,
    pub may_propose: bool,
    pub propose_action: String,
    pub agencies: Vec<Choose>,
    pub agency: String,
    pub indicators: Vec<Choose>,
    pub indicator: String,
    pub reason: String,
    pub period_href: Option<String>,
    pub minutes_href: String,
    /// The field that a refused form comes back with.
    pub typed_field: String,
    pub typed: String,
    pub problems: Vec<Problem>,
}

impl Page for CommitteePage {
    const TEMPLATE: &'static str = "committee/show.html";
}

/// The minutes, to be printed and signed.
#[derive(Serialize)]
pub struct MinutesPage {
    pub back: String,
    pub title: String,
    pub today: chrono::NaiveDate,
    pub objections: Vec<ObjectionLine>,
    pub requests: Vec<RequestLine>,
    pub findings: Vec<FindingLine>,
    pub is_empty: bool,
    pub members: Vec<String>,
}

impl Page for MinutesPage {
    const TEMPLATE: &'static str = "committee/minutes.html";
}

/// A quarter before the committee: what every kind of line is made of, each read once.
pub struct Sitting<'d> {
    pub desk: &'d Desk<'d>,
    pub period: Period,
    pub framework: Arc<Framework>,
    /// By the id of the agency's assessment.
    agencies: HashMap<String, Agency>,
    names: HashMap<String, String>,
    /// The quarter as the effects are measured on it.
    pub ground: Ground,
}

impl<'d> Sitting<'d> {
    fn of(desk: &'d Desk<'d>, conn: &mut Conn, code: &str) -> Result<Sitting<'d>, AppError> {
        let province = desk.ctx.province();
        let period = store::period::find_by_code(conn, province, code)?;
        let period = period.ok_or(AppError::NotFound)?;
        let mut known = HashMap::new();
        for agency in store::agency::list(conn, province)? {
            known.insert(agency.id.clone(), agency);
        }
        let mut agencies = HashMap::new();
        for assessment in store::assessment::list(conn, &desk.ctx.actor.scope, &period.id)? {
            if let Some(agency) = known.remove(&assessment.agency_id) {
                agencies.insert(assessment.id, agency);
            }
        }
        let users = store::user::list(conn, province)?.into_iter();
        Ok(Sitting {
            desk,
            framework: desk.ctx.frameworks.of(conn, &period)?,
            agencies,
            names: users.map(|user| (user.id, user.name)).collect(),
            ground: app::effect::told(&desk.ctx, conn, &period)?,
            period,
        })
    }

    /// What the framework says, in the reader's language.
    pub fn texts(&self) -> FrameworkText<'_> {
        FrameworkText::of(&self.framework, self.desk.hall.language)
    }

    /// The agency of an assessment, if the reader may know of it.
    pub fn agency(&self, assessment: &str) -> Option<&Agency> {
        self.agencies.get(assessment)
    }

    /// Every agency of the quarter.
    pub fn agencies(&self) -> impl Iterator<Item = &Agency> {
        self.agencies.values()
    }

    /// The agency's name in the reader's language.
    pub fn name(&self, agency: &Agency) -> String {
        self.desk
            .choose(&agency.name_fa, &agency.name_en)
            .to_owned()
    }

    /// How something was decided, if it was.
    pub fn decided(
        &self,
        word: Option<String>,
        answer: Option<&String>,
        by: Option<&String>,
        at: Option<NaiveDateTime>,
    ) -> Option<Decided> {
        Some(Decided {
            key: word?,
            answer: answer.cloned(),
            by: by.and_then(|by| self.names.get(by)).cloned(),
            at,
        })
    }

    /// Agencies held down by gates, the hardest held first.
    fn gates(&self) -> Vec<GateLine> {
        let texts = self.texts();
        let by_code: HashMap<&str, &Agency> = self
            .agencies
            .values()
            .map(|agency| (agency.code.as_str(), agency))
            .collect();
        let cards = self.ground.cards().cards.iter();
        let lines = cards.filter_map(|card| {
            let agency = by_code.get(card.agency.as_str())?;
            let gates = card.binding().into_iter().map(|gate| {
                let code = &self.framework.gates[gate].code;
                (code.clone(), texts.gate(code))
            });
            Some(GateLine {
                agency: self.name(agency),
                code: agency.code.clone(),
                href: url::score(&self.period.code, &agency.code),
                gates: gates.collect(),
                score_c: card.outcome.final_c,
                ungated_c: card.outcome.ungated_c,
            })
        });
        let mut lines: Vec<GateLine> = lines.filter(|line| !line.gates.is_empty()).collect();
        lines.sort_by_key(|line| line.score_c.unwrap_or(0) - line.ungated_c.unwrap_or(0));
        lines
    }
}

/// Shows what waits for the committee and the office.
pub fn show(desk: &Desk, input: &Input) -> WebResult {
    desk.page(&read(desk, input.part("period"))?)
}

fn read(desk: &Desk, code: &str) -> Result<CommitteePage, AppError> {
    desk.ctx.require(Act::SeeCommittee)?;
    desk.ctx.store.read(|conn| {
        let sitting = Sitting::of(desk, conn, code)?;
        page(&sitting, conn)
    })
}

fn page(of: &Sitting, conn: &mut Conn) -> Result<CommitteePage, AppError> {
    let (desk, period) = (of.desk, &of.period);
    let is_office = desk.ctx.actor.may(Act::Administer);
    let objections = decision::lines(of, conn)?;
    let requests = na_request::lines(of, conn)?;
    let findings = finding::lines(of, conn)?;
    let count = |waits: &mut dyn Iterator<Item = bool>| waits.filter(|waits| *waits).count() as i64;
    Ok(CommitteePage {
        key: form_key(),
        period: period.code.clone(),
        title: super::period::title(desk, &period.code),
        state: super::period::state_key(period.state()),
        waiting_objections: count(&mut objections.iter().map(|line| line.decided.is_none())),
        waiting_requests: count(&mut requests.iter().map(|line| line.decided.is_none())),
        waiting_findings: count(&mut findings.iter().map(|line| line.decided.is_none())),
        objections,
        requests,
        findings,
        gates: if period.state() >= State::Preliminary {
            of.gates()
        } else {
            Vec::new()
        },
        may_propose: period.state() < State::Final && desk.ctx.actor.may(Act::Decide),
        propose_action: format!("{}/findings", url::committee(&period.code)),
        agencies: finding::agencies(of),
        agency: String::new(),
        indicators: finding::indicators(of),
        indicator: String::new(),
        reason: String::new(),
        period_href: is_office.then(|| url::period(&period.code)),
        minutes_href: url::minutes(&period.code),
        typed_field: String::new(),
        typed: String::new(),
        problems: Vec::new(),
    })
}

/// The page again with a refused form: what was typed stands where it was typed.
pub fn again(
    desk: &Desk,
    period: &str,
    faults: &[app::Problem],
    field: &str,
    typed: &str,
) -> WebResult {
    let mut page = read(desk, period)?;
    let at_own_field = |fault: &app::Problem| app::Problem {
        field: field.to_owned(),
        ..fault.clone()
    };
    let faults: Vec<_> = faults.iter().map(at_own_field).collect();
    page.problems = problems(&faults);
    page.typed_field = field.to_owned();
    page.typed = typed.to_owned();
    desk.again(&page)
}

/// The page again with a refused proposal of a finding.
pub fn propose_again(desk: &Desk, input: &Input, faults: &[app::Problem]) -> WebResult {
    let mut page = read(desk, input.part("period"))?;
    page.problems = problems(faults);
    page.agency = input.field("agency").to_owned();
    page.indicator = input.field("indicator").to_owned();
    page.reason = input.field("reason").to_owned();
    desk.again(&page)
}

/// Shows the minutes: only what was decided.
pub fn minutes(desk: &Desk, input: &Input) -> WebResult {
    let page = read(desk, input.part("period"))?;
    let (mut objections, mut requests, mut findings) =
        (page.objections, page.requests, page.findings);
    objections.retain(|line| line.decided.is_some());
    requests.retain(|line| line.decided.is_some());
    findings.retain(|line| line.decided.is_some());
    let lines = objections.iter().map(|line| &line.decided);
    let lines = lines.chain(findings.iter().map(|line| &line.decided));
    let mut members: Vec<String> = lines
        .filter_map(|decided| decided.as_ref()?.by.clone())
        .collect();
    members.sort();
    members.dedup();
    desk.page(&MinutesPage {
        back: url::committee(&page.period),
        title: page.title,
        today: desk.ctx.today(),
        is_empty: objections.is_empty() && requests.is_empty() && findings.is_empty(),
        objections,
        requests,
        findings,
        members,
    })
}
