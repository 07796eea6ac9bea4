//! What the framework says to people: titles, guidance, rubrics, units, in the reader's language.

use crate::domain::answer;
use crate::domain::calendar::Quarter;
use crate::domain::framework::{Framework, Indicator, Measure};
use crate::domain::json::Json;
use crate::domain::number::{self, Decimals};
use crate::domain::returns::{Value, Verdict};
use crate::web::words::{Language, text};

/// The texts of a framework for one reader.
#[derive(Clone, Copy)]
pub struct FrameworkText<'a> {
    framework: &'a Framework,
    language: Language,
}

impl<'a> FrameworkText<'a> {
    /// The texts in a language.
    pub fn of(framework: &'a Framework, language: Language) -> FrameworkText<'a> {
        FrameworkText {
            framework,
            language,
        }
    }

    /// The Persian or the English of two names.
    pub fn either<'n>(&self, fa: &'n str, en: &'n str) -> &'n str {
        match self.language {
            Language::Fa => fa,
            Language::En => en,
        }
    }

    /// A quarter by its words; a code that is none stays.
    pub fn quarter(&self, code: &str) -> String {
        match (Quarter::parse(code), self.language) {
            (Ok(quarter), Language::Fa) => quarter.title_fa(),
            (Ok(quarter), Language::En) => quarter.title_en(),
            (Err(_), _) => code.to_owned(),
        }
    }

    fn said(&self, json: Option<&Json>) -> String {
        let said = json
            .and_then(|json| json.get(self.language.code()))
            .and_then(Json::as_text);
        said.unwrap_or_default().to_owned()
    }

    fn listed(&self, list: &str, key: &str, name: &str) -> Option<&'a Json> {
        let items = self.framework.source.get(list)?.items();
        items
            .iter()
            .find(|item| item.get(key).and_then(Json::as_text) == Some(name))
    }

