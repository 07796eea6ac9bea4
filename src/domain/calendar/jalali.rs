//! One day of the Jalali calendar: read from what people type, written as they read it.
//!
//! The arithmetic is icu_calendar's, used in this file only.

use std::fmt;
use std::str::FromStr;

use chrono::{Datelike, NaiveDate, Weekday};
use icu_calendar::types::RataDie;
use icu_calendar::{Date, cal::Persian};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::domain::number::{to_latin, to_persian};

/// Years a person may type. Wider than any use, narrow enough to catch slips of the hand.
const TYPED_YEARS: std::ops::RangeInclusive<i32> = 1200..=1599;
/// From here on a typed year is taken for a Gregorian one, and the person is asked.
const GREGORIAN_FROM: i32 = 1900;

const MONTHS_FA: [&str; 12] = [
    "فروردین",
    "اردیبهشت",
    "خرداد",
    "تیر",
    "مرداد",
    "شهریور",
    "مهر",
    "آبان",
    "آذر",
    "دی",
    "بهمن",
    "اسفند",
];
const MONTHS_EN: [&str; 12] = [
    "Farvardin",
    "Ordibehesht",
    "Khordad",
    "Tir",
    "Mordad",
    "Shahrivar",
    "Mehr",
    "Aban",
    "Azar",
    "Dey",
    "Bahman",
    "Esfand",
];

/// A day of the Jalali calendar that exists.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct JalaliDate {
    year: i32,
    month: u8,
    day: u8,
}

/// Why what was typed is not a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DateFault {
    /// Nothing was typed.
    Empty,
    /// Not three numbers with a separator between them.
    NotADate,
    /// The year looks Gregorian: ask, never shift by 621 years in silence.
    GregorianYear,
    /// The year is far from any that can be meant.
    YearOutOfRange,
    /// There are twelve months.
    NoSuchMonth,
    /// The month is shorter than that (31 Mehr, 30 Esfand of a common year).
    NoSuchDay,
}

impl fmt::Display for DateFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Empty => "no date",
            Self::NotADate => "not a date",
            Self::GregorianYear => "a Gregorian year where a Jalali one is asked",
            Self::YearOutOfRange => "the year is out of range",
            Self::NoSuchMonth => "no such month",
            Self::NoSuchDay => "the month has no such day",
        })
    }
}

impl std::error::Error for DateFault {}

impl JalaliDate {
    /// The day of this year, month and day, if there is one.
    pub fn new(year: i32, month: u8, day: u8) -> Result<Self, DateFault> {
        if year >= GREGORIAN_FROM {
            return Err(DateFault::GregorianYear);
        }
        if !TYPED_YEARS.contains(&year) {
            return Err(DateFault::YearOutOfRange);
        }
        if !(1..=12).contains(&month) {
            return Err(DateFault::NoSuchMonth);
        }
        Date::try_new_persian(year, month, day).map_err(|_| DateFault::NoSuchDay)?;
        Ok(Self { year, month, day })
    }

    /// The Jalali day of a Gregorian day.
    pub fn of(day: NaiveDate) -> Self {
        let fixed = RataDie::new(i64::from(day.num_days_from_ce()));
        let date = Date::from_rata_die(fixed, Persian::new());
        Self {
            year: date.year().extended_year(),
            month: date.month().ordinal,
            day: date.day_of_month().0,
        }
    }

    /// The first day of a month that is known to exist (a quarter's).
    pub(super) fn first_of_month(year: i32, month: u8) -> Self {
        Self {
            year,
            month,
            day: 1,
        }
    }

    /// The Gregorian day of this day.
    pub fn gregorian(self) -> NaiveDate {
        let date = Date::try_new_persian(self.year, self.month, self.day)
            .expect("a JalaliDate is only made from a day that exists");
        let days = i32::try_from(date.to_rata_die().to_i64_date())
            .expect("ten thousand years of days fit in an i32");
        NaiveDate::from_num_days_from_ce_opt(days)
            .expect("chrono reaches further than the Jalali years allowed here")
    }

