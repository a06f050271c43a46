//! Ordinary programs with threads: each gets its verdict, on any number of cores, and what is
//! reported can be seen again.
//!
//! The programs are in `tests/threads`. Each says in its first lines which verdict it must get,
//! and where it is a failure, with which message and at which line.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;

use course::given::MARKER;
use serde_json::Value;

use crate::alone;
use crate::util::own_course;

const COURSE: &str = env!("CARGO_BIN_EXE_course");
const REPOSITORY: &str = env!("CARGO_MANIFEST_DIR");
/// Its programs print nothing but at the end.
const SILENT: &str = "91_threads/1_silent";
/// Its programs print in threads.
const LINES: &str = "91_threads/2_lines";

/// Three threads print two lines each.
const PRINTS: &str = r#"
fn run() {
    let threads: Vec<_> = (1..=3)
        .map(|number| {
            std::thread::spawn(move || {
                println!("{number} comes");
                println!("{number} goes, of process {}", std::process::id());
            })
        })
        .collect();
    for thread in threads {
        thread.join().expect("no panic");
    }
}
"#;

/// The folder of the course of these tests: kept, so that the libraries are built only once.
fn root() -> &'static Path {
    static ROOT: OnceLock<PathBuf> = OnceLock::new();
    ROOT.get_or_init(|| {
        let root = Path::new(env!("CARGO_TARGET_TMPDIR")).join("threads");
        own_course::make(&root);
        let exercise = |name: &str, view: &str| {
            format!("[exercise.{name:?}]\ntitle = \"T\"\nview = \"{view}\"\npoints = 1\n\n")
        };
        let given = format!("{MARKER}\n\nfn main() {{\n    run();\n    println!(\"done\");\n}}\n");
        let program = |own: &str| format!("{own}\n{given}");
        let course = exercise(SILENT, "exact") + &exercise(LINES, "exact");
        own_course::write(&root.join("exercises/course.toml"), &course);
        let transcript = "main: done\n";
        let lines = (1..=3).map(|n| format!("child: {n} comes\nchild: {n} goes, of process PID\n"));
        let lines = lines.collect::<String>() + transcript;
        for (name, own, transcript) in [
            (SILENT, "fn run() {}\n", transcript),
            (LINES, PRINTS, &lines),
        ] {
            let snapshot = format!("---\nsource: s\nexpression: e\n---\n{transcript}");
            let flat = name.replace('/', "-");
            for folder in ["exercises", "solutions"] {
                own_course::write(&root.join(format!("{folder}/{name}.rs")), &program(own));
            }
            let file = root.join(format!("solutions/snapshots/{flat}.snap"));
            own_course::write(&file, &snapshot);
        }
        for file in programs() {
            let text = fs::read_to_string(&file).expect("is text");
            let name = file.file_name().expect("has a name");
            own_course::write(&root.join("programs").join(name), &program(&text));
        }
        let built = call(&["check", LINES, "--schedules", "2"]);
        let said = String::from_utf8_lossy(&built.stderr);
        assert!(built.status.code() < Some(2), "{said}");
        root
    })
}

fn programs() -> Vec<PathBuf> {
    let folder = fs::read_dir(Path::new(REPOSITORY).join("tests/threads")).expect("is there");
    let mut files: Vec<_> = folder
        .map(|entry| entry.expect("can be read").path())
        .collect();
    files.sort();
    assert!(!files.is_empty());
    files
}

/// What a program's first lines say of it, by a word.
fn said(text: &str, word: &str) -> Option<String> {
    let mut words = text
        .lines()
        .filter_map(|line| line.strip_prefix("//! ")?.split_once(": "));
    let found = words.find(|(name, _)| *name == word);
    found.map(|(_, value)| value.to_owned())
}

fn call(args: &[&str]) -> Output {
    let root = Path::new(env!("CARGO_TARGET_TMPDIR")).join("threads");
    let mut command = Command::new(COURSE);
    command.args(args).current_dir(root).stdin(Stdio::null());
    command.output().expect("course runs")
}