    fn indicator(&self, code: &str) -> Option<&'a Json> {
        let place = self.framework.indicator_places.get(code)?;
        self.framework.source.get("indicators")?.items().get(*place)
    }

    /// The title of an indicator.
    pub fn title(&self, code: &str) -> String {
        self.said(self.indicator(code).and_then(|one| one.get("title")))
    }

    /// What counts and what does not.
    pub fn guidance(&self, code: &str) -> String {
        self.said(self.indicator(code).and_then(|one| one.get("guidance")))
    }

    /// How it is verified.
    pub fn verification(&self, code: &str) -> String {
        self.said(self.indicator(code).and_then(|one| one.get("verification")))
    }

    /// Whether any of the indicators that are meant is verified by a visit.
    pub fn is_visited(&self, is_meant: impl Fn(&Indicator) -> bool) -> bool {
        let by_visit = |code: &str| {
            let methods = self.indicator(code).and_then(|one| one.get("verification"));
            let methods = methods.and_then(|one| one.get("methods"));
            let mut methods = methods.map_or(&[][..], Json::items).iter();
            methods.any(|method| method.as_text() == Some("field_visit"))
        };
        let mut all = self.framework.indicators.iter();
        all.any(|one| is_meant(one) && by_visit(&one.code))
    }

    /// What is counted above and below the line of a ratio.
    pub fn parts(&self, code: &str) -> (String, String) {
        let part = |name| self.said(self.indicator(code).and_then(|one| one.get(name)));
        (part("numerator"), part("denominator"))
    }

    /// The levels of a rubric, from 0.
    pub fn levels(&self, code: &str) -> Vec<String> {
        let levels = self.indicator(code).and_then(|one| one.get("levels"));
        levels
            .map_or(&[][..], Json::items)
            .iter()
            .map(|level| self.said(Some(level)))
            .collect()
    }

    /// The kinds of evidence an indicator asks for: id and name.
    pub fn evidence(&self, code: &str) -> Vec<(String, String)> {
        let kinds = self.indicator(code).and_then(|one| one.get("evidence"));
        let kinds = kinds
            .map_or(&[][..], Json::items)
            .iter()
            .filter_map(Json::as_text);
        kinds
            .map(|kind| (kind.to_owned(), self.evidence_kind(kind)))
            .collect()
    }

    /// The name of a kind of evidence.
    pub fn evidence_kind(&self, kind: &str) -> String {
        self.said(self.listed("evidence_kinds", "id", kind))
    }

    /// The title of a dimension.
    pub fn dimension(&self, code: &str) -> String {
        self.said(
            self.listed("dimensions", "code", code)
                .and_then(|one| one.get("title")),
        )
    }

    /// The question a dimension asks.
    pub fn question(&self, code: &str) -> String {
        self.said(
            self.listed("dimensions", "code", code)
                .and_then(|one| one.get("question")),
        )
    }

    /// The title of a gate.
    pub fn gate(&self, code: &str) -> String {
        self.said(
            self.listed("gates", "code", code)
                .and_then(|one| one.get("title")),
        )
    }

    /// What a gate does, in one sentence.
    pub fn gate_sentence(&self, code: &str) -> String {
        self.said(self.listed("gates", "code", code))
    }

    /// The name of a fact.
    pub fn fact(&self, id: &str) -> String {
        self.said(self.listed("facts", "id", id))
    }

    /// The name of a flag of profiles.
    pub fn flag(&self, id: &str) -> String {
        self.said(self.listed("profile_flags", "id", id))
    }

    /// One of our own words, in the reader's language.
    pub fn say(&self, key: &str) -> String {
        text(self.language, key).into_owned()
    }

    /// Why an agency is not ranked: a gate by its title, the rule's own words by ours.
    pub fn reason(&self, reason: &str) -> String {
        match reason {
            "exempt" => self.say("result-reason-exempt"),
            "no_score" => self.say("result-reason-no-score"),
            "too_few_points" => self.say("result-reason-too-few-points"),
            gate => self.gate(gate),
        }
    }

    /// The name of a group of agencies.
    pub fn group(&self, code: &str) -> String {
        self.said(self.listed("agency_groups", "code", code))
    }

    /// The name of a kind of agency.
    pub fn kind(&self, id: &str) -> String {
        self.said(self.listed("agency_kinds", "id", id))
    }

    /// The name of a unit.
    pub fn unit(&self, indicator: &Indicator) -> String {
        let key = match indicator.unit.as_str() {
            "percent" => "shell-unit-percent",
            "level" => "shell-unit-level",
            "bool" => "shell-unit-bool",
            "minutes" => "shell-unit-minutes",
            "hours" => "shell-unit-hours",
            "days" => "shell-unit-days",
            "times" => "shell-unit-times",
            _ => "shell-unit-count",
        };
        text(self.language, key).to_string()
    }

    /// Hundredths as the reader writes them.
    pub fn hundredths(&self, value: i64) -> String {
        match self.language {
            Language::Fa => number::fa_hundredths(value, Decimals::Trim),
            Language::En => number::en_hundredths(value, Decimals::Trim),
        }
    }

    /// A whole number as the reader writes it.
    pub fn whole(&self, value: i64) -> String {
        match self.language {
            Language::Fa => number::fa_whole(value),
            Language::En => number::en_whole(value),
        }
    }

    /// Points in hundredths with their word: «۸٫۷۵ امتیاز».
    pub fn points(&self, points_c: i64) -> String {
        let word = text(self.language, "shell-unit-points");
        format!("{} {word}", self.hundredths(points_c))
    }

    /// The size of a file as the reader writes it.
    pub fn size(&self, bytes: i64) -> String {
        let (amount, key) = if bytes < 1_048_576 {
            (self.whole((bytes / 1_024).max(1)), "shell-unit-kilobytes")
        } else {
            let tenths = (bytes * 10 / 1_048_576) * 10;
            (self.hundredths(tenths), "shell-unit-megabytes")
        };
        format!("{amount} {}", text(self.language, key))
    }

    /// A value in words: «۱۷۲ از ۱۹۰», «سطح ۳: …», «بله».
    pub fn value(&self, indicator: &Indicator, value: Value) -> String {
        match value {
            Value::Yes(yes) => {
                text(self.language, if yes { "shell-yes" } else { "shell-no" }).to_string()
            }
            Value::Level(level) => {
                let levels = self.levels(&indicator.code);
                let said = usize::try_from(level)
                    .ok()
                    .and_then(|place| levels.get(place).cloned());
                format!("{}: {}", self.whole(level), said.unwrap_or_default())
            }
            Value::Ratio { num, den } => {
                let of = text(self.language, "shell-of");
                format!("{} {of} {}", self.whole(num), self.whole(den))
            }
            Value::Amount(amount) => {
                format!("{} {}", self.hundredths(amount), self.unit(indicator))
            }
        }
    }

    /// A verdict in words, with the value it leaves: «اصلاح شد: ۱۶۶ از ۱۹۰».
    pub fn verdict(
        &self,
        indicator: &Indicator,
        claim: Option<Value>,
        verdict: &Verdict,
    ) -> String {
        let (kind, value) = match verdict {
            Verdict::Confirmed => ("confirmed", claim),
            Verdict::Adjusted(value) => ("adjusted", Some(*value)),
            Verdict::Rejected => ("rejected", None),
            Verdict::Sample { n, k } => ("sample", Some(Value::Ratio { num: *k, den: *n })),
            Verdict::Measured { value, .. } => ("measured", Some(*value)),
            Verdict::NotApplicable { .. } => ("not-applicable", None),
        };
        let said = text(self.language, &format!("shell-verdict-{kind}"));
        match value {
            Some(value) => format!("{said}: {}", self.value(indicator, value)),
            None => said.to_string(),
        }
    }

    /// A kept value in words.
    pub fn kept(&self, indicator: &Indicator, kept: Option<&str>) -> Option<String> {
        kept.and_then(answer::kept)
            .map(|value| self.value(indicator, value))
    }

    /// A value on the rule's scale in words.
    pub fn scaled(&self, indicator: &Indicator, x: i64) -> String {
        match indicator.measure {
            Measure::YesNo => self.value(indicator, Value::Yes(x != 0)),
            Measure::Level => self.whole(x),
            _ => self.hundredths(x),
        }
    }
}
