//! The learner's workplace beside rustlings (<https://rustlings.rust-lang.org>), the course toolkit that
//! most Rust learners know: making a folder, from a save to the verdict, and checking everything.
//!
//! Both are driven as a person would: commands in new folders, and the watch mode in a
//! pseudo-terminal. The rounds take turns, so that whatever else the machine does meets both. The
//! exercise that is saved sleeps about a second when it is run by hand, in both courses.

#[path = "../tests/util/pty.rs"]
mod pty;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use pty::Terminal;

/// Rounds, unless `WORKPLACE_ROUNDS` says otherwise.
const ROUNDS: usize = 5;
/// Ten threads, each of which sleeps a quarter of a second, one after the other where they are joined
/// at once: the one exercise of rustlings that sleeps.
const THEIRS: &str = "exercises/20_threads/threads1.rs";
/// Three bakers who take a second each.
const OURS: &str = "02_process/4_start_all_then_join";

fn main() {
    // Cargo's own options are of no interest.
    let Some(rustlings) = find("rustlings") else {
        println!("This bench needs rustlings to compare with: cargo install rustlings --locked");
        return;
    };
    let course = PathBuf::from(env!("CARGO_BIN_EXE_course"));
    let rounds = std::env::var("WORKPLACE_ROUNDS").ok();
    let rounds = rounds.and_then(|it| it.parse().ok()).unwrap_or(ROUNDS);
    let folder = tempfile::tempdir().expect("a temporary folder");
    let (theirs, ours) = (folder.path().join("theirs"), folder.path().join("ours"));
    println!(
        "medians of {rounds} rounds, in seconds: course, rustlings, and how many times as long that is"
    );

    let made = pairs(rounds, |round| {
        let place = |who: &str| {
            let place = folder.path().join(format!("{who}{round}"));
            fs::create_dir(&place).expect("a folder");
            place
        };
        (
            init(&course, &place("ours")),
            init(&rustlings, &place("theirs")),
        )
    });
    print_line("init", &made);
    fs::rename(folder.path().join("ours0/course"), &ours).expect("was made");
    fs::rename(folder.path().join("theirs0/rustlings"), &theirs).expect("was made");

    // What is built only once is built before anything is measured.
    let solutions = Path::new(env!("CARGO_MANIFEST_DIR")).join("solutions");
    solve(&solutions, &ours.join("exercises"), |path| {
        ours.join("exercises").join(path).is_file()
    });
    solve(&theirs_solved(&theirs), &theirs.join("exercises"), |_| true);
    run(&course, &["check", OURS], &ours);
    run(&rustlings, &["run", "threads1"], &theirs);

    let all = pairs(rounds.min(3), |_| {
        let ours = time(|| run(&course, &["check", "--all"], &ours));
        (ours, time(|| run(&rustlings, &["check-all"], &theirs)))
    });
    print_line("check of everything, all solved", &all);
    let saved = saves(rounds, (&course, &ours), (&rustlings, &theirs));
    print_line("from a save to the verdict", &saved);
}

/// Each round's two times.
fn pairs(
    rounds: usize,
    mut round: impl FnMut(usize) -> (Duration, Duration),
) -> Vec<(Duration, Duration)> {
    (0..rounds).map(&mut round).collect()
}

fn print_line(what: &str, times: &[(Duration, Duration)]) {
    let median = |of: fn(&(Duration, Duration)) -> Duration| {
        let mut times: Vec<Duration> = times.iter().map(of).collect();
        times.sort();
        times[times.len() / 2].as_secs_f64()
    };
    let (ours, theirs) = (median(|it| it.0), median(|it| it.1));
    println!("{what:34} {ours:8.3} {theirs:8.3} {:6.1}", theirs / ours);
}

fn time(work: impl FnOnce()) -> Duration {
    let started = Instant::now();
    work();
    started.elapsed()
}

fn find(program: &str) -> Option<PathBuf> {
    let path = std::env::var_os("PATH")?;
    std::env::split_paths(&path)
        .map(|folder| folder.join(program))
        .find(|path| path.is_file())
}

