//! What pages and letters say, in Persian and in English: `templates/words/<language>/<area>.ftl`.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::LazyLock;

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};
use serde::Serialize;
use unic_langid::LanguageIdentifier;

use super::assets::Templates;
use crate::domain::number::{en_whole, fa_whole};

/// The language a person reads.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Language {
    /// Persian, written from the right; the first language.
    #[default]
    Fa,
    /// English.
    En,
}

impl Language {
    /// Both, Persian first.
    pub const ALL: [Self; 2] = [Self::Fa, Self::En];

    /// `fa` or `en`, as in an address or a cookie.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL
            .into_iter()
            .find(|language| language.code() == code)
    }

    /// `fa` or `en`.
    pub fn code(self) -> &'static str {
        match self {
            Self::Fa => "fa",
            Self::En => "en",
        }
    }

    /// The language of the link at the foot of the page.
    pub fn other(self) -> Self {
        match self {
            Self::Fa => Self::En,
            Self::En => Self::Fa,
        }
    }

    fn id(self) -> LanguageIdentifier {
        self.code().parse().unwrap_or_default()
    }
}

/// A number or a text that a sentence names.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(untagged)]
pub enum Named {
    /// Chooses the plural and is written in the digits of the language.
    Number(i64),
    /// Is written as it is.
    Text(String),
}

impl From<i64> for Named {
    fn from(number: i64) -> Self {
        Self::Number(number)
    }
}

impl From<&str> for Named {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<String> for Named {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

/// A sentence not yet in a language: its key and what it names. The filter `t` says it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Phrase {
    key: Cow<'static, str>,
    named: BTreeMap<&'static str, Named>,
}

impl Phrase {
    /// The sentence of a key.
    pub fn of(key: impl Into<Cow<'static, str>>) -> Self {
        Self {
            key: key.into(),
            named: BTreeMap::new(),
        }
    }

    /// The same, naming one thing more.
    pub fn with(mut self, name: &'static str, value: impl Into<Named>) -> Self {
        self.named.insert(name, value.into());
        self
    }

    /// The sentence in a language.
    pub fn say(&self, language: Language) -> String {
        let named: Vec<(&str, Named)> = self.named.iter().map(|(n, v)| (*n, v.clone())).collect();
        format(language, &self.key, &named)
    }
}

struct Tongue {
    bundle: FluentBundle<FluentResource>,
    /// Sentences that name nothing, said once for all.
    plain: HashMap<String, String>,
    keys: BTreeSet<String>,
}

static FA: LazyLock<Tongue> = LazyLock::new(|| Tongue::read(Language::Fa));
static EN: LazyLock<Tongue> = LazyLock::new(|| Tongue::read(Language::En));

impl Tongue {
    fn of(language: Language) -> &'static Self {
        match language {
            Language::Fa => &FA,
            Language::En => &EN,
        }
    }

    fn read(language: Language) -> Self {
        let mut bundle = FluentBundle::new_concurrent(vec![language.id()]);
        // Marks of direction would stay in mails and tables; pages use <bdi>.
        bundle.set_use_isolating(false);
        bundle.set_formatter(Some(match language {
            Language::Fa => |value, _| digits_of(value, fa_whole),
            Language::En => |value, _| digits_of(value, en_whole),
        }));
        let mut keys = BTreeSet::new();
        for text in files(language) {
            keys.extend(keys_of(&text));
            // A slip in one sentence must not silence the others; the test of words finds it.
            let resource = FluentResource::try_new(text).unwrap_or_else(|(read, _)| read);
            let _repeated = bundle.add_resource(resource);
        }
        let plain = keys
            .iter()
            .filter_map(|key| Some((key.clone(), say(&bundle, key, None)?)))
            .collect();
        Self {
            bundle,
            plain,
            keys,
        }
    }
}

fn files(language: Language) -> Vec<String> {
    let folder = format!("words/{}/", language.code());
    let mut paths: Vec<Cow<'static, str>> = Templates::iter()
        .filter(|path| path.starts_with(&folder) && path.ends_with(".ftl"))
        .collect();
    paths.sort();
    paths
        .iter()
        .filter_map(|path| Templates::get(path))
        .map(|file| String::from_utf8_lossy(&file.data).into_owned())
        .collect()
}

fn keys_of(text: &str) -> impl Iterator<Item = String> + '_ {
    text.lines()
        .filter(|line| line.starts_with(|c: char| c.is_ascii_lowercase()))
        .filter_map(|line| Some(line.split_once('=')?.0.trim().to_owned()))
}

fn digits_of(value: &FluentValue, whole: fn(i64) -> String) -> Option<String> {
    match value {
        FluentValue::Number(number) => number.as_string().parse().ok().map(whole),
        _ => None,
    }
}

/// Nothing where the key is unknown or something it names was not given.
fn say(
    bundle: &FluentBundle<FluentResource>,
    key: &str,
    named: Option<&FluentArgs>,
) -> Option<String> {
    let pattern = bundle.get_message(key)?.value()?;
    let mut faults = Vec::new();
    let said = bundle.format_pattern(pattern, named, &mut faults);
    faults.is_empty().then(|| said.into_owned())
}

/// So a missing sentence is seen, by people and by tests, and breaks nothing.
fn missing(key: &str) -> String {
    format!("⟦{key}⟧")
}

/// The sentence of a key that names nothing.
pub fn text(language: Language, key: &str) -> Cow<'static, str> {
    match Tongue::of(language).plain.get(key) {
        Some(said) => Cow::Borrowed(said),
        None => Cow::Owned(missing(key)),
    }
}

/// The sentence of a key with the numbers and texts it names.
pub fn format(language: Language, key: &str, named: &[(&str, Named)]) -> String {
    let mut args = FluentArgs::new();
    for (name, value) in named {
        match value {
            Named::Number(number) => args.set(*name, *number),
            Named::Text(text) => args.set(*name, text.as_str()),
        }
    }
    let tongue = Tongue::of(language);
    say(&tongue.bundle, key, Some(&args)).unwrap_or_else(|| missing(key))
}

/// All keys of a language, in order.
pub fn keys(language: Language) -> impl Iterator<Item = &'static str> {
    Tongue::of(language).keys.iter().map(String::as_str)
}
