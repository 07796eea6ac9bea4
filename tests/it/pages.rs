//! Every page, in both languages: one answer on top, nothing a strict browser refuses, no word missing.

use mizan::web::render::{ErrorPage, NavItem, Page, Problem, Shell, ShellUser, render};
use mizan::web::words::{Language, Phrase};
use serde::Serialize;

/// A shell with everything in it.
pub fn shell(language: Language) -> Shell {
    let item = |label: &str, href: &str, count, is_current| NavItem {
        label_key: label.to_owned(),
        href: href.to_owned(),
        count,
        is_current,
    };
    Shell {
        guide: None,
        field_offset: None,
        language,
        path: "/work".to_owned(),
        query: String::new(),
        is_open: false,
        user: Some(ShellUser {
            name: "مریم حسینی‌نژاد".to_owned(),
            role_key: "role-manager".to_owned(),
            unit: Some("ادارهٔ کل نمونه".to_owned()),
        }),
        nav: vec![
            item("manager-nav-work", "/work", Some(2), true),
            item("manager-nav-checklist", "/checklist", None, false),
            item("manager-nav-scorecard", "/scorecard", None, false),
        ],
        csrf: "c5rf".to_owned(),
        province: "نمونه".to_owned(),
        is_demo: true,
        notice: Some("shell-saved".to_owned()),
    }
}

/// Renders a page in both languages and checks what holds for all of them.
pub fn stands<P: Page>(page: &P) -> [String; 2] {
    Language::ALL.map(|language| {
        let html = render(page, &shell(language)).unwrap_or_else(|fault| panic!("{fault:?}"));
        sound(&html, language);
        if let Ok(folder) = std::env::var("MIZAN_SHOW_PAGES") {
            show(&folder, P::TEMPLATE, language, &html);
        }
        html
    })
}

/// Opens a page of the town in both languages and checks what holds for all of them.
pub fn both(browser: &crate::town::Browser, path: &str) {
    for language in [Language::En, Language::Fa] {
        browser.set_cookie("lang", language.code());
        let html = browser.open(path).html().replace(&browser.csrf(), "c5rf");
        sound(&html, language);
        if let Ok(folder) = std::env::var("MIZAN_SHOW_PAGES") {
            let name = path.trim_matches('/').replace('/', "-");
            show(&folder, &name, language, &html);
        }
    }
}

/// Checks what holds for all pages.
pub fn sound(html: &str, language: Language) {
    let (lang, dir) = match language {
        Language::Fa => ("fa", "rtl"),
        Language::En => ("en", "ltr"),
    };
    assert!(html.contains(&format!("<html lang=\"{lang}\" dir=\"{dir}\"")));
    assert_eq!(
        html.matches("<h1").count(),
        1,
        "one heading says the answer"
    );
    for refused in [
        " style=",
        "<script>",
        "<style",
        " onclick=",
        "javascript:",
        "http://cdn",
    ] {
        assert!(
            !html.contains(refused),
            "a strict browser refuses {refused}"
        );
    }
    assert!(
        !html.contains('⟦'),
        "a word is missing: {}",
        around(html, '⟦')
    );
    assert!(!html.contains("{{") && !html.contains("{%"), "raw template");
    let title = between(html, "<title>", "</title>");
    assert!(
        !title.trim_start().starts_with('|'),
        "the page has a name: {title}"
    );
    ids_are_found(html);
    forms_are_bound(html);
}

fn around(html: &str, mark: char) -> String {
    html.split(mark)
        .nth(1)
        .unwrap_or_default()
        .chars()
        .take(60)
        .collect()
}

fn between<'a>(html: &'a str, from: &str, to: &str) -> &'a str {
    let after = html.split_once(from).map_or("", |(_, after)| after);
    after.split_once(to).map_or("", |(inside, _)| inside)
}

fn values<'a>(html: &'a str, name: &str) -> Vec<&'a str> {
    let start = format!(" {name}=\"");
    html.split(start.as_str())
        .skip(1)
        .filter_map(|after| after.split('"').next())
        .collect()
}

