//! A learner's whole way at the terminal: `course init`, then `course watch` with keys and saves, and
//! what is left when it is killed at any moment.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, OnceLock, PoisonError};
use std::time::{Duration, Instant};

use crate::util::pty::{self, Terminal};
use crate::util::stopwatch::Stopwatch;
use crate::util::{self, PATIENCE, read};
use crate::{alone, beside_others};

const EXERCISE: &str = "05_lock/1_two_lines";

/// A learner's folder; the tests of this file take turns with it, because it takes a while to build
/// the libraries in a new one. Whoever takes one has said before who else may be there.
struct Learner {
    folder: PathBuf,
    _turn: MutexGuard<'static, ()>,
}

impl Learner {
    /// The folder as it is made by `course init`, nothing done yet.
    fn new() -> Learner {
        static FOLDER: OnceLock<PathBuf> = OnceLock::new();
        static TURN: Mutex<()> = Mutex::new(());
        let turn = TURN.lock().unwrap_or_else(PoisonError::into_inner);
        let folder = FOLDER.get_or_init(init).clone();
        let learner = Learner {
            folder,
            _turn: turn,
        };
        for exercise in ["05_lock/1_two_lines", "05_lock/2_guard"] {
            learner.save(exercise, &read(&format!("exercises/{exercise}.rs")));
        }
        let _ = fs::remove_dir_all(learner.folder.join(".course/backup"));
        let _ = fs::remove_file(learner.folder.join(".course/progress.json"));
        learner
    }

    fn file(&self, exercise: &str) -> PathBuf {
        self.folder.join(format!("exercises/{exercise}.rs"))
    }

    /// Saves an exercise, as some editors do: written beside and renamed.
    fn save(&self, exercise: &str, text: &str) {
        let path = self.file(exercise);
        let beside = path.with_extension("tmp");
        fs::write(&beside, text).expect("can be written");
        fs::rename(beside, path).expect("can be renamed");
    }

    fn text(&self, exercise: &str) -> String {
        fs::read_to_string(self.file(exercise)).expect("is there")
    }

    fn watch(&self) -> Terminal {
        Terminal::start(&self.folder, &[course(), "watch", EXERCISE])
    }

    fn progress(&self) -> Option<serde_json::Value> {
        let text = fs::read(self.folder.join(".course/progress.json")).ok()?;
        Some(serde_json::from_slice(&text).expect("the progress is whole at any moment"))
    }
}

fn course() -> &'static str {
    let path = assert_cmd::cargo::cargo_bin!("course");
    path.to_str().expect("is UTF-8")
}

/// Makes the folder in a terminal. The libraries are built meanwhile, and the first check finds them.
fn init() -> PathBuf {
    let parent = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("watch");
    let _ = fs::remove_dir_all(&parent);
    fs::create_dir_all(&parent).expect("a folder");
    let mut terminal = Terminal::start(&parent, &[course(), "init", "learner"]);
    assert_eq!(terminal.end(), 0, "{}", terminal.screen());
    terminal.wait_for(&["cd learner", "Meanwhile the libraries are built"]);
    let folder = parent.join("learner");
    let built = folder.join("target/checked/course.json");
    let waits = Stopwatch::start();
    while !built.exists() {
        assert!(waits.time() < Duration::from_secs(150), "nobody builds");
        std::thread::sleep(Duration::from_millis(100));
    }
    let mut check = util::course();
    let check = check.current_dir(&folder).args(["check", EXERCISE]);
    let checked = check.output().expect("course can be started");
    assert_eq!(checked.status.code(), Some(1));
    assert!(!util::text(&checked.stderr).contains("Building the libraries"));
    folder
}

fn solution(exercise: &str) -> String {
    read(&format!("solutions/{exercise}.rs"))
}

/// A wrong answer, without the line that declares what it is to get.
fn wrong() -> String {
    wrong_as("a_lock_each")
}

/// The same, by the answer's name.
fn wrong_as(name: &str) -> String {
    let text = util::handed_in(&format!("tests/wrong/{EXERCISE}/{name}.rs"));
    text.split_once('\n').expect("a first line").1.to_owned()
}

