//! Styles, font and pictures from inside the binary, under addresses that name their content.

use std::collections::HashMap;
use std::sync::LazyLock;

use actix_web::HttpResponse;
use actix_web::http::header;
use actix_web::web::{Bytes, Path};
use rust_embed::RustEmbed;
use sha2::{Digest, Sha256};

/// Everything under `templates/`: in development read from disk, in a release part of the binary.
#[derive(RustEmbed)]
#[folder = "templates"]
pub(super) struct Templates;

const FOLDER: &str = "assets/";
/// The content of an address never changes, so a browser asks for it once a year.
const FOR_EVER: &str = "public, max-age=31536000, immutable";

struct Asset {
    content: Bytes,
    kind: &'static str,
}

#[derive(Default)]
struct Assets {
    /// `mizan.css` → `mizan.0a1b2c3d.css`
    addresses: HashMap<String, String>,
    by_address: HashMap<String, Asset>,
}

static ASSETS: LazyLock<Assets> = LazyLock::new(Assets::read);

impl Assets {
    fn read() -> Self {
        let mut names: Vec<String> = Templates::iter()
            .filter_map(|path| path.strip_prefix(FOLDER).map(str::to_owned))
            .collect();
        // Styles name the font by its address, so they come last.
        names.sort_by_key(|name| (name.ends_with(".css"), name.clone()));
        let mut assets = Self::default();
        for name in names {
            assets.take(name);
        }
        assets
    }

    fn take(&mut self, name: String) {
        let Some(kind) = kind_of(&name) else { return };
        let Some(file) = Templates::get(&format!("{FOLDER}{name}")) else {
            return;
        };
        let content = match std::str::from_utf8(&file.data) {
            Ok(style) if name.ends_with(".css") => Bytes::from(self.with_addresses(style)),
            _ => Bytes::from(file.data.into_owned()),
        };
        let address = address_of(&name, &content);
        self.by_address
            .insert(address.clone(), Asset { content, kind });
        self.addresses.insert(name, address);
    }

    fn with_addresses(&self, style: &str) -> String {
        self.addresses
            .iter()
            .fold(style.to_owned(), |style, (name, address)| {
                style.replace(&format!("url({name})"), &format!("url({address})"))
            })
    }
}

fn address_of(name: &str, content: &[u8]) -> String {
    let hash = hex::encode(&Sha256::digest(content)[..4]);
    match name.rsplit_once('.') {
        Some((stem, ending)) => format!("{stem}.{hash}.{ending}"),
        None => format!("{name}.{hash}"),
    }
}

fn kind_of(name: &str) -> Option<&'static str> {
    Some(match name.rsplit_once('.')?.1 {
        "css" => "text/css; charset=utf-8",
        "js" => "text/javascript; charset=utf-8",
        "png" => "image/png",
        "svg" => "image/svg+xml",
        "txt" => "text/plain; charset=utf-8",
        "webmanifest" => "application/manifest+json",
        "woff2" => "font/woff2",
        _ => return None,
    })
}

/// The address of a file of `templates/assets/`; an unknown name leads to a page not found.
pub fn url(name: &str) -> String {
    let address = ASSETS.addresses.get(name).map_or(name, String::as_str);
    format!("/assets/{address}")
}

/// Sends the file at an address: `GET /assets/{path:.*}`. Nothing but known addresses is looked up.
pub async fn show(path: Path<String>) -> HttpResponse {
    match ASSETS.by_address.get(path.as_str()) {
        Some(asset) => HttpResponse::Ok()
            .insert_header((header::CONTENT_TYPE, asset.kind))
            .insert_header((header::CACHE_CONTROL, FOR_EVER))
            .insert_header((header::X_CONTENT_TYPE_OPTIONS, "nosniff"))
            .body(asset.content.clone()),
        None => HttpResponse::NotFound().finish(),
    }
}
