//! A difference of two transcripts in the order in which the lines came, in whatever order the view compares
//! them.

use similar::DiffOp;

use crate::judge::view::{self, ViewLine};
use crate::message::transcript::BLOCK;

/// What is compared: expected lines and those that came, and how to get from the former to the latter.
pub struct Compared<'a> {
    /// The lines before the part that is compared; they came as expected.
    pub before: &'a [ViewLine],
    /// The expected lines.
    pub expected: &'a [&'a str],
    /// The printed ones.
    pub lines: &'a [ViewLine],
    /// What has to be done to the former to get the latter.
    pub ops: &'a [DiffOp],
}

/// A line of the difference.
struct Entry {
    /// The index of a line that came, or of the one that it belongs to; then before, at or after it.
    place: (usize, i8),
    /// As in a patch.
    mark: char,
    /// Who printed it, and what.
    text: String,
}

/// The lines that differ, each with a mark, and so many around them that do not. `None` where the same lines
/// are only divided over the tasks in another way: the order in which they came does not show that.
pub fn shown(compared: &Compared, context: usize) -> Option<Vec<String>> {
    let mut entries = Entries::default();
    for line in compared.before {
        entries.came(line, ' ');
    }
    for op in compared.ops {
        let expected = &compared.expected[op.old_range()];
        let lines = &compared.lines[op.new_range()];
        if let DiffOp::Equal { .. } = op {
            lines.iter().for_each(|line| entries.came(line, ' '));
        } else {
            entries.changed(expected, lines);
        }
    }
    entries.around_changes(context)
}

/// The lines so far.
#[derive(Default)]
struct Entries {
    all: Vec<Entry>,
    /// The kind of task that the lines below the last heading are of.
    kind: String,
    /// The line that came last.
    last: usize,
}

impl Entries {
    /// A line that came, at its place.
    fn came(&mut self, line: &ViewLine, mark: char) {
        self.last = line.output.unwrap_or(self.last);
        self.add(&line.text, (self.last, 0), mark);
    }

    /// Lines that were expected, before those that came instead, or else where one would look for them.
    fn changed(&mut self, expected: &[&str], lines: &[ViewLine]) {
        let kind = self.kind.clone();
        let mut instead = lines.iter().filter_map(|line| line.output);
        let last = lines.iter().rev().find_map(|line| line.output);
        let after = (last.unwrap_or(self.last), 1);
        for line in expected {
            if view::is_heading(line) {
                self.add(line, after, '-');
                continue;
            }
            let place = instead.next().map_or(after, |index| (index, -1));
            self.add(line, place, '-');
        }
        let expected = std::mem::replace(&mut self.kind, kind);
        lines.iter().for_each(|line| self.came(line, '+'));
        if lines.is_empty() {
            self.kind = expected;
        }
    }

    fn add(&mut self, line: &str, place: (usize, i8), mark: char) {
        if view::is_heading(line) {
            line.strip_prefix(BLOCK)
                .unwrap_or(line)
                .clone_into(&mut self.kind);
            return;
        }
        // Lines below a heading are indented; others name the task themselves.
        let text = match line.strip_prefix("  ") {
            Some(line) => format!("{} {line}", self.kind),
            None => line.to_owned(),
        };
        self.all.push(Entry { place, mark, text });
    }

    /// The lines that differ in the order in which they came, each with some before and after it.
    fn around_changes(mut self, context: usize) -> Option<Vec<String>> {
        self.all.sort_by_key(|entry| entry.place);
        let of = |mark: char| self.all.iter().filter(move |it| it.mark == mark);
        let moved = of('-').any(|one| of('+').any(|other| one.text == other.text));
        let changes: Vec<usize> = (0..self.all.len())
            .filter(|&it| self.all[it].mark != ' ')
            .collect();
        if moved || changes.is_empty() {
            return None;
        }
        let mut shown = Vec::new();
        let mut next = 0;
        for index in changes {
            let from = index.saturating_sub(context).max(next);
            if from > next && !shown.is_empty() {
                shown.push("  …".to_owned());
            }
            let to = self.all.len().min(index + context + 1);
            let lines = self.all[from..to.max(from)].iter();
            shown.extend(lines.map(|it| format!("{} {}", it.mark, it.text)));
            next = next.max(to);
        }
        Some(shown)
    }
}
