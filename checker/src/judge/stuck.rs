//! Where nobody holds what is waited for: which wait explains the most, and what it is called.

use sched::run::{Act, End, ObjectId, ObjectKind, Op, Run, TaskId, Wait, What};

/// The wait to tell of, and its cause where that is certain.
pub fn stuck<'a>(run: &Run, waits: &'a [Wait]) -> Option<(&'a Wait, Option<&'static str>)> {
    let first = |holds: &dyn Fn(&Wait) -> bool| waits.iter().find(|wait| holds(wait));
    if let Some(wait) = first(&|wait| is_held_at_fork(run, wait)) {
        return Some((wait, Some("held_at_fork")));
    }
    if let Some(wait) = first(&|wait| holder_is_gone(run, wait).is_some()) {
        return Some((wait, Some("never_released")));
    }
    if let Some(wait) = first(&|wait| wait.op == Some(Op::Exit) && is(run, wait, ObjectKind::Queue))
    {
        return Some((wait, Some("queue_not_drained")));
    }
    // A daemon's wait hurts nobody; main's is most often for somebody else's.
    let matters = |wait: &Wait| run.tasks.get(wait.task).is_none_or(|task| !task.daemon);
    let wait = first(&|wait| wait.object.is_some() && wait.task != 0 && matters(wait))
        .or_else(|| first(&|wait| wait.object.is_some() && matters(wait)))
        .or_else(|| first(&|wait| wait.object.is_some()))
        .or(waits.first())?;
    Some((wait, cause(run, wait)))
}

/// Whether it is for the copy of something that was held when the copy was made.
pub fn is_held_at_fork(run: &Run, wait: &Wait) -> bool {
    let held = wait.object.and_then(|object| held_at_fork(run, object));
    held.is_some()
}

/// The holder, where it exited with the object in its hands.
pub fn holder_is_gone(run: &Run, wait: &Wait) -> Option<TaskId> {
    let (holder, _) = wait.holder.as_ref()?;
    let waits = match &run.end {
        End::Deadlock { waits, .. } => waits.iter().any(|wait| wait.task == *holder),
        _ => false,
    };
    (!waits && run.tasks.get(*holder)?.exit_code.is_some()).then_some(*holder)
}

/// Why a wait for something that nobody holds never ends.
pub fn cause(run: &Run, wait: &Wait) -> Option<&'static str> {
    let object = wait.object?;
    let receives = wait.op == Some(Op::Receive);
    match run.objects.get(object)?.kind {
        ObjectKind::Queue | ObjectKind::Pipe | ObjectKind::Channel if receives => Some("no_sender"),
        ObjectKind::Condition | ObjectKind::Condvar if sign_was_missed(run, object) => {
            Some("lost_wakeup")
        }
        ObjectKind::Event if sign_was_taken_back(run, object) => Some("lost_wakeup"),
        ObjectKind::Barrier if receives => Some("too_few_at_barrier"),
        _ => None,
    }
}

fn is(run: &Run, wait: &Wait, kind: ObjectKind) -> bool {
    let object = wait.object.and_then(|object| run.objects.get(object));
    object.is_some_and(|object| object.kind == kind)
}

/// Who held the original of an object when a fork copied it, if the copy is held ever since.
pub fn held_at_fork(run: &Run, object: ObjectId) -> Option<TaskId> {
    let mut found = run
        .events
        .iter()
        .rev()
        .filter_map(|event| match event.what {
            _ if event.object != Some(object) => None,
            What::Act(Act::HeldAtFork, holder) => Some(usize::try_from(holder).ok()),
            What::Acquired | What::Released => Some(None),
            _ => None,
        });
    let holder = found.next().flatten();
    holder.filter(|&task| task < run.tasks.len())
}

/// What was done to an object, in order.
fn acts(run: &Run, object: ObjectId) -> impl Iterator<Item = (Act, u64)> {
    run.events.iter().filter_map(move |event| match event.what {
        What::Act(act, number) if event.object == Some(object) => Some((act, number)),
        _ => None,
    })
}

/// Whether a condition was last notified when nobody waited.
fn sign_was_missed(run: &Run, object: ObjectId) -> bool {
    let mut notified = acts(run, object).filter(|(act, _)| *act == Act::Notified);
    notified.any(|(_, woken)| woken == 0)
}

/// Whether an event was set once, and is cleared now.
fn sign_was_taken_back(run: &Run, object: ObjectId) -> bool {
    let was_set = acts(run, object).any(|(act, _)| act == Act::Set);
    let turns = acts(run, object).filter(|(act, _)| matches!(act, Act::Set | Act::Cleared));
    was_set && turns.last().is_some_and(|(act, _)| act == Act::Cleared)
}

#[cfg(test)]
mod tests {
    use super::super::build::{RunBuilder, site};
    use super::*;

    /// Process-1 waits for an object of this kind about to do `op`, after what was done to it.
    fn found(kind: ObjectKind, op: Op, done: &[(Act, u64)]) -> Option<&'static str> {
        let wait = Wait {
            task: 1,
            object: Some(0),
            child: None,
            at: site(14),
            holder: None,
            op: Some(op),
        };
        let join = Wait {
            task: 0,
            object: None,
            child: Some(1),
            op: Some(Op::Join),
            ..wait.clone()
        };
        let waits = vec![join, wait];
        let mut run = RunBuilder::new(1).object(kind, "it");
        for (act, number) in done {
            run = run.act(0, 0, *act, *number);
        }
        let run = run.deadlock(waits.clone(), vec![]).run();
        let (told, cause) = stuck(&run, &waits).expect("somebody waits");
        assert_eq!(told.task, 1, "not the one who waits for its end");
        cause
    }

    #[test]
    fn a_notification_before_the_wait_is_a_lost_wakeup_and_none_at_all_is_not() {
        for kind in [ObjectKind::Condition, ObjectKind::Condvar] {
            let condition = |done: &[_]| found(kind, Op::Receive, done);
            assert_eq!(condition(&[(Act::Notified, 0)]), Some("lost_wakeup"));
            assert_eq!(condition(&[]), None);
            assert_eq!(condition(&[(Act::Notified, 1)]), None);
        }
    }

    #[test]
    fn a_copy_that_was_held_at_the_fork_is_told_before_all_else() {
        let mutex = |done: &[_]| found(ObjectKind::Mutex, Op::Acquire, done);
        assert_eq!(mutex(&[(Act::HeldAtFork, 0)]), Some("held_at_fork"));
        assert_eq!(mutex(&[(Act::HeldAtFork, 9)]), None, "no such task");
        assert_eq!(mutex(&[]), None);
    }

    #[test]
    fn an_event_that_was_cleared_again_is_a_lost_wakeup() {
        let event = |done: &[_]| found(ObjectKind::Event, Op::Receive, done);
        assert_eq!(
            event(&[(Act::Set, 0), (Act::Cleared, 0)]),
            Some("lost_wakeup")
        );
        assert_eq!(event(&[(Act::Cleared, 0)]), None);
    }

    #[test]
    fn a_message_that_nobody_sends_and_one_that_nobody_takes_differ() {
        let queue = |op| found(ObjectKind::Queue, op, &[]);
        assert_eq!(queue(Op::Receive), Some("no_sender"));
        assert_eq!(queue(Op::Exit), Some("queue_not_drained"));
        assert_eq!(queue(Op::Send), None);
    }
}
