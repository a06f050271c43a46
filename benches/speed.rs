//! How fast the engine is, against what the system itself costs: all on one core, in one run, as
//! ratios of medians. `cargo bench --bench speed` prints them beside what is demanded.
//!
//! Each figure is a criterion benchmark too, so its spread and history are under
//! `target/criterion`.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};

use criterion::Criterion;
use sched_host::{Host, Program, SCRATCH, Schedule, allowed_cores, stay_on};
use sched_model::Strategy;
use sched_model::limits::MAX_STEPS;

/// Where the programs are compiled to.
fn folder() -> PathBuf {
    let target =
        std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| "target".into(), PathBuf::from);
    target.join("bench-programs")
}

/// Builds the libraries of checked programs, and the programs of the benchmark with them.
fn compile() -> PathBuf {
    let folder = folder();
    std::fs::create_dir_all(&folder).expect("a folder for the benchmark's programs");
    let libraries = folder.join("libraries");
    let cargo = Command::new(env!("CARGO"))
        .args([
            "build",
            "--quiet",
            "--profile",
            "checked",
            "-p",
            "checked-std",
            "-p",
            "mp",
        ])
        .arg("--target-dir")
        .arg(&libraries)
        .status();
    assert!(
        cargo.expect("cargo runs").success(),
        "the libraries do not build"
    );
    let built = libraries.join("checked");
    for name in ["one_lock", "points", "switches", "threads", "floor"] {
        let mut rustc = Command::new("rustc");
        rustc.args(["--edition", "2024", "-C", "target-feature=+crt-static"]);
        rustc.args([
            "-C",
            "relocation-model=static",
            "-C",
            "opt-level=0",
            "-C",
            "strip=debuginfo",
        ]);
        if name != "floor" {
            rustc.arg("-Clink-arg=-Wl,-z,max-page-size=0x200000,-z,noseparate-code");
            for function in ["pthread_create", "pthread_getattr_np", "posix_spawnp"] {
                rustc.arg(format!("-Clink-arg=-Wl,--wrap={function}"));
            }
            let library = |name: &str| {
                format!(
                    "{name}={}",
                    built
                        .join(format!(
                            "lib{}.rlib",
                            match name {
                                "std" => "checked_std",
                                other => other,
                            }
                        ))
                        .display()
                )
            };
            rustc.args(["--extern", &library("std"), "--extern", &library("mp")]);
            rustc
                .arg("-L")
                .arg(format!("dependency={}", built.join("deps").display()));
        }
        let source = Path::new("benches/programs")
            .join(name)
            .with_extension("rs");
        let status = rustc.arg(source).arg("-o").arg(folder.join(name)).status();
        assert!(
            status.expect("rustc runs").success(),
            "{name} does not compile"
        );
    }
    folder
}

/// Runs `program` so many times under one strategy and returns the time that took.
fn schedules(program: &Path, arg: u32, strategy: Strategy, times: u64, core: usize) -> Duration {
    stay_on(core);
    let scratch = tempfile::Builder::new()
        .prefix(SCRATCH)
        .tempdir()
        .expect("a scratch folder");
    let args = [arg.to_string()];
    let mut host = Host::start(&Program {
        file: "",
        path: program,
        args: &args,
        core: Some(core),
        scratch: scratch.path(),
        confine: None,
    })
    .expect("the program starts");
    let schedule = Schedule {
        seed: 0,
        number: 0,
        strategy,
        max_delay: Some(Duration::ZERO),
        limit_delay: None,
        clock_drift: Duration::ZERO,
        patience: 0,
        length: 0,
        most_steps: MAX_STEPS,
        edges: Vec::new(),
        replay: Vec::new(),
        deviations: Vec::new(),
        interventions: Vec::new(),
        takes_liberties: false,
        liberties: Vec::new(),
    };
    let mut once = || {
        assert!(
            host.execute(&schedule, &|| false).expect("a run").is_some(),
            "not cancelled"
        )
    };
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
    let nanos: u64 = String::from_utf8_lossy(&output.stdout)
        .trim()
        .parse()
        .expect("a number");
    Duration::from_nanos(nanos * rounds)
}

/// Something to measure: a name, how often a round repeats it, and how.
struct Figure<'a> {
    name: &'static str,
    repeat: u64,
    time: Box<dyn Fn(u64) -> Duration + 'a>,
}

/// Nanoseconds of each figure in each round. The figures of a round are measured one right after
/// the other, so that what disturbs the machine disturbs them alike.
struct Rounds<'a> {
    figures: &'a [Figure<'a>],
    nanos: Vec<Vec<f64>>,
}

impl<'a> Rounds<'a> {
    const NUMBER: usize = 9;

    fn measure(figures: &'a [Figure<'a>]) -> Self {
        let once =
            |figure: &Figure| (figure.time)(figure.repeat).as_nanos() as f64 / figure.repeat as f64;
        let nanos = (0..Self::NUMBER)
            .map(|_| figures.iter().map(once).collect())
            .collect();
        Self { figures, nanos }
    }

    /// The median over the rounds of what `of` makes of a round's figures, looked up by name.
    fn median(&self, of: impl Fn(&dyn Fn(&str) -> f64) -> f64) -> f64 {
        let in_round = |nanos: &Vec<f64>| {
            of(&|name| {
                let at = self.figures.iter().position(|figure| figure.name == name);
                nanos[at.unwrap_or_else(|| panic!("no figure {name}"))]
            })
        };
        let mut values: Vec<f64> = self.nanos.iter().map(in_round).collect();
        values.sort_by(f64::total_cmp);
        values[values.len() / 2]
    }
}

