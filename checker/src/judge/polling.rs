//! Asking again and again where a task should wait.
//!
//! Two kinds of questions are told apart. Some say plainly "not yet": a failed `try_acquire` or
//! `get_nowait`, `is_set` that is false, `is_alive` that is true, the clock. Others only report a
//! number, as reading a value does: they count only if at last the number was another one, for
//! then the task did wait for that; a loop that reads what never changes waits for nothing.
//!
//! A right program must never be blamed: a few questions are fine, and everything that gets on or
//! really waits in between makes the count begin anew. Waiting with a time limit is waiting.

use std::collections::BTreeMap;

use sched::run::{Act, End, Event, ObjectId, ObjectKind, Run, Site, TaskId, What};

use super::{Found, found, name};
use crate::verdict::Verdict;

/// So many questions in vain are fine.
const FEW: u32 = 3;

/// What is asked, at which line.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Question {
    /// To take something at once, or to give it.
    Try,
    /// Whether this task is alive.
    Alive(TaskId),
    /// What time it is.
    Clock,
    /// What a cell holds.
    Cell(u32),
    /// How many there are.
    Number,
}

/// How an answer is to be understood.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Answer {
    NotYet,
    /// It only means something beside others.
    Number(u64),
}

/// What an event means for the questions of its task.
enum Meaning {
    Asks(Question, Answer),
    /// Prints: not the end of asking, but somebody who reads numbers and prints them does not wait.
    Prints,
    /// Passes time, or prepares the next question.
    Nothing,
    /// Gets on, or really waits.
    GetsOn,
}

type Key<'a> = (Option<&'a Site>, Option<ObjectId>, Question);

/// The questions that a task has asked in vain.
#[derive(Default)]
struct Asking<'a> {
    asked: BTreeMap<Key<'a>, (Answer, u32)>,
    /// The lock that it waits for, if it did nothing since.
    waits_for: Option<ObjectId>,
}

/// The worst that was asked: how often, by whom, where.
type Worst<'a> = Option<(u32, TaskId, Option<&'a Site>)>;

/// The task that polls, if one does.
pub fn polls(run: &Run) -> Option<Found> {
    if run.end != End::Finished {
        return None;
    }
    let mut tasks: BTreeMap<TaskId, Asking> = BTreeMap::new();
    let mut worst: Worst = None;
    for event in &run.events {
        let asking = tasks.entry(event.task).or_default();
        if let Some(count) = asking.note(run, event)
            && count > FEW
            && worst.is_none_or(|(most, ..)| count > most)
        {
            worst = Some((count, event.task, event.at.as_ref()));
        }
    }
    let (count, task, at) = worst?;
    let line = at.map_or(String::new(), |at| format!(" in line {}", at.line));
    let who = name(run, task);
    let message = format!("{who} asked {count} times in vain{line}, instead of waiting");
    Some(found(Verdict::Requirement, message, at))
}

impl<'a> Asking<'a> {
    /// Takes note of an event; returns how often was asked in vain, where that is now known.
    fn note(&mut self, run: &Run, event: &'a Event) -> Option<u32> {
        let waited_for = self.waits_for.take();
        match meaning(run, event, waited_for) {
            Meaning::Asks(question, answer) => {
                let key = (event.at.as_ref(), event.object, question);
                return self.ask(key, answer);
            }
            Meaning::Prints => {
                let is_plain = |answer: &Answer| *answer == Answer::NotYet;
                self.asked.retain(|_, (answer, _)| is_plain(answer));
            }
            Meaning::GetsOn => self.asked.clear(),
            Meaning::Nothing if event.what == What::Blocked => self.waits_for = event.object,
            Meaning::Nothing => {}
        }
        // Whoever takes a thing has not asked for it in vain.
        if event.what == What::Acquired {
            let tries = |key: &Key| key.1 == event.object && key.2 == Question::Try;
            self.asked.retain(|key, _| !tries(key));
        }
        None
    }

    fn ask(&mut self, key: Key<'a>, answer: Answer) -> Option<u32> {
        let (before, count) = self.asked.get(&key).copied().unwrap_or((answer, 0));
        let same = before == answer;
        self.asked
            .insert(key, (answer, if same { count + 1 } else { 1 }));
        match answer {
            Answer::NotYet => Some(count + 1),
            Answer::Number(_) => (!same).then_some(count),
        }
    }
}

