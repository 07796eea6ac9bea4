//! The public side: closed until the governor's office opens it, read from editions alone, small, and kept by anybody.

use std::io::{Cursor, Write as _};

use mizan::app::edition;
use mizan::web::words::Language;
use zip::write::SimpleFileOptions;

use crate::pages;
use crate::town::{LAST, Page, Sending, Town, Visitor};

/// A town whose last quarter is published, and opened to everybody.
fn opened() -> Town {
    let town = Town::new();
    publish(&town, "1", "");
    town
}

fn publish(town: &Town, number: &str, reason: &str) {
    edition::propose(&town.ctx("office"), LAST, reason).expect("proposed");
    edition::publish(&town.ctx("office2"), LAST, number, true).expect("published");
    edition::release(&town.ctx("governor"), LAST, number, true).expect("opened");
}

fn of(rest: &str) -> String {
    format!("/public/{LAST}{rest}")
}

/// Opens a page of the public side in both languages, which are part of its address, and checks it as every page.
pub fn stands(visitor: &Visitor, rest: &str) {
    for (language, base) in [(Language::Fa, "/public"), (Language::En, "/public/en")] {
        let page = visitor.open(&format!("{base}{rest}"));
        assert_eq!(page.header("set-cookie"), "", "no cookie on {base}{rest}");
        let forms = page.forms();
        let mut tokens = forms.iter().flat_map(|form| &form.fields);
        let token = tokens.find(|(name, _)| name == "csrf");
        let html = match token {
            Some((_, token)) => page.html().replace(token, "c5rf"),
            None => page.html(),
        };
        pages::sound(&html, language);
        if let Ok(folder) = std::env::var("MIZAN_SHOW_PAGES") {
            let name = format!("public{}", rest.replace(['/', '?', '='], "-"));
            pages::show(&folder, &name, language, &page.html());
        }
    }
}

/// What a browser that has the page already sends.
fn again(visitor: &Visitor, page: &Page) -> Page {
    let known = page.header("etag").to_owned();
    assert!(known.starts_with('"'), "a strong mark: {known}");
    visitor.send(Sending {
        path: page.path.clone(),
        headers: vec![("if-none-match".to_owned(), known)],
        ..Sending::default()
    })
}

#[test]
fn until_the_governors_office_opens_it_there_is_nothing() {
    let town = Town::new();
    let visitor = town.visitor();
    let paths = [
        "/public",
        "/public/en",
        "/public/feed.atom",
        &of(""),
        &of("/INF-01"),
    ];
    for path in paths {
        visitor.get(path).is(404);
    }
    edition::propose(&town.ctx("office"), LAST, "").expect("proposed");
    edition::publish(&town.ctx("office2"), LAST, "1", true).expect("published");
    for path in paths {
        visitor.get(path).is(404);
    }
    edition::release(&town.ctx("governor"), LAST, "1", true).expect("opened");
    for path in paths {
        visitor.get(path).is(200);
    }
    visitor.get("/public/1405-Q2").is(404);
    visitor.get(&of("/ZZZ-99")).is(404);
    visitor.get(&of("/editions/2")).is(404);
}

#[test]
fn every_public_page_stands_in_both_languages_without_a_cookie() {
    let town = opened();
    let visitor = town.visitor();
    stands(&visitor, "");
    for rest in [
        "",
        "/INF-01",
        "/practice",
        "/method",
        "/data",
        "/editions/1",
        "?group=INF",
    ] {
        stands(&visitor, &format!("/{LAST}{rest}"));
    }
    visitor.open("/public/en").says("Is anybody at the desk");
    let lost = visitor.get("/public/en/nowhere");
    lost.is(404);
    assert_eq!(lost.header("set-cookie"), "");
    assert!(lost.html().contains("lang=\"en\""));
}

#[test]
fn a_page_with_its_style_is_small_enough_for_a_slow_telephone() {
    let town = opened();
    let style = std::fs::read("templates/assets/public.css").expect("the style");
    let visitor = town.visitor();
    for rest in ["", "/INF-01", "/practice", "/method", "/data"] {
        for base in ["/public", "/public/en"] {
            let page = visitor.open(&format!("{base}/{LAST}{rest}"));
            let size = packed(&page.bytes) + packed(&style);
            println!("{base}{rest}: {size} bytes");
            assert!(size <= 20 * 1024, "{base}{rest} is {size} bytes");
            page.lacks("<script").lacks("bootstrap");
        }
    }
}

/// The size of a body as it goes over the line.
fn packed(bytes: &[u8]) -> usize {
    let mut archive = zip::ZipWriter::new(Cursor::new(Vec::new()));
    archive
        .start_file("page", SimpleFileOptions::default())
        .expect("a file");
    archive.write_all(bytes).expect("packed");
    let mut archive = archive.finish_into_readable().expect("an archive");
    let size = archive.by_index(0).expect("the page").compressed_size();
    size.try_into().expect("a size")
}

