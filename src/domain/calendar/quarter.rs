//! A quarter of the Jalali year: the season an assessment measures.

use std::fmt;
use std::str::FromStr;

use chrono::NaiveDate;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::jalali::JalaliDate;
use crate::domain::number::to_persian;

const ORDINALS_FA: [&str; 4] = ["اول", "دوم", "سوم", "چهارم"];

/// One of the four seasons of a Jalali year, `1405-Q1`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Quarter {
    year: i32,
    number: u8,
}

/// Why a text is not the code of a quarter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum QuarterFault {
    /// Not written as `1405-Q1`.
    NotACode,
    /// The year is far from any that can be meant.
    YearOutOfRange,
    /// A year has four quarters.
    NoSuchQuarter,
}

impl fmt::Display for QuarterFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::NotACode => "not the code of a quarter",
            Self::YearOutOfRange => "the year is out of range",
            Self::NoSuchQuarter => "a year has four quarters",
        })
    }
}

impl std::error::Error for QuarterFault {}

impl Quarter {
    /// The quarter of this year and number (1 to 4).
    pub fn new(year: i32, number: u8) -> Result<Self, QuarterFault> {
        if !(1..=4).contains(&number) {
            return Err(QuarterFault::NoSuchQuarter);
        }
        JalaliDate::new(year, 1, 1).map_err(|_| QuarterFault::YearOutOfRange)?;
        Ok(Self { year, number })
    }

    /// The quarter in which a Jalali day lies.
    pub fn of(day: JalaliDate) -> Self {
        Self {
            year: day.year(),
            number: (day.month() - 1) / 3 + 1,
        }
    }

    /// The quarter in which a Gregorian day lies.
    pub fn of_day(day: NaiveDate) -> Self {
        Self::of(JalaliDate::of(day))
    }

    /// Reads the code in an address or a file: `1405-Q1`, nothing else.
    pub fn parse(code: &str) -> Result<Self, QuarterFault> {
        let (year, number) = code.split_once("-Q").ok_or(QuarterFault::NotACode)?;
        let digits =
            |text: &str, long| text.len() == long && text.bytes().all(|b| b.is_ascii_digit());
        if !digits(year, 4) || !digits(number, 1) {
            return Err(QuarterFault::NotACode);
        }
        let year = year.parse().map_err(|_| QuarterFault::NotACode)?;
        let number = number.parse().map_err(|_| QuarterFault::NotACode)?;
        Self::new(year, number)
    }

    /// The Jalali year.
    pub fn year(self) -> i32 {
        self.year
    }

    /// 1 spring, 2 summer, 3 autumn, 4 winter.
    pub fn number(self) -> u8 {
        self.number
    }

    /// The quarter after this one.
    pub fn next(self) -> Self {
        match self.number {
            4 => Self {
                year: self.year + 1,
                number: 1,
            },
            n => Self {
                year: self.year,
                number: n + 1,
            },
        }
    }

    /// The quarter before this one.
    pub fn previous(self) -> Self {
        match self.number {
            1 => Self {
                year: self.year - 1,
                number: 4,
            },
            n => Self {
                year: self.year,
                number: n - 1,
            },
        }
    }

    /// The quarter this many quarters later (earlier if negative).
    pub fn plus(self, quarters: i32) -> Self {
        let index = self.index() + quarters;
        let number = u8::try_from(index.rem_euclid(4)).expect("a rest of four is 0 to 3") + 1;
        Self {
            year: index.div_euclid(4),
            number,
        }
    }

    /// How many quarters lie from `earlier` to this one (negative if it is later).
    pub fn since(self, earlier: Self) -> i32 {
        self.index() - earlier.index()
    }

    fn index(self) -> i32 {
        self.year * 4 + i32::from(self.number) - 1
    }

    /// The first day of the quarter.
    pub fn first_day(self) -> NaiveDate {
        JalaliDate::first_of_month(self.year, (self.number - 1) * 3 + 1).gregorian()
    }

    /// The last day of the quarter.
    pub fn last_day(self) -> NaiveDate {
        let next = self.next().first_day();
        next.pred_opt()
            .expect("the first day of a quarter has a day before it")
    }

    /// «سه‌ماههٔ اول ۱۴۰۵»
    pub fn title_fa(self) -> String {
        let ordinal = ORDINALS_FA[usize::from(self.number) - 1];
        format!("سه‌ماههٔ {ordinal} {}", to_persian(&self.year.to_string()))
    }

    /// `Q1 1405`
    pub fn title_en(self) -> String {
        format!("Q{} {}", self.number, self.year)
    }
}

/// The code: `1405-Q1`.
impl fmt::Display for Quarter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-Q{}", self.year, self.number)
    }
}

impl FromStr for Quarter {
    type Err = QuarterFault;

    fn from_str(s: &str) -> Result<Self, QuarterFault> {
        Self::parse(s)
    }
}

impl Serialize for Quarter {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Quarter {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        Self::parse(&text).map_err(serde::de::Error::custom)
    }
}
