//! Stale reads: another task changed what a task had looked at before it acted on what it had seen.

use std::collections::BTreeMap;
use std::hash::{DefaultHasher, Hash, Hasher};

use sched_model::run::{Act, Asked, Event, FileAct, FileResult, ObjectId, Part, Run, TaskId, What};

use super::Evidence;
use crate::facts::Proposal;
use crate::facts::why::{Stale, Why};
use crate::judge::held;

/// Something that holds a number or a text: an element of a shared value, a file, or a part of what
/// a manager keeps.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Cell {
    /// What it is in.
    pub object: ObjectId,
    part: Part,
}

impl Cell {
    /// Whether who changes one may change what is seen in the other.
    fn overlaps(self, other: Self) -> bool {
        let (one, two) = (self.part, other.part);
        let keys = one.key == two.key || one.key == 0 || two.key == 0;
        (self.object, one.of) == (other.object, two.of) && keys
    }
}

/// What an event does to a cell, or to whatever else can be looked at and changed.
pub enum Deed {
    /// Sees what it holds.
    Looks(u64),
    /// Puts something there, whatever was there before.
    Puts(u64),
    /// Looks at it and changes it in one step, or in a way that the trace does not show.
    Changes,
}

/// What an event does, and to what.
pub fn deed(run: &Run, event: &Event) -> Option<(Cell, Deed)> {
    let object = event.object?;
    let (part, deed) = match &event.what {
        What::Read(index, bits) => (Part::whole(*index), Deed::Looks(*bits)),
        What::Wrote(index, bits) => (Part::whole(*index), Deed::Puts(*bits)),
        What::Updated(index, _) => (Part::whole(*index), Deed::Changes),
        What::Act(Act::Looked, number) => (Part::whole(0), Deed::Looks(*number)),
        What::Act(Act::Saw, _) => (Part::whole(0), Deed::Looks(0)),
        What::Act(Act::Changed, _) => (Part::whole(0), Deed::Changes),
        What::Act(act, _) if moves_messages(*act) && has_messages(run, object) => {
            (Part::whole(0), Deed::Changes)
        }
        What::Request(call, part, asked) => (*part, of_request(run, event, call, *asked)?),
        What::File(FileAct::Look, result) => {
            let there = u64::from(*result != FileResult::Failed);
            (Part::whole(u32::MAX), Deed::Looks(there))
        }
        What::File(act, result) => (Part::whole(0), of_file(*act, *result)?),
        _ => return None,
    };
    Some((Cell { object, part }, deed))
}

/// What a request does; the texts of the call and of its answer stand for what was put and seen.
fn of_request(run: &Run, event: &Event, call: &str, asked: Asked) -> Option<Deed> {
    let bits = |text: &str| {
        let mut hasher = DefaultHasher::new();
        text.hash(&mut hasher);
        hasher.finish()
    };
    match asked {
        Asked::Makes => None,
        Asked::Looks => Some(Deed::Looks(run.answer(event).map_or(0, bits))),
        // Of a text that is not kept each counts as another one.
        Asked::Puts if call.is_empty() => {
            let place = run.events.iter().position(|it| std::ptr::eq(it, event));
            Some(Deed::Puts(1 + place? as u64))
        }
        Asked::Puts => Some(Deed::Puts(bits(call))),
        Asked::Changes => Some(Deed::Changes),
    }
}

fn of_file(act: FileAct, result: FileResult) -> Option<Deed> {
    let text = match result {
        FileResult::Bytes(len, first) => u64::from_le_bytes(first) ^ u64::from(len).rotate_left(32),
        FileResult::Done | FileResult::Failed => 0,
    };
    match act {
        FileAct::Read => Some(Deed::Looks(text)),
        FileAct::Write => Some(Deed::Puts(text)),
        // What is written next follows at once: that is the change.
        FileAct::Empty | FileAct::Open | FileAct::Create | FileAct::MakeFolder => None,
        FileAct::Look => None,
        FileAct::Rename | FileAct::Remove | FileAct::Change => Some(Deed::Changes),
    }
}

fn moves_messages(act: Act) -> bool {
    matches!(act, Act::Put | Act::Got | Act::Took | Act::Gave)
}

/// Whether putting and taking messages changes the number that a look returns.
fn has_messages(run: &Run, object: ObjectId) -> bool {
    let object = run.objects.get(object);
    object.is_some_and(|object| object.kind.is_counted())
}

/// A task's last look at a cell, and the first change by another since.
#[derive(Clone, Copy)]
struct Seen {
    look: usize,
    bits: u64,
    change: Option<usize>,
    /// What others put there last.
    now: Option<u64>,
}

