//! The commands, each as it is meant to be used.

use std::fs;
use std::path::Path;
use std::process::{Output, Stdio};

use serde_json::Value;

use crate::util::{self, call, course, result, status, text};

/// The keys of a report in the order in which they are printed.
fn keys(report: &[u8]) -> Vec<String> {
    let key = |line: &str| {
        let line = line.trim_start().strip_prefix('"')?;
        Some(line.split_once("\":")?.0.to_owned())
    };
    text(report).lines().filter_map(key).collect()
}

/// Calls `course` in another folder.
fn call_in(folder: &Path, args: &[&str]) -> Output {
    let mut command = course();
    let output = command.current_dir(folder).args(args).output();
    output.expect("course can be started, and ends in time")
}

#[test]
fn without_a_command_the_exercises_are_listed_in_their_order() {
    let list = text(&call(&["list"]).stdout);
    assert_eq!(text(&call(&[]).stdout), list);
    // Names stand below their topics.
    let mut rest = list.as_str();
    for id in util::ids() {
        let (topic, name) = id.split_once('/').expect("a topic and a name");
        let known = list.contains(&format!("\n{topic}\n"));
        assert!(known, "{topic} is not listed:\n{list}");
        let (_, after) = rest
            .split_once(&format!(" {name} "))
            .unwrap_or_else(|| panic!("{id} is not listed in its place:\n{list}"));
        rest = after;
    }
    assert!(list.contains("    course check "), "{list}");
    assert!(list.contains(" of 38 exercises passed, "), "{list}");
}

#[test]
fn the_list_for_programs_names_files_and_points() {
    let output = call(&["list", "--format", "json"]);
    let list: Value = serde_json::from_slice(&output.stdout).expect("JSON");
    assert_eq!((status(&output), &list["version"]), (0, &1.into()));
    let listed = list["exercises"].as_array().expect("a list");
    assert_eq!(listed.len(), util::ids().len());
    for (entry, (id, exercise)) in listed.iter().zip(util::exercises()) {
        assert_eq!(entry["exercise"], id.as_str());
        assert_eq!(entry["title"].as_str(), exercise["title"].as_str());
        assert_eq!(entry["points"].as_i64(), exercise["points"].as_integer());
        assert!(
            util::root()
                .join(entry["file"].as_str().expect("a path"))
                .is_file()
        );
    }
}

#[test]
fn a_report_for_programs_has_the_keys_promised_in_their_order() {
    let outer = ["version", "tool", "seed", "results"];
    let inner = "exercise verdict cause also passed points max_points schedules failed_schedules";
    let failure = [
        "first_failure",
        "args",
        "schedule",
        "message",
        "at",
        "file",
        "line",
        "why",
        "evidence",
        "kind",
        "interventions",
        "kind",
        "places",
        "file",
        "line",
        "file",
        "line",
        "schedules",
        "failed",
        "decides",
        "task",
        "what",
        "at",
        "file",
        "line",
        "task",
        "what",
        "at",
        "file",
        "line",
        "counterexample",
        "switches",
        "switches_before",
        "steps",
    ];
    let pass = [
        "first_failure",
        "message",
        "at",
        "why",
        "evidence",
        "decides",
        "counterexample",
    ];
    let all = |end: &[&str]| {
        let inner = inner.split(' ').chain(end.iter().copied());
        outer
            .into_iter()
            .chain(inner)
            .map(str::to_owned)
            .collect::<Vec<_>>()
    };
    let check = ["check", "05_lock/1_two_lines", "--format", "json"];
    // An experiment with two places proves its cause.
    let wrong = "tests/wrong/05_lock/1_two_lines/a_section_per_line.rs";
    let failed = call(&[&check[..], &["--file", wrong]].concat());
    let (mut told, promised) = (keys(&failed.stdout), all(&failure));
    // As many steps as it takes.
    let steps = told.split_off(promised.len());
    assert_eq!((status(&failed), told), (1, promised));
    assert!(steps.starts_with(&["task", "what", "at"].map(str::to_owned)));
    let passed = call(&[&check[..], &["--solutions"]].concat());
    assert_eq!((status(&passed), keys(&passed.stdout)), (0, all(&pass)));
    let report: Value = serde_json::from_slice(&passed.stdout).expect("JSON");
    let result = &report["results"][0];
    assert_eq!(
        report["tool"],
        concat!("course ", env!("CARGO_PKG_VERSION"))
    );
    assert_eq!(result["message"], "0 of 200 schedules failed");
    assert_eq!(
        (&result["cause"], &result["at"]),
        (&Value::Null, &Value::Null)
    );
    assert_eq!(passed.stderr, b"", "{}", text(&passed.stderr));
}

