//! Runs that are blocked for ever although nobody holds what is waited for: which wait explains the
//! most.

use sched_model::kind::Class;
use sched_model::run::{Act, End, Event, ObjectId, Op, Run, TaskId, Wait, What};

use crate::facts::Cause;
use crate::facts::why::Missing;

/// The wait to tell of, and its cause where that is certain.
pub fn wait_to_tell<'a>(run: &Run, waits: &'a [Wait]) -> Option<(&'a Wait, Option<Cause>)> {
    let first = |holds: &dyn Fn(&Wait) -> bool| waits.iter().find(|wait| holds(wait));
    if let Some(wait) = first(&|wait| is_held_at_fork(run, wait)) {
        return Some((wait, Some(Cause::HeldAtFork)));
    }
    if let Some(wait) = first(&|wait| holder_is_gone(run, wait).is_some()) {
        return Some((wait, Some(Cause::NeverReleased)));
    }
    if let Some(wait) =
        first(&|wait| wait.op == Some(Op::Exit) && is_for(run, wait, Class::Messages))
    {
        return Some((wait, Some(Cause::QueueNotDrained)));
    }
    // A daemon's wait does not matter, and main mostly waits because another task waits.
    let matters = |wait: &Wait| run.tasks.get(wait.task).is_none_or(|task| !task.daemon);
    let mut alone = waits.iter().filter(|it| matters(it) && is_alone(run, it));
    let only = alone.next().filter(|_| alone.next().is_none());
    let none_is_held = waits.iter().all(|it| it.holder.is_none());
    if let Some(wait) = only.filter(|_| none_is_held) {
        return Some((wait, cause(run, wait)));
    }
    let wait = first(&|wait| wait.object.is_some() && wait.task != 0 && matters(wait))
        .or_else(|| first(&|wait| wait.object.is_some() && matters(wait)))
        .or_else(|| first(&|wait| wait.object.is_some()))
        .or(waits.first())?;
    Some((wait, cause(run, wait)))
}

/// Whether it waits for a copy of something that was held when the copy was made.
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
pub fn cause(run: &Run, wait: &Wait) -> Option<Cause> {
    let object = wait.object?;
    let receives = wait.op == Some(Op::Receive);
    match run.objects.get(object)?.kind.class() {
        Class::Messages if !nobody_else_could_give(run, wait) => None,
        Class::Messages | Class::Channel => receives.then_some(Cause::NoSender),
        Class::Notice => {
            let lost = sign_was_missed(run, object) || woke_another(run, object).is_some();
            lost.then_some(Cause::LostWakeup)
        }
        Class::Flag => sign_was_taken_back(run, wait).map(|_| Cause::ClearedTooEarly),
        Class::Gathering if !nobody_else_could_give(run, wait) => None,
        Class::Gathering => receives.then_some(Cause::TooFewAtBarrier),
        Class::Lock
        | Class::SharedLock
        | Class::ValueLock
        | Class::Once
        | Class::Permits
        | Class::Server
        | Class::Token
        | Class::Cells
        | Class::File
        | Class::Other => None,
    }
}

/// What is waited for, of what a task gives to those who wait.
pub fn missing(run: &Run, wait: &Wait) -> Option<Missing> {
    match run.objects.get(wait.object?)?.kind.class() {
        Class::Messages | Class::Channel => match wait.op? {
            Op::Send => Some(Missing::Room),
            Op::Receive => Some(Missing::Message),
            _ => None,
        },
        Class::Notice => Some(Missing::Notification),
        Class::Flag => Some(Missing::Sign),
        Class::Permits => Some(Missing::Permit),
        Class::Token => Some(Missing::Token),
        Class::Gathering => Some(Missing::Others),
        Class::Lock
        | Class::SharedLock
        | Class::ValueLock
        | Class::Once
        | Class::Server
        | Class::Cells
        | Class::File
        | Class::Other => None,
    }
}

/// Whether nobody is left who would give what is waited for. Anybody else might send a message, if what
/// it waits for came.
pub fn nobody_else_could_give(run: &Run, wait: &Wait) -> bool {
    let pipe_tells = wait.child.is_some();
    pipe_tells || all_lead_to(run, wait)
}

