//! The planning office shares out the verification of a quarter by the hours that people have.

use std::collections::BTreeMap;

use mizan::app::{assignment, workload};
use mizan::store;

use crate::pages::both;
use crate::town::{OPEN, Town};

const PLAN: &str = "/periods/1405-Q2/assignments";

/// Takes their agencies from all auditors of the open quarter.
fn free(town: &Town) {
    let ctx = town.system();
    let period = town.period();
    let done = town.state.store.write(|tx| {
        for duty in store::assignment::list_of_period(tx, ctx.province(), &period.id)? {
            store::assignment::set_ended(tx, &duty, ctx.now)?;
        }
        Ok::<_, store::StoreError>(())
    });
    done.expect("freed");
}

/// How many agencies each auditor has in the open quarter, by login.
fn shares(town: &Town) -> BTreeMap<String, usize> {
    let ctx = town.system();
    let period = town.period();
    let duties =
        town.read(|conn| store::assignment::list_of_period(conn, ctx.province(), &period.id));
    let users = town.read(|conn| store::user::list(conn, ctx.province()));
    let mut found = BTreeMap::new();
    for duty in duties {
        let user = users.iter().find(|user| user.id == duty.user_id);
        *found
            .entry(user.expect("a person").login.clone())
            .or_default() += 1;
    }
    found
}

fn hours_of(town: &Town, login: &str) -> String {
    let user = town.read(|conn| store::user::find_by_login(conn, login));
    format!("hours-{}", user.expect("there").id)
}

#[test]
fn the_office_reads_whether_the_work_fits_and_shares_it_out_by_the_hours_of_each() {
    let town = Town::new();
    free(&town);
    let office = town.browser("office");
    both(&office, PLAN);
    let (one, two, lead) = (
        hours_of(&town, "auditor1"),
        hours_of(&town, "auditor2"),
        hours_of(&town, "lead"),
    );
    let hours = [
        (one.as_str(), "۲۰۰"),
        (two.as_str(), "400"),
        (lead.as_str(), "0"),
    ];
    let page = office.open(PLAN);
    office
        .submit(&page, "/periods/1405-Q2/capacities", &hours)
        .leads_to(PLAN);
    let page = office.open(PLAN);
    office.submit(&page, PLAN, &[]).leads_to(PLAN);
    let found = shares(&town);
    let (one, two) = (found["auditor1"], found["auditor2"]);
    assert!(two * 10 > one * 17 && two * 10 < one * 23, "{found:?}");
    assert!(!found.contains_key("lead"), "who has no hours gets nothing");
    office.open(PLAN).says_word("office-plan-all-have");
    both(&office, PLAN);
    let before = shares(&town);
    assert_eq!(
        assignment::share_out(&town.ctx("office"), OPEN).expect("again"),
        0
    );
    assert_eq!(shares(&town), before);
}

#[test]
fn whoever_was_once_of_an_agency_never_verifies_it() {
    let town = Town::new();
    free(&town);
    let ctx = town.system();
    let agency = town.assessment("INF-01").agency_id;
    let users = town.read(|conn| store::user::list(conn, ctx.province()));
    let id = |login: &str| {
        users
            .iter()
            .find(|user| user.login == login)
            .expect("there")
            .id
            .clone()
    };
    let long_ago = chrono::NaiveDate::from_ymd_opt(2020, 1, 1).expect("a day");
    for login in ["auditor1", "lead"] {
        let role = store::user::RoleRow {
            province_id: ctx.province().to_owned(),
            id: store::new_id(),
            user_id: id(login),
            role: "manager".to_owned(),
            agency_id: Some(agency.clone()),
            starts_on: long_ago,
            ends_on: Some(long_ago),
            granted_by: None,
        };
        let added = town
            .state
            .store
            .write(|tx| store::user::add_role(tx, &role));
        added.expect("added");
    }
    assignment::share_out(&town.ctx("office"), OPEN).expect("shared out");
    let period = town.period();
    let duties =
        town.read(|conn| store::assignment::list_of_period(conn, ctx.province(), &period.id));
    let duty = duties.iter().find(|duty| duty.agency_id == agency);
    assert_eq!(duty.expect("somebody").user_id, id("auditor2"));
}

#[test]
fn what_the_office_knows_better_counts_and_a_slip_of_the_hand_changes_nothing() {
    let town = Town::new();
    let office = town.browser("office");
    let needed = |town: &Town| {
        let ctx = town.ctx("office");
        town.read(|conn| Ok(workload::plan(&ctx, conn, OPEN).expect("a plan").needed))
    };
    let before = needed(&town);
    let action = "/periods/1405-Q2/review-minutes";
    for wrong in ["0", "241", "شش", "-5"] {
        let page = office.open(PLAN);
        let again = office.submit(&page, action, &[("minutes-RSP-02", wrong)]);
        again.is(422).says_word("problem-review-minutes");
        assert!(again.html().contains(&format!("value=\"{wrong}\"")));
    }
    assert_eq!(needed(&town), before);
    let page = office.open(PLAN);
    office
        .submit(&page, action, &[("minutes-RSP-02", "۴۰")])
        .leads_to(PLAN);
    assert!(needed(&town) > before);
    let page = office.open(PLAN);
    let hours = [(hours_of(&town, "auditor1"), "601")];
    let hours: Vec<(&str, &str)> = hours
        .iter()
        .map(|(name, typed)| (name.as_str(), *typed))
        .collect();
    office
        .submit(&page, "/periods/1405-Q2/capacities", &hours)
        .is(422)
        .says_word("problem-hours");
}
