//! Makes a transcript canonical: keeps what counts for an exercise, and nothing else.
//!
//! Canonical lines name the printer only as `main` or `child`, because no exercise prescribes the
//! names of children or the order in which they are created. They name process ids by whose they
//! are.

use std::borrow::Cow;
use std::hash::{DefaultHasher, Hash, Hasher};

use sched_model::run::{Line, Run, TaskId};

use crate::course::View;
use crate::message::transcript::{BLOCK, NOTHING};

/// A line of a canonical transcript.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ViewLine {
    /// Its text, as in the snapshot.
    pub text: String,
    /// Index in [`Run::output`] of the line it stands for; `None` for a heading.
    pub output: Option<usize>,
}

/// A line of one task between the first and the last line of another's block.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Interruption {
    /// Index in [`Run::output`] of the block's first line.
    pub first: usize,
    /// Index of its last line.
    pub last: usize,
    /// Index of the offending line.
    pub offender: usize,
}

/// The canonical transcript of a run; an error where a block is interrupted.
pub fn canonical(view: &View, run: &Run) -> Result<Vec<ViewLine>, Interruption> {
    let mut lines = match view {
        View::Exact => flat(run),
        View::Sorted => sorted(run),
        View::ByTask => by_task(run, &vec![false; run.output.len()]),
        View::Blocks { first, last } => blocks(run, first, last)?,
        View::Text => printed(run),
        View::AsUndisturbed => unordered(run),
    };
    // Blanks at the end of a line or of the transcript do not survive a snapshot file.
    for line in &mut lines {
        line.text.truncate(line.text.trim_end().len());
    }
    while lines.last().is_some_and(|line| line.text.is_empty()) {
        lines.pop();
    }
    if lines.is_empty() {
        lines.push(heading(NOTHING));
    }
    Ok(lines)
}

/// A number that is the same for runs whose tasks' lines came in the same order.
pub fn order_signature(run: &Run) -> u64 {
    // With fixed keys; only compared within one check.
    let mut hasher = DefaultHasher::new();
    for index in 0..run.output.len() {
        (run.output[index].task == 0, text(run, index)).hash(&mut hasher);
    }
    hasher.finish()
}

/// `main` or `child`.
pub fn kind(task: TaskId) -> &'static str {
    if task == 0 { "main" } else { "child" }
}

/// All lines in order, each with its printer's kind.
fn flat(run: &Run) -> Vec<ViewLine> {
    let line = |index: usize| ViewLine {
        text: format!("{}: {}", kind(run.output[index].task), text(run, index)),
        output: Some(index),
    };
    (0..run.output.len()).map(line).collect()
}

fn sorted(run: &Run) -> Vec<ViewLine> {
    let mut lines = flat(run);
    // main's lines first, as in the other views.
    lines.sort_by(|a, b| {
        (!a.text.starts_with("main"), &a.text).cmp(&(!b.text.starts_with("main"), &b.text))
    });
    lines
}

/// All lines in order, as they were printed.
fn printed(run: &Run) -> Vec<ViewLine> {
    let line = |(index, line): (usize, &Line)| ViewLine {
        text: escaped(Cow::Borrowed(&line.text)).into_owned(),
        output: Some(index),
    };
    run.output.iter().enumerate().map(line).collect()
}

/// All lines, sorted; who printed one does not count.
fn unordered(run: &Run) -> Vec<ViewLine> {
    let line = |index| ViewLine {
        text: text(run, index).into_owned(),
        output: Some(index),
    };
    let mut lines: Vec<ViewLine> = (0..run.output.len()).map(line).collect();
    lines.sort_by(|a, b| a.text.cmp(&b.text));
    lines
}

/// Groups by task, main's first, the children's sorted; lines marked `taken` are left out.
fn by_task(run: &Run, taken: &[bool]) -> Vec<ViewLine> {
    let mut groups: Vec<Vec<ViewLine>> = vec![Vec::new(); run.tasks.len()];
    for (index, line) in run.output.iter().enumerate() {
        if taken[index] {
            continue;
        }
        let group = &mut groups[line.task];
        if group.is_empty() {
            group.push(heading(&format!("{}:", kind(line.task))));
        }
        group.push(indented(run, index));
    }
    if let Some(children) = groups.get_mut(1..) {
        sort_groups(children);
    }
    groups.concat()
}

