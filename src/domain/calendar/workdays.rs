//! Working days: Saturday to Wednesday, Thursday where the province says so, less the holidays.

use std::collections::BTreeMap;

use chrono::{Datelike, Days, NaiveDate, Weekday};

use super::jalali::JalaliDate;

/// Which days of the week offices work.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct WorkingWeek {
    /// Whether offices of the province work on Thursdays.
    pub thursday: bool,
}

impl WorkingWeek {
    /// Whether offices work on this day of the week.
    pub fn works_on(self, day: Weekday) -> bool {
        match day {
            Weekday::Fri => false,
            Weekday::Thu => self.thursday,
            Weekday::Sat | Weekday::Sun | Weekday::Mon | Weekday::Tue | Weekday::Wed => true,
        }
    }
}

/// The official holidays that an officer has entered, with their names.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Holidays {
    days: BTreeMap<NaiveDate, String>,
}

impl Holidays {
    /// Adds a holiday; a day with two occasions keeps both names.
    pub fn add(&mut self, day: NaiveDate, name: &str) {
        let names = self.days.entry(day).or_default();
        if !names.is_empty() {
            names.push_str("، ");
        }
        names.push_str(name);
    }

    /// Whether the day is an official holiday.
    pub fn contains(&self, day: NaiveDate) -> bool {
        self.days.contains_key(&day)
    }

    /// What is celebrated or mourned that day.
    pub fn name(&self, day: NaiveDate) -> Option<&str> {
        self.days.get(&day).map(String::as_str)
    }

    /// Whether any holiday of a Jalali year was entered. If not, an officer must be warned.
    pub fn knows_year(&self, year: i32) -> bool {
        self.days
            .keys()
            .any(|day| JalaliDate::of(*day).year() == year)
    }

    /// The working days of the province: its week less these days.
    pub fn calendar(&self) -> WorkingDays<'_> {
        WorkingDays {
            week: WorkingWeek::default(),
            holidays: self,
        }
    }

    /// All holidays in order.
    pub fn iter(&self) -> impl Iterator<Item = (NaiveDate, &str)> {
        self.days.iter().map(|(day, name)| (*day, name.as_str()))
    }
}

impl FromIterator<(NaiveDate, String)> for Holidays {
    fn from_iter<I: IntoIterator<Item = (NaiveDate, String)>>(days: I) -> Self {
        let mut holidays = Self::default();
        for (day, name) in days {
            holidays.add(day, &name);
        }
        holidays
    }
}

/// Counts working days by a week and the holidays.
#[derive(Clone, Copy, Debug)]
pub struct WorkingDays<'a> {
    /// The days of the week on which offices work.
    pub week: WorkingWeek,
    /// The days on which they do not, all the same.
    pub holidays: &'a Holidays,
}

impl WorkingDays<'_> {
    /// Whether offices work on this day.
    pub fn is_working(&self, day: NaiveDate) -> bool {
        self.week.works_on(day.weekday()) && !self.holidays.contains(day)
    }

    /// The `count`-th working day after `day` (before it, if negative); `day` itself for 0.
    pub fn add_working_days(&self, day: NaiveDate, count: i32) -> NaiveDate {
        let mut left = count.unsigned_abs();
        let mut at = day;
        while left > 0 {
            at = step(at, count > 0);
            if self.is_working(at) {
                left -= 1;
            }
        }
        at
    }

    /// This day, or the last working day before it.
    pub fn working_day_at_or_before(&self, day: NaiveDate) -> NaiveDate {
        if self.is_working(day) {
            day
        } else {
            self.add_working_days(day, -1)
        }
    }

    /// Working days after `from` up to and with `to`; negative when `to` is earlier.
    pub fn working_days_between(&self, from: NaiveDate, to: NaiveDate) -> i32 {
        let (early, late, sign) = if from <= to {
            (from, to, 1)
        } else {
            (to, from, -1)
        };
        let mut at = early;
        let mut count = 0;
        while at < late {
            at = step(at, true);
            if self.is_working(at) {
                count += 1;
            }
        }
        sign * count
    }
}

fn step(day: NaiveDate, forward: bool) -> NaiveDate {
    let one = Days::new(1);
    let next = if forward {
        day.checked_add_days(one)
    } else {
        day.checked_sub_days(one)
    };
    next.expect("dates of rounds lie far from the ends of chrono's calendar")
}
