//! The pictures in `docs/`: the demo on one day, its people, their main pages. `make screenshots` takes them.

use std::fmt::Write;
use std::path::Path;
use std::sync::Arc;

use actix_web::web::Data;
use chrono::NaiveDate;
use mizan::cli::serve::{self, Demo};
use mizan::domain::calendar::LocalOffset;
use mizan::store::Store;
use mizan::web::State;
use mizan::web::words::Language;

use super::picture;
use super::window::Window;
use crate::town::{PASSWORD, Port};

/// A desk and a phone.
const WIDTHS: [(u32, &str); 2] = [(1440, "desk"), (390, "phone")];

/// A picture ends after so many screens.
const MOST_SCREENS: u32 = 2;

/// A page worth a picture: its name, who looks at it, where it is, and what it is.
struct Shot {
    name: &'static str,
    who: &'static str,
    path: &'static str,
    what: &'static str,
    language: Language,
    /// The part that the picture begins with.
    from: &'static str,
}

const fn fa(name: &'static str, who: &'static str, path: &'static str, what: &'static str) -> Shot {
    Shot {
        name,
        who,
        path,
        what,
        language: Language::Fa,
        from: "body",
    }
}

const fn en(name: &'static str, who: &'static str, path: &'static str, what: &'static str) -> Shot {
    Shot {
        language: Language::En,
        ..fa(name, who, path, what)
    }
}

/// What is taken, in the order of the quarter.
const SHOTS: [Shot; 22] = [
    fa("sign-in", "", "/sign-in", "Signing in"),
    fa(
        "home",
        "manager",
        "/",
        "What is due, what is left, what came back",
    ),
    fa(
        "checklist",
        "manager",
        "/1405-Q2/agencies/INF-01/checklist",
        "The checklist by dimensions",
    ),
    fa(
        "answer",
        "manager",
        "/1405-Q2/agencies/INF-01/answers/RSP-02",
        "One indicator, one page",
    ),
    fa(
        "review",
        "head",
        "/1405-Q2/agencies/INF-01/review",
        "Review, pledge and hand-in",
    ),
    fa("queue", "auditor1", "/queue", "What waits for an auditor"),
    fa(
        "case",
        "auditor1",
        "/1405-Q2/agencies/CUL-05/verification",
        "One agency, as its auditor sees it",
    ),
    fa("periods", "office", "/periods", "The quarters"),
    fa(
        "period",
        "office",
        "/periods/1405-Q2",
        "One quarter and who verifies whom",
    ),
    fa(
        "measurements",
        "office",
        "/1405-Q2/measurements",
        "Values that the office enters",
    ),
    fa(
        "facts",
        "office",
        "/1405-Q2/agencies/INF-01/facts",
        "Facts of an agency",
    ),
    fa(
        "committee",
        "committee1",
        "/1405-Q2/committee",
        "What waits for the committee",
    ),
    fa(
        "objection",
        "head2",
        "/1405-Q1/agencies/GEN-02/objections/RSP-02",
        "An objection and its end",
    ),
    fa("ranking", "governor", "/1405-Q1/ranking", "The ranking"),
    Shot {
        from: ".sec",
        ..fa(
            "ranking-table",
            "governor",
            "/1405-Q1/ranking",
            "Its table: places, intervals, grades",
        )
    },
    fa(
        "score",
        "governor",
        "/1405-Q1/agencies/GEN-02/score",
        "A score sheet, to the last point",
    ),
    fa(
        "editions",
        "governor",
        "/1405-Q1/editions",
        "What was published, for anybody to check",
    ),
    en("sign-in-en", "", "/sign-in", "Signing in, in English"),
    en("home-en", "manager", "/", "What is due, in English"),
    en(
        "answer-en",
        "manager",
        "/1405-Q2/agencies/INF-01/answers/RSP-02",
        "One indicator, in English",
    ),
    en(
        "ranking-en",
        "governor",
        "/1405-Q1/ranking",
        "The ranking, in English",
    ),
    en(
        "score-en",
        "governor",
        "/1405-Q1/agencies/GEN-02/score",
        "A score sheet, in English",
    ),
];

/// The demo on the morning of Wednesday 8 Mehr 1405: the summer quarter has just ended.
fn demo(folder: &Path) -> Port {
    let day = NaiveDate::from_ymd_opt(2026, 9, 30).expect("a day");
    let config = serve::demo_config(&Demo {
        port: 0,
        data: folder.to_owned(),
        password: PASSWORD.to_owned(),
    });
    let offset: LocalOffset = config.offset();
    let now = offset.start_of_day(day) + chrono::Duration::minutes(582);
    let state = State {
        now: Arc::new(move || now),
        ..State::of(
            Store::open(&config.database).expect("a new database"),
            config,
        )
    };
    serve::populate(state.store.clone(), &state.config, now, PASSWORD).expect("the demo");
    Port::open(Data::new(state))
}

/// Takes a page at both widths and gives the names of its files.
fn take(window: &Window, shot: &Shot, folder: &Path) {
    for (width, at) in WIDTHS {
        let language = shot.language.code();
        window.is_wide(width);
        window.go(&format!("{}?lang={language}", shot.path));
        let file = folder.join(format!("{}-{at}.png", shot.name));
        let picture = picture::small(&window.picture(width, MOST_SCREENS, shot.from));
        std::fs::write(file, picture).expect("room for a picture");
    }
}

/// The words of `docs/SCREENS.md`.
fn list() -> String {
    let mut said = "# What it looks like\n\n\
        The demo on 8 Mehr 1405, every figure invented. `make screenshots` takes these pictures again.\n\n\
        | page | who | on a desk | on a phone |\n|---|---|---|---|\n"
        .to_owned();
    for shot in &SHOTS {
        let who = if shot.who.is_empty() {
            "anybody"
        } else {
            shot.who
        };
        let _ = write!(said, "| {} `{}` | {who} |", shot.what, shot.path);
        for (_, at) in WIDTHS {
            let _ = write!(said, " ![](screens/{}-{at}.png) |", shot.name);
        }
        said.push('\n');
    }
    said
}

#[test]
fn the_pictures_of_the_pages_are_taken() {
    let Some(wanted) = std::env::var_os("SCREENS") else {
        return;
    };
    let wanted = wanted.to_string_lossy().into_owned();
    let folder = std::env::temp_dir().join(format!("mizan-screens-{}", std::process::id()));
    std::fs::create_dir_all(&folder).expect("a folder");
    let port = demo(&folder);
    let docs = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs");
    let pictures = docs.join("screens");
    if wanted == "all" {
        let _ = std::fs::remove_dir_all(&pictures);
    }
    std::fs::create_dir_all(&pictures).expect("a folder for pictures");
    let window = Window::open(&port);
    let mut who = "";
    for shot in &SHOTS {
        if wanted != "all" && !shot.name.starts_with(&wanted) {
            continue;
        }
        if !shot.who.is_empty() && shot.who != who {
            window
                .is_wide(1440)
                .go("/sign-in?lang=fa")
                .sign_in(shot.who);
            who = shot.who;
        }
        take(&window, shot, &pictures);
    }
    window.is_quiet();
    std::fs::write(docs.join("SCREENS.md"), list()).expect("a list");
    let _ = std::fs::remove_dir_all(&folder);
}
