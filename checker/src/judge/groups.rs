//! Transcripts as groups of lines, each line with the kind of task that prints it, and which group of
//! one stands against which of another.

use std::collections::{HashMap, VecDeque};

use similar::{Algorithm, DiffOp};

use crate::course::View;
use crate::judge::view;
use crate::message::transcript::{BLOCK, NOTHING};

/// How many groups that differ are held against each other; the time grows with the square of this
/// number.
const PAIRED: usize = 30;

/// How many lines of a group are compared from the first difference on. The time grows with the
/// square of this number.
const COMPARED: usize = 500;

/// Who prints a line, by kind, where that counts, and what it says.
pub type Said<'a> = (Option<&'a str>, &'a str);

/// A line of a canonical transcript that stands for a printed one.
#[derive(Clone, Copy, Debug)]
pub struct Line<'a> {
    /// By whom, and what.
    pub said: Said<'a>,
    /// The line as it stands in the transcript.
    pub shown: &'a str,
    /// Index in [`sched_model::run::Run::output`], if it came.
    pub output: Option<usize>,
}

/// Lines below a heading, or all lines of a transcript that has none.
#[derive(Clone, Debug, Default)]
pub struct Group<'a> {
    /// The heading.
    pub heading: Option<&'a str>,
    /// The lines.
    pub lines: Vec<Line<'a>>,
}

impl<'a> Group<'a> {
    /// The kind of task that the heading names.
    fn kind(&self) -> Option<&'a str> {
        let heading = self.heading?;
        let group = heading.strip_prefix(BLOCK).unwrap_or(heading);
        Some(group.trim_end_matches(':'))
    }

    /// What its lines say.
    fn said(&self) -> impl Iterator<Item = Said<'a>> {
        self.lines.iter().map(|line| line.said)
    }
}

/// What was expected of a group, and what came.
pub struct Pair<'a> {
    /// The former; without lines if the group came besides.
    pub expected: Group<'a>,
    /// The latter; without lines if it is missing.
    pub came: Group<'a>,
    /// What has to be done to the former to get the latter.
    pub ops: Vec<DiffOp>,
}

impl<'a> Pair<'a> {
    /// Compares the two.
    pub fn new((expected, came): (Group<'a>, Group<'a>)) -> Pair<'a> {
        let said = |group: &Group<'a>| group.said().collect::<Vec<_>>();
        let (old, new) = (said(&expected), said(&came));
        let same = old.iter().zip(&new).take_while(|(a, b)| a == b).count();
        let part = |all: &[Said]| same..all.len().min(same + COMPARED);
        let (parts, others) = (part(&old), part(&new));
        let compared = similar::capture_diff(Algorithm::Myers, &old[..], parts, &new[..], others);
        let before = DiffOp::Equal {
            old_index: 0,
            new_index: 0,
            len: same,
        };
        let before = (same > 0).then_some(before);
        Pair {
            expected,
            came,
            ops: before.into_iter().chain(compared).collect(),
        }
    }

    /// The expected lines of a step, and those that came.
    pub fn lines(&self, op: &DiffOp) -> (&[Line<'a>], &[Line<'a>]) {
        let expected = &self.expected.lines[op.old_range()];
        (expected, &self.came.lines[op.new_range()])
    }

    /// The steps that are none where lines are the same.
    pub fn changes(&self) -> impl Iterator<Item = &DiffOp> {
        let changes = |op: &&DiffOp| !matches!(op, DiffOp::Equal { .. });
        self.ops.iter().filter(changes)
    }

    /// The lines of each of these.
    pub fn parts(&self) -> impl Iterator<Item = (&[Line<'a>], &[Line<'a>])> {
        self.changes().map(|op| self.lines(op))
    }
}

