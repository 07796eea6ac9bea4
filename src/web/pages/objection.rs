//! An objection: what it is about, what it would do, what was said on it, and the form that files it, once.

use std::collections::HashMap;

use chrono::{NaiveDate, NaiveDateTime};
use serde::Serialize;

use super::answer::Choose;
use super::evidence::{ProofLine, proofs};
use super::framework_text::FrameworkText;
use super::{form_key, problems};
use crate::app::{self, AppError, Case};
use crate::domain::access::{Act, Role};
use crate::domain::effect;
use crate::domain::period::State;
use crate::domain::returns::{Value, Verdict};
use crate::store::objection::Objection;
use crate::store::verdict::VerdictRow;
use crate::store::{self, Conn};
use crate::web::desk::Desk;
use crate::web::error::WebResult;
use crate::web::form::Input;
use crate::web::render::{Page, Problem};
use crate::web::reply::Reply;
use crate::web::url;
use crate::web::words::{Phrase, text};

/// One stage on the way of an objection.
#[derive(Clone, Debug, Serialize)]
pub struct Stage {
    pub key: String,
    pub at: Option<NaiveDateTime>,
    pub until: NaiveDate,
    pub is_done: bool,
    pub is_now: bool,
}

/// What it would do, in the words of the page.
#[derive(Clone, Debug, Serialize)]
pub struct EffectView {
    pub points_c: [i64; 2],
    pub score_c: Option<[i64; 2]>,
    pub rank: Option<[i64; 2]>,
    /// Decided: what it did. Proposed: what the proposal would do. Else what the agency may hope for.
    pub key: String,
}

/// Something said on the way.
#[derive(Clone, Debug, Serialize)]
pub struct Message {
    /// Who, if the reader may know.
    pub name: Option<String>,
    pub role: String,
    pub tone: String,
    pub is_official: bool,
    pub at: NaiveDateTime,
    /// What it comes to, in a few words.
    pub tag: Option<String>,
    pub text: Option<String>,
}

/// The page.
#[derive(Serialize)]
pub struct ObjectionPage {
    pub action: String,
    pub key: String,
    pub back: String,
    pub period: String,
    pub agency: String,
    pub code: String,
    pub indicator: String,
    pub points: i64,
    pub title: Phrase,
    pub stages: Vec<Stage>,
    pub effect: Option<EffectView>,
    pub claim: Option<String>,
    pub verdict: String,
    pub reason: String,
    pub given_at: NaiveDateTime,
    pub shows_evidence: bool,
    pub evidence: Vec<ProofLine>,
    pub messages: Vec<Message>,
    pub may_file: bool,
    /// It could be filed by this person, but not now.
    pub is_closed: bool,
    pub ends_on: NaiveDate,
    pub kinds: Vec<Choose>,
    pub kind: String,
    pub text: String,
    pub is_sure: bool,
    pub problems: Vec<Problem>,
}

impl Page for ObjectionPage {
    const TEMPLATE: &'static str = "objection/show.html";
}

/// What the page is made of.
struct Found {
    case: Case,
    agency: store::agency::Agency,
    /// The verdict it is about.
    first: VerdictRow,
    objection: Option<Objection>,
    claim: Option<Value>,
    /// The verdict that was proposed, where one was and the reader may know.
    proposal: Option<Verdict>,
    evidence: Vec<store::evidence::Evidence>,
    effect: Option<EffectView>,
    /// Names of whoever spoke, by id.
    names: HashMap<String, String>,
    ends_on: NaiveDate,
    is_open: bool,
}

/// Finds what a reader may know of: the agency from its preliminary result, officials by their reach, the
/// governor's office from the final result.
fn find(desk: &Desk, conn: &mut Conn, input: &Input) -> Result<Found, AppError> {
    let ctx = &desk.ctx;
    let case = app::case(ctx, conn, input.part("period"), input.part("agency"))?;
    let is_governor = ctx.actor.role == Role::Governor;
    let told = if is_governor {
        State::Final
    } else {
        State::Preliminary
    };
    let code = input.part("indicator");
    if case.period.state() < told || case.framework.indicator(code).is_none() {
        return Err(AppError::NotFound);
    }
    let mut rows = store::verdict::list(conn, &case.assessment)?.into_iter();
    let objection = app::objection::find(conn, &case, code).ok();
    let first = match &objection {
        Some(objection) => rows.find(|row| row.id == objection.verdict_id),
        None => rows.rfind(|row| row.indicator_code == code),
    };
    let first = first.ok_or(AppError::NotFound)?;
    let claim = app::verdict::claim(conn, &case, code)?;
    let is_decided = objection.as_ref().is_some_and(|one| one.state == "decided");
    let may_know = is_decided || ctx.actor.may(Act::SeeHandedIn);
    let proposal = match objection.as_ref().filter(|_| may_know) {
        Some(objection) => app::objection::proposal(conn, &case, objection)?,
        None => None,
    };
    let agency = store::agency::find(conn, ctx.province(), &case.assessment.agency_id)?;
    let mut evidence = store::evidence::list(conn, &case.assessment)?;
    evidence.retain(|row| row.indicator_code == code && !is_governor);
    let until = app::objection::open_until(ctx, &case.period, &first);
    let end = case.period.objections_end_on;
    let last = first.objection_until.map_or(end, |own| own.max(end));
    let mut found = Found {
        names: names(desk, conn, objection.as_ref())?,
        agency: agency.ok_or(AppError::NotFound)?,
        is_open: until.is_some(),
        effect: None,
        case,
        first,
        objection,
        claim,
        proposal,
        evidence,
        ends_on: until.unwrap_or(last),
    };
    found.effect = effect_view(desk, conn, &found)?;
    Ok(found)
}

