//! Numbers as people type and read them: Persian, Arabic and Latin digits, hundredths, groups.

use std::fmt;

/// Why what was typed is not the number asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NumberFault {
    /// Nothing was typed.
    Empty,
    /// Not a number as people write it (`1e309`, `0x10`, `NaN`, a wrong group of digits).
    NotANumber,
    /// Below zero where only zero and more make sense.
    Negative,
    /// More than anybody can mean.
    TooLarge,
    /// More than two decimals, or any where a whole number is asked.
    TooManyDecimals,
}

impl fmt::Display for NumberFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Empty => "no number",
            Self::NotANumber => "not a number",
            Self::Negative => "below zero",
            Self::TooLarge => "too large",
            Self::TooManyDecimals => "too many decimals",
        })
    }
}

impl std::error::Error for NumberFault {}

/// Digits before the decimal mark. With hundredths, far below the end of an i64.
const MOST_DIGITS: usize = 12;

/// How many decimals to write.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Decimals {
    /// Only those that are not zero: ۱۲٫۵
    Trim,
    /// Always two: ۱۲٫۵۰
    Two,
}

/// Turns Persian and Arabic digits into Latin ones; everything else stays.
pub fn to_latin(text: &str) -> String {
    text.chars().map(latin_digit).collect()
}

fn latin_digit(c: char) -> char {
    let base = match c {
        '۰'..='۹' => '۰',
        '٠'..='٩' => '٠',
        _ => return c,
    };
    let digit = u32::from(c) - u32::from(base);
    char::from_digit(digit, 10).unwrap_or(c)
}

/// Turns Latin and Arabic digits into Persian ones; everything else stays.
pub fn to_persian(text: &str) -> String {
    text.chars()
        .map(|c| persian_digit(latin_digit(c)))
        .collect()
}

fn persian_digit(c: char) -> char {
    let persian = |digit| char::from_u32(u32::from('۰') + digit);
    c.to_digit(10).and_then(persian).unwrap_or(c)
}

/// Reads a whole number, zero or more.
pub fn parse_whole(typed: &str) -> Result<i64, NumberFault> {
    let number = parse_signed_hundredths(typed)?;
    if read(typed)?.decimals > 0 {
        return Err(NumberFault::TooManyDecimals);
    }
    if number < 0 {
        Err(NumberFault::Negative)
    } else {
        Ok(number / 100)
    }
}

/// Reads a decimal, zero or more, as hundredths: ۱۲٫۵ is 1250.
pub fn parse_hundredths(typed: &str) -> Result<i64, NumberFault> {
    match parse_signed_hundredths(typed)? {
        number if number < 0 => Err(NumberFault::Negative),
        number => Ok(number),
    }
}

/// Reads a decimal that may be below zero, as hundredths.
pub fn parse_signed_hundredths(typed: &str) -> Result<i64, NumberFault> {
    let raw = read(typed)?;
    if raw.whole.len() > MOST_DIGITS {
        return Err(NumberFault::TooLarge);
    }
    if raw.decimals > 2 {
        return Err(NumberFault::TooManyDecimals);
    }
    let digits = format!("{}{}", raw.whole, raw.fraction);
    let number: i64 = digits.parse().map_err(|_| NumberFault::TooLarge)?;
    let hundredths = number * [100, 10, 1][raw.decimals];
    Ok(if raw.negative {
        -hundredths
    } else {
        hundredths
    })
}

/// A number split into its parts, digits Latin, groups joined.
struct Raw {
    negative: bool,
    whole: String,
    fraction: String,
    decimals: usize,
}

fn read(typed: &str) -> Result<Raw, NumberFault> {
    let clean: String = to_latin(typed)
        .chars()
        .filter(|c| !matches!(c, '\u{200E}' | '\u{200F}' | '\u{061C}'))
        .collect();
    let clean = clean.trim();
    if clean.is_empty() {
        return Err(NumberFault::Empty);
    }
    let unsigned = clean.strip_prefix(['-', '−']);
    let text = unsigned.unwrap_or(clean);
    let (whole, fraction) = match text.split_once(['.', '٫']) {
        Some((whole, fraction)) => (whole, Some(fraction)),
        None => (text, None),
    };
    let digits = |s: &str| !s.is_empty() && s.bytes().all(|b| b.is_ascii_digit());
    if fraction.is_some_and(|f| !digits(f)) {
        return Err(NumberFault::NotANumber);
    }
    let joined = join_groups(whole)?;
    let trimmed = joined.trim_start_matches('0');
    let fraction = fraction.unwrap_or_default();
    Ok(Raw {
        negative: unsigned.is_some(),
        whole: if trimmed.is_empty() { "0" } else { trimmed }.to_owned(),
        fraction: fraction.to_owned(),
        decimals: fraction.len(),
    })
}

/// Joins ۱٬۲۰۰ and 1,200; refuses groups that are not three digits long.
fn join_groups(whole: &str) -> Result<String, NumberFault> {
    let groups: Vec<&str> = whole.split([',', '٬']).collect();
    let all_digits = groups
        .iter()
        .all(|g| !g.is_empty() && g.bytes().all(|b| b.is_ascii_digit()));
    let right = match groups.as_slice() {
        [_] => true,
        [first, rest @ ..] => first.len() <= 3 && rest.iter().all(|g| g.len() == 3),
        [] => false,
    };
    if all_digits && right {
        Ok(groups.concat())
    } else {
        Err(NumberFault::NotANumber)
    }
}

/// Writes hundredths for a Persian reader: «۱٬۲۳۴٫۵», «−۰٫۵».
pub fn fa_hundredths(hundredths: i64, decimals: Decimals) -> String {
    to_persian(&write(hundredths, decimals, "٬", "٫", "−"))
}

/// Writes hundredths for an English reader: `1,234.5`, `−0.5`.
pub fn en_hundredths(hundredths: i64, decimals: Decimals) -> String {
    write(hundredths, decimals, ",", ".", "−")
}

/// Writes hundredths for data and the value of an input: `1234.5`, `-0.5`.
pub fn plain_hundredths(hundredths: i64, decimals: Decimals) -> String {
    write(hundredths, decimals, "", ".", "-")
}

/// Writes a whole number for a Persian reader: «۱٬۲۰۰».
pub fn fa_whole(number: i64) -> String {
    let sign = if number < 0 { "−" } else { "" };
    to_persian(&format!("{sign}{}", group(number.unsigned_abs(), "٬")))
}

/// Writes a whole number for an English reader: `1,200`.
pub fn en_whole(number: i64) -> String {
    let sign = if number < 0 { "−" } else { "" };
    format!("{sign}{}", group(number.unsigned_abs(), ","))
}

fn write(hundredths: i64, decimals: Decimals, grouping: &str, mark: &str, minus: &str) -> String {
    let size = hundredths.unsigned_abs();
    let sign = if hundredths < 0 { minus } else { "" };
    let whole = group(size / 100, grouping);
    let fraction = format!("{:02}", size % 100);
    let shown = match decimals {
        Decimals::Two => fraction.as_str(),
        Decimals::Trim => fraction.trim_end_matches('0'),
    };
    match shown {
        "" => format!("{sign}{whole}"),
        shown => format!("{sign}{whole}{mark}{shown}"),
    }
}

fn group(number: u64, grouping: &str) -> String {
    let digits = number.to_string();
    let mut out = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            out.push_str(grouping);
        }
        out.push(digit);
    }
    out
}
