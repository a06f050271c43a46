//! Waits: who waits, what ends a wait, and who could have gone on when another task was chosen
//! before its turn.

use sched_model::run::{Act, Choice, Event, ObjectKind, Run, TaskId, What};

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
mod tests {
    use std::time::Duration;

    use super::*;
    use crate::judge::build::RunBuilder;

    #[test]
    fn who_waits_is_not_ready_until_its_sleep_is_over() {
        let run = RunBuilder::new(4)
            .event(0, What::Start(1))
            .event(0, What::Start(2))
            .event(0, What::Start(3))
            .event(0, What::JoinWait(1))
            .event(2, What::Sleep(Duration::from_secs(2)))
            .event(3, What::Sleep(Duration::from_secs(3)))
            .run();
        let choice = |seconds: u64| Choice {
            clock: seconds * 1_000_000_000,
            deviates: true,
            events: 6,
            ..Choice::of_task(3)
        };
        assert_eq!(ready(&run, &choice(1)), [1], "started, and not yet begun");
        assert_eq!(ready(&run, &choice(2)), [1, 2]);
    }
}
