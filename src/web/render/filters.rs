//! The filters of templates: words, digits, dates and scores in the language of the reader.

use chrono::{DateTime, NaiveDate, NaiveDateTime};
use tera::{Error, Kwargs, State, Tera, TeraResult, Value};

use crate::domain::calendar::{JalaliDate, LocalOffset};
use crate::domain::number::{
    Decimals, en_hundredths, en_whole, fa_hundredths, fa_whole, to_latin, to_persian,
};
use crate::web::assets;
use crate::web::pages::period::quarter_title;
use crate::web::words::{self, Language, Named};

/// Registers everything; Tera wants it before the templates.
pub(super) fn register(tera: &mut Tera, language: Language) {
    tera.register_function("asset", |given: Kwargs, _: &State| -> TeraResult<String> {
        Ok(assets::url(given.must_get::<&str>("name")?))
    });
    tera.register_filter("t", move |key: &Value, given: Kwargs, _: &State| {
        say(language, key, &given)
    });
    tera.register_filter("digits", move |value: &Value, given: Kwargs, _: &State| {
        digits(language, value, &given)
    });
    tera.register_filter("jalali", move |day: &str, given: Kwargs, _: &State| {
        jalali(language, day, &given)
    });
    tera.register_filter("quarter", move |code: &str, _: Kwargs, _: &State| {
        quarter_title(language, code)
    });
    tera.register_filter("when", move |moment: &str, given: Kwargs, _: &State| {
        when(language, moment, &given)
    });
    for name in ["score", "percent"] {
        tera.register_filter(name, move |value: i64, given: Kwargs, _: &State| {
            hundredths(language, value, &given)
        });
    }
}

fn flag(given: &Kwargs, name: &str) -> TeraResult<bool> {
    Ok(given.get::<bool>(name)?.unwrap_or(false))
}

/// A key, or a `Phrase`: `{key, named}`.
fn say(language: Language, key: &Value, given: &Kwargs) -> TeraResult<String> {
    let mut named = Vec::new();
    for (name, value) in given.iter() {
        named.push((name.as_str().unwrap_or_default(), named_of(value)?));
    }
    let phrase = key.as_map();
    if let Some(more) = phrase.and_then(|map| map.get(&"named".into())?.as_map()) {
        for (name, value) in more {
            named.push((name.as_str().unwrap_or_default(), named_of(value)?));
        }
    }
    let key = match phrase {
        Some(map) => map.get(&"key".into()).and_then(Value::as_str),
        None => key.as_str(),
    };
    let key = key.ok_or_else(|| Error::message("`t` says the word of a key or a phrase"))?;
    Ok(if named.is_empty() {
        words::text(language, key).into_owned()
    } else {
        words::format(language, key, &named)
    })
}

fn named_of(value: &Value) -> TeraResult<Named> {
    match (value.as_str(), value.as_i64()) {
        (Some(text), _) => Ok(Named::from(text)),
        (None, Some(number)) => Ok(Named::Number(number)),
        (None, None) => Err(Error::message("a sentence names texts and whole numbers")),
    }
}

/// Numbers in groups of three, texts digit by digit; `plain=true` leaves years ungrouped.
fn digits(language: Language, value: &Value, given: &Kwargs) -> TeraResult<String> {
    let text = match (value.as_str(), value.as_i64()) {
        (Some(text), _) => text.to_owned(),
        (None, Some(number)) if flag(given, "plain")? => number.to_string(),
        (None, Some(number)) => {
            return Ok(match language {
                Language::Fa => fa_whole(number),
                Language::En => en_whole(number),
            });
        }
        (None, None) => return Err(Error::message("`digits` writes texts and whole numbers")),
    };
    Ok(match language {
        Language::Fa => to_persian(&text),
        Language::En => to_latin(&text),
    })
}

/// «۱۵ دی ۱۴۰۵»; `weekday=true` says the day before it, `slash=true` writes it short.
fn jalali(language: Language, day: &str, given: &Kwargs) -> TeraResult<String> {
    let day: NaiveDate = day
        .get(..10)
        .and_then(|day| day.parse().ok())
        .ok_or_else(|| Error::message("`jalali` writes a date such as 2027-01-05"))?;
    let date = JalaliDate::of(day);
    let (weekday, slash) = (flag(given, "weekday")?, flag(given, "slash")?);
    Ok(match language {
        Language::Fa if slash => date.slash_fa(),
        Language::Fa if weekday => date.weekday_long_fa(),
        Language::Fa => date.long_fa(),
        Language::En if slash => date.slash_latin(),
        Language::En if weekday => date.weekday_long_en(),
        Language::En => date.long_en(),
    })
}

/// «۱۵ دی ۱۴۰۵، ساعت ۱۰:۴۲»; `weekday=true` says the day before it, `clock=true` the clock alone,
/// `offset` is minutes ahead of UTC where it is not Iran's.
fn when(language: Language, moment: &str, given: &Kwargs) -> TeraResult<String> {
    let utc = utc(moment).ok_or_else(|| Error::message("`when` writes a moment in UTC"))?;
    let offset = match given.get::<i32>("offset")? {
        Some(minutes) => {
            LocalOffset::minutes(minutes).map_err(|f| Error::message(f.to_string()))?
        }
        None => LocalOffset::default(),
    };
    let local = offset.local(utc);
    let (weekday, clock) = (flag(given, "weekday")?, flag(given, "clock")?);
    Ok(match language {
        Language::Fa if clock => local.clock_fa(),
        Language::Fa if weekday => local.full_fa(),
        Language::Fa => format!("{}، {}", local.date.long_fa(), local.clock_fa()),
        Language::En if clock => local.clock_en(),
        Language::En if weekday => local.full_en(),
        Language::En => format!("{}, {}", local.date.long_en(), local.clock_en()),
    })
}

fn utc(moment: &str) -> Option<NaiveDateTime> {
    DateTime::parse_from_rfc3339(moment)
        .map(|moment| moment.naive_utc())
        .ok()
        .or_else(|| moment.parse().ok())
}

/// «۷۲٫۸۷»; `trim=true` leaves out zeros at the end.
fn hundredths(language: Language, value: i64, given: &Kwargs) -> TeraResult<String> {
    let decimals = if flag(given, "trim")? {
        Decimals::Trim
    } else {
        Decimals::Two
    };
    Ok(match language {
        Language::Fa => fa_hundredths(value, decimals),
        Language::En => en_hundredths(value, decimals),
    })
}
