//! Every route, every role, what is theirs, another's, absent and malformed. The lines are in `table.rs`.

mod found;
mod line;
mod table;
mod verifying;
pub mod world;

use std::collections::BTreeMap;

use actix_web::http::Method;
use mizan::domain::access::Role;
use mizan::web::routes::ROUTES;

use crate::town::Browser;
use line::{Line, absent};
use world::{OTHER, OWN, World};

/// Whether the table lets a role send a form to an address, at some stage.
pub fn may(address: &str, role: Role) -> bool {
    let found = mizan::web::route::find(&Method::POST, address).ok();
    let pattern = found.map(|(route, _)| route.path).unwrap_or_default();
    let mut lines = Line::all().filter(|line| line.method == "POST" && line.pattern() == pattern);
    lines.any(|line| line.who.contains(&role))
}

/// What could not be there.
const MALFORMED: [&str; 9] = [
    "%00",
    "%FF%FE",
    "..%2F..%2Fetc%2Fpasswd",
    "'%20OR%20'1'='1",
    "%25",
    "_",
    "%3Cscript%3E",
    "%E2%80%AE",
    "-1",
];

/// Denials of one person, counted as the log counts them.
#[derive(Default)]
struct Denials(BTreeMap<&'static str, u32>);

impl Denials {
    /// How many lines so many denials leave: each one at first, then only every doubling.
    fn lines(&self) -> usize {
        let of = |count: u32| (1..=count).filter(|n| *n <= 20 || n.is_power_of_two());
        self.0.values().map(|count| of(*count).count()).sum()
    }
}

/// Everybody at their browsers, and what went wrong.
struct Walk<'w> {
    world: &'w World,
    people: Vec<(Role, Browser<'w>)>,
    denials: Denials,
    faults: Vec<String>,
}

impl Walk<'_> {
    fn fault(&mut self, line: &Line, role: Role, path: &str, what: &str) {
        let (method, stage) = (line.method, line.stage);
        let who = role.as_str();
        self.faults
            .push(format!("{stage}: {who} {method} {path}: {what}"));
    }

    /// A denial says the same whatever it is about: the page without the path that was asked.
    fn denied(&mut self, line: &Line, place: usize, path: &str) -> Option<(u16, String)> {
        let (role, page) = {
            let (role, browser) = &self.people[place];
            (*role, line.ask(browser, path))
        };
        if line.who.contains(&role) && page.status == 422 {
            // An empty form is told so before its place is looked up, wherever it leads.
            return Some((page.status, String::new()));
        }
        *self.denials.0.entry(role.as_str()).or_default() += 1;
        if ![403, 404].contains(&page.status) {
            let what = format!("is not denied but {}", page.status);
            self.fault(line, role, path, &what);
            return None;
        }
        // The link to the other language leads to the page that the path belongs to.
        let above = format!("\"{}?", mizan::web::route::page_of(path));
        let html = page.html().replace(&above, "\"?").replace(path, "");
        Some((page.status, html))
    }

    /// What a role may not: what is there, what is another's and what is not there look alike.
    fn line_denies(&mut self, line: &Line) {
        for place in 0..self.people.len() {
            let role = self.people[place].0;
            let may = line.who.contains(&role);
            let is_bound = role.is_of_agency() || role == Role::Auditor;
            let knows_all = matches!(role, Role::LeadAuditor | Role::Office | Role::Committee);
            let mut paths = Vec::new();
            if !may {
                let own = line.filled(self.world, OWN, None);
                if is_bound || knows_all {
                    // That there is such a thing, they know.
                    self.denied(line, place, &own);
                } else {
                    paths.push(own);
                }
            }
            if line.is_about_an_agency()
                && !knows_all
                && (!may || (is_bound && !line.wide.contains(&role)))
            {
                paths.push(line.filled(self.world, OTHER, None));
            }
            for part in line.parts() {
                let gone = line.filled(self.world, OWN, Some((part, absent(part))));
                // Within what is theirs the menu may say where they are, so it looks otherwise than elsewhere.
                if is_bound && gone.contains(OWN) && part != "period" {
                    self.denied(line, place, &gone);
                } else {
                    paths.push(gone);
                }
            }
            let mut seen: Option<(u16, String)> = None;
            for path in paths {
                let Some(now) = self.denied(line, place, &path) else {
                    continue;
                };
                let first = seen.get_or_insert_with(|| now.clone());
                if *first != now {
                    let what = format!("{} tells it from what is not there ({})", now.0, first.0);
                    self.fault(line, role, &path, &what);
                }
            }
        }
    }

    fn line_takes_no_nonsense(&mut self, line: &Line) {
        for place in 0..self.people.len() {
            let role = self.people[place].0;
            for (part, odd) in line
                .parts()
                .into_iter()
                .flat_map(|part| MALFORMED.map(|odd| (part, odd)))
            {
                let path = line.filled(self.world, OWN, Some((part, odd)));
                let page = line.ask(&self.people[place].1, &path);
                if [403, 404].contains(&page.status) && !["%00", "%FF%FE"].contains(&odd) {
                    *self.denials.0.entry(role.as_str()).or_default() += 1;
                } else if ![400, 404, 422].contains(&page.status) {
                    self.fault(line, role, &path, &format!("malformed is {}", page.status));
                }
            }
        }
    }

    fn stranger_is_sent_to_the_door(&mut self, line: &Line) {
        let stranger = self.world.town.visitor();
        for agency in [OWN, "ZZZ-99"] {
            let change = Some(("id", absent("id"))).filter(|_| agency != OWN);
            let path = line.filled(self.world, agency, change);
            let page = line.ask(&stranger, &path);
            let is_away = page.status == 303 && page.header("location") == "/sign-in";
            let is_right = match line.method {
                "GET" => is_away,
                _ => page.status == 403,
            };
            if !is_right {
                let what = format!("a stranger gets {}", page.status);
                self.fault(line, Role::Governor, &path, &what);
            }
        }
    }

    /// Anybody may ask, with any nonsense, and brings nothing down.
    fn stranger_is_answered(&mut self, line: &Line) {
        let stranger = self.world.town.visitor();
        let odd = line.parts().into_iter().flat_map(|part| {
            let odd = MALFORMED.iter().chain(&[""]);
            odd.map(move |odd| Some((part, *odd)))
        });
        for change in odd.chain([None]) {
            let path = line.filled(self.world, OWN, change);
            let page = line.ask(&stranger, &path);
            if page.status >= 500 || page.status == 401 {
                let what = format!("a stranger gets {}", page.status);
                self.fault(line, Role::Governor, &path, &what);
            }
        }
    }

    /// What a role may: anything but a denial or a failure; with an empty form it may be refused in words.
    fn line_opens(&mut self, line: &Line) {
        for place in 0..self.people.len() {
            let role = self.people[place].0;
            if !line.who.contains(&role) {
                continue;
            }
            let path = line.filled(self.world, OWN, None);
            let page = line.ask(&self.people[place].1, &path);
            let is_right = match line.method {
                "GET" => [200, 303].contains(&page.status),
                _ => [200, 303, 409, 422].contains(&page.status),
            };
            if !is_right {
                self.fault(line, role, &path, &format!("may, but gets {}", page.status));
            }
            if ["/sign-out", "/practice"].contains(&line.path) {
                self.people[place].1 = self.world.somebody(role);
            }
        }
    }
}

