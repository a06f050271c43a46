//! Interventions in what is done: notifications that wake more or are kept, waits that are answered, and
//! accesses that ask for more order.

use std::sync::atomic::Ordering;

use crate::engine::atomics::{acquires, releases};
use crate::engine::world::{NONE, Op, ThreadRecord, World, state};
use crate::intervention::{Order, kind};
use crate::kind::{Class, ObjectKind};

/// [`TaskRecord::timed_out`](crate::engine::world::TaskRecord) of a task that goes on as if what it waited
/// for had come, or, where that is a message, as if none could come any more.
const ANSWERED: u32 = 3;
/// How many waits are answered in a run: who asks in a loop would be answered for ever.
const MOST_ANSWERS: u32 = 64;

impl World {
    /// Whether what `task` is about to do is done otherwise, in this way.
    pub(super) fn does_otherwise(&self, task: u32, kind: u32) -> bool {
        let mut all = self.of_kind(kind);
        all.any(|(_, it)| self.is_at(self.task(task).site, it.at))
    }

    /// How many a notification of `object`, for so many, wakes. One for all is kept for each that does
    /// not wait, once, also for who has not been started yet.
    #[must_use]
    pub fn wakes(&mut self, task: u32, object: u32, count: u32) -> u32 {
        if self.does_otherwise(task, kind::WAKES_ALL) {
            return NONE >> 1;
        }
        if self.is_for_all(count) && self.does_otherwise(task, kind::KEPT) {
            let told = |&it: &u32| it == task || self.task(it).wait_object == object;
            let told = self.present().filter(told);
            let told = told.fold(0, |all, it| all | self.bit(it));
            if let Some(record) = self.object_mut(object) {
                record.kept_for |= !told;
            }
        }
        count
    }

    /// A notification of `object`, for so many, woke these. It is kept for the others.
    pub fn woke(&mut self, task: u32, object: u32, (count, woken): (u32, u32)) {
        if !self.is_for_all(count)
            && self.does_otherwise(task, kind::KEPT)
            && let Some(record) = self.object_mut(object)
        {
            record.kept = record.kept.saturating_add(count.saturating_sub(woken));
            record.kept_by = task;
        }
    }

    /// Whether a notification of another task was kept for `task`; it is none any more.
    pub fn takes_kept(&mut self, task: u32, object: u32) -> bool {
        let mine = self.bit(task);
        let Some(record) = self.object_mut(object) else {
            return false;
        };
        if record.kept_for & mine != 0 {
            record.kept_for &= !mine;
            return true;
        }
        let others = record.kept > 0 && record.kept_by != task;
        record.kept -= u32::from(others);
        others
    }

    /// Whether so many are all that there may be.
    fn is_for_all(&self, count: u32) -> bool {
        count >= self.task_count.saturating_sub(1) && count > 1
    }

    /// The bit of a task in [`ObjectRecord::kept_for`](crate::engine::world::ObjectRecord); none for
    /// one that came when there were many.
    fn bit(&self, task: u32) -> u64 {
        1_u64.checked_shl(self.slot(task)).unwrap_or(0)
    }

    /// Nobody can go on: one whose wait is answered now.
    pub(crate) fn next_answered(&mut self) -> Option<u32> {
        let next = self.present().find(|&task| self.is_to_be_answered(task))?;
        self.answers += 1;
        // A program that asks again and again passes no point.
        self.steps += 1;
        self.make_ready(next);
        self.task_mut(next).timed_out = ANSWERED;
        Some(next)
    }

    /// Whether the wait of a task is one that is answered.
    fn is_to_be_answered(&self, task: u32) -> bool {
        let record = self.task(task);
        let object = record.wait_object;
        record.state == state::BLOCKED
            && (self.does_otherwise(task, kind::ENDS) && self.has_end(object)
                || self.answers < MOST_ANSWERS
                    && self.does_otherwise(task, kind::ANSWERED)
                    && self.can_be_given(task, object))
    }

    /// Whether `task` can go on as if somebody had given it what it waits for. A lock only where who has
    /// it is gone: what it guards is nobody else's then. A message only somebody else can make, and the
    /// result of a thread only that thread, unless it is none.
    fn can_be_given(&self, task: u32, object: u32) -> bool {
        let Some(record) = self.object(object) else {
            let child = self.task(task).wait_child;
            return child != NONE
                && (self.task(child).process == child
                    || self.thread(child).result & ThreadRecord::NOTHING != 0);
        };
        let Some(kind) = ObjectKind::from_code(record.kind) else {
            return false;
        };
        match kind.class() {
            Class::Lock | Class::ValueLock => {
                record.owner != NONE && self.task(record.owner).state == state::EXITED
            }
            Class::Messages | Class::Channel => {
                let op = Op::from_code(self.task(task).op);
                let has_bound = kind != ObjectKind::Pipe && op == Some(Op::Send);
                has_bound || matches!(op, Some(Op::Join | Op::Exit))
            }
            Class::Notice | Class::Flag | Class::Gathering | Class::Permits | Class::Token => true,
            Class::SharedLock
            | Class::Once
            | Class::Server
            | Class::Cells
            | Class::File
            | Class::Other => false,
        }
    }

