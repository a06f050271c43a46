//! Partial-order sampling: every pending operation has a random priority, and one that conflicts
//! with the operation just done draws a new one.
//!
//! Yuan, Yang and Gu, "Partial order aware concurrency sampling", CAV 2018: orders of conflicting
//! operations are sampled nearly evenly, however many independent operations lie between them.

use super::pct::highest;
use super::{Among, Choose};
use crate::engine::world::{NONE, World, state};

pub(super) struct PartialOrder;

impl Choose for PartialOrder {
    fn task_added(&self, world: &mut World, task: u32) {
        redraw(world, task);
    }

    /// The holder's last operation is done and its next one pending: it draws, and so do those whose
    /// pending operation is on the same object.
    fn before(&self, world: &mut World, holder: u32) {
        redraw(world, holder);
        let object = world.task(holder).last_object;
        if object == NONE {
            return;
        }
        for slot in 0..world.slot_count {
            let task = world.in_slot(slot);
            let record = world.task(task);
            let pending = record.state == state::READY && record.op_object == object;
            if task != holder && pending {
                redraw(world, task);
            }
        }
    }

    fn pick(&self, world: &mut World, among: Among) -> u32 {
        highest(world, among.candidates)
    }
}

/// Draws a new priority for the pending operation of `task`.
fn redraw(world: &mut World, task: u32) {
    let priority = world.rng.next_u64();
    world.task_mut(task).priority = priority;
}

#[cfg(test)]
mod tests {
    use crate::engine::strategy::Strategy;
    use crate::engine::testing::{again, point_on, world};
    use crate::engine::world::{NONE, World};

    fn priorities(world: &World) -> Vec<u64> {
        world.tasks().iter().map(|task| task.priority).collect()
    }

    #[test]
    fn the_holder_and_those_in_conflict_with_it_draw_again() {
        let mut world = world(Strategy::PartialOrder, 3, 4);
        world.task_mut(1).op_object = 7;
        world.task_mut(2).op_object = 8;
        // The first announced operation is done when the next one is announced.
        world.announce(0, crate::engine::world::Op::Write, 7, 1);
        let before = priorities(&world);
        point_on(&mut world, 0, 9);
        let after = priorities(&world);
        let changed: Vec<bool> = before.iter().zip(&after).map(|(a, b)| a != b).collect();
        assert_eq!(changed, [true, true, false, false]);
    }

    /// Main does `work` operations that concern nobody and then one on an object that task 1 is
    /// about to use: in how many of 2000 schedules main comes first.
    fn late_one_first(strategy: Strategy, work: usize) -> usize {
        let mut world = world(strategy, 3, 2);
        let first = |schedule| {
            world.config.schedule = schedule;
            again(&mut world, 2);
            world.task_mut(1).op_object = 7;
            (0..work).all(|_| point_on(&mut world, 0, NONE) == 0) && point_on(&mut world, 0, 7) == 0
        };
        (0..2000).map(first).filter(|&first| first).count()
    }

    #[test]
    fn independent_operations_thin_an_order_out_far_less_than_in_a_random_walk() {
        let even = late_one_first(Strategy::PartialOrder, 0);
        assert!((900..1100).contains(&even), "{even} of 2000");
        // Eleven draws that are all above one other: 1 in 12. Eleven coins: 1 in 2048.
        let sampled = late_one_first(Strategy::PartialOrder, 10);
        assert!((120..220).contains(&sampled), "{sampled} of 2000");
        let walk = late_one_first(Strategy::RandomWalk, 10);
        assert!(walk < 10, "{walk} of 2000");
    }
}
