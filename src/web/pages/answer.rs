//! The checklist: its index, and one indicator a page.

use actix_web::http::StatusCode;
use serde::Serialize;

use super::framework_text::FrameworkText;
use super::{form_key, problems};
use crate::app::answer::Saved;
use crate::app::evidence::Proof;
use crate::app::{self, AppError, Case, Problem as Fault};
use crate::domain::access::Act;
use crate::domain::answer::{self as rule, Choice, Field, Typed, ValueFault};
use crate::domain::framework::{Indicator, Measure, ReportedBy};
use crate::domain::period::State;
use crate::domain::returns::Value;
use crate::domain::score::{points_c, value_of};
use crate::domain::text;
use crate::store::answer::AnswerRow;
use crate::store::evidence::Evidence;
use crate::store::query::Query;
use crate::store::{self, Conn};
use crate::web::desk::{Desk, html};
use crate::web::error::WebResult;
use crate::web::form::Input;
use crate::web::render::{Page, Problem};
use crate::web::reply::Reply;
use crate::web::url;

/// One indicator in a list.
#[derive(Clone, Debug, Serialize)]
pub struct Row {
    pub code: String,
    pub title: String,
    pub href: Option<String>,
    /// The word key of its state, and its tone and icon.
    pub state: String,
    pub tone: String,
    pub icon: String,
    pub is_current: bool,
    pub said: Option<String>,
}

/// A dimension of the checklist.
#[derive(Clone, Debug, Serialize)]
pub struct Section {
    pub title: String,
    pub question: String,
    pub done: i64,
    pub all: i64,
    pub percent: i64,
    pub rows: Vec<Row>,
}

/// The index.
#[derive(Serialize)]
pub struct ChecklistPage {
    pub period: String,
    pub done: i64,
    pub all: i64,
    pub sections: Vec<Section>,
    pub review: String,
}

impl Page for ChecklistPage {
    const TEMPLATE: &'static str = "answer/index.html";
}

/// Everything about one agency's quarter that these pages read.
pub struct Sheet {
    pub case: Case,
    pub answers: Vec<AnswerRow>,
    pub queries: Vec<Query>,
    pub evidence: Vec<Evidence>,
}

/// Reads the quarter of an agency for the agency itself.
pub fn sheet(desk: &Desk, conn: &mut Conn, input: &Input) -> Result<Sheet, AppError> {
    // Drafts are the agency's own: nobody else has this page.
    if !desk.ctx.actor.role.is_of_agency() {
        return Err(AppError::Forbidden);
    }
    let case = app::case(&desk.ctx, conn, input.part("period"), input.part("agency"))?;
    let answers = store::answer::list(conn, &case.assessment)?;
    let queries = store::query::list(conn, &case.assessment)?;
    let evidence = store::evidence::list(conn, &case.assessment)?;
    Ok(Sheet {
        case,
        answers,
        queries,
        evidence,
    })
}

impl Sheet {
    fn answer(&self, code: &str) -> Option<&AnswerRow> {
        self.answers
            .iter()
            .find(|answer| answer.indicator_code == code)
    }

    /// The item that waits for the agency, if it was sent back.
    pub fn returned(&self, code: &str) -> Option<&Query> {
        self.queries
            .iter()
            .find(|query| query.indicator_code == code && query.answered_at.is_none())
    }

    /// The checklist by dimension; `current` is the indicator on the page.
    pub fn sections(
        &self,
        desk: &Desk,
        codes: (&str, &str),
        current: Option<&str>,
    ) -> Vec<Section> {
        let framework = &self.case.framework;
        let texts = FrameworkText::of(framework, desk.hall.language);
        let profile = self.case.assessment.flags();
        let mut sections = Vec::new();
        for (place, dimension) in framework.dimensions.iter().enumerate() {
            let own = framework
                .indicators
                .iter()
                .filter(|one| one.dimension == place);
            let applying: Vec<&Indicator> =
                own.filter(|one| rule::applies(one, &profile)).collect();
            let asked = applying
                .iter()
                .filter(|one| one.reported_by == ReportedBy::Agency);
            let all = asked.clone().count() as i64;
            let done = asked.filter(|one| self.answer(&one.code).is_some()).count() as i64;
            if applying.is_empty() {
                continue;
            }
            let rows = applying
                .iter()
                .map(|one| self.row(texts, one, codes, current))
                .collect();
            sections.push(Section {
                title: texts.dimension(&dimension.code),
                question: texts.question(&dimension.code),
                done,
                all,
                percent: if all == 0 { 100 } else { done * 100 / all },
                rows,
            });
        }
        sections
    }

