//! Both languages say the same things.

use std::collections::{BTreeMap, BTreeSet};

use mizan::web::words::{self, Language, Phrase};

/// Key → what its sentence names, read from the files as a translator sees them.
fn sentences(language: Language) -> BTreeMap<String, BTreeSet<String>> {
    let folder = format!("templates/words/{}", language.code());
    let mut sentences = BTreeMap::<String, BTreeSet<String>>::new();
    for file in std::fs::read_dir(folder).expect("the words are there") {
        let path = file.expect("a file").path();
        let area = path
            .file_stem()
            .expect("a name")
            .to_string_lossy()
            .into_owned();
        let mut key = String::new();
        for line in std::fs::read_to_string(&path).expect("text").lines() {
            let said = match line.split_once('=') {
                Some((name, said)) if line.starts_with(|c: char| c.is_ascii_lowercase()) => {
                    key = name.trim().to_owned();
                    assert!(!sentences.contains_key(&key), "{key} is there twice");
                    assert!(!line.ends_with('='), "{area}: {key} says nothing");
                    said
                }
                _ => line,
            };
            if line.starts_with('#') || line.is_empty() {
                continue;
            }
            let names = sentences.entry(key.clone()).or_default();
            for after in said.split('$').skip(1) {
                let end = after.find(|c: char| !c.is_ascii_alphanumeric() && c != '_');
                names.insert(after[..end.unwrap_or(after.len())].to_owned());
            }
        }
    }
    sentences
}

#[test]
fn every_sentence_is_there_in_both_languages_and_names_the_same_things() {
    let (fa, en) = (sentences(Language::Fa), sentences(Language::En));
    for (key, names) in &fa {
        assert_eq!(Some(names), en.get(key), "{key} differs in English");
    }
    let extra: Vec<&String> = en.keys().filter(|key| !fa.contains_key(*key)).collect();
    assert!(extra.is_empty(), "not in Persian: {extra:?}");
}

fn templates(folder: &std::path::Path, all: &mut Vec<std::path::PathBuf>) {
    for entry in std::fs::read_dir(folder).expect("templates") {
        let path = entry.expect("a file").path();
        if path.is_dir() {
            templates(&path, all);
        } else if path.extension().is_some_and(|end| end == "html") {
            all.push(path);
        }
    }
}

#[test]
fn every_sentence_that_a_template_asks_for_is_there() {
    let known = sentences(Language::Fa);
    let mut all = Vec::new();
    templates("templates".as_ref(), &mut all);
    let mut asked = 0;
    for path in all {
        let text = std::fs::read_to_string(&path).expect("text");
        let mut parts = text.split('"');
        let mut last = parts.next().unwrap_or_default();
        for part in parts {
            let filter = part.trim_start().strip_prefix('|').map(str::trim_start);
            let is_word = filter.is_some_and(|filter| {
                filter.strip_prefix('t').is_some_and(|rest| {
                    !rest.starts_with(|c: char| c.is_alphanumeric() || c == '_')
                })
            });
            // `"area-" ~ key` and the like are made of parts.
            let is_whole = !last.is_empty()
                && last
                    .chars()
                    .all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-');
            if is_word && is_whole && last != "area-key" {
                assert!(
                    known.contains_key(last),
                    "{}: no word {last}",
                    path.display()
                );
                asked += 1;
            }
            last = part;
        }
    }
    assert!(asked > 300, "{asked} words asked for");
}

#[test]
fn every_sentence_can_be_said() {
    for language in Language::ALL {
        let sentences = sentences(language);
        assert!(
            words::keys(language).eq(sentences.keys()),
            "the keys read are the keys written"
        );
        for (key, names) in sentences {
            let named: Vec<_> = names.iter().map(|name| (name.as_str(), 3.into())).collect();
            let said = words::format(language, &key, &named);
            assert!(!said.trim().is_empty(), "{key} says nothing");
            assert!(
                !said.contains('⟦'),
                "{key} cannot be said in {}",
                language.code()
            );
            if named.is_empty() {
                assert_eq!(words::text(language, &key), said);
            }
        }
    }
}

#[test]
fn numbers_come_in_the_digits_of_the_language_and_choose_the_plural() {
    let home = Phrase::of("manager-home-title")
        .with("days", 9)
        .with("left", 1200);
    assert_eq!(
        home.say(Language::Fa),
        "۹ روز کاری تا پایان مهلت؛ ۱٬۲۰۰ شاخص باقی است"
    );
    assert_eq!(
        home.say(Language::En),
        "9 working days to the deadline; 1,200 indicators left"
    );
    let last = Phrase::of("manager-home-title")
        .with("days", 1)
        .with("left", 1);
    assert_eq!(
        last.say(Language::En),
        "1 working day to the deadline; 1 indicator left"
    );
}

#[test]
fn no_mark_of_direction_is_left_in_a_sentence() {
    let said = words::format(
        Language::Fa,
        "shell-organization",
        &[("province", "نمونه".into())],
    );
    assert_eq!(said, "سازمان مدیریت و برنامه‌ریزی استان نمونه");
}

#[test]
fn a_missing_sentence_is_seen_and_breaks_nothing() {
    assert_eq!(
        words::text(Language::Fa, "nobody-wrote-this"),
        "⟦nobody-wrote-this⟧"
    );
    assert_eq!(
        words::format(Language::En, "errors-range", &[("low", 0.into())]),
        "⟦errors-range⟧"
    );
}

/// Every `noun.deed` that the errands write into the log.
fn deeds(folder: &std::path::Path, found: &mut BTreeSet<String>) {
    for file in std::fs::read_dir(folder).expect("the sources are there") {
        let path = file.expect("a file").path();
        if path.is_dir() {
            deeds(&path, found);
            continue;
        }
        let text = std::fs::read_to_string(&path).expect("text");
        let is_word = |part: &str| {
            !part.is_empty() && part.chars().all(|c| c.is_ascii_lowercase() || c == '_')
        };
        let quoted = text.split('"').skip(1).step_by(2);
        let named = quoted.filter(|one| {
            let parts: Vec<&str> = one.split('.').collect();
            parts.len() == 2 && parts.iter().all(|part| is_word(part))
        });
        found.extend(named.map(str::to_owned));
    }
}

#[test]
fn every_deed_in_the_log_has_its_word() {
    let mut found = BTreeSet::new();
    deeds(std::path::Path::new("src/app"), &mut found);
    assert!(
        found.contains("verdict.given") && found.len() > 40,
        "{found:?}"
    );
    let known: BTreeSet<&str> = words::keys(Language::Fa).collect();
    found.retain(|deed| {
        let key = format!("people-event-{}", deed.replace(['.', '_'], "-"));
        !known.contains(key.as_str())
    });
    assert!(found.is_empty(), "say what these are: {found:?}");
}
