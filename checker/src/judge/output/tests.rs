//! Tests of transcripts against the expected ones: what the first difference is, and whose.

use super::*;
use crate::facts::Place;
use crate::judge::build::{FILE, RunBuilder, details, labels, told};

fn allowed(transcripts: &[&[&str]]) -> Vec<Transcript> {
    let lines = |lines: &&[&str]| lines.iter().map(ToString::to_string).collect();
    transcripts.iter().map(lines).collect()
}

fn blocks() -> View {
    View::Blocks {
        first: "is running".into(),
        last: "is done".into(),
    }
}

fn mismatch(view: &View, transcripts: &[&[&str]], run: RunBuilder) -> Found {
    compare(view, &allowed(transcripts), &run.run()).expect("a difference")
}

#[test]
fn any_allowed_transcript_will_do() {
    let allowed = allowed(&[&["main: a"], &["main: b"]]);
    for text in ["a", "b"] {
        let run = RunBuilder::new(0).print(0, text).run();
        assert_eq!(compare(&View::Exact, &allowed, &run), None);
    }
}

#[test]
fn only_schedule_0_makes_the_output_wrong() {
    let run = || RunBuilder::new(0).print(0, "b");
    let found = mismatch(&View::Exact, &[&["main: a"]], run());
    assert_eq!(found.finding.verdict, Verdict::WrongOutput);
    let found = mismatch(&View::Exact, &[&["main: a"]], run().schedule(7));
    assert_eq!(found.finding.verdict, Verdict::WrongOrder);
}

#[test]
fn an_interruption_names_both_tasks() {
    let run = RunBuilder::new(2)
        .schedule(1)
        .print(1, "0: is running")
        .print(2, "1: is running")
        .print(1, "0: is done")
        .print(2, "1: is done");
    let found = mismatch(&blocks(), &[&["block of child:"]], run);
    assert_eq!(
        told(&found),
        "Process-2 printed between the two lines of Process-1"
    );
    let line = |line| Place {
        file: FILE.into(),
        line,
    };
    assert_eq!(found.finding.at, Some(line(11)));
    assert_eq!(
        labels(&found),
        [
            (line(10), "Process-1 began its lines here".to_owned()),
            (line(12), "Process-1 ended its lines here".to_owned()),
        ]
    );
    assert_eq!(
        details(&found),
        [
            "What was printed:\n  Process-1: 0: is running\n> Process-2: 1: is running\n  \
          Process-1: 0: is done"
        ]
    );
}

#[test]
fn a_wrong_line_is_told_with_the_expected_one() {
    let run = RunBuilder::new(1).print(1, "work").print(0, "total: 3");
    let expected: &[&str] = &["main:", "  total: 5", "child:", "  work"];
    let found = mismatch(&View::ByTask, &[expected], run);
    let message = "main printed \"total: 3\" where \"total: 5\" was expected";
    assert_eq!(told(&found), message);
    assert_eq!(
        found.finding.at,
        Some(Place {
            file: FILE.into(),
            line: 11
        })
    );
    let diff = "Expected (-) and printed (+):\n  child: work\n- main: total: 5\n+ main: total: 3";
    assert_eq!(details(&found), [diff]);
}

#[test]
fn a_difference_is_shown_in_the_order_in_which_the_lines_came() {
    let shown = |view: &View, expected: &[&str], run: RunBuilder| {
        details(&mismatch(view, &[expected], run)).concat()
    };
    let run = || {
        RunBuilder::new(2)
            .print(1, "a")
            .print(0, "open")
            .print(2, "b")
    };
    let expected = ["main:", "  open", "child:", "  a", "child:", "  c"];
    let diff = "Expected (-) and printed (+):\n  child: a\n  main: open\n- child: c\n+ child: b";
    assert_eq!(shown(&View::ByTask, &expected, run()), diff);
    // A whole task is missing.
    let expected = [
        "main:", "  open", "child:", "  a", "child:", "  b", "child:", "  c",
    ];
    let diff = "Expected (-) and printed (+):\n  main: open\n  child: b\n- child: c";
    assert_eq!(shown(&View::ByTask, &expected, run()), diff);
    // The same lines by other tasks: only the groups show that.
    let expected = ["main:", "  open", "child:", "  a", "  b"];
    let told = shown(&View::ByTask, &expected, run());
    assert!(told.contains("\n+ child:\n"), "{told}");
}

#[test]
fn words_for_numbers_of_processes_are_explained() {
    let run = RunBuilder::new(1).print(0, "40001 started 40002");
    let found = mismatch(&View::Exact, &[&["main: PID started PPID"]], run);
    let told = details(&found).concat();
    let explained = "\nPID stands for the number of the process that prints the line, PPID that of its \
        parent, CHILD that of a child of its own.";
    assert!(told.ends_with(explained), "{told}");
}

