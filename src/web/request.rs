//! Reading one request: its head, and its body within limits of size, number and time. Nothing is decided here.

use std::collections::HashMap;
use std::net::IpAddr;
use std::time::Duration;

use actix_multipart::{Field, Multipart};
use actix_web::HttpRequest;
use actix_web::http::Method;
use actix_web::http::header::{
    CONTENT_LENGTH, CONTENT_TYPE, HOST, HeaderMap, ORIGIN, TRANSFER_ENCODING,
};
use actix_web::rt::time::timeout;
use actix_web::web::Payload;
use futures_util::{Stream, StreamExt};

use super::error::WebError;
use super::form::{self, Upload};

/// The largest body of a form without a file, and all typed fields of one with a file.
const MOST_FORM_BYTES: usize = 256 * 1024;
/// How many parts a form with a file may have.
const MOST_PARTS: usize = 100;
/// How long a whole form may take, and one with a file over a slow line.
const LONGEST_FORM: Duration = Duration::from_secs(60);
const LONGEST_UPLOAD: Duration = Duration::from_secs(15 * 60);

/// The head of a request.
pub struct Request {
    pub method: Method,
    pub path: String,
    pub query: String,
    pub headers: HeaderMap,
    /// Who asks: the peer, or the one that a trusted proxy names.
    pub address: String,
    /// The one host it was sent to; `None` where there were several.
    host: Option<String>,
}

impl Request {
    /// Reads the head. Headers that name another client or host count only from a trusted proxy.
    pub fn of(request: &HttpRequest, is_behind_proxy: bool) -> Request {
        let headers = request.headers().clone();
        let named = forwarded(&headers).filter(|_| is_behind_proxy);
        let address = named.or(request.peer_addr().map(|peer| peer.ip()));
        Request {
            method: request.method().clone(),
            path: request.path().to_owned(),
            query: request.query_string().to_owned(),
            address: address.map_or(String::new(), |address| address.to_string()),
            host: host(request),
            headers,
        }
    }

    /// Whether it only looks, so that nothing may change.
    pub fn is_look(&self) -> bool {
        self.method == Method::GET || self.method == Method::HEAD
    }

    /// Whether it names at most one host.
    pub fn has_one_host(&self) -> bool {
        self.host.is_some()
    }

    /// A cookie's value.
    pub fn cookie(&self, name: &str) -> Option<String> {
        let lines = self.headers.get_all("cookie");
        let lines = lines.filter_map(|value| value.to_str().ok());
        let mut pairs = lines
            .flat_map(|line| line.split(';'))
            .filter_map(|pair| pair.trim().split_once('='));
        let found = pairs.find(|(key, _)| *key == name);
        found.map(|(_, value)| value.to_owned())
    }

    /// A form from another site is none of ours. Browsers always say where a form comes from.
    pub fn is_own_origin(&self, base: &str) -> bool {
        let Some(origin) = self.headers.get(ORIGIN) else {
            return true;
        };
        let origin = origin.to_str().unwrap_or("null");
        let host = origin.split_once("://").map(|(_, host)| host);
        let is_host =
            host.is_some_and(|host| !host.is_empty() && self.host.as_deref() == Some(host));
        is_host || origin == base.trim_end_matches('/')
    }

    /// Whether bytes follow the head.
    pub fn has_body(&self) -> bool {
        let length = self.headers.get(CONTENT_LENGTH);
        let is_long = length.is_some_and(|length| length != "0");
        is_long || self.headers.contains_key(TRANSFER_ENCODING)
    }

    fn kind(&self) -> &str {
        let kind = self.headers.get(CONTENT_TYPE);
        kind.and_then(|kind| kind.to_str().ok()).unwrap_or("")
    }

    fn is_longer_than(&self, most: usize) -> bool {
        let length = self.headers.get(CONTENT_LENGTH);
        let length = length.and_then(|length| length.to_str().ok()?.parse::<u64>().ok());
        length.is_some_and(|length| length > most as u64)
    }
}

/// The last address of the last line: the one our own proxy wrote, whatever the client sent before it.
fn forwarded(headers: &HeaderMap) -> Option<IpAddr> {
    let line = headers.get_all("x-forwarded-for").last()?.to_str().ok()?;
    line.rsplit(',').next()?.trim().parse().ok()
}

fn host(request: &HttpRequest) -> Option<String> {
    let mut named = request.headers().get_all(HOST);
    let first = named.next().map(|host| host.to_str().unwrap_or_default());
    let authority = request
        .uri()
        .authority()
        .map(|authority| authority.as_str());
    let host = first.or(authority).unwrap_or_default().to_owned();
    named.next().is_none().then_some(host)
}

/// The fields of a form and its file.
pub type Body = (HashMap<String, String>, Option<Upload>);

