//! One line of the table: read, filled in, asked.

use mizan::domain::access::Role;

use super::table;
use super::world::World;
use crate::town::{Page, Visitor};

/// One line of the table.
#[derive(Clone, Debug)]
pub struct Line {
    pub method: &'static str,
    pub path: &'static str,
    pub stage: &'static str,
    pub who: Vec<Role>,
    /// Those who may also with what is another's.
    pub wide: Vec<Role>,
    pub is_public: bool,
}

impl Line {
    fn read(text: &'static str) -> Line {
        let mut words = text.split_whitespace();
        let mut next = || words.next().unwrap_or_else(|| panic!("too short: {text}"));
        let (method, path, stage) = (next(), next(), next());
        let (mut who, mut wide, mut is_public) = (Vec::new(), Vec::new(), false);
        for word in words {
            let (word, is_wide) = match word.strip_suffix('+') {
                Some(word) => (word, true),
                None => (word, false),
            };
            let minus = word.strip_prefix('-').and_then(Role::parse);
            match (word, Role::parse(word), minus) {
                ("public", ..) => is_public = true,
                ("everybody", ..) => who.extend(Role::ALL),
                (_, Some(role), _) => who.push(role),
                (_, _, Some(role)) => who.retain(|one| *one != role),
                _ => panic!("nobody is called {word}: {text}"),
            }
            let is_named = |role: &Role| word == "everybody" || Role::parse(word) == Some(*role);
            if is_wide {
                wide.extend(Role::ALL.into_iter().filter(is_named));
            }
        }
        Line {
            method,
            path,
            stage,
            who,
            wide,
            is_public,
        }
    }

    pub fn all() -> impl Iterator<Item = Line> {
        let lines = table::TABLE.lines().filter(|line| !line.trim().is_empty());
        lines.map(Line::read)
    }

    /// The path as the table of routes has it.
    pub fn pattern(&self) -> String {
        let parts = self.path.split('/').map(|part| match part.split_once('=') {
            Some((name, _)) => format!("{name}}}"),
            None => part.to_owned(),
        });
        parts.collect::<Vec<_>>().join("/")
    }

    pub fn is_about_an_agency(&self) -> bool {
        self.path.contains("{agency}")
    }

    /// The path with its parts filled in; `change` names a part that is to be something else.
    pub fn filled(&self, world: &World, agency: &str, change: Option<(&str, &str)>) -> String {
        let mut before = "";
        let parts = self.path.split('/').map(|part| {
            let name = part.strip_prefix('{').and_then(|p| p.strip_suffix('}'));
            let Some(name) = name else {
                before = part;
                return part.to_owned();
            };
            let (name, fixed) = match name.split_once('=') {
                Some((name, fixed)) => (name, Some(fixed)),
                None => (name, None),
            };
            match (change.filter(|(of, _)| *of == name), fixed, name) {
                (Some((_, value)), ..) => value.to_owned(),
                (_, Some(fixed), _) => fixed.to_owned(),
                (.., "period") => world.period.to_owned(),
                (.., "agency") => agency.to_owned(),
                (.., "indicator") => "RSP-02".to_owned(),
                (.., "number") => "1".to_owned(),
                (.., "id" | "file") if agency == absent("agency") => absent(name).to_owned(),
                (.., "id" | "file") => world.id(before, agency),
                (.., "token") => absent("token").to_owned(),
                (.., other) => panic!("say in access/mod.rs what {{{other}}} is"),
            }
        });
        parts.collect::<Vec<_>>().join("/")
    }

    /// The names of its parts.
    pub fn parts(&self) -> Vec<&'static str> {
        let parts = self.path.split('/').filter_map(|p| p.strip_prefix('{'));
        parts
            .map(|part| part.split(['=', '}']).next().unwrap_or_default())
            .collect()
    }

    pub fn ask(&self, by: &Visitor, path: &str) -> Page {
        match self.method {
            "GET" => by.get(path),
            "POST" => by.post(path, &[]),
            other => panic!("no way to send {other}"),
        }
    }
}

/// What is not there, for each part of a path.
pub fn absent(part: &str) -> &'static str {
    match part {
        "period" => "1399-Q4",
        "agency" | "indicator" => "ZZZ-99",
        "token" => "0000000000000000000000000000000000000000000000000000000000000000",
        _ => "0199aaaaaaaa7000800000000000000f",
    }
}
