//! A published edition, tampered with in every way we could think of: `mizan verify` says in words what is wrong.

use std::path::{Path, PathBuf};

use mizan::cli::edition::{make_keys, sign};
use mizan::domain::edition::{Files, Manifest, sha256};

use crate::edition::{QUARTER, edition, quarter};

const PASSPHRASE: &str = "کلید امضای نسخه‌ها ۱۴۰۵";

/// A folder of this test with two signed editions, one after the other, and another key that signs as well.
struct Desk {
    folder: PathBuf,
    first: Files,
    second: Files,
}

impl Desk {
    fn new(name: &str) -> Desk {
        let folder =
            std::env::temp_dir().join(format!("mizan-tampered-{name}-{}", std::process::id()));
        let _ = std::fs::remove_dir_all(&folder);
        for keyring in ["keys", "other"] {
            make_keys(&folder.join(keyring), PASSPHRASE).expect("two keys");
        }
        let before = quarter(QUARTER);
        let first = edition(&before, 1, None);
        let mut after = before.clone();
        after.agencies[0].findings.clear();
        after.agencies[0].answers.truncate(20);
        let second = edition(&after, 2, Some(&first));
        let mut desk = Desk {
            folder,
            first,
            second,
        };
        desk.second = desk.signed(&desk.second, "keys");
        desk.first = desk.signed(&desk.first, "keys");
        desk
    }

    fn write(&self, name: &str, files: &Files) -> PathBuf {
        let folder = self.folder.join(name);
        let _ = std::fs::remove_dir_all(&folder);
        std::fs::create_dir_all(&folder).expect("a folder");
        for (name, bytes) in files {
            std::fs::write(folder.join(name), bytes).expect("written");
        }
        folder
    }

    /// The files with a signature by a key of a keyring, made whatever stands in them.
    fn signed(&self, files: &Files, keyring: &str) -> Files {
        let mut files = files.clone();
        files.remove("manifest.minisig");
        let secret = std::fs::read_to_string(self.folder.join(keyring).join("edition.key"));
        let secret = secret.expect("a key");
        let unlocked = mizan::seal::unlock(&secret, PASSPHRASE).expect("unlocked");
        let signature = mizan::seal::sign(&unlocked, &files["manifest"], "mizan edition");
        let signature = signature.expect("signed");
        files.insert("manifest.minisig".to_owned(), signature.into_bytes());
        files
    }

    /// What `mizan verify` says of some files, with the true key and the edition before at hand.
    fn says(&self, files: &Files, language: &str) -> (u8, String) {
        let folder = self.write("checked", files);
        let before = self.write("before", &self.first);
        let key = self.folder.join("keys").join("edition.pub");
        let path = |path: &Path| path.display().to_string();
        let ran = std::process::Command::new(env!("CARGO_BIN_EXE_mizan"))
            .args(["verify", &path(&folder), "--key", &path(&key)])
            .args(["--previous", &path(&before), "--lang", language])
            .output()
            .expect("it runs");
        let said = String::from_utf8_lossy(&ran.stdout).into_owned();
        (
            u8::try_from(ran.status.code().unwrap_or(9)).unwrap_or(9),
            said,
        )
    }
}

impl Drop for Desk {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}

/// The manifest and the sums written anew by somebody who knows how, and the manifest changed.
fn resealed(files: &Files, change: impl FnOnce(&mut Manifest)) -> Files {
    let mut files = files.clone();
    files.remove("manifest.minisig");
    files.remove("SHA256SUMS");
    let mut manifest = Manifest::read(&files["manifest"]).expect("a manifest");
    for (name, hash, size) in &mut manifest.files {
        if let Some(bytes) = files.get(name) {
            *hash = sha256(bytes);
            *size = i64::try_from(bytes.len()).expect("a size");
        }
    }
    change(&mut manifest);
    files.insert("manifest".to_owned(), manifest.print().into_bytes());
    let sums = files
        .iter()
        .map(|(name, bytes)| format!("{}  {name}\n", sha256(bytes)));
    let sums: String = sums.collect();
    files.insert("SHA256SUMS".to_owned(), sums.into_bytes());
    files
}

fn bent(files: &Files, name: &str) -> Files {
    let mut files = files.clone();
    let bytes = files.get_mut(name).expect("a file");
    let place = bytes.len() / 2;
    bytes[place] ^= 1;
    files
}

/// The result lines edited as text.
fn with_lines(files: &Files, edit: impl FnOnce(&mut Vec<String>)) -> Files {
    let mut files = files.clone();
    let text = String::from_utf8(files["results.jsonl"].clone()).expect("text");
    let mut lines: Vec<String> = text.split_inclusive('\n').map(str::to_owned).collect();
    edit(&mut lines);
    files.insert("results.jsonl".to_owned(), lines.concat().into_bytes());
    files
}

