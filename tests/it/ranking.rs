//! The ranking as files: what a spreadsheet gets, and that it runs nothing.

use crate::town::{LAST, Town};

fn ranking(period: &str) -> String {
    format!("/{period}/ranking")
}

#[test]
fn a_spreadsheet_runs_nothing_from_a_ranking_and_the_log_says_who_took_it() {
    let town = Town::new();
    town.rename("INF-01", "=HYPERLINK(\"http://evil\",\"x\")");
    let governor = town.browser("governor");
    let table = governor.open(&format!("{}.csv", ranking(LAST)));
    let text = table.html();
    assert!(text.contains("\"'=HYPERLINK(\"\"http://evil\"\",\"\"x\"\")\""));
    for line in text.trim_start_matches('\u{feff}').lines() {
        for cell in line.split("\",\"") {
            let cell = cell.trim_start_matches('"');
            assert!(!cell.starts_with(['=', '+', '@', '\t']), "{cell}");
        }
    }
    assert_eq!(text.lines().count(), 1 + 68);
    let log = town.log();
    let taken = log.iter().find(|event| event.action == "ranking.exported");
    assert_eq!(taken.expect("in the log").actor_role, "governor");
}

#[test]
fn a_workbook_of_a_ranking_has_numbers_as_numbers_and_runs_nothing() {
    use calamine::{Data, Reader, Xlsx};
    let town = Town::new();
    town.rename("INF-01", "=HYPERLINK(\"http://evil\",\"x\")");
    let governor = town.browser("governor");
    let sent = governor.open(&format!("{}.xlsx", ranking(LAST)));
    let mut book: Xlsx<_> =
        Xlsx::new(std::io::Cursor::new(sent.bytes.clone())).expect("a workbook");
    assert!(book.worksheet_formula(LAST).expect("a sheet").is_empty());
    let sheet = book.worksheet_range(LAST).expect("a sheet");
    assert_eq!(sheet.height(), 1 + 68);
    let rows: Vec<_> = sheet.rows().collect();
    assert!(
        rows.iter()
            .any(|row| row[1] == Data::String("=HYPERLINK(\"http://evil\",\"x\")".into()))
    );
    assert!(
        rows[1..]
            .iter()
            .any(|row| matches!(row[10], Data::Float(score) if score > 0.0))
    );
    assert!(
        town.log()
            .iter()
            .any(|event| event.action == "ranking.exported")
    );
}
