//! An answer as plain values, so that it can cross from the blocking thread to the server, and be tested.

use actix_web::http::StatusCode;
use actix_web::http::header::{HeaderName, HeaderValue, SET_COOKIE};
use actix_web::{HttpResponse, HttpResponseBuilder};

/// Status, headers, body.
#[derive(Clone, Debug)]
pub struct Reply {
    pub status: StatusCode,
    headers: Vec<(HeaderName, HeaderValue)>,
    pub body: Vec<u8>,
}

impl Reply {
    /// A reply that nobody keeps.
    pub fn of(status: StatusCode, kind: &str, body: impl Into<Vec<u8>>) -> Reply {
        let reply = Reply {
            status,
            headers: Vec::new(),
            body: body.into(),
        };
        reply
            .with("content-type", kind)
            .with("cache-control", "no-store")
    }

    /// A page.
    pub fn html(status: StatusCode, html: String) -> Reply {
        Reply::of(status, "text/html; charset=utf-8", html)
    }

    /// Leads to another page after a deed; `notice` is the key of what to say there.
    pub fn see_other(to: &str, notice: Option<&str>) -> Reply {
        let reply =
            Reply::of(StatusCode::SEE_OTHER, "text/plain; charset=utf-8", "").with("location", to);
        match notice {
            Some(notice) => reply.with(
                "set-cookie",
                &format!("notice={notice}; Path=/; HttpOnly; SameSite=Lax; Max-Age=30"),
            ),
            None => reply,
        }
    }

    /// Adds a header. One that is no header (a line break in a file's name) is left out.
    pub fn with(mut self, name: &'static str, value: &str) -> Reply {
        if let Ok(value) = HeaderValue::from_str(value) {
            self.headers.push((HeaderName::from_static(name), value));
        }
        self
    }

    /// A header's value.
    pub fn header(&self, name: &str) -> Option<&str> {
        let found = self.headers.iter().find(|(known, _)| known == name);
        found.and_then(|(_, value)| value.to_str().ok())
    }

    /// Puts a header in the place of the one of that name.
    pub fn instead(mut self, name: &'static str, value: &str) -> Reply {
        self.headers.retain(|(known, _)| known != name);
        self.with(name, value)
    }

    /// The same as an answer to somebody who has it already.
    pub fn not_modified(mut self) -> Reply {
        self.status = StatusCode::NOT_MODIFIED;
        self.headers.retain(|(known, _)| known != "content-type");
        self.body = Vec::new();
        self
    }

    /// Keeps every cookie of this reply to https.
    pub fn only_by_https(mut self) -> Reply {
        for (name, value) in &mut self.headers {
            let is_cookie = *name == SET_COOKIE;
            let line = value.to_str().unwrap_or_default();
            if is_cookie && let Ok(kept) = HeaderValue::from_str(&format!("{line}; Secure")) {
                *value = kept;
            }
        }
        self
    }

    /// The answer of the server.
    pub fn send(self) -> HttpResponse {
        let mut response = HttpResponseBuilder::new(self.status);
        for header in self.headers {
            response.append_header(header);
        }
        response.body(self.body)
    }
}
