//! One indicator of the checklist: shown, filled in, saved.

use actix_web::http::StatusCode;
use serde::Serialize;

use super::checklist::{Section, sheet};
use super::evidence::{self, EvidencePart};
use super::framework_text::FrameworkText;
use super::last_time::{LastTime, before};
use super::{form_key, problems};
use crate::app::answer::Saved;
use crate::app::{self, AppError, Problem as Fault};
use crate::domain::access::Act;
use crate::domain::answer::{self as rule, Choice, Field, Typed, ValueFault};
use crate::domain::framework::{Indicator, Measure};
use crate::domain::period::State;
use crate::domain::returns::Value;
use crate::domain::score::{points_c, value_of};
use crate::domain::text;
use crate::store;
use crate::store::answer::AnswerRow;
use crate::web::desk::{Desk, html};
use crate::web::error::WebResult;
use crate::web::form::Input;
use crate::web::render::{Page, Problem};
use crate::web::reply::Reply;
use crate::web::url;

/// An option of a choice.
#[derive(Clone, Debug, Serialize)]
pub struct Choose {
    pub value: String,
    pub label: String,
    pub hint: Option<String>,
}

/// One indicator.
#[derive(Serialize)]
pub struct AnswerPage {
    pub action: String,
    pub key: String,
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
    pub choice: String,
    pub value: String,
    pub numerator: String,
    pub denominator: String,
    pub na_reason: String,
    pub note: String,
    pub may_save: bool,
    pub may_ask_na: bool,
    pub may_answer_query: bool,
    pub is_handed_in: bool,
    pub question: Option<String>,
    pub question_due: Option<chrono::NaiveDate>,
    pub evidence: EvidencePart,
    pub last: Option<LastTime>,
    pub saved_at: Option<chrono::NaiveDateTime>,
    pub section: Option<Section>,
    pub back: String,
    pub previous: Option<String>,
    pub next: Option<String>,
    /// What somebody else saved meanwhile.
    pub theirs: Option<String>,
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

/// The page of one indicator as it stands.
pub fn page(desk: &Desk, input: &Input) -> Result<AnswerPage, AppError> {
    let codes = (input.part("period"), input.part("agency"));
    let code = input.part("indicator");
    let (sheet, before) = desk.ctx.store.read(|conn| {
        let sheet = sheet(desk, conn, input)?;
        let before = before(desk, conn, &sheet)?;
        Ok::<_, AppError>((sheet, before))
    })?;
    let asked = sheet.asked();
    let place = asked
        .iter()
        .position(|one| one.code == code)
        .ok_or(AppError::NotFound)?;
    let indicator = asked[place];
    let texts = FrameworkText::of(&sheet.case.framework, desk.hall.language);
    let answer = sheet.answer(code);
    let typed = typed(texts, answer);
    let is_open = sheet.case.period.state() == State::Open
        && !sheet.case.assessment.is_handed_in()
        && !desk.ctx.is_over(sheet.case.period.last_edit_on);
    let question = sheet.returned(code);
    let may_answer = desk.ctx.actor.may(Act::Answer);
    let at = |place: usize| {
        asked
            .get(place)
            .map(|one| url::answer(codes.0, codes.1, &one.code))
    };
    let may_add_evidence = may_answer && (is_open || question.is_some());
    let sections = sheet.sections(desk, codes, Some(code));
    let (numerator_label, denominator_label) = texts.parts(code);
    Ok(AnswerPage {
        action: url::answer(codes.0, codes.1, code),
        key: form_key(),
        seen: answer.map_or(0, |answer| answer.version),
        code: code.to_owned(),
        title: texts.title(code),
        points: indicator.points,
        guidance: texts.guidance(code),
        verification: texts.verification(code),
        measure: measure(indicator).to_owned(),
        unit: texts.unit(indicator),
        numerator_label,
        denominator_label,
        options: options(texts, indicator),
        choices: choices(desk, indicator),
        choice: answer
            .map_or("value", |answer| answer.choice.as_str())
            .to_owned(),
        value: typed[0].clone(),
        numerator: typed[1].clone(),
        denominator: typed[2].clone(),
        na_reason: answer
            .and_then(|answer| answer.na_reason.clone())
            .unwrap_or_default(),
        note: answer.map(|answer| answer.note.clone()).unwrap_or_default(),
        may_save: is_open && may_answer,
        may_ask_na: indicator.is_na_allowed,
        may_answer_query: may_answer && question.is_some(),
        is_handed_in: sheet.case.assessment.is_handed_in(),
        question: question.map(|query| query.question.clone()),
        question_due: question.map(|query| query.due_on),
        evidence: evidence::part(desk, &sheet, code, codes, may_add_evidence),
        last: before.and_then(|before| before.of(desk, code)),
        saved_at: answer.map(|answer| answer.saved_at),
        section: sections
            .into_iter()
            .find(|s| s.rows.iter().any(|row| row.is_current)),
        back: url::checklist(codes.0, codes.1),
        previous: place.checked_sub(1).and_then(at),
        next: at(place + 1),
        theirs: None,
        problems: Vec::new(),
    })
}

pub(super) fn measure(indicator: &Indicator) -> &'static str {
    match indicator.measure {
        Measure::YesNo => "yes_no",
        Measure::Level => "level",
        Measure::Ratio => "ratio",
        _ => "number",
    }
}

