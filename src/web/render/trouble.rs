//! What a page says when something is wrong: with one field, or with the whole request.

use serde::Serialize;

use super::Page;
use crate::web::words::Phrase;

/// What is wrong with one field of a form, and what to do about it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Problem {
    /// The name of the field; the summary links to it.
    pub field: String,
    /// The sentence, the same in the summary and at the field.
    pub text: Phrase,
}

impl Problem {
    /// A problem of a field.
    pub fn of(field: impl Into<String>, text: Phrase) -> Self {
        Self {
            field: field.into(),
            text,
        }
    }
}

/// A request that led nowhere: what happened, what to do, and under which reference the log has it.
#[derive(Clone, Debug, Serialize)]
pub struct ErrorPage {
    /// The key of the heading, such as `errors-not-found-title`.
    pub title: String,
    /// What to do now.
    pub body: Phrase,
    /// What to tell support; only where the log has a cause.
    pub reference: Option<String>,
}

impl Page for ErrorPage {
    const TEMPLATE: &'static str = "error.html";
}

/// The same for somebody on the public side.
#[derive(Clone, Debug, Serialize)]
pub struct OpenErrorPage(pub ErrorPage);

impl Page for OpenErrorPage {
    const TEMPLATE: &'static str = "public/error.html";
}