#[test]
fn an_untouched_edition_holds_with_its_key_and_the_one_before() {
    let desk = Desk::new("whole");
    let (code, said) = desk.says(&desk.second, "en");
    assert_eq!(code, 0, "{said}");
    for word in [
        "The signature is by this key.",
        "The link to the edition before is right.",
        "This edition holds.",
    ] {
        assert!(said.contains(word), "{word}: {said}");
    }
    let (_, said) = desk.says(&desk.second, "fa");
    assert!(said.contains("این نسخه درست است."), "{said}");
}

#[test]
fn one_byte_in_any_file_is_named() {
    let desk = Desk::new("byte");
    for name in desk.second.keys() {
        let (code, said) = desk.says(&bent(&desk.second, name), "en");
        let word = match name.as_str() {
            "manifest" => "The manifest cannot be read or was tampered with.".to_owned(),
            "manifest.minisig" => "The signature is not by this key".to_owned(),
            "SHA256SUMS" => "SHA256SUMS does not agree with the files.".to_owned(),
            other => format!("The file {other} is not the one that was published."),
        };
        assert!(code == 1 && said.contains(&word), "{name}: {said}");
        assert!(said.contains("This edition does not hold."), "{said}");
        let mut without = desk.second.clone();
        without.remove(name);
        let (code, said) = desk.says(&without, "en");
        assert!(code == 1, "without {name}: {said}");
    }
}

/// One way to tamper, and what is said of it.
type Way = (&'static str, Files, &'static str);

/// Lines and files changed by somebody who then seals everything anew with the true key.
fn changed(desk: &Desk) -> Vec<Way> {
    let own = &desk.second;
    let again = |files: &Files| desk.signed(&resealed(files, |_| ()), "keys");
    let missing = with_lines(own, |lines| drop(lines.remove(3)));
    let swapped = with_lines(own, |lines| lines.swap(0, 1));
    let doubled = with_lines(own, |lines| lines.push(lines[0].clone()));
    let better = with_lines(own, |lines| {
        let (weak, good) = ("\"grade\":\"weak\"", "\"grade\":\"good\"");
        let line = lines.iter_mut().find(|line| line.contains(weak));
        let line = line.expect("somebody is weak");
        *line = line.replace(weak, good);
    });
    let mut silent = own.clone();
    silent.insert("corrections.jsonl".to_owned(), Vec::new());
    let mut more = own.clone();
    more.insert("notes.txt".to_owned(), b"x".to_vec());
    let (order, moved) = (
        "wrong order or of a wrong number",
        "whose score or rank moved is not right",
    );
    vec![
        ("a missing line", again(&missing), "The score of"),
        ("a swapped order", again(&swapped), order),
        ("a line twice", again(&doubled), order),
        (
            "a better grade",
            again(&better),
            "is not what the rule makes of the data",
        ),
        ("nobody moved", again(&silent), moved),
        (
            "a file too many",
            more,
            "The file notes.txt does not belong",
        ),
    ]
}

/// Manifests that say something else, and signatures that are none.
fn resigned(desk: &Desk) -> Vec<Way> {
    let own = &desk.second;
    let old = Manifest::read(&desk.first["manifest"]).expect("read").root;
    let told = |change: &dyn Fn(&mut Manifest)| desk.signed(&resealed(own, change), "keys");
    let old_root = told(&|manifest| manifest.root.clone_from(&old));
    let previous = told(&|manifest| {
        let previous = manifest.previous.as_mut().expect("one before");
        previous.root = "11".repeat(32);
    });
    let quarter = told(&|manifest| manifest.period = "1404-Q1".to_owned());
    let silent = told(&|manifest| manifest.reason = None);
    let (other, none) = (desk.signed(own, "other"), resealed(own, |_| ()));
    vec![
        ("an old root", old_root, "The fingerprint does not agree"),
        ("another key", other, "The signature is not by this key"),
        ("no signature", none, "still awaits its signature"),
        (
            "a wrong previous root",
            previous,
            "The edition before is not the one",
        ),
        ("another quarter", quarter, "of another quarter"),
        ("a correction without a reason", silent, "lacks its reason"),
    ]
}

#[test]
fn a_dozen_ways_to_tamper_are_each_told_in_words() {
    let desk = Desk::new("ways");
    for (way, files, word) in changed(&desk).into_iter().chain(resigned(&desk)) {
        let (code, said) = desk.says(&files, "en");
        assert!(code == 1 && said.contains(word), "{way}: {said}");
        let (code, said) = desk.says(&files, "fa");
        assert!(
            code == 1 && said.contains("این نسخه درست نیست."),
            "{way}: {said}"
        );
        assert!(!said.contains('⟦'), "{way}: {said}");
    }
}

#[test]
fn whoever_holds_the_key_signs_no_edition_that_does_not_hold() {
    let desk = Desk::new("sign");
    let mut bad = bent(&desk.second, "returns.json");
    bad.remove("manifest.minisig");
    let folder = desk.write("to-sign", &bad);
    let key = desk.folder.join("keys").join("edition.key");
    let refused = sign(&folder, &key, PASSPHRASE).expect_err("refused");
    assert!(
        refused.contains("The file returns.json is not the one"),
        "{refused}"
    );
    assert!(!folder.join("manifest.minisig").exists());
}
