//! Whether tasks that print, processes or threads, could have come in another order: not because whoever started them
//! drew another one, but because they were free to.
//!
//! Of two such processes let one print first. The other one was free at that moment if it had been
//! started, and if nothing that anybody else did after that moment was needed for it to print, too.
//! Locks do not count as long as those who print give them to each other: they decide whose turn it
//! is, but not in which order. A lock that is given by somebody else is a sign, like any other.

use std::collections::{BTreeMap, BTreeSet};

use sched_model::run::{Event, ObjectId, Run, Site, TaskId, What};

use super::polling::meaning::{Meaning, meaning};
use crate::facts::Tasks;

/// Whether some task was free to print before another one that came first.
pub fn some_was_free(run: &Run, tasks: Tasks) -> bool {
    let printers = Printers::of(run, tasks);
    let mut first = printers.first.iter();
    first.any(|(&later, &until)| {
        let mut others = printers.first.values().filter(|&&from| from < until);
        others.any(|&from| printers.was_free(later, from, until))
    })
}

/// The step that kept the second one of those who print from being the first.
pub fn kept_from_printing(run: &Run, tasks: Tasks) -> Option<&Site> {
    Printers::of(run, tasks).held_back()?.at.as_ref()
}

/// The step that kept the second one of those who work from working with the first one; when each of
/// them began is told.
pub fn kept_from_working(run: &Run, tasks: Tasks, begun: BTreeMap<TaskId, usize>) -> Option<&Site> {
    // Who waits for a lock cannot work meanwhile, whoever gives it back.
    let workers = Printers {
        run,
        tasks,
        first: begun,
        returns: BTreeSet::new(),
    };
    workers.held_back()?.at.as_ref()
}

/// The tasks other than main that print.
struct Printers<'a> {
    run: &'a Run,
    tasks: Tasks,
    /// The event at which each began to print.
    first: BTreeMap<TaskId, usize>,
    /// Which events give back what their task had taken itself.
    returns: BTreeSet<usize>,
}

impl<'a> Printers<'a> {
    fn of(run: &'a Run, tasks: Tasks) -> Printers<'a> {
        let mut first = BTreeMap::new();
        let mut taken: BTreeMap<(TaskId, Option<ObjectId>), u32> = BTreeMap::new();
        let mut returns = BTreeSet::new();
        for (at, event) in run.events.iter().enumerate() {
            let whose = whose(run, event.task, tasks);
            let held = taken.entry((whose, event.object)).or_default();
            match meaning(run, event) {
                _ if whose != 0 && matches!(event.what, What::Print(..)) => {
                    first.entry(whose).or_insert(at);
                }
                Meaning::Takes => *held += 1,
                Meaning::GivesBack if *held > 0 => {
                    *held -= 1;
                    returns.insert(at);
                }
                _ => {}
            }
        }
        Printers {
            run,
            tasks,
            first,
            returns,
        }
    }

    /// Whether this process, which prints at the event `until`, needed nothing that others did from
    /// the event `from` on.
    fn was_free(&self, later: TaskId, from: usize, until: usize) -> bool {
        let started = |it: &Event| matches!(it.what, What::Start(task) if task == later);
        self.run.events[..from].iter().any(started) && self.let_on(later, from, until).is_none()
    }

    /// The first step of a process between these events that it could only do since another one had
    /// done something there.
    fn let_on(&self, whose: TaskId, from: usize, until: usize) -> Option<&'a Event> {
        let since = &self.run.events[from..until];
        let own = |it: &(usize, &Event)| self.whose(it.1) == whose;
        let mut own = since.iter().enumerate().filter(own);
        let needs = own.find(|(at, event)| {
            let mut others = since[..*at].iter().enumerate();
            others.any(|(nth, it)| self.whose(it) != whose && self.lets(from + nth, it, event))
        });
        needs.map(|(_, event)| event)
    }

    /// Why the second one did not begin before the first one: a step of its own that others let it do,
    /// or of whoever started it, or else its start.
    fn held_back(&self) -> Option<&'a Event> {
        let mut first: Vec<(usize, TaskId)> =
            self.first.iter().map(|(it, at)| (*at, *it)).collect();
        first.sort_unstable();
        let [(from, _), (until, later), ..] = first[..] else {
            return None;
        };
        let mut since = self.run.events[from..until].iter();
        let starts = |it: &Event| matches!(it.what, What::Start(task) if task == later);
        match since.position(starts) {
            None => self.let_on(later, from, until),
            Some(start) => {
                let start = from + start;
                let event = &self.run.events[start];
                self.let_on(self.whose(event), from, start).or(Some(event))
            }
        }
    }

    /// Whether an event, the one of this number, is what another process goes on with in `next`.
    fn lets(&self, at: usize, event: &Event, next: &Event) -> bool {
        match (&event.what, &next.what) {
            (What::Exit(_), What::Joined(task) | What::IsAlive(task, false)) => event.task == *task,
            _ if event.object.is_none() || event.object != next.object => false,
            _ => match meaning(self.run, event) {
                Meaning::Does => true,
                Meaning::GivesBack => {
                    !self.returns.contains(&at) || !self.first.contains_key(&self.whose(event))
                }
                Meaning::Asks(..)
                | Meaning::Waits(_)
                | Meaning::Sleeps
                | Meaning::Takes
                | Meaning::Nothing => false,
            },
        }
    }

    fn whose(&self, event: &Event) -> TaskId {
        whose(self.run, event.task, self.tasks)
    }
}

