//! How fast the engine is, against what the system itself costs: all on one core, in one run, as
//! ratios of medians. `cargo bench --bench speed` prints them beside what is demanded.
//!
//! Each figure is a criterion benchmark too, so its spread and history are under
//! `target/criterion`.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};

use criterion::Criterion;
use sched::host::{Host, Program, SCRATCH, Schedule, allowed_cores, stay_on};
use sched::strategy::Strategy;

/// Where the programs are compiled to.
fn folder() -> PathBuf {
    let target = std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| "target".into(), PathBuf::from);
    target.join("bench-programs")
}

/// Builds the libraries of checked programs, and the programs of the benchmark with them.
fn compile() -> PathBuf {
    let folder = folder();
    std::fs::create_dir_all(&folder).expect("a folder for the benchmark's programs");
    let libraries = folder.join("libraries");
    let cargo = Command::new(env!("CARGO"))
        .args(["build", "--quiet", "--profile", "checked", "-p", "checked-std", "-p", "mp"])
        .arg("--target-dir")
        .arg(&libraries)
        .status();
    assert!(cargo.expect("cargo runs").success(), "the libraries do not build");
    let built = libraries.join("checked");
    for name in ["one_lock", "points", "switches", "floor"] {
        let mut rustc = Command::new("rustc");
        rustc.args(["--edition", "2024", "-C", "target-feature=+crt-static"]);
        rustc.args(["-C", "relocation-model=static", "-C", "opt-level=0", "-C", "strip=debuginfo"]);
        if name != "floor" {
            let library = |name: &str| format!("{name}={}", built.join(format!("lib{}.rlib", match name {
                "std" => "checked_std",
                other => other,
            })).display());
            rustc.args(["--extern", &library("std"), "--extern", &library("mp")]);
            rustc.arg("-L").arg(format!("dependency={}", built.join("deps").display()));
        }
        let source = Path::new("benches/programs").join(name).with_extension("rs");
        let status = rustc.arg(source).arg("-o").arg(folder.join(name)).status();
        assert!(status.expect("rustc runs").success(), "{name} does not compile");
    }
    folder
}

/// Runs `program` so many times under one strategy and returns the time that took.
fn schedules(program: &Path, arg: u32, strategy: Strategy, times: u64, core: usize) -> Duration {
    stay_on(core);
    let scratch = tempfile::Builder::new().prefix(SCRATCH).tempdir().expect("a scratch folder");
    let args = [arg.to_string()];
    let mut host = Host::start(&Program {
        path: program,
        args: &args,
        core: Some(core),
        scratch: scratch.path(),
    })
    .expect("the program starts");
    let schedule = Schedule {
        seed: 0,
        number: 0,
        strategy,
        max_delay: Some(Duration::ZERO),
        length: 0,
        edges: Vec::new(),
        replay: Vec::new(),
    };
    let mut once = || assert!(host.execute(&schedule, &|| false).expect("a run"), "not cancelled");
    once();
    let start = Instant::now();
    for _ in 0..times {
        once();
    }
    start.elapsed()
}

/// How often the kernel switched to another process in one schedule, as it counts itself: what
/// the processes of `times` schedules add to the count of this process's children.
fn switches_of(program: &Path, arg: u32, core: usize) -> f64 {
    const TIMES: u64 = 200;
    let before = switches_of_children();
    schedules(program, arg, Strategy::Natural, TIMES, core);
    (switches_of_children() - before) / (TIMES + 1) as f64
}

fn switches_of_children() -> f64 {
    // SAFETY: all zeroes is a valid `rusage`.
    let mut usage: libc::rusage = unsafe { std::mem::zeroed() };
    // SAFETY: writes the structure it is given.
    unsafe { libc::getrusage(libc::RUSAGE_CHILDREN, &raw mut usage) };
    (usage.ru_nvcsw + usage.ru_nivcsw) as f64
}

/// The floor program's time for so many rounds.
fn floor(program: &Path, what: &str, rounds: u64, children: u32, core: usize) -> Duration {
    stay_on(core);
    let output = Command::new(program)
        .args([what, &rounds.to_string(), &children.to_string()])
        .output()
        .expect("the floor runs");
    let nanos: u64 = String::from_utf8_lossy(&output.stdout).trim().parse().expect("a number");
    Duration::from_nanos(nanos * rounds)
}

