//! One indicator of the checklist: shown, filled in, saved.

use actix_web::http::StatusCode;
use chrono::{NaiveDate, NaiveDateTime};
use serde::Serialize;

use super::checklist::{Section, Sheet, sheet};
use super::claim::{self, ClaimFields};
use super::doubt::beside;
use super::evidence::{self, EvidencePart};
use super::framework_text::FrameworkText;
use super::last_time::{Before, LastTime, before};
use super::{form_key, problems};
use crate::app::answer::Saved;
use crate::app::evidence::Earlier;
use crate::app::{self, AppError};
use crate::domain::access::Act;
use crate::domain::answer as rule;
use crate::domain::framework::Indicator;
use crate::domain::period::State;
use crate::store;
use crate::store::answer::AnswerRow;
use crate::web::desk::{Desk, html};
use crate::web::error::WebResult;
use crate::web::form::Input;
use crate::web::render::{Page, Problem};
use crate::web::reply::Reply;
use crate::web::url;

pub use super::claim::{Choose, measure, options, value_faults};

/// What a colleague saved meanwhile.
#[derive(Clone, Debug, Serialize)]
pub struct Theirs {
    pub name: String,
    pub at: NaiveDateTime,
    pub said: Option<String>,
    /// The word key of what they chose.
    pub state: String,
    pub note: String,
}

/// One indicator.
#[derive(Serialize)]
pub struct AnswerPage {
    pub action: String,
    pub key: String,
    /// Whose copy of unsaved words a browser keeps.
    pub owner: String,
    pub seen: i64,
    pub code: String,
    pub title: String,
    pub points: i64,
    pub guidance: String,
    pub verification: String,
    /// yes_no, level, ratio or number.
    pub measure: String,
    pub unit: String,
    pub numerator_label: String,
    pub denominator_label: String,
    pub options: Vec<Choose>,
    pub choices: Vec<Choose>,
    pub fields: ClaimFields,
    /// What was saved, in words, and the word key of its state.
    pub said: Option<String>,
    pub state: String,
    pub may_save: bool,
    pub may_ask_na: bool,
    pub may_answer_query: bool,
    pub is_handed_in: bool,
    pub is_closed: bool,
    pub question: Option<String>,
    pub question_due: Option<NaiveDate>,
    pub evidence: EvidencePart,
    pub last: Option<LastTime>,
    /// Fills in last quarter's answer.
    pub carry: Option<String>,
    pub is_carried: bool,
    /// How many quarters in a row it was carried over, and whether that is too long.
    pub carried: i64,
    pub is_stale: bool,
    /// What is asked about this answer, where nobody has said why it is so.
    pub doubts: Vec<String>,
    pub saved_at: Option<NaiveDateTime>,
    pub section: Option<Section>,
    pub back: String,
    pub previous: Option<String>,
    pub next: Option<String>,
    pub theirs: Option<Theirs>,
    pub problems: Vec<Problem>,
}

impl Page for AnswerPage {
    const TEMPLATE: &'static str = "answer/edit.html";
}

/// Shows one indicator.
pub fn edit(desk: &Desk, input: &Input) -> WebResult {
    let page = page(desk, input)?;
    desk.page(&page)
}

/// What an indicator's page is made from.
struct Scene {
    sheet: Sheet,
    before: Option<Before>,
    /// Evidence of earlier quarters that may be taken again.
    earlier: Vec<Earlier>,
    /// The place among the asked indicators.
    place: usize,
}

fn scene(desk: &Desk, input: &Input) -> Result<Scene, AppError> {
    let code = input.part("indicator");
    let (sheet, before, earlier) = desk.ctx.store.read(|conn| {
        let sheet = sheet(desk, conn, input)?;
        let before = before(desk, conn, &sheet.case)?;
        let earlier = app::evidence::earlier(&desk.ctx, conn, &sheet.case, code)?;
        Ok::<_, AppError>((sheet, before, earlier))
    })?;
    let mut asked = sheet.asked().into_iter();
    let place = asked.position(|one| one.code == code);
    drop(asked);
    Ok(Scene {
        place: place.ok_or(AppError::NotFound)?,
        sheet,
        before,
        earlier,
    })
}

