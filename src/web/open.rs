//! The public side: addresses that anybody may open and keep. No cookie is read or set; the language is part of the
//! address, so that one address always gives one page.

use actix_web::http::StatusCode;
use sha2::{Digest, Sha256};

use super::reply::Reply;
use super::words::Language;

/// Where the public side begins.
pub const ROOT: &str = "/public";
/// The same in English.
const ENGLISH: &str = "/public/en";
/// A page is asked for again after five minutes: a correction is seen by then.
const FOR_A_WHILE: &str = "public, max-age=300";
/// A numbered edition never changes.
pub const FOR_EVER: &str = "public, max-age=31536000, immutable";

fn is_below(path: &str, root: &str) -> bool {
    let rest = path.strip_prefix(root);
    rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

/// The language of a public address, and the same address without it; `None` for all others.
pub fn address(path: &str) -> Option<(Language, String)> {
    if is_below(path, ENGLISH) {
        let rest = &path[ENGLISH.len()..];
        return Some((Language::En, format!("{ROOT}{rest}")));
    }
    is_below(path, ROOT).then(|| (Language::Fa, path.to_owned()))
}

/// The address that the table of routes knows.
pub fn path(path: &str) -> String {
    address(path).map_or_else(|| path.to_owned(), |(_, path)| path)
}

/// The public address of a path in a language.
pub fn link(language: Language, rest: &str) -> String {
    match language {
        Language::Fa => format!("{ROOT}{rest}"),
        Language::En => format!("{ENGLISH}{rest}"),
    }
}

/// Lets a reply be kept by whoever reads it, and names its content.
pub fn kept(reply: Reply, how: &str) -> Reply {
    let mark = hex::encode(&Sha256::digest(&reply.body)[..16]);
    reply
        .instead("cache-control", how)
        .with("etag", &format!("\"{mark}\""))
}

/// A page that may be kept for a while.
pub fn page(body: &str) -> Reply {
    kept(Reply::html(StatusCode::OK, body.to_owned()), FOR_A_WHILE)
}

/// A file of data, which other sites may read too.
pub fn data(kind: &str, body: impl Into<Vec<u8>>, how: Option<&str>) -> Reply {
    kept(
        Reply::of(StatusCode::OK, kind, body),
        how.unwrap_or(FOR_A_WHILE),
    )
    .with("access-control-allow-origin", "*")
    .with("cross-origin-resource-policy", "cross-origin")
}

/// Nothing is sent twice to whoever has it already.
pub fn unless_known(reply: Reply, known: Option<&str>) -> Reply {
    let has = reply.header("etag").is_some_and(|mark| {
        let mut marks = known.unwrap_or_default().split(',').map(str::trim);
        marks.any(|one| one == "*" || one.trim_start_matches("W/") == mark)
    });
    if has { reply.not_modified() } else { reply }
}
