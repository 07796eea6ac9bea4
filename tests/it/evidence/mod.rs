//! Evidence in the manager's room: photographs, papers that age, earlier quarters, the same file in two places, the
//! virus scanner, and files that come in pieces.

mod days;
mod photo;
mod scanner;
mod twins;
mod upload;

use std::io::Cursor;

use image::{DynamicImage, ImageFormat, RgbImage};

use crate::town::{Browser, Page};

pub(crate) const AGENCY: &str = "INF-01";
pub(crate) const PDF: &[u8] = b"%PDF-1.4\n1 0 obj <</Type /Catalog>> endobj\n%%EOF";

/// A small picture: 6 by 4, its first column red.
pub(crate) fn picture(format: ImageFormat) -> Vec<u8> {
    let points = RgbImage::from_fn(6, 4, |x, _| {
        image::Rgb([if x == 0 { 255 } else { 0 }, 0, 90])
    });
    let mut bytes = Vec::new();
    DynamicImage::ImageRgb8(points)
        .write_to(&mut Cursor::new(&mut bytes), format)
        .expect("a picture");
    bytes
}

/// The page of an answer of the open quarter.
pub(crate) fn answer(agency: &str, code: &str) -> String {
    format!("/1405-Q2/agencies/{agency}/answers/{code}")
}

/// Brings a file with these fields beside it.
pub(crate) fn bring(
    browser: &Browser,
    page: &str,
    fields: &[(&str, &str)],
    (name, bytes): (&str, &[u8]),
) -> Page {
    browser.open(page);
    browser.upload(&format!("{page}/evidence"), fields, ("file", name, bytes))
}

/// The addresses of the files on an answer's page.
pub(crate) fn files(browser: &Browser, page: &str) -> Vec<String> {
    let links = browser.open(page).links().into_iter();
    links.filter(|link| link.contains("/evidence/")).collect()
}
