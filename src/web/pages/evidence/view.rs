//! Pieces of evidence as they are read: by their agency, and by those who verify.

use chrono::{NaiveDate, NaiveDateTime};
use serde::Serialize;

use crate::app::Case;
use crate::app::evidence::Earlier;
use crate::domain::advice::Advice;
use crate::domain::advice::age::{Age, age};
use crate::domain::calendar::Quarter;
use crate::domain::evidence::FileKind;
use crate::store::evidence::{Evidence, Twin};
use crate::web::desk::Desk;
use crate::web::pages::checklist::Sheet;
use crate::web::pages::claim::Choose;
use crate::web::pages::framework_text::FrameworkText;
use crate::web::url;

/// How a piece stands to the quarter, where there is something to say.
#[derive(Clone, Debug, Default, Serialize)]
pub struct AgeView {
    /// The word key; empty where nothing is to be said.
    pub key: String,
    pub day: Option<NaiveDate>,
    pub months: i64,
}

/// One piece of evidence on its agency's page.
#[derive(Clone, Debug, Serialize)]
pub struct EvidenceLine {
    pub kind: String,
    pub title: String,
    pub href: String,
    pub removal: String,
    pub is_link: bool,
    /// Its size as the reader writes it, with its unit.
    pub size: String,
    pub page: String,
    pub from: Option<NaiveDate>,
    pub to: Option<NaiveDate>,
    pub at: NaiveDateTime,
    pub age: AgeView,
    /// The code of the quarter it was taken from again.
    pub reused_from: Option<String>,
}

/// How long a kind of evidence proves something.
#[derive(Clone, Debug, Serialize)]
pub struct AgeingLine {
    pub kind: String,
    pub months: i64,
}

/// A file that has come in pieces and waits for the rest of its form.
#[derive(Clone, Debug, Serialize)]
pub struct Waiting {
    pub id: String,
    pub name: String,
}

/// The evidence of an answer, and the forms that add to it.
#[derive(Clone, Debug, Serialize)]
pub struct EvidencePart {
    pub lines: Vec<EvidenceLine>,
    pub may_add: bool,
    pub kinds: Vec<Choose>,
    pub ages: Vec<AgeingLine>,
    /// Where a piece of an earlier quarter is taken again, and which there are.
    pub reuse: String,
    pub earlier: Vec<Choose>,
    pub action: String,
    /// Where a file is begun that comes in pieces, and the one that waits.
    pub uploads: String,
    pub upload: Option<Waiting>,
    pub endings: String,
    pub megabytes: u32,
    pub kind: String,
    pub link: String,
    pub page: String,
    pub effective_from: String,
    pub effective_to: String,
    /// What was chosen of the earlier pieces, and for which days.
    pub chosen: String,
    pub reused_from: String,
    pub reused_to: String,
}

/// The evidence of one indicator.
pub fn part(
    desk: &Desk,
    sheet: &Sheet,
    earlier: &[Earlier],
    code: &str,
    codes: (&str, &str),
    may_add: bool,
) -> EvidencePart {
    let texts = FrameworkText::of(&sheet.case.framework, desk.hall.language);
    let kinds = kinds(texts, code);
    // Where only one kind is asked for, nobody has to choose it.
    let only = match kinds.as_slice() {
        [one] => one.value.clone(),
        _ => String::new(),
    };
    let address = url::answer(codes.0, codes.1, code);
    let action = format!("{address}/evidence");
    EvidencePart {
        lines: lines(texts, sheet, code, codes),
        may_add: may_add && !kinds.is_empty(),
        ages: ages(texts, &sheet.case, &kinds),
        kinds,
        reuse: format!("{action}/reuse"),
        earlier: earlier.iter().map(|one| choose(texts, one)).collect(),
        action,
        uploads: format!("{address}/uploads"),
        upload: None,
        endings: FileKind::ENDINGS.to_owned(),
        megabytes: desk.hall.state.config.file_megabytes,
        kind: only,
        link: String::new(),
        page: String::new(),
        effective_from: String::new(),
        effective_to: String::new(),
        chosen: String::new(),
        reused_from: String::new(),
        reused_to: String::new(),
    }
}

fn choose(texts: FrameworkText, one: &Earlier) -> Choose {
    let kind = texts.evidence_kind(&one.row.kind);
    let period = texts.quarter(&one.period);
    Choose {
        value: one.row.id.clone(),
        label: format!("{period}: {kind} · {}", one.row.title),
        hint: None,
    }
}

