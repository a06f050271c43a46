//! What the integration tests share: the course's files, and calls of the `course` command.

#![allow(dead_code, reason = "each test program uses a part of it")]

pub mod checked;
pub mod class;
pub mod own_course;
pub mod pty;
pub mod stopwatch;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Output;
use std::sync::{Mutex, Once};
use std::time::Duration;

use assert_cmd::Command;
use serde_json::Value;

pub use self::pty::PATIENCE;

pub use course::given::MARKER as GIVEN;

/// Where a course notes which libraries its programs are compiled against.
pub const NOTE: &str = "target/checked/course.json";

/// The course's folder.
pub fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// The `course` command, to be run in the course's folder.
pub fn course() -> Command {
    let mut command = Command::new(assert_cmd::cargo::cargo_bin!("course"));
    command.current_dir(root()).timeout(PATIENCE);
    command
}

/// Calls `course` and waits for its end.
#[track_caller]
pub fn call(args: &[&str]) -> Output {
    prepare();
    course()
        .args(args)
        .output()
        .expect("course can be started, and ends in time")
}

/// Builds the libraries of checked programs, once, so that no call has to and says so.
pub fn prepare() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        let args = ["check", "05_lock/1_two_lines", "--schedules", "2"];
        let output = course().args(args).output().expect("course can be started");
        assert_eq!(output.status.code(), Some(1), "{}", text(&output.stderr));
    });
}

/// Calls `course author check`, which takes its time.
#[track_caller]
pub fn author_check(args: &[&str]) -> Output {
    prepare();
    course()
        .timeout(Duration::from_secs(4 * 3600))
        .args(["author", "check"])
        .args(args)
        .output()
        .expect("course can be started, and ends in time")
}

/// What was printed, as text.
#[track_caller]
pub fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).expect("course prints UTF-8")
}

/// A call's exit status, which every call has unless a signal ended it.
#[track_caller]
pub fn status(output: &Output) -> i32 {
    output.status.code().expect("no signal ended course")
}

/// The single result of `course check --format json`.
#[track_caller]
pub fn result(output: &Output) -> Value {
    let report: Value = serde_json::from_slice(&output.stdout)
        .unwrap_or_else(|error| panic!("{error}: {}", text(&output.stderr)));
    let results = report["results"].as_array().expect("a list of results");
    assert_eq!(results.len(), 1, "{report}");
    results[0].clone()
}

/// An answer to an exercise, as it lies below tests/wrong or tests/right.
#[derive(Clone, Debug)]
pub struct Answer {
    /// `05_lock/1_two_lines`.
    pub exercise: String,
    /// Its path from the course's folder.
    pub file: String,
    /// The verdict that it is to get.
    pub verdict: String,
    /// The cause, if it is to have one.
    pub cause: Option<String>,
}

/// The known wrong answers.
pub fn wrong_answers() -> Vec<Answer> {
    answers("tests/wrong")
}

/// Right answers other than the solutions.
pub fn right_answers() -> Vec<Answer> {
    answers("tests/right")
}

fn answers(folder: &str) -> Vec<Answer> {
    let files = files_below(folder).into_iter();
    let answer = |file: String| {
        let text = read(&file);
        let declared = course::declaration(&text);
        let (verdict, cause) = declared.unwrap_or_else(|| panic!("{file} declares no verdict"));
        let path = Path::new(&file).strip_prefix(folder).expect("lies inside");
        let exercise = path.parent().and_then(Path::to_str).expect("a folder");
        Answer {
            exercise: exercise.to_owned(),
            verdict: verdict.to_owned(),
            cause: cause.map(str::to_owned),
            file,
        }
    };
    files.map(answer).collect()
}

/// The text of one of the course's files.
#[track_caller]
pub fn read(file: &str) -> String {
    fs::read_to_string(root().join(file)).unwrap_or_else(|error| panic!("{file}: {error}"))
}

/// A file as a learner would hand it in: known answers get the line and the given part.
#[track_caller]
pub fn handed_in(file: &str) -> String {
    let text = read(file);
    let folders = ["tests/wrong/", "tests/right/"].into_iter();
    let known = folders.filter_map(|it| file.strip_prefix(it)).next();
    let Some((exercise, _)) = known.and_then(|it| it.rsplit_once('/')) else {
        return text;
    };
    let solution = read(&format!("solutions/{exercise}.rs"));
    let (_, given) = course::given::split(&solution).expect("has the line");
    course::given::complete(&text, given).expect("has no line yet")
}

/// What the first lines of a program say of it: `//! word: value`.
pub fn said<'a>(text: &'a str, word: &str) -> Option<&'a str> {
    let mut lines = text.lines().map_while(|line| line.strip_prefix("//!"));
    lines.find_map(|line| {
        line.strip_prefix(' ')?
            .strip_prefix(word)?
            .strip_prefix(": ")
    })
}

/// All files below a folder of the course, by their paths from the course's folder, sorted.
pub fn files_below(folder: &str) -> Vec<String> {
    let mut files = Vec::new();
    collect(&root().join(folder), &mut files);
    let shown = |file: &PathBuf| {
        let inside = file.strip_prefix(root()).expect("lies in the course");
        inside.to_str().expect("is UTF-8").to_owned()
    };
    let mut files: Vec<String> = files.iter().map(shown).collect();
    files.sort();
    files
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) {
    let entries = fs::read_dir(folder).unwrap_or_else(|error| panic!("{folder:?}: {error}"));
    for entry in entries {
        let path = entry.expect("a folder's entry").path();
        if path.is_dir() {
            collect(&path, files);
        } else {
            files.push(path);
        }
    }
}

