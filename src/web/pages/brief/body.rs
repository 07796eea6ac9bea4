//! What the one page prints between its head and its foot.

use std::cmp::Reverse;

use serde::Serialize;

use super::history::{self, Drawing, Drawn};
use super::sentence::{Sentence, Writer};
use crate::app::AppError;
use crate::app::brief::{Waiting, history};
use crate::app::ranking::Ranking;
use crate::domain::access::Act;
use crate::domain::brief::{Asked, Brief, ENDS, Ends, Movers, Standing, ends};
use crate::web::pages::ranking::figures::{Figures, figures};
use crate::web::pages::ranking::line::{Line, Printer};
use crate::web::render::Page;
use crate::web::url;
use crate::web::words::Phrase;

/// How many names stand in the list of the widest claims.
const WIDEST: usize = 8;
/// So many lines a list of the page has at most; the rest is counted.
const MOST: usize = 20;
/// So many movers stand in their list.
const MOST_MOVERS: usize = 10;
/// So many names are listed where the meeting is asked about agencies.
const MOST_NAMES: usize = 100;
/// So many lines the history draws at most.
const MOST_DRAWN: usize = 14;

/// One agency that is named for something, with the figure it is named for.
#[derive(Clone, Debug, Serialize)]
pub struct Honour {
    pub name: String,
    pub href: String,
    pub figure: i64,
}

/// An agency in a list of names.
#[derive(Clone, Debug, Serialize)]
pub struct NameLink {
    pub name: String,
    pub href: String,
}

/// Something the meeting is asked to decide.
#[derive(Clone, Debug, Serialize)]
pub struct Ask {
    /// `staff`, `overdue`, `report` or `visit`.
    pub kind: &'static str,
    pub count: i64,
    pub names: Vec<NameLink>,
    /// How many more are not listed.
    pub more: i64,
}

/// The first and the last of one league.
#[derive(Clone, Debug, Serialize)]
pub struct LeagueEnds {
    pub title: String,
    /// The keys of what stands over the two lists: first and last, or all in two halves.
    pub titles: [&'static str; 2],
    pub first: Vec<Line>,
    pub last: Vec<Line>,
    /// How many share a place, where first and last cannot be told apart.
    pub tied: Option<i64>,
}

/// The page between its head and its foot.
#[derive(Serialize)]
pub struct Body {
    pub finding: Phrase,
    pub figures: Figures,
    pub sentences: Vec<Sentence>,
    pub unstaffed: Vec<Line>,
    pub unstaffed_count: i64,
    /// What the title says of them.
    pub unstaffed_said: Phrase,
    pub has_places: bool,
    pub may_resolve: bool,
    pub movers: Vec<Line>,
    pub more_movers: i64,
    pub within_error: i64,
    pub least_c: i64,
    pub widest: Vec<Line>,
    pub most_improved: Vec<Honour>,
    pub best_desk: Vec<Honour>,
    pub asked: Vec<Ask>,
    pub unvisited: Vec<NameLink>,
    pub more_unvisited: i64,
    pub ends: Vec<LeagueEnds>,
    pub drawing: Option<Drawing>,
    /// The ranking, printed already.
    pub lists: String,
}

impl Page for Body {
    const TEMPLATE: &'static str = "brief/body.html";
}

/// The parts of a page are made from the same few things.
struct Maker<'a> {
    printer: &'a Printer<'a>,
    standings: &'a [Standing<'a>],
    brief: &'a Brief,
}

impl Body {
    /// The page of a result.
    pub fn of(
        printer: &Printer,
        ranking: &Ranking,
        waiting: Option<&Waiting>,
        lists: String,
    ) -> Result<Body, AppError> {
        let standings = printer.rows.standings();
        let least_c = printer.desk.hall.state.config.least_change_c;
        let overdue = waiting.map_or(0, |waiting| waiting.overdue.len() as i64);
        let brief = Brief::of(&standings, least_c, overdue);
        let (standings, brief) = (&standings, &brief);
        let writer = Writer {
            printer,
            standings,
            brief,
            waiting,
        };
        let maker = Maker {
            printer,
            standings,
            brief,
        };
        let figures = figures(printer);
        let (movers, more_movers) = maker.movers(least_c);
        let unstaffed = maker.lines(brief.unstaffed.iter().take(MOST));
        let unvisited = maker.links(&brief.unvisited);
        Ok(Body {
            finding: writer.finding(&figures),
            figures,
            sentences: writer.sentences(),
            has_places: unstaffed.iter().any(|line| !line.desk.counties.is_empty()),
            unstaffed,
            unstaffed_count: brief.unstaffed.len() as i64,
            unstaffed_said: writer.unstaffed(),
            may_resolve: printer.desk.ctx.actor.may(Act::Resolve),
            movers,
            more_movers,
            within_error: brief.unmoved,
            least_c,
            widest: maker.widest(),
            most_improved: maker.honours(&brief.most_improved, |one| one.change_c),
            best_desk: maker.honours(&brief.best_desk, |one| one.desk_bp),
            asked: waiting.map(|_| maker.asked()).unwrap_or_default(),
            more_unvisited: brief.unvisited.len() as i64 - unvisited.len() as i64,
            unvisited,
            ends: maker.ends(),
            drawing: maker.drawing(ranking)?,
            lists,
        })
    }
}

