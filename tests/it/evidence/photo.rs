//! Photographs and PDFs: what is left of them, and what is turned away.

use std::io::Cursor;

use image::{GenericImageView, ImageFormat};

use super::{AGENCY, answer, bring, files, picture};
use crate::town::Town;

const PHOTO: [(&str, &str); 1] = [("kind", "photo")];

/// A JPEG with an EXIF part behind its first mark: turned by a quarter (orientation 6), and a place on earth in words.
fn with_exif(jpeg: &[u8]) -> Vec<u8> {
    let mut tiff = b"Exif\0\0II*\0\x08\0\0\0\x01\0".to_vec();
    tiff.extend_from_slice(&[0x12, 0x01, 3, 0, 1, 0, 0, 0, 6, 0, 0, 0, 0, 0, 0, 0]);
    tiff.extend_from_slice(b"GPS 34.3142 N 47.0650 E Canon");
    let length = u16::try_from(tiff.len() + 2).expect("short").to_be_bytes();
    let mut bytes = jpeg[..2].to_vec();
    bytes.extend_from_slice(&[0xff, 0xe1]);
    bytes.extend_from_slice(&length);
    bytes.extend_from_slice(&tiff);
    bytes.extend_from_slice(&jpeg[2..]);
    bytes
}

/// A PNG whose header says that it is so large.
fn flood(side: u32) -> Vec<u8> {
    let mut bytes = picture(ImageFormat::Png);
    bytes[16..20].copy_from_slice(&side.to_be_bytes());
    bytes[20..24].copy_from_slice(&side.to_be_bytes());
    let mut sum = !0_u32;
    for byte in &bytes[12..29] {
        sum ^= u32::from(*byte);
        for _ in 0..8 {
            sum = (sum >> 1) ^ (0xedb8_8320 & (sum & 1).wrapping_neg());
        }
    }
    bytes[29..33].copy_from_slice(&(!sum).to_be_bytes());
    bytes
}

#[test]
fn a_photograph_is_kept_upright_and_without_the_place_it_was_taken_at() {
    let town = Town::new();
    let manager = town.manager_of(AGENCY);
    let page = answer(AGENCY, "DSS-01");
    let sent = with_exif(&picture(ImageFormat::Jpeg));
    assert!(sent.windows(5).any(|five| five == b"Canon"));
    bring(&manager, &page, &PHOTO, ("میز.jpg", &sent)).is(303);
    let kept = manager.open(&files(&manager, &page)[0]).bytes;
    for trace in [&b"Exif"[..], b"GPS", b"Canon"] {
        assert!(!kept.windows(trace.len()).any(|part| part == trace));
    }
    let upright = image::load(Cursor::new(&kept), ImageFormat::Jpeg).expect("a picture");
    assert_eq!(upright.dimensions(), (4, 6), "it was turned by a quarter");
}

#[test]
fn a_webp_is_kept_as_a_jpeg_with_its_name() {
    let town = Town::new();
    let manager = town.manager_of(AGENCY);
    let page = answer(AGENCY, "DSS-01");
    let webp = picture(ImageFormat::WebP);
    bring(&manager, &page, &PHOTO, ("میز خدمت.webp", &webp)).is(303);
    manager.open(&page).says("میز خدمت.jpg");
    let file = manager.open(&files(&manager, &page)[0]);
    assert_eq!(file.header("content-type"), "image/jpeg");
    assert!(image::load(Cursor::new(&file.bytes), ImageFormat::Jpeg).is_ok());
}

#[test]
fn a_picture_that_would_fill_the_memory_is_never_opened() {
    let town = Town::new();
    let manager = town.manager_of(AGENCY);
    let page = answer(AGENCY, "DSS-01");
    for side in [60_000, 20_001, 9_000] {
        bring(&manager, &page, &PHOTO, ("a.png", &flood(side)))
            .is(422)
            .says_word("problem-file-flood");
    }
    assert_eq!(town.rows("evidence", AGENCY), 0);
}

#[test]
fn half_a_photograph_is_refused_in_words() {
    let town = Town::new();
    let manager = town.manager_of(AGENCY);
    let page = answer(AGENCY, "DSS-01");
    for (name, whole) in [
        ("a.jpg", picture(ImageFormat::Jpeg)),
        ("a.png", picture(ImageFormat::Png)),
        ("a.webp", picture(ImageFormat::WebP)),
    ] {
        bring(&manager, &page, &PHOTO, (name, &whole[..whole.len() - 20]))
            .is(422)
            .says_word("problem-file-picture");
        bring(&manager, &page, &PHOTO, (name, &whole)).is(303);
    }
}

#[test]
fn p32_a_pdf_that_runs_hides_or_ends_too_early_is_refused_in_words() {
    let town = Town::new();
    let manager = town.manager_of(AGENCY);
    let page = answer(AGENCY, "DSP-03");
    let refused: [(&[u8], &str); 5] = [
        (
            b"%PDF-1.4\n<</S /JavaScript /JS (app.alert(1))>>\n%%EOF",
            "problem-file-runs",
        ),
        (
            b"%PDF-1.4\n<</S /J#61vaScript /JS (x)>>\n%%EOF",
            "problem-file-runs",
        ),
        (
            b"%PDF-1.4\n<</S /Launch /F (cmd.exe)>>\n%%EOF",
            "problem-file-runs",
        ),
        (
            b"%PDF-1.4\n<</Type /EmbeddedFile>>\n%%EOF",
            "problem-file-hides",
        ),
        (b"%PDF-1.4\n<</Type /Catalog>>\n", "problem-file-cut-off"),
    ];
    for (bytes, word) in refused {
        bring(&manager, &page, &[("kind", "letter")], ("a.pdf", bytes))
            .is(422)
            .says_word(word);
    }
    assert_eq!(town.rows("evidence", AGENCY), 0);
}
