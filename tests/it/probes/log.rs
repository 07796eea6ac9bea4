//! What the log keeps, and what it never holds.

use mizan::domain::access::Role;
use mizan::domain::period::State;

use crate::access::world::{OTHER, OWN, World};
use crate::town::{OPEN, PASSWORD};

#[test]
fn p44_the_log_says_who_when_from_where_and_what_and_holds_no_secret() {
    let world = World::at("objections");
    let town = &world.town;
    let visitor = town.visitor();
    visitor.sign_in("governor", "گذرواژه‌ای نادرست").is(422);
    let manager = town.manager_of(OWN);
    manager
        .get(&format!("/{OPEN}/agencies/{OTHER}/checklist"))
        .is(404);
    manager.post("/periods", &[]).is(403);
    let (cookie, csrf) = (manager.cookie("mizan"), manager.csrf());
    let link = town.link_for("governor", mizan::app::link::Purpose::Reset);
    let token = link.rsplit('/').next().expect("a token").to_owned();
    manager.post("/sign-out", &[]).is(303);
    town.go_to(State::Final);
    town.person_of(Role::Deputy, "GEN-02");
    let log = town.log();
    for action in [
        "session.begun",
        "session.refused",
        "session.ended",
        "access.denied",
        "user.added",
        "agency.assigned",
        "answer.saved",
        "evidence.added",
        "assessment.handed_in",
        "verdict.given",
        "period.moved",
    ] {
        let found = log.iter().filter(|event| event.action == action);
        assert!(found.count() > 0, "no {action} in the log");
    }
    for event in &log {
        let whole = format!("{event:?}");
        assert!(
            !event.actor_id.is_empty() && !event.address.is_empty(),
            "{whole}"
        );
        for secret in [PASSWORD, "گذرواژه‌ای نادرست", &cookie, &csrf, &token] {
            assert!(!whole.contains(secret), "a secret in {whole}");
        }
    }
    let denied: Vec<_> = log.iter().filter(|e| e.action == "access.denied").collect();
    assert_eq!(denied.len(), 2);
    assert!(denied.iter().all(|event| event.address == "127.0.0.9"));
    let numbers: Vec<i64> = log.iter().map(|event| event.number).collect();
    let all: Vec<i64> = (numbers[0]..numbers[0] + numbers.len() as i64).collect();
    assert_eq!(numbers, all, "no gap");
}