fn run(program: &Path, args: &[&str], folder: &Path) {
    let status = Command::new(program)
        .args(args)
        .current_dir(folder)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status();
    status.expect("it can be started");
}

/// Makes a course; rustlings asks for Enter before.
fn init(program: &Path, place: &Path) -> Duration {
    time(|| {
        let mut child = Command::new(program)
            .arg("init")
            .current_dir(place)
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("it can be started");
        let mut keys = child.stdin.take().expect("is piped");
        // Who asks for nothing does not read it.
        let _ = std::io::Write::write_all(&mut keys, b"\n");
        drop(keys);
        assert!(child.wait().expect("ends").success());
    })
}

/// Where rustlings' solutions are: it writes each when its exercise is done, the first time from what
/// lies in the binary.
fn theirs_solved(theirs: &Path) -> PathBuf {
    theirs.join("solutions")
}

/// Copies the solutions of those exercises that there are.
fn solve(solutions: &Path, exercises: &Path, wanted: impl Fn(&Path) -> bool) {
    for topic in fs::read_dir(solutions).expect("solutions").flatten() {
        let topic = topic.path();
        for file in fs::read_dir(&topic).into_iter().flatten().flatten() {
            let path = file.path();
            let inside = path
                .strip_prefix(solutions)
                .expect("lies inside")
                .to_owned();
            if path.extension().is_some_and(|it| it == "rs") && wanted(&inside) {
                fs::copy(&path, exercises.join(inside)).expect("can be copied");
            }
        }
    }
}

/// From the save of a changed file to its verdict on the screen.
fn saves(rounds: usize, ours: (&Path, &Path), theirs: (&Path, &Path)) -> Vec<(Duration, Duration)> {
    let word = |path: &Path| path.to_str().expect("is UTF-8").to_owned();
    let (course, rustlings) = (word(ours.0), word(theirs.0));
    let mut our_terminal = Terminal::start(ours.1, &[&course, "watch", OURS]);
    our_terminal.wait_for(&["Press n for the next exercise"]);
    let state = "DON'T EDIT THIS FILE!\n\nthreads1\n";
    fs::write(theirs.1.join(".rustlings-state.txt"), state).expect("can be written");
    let mut their_terminal = Terminal::start(theirs.1, &[&rustlings]);
    their_terminal.wait_for(&["Exercise done"]);
    let our_file = ours.1.join("exercises").join(format!("{OURS}.rs"));
    let our_stub = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("exercises/{OURS}.rs"));
    let our_stub = fs::read_to_string(our_stub).expect("is there");
    let their_file = theirs.1.join(THEIRS);
    let their_wrong = fs::read_to_string(&their_file).expect("is there");
    let their_wrong = their_wrong.replacen("fn main", "fn broken_main", 1);
    let times = pairs(rounds, |round| {
        let seen = ["not done yet", "4 of 4 points"];
        let ours = save(&our_terminal, &our_file, (&our_stub, round), seen);
        let seen = ["error", "Exercise done"];
        let theirs = save(&their_terminal, &their_file, (&their_wrong, round), seen);
        (ours, theirs)
    });
    our_terminal.press("q");
    their_terminal.press("q");
    our_terminal.end();
    their_terminal.end();
    times
}

/// Saves a wrong answer and waits for its verdict; then measures how long a right one takes from its
/// save to its verdict. Each right one is another text, so that none was judged before.
fn save(
    terminal: &Terminal,
    path: &Path,
    (wrong, round): (&str, usize),
    [seen_wrong, seen_right]: [&str; 2],
) -> Duration {
    let right = fs::read_to_string(path).expect("is there");
    fs::write(path, wrong).expect("can be written");
    terminal.wait_for(&[seen_wrong]);
    let changed = format!("// {round}\n{right}");
    time(|| {
        fs::write(path, changed).expect("can be written");
        terminal.wait_for(&[seen_right]);
    })
}
