//! A visit on a phone: filled in with the server gone, reloaded, and arrived exactly once; a lost answer, two tabs,
//! photographs after a break; and nobody signs out of what has not arrived.

use serde_json::json;

use super::story_with_server;
use super::window::Window;
use crate::sheet::{day, plan};
use crate::town::Town;

const FIELD: &str = "/field/plans";

/// How many rows of a table there are.
fn rows(town: &Town, table: &str) -> usize {
    town.tables()[table].len()
}

/// An auditor with the sheet of a visit on their phone, ready for a place without a line.
fn on_the_way(town: &Town, window: &Window) -> String {
    town.set_day(day());
    let sheet = plan(town);
    window.sign_in("auditor1").go(FIELD);
    window.says("روی این گوشی آماده است");
    window.go(&sheet);
    sheet
}

/// Fills in a visit that found somebody, but for the last tick.
fn fill(window: &Window) {
    window.fill("first_answered", "yes").fill("has_desk", "yes");
    window
        .fill("waiting", "۴")
        .fill("minutes", "دو نفر پشت میز بودند");
    window.fill("host", "absent");
    window.says("روی گوشی ذخیره شد");
}

fn lock(window: &Window) {
    window.fill("is_confirmed", "yes").tap("visit-end");
}

#[test]
fn a_sheet_filled_in_with_the_server_gone_and_reloaded_arrives_exactly_once() {
    story_with_server(|town, window, port| {
        let sheet = on_the_way(town, window);
        port.stop();
        fill(window);
        window.go(&sheet).says("روی گوشی ذخیره شد");
        let kept = "return document.querySelector('[name=minutes]').value";
        assert_eq!(window.run(kept, &json!([])), "دو نفر پشت میز بودند");
        window.says("۱ برگهٔ نیمه‌کاره فقط روی این گوشی است");
        lock(window);
        window.says_word("visit-state-locked");
        window.says_word("visit-no-line");
        window
            .go(FIELD)
            .says("۱ برگهٔ پایان‌یافته فقط روی این گوشی است");
        assert_eq!(rows(town, "visits"), 0);
        port.start();
        window.tap("visit-send-now").says_word("visit-received");
        assert_eq!((rows(town, "visits"), rows(town, "visit_sheets")), (1, 1));
        window
            .go(&sheet)
            .says("دو نفر پشت میز بودند")
            .says_word("visit-recorded");
    });
}

#[test]
fn an_answer_lost_after_the_sheet_was_kept_doubles_nothing() {
    story_with_server(|town, window, _| {
        on_the_way(town, window);
        fill(window);
        window.run(LOSE_THE_FIRST_ANSWER, &json!([]));
        lock(window);
        window.says_word("visit-no-line");
        assert_eq!(rows(town, "visits"), 1);
        window.go(FIELD).says_word("visit-received");
        assert_eq!((rows(town, "visits"), rows(town, "visit_sheets")), (1, 1));
    });
}

#[test]
fn two_tabs_write_one_sheet_and_send_it_once() {
    story_with_server(|town, window, port| {
        let sheet = on_the_way(town, window);
        let first = window.new_tab();
        window.go(&sheet);
        let second = window.new_tab();
        window.to_tab(&first);
        fill(window);
        window.to_tab(&second).says("روی گوشی ذخیره شد");
        port.stop();
        lock(window);
        window.says_word("visit-state-locked");
        window.to_tab(&first).says_word("visit-state-locked");
        port.start();
        for tab in [&first, &second] {
            window
                .to_tab(tab)
                .run("window.dispatchEvent(new Event('online'))", &json!([]));
        }
        window.says_word("visit-received");
        assert_eq!((rows(town, "visits"), rows(town, "visit_sheets")), (1, 1));
    });
}

