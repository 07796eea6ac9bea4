//! Which passwords are allowed. Long ones in any script are; short ones and those that everybody knows are not.

use std::collections::HashSet;
use std::sync::LazyLock;

use super::text;

/// The shortest password, in characters.
pub const SHORTEST: usize = 8;
/// The longest password, in characters: far beyond a long sentence, and an end for the work of hashing.
pub const LONGEST: usize = 256;
/// So many characters beside one's own name make no password of it.
const MOST_AROUND_NAME: usize = 3;

static COMMON: LazyLock<HashSet<String>> = LazyLock::new(|| {
    let lines = include_str!("../../seeds/passwords/widespread.txt").lines();
    lines
        .filter(|line| !line.starts_with('#'))
        .map(folded)
        .collect()
});

/// Case, spaces, joiners and the script of digits make no common password a rare one.
fn folded(password: &str) -> String {
    text::search_key(password).replace(' ', "")
}

/// Whether somebody of that login may choose this password; the key of the sentence if not.
pub fn check(password: &str, login: &str) -> Result<(), &'static str> {
    let length = password.chars().count();
    if length < SHORTEST {
        return Err("problem-password-short");
    }
    if length > LONGEST {
        return Err("problem-password-long");
    }
    let plain = folded(password);
    let first = plain.chars().next();
    if COMMON.contains(&plain) || plain.chars().all(|sign| Some(sign) == first) {
        return Err("problem-password-common");
    }
    let login = folded(login);
    let rest = plain.replacen(&login, "", 1);
    if login.chars().count() > 2
        && plain.contains(&login)
        && rest.chars().count() <= MOST_AROUND_NAME
    {
        return Err("problem-password-own-name");
    }
    Ok(())
}
