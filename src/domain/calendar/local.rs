//! Local time: the store keeps UTC, people read the clock on their wall.

use std::fmt;

use chrono::{NaiveDate, NaiveDateTime, NaiveTime, TimeDelta, Timelike};

use super::jalali::JalaliDate;
use crate::domain::number::to_persian;

/// Minutes by which local time is ahead of UTC (Iran: 210, all year since 1401).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LocalOffset(i32);

/// No place on earth is that far from UTC.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OffsetFault;

impl fmt::Display for OffsetFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an offset from UTC lies between -720 and 840 minutes")
    }
}

impl std::error::Error for OffsetFault {}

/// A moment as people of the province say it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct LocalMoment {
    /// The day.
    pub date: JalaliDate,
    /// The hour, 0 to 23.
    pub hour: u8,
    /// The minute.
    pub minute: u8,
}

impl LocalOffset {
    /// The offset set for the province, in minutes.
    pub fn minutes(minutes: i32) -> Result<Self, OffsetFault> {
        if (-720..=840).contains(&minutes) {
            Ok(Self(minutes))
        } else {
            Err(OffsetFault)
        }
    }

    /// The offset in minutes.
    pub fn as_minutes(self) -> i32 {
        self.0
    }

    /// At the ends of the calendar there is no later or earlier moment, and it stays.
    fn shifted(self, utc: NaiveDateTime) -> NaiveDateTime {
        utc.checked_add_signed(self.delta()).unwrap_or(utc)
    }

    fn delta(self) -> TimeDelta {
        TimeDelta::minutes(i64::from(self.0))
    }

    /// The local day on which a moment in UTC falls.
    pub fn day(self, utc: NaiveDateTime) -> NaiveDate {
        self.shifted(utc).date()
    }

    /// The local date and clock of a moment in UTC.
    pub fn local(self, utc: NaiveDateTime) -> LocalMoment {
        let local = self.shifted(utc);
        let small = |n: u32| u8::try_from(n).expect("hours and minutes are below sixty");
        LocalMoment {
            date: JalaliDate::of(local.date()),
            hour: small(local.hour()),
            minute: small(local.minute()),
        }
    }

    /// The first moment of a local day, in UTC.
    pub fn start_of_day(self, day: NaiveDate) -> NaiveDateTime {
        let midnight = day.and_time(NaiveTime::MIN);
        midnight
            .checked_sub_signed(self.delta())
            .unwrap_or(midnight)
    }

    /// The moment at which a local day is over, in UTC: what happens before it was in time.
    pub fn end_of_day(self, day: NaiveDate) -> NaiveDateTime {
        let start = self.start_of_day(day);
        start
            .checked_add_signed(TimeDelta::days(1))
            .unwrap_or(start)
    }
}

/// Iran Standard Time.
impl Default for LocalOffset {
    fn default() -> Self {
        Self(210)
    }
}

impl LocalMoment {
    /// «ساعت ۱۰:۴۲»
    pub fn clock_fa(self) -> String {
        format!("ساعت {}", to_persian(&self.clock_en()))
    }

    /// `10:42`
    pub fn clock_en(self) -> String {
        format!("{:02}:{:02}", self.hour, self.minute)
    }

    /// «دوشنبه ۱۵ دی ۱۴۰۵، ساعت ۱۰:۴۲»
    pub fn full_fa(self) -> String {
        format!("{}، {}", self.date.weekday_long_fa(), self.clock_fa())
    }

    /// `Monday 15 Dey 1405, 10:42`
    pub fn full_en(self) -> String {
        format!("{}, {}", self.date.weekday_long_en(), self.clock_en())
    }
}
