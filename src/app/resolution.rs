//! Resolutions: made in the meeting, reported done by their owner, closed by an auditor. Only verified closes.

use super::{AppError, Ctx, Problem, letter, period};
use crate::domain::access::Act;
use crate::domain::calendar::JalaliDate;
use crate::domain::number;
use crate::domain::resolution::{KINDS, State};
use crate::domain::text;
use crate::store::event::Happening;
use crate::store::resolution::Resolution;
use crate::store::{self, Conn, Tx, new_id};

/// The longest time a resolution may take, in working days.
const MOST_DAYS: i64 = 250;

/// What the meeting resolves, as it was typed.
pub struct Resolved<'a> {
    /// The owner's code.
    pub agency: &'a str,
    pub indicator: &'a str,
    pub kind: &'a str,
    pub text: &'a str,
    /// Working days from today.
    pub days: &'a str,
    pub letter_number: &'a str,
    /// The id of the meeting; empty outside one.
    pub meeting: &'a str,
}

/// The texts as they are kept; every problem at once.
struct Read {
    text: String,
    letter_number: String,
    days: i32,
}

impl Resolved<'_> {
    fn read(&self) -> Result<Read, Vec<Problem>> {
        let mut problems = Vec::new();
        if !KINDS.contains(&self.kind) {
            problems.push(Problem::at("kind", "problem-choose"));
        }
        let words = text::filled_note(self.text, 2_000);
        if words.is_err() {
            problems.push(Problem::at("text", "problem-reason"));
        }
        let letter = text::line(self.letter_number, 60);
        if letter.is_err() {
            problems.push(Problem::at("letter_number", "problem-text"));
        }
        let days = number::parse_whole(self.days).ok();
        let days = days.filter(|days| (1..=MOST_DAYS).contains(days));
        let days = days.and_then(|days| i32::try_from(days).ok());
        if days.is_none() {
            problems.push(Problem::at("days", "problem-days"));
        }
        match (words, letter, days) {
            (Ok(text), Ok(letter_number), Some(days)) if problems.is_empty() => Ok(Read {
                text,
                letter_number,
                days,
            }),
            _ => Err(problems),
        }
    }
}

/// Makes a resolution; its owner is told by letter. Gives its id, or nothing where this very form made one before.
pub fn make(ctx: &Ctx, of: &Resolved) -> Result<Option<String>, AppError> {
    ctx.require(Act::Resolve)?;
    let read = of.read();
    ctx.store.write(|tx| {
        let agency = store::agency::find_by_code(tx, ctx.province(), of.agency)?;
        let mut problems = read.as_ref().err().cloned().unwrap_or_default();
        if agency.is_none() {
            problems.insert(0, Problem::at("agency", "problem-choose"));
        }
        let known =
            of.indicator.is_empty() || indicators(ctx, tx)?.contains(&of.indicator.to_owned());
        if !known {
            problems.push(Problem::at("indicator", "problem-choose"));
        }
        let (Ok(read), Some(agency), true) = (&read, agency, problems.is_empty()) else {
            return Err(AppError::Invalid(problems));
        };
        if !ctx.is_first(tx, "resolution.made")? {
            return Ok(None);
        }
        let meeting = match of.meeting {
            "" => None,
            id => Some(store::meeting::find(tx, ctx.province(), id)?.ok_or(AppError::NotFound)?),
        };
        let row = Resolution {
            meeting_id: meeting.map(|meeting| meeting.id),
            agency_id: agency.id,
            indicator_code: Some(of.indicator.to_owned()).filter(|code| !code.is_empty()),
            kind: of.kind.to_owned(),
            text: read.text.clone(),
            letter_number: read.letter_number.clone(),
            due_on: period::due(ctx, tx, read.days)?,
            ..blank(ctx, tx)?
        };
        store::resolution::add(tx, &row)?;
        log(ctx, tx, "resolution.made", &row, row.number.clone())?;
        let due = row.due_on.to_string();
        let details = [
            ("number", row.number.as_str()),
            ("due", due.as_str()),
            ("id", row.id.as_str()),
        ];
        letter::write_to_agency(ctx, tx, &row.agency_id, "resolution-made", &details)?;
        Ok(Some(row.id))
    })
}

