//! Reads pages as a browser does, as far as the tests need it: what is seen, and what a form would send.

/// One tag of a page: its name, its attributes, and where it stands.
pub struct Tag<'a> {
    pub name: &'a str,
    pub text: &'a str,
    pub end: usize,
}

impl Tag<'_> {
    /// An attribute's value; an empty one for an attribute without.
    pub fn get(&self, wanted: &str) -> Option<String> {
        let mut rest = self.text;
        loop {
            rest = rest.trim_start_matches(|sign: char| sign.is_whitespace() || sign == '/');
            let end = rest.find(|sign: char| sign == '=' || sign.is_whitespace());
            let (name, after) = rest.split_at(end.unwrap_or(rest.len()));
            if name.is_empty() {
                return None;
            }
            let (value, next) = match after.strip_prefix("=\"") {
                Some(value) => value.split_once('"').unwrap_or((value, "")),
                None => ("", after.strip_prefix('=').unwrap_or(after)),
            };
            if name == wanted {
                return Some(unescape(value));
            }
            rest = next;
        }
    }
}

/// Every opening and closing tag in order.
pub fn tags(html: &str) -> Vec<Tag<'_>> {
    let mut tags = Vec::new();
    let mut place = 0;
    while let Some(found) = html[place..].find('<') {
        let start = place + found + 1;
        let Some(length) = end_of_tag(&html[start..]) else {
            break;
        };
        let inside = &html[start..start + length];
        place = start + length + 1;
        let cut = inside.find(|sign: char| sign.is_whitespace());
        let (name, text) = inside.split_at(cut.unwrap_or(inside.len()));
        tags.push(Tag {
            name: name.trim_end_matches('/'),
            text,
            end: place,
        });
    }
    tags
}

/// Where a tag ends: at a `>` that is in no quotes.
fn end_of_tag(html: &str) -> Option<usize> {
    let mut is_quoted = false;
    html.char_indices().find_map(|(place, sign)| {
        is_quoted ^= sign == '"';
        (sign == '>' && !is_quoted).then_some(place)
    })
}

/// Escaped signs as themselves.
pub fn unescape(text: &str) -> String {
    text.replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"")
        .replace("&#x27;", "'")
        .replace("&#39;", "'")
        .replace("&#x2F;", "/")
        .replace("&nbsp;", "\u{a0}")
        .replace("&amp;", "&")
}

/// What a reader sees: no tags, no marks of direction, one space between words.
pub fn seen(html: &str) -> String {
    let mut text = String::new();
    let mut place = 0;
    for tag in tags(html) {
        let start = tag.end - 1 - tag.text.len() - tag.name.len();
        let before = html[place..start.max(place)].trim_end_matches('<');
        text.push_str(before.trim_end_matches('/'));
        if !matches!(tag.name.trim_start_matches('/'), "bdi" | "b" | "span" | "a") {
            text.push(' ');
        }
        place = tag.end;
    }
    text.push_str(&html[place..]);
    let plain = unescape(&text).replace(['\u{2068}', '\u{2069}'], "");
    plain.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A form as it stands on a page.
#[derive(Clone, Debug, Default)]
pub struct Form {
    pub action: String,
    pub method: String,
    /// What it would send untouched.
    pub fields: Vec<(String, String)>,
    /// Every control with the values it may have; none where any text may be typed.
    pub controls: Vec<(String, Option<String>)>,
}

/// The forms of a page with their controls, also of those that name their form from outside.
pub fn forms(html: &str) -> Vec<Form> {
    let mut forms: Vec<(Option<String>, Form)> = Vec::new();
    let mut open: Option<usize> = None;
    let mut select = String::new();
    let all = tags(html);
    for tag in &all {
        if tag.name == "form" {
            let form = Form {
                action: tag.get("action").unwrap_or_default(),
                method: tag.get("method").unwrap_or_default(),
                ..Form::default()
            };
            open = Some(forms.len());
            forms.push((tag.get("id"), form));
        }
        if tag.name == "/form" {
            open = None;
        }
        let named = tag.get("form");
        let owner = match named {
            Some(id) => forms
                .iter()
                .position(|(known, _)| known.as_ref() == Some(&id)),
            None => open,
        };
        let Some((_, form)) = owner.and_then(|place| forms.get_mut(place)) else {
            continue;
        };
        control(html, tag, form, &mut select);
    }
    forms.into_iter().map(|(_, form)| form).collect()
}

fn control(html: &str, tag: &Tag, form: &mut Form, select: &mut String) {
    let name = tag.get("name").unwrap_or_default();
    let value = tag.get("value");
    match tag.name {
        "input" => {
            let kind = tag.get("type").unwrap_or_default();
            let is_choice = kind == "radio" || kind == "checkbox";
            let value = value.unwrap_or_default();
            form.controls
                .push((name.clone(), is_choice.then(|| value.clone())));
            if kind != "file" && (!is_choice || tag.get("checked").is_some()) {
                form.fields.push((name, value));
            }
        }
        "textarea" => {
            let rest = &html[tag.end..];
            let typed = rest.split("</textarea>").next().unwrap_or_default();
            let typed = unescape(typed.strip_prefix('\n').unwrap_or(typed));
            form.controls.push((name.clone(), None));
            form.fields.push((name, typed));
        }
        "button" if !name.is_empty() => form.controls.push((name, value)),
        "select" => *select = name,
        "option" => {
            let value = value.unwrap_or_default();
            form.controls.push((select.clone(), Some(value.clone())));
            let is_first = !form.fields.iter().any(|(field, _)| field == select);
            if tag.get("selected").is_some() {
                form.fields.retain(|(field, _)| field != select);
                form.fields.push((select.clone(), value));
            } else if is_first {
                form.fields.push((select.clone(), value));
            }
        }
        _ => {}
    }
}

#[test]
fn a_page_is_read_as_a_person_sees_it() {
    let html = "<!doctype html><h1>سلام</h1><p class=\"a>b\">یک <b>دو</b> &lt;b&gt;</p>";
    assert_eq!(seen(html), "سلام یک دو <b>");
}

#[test]
fn a_form_sends_what_it_shows() {
    let html = "<form id=\"f\" method=\"post\" action=\"/x\"><input type=\"hidden\" name=\"csrf\" value=\"1\">\
        <input type=\"radio\" name=\"r\" value=\"a\"><input type=\"radio\" name=\"r\" value=\"b\" checked>\
        <select name=\"s\"><option value=\"\">-</option><option value=\"q\" selected>Q</option></select>\
        <textarea name=\"t\">\nx &amp; y</textarea></form><button form=\"f\" name=\"go\" value=\"on\">";
    let form = &forms(html)[0];
    let sent: Vec<_> = form
        .fields
        .iter()
        .map(|(n, v)| format!("{n}={v}"))
        .collect();
    assert_eq!(sent, ["csrf=1", "r=b", "s=q", "t=x & y"]);
    assert!(
        form.controls
            .contains(&("go".to_owned(), Some("on".to_owned())))
    );
}