#[test]
fn topics_names_files_and_program_names_mean_the_same_exercise() {
    let verdict = |what: &str| {
        let output = call(&["check", what, "--format", "json", "--schedules", "2"]);
        let report: Value = serde_json::from_slice(&output.stdout).expect("JSON");
        let results = report["results"].as_array().expect("a list").iter();
        let name = |result: &Value| result["exercise"].as_str().expect("a name").to_owned();
        results.map(name).collect::<Vec<_>>()
    };
    let topic: Vec<String> = util::ids()
        .into_iter()
        .filter(|id| id.starts_with("04_daemon/"))
        .collect();
    for what in ["04_daemon", "04_daemon/", "solutions/04_daemon"] {
        assert_eq!(verdict(what), topic, "{what}");
    }
    for what in [
        "04_daemon/1_daemon",
        "04_daemon-1_daemon",
        "exercises/04_daemon/1_daemon.rs",
    ] {
        assert_eq!(verdict(what), ["04_daemon/1_daemon"], "{what}");
    }
    assert_eq!(verdict("exercises").len(), util::ids().len());
}

#[test]
fn the_command_works_from_any_folder_of_the_course() {
    util::prepare();
    let args = [
        "check",
        "1_daemon.rs",
        "--schedules",
        "2",
        "--format",
        "json",
    ];
    let output = call_in(&util::root().join("exercises/04_daemon"), &args);
    assert_eq!(result(&output)["verdict"], "pending");
    assert_eq!(
        result(&output)["at"]["file"],
        "exercises/04_daemon/1_daemon.rs"
    );
}

#[test]
fn all_checks_every_exercise_and_ends_with_a_table() {
    let output = call(&["check", "--all", "--schedules", "2"]);
    let told = text(&output.stdout);
    assert_eq!(status(&output), 1);
    let points = |exercise: &toml::Value| exercise["points"].as_integer().expect("a number");
    let all: i64 = util::exercises().values().map(points).sum();
    let count = util::ids().len();
    let total = format!("0 of {count} exercises passed, 0 of {all} points\n");
    assert!(told.contains(&total), "{told}");
    let lines = told.lines().filter(|line| line.ends_with("  not done yet"));
    assert_eq!(lines.count(), util::ids().len(), "{told}");
}

#[test]
fn timings_go_to_standard_error_and_leave_the_report_alone() {
    let args = [
        "check",
        "05_lock/2_guard",
        "--solutions",
        "--format",
        "json",
    ];
    let plain = call(&args);
    let timed = call(&[&args[..], &["--timings"]].concat());
    assert_eq!(timed.stdout, plain.stdout);
    let told = text(&timed.stderr);
    for part in [
        "05_lock/2_guard: compile ",
        " ms, explore ",
        " runs), explain ",
        " runs); together ",
        " more threads, work ",
    ] {
        assert!(told.contains(part), "{told}");
    }
}

#[test]
fn output_that_goes_to_no_terminal_has_no_colours_and_fits_into_80_columns() {
    let wrong = "tests/wrong/02_process/3_pids/swapped.rs";
    let report = text(&call(&["check", "02_process/3_pids", "--file", wrong]).stdout);
    assert!(!report.contains('\u{1b}'), "{report}");
    let prose = report.lines().filter(|line| !line.contains(wrong));
    let long: Vec<_> = prose.filter(|line| line.chars().count() > 80).collect();
    // A finding's own line is as long as what it quotes.
    assert!(
        long.iter().all(|line| line.starts_with("wrong output: ")),
        "{long:?}"
    );
}

#[test]
fn help_and_version_are_results_not_errors() {
    for args in [
        &["--help"][..],
        &["help", "check"],
        &["replay", "--help"],
        &["--version"],
    ] {
        let output = call(args);
        assert_eq!(
            (status(&output), &output.stderr[..]),
            (0, &b""[..]),
            "{args:?}"
        );
        assert!(!output.stdout.is_empty(), "{args:?}");
    }
    let help = text(&call(&["--help"]).stdout);
    for command in ["list", "check", "run", "replay", "author"] {
        assert!(help.contains(&format!("\n  {command} ")), "{help}");
    }
}

#[test]
fn a_reader_who_leaves_early_is_no_error() {
    util::prepare();
    for args in [
        &["list"][..],
        &["check", "05_lock"],
        &["check", "--all", "--format", "json"],
    ] {
        let mut child = std::process::Command::new(assert_cmd::cargo::cargo_bin!("course"))
            .args(args)
            .current_dir(util::root())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("course can be started");
        drop(child.stdout.take());
        let output = child.wait_with_output().expect("it ends");
        // Stubs do not pass, whether or not somebody reads that.
        let expected = i32::from(args[0] == "check");
        assert_eq!(status(&output), expected, "{args:?}");
        assert_eq!(output.stderr, b"", "{args:?}: {}", text(&output.stderr));
    }
}