/// The kept value as it is typed again: value, numerator, denominator.
fn typed(texts: FrameworkText, answer: Option<&AnswerRow>) -> [String; 3] {
    let value = answer
        .and_then(|answer| answer.claim.as_deref())
        .and_then(rule::kept);
    let none = String::new;
    match value {
        Some(Value::Yes(yes)) => [if yes { "yes" } else { "no" }.to_owned(), none(), none()],
        Some(Value::Level(level)) => [level.to_string(), none(), none()],
        Some(Value::Amount(amount)) => [texts.hundredths(amount), none(), none()],
        Some(Value::Ratio { num, den }) => [none(), texts.whole(num), texts.whole(den)],
        None => [none(), none(), none()],
    }
}

pub(super) fn options(texts: FrameworkText, indicator: &Indicator) -> Vec<Choose> {
    let points = |value: Value| {
        let points = points_c(indicator, value_of(indicator, value));
        Some(texts.hundredths(points))
    };
    match indicator.measure {
        Measure::YesNo => [("yes", true), ("no", false)]
            .map(|(word, yes)| Choose {
                value: word.to_owned(),
                label: texts.value(indicator, Value::Yes(yes)),
                hint: points(Value::Yes(yes)),
            })
            .to_vec(),
        Measure::Level => (0..)
            .zip(texts.levels(&indicator.code))
            .map(|(level, label)| Choose {
                value: level.to_string(),
                label,
                hint: points(Value::Level(level)),
            })
            .collect(),
        _ => Vec::new(),
    }
}

fn choices(desk: &Desk, indicator: &Indicator) -> Vec<Choose> {
    let word = |key: &str| crate::web::words::text(desk.hall.language, key).to_string();
    let one = |value: &str, key: &str| Choose {
        value: value.to_owned(),
        label: word(key),
        hint: None,
    };
    let mut choices = vec![one("value", "manager-choice-value")];
    if indicator.is_na_allowed {
        choices.push(one("not_applicable", "manager-choice-na"));
    }
    choices.push(one("blank", "manager-choice-blank"));
    choices
}