impl Scene {
    fn indicator(&self) -> Result<&Indicator, AppError> {
        let asked = self.sheet.asked();
        asked.get(self.place).copied().ok_or(AppError::NotFound)
    }

    fn address(&self, codes: (&str, &str), place: Option<usize>) -> Option<String> {
        let asked = self.sheet.asked();
        let indicator = asked.get(place?)?;
        Some(url::answer(codes.0, codes.1, &indicator.code))
    }

    /// What a form shows: what was saved, or last quarter's answer where somebody asks for it.
    fn fields(&self, texts: FrameworkText, indicator: &Indicator, is_carried: bool) -> ClaimFields {
        let answer = self.sheet.answer(&indicator.code);
        let mut fields = ClaimFields {
            choice: answer.map_or("value", |row| row.choice.as_str()).to_owned(),
            na_reason: answer
                .and_then(|row| row.na_reason.clone())
                .unwrap_or_default(),
            note: answer.map(|row| row.note.clone()).unwrap_or_default(),
            ..ClaimFields::default()
        };
        let own = answer.and_then(|row| rule::kept(row.claim.as_deref()?));
        let last = self.before.as_ref();
        let last = last.and_then(|last| last.claim(&indicator.code));
        if let Some(value) = if is_carried { last } else { own } {
            fields.fill(texts, value);
        }
        fields
    }

    fn evidence(&self, desk: &Desk, code: &str, codes: (&str, &str), may: bool) -> EvidencePart {
        evidence::part(desk, &self.sheet, &self.earlier, code, codes, may)
    }
}

/// The page of one indicator as it stands.
pub fn page(desk: &Desk, input: &Input) -> Result<AnswerPage, AppError> {
    let codes = (input.part("period"), input.part("agency"));
    let code = input.part("indicator");
    let scene = scene(desk, input)?;
    let (sheet, indicator) = (&scene.sheet, scene.indicator()?);
    let texts = FrameworkText::of(&sheet.case.framework, desk.hall.language);
    let answer = sheet.answer(code);
    let carried = answer.map_or(0, |answer| answer.carried);
    let is_handed_in = sheet.case.assessment.is_handed_in();
    let is_open = sheet.case.period.state() == State::Open
        && !desk.ctx.is_over(sheet.case.last_edit_on(code));
    let question = sheet.returned(code);
    let may_answer = desk.ctx.actor.may(Act::Answer);
    let may_save = is_open && !is_handed_in && may_answer;
    let is_asked_back = question.is_some() && sheet.case.period.state() < State::Preliminary;
    let may_bring = may_save || (may_answer && is_asked_back);
    let last = scene.before.as_ref();
    let is_carried = may_save && input.query.contains_key("carry");
    let mut sections = sheet.sections(desk, codes, Some(code)).into_iter();
    let section = sections.find(|one| one.rows.iter().any(|row| row.is_current));
    let current = section.iter().flat_map(|one| &one.rows);
    let current = current.clone().find(|row| row.is_current).cloned();
    let (numerator_label, denominator_label) = texts.parts(code);
    let address = url::answer(codes.0, codes.1, code);
    let may_carry = may_save && last.is_some_and(|last| last.claim(code).is_some());
    Ok(AnswerPage {
        key: form_key(),
        owner: desk.ctx.actor.user.clone(),
        seen: answer.map_or(0, |answer| answer.version),
        code: code.to_owned(),
        title: texts.title(code),
        points: indicator.points,
        guidance: texts.guidance(code),
        verification: texts.verification(code),
        measure: claim::measure(indicator).to_owned(),
        unit: texts.unit(indicator),
        numerator_label,
        denominator_label,
        options: claim::options(texts, indicator),
        choices: claim::choices(desk, indicator),
        fields: scene.fields(texts, indicator, is_carried),
        said: current.as_ref().and_then(|row| row.said.clone()),
        state: current.map(|row| row.state).unwrap_or_default(),
        may_save,
        may_ask_na: indicator.is_na_allowed,
        may_answer_query: may_answer && question.is_some(),
        is_handed_in,
        is_closed: !is_open && !is_handed_in,
        question: question.map(|query| query.question.clone()),
        question_due: question.map(|query| query.due_on),
        evidence: scene.evidence(desk, code, codes, may_bring),
        last: last.and_then(|last| last.of(desk, code)),
        carry: may_carry.then(|| format!("{address}?carry=yes")),
        is_carried,
        carried,
        is_stale: carried >= i64::from(desk.hall.state.config.stale_after),
        doubts: beside(desk, sheet, last, indicator, codes),
        saved_at: answer.map(|answer| answer.saved_at),
        section,
        back: url::checklist(codes.0, codes.1),
        previous: scene.address(codes, scene.place.checked_sub(1)),
        next: scene.address(codes, Some(scene.place + 1)),
        action: address,
        theirs: None,
        problems: Vec::new(),
    })
}

