//! Resolutions (مصوبات) of the follow-up meeting: open, reported done by their owner, closed by whoever verified them.

use chrono::NaiveDate;

/// What a resolution asks for. `revisit`: 60 days, then the desk is visited again.
pub const KINDS: [&str; 3] = ["deed", "document", "revisit"];

/// Where a resolution stands. Overdue is no state: it is read off the date.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// In hand.
    Open,
    /// The agency says that it is done.
    Reported,
    /// An auditor found it done; closed.
    Verified,
}

impl State {
    /// The word kept in the database.
    pub fn as_str(self) -> &'static str {
        match self {
            State::Open => "open",
            State::Reported => "reported",
            State::Verified => "verified",
        }
    }

    /// The state of that word; a damaged one counts as open, so that nothing is closed by a fault.
    pub fn parse(word: &str) -> State {
        match word {
            "reported" => State::Reported,
            "verified" => State::Verified,
            _ => State::Open,
        }
    }
}

/// Where a resolution is shown on the board.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Lane {
    Overdue,
    InHand,
    Reported,
    Verified,
}

/// The lane of a resolution on a day. One that is reported late waits for its verification like any other.
pub fn lane(state: State, due_on: NaiveDate, today: NaiveDate) -> Lane {
    match state {
        State::Verified => Lane::Verified,
        State::Reported => Lane::Reported,
        State::Open if due_on < today => Lane::Overdue,
        State::Open => Lane::InHand,
    }
}

/// What the record of one agency says of a quarter (GOV-02): how many resolutions fell due in it, and how many of them
/// were reported in time and found done. The agency's word alone does not count.
pub fn timely(
    all: &[(State, NaiveDate, Option<NaiveDate>)],
    first: NaiveDate,
    last: NaiveDate,
) -> (i64, i64) {
    let due = all
        .iter()
        .filter(|(_, due, _)| (first..=last).contains(due));
    let (mut done, mut whole) = (0, 0);
    for (state, due, reported) in due {
        whole += 1;
        let in_time = reported.is_some_and(|reported| reported <= *due);
        done += i64::from(*state == State::Verified && in_time);
    }
    (done, whole)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(day: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, 10, day).expect("a day of October")
    }

    #[test]
    fn only_what_was_reported_in_time_and_found_done_counts() {
        let all = [
            (State::Verified, day(10), Some(day(10))),
            (State::Verified, day(10), Some(day(11))),
            (State::Reported, day(10), Some(day(9))),
            (State::Open, day(10), None),
            (State::Verified, day(25), Some(day(2))),
        ];
        assert_eq!(timely(&all, day(1), day(20)), (1, 4));
        assert_eq!(timely(&[], day(1), day(20)), (0, 0));
    }

    #[test]
    fn a_resolution_is_overdue_from_the_day_after_its_date() {
        assert_eq!(lane(State::Open, day(10), day(10)), Lane::InHand);
        assert_eq!(lane(State::Open, day(10), day(11)), Lane::Overdue);
        assert_eq!(lane(State::Reported, day(10), day(11)), Lane::Reported);
    }
}