    /// Whether an object is something that can come to an end.
    fn has_end(&self, object: u32) -> bool {
        let kind = self
            .object(object)
            .and_then(|it| ObjectKind::from_code(it.kind));
        kind.is_some_and(|kind| kind == ObjectKind::Pipe || kind.class() == Class::Channel)
    }

    /// The order of what `task` is about to do to an atomic.
    #[inline]
    pub(crate) fn ordered(&self, task: u32, order: Ordering) -> Ordering {
        if self.config.interventions[0].kind == 0 {
            return order;
        }
        let site = self.task(task).site;
        let mut all = self.of_kind(kind::STRONGER);
        let here = all.find(|(_, it)| self.is_at(site, it.at));
        let stronger = here.and_then(|(_, it)| Order::from_code(it.child));
        stronger.map_or(order, |it| with_both(order, it))
    }

    /// Whether the wait of `task` was answered.
    #[must_use]
    pub fn is_answered(&self, task: u32) -> bool {
        self.task(task).timed_out == ANSWERED
    }
}

/// An order that is as strong as each of two.
fn with_both(one: Ordering, other: Order) -> Ordering {
    let acquires = acquires(one) || matches!(other, Order::Acquire | Order::AcqRel);
    let releases = releases(one) || matches!(other, Order::Release | Order::AcqRel);
    match (acquires, releases) {
        _ if one == Ordering::SeqCst || other == Order::SeqCst => Ordering::SeqCst,
        (true, true) => Ordering::AcqRel,
        (true, false) => Ordering::Acquire,
        (false, true) => Ordering::Release,
        (false, false) => one,
    }
}

#[cfg(test)]
mod tests {
    use crate::engine::block::WaitFor;
    use crate::engine::decide::Next;
    use crate::engine::strategy::Strategy;
    use crate::engine::testing;
    use crate::engine::world::{Here, NEVER, NONE, Op, ThreadRecord, World};
    use crate::intervention::{Intervention, Order, records};
    use crate::kind::ObjectKind;
    use crate::run::Site;

    fn at(line: u32) -> Site {
        Site {
            file: "a.rs".into(),
            line,
            column: 1,
        }
    }

    /// A world of two tasks, of which main is at this line.
    fn world(how: Intervention, line: u32) -> Box<World> {
        let mut world = testing::world(Strategy::Natural, 0, 2);
        world.config.interventions = records(&[how]).expect("has room");
        let pipe = ObjectKind::Pipe as u32;
        world.add_object(pipe, "", NONE, 0).expect("few objects");
        let site = world.site(Here {
            key: line.into(),
            file: "a.rs",
            line,
            column: 1,
        });
        world.task_mut(0).site = site;
        world
    }

    #[test]
    fn an_access_asks_for_more_order_where_it_is_to() {
        use std::sync::atomic::Ordering::*;
        for (line, order, expected) in [
            (10, Relaxed, Acquire),
            (10, Release, AcqRel),
            (10, Acquire, Acquire),
            (11, Relaxed, Relaxed),
            (12, Acquire, SeqCst),
        ] {
            let all = vec![(at(10), Order::Acquire), (at(12), Order::SeqCst)];
            let world = world(Intervention::Stronger(all), line);
            assert_eq!(world.ordered(0, order), expected, "{line}");
        }
    }

    #[test]
    fn what_is_open_happens_as_it_mostly_does_where_it_is_to() {
        for (line, way) in [(10, 0), (11, 2)] {
            let mut world = world(Intervention::AsMostly(vec![at(10)]), line);
            world.config.liberties[0].way = 2;
            assert_eq!(world.way(0, 3), way, "line {line}");
        }
    }

    #[test]
    fn a_wait_has_no_limit_where_it_is_to_have_none() {
        for (line, deadline) in [(10, NEVER), (11, 5)] {
            let mut world = world(Intervention::NoLimit(vec![at(10)]), line);
            let wait = WaitFor {
                word: 1,
                object: 0,
                child: NONE,
                deadline: 5,
            };
            world.block(0, wait);
            assert_eq!(world.task(0).deadline, deadline, "line {line}");
        }
    }

    #[test]
    fn a_notification_wakes_all_where_it_is_to_and_as_many_as_it_says_elsewhere() {
        let wakes_all = || Intervention::WakesAll(vec![at(7), at(10)]);
        assert!(world(wakes_all(), 10).wakes(0, 0, 1) > 1_000_000);
        assert_eq!(world(wakes_all(), 11).wakes(0, 0, 1), 1);
    }