    fn row(
        &self,
        texts: FrameworkText,
        one: &Indicator,
        codes: (&str, &str),
        current: Option<&str>,
    ) -> Row {
        let answer = self.answer(&one.code);
        let is_asked = one.reported_by == ReportedBy::Agency;
        let (state, tone, icon) = match (
            is_asked,
            self.returned(&one.code),
            answer.map(|a| a.choice.as_str()),
        ) {
            (false, ..) => (by_key(one.reported_by), "", "eye"),
            (_, Some(_), _) => ("manager-state-returned", "w", "arrow-back-up"),
            (_, None, Some("value")) => ("manager-state-answered", "o", "circle-check"),
            (_, None, Some("blank")) => ("manager-state-blank", "", "circle-check"),
            (_, None, Some(_)) => ("manager-state-na", "i", "circle-check"),
            (_, None, None) => ("manager-state-missing", "", "circle-dashed"),
        };
        Row {
            code: one.code.clone(),
            title: texts.title(&one.code),
            href: is_asked.then(|| url::answer(codes.0, codes.1, &one.code)),
            state: state.to_owned(),
            tone: tone.to_owned(),
            icon: icon.to_owned(),
            is_current: current == Some(&one.code),
            said: answer.and_then(|answer| texts.kept(one, answer.claim.as_deref())),
        }
    }

    /// The asked indicators in order.
    pub fn asked(&self) -> Vec<&Indicator> {
        let profile = self.case.assessment.flags();
        let all = self.case.framework.indicators.iter();
        all.filter(|one| rule::is_asked(one, &profile)).collect()
    }

    /// The first asked indicator without an answer.
    pub fn next_missing(&self) -> Option<&Indicator> {
        self.asked()
            .into_iter()
            .find(|one| self.answer(&one.code).is_none())
    }
}

/// Who measures what the agency does not report.
pub fn by_key(reported_by: ReportedBy) -> &'static str {
    match reported_by {
        ReportedBy::Agency => "manager-by-agency",
        ReportedBy::Auditor => "manager-by-auditor",
        ReportedBy::Survey => "manager-by-survey",
        ReportedBy::Central => "manager-by-central",
        ReportedBy::System => "manager-by-system",
    }
}

/// The index of the checklist.
pub fn index(desk: &Desk, input: &Input) -> WebResult {
    let sheet = desk.ctx.store.read(|conn| sheet(desk, conn, input))?;
    let codes = (input.part("period"), input.part("agency"));
    let sections = sheet.sections(desk, codes, None);
    desk.page(&ChecklistPage {
        period: codes.0.to_owned(),
        done: sections.iter().map(|section| section.done).sum(),
        all: sections.iter().map(|section| section.all).sum(),
        sections,
        review: url::review(codes.0, codes.1),
    })
}

/// An option of a choice.
#[derive(Clone, Debug, Serialize)]
pub struct Choose {
    pub value: String,
    pub label: String,
    pub hint: Option<String>,
}

/// One piece of evidence on the page.
#[derive(Clone, Debug, Serialize)]
pub struct EvidenceLine {
    pub id: String,
    pub kind: String,
    pub title: String,
    pub href: String,
    pub removal: String,
    pub at: chrono::NaiveDateTime,
}

