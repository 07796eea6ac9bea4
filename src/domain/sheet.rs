//! The sheet of a visit: what a version of its form means. A sheet says in which version it was filled in, and is read so.

use std::collections::BTreeMap;

use chrono::{Datelike, Duration, NaiveDate, NaiveDateTime};

use super::calendar::{JalaliDate, LocalOffset, parse_clock};
use super::number::to_latin;

/// The version of the form that is handed out now.
pub const VERSION: i32 = 1;
/// The versions that are still read.
pub const READ: [i32; 1] = [1];
/// What a desk may be equipped with, in the order of the form.
pub const EQUIPMENT: [&str; 6] = ["desk", "computer", "board", "queue", "payment", "ramp"];
/// What the agency's representative said at departure.
pub const HOST: [&str; 3] = ["agrees", "objects", "absent"];
/// A phone's clock that is off by less is right.
const SLACK: Duration = Duration::minutes(2);

/// The years in which a visit can have been; a phone that says another one says nothing.
const YEARS: std::ops::RangeInclusive<i32> = 2000..=2100;

/// A moment as a phone notes it, in UTC; none where it is no moment or in no year of ours.
pub fn moment(typed: &str) -> Option<NaiveDateTime> {
    let noted = NaiveDateTime::parse_from_str(typed, "%Y-%m-%dT%H:%M:%S%.fZ").ok()?;
    YEARS.contains(&noted.year()).then_some(noted)
}

/// One look at the desk.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Look {
    pub at: NaiveDateTime,
    pub is_answered: bool,
}

/// What a sheet says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sheet {
    pub visited_on: NaiveDate,
    pub first: Option<Look>,
    pub second: Option<Look>,
    pub is_obstructed: bool,
    pub is_desk_missing: bool,
    pub excuse: Option<String>,
    pub equipment: Vec<&'static str>,
    /// How many people were waiting, and how long the first of them.
    pub waiting: Option<u16>,
    pub wait_minutes: Option<u16>,
    /// What was counted, by indicator, before the claim was uncovered.
    pub counts: Vec<(String, String)>,
    pub minutes: String,
    /// `agrees`, `objects` or `absent`; none where entry was refused.
    pub host: Option<&'static str>,
    pub host_name: String,
    pub host_remarks: String,
}

/// The fields of a sheet as they came.
pub type Fields = BTreeMap<String, String>;

/// What is wrong with a field: its name and the key of the sentence.
pub type Fault = (&'static str, &'static str);

/// How far a clock is behind the server's; nothing where it is right.
pub fn behind(phone: Option<NaiveDateTime>, server: NaiveDateTime) -> Option<Duration> {
    let behind = server - phone?;
    (behind.abs() > SLACK).then_some(behind)
}

/// Reads a sheet of the present version. `shift` is by how much the phone's clock was behind.
pub fn read(
    fields: &Fields,
    offset: LocalOffset,
    shift: Option<Duration>,
) -> Result<Sheet, Vec<Fault>> {
    let mut reading = Reading {
        fields,
        offset,
        shift: shift.unwrap_or_default(),
        faults: Vec::new(),
    };
    let sheet = reading.sheet();
    if reading.faults.is_empty() {
        Ok(sheet)
    } else {
        Err(reading.faults)
    }
}

struct Reading<'f> {
    fields: &'f Fields,
    offset: LocalOffset,
    shift: Duration,
    faults: Vec<Fault>,
}

