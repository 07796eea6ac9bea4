//! The form of a verdict in the terms of the rule: what may be given here, and what was typed.

use serde::Serialize;

use super::claim::{Choose, ClaimFields, measure, options, value_faults};
use super::framework_text::FrameworkText;
use crate::app::verdict::REASONS;
use crate::app::{AppError, Problem};
use crate::domain::answer::{self as rule, Typed};
use crate::domain::framework::{Indicator, Measure, ReportedBy};
use crate::domain::number;
use crate::domain::returns::{Value, Verdict};
use crate::domain::score::{points_c, value_of};
use crate::store::verdict::VerdictRow;
use crate::web::form::Input;
use crate::web::words::{Language, text};

/// The form.
#[derive(Clone, Debug, Default, Serialize)]
pub struct VerdictForm {
    /// Which verdicts may be given; one alone is not asked for.
    pub kinds: Vec<Choose>,
    pub kind: String,
    /// yes_no, level, ratio or number.
    pub measure: String,
    pub unit: String,
    pub numerator_label: String,
    pub denominator_label: String,
    pub options: Vec<Choose>,
    pub value: String,
    pub numerator: String,
    pub denominator: String,
    pub may_sample: bool,
    pub n: String,
    pub k: String,
    pub reasons: Vec<Choose>,
    pub reason_code: String,
    pub reason: String,
    pub recommendation: String,
    pub internal_note: String,
}

impl VerdictForm {
    /// The empty form for an indicator beside a claim.
    pub fn of(
        texts: FrameworkText,
        language: Language,
        one: &Indicator,
        claim: Option<Value>,
    ) -> Self {
        let (numerator_label, denominator_label) = texts.parts(&one.code);
        let is_share = one.measure == Measure::Ratio && one.is_percent();
        VerdictForm {
            kinds: kinds(texts, language, one, claim),
            measure: measure(one).to_owned(),
            unit: texts.unit(one),
            numerator_label,
            denominator_label,
            options: options(texts, one),
            may_sample: one.reported_by == ReportedBy::Agency && is_share,
            reasons: reasons(language),
            kind: measured_only(one).unwrap_or_default().to_owned(),
            ..VerdictForm::default()
        }
    }

    /// The form with a verdict that stands.
    pub fn with(mut self, texts: FrameworkText, row: &VerdictRow) -> Self {
        let value = row.value.as_deref().and_then(rule::kept);
        let whole = |number: Option<i64>| number.map(|n| texts.whole(n)).unwrap_or_default();
        self.kind.clone_from(&row.kind);
        let mut fields = ClaimFields::default();
        if let Some(value) = value {
            fields.fill(texts, value);
        }
        self.value = fields.value;
        self.numerator = fields.numerator;
        self.denominator = fields.denominator;
        self.n = whole(row.sample_n);
        self.k = whole(row.sample_k);
        self.reason_code.clone_from(&row.reason_code);
        self.reason.clone_from(&row.reason);
        self.recommendation.clone_from(&row.recommendation);
        self.internal_note.clone_from(&row.internal_note);
        self
    }

    /// Keeps what was typed.
    pub fn keep(&mut self, input: &Input) {
        let field = |name: &str| input.field(name).to_owned();
        self.kind = field("kind");
        self.value = field("value");
        self.numerator = field("numerator");
        self.denominator = field("denominator");
        self.n = field("n");
        self.k = field("k");
        self.reason_code = field("reason_code");
        self.reason = field("reason");
        self.recommendation = field("recommendation");
        self.internal_note = field("internal_note");
    }
}

/// What is not reported by the agency is measured, nothing else.
fn measured_only(one: &Indicator) -> Option<&'static str> {
    (one.reported_by != ReportedBy::Agency).then_some("measured")
}

fn kinds(
    texts: FrameworkText,
    language: Language,
    one: &Indicator,
    claim: Option<Value>,
) -> Vec<Choose> {
    let word = |key: &str| text(language, key).to_string();
    let choose = |value: &str, hint: Option<String>| Choose {
        value: value.to_owned(),
        label: word(&format!("auditor-kind-{value}")),
        hint,
    };
    if let Some(kind) = measured_only(one) {
        return vec![choose(kind, None)];
    }
    let points = claim.map(|claim| points_c(one, value_of(one, claim)));
    let of_claim = claim.zip(points).map(|(claim, points)| {
        let points = texts.hundredths(points);
        format!(
            "{} ({points} {})",
            texts.value(one, claim),
            word("auditor-points")
        )
    });
    let mut kinds = vec![
        choose("confirmed", of_claim),
        choose("adjusted", Some(word("auditor-kind-adjusted-hint"))),
    ];
    if one.measure == Measure::Ratio && one.is_percent() {
        kinds.push(choose("sample", Some(word("auditor-kind-sample-hint"))));
    }
    kinds.push(choose("rejected", Some(word("auditor-kind-rejected-hint"))));
    kinds
}

/// The reasons a verdict may have.
pub fn reasons(language: Language) -> Vec<Choose> {
    let one = |code: &str| Choose {
        value: code.to_owned(),
        label: text(language, &reason_key(code)).to_string(),
        hint: None,
    };
    REASONS.iter().map(|code| one(code)).collect()
}

/// The word key of a reason.
pub fn reason_key(code: &str) -> String {
    format!("auditor-reason-{}", code.replace('_', "-"))
}

/// The verdict of the form.
pub fn read(one: &Indicator, input: &Input) -> Result<Verdict, AppError> {
    match input.field("kind") {
        "confirmed" => Ok(Verdict::Confirmed),
        "rejected" => Ok(Verdict::Rejected),
        "adjusted" => Ok(Verdict::Adjusted(value(one, input)?)),
        "measured" => Ok(Verdict::Measured {
            value: value(one, input)?,
            answers: None,
        }),
        "sample" => {
            let (n, k) = (whole(input, "n"), whole(input, "k"));
            both(n, k).map(|(n, k)| Verdict::Sample { n, k })
        }
        _ => Err(AppError::Invalid(vec![Problem::at(
            "kind",
            "problem-choose",
        )])),
    }
}

fn value(one: &Indicator, input: &Input) -> Result<Value, AppError> {
    let typed = Typed {
        value: input.field("value"),
        numerator: input.field("numerator"),
        denominator: input.field("denominator"),
    };
    rule::read(one, &typed).map_err(|faults| AppError::Invalid(value_faults(&faults)))
}

fn whole(input: &Input, field: &str) -> Result<i64, AppError> {
    number::parse_whole(input.field(field))
        .map_err(|_| AppError::Invalid(vec![Problem::at(field, "problem-number")]))
}

/// Two parts of a form; the problems of both at once.
fn both<A, B>(a: Result<A, AppError>, b: Result<B, AppError>) -> Result<(A, B), AppError> {
    match (a, b) {
        (Ok(a), Ok(b)) => Ok((a, b)),
        (Err(AppError::Invalid(mut one)), Err(AppError::Invalid(other))) => {
            one.extend(other);
            Err(AppError::Invalid(one))
        }
        (Err(error), _) | (_, Err(error)) => Err(error),
    }
}
