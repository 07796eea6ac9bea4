//! The log for the administrator: newest first, searched, taken away as a file.

use std::collections::HashMap;

use actix_web::http::StatusCode;
use chrono::{NaiveDate, NaiveDateTime};
use serde::Serialize;

use super::answer::Choose;
use super::leaf::{self, LINES, Leaf, encoded};
use super::ranking::csv::cell;
use crate::app::log::{self, Search};
use crate::domain::access::{Act, Role};
use crate::domain::calendar::JalaliDate;
use crate::domain::number::to_persian;
use crate::store;
use crate::store::event::EventRow;
use crate::store::user::User;
use crate::web::desk::{Desk, role_key};
use crate::web::error::WebResult;
use crate::web::form::Input;
use crate::web::render::{Page, Problem};
use crate::web::reply::Reply;
use crate::web::url;
use crate::web::words::{Language, Phrase, keys, text};

/// So many events at most are in one file.
const MOST_EXPORTED: i64 = 100_000;

/// One event.
#[derive(Clone, Debug, Serialize)]
pub struct EventLine {
    pub number: i64,
    pub at: NaiveDateTime,
    pub who: Option<String>,
    pub role: Option<String>,
    pub what: String,
    pub action: String,
    pub about: String,
    pub detail: String,
    pub address: String,
}

/// The events that were looked for.
#[derive(Serialize)]
pub struct LogPage {
    pub key: String,
    pub person: String,
    pub people: Vec<Choose>,
    pub action: String,
    pub actions: Vec<Choose>,
    pub day: String,
    pub events: Vec<EventLine>,
    pub leaf: Leaf,
    pub problems: Vec<Problem>,
}

impl Page for LogPage {
    const TEMPLATE: &'static str = "event/index.html";
}

/// What is searched for, with what was typed for the day.
struct Asked {
    search: Search,
    day: String,
    is_day_wrong: bool,
}

fn asked(given: impl Fn(&str) -> String) -> Asked {
    let filled = |name: &str| Some(given(name)).filter(|value| !value.is_empty());
    let typed = given("day").trim().to_owned();
    let day = JalaliDate::parse(&typed).ok();
    Asked {
        is_day_wrong: !typed.is_empty() && day.is_none(),
        day: typed,
        search: Search {
            person: filled("person"),
            action: filled("action"),
            day: day.map(JalaliDate::gregorian),
        },
    }
}

/// The names that the log's ids stand for.
struct Names {
    people: HashMap<String, String>,
    agencies: HashMap<String, String>,
}

fn names(desk: &Desk, people: &[User]) -> Result<Names, store::StoreError> {
    let agencies = desk
        .ctx
        .store
        .read(|conn| store::agency::list(conn, desk.ctx.province()))?;
    let people = people
        .iter()
        .map(|user| (user.id.clone(), user.name.clone()));
    let agencies = agencies.iter().map(|one| {
        (
            one.id.clone(),
            desk.choose(&one.name_fa, &one.name_en).to_owned(),
        )
    });
    Ok(Names {
        people: people.collect(),
        agencies: agencies.collect(),
    })
}

/// The word key of an action, where somebody wrote one.
fn action_key(action: &str) -> Option<String> {
    let key = format!("people-event-{}", action.replace(['.', '_'], "-"));
    keys(Language::Fa).any(|known| known == key).then_some(key)
}

fn said(language: Language, action: &str) -> String {
    let key = action_key(action);
    key.map_or_else(
        || action.to_owned(),
        |key| text(language, &key).into_owned(),
    )
}

/// What an event holds beside its person, as the reader writes days, numbers and roles; the file of the log keeps it as
/// it was written.
fn detail(language: Language, action: &str, body: &str) -> String {
    // A profile is a row of flags; the agency itself stands beside it.
    if action.starts_with("agency.") {
        return String::new();
    }
    let said = |part: &str| {
        if let Ok(day) = part.parse::<NaiveDate>() {
            return match language {
                Language::Fa => JalaliDate::of(day).slash_fa(),
                Language::En => JalaliDate::of(day).slash_latin(),
            };
        }
        let is_number = !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
        if is_number && language == Language::Fa {
            return to_persian(part);
        }
        if let Some(role) = Role::parse(part) {
            return text(language, role_key(role)).into_owned();
        }
        match part {
            "invitation" | "reset" => {
                text(language, &format!("people-letter-kind-{part}")).into_owned()
            }
            _ => part.to_owned(),
        }
    };
    let parts: Vec<String> = body.split(' ').map(said).collect();
    parts.join(" ")
}