/// Whether nobody else ever used what a task waits at.
pub fn is_alone(run: &Run, wait: &Wait) -> bool {
    let others = |it: &Event| it.object == wait.object && it.task != wait.task;
    wait.object.is_some() && wait.holder.is_none() && !run.events.iter().any(others)
}

/// Whether all others have ended, or wait for the same, or for who waits for it.
pub fn all_lead_to(run: &Run, wait: &Wait) -> bool {
    let End::Deadlock { waits, .. } = &run.end else {
        return true;
    };
    let is_same = |it: &Wait| it.object == wait.object && it.op == wait.op;
    let leads_here = |it: &Wait| {
        let way = std::iter::successors(Some(it), |it| awaited_by(waits, it));
        way.take(waits.len()).any(is_same)
    };
    let mut others = waits.iter().filter(|it| !run.serves(it.task));
    others.all(leads_here)
}

/// The wait of who has what this one waits for, or whose end it waits for.
fn awaited_by<'a>(waits: &'a [Wait], wait: &Wait) -> Option<&'a Wait> {
    let joined = wait.child.filter(|_| wait.object.is_none());
    let awaited = wait.holder.as_ref().map(|(holder, _)| *holder).or(joined)?;
    waits.iter().find(|it| it.task == awaited)
}

fn is_for(run: &Run, wait: &Wait, class: Class) -> bool {
    let object = wait.object.and_then(|object| run.objects.get(object));
    object.is_some_and(|object| object.kind.class() == class)
}

/// Who held the original of an object when a fork copied it, if the copy has been held ever since.
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

/// Whether a task that waits for a condition began to wait only after another task had notified it
/// in vain, without a look in between. A task that looked knew what the notification was about, and
/// waits for something else. A look does not count if what it saw was changed only afterwards: then
/// the notification came too early.
pub fn sign_was_missed(run: &Run, object: ObjectId) -> bool {
    let End::Deadlock { waits, .. } = &run.end else {
        return false;
    };
    let missed = |wait: &Wait| {
        let before = &run.events[..begins(run, wait).unwrap_or(run.events.len())];
        let in_vain = before.iter().rposition(|it| {
            let notifies = it.what == What::Act(Act::Notified, 0);
            notifies && it.object == Some(object) && it.task != wait.task
        });
        let looks = |it: &Event| {
            let looks = matches!(
                it.what,
                // Who could change it could see it, too.
                What::Read(..) | What::Act(Act::Looked | Act::Saw | Act::Changed, _)
            );
            it.task == wait.task && looks
        };
        in_vain.is_some_and(|in_vain| {
            let look = before
                .iter()
                .rposition(looks)
                .filter(|look| *look > in_vain);
            let by = run.events[in_vain].task;
            look.is_none_or(|look| changed_untold(run, look, object, by))
        })
    };
    let mut of_it = waits.iter().filter(|wait| wait.object == Some(object));
    of_it.any(missed)
}

/// When the last notification of a condition woke a task while others were waiting, and when the
/// woken task waited again without having changed anything that concerns the others.
pub fn woke_another(run: &Run, object: ObjectId) -> Option<[usize; 2]> {
    let is = |it: &Event, what: What| it.object == Some(object) && it.what == what;
    let events = &run.events;
    let notified = events
        .iter()
        .rposition(|it| is(it, What::Act(Act::Notified, 1)))?;
    let waits_then = |task: TaskId| {
        let mut before = events[..notified].iter().rev();
        before
            .find(|it| it.task == task)
            .is_some_and(|it| is(it, What::Blocked))
    };
    let (woken, others): (Vec<TaskId>, Vec<TaskId>) = (0..run.tasks.len())
        .filter(|task| *task != events[notified].task && waits_then(*task))
        .partition(|task| events[notified..].iter().any(|it| it.task == *task));
    let [woken] = woken[..] else { return None };
    let mut after = events.iter().enumerate().skip(notified);
    let (again, _) = after.find(|(_, it)| it.task == woken && is(it, What::Blocked))?;
    let told =
        |it: &Event| it.object == Some(object) && matches!(it.what, What::Act(Act::Notified, _));
    let silent = !events[notified + 1..].iter().any(told);
    (silent && !others.is_empty()).then_some([notified, again])
}

