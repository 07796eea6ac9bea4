//! Text that people type: cleaned of tricks, kept in their words; links; search; Persian order.

use std::cmp::Ordering;
use std::fmt;
use std::sync::LazyLock;

use icu_collator::options::CollatorOptions;
use icu_collator::{Collator, CollatorBorrowed};
use icu_locale_core::locale;
use icu_normalizer::properties::CanonicalCombiningClassMapBorrowed;

use crate::domain::number::to_latin;

/// Vowel signs and accents that may stand on one letter. Arabic script needs four at most.
const MOST_MARKS: usize = 8;
/// The longest web address that is taken as evidence.
const LONGEST_LINK: usize = 2000;
const ZWNJ: char = '\u{200C}';

/// Why a typed text was not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TextFault {
    /// Nothing was typed where something is needed.
    Empty,
    /// Longer than this many characters.
    TooLong(usize),
    /// Holds a control character (NUL, escape, a line break where one line is asked).
    Control,
    /// So many marks on one letter that they would run over the page.
    TooManyMarks,
}

impl fmt::Display for TextFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Empty => f.write_str("no text"),
            Self::TooLong(most) => write!(f, "longer than {most} characters"),
            Self::Control => f.write_str("holds a control character"),
            Self::TooManyMarks => f.write_str("too many marks on one letter"),
        }
    }
}

impl std::error::Error for TextFault {}

/// Reads one typed line of at most `most` characters; it may be empty.
pub fn line(typed: &str, most: usize) -> Result<String, TextFault> {
    clean(typed, most, false)
}

/// Reads one typed line that must say something: a name, a title.
pub fn filled_line(typed: &str, most: usize) -> Result<String, TextFault> {
    filled(line(typed, most)?)
}

/// Reads typed text of several lines, at most `most` characters; it may be empty.
pub fn note(typed: &str, most: usize) -> Result<String, TextFault> {
    clean(typed, most, true)
}

/// Reads typed text that must say something: a reason, an objection.
pub fn filled_note(typed: &str, most: usize) -> Result<String, TextFault> {
    filled(note(typed, most)?)
}

fn filled(text: String) -> Result<String, TextFault> {
    if text.is_empty() {
        Err(TextFault::Empty)
    } else {
        Ok(text)
    }
}

fn clean(typed: &str, most: usize, lines: bool) -> Result<String, TextFault> {
    let one_break = typed.replace("\r\n", "\n");
    let kept: String = one_break
        .chars()
        .filter(|c| !is_hidden(*c))
        .map(persian_letter)
        .collect();
    let trimmed = kept.trim_matches(|c: char| c.is_whitespace() || c == ZWNJ);
    if trimmed.chars().any(|c| is_refused(c, lines)) {
        return Err(TextFault::Control);
    }
    if is_flooded(trimmed) {
        return Err(TextFault::TooManyMarks);
    }
    if trimmed.chars().count() > most {
        return Err(TextFault::TooLong(most));
    }
    Ok(trimmed.to_owned())
}

/// Arabic forms of two letters, as many keyboards give them, become the Persian ones.
fn persian_letter(c: char) -> char {
    match c {
        'ي' => 'ی',
        'ك' => 'ک',
        c => c,
    }
}

/// Marks that nobody sees and that turn or hide what others read.
/// The zero-width joiners are not among them: Persian is written with them.
fn is_hidden(c: char) -> bool {
    matches!(
        c,
        '\u{061C}' | '\u{200B}' | '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}'
            | '\u{2060}'..='\u{2064}' | '\u{2066}'..='\u{206F}' | '\u{FEFF}'
            | '\u{E0000}'..='\u{E007F}'
    )
}

fn is_refused(c: char, lines: bool) -> bool {
    match c {
        '\n' | '\t' => !lines,
        '\u{2028}' | '\u{2029}' => true,
        c => c.is_control(),
    }
}

fn is_flooded(text: &str) -> bool {
    let classes = CanonicalCombiningClassMapBorrowed::new();
    let mut marks = 0;
    for c in text.chars() {
        // Marks without a combining class: enclosing ones and variation selectors.
        let other = matches!(
            c,
            '\u{0488}' | '\u{0489}' | '\u{20DD}'..='\u{20E4}' | '\u{FE00}'..='\u{FE0F}'
                | '\u{E0100}'..='\u{E01EF}'
        );
        // Joiners between marks do not end a pile of marks.
        let joiner = matches!(c, ZWNJ | '\u{200D}' | '\u{034F}');
        marks = match other || joiner || classes.get_u8(c) != 0 {
            true => marks + 1,
            false => 0,
        };
        if marks > MOST_MARKS {
            return true;
        }
    }
    false
}

