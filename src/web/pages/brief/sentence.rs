//! The six sentences of the one page, each with the way to its proof.

use serde::Serialize;

use super::super::ranking::figures::Figures;
use super::super::ranking::line::Printer;
use crate::app::brief::Waiting;
use crate::domain::brief::{Asked, Brief, Finding, Movers, Standing};
use crate::store::score::ScoreLine;
use crate::web::url;
use crate::web::words::{Language, Phrase};

/// So many names stand in a sentence; the others are counted.
const NAMES: usize = 3;

/// One sentence and where its proof is.
#[derive(Clone, Debug, Serialize)]
pub struct Sentence {
    /// The key of what it is about.
    pub about: &'static str,
    pub text: Phrase,
    pub href: String,
}

/// What the sentences are written from.
pub struct Writer<'a> {
    pub printer: &'a Printer<'a>,
    pub standings: &'a [Standing<'a>],
    pub brief: &'a Brief,
    /// Where the reader may know what was resolved for all.
    pub waiting: Option<&'a Waiting>,
}

impl Writer<'_> {
    fn language(&self) -> Language {
        self.printer.desk.hall.language
    }

    fn line(&self, place: usize) -> &ScoreLine {
        &self.printer.rows.lines[place]
    }

    fn score(&self, hundredths: i64) -> String {
        self.printer.texts().hundredths(hundredths)
    }

    /// The name of an agency as it stands in a sentence.
    fn name(&self, place: usize) -> String {
        let line = self.line(place);
        let name = self.printer.desk.choose(&line.name_fa, &line.name_en);
        Phrase::of("brief-name")
            .with("name", name)
            .say(self.language())
    }

    /// Names in a row: «الف»، «ب» و «پ»; the rest is counted.
    pub fn names(&self, places: &[usize]) -> String {
        let mut names: Vec<String> = places
            .iter()
            .take(NAMES)
            .map(|one| self.name(*one))
            .collect();
        let more = places.len().saturating_sub(NAMES) as i64;
        if more > 0 {
            let rest = Phrase::of("brief-others").with("count", more);
            names.push(rest.say(self.language()));
        }
        self.joined(names)
    }

    /// Things in a row, the last after "and".
    pub fn joined(&self, mut of: Vec<String>) -> String {
        let comma = self.printer.texts().say("shell-comma");
        let last = of.pop().unwrap_or_default();
        if of.is_empty() {
            return last;
        }
        let listed = of.join(&format!("{comma} "));
        let both = Phrase::of("brief-and")
            .with("listed", listed)
            .with("last", last);
        both.say(self.language())
    }

    /// The first words of the page.
    pub fn finding(&self, figures: &Figures) -> Phrase {
        match self.brief.finding {
            Finding::Nobody => Phrase::of("brief-finding-nobody"),
            Finding::Alone { place, score_c } => Phrase::of("brief-finding-alone")
                .with("name", self.name(place))
                .with("score", self.score(score_c)),
            Finding::Tied { count, score_c } => Phrase::of("brief-finding-tied")
                .with("count", count)
                .with("score", self.score(score_c)),
            Finding::Mean { .. } => {
                let mean = figures.mean_c.map(|mean| self.score(mean));
                let key = match figures.mean_move.way {
                    "up" => "result-headline-up",
                    "down" => "result-headline-down",
                    _ => "result-headline-mean",
                };
                Phrase::of(key)
                    .with("score", mean.unwrap_or_default())
                    .with("by", self.score(figures.mean_move.by))
            }
        }
    }

    /// What the title says of desks that are equipped but unstaffed, and of how many a visit was left without an answer.
    pub fn unstaffed(&self) -> Phrase {
        let unstaffed = &self.brief.unstaffed;
        let seen = unstaffed
            .iter()
            .filter(|place| self.standings[**place].failed > 0);
        let key = match seen.clone().count() {
            0 => "brief-unstaffed-gap",
            _ => "brief-unstaffed-seen",
        };
        Phrase::of(key)
            .with("count", unstaffed.len() as i64)
            .with("seen", seen.count() as i64)
    }

    /// All sentences the reader may read.
    pub fn sentences(&self) -> Vec<Sentence> {
        let mut all = vec![self.rose(), self.fell(), self.gap()];
        all.extend(self.waiting.map(|waiting| self.overdue(waiting)));
        all.push(self.unvisited());
        all.extend(self.waiting.map(|_| self.asked()));
        all
    }

    fn period(&self) -> &str {
        self.printer.period
    }

    /// The sheet of the one agency that is named, or a list of the page where there are several.
    fn proof(&self, places: &[usize], list: &str) -> String {
        match places {
            [one] => url::score(self.period(), &self.line(*one).code),
            _ => list.to_owned(),
        }
    }

    fn rose(&self) -> Sentence {
        let (text, href) = match &self.brief.rose {
            Movers::NothingToCompare => (Phrase::of("brief-not-compared"), self.sorted("change")),
            Movers::Nobody { compared } => (
                Phrase::of("brief-rose-nobody").with("count", *compared),
                self.sorted("change"),
            ),
            Movers::Some {
                count,
                by_c,
                furthest,
            } => (
                Phrase::of("brief-rose-some")
                    .with("count", *count)
                    .with("names", self.names(furthest))
                    .with("by", self.score(*by_c)),
                self.proof(furthest, "#movers"),
            ),
        };
        Sentence {
            about: "brief-about-rose",
            text,
            href,
        }
    }

    fn fell(&self) -> Sentence {
        let (text, href) = match &self.brief.fell {
            Movers::NothingToCompare => (Phrase::of("brief-not-compared"), self.sorted("change")),
            Movers::Nobody { compared } => (
                Phrase::of("brief-fell-nobody").with("count", *compared),
                self.sorted("change"),
            ),
            Movers::Some {
                count,
                by_c,
                furthest,
            } => {
                let cause = match furthest[..] {
                    [one] => self.printer.cause(self.line(one)),
                    _ => None,
                };
                let key = match cause {
                    Some(_) => "brief-fell-why",
                    None => "brief-fell-some",
                };
                let text = Phrase::of(key)
                    .with("count", *count)
                    .with("names", self.names(furthest))
                    .with("by", self.score(*by_c))
                    .with("cause", cause.unwrap_or_default());
                (text, self.proof(furthest, "#movers"))
            }
        };
        Sentence {
            about: "brief-about-fell",
            text,
            href,
        }
    }

    /// A list of the ranking in another order.
    fn sorted(&self, order: &str) -> String {
        format!("{}?sort={order}", url::ranking(self.period()))
    }

    fn gap(&self) -> Sentence {
        let widest = &self.brief.widest;
        let first = widest.first().map(|place| &self.standings[*place]);
        let text = match (first, widest.len()) {
            (None, _) if self.brief.finding == Finding::Nobody => Phrase::of("brief-gap-unknown"),
            (None, _) => Phrase::of("brief-gap-nobody"),
            (Some(one), 1) => {
                let score = |c: Option<i64>| self.score(c.unwrap_or_default());
                Phrase::of("brief-gap-one")
                    .with("names", self.names(widest))
                    .with("claimed", score(one.claimed_c))
                    .with("verified", score(one.verified_c))
            }
            (Some(one), _) => Phrase::of("brief-gap-some")
                .with("names", self.names(widest))
                .with("over", self.score(one.over_c().unwrap_or_default())),
        };
        Sentence {
            about: "brief-about-gap",
            text,
            href: self.proof(widest, &self.sorted("over")),
        }
    }

    fn overdue(&self, waiting: &Waiting) -> Sentence {
        let days = |one: &crate::store::resolution::Resolution| {
            (self.printer.desk.ctx.today() - one.due_on).num_days()
        };
        let mut href = url::RESOLUTIONS.to_owned();
        let text = match waiting.overdue.first() {
            None if waiting.open == 0 => Phrase::of("brief-overdue-no-open"),
            None => Phrase::of("brief-overdue-nobody").with("count", waiting.open),
            Some(oldest) => {
                href = url::resolution(&oldest.id);
                let mut lines = self.printer.rows.lines.iter();
                let owner = lines.position(|line| line.agency_id == oldest.agency_id);
                let number = self.printer.digits(&oldest.number);
                let said = match owner {
                    Some(place) => Phrase::of("brief-overdue-some").with("owner", self.name(place)),
                    None => Phrase::of("brief-overdue-other"),
                };
                said.with("count", waiting.overdue.len() as i64)
                    .with("number", number)
                    .with("days", days(oldest))
            }
        };
        Sentence {
            about: "brief-about-overdue",
            text,
            href,
        }
    }

    fn unvisited(&self) -> Sentence {
        let (all, left) = (self.standings.len() as i64, &self.brief.unvisited);
        let text = match left.len() as i64 {
            _ if all == 0 => Phrase::of("brief-finding-nobody"),
            0 => Phrase::of("brief-visited-all").with("of", all),
            count if count == all => Phrase::of("brief-visited-nobody").with("of", all),
            count => Phrase::of("brief-unvisited")
                .with("count", count)
                .with("of", all)
                .with("names", self.names(left)),
        };
        Sentence {
            about: "brief-about-unvisited",
            text,
            href: if left.is_empty() {
                "#figures"
            } else {
                "#unvisited"
            }
            .to_owned(),
        }
    }

    fn asked(&self) -> Sentence {
        let what = self
            .brief
            .asked
            .iter()
            .map(|one| ask(one).say(self.language()));
        let what: Vec<String> = what.collect();
        let text = if what.is_empty() {
            Phrase::of("brief-asked-nothing")
        } else {
            Phrase::of("brief-asked").with("what", self.joined(what))
        };
        Sentence {
            about: "brief-about-asked",
            text,
            href: "#asked".to_owned(),
        }
    }
}

/// What is asked, as a part of a sentence.
fn ask(of: &Asked) -> Phrase {
    let count = |of: &[usize]| of.len() as i64;
    match of {
        Asked::Staff(places) => Phrase::of("brief-ask-staff").with("count", count(places)),
        Asked::Overdue(overdue) => Phrase::of("brief-ask-overdue").with("count", *overdue),
        Asked::Report(places) => Phrase::of("brief-ask-report").with("count", count(places)),
        Asked::Visit(places) => Phrase::of("brief-ask-visit").with("count", count(places)),
    }
}
