//! From what went wrong to a page that says what to do now. Causes go to the log under a reference.

use actix_web::http::StatusCode;

use super::render::{self, ErrorPage, OpenErrorPage, RenderError, Shell};
use super::reply::Reply;
use super::words::Phrase;
use crate::app::AppError;
use crate::store::{StoreError, new_id};

/// Why a request has no page of its own.
#[derive(Debug)]
pub enum WebError {
    App(AppError),
    Render(RenderError),
    /// Bytes that are no request of ours.
    Malformed,
    /// A form without its token, or from elsewhere.
    Stale,
    /// A file, or a form with one, above the limit.
    TooLarge {
        megabytes: u32,
    },
    /// A form without a file above the limit.
    TooLong,
    /// The bytes of a form came too slowly.
    TooSlow,
    /// A body that is no form.
    WrongKind,
    /// Seconds to wait.
    TooMany(i64),
    NoMethod,
}

impl<E: Into<AppError>> From<E> for WebError {
    fn from(error: E) -> WebError {
        WebError::App(error.into())
    }
}

impl From<RenderError> for WebError {
    fn from(error: RenderError) -> WebError {
        WebError::Render(error)
    }
}

/// What a handler returns.
pub type WebResult = Result<Reply, WebError>;

impl WebError {
    fn status(&self) -> StatusCode {
        match self {
            WebError::App(AppError::Invalid(_)) => StatusCode::UNPROCESSABLE_ENTITY,
            WebError::App(AppError::Refused(_) | AppError::Conflict) => StatusCode::CONFLICT,
            WebError::App(AppError::NotFound) => StatusCode::NOT_FOUND,
            WebError::App(AppError::Forbidden) | WebError::Stale => StatusCode::FORBIDDEN,
            WebError::App(AppError::Store(StoreError::Unavailable(_) | StoreError::Lost(_))) => {
                StatusCode::SERVICE_UNAVAILABLE
            }
            WebError::App(AppError::Store(_)) | WebError::Render(_) => {
                StatusCode::INTERNAL_SERVER_ERROR
            }
            WebError::Malformed => StatusCode::BAD_REQUEST,
            WebError::TooLarge { .. } | WebError::TooLong => StatusCode::PAYLOAD_TOO_LARGE,
            WebError::TooSlow => StatusCode::REQUEST_TIMEOUT,
            WebError::WrongKind => StatusCode::UNSUPPORTED_MEDIA_TYPE,
            WebError::TooMany(_) => StatusCode::TOO_MANY_REQUESTS,
            WebError::NoMethod => StatusCode::METHOD_NOT_ALLOWED,
        }
    }

    fn said(&self) -> (&'static str, Phrase) {
        match self {
            WebError::App(AppError::Invalid(problems)) => {
                let first = problems.first();
                let body = first.map_or(Phrase::of("errors-required"), super::pages::said);
                ("errors-title", body)
            }
            WebError::App(AppError::Refused(key)) => ("errors-refused-title", Phrase::of(*key)),
            WebError::App(AppError::Conflict) => {
                ("errors-conflict-title", Phrase::of("errors-conflict"))
            }
            WebError::App(AppError::NotFound) => {
                ("errors-not-found-title", Phrase::of("errors-not-found"))
            }
            WebError::App(AppError::Forbidden) => {
                ("errors-denied-title", Phrase::of("errors-denied"))
            }
            WebError::Stale => ("errors-stale-title", Phrase::of("errors-stale")),
            WebError::TooLarge { megabytes } => (
                "errors-too-large-title",
                Phrase::of("errors-too-large").with("megabytes", i64::from(*megabytes)),
            ),
            WebError::TooLong => ("errors-too-long-title", Phrase::of("errors-too-long")),
            WebError::TooSlow => ("errors-too-slow-title", Phrase::of("errors-too-slow")),
            WebError::TooMany(_) => ("errors-too-many-title", Phrase::of("errors-too-many")),
            WebError::Malformed | WebError::WrongKind | WebError::NoMethod => {
                ("errors-malformed-title", Phrase::of("errors-malformed"))
            }
            WebError::App(AppError::Store(_)) | WebError::Render(_) => {
                ("errors-broken-title", Phrase::of("errors-broken"))
            }
        }
    }

    fn cause(&self) -> Option<String> {
        match self {
            WebError::App(AppError::Store(error)) => Some(error.to_string()),
            WebError::Render(error) => {
                let source = std::error::Error::source(error).map(ToString::to_string);
                Some(format!("{error} {}", source.unwrap_or_default()))
            }
            _ => None,
        }
    }

    /// The page of this error in the reader's language.
    pub fn answer(&self, shell: &Shell) -> Reply {
        let reference = self.cause().map(|cause| {
            let id = new_id();
            let reference = format!("E-{}", id[id.len() - 6..].to_uppercase());
            tracing::error!(%reference, %cause, "a request failed");
            reference
        });
        let (title, body) = self.said();
        let page = ErrorPage {
            title: title.to_owned(),
            body,
            reference,
        };
        let html = match shell.is_open {
            true => render::render(&OpenErrorPage(page), shell),
            false => render::render(&page, shell),
        };
        let html = html.unwrap_or_else(|error| {
            tracing::error!(%error, "the page of an error could not be made");
            String::new()
        });
        let reply = Reply::html(self.status(), html);
        match self {
            WebError::TooMany(seconds) => reply.with("retry-after", &seconds.to_string()),
            _ => reply,
        }
    }
}