/// The exercises as course.toml describes them, in its order.
pub fn exercises() -> toml::Table {
    let course: toml::Table = read("exercises/course.toml").parse().expect("TOML");
    course["exercise"].as_table().expect("a table").clone()
}

/// The names of the exercises.
pub fn ids() -> Vec<String> {
    exercises().keys().cloned().collect()
}

/// The rows of arguments of an exercise, edges included.
pub fn rows(exercise: &toml::Value) -> Vec<Vec<String>> {
    let list = |value: &toml::Value| value.as_array().expect("a list").clone();
    let word = |value: &toml::Value| value.as_str().expect("a word").to_owned();
    let row = |value: &toml::Value| list(value).iter().map(word).collect();
    let edges = exercise.get("edges").map(list).unwrap_or_default();
    list(&exercise["args"])
        .iter()
        .chain(&edges)
        .map(row)
        .collect()
}

/// Looks at each of `items`, on as many threads as there are cores, and fails with all that is
/// wrong: `look` returns what it is, or nothing.
#[track_caller]
pub fn for_each<T: Sync>(items: &[T], look: impl Fn(&T) -> Option<String> + Sync) {
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    for_each_at_once(cores, items, look);
}

/// The same with so many at once, for what mostly waits.
#[track_caller]
pub fn for_each_at_once<T: Sync>(
    threads: usize,
    items: &[T],
    look: impl Fn(&T) -> Option<String> + Sync,
) {
    assert!(!items.is_empty(), "there is nothing to look at");
    prepare();
    let left = Mutex::new(items.iter().enumerate());
    let wrong = Mutex::new(BTreeMap::new());
    let work = || {
        loop {
            let item = left.lock().expect("no other thread panicked").next();
            let Some((number, item)) = item else { break };
            if let Some(told) = look(item) {
                let mut wrong = wrong.lock().expect("no other thread panicked");
                wrong.insert(number, told);
            }
        }
    };
    std::thread::scope(|scope| {
        for _ in 0..threads {
            scope.spawn(work);
        }
    });
    let wrong = wrong.into_inner().expect("no thread panicked");
    let told: Vec<String> = wrong.into_values().collect();
    let (count, all) = (told.len(), items.len());
    assert!(
        told.is_empty(),
        "{count} of {all} are wrong:\n{}",
        told.join("\n")
    );
}

/// Whether a text is what the snapshot of this name in a folder of `tests/snapshots` holds.
pub fn is_held(folder: &str, name: &str, text: &str) -> bool {
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path(root().join("tests/snapshots").join(folder));
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    let held = || settings.bind(|| insta::assert_snapshot!(name, text));
    std::panic::catch_unwind(std::panic::AssertUnwindSafe(held)).is_ok()
}

/// A file with this text, in a folder that is removed with the value returned.
pub fn scratch_file(name: &str, text: impl AsRef<[u8]>) -> (tempfile::TempDir, String) {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let file = folder.path().join(name);
    fs::write(&file, text).expect("the file can be written");
    let file = file.to_str().expect("is UTF-8").to_owned();
    (folder, file)
}

/// A command, to be added, with a file system of its own on `folder`; for who may mount: root, or who
/// is root in a namespace of users of their own.
pub fn mounted(options: &str, folder: &Path) -> std::process::Command {
    let script = "mount -t tmpfs -o \"$1\" none \"$2\" && shift 2 && exec \"$@\"";
    let mut command = std::process::Command::new("unshare");
    if !rustix::process::geteuid().is_root() {
        command.arg("--map-root-user");
    }
    command.args(["--mount", "sh", "-c", script, "sh", options]);
    command.arg(folder);
    command
}

/// A copy of the course that a test may change, whose programs are compiled against the libraries of the
/// original: none need be built. Removed with the value.
pub fn copy_of_course() -> tempfile::TempDir {
    prepare();
    let folder = tempfile::tempdir().expect("a temporary folder");
    let entries = ["Cargo.toml", "Cargo.lock", "course.md"].map(str::to_owned);
    let folders = [
        "checker",
        "benches",
        "exercises",
        "solutions",
        "tests/right",
        "tests/wrong",
    ];
    let files = folders.iter().flat_map(|folder| files_below(folder));
    for file in entries.into_iter().chain(files) {
        let copy = folder.path().join(&file);
        fs::create_dir_all(copy.parent().expect("a folder")).expect("a folder can be made");
        let original = root().join(&file);
        fs::copy(&original, &copy).expect("a file can be copied");
        let changed = fs::metadata(original).and_then(|it| it.modified());
        let copy = fs::File::options().append(true).open(copy);
        let copied = copy.and_then(|copy| copy.set_modified(changed?));
        copied.expect("a file's time can be set");
    }
    // They are noted as made of the copied files.
    let made_of = |folder: &Path| format!("\"{}/checker/", folder.display());
    let note = read(NOTE).replace(&made_of(&root()), &made_of(folder.path()));
    own_course::write(&folder.path().join(NOTE), &note);
    folder
}
