//! Grading a class, and where the time of the cores goes: to the compiler, to starting the processes and
//! threads that the programs ask for, and to all else, which is the checker's own.
//!
//! What the starting costs is measured beside it, with a program that does nothing else. Nobody's
//! program was compiled before.

#[path = "../tests/util/mod.rs"]
mod util;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant, SystemTime};

/// Learners, unless `CLASS_LEARNERS` says otherwise.
const LEARNERS: usize = 6;
/// The share of the cores' time that may go to the checker itself.
const MAY_BE_LOST: f64 = 0.3;
/// Rounds in which the cost of starting is measured.
const ROUNDS: usize = 9;

fn main() {
    let learners = std::env::var("CLASS_LEARNERS").ok();
    let learners = learners.and_then(|it| it.parse().ok()).unwrap_or(LEARNERS);
    let folder = tempfile::tempdir().expect("a temporary folder");
    let (class, out) = (folder.path().join("class"), folder.path().join("out"));
    make_class(learners, &class);
    util::prepare();
    let program = compile_floor(folder.path());
    let before = Floor::measure(&program);
    let mut command = util::course();
    command.arg("grade").arg(&class).arg("--out").arg(&out);
    let started = Instant::now();
    let output = command.output().expect("course starts");
    let took = started.elapsed();
    let after = Floor::measure(&program);
    assert!(output.status.success(), "{}", util::text(&output.stderr));
    let spent = Spent::read(&out);
    tell(learners, took, &spent, &before.between(&after));
    let written: usize = util::class::written(&out).values().map(Vec::len).sum();
    let written = written as f64 / (1 << 20) as f64;
    println!("results and pages: {written:.0} MB");
}

/// Answers as learners hand them in: half are the solution, a quarter untouched, a quarter any of the known
/// right and wrong ones.
fn likely_answers(exercise: &str) -> Vec<String> {
    let solution = || format!("solutions/{exercise}.rs");
    let known = util::wrong_answers()
        .into_iter()
        .chain(util::right_answers());
    let known = known.filter(|it| it.exercise == exercise);
    let one = |it: util::Answer| {
        [
            solution(),
            it.file,
            solution(),
            format!("exercises/{exercise}.rs"),
        ]
    };
    known.flat_map(one).collect()
}

fn make_class(learners: usize, class: &Path) {
    for learner in 0..learners {
        for (index, id) in util::ids().iter().enumerate() {
            let answers = likely_answers(id);
            let file = class.join(format!("learner{learner}/{id}.rs"));
            fs::create_dir_all(file.parent().expect("a folder")).expect("a folder");
            // Nobody's program was compiled before.
            let stamp = format!("// {:?}\n{}", SystemTime::now(), util::GIVEN);
            let text = util::handed_in(&answers[(learner * 5 + index) % answers.len()]);
            fs::write(file, text.replacen(util::GIVEN, &stamp, 1)).expect("a file");
        }
    }
}

/// What the checks of all exercises took together.
#[derive(Default)]
struct Spent {
    checks: usize,
    schedules: f64,
    compiling: Duration,
    runs: f64,
    processes: f64,
    threads: f64,
}

impl Spent {
    fn read(out: &Path) -> Self {
        let mut spent = Spent::default();
        for entry in fs::read_dir(out.join("results")).expect("a folder") {
            let result = util::class::json(&entry.expect("an entry").path());
            for it in result["results"].as_array().expect("a list") {
                spent.schedules += it["schedules"].as_f64().expect("a number");
            }
            let took = result["environment"]["took"].as_object();
            for it in took.expect("an object").values() {
                let number = |key: &str| it[key].as_f64().expect("a number");
                spent.checks += 1;
                spent.compiling += Duration::from_secs_f64(number("compiling") / 1000.0);
                spent.runs += number("runs");
                spent.processes += number("processes");
                spent.threads += number("threads");
            }
        }
        spent
    }
}

/// What the system takes to run a `main` and whatever it starts, with nothing of ours, in seconds.
struct Floor {
    main: f64,
    process: f64,
    thread: f64,
}