/// What others wrote to the cell, and what overwrites it; `None` if a change has no value of its
/// own.
type Over = (Option<u64>, Option<u64>);

/// Finds every action in a run that was based on a stale look, in order.
fn stale(run: &Run, until: usize, tell: &mut dyn FnMut(Stale, Over)) {
    let mut seen: BTreeMap<(TaskId, Cell), Seen> = BTreeMap::new();
    for (index, event) in run.events.iter().enumerate().take(until + 1) {
        let Some((cell, deed)) = deed(run, event) else {
            continue;
        };
        let mine = (event.task, cell);
        let put = match deed {
            Deed::Looks(bits) => {
                let look = Seen {
                    look: index,
                    bits,
                    change: None,
                    now: None,
                };
                seen.insert(mine, look);
                continue;
            }
            Deed::Puts(bits) => Some(bits),
            Deed::Changes => None,
        };
        if let Some(mine) = last_look(&mut seen, mine)
            && let Some(change) = mine.change
        {
            let stale = Stale {
                of: (cell.object, Some(cell.part.of)),
                look: mine.look,
                change,
                act: index,
            };
            tell(stale, (mine.now, put));
        }
        let others = seen.iter_mut().filter(|((_, it), _)| it.overlaps(cell));
        for (_, other) in others.filter(|(_, it)| put != Some(it.bits)) {
            other.change.get_or_insert(index);
            other.now = put;
        }
    }
}

/// The last look of a task at what it now changes. Its looks there are forgotten.
fn last_look(
    seen: &mut BTreeMap<(TaskId, Cell), Seen>,
    (task, cell): (TaskId, Cell),
) -> Option<Seen> {
    let whose: Vec<(TaskId, Cell)> = seen.keys().copied().collect();
    let mine = |it: &&(TaskId, Cell)| it.0 == task && it.1.overlaps(cell);
    let looks = whose.iter().filter(mine).filter_map(|it| seen.remove(it));
    looks.max_by_key(|it| it.look)
}

/// Which write it is: whose, in which line, to which cell, and how many of these came before it.
type Write = (TaskId, u32, Cell, usize);

/// What was read before each write, and what was written.
fn writes(run: &Run) -> BTreeMap<Write, (u64, u64)> {
    let mut read: BTreeMap<(TaskId, Cell), u64> = BTreeMap::new();
    let mut counts: BTreeMap<(TaskId, u32, Cell), usize> = BTreeMap::new();
    let mut writes = BTreeMap::new();
    for event in &run.events {
        let Some((cell, deed)) = deed(run, event) else {
            continue;
        };
        let before = read.remove(&(event.task, cell));
        match deed {
            Deed::Looks(bits) => {
                read.insert((event.task, cell), bits);
            }
            Deed::Puts(bits) => {
                let line = event.at.as_ref().map_or(0, |at| at.line);
                let count = counts.entry((event.task, line, cell)).or_default();
                let write = (event.task, line, cell, *count);
                *count += 1;
                before.map(|before| writes.insert(write, (before, bits)));
            }
            Deed::Changes => {}
        }
    }
    writes
}

/// Whether what is written at this line depends on what was read before. It does if the same write
/// of the same task wrote something else in a run that is well, in which it had read something else;
/// or if that holds for another write to the same cell at this line.
fn depends(evidence: &Evidence, stale: &Stale) -> bool {
    let well = evidence.well().unwrap_or(evidence.natural);
    // Where writes are left out, the same number is not the same write.
    if evidence.run.left_out + well.left_out > 0 {
        return false;
    }
    let at = evidence.run.events[stale.act].at.as_ref();
    let line = at.map_or(0, |at| at.line);
    let (here, well) = (writes(evidence.run), writes(well));
    let other = |a: &(u64, u64), b: &(u64, u64)| a.0 != b.0 && a.1 != b.1;
    let differs = |(write, pair): (&Write, &(u64, u64))| {
        write.1 == line && well.get(write).is_some_and(|it| other(it, pair))
    };
    let of = |it: Cell| (it.object, Some(it.part.of));
    let to_it = |write: &Write| write.1 == line && of(write.2) == stale.of;
    let pairs = here.iter().filter(|(write, _)| to_it(write));
    let pairs: Vec<&(u64, u64)> = pairs.map(|(_, pair)| pair).collect();
    here.iter().any(differs) || pairs.iter().any(|a| pairs.iter().any(|b| other(a, b)))
}

