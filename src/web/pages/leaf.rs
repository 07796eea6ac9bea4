//! Long lists leaf by leaf: which one is shown, and where the next and the one before are.

use serde::Serialize;

use crate::web::form::Input;

/// So many lines are on one leaf.
pub const LINES: i64 = 50;
/// Nobody leafs further than this; a search is quicker.
const MOST_LEAVES: i64 = 10_000;

/// Where one stands in a long list.
#[derive(Clone, Debug, Serialize)]
pub struct Leaf {
    pub number: i64,
    pub newer: Option<String>,
    pub older: Option<String>,
}

/// The number of the leaf that is asked for; the first where it is none.
pub fn number(input: &Input) -> i64 {
    let asked = input.query.get("page").and_then(|page| page.parse().ok());
    asked.unwrap_or(1).clamp(1, MOST_LEAVES)
}

/// How many lines come before a leaf.
pub fn before(number: i64) -> i64 {
    (number - 1) * LINES
}

impl Leaf {
    /// The leaf of that number; `query` is what was searched for, `a=b&c=d`, already encoded.
    pub fn of(number: i64, has_more: bool, path: &str, query: &str) -> Leaf {
        let mark = if query.is_empty() { "" } else { "&" };
        let to = |number: i64| format!("{path}?{query}{mark}page={number}");
        Leaf {
            number,
            newer: (number > 1).then(|| to(number - 1)),
            older: has_more.then(|| to(number + 1)),
        }
    }
}

/// A value as it stands in an address.
pub fn encoded(value: &str) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~".contains(&byte);
    let bytes = value.bytes().map(|byte| match byte {
        byte if plain(byte) => char::from(byte).to_string(),
        byte => format!("%{byte:02X}"),
    });
    bytes.collect()
}
