//! A whole quarter as its people live it, each before the browser, from the first answer to the governor's office; the
//! ranking it ends with is what the rule makes of the export.

use mizan::domain::access::Role;
use mizan::domain::json::Json;
use mizan::domain::number::{parse_hundredths, parse_whole};
use mizan::domain::period::State;
use mizan::web::url;
use serde_json::json;

use super::story;
use super::window::Window;
use crate::quarter::scored;
use crate::town::{OPEN, Town};

/// The agency whose people we follow, and an indicator that is disputed there: so many requests answered in time.
const AGENCY: &str = "INF-01";
const DISPUTED: &str = "RSP-02";

/// Rows of the ranking: whose they are, their place and their score, as they are read.
const RANKING: &str = "
const said = (row, label) => [...row.querySelectorAll('[data-l]')]
  .find((cell) => cell.dataset.l === label)?.innerText.trim() ?? '';
return [...document.querySelectorAll('main tr')].map((row) => [
  row.querySelector('th a')?.getAttribute('href').split('/')[3] ?? '',
  said(row, 'رتبه'), said(row, 'امتیاز'), said(row, 'وضعیت')]);";

#[test]
fn a_whole_quarter_is_lived_and_its_ranking_is_what_the_rule_makes_of_its_export() {
    story(|town, window| {
        answer(town, window);
        hand_in(town, window);
        for other in ["GEN-02", "INF-02", "CUL-01"] {
            town.hand_in(other);
        }
        move_on(town, window, State::Closed);
        move_on(town, window, State::UnderReview);
        verify(town, window);
        move_on(town, window, State::Preliminary);
        move_on(town, window, State::ObjectionOpen);
        object(town, window);
        move_on(town, window, State::ReReview);
        review_again(window);
        move_on(town, window, State::Committee);
        decide(town, window);
        finish(town, window);
        read_the_ranking(town, window);
    });
}

/// The manager types two answers; colleagues do the rest.
fn answer(town: &Town, window: &Window) {
    window.sign_in(&town.person_of(Role::Manager, AGENCY));
    window.go(&url::answer(OPEN, AGENCY, DISPUTED));
    window.fill("choice", "value");
    window.fill("numerator", "۴۸").fill("denominator", "٦٠");
    window.press("manager-save-next");
    window.go(&url::answer(OPEN, AGENCY, "DSP-02"));
    window.fill("choice", "value").fill("value", "3");
    window.press("manager-save-next");
    town.fill_in(AGENCY);
    window.go(&url::checklist(OPEN, AGENCY)).says("۴۸ از ۶۰");
    window.sign_out();
}

/// The head of the agency reads, pledges and signs.
fn hand_in(town: &Town, window: &Window) {
    window.sign_in(&town.person_of(Role::Head, AGENCY));
    window.go(&url::review(OPEN, AGENCY)).says("۴۸ از ۶۰");
    window
        .fill("pledge", "yes")
        .fill("password", crate::town::PASSWORD);
    window.press("manager-sign");
    window.says_word("manager-receipt-title");
    assert_eq!(town.state_of(AGENCY), "handed_in");
    window.sign_out();
}

/// The planning office moves the quarter on by its page, on the day it may.
fn move_on(town: &Town, window: &Window, state: State) {
    town.reach_next_state();
    window.sign_in("office").go(&url::period(OPEN));
    carry_out(window);
    assert_eq!(town.period().state(), state);
    window.sign_out();
}

/// Presses what moves the quarter; where there is no way back, after saying that it is sure.
fn carry_out(window: &Window) {
    window.press_at("main .head", "office-move-to");
    if window.run(
        "return !!document.querySelector('[name=is_sure]')",
        &json!([]),
    ) == json!(true)
    {
        window.fill("is_sure", "yes");
    }
    window.press_at("main form", "office-move");
}

/// The first auditor lowers the disputed answer and confirms the others; the second confirms one of theirs.
fn verify(town: &Town, window: &Window) {
    for agency in [AGENCY, "GEN-02", "CUL-01"] {
        town.judge(agency);
    }
    window.sign_in(town.auditor_of(AGENCY)).go(url::QUEUE);
    window.follow(&url::case(OPEN, AGENCY));
    window.follow(&url::verification(OPEN, AGENCY, DISPUTED));
    window.says("۴۸ از ۶۰");
    window.fill("kind", "adjusted");
    window.fill("numerator", "۱۵").fill("denominator", "۶۰");
    window.fill("reason_code", "counted_otherwise");
    window.fill("reason", "سی و سه پرونده مهر زمان ندارد.");
    window.press("auditor-save-next");
    window.sign_out();
    let second = town.auditor_of("INF-02");
    assert_ne!(second, town.auditor_of(AGENCY));
    window.sign_in(second);
    window.go(&url::verification(OPEN, "INF-02", DISPUTED));
    window.fill("kind", "confirmed").press("auditor-save-next");
    assert_eq!(town.rows("verdicts", "INF-02"), 1);
    window.sign_out();
}