/// The names of whoever spoke.
fn names(
    desk: &Desk,
    conn: &mut Conn,
    objection: Option<&Objection>,
) -> Result<HashMap<String, String>, AppError> {
    let mut names = HashMap::new();
    let spoke = objection.map(|one| [Some(&one.filed_by), one.reviewer.as_ref()]);
    for id in spoke.into_iter().flatten().flatten() {
        if let Some(user) = store::user::find(conn, desk.ctx.province(), id)? {
            names.insert(user.id, user.name);
        }
    }
    Ok(names)
}

/// What it did, would do by the proposal, or could do at best.
fn effect_view(desk: &Desk, conn: &mut Conn, of: &Found) -> Result<Option<EffectView>, AppError> {
    let code = &of.first.indicator_code;
    let indicator = of
        .case
        .framework
        .indicator(code)
        .ok_or(AppError::NotFound)?;
    let Some(first) = app::verdict::of_row(&of.first) else {
        return Ok(None);
    };
    let decision = of
        .objection
        .as_ref()
        .and_then(|one| one.decision.as_deref());
    let (key, after) = match (decision, &of.proposal) {
        (Some("dismissed"), _) => return Ok(None),
        (Some(_), Some(proposal)) => ("office-effect-done", proposal.clone()),
        (None, Some(proposal)) => ("office-effect-proposed", proposal.clone()),
        _ => (
            "office-effect-best",
            effect::best(indicator, of.claim, &first),
        ),
    };
    let ground = app::effect::told(&desk.ctx, conn, &of.case.period)?;
    let effect = ground.effect(&of.agency.code, code, Some(&first), Some(&after));
    let both = |[before, after]: [Option<i64>; 2]| Some([before?, after?]);
    Ok(effect.map(|effect| EffectView {
        points_c: effect.points_c,
        score_c: both(effect.score_c),
        rank: both(effect.rank),
        key: key.to_owned(),
    }))
}

impl Found {
    /// How it ended, or where it is.
    fn state(&self) -> &str {
        let objection = self.objection.as_ref();
        objection.map_or("none", |one| one.decision.as_deref().unwrap_or(&one.state))
    }

    fn title(&self, may_file: bool) -> Phrase {
        let key = match self.state() {
            "none" if may_file => "office-object-may".to_owned(),
            state => format!("office-object-{state}"),
        };
        Phrase::of(key).with("code", self.first.indicator_code.as_str())
    }

    fn stages(&self) -> Vec<Stage> {
        let (period, objection) = (&self.case.period, self.objection.as_ref());
        let done = [
            objection.map(|one| one.filed_at),
            objection.and_then(|one| one.proposed_at),
            objection.and_then(|one| one.decided_at),
        ];
        let planned = [
            self.ends_on,
            period.re_review_end_on,
            period.committee_end_on,
        ];
        let count = done.iter().flatten().count();
        ["filed", "reviewed", "decided"]
            .iter()
            .enumerate()
            .map(|(place, name)| Stage {
                key: format!("office-stage-{name}"),
                at: done[place],
                until: planned[place],
                is_done: place < count,
                is_now: place == count,
            })
            .collect()
    }

