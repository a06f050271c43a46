//! An expected and a printed transcript side by side, group by group, and how often each line is in
//! them.

use std::collections::HashMap;

use similar::DiffOp;

use crate::course::View;
use crate::course::snapshot::Transcript;
use crate::judge::groups::{self, Line, Pair, Said};
use crate::judge::in_order;
use crate::judge::view::ViewLine;

/// How many lines of difference the details show.
pub const DIFF_LINES: usize = 30;
/// How many common lines are shown around a difference.
const CONTEXT: usize = 2;

/// Two transcripts.
pub struct Difference<'a> {
    /// Group by group.
    pub pairs: Vec<Pair<'a>>,
    /// How often each line came, and how often it is expected.
    counts: HashMap<Said<'a>, [usize; 2]>,
}

impl<'a> Difference<'a> {
    /// Compares an allowed transcript with the lines that came.
    pub fn new(view: &View, allowed: &'a Transcript, lines: &'a [ViewLine]) -> Difference<'a> {
        let expected = groups::of(view, allowed.iter().map(|line| (line.as_str(), None)));
        let lines = lines.iter().map(|line| (line.text.as_str(), line.output));
        let came = groups::of(view, lines);
        let mut counts: HashMap<Said, [usize; 2]> = HashMap::new();
        for (side, groups) in [&came, &expected].into_iter().enumerate() {
            for line in groups.iter().flat_map(|group| &group.lines) {
                counts.entry(line.said).or_default()[side] += 1;
            }
        }
        let pairs = groups::paired(expected, came);
        Difference {
            pairs: pairs.into_iter().map(Pair::new).collect(),
            counts,
        }
    }

    /// How often a line by this kind of task came, and how often it is expected.
    pub fn times(&self, said: Said) -> [usize; 2] {
        self.counts.get(&said).copied().unwrap_or_default()
    }

    /// How often this text came, and how often it is expected, whoever prints it.
    pub fn times_by_any(&self, text: &str) -> [usize; 2] {
        let kinds = [None, Some("main"), Some("child")].into_iter();
        let all = kinds.map(|kind| self.times((kind, text)));
        all.fold([0; 2], |[a, b], [came, wanted]| [a + came, b + wanted])
    }

    /// Whether the same lines came as were expected, from the same kinds of tasks.
    pub fn is_rearranged(&self) -> bool {
        self.counts
            .values()
            .all(|[came, expected]| came == expected)
    }

    /// The lines that came and were not expected where they did.
    pub fn too_many(&self) -> impl Iterator<Item = &Line<'a>> {
        self.pairs
            .iter()
            .flat_map(Pair::parts)
            .flat_map(|(_, came)| came)
    }

    /// How many lines differ.
    pub fn distance(&self) -> usize {
        let ops = self.pairs.iter().flat_map(Pair::changes);
        ops.map(|op| op.old_range().len() + op.new_range().len())
            .sum()
    }

    /// Which of all printed lines is the first that was not expected.
    pub fn first_came(&self) -> Option<usize> {
        self.too_many().filter_map(|line| line.output).min()
    }

    /// Both, with a mark before each line that only one of them has; and how many more there are. In the
    /// order in which the lines came, where a view that sorts them has no other meaning.
    pub fn shown(&self, sorts: bool) -> (Vec<String>, usize) {
        let came = sorts
            .then(|| in_order::shown(&self.pairs, CONTEXT))
            .flatten();
        let mut shown = came.unwrap_or_else(|| self.grouped());
        let more = shown.len().saturating_sub(DIFF_LINES);
        shown.truncate(DIFF_LINES);
        (shown, more)
    }

    /// Both in the order of the view.
    fn grouped(&self) -> Vec<String> {
        let mut shown: Vec<String> = Vec::new();
        let differ = |pair: &&Pair| pair.changes().next().is_some();
        for pair in self.pairs.iter().filter(differ) {
            let headings = [pair.expected.heading, pair.came.heading];
            match headings {
                [Some(one), Some(other)] if one == other => shown.push(format!("  {one}")),
                [one, other] => {
                    shown.extend(one.map(|it| format!("- {it}")));
                    shown.extend(other.map(|it| format!("+ {it}")));
                }
            }
            for (index, group) in similar::group_diff_ops(pair.ops.clone(), CONTEXT)
                .iter()
                .enumerate()
            {
                if index > 0 {
                    shown.push("  …".to_owned());
                }
                group.iter().for_each(|op| marked(pair, op, &mut shown));
            }
        }
        shown
    }
}

/// The lines of a step.
fn marked(pair: &Pair, op: &DiffOp, shown: &mut Vec<String>) {
    let (expected, came) = pair.lines(op);
    let marks = match op {
        DiffOp::Equal { .. } => [(" ", expected), ("", &[])],
        _ => [("-", expected), ("+", came)],
    };
    for (mark, lines) in marks {
        shown.extend(lines.iter().map(|line| format!("{mark} {}", line.shown)));
    }
}
