//! How soon the bugs of `tests/peers` are found: by us, by shuttle, and by running the program again
//! and again, with and without random sleeps. `cargo bench --bench peers` prints them side by side.
//!
//! A word after `--` picks the programs whose names contain it. `PEERS_SEEDS` is the number of
//! seeds (20), `PEERS_SECONDS` how long each program is run again and again (5).
//!
//! All programs are the files of `tests/peers`, as they are. For shuttle and for the random sleeps
//! the paths of `std::sync`, `std::thread` and `mp` are replaced in the text, and nothing else.
//! Every bug shows as a panic or a deadlock, so that no output needs to be compared.
//!
//! What is measured, as medians over the seeds:
//! - ours: the number of the first schedule that fails, not counting the natural one (number 0),
//!   which is the same for every seed; if that one fails, 1. The time is that of the step
//!   `explore` of a check that ends with this schedule (number 0 is in it), on one core: it starts
//!   the program, runs the schedules, and judges them. Compiling is not in it, as for all others;
//!   nor is what comes after the detection, the search for a short counterexample.
//! - shuttle: schedules and time until its runner fails, within the process. PCT's first schedule
//!   is the same for every seed, like our natural one; it is counted.
//! - running again: each run is a process. A run that panics or takes longer than half a second
//!   is a detection; that half second is part of its time.

use std::io::Read;
use std::os::fd::OwnedFd;
use std::os::unix::net::UnixStream;
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

/// A run that takes longer hangs.
const HANG: Duration = Duration::from_millis(500);
/// Nothing is run more often than that.
const RUNS: usize = 2_000;
/// Running again stops at that many detections.
const DETECTIONS: usize = 5;
/// Where re-running needs less, nothing is demanded of our time.
const FREE: Duration = Duration::from_millis(10);
/// We look for the first failure among so many schedules, then among more.
const SCHEDULES: [usize; 4] = [16, 128, 1_024, 8_192];

/// How much is measured.
struct Effort {
    seeds: u64,
    rerunning: Duration,
}

impl Effort {
    fn from_env() -> Self {
        let number = |name, default| {
            std::env::var(name).map_or(default, |text| text.parse().expect("a number"))
        };
        Self {
            seeds: number("PEERS_SEEDS", 20),
            rerunning: Duration::from_secs(number("PEERS_SECONDS", 5)),
        }
    }
}

/// A program of `tests/peers`.
struct Program {
    name: String,
    file: PathBuf,
    text: String,
}

impl Program {
    fn read(file: PathBuf) -> Self {
        let text = std::fs::read_to_string(&file).expect("a program");
        let shows = ["//! bug: panic,", "//! bug: deadlock,"];
        assert!(
            shows.iter().any(|it| text.starts_with(it)),
            "{file:?}: neither shuttle nor an ordinary run shows any other bug"
        );
        let name = file.file_stem().expect("a name").to_string_lossy().into();
        Self { name, file, text }
    }

    /// Whether it starts processes, which shuttle cannot run.
    fn has_processes(&self) -> bool {
        self.text.contains("use mp::")
    }

    /// Its text with other libraries in place of std's, and of mp.
    fn with(&self, library: &str) -> String {
        self.text
            .replace("std::sync", &format!("{library}::sync"))
            .replace("std::thread", &format!("{library}::thread"))
            .replace("use mp::", &format!("use {library}::mp::"))
    }

    fn shuttled(&self) -> String {
        let text = self.with("shuttle").replace("fn main()", "fn program()");
        text + "\nfn main() {\n    libraries::shuttled::run(program);\n}\n"
    }
}

/// The programs whose names contain one of the words given, or all.
fn programs() -> Vec<Program> {
    let words: Vec<String> = std::env::args()
        .skip(1)
        .filter(|arg| !arg.starts_with("--"))
        .collect();
    let files = std::fs::read_dir("tests/peers").expect("the programs");
    let mut files: Vec<PathBuf> = files.map(|file| file.expect("a file").path()).collect();
    files.sort();
    let wanted = |program: &Program| {
        words.is_empty() || words.iter().any(|word| program.name.contains(word))
    };
    files
        .into_iter()
        .map(Program::read)
        .filter(wanted)
        .collect()
}