impl Maker<'_> {
    fn lines<'p>(&self, places: impl Iterator<Item = &'p usize>) -> Vec<Line> {
        let rows = &self.printer.rows.lines;
        places
            .map(|place| self.printer.line(&rows[*place]))
            .collect()
    }

    fn link(&self, place: usize) -> NameLink {
        let row = &self.printer.rows.lines[place];
        let name = self.printer.desk.choose(&row.name_fa, &row.name_en);
        NameLink {
            name: name.to_owned(),
            href: url::score(self.printer.period, &row.code),
        }
    }

    fn links(&self, places: &[usize]) -> Vec<NameLink> {
        let few = places.iter().take(MOST_NAMES);
        few.map(|place| self.link(*place)).collect()
    }

    /// Those whose change counts, the furthest first.
    fn movers(&self, least_c: i64) -> (Vec<Line>, i64) {
        let all = self.standings.iter().enumerate();
        let compared = all.filter(|(_, one)| one.is_ranked && one.was_ranked);
        let mut moved: Vec<(usize, i64)> = compared
            .filter_map(|(place, one)| Some((place, one.change_c?.abs())))
            .filter(|(_, by)| *by >= least_c.max(1))
            .collect();
        moved.sort_by_key(|(_, by)| Reverse(*by));
        let more = moved.len().saturating_sub(MOST_MOVERS) as i64;
        let few: Vec<usize> = moved
            .into_iter()
            .take(MOST_MOVERS)
            .map(|(place, _)| place)
            .collect();
        (self.lines(few.iter()), more)
    }

    fn widest(&self) -> Vec<Line> {
        let all = self.standings.iter().enumerate();
        let mut over: Vec<(usize, i64)> = all
            .filter(|(_, one)| one.is_ranked)
            .filter_map(|(place, one)| Some((place, one.over_c()?)))
            .collect();
        over.sort_by_key(|(_, over)| Reverse(*over));
        let few: Vec<usize> = over
            .into_iter()
            .take(WIDEST)
            .map(|(place, _)| place)
            .collect();
        self.lines(few.iter())
    }

    fn honours(&self, places: &[usize], figure: impl Fn(&Standing) -> Option<i64>) -> Vec<Honour> {
        let few = places.iter().take(MOST).filter_map(|place| {
            let NameLink { name, href } = self.link(*place);
            let figure = figure(&self.standings[*place])?;
            Some(Honour { name, href, figure })
        });
        few.collect()
    }

    fn asked(&self) -> Vec<Ask> {
        let ask = |kind, places: &[usize]| {
            let names = self.links(places);
            Ask {
                kind,
                count: places.len() as i64,
                more: (places.len() - names.len()) as i64,
                names,
            }
        };
        let asked = self.brief.asked.iter().map(|one| match one {
            Asked::Staff(places) => ask("staff", places),
            Asked::Report(places) => ask("report", places),
            Asked::Visit(places) => ask("visit", places),
            Asked::Overdue(count) => Ask {
                count: *count,
                ..ask("overdue", &[])
            },
        });
        asked.collect()
    }

    fn ends(&self) -> Vec<LeagueEnds> {
        let kinds = self.printer.framework.kinds.iter();
        let made = kinds.filter_map(|kind| {
            let mut of = LeagueEnds {
                title: self.printer.texts().kind(kind),
                titles: ["brief-first", "brief-last"],
                first: Vec::new(),
                last: Vec::new(),
                tied: None,
            };
            match ends(self.standings, kind) {
                Ends::Nobody => return None,
                Ends::All(all) => {
                    // More than one list can hold at a glance stand in two halves.
                    let half = if all.len() > ENDS {
                        all.len().div_ceil(2)
                    } else {
                        all.len()
                    };
                    of.titles = ["brief-all", "brief-all-more"];
                    of.first = self.lines(all[..half].iter());
                    of.last = self.lines(all[half..].iter());
                }
                Ends::Parted { first, last } => {
                    of.first = self.lines(first.iter());
                    of.last = self.lines(last.iter());
                }
                Ends::Tied { count } => of.tied = Some(count),
            }
            Some(of)
        });
        made.collect()
    }

    /// Those of the first league who are drawn: its ends, and who moved furthest.
    fn drawn(&self) -> Vec<usize> {
        let Some(league) = self.printer.framework.kinds.first() else {
            return Vec::new();
        };
        let mut places = match ends(self.standings, league) {
            Ends::All(all) => all,
            Ends::Parted { first, last } => first.into_iter().chain(last).collect(),
            Ends::Nobody | Ends::Tied { .. } => Vec::new(),
        };
        for movers in [&self.brief.rose, &self.brief.fell] {
            if let Movers::Some { furthest, .. } = movers {
                let own = furthest
                    .iter()
                    .filter(|place| self.standings[**place].league == league);
                places.extend(own.take(2));
            }
        }
        places.sort_unstable();
        places.dedup();
        places.truncate(MOST_DRAWN);
        places
    }

    fn drawing(&self, ranking: &Ranking) -> Result<Option<Drawing>, AppError> {
        let ctx = &self.printer.desk.ctx;
        let drawn = self.drawn();
        let lines = self.lines(drawn.iter());
        let rows = &self.printer.rows.lines;
        let ids: Vec<String> = drawn
            .iter()
            .map(|place| rows[*place].agency_id.clone())
            .collect();
        let past = ctx.store.read(|conn| history(ctx, conn, ranking, &ids))?;
        let who = ids.into_iter().zip(lines).map(|(agency, line)| Drawn {
            agency,
            name: line.name,
            way: line.rank_move.way,
        });
        let language = self.printer.desk.hall.language;
        Ok(history::draw(&past, who.collect(), language))
    }
}
