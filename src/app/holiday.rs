//! Official holidays: data that the planning office enters and verifies. Dates that were told stay as they were told.

use chrono::NaiveDate;

use super::period::holidays;
use super::{AppError, Ctx, Problem};
use crate::domain::access::Act;
use crate::domain::calendar::{JalaliDate, Quarter, RoundDates, RoundSettings};
use crate::domain::period::State;
use crate::domain::text;
use crate::store::event::Happening;
use crate::store::province::Holiday;
use crate::store::{self, Conn, Tx};

/// What an officer typed.
pub struct Entry<'a> {
    pub day: &'a str,
    pub title_fa: &'a str,
    pub title_en: &'a str,
    /// Checked against the official calendar.
    pub is_verified: bool,
}

/// Whether a change leaves a period with other dates than the calendar would now give it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Touched {
    No,
    /// Its dates stay: they were told to the agencies.
    RunningPeriod,
}

/// Enters a holiday, or enters it anew.
pub fn enter(ctx: &Ctx, entry: &Entry) -> Result<Touched, AppError> {
    ctx.require(Act::Administer)?;
    let mut problems = Vec::new();
    let day = JalaliDate::parse(entry.day);
    if day.is_err() {
        problems.push(Problem::at("day", "problem-date"));
    }
    let title_fa = text::filled_line(entry.title_fa, 120);
    if title_fa.is_err() {
        problems.push(Problem::at("title_fa", "problem-title"));
    }
    let title_en = text::line(entry.title_en, 120);
    if title_en.is_err() {
        problems.push(Problem::at("title_en", "problem-text"));
    }
    let (Ok(day), Ok(title_fa), Ok(title_en)) = (day, title_fa, title_en) else {
        return Err(AppError::Invalid(problems));
    };
    let row = Holiday {
        province_id: ctx.province().to_owned(),
        day: day.gregorian(),
        title_en: if title_en.is_empty() {
            title_fa.clone()
        } else {
            title_en
        },
        title_fa,
        is_verified: entry.is_verified,
    };
    change(ctx, "holiday.entered", row.day, |tx| {
        Ok(store::province::set_holiday(tx, &row)?)
    })
}

/// Says that a holiday was checked against the official calendar.
pub fn verify(ctx: &Ctx, day: &str) -> Result<Touched, AppError> {
    let day = there(ctx, day)?;
    change(ctx, "holiday.verified", day, |tx| {
        Ok(store::province::set_holiday_verified(
            tx,
            ctx.province(),
            day,
        )?)
    })
}

/// Takes a holiday away that is none.
pub fn remove(ctx: &Ctx, day: &str) -> Result<Touched, AppError> {
    let day = there(ctx, day)?;
    change(ctx, "holiday.removed", day, |tx| {
        Ok(store::province::remove_holiday(tx, ctx.province(), day)?)
    })
}

/// A day that is a holiday now.
fn there(ctx: &Ctx, day: &str) -> Result<NaiveDate, AppError> {
    ctx.require(Act::Administer)?;
    let day = JalaliDate::parse(day).map_err(|_| AppError::NotFound)?;
    let known = ctx.store.read(|conn| holidays(ctx, conn))?;
    Some(day.gregorian())
        .filter(|day| known.contains(*day))
        .ok_or(AppError::NotFound)
}

/// One change of the calendar with its event; says whether a running period would be laid otherwise now.
fn change(
    ctx: &Ctx,
    action: &str,
    day: NaiveDate,
    deed: impl Fn(&mut Tx) -> Result<(), AppError>,
) -> Result<Touched, AppError> {
    ctx.store.write(|tx| {
        let before = laid(ctx, tx)?;
        if !ctx.is_first(tx, action)? {
            return Ok(Touched::No);
        }
        deed(tx)?;
        let what = Happening {
            action,
            subject: "holiday",
            subject_id: &day.to_string(),
            agency: None,
            body: JalaliDate::of(day).slash_latin(),
        };
        ctx.event(tx, &what)?;
        let is_same = laid(ctx, tx)? == before;
        Ok(if is_same {
            Touched::No
        } else {
            Touched::RunningPeriod
        })
    })
}

/// The dates that the calendar gives to the periods that run.
fn laid(ctx: &Ctx, conn: &mut Conn) -> Result<Vec<RoundDates>, AppError> {
    let known = holidays(ctx, conn)?;
    let all = store::period::list(conn, ctx.province())?.into_iter();
    let running = all.filter(|period| {
        (State::Planned..State::Final).contains(&period.state()) && !period.is_imported
    });
    let quarters = running.filter_map(|period| Quarter::parse(&period.code).ok());
    Ok(quarters
        .map(|quarter| RoundDates::lay(quarter, &known, &RoundSettings::default()))
        .collect())
}
