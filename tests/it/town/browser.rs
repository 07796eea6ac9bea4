//! Somebody with a browser: keeps cookies, fills forms, and tells what the page says.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

use actix_web::http::Method;
use actix_web::http::header::{COOKIE, SET_COOKIE};
use actix_web::test::{TestRequest, call_service, init_service, read_body};
use actix_web::{App, rt};
use mizan::web::words::{self, Language};

use super::html::{self, Form};
use super::{PASSWORD, Town};

/// What is sent.
#[derive(Clone, Debug, Default)]
pub struct Sending {
    pub method: Method,
    pub path: String,
    pub headers: Vec<(String, String)>,
    pub body: Vec<u8>,
}

/// A page as it came.
#[derive(Clone, Debug)]
pub struct Page {
    pub path: String,
    pub status: u16,
    pub headers: Vec<(String, String)>,
    pub bytes: Vec<u8>,
}

impl Page {
    /// The body as text.
    pub fn html(&self) -> String {
        String::from_utf8_lossy(&self.bytes).into_owned()
    }

    /// What a reader sees.
    pub fn text(&self) -> String {
        html::seen(&self.html())
    }

    /// The first header of that name; empty where there is none.
    pub fn header(&self, name: &str) -> &str {
        let found = self.headers.iter().find(|(known, _)| known == name);
        found.map_or("", |(_, value)| value)
    }

    fn excerpt(&self) -> String {
        let text = self.text();
        let main = text.chars().take(1_500).collect::<String>();
        format!("{} {}\n{main}", self.path, self.status)
    }

    /// The status it has to have.
    #[track_caller]
    pub fn is(&self, status: u16) -> &Page {
        assert_eq!(self.status, status, "{}", self.excerpt());
        self
    }

    /// What it has to say.
    #[track_caller]
    pub fn says(&self, text: &str) -> &Page {
        assert!(
            self.text().contains(text),
            "no «{text}» on {}",
            self.excerpt()
        );
        self
    }

    /// What it has to say, by the key of a sentence without arguments.
    #[track_caller]
    pub fn says_word(&self, key: &str) -> &Page {
        self.says(&html::seen(&words::text(Language::Fa, key)))
    }

    /// What it may not say, not even where nobody sees it.
    #[track_caller]
    pub fn lacks(&self, text: &str) -> &Page {
        assert!(
            !self.html().contains(text),
            "«{text}» is on {}",
            self.excerpt()
        );
        self
    }

    /// Where it has to lead after a deed.
    #[track_caller]
    pub fn leads_to(&self, path: &str) -> &Page {
        assert_eq!(
            (self.status, self.header("location")),
            (303, path),
            "{}",
            self.excerpt()
        );
        self
    }

    /// The forms of the page.
    pub fn forms(&self) -> Vec<Form> {
        html::forms(&self.html())
    }

    /// The form that leads there.
    #[track_caller]
    pub fn form(&self, action: &str) -> Form {
        let mut forms = self.forms().into_iter();
        forms
            .find(|form| form.action == action && form.method == "post")
            .unwrap_or_else(|| panic!("no form to {action} on {}", self.excerpt()))
    }

    /// Every address the page leads to.
    pub fn links(&self) -> Vec<String> {
        let html = self.html();
        let links = html::tags(&html).into_iter().filter(|tag| tag.name == "a");
        links.filter_map(|tag| tag.get("href")).collect()
    }
}

/// Somebody at the door: cookies, and the page they look at.
pub struct Visitor<'t> {
    pub town: &'t Town,
    cookies: Mutex<BTreeMap<String, String>>,
    csrf: Mutex<Option<String>>,
}

/// A visitor who has signed in.
pub type Browser<'t> = Visitor<'t>;

fn unlock<T>(of: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    of.lock().unwrap_or_else(PoisonError::into_inner)
}

