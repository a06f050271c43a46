//! An expected and a printed transcript side by side, from the first difference on.

use similar::{Algorithm, DiffOp, capture_diff_slices};

use crate::course::snapshot::Transcript;
use crate::judge::in_order;
use crate::judge::view::ViewLine;

/// How many lines are compared from the first difference on. The time grows with the square of this
/// number.
const COMPARED: usize = 500;
/// How many lines of difference the details show.
pub const DIFF_LINES: usize = 30;
/// How many common lines are shown around a difference.
const CONTEXT: usize = 2;

/// The part of two transcripts from shortly before the first difference on.
pub struct Difference<'a> {
    /// The lines before that part, which came as expected.
    before: &'a [ViewLine],
    /// All of both.
    all: (&'a Transcript, &'a [ViewLine]),
    /// The expected lines.
    pub expected: Vec<&'a str>,
    /// The printed ones.
    pub lines: &'a [ViewLine],
    /// What has to be done to the former to get the latter.
    pub ops: Vec<DiffOp>,
}

impl<'a> Difference<'a> {
    /// Compares from the first line on that differs.
    pub fn new(allowed: &'a Transcript, lines: &'a [ViewLine]) -> Difference<'a> {
        let same = allowed
            .iter()
            .zip(lines)
            .take_while(|(a, b)| **a == b.text)
            .count();
        let start = same.saturating_sub(CONTEXT);
        let all = (allowed, lines);
        let before = &lines[..start];
        let expected: Vec<&str> = allowed[start..]
            .iter()
            .take(COMPARED)
            .map(String::as_str)
            .collect();
        let lines = &lines[start..lines.len().min(start + COMPARED)];
        let printed: Vec<&str> = lines.iter().map(|line| line.text.as_str()).collect();
        let ops = capture_diff_slices(Algorithm::Myers, &expected, &printed);
        Difference {
            before,
            all,
            expected,
            lines,
            ops,
        }
    }

    /// How often a line came, and how often it is expected.
    pub fn times(&self, text: &str) -> [usize; 2] {
        let (expected, lines) = self.all;
        let came = lines.iter().filter(|line| line.text == text).count();
        let before = expected.iter().filter(|line| *line == text).count();
        [came, before]
    }

    /// How many lines differ.
    pub fn distance(&self) -> usize {
        let changed = |op: &DiffOp| match op {
            DiffOp::Equal { .. } => 0,
            op => op.old_range().len() + op.new_range().len(),
        };
        self.ops.iter().map(changed).sum()
    }

    /// Which of all printed lines is the first that was not expected.
    pub fn first_came(&self) -> Option<usize> {
        let changed = self
            .ops
            .iter()
            .filter(|op| !matches!(op, DiffOp::Equal { .. }));
        let came = changed.flat_map(|op| &self.lines[op.new_range()]);
        came.filter_map(|line| line.output).min()
    }

    /// Both, with a mark before each line that only one of them has; and how many more there are. In the
    /// order in which the lines came, where a view that sorts them has no other meaning.
    pub fn shown(&self, sorts: bool) -> (Vec<String>, usize) {
        let compared = in_order::Compared {
            before: self.before,
            expected: &self.expected,
            lines: self.lines,
            ops: &self.ops,
        };
        let came = sorts.then(|| in_order::shown(&compared, CONTEXT)).flatten();
        let mut shown = came.unwrap_or_else(|| self.grouped());
        let more = shown.len().saturating_sub(DIFF_LINES);
        shown.truncate(DIFF_LINES);
        (shown, more)
    }

    /// Both in the order of the view.
    fn grouped(&self) -> Vec<String> {
        let mut shown: Vec<String> = Vec::new();
        for (index, group) in similar::group_diff_ops(self.ops.clone(), CONTEXT)
            .iter()
            .enumerate()
        {
            if index > 0 {
                shown.push("  …".to_owned());
            }
            for op in group {
                let expected = self.expected[op.old_range()].iter();
                if let DiffOp::Equal { .. } = op {
                    shown.extend(expected.map(|line| format!("  {line}")));
                } else {
                    let printed = self.lines[op.new_range()].iter();
                    shown.extend(expected.map(|line| format!("- {line}")));
                    shown.extend(printed.map(|line| format!("+ {}", line.text)));
                }
            }
        }
        shown
    }
}