/// The median of a finished benchmark, in nanoseconds.
fn median(name: &str) -> f64 {
    let target = std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| "target".into(), PathBuf::from);
    let file = target.join("criterion").join(name).join("new/estimates.json");
    let text = std::fs::read_to_string(&file).expect("criterion wrote its estimates");
    let json: serde_json::Value = serde_json::from_str(&text).expect("valid JSON");
    json["median"]["point_estimate"].as_f64().expect("a median")
}

fn verdict(what: &str, value: f64, holds: bool, demanded: &str) {
    println!("{what:58} {value:8.2}   {demanded:22} {}", if holds { "holds" } else { "FAILS" });
}

fn main() {
    let programs = compile();
    let program = |name: &str| programs.join(name);
    let cores = allowed_cores();
    let core = cores[0];
    let mut criterion = Criterion::default()
        .sample_size(15)
        .warm_up_time(Duration::from_millis(200))
        .measurement_time(Duration::from_secs(4))
        .configure_from_args();
    let mut time = |name: &str, run: &dyn Fn(u64) -> Duration| {
        criterion.bench_function(name, |b| b.iter_custom(run));
        median(name)
    };
    let (one_lock, points, switches) = (program("one_lock"), program("points"), program("switches"));
    let natural = Strategy::Natural;
    let bare = program("floor");
    let fork = time("fork_floor", &|n| floor(&bare, "fork", n, 5, core));
    let run = time("one_lock_5", &|n| schedules(&one_lock, 5, natural, n, core));
    let futex = time("futex_floor", &|n| floor(&bare, "futex", n * 1000, 0, core)) / 2000.0;
    let few = time("points_1000", &|n| schedules(&points, 1_000, natural, n, core));
    let many = time("points_21000", &|n| schedules(&points, 21_000, natural, n, core));
    let point = (many - few) / 20_000.0;
    let breadth = Strategy::BreadthFirst;
    let calm = time("switches_natural", &|n| schedules(&switches, 2_000, natural, n, core));
    let busy = time("switches_all", &|n| schedules(&switches, 2_000, breadth, n, core));
    let switch = (busy - calm) / 4_000.0;
    let ten = time("one_lock_10", &|n| schedules(&one_lock, 10, natural, n, core));
    let forty = time("one_lock_40", &|n| schedules(&one_lock, 40, natural, n, core));
    let fork_ten = time("fork_floor_10", &|n| floor(&bare, "fork", n, 10, core));
    let fork_forty = time("fork_floor_40", &|n| floor(&bare, "fork", n, 40, core));
    let half = time("points_11000", &|n| schedules(&points, 11_000, natural, n, core));
    // Two cores side by side: the same number of schedules on each.
    let both = cores.get(1).map(|&second| {
        time("one_lock_two_cores", &|n| {
            std::thread::scope(|scope| {
                let one = scope.spawn(|| schedules(&one_lock, 5, natural, n, core));
                let other = scope.spawn(|| schedules(&one_lock, 5, natural, n, second));
                one.join().expect("no panic").max(other.join().expect("no panic"))
            })
        })
    });
    let handed = switches_of(&one_lock, 5, core);
    println!();
    verdict("schedules a second, of the fork floor", fork / run, fork / run >= 0.5, "at least 0.50");
    let bare_run = run - handed * switch;
    println!("  (a schedule switches {handed:.1} times, {:.1} µs each)", switch / 1000.0);
    verdict("the same without the cost of switches", fork / bare_run, fork / bare_run >= 0.7, "at least 0.70");
    verdict("a point without a switch, ns", point, point < 100.0, "under 100");
    verdict("a switch, of a futex hand-over", switch / futex, switch / futex < 3.0, "under 3");
    if let Some(both) = both {
        verdict("two cores, of one", 2.0 * run / both, 2.0 * run / both >= 1.7, "at least 1.7");
    }
    let linear = (many - half) / (half - few);
    verdict("10,000 further points, of the 10,000 before", linear, (0.8..1.25).contains(&linear), "about 1");
    let (ours, theirs) = (forty / ten, fork_forty / fork_ten);
    verdict("40 children instead of 10, of what that costs the floor", ours / theirs, ours / theirs < 1.25, "about 1");
}
