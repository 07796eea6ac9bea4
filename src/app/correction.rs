//! Corrections: what was published stays; what should have been goes into the next edition, with its reason, by two people.

use super::edition::{Shelf, shelf};
use super::{AppError, Ctx, Problem, returns, score};
use crate::domain::access::Act;
use crate::domain::edition::{Moved, RESULTS, moved, result_lines};
use crate::domain::json;
use crate::domain::returns::{self as file, Answer, Returns, Value, Verdict};
use crate::domain::text;
use crate::store::correction::Correction;
use crate::store::edition::Edition;
use crate::store::event::Happening;
use crate::store::score::ResultRow;
use crate::store::{self, Conn, StoreError, Tx, new_id};

/// What an officer says should have been.
pub struct Should<'a> {
    pub agency: &'a str,
    pub indicator: &'a str,
    pub verdict: Verdict,
    pub reason: &'a str,
}

fn broken() -> AppError {
    AppError::Store(StoreError::Broken(
        "a stored result is not whole".to_owned(),
    ))
}

/// Corrections that wait are read by those who publish.
pub fn require_reader(ctx: &Ctx) -> Result<(), AppError> {
    ctx.require(Act::Finalise)
}

/// The planning office says what should have been.
pub fn require_opener(ctx: &Ctx) -> Result<(), AppError> {
    ctx.require(Act::Administer)
}

/// The newest final result of the quarter, as it was scored.
pub fn scored(ctx: &Ctx, conn: &mut Conn, shelf: &Shelf) -> Result<Returns, AppError> {
    let result = newest(ctx, conn, shelf)?;
    let framework = ctx.frameworks.of(conn, &shelf.period)?;
    returns::stored(&framework, &result).ok_or_else(broken)
}

fn newest(ctx: &Ctx, conn: &mut Conn, shelf: &Shelf) -> Result<ResultRow, AppError> {
    let found = store::score::find_latest(conn, ctx.province(), &shelf.period.id, "final")?;
    found.ok_or(AppError::NotFound)
}

/// What an agency claimed of an indicator, in returns.
pub fn claim(of: &Returns, agency: &str, indicator: &str) -> Option<Value> {
    answer(of, agency, indicator)?.claim
}

/// What an agency's returns say of an indicator.
pub fn answer<'r>(of: &'r Returns, agency: &str, indicator: &str) -> Option<&'r Answer> {
    let agency = of.agencies.iter().find(|one| one.code == agency)?;
    let mut answers = agency.answers.iter();
    answers.find(|answer| answer.indicator == indicator)
}

/// The returns with every open correction in them.
pub fn corrected(mut returns: Returns, open: &[Correction]) -> Option<Returns> {
    for one in open {
        let framework = returns.framework.clone();
        let indicator = framework.indicator(&one.indicator_code)?;
        let claim = claim(&returns, &one.agency_code, &one.indicator_code);
        let verdict = json::read(one.verdict.as_bytes())?;
        let verdict = file::read_verdict(&verdict, indicator, claim)?;
        let mut agencies = returns.agencies.iter_mut();
        let agency = agencies.find(|agency| agency.code == one.agency_code)?;
        let mut known = agency.answers.iter_mut();
        match known.find(|answer| answer.indicator == one.indicator_code) {
            Some(answer) => answer.verdict = Some(verdict),
            None => agency.answers.push(Answer {
                indicator: one.indicator_code.clone(),
                claim: None,
                verdict: Some(verdict),
            }),
        }
    }
    Some(returns)
}

/// Whose score or place the open corrections would move.
pub fn preview(ctx: &Ctx, conn: &mut Conn, shelf: &Shelf) -> Result<Vec<Moved>, AppError> {
    let published = shelf.editions.iter().find(|one| one.published_at.is_some());
    let (Some(published), false) = (published, shelf.corrections.is_empty()) else {
        return Ok(Vec::new());
    };
    let before = store::edition::find_file(conn, published, RESULTS)?.unwrap_or_default();
    let after = corrected(scored(ctx, conn, shelf)?, &shelf.corrections).ok_or_else(broken)?;
    Ok(moved(before.as_bytes(), &result_lines(&after)))
}

