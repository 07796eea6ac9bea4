//! Sheets of visits come in: from the phone, by the form of the page, or from a file. Each arrives once, and what has
//! arrived is kept word for word, whatever became of it.

use chrono::{Duration, NaiveDateTime};

use super::plan::{self, Errand};
use super::visit::{self, Observation, Seen};
use super::{AppError, Ctx, Problem, verdict};
use crate::domain::access::Act;
use crate::domain::json::Json;
use crate::domain::period::State;
use crate::domain::sheet::{self, Fields, READ, Sheet};
use crate::domain::text;
use crate::store::sheet::{RECORDED, SheetRow};
use crate::store::{self, Tx};

/// How long all fields of a sheet may be together.
const MOST_BYTES: usize = 60_000;

/// A sheet as it was sent.
pub struct Sent<'a> {
    /// The id the phone gave it when it was begun; the same id twice is the same sheet.
    pub id: &'a str,
    pub version: i32,
    pub fields: &'a Fields,
    /// What the phone's clock says now.
    pub phone_clock: Option<NaiveDateTime>,
    /// It was locked on a phone: it cannot be mended any more, so it is kept even where it does not count.
    pub is_locked: bool,
}

/// Takes a sheet in. Sent again it answers as before.
pub fn receive(ctx: &Ctx, plan: &str, sent: &Sent) -> Result<SheetRow, AppError> {
    ctx.require(Act::Visit)?;
    let body = body(sent.fields);
    ctx.store.write(|tx| {
        let errand = plan::find_any(ctx, tx, plan)?;
        if let Some(known) = store::sheet::find(tx, ctx.province(), sent.id)? {
            let is_same = known.plan_id == errand.plan.id && known.sent_by == ctx.actor.user;
            return if is_same {
                Ok(known)
            } else {
                Err(AppError::Conflict)
            };
        }
        if !errand.plan.goes(&ctx.actor.user) {
            return Err(AppError::Refused("refused-plan-not-yours"));
        }
        verdict::refuse_own_agency(ctx, tx, &errand.case)?;
        let is_id = sent.id.len() == 32 && sent.id.bytes().all(|byte| byte.is_ascii_hexdigit());
        if !is_id || body.len() > MOST_BYTES {
            return Err(AppError::Refused("refused-sheet-form"));
        }
        let shift = sheet::behind(sent.phone_clock, ctx.now);
        let mut row = row(ctx, &errand, sent, &body);
        match fate(ctx, tx, &errand, sent, shift)? {
            Fate::Kept { outcome, reason } => {
                (row.outcome, row.reason) = (outcome.to_owned(), reason.to_owned());
            }
            Fate::Recorded(sheet) => {
                row.visit_id = Some(record(ctx, tx, &errand, &sheet)?);
            }
        }
        store::sheet::add(tx, &row)?;
        let said = format!("{} {} {}", row.id, row.outcome, row.reason);
        let what = errand
            .case
            .happening("sheet.received", said.trim_end().to_owned());
        ctx.event(tx, &what)?;
        Ok(row)
    })
}

/// What becomes of a sheet.
enum Fate {
    /// A visit is recorded from it.
    Recorded(Box<Sheet>),
    /// It is kept, and does not count.
    Kept {
        outcome: &'static str,
        reason: &'static str,
    },
}

