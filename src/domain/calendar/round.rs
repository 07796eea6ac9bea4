//! The dates of a round: from the frozen profiles to the follow-up meeting, on working days.

use std::fmt;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::quarter::Quarter;
use super::workdays::{Holidays, WorkingDays, WorkingWeek};

/// What the planning office may change about the dates of a round.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RoundSettings {
    /// The working week of the province.
    pub week: WorkingWeek,
    last_new_answer: u8,
    last_edit: u8,
}

/// Why the settings of a round were refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SettingsFault {
    /// New answers may not be allowed longer than edits.
    NewAnswerAfterLastEdit,
    /// Late hand-in would run into the preliminary result.
    LastEditTooLate,
}

impl fmt::Display for SettingsFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::NewAnswerAfterLastEdit => "the last new answer comes after the last edit",
            Self::LastEditTooLate => "the last edit comes after the document review has ended",
        })
    }
}

impl std::error::Error for SettingsFault {}

/// Working days of the shown deadline and of the steps after it.
mod day {
    /// Ten working days before the quarter ends.
    pub const PROFILES_FROZEN: i32 = -10;
    /// The deadline that agencies are told.
    pub const SHOWN_DEADLINE: i32 = 10;
    /// Auditors read the documents.
    pub const REVIEW: (i32, i32) = (11, 25);
    /// The preliminary result goes to the agencies.
    pub const PRELIMINARY: i32 = 26;
    /// Agencies may object.
    pub const OBJECTIONS: (i32, i32) = (27, 31);
    /// Another auditor looks again.
    pub const RE_REVIEW: (i32, i32) = (32, 36);
    /// The committee decides.
    pub const COMMITTEE: (i32, i32) = (37, 38);
    /// The result is final.
    pub const FINAL: i32 = 39;
    /// The governor's follow-up meeting.
    pub const MEETING: (i32, i32) = (40, 45);
}

impl RoundSettings {
    /// Settings with so many working days after the shown deadline for new answers and edits.
    pub fn new(
        week: WorkingWeek,
        last_new_answer: u8,
        last_edit: u8,
    ) -> Result<Self, SettingsFault> {
        if last_new_answer > last_edit {
            return Err(SettingsFault::NewAnswerAfterLastEdit);
        }
        if day::SHOWN_DEADLINE + i32::from(last_edit) > day::REVIEW.1 {
            return Err(SettingsFault::LastEditTooLate);
        }
        Ok(Self {
            week,
            last_new_answer,
            last_edit,
        })
    }

    /// Working days after the shown deadline in which a new answer is still taken.
    pub fn last_new_answer(&self) -> u8 {
        self.last_new_answer
    }

    /// Working days after the shown deadline in which edits and hand-in are still taken.
    pub fn last_edit(&self) -> u8 {
        self.last_edit
    }
}

/// Saturday to Wednesday, three working days more for new answers, five for hand-in.
impl Default for RoundSettings {
    fn default() -> Self {
        Self {
            week: WorkingWeek::default(),
            last_new_answer: 3,
            last_edit: 5,
        }
    }
}

/// Every date of one round. Each is the last (or first) day on which the step may happen.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RoundDates {
    /// The profiles of agencies change no more for this round.
    pub profiles_frozen: NaiveDate,
    /// Day 0: self-assessment opens.
    pub opens: NaiveDate,
    /// The deadline agencies see; a later hand-in counts as late.
    pub shown_deadline: NaiveDate,
    /// The last day on which an indicator without an answer may get one.
    pub last_new_answer: NaiveDate,
    /// The last day of edits and hand-in; after it, no report.
    pub last_edit: NaiveDate,
    /// Auditors begin with the documents.
    pub review_from: NaiveDate,
    /// Auditors end with the documents.
    pub review_to: NaiveDate,
    /// The preliminary result goes to the agency alone.
    pub preliminary: NaiveDate,
    /// The first day of objections.
    pub objections_from: NaiveDate,
    /// The last day of objections.
    pub objections_to: NaiveDate,
    /// Another auditor begins with the objections.
    pub re_review_from: NaiveDate,
    /// Another auditor ends with the objections.
    pub re_review_to: NaiveDate,
    /// The committee begins to sit.
    pub committee_from: NaiveDate,
    /// The committee ends.
    pub committee_to: NaiveDate,
    /// The ranking goes to agencies and the governor's office.
    pub final_result: NaiveDate,
    /// The first day for the follow-up meeting.
    pub meeting_from: NaiveDate,
    /// The last day for the follow-up meeting.
    pub meeting_to: NaiveDate,
}

impl RoundDates {
    /// The dates of the round that measures this quarter; day 0 is the quarter's last day.
    pub fn lay(quarter: Quarter, holidays: &Holidays, settings: &RoundSettings) -> Self {
        Self::lay_from(quarter.last_day(), holidays, settings)
    }

    /// The dates of a round in which `today` is working day `number` (demonstrations only).
    /// If nobody works today, the last working day is taken for it.
    pub fn lay_so_that_day(
        today: NaiveDate,
        number: u8,
        holidays: &Holidays,
        settings: &RoundSettings,
    ) -> Self {
        let days = WorkingDays {
            week: settings.week,
            holidays,
        };
        let at = days.working_day_at_or_before(today);
        let zero = days.add_working_days(at, -i32::from(number));
        Self::lay_from(zero, holidays, settings)
    }

    fn lay_from(zero: NaiveDate, holidays: &Holidays, settings: &RoundSettings) -> Self {
        let days = WorkingDays {
            week: settings.week,
            holidays,
        };
        let on = |number| days.add_working_days(zero, number);
        let late = |extra: u8| on(day::SHOWN_DEADLINE + i32::from(extra));
        Self {
            profiles_frozen: on(day::PROFILES_FROZEN),
            opens: zero,
            shown_deadline: on(day::SHOWN_DEADLINE),
            last_new_answer: late(settings.last_new_answer),
            last_edit: late(settings.last_edit),
            review_from: on(day::REVIEW.0),
            review_to: on(day::REVIEW.1),
            preliminary: on(day::PRELIMINARY),
            objections_from: on(day::OBJECTIONS.0),
            objections_to: on(day::OBJECTIONS.1),
            re_review_from: on(day::RE_REVIEW.0),
            re_review_to: on(day::RE_REVIEW.1),
            committee_from: on(day::COMMITTEE.0),
            committee_to: on(day::COMMITTEE.1),
            final_result: on(day::FINAL),
            meeting_from: on(day::MEETING.0),
            meeting_to: on(day::MEETING.1),
        }
    }

    /// The number of the working day of `today` in this round: 0 at the opening.
    pub fn working_day(&self, today: NaiveDate, days: &WorkingDays<'_>) -> i32 {
        days.working_days_between(self.opens, today)
    }
}
