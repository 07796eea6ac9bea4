//! Requests by one and by many, and what they cost the server.

use std::sync::Barrier;
use std::time::{Duration, Instant};

use super::client::{Client, hidden};
use super::server::{PASSWORD, Server, Town};

/// What a run of requests cost.
pub struct Measured {
    pub what: String,
    pub clients: usize,
    /// Processor milliseconds of the server for each request.
    pub cpu_ms: f64,
    pub per_second: f64,
    pub median: Duration,
    pub p99: Duration,
}

/// Runs `deed` by so many clients at once, each so often.
fn run(
    server: &Server,
    what: &str,
    clients: Vec<Client>,
    times: usize,
    deed: impl Fn(usize, usize, &mut Client) + Sync,
) -> Measured {
    let count = clients.len();
    let gate = Barrier::new(count + 1);
    let (began, before, mut waits) = std::thread::scope(|scope| {
        let work = clients.into_iter().enumerate().map(|(who, mut client)| {
            let (gate, deed) = (&gate, &deed);
            scope.spawn(move || {
                gate.wait();
                let mut waits = Vec::with_capacity(times);
                for turn in 0..times {
                    let began = Instant::now();
                    deed(who, turn, &mut client);
                    waits.push(began.elapsed());
                }
                waits
            })
        });
        let work: Vec<_> = work.collect();
        let (began, before) = (Instant::now(), server.cpu_ms());
        gate.wait();
        let waits = work
            .into_iter()
            .flat_map(|one| one.join().expect("a client"));
        let waits: Vec<Duration> = waits.collect();
        (began, before, waits)
    });
    let (took, cpu) = (began.elapsed(), server.cpu_ms() - before);
    waits.sort_unstable();
    let at = |share: usize| waits[(waits.len() - 1) * share / 100];
    Measured {
        what: what.to_owned(),
        clients: count,
        cpu_ms: cpu / waits.len() as f64,
        per_second: waits.len() as f64 / took.as_secs_f64(),
        median: at(50),
        p99: at(99),
    }
}

/// Whole rendered pages, read by one.
pub fn pages(town: &Town, server: &Server) -> Vec<Measured> {
    let agency = &town.open[0];
    let manager = format!("bench-{}", agency.to_lowercase());
    let period = &town.period;
    let kinds = [
        (
            "ranking of 68",
            "governor",
            format!("/{}/ranking", town.last),
        ),
        (
            "one assessment, all answers",
            manager.as_str(),
            format!("/{period}/agencies/{agency}/checklist"),
        ),
        (
            "one indicator",
            manager.as_str(),
            format!("/{period}/agencies/{agency}/answers/DSP-02"),
        ),
        (
            "score sheet",
            "governor",
            format!("/{}/agencies/INF-08/score", town.last),
        ),
        ("sign-in page", "", "/sign-in".to_owned()),
    ];
    let mut all = Vec::new();
    for (what, login, path) in kinds {
        for count in [1, 16] {
            let open = |_| match login {
                "" => Client::open(server.port),
                login => Client::sign_in(server.port, login, PASSWORD),
            };
            let clients = (0..count).map(open).collect();
            let get = |_, _, client: &mut Client| {
                assert_eq!(client.get(&path).status, 200, "{path}");
            };
            all.push(run(server, what, clients, 1_600 / count, get));
        }
    }
    all
}

/// Saves of one answer, each on disk before its reply, by 1, 16 and 64 clients.
pub fn saves(town: &Town, server: &Server) -> Vec<Measured> {
    // Level and yes/no questions that every profile is asked, so that a save is one field.
    const ASKED: [&str; 4] = ["DSP-02", "DSP-03", "DSS-04", "GOV-04"];
    let mut all = Vec::new();
    for count in [1, 16, 64] {
        let seats = (0..count).map(|who| {
            let agency = &town.open[who % town.open.len()];
            let login = format!("bench-{}", agency.to_lowercase());
            let mut client = Client::sign_in(server.port, &login, PASSWORD);
            let code = ASKED[who / town.open.len()];
            let path = format!("/{}/agencies/{agency}/answers/{code}", town.period);
            let page = client.get(&path);
            assert_eq!(page.status, 200, "{path}");
            let seen: i64 = hidden(&page.body, "seen").parse().unwrap_or(0);
            (client, (path, hidden(&page.body, "csrf"), seen))
        });
        let (clients, seats): (Vec<_>, Vec<_>) = seats.unzip();
        let save = |who: usize, turn: usize, client: &mut Client| {
            let (path, csrf, seen): &(String, String, i64) = &seats[who];
            let level = if turn.is_multiple_of(2) { "1" } else { "2" };
            let fields = [
                ("csrf", csrf.clone()),
                ("seen", (seen + turn as i64).to_string()),
                ("choice", "value".to_owned()),
                ("value", level.to_owned()),
                // A note of its own makes every save a change.
                ("note", format!("سنجش {turn}")),
            ];
            let answer = client.post(path, &fields);
            assert_eq!(answer.status, 303, "{path} {turn}");
        };
        let times = if count == 64 { 100 } else { 1_600 / count };
        all.push(run(server, "save one answer", clients, times, save));
    }
    all
}