fn tell(what: &str, value: f64, holds: bool, demanded: &str) {
    println!(
        "{what:58} {value:8.2}   {demanded:14} {}",
        if holds { "holds" } else { "FAILS" }
    );
}

fn figures(programs: &Path, cores: &[usize]) -> Vec<Figure<'static>> {
    let program = |name: &str| programs.join(name);
    let core = cores[0];
    let mut figures = Vec::new();
    let mut add = |name, repeat, time: Box<dyn Fn(u64) -> Duration>| {
        figures.push(Figure { name, repeat, time });
    };
    for (name, children) in [("forks of 5", 5), ("forks of 10", 10), ("forks of 40", 40)] {
        let bare = program("floor");
        add(
            name,
            60,
            Box::new(move |n| floor(&bare, "fork", n, children, core)),
        );
    }
    let bare = program("floor");
    add(
        "5 threads, bare",
        60,
        Box::new(move |n| floor(&bare, "threads", n, 5, core)),
    );
    let bare = program("floor");
    add(
        "futex",
        20,
        Box::new(move |n| floor(&bare, "futex", n * 1000, 0, core)),
    );
    let natural = Strategy::Natural;
    let ours = [
        ("one lock of 5", "one_lock", 5, natural),
        ("one lock of 10", "one_lock", 10, natural),
        ("one lock of 40", "one_lock", 40, natural),
        ("5 threads", "threads", 5, natural),
        ("1,000 points", "points", 1_000, natural),
        ("11,000 points", "points", 11_000, natural),
        ("21,000 points", "points", 21_000, natural),
        ("no switches", "switches", 2_000, natural),
        ("4,000 switches", "switches", 2_000, Strategy::BreadthFirst),
    ];
    for (name, file, arg, strategy) in ours {
        let program = program(file);
        let repeat = if name == "4,000 switches" { 10 } else { 60 };
        add(
            name,
            repeat,
            Box::new(move |n| schedules(&program, arg, strategy, n, core)),
        );
    }
    if let Some(&second) = cores.get(1) {
        let program = program("one_lock");
        let both = move |n| {
            std::thread::scope(|scope| {
                let one = scope.spawn(|| schedules(&program, 5, natural, n, core));
                let other = scope.spawn(|| schedules(&program, 5, natural, n, second));
                one.join()
                    .expect("no panic")
                    .max(other.join().expect("no panic"))
            })
        };
        add("one lock on two cores", 60, Box::new(both));
    }
    figures
}

/// Prints what is demanded, and what is.
fn judge(rounds: &Rounds<'_>, switches: f64, two_cores: bool) {
    let switch = |get: &dyn Fn(&str) -> f64| (get("4,000 switches") - get("no switches")) / 4_000.0;
    println!("\nmedians of {} rounds", Rounds::NUMBER);
    let share = rounds.median(|get| get("forks of 5") / get("one lock of 5"));
    tell(
        "schedules a second, of the fork floor",
        share,
        share >= 0.5,
        "at least 0.50",
    );
    let bare =
        rounds.median(|get| get("forks of 5") / (get("one lock of 5") - switches * switch(get)));
    tell(
        "the same without the cost of switches",
        bare,
        bare >= 0.7,
        "at least 0.70",
    );
    let threads = rounds.median(|get| get("5 threads, bare") / get("5 threads"));
    tell(
        "with threads: schedules a second, of their floor",
        threads,
        threads >= 0.6,
        "at least 0.60",
    );
    let cost = rounds.median(|get| switch(get)) / 1000.0;
    println!("    a schedule of it switches {switches:.1} times, {cost:.1} µs each");
    let point = rounds.median(|get| (get("21,000 points") - get("1,000 points")) / 20_000.0);
    tell(
        "a point without a switch, ns",
        point,
        point < 100.0,
        "under 100",
    );
    // A round to and fro is two hand-overs.
    let hand_over = rounds.median(|get| switch(get) / (get("futex") / 2_000.0));
    tell(
        "a switch, of a futex hand-over",
        hand_over,
        hand_over < 3.0,
        "under 3",
    );
    if two_cores {
        let gain = rounds.median(|get| 2.0 * get("one lock of 5") / get("one lock on two cores"));
        tell("two cores, of one", gain, gain >= 1.7, "at least 1.7");
    }
    let points = rounds.median(|get| {
        let half = get("11,000 points");
        (get("21,000 points") - half) / (half - get("1,000 points"))
    });
    tell(
        "10,000 further points, of the 10,000 before",
        points,
        points < 1.25,
        "about 1",
    );
    let growth = rounds.median(|get| {
        get("one lock of 40") / get("one lock of 10") / (get("forks of 40") / get("forks of 10"))
    });
    tell(
        "40 children instead of 10, of the floor's growth",
        growth,
        growth < 1.25,
        "about 1",
    );
}

fn main() {
    let programs = compile();
    let cores = allowed_cores();
    let figures = figures(&programs, &cores);
    let mut criterion = Criterion::default()
        .sample_size(10)
        .warm_up_time(Duration::from_millis(100))
        .measurement_time(Duration::from_secs(1))
        .configure_from_args();
    for figure in &figures {
        criterion.bench_function(figure.name, |b| b.iter_custom(&figure.time));
    }
    let switches = switches_of(&programs.join("one_lock"), 5, cores[0]);
    judge(&Rounds::measure(&figures), switches, cores.len() > 1);
}
