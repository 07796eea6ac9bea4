//! Soft warnings: an answer very unlike the last one, or answers that do not go together. They ask for one sentence and
//! stop nobody.

use serde::Serialize;

use super::checklist::Sheet;
use super::framework_text::FrameworkText;
use super::last_time::Before;
use crate::domain::advice::Advice;
use crate::domain::advice::check::Check;
use crate::domain::answer;
use crate::domain::framework::Indicator;
use crate::domain::returns::Value;
use crate::store::answer::AnswerRow;
use crate::web::desk::Desk;
use crate::web::url;
use crate::web::words::Phrase;

/// Answers that do not go together.
#[derive(Clone, Debug, Serialize)]
pub struct Doubt {
    /// What is odd, in the reader's language.
    pub text: String,
    /// Codes and links of the indicators it speaks of.
    pub of: Vec<(String, String)>,
    /// Somebody has written a word of explanation at one of them.
    pub is_explained: bool,
}

/// What a checklist says on an indicator: the claim, and whether it has a note.
pub trait Said {
    /// The claim.
    fn claim(&self, code: &str) -> Option<Value>;
    /// Whether there is a note beside it.
    fn is_explained(&self, code: &str) -> bool;
}

/// The claim of a row of answers.
pub fn claim_of(row: &AnswerRow) -> Option<Value> {
    answer::kept(row.claim.as_deref()?)
}

impl Said for Sheet {
    fn claim(&self, code: &str) -> Option<Value> {
        claim_of(self.answer(code)?)
    }

    fn is_explained(&self, code: &str) -> bool {
        self.answer(code).is_some_and(|row| !row.note.is_empty())
    }
}

/// Every pair of answers of a checklist that does not go together.
pub fn doubts(desk: &Desk, sheet: &Sheet, said: &impl Said, codes: (&str, &str)) -> Vec<Doubt> {
    let framework = &sheet.case.framework;
    let texts = FrameworkText::of(framework, desk.hall.language);
    let asked: Vec<&str> = sheet.asked().iter().map(|one| one.code.as_str()).collect();
    let advice = Advice::of(framework);
    let odd = advice.checks.iter().filter(|check| {
        let is_asked = check.indicators().iter().all(|code| asked.contains(code));
        is_asked && check.is_odd(|code| said.claim(code))
    });
    let doubt = |check: &Check| {
        let of = check.indicators();
        let link = |code: &&str| ((*code).to_owned(), url::answer(codes.0, codes.1, code));
        Doubt {
            text: texts.either(&check.fa, &check.en).to_owned(),
            is_explained: of.iter().any(|code| said.is_explained(code)),
            of: of.iter().map(link).collect(),
        }
    };
    odd.map(doubt).collect()
}

/// What is asked beside one answer: why it is so unlike the last one, and how it goes together with the others. Where a
/// word of explanation is written, nothing is asked any more.
pub fn beside(
    desk: &Desk,
    sheet: &Sheet,
    before: Option<&Before>,
    indicator: &Indicator,
    codes: (&str, &str),
) -> Vec<String> {
    let code = indicator.code.as_str();
    if sheet.is_explained(code) {
        return Vec::new();
    }
    let is_unlike = |before: &&Before| before.is_unlike(indicator, sheet.claim(code));
    let last = before
        .filter(is_unlike)
        .and_then(|before| before.of(desk, code)?.claim);
    let unlike = last.map(|last| Phrase::of("manager-unlike-this").with("before", last));
    let own = doubts(desk, sheet, sheet, codes).into_iter();
    let own = own.filter(|doubt| !doubt.is_explained && doubt.of.iter().any(|one| one.0 == code));
    let own = own.map(|doubt| Phrase::of("manager-odd-this").with("what", doubt.text));
    let all = unlike.into_iter().chain(own);
    all.map(|phrase| phrase.say(desk.hall.language)).collect()
}
