//! Files of the pages: known by content, kept by browsers, nothing else reachable.

use actix_web::http::{StatusCode, header};
use actix_web::web::Path;
use mizan::web::assets;

async fn get(address: &str) -> actix_web::HttpResponse {
    let path = address
        .strip_prefix("/assets/")
        .expect("an asset")
        .to_owned();
    assets::show(Path::from(path)).await
}

async fn body(address: &str) -> Vec<u8> {
    let body = get(address).await.into_body();
    actix_web::body::to_bytes(body)
        .await
        .expect("in memory")
        .to_vec()
}

#[actix_web::test]
async fn a_browser_keeps_a_file_as_long_as_its_content_stays() {
    let address = assets::url("mizan.css");
    let hash = address
        .strip_prefix("/assets/mizan.")
        .and_then(|rest| rest.strip_suffix(".css"));
    assert_eq!(hash.map(str::len), Some(8), "{address}");
    let answer = get(&address).await;
    assert_eq!(answer.status(), StatusCode::OK);
    let head = answer.headers();
    assert_eq!(
        head.get(header::CONTENT_TYPE).expect("a kind"),
        "text/css; charset=utf-8"
    );
    let keep = head.get(header::CACHE_CONTROL).expect("a term");
    assert!(keep.to_str().expect("text").contains("immutable"));
}

#[actix_web::test]
async fn the_style_leads_to_the_font_and_every_licence_travels_along() {
    let style = String::from_utf8(body(&assets::url("mizan.css")).await).expect("text");
    let font = assets::url("vazirmatn-var.woff2").replace("/assets/", "");
    assert!(
        style.contains(&format!("url({font})")),
        "the font by its address"
    );
    assert_eq!(
        &body(&assets::url("vazirmatn-var.woff2")).await[..4],
        b"wOF2"
    );
    for (name, said) in [
        ("licences/bootstrap.txt", "The Bootstrap Authors"),
        ("licences/tabler-icons.txt", "Paweł Kuna"),
        ("licences/vazirmatn.txt", "SIL Open Font License"),
    ] {
        let text = String::from_utf8(body(&assets::url(name)).await).expect("text");
        assert!(text.contains(said), "{name}");
    }
}

#[actix_web::test]
async fn nothing_but_known_addresses_is_found() {
    for path in [
        "mizan.css",
        "mizan.00000000.css",
        "../layout.html",
        "../words/fa/shell.ftl",
        "/etc/passwd",
        "",
    ] {
        let answer = assets::show(Path::from(path.to_owned())).await;
        assert_eq!(answer.status(), StatusCode::NOT_FOUND, "{path}");
    }
}

#[test]
fn the_style_knows_no_left_and_no_right() {
    let style = std::fs::read_to_string("templates/assets/mizan.css").expect("the style");
    for line in style.lines() {
        assert!(!line.contains("left") && !line.contains("right"), "{line}");
    }
}
