//! How files are bent: by their structure, by their words, by their bytes. The number of a file decides it all.

use mizan::analysis::draws::Draws;
use serde_json::Value;

/// Numbers, words and signs at which readers stumble.
const WORDS: [&str; 44] = [
    "0",
    "-0",
    "1",
    "-1",
    "2",
    "3",
    "12",
    "13",
    "0.1",
    "-0.5",
    "7500.0",
    "1e3",
    "1e308",
    "-1e308",
    "1e309",
    "5e-324",
    "1e-320",
    "100000000000",
    "100000000001",
    "9223372036854775807",
    "9223372036854775808",
    "18446744073709551616",
    "340282366920938463463374607431768211456",
    "NaN",
    "inf",
    "-inf",
    "null",
    "true",
    "[]",
    "{}",
    "\"\"",
    "\"a\"",
    "\"N\"",
    "\"gmean\"",
    "\"kemeny\"",
    "\"bod\"",
    "\"\\ud800\"",
    "\"\\u0000\"",
    "۱۲",
    "1,5",
    " ",
    "\u{feff}",
    "\"",
    "\u{200c}",
];
/// The most that a bent file may grow to.
const MOST: usize = 64 * 1024;

/// The hand that bends.
pub struct Bent(Draws);

impl Bent {
    /// For the file of that number.
    pub fn of(file: u64) -> Bent {
        Bent(Draws(file.wrapping_mul(0xd134_2543_de82_ef95) ^ 2018))
    }

    fn roll(&mut self, end: usize) -> usize {
        (self.0.draw() % end.max(1) as u64) as usize
    }

    fn word(&mut self) -> &'static str {
        WORDS[self.roll(WORDS.len())]
    }

    /// One of the corpus, bent a few times.
    pub fn file(&mut self, corpus: &[&str]) -> String {
        let mut text = corpus[self.roll(corpus.len())].to_owned();
        let is_deep = self.roll(400) == 0;
        for _ in 0..1 + self.roll(3) {
            text = match (self.roll(4), serde_json::from_str(&text)) {
                (0 | 1, Ok(value)) => self.structure(value),
                (2, _) | (1, Err(_)) => self.words(&text),
                (0, Err(_)) => self.rows(&text),
                _ => self.bytes(&text, corpus),
            };
        }
        if is_deep {
            let many = 1 + self.roll(20_000);
            text.insert_str(0, &"[".repeat(many));
        }
        text.truncate(boundary(&text, MOST));
        text
    }

    /// A member or an item is replaced, left out, doubled or exchanged.
    fn structure(&mut self, mut value: Value) -> String {
        let mut at = &mut value;
        // Down to some depth, by a way that is drawn.
        for _ in 0..self.roll(8) {
            let size = match &*at {
                Value::Array(items) => items.len(),
                Value::Object(members) => members.len(),
                _ => 0,
            };
            if size == 0 {
                break;
            }
            let place = self.roll(size);
            at = match at {
                Value::Array(items) => &mut items[place],
                Value::Object(members) => members.values_mut().nth(place).expect("so many"),
                other => other,
            };
        }
        let word = serde_json::from_str(self.word()).unwrap_or(Value::Null);
        match (self.roll(5), &mut *at) {
            (0, Value::Array(items)) if !items.is_empty() => {
                let place = self.roll(items.len());
                items.remove(place);
            }
            (1, Value::Array(items)) if !items.is_empty() => {
                let (from, to) = (self.roll(items.len()), self.roll(items.len()));
                let again = items[from].clone();
                items.insert(to, again);
            }
            (2, Value::Array(items)) if !items.is_empty() => {
                let (one, other) = (self.roll(items.len()), self.roll(items.len()));
                items.swap(one, other);
            }
            (0 | 1, Value::Object(members)) if !members.is_empty() => {
                let place = self.roll(members.len());
                let name = members.keys().nth(place).cloned().unwrap_or_default();
                members.remove(&name);
            }
            (2, Value::Object(members)) => drop(members.insert("weight".to_owned(), word)),
            (3, Value::Number(number)) => {
                let step = self.roll(5) as i64 - 2;
                let near = number.as_i64().unwrap_or(1).wrapping_add(step);
                *at = near.into();
            }
            _ => *at = word,
        }
        value.to_string()
    }

    /// A word between signs becomes another.
    fn words(&mut self, text: &str) -> String {
        let is_sign = |sign: char| ",;:[]{}\n\t ".contains(sign);
        let starts: Vec<usize> = text
            .match_indices(is_sign)
            .map(|(at, sign)| at + sign.len())
            .collect();
        if starts.is_empty() {
            return self.word().to_owned();
        }
        let from = starts[self.roll(starts.len())];
        let to = text[from..]
            .find(is_sign)
            .map_or(text.len(), |length| from + length);
        [&text[..from], self.word(), &text[to..]].concat()
    }

    /// A row is left out, doubled, or cut.
    fn rows(&mut self, text: &str) -> String {
        let mut rows: Vec<String> = text.split('\n').map(str::to_owned).collect();
        let place = self.roll(rows.len());
        match self.roll(4) {
            0 => drop(rows.remove(place)),
            1 => {
                let again = rows[place].clone();
                rows.insert(place, again);
            }
            2 => {
                let cut = self.roll(rows[place].len() + 1);
                let cut = boundary(&rows[place], cut);
                rows[place].truncate(cut);
            }
            _ => {
                let word = self.word();
                rows[place].push_str(word);
            }
        }
        rows.join("\n")
    }

    /// Bytes are changed, left out, doubled, or come from another file; what is no text any more is mended.
    fn bytes(&mut self, text: &str, corpus: &[&str]) -> String {
        let mut bytes = text.as_bytes().to_vec();
        let at = self.roll(bytes.len());
        let many = 1 + self.roll(40);
        let to = (at + many).min(bytes.len());
        match self.roll(5) {
            0 if !bytes.is_empty() => bytes[at] ^= 1 << self.roll(8),
            1 => drop(bytes.drain(at..to)),
            2 => {
                let again = bytes[at..to].to_vec();
                bytes.splice(at..at, again);
            }
            3 => {
                let other = corpus[self.roll(corpus.len())].as_bytes();
                let from = self.roll(other.len());
                let piece = other[from..(from + many).min(other.len())].to_vec();
                bytes.splice(at..to, piece);
            }
            _ => bytes.truncate(at),
        }
        String::from_utf8_lossy(&bytes).into_owned()
    }
}

/// The nearest place at or before one, at which a letter begins.
fn boundary(text: &str, at: usize) -> usize {
    let mut places = (0..=at.min(text.len())).rev();
    places
        .find(|place| text.is_char_boundary(*place))
        .unwrap_or(0)
}