/// The blocks, main's and the children's sorted together, then the other lines as by task.
fn blocks(run: &Run, first: &str, last: &str) -> Result<Vec<ViewLine>, Interruption> {
    let mut taken = vec![false; run.output.len()];
    let mut blocks = Vec::new();
    // Once a task ends no more blocks, do not look for an end again: that would take quadratic
    // time.
    let mut ends_none = vec![false; run.tasks.len()];
    for start in 0..run.output.len() {
        let task = run.output[start].task;
        if taken[start] || ends_none[task] || !run.output[start].text.contains(first) {
            continue;
        }
        let Some(end) = block_end(run, start, last) else {
            // A block without an end is not a block: its lines count among the others.
            ends_none[task] = true;
            continue;
        };
        if let Some(offender) = (start..end).find(|index| run.output[*index].task != task) {
            return Err(Interruption {
                first: start,
                last: end,
                offender,
            });
        }
        let mut block = vec![heading(&format!("{BLOCK}{}:", kind(task)))];
        taken[start..=end].fill(true);
        block.extend((start..=end).map(|index| indented(run, index)));
        blocks.push(block);
    }
    sort_groups(&mut blocks);
    let mut lines = blocks.concat();
    lines.extend(by_task(run, &taken));
    Ok(lines)
}

/// The next line by the same task that ends a block.
fn block_end(run: &Run, start: usize, last: &str) -> Option<usize> {
    let task = run.output[start].task;
    let ends = |index: &usize| {
        let line = &run.output[*index];
        line.task == task && line.text.contains(last)
    };
    (start + 1..run.output.len()).find(ends)
}

fn sort_groups(groups: &mut [Vec<ViewLine>]) {
    groups.sort_by(|a, b| {
        a.iter()
            .map(|line| &line.text)
            .cmp(b.iter().map(|line| &line.text))
    });
}

fn heading(text: &str) -> ViewLine {
    ViewLine {
        text: text.to_owned(),
        output: None,
    }
}

fn indented(run: &Run, index: usize) -> ViewLine {
    ViewLine {
        text: format!("  {}", text(run, index)),
        output: Some(index),
    }
}

/// A line's text with process ids named by whose they are and control characters escaped.
fn text(run: &Run, index: usize) -> Cow<'_, str> {
    let line = &run.output[index];
    escaped(name_pids(run, line.task, &line.text))
}

/// A text with its control characters escaped.
fn escaped(text: Cow<'_, str>) -> Cow<'_, str> {
    if !text.contains(char::is_control) {
        return text;
    }
    let escape = |c: char| {
        if c.is_control() && c != '\t' {
            c.escape_default().to_string()
        } else {
            c.to_string()
        }
    };
    Cow::Owned(text.chars().map(escape).collect())
}

/// Replaces whole runs of digits that are a task's pid.
fn name_pids<'a>(run: &Run, printer: TaskId, text: &'a str) -> Cow<'a, str> {
    let mut named = String::new();
    let mut copied = 0;
    let bytes = text.as_bytes();
    let mut at = 0;
    while at < bytes.len() {
        let digits = bytes[at..]
            .iter()
            .take_while(|byte| byte.is_ascii_digit())
            .count();
        if digits > 0
            && let Some(owner) = owner_of(run, &text[at..at + digits])
        {
            named.push_str(&text[copied..at]);
            named.push_str(relation(run, printer, owner));
            copied = at + digits;
        }
        at += digits.max(1);
    }
    if copied == 0 {
        return Cow::Borrowed(text);
    }
    named.push_str(&text[copied..]);
    Cow::Owned(named)
}

fn owner_of(run: &Run, digits: &str) -> Option<TaskId> {
    // Pids have no leading zeros, and most numbers are too short to be a pid.
    if digits.len() < 4 || digits.starts_with('0') {
        return None;
    }
    let pid: u32 = digits.parse().ok()?;
    run.tasks.iter().position(|task| task.pid == pid)
}

/// What a task's pid is called in a line of `printer`.
fn relation(run: &Run, printer: TaskId, owner: TaskId) -> &'static str {
    // Threads have the pid of their process.
    let printer = run.tasks[printer].process;
    let parent = |task: TaskId| Some(run.tasks.get(run.tasks.get(task)?.parent?)?.process);
    if owner == printer {
        "PID"
    } else if parent(printer) == Some(owner) {
        "PPID"
    } else if parent(owner) == Some(printer) {
        "CHILD"
    } else {
        "OTHER"
    }
}

