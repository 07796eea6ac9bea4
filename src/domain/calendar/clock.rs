//! The time of day as somebody types it: ۹:۲۰, 09:20, 9.20.

use super::super::number::to_latin;

/// Minutes since midnight of a typed time; nothing where it is none.
pub fn parse_clock(typed: &str) -> Option<i64> {
    let latin = to_latin(typed.trim());
    let (hours, minutes) = latin.split_once([':', '.'])?;
    let part = |text: &str, most: i64| -> Option<i64> {
        let is_short = (1..=2).contains(&text.len());
        let is_number = text.bytes().all(|byte| byte.is_ascii_digit());
        let number = text.parse().ok().filter(|_| is_short && is_number)?;
        (number <= most).then_some(number)
    };
    let whole = minutes.len() == 2;
    Some(part(hours, 23)? * 60 + part(minutes, 59).filter(|_| whole)?)
}

#[cfg(test)]
mod tests {
    use super::parse_clock;

    #[test]
    fn a_time_is_read_in_any_digits() {
        assert_eq!(parse_clock(" ۹:۲۰"), Some(560));
        assert_eq!(parse_clock("09.20"), Some(560));
        assert_eq!(parse_clock("23:59"), Some(1439));
    }

    #[test]
    fn what_is_no_time_is_refused() {
        for typed in ["", "9", "24:00", "9:60", "9:2", "-9:20", "9:20:00", "+9:20"] {
            assert_eq!(parse_clock(typed), None, "{typed}");
        }
    }
}
