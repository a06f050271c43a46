//! The solutions as ordinary programs: under the operating system's own scheduler they end, and
//! print what the snapshots expect, as far as that can be told without the checker.

use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use crate::beside_others;
use crate::util::{self, PATIENCE, for_each_at_once, read, text};

/// How often each program is run, all at the same time.
const TIMES: usize = 20;

/// The folder of what was built with this test, and the option for the profile that it was built with.
fn as_this_was_built() -> (PathBuf, Option<&'static str>) {
    let folder = assert_cmd::cargo::cargo_bin!("course").parent();
    let folder = folder.expect("a folder").to_owned();
    let option = folder.ends_with("release").then_some("--release");
    (folder, option)
}

/// Builds the programs of a package; returns the folder they are in.
fn build(package: &str) -> PathBuf {
    let (folder, profile) = as_this_was_built();
    let mut cargo = Command::new(env!("CARGO"));
    cargo.args(["build", "--quiet", "--bins", "--package", package]);
    cargo.args(profile).arg("--target-dir");
    cargo.arg(folder.parent().expect("a target folder"));
    let status = cargo.current_dir(util::root()).status();
    assert!(status.expect("cargo can be started").success());
    folder
}

/// What a line of a canonical transcript may look like when printed: the parts between process
/// ids, which differ from run to run.
fn pattern(line: &str) -> Option<Vec<String>> {
    let heading = line.trim_start_matches("block of ");
    if heading == "main:" || heading == "child:" {
        return None;
    }
    let printed = ["  ", "main: ", "child: "]
        .iter()
        .find_map(|prefix| line.strip_prefix(prefix))
        .unwrap_or(line);
    // The longer names first: one is the end of another.
    let mut printed = printed.to_owned();
    for name in ["PPID", "CHILD", "OTHER", "PID"] {
        printed = printed.replace(name, "\0");
    }
    if tells_the_time(&printed) {
        // What the clock says, and how much was done by then, is the machine's business.
        printed = wild_numbers(&printed);
    }
    Some(printed.split('\0').map(str::to_owned).collect())
}

/// Whether a line begins with a time, as in `  0.25 s: eaten`.
fn tells_the_time(line: &str) -> bool {
    let number = |text: &str| !text.is_empty() && text.bytes().all(|it| it.is_ascii_digit());
    let time = line.trim_start().split_once(" s: ").map(|(time, _)| time);
    let parts = time.and_then(|time| time.split_once('.'));
    parts.is_some_and(|(whole, part)| number(whole) && number(part))
}

/// A line with a mark in place of each number.
fn wild_numbers(line: &str) -> String {
    let mut wild = String::new();
    for c in line.chars() {
        if !c.is_ascii_digit() {
            wild.push(c);
        } else if !wild.ends_with('\0') {
            wild.push('\0');
        }
    }
    wild
}

/// Whether a printed line has these parts, with a number between each two.
fn fits(line: &str, parts: &[String]) -> bool {
    let Some((first, rest)) = parts.split_first() else {
        return line.is_empty();
    };
    let Some(mut line) = line.strip_prefix(first.as_str()) else {
        return false;
    };
    for part in rest {
        let digits = line.chars().take_while(char::is_ascii_digit).count();
        match line[digits..].strip_prefix(part.as_str()) {
            Some(after) if digits > 0 => line = after,
            _ => return false,
        }
    }
    line.is_empty()
}

/// What stands in a transcript without any line.
const NOTHING: &str = "(nothing was printed)";

/// Whether these are the lines of that transcript, in whatever order.
fn same_lines(printed: &str, transcript: &str) -> bool {
    let lines = transcript.lines().filter(|line| *line != NOTHING);
    let mut expected: Vec<Vec<String>> = lines.filter_map(pattern).collect();
    // What has no process id in it first, so that it is not taken for one that has.
    expected.sort_by_key(Vec::len);
    for line in printed.lines() {
        let Some(index) = expected.iter().position(|parts| fits(line, parts)) else {
            return false;
        };
        expected.remove(index);
    }
    expected.is_empty()
}

/// The allowed transcripts of a snapshot file.
fn transcripts(file: &str) -> Vec<String> {
    let snapshot = read(file);
    let contents = snapshot.splitn(3, "---\n").nth(2).expect("a header");
    contents
        .split("\n--- or ---\n")
        .map(str::to_owned)
        .collect()
}

