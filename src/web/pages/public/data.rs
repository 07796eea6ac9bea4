//! Open data: the ranking as CSV and JSON, the edition itself, and a dictionary of what the columns mean.

use serde::Serialize;

use super::{Frame, Stand};
use crate::app::{self, AppError};
use crate::domain::edition::{seen, sha256};
use crate::domain::json::Json;
use crate::domain::score::Scorecard;
use crate::web::desk::Hall;
use crate::web::error::WebResult;
use crate::web::form::Input;
use crate::web::open;
use crate::web::pages::edition::packed;
use crate::web::pages::ranking::csv::cell;
use crate::web::render::Page;
use crate::web::reply::Reply;

/// The columns of both files, in order. Their meaning is `public-column-…` in the words.
const COLUMNS: [&str; 17] = [
    "agency",
    "name_fa",
    "name_en",
    "league",
    "group",
    "state",
    "rank",
    "rank_of",
    "rank_low",
    "rank_high",
    "group_rank",
    "score_c",
    "grade",
    "honesty_bp",
    "visits",
    "staffed",
    "is_corrected",
];

/// A file that anybody may take.
#[derive(Clone, Debug, Serialize)]
pub struct File {
    pub name: String,
    pub href: String,
    pub about: &'static str,
    pub sha256: String,
}

/// The page.
#[derive(Serialize)]
pub struct DataPage {
    pub frame: Frame,
    pub files: Vec<File>,
    /// Column and the key of what it means.
    pub columns: Vec<(String, String)>,
    /// Code and title of each dimension: a column of its own.
    pub dimensions: Vec<(String, String)>,
    pub contents: Vec<String>,
    pub root_hash: String,
}

impl Page for DataPage {
    const TEMPLATE: &'static str = "public/data.html";
}

/// Shows what there is.
pub fn show(hall: &Hall, input: &Input) -> WebResult {
    let stand = Stand::of(hall, input)?;
    stand.send(|| {
        let at = format!(
            "{}/{}/editions/{}",
            open::ROOT,
            stand.period,
            stand.edition.number
        );
        let file = |name: &str, about, bytes: &[u8]| File {
            href: format!("{at}/{name}"),
            name: name.to_owned(),
            about,
            sha256: sha256(bytes),
        };
        let manifest = &stand.book().manifest;
        let dimensions = stand.book().framework().dimensions.iter();
        let title = |code: &String| stand.texts().dimension(code);
        Ok(DataPage {
            frame: stand.frame("data"),
            files: vec![
                file("ranking.csv", "public-file-csv", table(&stand).as_bytes()),
                file("ranking.json", "public-file-json", lines(&stand).as_bytes()),
                file("edition.zip", "public-file-zip", &folder(&stand)?),
            ],
            columns: COLUMNS
                .map(|name| {
                    (
                        name.to_owned(),
                        format!("public-column-{}", name.replace('_', "-")),
                    )
                })
                .to_vec(),
            dimensions: dimensions
                .map(|one| (one.code.clone(), title(&one.code)))
                .collect(),
            contents: manifest
                .files
                .iter()
                .map(|(name, ..)| name.clone())
                .collect(),
            root_hash: manifest.root.clone(),
        })
    })
}

/// The values of an agency's columns.
fn values(stand: &Stand, card: &Scorecard) -> Vec<Json> {
    let book = stand.book();
    let [fa, en] = book.names(&card.agency);
    let seen = book.found(&card.agency).map(seen).unwrap_or_default();
    let interval = stand.opened.intervals.get(&card.agency);
    let rank = card.rank;
    let own = vec![
        Json::text(&card.agency),
        Json::text(fa),
        Json::text(en),
        Json::text(&card.kind),
        Json::text(&card.group),
        Json::text(card.state.as_str()),
        Json::maybe(rank.map(|rank| rank.overall)),
        Json::maybe(rank.map(|rank| rank.overall_of)),
        Json::maybe(interval.map(|[low, _]| *low)),
        Json::maybe(interval.map(|[_, high]| *high)),
        Json::maybe(rank.map(|rank| rank.group)),
        Json::maybe(card.outcome.final_c),
        card.grade(book.framework()).map_or(Json::Null, Json::text),
        Json::maybe(card.settled.honesty.ratio_bp),
        Json::int(seen.visits),
        Json::int(seen.staffed),
        Json::Bool(book.is_moved(&card.agency)),
    ];
    let rows = &card.outcome.dimensions;
    let dimensions = 0..book.framework().dimensions.len();
    let percents = dimensions.map(|place| {
        let row = rows.iter().find(|row| row.dimension == place);
        Json::maybe(row.map(|row| row.percent_bp()))
    });
    own.into_iter().chain(percents).collect()
}

