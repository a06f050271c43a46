//! Interventions in what is done: notifications that wake more or are kept, waits that end, and accesses
//! that ask for more order.

use std::sync::atomic::Ordering;

use crate::engine::atomics::{acquires, releases};
use crate::engine::world::{NONE, World, state};
use crate::intervention::{Order, kind};
use crate::kind::{Class, ObjectKind};

/// [`TaskRecord::timed_out`](crate::engine::world::TaskRecord) of a task that is told that no message
/// comes any more.
const ENDED: u32 = 3;

impl World {
    /// Whether what `task` is about to do is done otherwise, in this way.
    fn does_otherwise(&self, task: u32, kind: u32) -> bool {
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

    /// Nobody can go on: one that waits for a message, and now learns that none comes.
    pub(crate) fn next_ended(&mut self) -> Option<u32> {
        let waits = |&task: &u32| {
            let record = self.task(task);
            let blocked = record.state == state::BLOCKED && self.has_end(record.wait_object);
            blocked && self.does_otherwise(task, kind::ENDS)
        };
        let next = self.present().find(waits)?;
        // A program that asks again and again passes no point.
        self.steps += 1;
        self.make_ready(next);
        self.task_mut(next).timed_out = ENDED;
        Some(next)
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

    /// Whether `task` has learned that no message comes any more.
    #[must_use]
    pub fn has_ended(&self, task: u32) -> bool {
        self.task(task).timed_out == ENDED
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
    use crate::engine::world::{Here, NEVER, NONE, World};
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

    #[test]
    fn who_waits_for_a_message_learns_of_the_end_when_nobody_can_go_on() {
        let wait = WaitFor {
            word: 5,
            object: 0,
            child: NONE,
            deadline: NEVER,
        };
        for (line, goes_on) in [(10, Next::Task(0)), (11, Next::Over)] {
            let mut world = world(Intervention::Ends(vec![at(10)]), line);
            world.block(0, wait);
            assert_eq!(world.decide(0), Next::Task(1), "somebody can go on");
            assert!(!world.has_ended(0));
            world.block(1, wait);
            assert_eq!(world.decide(1), goes_on);
            assert_eq!(world.has_ended(0), goes_on == Next::Task(0));
        }
    }
}
