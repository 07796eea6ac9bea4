//! Every page that somebody can reach by links is readable for everybody: axe has nothing to say of it on a desk and on a
//! phone, nothing runs out sideways on the narrowest one, and the browser refuses nothing.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use actix_web::http::Method;
use mizan::domain::access::Role;
use mizan::domain::period::State;
use mizan::web::route;
use serde_json::{Value, json};

use super::story;
use super::window::Window;
use crate::town::{Engine, Town};

const AXE: &str = include_str!("../../assets/axe/axe.min.js");

/// Everything axe knows that is a rule or good practice, and what it found.
const ASK_AXE: &str = "
const done = arguments[arguments.length - 1];
const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
axe.run({ runOnly: tags, resultTypes: ['violations'] }).then((found) => done(found.violations.map(
  (rule) => rule.id + ': ' + rule.help + ' ' + rule.nodes.slice(0, 3).map((node) => node.html).join(' '))));";

/// What axe finds hard to read on a dark screen.
const ASK_AXE_IN_THE_DARK: &str = "
const done = arguments[arguments.length - 1];
axe.run({ runOnly: { type: 'rule', values: ['color-contrast'] }, resultTypes: ['violations'] }).then((found) => done(
  found.violations.map((rule) => 'in the dark: ' + rule.help + ' '
    + rule.nodes.slice(0, 3).map((node) => node.html).join(' '))));";

/// What sticks out of the page and is not in a part that scrolls by itself.
const SIDEWAYS: &str = "
const width = document.documentElement.clientWidth;
if (document.documentElement.scrollWidth <= width) return [];
return [...document.querySelectorAll('body *')].filter((one) => {
  const box = one.getBoundingClientRect();
  return box.width && (box.right > width + 1 || box.left < -1) && !one.closest('.scroll, .visually-hidden');
}).slice(0, 5).map((one) => one.outerHTML.slice(0, 150));";

