//! Evidence that ages: a photograph proves a season, a letter some years.

use chrono::{Months, NaiveDate};

use super::{int, word};
use crate::domain::calendar::Quarter;
use crate::domain::json::Json;

/// How long evidence of a kind proves something.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ageing {
    pub kind: String,
    /// From the day of the paper on.
    pub months: u32,
    /// Whether it is turned away once that is over before the quarter; else it is only asked about.
    pub is_refused: bool,
}

/// How a piece of evidence stands to the quarter it is brought for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Age {
    /// Nobody said from when it is.
    Undated,
    /// It covers the quarter to its end.
    Fresh,
    /// It ends within the quarter.
    Ending(NaiveDate),
    /// It was over before the quarter began.
    Past(NaiveDate),
    /// It begins after the quarter.
    Later(NaiveDate),
}

/// Reads one line of the data.
pub(super) fn read(json: &Json) -> Option<Ageing> {
    Some(Ageing {
        kind: word(json, "kind")?,
        months: u32::try_from(int(json.get("months")?)?).ok()?,
        is_refused: match json.get("past")?.as_text()? {
            "refuse" => true,
            "warn" => false,
            _ => return None,
        },
    })
}

/// How evidence with these days stands to a quarter. A last day that was written counts; else the age of its kind does.
pub fn age(
    ageing: Option<&Ageing>,
    (from, to): (Option<NaiveDate>, Option<NaiveDate>),
    quarter: Quarter,
) -> Age {
    let aged = || from?.checked_add_months(Months::new(ageing?.months));
    if let Some(from) = from.filter(|from| *from > quarter.last_day()) {
        return Age::Later(from);
    }
    match to.or_else(aged) {
        Some(until) if until < quarter.first_day() => Age::Past(until),
        Some(until) if until < quarter.last_day() => Age::Ending(until),
        Some(_) => Age::Fresh,
        None if from.is_none() && ageing.is_some() => Age::Undated,
        None => Age::Fresh,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Option<NaiveDate> {
        text.parse().ok()
    }

    #[test]
    fn a_photograph_of_spring_proves_nothing_in_autumn() {
        let photo = Ageing {
            kind: "photo".to_owned(),
            months: 3,
            is_refused: true,
        };
        let quarter = Quarter::parse("1405-Q2").expect("a quarter");
        let of = |from, to| age(Some(&photo), (day(from), day(to)), quarter);
        assert_eq!(of("", ""), Age::Undated);
        assert_eq!(
            of("2026-03-01", ""),
            Age::Past(day("2026-06-01").expect("a day"))
        );
        assert_eq!(
            of("2026-05-01", ""),
            Age::Ending(day("2026-08-01").expect("a day"))
        );
        assert_eq!(of("2026-08-01", ""), Age::Fresh);
        assert_eq!(of("2026-03-01", "2027-01-01"), Age::Fresh);
        assert_eq!(
            of("2026-12-01", ""),
            Age::Later(day("2026-12-01").expect("a day"))
        );
        assert_eq!(age(None, (None, None), quarter), Age::Fresh);
    }
}
