//! The transcript against the expected ones: the first difference.

use sched_model::run::{Line, Run, Site};
use similar::DiffOp;

use super::clock;
use super::difference::{DIFF_LINES, Difference};
use super::rearranged::{self, Misplaced};
use super::{Found, LINE_CHARS, found, name, shortened};
use crate::course::View;
use crate::course::snapshot::Transcript;
use crate::facts::Verdict;
use crate::facts::fact::{Compared, Detail, Fact, Label, Mismatch, Text, Wanted};
use crate::judge::view::{self, Interruption, ViewLine};

/// How many of the allowed transcripts are compared to find the closest.
const CANDIDATES: usize = 20;

/// Compares a finished run's transcript with the allowed ones.
pub fn compare(view: &View, allowed: &[Transcript], run: &Run) -> Option<Found> {
    let mut mismatch = match view::canonical(view, run) {
        Err(interruption) => interrupted(run, interruption),
        Ok(lines) => {
            let lines = if *view == View::AsUndisturbed {
                clock::without(lines, allowed)
            } else {
                lines
            };
            if allowed.iter().any(|allowed| same(allowed, &lines)) {
                return None;
            }
            different(view, run, &lines, allowed)
        }
    };
    // Whether the order is to blame is known only when schedule 0 has been judged; where nothing is
    // expected it always is.
    let in_any_order = run.schedule == 0 && *view != View::AsUndisturbed;
    mismatch.finding.verdict = match in_any_order {
        true => Verdict::WrongOutput,
        false => Verdict::WrongOrder,
    };
    Some(mismatch)
}

/// The lines of a run as they are compared with the allowed ones; `None` where a block is
/// interrupted.
pub fn lines(view: &View, allowed: &[Transcript], run: &Run) -> Option<Transcript> {
    let lines = clock::without(view::canonical(view, run).ok()?, allowed);
    Some(lines.into_iter().map(|line| line.text).collect())
}

fn same(allowed: &Transcript, lines: &[ViewLine]) -> bool {
    allowed.len() == lines.len() && allowed.iter().zip(lines).all(|(a, b)| *a == b.text)
}

/// One task printed inside another's block.
fn interrupted(
    run: &Run,
    Interruption {
        first,
        last,
        offender,
    }: Interruption,
) -> Found {
    let line = |index: usize| &run.output[index];
    let (task, by) = (name(run, line(first).task), name(run, line(offender).task));
    let is_mine = |index: usize| line(index).task == line(first).task;
    let between = Mismatch::Between {
        by,
        task: task.clone(),
        lines: (first..=last).filter(|index| is_mine(*index)).count(),
    };
    let mut found = mismatched(between, line(offender).at.as_ref());
    for index in [first, offender, last] {
        found.about.until = found.about.line(run, index);
    }
    found.label(line(first).at.as_ref(), Label::BeganLines(task.clone()));
    found.label(line(last).at.as_ref(), Label::EndedLines(task));
    let shown = (first..=last).take(DIFF_LINES);
    let shown = shown.map(|index| (!is_mine(index), text(run, index)));
    found.details.push(Detail::Printed(shown.collect()));
    found
}

/// Other lines came than any allowed transcript has.
fn different(view: &View, run: &Run, lines: &[ViewLine], allowed: &[Transcript]) -> Found {
    let compared = allowed
        .iter()
        .take(CANDIDATES)
        .map(|allowed| Difference::new(allowed, lines));
    // The first of the closest, so that the report does not depend on chance.
    let Some(closest) = compared.min_by_key(Difference::distance) else {
        return mismatched(Mismatch::NothingAllowed, None);
    };
    let (mut found, compared) = if *view == View::AsUndisturbed {
        let of_clock = closest.expected.iter().any(|it| it.contains(clock::CLOCK));
        let compared = match is_undisturbed(run) {
            true => Compared::Elsewhere,
            false => Compared::Undisturbed { of_clock },
        };
        (depends_on_schedule(run, &closest), compared)
    } else {
        (first_difference(view, run, &closest), Compared::Expected)
    };
    let sorts = matches!(view, View::Sorted | View::ByTask | View::Blocks { .. });
    let (lines, more) = closest.shown(sorts);
    // Whoever prints a line to see what happens adds one, and takes none away.
    let adds = lines.iter().all(|line| !line.starts_with('-'));
    if let Fact::Printed(Mismatch::Unexpected(line, None)) = &found.finding.fact
        && adds
        && !allowed.iter().flatten().any(|it| parts(it).1 == line.text)
    {
        found.details.push(Detail::ForOneself);
    }
    let difference = Detail::Difference(compared, lines, more);
    found.details.insert(0, difference);
    found
}

/// The first difference that is a line and not only a heading.
fn first_difference(view: &View, run: &Run, difference: &Difference) -> Found {
    let Difference {
        expected,
        lines,
        ops,
        ..
    } = difference;
    if rearranged::same_lines(expected, lines) {
        return match rearranged::first(run, expected, lines) {
            Misplaced::OfKind { came, kind } => {
                let of_kind = Mismatch::OfKind(text(run, came), kind.to_owned());
                about_line(run, of_kind, came)
            }
            Misplaced::Instead { came, wanted } => unexpected(run, came, Some(&wanted)),
            Misplaced::Elsewhere => by_other_tasks(run),
        };
    }
    for op in ops.iter().filter(|op| !matches!(op, DiffOp::Equal { .. })) {
        let wanted = expected[op.old_range()]
            .iter()
            .find(|line| !view::is_heading(line));
        let came = lines[op.new_range()].iter().find_map(|line| line.output);
        match (wanted, came) {
            (wanted, Some(came)) => return unexpected(run, latest(view, run, came), wanted),
            (Some(wanted), None) => return missing(run, lines, op.new_range().start, wanted),
            (None, None) => {}
        }
    }
    by_other_tasks(run)
}

