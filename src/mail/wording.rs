//! The words of a letter in the language of its reader: a plain text and a page that say the same.

use std::time::{Duration, UNIX_EPOCH};

use chrono::NaiveDate;
use lettre::Message;
use lettre::message::header::{HeaderName, HeaderValue};
use lettre::message::{Mailbox, MultiPart};
use serde::Serialize;

use crate::app::letter::Claimed;
use crate::app::link::{INVITATION_DAYS, RESET_MINUTES};
use crate::app::waiting::Item;
use crate::domain::calendar::JalaliDate;
use crate::web::pages::period::quarter_title;
use crate::web::render::{Page, Shell, render};
use crate::web::words::{self, Language, Named};

/// Who letters come from, and where their links lead.
pub struct House {
    pub sender: String,
    pub base: String,
}

/// A letter as a page.
#[derive(Serialize)]
pub struct LetterPage {
    pub subject: String,
    pub name: String,
    pub greeting: String,
    pub body: String,
    /// What it is about, one thing a line.
    pub lines: Vec<String>,
    pub label: String,
    pub href: String,
    pub care: Option<String>,
    pub closing: String,
    pub brand: String,
}

impl Page for LetterPage {
    const TEMPLATE: &'static str = "mail/letter.html";
}

impl LetterPage {
    /// The same as plain text.
    pub fn plain(&self) -> String {
        let mut parts = vec![self.greeting.as_str(), self.body.as_str()];
        let lines = self.lines.iter().map(|line| format!("- {line}"));
        let lines = lines.collect::<Vec<_>>().join("\n");
        parts.extend(Some(lines.as_str()).filter(|lines| !lines.is_empty()));
        parts.extend([self.label.as_str(), self.href.as_str()]);
        parts.extend(self.care.as_deref());
        let closing = format!("{}\n{}", self.brand, self.closing);
        format!("{}\n\n{closing}\n", parts.join("\n\n"))
    }
}

/// The words of a letter.
pub fn word(claimed: &Claimed, house: &House) -> (Language, LetterPage) {
    let user = claimed.user.as_ref();
    let language = user.and_then(|user| Language::from_code(&user.language));
    let language = language.unwrap_or_default();
    let named = named(claimed, language);
    let known = format!("letters-{}-subject", claimed.letter.template);
    let is_known = words::keys(language).any(|key| key == known);
    let template = if is_known {
        claimed.letter.template.as_str()
    } else {
        "other"
    };
    let say = |part: &str| words::format(language, &format!("letters-{template}-{part}"), &named);
    let is_link = claimed.link.is_some();
    let home = || format!("{}/", house.base.trim_end_matches('/'));
    let page = LetterPage {
        subject: say("subject"),
        name: user.map_or(String::new(), |user| user.name.clone()),
        greeting: words::format(language, "letters-greeting", &named),
        body: say("body"),
        lines: lines(claimed, language),
        label: say("label"),
        href: claimed.link.clone().unwrap_or_else(home),
        care: is_link.then(|| words::text(language, "letters-care").into_owned()),
        closing: words::text(language, "letters-closing").into_owned(),
        brand: words::text(language, "shell-brand").into_owned(),
    };
    (language, page)
}

/// What the sentences name: the details the errand gave, as people read them.
fn named(claimed: &Claimed, language: Language) -> Vec<(&str, Named)> {
    let name = claimed.user.as_ref().map_or("", |user| user.name.as_str());
    let mut named: Vec<(&str, Named)> = vec![
        ("name", name.into()),
        ("days", INVITATION_DAYS.into()),
        ("minutes", RESET_MINUTES.into()),
    ];
    for (key, value) in &claimed.details {
        let said = match key.as_str() {
            "period" => quarter_title(language, value),
            "deadline" | "due" | "day" => day(value, language),
            _ => value.clone(),
        };
        named.push((key.as_str(), said.into()));
    }
    named
}

/// A reminder as a text message: how much waits, the nearest day, and where.
pub fn text(claimed: &Claimed, house: &House) -> String {
    let language = claimed.user.as_ref();
    let language = language.and_then(|user| Language::from_code(&user.language));
    let language = language.unwrap_or_default();
    let items = items(claimed);
    let nearest = items.iter().map(|item| item.due).min();
    let nearest = nearest.map(|due| day(&due.to_string(), language));
    let named: Vec<(&str, Named)> = vec![
        ("count", (items.len() as i64).into()),
        ("due", nearest.unwrap_or_default().into()),
        ("address", house.base.clone().into()),
    ];
    words::format(language, "letters-text", &named)
}

fn items(claimed: &Claimed) -> Vec<Item> {
    let kept = claimed.details.get("items");
    kept.and_then(|kept| serde_json::from_str(kept).ok())
        .unwrap_or_default()
}

/// The lines of a reminder.
fn lines(claimed: &Claimed, language: Language) -> Vec<String> {
    let line = |item: &Item| {
        let agency = match language {
            Language::Fa => &item.agency_fa,
            Language::En => &item.agency_en,
        };
        let named: Vec<(&str, Named)> = vec![
            ("period", quarter_title(language, &item.period).into()),
            ("due", day(&item.due.to_string(), language).into()),
            ("what", item.what.clone().into()),
            ("agency", agency.clone().into()),
            ("count", item.count.into()),
        ];
        words::format(language, &format!("letters-reminder-{}", item.kind), &named)
    };
    items(claimed).iter().map(line).collect()
}

fn day(value: &str, language: Language) -> String {
    let Ok(day) = value.parse::<NaiveDate>() else {
        return value.to_owned();
    };
    let day = JalaliDate::of(day);
    match language {
        Language::Fa => day.weekday_long_fa(),
        Language::En => day.weekday_long_en(),
    }
}

/// The letter as it goes out. Tried again it has the same Message-ID, so that mailboxes keep it once.
pub fn message(claimed: &Claimed, house: &House) -> Result<Message, String> {
    let (language, page) = word(claimed, house);
    let shell = Shell {
        language,
        ..Shell::default()
    };
    let html = render(&page, &shell).map_err(|error| error.to_string())?;
    let address = |text: &str, name: &str| {
        let address = text.parse().map_err(|_| format!("{text} is no address"))?;
        let name = Some(name.to_owned()).filter(|name| !name.is_empty());
        Ok::<_, String>(Mailbox::new(name, address))
    };
    let from = address(&house.sender, &page.brand)?;
    let host = from.email.domain().to_owned();
    let seconds = claimed.letter.queued_at.and_utc().timestamp();
    let date = UNIX_EPOCH + Duration::from_secs(seconds.unsigned_abs());
    let automatic = HeaderValue::new(
        HeaderName::new_from_ascii_str("Auto-Submitted"),
        "auto-generated".to_owned(),
    );
    Message::builder()
        .from(from)
        .to(address(&claimed.letter.address, &page.name)?)
        .subject(page.subject.clone())
        .date(date)
        .message_id(Some(format!("<{}@{host}>", claimed.letter.id)))
        .raw_header(automatic)
        .multipart(MultiPart::alternative_plain_html(page.plain(), html))
        .map_err(|error| error.to_string())
}
