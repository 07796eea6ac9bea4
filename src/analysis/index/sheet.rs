//! A file of rows and columns as it was written, CSV or JSON: nothing is understood here but where a cell ends.

use serde::Deserialize;
use serde::de::{Error, MapAccess, Visitor};
use serde_json::Value;

use super::Fault;

/// Names of columns, and each row with its place in the file.
pub struct Sheet {
    pub names: Vec<String>,
    pub rows: Vec<(String, Vec<String>)>,
}

impl Sheet {
    /// Reads a file; the column named by `id` has a name even where no object of JSON has it.
    pub fn read(text: &str, id: &str) -> Result<Sheet, Vec<Fault>> {
        let text = text.trim_start_matches('\u{feff}');
        let sheet = if text.trim_start().starts_with(['[', '{']) {
            json(text, id)?
        } else {
            csv(text)?
        };
        if sheet.rows.is_empty() {
            let says = "there is nothing: a row of names and a row for each unit are needed";
            return Err(vec![Fault::at("", says)]);
        }
        Ok(sheet)
    }

    /// The place of a column that is there once.
    pub fn place(&self, name: &str) -> Result<usize, Vec<Fault>> {
        let mut places = self.names.iter().enumerate();
        let mut places = places.by_ref().filter(|(_, known)| *known == name);
        let fault = |says: &str| vec![Fault::at(format!("column {name:?}"), says)];
        match (places.next(), places.next()) {
            (None, _) => Err(fault("there is no such column")),
            (Some(_), Some(_)) => Err(fault("there are two of this name")),
            (Some((place, _)), None) => Ok(place),
        }
    }
}

/// What stands between cells: a semicolon or a tab where the first row has more of them than commas, quoted ones
/// aside.
fn comma(text: &str) -> char {
    let mut is_quoted = false;
    let mut counts = [(',', 0), (';', 0), ('\t', 0)];
    for sign in text.trim_start().chars() {
        match sign {
            '"' => is_quoted = !is_quoted,
            '\n' if !is_quoted => break,
            _ if is_quoted => {}
            _ => {
                let own = counts.iter_mut().filter(|(known, _)| *known == sign);
                own.for_each(|(_, count)| *count += 1);
            }
        }
    }
    let most = counts
        .iter()
        .max_by_key(|(sign, count)| (*count, *sign == ','));
    most.map_or(',', |(sign, _)| *sign)
}

/// Comma-separated values with quotes as in RFC 4180.
fn csv(text: &str) -> Result<Sheet, Vec<Fault>> {
    let comma = comma(text);
    let mut rows: Vec<(usize, Vec<String>)> = Vec::new();
    let (mut row, mut cell) = (Vec::new(), String::new());
    // The line we are on, and those where the row and the quotation began.
    let (mut line, mut began, mut opened) = (1, 1, None);
    let mut signs = text.chars().peekable();
    while let Some(sign) = signs.next() {
        line += usize::from(sign == '\n');
        match sign {
            '"' if opened.is_some() && signs.peek() == Some(&'"') => {
                signs.next();
                cell.push('"');
            }
            '"' if opened.is_some() => opened = None,
            '"' if cell.is_empty() => opened = Some(line),
            '\r' if opened.is_none() && signs.peek() == Some(&'\n') => {}
            '\n' if opened.is_none() => {
                row.push(std::mem::take(&mut cell));
                rows.push((began, std::mem::take(&mut row)));
                began = line;
            }
            sign if sign == comma && opened.is_none() => row.push(std::mem::take(&mut cell)),
            sign => cell.push(sign),
        }
    }
    if let Some(line) = opened {
        let says = "a quotation mark is opened here and never closed";
        return Err(vec![Fault::at(format!("line {line}"), says)]);
    }
    if !cell.is_empty() || !row.is_empty() {
        row.push(cell);
        rows.push((began, row));
    }
    rows.retain(|(_, row)| row.iter().any(|cell| !cell.trim().is_empty()));
    even(rows)
}

/// Every row has as many cells as the first.
fn even(rows: Vec<(usize, Vec<String>)>) -> Result<Sheet, Vec<Fault>> {
    let mut rows = rows.into_iter();
    let (_, names) = rows.next().unwrap_or_default();
    let rows: Vec<(String, Vec<String>)> = rows
        .map(|(line, row)| (format!("line {line}"), row))
        .collect();
    let odd = rows.iter().filter(|(_, row)| row.len() != names.len());
    let faults: Vec<Fault> = odd
        .map(|(at, row)| {
            let (own, wide) = (row.len(), names.len());
            Fault::at(at, format!("{own} cells where the first row has {wide}"))
        })
        .collect();
    if faults.is_empty() {
        Ok(Sheet { names, rows })
    } else {
        Err(faults)
    }
}

/// The members of an object of JSON, each once.
struct Members(Vec<(String, Value)>);

impl<'de> Deserialize<'de> for Members {
    fn deserialize<D: serde::Deserializer<'de>>(from: D) -> Result<Members, D::Error> {
        struct Reader;
        impl<'de> Visitor<'de> for Reader {
            type Value = Members;

            fn expecting(&self, out: &mut std::fmt::Formatter) -> std::fmt::Result {
                out.write_str("an object, one a unit")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Members, A::Error> {
                let mut members: Vec<(String, Value)> = Vec::new();
                while let Some((name, value)) = map.next_entry::<String, Value>()? {
                    if members.iter().any(|(known, _)| *known == name) {
                        return Err(A::Error::custom(format!("{name:?} is there twice")));
                    }
                    members.push((name, value));
                }
                Ok(Members(members))
            }
        }
        from.deserialize_map(Reader)
    }
}

/// A list of objects, one a unit; null and a missing member are missing values.
fn json(text: &str, id: &str) -> Result<Sheet, Vec<Fault>> {
    let objects: Vec<Members> = serde_json::from_str(text).map_err(|why| {
        let at = format!("line {}, column {}", why.line(), why.column());
        vec![Fault::at(at, why.to_string())]
    })?;
    let mut names = vec![id.to_owned()];
    let mut known: std::collections::HashMap<String, usize> = [(id.to_owned(), 0)].into();
    let mut rows = Vec::new();
    for (place, Members(members)) in objects.into_iter().enumerate() {
        let mut row = vec![String::new(); names.len()];
        for (name, value) in members {
            let at = *known.entry(name).or_insert_with_key(|name| {
                names.push(name.clone());
                row.push(String::new());
                names.len() - 1
            });
            row[at] = match value {
                Value::Null => String::new(),
                Value::String(text) => text,
                value => value.to_string(),
            };
        }
        rows.push((format!("object {}", place + 1), row));
    }
    for (_, row) in &mut rows {
        row.resize(names.len(), String::new());
    }
    Ok(Sheet { names, rows })
}
