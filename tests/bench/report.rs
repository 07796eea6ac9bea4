//! The tables, and their place in docs/OPERATIONS.md.

use std::fmt::Write;
use std::path::Path;
use std::time::Duration;

use super::load::Measured;
use super::scoring::Scored;
use super::server::Engine;

/// Each table has its place between two marks.
fn marks(section: &str) -> (String, String) {
    (
        format!("<!-- {section}: begin (make bench) -->"),
        format!("<!-- {section}: end -->"),
    )
}

/// Prints a table, and writes it into the document where that has a place for it.
pub fn keep(section: &str, text: &str) {
    let (begin, end) = marks(section);
    let text = format!("{begin}\n{}\n{text}\n{end}", machine());
    println!("{text}");
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/OPERATIONS.md");
    let document = std::fs::read_to_string(&path).unwrap_or_default();
    if let (Some(from), Some(to)) = (document.find(&begin), document.find(&end)) {
        let kept = [&document[..from], &text, &document[to + end.len()..]].concat();
        std::fs::write(&path, kept).expect("the document can be written");
    }
}

/// What programs in use today take for the same work, on the same kind of machine (processor milliseconds).
const TODAY: &str = "\
For scale, processor milliseconds of programs in use today for the same work, 60 agencies × 60 answers, two cores:\n\n\
| | list of 60 with scores | one assessment, 60 answers | save one answer | memory under load | cold start |\n\
|---|---|---|---|---|---|\n\
| CISO Assistant | 4,050 | 350–505 | 800 | 720–813 MiB | 35–86 s |\n\
| CEUK marking | 590–885 | 137–189 (9 of 60) | 39 | 247–306 MiB | 5–13 s |\n\
| ODK Central (no scores, no pages) | 7–12 | 3–5 | 6–7 | 295–435 MiB | 1.7 s |\n";

/// What was measured so far.
pub struct Report {
    memory: String,
    requests: String,
    scoring: String,
}

fn ms(time: Duration) -> String {
    format!("{:.2}", time.as_secs_f64() * 1000.0)
}

fn mib(kib: u64) -> String {
    format!("{:.0} MiB", kib as f64 / 1024.0)
}

impl Report {
    /// Empty tables.
    pub fn begin() -> Report {
        Report {
            memory: String::new(),
            requests: String::from(
                "| engine | what | clients | CPU ms/request | requests/s | median ms | p99 ms |\n\
                 |---|---|---|---|---|---|---|\n",
            ),
            scoring: String::from(
                "| `mizan score`, agencies | best ms | median ms | peak memory |\n|---|---|---|---|\n",
            ),
        }
    }

    /// From the command to the first answer.
    pub fn cold_start(&mut self, engine: Engine, times: &[Duration]) {
        let best = times.iter().min().copied().unwrap_or_default();
        let worst = times.iter().max().copied().unwrap_or_default();
        let (name, best, worst) = (engine.name(), ms(best), ms(worst));
        let _ = writeln!(self.memory, "- {name}: cold start {best} to {worst} ms");
    }

    /// Memory before the first request of a person.
    pub fn idle(&mut self, engine: Engine, kib: u64) {
        let _ = writeln!(self.memory, "- {}: idle {}", engine.name(), mib(kib));
    }

    /// Memory after the load, and its peak.
    pub fn under_load(&mut self, engine: Engine, kib: u64, peak: u64) {
        let (name, now, peak) = (engine.name(), mib(kib), mib(peak));
        let _ = writeln!(
            self.memory,
            "- {name}: after the load {now}, peak {peak} (argon2 of sign-ins included)"
        );
    }

    fn row(&mut self, engine: Engine, one: &Measured) {
        let row = format!(
            "| {} | {} | {} | {:.2} | {:.0} | {} | {} |",
            engine.name(),
            one.what,
            one.clients,
            one.cpu_ms,
            one.per_second,
            ms(one.median),
            ms(one.p99)
        );
        eprintln!("{row}");
        self.requests.push_str(&row);
        self.requests.push('\n');
    }

    /// A page that was read.
    pub fn pages(&mut self, engine: Engine, one: Measured) {
        self.row(engine, &one);
    }

    /// An answer that was saved.
    pub fn saves(&mut self, engine: Engine, one: Measured) {
        self.row(engine, &one);
    }

    /// A file that was scored.
    pub fn scoring(&mut self, one: Scored) {
        let row = format!(
            "| {} | {} | {} | {} |\n",
            one.agencies,
            ms(one.best),
            ms(one.median),
            mib(one.peak_kib)
        );
        eprint!("{row}");
        self.scoring.push_str(&row);
    }

    /// Prints everything, and writes it into the document where it has a place for it.
    pub fn end(self) {
        let text = format!(
            "{}\n{}\n{}\n{TODAY}",
            self.memory, self.requests, self.scoring
        );
        keep("measured", &text);
    }
}

fn machine() -> String {
    let info = std::fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let model = info.lines().find(|line| line.starts_with("model name"));
    let model = model.and_then(|line| line.split(": ").nth(1));
    let cores = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
    format!(
        "Measured on {cores} cores ({}), server and clients on the same machine, release build.\n",
        model.unwrap_or("unknown")
    )
}
