//! Accounts: guesses at passwords, links that work once, and what tells nobody whether an account is there.

use mizan::app::link::{Purpose, RESET_MINUTES};

use crate::town::{PASSWORD, Page, Town, Visitor};

const NEW: &str = "گذرواژهٔ تازهٔ دفتر";

/// The page without what differs by chance: tokens, and the name that was typed.
fn plain(page: &Page, of: &Visitor, typed: &str) -> String {
    page.html().replace(&of.csrf(), "").replace(typed, "")
}

fn headers(page: &Page) -> Vec<&(String, String)> {
    let mut headers: Vec<_> = page.headers.iter().collect();
    headers.sort();
    headers
}

fn path(link: &str) -> String {
    let at = link.find("/password/").expect("a link");
    link[at..].to_owned()
}

/// Sets a password behind a link, as a person would.
fn set(visitor: &Visitor, link: &str, password: &str, repeat: &str) -> Page {
    let path = path(link);
    let page = visitor.get(&path);
    if page.status != 200 {
        return page;
    }
    let fields = [("password", password), ("repeat", repeat)];
    visitor.submit(&page, &path, &fields)
}

#[test]
fn p17_nobody_learns_whether_an_account_is_there() {
    let town = Town::new();
    let (known, unknown) = (town.visitor(), town.visitor());
    for _ in 0..9 {
        let one = known.sign_in("governor", "نادرست است این");
        let other = unknown.sign_in("governez", "نادرست است این");
        assert_eq!(one.status, other.status);
        assert_eq!(headers(&one), headers(&other));
        assert_eq!(
            plain(&one, &known, "governor"),
            plain(&other, &unknown, "governez")
        );
    }
    let (known, unknown) = (town.visitor(), town.visitor());
    for account in ["auditor1", "auditor1@example.test"] {
        let ask = |visitor: &Visitor, account: &str| {
            let page = visitor.open("/forgot");
            visitor.submit(&page, "/forgot", &[("account", account)])
        };
        let one = ask(&known, account);
        let other = ask(&unknown, &account.replace("auditor1", "auditorx"));
        one.leads_to("/sign-in");
        other.leads_to("/sign-in");
        assert_eq!(headers(&one), headers(&other));
        assert_eq!(one.bytes, other.bytes);
    }
    let log = town.log();
    let asked = log.iter().filter(|event| event.action == "reset.asked");
    assert_eq!(asked.count(), 4, "the same work is done for both");
}

// A request does the same work, so the times lie close together; tenfold room for a busy machine.
#[test]
fn p17_an_unknown_name_costs_as_much_time_as_a_known_one() {
    let town = Town::new();
    // Hashes of the town are cheap ones: this person chooses a password as people do.
    let link = town.link_for("committee1", Purpose::Reset);
    set(&town.visitor(), &link, NEW, NEW).leads_to("/sign-in");
    let mut medians = ["committee1", "nobody"].map(|login| {
        let mut times: Vec<_> = (0..7)
            .map(|_| {
                let visitor = town.visitor();
                let page = visitor.get("/sign-in");
                let began = std::time::Instant::now();
                let fields = [("username", login), ("password", "نادرست است این")];
                visitor.submit(&page, "/sign-in", &fields);
                began.elapsed()
            })
            .collect();
        times.sort();
        times[times.len() / 2]
    });
    medians.sort();
    assert!(medians[0] * 10 > medians[1], "{medians:?}");
}

#[test]
fn p18_guessing_at_one_account_ends_after_eight_tries_and_opens_again() {
    let town = Town::new();
    let guesser = town.visitor();
    for place in 0..30 {
        let page = guesser.sign_in("lead", "نادرست است این");
        if place < 8 {
            page.is(422);
            continue;
        }
        page.is(429);
        let wait: i64 = page.header("retry-after").parse().expect("seconds");
        assert!((1..=900).contains(&wait), "{wait}");
    }
    guesser.sign_in("lead", PASSWORD).is(429);
    town.wait(15);
    guesser.sign_in("lead", PASSWORD).leads_to("/");
}

#[test]
fn p18_guessing_at_many_accounts_from_one_address_ends_too() {
    let town = Town::new();
    let guesser = town.visitor();
    let mut statuses = Vec::new();
    for place in 0..45 {
        let login = format!("person{}", place % 30);
        statuses.push(guesser.sign_in(&login, "نادرست است این").status);
    }
    assert_eq!(statuses.iter().filter(|status| **status == 422).count(), 40);
    assert!(statuses[40..].iter().all(|status| *status == 429));
    town.wait(15);
    guesser.sign_in("lead", PASSWORD).leads_to("/");
}