#[test]
fn a_line_too_many_is_told() {
    let run = RunBuilder::new(0).print(0, "a").print(0, "b");
    let found = mismatch(&View::Exact, &[&["main: a"]], run);
    assert_eq!(told(&found), "main printed \"b\", which was not expected");
    assert_eq!(found.details.last(), Some(&Detail::ForOneself));
    // The same line once more may come from the course's own part.
    let run = RunBuilder::new(0).print(0, "a").print(0, "a");
    let found = mismatch(&View::Exact, &[&["main: a"]], run);
    assert_eq!(found.details.len(), 1);
}

#[test]
fn a_missing_line_is_told_after_the_line_before_it() {
    let run = RunBuilder::new(0).print(0, "a");
    let found = mismatch(&View::Exact, &[&["main: a", "child: b"]], run);
    assert_eq!(
        told(&found),
        "\"b\" by a child was expected and not printed"
    );
    assert_eq!(
        found.finding.at,
        Some(Place {
            file: FILE.into(),
            line: 10
        })
    );
}

#[test]
fn printing_nothing_is_told() {
    let found = mismatch(&View::ByTask, &[&["main:", "  a"]], RunBuilder::new(0));
    assert_eq!(told(&found), "\"a\" by main was expected and not printed");
}

#[test]
fn lines_of_two_children_do_not_pass_for_those_of_one() {
    let run = RunBuilder::new(2).print(1, "a").print(2, "b");
    let found = mismatch(&View::ByTask, &[&["child:", "  a", "  b"]], run);
    assert_eq!(
        told(&found),
        "the lines are right, but others should have printed them"
    );
    let at = found.finding.at.map(|at| at.line);
    assert_eq!(at, Some(11), "the line of the one that came too many");
}

#[test]
fn a_line_expected_of_another_kind_of_task_says_so() {
    let run = RunBuilder::new(1).print(0, "a");
    let found = mismatch(&View::Exact, &[&["child: b"]], run);
    let message = "main printed \"a\" where \"b\" by a child was expected";
    assert_eq!(told(&found), message);
}

#[test]
fn what_depends_on_the_schedule_is_told_without_calling_it_unexpected() {
    let run = || RunBuilder::new(1).print(1, "work").print(0, "total: 3");
    let in_schedule = |schedule: u32, allowed: &[&str]| {
        let found = mismatch(&View::AsUndisturbed, &[allowed], run().schedule(schedule));
        assert_eq!(found.finding.verdict, Verdict::WrongOrder);
        (told(&found), found.finding.at.map(|at| at.line))
    };
    let of = |allowed: &[&str]| in_schedule(7, allowed);
    let message =
        "main printed \"total: 3\", and the program prints \"total: 5\" when nobody is disturbed";
    assert_eq!(of(&["total: 5", "work"]), (message.to_owned(), Some(11)));
    let message = "main printed \"total: 3\", and the program does not when nobody is disturbed";
    assert_eq!(of(&["work"]), (message.to_owned(), Some(11)));
    let message = "\"z\" was not printed, as it is when nobody is disturbed";
    assert_eq!(
        of(&["total: 3", "work", "z"]),
        (message.to_owned(), Some(11))
    );
    let message =
        "main printed \"total: 3\", and the program prints \"total: 5\" in other schedules";
    let natural = in_schedule(0, &["total: 5", "work"]);
    assert_eq!(natural, (message.to_owned(), Some(11)));
    let same = allowed(&[&["total: 3", "work"]]);
    assert_eq!(compare(&View::AsUndisturbed, &same, &run().run()), None);
}

#[test]
fn the_closest_allowed_transcript_is_compared() {
    let run = RunBuilder::new(0).print(0, "x").print(0, "b").print(0, "c");
    let far: &[&str] = &["main: q", "main: r", "main: s"];
    let near: &[&str] = &["main: a", "main: b", "main: c"];
    let found = mismatch(&View::Exact, &[far, near], run);
    assert_eq!(told(&found), "main printed \"x\" where \"a\" was expected");
}

#[test]
fn a_difference_late_in_a_long_transcript_is_found() {
    let run = (0..5000).fold(RunBuilder::new(0), |run, n| run.print(0, &format!("{n}")));
    let right: Vec<String> = (0..5000).map(|n| format!("main: {n}")).collect();
    let mut right: Vec<&str> = right.iter().map(String::as_str).collect();
    right[4900] = "main: x";
    let found = mismatch(&View::Exact, &[&right], run);
    assert_eq!(
        told(&found),
        "main printed \"4900\" where \"x\" was expected"
    );
}

