//! What came with a request: the parts of the path, the query, the fields of a form, one file.

use std::collections::HashMap;

/// An uploaded file, as it came.
#[derive(Clone, Debug)]
pub struct Upload {
    pub field: String,
    pub name: String,
    pub bytes: Vec<u8>,
}

/// Everything a handler reads.
#[derive(Clone, Debug, Default)]
pub struct Input {
    pub path: HashMap<String, String>,
    pub query: HashMap<String, String>,
    fields: HashMap<String, String>,
    pub upload: Option<Upload>,
}

impl Input {
    /// An input of these fields.
    pub fn of(
        path: HashMap<String, String>,
        query: HashMap<String, String>,
        fields: HashMap<String, String>,
        upload: Option<Upload>,
    ) -> Input {
        Input {
            path,
            query,
            fields,
            upload,
        }
    }

    /// A part of the path; empty where the route has none of that name.
    pub fn part(&self, name: &str) -> &str {
        self.path.get(name).map_or("", String::as_str)
    }

    /// A field as it was typed; empty where it did not come.
    pub fn field(&self, name: &str) -> &str {
        self.fields.get(name).map_or("", String::as_str)
    }

    /// Every field that came.
    pub fn all(&self) -> impl Iterator<Item = (&str, &str)> {
        let all = self.fields.iter();
        all.map(|(name, value)| (name.as_str(), value.as_str()))
    }

    /// The names of the ticks that were set, of all that begin so.
    pub fn ticked(&self, prefix: &str) -> Vec<&str> {
        let all = self.fields.iter().filter(|(_, value)| *value == "yes");
        all.filter_map(|(name, _)| name.strip_prefix(prefix))
            .collect()
    }

    /// Whether a tick was set.
    pub fn is_ticked(&self, name: &str) -> bool {
        self.field(name) == "yes"
    }
}

/// Reads `a=1&b=2`. The first of a repeated name counts; broken text is refused.
pub fn read_pairs(text: &str) -> Option<HashMap<String, String>> {
    const MOST_FIELDS: usize = 500;
    let mut fields = HashMap::new();
    for (place, pair) in text.split('&').filter(|pair| !pair.is_empty()).enumerate() {
        if place >= MOST_FIELDS {
            return None;
        }
        let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
        let (name, value) = (decode(name)?, decode(value)?);
        fields.entry(name).or_insert(value);
    }
    Some(fields)
}

/// Percent-decoding of a form; `None` where it is no UTF-8 or has a NUL.
pub fn decode(text: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        bytes.push(match byte {
            b'+' => b' ',
            b'%' => {
                let high = char::from(rest.next()?).to_digit(16)?;
                let low = char::from(rest.next()?).to_digit(16)?;
                u8::try_from(high * 16 + low).ok()?
            }
            byte => byte,
        });
    }
    String::from_utf8(bytes)
        .ok()
        .filter(|text| !text.contains('\0'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_form_is_read_as_it_was_typed() {
        let fields = read_pairs("a=%DB%B1+2&b=&a=3").expect("well formed");
        assert_eq!((fields["a"].as_str(), fields["b"].as_str()), ("۱ 2", ""));
    }

    #[test]
    fn broken_text_is_refused() {
        assert!(read_pairs("a=%ff").is_none());
        assert!(read_pairs("a=%0").is_none());
        assert!(read_pairs("a=%00").is_none());
    }
}