/// A new resolution with its number and nothing else.
fn blank(ctx: &Ctx, tx: &mut Tx) -> Result<Resolution, AppError> {
    let year = JalaliDate::of(ctx.today()).year();
    let count = store::resolution::count_of_year(tx, ctx.province(), year)?;
    Ok(Resolution {
        province_id: ctx.province().to_owned(),
        id: new_id(),
        number: format!("{year}/{}", count + 1),
        meeting_id: None,
        agency_id: String::new(),
        indicator_code: None,
        kind: String::new(),
        text: String::new(),
        letter_number: String::new(),
        made_on: ctx.today(),
        due_on: ctx.today(),
        state: State::Open.as_str().to_owned(),
        made_by: ctx.actor.user.clone(),
        made_at: ctx.now,
        report: String::new(),
        reported_by: None,
        reported_at: None,
        answer: String::new(),
        answered_by: None,
        answered_at: None,
        version: 1,
    })
}

/// The indicators that a resolution may be about: those of the newest framework.
pub fn indicators(ctx: &Ctx, conn: &mut Conn) -> Result<Vec<String>, AppError> {
    let newest = store::period::list(conn, ctx.province())?
        .into_iter()
        .next();
    let Some(newest) = newest else {
        return Ok(Vec::new());
    };
    let framework = ctx.frameworks.of(conn, &newest)?;
    let all = framework.indicators.iter();
    Ok(all.map(|indicator| indicator.code.clone()).collect())
}

fn log(
    ctx: &Ctx,
    tx: &mut Tx,
    action: &str,
    of: &Resolution,
    body: String,
) -> Result<(), AppError> {
    let what = Happening {
        action,
        subject: "resolution",
        subject_id: &of.id,
        agency: Some(&of.agency_id),
        body,
    };
    ctx.event(tx, &what)
}

/// The resolution of that id, as far as the actor may know of it.
pub fn find(ctx: &Ctx, conn: &mut Conn, id: &str) -> Result<Resolution, AppError> {
    ctx.require(Act::SeeResolutions)?;
    let found = store::resolution::find(conn, &ctx.actor.scope, id)?;
    found.ok_or(AppError::NotFound)
}

/// The owner reports it done, and says what was done and where it is written.
pub fn report(ctx: &Ctx, id: &str, report: &str) -> Result<(), AppError> {
    ctx.require(Act::ReportDone)?;
    ctx.store.write(|tx| {
        let mut row = find(ctx, tx, id)?;
        let report = text::filled_note(report, 4_000)
            .map_err(|_| AppError::Invalid(vec![Problem::at("report", "problem-reason")]))?;
        if !ctx.is_first(tx, "resolution.reported")? {
            return Ok(());
        }
        if row.state() != State::Open {
            return Err(AppError::Refused("refused-resolution-reported"));
        }
        State::Reported.as_str().clone_into(&mut row.state);
        row.report = report;
        row.reported_by = Some(ctx.actor.user.clone());
        row.reported_at = Some(ctx.now);
        store::resolution::set_state(tx, &row)?;
        log(ctx, tx, "resolution.reported", &row, row.number.clone())
    })
}

/// An auditor found it done and closes it, or gives it back with the reason. Nobody does so for their own agency.
pub fn verify(ctx: &Ctx, id: &str, is_done: bool, answer: &str) -> Result<(), AppError> {
    ctx.require(Act::Judge)?;
    ctx.store.write(|tx| {
        let mut row = find(ctx, tx, id)?;
        if !ctx.actor.scope.verifies(&row.agency_id) {
            return Err(AppError::NotFound);
        }
        let answer = text::filled_note(answer, 4_000)
            .map_err(|_| AppError::Invalid(vec![Problem::at("answer", "problem-reason")]))?;
        let roles = store::user::list_roles(tx, ctx.province(), &ctx.actor.user)?;
        if roles
            .iter()
            .any(|role| role.agency_id.as_ref() == Some(&row.agency_id))
        {
            return Err(AppError::Refused("refused-own-agency"));
        }
        if !ctx.is_first(tx, "resolution.verified")? {
            return Ok(());
        }
        if row.state() != State::Reported {
            return Err(AppError::Refused("refused-resolution-not-reported"));
        }
        let state = if is_done {
            State::Verified
        } else {
            State::Open
        };
        state.as_str().clone_into(&mut row.state);
        row.answer = answer;
        row.answered_by = Some(ctx.actor.user.clone());
        row.answered_at = Some(ctx.now);
        store::resolution::set_state(tx, &row)?;
        let action = if is_done {
            "resolution.verified"
        } else {
            "resolution.returned"
        };
        log(ctx, tx, action, &row, row.number.clone())
    })
}
