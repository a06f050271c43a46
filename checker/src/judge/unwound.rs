//! What the unwinding of a panic did that others can see, and whether somebody learned of it: a guard
//! that sends, sets or starts something, the last end of a channel that is dropped.

use sched_model::limits::{ABORTED, PANICKED};
use sched_model::run::{Act, Event, Run, Site, Task, TaskId, What};

use super::polling::{Meaning, meaning};

/// Whether the program uses what a call at this place returns.
pub type Uses<'a> = &'a dyn Fn(&Site) -> bool;

/// Whether a task ended as after a panic. A panic that cannot unwind aborts; who aborts otherwise,
/// such as after the overflow of a stack, did not panic.
pub fn panicked(task: &Task) -> bool {
    match task.exit_code {
        Some(PANICKED) => true,
        Some(ABORTED) => task.panic.is_some(),
        _ => false,
    }
}

/// Whether somebody learned of what a task did after its last panic. Whoever came to a panic of their
/// own took nothing.
pub fn is_learned(run: &Run, id: TaskId, uses: Uses) -> bool {
    let events = run.events.iter().enumerate();
    let panics = |(_, event): &(_, &Event)| event.task == id && event.what == What::Panic;
    let Some((panic, _)) = events.clone().rfind(panics) else {
        return false;
    };
    let mut unwinding = events.skip(panic).filter(|(_, event)| event.task == id);
    unwinding.any(|(at, event)| match event.what {
        // Who takes over is somebody.
        What::Start(_) => true,
        What::Act(Act::Notified, woken) => woken > 0,
        _ if meaning(run, event) == Meaning::Does => {
            // Of a long run, who learned of it may be left out.
            let left_out = run.left_out > 0 && event.what != What::Act(Act::Closed, 0);
            let mut later = run.events[at..].iter();
            left_out || later.any(|it| took(run, id, it) && tells(run, at, it, uses))
        }
        _ => false,
    })
}

/// Whether the task of an event is another one, and came to no panic of its own.
fn took(run: &Run, id: TaskId, event: &Event) -> bool {
    event.task != id && !run.tasks.get(event.task).is_some_and(panicked)
}

/// Whether `later` shows to its task what was done at the event of this number.
fn tells(run: &Run, done: usize, later: &Event, uses: Uses) -> bool {
    let event = &run.events[done];
    if event.object.is_none() || event.object != later.object {
        return false;
    }
    match (&event.what, &later.what) {
        (What::Wrote(cell, _) | What::Updated(cell, _), it) => {
            matches!(it, What::Read(read, _) | What::Updated(read, _) if read == cell)
        }
        (What::Act(Act::Put, put), it) => *it == What::Act(Act::Got, *put),
        (What::Act(Act::Closed, _), What::Act(Act::Ended, in_loop)) => {
            // A loop over messages ends in the same way when all is done.
            let used = later.at.as_ref().is_none_or(|at| at.is_ours() || uses(at));
            *in_loop == 0 && used && was_last_end(run, done, later)
        }
        (What::Act(Act::Closed, _), _) => false,
        (What::Act(Act::Changed, _), it) => {
            matches!(it, What::Act(Act::Saw | Act::Changed, _))
        }
        (What::Act(..), What::Act(act, _)) => shows_a_state(*act),
        (What::Request(..), What::Request(..)) => true,
        _ => false,
    }
}

/// Whether nobody else let go of an end after the event of this number, until that was seen.
fn was_last_end(run: &Run, done: usize, seen: &Event) -> bool {
    let later = run.events[done + 1..].iter();
    let mut before = later.take_while(|event| !std::ptr::eq(*event, seen));
    let closed = What::Act(Act::Closed, 0);
    !before.any(|event| event.object == seen.object && event.what == closed)
}

/// Whether such an act tells whoever does it what others did to the object.
fn shows_a_state(act: Act) -> bool {
    match act {
        Act::Passed
        | Act::Looked
        | Act::Ended
        | Act::Arrived
        | Act::Done
        | Act::Received
        | Act::Accepted
        | Act::Reaped => true,
        Act::Took
        | Act::Gave
        | Act::Set
        | Act::Cleared
        | Act::Notified
        | Act::Put
        | Act::Got
        | Act::Full
        | Act::Empty
        | Act::Closed
        | Act::Broke
        | Act::Reset
        | Act::HeldAtFork
        | Act::Saw
        | Act::Changed
        | Act::Sent
        | Act::Connected
        | Act::Launched
        | Act::Lost
        | Act::Freely => false,
    }
}