/// Whether the look decides about the act, rather than giving it a value: in a run that is well
/// somebody who saw something else at the same line did not do it.
fn decides(evidence: &Evidence, stale: &Stale) -> bool {
    let run = evidence.run;
    // What is left out of a trace may have been done.
    let Some(well) = evidence.well().filter(|it| it.left_out == 0) else {
        return false;
    };
    let line = |event: &Event| event.at.as_ref().map(|at| at.line);
    let [look, act] = [stale.look, stale.act].map(|it| line(&run.events[it]));
    let Some((_, Deed::Looks(seen))) = deed(run, &run.events[stale.look]) else {
        return false;
    };
    let mut open: BTreeMap<TaskId, u64> = BTreeMap::new();
    for event in &well.events {
        let Some((cell, deed)) = deed(well, event) else {
            continue;
        };
        if (cell.object, Some(cell.part.of)) != stale.of {
            continue;
        }
        match deed {
            Deed::Looks(bits) if line(event) == look => {
                let before = open.insert(event.task, bits);
                if before.is_some_and(|before| before != seen) {
                    return true;
                }
            }
            Deed::Looks(_) => {}
            _ if line(event) == act => drop(open.remove(&event.task)),
            _ => {}
        }
    }
    open.values().any(|bits| *bits != seen)
}

/// One task reads, another writes, and the first writes over that without having seen it.
pub fn lost_update(evidence: &Evidence) -> Option<Proposal> {
    let mut first = None;
    stale(evidence.run, evidence.until(), &mut |stale, (now, put)| {
        // Two tasks that write the same value lose nothing, unless the second write should have
        // built on the first.
        let lost = || now.is_some() && put.is_some() && now != put && !decides(evidence, &stale);
        let disturbed = evidence.disturbed(stale.look, stale.act);
        if put.is_some() && disturbed && (depends(evidence, &stale) || lost()) {
            first.get_or_insert(stale);
        }
    });
    let stale: Stale = first?;
    let [mine, other] = [stale.act, stale.change].map(|it| evidence.run.events[it].task);
    if let Some(cause) = two_locks(evidence, &stale, mine, other) {
        return Some(cause);
    }
    let why = Why::LostUpdate(stale, let_go(evidence, &stale));
    Some(explanation(evidence, why, &stale, &[]))
}

/// Each of the two held a lock all the time, but not the same one.
fn two_locks(evidence: &Evidence, stale: &Stale, mine: TaskId, other: TaskId) -> Option<Proposal> {
    let run = evidence.run;
    let kept = |task, from, to| {
        let at_end = held::by(run, task, to);
        let mut both = held::by(run, task, from);
        both.retain(|it| at_end.contains(it));
        both
    };
    let (a, b) = (
        kept(mine, stale.look, stale.act),
        held::by(run, other, stale.change),
    );
    let common = a.iter().any(|(lock, _)| b.iter().any(|(it, _)| it == lock));
    let (first, second) = (a.first()?, b.first()?);
    if common {
        return None;
    }
    let locks = [first.0, second.0];
    let why = Why::TwoLocksAround(*stale, locks);
    Some(explanation(evidence, why, stale, &locks))
}

/// The lock that was held at both ends, but not in between.
fn let_go(evidence: &Evidence, stale: &Stale) -> Option<ObjectId> {
    let task = evidence.run.events[stale.act].task;
    let before = held::by(evidence.run, task, stale.look);
    let after = held::by(evidence.run, task, stale.act);
    let mut both = before.iter().map(|(lock, _)| *lock);
    let lock = both.find(|lock| after.iter().any(|(it, _)| it == lock))?;
    let mut between = evidence.run.events[stale.look..stale.act].iter();
    let released =
        |it: &Event| it.task == task && it.object == Some(lock) && it.what == What::Released;
    between.any(released).then_some(lock)
}

fn explanation(evidence: &Evidence, why: Why, stale: &Stale, locks: &[ObjectId]) -> Proposal {
    let objects = [stale.of.0].into_iter().chain(locks.iter().copied());
    let objects: Vec<Option<ObjectId>> = objects.map(Some).collect();
    evidence.proposal(why, &[stale.look, stale.change, stale.act], &objects)
}

/// One task looks, another changes what it saw, and the first acts as if nothing had changed.
pub fn check_then_act(evidence: &Evidence) -> Option<Proposal> {
    let mut first = None;
    stale(evidence.run, evidence.until(), &mut |stale, _| {
        if evidence.disturbed(stale.look, stale.act) {
            first.get_or_insert(stale);
        }
    });
    let stale: Stale = first?;
    let why = Why::CheckThenAct(stale, let_go(evidence, &stale));
    Some(explanation(evidence, why, &stale, &[]))
}