/// The names of all columns: the dimensions of the framework come last.
fn columns(stand: &Stand) -> Vec<String> {
    let dimensions = stand.book().framework().dimensions.iter();
    let last = dimensions.map(|one| format!("{}_bp", one.code));
    COLUMNS.map(str::to_owned).into_iter().chain(last).collect()
}

fn listed<'s>(stand: &'s Stand) -> impl Iterator<Item = &'s Scorecard> {
    let leagues = stand.book().cards.leagues.iter();
    let all = leagues.flat_map(|league| league.order.iter().chain(&league.not_in_order));
    all.filter_map(|code| stand.book().card(code))
}

fn table(stand: &Stand) -> String {
    let line = |cells: Vec<String>| cells.join(",") + "\r\n";
    let mut out = String::from('\u{feff}');
    out.push_str(&line(columns(stand)));
    for card in listed(stand) {
        let cells = values(stand, card).into_iter().map(|value| match value {
            Json::Null => String::new(),
            Json::Bool(yes) => u8::from(yes).to_string(),
            value => match (value.as_text(), value.as_int()) {
                (Some(text), _) => cell(text),
                (None, number) => number.map_or_else(String::new, |number| number.to_string()),
            },
        });
        out.push_str(&line(cells.collect()));
    }
    out
}

fn lines(stand: &Stand) -> String {
    let names = columns(stand);
    let agencies = listed(stand).map(|card| {
        let pairs = names.iter().cloned().zip(values(stand, card));
        Json::Object(pairs.collect())
    });
    let manifest = &stand.book().manifest;
    Json::object([
        ("format", Json::text("mizan-ranking/1")),
        ("period", Json::text(&manifest.period)),
        ("edition", Json::int(manifest.edition)),
        ("published_at", Json::text(&manifest.published_at)),
        ("root", Json::text(&manifest.root)),
        ("is_demo", Json::Bool(manifest.is_demo)),
        ("agencies", Json::List(agencies.collect())),
    ])
    .canonical()
}

fn folder(stand: &Stand) -> Result<Vec<u8>, crate::web::error::WebError> {
    let store = &stand.hall.state.store;
    let files = store.read(|conn| app::edition::files(conn, &stand.edition))?;
    packed(&folder_name(stand), &files)
}

fn folder_name(stand: &Stand) -> String {
    format!("mizan-{}-{}", stand.period, stand.edition.number)
}

/// Sends a file. The one of a numbered edition never changes, but its folder may still be signed.
fn sent(stand: &Stand, kind: &str, name: &str, body: impl Into<Vec<u8>>) -> Reply {
    let how = stand.is_fixed.then_some(open::FOR_EVER);
    let how = how.filter(|_| !name.ends_with(".zip") || stand.edition.signature.is_some());
    open::data(kind, body, how).with(
        "content-disposition",
        &format!("attachment; filename=\"{name}\""),
    )
}

/// The ranking for a spreadsheet.
pub fn csv(hall: &Hall, input: &Input) -> WebResult {
    let stand = Stand::of(hall, input)?;
    let name = format!("{}.csv", folder_name(&stand));
    Ok(sent(
        &stand,
        "text/csv; charset=utf-8",
        &name,
        table(&stand),
    ))
}

/// The ranking for a program.
pub fn json(hall: &Hall, input: &Input) -> WebResult {
    let stand = Stand::of(hall, input)?;
    let name = format!("{}.json", folder_name(&stand));
    Ok(sent(&stand, "application/json", &name, lines(&stand)))
}

/// The folder of the edition, for whoever checks it.
pub fn archive(hall: &Hall, input: &Input) -> WebResult {
    let stand = Stand::of(hall, input)?;
    let name = format!("{}.zip", folder_name(&stand));
    Ok(sent(&stand, "application/zip", &name, folder(&stand)?))
}

/// One of these files of a numbered edition.
pub fn file(hall: &Hall, input: &Input) -> WebResult {
    match input.part("file") {
        "ranking.csv" => csv(hall, input),
        "ranking.json" => json(hall, input),
        "edition.zip" => archive(hall, input),
        _ => Err(AppError::NotFound.into()),
    }
}
