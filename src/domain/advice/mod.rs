//! Advice beside the rule: how long a kind of evidence proves something, and which answers do not go together. It is
//! data of a framework, changes no score and forbids no answer.

pub mod age;
pub mod check;

use std::borrow::Cow;
use std::sync::LazyLock;

use super::framework::Framework;
use super::json::{self, Json};
use age::Ageing;
use check::Check;

/// What stands beside a framework.
#[derive(Clone, Debug, Default)]
pub struct Advice {
    /// By kind of evidence.
    pub ages: Vec<Ageing>,
    /// A claim that moved by this share of the indicator's points, in hundredths of a percent, is asked about.
    pub unlike_bp: i64,
    /// The same for single indicators.
    pub unlike: Vec<(String, i64)>,
    pub checks: Vec<Check>,
}

/// The code of the framework that the built-in advice is for, and the advice.
static BUILT_IN: LazyLock<Option<(String, Advice)>> = LazyLock::new(|| {
    let json = json::read(include_bytes!("../../../seeds/advice/MIZAN-KB.json"))?;
    let code = json.get("framework")?.as_text()?.to_owned();
    Some((code, read(&json)?))
});

/// What a claim may move where no advice says otherwise.
const UNLIKE_BP: i64 = 3_000;

impl Advice {
    /// The advice of a framework: its own, or the one that comes with the program for its code.
    pub fn of(framework: &Framework) -> Cow<'static, Advice> {
        let own = framework.source.get("advice").and_then(read);
        let built_in = BUILT_IN.as_ref();
        let built_in = built_in.filter(|(code, _)| *code == framework.code);
        match (own, built_in) {
            (Some(own), _) => Cow::Owned(own),
            (None, Some((_, advice))) => Cow::Borrowed(advice),
            (None, None) => Cow::Owned(Advice {
                unlike_bp: UNLIKE_BP,
                ..Advice::default()
            }),
        }
    }

    /// What a claim on an indicator may move before it is asked about.
    pub fn unlike_bp(&self, indicator: &str) -> i64 {
        let own = self.unlike.iter().find(|(code, _)| code == indicator);
        own.map_or(self.unlike_bp, |(_, bp)| *bp)
    }
}

/// Reads advice; `None` where a part of it is not understood, so that a slip in the data is seen and not passed over.
pub fn read(json: &Json) -> Option<Advice> {
    let list = |name: &str| json.get(name).map_or(&[][..], Json::items).iter();
    let unlike = list("unlike").map(|one| Some((word(one, "at")?, int(one.get("bp")?)?)));
    Some(Advice {
        ages: list("ages").map(age::read).collect::<Option<_>>()?,
        unlike_bp: json.get("unlike_bp").map_or(Some(UNLIKE_BP), int)?,
        unlike: unlike.collect::<Option<_>>()?,
        checks: list("checks").map(check::read).collect::<Option<_>>()?,
    })
}

fn int(json: &Json) -> Option<i64> {
    i64::try_from(json.as_int()?).ok()
}

fn word(json: &Json, name: &str) -> Option<String> {
    Some(json.get(name)?.as_text()?.to_owned())
}