/// What a program printed, once it ended with status 0; else what is wrong.
fn printed(mut child: Child, since: Instant) -> Result<String, String> {
    loop {
        let ended = child.try_wait().expect("it can be waited for");
        match ended {
            Some(status) if status.success() => break,
            Some(status) => return Err(format!("ended with {status}")),
            None if since.elapsed() > PATIENCE => {
                child.kill().expect("it can be killed");
                return Err("does not end".to_owned());
            }
            None => std::thread::sleep(Duration::from_millis(10)),
        }
    }
    // The few lines that a program prints fit into the pipe.
    let output = child.wait_with_output().expect("it can be read");
    Ok(text(&output.stdout))
}

/// Runs a program many times at once, and that so many times; returns what was not as expected.
fn run(folder: &Path, id: &str, row: &[String], rounds: usize) -> Option<String> {
    let program = folder.join(id.replace('/', "-") + "-solution");
    let name = id.replace('/', "-");
    let plain = |c: char| {
        if c.is_ascii_alphanumeric() || c == '.' {
            c
        } else {
            '_'
        }
    };
    let words = row.iter().map(|arg| arg.chars().map(plain).collect());
    let words: Vec<String> = words.collect();
    let snapshot = format!("solutions/snapshots/{name}@{}.snap", words.join("-"));
    let allowed = transcripts(&snapshot);
    let start = || {
        let mut command = Command::new(&program);
        command
            .args(row)
            .stdin(Stdio::null())
            .stdout(Stdio::piped());
        command.spawn().expect("the program can be started")
    };
    let round = |_| {
        let since = Instant::now();
        let children: Vec<Child> = (0..TIMES).map(|_| start()).collect();
        let results = children.into_iter().map(|child| printed(child, since));
        results.collect::<Vec<_>>()
    };
    let mut results = (0..rounds).flat_map(round);
    let wrong = results.find_map(|result| match result {
        Ok(lines) if allowed.iter().any(|allowed| same_lines(&lines, allowed)) => None,
        Ok(lines) => Some(format!("printed:\n{lines}")),
        Err(what) => Some(what),
    });
    wrong.map(|what| format!("{id} {row:?} {what}"))
}

/// Whether a row pauses for hours, which only virtual time makes short.
fn takes_hours(row: &[String]) -> bool {
    let pause = |arg: &String| arg.strip_prefix("pause-")?.parse::<u64>().ok();
    row.iter().filter_map(pause).sum::<u64>() >= 3600
}

#[test]
fn every_solution_runs_plainly_again_and_again_and_prints_what_is_expected() {
    solutions_print_what_is_expected(1);
}

#[test]
#[ignore = "long: 15 minutes"]
fn long_every_solution_runs_plainly_again_and_again_and_prints_what_is_expected() {
    solutions_print_what_is_expected(10);
}

fn solutions_print_what_is_expected(rounds: usize) {
    let _beside = beside_others();
    let folder = build("solutions");
    let mut cases = Vec::new();
    for (id, exercise) in util::exercises() {
        let rows = util::rows(&exercise).into_iter();
        let rows = rows.filter(|row| !takes_hours(row));
        cases.extend(rows.map(|row| (id.clone(), row)));
    }
    // Most of them sleep most of the time.
    for_each_at_once(6, &cases, |(id, row)| run(&folder, id, row, rounds));
}

#[test]
fn a_stub_runs_plainly_by_the_name_of_its_program() {
    let _beside = beside_others();
    let mut cargo = Command::new(env!("CARGO"));
    cargo.args(["run", "--quiet", "--bin", "05_lock-1_two_lines"]);
    cargo.args(as_this_was_built().1).current_dir(util::root());
    let output = cargo.output().expect("cargo can be started");
    assert_eq!(output.status.code(), Some(101));
    let told = String::from_utf8_lossy(&output.stderr);
    assert!(
        told.contains("05_lock/1_two_lines.rs") && told.contains("not yet implemented"),
        "{told}"
    );
}

#[test]
fn printed_lines_are_compared_with_numbers_for_process_ids() {
    let timed = pattern("main:   0.25 s: eaten, with 10 pieces kneaded").expect("printed");
    assert!(
        fits("  0.30 s: eaten, with 9 pieces kneaded", &timed),
        "{timed:?}"
    );
    assert!(!fits("  0.30 s: eaten, with some pieces kneaded", &timed));
    assert!(!tells_the_time("tray 1 is clean") && !tells_the_time(" s: "));
    let transcript = "main:\n  all 3\nchild:\n  1: PID of PPID";
    assert!(same_lines("1: 4711 of 12\nall 3\n", transcript));
    assert!(same_lines("", NOTHING) && !same_lines("a line\n", NOTHING));
    for other in [
        "1: 4711 of 12\n",
        "1: x of 12\nall 3\n",
        "1: 4711 of 12\nall 3\nmore\n",
    ] {
        assert!(!same_lines(other, transcript), "{other}");
    }
}
