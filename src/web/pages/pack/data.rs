//! What the template of the pack is given: every word and number as the reader will see it.

use serde_json::{Map, Value, json};

use super::super::brief::Body;
use super::super::ranking::line::Printer;
use super::{parts, registers, sheets};
use crate::app::AppError;
use crate::app::pack::Gathered;
use crate::domain::number::{self, Decimals};
use crate::pack::writable;
use crate::store::StoreError;
use crate::web::desk::Desk;
use crate::web::pages::period::quarter_title;
use crate::web::words::{Language, Phrase, text};

/// The words the template puts itself.
const WORDS: [&str; 36] = [
    "result-rank",
    "result-agency",
    "result-score",
    "result-grade",
    "result-unstaffed",
    "result-nobody",
    "result-where",
    "result-own-words",
    "brief-asked-title",
    "result-interval",
    "result-claim-verified",
    "result-over",
    "result-honesty",
    "result-change",
    "result-apart",
    "result-state",
    "result-why",
    "result-lost",
    "result-dimension",
    "result-percent",
    "result-lost-short",
    "result-drawn",
    "pack-most-lost",
    "result-line",
    "result-col-title",
    "result-score-lost",
    "result-gates",
    "resolution-title",
    "resolution-owner",
    "resolution-text",
    "pack-number",
    "pack-due",
    "pack-none",
    "pack-method",
    "pack-made-from",
    "result-made-from",
];
/// The words of the registers.
const MORE_WORDS: [&str; 8] = [
    "pack-registers",
    "pack-extensions",
    "pack-not-applicable",
    "pack-what",
    "pack-reason",
    "pack-decided",
    "pack-indicator",
    "pack-no-edition",
];

/// What all parts are written with.
pub struct Pen<'a> {
    pub desk: &'a Desk<'a>,
    pub printer: &'a Printer<'a>,
    pub gathered: &'a Gathered,
}

impl Pen<'_> {
    /// A word of ours.
    pub fn say(&self, key: &str) -> String {
        text(self.language(), key).into_owned()
    }

    /// A sentence.
    pub fn tell(&self, phrase: &Phrase) -> String {
        phrase.say(self.language())
    }

    /// The language of the reader.
    pub fn language(&self) -> Language {
        self.desk.hall.language
    }

    /// Hundredths with two decimals; nothing where there are none.
    pub fn score(&self, c: Option<i64>) -> String {
        let Some(c) = c else { return String::new() };
        match self.language() {
            Language::Fa => number::fa_hundredths(c, Decimals::Two),
            Language::En => number::en_hundredths(c, Decimals::Two),
        }
    }

    /// A whole number; nothing where there is none.
    pub fn whole(&self, number: Option<i64>) -> String {
        number.map_or_else(String::new, |number| self.printer.texts().whole(number))
    }

    /// A day, short.
    pub fn day(&self, day: chrono::NaiveDate) -> String {
        let day = crate::domain::calendar::JalaliDate::of(day);
        match self.language() {
            Language::Fa => day.slash_fa(),
            Language::En => day.slash_latin(),
        }
    }

    /// The name of an agency by its id.
    pub fn agency(&self, id: &str) -> String {
        let mut lines = self.gathered.rows.lines.iter();
        let line = lines.find(|line| line.agency_id == id);
        line.map(|line| self.desk.choose(&line.name_fa, &line.name_en).to_owned())
            .unwrap_or_default()
    }

    /// The name of a grade; nothing without one.
    pub fn grade(&self, id: Option<&String>) -> String {
        id.map(|id| self.say(&format!("grade-{id}")))
            .unwrap_or_default()
    }

    /// The ground of a grade's name.
    pub fn band(&self, id: Option<&String>) -> &'static str {
        match id.map(String::as_str) {
            Some("excellent") => "k4",
            Some("good") => "k3",
            Some("average") => "k2",
            Some(_) => "k1",
            None => "",
        }
    }
}

/// Everything the template says, as bytes.
pub fn of(desk: &Desk, gathered: &Gathered) -> Result<Vec<u8>, AppError> {
    let (ranking, rows) = (&gathered.ranking, &gathered.rows);
    let printer = &Printer::of(desk, &ranking.period.code, &ranking.framework, rows);
    let waiting = gathered.waiting.as_ref();
    let body = Body::of(printer, ranking, waiting, String::new())?;
    let pen = &Pen {
        desk,
        printer,
        gathered,
    };
    let keys = WORDS.iter().chain(&MORE_WORDS);
    let words: Map<String, Value> = keys
        .map(|key| ((*key).to_owned(), json!(pen.say(key))))
        .collect();
    let quarter = quarter_title(pen.language(), &ranking.period.code);
    let province = desk.shell().province;
    let title = format!("{} {quarter}", pen.say("pack-title"));
    let preliminary = match ranking.head.stage == "final" {
        true => String::new(),
        false => pen.say("result-preliminary"),
    };
    let computed = desk
        .hall
        .state
        .config
        .offset()
        .local(ranking.head.computed_at)
        .date;
    let computed = match pen.language() {
        Language::Fa => computed.long_fa(),
        Language::En => computed.long_en(),
    };
    let organization = Phrase::of("shell-organization").with("province", province);
    let data = json!({
        "lang": pen.language().code(),
        "dir": if pen.language() == Language::Fa { "rtl" } else { "ltr" },
        "words": words,
        "title": title,
        "author": pen.tell(&organization),
        "footer": format!("{title} · {}{}", pen.tell(&organization), if preliminary.is_empty() { String::new() } else { format!(" · {preliminary}") }),
        "kind": pen.say("pack-title"),
        "quarter": quarter,
        "computed": format!("{} {computed}", pen.say("result-computed")),
        "preliminary": preliminary,
        "brief": parts::brief(pen, &body),
        "ranking": parts::ranking(pen),
        "sheets": sheets::all(pen),
        "resolutions": registers::resolutions(pen),
        "extensions": registers::extensions(pen),
        "not-applicable": registers::not_applicable(pen),
        "method": parts::method(pen),
        "edition": parts::edition(pen),
        "hash": ranking.head.returns_hash,
    });
    let broken = |_| AppError::Store(StoreError::Broken("the data of a pack".to_owned()));
    serde_json::to_vec(&kept(data)).map_err(broken)
}

/// The same with every text as far as the fonts can write it.
fn kept(value: Value) -> Value {
    match value {
        Value::String(text) => Value::String(writable(&text)),
        Value::Array(items) => Value::Array(items.into_iter().map(kept).collect()),
        Value::Object(members) => Value::Object(
            members
                .into_iter()
                .map(|(name, value)| (name, kept(value)))
                .collect(),
        ),
        other => other,
    }
}
