//! Asking again and again where a task should wait.
//!
//! There are two kinds of questions. Some say plainly "not yet": a failed `try_acquire` or
//! `get_nowait`, `is_set` that is false, `is_alive` that is true, the clock. Others only return a
//! number, such as reading a value. These count only if the number is a different one in the end,
//! which shows that the task waited for it; a loop that reads what never changes waits for nothing.
//!
//! A right program must never be blamed. So a few questions are fine, and the count starts again at
//! everything that makes progress or really waits. Waiting with a time limit is waiting.
//!
//! Under the scheduler a polling loop looks harmless: a task that asks again while nothing has
//! changed steps back, and finds what it wants at the next look. So steps back are counted as well:
//! those in a row (the same question was asked once more than that), and those of the whole run.
//! Here too, a number must be a different one in the end.

use std::collections::BTreeMap;

use sched_model::kind::Class;
use sched_model::run::{Act, End, Event, ObjectId, ObjectKind, Run, Site, TaskId, What};

use super::{Found, found, name};
use crate::facts::Verdict;
use crate::facts::fact::{Fact, Unmet};

/// So many questions in vain are fine, one after the other.
const FEW: u32 = 2;
/// So many of the same number are fine, before it is another one.
const FEW_NUMBERS: u32 = 3;
/// How many steps back in a row are fine. A task that takes one more than this has asked the same
/// thing `FEW + 1` times, and would have gone on asking if the scheduler had let it.
const FEW_IN_A_ROW: u32 = FEW - 1;
/// So many looks at the clock are fine.
const FEW_TIMES: u32 = 8;
/// How many questions may be asked again in a whole run while nothing has changed.
const FEW_AGAIN: u32 = 3;

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
    /// Prints. This does not end a series of questions, but a task that reads numbers and prints
    /// them is not waiting.
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
    /// How often it was about to ask again while nothing had changed.
    again: BTreeMap<Key<'a>, Again>,
    /// Whether its last event was one; that event did not say which task it asks about.
    about_to_ask: bool,
    /// What it waits for, if it did nothing since.
    waits_for: Option<ObjectId>,
}

/// Steps back from a question.
#[derive(Default)]
struct Again {
    whole_run: u32,
    in_a_row: u32,
}

/// The worst case of polling: how often, by whom, where.
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
            && worst.is_none_or(|(most, ..)| count > most)
        {
            worst = Some((count, event.task, event.at.as_ref()));
        }
    }
    let (count, task, at) = worst?;
    let polls = Unmet::Polls(name(run, task), count, at.map(|at| at.line));
    let mut found = found(Verdict::Requirement, Fact::Unmet(polls), at);
    let here = |event: &&Event| event.task == task && event.at.as_ref() == at;
    let asks = run.events.iter().filter(here).map(|event| event.object);
    asks.for_each(|object| found.about.object(object));
    found.about.task(task);
    found.about.until = run.events.iter().rposition(|event| here(&event));
    Some(found)
}

impl<'a> Asking<'a> {
    /// Takes an event into account; returns how often the task asked in vain, if that is too often.
    fn note(&mut self, run: &Run, event: &'a Event) -> Option<u32> {
        let again = self.note_again(event);
        let waited_for = self.waits_for.take();
        match meaning(run, event, waited_for) {
            Meaning::Asks(question, answer) => {
                let key = (event.at.as_ref(), event.object, question);
                return self.ask(key, answer).max(again);
            }
            Meaning::Prints => {
                let is_plain = |answer: &Answer| *answer == Answer::NotYet;
                self.asked.retain(|_, (answer, _)| is_plain(answer));
                self.breaks_the_row();
            }
            Meaning::GetsOn => {
                self.asked.clear();
                self.breaks_the_row();
            }
            Meaning::Nothing => {}
        }
        if event.what == What::Blocked {
            self.waits_for = event.object;
        }
        // Whoever takes a thing has not asked for it in vain.
        if event.what == What::Acquired {
            let tries = |key: &Key| key.1 == event.object && key.2 == Question::Try;
            self.asked.retain(|key, _| !tries(key));
        }
        again
    }

