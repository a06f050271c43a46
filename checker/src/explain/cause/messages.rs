//! Waits for messages: who could give what is waited for, and why it does not.

use sched_model::kind::Class;
use sched_model::run::{Act, ObjectId, ObjectKind, Op, Run, TaskId, Wait, What};

use super::Evidence;
use super::waits::{class, waits};
use crate::facts::why::Why;
use crate::facts::{Cause, Proposal};
use crate::judge::blocked_forever::begins;
use crate::judge::deadlock::awaited;

/// Each of some tasks waits for a message, or for room, that only comes if the next one goes on.
pub fn each_for_the_next(evidence: &Evidence) -> Option<Proposal> {
    let run = evidence.run;
    let waits = waits(run)?;
    let circle = waits.iter().find_map(|wait| circle(run, waits, wait))?;
    let begins: Vec<usize> = circle
        .iter()
        .map(|wait| begins(run, wait))
        .collect::<Option<_>>()?;
    let objects: Vec<Option<ObjectId>> = circle.iter().map(|wait| wait.object).collect();
    let each = circle.iter().map(|wait| awaited(run, wait));
    let why = Why::EachForTheNext(each.zip(begins.iter().copied()).collect());
    Some(evidence.proposal(why, &begins, &objects))
}

/// From a wait to that of who has the other end of the pipe, and so on, back to the first one.
fn circle<'a>(run: &Run, waits: &'a [Wait], first: &Wait) -> Option<Vec<&'a Wait>> {
    let of = |task: TaskId| {
        let mut of_pipe = waits.iter().filter(|wait| is_for_pipe(run, wait));
        of_pipe.find(|wait| wait.task == task)
    };
    let mut way = vec![of(first.task)?];
    while way.len() <= waits.len() {
        let next = of(way.last()?.child?)?;
        if next.task == first.task {
            return (way.len() > 1).then_some(way);
        }
        way.push(next);
    }
    None
}

fn is_for_pipe(run: &Run, wait: &Wait) -> bool {
    let object = wait.object.and_then(|object| run.objects.get(object));
    object.is_some_and(|it| it.kind == ObjectKind::Pipe)
}

/// A task waits until all messages of a queue are done, and one that was taken was never reported as
/// done, by a task that will not do it any more.
pub fn not_done(evidence: &Evidence) -> Option<Proposal> {
    let run = evidence.run;
    let waits = waits(run)?;
    let is_it =
        |wait: &&Wait| wait.op == Some(Op::Join) && class(run, wait) == Some(Class::Messages);
    let queue = waits.iter().find(is_it)?.object;
    let count = |by: Option<TaskId>, what: Act| {
        let is_it = |act: &What| matches!(act, What::Act(act, _) if *act == what);
        let of_it = run.events.iter().filter(|it| it.object == queue);
        let by_it = of_it.filter(|it| by.is_none_or(|by| it.task == by));
        by_it.filter(|it| is_it(&it.what)).count()
    };
    if count(None, Act::Got) <= count(None, Act::Done) {
        return None;
    }
    let owes = |task: &TaskId| {
        let (got, done) = (count(Some(*task), Act::Got), count(Some(*task), Act::Done));
        let back = |wait: &Wait| wait.object == queue && wait.op == Some(Op::Receive);
        let mut its = waits.iter().filter(|wait| wait.task == *task);
        (got > done && its.all(back)).then_some((*task, got, done))
    };
    let (task, taken, done) = (0..run.tasks.len()).find_map(|task| owes(&task))?;
    let takes = |what: &What| matches!(what, What::Act(Act::Got, _));
    let last = run
        .events
        .iter()
        .rposition(|it| it.task == task && it.object == queue && takes(&it.what))?;
    let why = Why::NotDone { last, taken, done };
    Some(evidence.proposal(why, &[last], &[queue]))
}

/// A task waits for a message in a pipe. End of file does not come either, because a task that
/// sends nothing (possibly itself) holds the other end.
pub fn open_end(evidence: &Evidence) -> Option<Proposal> {
    let waits = waits(evidence.run)?;
    let run = evidence.run;
    let told = evidence.found.cause;
    told.filter(|it| *it == Cause::NoSender)?;
    let wait = waits.iter().find(|wait| {
        let told = evidence.found.about.tasks.contains(&wait.task);
        let receives = wait.op == Some(Op::Receive) && wait.child.is_some();
        told && receives && is_for_pipe(run, wait)
    })?;
    let (holder, pipe) = (wait.child?, wait.object?);
    let why = Why::OpenEnd {
        task: wait.task,
        holder,
        pipe,
    };
    let mut explanation = evidence.proposal(why, &[], &[Some(pipe)]);
    explanation.about.task(holder);
    Some(explanation)
}

/// A task waits for a message in a channel, and one that lives still has the sender with which it put
/// the last one: it has let go of none since, and started nobody whom it could have given that to.
pub fn sender_kept(evidence: &Evidence) -> Option<Proposal> {
    let run = evidence.run;
    let told = evidence.found.cause;
    told.filter(|it| *it == Cause::NoSender)?;
    let wait = waits(run)?.iter().find(|wait| {
        let told = evidence.found.about.tasks.contains(&wait.task);
        told && wait.op == Some(Op::Receive) && class(run, wait) == Some(Class::Channel)
    })?;
    let events = || run.events.iter().enumerate().rev();
    let (put, _) = events().find(|(put, event)| {
        let is_put = matches!(event.what, What::Act(Act::Put, _)) && event.object == wait.object;
        let lives = |task: TaskId| run.tasks.get(task).is_some_and(|it| it.exit_code.is_none());
        is_put && lives(event.task) && keeps(run, *put)
    })?;
    Some(evidence.proposal(Why::SenderKept(put), &[put], &[wait.object]))
}

/// Whether whoever put a message at this event has let go of no end since, nor started anybody.
fn keeps(run: &Run, put: usize) -> bool {
    let (task, object) = (run.events[put].task, run.events[put].object);
    let mut later = run.events[put..].iter().filter(|it| it.task == task);
    !later.any(|it| match it.what {
        What::Start(_) => true,
        What::Act(Act::Closed, _) => it.object == object,
        _ => false,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::judge::build::RunBuilder;

    #[test]
    fn who_put_a_message_keeps_the_sender_until_it_lets_go_or_may_have_given_it_away() {
        let put = || {
            let run = RunBuilder::new(2).object(ObjectKind::Channel, "Channel-1");
            run.act(0, 0, Act::Put, 1)
        };
        let keeps = |run: RunBuilder| super::keeps(&run.run(), 0);
        assert!(keeps(put()));
        assert!(keeps(put().act(1, 0, Act::Closed, 0)));
        assert!(!keeps(put().act(0, 0, Act::Closed, 0)));
        assert!(!keeps(put().event(0, What::Start(2))));
    }
}