fn lines(
    texts: FrameworkText,
    sheet: &Sheet,
    code: &str,
    codes: (&str, &str),
) -> Vec<EvidenceLine> {
    let own = sheet
        .evidence
        .iter()
        .filter(|row| row.indicator_code == code);
    own.map(|row| {
        let address = url::evidence(codes.0, codes.1, &row.id);
        EvidenceLine {
            kind: texts.evidence_kind(&row.kind),
            title: row.title.clone(),
            removal: format!("{address}/removal"),
            is_link: row.link.is_some(),
            href: row.link.clone().unwrap_or(address),
            size: row.size.map(|size| texts.size(size)).unwrap_or_default(),
            page: row.page.clone(),
            from: row.effective_from,
            to: row.effective_to,
            at: row.added_at,
            age: age_view(&sheet.case, row),
            reused_from: row.reused_from.clone(),
        }
    })
    .collect()
}

/// The kinds of evidence an indicator asks for.
fn kinds(texts: FrameworkText, code: &str) -> Vec<Choose> {
    let kinds = texts.evidence(code).into_iter();
    kinds
        .map(|(value, label)| Choose {
            value,
            label,
            hint: None,
        })
        .collect()
}

fn ages(texts: FrameworkText, case: &Case, kinds: &[Choose]) -> Vec<AgeingLine> {
    let advice = Advice::of(&case.framework);
    let of = |kind: &Choose| {
        let ageing = advice.ages.iter().find(|one| one.kind == kind.value)?;
        Some(AgeingLine {
            kind: texts.evidence_kind(&kind.value),
            months: i64::from(ageing.months),
        })
    };
    kinds.iter().filter_map(of).collect()
}

fn age_view(case: &Case, row: &Evidence) -> AgeView {
    let Ok(quarter) = Quarter::parse(&case.period.code) else {
        return AgeView::default();
    };
    let advice = Advice::of(&case.framework);
    let ageing = advice.ages.iter().find(|one| one.kind == row.kind);
    let (key, day) = match age(ageing, (row.effective_from, row.effective_to), quarter) {
        Age::Fresh => return AgeView::default(),
        Age::Undated => ("undated", None),
        Age::Ending(day) => ("ending", Some(day)),
        Age::Past(day) => ("past", Some(day)),
        Age::Later(day) => ("later", Some(day)),
    };
    AgeView {
        key: format!("manager-evidence-age-{key}"),
        day,
        months: ageing.map_or(0, |ageing| i64::from(ageing.months)),
    }
}

/// Another place where the same file was handed in.
#[derive(Clone, Debug, Serialize)]
pub struct TwinLine {
    /// The word key: at another agency, in an earlier quarter, or under another indicator.
    pub key: String,
    pub agency: String,
    pub period: String,
    pub indicator: String,
}

/// A piece of evidence on the indicator.
#[derive(Clone, Debug, Serialize)]
pub struct ProofLine {
    pub kind: String,
    pub title: String,
    pub href: String,
    pub at: NaiveDateTime,
    /// It came with the objection.
    pub is_new: bool,
    pub page: String,
    pub from: Option<NaiveDate>,
    pub to: Option<NaiveDate>,
    pub age: AgeView,
    pub reused_from: Option<String>,
    /// Only for those who verify, never for an agency.
    pub twins: Vec<TwinLine>,
}

/// Evidence as those read it who verify or dispute; `codes` are those of the period and the agency.
pub fn proofs<'r>(
    texts: FrameworkText,
    case: &Case,
    rows: impl Iterator<Item = &'r Evidence>,
    codes: (&str, &str),
) -> Vec<ProofLine> {
    rows.map(|row| ProofLine {
        kind: texts.evidence_kind(&row.kind),
        title: row.title.clone(),
        href: row
            .link
            .clone()
            .unwrap_or_else(|| url::evidence(codes.0, codes.1, &row.id)),
        at: row.added_at,
        is_new: row.objection_id.is_some(),
        page: row.page.clone(),
        from: row.effective_from,
        to: row.effective_to,
        age: age_view(case, row),
        reused_from: row.reused_from.clone(),
        twins: Vec::new(),
    })
    .collect()
}

/// Where else the content of a piece of evidence was handed in; what the agency itself took again is no news.
pub fn twins(texts: FrameworkText, case: &Case, row: &Evidence, all: &[Twin]) -> Vec<TwinLine> {
    let agency = &case.assessment.agency_id;
    let same = all.iter().filter(|twin| {
        twin.sha256.is_some() && twin.sha256 == row.sha256 && twin.evidence_id != row.id
    });
    let line = |twin: &Twin| {
        let is_own = twin.agency_id == *agency;
        let key = match (is_own, twin.period == case.period.code) {
            (false, _) => "agency",
            (true, true) => "indicator",
            (true, false) if row.reused_from.is_none() => "quarter",
            (true, false) => return None,
        };
        Some(TwinLine {
            key: format!("auditor-twin-{key}"),
            agency: texts.either(&twin.agency_fa, &twin.agency_en).to_owned(),
            period: texts.quarter(&twin.period),
            indicator: twin.indicator.clone(),
        })
    };
    same.filter_map(line).collect()
}