fn fate(
    ctx: &Ctx,
    tx: &mut Tx,
    errand: &Errand,
    sent: &Sent,
    shift: Option<Duration>,
) -> Result<Fate, AppError> {
    let kept = |outcome, reason| Ok(Fate::Kept { outcome, reason });
    let said = match () {
        () if !READ.contains(&sent.version) => Some(("version", "refused-sheet-version")),
        () if errand.case.period.state() >= State::Final => Some(("late", "refused-final")),
        () if errand.plan.withdrawn_at.is_some() => Some(("late", "refused-plan-withdrawn")),
        () if errand.recorded().is_some() => Some(("conflict", "refused-sheet-conflict")),
        () => None,
    };
    if let Some((outcome, reason)) = said {
        // By the form of a page nothing is typed that could be lost: the page says what is the matter.
        return match sent.is_locked {
            true => kept(outcome, reason),
            false => Err(AppError::Refused(reason)),
        };
    }
    let problems = match sheet::read(sent.fields, ctx.offset, shift) {
        Ok(sheet) => {
            let problems = problems(ctx, tx, errand, &sheet)?;
            if problems.is_empty() {
                return Ok(Fate::Recorded(Box::new(sheet)));
            }
            problems
        }
        Err(faults) => {
            let at = |(field, key): (&'static str, _)| Problem::at(field, key);
            faults.into_iter().map(at).collect()
        }
    };
    match problems.first() {
        Some(first) if sent.is_locked => kept("unfit", first.key),
        _ => Err(AppError::Invalid(problems)),
    }
}

/// What is wrong with what a sheet says.
fn problems(
    ctx: &Ctx,
    tx: &mut Tx,
    errand: &Errand,
    sheet: &Sheet,
) -> Result<Vec<Problem>, AppError> {
    let seen = seen(ctx, errand, sheet);
    let mut problems = visit::problems(ctx, &errand.case.period.code, &seen);
    if !visit::is_working(ctx, tx, sheet.visited_on)? {
        problems.push(Problem::at("visited_on", "problem-visit-holiday"));
    }
    let counts = sheet.counts.iter().map(|(_, value)| value.as_str());
    let lines = [sheet.host_name.as_str()].into_iter().chain(counts);
    if lines.into_iter().any(|line| text::line(line, 300).is_err()) {
        problems.push(Problem::at("host_name", "problem-text"));
    }
    for (field, note) in [
        ("minutes", &sheet.minutes),
        ("host_remarks", &sheet.host_remarks),
    ] {
        if text::note(note, 4_000).is_err() {
            problems.push(Problem::at(field, "problem-text"));
        }
    }
    Ok(problems)
}

fn seen<'a>(ctx: &Ctx, errand: &'a Errand, sheet: &'a Sheet) -> Seen<'a> {
    let look = |look: sheet::Look| Observation {
        at: look.at,
        is_answered: look.is_answered,
    };
    Seen {
        is_unannounced: errand.plan.is_unannounced,
        visited_on: sheet.visited_on,
        county: errand.plan.county_code.as_deref(),
        first: sheet.first.map(look),
        second: sheet.second.map(look),
        is_obstructed: sheet.is_obstructed,
        desk_exists: !sheet.is_desk_missing,
        excuse: sheet.excuse.as_deref(),
        minutes: &sheet.minutes,
        second_auditor: Some(errand.plan.partner_of(&ctx.actor.user)),
    }
}

/// Records the visit of a sheet; the claims were covered until now.
fn record(ctx: &Ctx, tx: &mut Tx, errand: &Errand, sheet: &Sheet) -> Result<String, AppError> {
    let minutes = text::note(&sheet.minutes, 4_000).unwrap_or_default();
    let row = visit::row(ctx, &errand.case, &seen(ctx, errand, sheet), &minutes);
    store::visit::add(tx, &row)?;
    let mut body = format!("{} {} {}", row.id, visit::outcome(&row), errand.plan.id);
    if !errand.plan.indicators.is_empty() {
        body.push_str(" covered");
    }
    ctx.event(tx, &errand.case.happening("visit.recorded", body))?;
    Ok(row.id)
}

fn row(ctx: &Ctx, errand: &Errand, sent: &Sent, body: &str) -> SheetRow {
    SheetRow {
        province_id: ctx.province().to_owned(),
        id: sent.id.to_owned(),
        plan_id: errand.plan.id.clone(),
        version: sent.version,
        body: body.to_owned(),
        phone_clock: sent.phone_clock,
        received_at: ctx.now,
        sent_by: ctx.actor.user.clone(),
        outcome: RECORDED.to_owned(),
        reason: String::new(),
        visit_id: None,
    }
}

/// The fields as they are kept.
fn body(fields: &Fields) -> String {
    let members = fields
        .iter()
        .map(|(name, value)| (name.clone(), Json::text(value)));
    Json::Object(members.collect()).line()
}

/// The fields of a sheet that was kept.
pub fn fields(row: &SheetRow) -> Fields {
    let json = crate::domain::json::read(row.body.as_bytes());
    let Some(Json::Object(members)) = json else {
        return Fields::new();
    };
    let text = |(name, value): (String, Json)| Some((name, value.as_text()?.to_owned()));
    members.into_iter().filter_map(text).collect()
}