/// Labels, links within the page, descriptions and pictures lead to something that is there, once.
fn ids_are_found(html: &str) {
    let mut ids = values(html, "id");
    ids.sort_unstable();
    let count = ids.len();
    ids.dedup();
    assert_eq!(ids.len(), count, "an id is there twice");
    let within = values(html, "href")
        .into_iter()
        .filter_map(|href| href.strip_prefix('#'));
    let described = values(html, "aria-describedby")
        .into_iter()
        .flat_map(str::split_whitespace);
    for target in values(html, "for")
        .into_iter()
        .chain(within)
        .chain(described)
    {
        assert!(
            ids.binary_search(&target).is_ok(),
            "nothing is called {target}"
        );
    }
    for tag in ["<input ", "<select ", "<textarea "] {
        for control in html
            .split(tag)
            .skip(1)
            .filter_map(|after| after.split('>').next())
        {
            if control.contains("type=\"hidden\"") {
                continue;
            }
            let control = format!(" {control}");
            let id = values(&control, "id").first().copied().unwrap_or_default();
            assert!(
                html.contains(&format!("<label for=\"{id}\"")),
                "no label: {control}"
            );
        }
    }
}

fn forms_are_bound(html: &str) {
    for form in html
        .split("<form")
        .skip(1)
        .filter(|form| form.contains("method=\"post\""))
    {
        let inside = form.split("</form>").next().unwrap_or_default();
        assert!(
            inside.contains("name=\"csrf\" value=\"c5rf\""),
            "a form that anybody can send"
        );
    }
}

/// `MIZAN_SHOW_PAGES=/tmp/pages cargo test --test it pages` leaves the pages to look at.
pub fn show(folder: &str, template: &str, language: Language, html: &str) {
    let name = format!(
        "{}-{}.html",
        template.replace(['/', '.'], "-"),
        language.code()
    );
    let mut local = html.to_owned();
    std::fs::create_dir_all(folder).expect("a folder");
    for file in std::fs::read_dir("templates/assets").expect("assets") {
        let path = file.expect("a file").path().canonicalize().expect("a path");
        let name = path
            .file_name()
            .expect("a name")
            .to_string_lossy()
            .into_owned();
        let address = mizan::web::assets::url(&name);
        local = local.replace(&address, &format!("file://{}", path.display()));
    }
    std::fs::write(std::path::Path::new(folder).join(name), local).expect("written");
}

fn not_found() -> ErrorPage {
    ErrorPage {
        title: "errors-not-found-title".to_owned(),
        body: Phrase::of("errors-not-found"),
        reference: Some("E-7F3A".to_owned()),
    }
}

/// A page of the kit: every component once.
#[derive(Serialize)]
struct KitPage {
    problems: Vec<Problem>,
    people: String,
    options: Vec<Choice>,
    chosen: Option<String>,
    day: &'static str,
    sent: &'static str,
    score: i64,
    grades: Vec<Option<&'static str>>,
}

#[derive(Serialize)]
struct Choice {
    value: &'static str,
    label: &'static str,
    hint: Option<&'static str>,
}

impl Page for KitPage {
    const TEMPLATE: &'static str = "kit.html";
}

fn kit(problems: Vec<Problem>) -> KitPage {
    KitPage {
        problems,
        people: "<b>پنج</b> \"نفر\"".to_owned(),
        options: vec![
            Choice {
                value: "all",
                label: "همهٔ روزها",
                hint: Some("۶ امتیاز"),
            },
            Choice {
                value: "some",
                label: "گاهی",
                hint: None,
            },
        ],
        chosen: Some("some".to_owned()),
        day: "2027-01-05",
        sent: "2027-01-05T07:12:00",
        score: 7287,
        grades: vec![
            Some("excellent"),
            Some("good"),
            Some("average"),
            Some("weak"),
            None,
        ],
    }
}

#[test]
fn a_page_that_is_not_there_says_so_in_both_languages() {
    let [fa, en] = stands(&not_found());
    assert!(fa.contains("چنین صفحه‌ای نیست") && fa.contains("E-7F3A"));
    assert!(fa.contains("<title>چنین صفحه‌ای نیست | میزان</title>"));
    assert!(en.contains("There is no such page"));
    assert!(fa.contains("bootstrap.rtl.min.") && en.contains("bootstrap.min."));
    assert!(fa.contains("href=\"/work?lang=en\"") && en.contains("href=\"/work?lang=fa\""));
}

