//! Photographs of a visit, and a sheet that comes as a file with them.

use crate::pages::both;
use crate::sheet::{ID, TYPED, plan, rows, visits};
use crate::town::{Browser, Town};

const FIELD: &str = "/field/plans";

#[test]
fn a_photograph_arrives_once_and_brings_no_place_along() {
    let town = Town::new();
    let sheet = plan(&town);
    let auditor = town.browser("auditor1");
    let page = auditor.open(&sheet);
    auditor.submit(&page, &sheet, &TYPED).is(303);
    let page = auditor.open(&sheet);
    let photos = format!("{sheet}/photos");
    let own = page.form(&photos);
    let id = own.fields.iter().find(|(name, _)| name == "sheet");
    let id = id.expect("the form names the sheet").1.clone();
    let picture = crate::evidence::picture(image::ImageFormat::Jpeg);
    let send = |bytes: &[u8]| {
        auditor.open(&sheet);
        auditor.upload(&photos, &[("sheet", &id)], ("photo", "p.jpg", bytes))
    };
    send(&picture).leads_to(&sheet);
    send(&picture).leads_to(&sheet);
    assert_eq!(rows(&town, "visit_photos"), 1);
    both(&auditor, &sheet);
    let links = auditor.open(&sheet).links();
    let link = links.iter().find(|link| link.starts_with("/field/photos/"));
    let link = link.expect("it can be looked at");
    auditor.get(link).is(200);
    town.browser("lead").get(link).is(200);
    town.browser("office").get(link).is(403);
    send(b"").is(422);
    send(&picture[..picture.len() / 2]).is(422);
    send(b"<svg onload='alert(1)'/>").is(422);
    send(&flood()).is(422);
    assert_eq!(rows(&town, "visit_photos"), 1);
}

/// The head of a PNG of 60,000 × 60,000 points.
fn flood() -> Vec<u8> {
    let mut bytes =
        b"\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR\0\0\xea\x60\0\0\xea\x60\x08\x02\0\0\0".to_vec();
    bytes.extend([0; 64]);
    bytes
}

#[test]
fn a_sheet_saved_as_a_file_is_brought_by_a_page() {
    let town = Town::new();
    let sheet = plan(&town);
    let auditor = town.browser("auditor1");
    let picture = crate::evidence::picture(image::ImageFormat::Jpeg);
    let hash = hex::encode(<sha2::Sha256 as sha2::Digest>::digest(&picture));
    let plan = sheet.rsplit('/').next().unwrap_or_default();
    let file = serde_json::json!({
        "kind": "mizan-visit-sheet", "id": ID, "plan": plan, "version": "1", "agency": "نمونه",
        "fields": { "first_answered": "yes", "first_at": "2026-09-16T06:00:00.000Z",
            "finished_at": "2026-09-16T06:30:00.000Z", "host": "absent", "is_confirmed": "yes",
            "photos": hash },
        "photos": [{ "sha256": hash, "bytes": hex::encode(&picture) }],
    });
    let bring = |who: &Browser, bytes: &[u8]| {
        who.open(FIELD);
        who.upload("/field/file", &[], ("file", "visit.json", bytes))
    };
    for half in [
        &b""[..],
        b"{}",
        b"[1",
        "{\"kind\":\"mizan-visit-sheet\"}".as_bytes(),
    ] {
        bring(&auditor, half)
            .is(422)
            .says_word("problem-sheet-file");
    }
    let whole = file.to_string();
    bring(
        &town.browser("auditor2"),
        whole.replace(plan, "nobody").as_bytes(),
    )
    .is(404);
    bring(&auditor, whole.as_bytes()).leads_to(&sheet);
    bring(&auditor, whole.as_bytes()).leads_to(&sheet);
    assert_eq!((visits(&town), rows(&town, "visit_photos")), (1, 1));
}