/// The cargo project that the ordinary, the delayed and the shuttled programs are built in.
struct Project {
    folder: PathBuf,
}

impl Project {
    /// Makes the project anew, but touches only what has changed, so that little is built again.
    fn build(programs: &[Program]) -> Self {
        let root = Path::new(env!("CARGO_MANIFEST_DIR"));
        let target =
            std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| root.join("target"), PathBuf::from);
        let folder = target.join("bench-peers");
        std::fs::create_dir_all(folder.join("src/bin")).expect("a folder for the project");
        // The workspace's lock says which shuttle it is, and spares asking the registry.
        std::fs::copy(root.join("Cargo.lock"), folder.join("Cargo.lock")).expect("a lock file");
        let write = |file: &str, text: &str| {
            let file = folder.join(file);
            if std::fs::read_to_string(&file).is_ok_and(|before| before == text) {
                return;
            }
            std::fs::write(&file, text).expect("a file of the project");
        };
        write("Cargo.toml", &manifest(root));
        write("src/lib.rs", &libraries(root));
        let mut cargo = Command::new(env!("CARGO"));
        cargo.args(["build", "--quiet", "--release", "--target-dir", "target"]);
        for program in programs {
            let mut add = |kind: &str, text: &str| {
                write(&format!("src/bin/{kind}-{}.rs", program.name), text);
                cargo.args(["--bin", &format!("{kind}-{}", program.name)]);
            };
            add("plain", &program.text);
            add("delayed", &program.with("libraries::delays"));
            if !program.has_processes() {
                add("shuttled", &program.shuttled());
            }
        }
        let built = cargo.current_dir(&folder).output().expect("cargo runs");
        let errors = String::from_utf8_lossy(&built.stderr);
        assert!(built.status.success(), "no programs to compare: {errors}");
        Self { folder }
    }

    fn program(&self, kind: &str, program: &Program) -> Command {
        let name = format!("{kind}-{}", program.name);
        let mut command = Command::new(self.folder.join("target/release").join(name));
        command.arg("bug");
        command
    }
}

fn manifest(root: &Path) -> String {
    format!(
        "[package]\nname = \"libraries\"\nedition = \"2024\"\n\n[workspace]\n\n[dependencies]\n\
         mp = {{ path = {:?} }}\nserde = \"*\"\nshuttle = \"*\"\n",
        root.join("checker/mp")
    )
}

fn libraries(root: &Path) -> String {
    ["delays", "shuttled"]
        .iter()
        .map(|name| {
            let file = root.join("benches/peers").join(name).with_extension("rs");
            format!("#[path = {file:?}]\npub mod {name};\n")
        })
        .collect()
}

/// How long it took to find a bug, or for how long it was not found.
#[derive(Clone, Copy)]
struct Search {
    found: bool,
    /// Schedules or runs.
    tries: f64,
    time: Duration,
}

impl Search {
    /// The median of each figure; a bug that was not found is found later than all others.
    fn median(mut all: Vec<Self>) -> Option<Self> {
        let (low, high) = (all.len().checked_sub(1)? / 2, all.len() / 2);
        all.sort_by_key(|it| (!it.found, it.time));
        let time = (all[low].time + all[high].time) / 2;
        all.sort_by(|a, b| {
            (!a.found, a.tries)
                .partial_cmp(&(!b.found, b.tries))
                .expect("numbers")
        });
        Some(Self {
            found: all[high].found,
            tries: (all[low].tries + all[high].tries) / 2.0,
            time,
        })
    }
}

/// What a check of ours says.
struct Check {
    /// Number of the first schedule that failed, of those with the worst verdict.
    first: Option<usize>,
    failed: u64,
    explore: Duration,
}

