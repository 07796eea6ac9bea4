//! Faults of a file (SCORING.md §17): each has a code and a JSON Pointer; a file with one is refused whole.

use super::json::Json;

/// What is wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Code {
    Json,
    Shape,
    Type,
    Range,
    Ratio,
    ZeroDen,
    Value,
    Claim,
    Verdict,
    Sample,
    UnknownIndicator,
    UnknownFact,
    UnknownFlag,
    UnknownKind,
    UnknownGroup,
    DuplicateAnswer,
    DuplicateAgency,
    DuplicateCode,
    Framework,
    Weights,
    Goalposts,
    Grades,
    Ref,
    GateCycle,
}

impl Code {
    /// The word of the rule.
    pub fn as_str(self) -> &'static str {
        match self {
            Code::Json => "E_JSON",
            Code::Shape => "E_SHAPE",
            Code::Type => "E_TYPE",
            Code::Range => "E_RANGE",
            Code::Ratio => "E_RATIO",
            Code::ZeroDen => "E_ZERO_DEN",
            Code::Value => "E_VALUE",
            Code::Claim => "E_CLAIM",
            Code::Verdict => "E_VERDICT",
            Code::Sample => "E_SAMPLE",
            Code::UnknownIndicator => "E_UNKNOWN_INDICATOR",
            Code::UnknownFact => "E_UNKNOWN_FACT",
            Code::UnknownFlag => "E_UNKNOWN_FLAG",
            Code::UnknownKind => "E_UNKNOWN_KIND",
            Code::UnknownGroup => "E_UNKNOWN_GROUP",
            Code::DuplicateAnswer => "E_DUPLICATE_ANSWER",
            Code::DuplicateAgency => "E_DUPLICATE_AGENCY",
            Code::DuplicateCode => "E_DUPLICATE_CODE",
            Code::Framework => "E_FRAMEWORK",
            Code::Weights => "E_WEIGHTS",
            Code::Goalposts => "E_GOALPOSTS",
            Code::Grades => "E_GRADES",
            Code::Ref => "E_REF",
            Code::GateCycle => "E_GATE_CYCLE",
        }
    }
}

/// A place in the file, as a JSON Pointer.
#[derive(Clone, Debug, Default)]
pub struct At(String);

impl At {
    /// The whole file.
    pub fn top() -> At {
        At::default()
    }

    /// A member or list item below this place.
    pub fn to(&self, step: impl std::fmt::Display) -> At {
        let step = step.to_string().replace('~', "~0").replace('/', "~1");
        At(format!("{}/{step}", self.0))
    }
}

/// All faults found so far.
#[derive(Debug, Default)]
pub struct Faults(Vec<(String, Code)>);

impl Faults {
    /// Notes one fault.
    pub fn add(&mut self, code: Code, at: &At) {
        self.0.push((at.0.clone(), code));
    }

    /// How many were noted.
    pub fn count(&self) -> usize {
        self.0.len()
    }

    /// Whether any was noted.
    pub fn any(&self) -> bool {
        !self.0.is_empty()
    }

    /// The refusal of the file: each fault once, sorted by place, then code.
    pub fn refusal(mut self) -> Refusal {
        self.0
            .sort_by(|a, b| (&a.0, a.1.as_str()).cmp(&(&b.0, b.1.as_str())));
        self.0.dedup();
        Refusal { faults: self.0 }
    }
}

/// A refused file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    /// Place and code, in the order of the printed refusal.
    pub faults: Vec<(String, Code)>,
}

impl Refusal {
    /// A file that is no JSON.
    pub fn not_json() -> Refusal {
        Refusal {
            faults: vec![(String::new(), Code::Json)],
        }
    }

    /// The refusal as it is printed.
    pub fn to_json(&self) -> Json {
        let errors = self.faults.iter().map(|(at, code)| {
            Json::object([("at", Json::text(at)), ("code", Json::text(code.as_str()))])
        });
        Json::object([
            ("errors", Json::List(errors.collect())),
            ("format", Json::text("mizan-refusal/1")),
        ])
    }
}