/// Saves one answer and goes on to the next.
pub fn update(desk: &Desk, input: &Input) -> WebResult {
    desk.ctx.require(Act::Answer)?;
    let code = input.part("indicator");
    let (period, agency) = (input.part("period"), input.part("agency"));
    let case = desk
        .ctx
        .store
        .read(|conn| app::case(&desk.ctx, conn, period, agency))?;
    let profile = case.assessment.flags();
    let all = case.framework.indicators.iter();
    let mut asked = all.filter(|one| rule::is_asked(one, &profile));
    let indicator = asked.find(|one| one.code == code);
    let indicator = indicator.ok_or(AppError::NotFound)?;
    let saved = claim::read(indicator, input).and_then(|choice| {
        let saved = Saved {
            indicator: code,
            choice,
            note: input.field("note"),
            is_carried: input.field("carried") == "yes",
            seen: input.field("seen").parse().unwrap_or(0),
        };
        app::answer::save(&desk.ctx, period, agency, &saved)
    });
    match saved {
        Ok(_) => {
            let to = match asked.next() {
                _ if input.field("then") == "stay" => url::answer(period, agency, code),
                Some(next) => url::answer(period, agency, &next.code),
                None => url::checklist(period, agency),
            };
            Ok(Reply::see_other(&to, Some("shell-saved")))
        }
        Err(error) => refused(desk, input, error),
    }
}

/// The page again, with what was typed and what is wrong or what somebody else saved.
fn refused(desk: &Desk, input: &Input, error: AppError) -> WebResult {
    let mut page = page(desk, input)?;
    match error {
        AppError::Invalid(faults) => {
            page.fields = ClaimFields::typed(input);
            page.problems = problems(&faults);
            desk.again(&page)
        }
        AppError::Conflict => {
            let scene = scene(desk, input)?;
            let indicator = scene.indicator()?;
            let texts = FrameworkText::of(&scene.sheet.case.framework, desk.hall.language);
            let row = scene.sheet.answer(&indicator.code);
            let row = row.ok_or(AppError::NotFound)?;
            page.theirs = Some(theirs(desk, texts, indicator, row)?);
            // Whoever saves again has seen both.
            page.seen = row.version;
            page.fields = ClaimFields::typed(input);
            html(&page, &desk.shell(), StatusCode::CONFLICT)
        }
        error => Err(error.into()),
    }
}

fn theirs(
    desk: &Desk,
    texts: FrameworkText,
    indicator: &Indicator,
    row: &AnswerRow,
) -> Result<Theirs, AppError> {
    let by = row.saved_by.as_deref().unwrap_or_default();
    let user = desk
        .ctx
        .store
        .read(|conn| store::user::find(conn, desk.ctx.province(), by))?;
    let state = match row.choice.as_str() {
        "blank" => "manager-state-blank",
        "not_applicable" => "manager-state-na",
        _ => "manager-state-answered",
    };
    Ok(Theirs {
        name: user.map(|user| user.name).unwrap_or_default(),
        at: row.saved_at,
        said: texts.kept(indicator, row.claim.as_deref()),
        state: state.to_owned(),
        note: row.note.clone(),
    })
}
