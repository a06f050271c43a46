//! A difference of two transcripts in the order in which the lines came, in whatever order the view compares
//! them.

use similar::DiffOp;

use crate::judge::groups::{Line, Pair};

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
pub fn shown(pairs: &[Pair], context: usize) -> Option<Vec<String>> {
    let mut entries = Entries::default();
    for pair in pairs {
        for op in &pair.ops {
            let (expected, came) = pair.lines(op);
            match op {
                DiffOp::Equal { .. } => came.iter().for_each(|line| entries.came(line, ' ')),
                _ => entries.changed(expected, came),
            }
        }
    }
    entries.around_changes(context)
}

/// The lines so far.
#[derive(Default)]
struct Entries {
    all: Vec<Entry>,
    /// The line that came last.
    last: usize,
}

impl Entries {
    /// A line that came, at its place.
    fn came(&mut self, line: &Line, mark: char) {
        self.last = line.output.unwrap_or(self.last);
        self.add(line, (self.last, 0), mark);
    }

    /// Lines that were expected, before those that came instead, or else where one would look for them.
    fn changed(&mut self, expected: &[Line], came: &[Line]) {
        let mut instead = came.iter().filter_map(|line| line.output);
        let last = came.iter().rev().find_map(|line| line.output);
        let after = (last.unwrap_or(self.last), 1);
        for line in expected {
            let place = instead.next().map_or(after, |index| (index, -1));
            self.add(line, place, '-');
        }
        came.iter().for_each(|line| self.came(line, '+'));
    }

    fn add(&mut self, line: &Line, place: (usize, i8), mark: char) {
        let text = match line.said {
            (Some(by), text) => format!("{by}: {text}"),
            (None, text) => text.to_owned(),
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
