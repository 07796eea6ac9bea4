//! An auditor confirms at once what gives no cause for doubt.

use crate::pages::both;
use crate::town::{OPEN, Page, Town, html};

const AGENCY: &str = "INF-01";

fn case() -> String {
    format!("/{OPEN}/agencies/{AGENCY}/verification")
}

/// What can be ticked on the page.
fn ticks(page: &Page) -> Vec<String> {
    let html = page.html();
    let fields = html::tags(&html)
        .into_iter()
        .filter(|tag| tag.name == "input");
    let names = fields.filter_map(|tag| tag.get("name"));
    names.filter(|name| name.starts_with("confirm-")).collect()
}

/// The kinds of evidence that can be chosen on the page.
fn kinds(page: &Page) -> Vec<String> {
    let html = page.html();
    let options = html::tags(&html)
        .into_iter()
        .filter(|tag| tag.name == "option");
    let values = options.filter_map(|tag| tag.get("value"));
    values.filter(|value| !value.is_empty()).collect()
}

/// Every indicator of the agency answered as last quarter, each with a link beside it.
fn proven(town: &Town) {
    town.fill_in(AGENCY);
    let manager = town.manager_of(AGENCY);
    for indicator in town.asked_of(AGENCY) {
        let answer = format!("/{OPEN}/agencies/{AGENCY}/answers/{}", indicator.code);
        let path = format!("{answer}/evidence");
        let Some(kind) = kinds(&manager.open(&answer)).into_iter().next() else {
            continue;
        };
        let link = format!("https://example.ir/{}", indicator.code);
        let fields = [("kind", kind.as_str()), ("link", link.as_str())];
        manager.post(&path, &fields).is(303);
    }
}

#[test]
fn what_gives_no_cause_for_doubt_is_confirmed_at_once_but_one_in_five_is_looked_at_in_full() {
    let town = Town::new();
    proven(&town);
    town.hand_in(AGENCY);
    let auditor = town.browser(town.auditor_of(AGENCY));
    let page = auditor.open(&case());
    both(&auditor, &case());
    let offered: Vec<String> = ticks(&page);
    assert!(offered.len() > 3, "{offered:?}");
    let ctx = town.ctx(town.auditor_of(AGENCY));
    let offer = town.read(|conn| {
        let case = mizan::app::case(&ctx, conn, OPEN, AGENCY).expect("the case");
        Ok(mizan::app::confirmation::offered(&ctx, conn, &case).expect("an offer"))
    });
    // What is kept for a full look stands in no list, however many chance has taken.
    assert_eq!(offer.indicators.len(), offered.len());
    let all = offered.len() as i64 + offer.kept;
    assert!(offer.kept * 2 < all, "{} of {all}", offer.kept);
    auditor.submit(&page, &case(), &[]).is(409);
    assert_eq!(town.rows("verdicts", AGENCY), 0);
    let (one, two) = (offered[0].as_str(), offered[1].as_str());
    auditor
        .submit(&page, &case(), &[(one, "yes"), (two, "yes")])
        .leads_to(&case());
    assert_eq!(town.rows("verdicts", AGENCY), 2);
    // What is no longer waiting, what was kept, and what was never offered: all or nothing.
    let three = offered[2].as_str();
    for alien in [one, "confirm-DSP-01", "confirm-XYZ-99"] {
        auditor
            .post(&case(), &[(three, "yes"), (alien, "yes")])
            .is(409);
    }
    assert_eq!(town.rows("verdicts", AGENCY), 2);
    let code = three.trim_start_matches("confirm-");
    let back = format!("{}/{code}/query", case());
    auditor
        .post(&back, &[("question", "کدام نامه؟"), ("days", "3")])
        .is(303);
    let left = ticks(&auditor.open(&case()));
    assert!(!left.contains(&three.to_owned()), "{left:?}");
}

#[test]
fn nothing_is_confirmed_at_once_that_has_no_evidence_or_is_unlike_last_quarter() {
    let town = Town::new();
    town.hand_in(AGENCY);
    let auditor = town.browser(town.auditor_of(AGENCY));
    assert!(ticks(&auditor.open(&case())).is_empty());
}
