//! Two pairs of eyes: chance sends one item in ten to a second auditor, who knows nothing of the first verdict.

use mizan::app::verdict::{self, Judgement};
use mizan::app::{AppError, second_look};
use mizan::domain::period::State;
use mizan::domain::returns::Verdict;
use mizan::store;
use mizan::store::second_look::SecondLook;

use crate::pages::both;
use crate::town::{OPEN, Town};

const AGENCIES: [&str; 4] = ["INF-01", "INF-02", "INF-03", "INF-04"];

/// The first auditors confirm what these agencies claim. That chance chooses nothing of four agencies comes once in
/// ten million times.
fn confirmed(town: &Town) {
    AGENCIES
        .iter()
        .for_each(|agency| confirmed_of(town, agency));
}

fn confirmed_of(town: &Town, agency: &str) {
    town.hand_in(agency);
    let ctx = town.ctx(town.auditor_of(agency));
    for indicator in town.asked_of(agency) {
        let of = Judgement {
            indicator: &indicator.code,
            seen: None,
            verdict: Verdict::Confirmed,
            reason_code: "",
            reason: "رأی نخست همین است",
            recommendation: "",
            internal_note: "",
        };
        verdict::give(&ctx, OPEN, agency, &of).expect("confirmed");
    }
}

fn looks(town: &Town) -> Vec<SecondLook> {
    let (ctx, period) = (town.system(), town.period());
    town.read(|conn| store::second_look::list_of_period(conn, ctx.province(), &period.id))
}

fn login(town: &Town, id: &str) -> String {
    let ctx = town.system();
    let user = town.read(|conn| store::user::find(conn, ctx.province(), id));
    user.expect("a person").login
}

#[test]
fn a_second_auditor_judges_without_knowing_the_first_and_the_office_reads_how_alike_they_are() {
    let town = Town::new();
    confirmed(&town);
    let asked = looks(&town);
    let all: usize = AGENCIES
        .iter()
        .map(|agency| town.asked_of(agency).len())
        .sum();
    assert!(
        !asked.is_empty() && asked.len() * 4 < all,
        "{} of {all}",
        asked.len()
    );
    let look = &asked[0];
    let first = login(&town, &look.first_by);
    let second = login(&town, &look.user_id);
    assert_ne!(second, first);
    let auditor = town.browser(&second);
    auditor.open("/queue").says_word("auditor-second").is(200);
    both(&auditor, "/second-looks");
    let path = format!("/second-looks/{}", look.id);
    both(&auditor, &path);
    let page = auditor.open(&path);
    page.lacks("رأی نخست همین است");
    for stranger in ["office", "committee1", first.as_str()] {
        let status = town.browser(stranger).get(&path).status;
        assert!([403, 404].contains(&status), "{stranger} {status}");
    }
    let silent = [("kind", "rejected"), ("reason", "")];
    auditor.submit(&page, &path, &silent).is(422);
    let rejected = [
        ("kind", "rejected"),
        ("reason_code", "no_evidence"),
        ("reason", "سندی دیده نشد"),
    ];
    let page = auditor.open(&path);
    auditor
        .submit(&page, &path, &rejected)
        .leads_to("/second-looks");
    auditor.open(&path).says_word("auditor-second-kept");
    let office = town.browser("office");
    both(&office, "/1405-Q2/agreement");
    office
        .open("/1405-Q2/agreement")
        .says_word("office-differs");
}

#[test]
fn a_second_look_changes_no_score_and_is_given_once_and_in_time() {
    let town = Town::new();
    confirmed(&town);
    let before = town.tables()["verdicts"].clone();
    let look = looks(&town).remove(0);
    let ctx = town.ctx(&login(&town, &look.user_id));
    let of = |reason| Judgement {
        indicator: &look.indicator_code,
        seen: None,
        verdict: Verdict::Rejected,
        reason_code: "no_evidence",
        reason,
        recommendation: "",
        internal_note: "",
    };
    second_look::give(&ctx, &look.id, &of("سندی دیده نشد")).expect("kept");
    let again = second_look::give(&ctx, &look.id, &of("نظرم عوض شد"));
    assert!(matches!(
        again,
        Err(AppError::Refused("refused-second-look-given"))
    ));
    assert_eq!(town.tables()["verdicts"], before, "no verdict was touched");
    let other = looks(&town).into_iter().find(|one| one.given_at.is_none());
    if let Some(other) = other {
        town.go_to(State::Final);
        let ctx = town.ctx(&login(&town, &other.user_id));
        let late = second_look::give(&ctx, &other.id, &of("دیر"));
        assert!(matches!(late, Err(AppError::Refused("refused-final"))));
    }
}