/// What is said wrongly: a sentence without its words, a picture that is not there, Latin digits among Persian words.
const MISSAID: &str = "
const found = [];
if (document.body.innerText.includes('⟦')) found.push('a sentence without its words');
for (const one of document.querySelectorAll('use')) {
  const id = one.getAttribute('href').slice(1);
  if (!document.getElementById(id)) found.push('no picture ' + id);
}
const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
while (document.documentElement.lang === 'fa' && texts.nextNode()) {
  const text = texts.currentNode.data.trim();
  const around = texts.currentNode.parentElement;
  if (/(^|[\\s(«])[0-9]/.test(text) && !around.closest('[dir=ltr], [lang=en], script')) found.push('Latin digits: ' + text);
}
return found.slice(0, 5);";

/// Where the links of a page lead, within this place.
const LINKS: &str = "
return [...document.querySelectorAll('a[href]')].map((one) => one.getAttribute('href'))
  .filter((href) => href.startsWith('/') && !href.includes('?lang='));";

/// What a page is made of: its parts, each with the part around it.
const PARTS: &str = "
const name = (one) => one.tagName + '.' + one.className + (one.getAttribute('aria-invalid') ?? '');
return [...new Set([...document.querySelectorAll('main *')]
  .map((one) => name(one.parentElement) + ' ' + name(one)))];";

/// The most pages of one route that are opened.
const MOST: usize = 2;

/// What somebody saw on their way: the parts of pages by their routes, and what is wrong with them.
#[derive(Default)]
struct Walk {
    parts: BTreeMap<&'static str, BTreeSet<String>>,
    faults: BTreeSet<String>,
}

impl Walk {
    /// Goes through the pages by their links, a few of every route, and looks where something is new.
    fn through(&mut self, window: &Window) {
        let mut waiting = VecDeque::from(["/".to_owned()]);
        let mut opened = BTreeSet::new();
        let mut counts = BTreeMap::<&str, usize>::new();
        while let Some(path) = waiting.pop_front() {
            let plain = path.split(['?', '#']).next().unwrap_or_default();
            let Ok((route, _)) = route::find(&Method::GET, plain) else {
                self.faults.insert(format!("{path} leads nowhere"));
                continue;
            };
            let is_file = [".csv", ".json", ".zip"]
                .iter()
                .any(|end| plain.ends_with(end));
            let count = counts.entry(route.path).or_default();
            if is_file || *count == MOST || !opened.insert(path.clone()) {
                continue;
            }
            *count += 1;
            window.is_wide(1440).go(&path);
            waiting.extend(list(&window.run(LINKS, &json!([]))));
            let known = self.parts.entry(route.path).or_default();
            let before = known.len();
            known.extend(list(&window.run(PARTS, &json!([]))));
            if known.len() > before {
                self.look(window, &path);
            }
        }
    }

    fn look(&mut self, window: &Window, path: &str) {
        window.run(AXE, &json!([]));
        for width in [1440, 390] {
            window.is_wide(width);
            self.note(path, width, &window.run_later(ASK_AXE));
        }
        window.is_dark(true);
        self.note(path, 390, &window.run_later(ASK_AXE_IN_THE_DARK));
        window.is_dark(false).is_wide(320);
        self.note(path, 320, &window.run(SIDEWAYS, &json!([])));
        self.note(path, 320, &window.run(MISSAID, &json!([])));
        window.is_quiet();
    }

    fn note(&mut self, path: &str, width: u32, found: &Value) {
        for one in list(found) {
            self.faults.insert(format!("{path} at {width}: {one}"));
        }
    }
}

fn list(found: &Value) -> Vec<String> {
    let all = found.as_array().into_iter().flatten();
    all.filter_map(Value::as_str).map(str::to_owned).collect()
}

/// Somebody reads all their pages while the quarter is open, and again when objections may be filed. One engine is enough.
fn reads_everything(who: impl Fn(&Town) -> String) {
    if Engine::of_run() == Engine::Postgres {
        return;
    }
    story(|town, window| {
        let mut walk = Walk::default();
        let mut english = Walk::default();
        town.hand_in("INF-01");
        town.hand_in("GEN-02");
        let login = who(town);
        walk.through(window.sign_in(&login));
        town.go_to(State::UnderReview);
        town.judge("INF-01");
        walk.through(window.sign_in(&login));
        town.go_to(State::ObjectionOpen);
        walk.through(window.sign_in(&login));
        english.through(window.sign_in(&login).go("/?lang=en"));
        walk.faults.append(&mut english.faults);
        assert!(walk.faults.is_empty(), "{:#?}", walk.faults);
    });
}

#[test]
fn a_manager_can_read_every_page() {
    reads_everything(|town| town.person_of(Role::Manager, "INF-01"));
}

#[test]
fn a_head_of_an_agency_can_read_every_page() {
    reads_everything(|town| town.person_of(Role::Head, "INF-02"));
}

#[test]
fn the_planning_office_can_read_every_page() {
    reads_everything(|_| "office".to_owned());
}

#[test]
fn a_committee_member_can_read_every_page() {
    reads_everything(|_| "committee1".to_owned());
}

#[test]
fn the_governors_office_can_read_every_page() {
    reads_everything(|_| "governor".to_owned());
}

#[test]
fn an_auditor_can_read_every_page() {
    reads_everything(|town| town.auditor_of("INF-01").to_owned());
}

#[test]
fn the_lead_auditor_can_read_every_page() {
    reads_everything(|_| "lead".to_owned());
}

#[test]
fn the_administrator_can_read_every_page() {
    reads_everything(|_| "admin".to_owned());
}

#[test]
fn somebody_who_practises_can_read_every_page() {
    if Engine::of_run() == Engine::Postgres {
        return;
    }
    story(|town, window| {
        let mut walk = Walk::default();
        window.sign_in(&town.person_of(Role::Manager, "INF-01"));
        walk.through(window.go("/practice").press("practice-begin"));
        assert!(walk.faults.is_empty(), "{:#?}", walk.faults);
    });
}
