//! What the layout may see: one template, one file of data, two fonts. Nothing of the disk and nothing of the net.

use std::path::PathBuf;
use std::sync::LazyLock;

use rust_embed::RustEmbed;
use typst::diag::{FileError, FileResult};
use typst::foundations::{Bytes, Datetime, Duration};
use typst::syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot};
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst::{Library, LibraryExt, World};

/// The template and its fonts: in development read from disk, in a release part of the binary.
#[derive(RustEmbed)]
#[folder = "templates/pack"]
struct Sources;

const CUTS: [&str; 2] = ["Vazirmatn-Regular.ttf", "Vazirmatn-Bold.ttf"];

/// The two cuts of the font.
pub fn fonts() -> Vec<Font> {
    let cuts = CUTS.into_iter().filter_map(Sources::get);
    cuts.filter_map(|cut| Font::new(Bytes::new(cut.data.into_owned()), 0))
        .collect()
}

static LIBRARY: LazyLock<LazyHash<Library>> =
    LazyLock::new(|| LazyHash::new(<Library as LibraryExt>::default()));
static FONTS: LazyLock<Vec<Font>> = LazyLock::new(fonts);
static BOOK: LazyLock<LazyHash<FontBook>> =
    LazyLock::new(|| LazyHash::new(FontBook::from_fonts(FONTS.iter())));

/// One layout with its data.
pub struct Desk {
    template: Source,
    data: (FileId, Bytes),
}

/// Names are fixed: the layout remembers every one it ever saw.
fn name(of: &str) -> Option<FileId> {
    let path = VirtualPath::new(of).ok()?;
    Some(RootedPath::new(VirtualRoot::Project, path).intern())
}

impl Desk {
    /// A desk with the template and this data; `None` only if its two names could not be read.
    pub fn of(data: Vec<u8>) -> Option<Desk> {
        let template = Sources::get("pack.typ")?;
        let template = String::from_utf8_lossy(&template.data).into_owned();
        Some(Desk {
            template: Source::new(name("pack.typ")?, template),
            data: (name("data.json")?, Bytes::new(data)),
        })
    }
}

impl World for Desk {
    fn library(&self) -> &LazyHash<Library> {
        &LIBRARY
    }

    fn book(&self) -> &LazyHash<FontBook> {
        &BOOK
    }

    fn main(&self) -> FileId {
        self.template.id()
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        if id == self.template.id() {
            return Ok(self.template.clone());
        }
        Err(FileError::NotFound(PathBuf::new()))
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        if id == self.data.0 {
            return Ok(self.data.1.clone());
        }
        Err(FileError::NotFound(PathBuf::new()))
    }

    fn font(&self, index: usize) -> Option<Font> {
        FONTS.get(index).cloned()
    }

    fn today(&self, _: Option<Duration>) -> Option<Datetime> {
        None
    }
}
