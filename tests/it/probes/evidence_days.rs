//! Files of evidence around other things: the days of a letter, a broken database, a hand-in.

use mizan::domain::period::State;

use super::evidence::{AGENCY, ANSWER, PDF, bring, evidence, kept};
use crate::pages::both;
use crate::town::{OPEN, Town};

/// A zip with empty entries of these names.
pub(super) fn zip(names: &[&str]) -> Vec<u8> {
    let (mut bytes, mut directory) = (Vec::new(), Vec::new());
    for name in names {
        let length = u16::try_from(name.len()).expect("short").to_le_bytes();
        let at = u32::try_from(bytes.len()).expect("small").to_le_bytes();
        bytes.extend_from_slice(b"PK\x03\x04");
        bytes.extend_from_slice(&[0; 22]);
        bytes.extend_from_slice(&length);
        bytes.extend_from_slice(&[0; 2]);
        bytes.extend_from_slice(name.as_bytes());
        directory.extend_from_slice(b"PK\x01\x02");
        directory.extend_from_slice(&[0; 24]);
        directory.extend_from_slice(&length);
        directory.extend_from_slice(&[0; 12]);
        directory.extend_from_slice(&at);
        directory.extend_from_slice(name.as_bytes());
    }
    let count = u16::try_from(names.len()).expect("few").to_le_bytes();
    let [size, at] = [directory.len(), bytes.len()].map(|n| u32::try_from(n).expect("small"));
    bytes.extend_from_slice(&directory);
    bytes.extend_from_slice(b"PK\x05\x06\0\0\0\0");
    bytes.extend_from_slice(&[count, count].concat());
    bytes.extend_from_slice(&size.to_le_bytes());
    bytes.extend_from_slice(&at.to_le_bytes());
    bytes.extend_from_slice(&[0; 2]);
    bytes
}

#[test]
fn a_manager_says_for_which_days_a_letter_is_valid() {
    let town = Town::new();
    let manager = town.manager_of(AGENCY);
    manager.open(ANSWER);
    let days = |from, to| {
        [
            ("kind", "letter"),
            ("effective_from", from),
            ("effective_to", to),
        ]
    };
    let file = ("file", "a.pdf", PDF);
    let wrong = manager.upload(&evidence(), &days("۱۴۰۵/۰۷/۳۱", "۱۴۰۵/۰۶/۳۱"), file);
    wrong.is(422).says_word("problem-date");
    let kept_words = ("effective_to".to_owned(), "۱۴۰۵/۰۶/۳۱".to_owned());
    assert!(wrong.form(&evidence()).fields.contains(&kept_words));
    let turned = manager.upload(&evidence(), &days("۱۴۰۵/۰۶/۳۱", "1405/01/01"), file);
    turned.is(422).says_word("problem-days-order");
    assert_eq!(kept(&town), 0);
    manager
        .upload(&evidence(), &days("۱۴۰۵/۰۱/۰۱", "۱۴۰۵/۱۲/۲۹"), file)
        .is(303);
    manager
        .open(ANSWER)
        .says("از ۱ فروردین ۱۴۰۵")
        .says("تا ۲۹ اسفند ۱۴۰۵");
}

#[test]
fn a_broken_database_leaves_no_file_behind() {
    let town = Town::new();
    let manager = town.manager_of(AGENCY);
    manager.open(ANSWER);
    town.break_table("events");
    let fields = [("kind", "letter")];
    manager
        .upload(&evidence(), &fields, ("file", "a.pdf", PDF))
        .is(500);
    assert_eq!(kept(&town), 0);
}

#[test]
fn after_hand_in_only_a_returned_item_takes_files() {
    let town = Town::new();
    town.hand_in(AGENCY);
    let manager = town.manager_of(AGENCY);
    assert!(
        manager
            .open(ANSWER)
            .forms()
            .iter()
            .all(|form| form.action != evidence())
    );
    let fields = [("kind", "letter")];
    manager
        .upload(&evidence(), &fields, ("file", "a.pdf", PDF))
        .is(409)
        .says_word("refused-handed-in");
    assert_eq!(kept(&town), 0);
    town.go_to(State::UnderReview);
    let auditor = town.ctx(town.auditor_of(AGENCY));
    mizan::app::query::send_back(&auditor, OPEN, AGENCY, "DSP-03", "ابلاغ امضا ندارد", Some(3))
        .expect("sent back");
    let manager = town.manager_of(AGENCY);
    bring(&manager, "امضاشده.pdf", PDF).is(303);
    both(&manager, ANSWER);
    manager.open(ANSWER).says("امضاشده.pdf");
}