/// How much of a body is waited for, and for how long.
#[derive(Clone, Copy)]
pub struct Bounds {
    /// How long its next bytes may take.
    pub patience: Duration,
    /// The largest file in it, in megabytes; `None` where a form takes no file.
    pub file_megabytes: Option<u32>,
}

impl Bounds {
    /// The largest body with a file in it: the file and a form around it.
    fn most(self) -> usize {
        let megabytes = self.file_megabytes.unwrap_or(0);
        (usize::try_from(megabytes).unwrap_or(0) + 1) << 20
    }

    fn too_large(self) -> WebError {
        WebError::TooLarge {
            megabytes: self.file_megabytes.unwrap_or(0),
        }
    }
}

/// Reads the body of a form.
pub async fn body(request: &Request, bounds: Bounds, payload: Payload) -> Result<Body, WebError> {
    let kind = request.kind();
    if kind.starts_with("multipart/form-data") && bounds.file_megabytes.is_some() {
        if request.is_longer_than(bounds.most()) {
            return Err(bounds.too_large());
        }
        let parts = Multipart::new(&request.headers, payload);
        return within(LONGEST_UPLOAD, Reading::new(bounds).parts(parts)).await;
    }
    if !kind.is_empty() && !kind.starts_with("application/x-www-form-urlencoded") {
        return Err(WebError::WrongKind);
    }
    if request.is_longer_than(MOST_FORM_BYTES) {
        return Err(WebError::TooLong);
    }
    let bytes = within(LONGEST_FORM, Reading::new(bounds).form(payload)).await?;
    let text = std::str::from_utf8(&bytes).map_err(|_| WebError::Malformed)?;
    Ok((form::read_pairs(text).ok_or(WebError::Malformed)?, None))
}

async fn within<T>(
    longest: Duration,
    reading: impl Future<Output = Result<T, WebError>>,
) -> Result<T, WebError> {
    timeout(longest, reading)
        .await
        .unwrap_or(Err(WebError::TooSlow))
}

/// A body as far as it has come.
struct Reading {
    bounds: Bounds,
    /// Bytes so far, and those of them that were typed.
    total: usize,
    typed: usize,
}

impl Reading {
    fn new(bounds: Bounds) -> Reading {
        Reading {
            bounds,
            total: 0,
            typed: 0,
        }
    }

    async fn next<T, E>(
        &self,
        stream: &mut (impl Stream<Item = Result<T, E>> + Unpin),
    ) -> Result<Option<T>, WebError> {
        match timeout(self.bounds.patience, stream.next()).await {
            Ok(None) => Ok(None),
            Ok(Some(next)) => next.map(Some).map_err(|_| WebError::Malformed),
            Err(_) => Err(WebError::TooSlow),
        }
    }

    async fn form(self, mut payload: Payload) -> Result<Vec<u8>, WebError> {
        let mut bytes = Vec::new();
        while let Some(chunk) = self.next(&mut payload).await? {
            if bytes.len() + chunk.len() > MOST_FORM_BYTES {
                return Err(WebError::TooLong);
            }
            bytes.extend_from_slice(&chunk);
        }
        Ok(bytes)
    }

    async fn parts(mut self, mut parts: Multipart) -> Result<Body, WebError> {
        let (mut fields, mut upload) = (HashMap::new(), None);
        let mut count = 0;
        while let Some(mut part) = self.next(&mut parts).await? {
            count += 1;
            if count > MOST_PARTS {
                return Err(WebError::Malformed);
            }
            let field = part.name().unwrap_or_default().to_owned();
            let sent = part.content_disposition();
            let name = sent.and_then(|sent| sent.get_filename().map(str::to_owned));
            let bytes = self.part(&mut part, name.is_some()).await?;
            match name {
                Some(name) => upload = Some(Upload { field, name, bytes }),
                None => {
                    let text = String::from_utf8(bytes).map_err(|_| WebError::Malformed)?;
                    if text.contains('\0') {
                        return Err(WebError::Malformed);
                    }
                    fields.entry(field).or_insert(text);
                }
            }
        }
        Ok((fields, upload))
    }

    async fn part(&mut self, part: &mut Field, is_file: bool) -> Result<Vec<u8>, WebError> {
        let mut bytes = Vec::new();
        while let Some(chunk) = self.next(part).await? {
            self.total += chunk.len();
            self.typed += if is_file { 0 } else { chunk.len() };
            if self.typed > MOST_FORM_BYTES {
                return Err(WebError::TooLong);
            }
            if self.total > self.bounds.most() {
                return Err(self.bounds.too_large());
            }
            bytes.extend_from_slice(&chunk);
        }
        Ok(bytes)
    }
}
