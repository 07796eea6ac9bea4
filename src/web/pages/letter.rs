//! The fate of every letter, for the planning office and the administrator; never its link.

use chrono::NaiveDateTime;
use serde::Serialize;

use super::form_key;
use super::leaf::{self, LINES, Leaf, encoded};
use crate::app::letter;
use crate::domain::access::Act;
use crate::store;
use crate::web::desk::Desk;
use crate::web::error::WebResult;
use crate::web::form::Input;
use crate::web::render::Page;
use crate::web::reply::Reply;
use crate::web::url;
use crate::web::words;

/// The states a letter can be in.
const STATES: [&str; 5] = ["queued", "sending", "sent", "failed", "withdrawn"];

/// One letter.
#[derive(Clone, Debug, Serialize)]
pub struct LetterLine {
    pub kind: String,
    pub name: Option<String>,
    pub address: String,
    pub state: String,
    pub tone: &'static str,
    pub queued_at: NaiveDateTime,
    pub sent_at: Option<NaiveDateTime>,
    pub next_try_at: Option<NaiveDateTime>,
    pub attempts: i64,
    pub trouble: Option<String>,
    pub resend: Option<String>,
    pub key: String,
}

/// A state to choose, with how many letters are in it.
#[derive(Clone, Debug, Serialize)]
pub struct StateChip {
    pub label: String,
    pub href: String,
    pub count: i64,
    pub is_current: bool,
}

/// The letters of the province.
#[derive(Serialize)]
pub struct LettersPage {
    pub waiting: i64,
    pub failed: i64,
    pub has_mail: bool,
    /// Where the days of reminders are set, for whoever may.
    pub days: Option<String>,
    pub chips: Vec<StateChip>,
    pub letters: Vec<LetterLine>,
    pub leaf: Leaf,
}

impl Page for LettersPage {
    const TEMPLATE: &'static str = "letter/index.html";
}

fn tone(state: &str) -> &'static str {
    match state {
        "sent" => "o",
        "failed" => "e",
        "withdrawn" => "",
        _ => "i",
    }
}

/// The list, of one state or of all.
pub fn index(desk: &Desk, input: &Input) -> WebResult {
    let asked = input.query.get("state").map_or("", String::as_str);
    let state = STATES.into_iter().find(|state| *state == asked);
    let number = leaf::number(input);
    let outbox = letter::list(&desk.ctx, state, leaf::before(number), LINES + 1)?;
    let people = desk
        .ctx
        .store
        .read(|conn| store::user::list(conn, desk.ctx.province()))?;
    let count = |of: &str| {
        let found = outbox.counts.iter().find(|(state, _)| state == of);
        found.map_or(0, |(_, count)| *count)
    };
    let name = |id: &Option<String>| {
        let user = people.iter().find(|user| Some(&user.id) == id.as_ref());
        user.map(|user| user.name.clone())
    };
    let lines = outbox.letters.iter().take(LINES as usize);
    let letters = lines.map(|letter| line(letter, name(&letter.user_id)));
    let chip = |of: Option<&'static str>| StateChip {
        label: format!("people-letter-{}", of.unwrap_or("all")),
        href: of.map_or(url::LETTERS.to_owned(), |of| {
            format!("{}?state={of}", url::LETTERS)
        }),
        count: of.map_or(outbox.counts.iter().map(|(_, count)| count).sum(), &count),
        is_current: of == state,
    };
    let chips = std::iter::once(None).chain(STATES.into_iter().map(Some));
    let has_more = outbox.letters.len() as i64 > LINES;
    let searched = format!("state={}", encoded(state.unwrap_or_default()));
    desk.page(&LettersPage {
        waiting: count("queued") + count("sending"),
        failed: count("failed"),
        days: desk
            .ctx
            .actor
            .may(Act::Administer)
            .then(|| url::REMINDERS.to_owned()),
        has_mail: desk.hall.state.config.mail.is_some(),
        chips: chips.map(chip).collect(),
        letters: letters.collect(),
        leaf: Leaf::of(number, has_more, url::LETTERS, &searched),
    })
}

fn line(letter: &store::letter::Letter, name: Option<String>) -> LetterLine {
    let known = format!("people-letter-kind-{}", letter.template);
    let is_known = words::keys(words::Language::Fa).any(|key| key == known);
    let may_resend = ["sent", "failed", "withdrawn"].contains(&letter.state.as_str());
    LetterLine {
        kind: if is_known {
            known
        } else {
            "people-letter-kind-other".to_owned()
        },
        name,
        address: letter.address.clone(),
        state: format!("people-letter-{}", letter.state),
        tone: tone(&letter.state),
        queued_at: letter.queued_at,
        sent_at: letter.sent_at,
        next_try_at: (letter.state == "queued" && letter.attempts > 0)
            .then_some(letter.next_try_at),
        attempts: letter.attempts,
        trouble: letter.last_error.clone(),
        resend: may_resend.then(|| url::letter_resend(&letter.id)),
        key: form_key(),
    }
}

/// Sends a letter again.
pub fn resend(desk: &Desk, input: &Input) -> WebResult {
    letter::resend(&desk.ctx, input.part("id"))?;
    Ok(Reply::see_other(url::LETTERS, Some("people-letter-resent")))
}
