//! What a run leaves behind, where the exercise asks to tidy up.

use std::collections::BTreeMap;

use sched_model::run::{Act, End, ObjectId, Run, Site, What};

use super::{Found, found, line, name};
use crate::course::require::Clean;
use crate::facts::fact::{Fact, Left};
use crate::facts::{Cause, Verdict};

/// What of it a finished run left behind.
pub fn left(asked: &[Clean], run: &Run) -> Vec<Found> {
    if run.end != End::Finished {
        return Vec::new();
    }
    let one = |clean: &Clean| match clean {
        Clean::Joined => unjoined(run),
        Clean::Locks => held(run),
        Clean::Queues => unread(run),
    };
    asked.iter().filter_map(one).collect()
}

fn unjoined(run: &Run) -> Option<Found> {
    // A parent that was killed had no chance.
    let lived = |parent: usize| {
        let code = run.tasks.get(parent).and_then(|task| task.exit_code);
        code.is_some_and(|code| code >= 0)
    };
    let left = run
        .tasks
        .iter()
        .find(|task| !task.daemon && !task.joined && task.parent.is_some_and(lived))?;
    let fact = Fact::Left(Left::Unjoined(left.name.clone()));
    let mut found = found(Verdict::Leak, fact, left.started_at.as_ref());
    found.cause = Some(Cause::Unjoined);
    let id = run.tasks.iter().position(|task| task.pid == left.pid);
    let both = id.into_iter().chain(left.parent);
    both.for_each(|task| found.about.task(task));
    Some(found)
}

fn held(run: &Run) -> Option<Found> {
    let mut locks = run.objects.iter();
    let held = locks.find_map(|object| {
        let holder = object.holder.as_ref();
        let (holder, at) = holder.filter(|_| object.kind.is_lock())?;
        Some((object, *holder, at.as_ref()))
    });
    let (object, holder, at) = held?;
    let left = Left::Held(object.name.clone(), name(run, holder), line(at));
    let mut found = found(Verdict::Leak, Fact::Left(left), at);
    found.cause = Some(Cause::NeverReleased);
    let number = run.objects.iter().position(|it| std::ptr::eq(it, object));
    found.about.object(number);
    found.about.task(holder);
    Some(found)
}

/// The messages of a queue or pipe: where each was put, in order, and how many were taken out.
#[derive(Default)]
struct Messages<'a> {
    put: Vec<Option<&'a Site>>,
    got: usize,
}

fn unread(run: &Run) -> Option<Found> {
    let mut messages: BTreeMap<ObjectId, Messages> = BTreeMap::new();
    for event in &run.events {
        let Some(object) = event.object else { continue };
        let of_it = messages.entry(object).or_default();
        match event.what {
            What::Act(Act::Put, _) => of_it.put.push(event.at.as_ref()),
            What::Act(Act::Got, _) => of_it.got += 1,
            _ => {}
        }
    }
    let mut left = messages.iter().filter(|(_, it)| it.put.len() > it.got);
    let (object, messages) = left.next()?;
    let name = &run.objects.get(*object)?.name;
    let left = Left::Unread(name.clone(), messages.put.len() - messages.got);
    // Messages are taken in the order in which they were put.
    let first = messages.put.get(messages.got).copied().flatten();
    let mut found = found(Verdict::Leak, Fact::Left(left), first);
    found.about.object(Some(*object));
    let users = run.events.iter().filter(|it| it.object == Some(*object));
    users.for_each(|event| found.about.task(event.task));
    Some(found)
}

#[cfg(test)]
mod tests {
    use sched_model::run::ObjectKind;

    use super::super::build::{self, RunBuilder};
    use super::*;

    const ALL: [Clean; 3] = [Clean::Joined, Clean::Locks, Clean::Queues];

    fn told(run: RunBuilder) -> Vec<String> {
        let found = left(&ALL, &run.run()).into_iter();
        found.map(|found| build::told(&found)).collect()
    }

    #[test]
    fn children_that_nobody_joined_are_left_behind() {
        assert_eq!(told(RunBuilder::new(2)), Vec::<String>::new());
        assert_eq!(
            told(RunBuilder::new(2).unjoined(2)),
            ["nobody joined Process-2"]
        );
        let daemon = RunBuilder::new(2).unjoined(2).daemon(2);
        assert_eq!(told(daemon), Vec::<String>::new());
        let killed = RunBuilder::new(1).unjoined(1).exit(0, -15);
        assert_eq!(told(killed), Vec::<String>::new());
    }

    #[test]
    fn locks_that_are_held_at_the_end_are_left_behind() {
        let run = || RunBuilder::new(1).lock("till").lock("oven");
        assert_eq!(told(run()), Vec::<String>::new());
        let message = "oven is still held at the end: Process-1 took it (line 12) and never gave \
                       it back";
        assert_eq!(told(run().held(1, 1, 12)), [message]);
    }

    #[test]
    fn messages_that_nobody_read_are_left_behind() {
        let put = |run: RunBuilder, line| run.event_at(0, What::Act(Act::Put, 1), line, Some(0));
        let run = put(
            put(RunBuilder::new(1).object(ObjectKind::Queue, "shelf"), 30),
            31,
        );
        let read = run.event_at(1, What::Act(Act::Got, 1), 40, Some(0));
        let run = read.run();
        let found = left(&ALL, &run);
        assert_eq!(build::told(&found[0]), "1 message of shelf was never read");
        assert_eq!(found[0].finding.at.as_ref().map(|at| at.line), Some(31));
        assert_eq!(left(&[Clean::Locks], &run), []);
    }

    #[test]
    fn a_run_that_did_not_end_left_nothing_that_counts() {
        let run = RunBuilder::new(1).unjoined(1).deadlock(vec![], vec![]);
        assert_eq!(told(run), Vec::<String>::new());
    }
}