/// The groups of a transcript, of which these are the lines, each with the printed line that it stands
/// for.
pub fn of<'a>(
    view: &View,
    lines: impl Iterator<Item = (&'a str, Option<usize>)>,
) -> Vec<Group<'a>> {
    let grouped = matches!(view, View::ByTask | View::Blocks { .. });
    let mut done = Vec::new();
    let mut group = Group::default();
    for (shown, output) in lines.filter(|it| it.0 != NOTHING) {
        if grouped && view::is_heading(shown) {
            done.push(std::mem::take(&mut group));
            group.heading = Some(shown);
            continue;
        }
        let said = match view {
            View::ByTask | View::Blocks { .. } => {
                (group.kind(), shown.strip_prefix("  ").unwrap_or(shown))
            }
            View::Exact | View::Sorted => by_prefix(shown),
            View::Text | View::AsUndisturbed => (None, shown),
        };
        group.lines.push(Line {
            said,
            shown,
            output,
        });
    }
    done.push(group);
    done.retain(|group| !group.lines.is_empty());
    done
}

/// A line that itself says who prints it.
fn by_prefix(shown: &str) -> Said<'_> {
    let (by, text) = shown.split_once(':').unwrap_or(("", shown));
    (Some(by), text.strip_prefix(' ').unwrap_or(text))
}

/// Each group that was expected with the one that came in its place, then those that came besides.
/// Instead of one that is missing there is one without lines.
pub fn paired<'a>(expected: Vec<Group<'a>>, came: Vec<Group<'a>>) -> Vec<(Group<'a>, Group<'a>)> {
    let partners = partners(&expected, &came);
    let mut came: Vec<Option<Group>> = came.into_iter().map(Some).collect();
    let mut of = |partner: usize| came.get_mut(partner).and_then(Option::take);
    let mut pairs: Vec<(Group, Group)> = Vec::new();
    for (group, partner) in expected.into_iter().zip(partners) {
        let partner = partner.and_then(&mut of);
        pairs.push((group, partner.unwrap_or_default()));
    }
    let besides = came.into_iter().flatten();
    pairs.extend(besides.map(|group| (Group::default(), group)));
    pairs
}

/// For each expected group the index of the one that came in its place: the same one, or else one by
/// the same kind of task that differs least.
fn partners(expected: &[Group], came: &[Group]) -> Vec<Option<usize>> {
    let mut partners = vec![None; expected.len()];
    let mut same: HashMap<(Option<&str>, Vec<Said>), VecDeque<usize>> = HashMap::new();
    // Of equal groups that one is too many which was printed last.
    let mut by_time: Vec<(usize, &Group)> = came.iter().enumerate().collect();
    by_time.sort_by_key(|(_, group)| group.lines.last().and_then(|line| line.output));
    for (index, group) in by_time {
        let key = (group.heading, group.said().collect());
        same.entry(key).or_default().push_back(index);
    }
    let mut free = vec![true; came.len()];
    for (partner, group) in partners.iter_mut().zip(expected) {
        let like = same.get_mut(&(group.heading, group.said().collect()));
        *partner = like.and_then(VecDeque::pop_front);
        if let Some(index) = *partner {
            free[index] = false;
        }
    }
    let alone = (0..expected.len()).filter(|&it| partners[it].is_none());
    let besides = || (0..came.len()).filter(|&it| free[it]).take(PAIRED);
    let mut likely = Vec::new();
    for one in alone.take(PAIRED) {
        for other in besides() {
            let (a, b) = (&expected[one], &came[other]);
            if a.kind() == b.kind() {
                likely.push((a.heading != b.heading, unlike(a, b), one, other));
            }
        }
    }
    likely.sort_unstable();
    for (_, _, one, other) in likely {
        if partners[one].is_none() && free[other] {
            partners[one] = Some(other);
            free[other] = false;
        }
    }
    partners
}

/// How much two groups differ: in how many lines; and if they have none in common, after how many
/// characters of the first one, the fewer the more.
fn unlike(one: &Group, other: &Group) -> (usize, usize) {
    let mut times: HashMap<Said, usize> = HashMap::new();
    one.said()
        .for_each(|said| *times.entry(said).or_default() += 1);
    let mut common = 0;
    for said in other.said() {
        if let Some(times @ 1..) = times.get_mut(&said) {
            *times -= 1;
            common += 1;
        }
    }
    let differ = one.lines.len() + other.lines.len() - 2 * common;
    let mut pairs = one.said().zip(other.said()).filter(|_| common == 0);
    let alike = pairs.next().map_or(0, |((_, a), (_, b))| {
        a.chars().zip(b.chars()).take_while(|(a, b)| a == b).count()
    });
    (differ, usize::MAX - alike)
}
