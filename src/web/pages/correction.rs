//! Corrections of a published quarter: what should have been and why, and whom it would move.

use serde::Serialize;

use super::claim::Choose;
use super::framework_text::FrameworkText;
use super::verdict_form::{self, VerdictForm};
use super::{form_key, period, problems};
use crate::app::correction::{self, Should};
use crate::app::edition::{self, Shelf};
use crate::app::{AppError, Problem as Fault};
use crate::domain::edition::Moved;
use crate::domain::json;
use crate::domain::returns::{self, Returns};
use crate::store;
use crate::store::agency::Agency;
use crate::store::correction::Correction;
use crate::web::desk::Desk;
use crate::web::error::WebResult;
use crate::web::form::Input;
use crate::web::render::{Page, Problem};
use crate::web::reply::Reply;
use crate::web::url;

/// One correction that waits for its edition.
#[derive(Clone, Debug, Serialize)]
pub struct CorrectionLine {
    pub agency: String,
    pub indicator: String,
    pub was: String,
    pub should: String,
    pub reason: String,
    pub withdrawal: String,
}

/// Whom the corrections move.
#[derive(Clone, Debug, Serialize)]
pub struct MovedLine {
    pub agency: String,
    pub score_c: [Option<i64>; 2],
    pub rank: [Option<i64>; 2],
}

/// The form for what should have been.
#[derive(Clone, Debug, Serialize)]
pub struct ShouldForm {
    pub agency: String,
    pub indicator: String,
    pub was: String,
    pub form: VerdictForm,
}

/// The page.
#[derive(Serialize)]
pub struct CorrectionsPage {
    pub key: String,
    pub title: String,
    pub editions: String,
    pub action: String,
    pub lines: Vec<CorrectionLine>,
    pub moved: Vec<MovedLine>,
    pub agencies: Vec<Choose>,
    pub indicators: Vec<Choose>,
    pub agency: String,
    pub indicator: String,
    pub should: Option<ShouldForm>,
    pub reason: String,
    pub may_open: bool,
    pub problems: Vec<Problem>,
}

impl Page for CorrectionsPage {
    const TEMPLATE: &'static str = "edition/corrections.html";
}

/// What the page is printed from.
struct Table<'d> {
    desk: &'d Desk<'d>,
    shelf: Shelf,
    returns: Returns,
    moved: Vec<Moved>,
    agencies: Vec<Agency>,
}

impl Table<'_> {
    fn texts(&self) -> FrameworkText<'_> {
        FrameworkText::of(&self.returns.framework, self.desk.hall.language)
    }

    fn name(&self, code: &str) -> String {
        let found = self.agencies.iter().find(|one| one.code == code);
        let name = found.map(|one| self.desk.choose(&one.name_fa, &one.name_en));
        name.unwrap_or(code).to_owned()
    }

    /// The verdict that was published, in words.
    fn was(&self, agency: &str, code: &str) -> String {
        let answer = correction::answer(&self.returns, agency, code);
        let indicator = self.returns.framework.indicator(code);
        let said = answer.and_then(|answer| {
            let verdict = answer.verdict.as_ref()?;
            Some(self.texts().verdict(indicator?, answer.claim, verdict))
        });
        said.unwrap_or_else(|| self.texts().say("correction-nothing-was"))
    }

    fn line(&self, of: &Correction) -> CorrectionLine {
        let (agency, code) = (of.agency_code.as_str(), of.indicator_code.as_str());
        let claim = correction::claim(&self.returns, agency, code);
        let indicator = self.returns.framework.indicator(code);
        let should = indicator.and_then(|indicator| {
            let verdict = json::read(of.verdict.as_bytes())?;
            let verdict = returns::read_verdict(&verdict, indicator, claim)?;
            Some(self.texts().verdict(indicator, claim, &verdict))
        });
        CorrectionLine {
            agency: self.name(agency),
            indicator: self.texts().title(code),
            was: self.was(agency, code),
            should: should.unwrap_or_default(),
            reason: of.reason.clone(),
            withdrawal: format!(
                "{}/{}/withdrawal",
                url::corrections(&self.shelf.period.code),
                of.id
            ),
        }
    }

    fn should(&self, agency: &str, code: &str, input: &Input) -> Option<ShouldForm> {
        let indicator = self.returns.framework.indicator(code)?;
        self.returns
            .agencies
            .iter()
            .find(|one| one.code == agency)?;
        let claim = correction::claim(&self.returns, agency, code);
        let language = self.desk.hall.language;
        let mut form = VerdictForm::of(self.texts(), language, indicator, claim);
        if !input.field("kind").is_empty() {
            form.keep(input);
        }
        Some(ShouldForm {
            agency: self.name(agency),
            indicator: self.texts().title(code),
            was: self.was(agency, code),
            form,
        })
    }
}