/// Whose work a task does: its process's, or its own.
fn whose(run: &Run, task: TaskId, tasks: Tasks) -> TaskId {
    match tasks {
        Tasks::Processes => run.tasks.get(task).map_or(task, |task| task.process),
        Tasks::Threads => task,
    }
}

#[cfg(test)]
mod tests {
    use sched_model::run::{Act, ObjectKind};

    use super::super::build::RunBuilder;
    use super::*;

    const PRINT: What = What::Print(0, 1);

    fn started(objects: &[ObjectKind]) -> RunBuilder {
        let run = RunBuilder::new(2);
        let run = objects.iter().fold(run, |run, &kind| run.object(kind, "x"));
        run.event(0, What::Start(1)).event(0, What::Start(2))
    }

    /// Acts on object 0 and prints, in this order.
    fn free(run: RunBuilder, steps: &[(TaskId, What)]) -> bool {
        let step = |run: RunBuilder, (task, what): &(TaskId, What)| match what {
            What::Print(..) | What::Exit(_) | What::Joined(_) | What::Start(_) => {
                run.event(*task, what.clone())
            }
            _ => run.event_at(*task, what.clone(), 40, Some(0)),
        };
        some_was_free(&steps.iter().fold(run, step).run(), Tasks::Processes)
    }

    #[test]
    fn whoever_is_started_and_waits_for_nobody_is_free() {
        assert!(free(started(&[]), &[(1, PRINT), (2, PRINT)]));
        // Main and others who print nothing do not count.
        assert!(!free(started(&[]), &[(0, PRINT), (2, PRINT)]));
        assert!(!free(started(&[]), &[(1, PRINT)]));
    }

    #[test]
    fn whoever_is_started_afterwards_is_not() {
        let run = RunBuilder::new(2).event(0, What::Start(1));
        let one_by_one = [
            (1, PRINT),
            (1, What::Exit(0)),
            (0, What::Joined(1)),
            (0, What::Start(2)),
            (2, PRINT),
        ];
        assert!(!free(run, &one_by_one));
    }

    #[test]
    fn who_waits_for_a_lock_of_another_who_prints_is_free() {
        let lock = || started(&[ObjectKind::Lock]);
        let turns = |holder, what: &[What]| {
            let mut steps = vec![(holder, What::Acquired), (1, PRINT), (2, What::Blocked)];
            steps.extend(what.iter().map(|what| (holder, what.clone())));
            steps.extend([(2, What::Acquired), (2, PRINT)]);
            steps
        };
        assert!(free(lock(), &turns(1, &[What::Released])));
        // Main holds it, and gives it to one after the other.
        assert!(!free(lock(), &turns(0, &[What::Released])));
        let permit = started(&[ObjectKind::Semaphore]);
        let (took, gave) = (What::Act(Act::Took, 0), What::Act(Act::Gave, 1));
        let turns = |giver| {
            [
                (1, took.clone()),
                (1, PRINT),
                (giver, gave.clone()),
                (2, took.clone()),
                (2, PRINT),
            ]
        };
        assert!(free(permit, &turns(1)));
        assert!(!free(started(&[ObjectKind::Semaphore]), &turns(0)));
    }

    #[test]
    fn who_waits_for_a_sign_that_comes_later_is_not_free() {
        let (set, passed) = (What::Act(Act::Set, 0), What::Act(Act::Passed, 0));
        let event = || started(&[ObjectKind::Event]);
        let later = [
            (1, PRINT),
            (1, set.clone()),
            (2, passed.clone()),
            (2, PRINT),
        ];
        assert!(!free(event(), &later));
        // A sign for all, before anybody prints.
        let before = [(0, set), (1, PRINT), (2, passed), (2, PRINT)];
        assert!(free(event(), &before));
        let value = || started(&[ObjectKind::Value]);
        let turn = [
            (1, PRINT),
            (1, What::Wrote(0, 2)),
            (2, What::Read(0, 2)),
            (2, PRINT),
        ];
        assert!(!free(value(), &turn));
        let joins = [
            (1, PRINT),
            (1, What::Exit(0)),
            (2, What::Joined(1)),
            (2, PRINT),
        ];
        assert!(!free(started(&[]), &joins));
    }
}