impl<'f> Reading<'f> {
    fn text(&self, name: &str) -> &'f str {
        self.fields.get(name).map_or("", |text| text.trim())
    }

    fn is_ticked(&self, name: &str) -> bool {
        self.text(name) == "yes"
    }

    fn sheet(&mut self) -> Sheet {
        let visited_on = self.visited_on();
        let is_obstructed = self.is_ticked("is_obstructed");
        let first = self.look(visited_on, "first");
        let second = self.look(visited_on, "second");
        let chosen = HOST.into_iter().find(|one| *one == self.text("host"));
        if chosen.is_none() && !is_obstructed {
            self.faults.push(("host", "problem-sheet-host"));
        }
        if matches!(chosen, Some("agrees" | "objects")) && self.text("host_name").is_empty() {
            self.faults.push(("host_name", "problem-sheet-host-name"));
        }
        if chosen == Some("objects") && self.text("host_remarks").is_empty() {
            self.faults
                .push(("host_remarks", "problem-sheet-host-remarks"));
        }
        if !self.is_ticked("is_confirmed") {
            self.faults.push(("is_confirmed", "problem-sheet-confirm"));
        }
        let is_there = |one: &&str| self.is_ticked(&format!("has_{one}"));
        let equipment = EQUIPMENT.iter().copied().filter(|one| is_there(one));
        let counts = self.fields.iter().filter_map(|(name, value)| {
            let code = name.strip_prefix("count_")?;
            let value = value.trim();
            (!value.is_empty()).then(|| (code.to_owned(), value.to_owned()))
        });
        Sheet {
            equipment: equipment.collect(),
            counts: counts.collect(),
            excuse: Some(self.text("excuse").to_owned()).filter(|one| !one.is_empty()),
            is_desk_missing: self.is_ticked("is_desk_missing"),
            waiting: self.number("waiting", 500),
            wait_minutes: self.number("wait_minutes", 600),
            minutes: self.text("minutes").to_owned(),
            host: chosen,
            host_name: self.text("host_name").to_owned(),
            host_remarks: self.text("host_remarks").to_owned(),
            visited_on,
            first,
            second,
            is_obstructed,
        }
    }

    /// The moment a phone noted, by the server's clock.
    fn noted(&self, name: &str) -> Option<NaiveDateTime> {
        let shifted = moment(self.text(name))?.checked_add_signed(self.shift)?;
        YEARS.contains(&shifted.year()).then_some(shifted)
    }

    /// The day: of what the phone noted, or as it was typed.
    fn visited_on(&mut self) -> NaiveDate {
        let noted = self.noted("first_at").or(self.noted("finished_at"));
        if let Some(at) = noted {
            return self.offset.day(at);
        }
        let typed = JalaliDate::parse(self.text("visited_on"));
        typed.map(JalaliDate::gregorian).unwrap_or_else(|_| {
            self.faults.push(("visited_on", "problem-date"));
            NaiveDate::default()
        })
    }

    /// One look: its time and its answer, or neither.
    fn look(&mut self, day: NaiveDate, which: &'static str) -> Option<Look> {
        let (time, answered) = match which {
            "first" => ("first_time", "first_answered"),
            _ => ("second_time", "second_answered"),
        };
        let is_answered = match self.text(answered) {
            "yes" => Some(true),
            "no" => Some(false),
            _ => None,
        };
        let typed = parse_clock(self.text(time));
        let typed = typed.map(|clock| self.offset.start_of_day(day) + Duration::minutes(clock));
        let at = self.noted(&format!("{which}_at")).or(typed);
        match (at, is_answered) {
            (Some(at), Some(is_answered)) => return Some(Look { at, is_answered }),
            (None, Some(_)) => self.faults.push((time, "problem-time")),
            (_, None) if !self.text(time).is_empty() => {
                self.faults.push((answered, "problem-choose"));
            }
            (_, None) => {}
        }
        None
    }

    fn number(&mut self, name: &'static str, most: u16) -> Option<u16> {
        let typed = to_latin(self.text(name));
        if typed.is_empty() {
            return None;
        }
        let is_number = typed.len() <= 4 && typed.bytes().all(|byte| byte.is_ascii_digit());
        let number = typed
            .parse()
            .ok()
            .filter(|number| is_number && *number <= most);
        if number.is_none() {
            self.faults.push((name, "problem-sheet-number"));
        }
        number
    }
}