/// Headings are the only lines of a canonical transcript that stand for no printed line.
pub fn is_heading(line: &str) -> bool {
    let group = line.strip_prefix(BLOCK).unwrap_or(line);
    group == "main:" || group == "child:" || line == NOTHING
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::judge::build::RunBuilder;

    fn lines(view: &View, run: &Run) -> Vec<String> {
        let lines = canonical(view, run).expect("no block is interrupted");
        lines.into_iter().map(|line| line.text).collect()
    }

    fn two_line_blocks() -> View {
        View::Blocks {
            first: "is running".into(),
            last: "is done".into(),
        }
    }

    #[test]
    fn exact_keeps_the_order() {
        let run = RunBuilder::new(2)
            .print(2, "b")
            .print(0, "a")
            .print(1, "c")
            .run();
        assert_eq!(
            lines(&View::Exact, &run),
            ["child: b", "main: a", "child: c"]
        );
    }

    #[test]
    fn sorted_forgets_the_order() {
        let run = RunBuilder::new(2)
            .print(2, "b")
            .print(0, "z")
            .print(1, "a")
            .run();
        assert_eq!(
            lines(&View::Sorted, &run),
            ["main: z", "child: a", "child: b"]
        );
    }

    #[test]
    fn by_task_is_the_same_whichever_child_prints_first() {
        let one = RunBuilder::new(2)
            .print(1, "a")
            .print(2, "c")
            .print(1, "b")
            .print(0, "m")
            .run();
        let two = RunBuilder::new(2)
            .print(0, "m")
            .print(2, "a")
            .print(2, "b")
            .print(1, "c")
            .run();
        let expected = ["main:", "  m", "child:", "  a", "  b", "child:", "  c"];
        assert_eq!(lines(&View::ByTask, &one), expected);
        assert_eq!(lines(&View::ByTask, &two), expected);
    }

    #[test]
    fn by_task_keeps_the_order_inside_a_task() {
        let run = RunBuilder::new(1).print(1, "b").print(1, "a").run();
        assert_eq!(lines(&View::ByTask, &run), ["child:", "  b", "  a"]);
    }

    #[test]
    fn blocks_are_compared_as_a_set() {
        let run = RunBuilder::new(2)
            .print(0, "open")
            .print(2, "2 is running")
            .print(2, "2 is done")
            .print(1, "1 is running")
            .print(1, "1 is done")
            .print(0, "closed")
            .run();
        let expected = [
            "block of child:",
            "  1 is running",
            "  1 is done",
            "block of child:",
            "  2 is running",
            "  2 is done",
            "main:",
            "  open",
            "  closed",
        ];
        assert_eq!(lines(&two_line_blocks(), &run), expected);
    }

    #[test]
    fn a_line_of_another_task_interrupts_a_block() {
        let run = RunBuilder::new(2)
            .print(1, "1 is running")
            .print(1, "1 works")
            .print(0, "hello")
            .print(1, "1 is done")
            .run();
        let interruption = Interruption {
            first: 0,
            last: 3,
            offender: 2,
        };
        assert_eq!(canonical(&two_line_blocks(), &run), Err(interruption));
    }

    #[test]
    fn a_block_without_its_last_line_is_no_block() {
        let run = RunBuilder::new(2)
            .print(1, "1 is running")
            .print(2, "2 is running")
            .run();
        let expected = ["child:", "  1 is running", "child:", "  2 is running"];
        assert_eq!(lines(&two_line_blocks(), &run), expected);
    }

    #[test]
    fn a_program_that_prints_nothing_has_a_transcript_too() {
        let run = RunBuilder::new(0).run();
        assert_eq!(lines(&View::Exact, &run), [NOTHING]);
    }

    #[test]
    fn blanks_at_the_end_do_not_count() {
        let run = RunBuilder::new(1).print(1, "a ").print(1, " ").run();
        assert_eq!(lines(&View::ByTask, &run), ["child:", "  a"]);
    }

    #[test]
    fn pids_are_named_by_whose_they_are() {
        let run = RunBuilder::new(2)
            .print(0, "40001 starts 40002")
            .print(1, "I am 40002 of 40001, next to 40003")
            .print(1, "140002 and 400021 are no pids, x40002! is")
            .run();
        let expected = [
            "main: PID starts CHILD",
            "child: I am PID of PPID, next to OTHER",
            "child: 140002 and 400021 are no pids, xPID! is",
        ];
        assert_eq!(lines(&View::Exact, &run), expected);
    }

    #[test]
    fn control_characters_are_escaped() {
        let run = RunBuilder::new(0).print(0, "a\u{1b}[31m\tb\r é").run();
        assert_eq!(lines(&View::Exact, &run), ["main: a\\u{1b}[31m\tb\\r é"]);
    }

    #[test]
    fn the_order_signature_tells_orders_apart() {
        let one = RunBuilder::new(2).print(1, "a").print(2, "b").run();
        let same = RunBuilder::new(2).print(2, "a").print(1, "b").run();
        let other = RunBuilder::new(2).print(2, "b").print(1, "a").run();
        assert_eq!(order_signature(&one), order_signature(&same));
        assert_ne!(order_signature(&one), order_signature(&other));
    }
}