#[test]
fn photographs_go_on_after_a_break_and_none_is_sent_twice() {
    story_with_server(|town, window, port| {
        on_the_way(town, window);
        for (name, shade) in [("one.jpg", 40), ("two.jpg", 200)] {
            let path = town.folder().join(name);
            let picture = image::RgbImage::from_pixel(2400, 1800, image::Rgb([shade, 90, 120]));
            picture.save(&path).expect("a picture");
            let before = window.run(COUNT_PHOTOS, &json!([]));
            window.attach("take-photo", &path);
            window.waits_for(COUNT_PHOTOS, &json!(before.as_i64().unwrap_or(0) + 1));
        }
        fill(window);
        window.run(LOSE_THE_SECOND_PHOTO, &json!([]));
        lock(window);
        window.says_word("visit-state-photos");
        assert_eq!((rows(town, "visits"), rows(town, "visit_photos")), (1, 1));
        port.stop();
        window
            .go(FIELD)
            .says("عکس‌های ۱ بازدید هنوز روی این گوشی است");
        // What arrived is not there to be sent again.
        assert_eq!(window.run_later(PHOTOS_LEFT), json!(1));
        port.start();
        window.tap("visit-send-now").says_word("visit-received");
        assert_eq!(window.run_later(PHOTOS_LEFT), json!(0));
        assert_eq!(rows(town, "visit_photos"), 2);
    });
}

#[test]
fn nobody_signs_out_of_a_sheet_that_has_not_arrived() {
    story_with_server(|town, window, _| {
        on_the_way(town, window);
        fill(window);
        window.tap("shell-sign-out").says_word("visit-stay");
        window
            .go("/queue")
            .says("۱ برگهٔ نیمه‌کاره فقط روی این گوشی است");
        window.tap("shell-sign-out").says_word("visit-stay");
        window
            .go(FIELD)
            .says_word("visit-discard")
            .tap("visit-discard")
            .tap("visit-discard-sure");
        window.waits_for(
            "return document.getElementById('field-state').hidden",
            &json!(true),
        );
        window.sign_out();
        let names = "caches.keys().then((names) => arguments[0](names.length))";
        assert_eq!(window.run_later(names), json!(0));
        assert_eq!(rows(town, "visit_sheets"), 0);
    });
}

#[test]
fn a_second_look_too_soon_is_warned_of_and_not_locked() {
    story_with_server(|town, window, _| {
        on_the_way(town, window);
        window.fill("first_answered", "no").says("نگاه دوم از ساعت");
        window
            .fill("second_answered", "no")
            .says_word("problem-ten-minutes");
        window.fill("host", "absent");
        lock(window);
        window.says_word("errors-title");
        assert_eq!(rows(town, "visits"), 0);
        // Eleven minutes have passed since the first look.
        window.run(FIRST_LOOK_EARLIER, &json!([]));
        window
            .fill("second_answered", "yes")
            .fill("second_answered", "no");
        window.tap("visit-end").says_word("visit-received");
        assert_eq!(rows(town, "visits"), 1);
    });
}

const LOSE_THE_FIRST_ANSWER: &str = "
const real = window.fetch;
let isLost = false;
window.fetch = async (address, asked) => {
  const answer = await real(address, asked);
  if (asked?.method !== 'POST' || isLost) return answer;
  isLost = true;
  throw new TypeError('the line is gone');
};";

const LOSE_THE_SECOND_PHOTO: &str = "
const real = window.fetch;
let count = 0;
window.fetch = async (address, asked) => {
  if (asked?.body instanceof FormData && ++count > 1) throw new TypeError('the line is gone');
  return real(address, asked);
};";

const PHOTOS_LEFT: &str = "
Kept.sheets().then(([sheet]) => Kept.photos(sheet.id)).then((left) => arguments[0](left.length));";

const COUNT_PHOTOS: &str = "return document.querySelectorAll('#sheet-photos canvas').length";

const FIRST_LOOK_EARLIER: &str = "
const field = document.querySelector('[name=first_at]');
field.value = new Date(new Date(field.value) - 660000).toISOString();";
