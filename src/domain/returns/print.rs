//! From returns to the file that reads back as the same.

use super::super::framework::FactType;
use super::super::json::Json;
use super::{AgencyReturn, Answer, Returns, Value, Verdict};

impl Value {
    /// The value object of the file.
    pub fn to_json(self) -> Json {
        match self {
            Value::Yes(yes) => Json::object([("yes", Json::Bool(yes))]),
            Value::Level(level) => Json::object([("level", Json::int(level))]),
            Value::Ratio { num, den } => {
                Json::object([("num", Json::int(num)), ("den", Json::int(den))])
            }
            Value::Amount(value) => Json::object([("value_c", Json::int(value))]),
        }
    }
}

impl Verdict {
    /// The verdict object of the file.
    pub fn to_json(&self) -> Json {
        let kind = |word: &str| ("kind", Json::text(word));
        match self {
            Verdict::Confirmed => Json::object([kind("confirmed")]),
            Verdict::Rejected => Json::object([kind("rejected")]),
            Verdict::Adjusted(value) => {
                Json::object([kind("adjusted"), ("value", value.to_json())])
            }
            Verdict::Sample { n, k } => {
                Json::object([kind("sample"), ("n", Json::int(*n)), ("k", Json::int(*k))])
            }
            Verdict::Measured {
                value,
                answers: None,
            } => Json::object([kind("measured"), ("value", value.to_json())]),
            Verdict::Measured {
                value,
                answers: Some(answers),
            } => Json::object([
                kind("measured"),
                ("value", value.to_json()),
                ("answers", Json::int(*answers)),
            ]),
            Verdict::NotApplicable { reason } => {
                Json::object([kind("not_applicable"), ("reason", Json::text(reason))])
            }
        }
    }
}

impl Answer {
    fn to_json(&self) -> Json {
        let mut members = vec![("indicator".to_owned(), Json::text(&self.indicator))];
        if let Some(claim) = self.claim {
            members.push(("claim".to_owned(), claim.to_json()));
        }
        if let Some(verdict) = &self.verdict {
            members.push(("verdict".to_owned(), verdict.to_json()));
        }
        Json::Object(members)
    }
}

impl Returns {
    /// The whole file.
    pub fn to_json(&self) -> Json {
        let mut members = vec![
            ("format".to_owned(), Json::text("mizan-returns/1")),
            ("framework".to_owned(), self.framework_member.clone()),
            ("period".to_owned(), Json::text(&self.period)),
            (
                "agencies".to_owned(),
                Json::List(self.agencies.iter().map(|a| self.agency(a)).collect()),
            ),
        ];
        if let Some(note) = &self.note {
            members.push(("note".to_owned(), Json::text(note)));
        }
        Json::Object(members)
    }

    fn agency(&self, agency: &AgencyReturn) -> Json {
        let facts = agency.facts.iter().map(|(id, value)| {
            let kind = self
                .framework
                .fact_places
                .get(id)
                .map(|place| self.framework.facts[*place].kind);
            let value = if kind == Some(FactType::Bool) {
                Json::Bool(*value != 0)
            } else {
                Json::int(*value)
            };
            (id.clone(), value)
        });
        Json::object([
            ("code", Json::text(&agency.code)),
            ("kind", Json::text(&agency.kind)),
            ("group", Json::text(&agency.group)),
            ("profile", Json::texts(&agency.profile)),
            ("ranked", Json::Bool(agency.is_ranked)),
            ("submitted", Json::Bool(agency.is_submitted)),
            ("facts", Json::Object(facts.collect())),
            ("findings", Json::texts(&agency.findings)),
            (
                "answers",
                Json::List(agency.answers.iter().map(Answer::to_json).collect()),
            ),
        ])
    }
}
