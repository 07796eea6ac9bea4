//! Journeys: people before a real browser, the real server behind it.
//!
//! `story(|town, window| …)` gives a town and a window on it, and ends with a browser that had nothing to complain about:
//! no error in its console, nothing that its policy refused. Journeys take a minute, so they are lived where `CI` is set:
//! `make test`, or `CI=1 cargo test --test it journeys`.

mod answering;
mod driver;
mod evidence;
mod field;
mod keyboard;
mod picture;
mod quarter;
mod reading;
mod screens;
mod window;

use crate::town::{Port, Town};
use window::Window;

/// A town whose server can be stopped, and somebody before a window on it.
fn story_with_server(tell: impl FnOnce(&Town, &Window, &Port)) {
    if !driver::is_wanted() {
        return;
    }
    let town = Town::new();
    let port = town.listen();
    let window = Window::open(&port);
    window.is_wide(390);
    tell(&town, &window, &port);
}

/// A town, and somebody before a window on it.
fn story(tell: impl FnOnce(&Town, &Window)) {
    if !driver::is_wanted() {
        return;
    }
    let town = Town::new();
    let port = town.listen();
    let window = Window::open(&port);
    window.is_wide(1440);
    tell(&town, &window);
    window.is_quiet();
}
