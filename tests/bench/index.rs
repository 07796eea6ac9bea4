//! `mizan index` beside a plain C program that does the same work in the same run: full passes, and moved weights.

use std::fmt::Write;
use std::path::Path;
use std::process::Command;
use std::time::Instant;

use mizan::analysis::draws::Draws;
use mizan::analysis::index::method::{self, Method};
use mizan::analysis::index::moved::Settings;
use mizan::analysis::index::pass::Pass;
use mizan::analysis::index::table::{self, Table};
use mizan::analysis::index::{compute, moved};

const INDICATORS: usize = 60;
const DIMENSIONS: [u32; 8] = [3, 2, 2, 2, 1, 1, 1, 1];
/// The share of values that are missing, where some are.
const MISSING: f64 = 0.03;

/// The instruction set that this bench was compiled for: the C program is compiled for the same.
fn instructions() -> &'static str {
    if cfg!(target_feature = "avx512vl") {
        "x86-64-v4"
    } else if cfg!(target_feature = "avx2") {
        "x86-64-v3"
    } else if cfg!(target_feature = "sse4.2") {
        "x86-64-v2"
    } else {
        "x86-64"
    }
}

/// Processor time of this process, all threads together, in milliseconds.
pub fn processor_ms() -> f64 {
    let mut time = libc::timespec {
        tv_sec: 0,
        tv_nsec: 0,
    };
    // SAFETY: the call writes into the place it is given, which lives as long as the call.
    unsafe { libc::clock_gettime(libc::CLOCK_PROCESS_CPUTIME_ID, &mut time) };
    time.tv_sec as f64 * 1e3 + time.tv_nsec as f64 / 1e6
}

/// What the C program prints, compiled and run on the spot.
fn baseline() -> String {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/bench/baseline.c");
    let program = std::env::temp_dir().join(format!("mizan-baseline-{}", std::process::id()));
    let march = format!("-march={}", instructions());
    let mut compiler = Command::new("cc");
    compiler.args(["-O3", &march, "-o"]).arg(&program);
    let made = compiler.arg(&source).arg("-lm").status();
    assert!(made.expect("cc is there").success(), "it compiles");
    let ran = Command::new(&program).output().expect("it runs");
    let _ = std::fs::remove_file(&program);
    String::from_utf8(ran.stdout).expect("text")
}

/// The number after `mark` in the line that begins with `line`.
fn printed(text: &str, line: &str, mark: &str) -> f64 {
    let line = text.lines().find(|one| one.starts_with(line));
    let rest = line
        .and_then(|line| line.split_once(mark))
        .expect("a line")
        .1;
    let number = rest.trim_start().split(' ').next().expect("a number");
    number.parse().expect("a number")
}