/// Whether the task that notified the condition changed what was looked at only after the look, and
/// nobody has notified the condition since.
fn changed_untold(run: &Run, look: usize, condition: ObjectId, by: TaskId) -> bool {
    let looked = &run.events[look];
    let after = || run.events.iter().enumerate().skip(look);
    let notified = after()
        .filter(|(_, it)| matches!(it.what, What::Act(Act::Notified, _)))
        .rfind(|(_, it)| it.object == Some(condition));
    let since = notified.map_or(look, |(notified, _)| notified);
    after().skip(since - look).any(|(_, it)| {
        let changes = matches!(
            it.what,
            What::Wrote(..) | What::Updated(..) | What::Act(Act::Changed, _)
        );
        changes && it.task == by && it.object == looked.object
    })
}

/// When a task began the wait in which it is.
pub fn begins(run: &Run, wait: &Wait) -> Option<usize> {
    let joins = wait.child.filter(|_| wait.object.is_none());
    let what = joins.map_or(What::Blocked, What::JoinWait);
    run.events.iter().rposition(|it| {
        let waits = it.task == wait.task && it.what == what;
        waits && it.object == wait.object
    })
}

/// The moments at which another task set an event, a task cleared it, and this task began to wait,
/// if they came in this order and this task did not see in between that the event was set.
pub fn sign_was_taken_back(run: &Run, wait: &Wait) -> Option<[usize; 3]> {
    let begins = begins(run, wait)?;
    let acts = |it: &Event, wanted: Act| {
        let acts = matches!(it.what, What::Act(act, _) if act == wanted);
        acts && it.object == wait.object
    };
    let events = &run.events[..begins];
    let set = events.iter().rposition(|it| acts(it, Act::Set))?;
    let mut after = events[set..].iter();
    let cleared = set + after.position(|it| acts(it, Act::Cleared))?;
    let sees = |it: &Event| {
        let looked = it.what == What::Act(Act::Looked, 1) && it.object == wait.object;
        it.task == wait.task && (looked || acts(it, Act::Passed))
    };
    let seen = events[set..cleared].iter().any(sees);
    (!seen && events[set].task != wait.task).then_some([set, cleared, begins])
}

#[cfg(test)]
mod tests {
    use sched_model::run::ObjectKind;

    use super::super::build::{RunBuilder, join, receives, wait};
    use super::*;

    /// Process-1 waits for an object of this kind about to do `op`, after what was done to it.
    fn found(kind: ObjectKind, op: Op, done: &[(Act, u64)]) -> Option<Cause> {
        let wait = Wait {
            op: Some(op),
            ..wait(1, 0, 14, None)
        };
        let waits = vec![join(1, Some(14)), wait];
        let mut run = RunBuilder::new(1).object(kind, "it");
        for (act, number) in done {
            run = run.act(0, 0, *act, *number);
        }
        let run = run.deadlock(waits.clone(), vec![]).run();
        let (told, cause) = wait_to_tell(&run, &waits).expect("somebody waits");
        assert_eq!(told.task, 1, "not the one who waits for its end");
        cause
    }

    #[test]
    fn a_notification_before_the_wait_is_a_lost_wakeup_and_none_at_all_is_not() {
        for kind in [ObjectKind::Condition, ObjectKind::Condvar] {
            let condition = |done: &[_]| found(kind, Op::Receive, done);
            assert_eq!(condition(&[(Act::Notified, 0)]), Some(Cause::LostWakeup));
            assert_eq!(condition(&[]), None);
            assert_eq!(condition(&[(Act::Notified, 1)]), None);
        }
    }

    #[test]
    fn a_copy_that_was_held_at_the_fork_is_told_before_all_else() {
        let mutex = |done: &[_]| found(ObjectKind::Mutex, Op::Acquire, done);
        assert_eq!(mutex(&[(Act::HeldAtFork, 0)]), Some(Cause::HeldAtFork));
        assert_eq!(mutex(&[(Act::HeldAtFork, 9)]), None, "no such task");
        assert_eq!(mutex(&[]), None);
    }