#[test]
fn p19_only_the_newest_link_works_once_and_inside_its_life() {
    let town = Town::new();
    let visitor = town.visitor();
    let older = town.link_for("governor", Purpose::Reset);
    let newer = town.link_for("governor", Purpose::Reset);
    set(&visitor, &older, NEW, NEW)
        .is(410)
        .says_word("people-link-dead-title");
    let last = if newer.ends_with('0') { '1' } else { '0' };
    let changed = format!("{}{last}", &newer[..newer.len() - 1]);
    set(&visitor, &changed, NEW, NEW).is(410);
    let page = visitor.get(&path(&newer));
    page.is(200).says("کارمند governor").says("governor");
    set(&visitor, &newer, NEW, NEW).leads_to("/sign-in");
    set(&visitor, &newer, NEW, NEW).is(410);
    let fields = [("password", PASSWORD), ("repeat", PASSWORD)];
    visitor.post(&path(&newer), &fields).is(410);
    visitor.sign_in("governor", NEW).leads_to("/");
    let late = town.link_for("governor", Purpose::Reset);
    town.wait(RESET_MINUTES);
    set(&visitor, &late, NEW, NEW).is(410);
    let invited = town.link_for("governor", Purpose::Invitation);
    town.wait(7 * 24 * 60 - 1);
    visitor.get(&path(&invited)).is(200);
    town.wait(1);
    visitor.get(&path(&invited)).is(410);
}

#[test]
fn links_are_kept_by_their_hash_and_cannot_be_guessed_at_for_long() {
    let town = Town::new();
    let link = town.link_for("governor", Purpose::Reset);
    let token = link.rsplit('/').next().expect("a token");
    for (table, columns) in [
        ("one_time_links", "token_hash || purpose"),
        ("letters", "body || html || subject || unique_key"),
        ("events", "body || subject_id"),
    ] {
        assert!(!town.kept(table, columns).contains(token), "{table}");
    }
    let guesser = town.visitor();
    let mut statuses = (0..45).map(|n| guesser.get(&format!("/password/{n:064}")).status);
    assert!(statuses.all(|status| status == 410 || status == 429));
    guesser.get("/password/0").is(429);
}

#[test]
fn p21_a_password_is_refused_with_its_reason_or_kept_to_the_last_sign() {
    let town = Town::new();
    let visitor = town.visitor();
    let link = town.link_for("governor", Purpose::Reset);
    for (refused, word) in [
        ("abcdefg", "problem-password-short"),
        ("هفت‌حرف", "problem-password-short"),
        ("password123", "problem-password-common"),
        ("PassWord 123", "problem-password-common"),
        ("۱۲۳۴۵۶۷۸", "problem-password-common"),
        ("رمز‌عبور۱۲۳", "problem-password-common"),
        ("aaaaaaaaaaaa", "problem-password-common"),
        ("Governor12", "problem-password-own-name"),
    ] {
        let page = set(&visitor, &link, refused, refused);
        page.is(422).says_word(word).lacks(refused);
    }
    set(&visitor, &link, NEW, PASSWORD)
        .is(422)
        .says_word("problem-password-repeat");
    set(&visitor, &link, &"x1".repeat(129), &"x1".repeat(129))
        .is(422)
        .says_word("problem-password-long");
    let persian: String = "میز خدمت 😀 پاسخ‌گو ".chars().cycle().take(128).collect();
    for long in [&"a9-Z".repeat(16), persian.trim_end()] {
        let link = town.link_for("governor", Purpose::Reset);
        set(&visitor, &link, long, long).leads_to("/sign-in");
        visitor.sign_in("governor", &format!("{long} ")).is(422);
        let cut: String = long.chars().skip(1).collect();
        visitor.sign_in("governor", &cut).is(422);
        visitor.sign_in("governor", long).leads_to("/");
    }
}

#[test]
fn p20_links_name_only_the_configured_address() {
    let town = Town::new();
    let visitor = town.visitor();
    let page = visitor.open("/forgot");
    let csrf = page.form("/forgot").fields[0].1.clone();
    let body = format!("account=governor&csrf={csrf}");
    let sent = visitor.post_raw(
        "/forgot",
        &[
            ("host", "evil.example"),
            ("x-forwarded-host", "evil.example"),
        ],
        &body,
    );
    sent.leads_to("/sign-in");
    let two = [("host", "mizan.test"), ("host", "evil.example")];
    visitor.post_raw("/forgot", &two, &body).is(400);
    assert!(
        !town
            .kept("letters", "address || body")
            .contains("evil.example")
    );
    assert!(
        town.link_for("governor", Purpose::Reset)
            .starts_with("http://mizan.test/password/")
    );
}
