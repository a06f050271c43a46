//! A reported failure can be seen again: the command that the report prints shows the same.

use std::ops::Range;
use std::process::Command;

use crate::reports;
use crate::util::{self, Answer, for_each, wrong_answers};

/// A verdict as people read it.
fn headline(verdict: &str) -> &'static str {
    match verdict {
        "wrong_output" => "wrong output",
        "panic" => "panic",
        "deadlock" => "deadlock",
        "livelock" => "livelock",
        "data_race" => "data race",
        "wrong_order" => "wrong order",
        "requirement" => "requirement not met",
        "leak" => "something left behind",
        other => panic!("no known wrong answer has the verdict {other}"),
    }
}

/// The command below "See it step by step:".
fn replay_command(report: &str) -> Option<&str> {
    let mut lines = report.lines();
    lines.find(|line| *line == "See it step by step:")?;
    lines.next().map(str::trim)
}

/// Types a command line, as it was printed, into a shell.
fn type_in(line: &str) -> (Option<i32>, String) {
    let script = format!("course() {{ \"$COURSE\" \"$@\"; }}\n{line}");
    let output = Command::new("sh")
        .args(["-c", &script])
        .env("COURSE", assert_cmd::cargo::cargo_bin!("course"))
        .current_dir(util::root())
        .output()
        .expect("there is a shell");
    (output.status.code(), util::text(&output.stdout))
}

/// Replays what the check of this answer reports; returns what is not the same.
fn replays(answer: &Answer, seed: &str) -> Option<String> {
    let args = [
        "check",
        &answer.exercise,
        "--file",
        &answer.file,
        "--seed",
        seed,
    ];
    let reported = util::result(&util::call(&[&args[..], &["--format", "json"]].concat()));
    let report = match seed {
        "0" => reports::of(answer).to_owned(),
        _ => util::text(&util::call(&args).stdout),
    };
    let Some(command) = replay_command(&report) else {
        return Some(format!("{}: no command:\n{report}", answer.file));
    };
    let (status, replayed) = type_in(command);
    let first = &reported["first_failure"];
    let schedule = &first["schedule"];
    let row: Vec<&str> = first["args"]
        .as_array()
        .map(|row| row.iter().filter_map(|arg| arg.as_str()).collect())
        .unwrap_or_default();
    let plural = if row.len() == 1 { "" } else { "s" };
    let (exercise, row) = (&answer.exercise, row.join(" "));
    let title =
        format!("Schedule {schedule} of {exercise}, with the argument{plural} {row} (seed {seed},");
    let message = reported["message"].as_str().unwrap_or_default();
    let one_line = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    let finding = one_line(&format!("{}: {message}", headline(&answer.verdict)));
    // Long messages take several lines.
    let replayed = one_line(&replayed);
    let at = &reported["at"];
    // What is wrong with a process as a whole has no line.
    let place = at["file"]
        .as_str()
        .map_or(String::new(), |file| format!("--> {file}:{}", at["line"]));
    // The most severe finding comes first, below the end of the trace.
    let below = replayed.split_once(&finding).map(|(_, below)| below);
    let same = status == Some(1)
        && reported["verdict"] == answer.verdict.as_str()
        && !message.is_empty()
        && replayed.starts_with(&title)
        && below.is_some_and(|below| below.trim_start().starts_with(&place));
    (!same).then(|| format!("{command} -> {status:?}, not {title} {finding} {place}\n{replayed}"))
}

#[test]
fn the_failures_of_known_wrong_answers_replay_with_the_command_of_its_report() {
    // Two checks an answer: every fortieth has to do. The long form tries all.
    failures_replay(0..1, 40);
}

#[test]
#[ignore = "long: 45 minutes"]
fn long_the_failures_of_all_known_wrong_answers_replay_with_every_seed() {
    failures_replay(0..5, 1);
}

fn failures_replay(seeds: Range<u32>, step: usize) {
    let cases: Vec<(Answer, String)> = seeds
        .flat_map(|seed| {
            let all = wrong_answers().into_iter();
            // Of what does not compile there is no schedule.
            let runs = all.filter(|answer| answer.verdict != "build_error");
            runs.step_by(step)
                .map(move |answer| (answer, seed.to_string()))
        })
        .collect();
    for_each(&cases, |(answer, seed)| replays(answer, seed));
}

#[test]
fn a_replay_is_the_same_every_time_and_tells_each_step() {
    let answer = "tests/wrong/05_lock/4_lock_order/from_then_to.rs";
    let args = ["replay", "05_lock/4_lock_order", "3", "--file", answer];
    let once = util::call(&args);
    assert_eq!(util::status(&once), 1);
    let trace = util::text(&once.stdout);
    for _ in 0..3 {
        assert_eq!(util::text(&util::call(&args).stdout), trace);
    }
    assert!(trace.contains("time"), "{trace}");
    for step in [
        "main",
        "starts courier 1",
        "begins, as process 40002",
        "takes till 0",
    ] {
        assert!(trace.contains(step), "{step} is not in\n{trace}");
    }
    let cycle = "A cycle: courier 1, who waits for courier 2, who waits for courier 1.";
    assert!(trace.contains(cycle), "{trace}");
}

#[test]
fn a_replay_tells_what_was_read_from_a_file_and_written_to_it() {
    let answer = "tests/wrong/05_lock/3_check_then_act/no_lock.rs";
    let args = ["05_lock/3_check_then_act", "--file", answer];
    let report = util::text(&util::call(&[&["check"], &args[..]].concat()).stdout);
    let command = replay_command(&report).expect("the command of a failure");
    let (status, trace) = type_in(command);
    assert_eq!(status, Some(1), "{trace}");
    for step in [
        "empties buns-40001.txt",
        "writes buns-40001.txt: \"2\"",
        "reads buns-40001.txt: \"2\"",
        "removes buns-40001.txt",
    ] {
        assert!(trace.contains(step), "{step} is not in\n{trace}");
    }
    assert_eq!(type_in(command), (status, trace), "the same again");
}

#[test]
fn a_schedule_in_which_nothing_is_wrong_replays_too() {
    let output = util::call(&["replay", "05_lock/1_two_lines", "17", "--solutions"]);
    let trace = util::text(&output.stdout);
    assert_eq!(util::status(&output), 0, "{trace}");
    assert!(
        trace.ends_with("Nothing is wrong in this schedule.\n"),
        "{trace}"
    );
}

#[test]
fn a_requirement_is_shown_by_the_schedule_that_the_report_names() {
    // No single schedule tells that all are alike: the replay looks at the others, and says so.
    let answer = "tests/wrong/05_lock/1_two_lines/one_by_one.rs";
    let replay =
        |schedule: &str| util::call(&["replay", "05_lock/1_two_lines", schedule, "--file", answer]);
    let shown = replay("1");
    assert_eq!(util::status(&shown), 1);
    let text = util::text(&shown.stdout);
    assert!(
        text.contains("requirement not met: the lines came in the same order"),
        "{text}"
    );
    let other = replay("2");
    assert_eq!(util::status(&other), 0, "{}", util::text(&other.stdout));
}