#[test]
fn a_learner_is_led_from_the_stub_to_the_next_exercise() {
    let _beside = beside_others();
    let learner = Learner::new();
    let stub = learner.text(EXERCISE);
    let mut terminal = learner.watch();
    terminal.wait_for(&["05_lock/1_two_lines: not done yet", "Progress: ["]);

    learner.save(EXERCISE, &wrong());
    terminal.wait_for(&["05_lock/1_two_lines: wrong order", "Process-1"]);
    terminal.press("h");
    terminal.wait_for(&["hint 2 of "]);
    terminal.press("t");
    let page = learner.folder.join("target/course/timeline.html");
    terminal.wait_for(&["to be opened in a browser"]);
    let page = fs::read_to_string(page).expect("the page is there");
    assert!(page.contains("<html") && page.contains("Process-1"));

    // Each look at the list is one at what was reached.
    terminal.press("l");
    terminal.wait_for(&["> ✗ 1_two_lines", "wrong order"]);
    terminal.press("q");

    learner.save(EXERCISE, &solution(EXERCISE));
    terminal.wait_for(&[
        "05_lock/1_two_lines: passed",
        "05_lock/2_guard: not done yet",
        "1/38",
    ]);
    terminal.press("p");
    terminal.wait_for(&[
        "05_lock/1_two_lines: passed",
        "Press n for the next exercise",
    ]);
    terminal.press("n");
    terminal.wait_for(&["05_lock/2_guard: not done yet"]);
    terminal.press("p");
    terminal.wait_for(&["05_lock/1_two_lines: passed"]);

    terminal.press("x");
    terminal.wait_for(&["Press x again"]);
    assert_eq!(learner.text(EXERCISE), solution(EXERCISE), "asked first");
    terminal.press("x");
    terminal.wait_for(&[
        "as it was handed out",
        "05_lock/1_two_lines: not done yet",
        "0/38",
    ]);
    assert_eq!(learner.text(EXERCISE), stub);
    terminal.press("u");
    terminal.wait_for(&["before the reset", "05_lock/1_two_lines: passed", "1/38"]);
    assert_eq!(learner.text(EXERCISE), solution(EXERCISE));

    terminal.press("q");
    assert_eq!(terminal.end(), 0);
    let progress = learner.progress().expect("there is progress");
    assert_eq!(progress["exercises"][EXERCISE]["best"]["verdict"], "passed");
}

/// A screen as a snapshot: the lines that the checker prints are those of the report's snapshots.
macro_rules! assert_screen {
    ($name:expr, $learner:expr, $screen:expr) => {{
        let folder = $learner.folder.display().to_string();
        let flat = $screen.replace('\n', "");
        // The path of the folder is this machine's, and may be broken at the edge of the screen.
        let screen = if flat.contains(&folder) { without(&$screen, &folder) } else { $screen };
        insta::with_settings!({ snapshot_path => "../screens", prepend_module_to_snapshot => false, omit_expression => true }, {
            insta::assert_snapshot!($name, screen);
        });
    }};
}

/// The screen without the lines that show the path.
fn without(screen: &str, path: &str) -> String {
    let begins = |line: &&str| !line.trim().starts_with(&path[..path.len().min(30)]);
    screen
        .lines()
        .filter(begins)
        .map(|line| format!("{line}\n"))
        .collect()
}

/// All screens of a way through the course, at a terminal of this size.
fn screens(size: (u16, u16)) {
    let _beside = beside_others();
    let learner = Learner::new();
    let name = |what: &str| format!("{what}_{}x{}", size.1, size.0);
    let watch = [course(), "watch", EXERCISE];
    let mut terminal = Terminal::of_size(size, &learner.folder, &watch);
    let seen = terminal.wait_for(&["not done yet", "all keys"]);
    assert_screen!(name("stub"), learner, seen);
    learner.save(EXERCISE, &wrong());
    let seen = terminal.wait_for(&[
        "05_lock/1_two_lines: wrong order",
        "Process-2 printed between the two lines of Process-1",
        "more lines",
        "all keys",
    ]);
    assert_screen!(name("wrong_answer"), learner, seen);
    // What scrolls goes on; the verdict and the sentence stay.
    terminal.press("G");
    let seen = terminal.wait_for(&[
        "05_lock/1_two_lines: wrong order",
        "Process-2 printed between the two lines of Process-1",
        "course replay",
        "the end",
    ]);
    assert_screen!(name("wrong_answer_end"), learner, seen);
    terminal.press("x");
    let seen = terminal.wait_for(&["Press x again", "all keys"]);
    assert_screen!(name("reset_asked"), learner, seen);
    terminal.press(".h");
    let seen = terminal.wait_for(&["hint 2 of", "Press h for the next one", "all keys"]);
    assert_screen!(name("hint"), learner, seen);
    terminal.press("?");
    let seen = terminal.wait_for(&["Any key: back"]);
    assert_screen!(name("help"), learner, seen);
    terminal.press(".l");
    let seen = terminal.wait_for(&["> ✗ 1_two_lines", "Enter go there"]);
    assert_screen!(name("list"), learner, seen);
    terminal.press("G");
    let seen = terminal.wait_for(&["> · 3_lifetime", "Enter go there"]);
    assert_screen!(name("list_end"), learner, seen);
    terminal.press("q");
    terminal.wait_for(&["05_lock/1_two_lines: wrong order"]);
    learner.save(EXERCISE, "fn worker( {\n");
    let seen = terminal.wait_for(&["05_lock/1_two_lines: not allowed", "all keys"]);
    assert_screen!(name("not_allowed"), learner, seen);
    // What a pass proves is told once, and then in a line.
    learner.save(EXERCISE, &solution(EXERCISE));
    let seen = terminal.wait_for(&[
        "05_lock/1_two_lines: passed",
        "It is no proof",
        "05_lock/2_guard: not done yet",
        "all keys",
    ]);
    assert_screen!(name("moved_on"), learner, seen);
    terminal.press("p");
    let seen = terminal.wait_for(&["Press n for the next exercise", "no proof", "all keys"]);
    assert_screen!(name("passed"), learner, seen);
    terminal.press("q");
    assert_eq!(terminal.end(), 0);
}

