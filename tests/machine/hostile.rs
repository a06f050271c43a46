//! Programs that behave as badly as programs can: each gets its verdict in time, and nothing of it
//! is left, whatever it did, and whatever is done to `course` meanwhile.
//!
//! The programs are in `tests/hostile`. Each says in its first lines which verdict it must get,
//! which words the message must have, how many schedules are enough to see it, and whether it is
//! checked with an option, such as one that lets it do its worst. They are
//! answers to the one exercise of a course of their own, which allows unsafe code.

use std::fs;
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::sync::OnceLock;
use std::thread::sleep;
use std::time::Duration;

use crate::util::stopwatch::Stopwatch;
use crate::util::{self, GIVEN as MARKER, own_course, result, text};
use crate::{add_programs, alone};

const COURSE: &str = env!("CARGO_BIN_EXE_course");
const FIXTURES: &str = "tests/hostile";
const EXERCISE: &str = "90_hostile/1_program";
/// The longest that any check may take.
const IN_TIME: Duration = Duration::from_secs(20);
/// How soon nothing may be left of a killed check.
const SOON: Duration = Duration::from_secs(5);

/// The folder of the course of these tests.
fn root() -> &'static Path {
    static ROOT: OnceLock<PathBuf> = OnceLock::new();
    ROOT.get_or_init(|| {
        let root = own_course::root();
        make_course(&root);
        let built = check("sleeps_for_hours", &[]).output();
        let built = built.expect("course runs");
        assert!(built.status.success(), "{}", text(&built.stderr));
        root
    })
}

fn make_course(root: &Path) {
    own_course::make(root);
    let main = "fn main() {\n    attack();\n    println!(\"done\");\n}\n";
    let exercise = own_course::Exercise {
        id: EXERCISE,
        settings: "view = \"exact\"\nallow_unsafe = true\n",
        program: &format!("fn attack() {{}}\n\n{MARKER}\n\n{main}"),
        transcripts: &[(String::new(), "main: done\n".to_owned())],
    };
    exercise.add(root);
    add_programs(root, FIXTURES, "");
}

/// What a program's first lines say of it, by a word.
fn said(program: &str, word: &str) -> Option<String> {
    let text = util::read(&format!("{FIXTURES}/{program}.rs"));
    util::said(&text, word).map(str::to_owned)
}

/// A check of a program, by its name.
fn check(program: &str, arguments: &[&str]) -> Command {
    let root = own_course::root();
    let mut command = Command::new(COURSE);
    command
        .args(["check", EXERCISE, "--format", "json", "--file"])
        .arg(root.join(format!("{FIXTURES}/{program}.rs")))
        .args(arguments)
        .current_dir(root)
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    command
}

/// A temporary folder for one check, to see what is left in it.
fn temporary() -> tempfile::TempDir {
    tempfile::Builder::new()
        .prefix("hostile-")
        .tempdir()
        .expect("a temporary folder")
}

/// What is left of a check: processes, their memory, files.
fn left(temporary: &Path) -> Vec<String> {
    let programs = root().join("target/course/check");
    let is_ours = |link: PathBuf| link.starts_with(temporary) || link.starts_with(&programs);
    let mut left = Vec::new();
    for process in entries(Path::new("/proc")) {
        let mut links = vec![process.join("exe"), process.join("cwd")];
        links.extend(entries(&process.join("fd")));
        let links = links.iter().filter_map(|link| fs::read_link(link).ok());
        let mapped = fs::read_to_string(process.join("maps")).unwrap_or_default();
        let maps = mapped
            .lines()
            .filter_map(|line| line.split_ascii_whitespace().nth(5));
        if links.chain(maps.map(PathBuf::from)).any(is_ours) {
            let line = fs::read_to_string(process.join("cmdline")).unwrap_or_default();
            left.push(format!("process {}: {line}", process.display()));
        }
    }
    left.extend(
        entries(temporary)
            .iter()
            .map(|file| format!("file {}", file.display())),
    );
    let unfinished = entries(&programs);
    let unfinished = unfinished
        .iter()
        .filter(|path| path.to_string_lossy().contains("/.course-unfinished-"));
    left.extend(unfinished.map(|path| format!("file {}", path.display())));
    left
}

fn entries(folder: &Path) -> Vec<PathBuf> {
    fs::read_dir(folder)
        .into_iter()
        .flatten()
        .flatten()
        .map(|entry| entry.path())
        .collect()
}

