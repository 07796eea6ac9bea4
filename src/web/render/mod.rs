//! From the struct of a page to its HTML: templates of both languages, built once.

mod filters;
mod trouble;

use std::fmt;
use std::sync::LazyLock;

use serde::Serialize;
use tera::{Context, Tera, Value};

pub use trouble::{ErrorPage, OpenErrorPage, Problem};

use super::assets::Templates;
use super::words::Language;

/// What a page prints, already decided; its template is named once, here.
pub trait Page: Serialize {
    /// The path below `templates/`, such as `visit/show.html`.
    const TEMPLATE: &'static str;
}

/// What surrounds every page.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Shell {
    /// The language of the reader.
    pub language: Language,
    /// The path of this page, for the link to the other language.
    pub path: String,
    /// Whether it is a page of the public side.
    pub is_open: bool,
    /// What was asked of it, without the language; empty where nothing was.
    pub query: String,
    /// Who has signed in.
    pub user: Option<ShellUser>,
    /// The sections open to them; none, no bar.
    pub nav: Vec<NavItem>,
    /// What every form of this page sends back.
    pub csrf: String,
    /// The name of the province.
    pub province: String,
    /// Whether the data are made up.
    pub is_demo: bool,
    /// The key of a sentence about what has just been done.
    pub notice: Option<String>,
    /// For somebody who practises: what comes next.
    pub guide: Option<Guide>,
    /// For auditors, whose phone may hold sheets: the province's clock, in minutes from UTC.
    pub field_offset: Option<i32>,
}

/// The person in the top bar.
#[derive(Clone, Debug, Serialize)]
pub struct ShellUser {
    /// Their name.
    pub name: String,
    /// The key of their role, such as `role-manager`.
    pub role_key: String,
    /// Where they work.
    pub unit: Option<String>,
}

/// The guide of somebody who practises.
#[derive(Clone, Debug, Serialize)]
pub struct Guide {
    pub action: String,
    pub steps: Vec<GuideStep>,
    /// The key of what to do now.
    pub hint: String,
    /// How many answers there are, and how many there will be.
    pub done: i64,
    pub all: i64,
    /// What the guide does for them now, such as `head`; none where it is theirs to do.
    pub deed: Option<String>,
    /// Where it is done.
    pub href: String,
}

/// One step of the guide.
#[derive(Clone, Debug, Serialize)]
pub struct GuideStep {
    pub key: String,
    /// `done`, `now` or nothing.
    pub state: String,
}

/// One section in the bar.
#[derive(Clone, Debug, Serialize)]
pub struct NavItem {
    /// The key of its name.
    pub label_key: String,
    /// Its address.
    pub href: String,
    /// How many things wait there.
    pub count: Option<i64>,
    /// Whether this page belongs to it.
    pub is_current: bool,
}

/// A page that could not be made. The cause is for the log.
#[derive(Debug)]
pub struct RenderError(tera::Error);

impl fmt::Display for RenderError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "a page could not be made: {}", self.0)
    }
}

impl std::error::Error for RenderError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        Some(&self.0)
    }
}

impl From<tera::Error> for RenderError {
    fn from(cause: tera::Error) -> Self {
        Self(cause)
    }
}

type Built = Result<Tera, RenderError>;

static FA: LazyLock<Built> = LazyLock::new(|| build(Language::Fa));
static EN: LazyLock<Built> = LazyLock::new(|| build(Language::En));

fn build(language: Language) -> Built {
    let mut tera = Tera::new();
    filters::register(&mut tera, language);
    let sources: Vec<(String, String)> = Templates::iter()
        .filter(|path| path.ends_with(".html"))
        .filter_map(|path| Some((Templates::get(&path)?, path)))
        .map(|(file, path)| {
            let text = String::from_utf8_lossy(&file.data).into_owned();
            (path.into_owned(), text)
        })
        .collect();
    tera.add_raw_templates(sources)?;
    Ok(tera)
}

fn templates(language: Language) -> Result<&'static Tera, &'static RenderError> {
    match language {
        Language::Fa => FA.as_ref(),
        Language::En => EN.as_ref(),
    }
}

/// Reads all templates now, so that a server with a broken one does not start.
pub fn ready() -> Result<(), &'static RenderError> {
    for language in Language::ALL {
        templates(language)?;
    }
    Ok(())
}

/// The HTML of a page; its template sees `page` and `shell`.
pub fn render<P: Page>(page: &P, shell: &Shell) -> Result<String, RenderError> {
    let tera = templates(shell.language)
        .map_err(|cause| RenderError(tera::Error::message(cause.to_string())))?;
    let mut context = Context::new();
    context.insert_value("page", Value::try_from_serializable(page)?);
    context.insert_value("shell", Value::try_from_serializable(shell)?);
    Ok(tera.render(P::TEMPLATE, &context)?)
}