    /// Reads a typed date: ۱۴۰۵/۱۰/۱۵, 1405-1-1, ١٤٠٥/١/١. Marks of direction are ignored.
    pub fn parse(typed: &str) -> Result<Self, DateFault> {
        let clean: String = to_latin(typed.trim())
            .chars()
            .filter(|c| !matches!(c, '\u{200E}' | '\u{200F}' | '\u{061C}'))
            .collect();
        if clean.is_empty() {
            return Err(DateFault::Empty);
        }
        let separator = if clean.contains('/') { '/' } else { '-' };
        let parts: Vec<&str> = clean.split(separator).map(str::trim).collect();
        let [year, month, day] = parts.as_slice() else {
            return Err(DateFault::NotADate);
        };
        Self::new(part(year, 4)?.into(), short(month)?, short(day)?)
    }

    /// The Jalali year.
    pub fn year(self) -> i32 {
        self.year
    }

    /// The month, 1 Farvardin to 12 Esfand.
    pub fn month(self) -> u8 {
        self.month
    }

    /// The day of the month.
    pub fn day(self) -> u8 {
        self.day
    }

    /// The day of the week.
    pub fn weekday(self) -> Weekday {
        self.gregorian().weekday()
    }

    /// Days in this day's month.
    pub fn days_in_month(self) -> u8 {
        match self.month {
            1..=6 => 31,
            7..=11 => 30,
            _ if is_leap(self.year) => 30,
            _ => 29,
        }
    }

    /// The month's Persian name.
    pub fn month_fa(self) -> &'static str {
        MONTHS_FA[usize::from(self.month) - 1]
    }

    /// The month's name in Latin letters.
    pub fn month_en(self) -> &'static str {
        MONTHS_EN[usize::from(self.month) - 1]
    }

    /// «۱۴۰۵/۱۰/۱۵»
    pub fn slash_fa(self) -> String {
        to_persian(&self.slash_latin())
    }

    /// `1405/10/15`, for the value of an input.
    pub fn slash_latin(self) -> String {
        format!("{:04}/{:02}/{:02}", self.year, self.month, self.day)
    }

    /// «۱۵ دی ۱۴۰۵»
    pub fn long_fa(self) -> String {
        to_persian(&format!("{} {} {}", self.day, self.month_fa(), self.year))
    }

    /// «دوشنبه ۱۵ دی ۱۴۰۵»
    pub fn weekday_long_fa(self) -> String {
        format!("{} {}", weekday_fa(self.weekday()), self.long_fa())
    }

    /// `15 Dey 1405`
    pub fn long_en(self) -> String {
        format!("{} {} {}", self.day, self.month_en(), self.year)
    }

    /// `Monday 15 Dey 1405`
    pub fn weekday_long_en(self) -> String {
        format!("{} {}", weekday_en(self.weekday()), self.long_en())
    }
}

/// Whether the year has a 30th of Esfand.
fn is_leap(year: i32) -> bool {
    Date::try_new_persian(year, 12, 30).is_ok()
}

fn part(digits: &str, longest: usize) -> Result<u16, DateFault> {
    let right = (1..=longest).contains(&digits.len());
    if !right || !digits.bytes().all(|b| b.is_ascii_digit()) {
        return Err(DateFault::NotADate);
    }
    digits.parse().map_err(|_| DateFault::NotADate)
}

fn short(digits: &str) -> Result<u8, DateFault> {
    u8::try_from(part(digits, 2)?).map_err(|_| DateFault::NotADate)
}

/// The Persian name of a weekday.
pub fn weekday_fa(day: Weekday) -> &'static str {
    match day {
        Weekday::Sat => "شنبه",
        Weekday::Sun => "یکشنبه",
        Weekday::Mon => "دوشنبه",
        Weekday::Tue => "سه‌شنبه",
        Weekday::Wed => "چهارشنبه",
        Weekday::Thu => "پنجشنبه",
        Weekday::Fri => "جمعه",
    }
}

/// The English name of a weekday.
pub fn weekday_en(day: Weekday) -> &'static str {
    match day {
        Weekday::Sat => "Saturday",
        Weekday::Sun => "Sunday",
        Weekday::Mon => "Monday",
        Weekday::Tue => "Tuesday",
        Weekday::Wed => "Wednesday",
        Weekday::Thu => "Thursday",
        Weekday::Fri => "Friday",
    }
}

/// The code of a day in data: `1405-10-15`.
impl fmt::Display for JalaliDate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.year, self.month, self.day)
    }
}

impl FromStr for JalaliDate {
    type Err = DateFault;

    fn from_str(s: &str) -> Result<Self, DateFault> {
        Self::parse(s)
    }
}

impl Serialize for JalaliDate {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for JalaliDate {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        Self::parse(&text).map_err(serde::de::Error::custom)
    }
}
