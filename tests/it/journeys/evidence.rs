//! Evidence before a real browser: a file with its progress over a line that breaks, and practice from its beginning.

use mizan::domain::access::Role;
use serde_json::json;

use super::{story, story_with_server};
use crate::town::OPEN;

const AGENCY: &str = "INF-01";

/// A letter of some pieces.
fn letter(folder: &std::path::Path) -> std::path::PathBuf {
    let mut bytes = b"%PDF-1.4\n".to_vec();
    bytes.extend((0..300_000_u32).flat_map(u32::to_le_bytes));
    bytes.extend_from_slice(b"\n%%EOF");
    let path = folder.join("ابلاغ.pdf");
    std::fs::write(&path, bytes).expect("written");
    path
}

#[test]
fn a_manager_sends_a_letter_sees_it_come_and_loses_nothing_when_the_line_breaks() {
    story_with_server(|town, window, _| {
        let path = format!("/{OPEN}/agencies/{AGENCY}/answers/DSP-03");
        window
            .sign_in(&town.person_of(Role::Manager, AGENCY))
            .go(&path);
        window.attach("file", &letter(town.folder()));
        window.is_offline(true);
        window.tap("manager-evidence-add");
        window.waits_for(
            "return document.querySelector('.upload').hidden",
            &json!(false),
        );
        window.says_word("manager-upload-again");
        window.is_offline(false);
        window.waits_for(
            "return document.querySelector('ul.files')?.innerText.includes('ابلاغ.pdf')",
            &json!(true),
        );
        assert_eq!(town.rows("evidence", AGENCY), 1);
        assert_eq!(town.rows("uploads", AGENCY), 0);
    });
}

#[test]
fn a_new_manager_begins_to_practise_and_the_guide_says_what_comes_next() {
    story(|town, window| {
        window
            .sign_in(&town.person_of(Role::Manager, AGENCY))
            .go("/practice");
        window.press("practice-begin");
        window
            .says_word("practice-banner")
            .says_word("practice-step-answers");
        window.press("practice-do-end");
        assert!(!window.text().contains("این تمرین است"));
    });
}
