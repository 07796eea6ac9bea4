//! Which route answers an address.

use std::collections::HashMap;

use actix_web::http::Method;

use super::routes::{ROUTES, Route};

/// Why nothing answers.
pub enum NoRoute {
    Path,
    /// The path is there; these methods are allowed on it.
    Method(String),
}

/// The route of a path with its parts. A route without names comes before one with.
pub fn find(
    method: &Method,
    path: &str,
) -> Result<(&'static Route, HashMap<String, String>), NoRoute> {
    let mut allowed = Vec::new();
    let mut found: Option<(&'static Route, HashMap<String, String>)> = None;
    for route in ROUTES {
        let Some(parts) = parts(route.path, path) else {
            continue;
        };
        allowed.push(route.method.as_str());
        let is_method =
            route.method == *method || (*method == Method::HEAD && route.method == Method::GET);
        let is_closer = found
            .as_ref()
            .is_none_or(|(_, other)| parts.len() < other.len());
        if is_method && is_closer {
            found = Some((route, parts));
        }
    }
    found.ok_or_else(|| {
        if allowed.is_empty() {
            NoRoute::Path
        } else {
            NoRoute::Method(allowed.join(", "))
        }
    })
}

/// The page a path belongs to: itself, or where it can only be sent to, the nearest page above it, so that a form that
/// came back with its problems can be read in the other language.
pub fn page_of(path: &str) -> &str {
    if !matches!(find(&Method::GET, path), Err(NoRoute::Method(_))) {
        return path;
    }
    let above = path.match_indices('/').map(|(at, _)| &path[..at]).rev();
    let mut pages = above.filter(|path| find(&Method::GET, path).is_ok());
    pages.next().unwrap_or("/")
}

fn parts(pattern: &str, path: &str) -> Option<HashMap<String, String>> {
    let mut parts = HashMap::new();
    let mut given = path.split('/');
    for wanted in pattern.split('/') {
        let given = given.next()?;
        match wanted
            .strip_prefix('{')
            .and_then(|name| name.strip_suffix('}'))
        {
            Some(name) => {
                let value = super::form::decode(&given.replace('+', "%2B"))?;
                if value.is_empty() || value.len() > 200 {
                    return None;
                }
                parts.insert(name.to_owned(), value);
            }
            None if wanted == given => {}
            None => return None,
        }
    }
    given.next().is_none().then_some(parts)
}
