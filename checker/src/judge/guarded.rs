//! What is done only while a lock is held, or only while it is not, where the exercise asks for that.

use std::collections::BTreeSet;

use sched_model::run::{Event, ObjectId, Run, TaskId, What};

use super::namesake::is_meant;
use super::{Found, LINE_CHARS, found, name, shortened};
use crate::course::require::{Held, NotHeld};
use crate::facts::Verdict;
use crate::facts::fact::{Fact, Guarded, Unmet};

/// For each of those who ask, the first time that the lock was not held. Who is alone needs no
/// lock: only what is done while another task lives counts. The program is as it was given from line
/// `given` on.
pub fn unheld(asked: &[Held], run: &Run, given: u32) -> Vec<Found> {
    let first = |asked| first(asked, run, given);
    asked.iter().filter_map(first).collect()
}

fn first(asked: &Held, run: &Run, given: u32) -> Option<Found> {
    let mut alive = BTreeSet::from([0]);
    let mut held: Vec<Taken> = Vec::new();
    // Where no lock is named, those that were held each time.
    let mut common: Option<BTreeSet<ObjectId>> = None;
    for (index, event) in run.events.iter().enumerate() {
        note(index, event, &mut alive, &mut held);
        let Some(act) = act(asked, run, given, event).filter(|_| has_others(run, event, &alive))
        else {
            continue;
        };
        let mine = held.iter().filter(|it| it.task == event.task);
        let mut mine: BTreeSet<ObjectId> = mine.map(|it| it.object).collect();
        match &asked.lock {
            Some(lock) => mine.retain(|it| is_meant(run, *it, lock, given)),
            None => mine.retain(|it| common.as_ref().is_none_or(|common| common.contains(it))),
        }
        if mine.is_empty() {
            let unmet = Unmet::Unheld(name(run, event.task), act, asked.lock.clone());
            let mut found = found(Verdict::Requirement, Fact::Unmet(unmet), event.at.as_ref());
            found.about.event(run, index);
            found.about.object(event.object);
            found.about.prints |= matches!(event.what, What::Print(..));
            return Some(found);
        }
        common = Some(mine);
    }
    None
}

/// For each of those who ask, the first time that a lock was held; the place is where it was taken.
pub fn held_in(asked: &[NotHeld], run: &Run, given: u32) -> Vec<Found> {
    let first = |asked| first_held(asked, run, given);
    asked.iter().filter_map(first).collect()
}

fn first_held(asked: &NotHeld, run: &Run, given: u32) -> Option<Found> {
    let mut alive = BTreeSet::from([0]);
    let mut held: Vec<Taken> = Vec::new();
    for (index, event) in run.events.iter().enumerate() {
        note(index, event, &mut alive, &mut held);
        let enters = matches!(&event.what, What::Enter(section) if *section == asked.section);
        if !enters || !has_others(run, event, &alive) {
            continue;
        }
        let is_lock = |object| match &asked.lock {
            Some(lock) => is_meant(run, object, lock, given),
            None => run.events.iter().any(|it| {
                it.object == Some(object) && it.task != event.task && it.what == What::Acquired
            }),
        };
        let mut mine = held.iter().filter(|it| it.task == event.task);
        if let Some(taken) = mine.find(|it| is_lock(it.object)) {
            let (task, lock) = (
                name(run, event.task),
                run.objects[taken.object].name.clone(),
            );
            let unmet = Unmet::HeldIn(task, asked.section.clone(), lock);
            let at = run.events[taken.event].at.as_ref();
            let mut found = found(Verdict::Requirement, Fact::Unmet(unmet), at);
            found.about.event(run, taken.event);
            found.about.event(run, index);
            found.about.object(Some(taken.object));
            return Some(found);
        }
    }
    None
}

/// Whether another task lives.
fn has_others(run: &Run, event: &Event, alive: &BTreeSet<TaskId>) -> bool {
    alive.iter().any(|&it| it != event.task && !run.serves(it))
}

/// A lock that is held.
struct Taken {
    object: ObjectId,
    task: TaskId,
    /// Since this event.
    event: usize,
}

/// Who lives and who holds what after an event.
fn note(index: usize, event: &Event, alive: &mut BTreeSet<TaskId>, held: &mut Vec<Taken>) {
    match (&event.what, event.object) {
        (What::Start(task), _) => drop(alive.insert(*task)),
        (What::Exit(_), _) => drop(alive.remove(&event.task)),
        (What::Acquired, Some(object)) => held.push(Taken {
            object,
            task: event.task,
            event: index,
        }),
        // Some locks may be given back by another task.
        (What::Released, Some(object)) => {
            if let Some(at) = held.iter().rposition(|it| it.object == object) {
                held.remove(at);
            }
        }
        _ => {}
    }
}

