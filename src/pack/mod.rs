//! Paper: what was said is laid out by a template and written as a PDF that a screen reader can read. Nothing of ours
//! is known here but the template and its two fonts; people's words come in as data and are never read as source.

mod world;

use std::sync::LazyLock;

use typst::foundations::Smart;
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards};

use world::Desk;

/// Why a paper could not be made, for the log.
#[derive(Debug)]
pub struct PackError(String);

impl std::fmt::Display for PackError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "a paper could not be made: {}", self.0)
    }
}

impl std::error::Error for PackError {}

/// Lays out the meeting pack; `data` is one JSON object with everything it says, in the reader's language;
/// `tell` hears the key of each step.
pub fn make(data: Vec<u8>, tell: &dyn Fn(&'static str)) -> Result<Vec<u8>, PackError> {
    tell("pack-step-layout");
    let desk = Desk::of(data).ok_or_else(|| PackError("its files have no names".to_owned()))?;
    let said = |faults: typst::ecow::EcoVec<typst::diag::SourceDiagnostic>| {
        let faults = faults.iter().map(|fault| fault.message.to_string());
        PackError(faults.collect::<Vec<_>>().join("; "))
    };
    let document = typst::compile(&desk).output.map_err(said)?;
    tell("pack-step-writing");
    let standard = PdfStandards::new(&[PdfStandard::Ua_1]);
    let options = PdfOptions {
        creator: Smart::Custom(Some("Mizan".into())),
        standards: standard.map_err(|fault| PackError(fault.message().to_string()))?,
        ..PdfOptions::default()
    };
    let written = typst_pdf::pdf(&document, &options).map_err(said);
    // What was remembered for the next layout is not needed: packs are rare, memory is not.
    typst::comemo::evict(0);
    written
}

/// The words of people as far as the fonts can write them: what they cannot would be lost without a trace, and marks
/// that turn the reading direction could make a line say something else.
pub fn writable(text: &str) -> String {
    static KNOWN: LazyLock<Vec<typst::text::Font>> = LazyLock::new(world::fonts);
    let is_known = |sign: char| {
        KNOWN
            .iter()
            .all(|font| font.info().coverage.contains(u32::from(sign)))
    };
    let is_turning = |sign: char| matches!(sign, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{200e}' | '\u{200f}' | '\u{61c}');
    let kept = text.chars().filter_map(|sign| match sign {
        '\n' => Some('\n'),
        '\u{200c}' => Some(sign),
        _ if is_turning(sign) => None,
        _ if sign.is_whitespace() => Some(' '),
        _ if is_known(sign) => Some(sign),
        '\u{fe00}'..='\u{fe0f}' | '\u{200d}' | '\u{1f3fb}'..='\u{1f3ff}' => None,
        _ if sign.is_control() => None,
        _ => Some('¤'),
    });
    kept.collect()
}
