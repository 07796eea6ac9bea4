//! Evidence that ages, where to look in it, and pieces of an earlier quarter taken again.

use diesel::RunQueryDsl;
use mizan::app::AppError;

use super::{AGENCY, PDF, answer, bring, files};
use crate::pages::both;
use crate::town::Town;

/// What was brought to the open quarter was brought to the one before.
fn let_it_be_of_last_quarter(town: &Town) {
    let query = "UPDATE evidence SET assessment_id = (SELECT a.id FROM assessments a JOIN periods p ON p.id = \
                 a.period_id WHERE p.code = '1405-Q1' AND a.agency_id = evidence.agency_id)";
    let moved: Result<usize, AppError> = town.state.store.write(|tx| {
        let done = diesel::sql_query(query).execute(&mut **tx);
        Ok(done.expect("moved"))
    });
    assert!(moved.expect("moved") > 0);
}

#[test]
fn a_manager_says_where_to_look_and_sees_how_long_a_paper_counts() {
    let town = Town::new();
    let manager = town.manager_of(AGENCY);
    let page = answer(AGENCY, "DSP-03");
    manager.open(&page).says("نامه یا ابلاغ تا ۳۶ ماه");
    let fields = [
        ("kind", "letter"),
        ("page", "صفحهٔ ۳، بند ۲"),
        ("effective_from", "1402/05/01"),
    ];
    bring(&manager, &page, &fields, ("ابلاغ.pdf", PDF)).is(303);
    manager
        .open(&page)
        .says("صفحهٔ ۳، بند ۲")
        .says("اعتبار آن")
        .says("پیش از پایان این دوره");
    both(&manager, &page);
    let long = "ص".repeat(70);
    let fields = [("kind", "letter"), ("page", long.as_str())];
    bring(&manager, &page, &fields, ("ابلاغ.pdf", PDF))
        .is(422)
        .says_word("problem-evidence-page");
}

#[test]
fn an_old_photograph_and_an_expired_link_are_refused_and_an_old_letter_is_only_asked_about() {
    let town = Town::new();
    let manager = town.manager_of(AGENCY);
    let page = answer(AGENCY, "ELD-01");
    manager.open(&page);
    let link = |from, to| {
        let fields = [
            ("kind", "url"),
            ("link", "https://sample.ir/desk"),
            ("effective_from", from),
            ("effective_to", to),
        ];
        manager.post(&format!("{page}/evidence"), &fields)
    };
    link("", "1405/03/01")
        .is(422)
        .says_word("problem-evidence-over");
    link("1404/09/01", "")
        .is(422)
        .says("تا ۳ ماه پس از تاریخ خود");
    assert_eq!(town.rows("evidence", AGENCY), 0);
    link("1405/04/10", "").is(303);
    let letter = answer(AGENCY, "DSP-03");
    let fields = [("kind", "letter"), ("effective_from", "1399/01/01")];
    bring(&manager, &letter, &fields, ("a.pdf", PDF)).is(303);
    manager.open(&letter).says("پیش از آغاز این دوره");
}

#[test]
fn a_manager_takes_a_letter_of_last_quarter_again_and_it_is_marked_as_such() {
    let town = Town::new();
    let manager = town.manager_of(AGENCY);
    let page = answer(AGENCY, "DSP-03");
    bring(&manager, &page, &[("kind", "letter")], ("ابلاغ.pdf", PDF)).is(303);
    let stranger = town.manager_of("INF-02");
    let_it_be_of_last_quarter(&town);
    let reuse = format!("{page}/evidence/reuse");
    let open = manager.open(&page);
    open.says("ابلاغ.pdf").says("سه‌ماههٔ اول ۱۴۰۵");
    both(&manager, &page);
    assert_eq!(town.rows("evidence", AGENCY), 0);
    let none = manager.submit(&open, &reuse, &[("earlier", "")]);
    none.is(422).says_word("problem-choose");
    let html = open.html();
    let id = html.split("<option value=\"").filter_map(|part| {
        let (id, rest) = part.split_once('"')?;
        rest.contains("ابلاغ.pdf")
            .then(|| id.split('"').next().map(str::to_owned))?
    });
    let id = id.last().expect("an earlier piece");
    let wrong = [("earlier", id.as_str()), ("reused_from", "1405/13/01")];
    manager
        .submit(&open, &reuse, &wrong)
        .is(422)
        .says_word("problem-date");
    stranger.open(&answer("INF-02", "DSP-03"));
    let theirs = reuse.replace(AGENCY, "INF-02");
    stranger.post(&theirs, &[("earlier", &id)]).is(404);
    let right = [("earlier", id.as_str()), ("reused_from", "1405/01/20")];
    for _ in 0..2 {
        manager
            .submit(&open, &reuse, &right)
            .leads_to(&format!("{page}#evidence-title"));
    }
    assert_eq!(
        town.rows("evidence", AGENCY),
        1,
        "a double click is one row"
    );
    let again = manager.open(&page);
    again.says("همان مستند").says("از ۲۰ فروردین ۱۴۰۵");
    assert_eq!(manager.open(&files(&manager, &page)[0]).bytes, PDF);
    assert!(
        town.log()
            .iter()
            .any(|event| event.action == "evidence.reused")
    );
}

#[test]
fn the_advice_that_comes_with_the_program_is_read_and_speaks_of_indicators_and_kinds_that_are_there()
 {
    let town = Town::new();
    let framework = town.framework();
    let advice = mizan::domain::advice::Advice::of(&framework);
    assert!(advice.ages.len() >= 10 && advice.checks.len() >= 10);
    for check in &advice.checks {
        for code in check.indicators() {
            assert!(framework.indicator(code).is_some(), "{}: {code}", check.id);
        }
        assert!(
            check.fa.ends_with('.') && check.en.ends_with('.'),
            "{}",
            check.id
        );
    }
    let kinds = framework
        .source
        .get("evidence_kinds")
        .expect("kinds")
        .items();
    for one in &advice.ages {
        let is_it = |kind: &mizan::domain::json::Json| {
            kind.get("id").and_then(|id| id.as_text()) == Some(one.kind.as_str())
        };
        assert!(kinds.iter().any(is_it), "{}", one.kind);
    }
}
