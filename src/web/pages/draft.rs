//! A draft of a framework before it is published: what is wrong with the file, who would stand elsewhere on the last
//! quarter's data and why, and what the places would hang on. Nothing is saved.

use actix_web::http::StatusCode;
use serde::Serialize;

use super::framework_text::FrameworkText;
use super::robust::{IndicatorsView, MethodsView, Teller, WeightsView};
use crate::analysis::ranks::{self, Interval, Settings};
use crate::analysis::robust;
use crate::app::draft::{self, Last, Unfit};
use crate::app::score::MOVED;
use crate::domain::access::Act;
use crate::domain::change::{Cause, Move, trial};
use crate::domain::fault::{Code, Refusal};
use crate::domain::framework::Framework;
use crate::domain::ranking::{Stand, alike};
use crate::web::desk::{self, Desk};
use crate::web::error::WebResult;
use crate::web::form::Input;
use crate::web::render::{Page, Problem};
use crate::web::url;
use crate::web::words::Phrase;

/// So many faults are listed; whoever mends them sees the others.
const MOST_FAULTS: usize = 50;
/// So many lines say why one agency moves; the others are summed up.
const MOST_CAUSES: usize = 3;
/// The weights are moved less often than for an official result: the draft is tried while somebody waits.
const TRIED: u32 = 2_000;
/// So many agencies are ranked in all replications together; of many agencies each is ranked less often.
const MOST_RANKED: u32 = 500_000;

/// How the weights are moved for a draft on so many agencies.
fn tried(agencies: usize) -> Settings {
    let share = MOST_RANKED / u32::try_from(agencies.max(1)).unwrap_or(u32::MAX);
    Settings {
        replications: share.clamp(100, TRIED),
        ..MOVED
    }
}

/// One fault of the file.
#[derive(Clone, Debug, Serialize)]
pub struct FaultView {
    pub at: String,
    pub says: &'static str,
}

/// One line of why an agency moves.
#[derive(Clone, Debug, Serialize)]
pub struct CauseView {
    pub title: String,
    pub code: String,
    pub change_c: i64,
}

/// One agency that would stand elsewhere or have another score.
#[derive(Clone, Debug, Serialize)]
pub struct MoveView {
    pub name: String,
    pub href: String,
    pub rank: [Option<i64>; 2],
    pub score_c: [Option<i64>; 2],
    pub grade: [Option<String>; 2],
    pub is_other_grade: bool,
    /// Where it would stand in 90 percent of cases if weights moved.
    pub interval: Option<[i64; 2]>,
    pub causes: Vec<CauseView>,
    pub rest_c: i64,
}

/// One league under the draft.
#[derive(Clone, Debug, Serialize)]
pub struct TrialLeague {
    pub title: String,
    pub rows: Vec<MoveView>,
    /// First and last place of those that could not be told apart.
    pub tiers: Vec<[i64; 2]>,
}

/// A draft that was tried.
#[derive(Clone, Debug, Serialize)]
pub struct TrialView {
    pub code: String,
    pub version: String,
    pub dimensions: i64,
    pub indicators: i64,
    pub points: i64,
    pub gates: i64,
    pub agencies: i64,
    pub moved: i64,
    pub other_grade: i64,
    pub unknown: Vec<(String, String)>,
    pub leagues: Vec<TrialLeague>,
    pub methods: MethodsView,
    pub hang: IndicatorsView,
    pub weights: WeightsView,
}

/// The page.
#[derive(Serialize)]
pub struct DraftPage {
    pub key: String,
    pub problems: Vec<Problem>,
    /// The quarter on which drafts are tried, if there is one.
    pub period: Option<String>,
    pub back: &'static str,
    pub faults: Vec<FaultView>,
    pub more_faults: i64,
    pub trial: Option<TrialView>,
}

impl Page for DraftPage {
    const TEMPLATE: &'static str = "draft/show.html";
}

impl DraftPage {
    fn of(last: Option<&Last>) -> DraftPage {
        DraftPage {
            key: super::form_key(),
            problems: Vec::new(),
            period: last.map(|last| last.period.code.clone()),
            back: url::PERIODS,
            faults: Vec::new(),
            more_faults: 0,
            trial: None,
        }
    }
}