fn table<'d>(desk: &'d Desk<'d>, input: &Input) -> Result<Table<'d>, AppError> {
    let ctx = &desk.ctx;
    correction::require_reader(ctx)?;
    ctx.store.read(|conn| {
        let shelf = edition::shelf(ctx, conn, input.part("period"))?;
        Ok(Table {
            desk,
            returns: correction::scored(ctx, conn, &shelf)?,
            moved: correction::preview(ctx, conn, &shelf)?,
            agencies: store::agency::list(conn, ctx.province())?,
            shelf,
        })
    })
}

fn page(desk: &Desk, input: &Input, faults: &[Fault]) -> Result<CorrectionsPage, AppError> {
    let table = table(desk, input)?;
    let asked = |name: &str| {
        let typed = input.field(name);
        let asked = input.query.get(name).map_or("", String::as_str);
        if typed.is_empty() { asked } else { typed }.to_owned()
    };
    let (agency, indicator) = (asked("agency"), asked("indicator"));
    let code = &table.shelf.period.code;
    let choice = |value: &str, label: String| Choose {
        value: value.to_owned(),
        label,
        hint: None,
    };
    let listed = table.returns.agencies.iter();
    let indicators = table.returns.framework.indicators.iter();
    let editions = &table.shelf.editions;
    let is_waiting = editions.iter().any(|one| one.published_at.is_none());
    Ok(CorrectionsPage {
        key: form_key(),
        title: period::title(desk, code),
        editions: url::editions(code),
        action: url::corrections(code),
        lines: table
            .shelf
            .corrections
            .iter()
            .map(|one| table.line(one))
            .collect(),
        moved: table
            .moved
            .iter()
            .map(|one| MovedLine {
                agency: table.name(&one.agency),
                score_c: one.score_c,
                rank: one.rank,
            })
            .collect(),
        agencies: listed
            .map(|one| choice(&one.code, table.name(&one.code)))
            .collect(),
        indicators: indicators
            .map(|one| {
                choice(
                    &one.code,
                    format!("{} {}", one.code, table.texts().title(&one.code)),
                )
            })
            .collect(),
        should: table.should(&agency, &indicator, input),
        agency,
        indicator,
        reason: input.field("reason").to_owned(),
        may_open: !is_waiting && !editions.is_empty(),
        problems: problems(faults),
    })
}

/// Shows what waits to be corrected, and the form for more.
pub fn index(desk: &Desk, input: &Input) -> WebResult {
    desk.page(&page(desk, input, &[])?)
}

/// Says what should have been.
pub fn create(desk: &Desk, input: &Input) -> WebResult {
    let done = said(desk, input);
    let to = url::corrections(input.part("period"));
    match done {
        Ok(()) => Ok(Reply::see_other(&to, Some("correction-opened"))),
        Err(AppError::Invalid(faults)) => desk.again(&page(desk, input, &faults)?),
        Err(error) => Err(error.into()),
    }
}

fn said(desk: &Desk, input: &Input) -> Result<(), AppError> {
    correction::require_opener(&desk.ctx)?;
    let table = table(desk, input)?;
    let code = input.field("indicator");
    let indicator = table.returns.framework.indicator(code);
    let indicator = indicator
        .ok_or_else(|| AppError::Invalid(vec![Fault::at("indicator", "problem-choose")]))?;
    let should = Should {
        agency: input.field("agency"),
        indicator: code,
        verdict: verdict_form::read(indicator, input)?,
        reason: input.field("reason"),
    };
    correction::open(&desk.ctx, input.part("period"), &should)
}

/// Takes one back.
pub fn remove(desk: &Desk, input: &Input) -> WebResult {
    correction::withdraw(&desk.ctx, input.part("period"), input.part("id"))?;
    let to = url::corrections(input.part("period"));
    Ok(Reply::see_other(&to, Some("correction-withdrawn")))
}