#[test]
fn an_exercise_runs_plainly_and_its_exit_status_is_passed_on() {
    let output = call(&["run", "05_lock/1_two_lines", "--solutions", "2"]);
    let told = text(&output.stdout);
    assert_eq!(status(&output), 0, "{}", text(&output.stderr));
    assert_eq!(told.lines().count(), 5, "{told}");
    assert!(told.ends_with("all 2 workers have gone home\n"), "{told}");
    let by_path = call(&["run", "solutions/05_lock/1_two_lines.rs"]);
    assert!(text(&by_path.stdout).ends_with("all 5 workers have gone home\n"));
    let stub = call(&["run", "05_lock/1_two_lines"]);
    assert_eq!(status(&stub), 101);
    assert!(text(&stub.stderr).contains("not yet implemented"));
}

/// The snapshots below a course's folder, by name.
fn snapshots(course: &Path) -> Vec<(String, String)> {
    let folder = course.join("solutions/snapshots");
    let entries = fs::read_dir(folder).expect("a folder").map(|entry| {
        let path = entry.expect("an entry").path();
        let name = path
            .file_name()
            .expect("a name")
            .to_string_lossy()
            .into_owned();
        (name, fs::read_to_string(path).expect("text"))
    });
    let mut all: Vec<_> = entries.collect();
    all.sort();
    all
}

#[test]
fn blessing_changes_nothing_twice_and_refuses_a_solution_that_is_wrong() {
    let copy = util::copy_of_course();
    let before = snapshots(&util::root());
    let folder = copy.path().join("solutions/snapshots");
    fs::remove_file(folder.join("05_lock-1_two_lines@3.snap")).expect("it is there");
    let output = call_in(copy.path(), &["author", "bless", "05_lock"]);
    assert_eq!(status(&output), 0, "{}", text(&output.stderr));
    assert_eq!(snapshots(copy.path()), before);

    let wrong = util::handed_in("tests/wrong/05_lock/1_two_lines/no_lock.rs");
    let solution = copy.path().join("solutions/05_lock/1_two_lines.rs");
    fs::write(solution, wrong).expect("can be written");
    let output = call_in(copy.path(), &["author", "bless", "05_lock/1_two_lines"]);
    let told = text(&output.stderr);
    assert_eq!(status(&output), 1, "{told}");
    assert!(
        told.contains("05_lock/1_two_lines: not written: "),
        "{told}"
    );
    assert_eq!(snapshots(copy.path()), before);
}

#[test]
fn what_does_not_hold_of_an_exercise_is_told_in_a_sentence_each() {
    let copy = util::copy_of_course();
    let change = |file: &str, from: &str, to: &str| {
        let path = copy.path().join(file);
        let before = fs::read_to_string(&path).expect("it is there");
        assert!(before.contains(from), "{file} has no {from:?}");
        fs::write(path, before.replacen(from, to, 1)).expect("can be written");
    };
    let wrong = "tests/wrong/05_lock/1_two_lines";
    let never = format!("{wrong}/never_released.rs");
    change(&never, ", cause: never_released", "");
    let no_lock = format!("{wrong}/no_lock.rs");
    change(&no_lock, "wrong_order", "passed");
    let sleeps = format!("{wrong}/sleeps.rs");
    change(&sleeps, "wrong_order, cause: sleep_as_sync", "data_race");
    let whole = format!("{wrong}/one_by_one.rs");
    let with_given_part = util::handed_in(&whole);
    fs::write(copy.path().join(&whole), with_given_part).expect("can be written");
    change("solutions/05_lock/1_two_lines.rs", "//! ", "//! Oh: ");
    change(
        "course.md",
        "two lines that belong",
        "three lines that belong",
    );
    let demands = "exercises/DEMANDS.md";
    change(demands, "wrong: a_lock_each\n", "wrong: no_such_answer\n");
    let args = ["author", "check", "05_lock/1_two_lines", "--format", "json"];
    let few = ["--schedules", "40", "--seeds", "3"];
    let output = call_in(copy.path(), &[&args[..], &few].concat());
    assert_eq!(status(&output), 1, "{}", text(&output.stderr));
    let report: Value = serde_json::from_slice(&output.stdout).expect("JSON");
    let faults = report["faults"].as_array().expect("a list").iter();
    let told: Vec<&str> = faults.filter_map(|it| it["message"].as_str()).collect();
    let expected = [
        "the header of solutions/05_lock/1_two_lines.rs is not that of exercises/".to_owned(),
        format!("the first line of {no_lock} must declare what it gets"),
        format!("there is no hints.data_race, which {sleeps} needs"),
        format!("{whole} must end above the line `// ---- given: "),
        format!("{demands}:"),
        format!("{never} should be deadlock, but is deadlock, cause: never_released ("),
        format!("{sleeps} should be data_race, but is wrong_order, cause: sleep_as_sync ("),
        "course.md does not agree with exercises/course.toml: ".to_owned(),
    ];
    for (told, expected) in told.iter().zip(&expected) {
        assert!(told.starts_with(expected.as_str()), "{told}");
    }
    assert_eq!(told.len(), expected.len(), "{told:?}");
    let answers = report["answers"].as_array().expect("a list");
    let found = answers.iter().find(|it| it["file"] == never.as_str());
    assert_eq!(found.expect("a wrong answer")["worst"], 1);
}