fn check(program: &Program, seed: u64, schedules: usize) -> Check {
    let output = Command::new(env!("CARGO_BIN_EXE_course"))
        .args(["check", "--args", "bug", "--jobs", "1", "--timings"])
        .args(["--format", "json", "--seed", &seed.to_string()])
        .args(["--schedules", &schedules.to_string()])
        .arg("--")
        .arg(&program.file)
        .output()
        .expect("course runs");
    let errors = String::from_utf8_lossy(&output.stderr);
    let json: serde_json::Value = serde_json::from_slice(&output.stdout).expect("JSON");
    let result = &json["results"][0];
    let (_, timings) = errors.rsplit_once("explore ").expect("timings");
    let (whole, _) = timings.split_once(" ms").expect("milliseconds");
    let first = result["first_failure"]["schedule"].as_u64();
    Check {
        first: first.map(|number| number as usize),
        failed: result["failed_schedules"].as_u64().expect("a number"),
        // The part of a millisecond that is not printed is counted as a whole one.
        explore: Duration::from_millis(whole.parse::<u64>().expect("a number") + 1),
    }
}

fn ours(program: &Program, seed: u64) -> Search {
    let found = SCHEDULES
        .iter()
        .find_map(|&schedules| check(program, seed, schedules).first);
    let Some(mut first) = found else {
        let all = SCHEDULES[SCHEDULES.len() - 1];
        return Search {
            found: false,
            tries: all as f64,
            time: check(program, seed, all).explore,
        };
    };
    loop {
        let last = check(program, seed, first + 1);
        assert_eq!(
            last.first.is_some(),
            last.failed > 0,
            "a failure is a failure"
        );
        if last.failed <= 1 {
            assert_eq!(last.first, Some(first), "the same schedules, however many");
            return Search {
                found: true,
                tries: first.max(1) as f64,
                time: last.explore,
            };
        }
        // One with a lesser verdict came before it.
        first = check(program, seed, first)
            .first
            .expect("an earlier failure");
    }
}

fn shuttle(project: &Project, program: &Program, scheduler: &str, seed: u64) -> Search {
    let mut command = project.program("shuttled", program);
    let output = command
        .args([scheduler, &seed.to_string()])
        .output()
        .expect("it runs");
    let text = String::from_utf8_lossy(&output.stdout);
    let mut words = text.split_whitespace();
    let mut word = || words.next().expect("three words");
    Search {
        found: word() == "true",
        tries: word().parse().expect("a number"),
        time: Duration::from_nanos(word().parse().expect("a number")),
    }
}

/// Runs a program once; returns whether that was as it should be.
fn passes(mut command: Command) -> bool {
    // All processes of the program have the other end of a line as their standard input: when the
    // last of them has ended, so has the line.
    let (mut line, theirs) = UnixStream::pair().expect("a line");
    line.set_read_timeout(Some(HANG)).expect("a time limit");
    command.stdin(OwnedFd::from(theirs));
    command.stdout(Stdio::null()).stderr(Stdio::null());
    // A backtrace takes longer than the run.
    command.env("RUST_BACKTRACE", "0");
    let mut child = command
        .process_group(0)
        .spawn()
        .expect("the program starts");
    drop(command);
    let ended = line.read(&mut [0]).is_ok();
    if !ended {
        // SAFETY: a system call without pointers; the group is the child's, which is not yet
        // waited for, so its number is not another's.
        unsafe { libc::kill(-child.id().cast_signed(), libc::SIGKILL) };
    }
    child.wait().expect("it can be waited for").success() && ended
}

/// Runs a program until the bug has shown often enough, or the time is over.
fn again(project: &Project, program: &Program, kind: &str, effort: &Effort) -> Search {
    let start = Instant::now();
    let mut detections = Vec::new();
    let (mut since, mut tries) = (start, 0);
    for _ in 0..RUNS {
        if start.elapsed() > effort.rerunning || detections.len() == DETECTIONS {
            break;
        }
        tries += 1;
        if !passes(project.program(kind, program)) {
            detections.push(Search {
                found: true,
                tries: f64::from(tries),
                time: since.elapsed(),
            });
            (since, tries) = (Instant::now(), 0);
        }
    }
    let not_yet = Search {
        found: false,
        tries: f64::from(tries),
        time: since.elapsed(),
    };
    Search::median(detections).unwrap_or(not_yet)
}

/// All that is measured of one program.
struct Row {
    ours: Search,
    /// With shuttle's two schedulers.
    shuttle: [Option<Search>; 2],
    /// Without and with random sleeps.
    again: [Search; 2],
}