/// The method of the C program: eight dimensions, every fifth indicator turned.
fn method() -> Method {
    let indicator = |j: usize| {
        let dimension = if j < 32 { j / 8 } else { 4 + (j - 32) / 7 };
        let direction = if j % 5 == 4 { -1 } else { 1 };
        let weight = 1 + j * 7 % 3;
        format!(
            r#"{{"code": "I{j}", "parent": "D{dimension}", "direction": {direction},
                "weight": {weight}, "norm": {{"method": "minmax"}}}}"#
        )
    };
    let indicators: Vec<String> = (0..INDICATORS).map(indicator).collect();
    let nodes = DIMENSIONS.iter().enumerate();
    let nodes = nodes
        .map(|(d, weight)| format!(r#"{{"code": "D{d}", "parent": "I", "weight": {weight}}}"#));
    let nodes: Vec<String> = nodes.chain([r#"{"code": "I"}"#.to_owned()]).collect();
    let text = format!(
        r#"{{"id": "u", "indicators": [{}], "nodes": [{}]}}"#,
        indicators.join(","),
        nodes.join(",")
    );
    method::read(&text).expect("a method")
}

/// Units with invented values, some of them missing.
fn values(method: &Method, units: usize, missing: f64) -> Table {
    let mut draws = Draws(88_172_645_463_325_252);
    let mut share = || (draws.draw() >> 11) as f64 / (1_u64 << 53) as f64;
    let mut text = String::from("u");
    for j in 0..INDICATORS {
        let _ = write!(text, ",I{j}");
    }
    for unit in 0..units {
        let _ = write!(text, "\nU{unit}");
        for _ in 0..INDICATORS {
            let is_missing = share() < missing;
            let value = 100.0 * share();
            let _ = if is_missing {
                write!(text, ",")
            } else {
                write!(text, ",{value}")
            };
        }
    }
    table::read(&text, method).expect("values")
}

/// The table of ratios.
pub fn report() -> String {
    let theirs = baseline();
    let method = method();
    let set = instructions();
    let mut out = format!(
        "The plain C program (`tests/bench/baseline.c`, `cc -O3 -march={set}`) and `mizan index` (release build for the same {set}), \
         one run, processor time; {INDICATORS} indicators, two levels. Under 1 is faster than C.\n\n\
         | full pass: normalise, aggregate, rank; units | C ms | ours ms | ratio | memory of a pass | with the result in lists ms |\n\
         |---|---|---|---|---|---|\n"
    );
    for units in [60, 2_480, 15_000] {
        out.push_str(&full(&method, units, &theirs));
    }
    out.push_str(
        "\n| weights moved by ±25 % at two levels: units, values missing, replications | C ms | ours ms | ratio | ours by the clock, one thread | two threads | gain |\n\
         |---|---|---|---|---|---|---|\n",
    );
    for units in [60, 2_480] {
        for (is_gappy, missing) in [(0, 0.0), (1, MISSING)] {
            let table = values(&method, units, missing);
            for replications in [1_000, 10_000] {
                let line = format!("MC N={units} NA={is_gappy} R={replications}:");
                let theirs = 1e3 * printed(&theirs, &line, ":");
                out.push_str(&many(&method, &table, is_gappy == 1, replications, theirs));
            }
        }
    }
    eprint!("{out}");
    out
}

fn full(method: &Method, units: usize, theirs: &str) -> String {
    let table = values(method, units, MISSING);
    let pass = Pass::of(method, &table, None).expect("a pass");
    let mut room = pass.room();
    let mut times: Vec<f64> = (0..120_000 / units + 100)
        .map(|_| {
            let began = processor_ms();
            pass.run(&mut room).expect("ranks");
            processor_ms() - began
        })
        .collect();
    times.sort_by(f64::total_cmp);
    let ours = times[times.len() / 2];
    let theirs = printed(theirs, &format!("full N={units}:"), "median");
    let began = processor_ms();
    compute(method, &table, None).expect("an index");
    let whole = processor_ms() - began;
    let mib = room.bytes() as f64 / f64::from(1 << 20);
    let ratio = ours / theirs;
    format!("| {units} | {theirs:.4} | {ours:.4} | {ratio:.2} | {mib:.2} MiB | {whole:.2} |\n")
}

fn many(method: &Method, table: &Table, is_gappy: bool, replications: u32, theirs: f64) -> String {
    let units = table.units.len();
    let run = |threads: usize| {
        let how = Settings {
            seed: 2018,
            replications,
            spread_pct: 25,
            threads,
        };
        let (mut processor, mut clock) = (f64::MAX, f64::MAX);
        let mut found = None;
        // Short work is done more often, or something else of the machine's is measured.
        let runs = if units * replications as usize > 1_000_000 {
            3
        } else {
            30
        };
        for _ in 0..runs {
            let (from, began) = (processor_ms(), Instant::now());
            let places = moved(method, table, None, how, |_| {}).expect("places");
            clock = clock.min(began.elapsed().as_secs_f64() * 1e3);
            processor = processor.min(processor_ms() - from);
            found = Some(places);
        }
        (processor, clock, found)
    };
    let (ours, one, places) = run(1);
    let (_, two, same) = run(2);
    assert_eq!(places, same, "the same for any number of threads");
    let missing = if is_gappy { "3 %" } else { "none" };
    let (ratio, gain) = (ours / theirs, one / two);
    format!(
        "| {units}, {missing}, {replications} | {theirs:.1} | {ours:.1} | {ratio:.2} | {one:.1} | {two:.1} | {gain:.2} × |\n"
    )
}
