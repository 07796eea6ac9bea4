//! The manifest: what the signature stands under.

use super::super::json::{self, Json};
use super::super::returns::Returns;
use super::{Files, Head, root, sha256};

/// The name of the manifest in the folder.
pub const NAME: &str = "manifest";
/// The name of its signature.
pub const SIGNATURE: &str = "manifest.minisig";
/// For `sha256sum -c`.
pub const SUMS: &str = "SHA256SUMS";

const FORMAT: &str = "mizan-edition/1";
/// The version of the scoring rule (SCORING.md).
const RULE: i64 = 1;

/// The edition before, by its quarter, number, root and the hash of its manifest.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Previous {
    pub period: String,
    pub edition: i64,
    pub root: String,
    pub manifest: String,
}

/// What a manifest says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Manifest {
    pub province: [String; 3],
    pub is_demo: bool,
    pub period: String,
    pub edition: i64,
    pub rule: i64,
    /// Code and version.
    pub framework: [String; 2],
    pub published_at: String,
    /// Name, hash and size of every file, by name.
    pub files: Vec<(String, String, i64)>,
    pub count: i64,
    pub root: String,
    pub log: (i64, String),
    pub previous: Option<Previous>,
    pub reason: Option<String>,
}

impl Manifest {
    /// The manifest of these files.
    pub(super) fn of(head: &Head, returns: &Returns, files: &Files, lines: &[String]) -> Manifest {
        let listed = files.iter();
        let listed = listed.map(|(name, bytes)| (name.clone(), sha256(bytes), bytes.len() as i64));
        Manifest {
            province: head.province.clone(),
            is_demo: head.is_demo,
            period: returns.period.clone(),
            edition: head.number,
            rule: RULE,
            framework: [
                returns.framework.code.clone(),
                returns.framework.version.clone(),
            ],
            published_at: head.published_at.clone(),
            files: listed.collect(),
            count: lines.len() as i64,
            root: root(lines),
            log: head.log.clone(),
            previous: head.previous.clone(),
            reason: head.reason.clone(),
        }
    }

    /// The text of the file.
    pub fn print(&self) -> String {
        let [code, fa, en] = &self.province;
        let [framework, version] = &self.framework;
        let files = self.files.iter().map(|(name, hash, size)| {
            Json::object([
                ("name", Json::text(name)),
                ("sha256", Json::text(hash)),
                ("bytes", Json::int(*size)),
            ])
        });
        let two = |one: &str, a: &str, other: &str, b: &str| {
            Json::object([(one, Json::text(a)), (other, Json::text(b))])
        };
        let previous = self.previous.as_ref().map_or(Json::Null, |previous| {
            Json::object([
                ("period", Json::text(&previous.period)),
                ("edition", Json::int(previous.edition)),
                ("root", Json::text(&previous.root)),
                ("manifest", Json::text(&previous.manifest)),
            ])
        });
        Json::object([
            ("format", Json::text(FORMAT)),
            (
                "province",
                Json::object([
                    ("code", Json::text(code)),
                    ("fa", Json::text(fa)),
                    ("en", Json::text(en)),
                ]),
            ),
            ("is_demo", Json::Bool(self.is_demo)),
            ("period", Json::text(&self.period)),
            ("edition", Json::int(self.edition)),
            ("rule", Json::int(self.rule)),
            ("framework", two("code", framework, "version", version)),
            ("published_at", Json::text(&self.published_at)),
            ("files", Json::List(files.collect())),
            ("results", sized("count", self.count, &self.root)),
            ("log", sized("size", self.log.0, &self.log.1)),
            ("previous", previous),
            (
                "correction",
                self.reason.as_deref().map_or(Json::Null, Json::text),
            ),
        ])
        .canonical()
    }

    /// Reads a manifest; `None` where it is none of this format, word for word as it would be printed.
    pub fn read(bytes: &[u8]) -> Option<Manifest> {
        let json = json::read(bytes)?;
        let text = |json: &Json, name: &str| Some(json.get(name)?.as_text()?.to_owned());
        let int = |json: &Json, name: &str| i64::try_from(json.get(name)?.as_int()?).ok();
        let (province, framework) = (json.get("province")?, json.get("framework")?);
        let (results, log) = (json.get("results")?, json.get("log")?);
        let files = json.get("files")?.items().iter().map(|file| {
            Some((
                text(file, "name")?,
                text(file, "sha256")?,
                int(file, "bytes")?,
            ))
        });
        let previous = match json.get("previous")? {
            Json::Null => None,
            previous => Some(Previous {
                period: text(previous, "period")?,
                edition: int(previous, "edition")?,
                root: text(previous, "root")?,
                manifest: text(previous, "manifest")?,
            }),
        };
        let manifest = Manifest {
            province: [
                text(province, "code")?,
                text(province, "fa")?,
                text(province, "en")?,
            ],
            is_demo: json.get("is_demo")? == &Json::Bool(true),
            period: text(&json, "period")?,
            edition: int(&json, "edition")?,
            rule: int(&json, "rule")?,
            framework: [text(framework, "code")?, text(framework, "version")?],
            published_at: text(&json, "published_at")?,
            files: files.collect::<Option<_>>()?,
            count: int(results, "count")?,
            root: text(results, "root")?,
            log: (int(log, "size")?, text(log, "root")?),
            previous,
            reason: json.get("correction")?.as_text().map(str::to_owned),
        };
        (manifest.rule == RULE && manifest.print().as_bytes() == bytes).then_some(manifest)
    }

    /// How the edition after this one names it.
    pub fn as_previous(&self) -> Previous {
        Previous {
            period: self.period.clone(),
            edition: self.edition,
            root: self.root.clone(),
            manifest: sha256(self.print().as_bytes()),
        }
    }
}

fn sized(name: &str, size: i64, root: &str) -> Json {
    Json::object([(name, Json::int(size)), ("root", Json::text(root))])
}
