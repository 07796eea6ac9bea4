//! The quarter's ten states and the only function that moves between them (DOMAIN.md §4).

use chrono::NaiveDate;

/// Where a quarter stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum State {
    Planned,
    Open,
    Closed,
    UnderReview,
    Preliminary,
    ObjectionOpen,
    ReReview,
    Committee,
    Final,
    Archived,
}

impl State {
    /// The ten states in order.
    pub const ALL: [State; 10] = [
        State::Planned,
        State::Open,
        State::Closed,
        State::UnderReview,
        State::Preliminary,
        State::ObjectionOpen,
        State::ReReview,
        State::Committee,
        State::Final,
        State::Archived,
    ];

    /// The word kept in the database.
    pub fn as_str(self) -> &'static str {
        match self {
            State::Planned => "planned",
            State::Open => "open",
            State::Closed => "self_assessment_closed",
            State::UnderReview => "under_review",
            State::Preliminary => "preliminary",
            State::ObjectionOpen => "objection_open",
            State::ReReview => "re_review",
            State::Committee => "committee",
            State::Final => "final",
            State::Archived => "archived",
        }
    }

    /// The state of that word.
    pub fn parse(word: &str) -> Option<State> {
        State::ALL.into_iter().find(|state| state.as_str() == word)
    }

    /// The state after this one.
    pub fn following(self) -> Option<State> {
        let place = State::ALL.iter().position(|state| *state == self)?;
        State::ALL.get(place + 1).copied()
    }

    /// Whether the move into this state can never be taken back, so that it is asked twice.
    pub fn is_irreversible(self) -> bool {
        matches!(
            self,
            State::Closed | State::Preliminary | State::Final | State::Archived
        )
    }

    /// Whether it takes a second person to carry the move out.
    pub fn needs_two(self) -> bool {
        self == State::Final
    }
}

/// What a move depends on beside the state.
#[derive(Clone, Copy, Debug)]
pub struct Facts {
    pub today: NaiveDate,
    pub opens_on: NaiveDate,
    pub last_edit_on: NaiveDate,
    pub objections_end_on: NaiveDate,
    /// The end of the last window that a late verdict opened.
    pub late_objections_end_on: Option<NaiveDate>,
    pub undecided_objections: i64,
    pub undecided_findings: i64,
}

/// Why the quarter cannot move now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// Nothing comes after the archive.
    AlreadyArchived,
    /// The quarter opens on its day, not before.
    TooEarlyToOpen,
    /// Agencies keep their time until the last day of edits.
    AgenciesStillHaveTime,
    /// Agencies keep their time to object.
    ObjectionsStillOpen,
    /// Every objection needs its answer first.
    ObjectionsUndecided,
    /// Every proposed finding needs its decision first.
    FindingsUndecided,
}

/// The last day on which an agency may object to a verdict: that of the quarter, or the verdict's own where it was
/// given for the first time after the preliminary result. `None` where nobody may object in this state.
pub fn objections_until(
    state: State,
    of_quarter: NaiveDate,
    own: Option<NaiveDate>,
) -> Option<NaiveDate> {
    match state {
        State::ObjectionOpen => own.max(Some(of_quarter)),
        State::Preliminary | State::ReReview | State::Committee => own,
        _ => None,
    }
}

/// The next state, or why not now. Nothing else may change the state of a quarter.
pub fn next(state: State, facts: &Facts) -> Result<State, Refusal> {
    let next = state.following().ok_or(Refusal::AlreadyArchived)?;
    match next {
        State::Open if facts.today < facts.opens_on => Err(Refusal::TooEarlyToOpen),
        State::Closed if facts.today <= facts.last_edit_on => Err(Refusal::AgenciesStillHaveTime),
        State::ReReview if facts.today <= facts.objections_end_on => {
            Err(Refusal::ObjectionsStillOpen)
        }
        State::Final if facts.late_objections_end_on >= Some(facts.today) => {
            Err(Refusal::ObjectionsStillOpen)
        }
        State::Final if facts.undecided_objections > 0 => Err(Refusal::ObjectionsUndecided),
        State::Final if facts.undecided_findings > 0 => Err(Refusal::FindingsUndecided),
        next => Ok(next),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn facts(day: u32) -> Facts {
        let date = |day| NaiveDate::from_ymd_opt(2026, 10, day).expect("a day of October");
        Facts {
            today: date(day),
            opens_on: date(1),
            last_edit_on: date(15),
            objections_end_on: date(25),
            late_objections_end_on: None,
            undecided_objections: 0,
            undecided_findings: 0,
        }
    }

    #[test]
    fn a_quarter_goes_through_its_ten_states_in_order() {
        let mut state = State::Planned;
        let mut count = 1;
        while let Ok(next) = next(state, &facts(30)) {
            state = next;
            count += 1;
        }
        assert_eq!((state, count), (State::Archived, 10));
    }

    #[test]
    fn nobody_cuts_short_the_time_of_agencies() {
        assert_eq!(
            next(State::Open, &facts(15)),
            Err(Refusal::AgenciesStillHaveTime)
        );
        assert_eq!(
            next(State::ObjectionOpen, &facts(25)),
            Err(Refusal::ObjectionsStillOpen)
        );
    }

    #[test]
    fn a_late_verdict_keeps_its_own_window_and_the_quarter_waits_for_it() {
        let date = |day| NaiveDate::from_ymd_opt(2026, 10, day);
        let late = Facts {
            late_objections_end_on: date(30),
            ..facts(30)
        };
        let refused = Err(Refusal::ObjectionsStillOpen);
        assert_eq!(next(State::Committee, &late), refused);
        let over = Facts {
            late_objections_end_on: date(29),
            ..facts(30)
        };
        assert_eq!(next(State::Committee, &over), Ok(State::Final));
        let end = facts(1).objections_end_on;
        let until = |state, own| objections_until(state, end, own);
        assert_eq!(until(State::ObjectionOpen, None), Some(end));
        assert_eq!(until(State::ObjectionOpen, date(30)), date(30));
        assert_eq!(until(State::ReReview, None), None);
        assert_eq!(until(State::Committee, date(30)), date(30));
        assert_eq!(until(State::Final, date(30)), None);
    }

    #[test]
    fn nothing_is_final_while_an_objection_waits() {
        let waiting = Facts {
            undecided_objections: 1,
            ..facts(30)
        };
        assert_eq!(
            next(State::Committee, &waiting),
            Err(Refusal::ObjectionsUndecided)
        );
    }
}