/// Saves one answer and goes on to the next.
pub fn update(desk: &Desk, input: &Input) -> WebResult {
    desk.ctx.require(Act::Answer)?;
    let mut page = page(desk, input)?;
    let code = input.part("indicator");
    let (period, agency) = (input.part("period"), input.part("agency"));
    let case = desk
        .ctx
        .store
        .read(|conn| app::case(&desk.ctx, conn, period, agency))?;
    let indicator = case.framework.indicator(code).ok_or(AppError::NotFound)?;
    let saved = read(indicator, input).and_then(|choice| {
        let seen = input.field("seen").parse().unwrap_or(0);
        let saved = Saved {
            indicator: code,
            choice,
            note: input.field("note"),
            seen,
        };
        app::answer::save(&desk.ctx, period, agency, &saved)
    });
    match saved {
        Ok(_) if input.field("then") == "stay" => {
            Ok(Reply::see_other(&page.action, Some("shell-saved")))
        }
        Ok(_) => Ok(Reply::see_other(
            page.next.as_deref().unwrap_or(&page.back),
            Some("shell-saved"),
        )),
        Err(AppError::Invalid(faults)) => {
            keep_typed(&mut page, input);
            page.problems = problems(&faults);
            desk.again(&page)
        }
        Err(AppError::Conflict) => {
            let texts = FrameworkText::of(&case.framework, desk.hall.language);
            let row = desk
                .ctx
                .store
                .read(|conn| store::answer::find(conn, &case.assessment, code))?;
            let claim = row
                .as_ref()
                .and_then(|row| texts.kept(indicator, row.claim.as_deref()));
            page.theirs =
                Some(claim.unwrap_or_else(|| row.map(|row| row.choice).unwrap_or_default()));
            keep_typed(&mut page, input);
            html(&page, &desk.shell(), StatusCode::CONFLICT)
        }
        Err(error) => Err(error.into()),
    }
}

fn keep_typed(page: &mut AnswerPage, input: &Input) {
    let field = |name: &str| input.field(name).to_owned();
    page.choice = field("choice");
    page.value = field("value");
    page.numerator = field("numerator");
    page.denominator = field("denominator");
    page.na_reason = field("na_reason");
    page.note = field("note");
}

/// The choice of the form.
fn read(indicator: &Indicator, input: &Input) -> Result<Choice, AppError> {
    match input.field("choice") {
        "value" | "" => {
            let typed = Typed {
                value: input.field("value"),
                numerator: input.field("numerator"),
                denominator: input.field("denominator"),
            };
            let value = rule::read(indicator, &typed);
            value
                .map(Choice::Claim)
                .map_err(|faults| AppError::Invalid(value_faults(&faults)))
        }
        "blank" => Ok(Choice::Blank),
        "not_applicable" => text::filled_note(input.field("na_reason"), 2_000)
            .map(Choice::NotApplicable)
            .map_err(|_| AppError::Invalid(vec![Fault::at("na_reason", "problem-reason")])),
        _ => Err(AppError::Invalid(vec![Fault::at(
            "choice",
            "problem-choose",
        )])),
    }
}

/// The sentence of each fault of a typed value.
pub fn value_faults(faults: &[(Field, ValueFault)]) -> Vec<Fault> {
    use crate::domain::number::NumberFault;
    let one = |(field, fault): &(Field, ValueFault)| {
        let field = match field {
            Field::Value => "value",
            Field::Numerator => "numerator",
            Field::Denominator => "denominator",
        };
        match fault {
            ValueFault::Missing => Fault::at(field, "problem-value-missing"),
            ValueFault::Number(NumberFault::Negative) => Fault::at(field, "problem-negative"),
            ValueFault::Number(NumberFault::TooManyDecimals) => {
                Fault::at(field, "problem-decimals")
            }
            ValueFault::Number(_) => Fault::at(field, "problem-number"),
            ValueFault::TooHigh { most } => Fault {
                field: field.to_owned(),
                key: "problem-too-high",
                arguments: vec![("most", most.to_string())],
            },
            ValueFault::PartAboveWhole => Fault::at(field, "problem-part-above-whole"),
            ValueFault::WholeIsZero => Fault::at(field, "problem-whole-zero"),
        }
    };
    faults.iter().map(one).collect()
}