fn line(language: Language, event: &EventRow, names: &Names) -> EventLine {
    let person = |id: &str| names.people.get(id).cloned();
    let is_system = event.actor_id == "system";
    // Who is only just coming in is at work in no role yet.
    let is_at_door = ["session.begun", "password.set"].contains(&event.action.as_str());
    let role = Role::parse(&event.actor_role).filter(|_| !is_system && !is_at_door);
    let agency = event
        .agency_id
        .as_ref()
        .and_then(|id| names.agencies.get(id));
    let about = match event.subject.as_str() {
        "user" => person(&event.subject_id).unwrap_or_default(),
        "route" => event.subject_id.clone(),
        _ => agency.cloned().unwrap_or_default(),
    };
    EventLine {
        number: event.number,
        at: event.at,
        who: person(&event.actor_id),
        role: role.map(|role| role_key(role).to_owned()),
        what: said(language, &event.action),
        action: event.action.clone(),
        about,
        detail: detail(language, &event.action, &event.body),
        address: event.address.clone(),
    }
}

/// The log.
pub fn index(desk: &Desk, input: &Input) -> WebResult {
    desk.ctx.require(Act::Operate)?;
    let asked = asked(|name| input.query.get(name).cloned().unwrap_or_default());
    let number = leaf::number(input);
    let events = log::list(&desk.ctx, &asked.search, leaf::before(number), LINES + 1)?;
    let (people, actions) = desk.ctx.store.read(|conn| {
        let people = store::user::list(conn, desk.ctx.province())?;
        let actions = store::event::list_actions(conn, desk.ctx.province())?;
        Ok::<_, store::StoreError>((people, actions))
    })?;
    let names = names(desk, &people)?;
    let language = desk.hall.language;
    let choose = |value: &str, label: String| Choose {
        value: value.to_owned(),
        label,
        hint: None,
    };
    let (person, action) = (
        asked.search.person.clone().unwrap_or_default(),
        asked.search.action.clone().unwrap_or_default(),
    );
    let pairs = [
        ("person", &person),
        ("action", &action),
        ("day", &asked.day),
    ];
    let query = pairs.map(|(name, value)| format!("{name}={}", encoded(value)));
    let shown = events.iter().take(LINES as usize);
    let page = LogPage {
        key: super::form_key(),
        people: people
            .iter()
            .map(|user| choose(&user.id, format!("{} ({})", user.name, user.login)))
            .collect(),
        actions: actions
            .iter()
            .map(|action| choose(action, said(language, action)))
            .collect(),
        events: shown.map(|event| line(language, event, &names)).collect(),
        leaf: Leaf::of(
            number,
            events.len() as i64 > LINES,
            url::LOG,
            &query.join("&"),
        ),
        person,
        action,
        day: asked.day,
        problems: if asked.is_day_wrong {
            vec![Problem::of("day", Phrase::of("problem-date"))]
        } else {
            Vec::new()
        },
    };
    if page.problems.is_empty() {
        desk.page(&page)
    } else {
        desk.again(&page)
    }
}

/// Takes the events that were looked for away as a file; times are UTC.
pub fn export(desk: &Desk, input: &Input) -> WebResult {
    let asked = asked(|name| input.field(name).to_owned());
    let events = log::export(&desk.ctx, &asked.search, MOST_EXPORTED)?;
    let people = desk
        .ctx
        .store
        .read(|conn| store::user::list(conn, desk.ctx.province()))?;
    let names = names(desk, &people)?;
    // A spreadsheet reads Persian only behind this mark.
    let mut out = String::from("\u{feff}");
    let head = [
        "number", "at", "who", "role", "action", "about", "detail", "address", "leaf",
    ];
    out.push_str(&head.map(cell).join(","));
    for event in &events {
        let line = line(desk.hall.language, event, &names);
        let at = event.at.format("%Y-%m-%dT%H:%M:%SZ").to_string();
        let cells = [
            line.number.to_string(),
            at,
            line.who.unwrap_or_else(|| event.actor_id.clone()),
            line.role
                .map_or_else(String::new, |_| event.actor_role.clone()),
            line.action,
            line.about,
            line.detail,
            line.address,
            event.leaf_hash.clone(),
        ];
        out.push_str("\r\n");
        out.push_str(&cells.map(|text| cell(&text)).join(","));
    }
    out.push_str("\r\n");
    let reply = Reply::of(StatusCode::OK, "text/csv; charset=utf-8", out);
    Ok(reply.with(
        "content-disposition",
        "attachment; filename=\"mizan-log.csv\"",
    ))
}
