//! Files as the rule reads and prints them (SCORING.md §17, §18): a strict reader, a canonical writer.
//! Numbers stay as typed, so that `7500.0` is refused and a long integer is never rounded.

use std::fmt::Write as _;

/// How deep a file may nest before it is refused as no JSON of ours.
const DEEPEST: usize = 200;

/// One JSON value; members in the order of the file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Json {
    Null,
    Bool(bool),
    Number(String),
    Text(String),
    List(Vec<Json>),
    Object(Vec<(String, Json)>),
}

impl Json {
    /// A whole number.
    pub fn int(number: impl Into<i128>) -> Json {
        Json::Number(number.into().to_string())
    }

    /// A text.
    pub fn text(text: impl Into<String>) -> Json {
        Json::Text(text.into())
    }

    /// A whole number, or null.
    pub fn maybe(number: Option<i64>) -> Json {
        number.map_or(Json::Null, Json::int)
    }

    /// A list of texts.
    pub fn texts<S: AsRef<str>>(list: &[S]) -> Json {
        Json::List(list.iter().map(|text| Json::text(text.as_ref())).collect())
    }

    /// An object of the given members.
    pub fn object<const N: usize>(members: [(&str, Json); N]) -> Json {
        Json::Object(
            members
                .into_iter()
                .map(|(name, value)| (name.to_owned(), value))
                .collect(),
        )
    }

    /// The member of that name, if this is an object that has it.
    pub fn get(&self, name: &str) -> Option<&Json> {
        match self {
            Json::Object(members) => members.iter().find(|(key, _)| key == name).map(|(_, v)| v),
            _ => None,
        }
    }

    /// The text, if this is one.
    pub fn as_text(&self) -> Option<&str> {
        match self {
            Json::Text(text) => Some(text),
            _ => None,
        }
    }

    /// The list, or an empty one.
    pub fn items(&self) -> &[Json] {
        match self {
            Json::List(items) => items,
            _ => &[],
        }
    }

    /// The integer, if this is one within 128 bits; longer ones stop at the limit and so stay out of range.
    pub fn as_int(&self) -> Option<i128> {
        match self {
            Json::Number(digits) if is_integer(digits) => {
                Some(digits.parse().unwrap_or(if digits.starts_with('-') {
                    i128::MIN
                } else {
                    i128::MAX
                }))
            }
            _ => None,
        }
    }

    /// The same on one line, as in a file of lines: members sorted by code point, nothing between.
    pub fn line(&self) -> String {
        let mut out = String::new();
        write(self, None, &mut out);
        out
    }

    /// Canonical text: members sorted by code point, two spaces, one newline at the end.
    pub fn canonical(&self) -> String {
        let mut out = String::new();
        write(self, Some(0), &mut out);
        out.push('\n');
        out
    }
}

fn is_integer(digits: &str) -> bool {
    digits != "-0" && !digits.contains(['.', 'e', 'E'])
}

/// Writes at a depth of lines, or on one line.
fn write(json: &Json, depth: Option<usize>, out: &mut String) {
    let deeper = depth.map(|depth| depth + 1);
    match json {
        Json::Null => out.push_str("null"),
        Json::Bool(yes) => out.push_str(if *yes { "true" } else { "false" }),
        Json::Number(digits) => out.push_str(digits),
        Json::Text(text) => write_text(text, out),
        Json::List(items) if items.is_empty() => out.push_str("[]"),
        Json::List(items) => {
            out.push('[');
            for (place, item) in items.iter().enumerate() {
                step(place, deeper, out);
                write(item, deeper, out);
            }
            close(']', depth, out);
        }
        Json::Object(members) if members.is_empty() => out.push_str("{}"),
        Json::Object(members) => {
            let mut sorted: Vec<_> = members.iter().collect();
            sorted.sort_by(|a, b| a.0.cmp(&b.0));
            out.push('{');
            for (place, (name, value)) in sorted.into_iter().enumerate() {
                step(place, deeper, out);
                write_text(name, out);
                out.push_str(if depth.is_some() { ": " } else { ":" });
                write(value, deeper, out);
            }
            close('}', depth, out);
        }
    }
}

/// Between two items, and before the first.
fn step(place: usize, depth: Option<usize>, out: &mut String) {
    out.push_str(if place == 0 { "" } else { "," });
    new_line(depth, out);
}

fn new_line(depth: Option<usize>, out: &mut String) {
    if let Some(depth) = depth {
        out.push('\n');
        out.extend(std::iter::repeat_n("  ", depth));
    }
}

fn close(bracket: char, depth: Option<usize>, out: &mut String) {
    new_line(depth, out);
    out.push(bracket);
}

fn write_text(text: &str, out: &mut String) {
    out.push('"');
    for sign in text.chars() {
        match sign {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            '\u{8}' => out.push_str("\\b"),
            '\u{c}' => out.push_str("\\f"),
            sign if sign < ' ' => {
                // Writing into a String cannot fail.
                let _ = write!(out, "\\u{:04x}", u32::from(sign));
            }
            sign => out.push(sign),
        }
    }
    out.push('"');
}

/// Reads a file. `None` where it is no JSON: NaN, a repeated member, a lone surrogate, bytes after the end.
pub fn read(bytes: &[u8]) -> Option<Json> {
    let text = std::str::from_utf8(bytes).ok()?;
    let mut reader = Reader {
        text,
        bytes: text.as_bytes(),
        at: 0,
    };
    let json = reader.value(0)?;
    reader.blanks();
    (reader.at == reader.bytes.len()).then_some(json)
}

