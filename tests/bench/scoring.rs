//! `mizan score` as people run it: the province of the cases, and 2,480 and 15,000 agencies made of it.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

/// How long a command takes, whole.
pub struct Scored {
    pub agencies: usize,
    pub best: Duration,
    pub median: Duration,
    pub peak_kib: u64,
}

/// All sizes.
pub fn all() -> Vec<Scored> {
    let folder = std::env::temp_dir().join(format!("mizan-bench-{}", std::process::id()));
    std::fs::create_dir_all(&folder).expect("room");
    let case =
        Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases/score/province/returns.json");
    let text = std::fs::read_to_string(&case).expect("the case");
    let province: serde_json::Value = serde_json::from_str(&text).expect("JSON");
    let own = province["agencies"].as_array().expect("agencies").len();
    let sizes = [own, 2_480, 15_000];
    sizes
        .into_iter()
        .map(|size| time(&grown(&province, size, &folder), size))
        .collect()
}

/// The province repeated until it has so many agencies, each with a code of its own.
fn grown(province: &serde_json::Value, size: usize, folder: &Path) -> PathBuf {
    let own = province["agencies"].as_array().expect("agencies");
    let more = own.iter().cycle().take(size).enumerate();
    let more = more.map(|(place, agency)| {
        let mut agency = agency.clone();
        agency["code"] = format!("A-{place:05}").into();
        agency
    });
    let mut grown = province.clone();
    grown["agencies"] = serde_json::Value::Array(more.collect());
    let path = folder.join(format!("returns-{size}.json"));
    std::fs::write(&path, grown.to_string()).expect("written");
    path
}

fn time(file: &Path, agencies: usize) -> Scored {
    let runs = if agencies > 10_000 { 3 } else { 7 };
    let mut times = Vec::new();
    let mut peak_kib = 0;
    for _ in 0..runs {
        let began = Instant::now();
        let mut child = Command::new(env!("CARGO_BIN_EXE_mizan"))
            .arg("score")
            .arg(file)
            .stdout(Stdio::null())
            .spawn()
            .expect("the program starts");
        let status = format!("/proc/{}/status", child.id());
        loop {
            let text = std::fs::read_to_string(&status).unwrap_or_default();
            let line = text.lines().find(|line| line.starts_with("VmHWM"));
            let kib = line.and_then(|line| line.split_whitespace().nth(1)?.parse().ok());
            peak_kib = peak_kib.max(kib.unwrap_or(0));
            if let Some(ended) = child.try_wait().expect("ours") {
                assert!(ended.success(), "{} is scored", file.display());
                break;
            }
            std::thread::sleep(Duration::from_micros(500));
        }
        times.push(began.elapsed());
    }
    times.sort_unstable();
    Scored {
        agencies,
        best: times[0],
        median: times[times.len() / 2],
        peak_kib,
    }
}