    #[test]
    fn who_looked_since_the_notification_waits_for_something_else() {
        let condition = |by: TaskId, looks_after: bool, then: &[TaskId], told: bool| {
            let wait = receives(1, 0, 14);
            let run = RunBuilder::new(1).object(ObjectKind::Condition, "bell");
            let mut run = run.object(ObjectKind::Value, "buns");
            let look = |run: RunBuilder| run.event_at(1, What::Read(0, 0), 13, Some(1));
            if looks_after {
                run = look(run.act(by, 0, Act::Notified, 0));
            } else {
                run = look(run).act(by, 0, Act::Notified, 0);
            }
            run = run.event_at(1, What::Blocked, 14, Some(0));
            for task in then {
                run = run.event_at(*task, What::Wrote(0, 1), 20, Some(1));
            }
            if told {
                run = run.act(0, 0, Act::Notified, 1);
            }
            let run = run.deadlock(vec![wait.clone()], vec![]).run();
            cause(&run, &wait)
        };
        let lost = Some(Cause::LostWakeup);
        assert_eq!(condition(0, false, &[], false), lost);
        assert_eq!(condition(0, true, &[], false), None);
        assert_eq!(condition(0, true, &[0], false), lost, "too early");
        assert_eq!(
            condition(0, true, &[0], true),
            None,
            "another was told of it"
        );
        assert_eq!(condition(0, true, &[1], false), None);
        let own = condition(1, false, &[], false);
        assert_eq!(own, None, "its own sign is for others");
    }

    #[test]
    fn who_was_woken_and_waited_again_took_the_notification_from_another() {
        let told = |again: bool, tells: bool| {
            let blocked = |run: RunBuilder, task| run.event_at(task, What::Blocked, 14, Some(0));
            let run = RunBuilder::new(2).object(ObjectKind::Condvar, "bell");
            let mut run = blocked(blocked(run, 1), 2).act(0, 0, Act::Notified, 1);
            if tells {
                run = run.act(2, 0, Act::Notified, 1);
            }
            run = run.event_at(2, What::Acquired, 15, None);
            if again {
                run = blocked(run, 2);
            }
            woke_another(&run.run(), 0)
        };
        assert_eq!(told(true, false), Some([2, 4]));
        assert_eq!(told(false, false), None, "it could use it");
        assert_eq!(told(true, true), None, "it told somebody");
    }

    #[test]
    fn an_event_that_was_cleared_before_one_looked_told_nothing() {
        let event = |done: &[(TaskId, Act)]| {
            let wait = receives(1, 0, 14);
            let mut run = RunBuilder::new(2).object(ObjectKind::Event, "it");
            for (task, act) in done {
                run = run.act(*task, 0, *act, 0);
            }
            let run = run.event_at(1, What::Blocked, 14, Some(0));
            let run = run.deadlock(vec![wait.clone()], vec![]).run();
            cause(&run, &wait)
        };
        let (set, cleared) = ((2, Act::Set), (2, Act::Cleared));
        assert_eq!(event(&[set, cleared]), Some(Cause::ClearedTooEarly));
        let own = [set, (1, Act::Cleared)];
        assert_eq!(event(&own), Some(Cause::ClearedTooEarly), "by itself");
        assert_eq!(event(&[cleared]), None, "it never was set");
        assert_eq!(event(&[set, (1, Act::Passed), cleared]), None, "it knows");
        assert_eq!(event(&[(1, Act::Set), cleared]), None, "it knows");
    }

    #[test]
    fn a_message_that_nobody_sends_and_one_that_nobody_takes_differ() {
        let queue = |op| found(ObjectKind::Queue, op, &[]);
        assert_eq!(queue(Op::Receive), Some(Cause::NoSender));
        assert_eq!(queue(Op::Exit), Some(Cause::QueueNotDrained));
        assert_eq!(queue(Op::Send), None);
    }
}