/// Last quarter beside the question.
#[derive(Clone, Debug, Serialize)]
pub struct LastTime {
    pub period: String,
    pub claim: Option<String>,
    pub verdict: Option<String>,
    pub verified: Option<String>,
    pub reason: String,
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
    pub may_add_evidence: bool,
    pub is_handed_in: bool,
    pub question: Option<String>,
    pub question_due: Option<chrono::NaiveDate>,
    pub evidence: Vec<EvidenceLine>,
    pub evidence_kinds: Vec<Choose>,
    pub evidence_action: String,
    pub link: String,
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

fn page(desk: &Desk, input: &Input) -> Result<AnswerPage, AppError> {
    let codes = (input.part("period"), input.part("agency"));
    let code = input.part("indicator");
    let (sheet, last) = desk.ctx.store.read(|conn| {
        let sheet = sheet(desk, conn, input)?;
        let last = last_time(desk, conn, &sheet, code)?;
        Ok::<_, AppError>((sheet, last))
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
        may_add_evidence: may_answer && (is_open || question.is_some()),
        is_handed_in: sheet.case.assessment.is_handed_in(),
        question: question.map(|query| query.question.clone()),
        question_due: question.map(|query| query.due_on),
        evidence: evidence_lines(texts, &sheet, code, codes),
        evidence_kinds: evidence_kinds(texts, code),
        evidence_action: format!("{}/evidence", url::answer(codes.0, codes.1, code)),
        link: String::new(),
        last,
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

fn measure(indicator: &Indicator) -> &'static str {
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

fn options(texts: FrameworkText, indicator: &Indicator) -> Vec<Choose> {
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

fn evidence_lines(
    texts: FrameworkText,
    sheet: &Sheet,
    code: &str,
    codes: (&str, &str),
) -> Vec<EvidenceLine> {
    let own = sheet
        .evidence
        .iter()
        .filter(|row| row.indicator_code == code);
    own.map(|row| {
        let address = url::evidence(codes.0, codes.1, &row.id);
        EvidenceLine {
            id: row.id.clone(),
            kind: texts.evidence_kind(&row.kind),
            title: row.title.clone(),
            removal: format!("{address}/removal"),
            href: row.link.clone().unwrap_or(address),
            at: row.added_at,
        }
    })
    .collect()
}

fn evidence_kinds(texts: FrameworkText, code: &str) -> Vec<Choose> {
    let kinds = texts.evidence(code).into_iter();
    kinds
        .map(|(value, label)| Choose {
            value,
            label,
            hint: None,
        })
        .collect()
}

/// What the agency said and what was found the last time this indicator was asked.
fn last_time(
    desk: &Desk,
    conn: &mut Conn,
    sheet: &Sheet,
    code: &str,
) -> Result<Option<LastTime>, AppError> {
    let all = store::period::list(conn, desk.ctx.province())?;
    let before = all
        .into_iter()
        .find(|p| p.code < sheet.case.period.code && p.state() >= State::Final);
    let Some(before) = before else {
        return Ok(None);
    };
    let agency = &sheet.case.assessment.agency_id;
    let found = store::assessment::find(conn, &desk.ctx.actor.scope, &before.id, agency)?;
    let Some(assessment) = found else {
        return Ok(None);
    };
    let framework = desk.ctx.frameworks.of(conn, &before)?;
    let Some(indicator) = framework.indicator(code) else {
        return Ok(None);
    };
    let texts = FrameworkText::of(&framework, desk.hall.language);
    let answer = store::answer::find(conn, &assessment, code)?;
    let verdicts = store::verdict::list_current(conn, &assessment)?;
    let verdict = verdicts.into_iter().find(|row| row.indicator_code == code);
    if answer.is_none() && verdict.is_none() {
        return Ok(None);
    }
    Ok(Some(LastTime {
        period: before.code,
        claim: answer.and_then(|answer| texts.kept(indicator, answer.claim.as_deref())),
        verified: verdict
            .as_ref()
            .and_then(|row| texts.kept(indicator, row.value.as_deref())),
        reason: verdict
            .as_ref()
            .map(|row| row.reason.clone())
            .unwrap_or_default(),
        verdict: verdict.map(|row| format!("shell-verdict-{}", row.kind.replace('_', "-"))),
    }))
}

/// Saves one answer and goes on to the next.
pub fn update(desk: &Desk, input: &Input) -> WebResult {
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

/// Adds a link as evidence.
pub fn add_evidence(desk: &Desk, input: &Input) -> WebResult {
    let mut page = page(desk, input)?;
    let (period, agency) = (input.part("period"), input.part("agency"));
    let (kind, link) = (input.field("kind"), input.field("link"));
    let proof = Proof::Link(link);
    match app::evidence::add(
        &desk.ctx,
        period,
        agency,
        input.part("indicator"),
        kind,
        &proof,
    ) {
        Ok(()) => Ok(Reply::see_other(
            &page.action,
            Some("manager-evidence-added"),
        )),
        Err(AppError::Invalid(faults)) => {
            page.link = link.to_owned();
            page.problems = problems(&faults);
            desk.again(&page)
        }
        Err(error) => Err(error.into()),
    }
}

/// Takes evidence away.
pub fn remove_evidence(desk: &Desk, input: &Input) -> WebResult {
    let (period, agency) = (input.part("period"), input.part("agency"));
    let code = app::evidence::remove(&desk.ctx, period, agency, input.part("id"))?;
    Ok(Reply::see_other(
        &url::answer(period, agency, &code),
        Some("manager-evidence-removed"),
    ))
}

/// Answers a returned item.
pub fn answer_query(desk: &Desk, input: &Input) -> WebResult {
    let mut page = page(desk, input)?;
    let (period, agency) = (input.part("period"), input.part("agency"));
    let answer = input.field("answer");
    match app::query::answer(&desk.ctx, period, agency, input.part("indicator"), answer) {
        Ok(()) => Ok(Reply::see_other(
            &page.action,
            Some("manager-query-answered"),
        )),
        Err(AppError::Invalid(faults)) => {
            page.problems = problems(&faults);
            desk.again(&page)
        }
        Err(error) => Err(error.into()),
    }
}