#[test]
fn each_screen_is_as_a_person_would_like_to_see_it_in_a_small_terminal() {
    screens((24, 80));
}

#[test]
fn each_screen_is_as_a_person_would_like_to_see_it_in_a_large_terminal() {
    screens((40, 120));
}

#[test]
fn a_save_during_a_check_begins_a_new_one_and_the_last_save_is_what_counts() {
    let _alone = alone();
    let learner = Learner::new();
    let mut terminal = learner.watch();
    terminal.wait_for(&["not done yet"]);
    // A check of this takes many seconds: each schedule computes for ever.
    let endless = solution(EXERCISE).replace(
        "fn worker(number: u32, counter: &Lock) {",
        "fn worker(number: u32, counter: &Lock) {\n    if number == 1 {\n        #[expect(clippy::empty_loop)]\n        loop {}\n    }",
    );
    assert_ne!(endless, solution(EXERCISE));
    learner.save(EXERCISE, &endless);
    terminal.wait_for(&["Checking"]);
    std::thread::sleep(Duration::from_millis(1500));
    let saved = Stopwatch::start();
    learner.save(EXERCISE, &solution(EXERCISE));
    terminal.wait_for(&["05_lock/1_two_lines: passed", "05_lock/2_guard"]);
    let waited = saved.time();
    // Such a check lasts ten seconds of computing at least.
    assert!(waited < Duration::from_secs(8), "{waited:?}");

    // Ten saves, faster than a check: the verdict is on the last one.
    terminal.press("p");
    terminal.wait_for(&["Press n for the next exercise"]);
    for number in 0..10 {
        let text = if number % 2 == 0 {
            wrong()
        } else {
            solution(EXERCISE)
        };
        learner.save(EXERCISE, &text.replacen("//!", &format!("//! {number}"), 1));
        std::thread::sleep(Duration::from_millis(number * 17 % 90));
    }
    // None of the others gets this verdict.
    learner.save(EXERCISE, &wrong_as("one_by_one"));
    terminal.wait_for(&["05_lock/1_two_lines: requirement not met"]);
    terminal.press("q");
    assert_eq!(terminal.end(), 0);
    let progress = learner.progress().expect("there is progress");
    assert_eq!(
        progress["exercises"][EXERCISE]["last"]["verdict"],
        "requirement"
    );
}

#[test]
fn the_terminal_is_as_it_was_after_each_way_to_end() {
    let _beside = beside_others();
    let learner = Learner::new();
    for (how, status) in [("q", 0), ("\u{3}", 130), ("TERM", 143)] {
        let script = "trap : INT; stty -g > before; \"$COURSE\" watch 05_lock/1_two_lines; echo $? > status; \
                      stty -g > after";
        let script = script.replace("$COURSE", course());
        let mut terminal = Terminal::start(&learner.folder, &["sh", "-c", &script]);
        terminal.wait_for(&["Progress: ["]);
        if how == "TERM" {
            for pid in pty::children(terminal.child.process_id().expect("it runs")) {
                pty::signal(pid, "TERM");
            }
        } else {
            terminal.press(how);
        }
        terminal.end();
        let told = |name: &str| {
            let path = learner.folder.join(name);
            let text = fs::read_to_string(&path).expect("the script wrote it");
            fs::remove_file(path).expect("can be removed");
            text.trim().to_owned()
        };
        assert_eq!(told("before"), told("after"), "{how}");
        assert_eq!(told("status"), status.to_string(), "{how}");
    }
}

