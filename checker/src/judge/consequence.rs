//! Consequential panics: those that say only that another task panicked. The original panic is what
//! one wants to know.

use sched_model::run::{Event, Run, Site, Task, TaskId, What};

use super::unwound::panicked;
use super::{Found, first_line, found, is_thread, name};
use crate::facts::Verdict;
use crate::facts::fact::{Ended, Fact, Label};
use crate::facts::said::{POISONED, SCOPED, UNWRAPPED};

/// The original panic of another task, if the panic of the task `id` is only its consequence.
pub fn of_another(run: &Run, id: TaskId, message: &str, at: Option<&Site>) -> Option<Found> {
    let task = run.tasks.get(id)?;
    passed_on(run, task, message, at).or_else(|| poisoned(run, id, message, at))
}

/// The process whose panic is the reason why the task `id` ended: the last thing that this one did
/// was to see the other's end.
pub fn of_a_child(run: &Run, id: TaskId) -> Option<TaskId> {
    let own = run.events.iter().filter(|event| event.task == id);
    let own: Vec<&Event> = own.collect();
    let panics = run.tasks.get(id)?.panic.is_some();
    let end = own.iter().rposition(|event| match event.what {
        What::Panic => panics,
        What::Exit(_) => !panics,
        _ => false,
    })?;
    // The joins at the end are in no line of the program's.
    let in_a_line = |event: &&&Event| event.at.as_ref().is_none_or(|at| !at.is_ours());
    let What::Joined(child) = own[..end].iter().rev().find(in_a_line)?.what else {
        return None;
    };
    let task = run.tasks.get(child)?;
    // A child is younger than its parent, so whoever follows this comes to an end.
    (panicked(task) && !is_thread(child, task) && child > id).then_some(child)
}

/// A panic of whoever joined a thread, which says only that the thread panicked: the thread's own
/// is reported.
fn passed_on(run: &Run, task: &Task, message: &str, at: Option<&Site>) -> Option<Found> {
    if message != SCOPED && !message.contains(UNWRAPPED) {
        return None;
    }
    let of_it = |&(id, other): &(TaskId, &Task)| {
        is_thread(id, other) && other.process == task.process && other.joined
    };
    let mut threads = run.tasks.iter().enumerate().filter(of_it);
    let (id, (said, place)) = threads.find_map(|(id, it)| Some((id, it.panic.as_ref()?)))?;
    let ended = Ended::Panicked(name(run, id), Some(first_line(said)));
    let mut found = found(Verdict::Panic, Fact::Ended(ended), place.as_ref());
    let panics = |event: &Event| event.task == id && event.what == What::Panic;
    found.about.until = run.events.iter().rposition(panics);
    found.about.task(id);
    found.label(at, Label::PanickedToo(task.name.clone()));
    Some(found)
}

/// A panic that says only that somebody panicked while holding a lock: that panic is reported. It
/// may not have reached its end, nor its message, when the process ended.
fn poisoned(run: &Run, id: TaskId, message: &str, at: Option<&Site>) -> Option<Found> {
    if !message.contains(POISONED) {
        return None;
    }
    let process = run.tasks.get(id)?.process;
    let mut events = run.events.iter().enumerate();
    let (index, event) = events.find(|(_, event)| {
        let of_it = run.tasks.get(event.task).map(|task| task.process) == Some(process);
        event.what == What::Panic && of_it
    })?;
    if event.task == id {
        return None;
    }
    let thread = run.tasks.get(event.task)?;
    let said = thread.panic.as_ref().map(|(said, _)| said);
    let said = said.filter(|said| !said.is_empty());
    let ended = Ended::Panicked(thread.name.clone(), said.map(|it| first_line(it)));
    let mut found = found(Verdict::Panic, Fact::Ended(ended), event.at.as_ref());
    found.about.until = Some(index);
    found.about.task(event.task);
    found.label(at, Label::FoundPoisoned(name(run, id)));
    Some(found)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::judge::build::RunBuilder;

    #[test]
    fn a_child_is_the_reason_only_where_its_end_was_seen_just_before() {
        let child = || RunBuilder::new(1).panic(1, "no").panic(0, "no, too");
        let seen = || child().event_at(0, What::Joined(1), 8, None);
        let reason = |run: RunBuilder| of_a_child(&run.run(), 0);
        assert_eq!(reason(seen().event(0, What::Panic)), Some(1));
        assert_eq!(
            reason(seen().event(0, What::Clock).event(0, What::Panic)),
            None
        );
        let at_the_end = child()
            .event(0, What::Panic)
            .event_at(0, What::Joined(1), 8, None);
        assert_eq!(reason(at_the_end.event(0, What::Exit(101))), None);
        let exits = |run: RunBuilder| reason(run.change(0, |main| main.panic = None));
        assert_eq!(exits(seen().event(0, What::Exit(101))), Some(1));
        assert_eq!(exits(seen()), None);
    }

    #[test]
    fn of_a_poisoned_lock_the_panic_that_poisoned_it_is_told_also_without_its_message() {
        let poisoned = "called `Result::unwrap()` on an `Err` value: PoisonError { .. }";
        let run = || {
            RunBuilder::new(2)
                .thread(1, 0)
                .event_at(1, What::Panic, 7, None)
        };
        let told = |run: &Run| of_another(run, 0, poisoned, None).map(|it| it.finding);
        let finding = told(&run().event(0, What::Panic).run()).expect("a panic of another");
        let ended = Ended::Panicked("Process-1".to_owned(), None);
        assert_eq!(finding.fact, Fact::Ended(ended));
        assert_eq!(finding.at.expect("a line").line, 7);
        // Nobody else did: then it is main's own.
        assert_eq!(told(&RunBuilder::new(2).event(0, What::Panic).run()), None);
        // Another process cannot have poisoned it.
        let other = RunBuilder::new(2).event_at(1, What::Panic, 7, None);
        assert_eq!(told(&other.event(0, What::Panic).run()), None);
    }
}