/// Another schedule printed other lines, and nobody said which ones are right.
fn depends_on_schedule(run: &Run, difference: &Difference) -> Found {
    let changed = || {
        let ops = difference.ops.iter();
        ops.filter(|op| !matches!(op, DiffOp::Equal { .. }))
    };
    let mut came = changed().flat_map(|op| &difference.lines[op.new_range()]);
    let mut wanted = changed().flat_map(|op| &difference.expected[op.old_range()]);
    let before = wanted.next().map(|text| shortened(text, LINE_CHARS));
    let Some(index) = came.find_map(|line| line.output) else {
        let last = run.output.last().and_then(|line| line.at.as_ref());
        let missing = match is_undisturbed(run) {
            true => Mismatch::MissingUndisturbed(before),
            false => Mismatch::MissingFromUndisturbed(before),
        };
        return mismatched(missing, last);
    };
    let other = match is_undisturbed(run) {
        true => Mismatch::UndisturbedOnly(text(run, index), before),
        false => Mismatch::OtherThanUndisturbed(text(run, index), before),
    };
    about_line(run, other, index)
}

/// Whether a run is the natural one: then it is compared with what another one printed.
fn is_undisturbed(run: &Run) -> bool {
    run.schedule == 0 && !run.choices.iter().any(|choice| choice.deviates)
}

/// The last line equal to this one. Children's lines are compared without regard to who printed
/// them, so the earlier equal ones were right.
fn latest(view: &View, run: &Run, came: usize) -> usize {
    let line = &run.output[came];
    let is_like = |other: &Line| {
        let kinds = [line.task, other.task].map(view::kind);
        other.text == line.text && kinds == ["child", "child"]
    };
    match view {
        View::Exact | View::Text => came,
        _ => run.output.iter().rposition(is_like).unwrap_or(came),
    }
}

fn by_other_tasks(run: &Run) -> Found {
    let first = run.output.first().and_then(|line| line.at.as_ref());
    mismatched(Mismatch::ByOthers, first)
}

fn unexpected(run: &Run, came: usize, wanted: Option<&&str>) -> Found {
    let task = run.output[came].task;
    // Who should have printed it matters only if that is another kind of task.
    let told = wanted.map(|wanted| {
        let Wanted { text, by } = wanted_line(wanted);
        let by = by.filter(|by| by != view::kind(task));
        Wanted { text, by }
    });
    let unexpected = Mismatch::Unexpected(text(run, came), told);
    let mut found = about_line(run, unexpected, came);
    // If another task printed the expected line, that line matters, too.
    let wanted = wanted.map(|wanted| parts(wanted).1);
    let elsewhere = |line: &Line| wanted == Some(line.text.as_str()) && line.task != task;
    if let Some(index) = run.output.iter().position(elsewhere) {
        let printed = found.about.line(run, index);
        found.about.until = found.about.until.max(printed);
    }
    found
}

/// A finding about a printed line.
fn about_line(run: &Run, mismatch: Mismatch, index: usize) -> Found {
    let mut found = mismatched(mismatch, run.output[index].at.as_ref());
    found.about.until = found.about.line(run, index);
    found
}

fn missing(run: &Run, lines: &[ViewLine], position: usize, wanted: &str) -> Found {
    // The line before the gap is the nearest thing in the source.
    let before = lines[..position].iter().rev().find_map(|line| line.output);
    let at = before.and_then(|index| run.output[index].at.as_ref());
    mismatched(Mismatch::Missing(wanted_line(wanted)), at)
}

fn mismatched(mismatch: Mismatch, at: Option<&Site>) -> Found {
    found(Verdict::WrongOrder, Fact::Printed(mismatch), at)
}

/// A printed line, and by whom.
fn text(run: &Run, index: usize) -> Text {
    let line = &run.output[index];
    Text {
        task: name(run, line.task),
        text: shortened(&line.text, LINE_CHARS),
    }
}

/// The kind of printer that a canonical line names, if it does, and what was to be printed.
fn parts(line: &str) -> (Option<&str>, &str) {
    let marks = [
        ("  ", None),
        ("main: ", Some("main")),
        ("child: ", Some("child")),
    ];
    let mut marked = marks
        .iter()
        .filter_map(|(mark, by)| Some((*by, line.strip_prefix(mark)?)));
    marked.next().unwrap_or((None, line))
}

/// A canonical line as something to be told.
fn wanted_line(line: &str) -> Wanted {
    let (by, text) = parts(line);
    Wanted {
        text: shortened(text, LINE_CHARS),
        by: by.map(str::to_owned),
    }
}

#[cfg(test)]
mod tests {
    use super::super::build::{FILE, RunBuilder, details, labels, told};
    use super::*;
    use crate::facts::Place;

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
        let diff =
            "Expected (-) and printed (+):\n  child: work\n- main: total: 5\n+ main: total: 3";
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
        let diff =
            "Expected (-) and printed (+):\n  child: a\n  main: open\n- child: c\n+ child: b";
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
        assert_eq!(told(&found), "\"a\" was expected and not printed");
    }

    #[test]
    fn lines_of_two_children_do_not_pass_for_those_of_one() {
        let run = RunBuilder::new(2).print(1, "a").print(2, "b");
        let found = mismatch(&View::ByTask, &[&["child:", "  a", "  b"]], run);
        assert_eq!(
            told(&found),
            "the lines are right, but other processes should have printed them"
        );
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
        let message = "main printed \"total: 3\", and the program prints \"total: 5\" when nobody is disturbed";
        assert_eq!(of(&["total: 5", "work"]), (message.to_owned(), Some(11)));
        let message =
            "main printed \"total: 3\", and the program does not when nobody is disturbed";
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
}