#[test]
fn without_a_terminal_watching_is_refused_and_says_what_to_do() {
    let _beside = beside_others();
    let learner = Learner::new();
    let output = util::course()
        .current_dir(&learner.folder)
        .arg("watch")
        .output()
        .expect("course can be started");
    assert_eq!(util::status(&output), 2);
    let told = util::text(&output.stderr);
    assert!(told.contains("course check"), "{told}");
}

/// Numbers that look random and are the same each time (SplitMix64).
struct Chance(u64);

impl Chance {
    fn below(&mut self, end: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (mixed ^ (mixed >> 31)) % end
    }
}

#[test]
fn killed_at_any_moment_nothing_is_lost_and_nothing_stays() {
    nothing_is_lost_when_killed(20);
}

#[test]
#[ignore = "long: 4 minutes"]
fn long_killed_at_any_moment_nothing_is_lost_and_nothing_stays() {
    nothing_is_lost_when_killed(200);
}

fn nothing_is_lost_when_killed(times: u32) {
    let _alone = alone();
    let learner = Learner::new();
    let stub = learner.text(EXERCISE);
    let mut chance = Chance(1);
    for time in 0..times {
        let mut terminal = learner.watch();
        let mut saved = learner.text(EXERCISE);
        let until = Instant::now() + Duration::from_millis(chance.below(1200));
        while Instant::now() < until {
            match chance.below(8) {
                0 => {
                    saved = format!("//! {time}\n{}", wrong());
                    learner.save(EXERCISE, &saved);
                }
                1 => {
                    saved = format!("//! {time}\n{}", solution(EXERCISE));
                    learner.save(EXERCISE, &saved);
                }
                2 => terminal.press("xx"),
                3 => terminal.press("u"),
                key => {
                    terminal.press(["r", "h", "t", "c"][usize::try_from(key - 4).expect("small")])
                }
            }
            std::thread::sleep(Duration::from_millis(chance.below(150)));
        }
        let pid = terminal.child.process_id();
        let signals = ["KILL", "KILL", "TERM", "INT", "HUP"];
        let signal = signals[usize::try_from(chance.below(5)).expect("small")];
        if let Some(pid) = pid {
            pty::signal(pid, signal);
        }
        terminal.end();

        let now = learner.text(EXERCISE);
        let mut kept = backups(&learner.folder.join(".course/backup"));
        kept.push(now.clone());
        // How it was handed out, anybody gets back by a reset.
        assert!(
            saved == stub || kept.contains(&saved),
            "time {time}: lost what was saved:\n{saved}"
        );
        let is_known = now == stub || kept[..kept.len() - 1].contains(&now) || now == saved;
        assert!(
            is_known,
            "time {time}: neither saved nor handed out:\n{now}"
        );
        learner.progress();
        let started = Instant::now();
        while let [first, ..] = &left(&learner.folder)[..] {
            assert!(started.elapsed() < PATIENCE, "time {time}: left: {first}");
            std::thread::sleep(Duration::from_millis(20));
        }
    }
}

/// The texts of all that a reset or its undoing has kept.
fn backups(folder: &Path) -> Vec<String> {
    let mut texts = Vec::new();
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        if path.is_dir() {
            texts.extend(backups(&path));
        } else {
            texts.extend(fs::read_to_string(path).ok());
        }
    }
    texts
}

/// The command lines of processes that run in the folder, or run a program of it.
fn left(folder: &Path) -> Vec<String> {
    let folder = folder.canonicalize().expect("is there");
    let is_inside = |process: &Path, link: &str| {
        fs::read_link(process.join(link)).is_ok_and(|path| path.starts_with(&folder))
    };
    let processes = fs::read_dir("/proc").expect("/proc").flatten();
    let processes = processes.map(|entry| entry.path());
    let here = processes.filter(|path| is_inside(path, "cwd") || is_inside(path, "exe"));
    let told = |path: PathBuf| {
        let line = fs::read(path.join("cmdline")).unwrap_or_default();
        String::from_utf8_lossy(&line).replace('\0', " ")
    };
    here.map(told).collect()
}