#[test]
fn a_long_difference_is_cut() {
    let run = (0..100).fold(RunBuilder::new(0), |run, n| run.print(0, &format!("{n}")));
    let found = mismatch(&View::Exact, &[&["main: a"]], run);
    let details = details(&found);
    assert_eq!(details[0].lines().count(), DIFF_LINES + 2);
    assert!(details[0].ends_with("… and 71 more lines"), "{details:?}");
}

#[test]
fn a_line_that_is_printed_more_or_less_often_is_told_with_both_numbers() {
    let run = || {
        let run = RunBuilder::new(1).print(1, "wait");
        run.print(0, "wait").print(0, "z")
    };
    let of = |schedule: u32, allowed: &[&str]| {
        let run = run().schedule(schedule);
        told(&mismatch(&View::AsUndisturbed, &[allowed], run))
    };
    let message = "\"wait\" was printed twice, and once when nobody is disturbed";
    assert_eq!(of(7, &["wait", "z"]), message);
    let thrice: &[&str] = &["wait", "wait", "wait", "z"];
    let message = "\"wait\" was printed twice, and 3 times when nobody is disturbed";
    assert_eq!(of(7, thrice), message);
    let message = "\"wait\" was printed twice, and 3 times in other schedules";
    assert_eq!(of(0, thrice), message);
}

#[test]
fn what_another_kind_of_task_printed_is_not_called_missing() {
    let of = |expected: &[&str], run: RunBuilder| {
        let found = mismatch(&View::ByTask, &[expected], run);
        (told(&found), details(&found).concat())
    };
    let expected = [
        "main:", "  3 buns", "child:", "  sold 1", "child:", "  sold 2",
    ];
    let run = RunBuilder::new(2).print(0, "sold 1").print(0, "sold 2");
    let (sentence, diff) = of(&expected, run.print(0, "2 buns"));
    let message = "main printed \"sold 1\", which should have been printed by a child";
    assert_eq!(sentence, message);
    assert!(!diff.contains("+ child"), "nobody but main printed: {diff}");
    let run = RunBuilder::new(1).print(1, "sold 1").print(0, "open");
    let (sentence, _) = of(&["main:", "  sold 1", "  open"], run);
    let message = "Process-1 printed \"sold 1\", which should have been printed by main";
    assert_eq!(sentence, message);
}

#[test]
fn what_came_too_often_or_not_often_enough_is_told_with_both_numbers() {
    let of = |expected: &[&str], run: RunBuilder| told(&mismatch(&View::ByTask, &[expected], run));
    let thrice = [
        "child:", "  a bun", "child:", "  a bun", "child:", "  a bun",
    ];
    let run = || RunBuilder::new(1).print(1, "a bun");
    let message = "\"a bun\" was printed once, and expected 3 times";
    assert_eq!(of(&thrice, run()), message);
    let message = "\"a bun\" was printed twice, and expected once";
    assert_eq!(of(&["child:", "  a bun"], run().print(1, "a bun")), message);
}

#[test]
fn what_came_at_another_place_is_told_by_what_stands_there() {
    let exact = ["main: order 1", "child: bake 1", "main: order 2"];
    let run = RunBuilder::new(1).print(0, "order 1").print(0, "order 2");
    let message = "main printed \"order 2\" where \"bake 1\" by a child was expected";
    let late = run.print(1, "bake 1");
    assert_eq!(told(&mismatch(&View::Exact, &[&exact], late)), message);
    let by_task = ["child:", "  a", "  b", "  c"];
    let run = RunBuilder::new(1).print(1, "b").print(1, "a");
    let message = "Process-1 printed \"b\" where \"a\" was expected";
    let found = mismatch(&View::ByTask, &[&by_task], run.print(1, "c"));
    assert_eq!(told(&found), message);
}

#[test]
fn the_one_whose_lines_are_as_expected_is_not_told_of() {
    let expected = [
        "child:",
        "  baker 1",
        "  done",
        "child:",
        "  baker 2",
        "  done",
    ];
    let run = |first, second| {
        let run = RunBuilder::new(2).print(1, first).print(2, second);
        run.print(1, "done").print(2, "done")
    };
    let of = |run| told(&mismatch(&View::ByTask, &[&expected], run));
    let message = "Process-2 printed \"baker 1\" where \"baker 2\" was expected";
    assert_eq!(of(run("baker 1", "baker 1")), message);
    let message = "Process-1 printed \"baker 3\" where \"baker 1\" was expected";
    assert_eq!(of(run("baker 3", "baker 2")), message);
}

#[test]
fn what_another_process_should_have_printed_is_told_so() {
    let expected = ["main:", "  open", "child:", "  a", "child:", "  b"];
    let run = RunBuilder::new(2).print(0, "open").print(1, "a");
    let found = mismatch(&View::ByTask, &[&expected], run.print(1, "b").print(2, "c"));
    let message = "Process-1 printed \"b\", which somebody else should have printed";
    assert_eq!(told(&found), message);
}