impl Row {
    fn measure(project: &Project, program: &Program, effort: &Effort) -> Self {
        let seeds = |search: &dyn Fn(u64) -> Search| {
            Search::median((0..effort.seeds).map(search).collect()).expect("a seed")
        };
        let shuttle = ["random", "pct"].map(|scheduler| {
            let search = |seed| shuttle(project, program, scheduler, seed);
            (!program.has_processes()).then(|| seeds(&search))
        });
        Self {
            ours: seeds(&|seed| ours(program, seed)),
            shuttle,
            again: ["plain", "delayed"].map(|kind| again(project, program, kind, effort)),
        }
    }

    /// Whether we need no more schedules than the better of shuttle's two.
    fn schedules(&self) -> &'static str {
        let tries = self.shuttle.iter().flatten().map(|it| it.tries);
        let Some(best) = tries.min_by(f64::total_cmp) else {
            return "n/a";
        };
        match self.ours.tries.total_cmp(&best) {
            _ if !self.ours.found => "behind",
            std::cmp::Ordering::Less => "ahead",
            std::cmp::Ordering::Equal => "tie",
            std::cmp::Ordering::Greater => "behind",
        }
    }

    /// Whether we need less time than running again, wherever that needs enough of it.
    fn time(&self) -> &'static str {
        let demanded = self
            .again
            .iter()
            .map(|it| it.time)
            .filter(|&time| time > FREE)
            .min();
        match demanded {
            None => "-",
            Some(time) if self.ours.found && self.ours.time < time => "ahead",
            Some(time) if self.ours.found && self.ours.time == time => "tie",
            Some(_) => "behind",
        }
    }
}

/// A search's two figures in so many columns.
fn cells(search: Option<Search>, (tries, time): (usize, usize)) -> String {
    let Some(search) = search else {
        return format!("{:>tries$}{:>time$}", "n/a", "n/a");
    };
    let more = if search.found { "" } else { ">" };
    let millis = search.time.as_secs_f64() * 1000.0;
    let places = if millis < 10.0 { 1 } else { 0 };
    let (number, millis) = (
        format!("{more}{}", search.tries),
        format!("{more}{millis:.places$}"),
    );
    format!("{number:>tries$}{millis:>time$}")
}

const OURS: (usize, usize) = (6, 6);
const THEIRS: (usize, usize) = (8, 7);

fn print_heading(effort: &Effort) {
    println!(
        "Until the bug is found: schedules or runs, and milliseconds. Medians of {} seeds, or of\n\
         {DETECTIONS} times running again. >: not found until then. n/a: shuttle has no processes. -: \
         running again\nneeds at most {} ms.\n",
        effort.seeds,
        FREE.as_millis()
    );
    let tools = [
        "shuttle random",
        "shuttle PCT-3",
        "run again",
        "random sleeps",
    ];
    let tools = tools.map(|tool| format!("{tool:>15}")).concat();
    println!("{:20}{:>12}{tools}  compared by", "", "ours");
    let units = ["sched", "sched", "runs", "runs"];
    let units = units.map(|unit| format!("{unit:>8}{:>7}", "ms")).concat();
    println!(
        "{:20}{:>6}{:>6}{units}  sched   time",
        "program", "sched", "ms"
    );
}

fn main() {
    let effort = Effort::from_env();
    let programs = programs();
    let project = Project::build(&programs);
    print_heading(&effort);
    let mut marks = [Vec::new(), Vec::new()];
    for program in &programs {
        let row = Row::measure(&project, program, &effort);
        let ours = cells(Some(row.ours), OURS);
        let shuttle = row.shuttle.map(|it| cells(it, THEIRS)).concat();
        let again = row.again.map(|it| cells(Some(it), THEIRS)).concat();
        let (schedules, time) = (row.schedules(), row.time());
        println!(
            "{:20}{ours}{shuttle}{again}  {schedules:8}{time}",
            program.name
        );
        marks[0].push(row.schedules());
        marks[1].push(row.time());
    }
    let [schedules, time] = marks.map(|marks: Vec<&str>| {
        let number = |of| marks.iter().filter(|&&mark| mark == of).count();
        let [ahead, tie, behind] = ["ahead", "tie", "behind"].map(number);
        format!("{ahead} ahead, {tie} tie, {behind} behind")
    });
    println!("\nschedules, against shuttle: {schedules}; time, against running again: {time}");
}
