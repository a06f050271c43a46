//! Tests of the report for people, on hand-made outcomes.

use sched_model::limits::Excess;

use super::*;
use crate::facts::fact::{Detail, Ended, Fact, Label, Mismatch};
use crate::facts::{FirstFailure, Place, Timings};

const FILE: &str = "exercises/05_lock/1_two_lines.rs";
const SOURCE: &str = "\
fn worker(number: u32, lock: &Lock) {
    println!(\"{number}: {} is running\", std::process::id());
    sleep(Duration::from_millis(100));
    println!(\"{number}: {} is done\", std::process::id());
}
";

/// An outcome with that verdict, and a finding in line 2.
pub fn failed(verdict: Verdict) -> Outcome {
    let place = |line| Place {
        file: FILE.to_owned(),
        line,
    };
    Outcome {
        exercise: "05_lock/1_two_lines".to_owned(),
        title: "Two lines that belong together".to_owned(),
        file: FILE.into(),
        verdict,
        cause: None,
        also: vec![Verdict::Requirement],
        points: 1,
        rung: 1,
        max_points: 4,
        schedules: 200,
        exhaustive: None,
        liberties: 0,
        weak: false,
        memory: None,
        nothing_expected: false,
        failed_schedules: 181,
        showed: None,
        first_failure: Some(FirstFailure {
            args: vec!["5".to_owned()],
            schedule: 17,
        }),
        only_these: false,
        finding: Some(Finding {
            verdict,
            fact: Fact::Printed(Mismatch::Between {
                by: "Process-2".to_owned(),
                task: "Process-1".to_owned(),
                lines: 2,
            }),
            at: Some(place(2)),
            labels: vec![
                (place(2), Label::BeganLines("Process-1".to_owned())),
                (place(4), Label::EndedLines("Process-1".to_owned())),
            ],
        }),
        details: vec![Detail::Told(
            "-1: PID is done\n+2: PID is running".to_owned(),
        )],
        hint: Some("Only one process at a time may be between the two lines.".to_owned()),
        hints: 1,
        counterexample: None,
        timings: Timings::default(),
    }
}

/// The outcome of a right answer.
pub fn passed() -> Outcome {
    Outcome {
        verdict: Verdict::Passed,
        also: Vec::new(),
        points: 4,
        exhaustive: None,
        liberties: 0,
        weak: false,
        failed_schedules: 0,
        first_failure: None,
        finding: None,
        details: Vec::new(),
        hint: None,
        ..failed(Verdict::Passed)
    }
}

fn again() -> Again {
    Again {
        exercise: "05_lock/1_two_lines".to_owned(),
        file: FILE.to_owned(),
        row: Vec::new(),
        first_row: vec!["3".to_owned()],
        seed: 0,
        schedules: None,
        flags: Vec::new(),
        hints: false,
    }
}

fn report(of: &Outcome) -> String {
    let source = |file: &str| (file == FILE).then(|| SOURCE.to_owned());
    without_colour(&super::report(of, &again(), &source, Layout::PRINTED).whole())
}

fn without_colour(text: &str) -> String {
    anstream::adapter::strip_str(text).to_string()
}

#[test]
fn a_failure_shows_what_where_why_and_what_to_do_next() {
    insta::assert_snapshot!(report(&failed(Verdict::WrongOrder)), @r#"
    05_lock/1_two_lines: wrong order, 181 of 200 schedules failed, 1 of 4 points

    wrong order: Process-2 printed between the two lines of Process-1
     --> exercises/05_lock/1_two_lines.rs:2:5
      |
    2 |     println!("{number}: {} is running", std::process::id());
      |     ^^^^^^^^ Process-1 began its lines here
    3 |     sleep(Duration::from_millis(100));
    4 |     println!("{number}: {} is done", std::process::id());
      |     -------- Process-1 ended its lines here
      |
      = note: first seen in schedule 17, with the argument 5
      = note: also seen: requirement not met

    The output is right when each process runs undisturbed, but not in every order
    in which they may run.

    -1: PID is done
    +2: PID is running

    hint: Only one process at a time may be between the two lines.

    See it step by step:
        course replay 05_lock/1_two_lines 17 --args 5
    Change exercises/05_lock/1_two_lines.rs, then check it again:
        course check 05_lock/1_two_lines
    "#);
}

#[test]
fn an_untouched_stub_is_told_what_to_do_next_and_nothing_else() {
    let mut pending = failed(Verdict::Pending);
    pending.also.clear();
    pending.details.clear();
    pending.first_failure = None;
    pending.schedules = 0;
    pending.failed_schedules = 0;
    pending.points = 0;
    pending.finding = pending.finding.map(|finding| Finding {
        fact: Fact::Told("the todo!() of this exercise has not been replaced".to_owned()),
        labels: Vec::new(),
        ..finding
    });
    insta::assert_snapshot!(report(&pending), @r#"
    05_lock/1_two_lines: not done yet, 0 of 4 points

    not done yet: the todo!() of this exercise has not been replaced
     --> exercises/05_lock/1_two_lines.rs:2:5
      |
    2 |     println!("{number}: {} is running", std::process::id());
      |     ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^

    The exercise is judged once every todo!() is replaced.

    hint: Only one process at a time may be between the two lines.

    Open exercises/05_lock/1_two_lines.rs, read the task at its top, replace the
    todo!(), then run again:
        course check 05_lock/1_two_lines
    "#);
}

#[test]
fn a_pass_says_what_it_means() {
    let passed = passed();
    let whole = report(&passed) + &without_colour(&summary(&[passed]));
    insta::assert_snapshot!(whole, @r#"
    05_lock/1_two_lines: passed, 0 of 200 schedules failed, 4 of 4 points
    A pass means that none of these schedules broke the program. The first few are
    fixed (nobody is disturbed; a switch at every step; the youngest first), the
    others are drawn at random. It is no proof: a fault that needs a rarer order, or
    other arguments, would have been missed. To look for longer: --schedules 5000
    "#);
}

#[test]
fn several_exercises_are_summed_up_in_a_table() {
    let mut other = passed();
    other.exercise = "10_shared_memory/1_value".to_owned();
    let outcomes = [failed(Verdict::Deadlock), other, failed(Verdict::Pending)];
    insta::assert_snapshot!(without_colour(&summary(&outcomes)), @r#"
    A pass means that none of these schedules broke the program. The first few are
    fixed (nobody is disturbed; a switch at every step; the youngest first), the
    others are drawn at random. It is no proof: a fault that needs a rarer order, or
    other arguments, would have been missed. To look for longer: --schedules 5000

    1 of 3 exercises passed, 6 of 12 points
      05_lock/1_two_lines         1/4  deadlock
      10_shared_memory/1_value    4/4  passed
      05_lock/1_two_lines         1/4  not done yet
    "#);
}

#[test]
fn every_verdict_has_a_headline_and_a_meaning_of_its_own() {
    let lines: Vec<String> = Verdict::ALL
        .iter()
        .map(|&verdict| {
            let of = if verdict == Verdict::Passed {
                passed()
            } else {
                failed(verdict)
            };
            let report = report(&of);
            report.lines().next().expect("a headline").to_owned()
        })
        .collect();
    insta::assert_snapshot!(lines.join("\n"), @r#"
    05_lock/1_two_lines: does not compile, 181 of 200 schedules failed, 1 of 4
    05_lock/1_two_lines: not allowed, 181 of 200 schedules failed, 1 of 4 points
    05_lock/1_two_lines: not done yet, 1 of 4 points
    05_lock/1_two_lines: wrong output, 181 of 200 schedules failed, 1 of 4 points
    05_lock/1_two_lines: panic, 181 of 200 schedules failed, 1 of 4 points
    05_lock/1_two_lines: deadlock, 181 of 200 schedules failed, 1 of 4 points
    05_lock/1_two_lines: livelock, 181 of 200 schedules failed, 1 of 4 points
    05_lock/1_two_lines: endless loop, 181 of 200 schedules failed, 1 of 4 points
    05_lock/1_two_lines: data race, 181 of 200 schedules failed, 1 of 4 points
    05_lock/1_two_lines: wrong order, 181 of 200 schedules failed, 1 of 4 points
    05_lock/1_two_lines: requirement not met, 181 of 200 schedules failed, 1 of 4
    05_lock/1_two_lines: something left behind, 181 of 200 schedules failed, 1 of 4
    05_lock/1_two_lines: too much output, 181 of 200 schedules failed, 1 of 4 points
    05_lock/1_two_lines: out of memory, 181 of 200 schedules failed, 1 of 4 points
    05_lock/1_two_lines: over a limit, 181 of 200 schedules failed, 1 of 4 points
    05_lock/1_two_lines: inconclusive, 181 of 200 schedules not judged, 1 of 4
    05_lock/1_two_lines: passed, 0 of 200 schedules failed, 4 of 4 points
    "#);
    let mut meanings: Vec<_> = Verdict::ALL
        .iter()
        .map(|&it| message::meaning(it, false, None))
        .collect();
    meanings.sort_unstable();
    meanings.dedup();
    assert_eq!(meanings.len(), Verdict::ALL.len());
}

#[test]
fn who_reaches_a_limit_is_not_asked_to_try_the_same_again() {
    let gave_up = |reason: &str| {
        let mut outcome = failed(Verdict::Inconclusive);
        if let Some(finding) = &mut outcome.finding {
            finding.fact = Fact::Ended(Ended::GaveUp(reason.to_owned()));
        }
        report(&outcome)
    };
    let limit = gave_up(&Excess::steps(10_000_000));
    assert!(limit.contains("This limit is reached each time. Let the program do less"));
    assert!(!limit.contains("try again") && limit.lines().all(|it| it.chars().count() <= 80));
    assert!(gave_up("the checked program's supervisor ended").contains("To try again:"));
}

#[test]
fn every_report_fits_into_80_columns() {
    for &verdict in Verdict::ALL {
        for line in report(&failed(verdict)).lines() {
            assert!(line.chars().count() <= plain::WIDTH, "{verdict:?}: {line}");
        }
    }
}

#[test]
fn a_source_that_cannot_be_read_is_named_all_the_same() {
    let finding = failed(Verdict::DataRace).finding.expect("a finding");
    insta::assert_snapshot!(without_colour(&findings(&[finding], &|_| None)), @r#"
    data race: Process-2 printed between the two lines of Process-1
    --> exercises/05_lock/1_two_lines.rs:2
     = note: Process-1 began its lines here
    ::: exercises/05_lock/1_two_lines.rs:4
     = note: Process-1 ended its lines here
    "#);
}

#[test]
fn what_a_program_printed_cannot_control_the_terminal() {
    let evil = "\u{1b}]0;owned\u{7}\u{1b}[2J\u{9b}31m\u{202e}\r";
    let mut of = failed(Verdict::WrongOutput);
    of.details = vec![Detail::Told(evil.to_owned())];
    of.hint = Some(evil.to_owned());
    of.first_failure = Some(FirstFailure {
        args: vec![evil.to_owned()],
        schedule: 1,
    });
    if let Some(finding) = &mut of.finding {
        finding.fact = Fact::Told(evil.to_owned());
        finding.labels[1].1 = Label::Repeats(evil.to_owned());
    }
    let source = |_: &str| Some(SOURCE.replace("number", evil));
    let coloured = super::report(&of, &again(), &source, Layout::PRINTED).whole();
    // Our own colours are all of the form ESC [ … m; nothing else may be left once they are gone.
    let plain_text = without_colour(&coloured);
    assert!(
        plain_text.contains(r"\u{1b}]0;owned\u{7}\u{1b}[2J"),
        "{plain_text}"
    );
    let left = coloured.split("\u{1b}[").skip(1).find(|rest| {
        let end = rest.find(|c: char| !c.is_ascii_digit() && c != ';');
        end.is_none_or(|end| !rest[end..].starts_with('m'))
    });
    assert_eq!(left, None);
    let harmful = |c: char| c != '\n' && c != '\u{1b}' && (c.is_control() || c == '\u{202e}');
    assert_eq!(coloured.chars().find(|&c| harmful(c)), None, "{coloured:?}");
}
