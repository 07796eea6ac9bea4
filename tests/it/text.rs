//! What people type as text: nothing hidden comes in, nothing of their words is lost.

use std::cmp::Ordering;

use mizan::domain::text::{
    LinkFault, TextFault, WebLink, filled_line, filled_note, line, note, persian_order, search_key,
};

#[test]
fn arabic_letters_become_persian_and_joiners_stay() {
    assert_eq!(line("  اداره كل پيگيري  ", 100).unwrap(), "اداره کل پیگیری");
    assert_eq!(line("می‌شود", 100).unwrap(), "می\u{200c}شود");
    assert_eq!(line("", 100).unwrap(), "");
}

#[test]
fn hidden_marks_of_direction_are_taken_out() {
    let tricks =
        "a\u{202E}b\u{202A}c\u{2066}d\u{2069}e\u{200E}f\u{200F}g\u{061C}h\u{FEFF}i\u{200B}j";
    assert_eq!(line(tricks, 100).unwrap(), "abcdefghij");
}

#[test]
fn control_characters_are_refused() {
    for typed in ["a\0b", "a\u{1b}[31m", "a\u{7f}b", "a\u{85}b", "a\u{2028}b"] {
        assert_eq!(note(typed, 100), Err(TextFault::Control), "{typed:?}");
        assert_eq!(line(typed, 100), Err(TextFault::Control), "{typed:?}");
    }
    assert_eq!(line("a\nb", 100), Err(TextFault::Control));
    assert_eq!(note("a\r\nb\tc\n", 100).unwrap(), "a\nb\tc");
    assert_eq!(note("a\rb", 100), Err(TextFault::Control));
}

#[test]
fn a_pile_of_marks_is_refused_and_ordinary_vowels_are_not() {
    let pile = |n| format!("ا{}", "\u{0651}".repeat(n));
    assert!(line(&pile(8), 100).is_ok());
    assert_eq!(line(&pile(9), 100), Err(TextFault::TooManyMarks));
    assert_eq!(
        line(&format!("Z{}", "\u{0301}".repeat(1000)), 5000),
        Err(TextFault::TooManyMarks)
    );
    let joined = format!("Z{}", "\u{0301}\u{200d}".repeat(20));
    assert_eq!(line(&joined, 5000), Err(TextFault::TooManyMarks));
    assert_eq!(
        line(&format!("Z{}", "\u{fe0f}".repeat(20)), 99),
        Err(TextFault::TooManyMarks)
    );
    assert!(line("بِسْمِ اللَّهِ الرَّحْمَٰنِ", 100).is_ok());
}

#[test]
fn length_is_counted_in_characters_after_cleaning() {
    assert!(line(&format!("  {}  ", "ی".repeat(10)), 10).is_ok());
    assert_eq!(line(&"ی".repeat(11), 10), Err(TextFault::TooLong(10)));
}

#[test]
fn a_text_of_blanks_says_nothing() {
    for typed in [
        "",
        "   ",
        "\u{200c}\u{200c}",
        "\u{200f}",
        " \u{feff} ",
        "\u{00a0}",
    ] {
        assert_eq!(filled_line(typed, 10), Err(TextFault::Empty), "{typed:?}");
        assert_eq!(filled_note(typed, 10), Err(TextFault::Empty), "{typed:?}");
    }
    assert_eq!(filled_note("\nدلیل\n", 10).unwrap(), "دلیل");
}

#[test]
fn markup_and_templates_are_only_letters() {
    for typed in [
        "<script>alert(1)</script>",
        "{{7*7}}",
        "{% include \"/etc/passwd\" %}",
    ] {
        assert_eq!(note(typed, 100).unwrap(), typed);
    }
}

#[test]
fn only_plain_web_addresses_become_links() {
    for typed in [
        "https://example.ir/a?b=c#d",
        "HTTP://Example.ir",
        "https://example.ir:8443/فایل.pdf",
        "http://10.0.0.1/x",
        "https://نمونه.ایران/",
        "https://example.ir/@user",
    ] {
        assert_eq!(WebLink::parse(typed).unwrap().as_str(), typed);
    }
    for (typed, fault) in [
        ("", LinkFault::Empty),
        ("javascript:alert(1)", LinkFault::Scheme),
        ("JaVaScript://example.ir/%0aalert(1)", LinkFault::Scheme),
        ("data:text/html,x", LinkFault::Scheme),
        ("ftp://example.ir", LinkFault::Scheme),
        ("//example.ir", LinkFault::Scheme),
        ("file:///etc/passwd", LinkFault::Scheme),
        ("example.ir", LinkFault::Scheme),
        ("https://me:secret@example.ir/", LinkFault::Credentials),
        ("https://example.ir@evil.ir", LinkFault::Credentials),
        ("https://", LinkFault::Host),
        ("https:///path", LinkFault::Host),
        ("https://localhost/", LinkFault::Host),
        ("https://example..ir/", LinkFault::Host),
        ("https://-a.ir/", LinkFault::Host),
        ("https://example.ir:99999/", LinkFault::Host),
        ("https://example.ir:/", LinkFault::Host),
        ("https://[::1]/", LinkFault::Host),
        ("https://example.ir/a b", LinkFault::Character),
        ("https://example.ir\\@evil.ir", LinkFault::Character),
        ("https://example.ir/\"onload=x", LinkFault::Character),
        ("https://example.ir/\u{202e}fdp", LinkFault::Character),
        ("https://example.ir/\0", LinkFault::Character),
    ] {
        assert_eq!(WebLink::parse(typed), Err(fault), "{typed:?}");
    }
    let long = format!("https://example.ir/{}", "a".repeat(2000));
    assert_eq!(WebLink::parse(&long), Err(LinkFault::TooLong));
}

#[test]
fn search_finds_a_name_however_it_was_typed() {
    let same = |a: &str, b: &str| assert_eq!(search_key(a), search_key(b));
    same("اداره كل پيگيري", "اداره کل پیگیری");
    same("حمل‌ونقل", "حمل ونقل");
    same("تأمین", "تامین");
    same("سه‌ماههٔ  اول", "سه ماهه اول");
    same("سه‌ماههۀ", "سه ماههه");
    same("آب", "اب");
    same("بِسم", "بسم");
    same("SD-۰۷", "sd-07");
    assert_eq!(search_key("100%_.*"), "100%_.*");
    assert_ne!(search_key("پست"), search_key("بست"));
}

#[test]
fn persian_names_stand_in_the_order_of_the_alphabet() {
    let mut names = [
        "یزد", "گاز", "کار", "ژاله", "زمین", "چرام", "جهاد", "پست", "بانک", "آب", "هلال", "وقف",
    ];
    names.sort_by(|a, b| persian_order(a, b));
    assert_eq!(
        names,
        [
            "آب", "بانک", "پست", "جهاد", "چرام", "زمین", "ژاله", "کار", "گاز", "وقف", "هلال", "یزد"
        ]
    );
    assert_eq!(persian_order("پست", "پست"), Ordering::Equal);
    assert_ne!(persian_order("می‌شود", "میشود"), Ordering::Equal);
}
