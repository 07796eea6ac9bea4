//! What people type as a number, and how a number is shown to them.

use mizan::domain::number::{
    Decimals, NumberFault, en_hundredths, en_whole, fa_hundredths, fa_whole, parse_hundredths,
    parse_signed_hundredths, parse_whole, plain_hundredths, to_latin, to_persian,
};

#[test]
fn digits_of_three_scripts_are_the_same_digits() {
    assert_eq!(
        to_latin("۰۱۲۳۴۵۶۷۸۹ ٠١٢٣٤٥٦٧٨٩ x۱"),
        "0123456789 0123456789 x1"
    );
    assert_eq!(
        to_persian("0123456789 ٠١٢٣٤٥٦٧٨٩ SD-۰7"),
        "۰۱۲۳۴۵۶۷۸۹ ۰۱۲۳۴۵۶۷۸۹ SD-۰۷"
    );
}

#[test]
fn a_number_is_read_in_every_script() {
    for typed in [
        "12.5",
        "۱۲٫۵",
        "١٢٫٥",
        "۱۲.۵",
        " 12.50 ",
        "\u{200e}12.5",
        "012.5",
    ] {
        assert_eq!(parse_hundredths(typed), Ok(1250), "{typed}");
    }
    for typed in ["1200", "1,200", "۱٬۲۰۰", "١٢٠٠", "۱۲۰۰ "] {
        assert_eq!(parse_whole(typed), Ok(1200), "{typed}");
    }
    assert_eq!(parse_hundredths("1,234,567.89"), Ok(123_456_789));
    assert_eq!(parse_whole("0"), Ok(0));
    assert_eq!(parse_whole("-0"), Ok(0));
    assert_eq!(parse_whole("000000000000000007"), Ok(7));
    assert_eq!(parse_whole("999999999999"), Ok(999_999_999_999));
}

#[test]
fn what_is_not_a_number_is_refused_with_its_own_reason() {
    for (typed, fault) in [
        ("", NumberFault::Empty),
        (" \u{200f} ", NumberFault::Empty),
        ("-1", NumberFault::Negative),
        ("−۱", NumberFault::Negative),
        ("1e309", NumberFault::NotANumber),
        ("NaN", NumberFault::NotANumber),
        ("inf", NumberFault::NotANumber),
        ("0x10", NumberFault::NotANumber),
        ("+5", NumberFault::NotANumber),
        ("--5", NumberFault::NotANumber),
        ("-", NumberFault::NotANumber),
        ("1 200", NumberFault::NotANumber),
        ("12,5", NumberFault::NotANumber),
        ("1,20", NumberFault::NotANumber),
        ("1200,000", NumberFault::NotANumber),
        (",200", NumberFault::NotANumber),
        ("1,,200", NumberFault::NotANumber),
        (".5", NumberFault::NotANumber),
        ("5.", NumberFault::NotANumber),
        ("1.2.3", NumberFault::NotANumber),
        ("1.2,345", NumberFault::NotANumber),
        ("۱۲٪", NumberFault::NotANumber),
        ("½", NumberFault::NotANumber),
        ("९", NumberFault::NotANumber),
        ("دوازده", NumberFault::NotANumber),
        ("9999999999999999999", NumberFault::TooLarge),
        ("1000000000000", NumberFault::TooLarge),
        ("12.345", NumberFault::TooManyDecimals),
    ] {
        assert_eq!(parse_hundredths(typed), Err(fault), "{typed}");
        assert_eq!(parse_whole(typed), Err(fault), "{typed}");
    }
    assert_eq!(parse_whole("12.5"), Err(NumberFault::TooManyDecimals));
    assert_eq!(
        parse_hundredths(&"9".repeat(100_000)),
        Err(NumberFault::TooLarge)
    );
    assert_eq!(parse_signed_hundredths("-0.5"), Ok(-50));
    assert_eq!(parse_signed_hundredths("−۰٫۵"), Ok(-50));
}

#[test]
fn numbers_are_written_for_their_reader() {
    assert_eq!(fa_hundredths(1250, Decimals::Trim), "۱۲٫۵");
    assert_eq!(fa_hundredths(1250, Decimals::Two), "۱۲٫۵۰");
    assert_eq!(fa_hundredths(1200, Decimals::Trim), "۱۲");
    assert_eq!(fa_hundredths(1205, Decimals::Trim), "۱۲٫۰۵");
    assert_eq!(fa_hundredths(123_456_789, Decimals::Two), "۱٬۲۳۴٬۵۶۷٫۸۹");
    assert_eq!(fa_hundredths(-50, Decimals::Trim), "−۰٫۵");
    assert_eq!(en_hundredths(123_456, Decimals::Two), "1,234.56");
    assert_eq!(plain_hundredths(-123_456, Decimals::Trim), "-1234.56");
    assert_eq!(fa_whole(1_200), "۱٬۲۰۰");
    assert_eq!(fa_whole(-100), "−۱۰۰");
    assert_eq!(en_whole(1_000_000), "1,000,000");
    assert_eq!(en_whole(i64::MIN), "−9,223,372,036,854,775,808");
}

#[test]
fn what_is_written_is_read_back_as_itself() {
    let mut seed: u64 = 7;
    let random = std::iter::repeat_with(|| {
        seed = seed
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        i64::try_from((seed >> 20) % 99_999_999_999_999).unwrap()
    });
    for number in (0..20_000).chain(random.take(20_000)) {
        for signed in [number, -number] {
            for decimals in [Decimals::Trim, Decimals::Two] {
                for text in [
                    fa_hundredths(signed, decimals),
                    en_hundredths(signed, decimals),
                    plain_hundredths(signed, decimals),
                ] {
                    assert_eq!(parse_signed_hundredths(&text), Ok(signed), "{text}");
                }
            }
        }
        assert_eq!(parse_whole(&fa_whole(number / 100)), Ok(number / 100));
    }
}
