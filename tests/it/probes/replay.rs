//! Walks through the program as somebody, gathers every form there is, and lets somebody else send it.

use std::collections::BTreeSet;

use mizan::domain::access::Role;

use crate::access;
use crate::access::world::{OTHER, OWN, World};
use crate::town::{Browser, Form, Page};

/// Pages are followed up to here; a stage has far fewer.
const MOST_PAGES: usize = 250;

/// Every page that somebody finds by following links from where they start, apart from other quarters.
pub fn crawl(world: &World, browser: &Browser) -> Vec<Page> {
    let mut waiting = vec!["/".to_owned()];
    let (mut seen, mut pages) = (BTreeSet::new(), Vec::new());
    while let Some(path) = waiting.pop() {
        let is_ours = path.starts_with('/') && !path.starts_with("//");
        let elsewhere = ["/assets/", "/1404-", "/1403-"];
        let last = format!("/{}/", crate::town::LAST);
        let is_last = path.starts_with(&last) && world.period != crate::town::LAST;
        let agency = path.split("/agencies/").nth(1).unwrap_or(OWN);
        let is_third = ![OWN, OTHER].iter().any(|known| agency.starts_with(known));
        let starts_elsewhere = elsewhere.iter().any(|start| path.starts_with(start));
        let is_elsewhere = starts_elsewhere || is_last || is_third;
        if !is_ours || is_elsewhere || path.contains("lang=") || !seen.insert(path.clone()) {
            continue;
        }
        assert!(pages.len() < MOST_PAGES, "no end of pages: {seen:#?}");
        let page = browser.get(&path);
        assert!(page.status < 500, "{path} {}", page.status);
        if page.status == 303 {
            waiting.push(page.header("location").to_owned());
        }
        let links = page.links().into_iter();
        waiting.extend(links.map(|link| link.split('#').next().unwrap_or_default().to_owned()));
        pages.push(page);
    }
    pages
}

/// Every form that anybody of these roles finds, once for each place it leads to.
pub fn forms(world: &World, roles: &[Role]) -> Vec<Form> {
    let (mut seen, mut found) = (BTreeSet::new(), Vec::new());
    for role in roles {
        let browser = world.somebody(*role);
        for page in crawl(world, &browser) {
            for form in page.forms() {
                if form.method == "post" && seen.insert(form.action.clone()) {
                    found.push(form);
                }
            }
        }
    }
    found
}

/// The form filled in: whatever may be chosen is chosen, whatever may be written is written.
pub fn filled(form: &Form) -> Vec<(String, String)> {
    let mut fields = form.fields.clone();
    fields.retain(|(name, value)| name != "csrf" && !value.is_empty());
    for (name, choice) in &form.controls {
        if name != "csrf" && !fields.iter().any(|(known, _)| known == name) {
            let value = choice.clone().unwrap_or_else(|| "متن آزمون".to_owned());
            fields.push((name.clone(), value));
        }
    }
    fields
}

/// Sends another's form with one's own token.
pub fn replay(by: &Browser, form: &Form) -> Page {
    let fields = filled(form);
    let pairs: Vec<(&str, &str)> = fields
        .iter()
        .map(|(name, value)| (name.as_str(), value.as_str()))
        .collect();
    by.post(&form.action, &pairs)
}

/// Sends every form that a role may not send by the table of access; none does anything.
pub fn nothing_is_done(world: &World, forms: &[Form], role: Role) {
    let browser = world.somebody(role);
    let before = world.town.tables();
    let mut tried = 0;
    for form in forms {
        if access::may(&form.action, role) && !form.action.contains(OTHER) {
            continue;
        }
        if form.action == "/sign-in" || form.action == "/sign-out" {
            continue;
        }
        let status = replay(&browser, form).status;
        assert!(
            [403, 404].contains(&status),
            "{} {} {status}",
            role.as_str(),
            form.action
        );
        tried += 1;
    }
    assert!(tried > 0, "nothing to try");
    for (table, rows) in world.town.tables() {
        assert_eq!(before[&table], rows, "{} changed {table}", role.as_str());
    }
}
