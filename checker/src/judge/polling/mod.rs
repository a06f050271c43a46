//! Asking in vain: a task comes back to the same question, with the same answer, and has done nothing
//! in between that others can see.
//!
//! It does not matter how it asks: a look at a value, a length or a flag, a try, a wait or a join
//! whose limit ran out; nor how it passes the time between: at once, by yielding, by sleeping. What
//! an event is in this sense is said in [`mod@meaning`], for all of them.
//!
//! A right program must never be blamed:
//!
//! - A few questions are fine, and so they are again after each deed that others can see, and after
//!   each wait that ended because somebody did what was waited for.
//! - A question that returns a number counts only if the number is another one in the end: whoever
//!   reads what never changes waits for nothing.
//! - A limit that runs out counts only in a run in which nobody was delayed: elsewhere it says more
//!   about the delays than about the program. And to wait for a long while is to wait.
//!
//! A limit can also stand in for a notification that never comes. Then each wait is nothing but a
//! sleep, and it may well end after the first. So besides questions in a row, these are counted over
//! the whole run: a question in vain, a sleep (or a wait for something that nobody ever tells), and
//! at the next look it has come.

pub mod meaning;

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use sched_model::run::{Act, End, Event, FileAct, ObjectId, Run, Site, TaskId, What};

use self::meaning::{Answer, Awaited, Question};
pub use self::meaning::{Meaning, meaning};
use super::{Found, found, line, name};
use crate::facts::Verdict;
use crate::facts::fact::{Fact, Unmet};

/// So many times the same answer is fine, one after the other. It is no more than a task may ask in
/// a row before it steps back, in a run that keeps nobody waiting.
const FEW: u32 = sched_model::limits::PATIENCE;
/// So many looks at the clock are fine.
const FEW_TIMES: u32 = 8;
/// Whoever waits for as long as this does not ask again and again, as long as somebody tells.
const LONG: Duration = Duration::from_secs(1);
/// So often in a run something may have come while its task slept.
const FEW_SLEEPS: u32 = 3;

type Key<'a> = (Option<&'a Site>, Option<ObjectId>, Question);

/// How a question was answered lately.
struct Row {
    answer: Answer,
    /// How often in a row.
    times: u32,
    /// Whether its task has slept since.
    slept: bool,
    /// Whether it was in vain before a sleep, and was not after it.
    came_in_sleep: bool,
}

/// What a task asks.
#[derive(Default)]
struct Asking<'a> {
    rows: BTreeMap<Key<'a>, Row>,
    /// How often in the whole run what was asked for had come while the task slept.
    came_in_sleep: BTreeMap<Key<'a>, u32>,
    /// What it waits for, and since when, if it did nothing since.
    waits: Option<(Awaited, Duration)>,
    /// What it has taken and not given back.
    taken: BTreeMap<Option<ObjectId>, u32>,
    /// The file that it read from last, if it did nothing since.
    reads: Option<ObjectId>,
}

/// What holds for a run as a whole.
struct Whole<'a> {
    run: &'a Run,
    /// The objects at which somebody tells others something.
    told_at: BTreeSet<Option<ObjectId>>,
}

/// The worst case of polling: how often, by whom, where.
type Worst<'a> = Option<(u32, TaskId, Option<&'a Site>)>;

/// The task that polls, if one does.
pub fn polls(run: &Run) -> Option<Found> {
    if run.end != End::Finished {
        return None;
    }
    let tells = |event: &&Event| {
        let notifies = matches!(event.what, What::Act(Act::Notified, _));
        notifies || matches!(meaning(run, event), Meaning::Does | Meaning::GivesBack)
    };
    let told_at = run.events.iter().filter(tells).map(|it| it.object);
    let whole = Whole {
        run,
        told_at: told_at.collect(),
    };
    let mut tasks: BTreeMap<TaskId, Asking> = BTreeMap::new();
    let mut worst: Worst = None;
    for event in &run.events {
        let asking = tasks.entry(event.task).or_default();
        if let Some((count, at)) = asking.note(&whole, event)
            && worst.is_none_or(|(most, ..)| count > most)
        {
            worst = Some((count, event.task, at));
        }
    }
    let (count, task, at) = worst?;
    let polls = Unmet::Polls(name(run, task), count, line(at));
    let mut found = found(Verdict::Requirement, Fact::Unmet(polls), at);
    let here = |event: &&Event| event.task == task && event.at.as_ref() == at;
    let asks = run.events.iter().filter(here).map(|event| event.object);
    asks.for_each(|object| found.about.object(object));
    found.about.task(task);
    found.about.until = run.events.iter().rposition(|event| here(&event));
    Some(found)
}

