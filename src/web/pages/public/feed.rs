//! What was published, for those who follow it with a reader of feeds.

use crate::app::public;
use crate::web::desk::Hall;
use crate::web::error::WebResult;
use crate::web::form::Input;
use crate::web::open;
use crate::web::pages::period::quarter_title;
use crate::web::words::Phrase;

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
}

/// Sends the feed: one entry for every edition that was opened, the newest first.
pub fn show(hall: &Hall, _: &Input) -> WebResult {
    let shelf = hall.state.store.read(public::shelf)?;
    let language = hall.language;
    let base = hall.state.config.base.trim_end_matches('/');
    let said = |key: &'static str| escaped(&Phrase::of(key).say(language));
    let home = format!("{base}{}", open::link(language, ""));
    let mut entries = String::new();
    let mut newest = String::new();
    let mut all: Vec<_> = shelf.editions.iter().collect();
    all.sort_by_key(|(_, edition)| std::cmp::Reverse(edition.released_at));
    for (period, edition) in all {
        let at = edition.released_at.unwrap_or(edition.proposed_at);
        let at = at.format("%Y-%m-%dT%H:%M:%SZ").to_string();
        let path = format!("/{period}/editions/{}", edition.number);
        let address = escaped(&format!("{base}{}", open::link(language, &path)));
        let title = Phrase::of("public-feed-entry")
            .with("quarter", quarter_title(language, period))
            .with("number", edition.number)
            .say(language);
        entries.push_str(&format!(
            "<entry><title>{}</title><id>{address}</id><link href=\"{address}\"/>\
             <updated>{at}</updated><summary>{}</summary></entry>\n",
            escaped(&title),
            escaped(&edition.reason),
        ));
        if newest.is_empty() {
            newest = at;
        }
    }
    let feed = format!(
        "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n\
         <feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"{}\"><title>{}</title><id>{home}</id>\
         <link href=\"{home}\"/><link rel=\"self\" href=\"{home}/feed.atom\"/>\
         <author><name>{}</name></author><updated>{newest}</updated>\n{entries}</feed>\n",
        language.code(),
        said("public-feed-title"),
        said("shell-brand"),
    );
    Ok(open::data(
        "application/atom+xml; charset=utf-8",
        feed,
        None,
    ))
}
