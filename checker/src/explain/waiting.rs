//! Waits: who waits, what ends a wait, and who could have gone on when another task was chosen
//! before its turn.

use sched_model::run::{Act, Choice, Event, ObjectKind, Run, TaskId, What};

use super::query::steps;

/// Whether a task that did this last waits for something.
pub fn is_wait(what: &What) -> bool {
    use What::{Blocked, Exit, JoinWait, Sleep};
    matches!(what, Blocked | JoinWait(_) | Sleep(_) | Exit(_))
}

/// What a task did last before an event, or that it was started.
pub fn last(run: &Run, task: TaskId, before: usize) -> Option<&Event> {
    let mut events = run.events.iter().take(before).rev();
    events.find(|it| it.task == task || it.what == What::Start(task))
}

/// The other tasks that were ready at a choice, those among them whose sleep was over.
pub fn ready(run: &Run, choice: &Choice) -> Vec<TaskId> {
    let ready = |task: &TaskId| {
        let Some(event) = last(run, *task, choice.events).filter(|_| *task != choice.task) else {
            return false;
        };
        let woken = match event.what {
            What::Sleep(long) => (event.time + long).as_nanos() <= u128::from(choice.clock),
            _ => false,
        };
        event.task != *task || woken || !is_wait(&event.what)
    };
    (0..run.tasks.len()).filter(ready).collect()
}

/// Where a task began to wait, if it gives up at this event because its time is over.
pub fn in_vain(run: &Run, event: usize) -> Option<usize> {
    let it = &run.events[event];
    let wait = match it.what {
        What::GaveUp(child) => What::JoinWait(child),
        What::WouldBlock | What::Act(Act::Empty | Act::Full | Act::Broke, _) => What::Blocked,
        _ => return None,
    };
    let before = steps(run).of(it.task).before(event).last(|_| true)?;
    let waits = &run.events[before];
    (waits.what == wait && waits.object == it.object).then_some(before)
}

/// Whether an event gives those who wait for its object a reason to go on.
pub fn gives(run: &Run, event: &Event) -> bool {
    let kind = event.object.and_then(|object| run.objects.get(object));
    match &event.what {
        What::Released | What::Wrote(..) | What::Updated(..) => true,
        What::Act(act, _) => matches!(
            act,
            Act::Gave
                | Act::Set
                | Act::Notified
                | Act::Put
                | Act::Got
                | Act::Done
                | Act::Lost
                | Act::Closed
                | Act::Arrived
                | Act::Broke
                | Act::Reset
                | Act::Passed
                | Act::Received
                | Act::Sent
                | Act::Connected
        ),
        What::File(..) => kind.is_some_and(|it| it.kind == ObjectKind::File),
        _ => false,
    }
}

#[cfg(test)]
#[path = "waiting_tests.rs"]
mod tests;