    #[test]
    fn a_notification_that_is_kept_is_taken_once() {
        for (line, kept) in [(10, true), (11, false)] {
            let mut world = world(Intervention::Kept(vec![at(10)]), line);
            assert!(!world.takes_kept(1, 0));
            world.woke(0, 0, (1, 1));
            assert!(!world.takes_kept(1, 0), "it woke the one it is for");
            world.woke(0, 0, (1, 0));
            assert!(!world.takes_kept(0, 0), "its own is for others");
            assert_eq!(world.takes_kept(1, 0), kept);
            assert!(!world.takes_kept(1, 0), "it was for one");
        }
    }

    #[test]
    fn one_for_all_that_is_kept_is_taken_once_by_each_that_did_not_wait() {
        let mut world = world(Intervention::Kept(vec![at(10)]), 10);
        for _ in 0..2 {
            assert_eq!(world.wakes(0, 0, NONE), NONE);
            world.woke(0, 0, (NONE, 0));
        }
        assert!(!world.takes_kept(0, 0));
        assert!(world.takes_kept(1, 0));
        assert!(!world.takes_kept(1, 0), "two of them are no more than one");
    }

    fn waits_for(object: u32) -> WaitFor {
        WaitFor {
            word: 5,
            object,
            child: NONE,
            deadline: NEVER,
        }
    }

    #[test]
    fn who_waits_for_a_message_learns_of_the_end_when_nobody_can_go_on() {
        for (line, goes_on) in [(10, Next::Task(0)), (11, Next::Over)] {
            let mut world = world(Intervention::Ends(vec![at(10)]), line);
            world.block(0, waits_for(0));
            assert_eq!(world.decide(0), Next::Task(1), "somebody can go on");
            assert!(!world.is_answered(0));
            world.block(1, waits_for(0));
            assert_eq!(world.decide(1), goes_on);
            assert_eq!(world.is_answered(0), goes_on == Next::Task(0));
        }
    }

    /// Whether task 0 goes on, which waits for this kind of thing where waits are answered, when task 1
    /// has done this.
    fn is_answered(kind: ObjectKind, does: fn(&mut World)) -> bool {
        let mut world = world(Intervention::Answered(vec![at(10)]), 10);
        world.add_object(kind as u32, "", NONE, 0).expect("few");
        does(&mut world);
        world.block(0, waits_for(1));
        world.exited(1, 0);
        world.decide(0) == Next::Task(0)
    }

    #[test]
    fn a_wait_is_answered_where_what_is_waited_for_can_be_done_without() {
        for (kind, answered) in [
            (ObjectKind::Barrier, true),
            (ObjectKind::Event, true),
            (ObjectKind::Condvar, true),
            (ObjectKind::Semaphore, true),
            (ObjectKind::Queue, false),
            (ObjectKind::Mutex, false),
        ] {
            assert_eq!(is_answered(kind, |_| ()), answered, "{kind:?}");
        }
        let took: fn(&mut World) = |world| world.acquired(1, 1, true);
        assert!(is_answered(ObjectKind::Mutex, took), "who had it is gone");
        let joins: fn(&mut World) = |world| world.task_mut(0).op = Op::Join as u32;
        assert!(is_answered(ObjectKind::Queue, joins));
        let sends: fn(&mut World) = |world| world.task_mut(0).op = Op::Send as u32;
        for (kind, has_bound) in [
            (ObjectKind::Queue, true),
            (ObjectKind::Channel, true),
            (ObjectKind::Pipe, false),
        ] {
            assert_eq!(is_answered(kind, sends), has_bound, "{kind:?}");
        }
    }

    #[test]
    fn the_end_of_a_task_is_answered_where_its_result_says_nothing() {
        for (process, result, answered) in [
            (1, 0, true),
            (0, 0, false),
            (0, ThreadRecord::NOTHING, true),
        ] {
            let mut world = world(Intervention::Answered(vec![at(10)]), 10);
            world.task_mut(1).process = process;
            world.thread_mut(1).result = result;
            world.block(1, waits_for(0));
            let joins = WaitFor {
                child: 1,
                ..waits_for(NONE)
            };
            world.block(0, joins);
            assert_eq!(
                world.decide(0) == Next::Task(0),
                answered,
                "{process} {result}"
            );
        }
    }

    #[test]
    fn who_asks_in_a_loop_is_not_answered_for_ever() {
        let mut world = world(Intervention::Answered(vec![at(10)]), 10);
        let event = ObjectKind::Event as u32;
        world.add_object(event, "", NONE, 0).expect("few");
        world.exited(1, 0);
        let mut answers = 0;
        loop {
            world.block(0, waits_for(1));
            match world.decide(0) {
                Next::Task(_) => answers += 1,
                Next::Over => break,
            }
        }
        assert_eq!(answers, super::MOST_ANSWERS);
    }
}
