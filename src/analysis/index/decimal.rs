//! Numbers as somebody wrote them: weights and shares compared as whole numbers, scores rounded by their digits.

/// Decimals of weights that are kept: with them all sums fit, up to 15,000 units.
const MOST_DECIMALS: usize = 22;
/// Up to so many digits a number is what somebody wrote; more are the noise of computing.
const WRITTEN: usize = 15;
/// What is noise beside a computed number of size 1, and the most of it in units of the last printed place.
const NOISE: f64 = 2e-14;
const MOST_NOISE: f64 = 1e-3;
/// Below this, a number times a power of ten is known well enough to be rounded as a float.
const EASY: f64 = 1e9;

/// Numbers as whole numbers of one small unit, so that halves and ties are exact.
pub fn whole(numbers: &[f64]) -> Vec<i128> {
    // The shortest decimals that mean the same number are what somebody wrote.
    let written: Vec<String> = numbers.iter().map(|number| format!("{number}")).collect();
    let decimals = |text: &String| text.split_once('.').map_or(0, |(_, after)| after.len());
    let most = written
        .iter()
        .map(decimals)
        .max()
        .unwrap_or(0)
        .min(MOST_DECIMALS);
    let one = |text: &String| {
        let (before, after) = text.split_once('.').unwrap_or((text, ""));
        let digits: String = after
            .chars()
            .chain(std::iter::repeat('0'))
            .take(most)
            .collect();
        format!("{before}{digits}").parse().unwrap_or(0)
    };
    written.iter().map(one).collect()
}

/// Whether a part is at least that share of the whole: digit by digit, as in a long division.
pub fn reaches(part: i128, whole: i128, share: f64) -> bool {
    let text = format!("{share}");
    let mut rest = part;
    for digit in text.chars().filter_map(|sign| sign.to_digit(10)) {
        match (rest / whole).cmp(&i128::from(digit)) {
            std::cmp::Ordering::Greater => return true,
            std::cmp::Ordering::Less => return false,
            std::cmp::Ordering::Equal => rest = rest % whole * 10,
        }
    }
    true
}

/// Rounds half up to so many decimals, by the digits of the shortest text of a number. Where a number has more digits
/// than anybody writes, a half that was missed by noise is still a half.
pub fn half_up(decimals: i32) -> impl Fn(f64) -> f64 {
    let power = 10_f64.powi(decimals);
    move |value| {
        let scaled = value * power;
        let up = (scaled + 0.5).floor();
        let is_clear = (scaled - scaled.floor() - 0.5).abs() > MOST_NOISE;
        if value.is_nan() || (is_clear && scaled.abs() < EASY) {
            return up / power;
        }
        by_digits(value, decimals.max(0) as usize, power)
    }
}

fn by_digits(value: f64, decimals: usize, power: f64) -> f64 {
    let text = format!("{}", value.abs());
    let Some((before, after)) = text.split_once('.') else {
        return value;
    };
    if after.len() <= decimals {
        return value;
    }
    let (kept, tail) = after.split_at(decimals);
    let digits = format!("{before}{kept}");
    let significant = text.replace('.', "").trim_start_matches('0').len();
    let noise = if significant <= WRITTEN {
        0.0
    } else {
        (value.abs() * power * NOISE).min(MOST_NOISE)
    };
    let (Ok(units), Ok(tail)) = (digits.parse::<u128>(), format!("0.{tail}").parse::<f64>()) else {
        return value;
    };
    // Up is toward zero for what is below it.
    let is_half = (tail - 0.5).abs() <= noise;
    let is_farther = if is_half { value > 0.0 } else { tail > 0.5 };
    let units = format!("{:0>1$}", units + u128::from(is_farther), decimals + 1);
    let (before, after) = units.split_at(units.len() - decimals);
    let rounded = format!("{before}.{after}0").parse().unwrap_or(value.abs());
    if value < 0.0 { -rounded } else { rounded }
}

/// A number with so many decimals: its own digits, and zeros behind them.
pub fn printed(value: f64, decimals: usize) -> String {
    let text = format!("{}", value + 0.0);
    if decimals == 0 {
        return text;
    }
    let (before, after) = text.split_once('.').unwrap_or((&text, ""));
    format!("{before}.{after:0<decimals$}")
}
