//! The transcript against the expected ones: the first difference.

use std::cmp::Reverse;

use sched_model::run::{Line, Run, Site};
use similar::DiffOp;

use super::clock;
use super::difference::{DIFF_LINES, Difference};
use super::rearranged::{self, Misplaced};
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
        .map(|allowed| Difference::new(allowed, lines));
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
        let of_clock = closest.expected.iter().any(|it| it.contains(clock::CLOCK));
        let compared = Compared::Printed(elsewhere(run), of_clock);
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
    let before = wanted.next();
    let elsewhere = elsewhere(run);
    let times =
        |line: &str, counts| Mismatch::OtherTimes(shortened(line, LINE_CHARS), counts, elsewhere);
    let told = before.map(|text| shortened(text, LINE_CHARS));
    let Some((line, index)) = came.find_map(|line| Some((line, line.output?))) else {
        let mut printed = run.output.iter();
        let like = printed.rfind(|line| before.is_some_and(|it| *it == line.text));
        let at = like.or(run.output.last()).and_then(|line| line.at.as_ref());
        let counts = before.map_or([0; 2], |before| difference.times(before));
        let missing = match (counts, before) {
            ([came, _], Some(before)) if came > 0 => times(before, counts),
            _ => Mismatch::NotAs(told, elsewhere),
        };
        return mismatched(missing, at);
    };
    let other = match difference.times(&line.text) {
        counts @ [_, other] if other > 0 => times(&line.text, counts),
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
mod tests;
