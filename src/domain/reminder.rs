//! When somebody is reminded: so many working days before and after a due day, as the province sets them. Everybody
//! may choose fewer, but the last day is never among what is left out.

use super::number::to_latin;

/// Who is called, and from when on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Called {
    /// Manager and deputy, before the due day.
    Agency,
    /// The head, from the due day on.
    Head,
    /// The planning office, after it.
    Office,
}

/// How many reminders somebody wants.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Wish {
    /// All that the province has.
    #[default]
    All,
    /// The day before and the last day.
    Few,
    /// The last day alone, which cannot be turned off.
    Last,
}

impl Wish {
    /// From most to least.
    pub const ALL: [Wish; 3] = [Wish::All, Wish::Few, Wish::Last];

    /// The word kept in the database and sent by forms.
    pub fn as_str(self) -> &'static str {
        match self {
            Wish::All => "all",
            Wish::Few => "few",
            Wish::Last => "last",
        }
    }

    /// The wish of that word.
    pub fn parse(word: &str) -> Option<Wish> {
        Wish::ALL.into_iter().find(|wish| wish.as_str() == word)
    }

    fn allows(self, days_before: i32) -> bool {
        match self {
            Wish::All => true,
            Wish::Few => days_before <= 1,
            Wish::Last => days_before <= 0,
        }
    }
}

/// The days of a province, in working days.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Days {
    /// Before the due day; 0 is the due day itself and always among them.
    pub before: Vec<i32>,
    /// After it, when the head is called; 0 is the due day itself.
    pub head_after: Vec<i32>,
    /// After it, when the planning office is called.
    pub office_after: Vec<i32>,
}

impl Default for Days {
    fn default() -> Days {
        Days {
            before: vec![5, 2, 1, 0],
            head_after: vec![0, 1, 5],
            office_after: vec![1, 5],
        }
    }
}

/// The furthest day of a reminder.
pub const FURTHEST: i32 = 30;

impl Days {
    /// Whether somebody is called when so many working days are left; fewer than none when the day is over.
    pub fn call(&self, whom: Called, wish: Wish, left: i32) -> bool {
        match whom {
            Called::Agency => {
                left >= 0 && (left == 0 || self.before.contains(&left)) && wish.allows(left)
            }
            Called::Head => self.head_after.contains(&-left),
            Called::Office => self.office_after.contains(&-left),
        }
    }
}

/// Why a typed list of days was refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NoDays;

/// Reads a list of days as somebody types it: `5 2 1 0`, «۵، ۲، ۱، ۰».
pub fn parse_days(typed: &str) -> Result<Vec<i32>, NoDays> {
    let latin = to_latin(typed);
    let is_between = |sign: char| sign.is_whitespace() || matches!(sign, ',' | '،' | ';' | '؛');
    let mut days = Vec::new();
    for part in latin.split(is_between).filter(|part| !part.is_empty()) {
        let is_number = part.len() <= 2 && part.bytes().all(|byte| byte.is_ascii_digit());
        let day: Option<i32> = part.parse().ok().filter(|_| is_number);
        let day = day
            .filter(|day| (0..=FURTHEST).contains(day))
            .ok_or(NoDays)?;
        if !days.contains(&day) {
            days.push(day);
        }
    }
    if days.is_empty() || days.len() > 10 {
        return Err(NoDays);
    }
    Ok(days)
}

/// The list as it is kept and typed again.
pub fn keep_days(days: &[i32]) -> String {
    let words: Vec<String> = days.iter().map(i32::to_string).collect();
    words.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_day_cannot_be_chosen_away() {
        let days = Days {
            before: vec![5],
            ..Days::default()
        };
        for wish in Wish::ALL {
            assert!(days.call(Called::Agency, wish, 0), "{wish:?}");
            assert_eq!(days.call(Called::Agency, wish, 5), wish == Wish::All);
            assert!(!days.call(Called::Agency, wish, -1));
        }
    }

    #[test]
    fn the_head_is_called_on_the_last_day_and_the_office_after_it() {
        let days = Days::default();
        let when = |whom| {
            (-6..=6)
                .filter(|left| days.call(whom, Wish::All, *left))
                .collect()
        };
        let (head, office): (Vec<i32>, Vec<i32>) = (when(Called::Head), when(Called::Office));
        assert_eq!((head, office), (vec![-5, -1, 0], vec![-5, -1]));
    }

    #[test]
    fn days_are_read_in_any_digits_and_nothing_else_is() {
        assert_eq!(parse_days("۵، ۲ 1,0 0"), Ok(vec![5, 2, 1, 0]));
        for typed in ["", "-1", "5 x", "31", "1.5", "0 1 2 3 4 5 6 7 8 9 10"] {
            assert_eq!(parse_days(typed), Err(NoDays), "{typed}");
        }
    }
}