/// Asks for a draft.
pub fn show(desk: &Desk, _: &Input) -> WebResult {
    let last = desk.ctx.store.read(|conn| draft::last(&desk.ctx, conn))?;
    desk.page(&DraftPage::of(last.as_ref()))
}

/// Tries the draft that was sent.
pub fn create(desk: &Desk, input: &Input) -> WebResult {
    desk.ctx.require(Act::Administer)?;
    let last = desk.ctx.store.read(|conn| draft::last(&desk.ctx, conn))?;
    let mut page = DraftPage::of(last.as_ref());
    let sent = input.upload.as_ref().filter(|file| !file.bytes.is_empty());
    let Some(file) = sent else {
        page.problems = vec![Problem::of("file", Phrase::of("draft-no-file"))];
        return desk.again(&page);
    };
    match draft::read(&file.bytes) {
        Err(Unfit::TooLarge) => {
            page.problems = vec![Problem::of("file", Phrase::of("draft-too-large"))];
            desk.again(&page)
        }
        Err(Unfit::Refused(refusal)) => {
            let count = refusal.faults.len() as i64;
            page.problems = vec![Problem::of(
                "file",
                Phrase::of("draft-faulty").with("count", count),
            )];
            page.more_faults = (count - MOST_FAULTS as i64).max(0);
            page.faults = faults(&refusal);
            desk.again(&page)
        }
        Ok(framework) => {
            page.trial = last.map(|last| Tried::of(desk, &last, &framework).view());
            desk::html(&page, &desk.shell(), StatusCode::OK)
        }
    }
}

fn faults(of: &Refusal) -> Vec<FaultView> {
    let faults = of.faults.iter().take(MOST_FAULTS);
    let faults = faults.map(|(at, code)| FaultView {
        at: at.clone(),
        says: says(*code),
    });
    faults.collect()
}

/// The key of what a fault of a framework means.
fn says(code: Code) -> &'static str {
    match code {
        Code::Json => "draft-fault-json",
        Code::Shape => "draft-fault-shape",
        Code::Type => "draft-fault-type",
        Code::Range => "draft-fault-range",
        Code::DuplicateCode => "draft-fault-twice",
        Code::Weights => "draft-fault-weights",
        Code::Goalposts => "draft-fault-goalposts",
        Code::Grades => "draft-fault-grades",
        Code::Ref => "draft-fault-ref",
        Code::GateCycle => "draft-fault-cycle",
        _ => "draft-fault-other",
    }
}

/// A draft with everything it is looked at by.
struct Tried<'a> {
    desk: &'a Desk<'a>,
    last: &'a Last,
    draft: &'a Framework,
    trial: crate::domain::change::Trial,
    robust: robust::Robust,
    intervals: Vec<Interval>,
}

