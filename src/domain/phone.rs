//! The number of a mobile phone, as people type it.

use super::number::to_latin;

/// An Iranian mobile number, `09123456789`, from any digits with spaces or hyphens between; nothing where it is none.
pub fn parse_mobile(typed: &str) -> Option<String> {
    let is_between = |sign: char| sign.is_whitespace() || sign == '-';
    let digits: String = to_latin(typed)
        .chars()
        .filter(|sign| !is_between(*sign))
        .collect();
    let is_mobile = digits.len() == 11
        && digits.starts_with("09")
        && digits.bytes().all(|byte| byte.is_ascii_digit());
    is_mobile.then_some(digits)
}

#[cfg(test)]
mod tests {
    use super::parse_mobile;

    #[test]
    fn only_a_mobile_number_is_one() {
        assert_eq!(
            parse_mobile("۰۹۱۲-۳۴۵ ۶۷۸۹").as_deref(),
            Some("09123456789")
        );
        for typed in [
            "",
            "9123456789",
            "+989123456789",
            "02133445566",
            "0912345678a",
        ] {
            assert_eq!(parse_mobile(typed), None, "{typed}");
        }
    }
}