/// What the event does of that for which the lock must be held.
fn act(asked: &Held, run: &Run, given: u32, event: &Event) -> Option<Guarded> {
    match event.what {
        What::Wrote(..) | What::Updated(..) => {
            let object = event.object?;
            let asks = |name: &&String| is_meant(run, object, name, given);
            let changed = asked.changed.iter().find(asks);
            changed.cloned().map(Guarded::Changed)
        }
        What::Print(first, count) => {
            let lines = run.output.iter().skip(first).take(count);
            let asks = |text: &str| asked.printed.iter().any(|part| text.contains(part));
            let line = lines.map(|line| &line.text).find(|text| asks(text))?;
            Some(Guarded::Printed(shortened(line, LINE_CHARS)))
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use sched_model::run::ObjectKind;

    use super::super::build::{self, RunBuilder};
    use super::*;

    /// Two processes, two locks, and a number.
    fn kitchen() -> RunBuilder {
        let objects = RunBuilder::new(2).lock("table").lock("oven");
        objects.object(ObjectKind::Value, "dough")
    }

    fn both_live(run: RunBuilder) -> RunBuilder {
        run.event(0, What::Start(1)).event(0, What::Start(2))
    }

    fn takes(run: RunBuilder, task: TaskId, lock: usize) -> RunBuilder {
        run.event_at(task, What::Acquired, 10, Some(lock))
    }

    fn gives(run: RunBuilder, task: TaskId, lock: usize) -> RunBuilder {
        run.event_at(task, What::Released, 12, Some(lock))
    }

    fn changes(run: RunBuilder, task: TaskId) -> RunBuilder {
        run.event_at(task, What::Wrote(0, 5), 11, Some(2))
    }

    fn says(run: RunBuilder, task: TaskId, line: usize) -> RunBuilder {
        let run = run.print(task, "it is done");
        run.event(task, What::Print(line, 1))
    }

    fn told(lock: Option<&str>, run: RunBuilder) -> Vec<String> {
        let asked = Held {
            lock: lock.map(str::to_owned),
            changed: vec!["dough".to_owned()],
            printed: vec!["done".to_owned()],
        };
        let found = unheld(&[asked], &run.run(), 0);
        found.iter().map(build::told).collect()
    }

    #[test]
    fn who_holds_the_lock_may_do_it() {
        let run = says(changes(takes(both_live(kitchen()), 1, 0), 1), 1, 0);
        let run = takes(takes(gives(run, 1, 0), 2, 1), 2, 0);
        let run = says(changes(run, 2), 2, 1).event_at(1, What::Read(0, 6), 13, Some(2));
        assert_eq!(told(Some("table"), run), Vec::<String>::new());
    }

    #[test]
    fn who_does_not_hold_it_may_not() {
        let run = || both_live(kitchen());
        for (run, says) in [
            (changes(takes(run(), 1, 0), 2), "Process-2 changed dough"),
            (changes(takes(run(), 1, 1), 1), "Process-1 changed dough"),
            (
                changes(gives(takes(run(), 1, 0), 1, 0), 1),
                "Process-1 changed dough",
            ),
            (says(run(), 1, 0), "Process-1 printed \"it is done\""),
        ] {
            let says = format!("{says} without holding table");
            assert_eq!(told(Some("table"), run), [says]);
        }
    }

    #[test]
    fn a_lock_without_a_name_is_the_same_one_each_time() {
        let both = || takes(takes(both_live(kitchen()), 1, 0), 1, 1);
        let one = || gives(gives(says(both(), 1, 0), 1, 1), 1, 0);
        let first = || gives(says(takes(one(), 2, 1), 2, 1), 2, 1);
        let same = says(takes(first(), 1, 1), 1, 2);
        assert_eq!(told(None, same), Vec::<String>::new());
        // The first two agree on the oven alone.
        for other in [says(takes(first(), 1, 0), 1, 2), says(first(), 1, 2)] {
            let told = told(None, other);
            assert_eq!(told.len(), 1, "{told:?}");
            assert!(told[0].contains("Process-1") && told[0].contains("no lock"));
        }
    }

    #[test]
    fn who_works_may_not_hold_what_others_need() {
        let eats = |run: RunBuilder| run.event_at(1, What::Enter("eat".to_owned()), 20, None);
        let told = |lock: Option<&str>, run: RunBuilder| {
            let asked = NotHeld {
                section: "eat".to_owned(),
                lock: lock.map(str::to_owned),
            };
            let found = held_in(&[asked], &run.run(), 0);
            found.iter().map(build::told).collect::<Vec<_>>()
        };
        let by_another = || gives(takes(both_live(kitchen()), 2, 0), 2, 0);
        let takes = || takes(by_another(), 1, 0);
        for lock in [Some("table"), None] {
            let says = "Process-1 held table when it began to eat";
            assert_eq!(told(lock, eats(takes())), [says]);
            assert!(told(lock, eats(gives(takes(), 1, 0))).is_empty());
        }
        assert!(told(Some("oven"), eats(takes())).is_empty());
        // A lock that nobody else takes keeps nobody waiting.
        let own = super::tests::takes(by_another(), 1, 1);
        assert!(told(None, eats(own)).is_empty());
    }

    #[test]
    fn who_is_alone_needs_no_lock() {
        let run = changes(kitchen(), 0).event(0, What::Start(1));
        let run = says(changes(run.event(1, What::Exit(0)), 0), 0, 0);
        assert_eq!(told(Some("table"), run), Vec::<String>::new());
    }
}
