//! Our own files as text: which there are, and what stands in them beside words and remarks.

use std::fs;
use std::path::{Path, PathBuf};

/// One file of the repository.
pub struct File {
    /// The path from the root, with `/`.
    pub path: String,
    pub text: String,
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Every text file below a folder ("" is the whole repository), in order.
pub fn files(folder: &str) -> Vec<File> {
    let mut found = Vec::new();
    walk(&root().join(folder), &mut found);
    found.sort();
    let read = |path: PathBuf| {
        let text = String::from_utf8(fs::read(&path).ok()?).ok()?;
        let path = path.strip_prefix(root()).ok()?.to_string_lossy();
        Some(File {
            path: path.replace('\\', "/"),
            text,
        })
    };
    found.into_iter().filter_map(read).collect()
}

/// Rust files below some folders.
pub fn rust(folders: &[&str]) -> Vec<File> {
    let all = folders.iter().flat_map(|folder| files(folder));
    all.filter(|file| file.path.ends_with(".rs")).collect()
}

fn walk(folder: &Path, found: &mut Vec<PathBuf>) {
    // What the program and the tools make is not ours to judge.
    const MADE: [&str; 5] = [".git", "target", "data", "var", "node_modules"];
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        let name = entry.file_name();
        if MADE.iter().any(|made| name == *made) {
            continue;
        }
        if path.is_dir() {
            walk(&path, found);
        } else {
            found.push(path);
        }
    }
}

impl File {
    /// What runs: without remarks, without the words in quotes, and without the tests at its end.
    pub fn code(&self) -> String {
        let bare = bare(&self.text);
        match bare.find("#[cfg(test)]") {
            Some(tests) => bare[..tests].to_owned(),
            None => bare,
        }
    }
}

/// The text with remarks and the words between quotes blanked; line breaks stay.
fn bare(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(sign) = rest.chars().next() {
        let taken = match sign {
            '/' if rest.starts_with("//") => rest.find('\n').unwrap_or(rest.len()),
            '/' if rest.starts_with("/*") => rest.find("*/").map_or(rest.len(), |end| end + 2),
            'r' if rest.starts_with("r\"") || rest.starts_with("r#\"") => raw(rest),
            '"' => quoted(rest),
            '\'' => character(rest),
            _ => 0,
        };
        if taken == 0 {
            out.push(sign);
            rest = &rest[sign.len_utf8()..];
        } else {
            out.extend(rest[..taken].chars().filter(|sign| *sign == '\n'));
            rest = &rest[taken..];
        }
    }
    out
}

fn raw(text: &str) -> usize {
    let (open, close) = if text.starts_with("r#") {
        (3, "\"#")
    } else {
        (2, "\"")
    };
    let end = text[open..].find(close);
    end.map_or(text.len(), |end| open + end + close.len())
}

fn quoted(text: &str) -> usize {
    let mut is_escaped = false;
    for (at, sign) in text.char_indices().skip(1) {
        match sign {
            _ if is_escaped => is_escaped = false,
            '\\' => is_escaped = true,
            '"' => return at + 1,
            _ => {}
        }
    }
    text.len()
}

/// A character in quotes; the mark of a lifetime is none.
fn character(text: &str) -> usize {
    let mut signs = text.char_indices().skip(1);
    match (signs.next(), signs.next()) {
        (Some((_, '\\')), _) => text[3..].find('\'').map_or(0, |end| end + 4),
        (Some(_), Some((at, '\''))) => at + 1,
        _ => 0,
    }
}

/// Name and number of lines of every function, as `cargo fmt` lays it out.
pub fn functions(text: &str) -> Vec<(String, usize)> {
    let lines: Vec<&str> = text.lines().collect();
    let mut found = Vec::new();
    for (start, line) in lines.iter().enumerate() {
        let Some(name) = function(line) else { continue };
        let indent = &line[..line.len() - line.trim_start().len()];
        let (close, bodyless) = (format!("{indent}}}"), format!("{indent};"));
        let is_end = |line: &&str| **line == close || line.starts_with(&bodyless);
        let is_short = line.ends_with('}') || line.ends_with(';');
        let end = lines[start..].iter().position(is_end);
        let size = if is_short { 1 } else { end.unwrap_or(0) + 1 };
        found.push((name.to_owned(), size));
    }
    found
}

/// The name of the function that a line begins.
fn function(line: &str) -> Option<&str> {
    let (before, after) = line.split_once("fn ")?;
    let is_head = before.split_whitespace().all(|word| {
        word.starts_with("pub") || ["const", "async", "unsafe", "crate)"].contains(&word)
    });
    let end = after.find(['(', '<'])?;
    (is_head && !after[..end].contains(' ')).then_some(&after[..end])
}
