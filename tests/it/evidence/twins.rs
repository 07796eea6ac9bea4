//! The same file in two places: told to the auditor, never to another agency.

use mizan::domain::period::State;

use super::{AGENCY, PDF, answer, bring};
use crate::town::Town;

#[test]
fn an_auditor_reads_that_a_file_was_handed_in_by_another_agency_and_under_another_indicator() {
    let town = Town::new();
    let letter = [("kind", "letter")];
    for (agency, code) in [(AGENCY, "DSP-03"), (AGENCY, "SRV-01"), ("INF-03", "DSP-03")] {
        let manager = town.manager_of(agency);
        bring(&manager, &answer(agency, code), &letter, ("a.pdf", PDF)).is(303);
    }
    town.hand_in(AGENCY);
    let auditor = town.browser(town.auditor_of(AGENCY));
    let page = format!("/1405-Q2/agencies/{AGENCY}/verification/DSP-03");
    let said = auditor.open(&page);
    said.says("همین پرونده برای SRV-01 هم آمده است");
    said.lacks("هم برای DSP-03 در");
    town.hand_in("INF-03");
    let other = "/1405-Q2/agencies/INF-03/verification/DSP-03";
    let said = auditor.open(&page).text();
    assert!(said.contains("هم برای DSP-03 در"), "{said}");
    auditor.open(other).says("هم برای DSP-03 در");
    town.go_to(State::UnderReview);
    for agency in [AGENCY, "INF-03"] {
        let manager = town.manager_of(agency);
        manager.open(&answer(agency, "DSP-03")).lacks("همین پرونده");
    }
}