fn meaning(run: &Run, event: &Event, waited_for: Option<ObjectId>) -> Meaning {
    use Meaning::{Asks, GetsOn, Nothing, Prints};
    let kind = event.object.and_then(|object| run.objects.get(object));
    let kind = kind.map(|object| object.kind);
    let not_yet = |question| Asks(question, Answer::NotYet);
    let is_lock = matches!(
        kind,
        Some(ObjectKind::Lock | ObjectKind::RLock | ObjectKind::Value)
    );
    match event.what {
        // The end of a wait with a time limit.
        What::WouldBlock if waited_for.is_some() && waited_for == event.object => GetsOn,
        What::WouldBlock if is_lock || kind == Some(ObjectKind::Semaphore) => {
            not_yet(Question::Try)
        }
        What::Act(Act::Empty | Act::Full, _) => not_yet(Question::Try),
        What::Act(Act::Looked, 0) if kind == Some(ObjectKind::Event) => not_yet(Question::Number),
        What::Act(Act::Looked, number) => Asks(Question::Number, Answer::Number(number)),
        What::IsAlive(task, true) => not_yet(Question::Alive(task)),
        What::Read(index, bits) => Asks(Question::Cell(index), Answer::Number(bits)),
        What::Clock => not_yet(Question::Clock),
        // A wait for a lock is no wait for what is asked while it is held.
        What::Blocked if is_lock => Nothing,
        What::Acquired | What::Released if is_lock => Nothing,
        What::Sleep(_) | What::Yield | What::Random => Nothing,
        What::Enter(_) | What::Leave(_) => Nothing,
        What::Print(..) => Prints,
        _ => GetsOn,
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::super::build::RunBuilder;
    use super::*;

    const SECOND: What = What::Sleep(Duration::from_secs(1));

    /// A run in which task 1 does `step` so many times, at lines 40 and following, on object 0.
    fn repeated(kind: ObjectKind, times: u32, step: &[What]) -> RunBuilder {
        let mut run = RunBuilder::new(1).object(kind, "x");
        for _ in 0..times {
            for (line, what) in (40..).zip(step) {
                run = run.event_at(1, what.clone(), line, Some(0));
            }
        }
        run
    }

    fn told(run: RunBuilder) -> Option<String> {
        polls(&run.run()).map(|found| found.finding.message)
    }

    #[test]
    fn whoever_asks_again_and_again_polls() {
        use ObjectKind::{Event, Lock, Queue, Semaphore};
        for (kind, step) in [
            (Lock, vec![What::WouldBlock]),
            (Semaphore, vec![What::WouldBlock, What::Yield]),
            (Queue, vec![What::Act(Act::Empty, 0), SECOND]),
            (Queue, vec![What::Act(Act::Full, 0), What::Random, SECOND]),
            (Event, vec![What::Act(Act::Looked, 0), What::Print(0, 1)]),
            (Lock, vec![What::IsAlive(1, true), SECOND]),
            (Lock, vec![What::Clock]),
            (
                Lock,
                vec![What::IsAlive(1, true), What::Acquired, What::Released],
            ),
        ] {
            assert_eq!(told(repeated(kind, 3, &step)), None, "{step:?}");
            let message = "Process-1 asked 7 times in vain in line 40, instead of waiting";
            let found = told(repeated(kind, 7, &step));
            assert_eq!(found.as_deref(), Some(message), "{step:?}");
        }
    }

    #[test]
    fn reading_a_value_is_asking_only_if_it_changes_at_last() {
        let reads = |times| repeated(ObjectKind::Value, times, &[What::Read(0, 5), SECOND]);
        let changed = |run: RunBuilder| run.event_at(1, What::Read(0, 6), 40, Some(0));
        assert_eq!(told(reads(20)), None);
        assert_eq!(told(changed(reads(3))), None);
        assert!(told(changed(reads(4))).is_some_and(|told| told.contains("4 times")));
        let elsewhere = reads(9).event_at(1, What::Read(0, 6), 50, Some(0));
        assert_eq!(told(elsewhere), None);
        let printed = [What::Read(0, 5), What::Print(0, 1)];
        let printed = repeated(ObjectKind::Value, 9, &printed);
        assert_eq!(told(changed(printed)), None);
        let locked = [What::Acquired, What::Read(0, 5), What::Released, SECOND];
        let locked = repeated(ObjectKind::Value, 9, &locked);
        let last = locked.event_at(1, What::Read(0, 6), 41, Some(0));
        assert!(told(last).is_some());
    }

    #[test]
    fn who_waits_or_gets_on_in_between_does_not_poll() {
        use ObjectKind::{Condition, Event, Lock, Queue};
        for (kind, step) in [
            // With a time limit.
            (Lock, vec![What::Blocked, What::WouldBlock]),
            (Event, vec![What::Blocked, What::WouldBlock]),
            (Queue, vec![What::Blocked, What::Act(Act::Empty, 0)]),
            // In vain, then in earnest.
            (Lock, vec![What::WouldBlock, What::Blocked, What::Acquired]),
            (
                Queue,
                vec![
                    What::Act(Act::Full, 0),
                    What::Blocked,
                    What::Act(Act::Put, 1),
                ],
            ),
            (Queue, vec![What::Act(Act::Empty, 0), What::Updated(0, 1)]),
            // `while` around the wait of a condition.
            (
                Condition,
                vec![What::Act(Act::Looked, 2), What::Blocked, What::WouldBlock],
            ),
            (
                Lock,
                vec![What::IsAlive(1, true), What::JoinWait(1), What::Joined(1)],
            ),
        ] {
            let run = repeated(kind, 9, &step).event_at(1, What::Act(Act::Looked, 3), 40, Some(0));
            assert_eq!(told(run), None, "{step:?}");
        }
    }

    #[test]
    fn tasks_lines_and_objects_are_counted_by_themselves() {
        let mut run = RunBuilder::new(3).lock("a").lock("b");
        for (task, line, object) in [(1, 40, 0), (2, 40, 0), (1, 41, 0), (1, 40, 1)] {
            for _ in 0..3 {
                run = run.event_at(task, What::WouldBlock, line, Some(object));
            }
        }
        assert_eq!(told(run), None);
    }

    #[test]
    fn a_run_that_did_not_end_shows_nothing() {
        let run = repeated(ObjectKind::Lock, 9, &[What::WouldBlock]);
        assert_eq!(told(run.deadlock(vec![], vec![])), None);
    }
}