impl<'t> Visitor<'t> {
    /// Somebody without cookies.
    pub fn of(town: &'t Town) -> Visitor<'t> {
        Visitor {
            town,
            cookies: Mutex::default(),
            csrf: Mutex::default(),
        }
    }

    /// A cookie; empty where there is none.
    pub fn cookie(&self, name: &str) -> String {
        unlock(&self.cookies).get(name).cloned().unwrap_or_default()
    }

    /// Sets a cookie.
    pub fn set_cookie(&self, name: &str, value: &str) {
        unlock(&self.cookies).insert(name.to_owned(), value.to_owned());
    }

    /// The token a form of this person sends back, seen on the last page that had one.
    pub fn csrf(&self) -> String {
        if unlock(&self.csrf).is_none() {
            let page = self.get("/");
            if page.status == 303 {
                self.follow(&page);
            }
            if unlock(&self.csrf).is_none() {
                self.get("/sign-in");
            }
        }
        unlock(&self.csrf).clone().unwrap_or_default()
    }

    /// Opens a page.
    pub fn get(&self, path: &str) -> Page {
        self.send(Sending {
            path: path.to_owned(),
            ..Sending::default()
        })
    }

    /// Opens a page that has to be there.
    #[track_caller]
    pub fn open(&self, path: &str) -> Page {
        let page = self.get(path);
        page.is(200);
        page
    }

    /// Goes where a deed leads.
    #[track_caller]
    pub fn follow(&self, page: &Page) -> Page {
        page.is(303);
        self.get(page.header("location"))
    }

    /// Sends a form; the token of the last page is put in where none is given.
    pub fn post(&self, path: &str, fields: &[(&str, &str)]) -> Page {
        let csrf = self.csrf();
        let mut all = fields.to_vec();
        if !all.iter().any(|(name, _)| *name == "csrf") {
            all.push(("csrf", &csrf));
        }
        self.post_raw(path, &[], &encode(&all))
    }

    /// Sends just these bytes as a form.
    pub fn post_raw(&self, path: &str, headers: &[(&str, &str)], body: &str) -> Page {
        let mut sending = Sending {
            method: Method::POST,
            path: path.to_owned(),
            body: body.as_bytes().to_vec(),
            ..Sending::default()
        };
        let kind = ("content-type", "application/x-www-form-urlencoded");
        let has_kind = headers.iter().any(|(name, _)| *name == "content-type");
        let all = headers.iter().chain(Some(&kind).filter(|_| !has_kind));
        sending.headers = all
            .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
            .collect();
        self.send(sending)
    }

    /// Fills in the form of a page as a person would, and sends it. Fields it has not are a fault of the test.
    #[track_caller]
    pub fn submit(&self, page: &Page, action: &str, fields: &[(&str, &str)]) -> Page {
        let form = page.form(action);
        self.send_form(&form, fields)
    }

    /// Fills in this form and sends it.
    #[track_caller]
    pub fn send_form(&self, form: &Form, fields: &[(&str, &str)]) -> Page {
        let mut sent = form.fields.clone();
        for (name, value) in fields {
            let mut own = form
                .controls
                .iter()
                .filter(|(known, _)| known == name)
                .peekable();
            let may = |typed: &Option<String>| typed.as_deref().is_none_or(|one| one == *value);
            assert!(
                own.peek().is_some(),
                "no field {name} in the form to {}",
                form.action
            );
            assert!(
                own.any(|(_, choice)| may(choice)),
                "{name} cannot be {value}"
            );
            sent.retain(|(known, _)| known != name);
            sent.push(((*name).to_owned(), (*value).to_owned()));
        }
        let pairs: Vec<(&str, &str)> = sent
            .iter()
            .map(|(name, value)| (name.as_str(), value.as_str()))
            .collect();
        self.post_raw(&form.action, &[], &encode(&pairs))
    }

    /// Sends fields and one file in parts.
    pub fn upload(&self, path: &str, fields: &[(&str, &str)], file: (&str, &str, &[u8])) -> Page {
        let csrf = self.csrf();
        let mut body = Vec::new();
        for (name, value) in fields.iter().copied().chain([("csrf", csrf.as_str())]) {
            let part = format!(
                "--town\r\ncontent-disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n"
            );
            body.extend_from_slice(part.as_bytes());
        }
        let (field, name, bytes) = file;
        let head = format!(
            "--town\r\ncontent-disposition: form-data; name=\"{field}\"; filename=\"{name}\"\r\n\
             content-type: application/octet-stream\r\n\r\n"
        );
        body.extend_from_slice(head.as_bytes());
        body.extend_from_slice(bytes);
        body.extend_from_slice(b"\r\n--town--\r\n");
        self.send(Sending {
            method: Method::POST,
            path: path.to_owned(),
            headers: vec![(
                "content-type".to_owned(),
                "multipart/form-data; boundary=town".to_owned(),
            )],
            body,
        })
    }

    /// Signs in by the form.
    pub fn sign_in(&self, login: &str, password: &str) -> Page {
        let page = self.get("/sign-in");
        let fields = [("username", login), ("password", password)];
        let signed = self.submit(&page, "/sign-in", &fields);
        *unlock(&self.csrf) = None;
        signed
    }

    /// Sends a request and keeps its cookies and its token.
    pub fn send(&self, mut sending: Sending) -> Page {
        let all: Vec<String> = unlock(&self.cookies)
            .iter()
            .map(|(name, value)| format!("{name}={value}"))
            .collect();
        if !all.is_empty() {
            sending.headers.push((COOKIE.to_string(), all.join("; ")));
        }
        let page = ask(self.town, sending);
        let set = page
            .headers
            .iter()
            .filter(|(name, _)| *name == SET_COOKIE.as_str());
        for (_, line) in set {
            self.keep(line);
        }
        let forms = page.forms();
        let mut fields = forms.iter().flat_map(|form| &form.fields);
        if let Some((_, token)) = fields.find(|(name, _)| name == "csrf") {
            *unlock(&self.csrf) = Some(token.clone());
        }
        page
    }

    fn keep(&self, line: &str) {
        let (pair, rest) = line.split_once(';').unwrap_or((line, ""));
        let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
        if rest.contains("Max-Age=0") {
            unlock(&self.cookies).remove(name);
        } else {
            self.set_cookie(name, value);
        }
    }
}

impl Town {
    /// Somebody signed in by that name.
    #[track_caller]
    pub fn browser(&self, login: &str) -> Browser<'_> {
        let browser = self.visitor();
        browser.sign_in(login, PASSWORD).leads_to("/");
        browser
    }
}

