//! Answers that do not go together: asked about in one sentence, never forbidden.

use super::word;
use crate::domain::json::Json;
use crate::domain::returns::Value;

/// One number out of an answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Quantity {
    pub indicator: String,
    pub part: Part,
}

/// Which number of an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// Yes is 1, a level is its number.
    Whole,
    Numerator,
    Denominator,
}

/// How two sides stand to each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Relation {
    AtLeast,
    AtMost,
    LessThan,
    Equals,
}

/// What the sum of some numbers is compared with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Side {
    /// A number, in hundredths.
    Number(i64),
    Sum(Vec<Quantity>),
}

/// A sentence about numbers that is true or not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Condition {
    pub sum: Vec<Quantity>,
    pub relation: Relation,
    pub side: Side,
}

/// If all of some conditions hold, another one is expected.
#[derive(Clone, Debug)]
pub struct Check {
    pub id: String,
    pub when: Vec<Condition>,
    pub expect: Condition,
    /// What is said where it does not hold, in Persian and in English.
    pub fa: String,
    pub en: String,
}

const RELATIONS: [(&str, Relation); 4] = [
    ("at_least", Relation::AtLeast),
    ("at_most", Relation::AtMost),
    ("less_than", Relation::LessThan),
    ("equals", Relation::Equals),
];

/// Reads one check.
pub(super) fn read(json: &Json) -> Option<Check> {
    Some(Check {
        id: word(json, "id")?,
        when: json
            .get("when")?
            .items()
            .iter()
            .map(condition)
            .collect::<Option<_>>()?,
        expect: condition(json.get("expect")?)?,
        fa: word(json, "fa")?,
        en: word(json, "en")?,
    })
}

fn condition(json: &Json) -> Option<Condition> {
    let mut named = RELATIONS.iter().filter_map(|(name, relation)| {
        let side = json.get(name)?;
        Some((*relation, side))
    });
    let (relation, side) = named.next()?;
    let side = match side.as_int() {
        Some(number) => Side::Number(i64::try_from(number).ok()?.checked_mul(100)?),
        None => Side::Sum(quantities(side)?),
    };
    Some(Condition {
        sum: quantities(json.get("sum")?)?,
        relation,
        side,
    })
}

fn quantities(json: &Json) -> Option<Vec<Quantity>> {
    let items = json.items();
    if items.is_empty() {
        return None;
    }
    items.iter().map(|item| quantity(item.as_text()?)).collect()
}

fn quantity(text: &str) -> Option<Quantity> {
    let (indicator, part) = match text.split_once('.') {
        None => (text, Part::Whole),
        Some((indicator, "num")) => (indicator, Part::Numerator),
        Some((indicator, "den")) => (indicator, Part::Denominator),
        Some(_) => return None,
    };
    Some(Quantity {
        indicator: indicator.to_owned(),
        part,
    })
}

/// A number out of a claim, in hundredths; `None` where the claim has no such number.
fn number(part: Part, claim: Value) -> Option<i64> {
    let whole = match (part, claim) {
        (Part::Whole, Value::Amount(amount_c)) => return Some(amount_c),
        (Part::Whole, Value::Yes(yes)) => i64::from(yes),
        (Part::Whole, Value::Level(level)) => level,
        (Part::Numerator, Value::Ratio { num, .. }) => num,
        (Part::Denominator, Value::Ratio { den, .. }) => den,
        _ => return None,
    };
    whole.checked_mul(100)
}

impl Condition {
    /// Whether it holds; `None` where an answer it speaks of is not there.
    fn holds(&self, claim: &impl Fn(&str) -> Option<Value>) -> Option<bool> {
        let sum = |all: &[Quantity]| {
            let mut all = all.iter();
            all.try_fold(0_i64, |sum, one| {
                sum.checked_add(number(one.part, claim(&one.indicator)?)?)
            })
        };
        let left = sum(&self.sum)?;
        let right = match &self.side {
            Side::Number(number) => *number,
            Side::Sum(all) => sum(all)?,
        };
        Some(match self.relation {
            Relation::AtLeast => left >= right,
            Relation::AtMost => left <= right,
            Relation::LessThan => left < right,
            Relation::Equals => left == right,
        })
    }

    fn quantities(&self) -> impl Iterator<Item = &Quantity> {
        let side = match &self.side {
            Side::Number(_) => &[][..],
            Side::Sum(all) => all,
        };
        self.sum.iter().chain(side)
    }
}

impl Check {
    /// Whether these claims do not go together.
    pub fn is_odd(&self, claim: impl Fn(&str) -> Option<Value>) -> bool {
        let mut when = self.when.iter();
        when.all(|one| one.holds(&claim) == Some(true)) && self.expect.holds(&claim) == Some(false)
    }

    /// The indicators it speaks of, each once.
    pub fn indicators(&self) -> Vec<&str> {
        let all = self.when.iter().chain([&self.expect]);
        let mut codes = Vec::new();
        for one in all.flat_map(Condition::quantities) {
            if !codes.contains(&one.indicator.as_str()) {
                codes.push(one.indicator.as_str());
            }
        }
        codes
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::json;

    fn check(text: &str) -> Option<Check> {
        read(&json::read(text.as_bytes())?)
    }

    #[test]
    fn parts_that_are_more_than_the_whole_are_asked_about() {
        let of = r#"{"id":"a","when":[],"expect":{"sum":["A.num","B.den"],"at_most":["A.den"]},"fa":"x","en":"y"}"#;
        let check = check(of).expect("a check");
        let claims = |num, den, other| {
            move |code: &str| match code {
                "A" => Some(Value::Ratio { num, den }),
                "B" => other,
                _ => None,
            }
        };
        let some = |den| Some(Value::Ratio { num: 0, den });
        assert!(check.is_odd(claims(5, 10, some(6))));
        assert!(!check.is_odd(claims(5, 10, some(5))));
        assert!(
            !check.is_odd(claims(5, 10, None)),
            "nothing is asked before all is said"
        );
        assert_eq!(check.indicators(), ["A", "B"]);
    }

    #[test]
    fn a_slip_in_the_data_is_not_passed_over() {
        for (wrong, right) in [
            ("at_most", "atmost"),
            (".den", ".all"),
            ("\"fa\"", "\"fr\""),
        ] {
            let of = r#"{"id":"a","when":[],"expect":{"sum":["A.num"],"at_most":["A.den"]},"fa":"x","en":"y"}"#;
            assert!(check(of).is_some());
            assert!(check(&of.replace(wrong, right)).is_none(), "{right}");
        }
    }
}