struct Reader<'a> {
    text: &'a str,
    bytes: &'a [u8],
    at: usize,
}

impl Reader<'_> {
    fn blanks(&mut self) {
        while matches!(self.bytes.get(self.at), Some(b' ' | b'\t' | b'\n' | b'\r')) {
            self.at += 1;
        }
    }

    fn take(&mut self, sign: u8) -> Option<()> {
        (self.bytes.get(self.at) == Some(&sign)).then(|| self.at += 1)
    }

    fn word(&mut self, word: &str, json: Json) -> Option<Json> {
        self.bytes[self.at..].starts_with(word.as_bytes()).then(|| {
            self.at += word.len();
            json
        })
    }

    fn value(&mut self, depth: usize) -> Option<Json> {
        if depth > DEEPEST {
            return None;
        }
        self.blanks();
        match self.bytes.get(self.at)? {
            b'n' => self.word("null", Json::Null),
            b't' => self.word("true", Json::Bool(true)),
            b'f' => self.word("false", Json::Bool(false)),
            b'"' => self.string().map(Json::Text),
            b'[' => self.list(depth),
            b'{' => self.members(depth),
            _ => self.number(),
        }
    }

    fn list(&mut self, depth: usize) -> Option<Json> {
        self.take(b'[')?;
        let mut items = Vec::new();
        self.blanks();
        if self.take(b']').is_some() {
            return Some(Json::List(items));
        }
        loop {
            items.push(self.value(depth + 1)?);
            self.blanks();
            if self.take(b',').is_none() {
                self.take(b']')?;
                return Some(Json::List(items));
            }
        }
    }

    fn members(&mut self, depth: usize) -> Option<Json> {
        self.take(b'{')?;
        let mut members: Vec<(String, Json)> = Vec::new();
        let mut seen = std::collections::HashSet::new();
        self.blanks();
        if self.take(b'}').is_some() {
            return Some(Json::Object(members));
        }
        loop {
            self.blanks();
            let name = self.string()?;
            if !seen.insert(name.clone()) {
                return None;
            }
            self.blanks();
            self.take(b':')?;
            members.push((name, self.value(depth + 1)?));
            self.blanks();
            if self.take(b',').is_none() {
                self.take(b'}')?;
                return Some(Json::Object(members));
            }
        }
    }

    fn digits(&mut self) -> Option<()> {
        let start = self.at;
        while self.bytes.get(self.at).is_some_and(u8::is_ascii_digit) {
            self.at += 1;
        }
        (self.at > start).then_some(())
    }

    fn number(&mut self) -> Option<Json> {
        let start = self.at;
        let _ = self.take(b'-');
        if self.take(b'0').is_none() {
            self.digits()?;
        }
        if self.take(b'.').is_some() {
            self.digits()?;
        }
        if self.take(b'e').or_else(|| self.take(b'E')).is_some() {
            let _ = self.take(b'+').or_else(|| self.take(b'-'));
            self.digits()?;
        }
        Some(Json::Number(self.text[start..self.at].to_owned()))
    }

    fn string(&mut self) -> Option<String> {
        self.take(b'"')?;
        let mut out = String::new();
        loop {
            let start = self.at;
            while !matches!(self.bytes.get(self.at)?, b'"' | b'\\' | 0..=0x1f) {
                self.at += 1;
            }
            out.push_str(&self.text[start..self.at]);
            match self.bytes[self.at] {
                b'"' => {
                    self.at += 1;
                    return Some(out);
                }
                b'\\' => out.push(self.escape()?),
                _ => return None,
            }
        }
    }

    fn escape(&mut self) -> Option<char> {
        let sign = *self.bytes.get(self.at + 1)?;
        self.at += 2;
        Some(match sign {
            b'"' => '"',
            b'\\' => '\\',
            b'/' => '/',
            b'b' => '\u{8}',
            b'f' => '\u{c}',
            b'n' => '\n',
            b'r' => '\r',
            b't' => '\t',
            b'u' => return self.unicode(),
            _ => return None,
        })
    }

    fn unicode(&mut self) -> Option<char> {
        let high = self.hex()?;
        if !(0xd800..0xdc00).contains(&high) {
            return char::from_u32(high);
        }
        self.take(b'\\')?;
        self.take(b'u')?;
        let low = self.hex()?;
        if !(0xdc00..0xe000).contains(&low) {
            return None;
        }
        char::from_u32(0x10000 + ((high - 0xd800) << 10) + (low - 0xdc00))
    }

    fn hex(&mut self) -> Option<u32> {
        let digits = self.bytes.get(self.at..self.at + 4)?;
        if !digits.iter().all(u8::is_ascii_hexdigit) {
            return None;
        }
        self.at += 4;
        u32::from_str_radix(std::str::from_utf8(digits).ok()?, 16).ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_json_is_not_read() {
        for text in [
            "",
            "NaN",
            "[1,]",
            "{\"a\":1,\"a\":2}",
            "\"\\ud800\"",
            "01",
            "1 2",
            "\"\n\"",
        ] {
            assert_eq!(read(text.as_bytes()), None, "{text}");
        }
        assert_eq!(read(&[b'"', 0xff, b'"']), None);
        assert_eq!(read("[".repeat(100_000).as_bytes()), None);
    }

    #[test]
    fn what_is_written_is_read_again() {
        let json = read(br#"{"b":[1,{}],"a":"\u0001\ud83d\ude00\"","c":[]}"#).expect("valid");
        assert_eq!(
            read(json.canonical().as_bytes()).map(|again| again.canonical()),
            Some(json.canonical())
        );
    }
}