impl<'a> Tried<'a> {
    fn of(desk: &'a Desk<'a>, last: &'a Last, draft: &'a Framework) -> Tried<'a> {
        let trial = trial(last.ground.returns(), last.ground.cards(), draft);
        let cards = &trial.cards.cards;
        Tried {
            desk,
            last,
            draft,
            robust: robust::robust(draft, cards, robust::USUAL),
            intervals: ranks::intervals(draft, cards, tried(cards.len())),
            trial,
        }
    }

    fn name(&self, agency: &str) -> String {
        match self.last.names.get(agency) {
            Some([fa, en]) => self.desk.choose(fa, en).to_owned(),
            None => agency.to_owned(),
        }
    }

    fn texts(&self) -> FrameworkText<'_> {
        FrameworkText::of(self.draft, self.desk.hall.language)
    }

    fn view(&self) -> TrialView {
        let (draft, texts) = (self.draft, self.texts());
        let moves = &self.trial.moves;
        let moved = moves.iter().filter(|one| one.rank[0] != one.rank[1]);
        let other_grade = moves.iter().filter(|one| one.grade[0] != one.grade[1]);
        let name = |agency: &str| self.name(agency);
        let teller = Teller {
            framework: draft,
            texts,
            robust: &self.robust,
            period: &self.last.period.code,
            name: &name,
        };
        let unknown = self.trial.unknown.iter().map(|place| {
            let code = &draft.indicators[*place].code;
            (code.clone(), texts.title(code))
        });
        let leagues = draft.kinds.iter().map(|kind| self.league(kind));
        TrialView {
            code: draft.code.clone(),
            version: draft.version.clone(),
            dimensions: draft.dimensions.len() as i64,
            indicators: draft.indicators.len() as i64,
            points: draft.total_points,
            gates: draft.gates.len() as i64,
            agencies: moves.len() as i64,
            moved: moved.count() as i64,
            other_grade: other_grade.count() as i64,
            unknown: unknown.collect(),
            leagues: leagues
                .filter(|league| !league.rows.is_empty() || !league.tiers.is_empty())
                .collect(),
            methods: teller.methods(),
            hang: teller.indicators(),
            weights: teller.weights(),
        }
    }

    fn league(&self, kind: &str) -> TrialLeague {
        let cards = self
            .trial
            .cards
            .cards
            .iter()
            .filter(|card| card.kind == kind);
        let own: Vec<&str> = cards.map(|card| card.agency.as_str()).collect();
        let is_own = |agency: &str| own.binary_search(&agency).is_ok();
        let moves = self.trial.moves.iter();
        let mut moves: Vec<&Move> = moves
            .filter(|one| is_own(&one.agency))
            .filter(|one| one.rank[0] != one.rank[1] || one.score_c[0] != one.score_c[1])
            .collect();
        let by = |pair: [Option<i64>; 2]| match pair {
            [Some(before), Some(after)] => (after - before).abs(),
            [None, None] => 0,
            _ => i64::MAX,
        };
        moves.sort_by_key(|one| std::cmp::Reverse((by(one.rank), by(one.score_c))));
        let intervals = self.intervals.iter().filter(|one| is_own(&one.agency));
        let mut stands: Vec<Stand> = intervals
            .map(|one| Stand {
                rank: one.rank,
                low: one.p05,
                high: one.p95,
            })
            .collect();
        stands.sort_by_key(|stand| stand.rank);
        let runs = alike(&stands).into_iter();
        TrialLeague {
            title: self.texts().kind(kind),
            rows: moves.into_iter().map(|one| self.row(one)).collect(),
            tiers: runs
                .map(|(first, last)| [stands[first].rank, stands[last].rank])
                .collect(),
        }
    }

    fn row(&self, of: &Move) -> MoveView {
        let (first, rest) = of.causes.split_at(MOST_CAUSES.min(of.causes.len()));
        let interval = self.intervals.iter().find(|one| one.agency == of.agency);
        MoveView {
            name: self.name(&of.agency),
            href: url::score(&self.last.period.code, &of.agency),
            rank: of.rank,
            score_c: of.score_c,
            grade: of.grade.clone(),
            is_other_grade: of.grade[0] != of.grade[1],
            interval: interval.map(|one| [one.p05, one.p95]),
            causes: first.iter().map(|cause| self.cause(cause)).collect(),
            rest_c: rest.iter().map(|cause| cause.change_c).sum(),
        }
    }

    /// What the line is about, in the draft's words, or the old ones where the draft no longer has it.
    fn cause(&self, of: &Cause) -> CauseView {
        let old = FrameworkText::of(&self.last.framework, self.desk.hall.language);
        let either = |say: &dyn Fn(FrameworkText) -> String| {
            let said = say(self.texts());
            if said.is_empty() { say(old) } else { said }
        };
        let (title, code) = match (&of.gate, &of.indicator) {
            (Some(gate), _) => (either(&|texts| texts.gate(gate)), gate.clone()),
            (None, Some(code)) => (either(&|texts| texts.title(code)), code.clone()),
            (None, None) => (String::new(), String::new()),
        };
        CauseView {
            title,
            code,
            change_c: of.change_c,
        }
    }
}
