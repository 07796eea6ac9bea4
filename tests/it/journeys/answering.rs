//! Typing an answer that is never lost: saved by itself, without a line, against a colleague, after a session has ended.

use mizan::domain::access::Role;

use super::story;
use crate::town::{OPEN, Town};

const AGENCY: &str = "INF-01";
const RATIO: &str = "DSP-04";

fn address() -> String {
    format!("/{OPEN}/agencies/{AGENCY}/answers/{RATIO}")
}

fn claim(town: &Town) -> Option<String> {
    let mut all = town.claims_of(AGENCY).into_iter();
    all.find(|(code, ..)| code == RATIO)?.2
}

fn deputy_saves(town: &Town, numerator: &str) {
    let deputy = town.deputy_of(AGENCY);
    let page = deputy.open(&address());
    let fields = [("numerator", numerator), ("denominator", "10")];
    deputy.submit(&page, &address(), &fields).is(303);
}

#[test]
fn an_answer_is_saved_by_itself_and_a_wrong_one_is_told_beside_its_field() {
    story(|town, window| {
        window.sign_in(&town.person_of(Role::Manager, AGENCY));
        window.go(&address());
        window.fill("numerator", "۹").fill("denominator", "۵");
        window.says_word("problem-part-above-whole");
        assert_eq!(claim(town), None);
        window.fill("denominator", "۱۰").says("ذخیره شد، ساعت");
        assert_eq!(claim(town).as_deref(), Some("{\"num\":9,\"den\":10}"));
        window.complained_of("422");
    });
}

#[test]
fn what_is_typed_without_a_line_is_kept_and_saved_when_it_is_back() {
    story(|town, window| {
        window.sign_in(&town.person_of(Role::Manager, AGENCY));
        window.go(&address()).is_offline(true);
        window.fill("numerator", "۷").fill("denominator", "۱۰");
        window.says_word("manager-save-failed");
        assert_eq!(claim(town), None);
        window.is_offline(false).says("ذخیره شد، ساعت");
        assert_eq!(claim(town).as_deref(), Some("{\"num\":7,\"den\":10}"));
        window.complained_of("ERR_INTERNET_DISCONNECTED");
    });
}

#[test]
fn two_people_on_one_answer_choose_without_losing_either() {
    story(|town, window| {
        window.sign_in(&town.person_of(Role::Manager, AGENCY));
        window.go(&address());
        deputy_saves(town, "4");
        window.fill("numerator", "۶").fill("denominator", "۱۰");
        window.says_word("manager-choose-one").says("۴ از ۱۰");
        assert_eq!(claim(town).as_deref(), Some("{\"num\":4,\"den\":10}"));
        window.tap("manager-keep-mine").says("ذخیره شد، ساعت");
        assert_eq!(claim(town).as_deref(), Some("{\"num\":6,\"den\":10}"));
        deputy_saves(town, "3");
        window.fill("numerator", "۸");
        window.says_word("manager-choose-one").says("۳ از ۱۰");
        window.press("manager-keep-theirs");
        window.says("ذخیره شد، ساعت");
        assert_eq!(claim(town).as_deref(), Some("{\"num\":3,\"den\":10}"));
        window.complained_of("409");
    });
}

#[test]
fn a_session_that_ends_while_typing_loses_nothing() {
    story(|town, window| {
        let login = town.person_of(Role::Manager, AGENCY);
        window.sign_in(&login).go(&address());
        town.wait(121);
        window.fill("numerator", "۷").fill("denominator", "۱۰");
        window.says_word("manager-session-ended");
        assert_eq!(claim(town), None);
        window.sign_in(&login).go(&address());
        window.says("ذخیره شد، ساعت");
        assert_eq!(claim(town).as_deref(), Some("{\"num\":7,\"den\":10}"));
        window.complained_of("403");
    });
}