/// Says what should have been. Agencies named in it are marked as under review until the next edition.
pub fn open(ctx: &Ctx, period: &str, should: &Should) -> Result<(), AppError> {
    ctx.require(Act::Administer)?;
    let reason = text::filled_note(should.reason, 1_000)
        .map_err(|_| AppError::Invalid(vec![Problem::at("reason", "problem-reason")]))?;
    ctx.store.write(|tx| {
        let shelf = shelf(ctx, tx, period)?;
        if !ctx.is_first(tx, "correction.opened")? {
            return Ok(());
        }
        if shelf.editions.iter().any(|one| one.published_at.is_none()) {
            return Err(AppError::Refused("refused-edition-waits"));
        }
        if shelf.editions.is_empty() {
            return Err(AppError::Refused("refused-nothing-published"));
        }
        require_possible(&scored(ctx, tx, &shelf)?, &shelf, should)?;
        let row = Correction {
            province_id: ctx.province().to_owned(),
            id: new_id(),
            period_id: shelf.period.id.clone(),
            agency_code: should.agency.to_owned(),
            indicator_code: should.indicator.to_owned(),
            verdict: should.verdict.to_json().canonical(),
            reason: reason.clone(),
            opened_by: ctx.actor.user.clone(),
            opened_at: ctx.now,
            state: "open".to_owned(),
            closed_at: None,
        };
        store::correction::add(tx, &row)?;
        log(ctx, tx, &row, "correction.opened")
    })
}

/// What may be corrected: an agency and an indicator of the result, once, by a verdict that may stand there.
fn require_possible(returns: &Returns, shelf: &Shelf, should: &Should) -> Result<(), AppError> {
    let mut problems = Vec::new();
    let (agency, code) = (should.agency, should.indicator);
    if returns.agencies.iter().all(|one| one.code != agency) {
        problems.push(Problem::at("agency", "problem-choose"));
    }
    match returns.framework.indicator(code) {
        None => problems.push(Problem::at("indicator", "problem-choose")),
        Some(indicator) => {
            let claim = claim(returns, agency, code);
            if !file::check(indicator, claim, &should.verdict).is_empty() {
                problems.push(Problem::at("kind", "problem-verdict-not-here"));
            }
        }
    }
    let mut open = shelf.corrections.iter();
    if open.any(|one| one.agency_code == agency && one.indicator_code == code) {
        problems.push(Problem::at("indicator", "problem-corrected"));
    }
    if problems.is_empty() {
        return Ok(());
    }
    Err(AppError::Invalid(problems))
}

/// Takes a correction back before it is published.
pub fn withdraw(ctx: &Ctx, period: &str, id: &str) -> Result<(), AppError> {
    ctx.require(Act::Administer)?;
    ctx.store.write(|tx| {
        let shelf = shelf(ctx, tx, period)?;
        let own = shelf.corrections.iter().find(|one| one.id == id);
        let own = own.ok_or(AppError::NotFound)?;
        if shelf.editions.iter().any(|one| one.published_at.is_none()) {
            return Err(AppError::Refused("refused-edition-waits"));
        }
        store::correction::close(tx, own, "withdrawn", ctx.now)?;
        log(ctx, tx, own, "correction.withdrawn")
    })
}

/// Scores the quarter with its corrections, and gives the edition that publishes them its result.
pub(super) fn publish(
    ctx: &Ctx,
    tx: &mut Tx,
    shelf: &Shelf,
    of: &Edition,
) -> Result<Option<String>, AppError> {
    if shelf.corrections.is_empty() {
        return Ok(None);
    }
    let returns = corrected(scored(ctx, tx, shelf)?, &shelf.corrections).ok_or_else(broken)?;
    score::keep(ctx, tx, &shelf.period, "final", returns)?;
    let result = newest(ctx, tx, shelf)?;
    store::edition::set_result(tx, of, &result.id)?;
    for one in &shelf.corrections {
        store::correction::close(tx, one, "published", ctx.now)?;
    }
    Ok(Some(result.id))
}

fn log(ctx: &Ctx, tx: &mut Tx, of: &Correction, action: &str) -> Result<(), AppError> {
    let what = Happening {
        action,
        subject: "correction",
        subject_id: &of.id,
        agency: None,
        body: format!("{} {} {}", of.agency_code, of.indicator_code, of.verdict),
    };
    ctx.event(tx, &what)
}