/// The form in which texts are compared when people search: letter variants, case, digits,
/// vowel signs and joiners make no difference. The result is matched literally, never as a pattern.
pub fn search_key(text: &str) -> String {
    let classes = CanonicalCombiningClassMapBorrowed::new();
    let folded: String = to_latin(text)
        .chars()
        .filter(|c| !is_hidden(*c) && *c != '\u{200D}' && *c != 'ـ' && classes.get_u8(*c) == 0)
        .flat_map(char::to_lowercase)
        .map(|c| match c {
            'ي' | 'ى' | 'ئ' | 'ې' => 'ی',
            'ك' => 'ک',
            'ة' | 'ۀ' | 'ۂ' => 'ه',
            'أ' | 'إ' | 'آ' | 'ٱ' => 'ا',
            'ؤ' => 'و',
            ZWNJ => ' ',
            c => c,
        })
        .collect();
    folded.split_whitespace().collect::<Vec<_>>().join(" ")
}

static PERSIAN: LazyLock<CollatorBorrowed<'static>> = LazyLock::new(|| {
    Collator::try_new(locale!("fa").into(), CollatorOptions::default())
        .expect("the Persian order is compiled into the program")
});

/// The order of Persian names: پ after ب, گ after ک, ی last; joiners make no difference.
pub fn persian_order(left: &str, right: &str) -> Ordering {
    PERSIAN.compare(left, right).then_with(|| left.cmp(right))
}

/// A text whose plain order, in any database, is the order of Persian names: only digits and a to f.
pub fn sort_key(name: &str) -> String {
    let mut key = Vec::new();
    let Ok(()) = PERSIAN.write_sort_key_to(name, &mut key);
    hex::encode(key)
}

/// A web address that may be shown as a link.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct WebLink(String);

/// Why an address is not shown as a link.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LinkFault {
    /// Nothing was typed.
    Empty,
    /// Longer than any sane address.
    TooLong,
    /// Not http or https.
    Scheme,
    /// A name or password stands before the host.
    Credentials,
    /// No host, or not one of the open web.
    Host,
    /// Holds a space, a quote or a hidden character.
    Character,
}

impl fmt::Display for LinkFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Empty => "no address",
            Self::TooLong => "the address is too long",
            Self::Scheme => "only http and https addresses are taken",
            Self::Credentials => "the address holds a name or password",
            Self::Host => "the address has no right host",
            Self::Character => "the address holds a forbidden character",
        })
    }
}

impl std::error::Error for LinkFault {}

impl WebLink {
    /// Reads a typed web address.
    pub fn parse(typed: &str) -> Result<Self, LinkFault> {
        let text = typed.trim();
        if text.is_empty() {
            return Err(LinkFault::Empty);
        }
        if text.chars().count() > LONGEST_LINK {
            return Err(LinkFault::TooLong);
        }
        let rest = after_scheme(text).ok_or(LinkFault::Scheme)?;
        if text.chars().any(is_forbidden_in_link) {
            return Err(LinkFault::Character);
        }
        let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
        if authority.contains('@') {
            return Err(LinkFault::Credentials);
        }
        if is_host(authority) {
            Ok(Self(text.to_owned()))
        } else {
            Err(LinkFault::Host)
        }
    }

    /// The address as it was typed.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for WebLink {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

fn after_scheme(text: &str) -> Option<&str> {
    ["https://", "http://"].into_iter().find_map(|scheme| {
        let head = text.get(..scheme.len())?;
        head.eq_ignore_ascii_case(scheme)
            .then(|| &text[scheme.len()..])
    })
}

fn is_forbidden_in_link(c: char) -> bool {
    c.is_whitespace()
        || c.is_control()
        || is_hidden(c)
        || matches!(
            c,
            '"' | '\'' | '<' | '>' | '\\' | '`' | '{' | '}' | '|' | '^'
        )
}

/// A host name with dots, or an address in digits, and perhaps a port.
fn is_host(authority: &str) -> bool {
    let (host, port) = match authority.split_once(':') {
        Some((host, port)) => (host, Some(port)),
        None => (authority, None),
    };
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    if port.is_some_and(|p| !digits(p) || p.parse::<u16>().is_err()) {
        return false;
    }
    let label = |text: &str| {
        let letters = text
            .chars()
            .all(|c| c.is_alphanumeric() || matches!(c, '-' | ZWNJ));
        letters && !text.is_empty() && !text.starts_with('-') && !text.ends_with('-')
    };
    host.contains('.') && host.chars().count() <= 253 && host.split('.').all(label)
}
