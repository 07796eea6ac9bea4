//! Answering without a mouse, in Persian digits, and without scripts.

use super::window::{Window, key};
use super::{driver, story};
use crate::town::{OPEN, Town};
use mizan::domain::access::Role;

/// An indicator whose answer is two numbers.
const RATIO: &str = "RSP-02";

fn answer_page() -> String {
    format!("/{OPEN}/agencies/INF-01/answers/{RATIO}")
}

#[test]
fn a_manager_answers_by_the_keyboard_in_persian_digits_and_it_is_kept() {
    story(|town, window| {
        let login = town.person_of(Role::Manager, "INF-01");
        window.go("/sign-in").tab_to("[name=username]").keys(&login);
        window.tab_to("[name=password]").keys(crate::town::PASSWORD);
        window.keys(key::ENTER);
        window.is_at("/");
        window.go(&answer_page());
        window.tab_to("[name=choice]").keys(key::SPACE);
        window.tab_to("[name=numerator]").keys("۴۲");
        window
            .tab_to("[name=denominator]")
            .keys("۶۰")
            .keys(key::TAB);
        window.says("ذخیره شد، ساعت");
        window.go(&answer_page());
        assert_eq!(town.rows("answers", "INF-01"), 1);
        window.tab_to("header form button").keys(key::ENTER);
        window.is_at("/sign-in");
    });
}

#[test]
fn a_manager_answers_where_scripts_are_switched_off() {
    if !driver::is_wanted() {
        return;
    }
    let town = Town::new();
    let port = town.listen();
    let window = Window::without_scripts(&port);
    window.sign_in(&town.person_of(Role::Manager, "INF-01"));
    window.go(&answer_page());
    window.fill("numerator", "۴۲").fill("denominator", "۶۰");
    window.press("manager-save-next");
    assert_ne!(window.path(), answer_page(), "on to the next one");
    assert_eq!(town.rows("answers", "INF-01"), 1);
    window.is_quiet().sign_out();
}
