//! Transcripts with the right lines in a wrong order: finds the line that is out of place.

use sched_model::run::Run;

use crate::judge::view::{self, ViewLine};
use crate::message::transcript::BLOCK;

/// What is wrong with a line.
#[derive(Debug, PartialEq, Eq)]
pub enum Misplaced<'a> {
    /// A task of another kind should have printed it.
    OfKind {
        /// The printed line.
        came: usize,
        /// The kind.
        kind: &'a str,
    },
    /// It came where another should have come.
    Instead {
        /// The printed line.
        came: usize,
        /// The other.
        wanted: &'a str,
    },
    /// The lines are divided over the tasks in another way.
    Elsewhere,
}

/// Whether the same lines came as were expected, whoever printed them and in whatever order.
pub fn same_lines(expected: &[&str], lines: &[ViewLine]) -> bool {
    let texts = |all: Vec<(&str, &str)>| {
        let mut texts: Vec<String> = all.iter().map(|line| line.1.to_owned()).collect();
        texts.sort();
        texts
    };
    texts(by_printer(expected)) == texts(by_printer(&came(lines)))
}

/// The first line that is out of place, where the lines are the same.
pub fn first<'a>(run: &Run, expected: &[&'a str], lines: &[ViewLine]) -> Misplaced<'a> {
    if let Some(misplaced) = of_other_kind(run, expected, lines) {
        return misplaced;
    }
    let mut pairs = expected.iter().zip(lines);
    match pairs.find(|(wanted, line)| **wanted != line.text) {
        Some((
            wanted,
            ViewLine {
                output: Some(came), ..
            },
        )) if !view::is_heading(wanted) => Misplaced::Instead {
            came: *came,
            wanted,
        },
        _ => Misplaced::Elsewhere,
    }
}

/// The first line that came from the wrong kind of task.
fn of_other_kind<'a>(run: &Run, expected: &[&'a str], lines: &[ViewLine]) -> Option<Misplaced<'a>> {
    let wanted = by_printer(expected);
    let texts = came(lines);
    let printed = by_printer(&texts);
    let count = |all: &[(&str, &str)], line| all.iter().filter(|it| **it == line).count();
    let indices = lines.iter().filter_map(|line| line.output);
    let mut all = indices.zip(&printed);
    let (came, (_, text)) =
        all.find(|(_, line)| count(&printed, **line) > count(&wanted, **line))?;
    let other = |kind: &str| !kind.is_empty() && kind != view::kind(run.output[came].task);
    let (kind, _) = wanted.iter().find(|it| it.1 == *text && other(it.0))?;
    Some(Misplaced::OfKind { came, kind })
}

fn came(lines: &[ViewLine]) -> Vec<&str> {
    lines.iter().map(|line| line.text.as_str()).collect()
}

/// The printed lines of a canonical transcript, each with the kind of task that its heading
/// names; empty where there is no heading.
fn by_printer<'a>(lines: &[&'a str]) -> Vec<(&'a str, &'a str)> {
    let mut kind = "";
    let mut printed = Vec::new();
    for line in lines {
        if view::is_heading(line) {
            let group = line.strip_prefix(BLOCK).unwrap_or(line);
            kind = group.trim_end_matches(':');
        } else {
            printed.push((kind, *line));
        }
    }
    printed
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::course::View;
    use crate::judge::build::RunBuilder;

    fn look<'a>(view: &View, expected: &[&'a str], run: RunBuilder) -> (bool, Misplaced<'a>) {
        let run = run.run();
        let lines = view::canonical(view, &run).expect("no block is interrupted");
        let same = same_lines(expected, &lines);
        (same, first(&run, expected, &lines))
    }

    #[test]
    fn a_line_of_the_wrong_kind_of_task_is_named_with_the_right_one() {
        let run = RunBuilder::new(1).print(0, "work").print(0, "total");
        let expected = ["main:", "  total", "child:", "  work"];
        let misplaced = Misplaced::OfKind {
            came: 0,
            kind: "child",
        };
        assert_eq!(look(&View::ByTask, &expected, run), (true, misplaced));
    }

    #[test]
    fn lines_in_another_order_are_told_by_the_first_one() {
        let run = RunBuilder::new(0).print(0, "b").print(0, "a");
        let misplaced = Misplaced::Instead {
            came: 0,
            wanted: "  a",
        };
        assert_eq!(
            look(&View::ByTask, &["main:", "  a", "  b"], run),
            (true, misplaced)
        );
    }

    #[test]
    fn lines_of_one_child_that_belong_to_two_are_elsewhere() {
        let run = RunBuilder::new(2).print(1, "a").print(1, "b");
        let expected = ["child:", "  a", "child:", "  b"];
        assert_eq!(
            look(&View::ByTask, &expected, run),
            (true, Misplaced::Elsewhere)
        );
    }

    #[test]
    fn a_missing_or_another_line_is_no_rearrangement() {
        let run = || RunBuilder::new(1).print(1, "a");
        assert!(!look(&View::ByTask, &["child:", "  a", "  b"], run()).0);
        assert!(!look(&View::ByTask, &["child:", "  c"], run()).0);
    }
}
