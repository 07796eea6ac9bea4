//! Workbooks of the 38 indicators that an agency reports: made, and read by the process of its own, 60 in a row.

use std::path::Path;
use std::time::Instant;

use mizan::cli::score::built_in;
use mizan::domain::framework::{Framework, Indicator, Measure, ReportedBy};
use mizan::web::pages::framework_text::FrameworkText;
use mizan::web::words::Language;
use mizan::workbook::book::{Book, COLUMNS, Cells, Line, Mark, Part};
use mizan::workbook::{reader, write};

use super::index::processor_ms;

/// One for each agency of a province.
const MANY: usize = 60;

/// The table of costs.
pub fn report() -> String {
    let framework = built_in().remove(0);
    let book = book(&framework);
    let indicators: usize = book.parts.iter().map(|part| part.lines.len()).sum();
    let made = || write::write(&book).expect("a workbook");
    let bytes = made();
    let began = processor_ms();
    (0..MANY).for_each(|_| drop(made()));
    let making = (processor_ms() - began) / MANY as f64;
    let read = || {
        let program = Path::new(env!("CARGO_BIN_EXE_mizan"));
        let read = reader::filled(program, &bytes).expect("it starts");
        assert_eq!(read.expect("a workbook").made.len(), indicators);
    };
    read();
    let (before, began) = (children(), Instant::now());
    (0..MANY).for_each(|_| read());
    let waited = began.elapsed().as_secs_f64() * 1e3 / MANY as f64;
    let after = children();
    let reading = (after.0 - before.0) / MANY as f64;
    let (size, peak) = (bytes.len() / 1024, after.1 / 1024);
    format!(
        "Workbooks of {indicators} indicators, all answered, {MANY} in a row, each:\n\n\
         | size | made, processor ms | read by a process of its own, processor ms | from file to answers ms | peak memory of that process |\n\
         |---|---|---|---|---|\n\
         | {size} KiB | {making:.1} | {reading:.1} | {waited:.1} | {peak} MiB |\n"
    )
}

/// Processor time of the processes that have ended, in milliseconds, and the most memory one of them had, in KiB.
fn children() -> (f64, i64) {
    // SAFETY: a structure of numbers may be all zero.
    let mut usage: libc::rusage = unsafe { std::mem::zeroed() };
    // SAFETY: the call writes into the place it is given, which lives as long as the call.
    unsafe { libc::getrusage(libc::RUSAGE_CHILDREN, &mut usage) };
    let ms = |time: libc::timeval| time.tv_sec as f64 * 1e3 + time.tv_usec as f64 / 1e3;
    (ms(usage.ru_utime) + ms(usage.ru_stime), usage.ru_maxrss)
}

/// The checklist of an agency that is asked everything.
fn book(framework: &Framework) -> Book {
    let texts = FrameworkText::of(framework, Language::Fa);
    let asked = framework.indicators.iter();
    let asked = asked.filter(|one| one.reported_by == ReportedBy::Agency);
    Book {
        mark: Mark {
            period: "1405-Q2".to_owned(),
            agency: "INF-01".to_owned(),
            ..Mark::default()
        },
        is_right_to_left: true,
        sheet: "کاربرگ".to_owned(),
        title: "کاربرگ سه‌ماههٔ دوم ۱۴۰۵".to_owned(),
        how: "تنها خانه‌های زرد را پر کنید.".to_owned(),
        heads: COLUMNS.map(str::to_owned),
        parts: vec![Part {
            title: "همهٔ محورها".to_owned(),
            lines: asked.map(|one| line(texts, one)).collect(),
        }],
    }
}

fn line(texts: FrameworkText, of: &Indicator) -> Line {
    let (numerator, denominator) = texts.parts(&of.code);
    let is_ratio = of.measure == Measure::Ratio;
    let only = |is: bool, text: &str| if is { text.to_owned() } else { String::new() };
    Line {
        code: of.code.clone(),
        title: texts.title(&of.code),
        guidance: texts.guidance(&of.code),
        asked: format!("صورت: {numerator}؛ مخرج: {denominator}"),
        last: "۱۷۰ از ۱۹۰".to_owned(),
        cells: Cells {
            choice: "پاسخ می‌دهیم".to_owned(),
            value: only(!is_ratio, "۳"),
            numerator: only(is_ratio, "۱۷۲"),
            denominator: only(is_ratio, "۱۹۰"),
            na_reason: String::new(),
            note: "از سامانهٔ حضور و غیاب، روزهای ۱ تا ۳۱ شهریور".to_owned(),
        },
        version: 1,
        choices: ["پاسخ می‌دهیم", "پاسخی نداریم"].map(str::to_owned).to_vec(),
        options: texts.levels(&of.code),
        is_ratio,
        may_ask_na: of.is_na_allowed,
    }
}