#[test]
fn what_somebody_has_already_is_not_sent_again() {
    let town = opened();
    let visitor = town.visitor();
    for rest in [
        "",
        "/INF-01",
        "/ranking.csv",
        "/ranking.json",
        "/edition.zip",
    ] {
        let page = visitor.open(&of(rest));
        assert!(page.header("cache-control").starts_with("public, max-age="));
        let known = again(&visitor, &page);
        assert_eq!((known.status, known.bytes.len()), (304, 0), "{rest}");
    }
    let fixed = visitor.open(&of("/editions/1/ranking.json"));
    assert!(fixed.header("cache-control").contains("immutable"));
    assert_eq!(fixed.bytes, visitor.open(&of("/ranking.json")).bytes);
    assert_eq!(fixed.header("access-control-allow-origin"), "*");
    let feed = visitor.open("/public/feed.atom");
    assert!(
        feed.header("content-type")
            .starts_with("application/atom+xml")
    );
    assert_eq!(feed.html().matches("<entry>").count(), 1);
}

#[test]
fn a_name_changed_afterwards_changes_nothing_that_was_published() {
    let town = opened();
    let before = town.visitor().open(&of("")).html();
    town.rename("INF-01", "نامی دیگر");
    town.wait(10);
    assert_eq!(before, town.visitor().open(&of("")).html());
}

#[test]
fn somebody_finds_their_office_by_a_part_of_its_name_or_by_its_group() {
    let town = opened();
    let visitor = town.visitor();
    let rows = |path: &str| {
        visitor
            .open(path)
            .html()
            .matches("<th scope=\"row\">")
            .count()
    };
    let all = rows(&of(""));
    let group = rows(&of("?group=INF"));
    assert!(0 < group && group < all);
    assert_eq!(rows(&of("?q=%D9%87%DB%8C%DA%86")), 0);
    visitor.open(&of("?q=%3Cscript%3E")).lacks("<script");
    visitor.open(&of("?leaf=99999999999&group=%27")).is(200);
}

#[test]
fn no_person_and_no_unverified_claim_is_in_what_everybody_reads() {
    let town = opened();
    let visitor = town.visitor();
    let names = town.kept("users", "name || '|'");
    let csv = visitor.open(&of("/ranking.csv")).html();
    let json = visitor.open(&of("/ranking.json")).html();
    let mut all = vec![csv, json];
    for rest in ["", "/INF-01", "/practice", "/method", "/data"] {
        all.push(visitor.open(&of(rest)).html());
    }
    for name in names.split('|').filter(|name| name.chars().count() > 6) {
        assert!(all.iter().all(|text| !text.contains(name)), "{name}");
    }
}

/// One proposes the correcting edition, another publishes it.
fn two_publish(town: &Town) {
    let office = town.browser("office");
    let shelf = format!("/{LAST}/editions");
    let page = office.open(&shelf);
    page.says("جدول شیفت ساختگی بود");
    office
        .submit(&page, &format!("{shelf}/proposal"), &[])
        .leads_to(&shelf);
    let other = town.browser("committee1");
    let page = other.open(&shelf);
    let sure = [("is_sure", "yes")];
    other
        .submit(&page, &format!("{shelf}/2/publication"), &sure)
        .leads_to(&shelf);
}

#[test]
fn a_correction_marks_the_agency_until_two_people_publish_it_as_the_next_edition() {
    let town = opened();
    let (office, visitor) = (town.browser("office"), town.visitor());
    let before = visitor.open(&of("/ranking.json")).bytes;
    let page = office.open(&format!(
        "/{LAST}/corrections?agency=INF-01&indicator=DSP-02"
    ));
    let action = format!("/{LAST}/corrections");
    office
        .submit(&page, &action, &[("kind", "rejected")])
        .is(422);
    let fields = [("kind", "rejected"), ("reason", "جدول شیفت ساختگی بود")];
    office.submit(&page, &action, &fields).leads_to(&action);
    crate::pages::both(&office, &action);
    office
        .open(&action)
        .says("جدول شیفت ساختگی بود")
        .says("باید می‌بود");
    visitor.open(&of("/INF-01")).says("در دست بررسی");
    assert_eq!(
        before,
        visitor.open(&of("/ranking.json")).bytes,
        "nothing moved yet"
    );

    two_publish(&town);
    visitor
        .open(&of("/INF-01"))
        .lacks("<span class=\"tag\">اصلاح‌شده");
    edition::release(&town.ctx("governor"), LAST, "2", true).expect("opened");
    town.wait(10);
    visitor
        .open(&of("/INF-01"))
        .says("اصلاح‌شده")
        .lacks("در دست بررسی");
    visitor
        .open(&of(""))
        .says("جدول شیفت ساختگی بود")
        .says("نسخهٔ پیشین");
    visitor
        .open(&of("/editions/1"))
        .says("اصلاح شده است و دیگر تازه‌ترین");
    stands(&visitor, &format!("/{LAST}"));
    let old = visitor.open(&of("/editions/1/ranking.json")).bytes;
    assert_eq!(before, old, "the first edition stays");
    assert_ne!(before, visitor.open(&of("/ranking.json")).bytes);
    assert_eq!(
        visitor
            .open("/public/feed.atom")
            .html()
            .matches("<entry>")
            .count(),
        2
    );
}