#[cfg(test)]
mod tests {
    use super::super::build::RunBuilder;
    use super::*;
    use sched_model::run::ObjectKind;

    fn learned(run: RunBuilder) -> bool {
        is_learned(&run.run(), 1, &|at| at.line != 7)
    }

    /// Thread-1 panicked, and a channel is there.
    fn unwinding() -> RunBuilder {
        let run = RunBuilder::new(2).thread(1, 0).thread(2, 0);
        let run = run.object(ObjectKind::Channel, "Channel-1").panic(1, "no");
        run.event(1, What::Panic)
    }

    #[test]
    fn a_message_of_the_unwinding_is_learned_by_whoever_gets_it() {
        let sent = || unwinding().act(1, 0, Act::Put, 3);
        assert!(!learned(sent()));
        assert!(
            !learned(sent().act(0, 0, Act::Got, 2)),
            "that one was sent before"
        );
        assert!(learned(sent().act(0, 0, Act::Got, 3)));
        assert!(!learned(sent().act(0, 0, Act::Got, 3).panic(0, "too")));
        let before = RunBuilder::new(1).thread(1, 0);
        let before = before.object(ObjectKind::Channel, "Channel-1");
        let before = before
            .act(1, 0, Act::Put, 1)
            .panic(1, "no")
            .event(1, What::Panic);
        assert!(
            !learned(before.act(0, 0, Act::Got, 1)),
            "sent before the panic"
        );
    }

    #[test]
    fn a_closed_channel_is_learned_by_whoever_is_told_that_its_last_end_is_gone() {
        let closed = || unwinding().act(1, 0, Act::Closed, 0);
        let told = |line, number| What::Act(Act::Ended, number * u64::from(line == 8));
        assert!(learned(closed().event_at(0, told(8, 0), 8, Some(0))));
        assert!(
            !learned(closed().event_at(0, told(8, 1), 8, Some(0))),
            "a loop ends"
        );
        assert!(
            !learned(closed().event_at(0, told(7, 0), 7, Some(0))),
            "not used"
        );
        let another = closed().act(2, 0, Act::Closed, 0);
        assert!(
            !learned(another.event_at(0, told(8, 0), 8, Some(0))),
            "not the last end"
        );
        assert!(!learned(closed().act(0, 0, Act::Got, 1)));
    }

    #[test]
    fn a_value_stored_while_unwinding_is_learned_by_whoever_reads_it_later() {
        let read = What::Read(0, 1);
        let early = unwinding().event_at(0, read.clone(), 8, Some(0));
        let stored = |run: RunBuilder| run.event_at(1, What::Wrote(0, 1), 9, Some(0));
        assert!(!learned(stored(early)));
        assert!(learned(stored(unwinding()).event_at(0, read, 8, Some(0))));
        assert!(!learned(stored(unwinding()).event_at(
            0,
            What::Read(1, 1),
            8,
            Some(0)
        )));
    }

    #[test]
    fn who_is_started_or_woken_while_unwinding_learns_of_it() {
        assert!(learned(unwinding().event(1, What::Start(2))));
        assert!(learned(unwinding().act(1, 0, Act::Notified, 1)));
        assert!(
            !learned(unwinding().act(1, 0, Act::Notified, 0)),
            "nobody was there"
        );
    }

    #[test]
    fn a_lock_that_the_unwinding_gives_back_tells_nothing() {
        let run = || unwinding().lock("Lock-1");
        let released = || run().event_at(1, What::Released, 9, Some(1));
        let taken = released().event_at(0, What::Acquired, 8, Some(1));
        assert!(!learned(taken.act(0, 1, Act::Saw, 0)));
        let changed = run().act(1, 1, Act::Changed, 0);
        assert!(
            learned(changed.act(0, 1, Act::Saw, 0)),
            "a guard changed what it guards"
        );
    }
}
