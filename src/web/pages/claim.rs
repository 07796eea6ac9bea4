//! The fields of a claim: what may be chosen, what was kept as it is typed again, what was typed.

use serde::Serialize;

use super::framework_text::FrameworkText;
use crate::app::{AppError, Problem as Fault};
use crate::domain::answer::{self as rule, Choice, Field, Typed, ValueFault};
use crate::domain::framework::{Indicator, Measure};
use crate::domain::returns::Value;
use crate::domain::score::{points_c, value_of};
use crate::domain::text;
use crate::web::desk::Desk;
use crate::web::form::Input;

/// An option of a choice.
#[derive(Clone, Debug, Serialize)]
pub struct Choose {
    pub value: String,
    pub label: String,
    pub hint: Option<String>,
}

/// The fields of a claim as a form shows them.
#[derive(Clone, Debug, Default, Serialize)]
pub struct ClaimFields {
    pub choice: String,
    pub value: String,
    pub numerator: String,
    pub denominator: String,
    pub na_reason: String,
    pub note: String,
}

impl ClaimFields {
    /// The fields as they were typed.
    pub fn typed(input: &Input) -> ClaimFields {
        let field = |name: &str| input.field(name).to_owned();
        ClaimFields {
            choice: field("choice"),
            value: field("value"),
            numerator: field("numerator"),
            denominator: field("denominator"),
            na_reason: field("na_reason"),
            note: field("note"),
        }
    }

    /// Writes a value as it is typed again.
    pub fn fill(&mut self, texts: FrameworkText, value: Value) {
        let none = String::new;
        let [value, numerator, denominator] = match value {
            Value::Yes(yes) => [if yes { "yes" } else { "no" }.to_owned(), none(), none()],
            Value::Level(level) => [level.to_string(), none(), none()],
            Value::Amount(amount) => [texts.hundredths(amount), none(), none()],
            Value::Ratio { num, den } => [none(), texts.whole(num), texts.whole(den)],
        };
        self.choice = "value".to_owned();
        (self.value, self.numerator, self.denominator) = (value, numerator, denominator);
    }
}

/// How an indicator is measured, as the template chooses its fields: yes_no, level, ratio or number.
pub fn measure(indicator: &Indicator) -> &'static str {
    match indicator.measure {
        Measure::YesNo => "yes_no",
        Measure::Level => "level",
        Measure::Ratio => "ratio",
        _ => "number",
    }
}

/// The options of an indicator with the points each brings.
pub fn options(texts: FrameworkText, indicator: &Indicator) -> Vec<Choose> {
    let points = |value: Value| {
        let points = points_c(indicator, value_of(indicator, value));
        Some(texts.points(points))
    };
    match indicator.measure {
        Measure::YesNo => [("yes", true), ("no", false)]
            .map(|(word, yes)| Choose {
                value: word.to_owned(),
                label: texts.value(indicator, Value::Yes(yes)),
                hint: points(Value::Yes(yes)),
            })
            .to_vec(),
        Measure::Level => (0..)
            .zip(texts.levels(&indicator.code))
            .map(|(level, label)| Choose {
                value: level.to_string(),
                label,
                hint: points(Value::Level(level)),
            })
            .collect(),
        _ => Vec::new(),
    }
}

/// What an agency may choose: a value, "not applicable" where it is allowed, the explicit blank.
pub fn choices(desk: &Desk, indicator: &Indicator) -> Vec<Choose> {
    let word = |key: &str| crate::web::words::text(desk.hall.language, key).to_string();
    let one = |value: &str, key: &str| Choose {
        value: value.to_owned(),
        label: word(key),
        hint: None,
    };
    let mut choices = vec![one("value", "manager-choice-value")];
    if indicator.is_na_allowed {
        choices.push(one("not_applicable", "manager-choice-na"));
    }
    choices.push(one("blank", "manager-choice-blank"));
    choices
}

/// The choice of the form.
pub fn read(indicator: &Indicator, input: &Input) -> Result<Choice, AppError> {
    match input.field("choice") {
        "value" | "" => {
            let typed = Typed {
                value: input.field("value"),
                numerator: input.field("numerator"),
                denominator: input.field("denominator"),
            };
            let value = rule::read(indicator, &typed);
            value
                .map(Choice::Claim)
                .map_err(|faults| AppError::Invalid(value_faults(&faults)))
        }
        "blank" => Ok(Choice::Blank),
        "not_applicable" => text::filled_note(input.field("na_reason"), 2_000)
            .map(Choice::NotApplicable)
            .map_err(|_| AppError::Invalid(vec![Fault::at("na_reason", "problem-reason")])),
        _ => Err(AppError::Invalid(vec![Fault::at(
            "choice",
            "problem-choose",
        )])),
    }
}

/// The sentence of each fault of a typed value.
pub fn value_faults(faults: &[(Field, ValueFault)]) -> Vec<Fault> {
    use crate::domain::number::NumberFault;
    let one = |(field, fault): &(Field, ValueFault)| {
        let field = match field {
            Field::Value => "value",
            Field::Numerator => "numerator",
            Field::Denominator => "denominator",
        };
        match fault {
            ValueFault::Missing => Fault::at(field, "problem-value-missing"),
            ValueFault::Number(NumberFault::Negative) => Fault::at(field, "problem-negative"),
            ValueFault::Number(NumberFault::TooManyDecimals) => {
                Fault::at(field, "problem-decimals")
            }
            ValueFault::Number(_) => Fault::at(field, "problem-number"),
            ValueFault::TooHigh { most } => Fault {
                field: field.to_owned(),
                key: "problem-too-high",
                arguments: vec![("most", most.to_string())],
            },
            ValueFault::PartAboveWhole => Fault::at(field, "problem-part-above-whole"),
            ValueFault::WholeIsZero => Fault::at(field, "problem-whole-zero"),
        }
    };
    faults.iter().map(one).collect()
}