/// The manager reads the preliminary result and objects.
fn object(town: &Town, window: &Window) {
    window.sign_in(&town.person_of(Role::Manager, AGENCY));
    window.go(&url::score(OPEN, AGENCY));
    window.follow(&url::objection(OPEN, AGENCY, DISPUTED));
    window.fill("kind", "wrong_fact").fill("is_sure", "yes");
    window.fill("text", "فهرست پرونده‌ها ۴۵ پاسخ در مهلت نشان می‌دهد.");
    window.press("office-object-file");
    window.says("فهرست پرونده‌ها ۴۵ پاسخ در مهلت نشان می‌دهد.");
    assert_eq!(town.rows("objections", AGENCY), 1);
    window.sign_out();
}

/// The lead auditor, who gave no verdict on it, counts again.
fn review_again(window: &Window) {
    window.sign_in("lead").go(url::RE_REVIEWS);
    window.follow(&url::re_review(OPEN, AGENCY, DISPUTED));
    window.says("فهرست پرونده‌ها ۴۵ پاسخ در مهلت نشان می‌دهد.");
    window.fill("kind", "adjusted");
    window.fill("numerator", "۴۵").fill("denominator", "۶۰");
    window
        .fill("reason", "بازشماری شد.")
        .press("auditor-re-send");
    window.is_at(url::RE_REVIEWS).sign_out();
}

/// The committee answers the agency.
fn decide(town: &Town, window: &Window) {
    window.sign_in("committee1").go(&url::committee(OPEN));
    window.says("فهرست پرونده‌ها ۴۵ پاسخ در مهلت نشان می‌دهد.");
    window
        .fill("answer", "اعتراض وارد است.")
        .press("office-uphold");
    window.sign_out();
    window.sign_in(&town.person_of(Role::Head, AGENCY));
    window.go(&url::objection(OPEN, AGENCY, DISPUTED));
    window.says("اعتراض وارد است.").sign_out();
}

/// One person proposes the end, another carries it out.
fn finish(town: &Town, window: &Window) {
    town.reach_next_state();
    window.sign_in("office").go(&url::period(OPEN));
    carry_out(window);
    assert_eq!(town.period().state(), State::Committee);
    window.sign_out();
    window.sign_in("office2").go(&url::period(OPEN));
    carry_out(window);
    assert_eq!(town.period().state(), State::Final);
    window.sign_out();
}

/// The governor's office reads every place and every score that the commands print.
fn read_the_ranking(town: &Town, window: &Window) {
    window.sign_in("governor").go(&url::ranking(OPEN));
    let rows = window.run(RANKING, &json!([]));
    let read: Vec<(String, Option<i64>, Option<i64>)> = rows
        .as_array()
        .into_iter()
        .flatten()
        .map(|row| {
            let said = |place: usize| row[place].as_str().unwrap_or_default();
            (
                said(0).to_owned(),
                parse_whole(said(1)).ok(),
                parse_hundredths(said(2)).ok(),
            )
        })
        .filter(|row| !row.0.is_empty())
        .collect();
    let number = |card: &Json, part: &str, name: &str| {
        let found = card.get(part).and_then(|part| part.get(name));
        found
            .and_then(Json::as_int)
            .and_then(|number| i64::try_from(number).ok())
    };
    let cards = scored(town);
    assert!(cards.len() > 50, "every agency has its card");
    for card in &cards {
        let agency = card
            .get("agency")
            .and_then(Json::as_text)
            .expect("its code");
        let place = number(card, "rank", "overall");
        let score = number(card, "score", "final_c");
        let row = (agency.to_owned(), place, score);
        assert!(read.contains(&row), "{row:?} is not in {read:?}");
    }
    let ranked = read.iter().filter(|row| row.1.is_some()).count();
    assert!(ranked >= 1, "somebody has a place: {read:?}");
}