impl Floor {
    /// With every core at it, as they are while a class is graded.
    fn measure(program: &Path) -> Self {
        let round = |_| {
            let [one, six] = [0, 5].map(|children| on_all_cores(program, "fork", children));
            let five = on_all_cores(program, "threads", 5);
            let none = on_all_cores(program, "threads", 0);
            [one, (six - one) / 5.0, (five - none) / 5.0]
        };
        let rounds: Vec<[f64; 3]> = (0..ROUNDS).map(round).collect();
        let median = |which: usize| {
            let mut all: Vec<f64> = rounds.iter().map(|round| round[which]).collect();
            all.sort_by(f64::total_cmp);
            all[all.len() / 2]
        };
        let [main, process, thread] = [0, 1, 2].map(median);
        Floor {
            main,
            process,
            thread,
        }
    }

    fn between(&self, other: &Floor) -> Floor {
        let middle = |of: fn(&Floor) -> f64| f64::midpoint(of(self), of(other));
        Floor {
            main: middle(|it| it.main),
            process: middle(|it| it.process),
            thread: middle(|it| it.thread),
        }
    }

    /// For all that was started, one `main` a run.
    fn of(&self, spent: &Spent) -> f64 {
        let children = spent.processes - spent.runs;
        spent.runs * self.main + children * self.process + spent.threads * self.thread
    }
}

/// Seconds a round, on average.
fn on_all_cores(program: &Path, what: &str, children: u32) -> f64 {
    let start = || {
        let mut command = Command::new(program);
        let command = command.args([what, "200", &children.to_string()]);
        let command = command.stdout(std::process::Stdio::piped());
        command.spawn().expect("the floor runs")
    };
    let running: Vec<_> = (0..cores()).map(|_| start()).collect();
    let nanos = running.into_iter().map(|it| {
        let output = it.wait_with_output().expect("the floor runs");
        let text = util::text(&output.stdout);
        text.trim().parse::<f64>().expect("a number")
    });
    nanos.sum::<f64>() / cores() as f64 / 1e9
}

fn cores() -> usize {
    std::thread::available_parallelism().map_or(1, usize::from)
}

/// Compiles the floor's program as checked programs are.
fn compile_floor(folder: &Path) -> PathBuf {
    let program = folder.join("floor");
    let mut rustc = Command::new("rustc");
    rustc.args(["--edition", "2024", "-C", "target-feature=+crt-static"]);
    rustc.args(["-C", "relocation-model=static", "-C", "strip=debuginfo"]);
    rustc.arg(util::root().join("benches/programs/floor.rs"));
    let status = rustc.arg("-o").arg(&program).status();
    assert!(status.expect("rustc runs").success());
    program
}

fn tell(learners: usize, took: Duration, spent: &Spent, floor: &Floor) {
    let all = took.as_secs_f64() * cores() as f64;
    let (checks, cores) = (spent.checks as f64, cores());
    let load = fs::read_to_string("/proc/loadavg").unwrap_or_default();
    println!(
        "{learners} submissions, {checks} checks of {} schedules on {cores} cores: {took:.1?}; load: {load}",
        spent.schedules,
    );
    println!(
        "{:.1} checks a second, {:.0} ms of a core each",
        checks / took.as_secs_f64(),
        all * 1000.0 / checks
    );
    println!(
        "to start nothing but a main takes {:.2} ms, each process more {:.2} ms, each thread more {:.3} ms",
        floor.main * 1e3,
        floor.process * 1e3,
        floor.thread * 1e3
    );
    let compiling = spent.compiling.as_secs_f64() / all;
    let starting = floor.of(spent) / all;
    let lost = 1.0 - compiling - starting;
    println!(
        "of the cores' time: compiling {compiling:.2}, starting what was asked for {starting:.2}"
    );
    let holds = if lost < MAY_BE_LOST { "holds" } else { "FAILS" };
    println!("all else {lost:.2}   less than {MAY_BE_LOST:.2}   {holds}");
}