    /// Counts steps back. One before `is_alive` does not say which task is meant: the next event
    /// does.
    fn note_again(&mut self, event: &'a Event) -> Option<u32> {
        let about_to_ask = std::mem::take(&mut self.about_to_ask);
        let at = event.at.as_ref();
        let known = |key: &&Key| key.0 == at && key.1 == event.object;
        let key = match event.what {
            What::Again if event.object.is_none() => {
                self.about_to_ask = true;
                return None;
            }
            What::Again => *self.asked.keys().find(known)?,
            What::IsAlive(task, _) if about_to_ask => {
                let key = (at, event.object, Question::Alive(task));
                *self.asked.get_key_value(&key)?.0
            }
            _ => return None,
        };
        let again = self.again.entry(key).or_default();
        again.whole_run += 1;
        again.in_a_row += 1;
        // Whether the task waited for a number shows only when the number changes.
        if matches!(self.asked.get(&key), Some((Answer::Number(_), _))) {
            return None;
        }
        let too_often = again.in_a_row > FEW_IN_A_ROW || again.whole_run > FEW_AGAIN;
        too_often.then_some(again.whole_run)
    }

    fn breaks_the_row(&mut self) {
        for again in self.again.values_mut() {
            again.in_a_row = 0;
        }
    }

    fn ask(&mut self, key: Key<'a>, answer: Answer) -> Option<u32> {
        let (before, count) = self.asked.get(&key).copied().unwrap_or((answer, 0));
        let same = before == answer;
        self.asked
            .insert(key, (answer, if same { count + 1 } else { 1 }));
        if matches!(answer, Answer::Number(_)) && !same {
            let again = self.again.remove(&key).unwrap_or_default();
            if again.in_a_row > FEW_IN_A_ROW {
                return Some(count.max(again.in_a_row));
            }
        }
        let (count, few) = match answer {
            Answer::NotYet if key.2 == Question::Clock => (count + 1, FEW_TIMES),
            Answer::NotYet => (count + 1, FEW),
            Answer::Number(_) if same => return None,
            Answer::Number(_) => (count, FEW_NUMBERS),
        };
        (count > few).then_some(count)
    }
}