#[test]
fn made_up_data_are_called_so_on_every_page() {
    let [fa, _] = stands(&not_found());
    assert!(fa.contains("داده‌های این صفحه ساختگی است"));
    let real = Shell {
        is_demo: false,
        ..shell(Language::Fa)
    };
    let html = render(&not_found(), &real).expect("a page");
    assert!(!html.contains("داده‌های این صفحه ساختگی است"));
}

#[test]
fn a_visitor_sees_no_sign_out_and_no_sections() {
    let visitor = Shell {
        language: Language::Fa,
        path: "/".to_owned(),
        ..Shell::default()
    };
    let html = render(&not_found(), &visitor).expect("a page");
    sound(&html, Language::Fa);
    assert!(!html.contains("/sign-out") && !html.contains("<nav"));
}

#[test]
fn dates_scores_and_digits_are_written_as_the_reader_writes_them() {
    let [fa, en] = stands(&kit(vec![]));
    for said in [
        "۱۵ دی ۱۴۰۵، ساعت ۱۰:۴۲",
        "۱۵ دی ۱۴۰۵",
        "۷۲٫۸۷",
        "۱٬۲۳۴",
        "۱۴۰۵",
    ] {
        assert!(fa.contains(said), "{said}");
    }
    for said in [
        "15 Dey 1405, 10:42",
        "15 Dey 1405",
        "72.87",
        "1,234",
        "1405",
    ] {
        assert!(en.contains(said), "{said}");
    }
}

#[test]
fn every_grade_carries_its_name_and_nothing_is_no_score() {
    let [fa, _] = stands(&kit(vec![]));
    for (class, name) in [
        ("k4", "عالی"),
        ("k3", "خوب"),
        ("k2", "متوسط"),
        ("k1", "ضعیف"),
    ] {
        assert!(
            fa.contains(&format!("<span class=\"band {class}\">{name}</span>")),
            "{name}"
        );
    }
    assert!(fa.contains("هنوز امتیاز ندارد"));
}

#[test]
fn what_somebody_typed_comes_back_as_text_never_as_html() {
    let [fa, _] = stands(&kit(vec![]));
    assert!(fa.contains("&lt;b&gt;پنج"));
    assert!(!fa.contains("<b>پنج"));
}

#[test]
fn a_problem_is_said_on_top_and_at_its_field_word_for_word() {
    let text = Phrase::of("errors-range").with("low", 0).with("high", 66);
    let [fa, en] = stands(&kit(vec![Problem::of("people", text)]));
    let said = "عدد باید بین ۰ و ۶۶ باشد";
    assert_eq!(fa.matches(said).count(), 2);
    assert!(fa.contains(&format!("<li><a href=\"#people\">{said}</a></li>")));
    assert!(fa.contains("aria-invalid=\"true\" aria-describedby=\"people-hint people-problem\""));
    assert!(fa.contains("<title>خطا: "));
    assert_eq!(
        fa.matches("class=\"field bad\"").count(),
        1,
        "only that field"
    );
    assert!(en.contains("The number must be between 0 and 66"));
    let [well, _] = stands(&kit(vec![]));
    assert!(!well.contains("errsum") && !well.contains("aria-invalid"));
}

#[test]
fn a_zero_typed_into_a_field_comes_back() {
    let mut page = kit(vec![]);
    page.people = "0".to_owned();
    let [fa, _] = stands(&page);
    let text = Phrase::of("errors-required");
    let [bad, _] = stands(&kit(vec![
        Problem::of("people", text.clone()),
        Problem::of("presence", text),
    ]));
    assert!(fa.contains("value=\"0\""));
    assert_eq!(bad.matches("class=\"field bad\"").count(), 2);
}

#[test]
fn a_form_that_came_back_can_be_read_in_the_other_language() {
    use mizan::web::route::page_of;
    let form = "/1405-Q2/agencies/INF-01/verification/RSP-02";
    assert_eq!(page_of(&format!("{form}/query")), form);
    assert_eq!(page_of(form), form);
    assert_eq!(page_of("/sign-out"), "/");
    assert_eq!(page_of("/nowhere/at/all"), "/nowhere/at/all");
}
