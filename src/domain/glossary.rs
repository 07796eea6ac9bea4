//! The glossary: Persian ⇄ English ⇄ the noun in the code, and the page made from it.

use std::fmt;

use serde::Deserialize;

/// One word of the trade.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Term {
    /// The word on Persian pages.
    pub fa: String,
    /// The word on English pages.
    pub en: String,
    /// A remark in Persian: another form, a rule.
    pub note_fa: String,
    /// The noun in the code, where there is one.
    #[serde(default)]
    pub code: Option<String>,
}

/// A glossary that cannot be read.
#[derive(Debug)]
pub struct GlossaryFault(serde_json::Error);

impl fmt::Display for GlossaryFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the glossary cannot be read: {}", self.0)
    }
}

impl std::error::Error for GlossaryFault {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        Some(&self.0)
    }
}

const HEAD: &str = "\
# Glossary

Persian ⇄ English ⇄ the noun in the code. These words decide what pages, letters and code say.
Made from `seeds/glossary.json`; change that file, then run
`MIZAN_WRITE_DOCS=1 cargo test --test it glossary`.
";

/// Reads the words of the trade.
pub fn read_terms(json: &str) -> Result<Vec<Term>, GlossaryFault> {
    serde_json::from_str(json).map_err(GlossaryFault)
}

/// The page `docs/GLOSSARY.md`: first the words with a noun in the code, then the others.
pub fn glossary_page(json: &str) -> Result<String, GlossaryFault> {
    let mut terms = read_terms(json)?;
    terms.sort_by(|a, b| a.code.cmp(&b.code));
    let (plain, coded): (Vec<Term>, Vec<Term>) =
        terms.into_iter().partition(|term| term.code.is_none());
    let mut page = HEAD.to_owned();
    page.push_str("\n## Nouns of the code\n\n| code | فارسی | English | یادداشت |\n");
    page.push_str("|---|---|---|---|\n");
    for term in &coded {
        let code = term.code.as_deref().unwrap_or_default();
        row(
            &mut page,
            &[&format!("`{code}`"), &term.fa, &term.en, &term.note_fa],
        );
    }
    page.push_str("\n## Other words\n\n| فارسی | English | یادداشت |\n|---|---|---|\n");
    for term in &plain {
        row(&mut page, &[&term.fa, &term.en, &term.note_fa]);
    }
    Ok(page)
}

fn row(page: &mut String, cells: &[&str]) {
    page.push('|');
    for cell in cells {
        let safe = cell.replace('|', "\\|");
        let gap = if safe.is_empty() { "" } else { " " };
        page.extend([" ", &safe, gap, "|"]);
    }
    page.push('\n');
}