/// How often a question was asked, and where, if that is too often.
type TooOften<'a> = Option<(u32, Option<&'a Site>)>;

impl<'a> Asking<'a> {
    /// Takes an event into account.
    fn note(&mut self, whole: &Whole, event: &'a Event) -> TooOften<'a> {
        let waited = self.waits.take();
        let read = self.reads.take();
        let mut meaning = meaning(whole.run, event);
        if let (Meaning::Asks(Question::File(FileAct::Read), _), Some(file)) =
            (meaning, event.object)
        {
            self.reads = Some(file);
            if read == Some(file) {
                // It reads on.
                meaning = Meaning::Nothing;
            }
        }
        let told = match waited {
            None => None,
            Some((what, _)) if !ran_out(what, event, meaning) => self.gets_on(event),
            Some(_) if !whole.run.timing => return self.gets_on(event),
            Some((Awaited::Object(object), _)) if !whole.told_at.contains(&object) => {
                self.sleeps();
                None
            }
            Some((_, since)) if event.time.saturating_sub(since) >= LONG => {
                return self.gets_on(event);
            }
            Some(_) => None,
        };
        told.max(self.follows(event, meaning))
    }

    fn follows(&mut self, event: &'a Event, meaning: Meaning) -> TooOften<'a> {
        match meaning {
            Meaning::Asks(question, answer) => {
                return self.ask((event.at.as_ref(), event.object, question), answer);
            }
            Meaning::Waits(what) => self.waits = Some((what, event.time)),
            Meaning::Sleeps => self.sleeps(),
            Meaning::Takes => {
                *self.taken.entry(event.object).or_default() += 1;
                return self.has(event.object);
            }
            Meaning::GivesBack => match self.taken.get_mut(&event.object) {
                Some(taken) if *taken > 0 => *taken -= 1,
                _ => return self.gets_on(event),
            },
            Meaning::Does => return self.gets_on(event),
            Meaning::Nothing => {}
        }
        None
    }

    fn sleeps(&mut self) {
        self.rows.values_mut().for_each(|row| row.slept = true);
    }

    /// It took this: whatever it tried, it has not tried in vain.
    fn has(&mut self, object: Option<ObjectId>) -> TooOften<'a> {
        let tried = |key: &Key| key.1 == object && key.2 == Question::Try;
        for (_, row) in self.rows.iter_mut().filter(|(key, _)| tried(key)) {
            row.times = 0;
            row.came_in_sleep |= std::mem::take(&mut row.slept);
        }
        None
    }

    /// It did something that others can see, or was told what it waited for: all that it asked
    /// before has come to an end.
    fn gets_on(&mut self, event: &Event) -> TooOften<'a> {
        let mut worst = None;
        for (key, row) in std::mem::take(&mut self.rows) {
            // Taking a message answers the question whether there is one.
            let answered = key.0 == event.at.as_ref() && key.1 == event.object;
            if row.came_in_sleep || row.slept && answered {
                let times = self.came_in_sleep.entry(key).or_default();
                *times += 1;
                worst = worst.max((*times > FEW_SLEEPS).then_some((*times, key.0)));
            }
        }
        worst
    }

    fn ask(&mut self, key: Key<'a>, answer: Answer) -> TooOften<'a> {
        let row = self.rows.entry(key).or_insert(Row {
            answer,
            times: 0,
            slept: false,
            came_in_sleep: false,
        });
        let slept = std::mem::take(&mut row.slept);
        let (before, times) = (std::mem::replace(&mut row.answer, answer), row.times);
        if before != answer {
            row.came_in_sleep = slept;
            row.times = 1;
            // It waited for another number.
            let seen = matches!(before, Answer::Seen(_));
            return (seen && times > FEW).then_some((times, key.0));
        }
        row.times += 1;
        let few = if key.2 == Question::Clock {
            FEW_TIMES
        } else {
            FEW
        };
        let in_vain = answer == Answer::NotYet && row.times > few;
        in_vain.then_some((row.times, key.0))
    }
}

/// Whether this says that the limit of the wait ran out.
fn ran_out(waited: Awaited, event: &Event, meaning: Meaning) -> bool {
    match (waited, meaning) {
        (Awaited::Object(object), Meaning::Asks(Question::Try, Answer::NotYet)) => {
            event.object == object
        }
        (Awaited::End(task), Meaning::Asks(Question::Ended(ended), Answer::NotYet)) => {
            task == ended
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests;