fn walk(stage: &'static str) {
    let world = World::at(stage);
    let people = Role::ALL.map(|role| (role, world.somebody(role)));
    let mut walk = Walk {
        world: &world,
        people: people.into(),
        denials: Denials::default(),
        faults: Vec::new(),
    };
    let lines: Vec<Line> = Line::all().filter(|line| line.stage == stage).collect();
    let signed = || lines.iter().filter(|line| !line.is_public);
    let (before, log) = (world.town.tables(), world.town.log().len());
    for line in signed() {
        walk.line_denies(line);
        walk.line_takes_no_nonsense(line);
        walk.stranger_is_sent_to_the_door(line);
    }
    for line in lines.iter().filter(|line| line.is_public) {
        walk.stranger_is_answered(line);
    }
    for (table, rows) in world.town.tables() {
        if before[&table] != rows {
            walk.faults
                .push(format!("{stage}: a denial changed {table}"));
        }
    }
    let mut new = world.town.log().split_off(log);
    // Somebody at the door who typed nothing, and the world itself asking for an id.
    new.retain(|event| !event.action.starts_with("session."));
    let others: Vec<_> = new
        .iter()
        .filter(|e| e.action != "access.denied")
        .map(|event| &event.action)
        .collect();
    if !others.is_empty() {
        let what = format!("{stage}: denied, but noted: {others:?}");
        walk.faults.push(what);
    }
    if new.len() != walk.denials.lines() {
        let what = format!(
            "{} lines in the log for {:?}",
            new.len(),
            walk.denials.0.values()
        );
        walk.faults.push(format!("{stage}: {what}"));
    }
    let (look, change): (Vec<&Line>, Vec<&Line>) = signed().partition(|one| one.method == "GET");
    for line in look.into_iter().chain(change) {
        walk.line_opens(line);
    }
    let faults = &walk.faults;
    assert!(
        faults.is_empty(),
        "{} faults:\n{}",
        faults.len(),
        faults.join("\n")
    );
}

#[test]
fn every_route_has_a_line_and_every_line_a_route() {
    let lines: Vec<(String, String)> = Line::all()
        .map(|line| (line.method.to_owned(), line.pattern()))
        .collect();
    let routes: Vec<(String, String)> = ROUTES
        .iter()
        .map(|route| (route.method.to_string(), route.path.to_owned()))
        .collect();
    let missing: Vec<_> = routes.iter().filter(|one| !lines.contains(one)).collect();
    assert!(
        missing.is_empty(),
        "say in tests/it/access/table.rs who may: {missing:#?}"
    );
    let gone: Vec<_> = lines.iter().filter(|one| !routes.contains(one)).collect();
    assert!(gone.is_empty(), "no such route any more: {gone:#?}");
}

#[test]
fn in_the_open_quarter_everybody_opens_what_is_theirs_and_no_more() {
    walk("draft");
}

#[test]
fn under_review_everybody_opens_what_is_theirs_and_no_more() {
    walk("review");
}

#[test]
fn in_the_days_of_objection_everybody_opens_what_is_theirs_and_no_more() {
    walk("objections");
}

#[test]
fn before_the_committee_everybody_opens_what_is_theirs_and_no_more() {
    walk("committee");
}

#[test]
fn of_a_final_quarter_everybody_opens_what_is_theirs_and_no_more() {
    walk("final");
}
