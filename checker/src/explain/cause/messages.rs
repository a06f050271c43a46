//! Waits for messages: who could give what is waited for, and why it does not.

use sched_model::kind::Class;
use sched_model::run::{Act, ObjectId, ObjectKind, Op, Run, TaskId, Wait, What};

use super::Evidence;
use super::waits::{class, tells, told};
use crate::explain::query::{acts, steps};
use crate::explain::standstill::{enders, is_known, waits};
use crate::facts::why::Why;
use crate::facts::{Cause, Proposal};
use crate::judge::blocked_forever::begins;
use crate::judge::deadlock::awaited;

/// Each of some tasks waits for a message, or for room, that only comes if the next one goes on.
pub fn each_for_the_next(evidence: &Evidence) -> Option<Proposal> {
    let run = evidence.run;
    let other_end = |wait: &Wait| wait.child.filter(|_| is_for_pipe(run, wait));
    let all = waits(run).iter();
    all_in(
        evidence,
        all.clone()
            .find_map(|first| circle(run, first, &other_end))?,
    )
}

/// The same where it is not known who would give what is waited for: nobody else is left who could.
pub fn only_the_next_could(evidence: &Evidence) -> Option<Proposal> {
    use Cause::{LostWakeup, NoSender, TooFewAtBarrier};
    let run = evidence.run;
    let cause = evidence.found.cause;
    if !matches!(cause, None | Some(LostWakeup | NoSender | TooFewAtBarrier)) {
        return None;
    }
    let same = |wait: &Wait, task: TaskId| {
        let waits_too = |it: &Wait| it.task == task && it.object == wait.object && it.op == wait.op;
        wait.object.is_some() && waits(run).iter().any(waits_too)
    };
    let only_one = |wait: &Wait| {
        let mut could = enders(run, wait).into_iter();
        let mut could = could.by_ref().filter(|task| !same(wait, *task));
        could.next().filter(|_| could.next().is_none())
    };
    let circle = told(evidence).find_map(|first| circle(run, first, &only_one))?;
    let known = circle.iter().all(|wait| is_known(wait));
    all_in(evidence, circle).filter(|_| !known)
}

fn all_in(evidence: &Evidence, circle: Vec<&Wait>) -> Option<Proposal> {
    let run = evidence.run;
    let begins: Option<Vec<usize>> = circle.iter().map(|wait| begins(run, wait)).collect();
    let begins = begins?;
    let objects: Vec<Option<ObjectId>> = circle.iter().map(|wait| wait.object).collect();
    let each = circle.iter().map(|wait| awaited(run, wait));
    let why = Why::EachForTheNext(each.zip(begins.iter().copied()).collect());
    Some(evidence.proposal(why, &begins, &objects))
}

/// From a wait to that of the one who could end it, and so on, back to the first one.
fn circle<'a>(
    run: &'a Run,
    first: &Wait,
    ender: &dyn Fn(&Wait) -> Option<TaskId>,
) -> Option<Vec<&'a Wait>> {
    let of = |task: TaskId| waits(run).iter().find(|it| it.task == task);
    let way = std::iter::successors(of(first.task), |wait| of(ender(wait)?));
    let way: Vec<&Wait> = way.take(waits(run).len() + 1).collect();
    let back = way.iter().skip(1).position(|it| it.task == first.task)?;
    (back > 0).then(|| way[..=back].to_vec())
}

fn is_for_pipe(run: &Run, wait: &Wait) -> bool {
    let object = wait.object.and_then(|object| run.objects.get(object));
    object.is_some_and(|it| it.kind == ObjectKind::Pipe)
}

/// A task waits until all messages of a queue are done, and one that was taken was never reported as
/// done, by a task that will not do it any more.
pub fn not_done(evidence: &Evidence) -> Option<Proposal> {
    let run = evidence.run;
    let is_it =
        |wait: &&Wait| wait.op == Some(Op::Join) && class(run, wait) == Some(Class::Messages);
    let queue = waits(run).iter().find(is_it)?.object;
    let of_it = steps(run).on(queue);
    if of_it.count(acts(Act::Got)) <= of_it.count(acts(Act::Done)) {
        return None;
    }
    let owes = |task: TaskId| {
        let mine = of_it.of(task);
        let (got, done) = (mine.count(acts(Act::Got)), mine.count(acts(Act::Done)));
        let back = |wait: &Wait| wait.object == queue && wait.op == Some(Op::Receive);
        let mut its = waits(run).iter().filter(|wait| wait.task == task);
        (got > done && its.all(back)).then_some((task, got, done))
    };
    let (task, taken, done) = (0..run.tasks.len()).find_map(owes)?;
    let last = of_it.of(task).last(acts(Act::Got))?;
    let why = Why::NotDone { last, taken, done };
    Some(evidence.proposal(why, &[last], &[queue]))
}

/// A task waits for a message in a pipe. End of file does not come either, because a task that
/// sends nothing (possibly itself) holds the other end.
pub fn open_end(evidence: &Evidence) -> Option<Proposal> {
    tells(evidence, Cause::NoSender)?;
    let run = evidence.run;
    let is_it = |wait: &&Wait| wait.op == Some(Op::Receive) && is_for_pipe(run, wait);
    let wait = told(evidence).filter(|it| it.child.is_some()).find(is_it)?;
    let (holder, pipe) = (wait.child?, wait.object?);
    let why = Why::OpenEnd {
        task: wait.task,
        holder,
        pipe,
    };
    let mut proposal = evidence.proposal(why, &[], &[Some(pipe)]);
    proposal.about.task(holder);
    Some(proposal)
}

/// A task waits for a message in a channel, and one that lives still has the sender with which it put
/// the last one: it has let go of none since, and started nobody whom it could have given that to.
pub fn sender_kept(evidence: &Evidence) -> Option<Proposal> {
    tells(evidence, Cause::NoSender)?;
    let run = evidence.run;
    let is_it =
        |wait: &&Wait| wait.op == Some(Op::Receive) && class(run, wait) == Some(Class::Channel);
    let wait = told(evidence).find(is_it)?;
    let lives = |task: TaskId| run.tasks.get(task).is_some_and(|it| it.exit_code.is_none());
    let mut puts = steps(run).on(wait.object).all(acts(Act::Put)).rev();
    let put = puts.find(|put| lives(run.events[*put].task) && keeps(run, *put))?;
    Some(evidence.proposal(Why::SenderKept(put), &[put], &[wait.object]))
}

/// Whether whoever put a message at this event has let go of no end since, nor started anybody.
fn keeps(run: &Run, put: usize) -> bool {
    let later = steps(run).of(run.events[put].task).since(put);
    let starts = |it: &What| matches!(it, What::Start(_));
    !later.any(starts) && !later.on(run.events[put].object).any(acts(Act::Closed))
}

#[cfg(test)]
#[path = "messages_tests.rs"]
mod tests;