    fn messages(&self, desk: &Desk, texts: FrameworkText) -> Vec<Message> {
        let Some(objection) = &self.objection else {
            return Vec::new();
        };
        let is_official = desk.ctx.actor.may(Act::SeeHandedIn);
        let is_own = desk.ctx.actor.agency.is_some();
        let named = |id: &str, may: bool| self.names.get(id).filter(|_| may).cloned();
        let said = |key: &str| text(desk.hall.language, key).to_string();
        let mut messages = vec![Message {
            name: named(&objection.filed_by, is_official || is_own),
            role: "office-by-agency".to_owned(),
            tone: "line".to_owned(),
            is_official: false,
            at: objection.filed_at,
            tag: Some(said(&format!(
                "office-objection-{}",
                objection.kind.replace('_', "-")
            ))),
            text: Some(objection.text.clone()).filter(|_| is_official || is_own),
        }];
        let may_know = is_official || objection.state == "decided";
        if let Some(at) = objection.proposed_at.filter(|_| may_know) {
            let code = &objection.indicator_code;
            let indicator = self.case.framework.indicator(code);
            let proposal = self.proposal.as_ref().zip(indicator);
            let proposal = proposal.map(|(one, of)| texts.verdict(of, self.claim, one));
            messages.push(Message {
                name: named(
                    objection.reviewer.as_deref().unwrap_or_default(),
                    is_official,
                ),
                role: "office-by-reviewer".to_owned(),
                tone: "i".to_owned(),
                is_official: true,
                at,
                tag: Some(proposal.unwrap_or_else(|| said("office-proposal-keep"))),
                text: objection.proposal_reason.clone(),
            });
        }
        if let (Some(at), Some(decision)) = (objection.decided_at, &objection.decision) {
            messages.push(Message {
                name: None,
                role: "office-by-committee".to_owned(),
                tone: "i".to_owned(),
                is_official: true,
                at,
                tag: Some(said(&format!("office-objection-state-{decision}"))),
                text: objection.answer.clone(),
            });
        }
        messages
    }
}

fn page(desk: &Desk, input: &Input) -> Result<ObjectionPage, AppError> {
    let found = desk.ctx.store.read(|conn| find(desk, conn, input))?;
    let code = input.part("indicator");
    let case = &found.case;
    let indicator = case.framework.indicator(code).ok_or(AppError::NotFound)?;
    let texts = FrameworkText::of(&case.framework, desk.hall.language);
    let (period, agency) = (&case.period.code, &found.agency);
    let is_party = desk.ctx.actor.may(Act::Object);
    let may_file = is_party && found.is_open && found.objection.is_none();
    let first = app::verdict::of_row(&found.first);
    let title = found.title(may_file);
    Ok(ObjectionPage {
        action: url::objection(period, &agency.code, code),
        key: form_key(),
        back: url::score(period, &agency.code),
        period: super::period::title(desk, period),
        agency: desk.choose(&agency.name_fa, &agency.name_en).to_owned(),
        code: code.to_owned(),
        indicator: texts.title(code),
        points: indicator.points,
        title,
        stages: found.stages(),
        claim: found.claim.map(|claim| texts.value(indicator, claim)),
        verdict: first
            .map(|one| texts.verdict(indicator, found.claim, &one))
            .unwrap_or_default(),
        reason: found.first.reason.clone(),
        given_at: found.first.given_at,
        shows_evidence: desk.ctx.actor.role != Role::Governor,
        evidence: proofs(
            texts,
            &found.case,
            found.evidence.iter(),
            (period, &agency.code),
        ),
        messages: found.messages(desk, texts),
        may_file,
        is_closed: is_party && !found.is_open && found.objection.is_none(),
        ends_on: found.ends_on,
        kinds: kinds(desk),
        kind: String::new(),
        text: String::new(),
        is_sure: false,
        problems: Vec::new(),
        effect: found.effect,
    })
}

fn kinds(desk: &Desk) -> Vec<Choose> {
    let kinds = app::objection::KINDS.map(|kind| {
        let key = format!("office-objection-{}", kind.replace('_', "-"));
        Choose {
            value: kind.to_owned(),
            hint: Some(text(desk.hall.language, &format!("{key}-hint")).to_string()),
            label: text(desk.hall.language, &key).to_string(),
        }
    });
    kinds.to_vec()
}

/// Shows an objection, or the form that files it.
pub fn show(desk: &Desk, input: &Input) -> WebResult {
    desk.page(&page(desk, input)?)
}

/// Files an objection.
pub fn create(desk: &Desk, input: &Input) -> WebResult {
    let mut page = page(desk, input)?;
    let (period, agency) = (input.part("period"), input.part("agency"));
    let filing = app::objection::Filing {
        kind: input.field("kind"),
        text: input.field("text"),
        is_sure: input.is_ticked("is_sure"),
    };
    match app::objection::file(&desk.ctx, period, agency, input.part("indicator"), &filing) {
        Ok(()) => Ok(Reply::see_other(&page.action, Some("office-object-done"))),
        Err(AppError::Invalid(faults)) => {
            page.kind = filing.kind.to_owned();
            page.text = filing.text.to_owned();
            page.is_sure = filing.is_sure;
            page.problems = problems(&faults);
            desk.again(&page)
        }
        Err(error) => Err(error.into()),
    }
}
