//! Where things stand in a drawing. Drawings run from the right, as Persian reads; the style sheet mirrors them for
//! English.

/// A part of the width in percent with two decimals, measured from the reader's side.
pub fn share(part: i64, whole: i64) -> String {
    percent(10_000 - of_width(part, whole))
}

/// A width in percent with two decimals.
pub fn width(part: i64, whole: i64) -> String {
    percent(of_width(part, whole))
}

fn of_width(part: i64, whole: i64) -> i64 {
    if whole <= 0 {
        return 0;
    }
    (part * 10_000).div_euclid(whole).clamp(0, 10_000)
}

fn percent(c: i64) -> String {
    format!("{}.{:02}%", c / 100, c % 100)
}