/// Checks a program of `tests/threads` on so many cores, with so many schedules.
fn check(program: &str, schedules: &str, jobs: &str) -> Output {
    root();
    let file = format!("programs/{program}.rs");
    let args = ["check", SILENT, "--format", "json", "--file", &file];
    call(&[&args[..], &["--schedules", schedules, "--jobs", jobs]].concat())
}

fn result(output: &Output) -> Value {
    let report: Value = serde_json::from_slice(&output.stdout)
        .unwrap_or_else(|error| panic!("{error}: {}", String::from_utf8_lossy(&output.stderr)));
    report["results"][0].clone()
}

#[test]
fn every_program_gets_its_verdict_on_one_core_and_on_two() {
    let _alone = alone();
    let mut wrong = Vec::new();
    for file in programs() {
        let program = file.file_stem().expect("has a name").to_string_lossy();
        let text = fs::read_to_string(&file).expect("is text");
        let one = check(&program, "100", "1");
        if one.stdout != check(&program, "100", "2").stdout {
            wrong.push(format!("{program} gets another report on two cores"));
        }
        let result = result(&one);
        let message = result["message"].as_str().unwrap_or_default();
        let words = said(&text, "message").unwrap_or_default();
        let line = said(&text, "line").map(|line| line.parse::<u64>().expect("a number"));
        let right = result["verdict"] == said(&text, "verdict").expect("names a verdict").as_str()
            && message.contains(&words)
            && line.is_none_or(|line| result["at"]["line"] == line);
        if !right {
            wrong.push(format!("{program}: {result}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn a_busy_machine_makes_no_difference() {
    let _alone = alone();
    let programs = ["processes_and_threads", "parks", "reads_too_early"];
    let alone = programs.map(|program| check(program, "60", "2").stdout);
    let busy = AtomicBool::new(true);
    let beside = thread::scope(|scope| {
        for _ in 0..6 {
            scope.spawn(|| {
                while busy.load(Ordering::Relaxed) {
                    std::hint::spin_loop();
                }
            });
        }
        let reports = programs.map(|program| check(program, "60", "2").stdout);
        busy.store(false, Ordering::Relaxed);
        reports
    });
    assert!(alone == beside, "{alone:?}\n{beside:?}");
}

#[test]
fn what_threads_print_is_told_apart() {
    let _alone = alone();
    root();
    let solution = ["check", LINES, "--solutions", "--format", "json"];
    let result = result(&call(&[&solution[..], &["--schedules", "50"]].concat()));
    // The natural order is the expected one, and another one is not.
    assert_eq!(result["verdict"], "wrong_order", "{result}");
    let replay = ["replay", LINES, "0", "--solutions"];
    let trace = String::from_utf8(call(&replay).stdout).expect("is text");
    for words in [
        "main      starts Thread-1",
        "Thread-2  begins\n",
        "Thread-3  prints \"3 goes, of process 40001\"",
        "main      sees the end of Thread-3",
    ] {
        let found = trace.lines().any(|line| {
            let squeezed = line.split_whitespace().collect::<Vec<_>>().join(" ");
            let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
            let (task, deed) = words.split_once(' ').expect("a task and its deed");
            squeezed.contains(&format!(" {task} ")) && squeezed.ends_with(deed)
        });
        assert!(found, "{words} is not in:\n{trace}");
    }
}

#[test]
fn a_failure_in_a_thread_can_be_seen_again() {
    let _alone = alone();
    root();
    let file = "programs/reads_too_early.rs";
    let found = result(&check("reads_too_early", "100", "1"));
    let schedule = found["first_failure"]["schedule"].to_string();
    assert_ne!(schedule, "0");
    let args = ["replay", SILENT, &schedule, "--file", file];
    let trace = String::from_utf8(call(&args).stdout).expect("is text");
    let message = found["message"].as_str().expect("a message");
    // A long message takes several lines.
    let one_line = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    let told = one_line(&trace).contains(&one_line(message));
    assert!(told, "{message} is not in:\n{trace}");
}