/// Processes of these tests that have a segment of shared memory.
fn memory_left() -> Vec<String> {
    let is_segment = |process: &Path| {
        let links = entries(&process.join("fd"));
        let mut targets = links.iter().filter_map(|link| fs::read_link(link).ok());
        let maps = fs::read_to_string(process.join("maps")).unwrap_or_default();
        maps.contains("memfd:course-run")
            || targets.any(|target| target.to_string_lossy().contains("memfd:course-run"))
    };
    let ours = |process: &Path| {
        let exe = fs::read_link(process.join("exe")).unwrap_or_default();
        exe.starts_with(root()) || exe.starts_with(COURSE)
    };
    let processes = entries(Path::new("/proc"));
    let having = processes
        .iter()
        .filter(|process| is_segment(process) && ours(process));
    having
        .map(|process| process.display().to_string())
        .collect()
}

/// What is left of a check after a moment.
fn left_soon(temporary: &Path) -> Vec<String> {
    let since = Stopwatch::start();
    loop {
        let mut left = left(temporary);
        left.extend(memory_left());
        if left.is_empty() || since.time() > SOON {
            return left;
        }
        sleep(Duration::from_millis(20));
    }
}

#[test]
fn every_program_gets_its_verdict_in_time_and_leaves_nothing() {
    let _alone = alone();
    root();
    let mut wrong = Vec::new();
    for file in util::files_below(FIXTURES) {
        let program = file
            .rsplit_once('/')
            .expect("a folder")
            .1
            .trim_end_matches(".rs");
        let verdicts = said(program, "verdict").expect("names a verdict");
        let words = said(program, "message").unwrap_or_default();
        let schedules = said(program, "schedules").unwrap_or("50".into());
        let folder = temporary();
        let started = Stopwatch::start();
        let mut command = check(program, &["--schedules", &schedules]);
        command.args(said(program, "options"));
        let output = command
            .env("TMPDIR", folder.path())
            .output()
            .expect("course runs");
        let time = started.time();
        let mut left = left(folder.path());
        left.extend(memory_left());
        let result = result(&output);
        let (verdict, message) = (&result["verdict"], result["message"].as_str().unwrap_or(""));
        println!("{program}: {verdict} after {time:.1?}");
        let expected = verdicts.split(" or ").any(|expected| *verdict == expected);
        if !expected
            || !words.split(" or ").any(|words| message.contains(words))
            || time > IN_TIME
            || !left.is_empty()
        {
            wrong.push(format!(
                "{program}: {verdict} after {time:?}: {message}; left: {left:?}"
            ));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn sleeping_for_hours_takes_no_longer_than_not_sleeping() {
    let _alone = alone();
    let hours = root().join("tests/hostile/sleeps_for_hours.rs");
    let text = fs::read_to_string(hours).expect("is there");
    let none = text.replace("3 * 3600", "0");
    assert_ne!(text, none);
    fs::write(root().join("tests/hostile/sleeps_not.rs"), none).expect("can be written");
    let time = |program: &str| {
        let run = || {
            let started = Stopwatch::start();
            let output = check(program, &["--schedules", "200"])
                .output()
                .expect("course runs");
            assert_eq!(result(&output)["verdict"], "passed");
            started.time()
        };
        // The first one compiles.
        run();
        run().min(run()).min(run())
    };
    let (without, with) = (time("sleeps_not"), time("sleeps_for_hours"));
    assert!(
        with < without * 2 + Duration::from_millis(500),
        "{with:?} with sleep, {without:?} without"
    );
}

/// Starts a check in a process group of its own and waits until it runs its program.
fn begin(program: &str, temporary: &Path) -> Child {
    let enough = ["--schedules", "1000000"];
    let mut command = check(program, &enough);
    command.env("TMPDIR", temporary).process_group(0);
    let course = command.spawn().expect("course runs");
    let since = Stopwatch::start();
    // Its server works in a folder there; what compiles it does not.
    let works = |process: &PathBuf| {
        fs::read_link(process.join("cwd")).is_ok_and(|folder| folder.starts_with(temporary))
    };
    while !entries(Path::new("/proc")).iter().any(works) {
        assert!(since.time() < IN_TIME, "{program} was never run");
        sleep(Duration::from_millis(10));
    }
    sleep(Duration::from_millis(300));
    course
}

/// Sends a signal to a process, or with a minus before its number to its group.
fn signal(name: &str, process: &str) {
    let status = Command::new("sh")
        .args(["-c", "kill -s \"$1\" -- \"$2\"", "sh", name, process])
        .status();
    assert!(status.expect("there is a shell").success());
}

/// Programs in the middle of each thing that a check can be in the middle of.
const BUSY: [&str; 5] = [
    "loops_for_ever",
    "reads_from_a_pipe",
    "sleeps_for_hours",
    "hides_a_daemon",
    "shares_much_memory",
];

#[test]
#[ignore = "long: a minute"]
fn long_interrupting_a_check_ends_it_at_once_and_leaves_nothing() {
    let _alone = alone();
    root();
    for program in BUSY {
        for group in ["", "-"] {
            let folder = temporary();
            let mut course = begin(program, folder.path());
            let started = Stopwatch::start();
            signal("INT", &format!("{group}{}", course.id()));
            let status = course.wait().expect("course ends");
            let time = started.time();
            assert_eq!(status.code(), Some(130), "{program}");
            assert!(
                time < Duration::from_secs(2),
                "{program} was interrupted after {time:?}"
            );
            assert_eq!(left(folder.path()), [""; 0], "{program}");
            assert_eq!(memory_left(), [""; 0], "{program}");
        }
    }
}

#[test]
fn killing_course_leaves_nothing() {
    let _alone = alone();
    root();
    for program in BUSY {
        let folder = temporary();
        let mut course = begin(program, folder.path());
        signal("KILL", &course.id().to_string());
        course.wait().expect("course ends");
        assert_eq!(left_soon(folder.path()), [""; 0], "{program}");
    }
}

#[test]
fn two_checks_at_once_do_not_disturb_each_other() {
    let _alone = alone();
    root();
    for program in ["sleeps_to_synchronise", "fills_its_folder"] {
        let file = root().join(format!("{FIXTURES}/{program}.rs"));
        let text = fs::read_to_string(&file).expect("is there");
        // Both find it not compiled yet.
        let text = format!("// {:?}\n{text}", std::time::SystemTime::now());
        fs::write(root().join("tests/hostile/twice.rs"), text).expect("can be written");
        let start = || {
            check("twice", &["--schedules", "50"])
                .spawn()
                .expect("course runs")
        };
        let ends = [start(), start()].map(|course| course.wait_with_output().expect("course ends"));
        assert_eq!(ends[0].stdout, ends[1].stdout);
        let verdict = said(program, "verdict").expect("names a verdict");
        assert_eq!(result(&ends[0])["verdict"], *verdict);
    }
}

/// A check of a program that is not compiled yet.
fn check_something_new() -> Command {
    let text = format!(
        "// {:?}\nfn attack() {{}}\n{MARKER}\n",
        std::time::SystemTime::now()
    );
    fs::write(root().join("tests/hostile/new.rs"), text).expect("can be written");
    check("new", &["--schedules", "5"])
}

/// The check ends as the tool's fault, and its message says this.
#[track_caller]
fn assert_tool_failed(output: &Output, words: &str) {
    let (status, result) = (output.status.code(), result(output));
    let message = result["message"].as_str().expect("a message");
    assert_eq!(
        (status, &result["verdict"]),
        (Some(3), &"inconclusive".into()),
        "{message}"
    );
    assert!(message.contains(words), "{message}");
}

#[test]
fn without_a_linker_the_check_says_so() {
    let _alone = alone();
    root();
    let empty = temporary();
    let output = check_something_new()
        .env("PATH", empty.path())
        .output()
        .expect("course runs");
    assert_tool_failed(&output, "linker `cc` not found");
}

#[test]
fn without_rust_the_check_says_so() {
    let _alone = alone();
    let (course, empty) = (temporary(), temporary());
    make_course(course.path());
    let mut command = Command::new(COURSE);
    command
        .args(["check", EXERCISE, "--format", "json"])
        .current_dir(course.path());
    command
        .env("PATH", empty.path())
        .env_remove("CARGO")
        .env_remove("RUSTC");
    let output = command.output().expect("course runs");
    assert_tool_failed(&output, "is Rust installed?");
}

#[test]
#[ignore = "needs the right to mount file systems"]
fn where_nothing_can_be_written_the_check_says_so() {
    let _alone = alone();
    let target = root().join("target/course");
    let temporary = temporary();
    let command = check_something_new();
    for (options, folder, words) in [
        ("ro", target.as_path(), "Read-only file system"),
        // No room for the program's text; and room for that, but not for what is made of it.
        ("size=8k", &target, "No space left on device"),
        ("size=512k", &target, "linking with `cc` failed"),
        (
            "nr_inodes=1",
            temporary.path(),
            "failed to make a scratch folder",
        ),
    ] {
        let mut mounted = util::mounted(options, folder);
        mounted.arg(command.get_program()).args(command.get_args());
        mounted.env("TMPDIR", temporary.path()).current_dir(root());
        let output = mounted.output().expect("course runs");
        assert_tool_failed(&output, words);
        assert_eq!(left(temporary.path()), [""; 0]);
    }
}