/// A form's fields as a browser sends them.
pub fn encode(fields: &[(&str, &str)]) -> String {
    let plain = |text: &str| {
        let bytes = text.bytes().map(|byte| match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' => {
                char::from(byte).to_string()
            }
            byte => format!("%{byte:02X}"),
        });
        bytes.collect::<String>()
    };
    let pairs = fields
        .iter()
        .map(|(name, value)| format!("{}={}", plain(name), plain(value)));
    pairs.collect::<Vec<_>>().join("&")
}

thread_local! {
    static RUNTIME: rt::Runtime = rt::Runtime::new().expect("a runtime for this test");
}

/// The whole program answers one request.
fn ask(town: &Town, sending: Sending) -> Page {
    let path = sending.path.clone();
    let mut request = TestRequest::with_uri(&sending.path)
        .method(sending.method)
        .peer_addr(([127, 0, 0, 9], 4000).into())
        .set_payload(sending.body);
    for (name, value) in sending.headers {
        request = request.append_header((name, value));
    }
    RUNTIME.with(|runtime| {
        runtime.block_on(async {
            let is_https = town.state.config.is_https();
            let app = App::new()
                .app_data(town.state.clone())
                .wrap(mizan::web::headers(is_https))
                .configure(mizan::web::configure);
            let app = init_service(app).await;
            let answer = call_service(&app, request.to_request()).await;
            let headers = answer.headers().iter().map(|(name, value)| {
                let value = String::from_utf8_lossy(value.as_bytes()).into_owned();
                (name.to_string(), value)
            });
            Page {
                path,
                status: answer.status().as_u16(),
                headers: headers.collect(),
                bytes: read_body(answer).await.to_vec(),
            }
        })
    })
}
