//! The Iranian calendar: dates, quarters, working days, the dates of a round, local time.
//!
//! Everything is arithmetic on days. Today and the holidays come in as arguments.

mod clock;
mod jalali;
mod local;
mod quarter;
mod round;
mod workdays;

pub use clock::parse_clock;
pub use jalali::{DateFault, JalaliDate, weekday_en, weekday_fa};
pub use local::{LocalMoment, LocalOffset, OffsetFault};
pub use quarter::{Quarter, QuarterFault};
pub use round::{RoundDates, RoundSettings, SettingsFault};
pub use workdays::{Holidays, WorkingDays, WorkingWeek};
