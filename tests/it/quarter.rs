//! A whole quarter, from the first answer to the final ranking.

use std::process::Command;

use mizan::domain::json::Json;
use mizan::domain::period::State;
use mizan::store::{self, StoreError};

use crate::town::{Engine, OPEN, Town};

/// Runs the program as people do and gives what it prints.
fn mizan(town: &Town, arguments: &[&str]) -> Vec<u8> {
    let ran = Command::new(env!("CARGO_BIN_EXE_mizan"))
        .args(arguments)
        .env("MIZAN_DATABASE", town.database())
        .env("MIZAN_FILES", town.folder().join("files"))
        .output()
        .expect("the program starts");
    let said = String::from_utf8_lossy(&ran.stderr).into_owned();
    assert!(ran.status.success(), "{arguments:?}: {said}");
    ran.stdout
}

/// The scorecards that `mizan score` makes of what `mizan export` prints.
pub fn scored(town: &Town) -> Vec<Json> {
    let file = town.folder().join("returns.json");
    std::fs::write(&file, mizan(town, &["export", OPEN])).expect("room for the export");
    let printed = mizan(town, &["score", &file.display().to_string()]);
    let json = mizan::domain::json::read(&printed).expect("JSON");
    let cards = json.get("scorecards").expect("scorecards").items();
    cards.to_vec()
}

/// The scorecards of the final result that pages show.
pub fn kept(town: &Town) -> Vec<String> {
    let (province, period) = (town.period().province_id, town.period().id);
    let rows = town.state.store.read(|conn| {
        let found = store::score::find_latest(conn, &province, &period, "final")?;
        let result = found.expect("a final result");
        store::score::list_scores(conn, &province, &result.id)
    });
    let rows: Result<Vec<_>, StoreError> = rows;
    rows.expect("kept")
        .into_iter()
        .map(|row| row.card)
        .collect()
}

#[test]
fn the_ranking_of_a_lived_quarter_is_what_the_rule_makes_of_its_export() {
    for engine in Engine::all() {
        let town = Town::on(engine);
        for agency in ["INF-01", "GEN-02", "INF-02"] {
            town.hand_in(agency);
            assert_eq!(town.state_of(agency), "handed_in");
        }
        town.go_to(State::UnderReview);
        town.judge("INF-01");
        town.judge("GEN-02");
        town.go_to(State::Final);
        let mut kept = kept(&town);
        let mut scored: Vec<String> = scored(&town).iter().map(Json::canonical).collect();
        assert!(kept.len() > 50, "every agency has its card");
        kept.sort();
        scored.sort();
        assert_eq!(kept, scored);
        let first = &town.log()[0];
        assert_eq!(
            (first.number, first.action.as_str()),
            (1, "province.seeded")
        );
    }
}

#[test]
fn the_server_answers_on_a_port() {
    let town = Town::new();
    let port = town.listen();
    let came = port.raw(b"GET /health HTTP/1.1\r\nhost: mizan.test\r\nconnection: close\r\n\r\n");
    assert!(
        came.starts_with("HTTP/1.1 200") && came.ends_with("ok"),
        "{came}"
    );
    assert_eq!(port.status(b"nonsense\r\n\r\n"), 400);
    town.wait(1);
    assert!(!town.database().is_empty() && OPEN == town.period().code);
}
