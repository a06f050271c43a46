//! Ordinary programs with threads: each gets its verdict, on any number of cores, and what is
//! reported can be seen again.
//!
//! The programs are in `tests/threads`. Each says in its first lines which verdict it must get,
//! and where it is a failure, with which message and at which line.

use std::path::{Path, PathBuf};
use std::process::Output;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;

use crate::util::{self, GIVEN, own_course, result, said, status, text};
use crate::{add_programs, alone, beside_others};

const FIXTURES: &str = "tests/threads";
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

/// The folder of the course of these tests.
fn root() -> &'static Path {
    static ROOT: OnceLock<PathBuf> = OnceLock::new();
    ROOT.get_or_init(|| {
        let root = own_course::root();
        own_course::make(&root);
        let main = "\nfn main() {\n    run();\n    println!(\"done\");\n}\n";
        let end = "main: done\n";
        let lines = (1..=3).map(|n| format!("child: {n} comes\nchild: {n} goes, of process PID\n"));
        let lines = lines.collect::<String>() + end;
        for (id, own, transcript) in [
            (SILENT, "fn run() {}\n", end.to_owned()),
            (LINES, PRINTS, lines),
        ] {
            let exercise = own_course::Exercise {
                id,
                settings: "view = \"exact\"\n",
                program: &format!("{own}\n{GIVEN}\n{main}"),
                transcripts: &[(String::new(), transcript)],
            };
            exercise.add(&root);
        }
        add_programs(&root, FIXTURES, main);
        let built = call(&["check", LINES, "--schedules", "2"]);
        assert!(status(&built) < 2, "{}", text(&built.stderr));
        root
    })
}

fn call(args: &[&str]) -> Output {
    let mut command = util::course();
    let output = command.current_dir(own_course::root()).args(args).output();
    output.expect("course can be started, and ends in time")
}

/// Checks a program of `tests/threads` on so many cores, with so many schedules.
fn check(program: &str, schedules: &str, jobs: &str) -> Output {
    root();
    let file = format!("{FIXTURES}/{program}.rs");
    let args = ["check", SILENT, "--format", "json", "--file", &file];
    call(&[&args[..], &["--schedules", schedules, "--jobs", jobs]].concat())
}

#[test]
fn every_program_gets_its_verdict_on_one_core_and_on_two() {
    let _beside = beside_others();
    let mut wrong = Vec::new();
    for file in util::files_below(FIXTURES) {
        let program = file
            .rsplit_once('/')
            .expect("a folder")
            .1
            .trim_end_matches(".rs");
        let text = util::read(&file);
        let one = check(program, "100", "1");
        if one.stdout != check(program, "100", "2").stdout {
            wrong.push(format!("{program} gets another report on two cores"));
        }
        let result = result(&one);
        let message = result["message"].as_str().unwrap_or_default();
        let words = said(&text, "message").unwrap_or_default();
        let line = said(&text, "line").map(|line| line.parse::<u64>().expect("a number"));
        let right = result["verdict"] == said(&text, "verdict").expect("names a verdict")
            && message.contains(words)
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
    let _beside = beside_others();
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
    let _beside = beside_others();
    root();
    let file = "tests/threads/reads_too_early.rs";
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
