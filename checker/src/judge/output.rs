//! The transcript against the expected ones: the first difference.

use std::cmp::Reverse;

use sched_model::run::{Run, Site};
use similar::DiffOp;

use super::clock;
use super::difference::{DIFF_LINES, Difference};
use super::groups::{Line, Pair, Said};
use super::{Found, LINE_CHARS, found, name, shortened};
use crate::course::View;
use crate::course::snapshot::Transcript;
use crate::facts::Verdict;
use crate::facts::fact::{Compared, Detail, Elsewhere, Fact, Label, Mismatch, Text, Wanted};
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
        .map(|allowed| Difference::new(view, allowed, lines));
    // The first of the closest, so that the report does not depend on chance; where the order does not
    // count, the one that could have been printed for longest.
    let longest = |it: &Difference| match view {
        View::AsUndisturbed => Reverse(it.first_came()),
        _ => Reverse(None),
    };
    let Some(closest) = compared.min_by_key(|it| (it.distance(), longest(it))) else {
        return mismatched(Mismatch::NothingAllowed, None);
    };
    let (mut found, compared) = if *view == View::AsUndisturbed {
        let mut expected = closest.pairs.iter().flat_map(|it| &it.expected.lines);
        let of_clock = expected.any(|it| it.shown.contains(clock::CLOCK));
        let compared = Compared::Printed(elsewhere(run), of_clock);
        (depends_on_schedule(run, &closest), compared)
    } else {
        (first_difference(view, run, &closest), Compared::Expected)
    };
    let sorts = matches!(view, View::Sorted | View::ByTask | View::Blocks { .. });
    let (lines, more) = closest.shown(sorts);
    // Whoever prints a line to see what happens adds one, and takes none away.
    let adds = lines.iter().all(|line| !line.starts_with('-'));
    if let Fact::Printed(Mismatch::Unexpected(_, None)) = &found.finding.fact
        && adds
    {
        found.details.push(Detail::ForOneself);
    }
    let difference = Detail::Difference(compared, lines, more);
    found.details.insert(0, difference);
    found
}

/// The first difference that has a place in the source, or else the first one: what is missing of a
/// task that printed nothing has none.
fn first_difference(view: &View, run: &Run, difference: &Difference) -> Found {
    let differs = |index: &usize| difference.pairs[*index].changes().next().is_some();
    let differing = (0..difference.pairs.len()).filter(differs);
    let mut all = differing.map(|index| difference_in(view, run, difference, index));
    let first = all.next().unwrap_or_else(|| by_other_tasks(run));
    match first.finding.at {
        Some(_) => first,
        None => all.find(|it| it.finding.at.is_some()).unwrap_or(first),
    }
}

/// The first difference of a group that differs. What is said of it follows from how often its lines
/// were expected and came, from whom, and from what stands at the same place.
fn difference_in(view: &View, run: &Run, difference: &Difference, index: usize) -> Found {
    let pair = &difference.pairs[index];
    let Some(op) = pair.changes().next() else {
        return by_other_tasks(run);
    };
    let (wanted, came) = pair.lines(op);
    let place = Place {
        run,
        difference,
        pair,
        op,
        // Where lines are sorted, the place at which one stands tells nothing.
        counts: *view != View::Sorted,
    };
    match (wanted.first(), came.first()) {
        (wanted, Some(came)) => place.too_many(came, wanted),
        (Some(wanted), None) => {
            let before = difference.pairs[..index].iter();
            place.too_few(wanted, before.flat_map(|pair| &pair.came.lines).last())
        }
        (None, None) => by_other_tasks(run),
    }
}

/// Where two transcripts part.
struct Place<'a> {
    run: &'a Run,
    difference: &'a Difference<'a>,
    pair: &'a Pair<'a>,
    /// The first step there. All before it is the same, so it is the same place in both.
    op: &'a DiffOp,
    /// Whether the order of lines counts.
    counts: bool,
}

