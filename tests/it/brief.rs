//! The quarter on one page: what the governor reads before the meeting.

use mizan::domain::period::State;

use crate::pages::both;
use crate::town::{LAST, OPEN, Town};

fn brief(period: &str) -> String {
    format!("/{period}/brief")
}

#[test]
fn the_governors_home_leads_to_the_quarter_on_one_page() {
    let town = Town::new();
    let governor = town.browser("governor");
    governor.get("/").leads_to(&brief(LAST));
    both(&governor, &brief(LAST));
    let page = governor.open(&brief(LAST));
    for about in ["rose", "fell", "gap", "overdue", "unvisited", "asked"] {
        page.says_word(&format!("brief-about-{about}"));
    }
    page.says_word("result-unstaffed")
        .says_word("brief-honours")
        .says_word("brief-first")
        .says_word("brief-last")
        .lacks("⟦");
}

#[test]
fn every_sentence_leads_to_its_proof() {
    let town = Town::new();
    let governor = town.browser("governor");
    let html = governor.open(&brief(LAST)).html();
    let said = html
        .split("class=\"panel said\"")
        .nth(1)
        .expect("sentences");
    let said = said.split("</section>").next().expect("an end");
    let links: Vec<&str> = said.split("href=\"").skip(1).collect();
    assert_eq!(links.len(), 6);
    for link in links {
        let link = link.split('"').next().expect("an address");
        match link.strip_prefix('#') {
            Some(place) => assert!(html.contains(&format!("id=\"{place}\"")), "{place}"),
            None => drop(governor.open(link)),
        }
    }
}

#[test]
fn an_overdue_resolution_stands_on_the_page_until_it_is_reported() {
    let town = Town::new();
    let governor = town.browser("governor");
    governor.open(&brief(LAST)).says("هیچ مصوبهٔ بازی نیست");
    let page = governor.open("/resolutions/new?agency=INF-01");
    let fields = [
        ("text", "جانشین معرفی شود"),
        ("kind", "deed"),
        ("days", "5"),
    ];
    governor.submit(&page, "/resolutions", &fields).is(303);
    governor
        .open(&brief(LAST))
        .says("هیچ مصوبه‌ای معوق نیست؛ ۱ مصوبه هنوز باز است");
    town.wait(60 * 24 * 30);
    let governor = town.browser("governor");
    governor
        .open(&brief(LAST))
        .says("۱ مصوبه از موعد گذشته است")
        .says("۱ مصوبهٔ معوق");
    let manager = town.manager_of("INF-02");
    manager
        .open(&brief(LAST))
        .lacks("مصوبه از موعد")
        .lacks("نشست باید تصمیم بگیرد");
}

#[test]
fn the_page_is_told_to_each_in_time_and_says_when_it_is_preliminary() {
    let town = Town::new();
    town.hand_in("INF-01");
    town.go_to(State::Preliminary);
    for login in ["auditor1", "lead", "committee1", "office"] {
        town.browser(login)
            .open(&brief(OPEN))
            .says_word("result-preliminary");
    }
    town.browser("governor").get(&brief(OPEN)).is(404);
    town.manager_of("INF-01").get(&brief(OPEN)).is(404);
}

#[test]
fn a_quarter_in_which_nobody_was_ranked_or_one_or_all_alike_is_told_truly() {
    let town = Town::new();
    let order = |set: &str| {
        use diesel::connection::SimpleConnection;
        let order = format!("UPDATE scores SET {set}");
        let done = town.state.store.read(|conn| {
            conn.batch_execute(&order)?;
            Ok::<_, mizan::store::StoreError>(())
        });
        done.expect("the scores are changed");
        town.wait(2);
    };
    order("score_c = 6000, rank = 1, change_c = 0 WHERE state = 'ranked'");
    both(&town.browser("governor"), &brief(LAST));
    let page = town.browser("governor").open(&brief(LAST));
    page.says("امتیاز یکسان دارند").says("رتبهٔ یکسان دارند");
    order(
        "state = 'unranked', rank = NULL WHERE agency_id <> (SELECT min(agency_id) FROM scores WHERE state = 'ranked')",
    );
    town.browser("governor")
        .open(&brief(LAST))
        .says("تنها «")
        .says("رتبه گرفت");
    order("state = 'unranked', rank = NULL, rank_low = NULL, rank_high = NULL, change_c = NULL");
    both(&town.browser("governor"), &brief(LAST));
    town.browser("governor")
        .open(&brief(LAST))
        .says("هیچ دستگاهی رتبه نگرفت")
        .says("چیزی برای مقایسه نیست");
}

#[test]
fn a_long_ranking_is_turned_page_by_page_and_the_filter_stays() {
    let town = Town::new();
    town.add_agencies_like(LAST, 600);
    let governor = town.browser("governor");
    let first = governor.open(&brief(LAST));
    let listed = |html: String| {
        let list = html.split("class=\"filters").nth(1).expect("a list");
        list.matches("/score\"").count()
    };
    assert_eq!(listed(first.html()), 100);
    first.says("صفحهٔ ۱ از ۷");
    let second = governor.open(&format!("{}?group=INF&page=2", brief(LAST)));
    second.says("صفحهٔ ۲ از");
    assert!(second.html().contains("<option value=\"INF\" selected>"));
    let links = second.links();
    assert!(
        links.iter().any(|link| link.contains("group=INF#list")),
        "{links:?}"
    );
    let whole = governor.open(&format!("{}?whole=1", brief(LAST)));
    assert!(listed(whole.html()) > 600);
    let beyond = governor.open(&format!("{}?page=60000", brief(LAST)));
    beyond.says("صفحهٔ ۷ از ۷");
    governor
        .open(&format!("{}?page=-1", brief(LAST)))
        .says("صفحهٔ ۱ از ۷");
}
