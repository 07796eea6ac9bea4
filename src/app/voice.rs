//! The citizen's voice: heard from whoever stands before a poster, told to those who verify. It never touches a score.

use std::collections::HashMap;

use chrono::{DateTime, Days, Duration, NaiveDate, NaiveDateTime};

use super::{AppError, Ctx, poster, session};
use crate::domain::access::Act;
use crate::domain::voice::{Earlier, Ruling, Tally, Wait, burst_since, mac, rule};
use crate::store::event::Happening;
use crate::store::poster::Poster;
use crate::store::voice::Voice;
use crate::store::{self, Conn, Tx, new_id};

/// A form is taken for so many minutes after it was opened.
const FORM_MINUTES: i64 = 120;
/// The list of voices looks back so many days.
const DAYS: u64 = 90;

/// What somebody said, and by which phone and network.
pub struct Said<'a> {
    pub was_answered: bool,
    pub wait: Wait,
    pub was_sent_to_somebody: Option<bool>,
    pub phone: &'a str,
    pub network: &'a str,
}

/// The poster that somebody stands before; a code that is not signed by it leads nowhere.
pub fn find(conn: &mut Conn, token: &str) -> Result<Poster, AppError> {
    let (id, _) = token.split_once('-').ok_or(AppError::NotFound)?;
    let found = store::poster::find(conn, id)?;
    found
        .filter(|found| poster::token(found) == token)
        .ok_or(AppError::NotFound)
}

/// What a form opened now carries back, so that nobody answers who did not open it.
pub fn ticket(of: &Poster, now: NaiveDateTime) -> String {
    let minute = now.and_utc().timestamp() / 60;
    format!(
        "{minute}.{}",
        mac(&of.secret, &format!("form {} {minute}", of.id))
    )
}

/// Whether a form was opened at this poster a short while ago.
pub fn is_ticket(of: &Poster, now: NaiveDateTime, given: &str) -> bool {
    let minute = given
        .split_once('.')
        .and_then(|(minute, _)| minute.parse::<i64>().ok());
    let Some(at) = minute.and_then(Duration::try_minutes) else {
        return false;
    };
    let Some(opened) = DateTime::UNIX_EPOCH.naive_utc().checked_add_signed(at) else {
        return false;
    };
    let age = now - opened;
    (Duration::minutes(-1)..=Duration::minutes(FORM_MINUTES)).contains(&age)
        && ticket(of, opened) == given
}

/// Hears an answer. Whoever speaks is told nothing of what becomes of it.
pub fn hear(ctx: &Ctx, of: &Poster, said: &Said) -> Result<Ruling, AppError> {
    let fresh = session::token()?;
    ctx.store.write(|tx| {
        let day = ctx.today();
        let salt = salt(tx, of, day, &fresh)?;
        let mixed = |text: &str| mac(&salt, text)[..24].to_owned();
        let (phone, network) = (mixed(said.phone), mixed(said.network));
        let earlier = store::voice::list_of_day(tx, of, day)?;
        let earlier: Vec<Earlier> = earlier.into_iter().map(earlier_of).collect();
        let ruling = rule(&earlier, ctx.now, &phone, &network);
        if matches!(ruling, Ruling::Again | Ruling::Full) {
            return Ok(ruling);
        }
        if ruling == Ruling::Burst {
            store::voice::set_apart(tx, of, burst_since(ctx.now))?;
        }
        let state = match ruling {
            Ruling::Counted => "counted",
            _ => "apart",
        };
        let voice = Voice {
            province_id: of.province_id.clone(),
            id: new_id(),
            poster_id: of.id.clone(),
            agency_id: of.agency_id.clone(),
            heard_on: day,
            heard_at: ctx.now,
            was_answered: said.was_answered,
            wait: said.wait.as_str().to_owned(),
            was_sent_to_somebody: said.was_sent_to_somebody,
            phone,
            network,
            state: state.to_owned(),
        };
        store::voice::add(tx, &voice)?;
        let what = Happening {
            action: "voice.heard",
            subject: "poster",
            subject_id: &of.id,
            agency: Some(&of.agency_id),
            body: state.to_owned(),
        };
        ctx.event(tx, &what)?;
        Ok(ruling)
    })
}

fn earlier_of(voice: Voice) -> Earlier {
    Earlier {
        at: voice.heard_at,
        phone: voice.phone,
        network: voice.network,
    }
}

/// The salt of the day. The first answer of a day brings a new one, and what was kept of yesterday's phones goes.
fn salt(tx: &mut Tx, of: &Poster, day: NaiveDate, fresh: &str) -> Result<String, AppError> {
    if let Some(salt) = store::voice::find_salt(tx, &of.province_id, day)? {
        return Ok(salt);
    }
    store::voice::begin_day(tx, &of.province_id, day, fresh)?;
    Ok(fresh.to_owned())
}

/// What people said of each agency between two days, by its id.
pub fn tallies(
    ctx: &Ctx,
    conn: &mut Conn,
    from: NaiveDate,
    to: NaiveDate,
) -> Result<HashMap<String, Tally>, AppError> {
    ctx.require(Act::SeeHandedIn)?;
    let mut all = of_province(ctx, conn, from, to)?;
    all.retain(|agency, _| ctx.actor.scope.verifies(agency));
    Ok(all)
}

/// What people said of every agency between two days, by its id: for what weighs all of them alike.
pub(super) fn of_province(
    ctx: &Ctx,
    conn: &mut Conn,
    from: NaiveDate,
    to: NaiveDate,
) -> Result<HashMap<String, Tally>, AppError> {
    let mut found: HashMap<String, Tally> = HashMap::new();
    for count in store::voice::count(conn, ctx.province(), from, to)? {
        let tally = found.entry(count.agency_id.clone()).or_default();
        if count.state != "counted" {
            tally.apart += count.count;
            continue;
        }
        let add = |to: &mut i64, is_meant: bool| *to += if is_meant { count.count } else { 0 };
        let wait = Wait::parse(&count.wait);
        add(&mut tally.all, true);
        add(&mut tally.nobody, !count.was_answered);
        add(&mut tally.waits, wait != Wait::Unsaid);
        add(&mut tally.long, matches!(wait, Wait::Hour | Wait::Longer));
        add(&mut tally.told, count.was_sent_to_somebody.is_some());
        add(&mut tally.sent, count.was_sent_to_somebody == Some(true));
    }
    Ok(found)
}

/// The days that the list of voices looks at.
pub fn lately(ctx: &Ctx) -> (NaiveDate, NaiveDate) {
    let today = ctx.today();
    let from = today.checked_sub_days(Days::new(DAYS));
    (from.unwrap_or(today), today)
}