fn meaning(run: &Run, event: &Event, waited_for: Option<ObjectId>) -> Meaning {
    use Meaning::{Asks, GetsOn, Nothing, Prints};
    let kind = event.object.and_then(|object| run.objects.get(object));
    let kind = kind.map(|object| object.kind);
    let not_yet = |question| Asks(question, Answer::NotYet);
    let is_lock = kind.is_some_and(ObjectKind::is_lock);
    let class = kind.map(ObjectKind::class);
    match event.what {
        // The end of a wait with a time limit.
        What::WouldBlock | What::Act(Act::Empty | Act::Full, _)
            if waited_for.is_some() && waited_for == event.object =>
        {
            GetsOn
        }
        What::WouldBlock if is_lock || class == Some(Class::Permits) => not_yet(Question::Try),
        What::Act(Act::Empty | Act::Full, _) => not_yet(Question::Try),
        What::Act(Act::Looked, 0) if class == Some(Class::Flag) => not_yet(Question::Number),
        What::Act(Act::Looked, number) => Asks(Question::Number, Answer::Number(number)),
        What::IsAlive(task, true) => not_yet(Question::Alive(task)),
        What::Read(index, bits) => Asks(Question::Cell(index), Answer::Number(bits)),
        What::Clock => not_yet(Question::Clock),
        // A wait for a lock is no wait for what is asked while it is held.
        What::Blocked if is_lock => Nothing,
        What::Acquired | What::Released if is_lock => Nothing,
        What::Sleep(_) | What::Yield | What::Random | What::Again => Nothing,
        What::StartFailed(_) => Nothing,
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

    /// How often the worst was asked; the tasks and lines are the same in all of these runs.
    fn told(run: RunBuilder) -> Option<u32> {
        let found = polls(&run.run())?;
        let Fact::Unmet(Unmet::Polls(task, times, Some(40 | 41))) = found.finding.fact else {
            panic!("{:?}", found.finding);
        };
        assert!(task == "Process-1" || task == "main");
        Some(times)
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
            (
                Lock,
                vec![What::IsAlive(1, true), What::Acquired, What::Released],
            ),
        ] {
            assert_eq!(told(repeated(kind, 2, &step)), None, "{step:?}");
            assert_eq!(told(repeated(kind, 7, &step)), Some(7), "{step:?}");
        }
    }

    #[test]
    fn waiting_for_a_time_by_looking_at_the_clock_is_polling() {
        let looks = |times| repeated(ObjectKind::Lock, times, &[What::Clock]);
        assert_eq!(told(looks(8)), None);
        assert!(told(looks(9)).is_some());
        let works = [What::Clock, What::Updated(0, 1)];
        assert_eq!(told(repeated(ObjectKind::Value, 30, &works)), None);
    }

    #[test]
    fn asking_again_while_nothing_has_changed_counts_over_the_whole_run() {
        let (empty, got) = (What::Act(Act::Empty, 0), What::Act(Act::Got, 1));
        // Each message is looked for in vain once, and found at the next look.
        let run = |times, step: &[What]| {
            let mut run = RunBuilder::new(1).object(ObjectKind::Queue, "x");
            for _ in 0..times {
                for what in step {
                    run = run.event_at(1, what.clone(), 40, Some(0));
                }
            }
            run
        };
        let spins = [empty.clone(), What::Again, got.clone()];
        assert_eq!(told(run(3, &spins)), None);
        assert_eq!(told(run(4, &spins)), Some(4));
        assert_eq!(told(run(9, &[empty.clone(), got])), None);
        let waits = [empty, What::Blocked, What::Again, What::Act(Act::Got, 1)];
        assert_eq!(told(run(9, &waits)), None);
    }

    #[test]
    fn a_question_that_waits_for_a_while_is_no_polling() {
        // `while !pipe.poll(a_while) {}`: the scheduler lets others go first before the next one.
        let waits = [What::Blocked, What::Act(Act::Empty, 0), What::Again];
        assert_eq!(told(repeated_in_one_line(9, &waits)), None);
        let asks = [What::Act(Act::Empty, 0), What::Again];
        assert!(told(repeated_in_one_line(9, &asks)).is_some());
    }

    /// A run in which task 1 does `step` so many times at one line.
    fn repeated_in_one_line(times: u32, step: &[What]) -> RunBuilder {
        let mut run = RunBuilder::new(1).object(ObjectKind::Pipe, "x");
        for what in (0..times).flat_map(|_| step) {
            run = run.event_at(1, what.clone(), 40, Some(0));
        }
        run
    }

    #[test]
    fn stepping_back_twice_in_a_row_is_asking_three_times() {
        let (no, yes) = (What::Act(Act::Looked, 0), What::Act(Act::Looked, 1));
        let run = |between: &[What]| {
            let mut run = RunBuilder::new(1).object(ObjectKind::Event, "bell");
            for what in [no.clone(), What::Again, no.clone()] {
                run = run.event_at(1, what, 40, Some(0));
            }
            for what in between {
                run = run.event_at(1, what.clone(), 41, None);
            }
            let run = run.event_at(1, What::Again, 40, Some(0));
            told(run.event_at(1, yes.clone(), 40, Some(0)))
        };
        assert_eq!(run(&[]), Some(2));
        assert_eq!(run(&[SECOND]), Some(2));
        assert_eq!(run(&[What::Updated(0, 1)]), None);
    }

    #[test]
    fn stepping_back_from_a_number_counts_once_it_is_another_one() {
        let run = |last| {
            let mut run = RunBuilder::new(1).object(ObjectKind::Value, "turn");
            let seen = [(true, 5), (true, 5), (false, last)];
            for (again, bits) in seen {
                run = run.event_at(1, What::Read(0, bits), 40, Some(0));
                if again {
                    run = run.event_at(1, What::Again, 40, Some(0));
                }
            }
            told(run)
        };
        assert_eq!(run(6), Some(2));
        assert_eq!(run(5), None);
    }

    #[test]
    fn asking_whether_each_of_many_is_alive_is_no_polling() {
        let all = |rounds| {
            let mut run = RunBuilder::new(9);
            for _ in 0..rounds {
                for child in 1..=9 {
                    run = run.event_at(0, What::Again, 40, None);
                    run = run.event_at(0, What::IsAlive(child, true), 40, None);
                }
            }
            run
        };
        assert_eq!(told(all(1)), None);
        assert!(told(all(9)).is_some());
    }

    #[test]
    fn reading_a_value_is_asking_only_if_it_changes_at_last() {
        let reads = |times| repeated(ObjectKind::Value, times, &[What::Read(0, 5), SECOND]);
        let changed = |run: RunBuilder| run.event_at(1, What::Read(0, 6), 40, Some(0));
        assert_eq!(told(reads(20)), None);
        assert_eq!(told(changed(reads(3))), None);
        assert_eq!(told(changed(reads(4))), Some(4));
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
            for _ in 0..2 {
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