impl Place<'_> {
    /// A line that came, and the one that should have, if there is one for it.
    fn too_many(&self, came: &Line, wanted: Option<&Line>) -> Found {
        let Some(index) = came.output else {
            return by_other_tasks(self.run);
        };
        let instead = self.pair.expected.lines.get(self.op.old_range().start);
        let instead = wanted.or(instead.filter(|_| self.counts));
        let [times, expected] = self.difference.times(came.said);
        if times <= expected {
            // It is one of the expected lines, at another place.
            return match instead {
                Some(wanted) => unexpected(self.run, index, Some(wanted.said)),
                None => self.by_other(index),
            };
        }
        if let Some(kind) = self.other_kind(came.said, |[times, expected]| times < expected) {
            return of_kind(self.run, index, kind);
        }
        let index = self.latest(came, index);
        match (wanted, self.difference.times_by_any(came.said.1)) {
            (None, counts) if counts[1] > 0 => self.times(came.said, counts, Some(index)),
            (wanted, _) => unexpected(self.run, index, wanted.map(|it| it.said)),
        }
    }

    /// A line that did not come, while all came that should beside it.
    fn too_few(&self, wanted: &Line, before: Option<&Line>) -> Found {
        let position = self.op.new_range().start;
        let [times, expected] = self.difference.times(wanted.said);
        if times >= expected {
            // It came at another place.
            let instead = self.pair.came.lines.get(position).filter(|_| self.counts);
            return match instead.and_then(|it| it.output) {
                Some(index) => unexpected(self.run, index, Some(wanted.said)),
                None => match self.came_too_many(wanted.said) {
                    Some(index) => self.by_other(index),
                    None => by_other_tasks(self.run),
                },
            };
        }
        let (by, text) = wanted.said;
        let other = self.other_kind(wanted.said, |[times, expected]| times > expected);
        if let Some((by, index)) = by.zip(self.came_too_many((other, text))) {
            return of_kind(self.run, index, by);
        }
        match self.difference.times_by_any(text) {
            [0, _] => {
                // The line before the gap is the nearest thing in the source.
                let before = self.pair.came.lines[..position].last().or(before);
                let at = before.and_then(|it| self.run.output[it.output?].at.as_ref());
                mismatched(Mismatch::Missing(wanted_line(wanted.said)), at)
            }
            counts => self.times(wanted.said, counts, self.last_like(text)),
        }
    }

    /// A kind of task other than that of a line, of which this is so: how often that line came from it,
    /// and how often it is expected.
    fn other_kind(&self, (by, text): Said, holds: fn([usize; 2]) -> bool) -> Option<&'static str> {
        let mut kinds = ["main", "child"].into_iter();
        kinds.find(|kind| {
            let is_other = by.is_some_and(|by| by != *kind);
            is_other && holds(self.difference.times((Some(kind), text)))
        })
    }

    /// Where this line came, and was not expected.
    fn came_too_many(&self, said: Said) -> Option<usize> {
        let mut lines = self.difference.too_many();
        lines.find(|line| line.said == said)?.output
    }

    /// The last of the lines that say this.
    fn last_like(&self, text: &str) -> Option<usize> {
        let pairs = self.difference.pairs.iter();
        let lines = pairs.flat_map(|pair| &pair.came.lines);
        lines
            .filter(|line| line.said.1 == text)
            .filter_map(|line| line.output)
            .max()
    }

    /// The last line that is as this one, where children's lines are compared without regard to who
    /// printed them, so that the earlier ones were right.
    fn latest(&self, came: &Line, index: usize) -> usize {
        if self.counts || came.said.0 != Some("child") {
            return index;
        }
        let lines = self.pair.came.lines.iter();
        let like = lines.filter(|line| line.said == came.said);
        like.filter_map(|line| line.output).max().unwrap_or(index)
    }

    /// A line that came too often or not often enough.
    fn times(&self, (_, text): Said, counts: [usize; 2], at: Option<usize>) -> Found {
        let times = Mismatch::Times(shortened(text, LINE_CHARS), counts);
        match at {
            Some(index) => about_line(self.run, times, index),
            None => mismatched(times, None),
        }
    }

    /// A line that another task of the same kind should have printed.
    fn by_other(&self, index: usize) -> Found {
        let by_other = match self.difference.is_rearranged() {
            true => Mismatch::ByOthers,
            false => Mismatch::ByOther(text(self.run, index)),
        };
        about_line(self.run, by_other, index)
    }
}

/// A line that another kind of task should have printed.
fn of_kind(run: &Run, index: usize, kind: &str) -> Found {
    let of_kind = Mismatch::OfKind(text(run, index), kind.to_owned());
    about_line(run, of_kind, index)
}

/// Another schedule printed other lines, and nobody said which ones are right.
fn depends_on_schedule(run: &Run, difference: &Difference) -> Found {
    let changed = || difference.pairs.iter().flat_map(Pair::parts);
    let mut came = changed().flat_map(|(_, came)| came);
    let before = changed().flat_map(|(wanted, _)| wanted).next();
    let before = before.map(|line| line.shown);
    let times_of = |text: &str| difference.times((None, text));
    let elsewhere = elsewhere(run);
    let times =
        |line: &str, counts| Mismatch::OtherTimes(shortened(line, LINE_CHARS), counts, elsewhere);
    let told = before.map(|text| shortened(text, LINE_CHARS));
    let Some((line, index)) = came.find_map(|line| Some((line, line.output?))) else {
        let mut printed = run.output.iter();
        let like = printed.rfind(|line| before.is_some_and(|it| it == line.text));
        let at = like.or(run.output.last()).and_then(|line| line.at.as_ref());
        let counts = before.map_or([0; 2], times_of);
        let missing = match (counts, before) {
            ([came, _], Some(before)) if came > 0 => times(before, counts),
            _ => Mismatch::NotAs(told, elsewhere),
        };
        return mismatched(missing, at);
    };
    let other = match times_of(line.shown) {
        counts @ [_, other] if other > 0 => times(line.shown, counts),
        _ => Mismatch::Other(text(run, index), told, elsewhere),
    };
    about_line(run, other, index)
}

/// What a run is compared with.
fn elsewhere(run: &Run) -> Elsewhere {
    match run.schedule == 0 && !run.choices.iter().any(|choice| choice.deviates) {
        true => Elsewhere::InOthers,
        false => Elsewhere::Undisturbed,
    }
}

fn by_other_tasks(run: &Run) -> Found {
    let first = run.output.first().and_then(|line| line.at.as_ref());
    mismatched(Mismatch::ByOthers, first)
}

fn unexpected(run: &Run, came: usize, wanted: Option<Said>) -> Found {
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
    let wanted = wanted.map(|(_, text)| text);
    let elsewhere =
        |line: &sched_model::run::Line| wanted == Some(line.text.as_str()) && line.task != task;
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

/// A canonical line as something to be told.
fn wanted_line((by, text): Said) -> Wanted {
    Wanted {
        text: shortened(text, LINE_CHARS),
        by: by.map(str::to_owned),
    }
}

#[cfg(test)]
mod tests;
