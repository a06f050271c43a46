//! PCT: random priorities, lowered at a few random points.
//!
//! Burckhardt, Kothari, Musuvathi and Nagarakatte, "A randomized scheduler with probabilistic
//! guarantees of finding bugs", ASPLOS 2010. The highest priority runs; at each of d - 1 points
//! placed at random along the length of the natural run, the running task falls below all others.
//! A task that steps back falls too, or it would be chosen for ever.

use super::{Among, Choose};
use crate::engine::slots::SlotSet;
use crate::engine::world::{NONE, World};

/// Priorities above this one are drawn at random, those below are handed out by change points.
const RANDOM_FROM: u64 = 1 << 32;

pub(super) struct Pct;

impl Choose for Pct {
    fn begin(&self, world: &mut World) {
        let length = u64::from(world.config.length.max(8));
        let depth = 1 + world.rng.below(world.change_points.len() as u64);
        for i in 0..world.change_points.len() {
            let at = world.rng.below(length) + 1;
            let used = (i as u64) < depth;
            world.change_points[i] = if used {
                u32::try_from(at).unwrap_or(0)
            } else {
                0
            };
        }
        world.low_priority = RANDOM_FROM;
    }

    fn task_added(&self, world: &mut World, task: u32) {
        let priority = RANDOM_FROM + (world.rng.next_u64() >> 1);
        world.task_mut(task).priority = priority;
    }

    fn before(&self, world: &mut World, holder: u32) {
        let steps = world.steps;
        let waits = world.task(holder).stepped_back != 0;
        if waits || world.change_points.contains(&steps) {
            world.low_priority = world.low_priority.saturating_sub(1);
            let low = world.low_priority;
            world.task_mut(holder).priority = low;
            world.settled = NONE;
        }
    }

    fn pick(&self, world: &mut World, among: Among) -> u32 {
        // Whoever was chosen is still above those who were ready then.
        let stays = among.current.filter(|_| among.settled);
        stays.unwrap_or_else(|| highest(world, among.candidates))
    }

    fn lets_go_on(&self) -> bool {
        true
    }
}

/// The candidate of highest priority.
pub(super) fn highest(world: &World, candidates: SlotSet) -> u32 {
    world
        .those_of(candidates)
        .max_by_key(|&t| world.task(t).priority)
        .unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::RANDOM_FROM;
    use crate::engine::strategy::Strategy;
    use crate::engine::testing::{again, decide, point, world};
    use crate::engine::world::{NONE, Op, World};

    fn priorities(world: &World) -> Vec<u64> {
        world.tasks().iter().map(|task| task.priority).collect()
    }

    #[test]
    fn priorities_change_at_the_change_points_and_nowhere_else() {
        let mut world = world(Strategy::Pct, 0, 4);
        let mut depths = BTreeSet::new();
        for schedule in 0..200 {
            world.config.schedule = schedule;
            again(&mut world, 4);
            let planned: BTreeSet<u32> =
                world.change_points.into_iter().filter(|&p| p > 0).collect();
            let (mut holder, mut changed) = (0, BTreeSet::new());
            for step in 1..=60 {
                let before = priorities(&world);
                let lowest = before.iter().copied().min();
                let next = point(&mut world, holder);
                let after = priorities(&world);
                if after != before {
                    changed.insert(step);
                    assert!(
                        Some(world.task(holder).priority) < lowest,
                        "it falls below all others"
                    );
                    assert!(world.task(holder).priority < RANDOM_FROM);
                }
                assert_eq!(
                    after.iter().max(),
                    Some(&after[next as usize]),
                    "the highest runs"
                );
                holder = next;
            }
            assert_eq!(changed, planned, "schedule {schedule}");
            assert!(planned.iter().all(|&p| p <= world.config.length));
            depths.insert(planned.len());
        }
        assert_eq!(depths, BTreeSet::from([1, 2, 3, 4]));
    }

    #[test]
    fn priorities_of_new_tasks_differ_and_any_order_comes_up() {
        let mut world = world(Strategy::Pct, 0, 3);
        let mut orders = BTreeSet::new();
        for schedule in 0..100 {
            world.config.schedule = schedule;
            again(&mut world, 3);
            let mut order = [0_u32, 1, 2];
            order.sort_by_key(|&task| world.task(task).priority);
            orders.insert(order);
        }
        assert_eq!(orders.len(), 6);
    }

    #[test]
    fn a_task_that_steps_back_falls_below_the_others() {
        let mut world = world(Strategy::Pct, 0, 2);
        world.change_points = [0; 4];
        let favourite = u32::from(world.task(1).priority > world.task(0).priority);
        let first = point(&mut world, 0);
        assert_eq!(first, favourite);
        world.announce(first, Op::Yield, NONE, 1);
        assert_eq!(decide(&mut world, first), 1 - first);
        assert_eq!(point(&mut world, 1 - first), 1 - first, "and stays there");
    }
}
