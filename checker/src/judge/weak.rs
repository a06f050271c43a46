//! Atomics that lie between two accesses and would order them, if their orderings were strong enough.

use sched_model::Freedom;
use sched_model::run::{Act, Event, How, ObjectKind, Run, TaskId, What};

use super::{line, name};
use crate::facts::fact::{Access, Detail};

/// A store by the first task from this event on, and a load of it by the second one before that
/// event. Nothing orders the two tasks there, so one of the two is too weak: as release and acquire
/// they would.
pub fn order(run: &Run, first: (TaskId, usize), second: (TaskId, usize)) -> Option<Detail> {
    // Of a long run, who stored last may be left out.
    let between = run
        .events
        .get(first.1..second.1)
        .filter(|_| run.left_out == 0)?;
    let is_atomic = |event: &&Event| {
        let object = event.object.and_then(|object| run.objects.get(object));
        object.is_some_and(|object| object.kind == ObjectKind::Atomic)
    };
    let of = |task: TaskId| move |event: &&Event| event.task == task;
    let mut loads = between.iter().filter(is_atomic).filter(of(second.0));
    let (load, store) = loads.find_map(|load| {
        // What is not the newest value is not what was stored last.
        let own = between.iter().take_while(|it| !std::ptr::eq(*it, load));
        let before = own.filter(of(second.0)).last();
        let loaded = match load.what {
            What::Read(..) => !before.is_some_and(is_of_another_value),
            What::Updated(..) => true,
            _ => false,
        };
        let earlier = between.iter().take_while(|it| !std::ptr::eq(*it, load));
        let same = earlier.filter(|it| it.object == load.object);
        let mut stored = same.filter(|it| matches!(it.what, What::Wrote(..) | What::Updated(..)));
        // Whoever stores another value does not hand on the order; a change in one step does.
        let store = stored.by_ref().fold(None, |seen, it| match it.what {
            _ if it.task == first.0 => Some(it),
            What::Wrote(..) => None,
            _ => seen,
        });
        loaded.then_some((load, store?))
    })?;
    let access = |event: &Event, how| Access {
        task: name(run, event.task),
        how,
        line: line(event.at.as_ref()),
    };
    let atomic = run.objects.get(load.object?)?.name.clone();
    Some(Detail::TooWeak(
        atomic,
        access(store, How::Write),
        access(load, How::Read),
    ))
}

/// Whether this says that a task goes on with another value than the newest.
fn is_of_another_value(event: &Event) -> bool {
    let freedom = match event.what {
        What::Act(Act::Freely, number) => Freedom::from_code(number),
        _ => None,
    };
    freedom.is_some_and(Freedom::is_of_values)
}

#[cfg(test)]
mod tests {
    use super::super::build::RunBuilder;
    use super::*;
    use crate::message::detail::detail;

    const STORE: What = What::Wrote(0, 1);
    const LOAD: What = What::Read(0, 1);

    fn told(kind: ObjectKind, events: &[(TaskId, What)]) -> Option<String> {
        let run = RunBuilder::new(2).object(kind, "ready");
        let mut lines = 8..;
        let run = events.iter().fold(run, |run, (task, what)| {
            run.event_at(*task, what.clone(), lines.next().expect("a line"), Some(0))
        });
        let found = order(&run.run(), (1, 0), (0, events.len()))?;
        Some(detail(&found))
    }

    #[test]
    fn a_store_that_is_loaded_between_the_two_would_order_them() {
        let atomic = ObjectKind::Atomic;
        assert_eq!(
            told(atomic, &[(0, LOAD), (1, STORE), (0, LOAD)]).as_deref(),
            Some(
                "Between the two Process-1 stored into ready (line 9), and main loaded that (line 10). \
                 With Release for the store and Acquire for the load they would order the two; as they \
                 are, they order nothing."
            )
        );
        assert_eq!(
            told(atomic, &[(0, LOAD), (1, STORE)]),
            None,
            "loaded before"
        );
        assert_eq!(told(ObjectKind::Raw, &[(1, STORE), (0, LOAD)]), None);
        let older = What::Act(Act::Freely, Freedom::ReadsOlder as u64);
        assert_eq!(
            told(atomic, &[(1, STORE), (0, older), (0, LOAD)]),
            None,
            "another value was loaded"
        );
    }

    #[test]
    fn a_change_in_one_step_hands_on_the_order_and_another_store_does_not() {
        let by_another = |what| told(ObjectKind::Atomic, &[(1, STORE), (2, what), (0, LOAD)]);
        assert!(by_another(What::Updated(0, 2)).is_some());
        assert!(by_another(STORE).is_none());
    }
}
