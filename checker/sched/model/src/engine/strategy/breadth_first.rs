//! Breadth-first: switches at every point to the task that has waited longest, so that tasks which
//! can overlap do. Starts come first: a task that starts others goes on doing so, and those it
//! starts run to their first point, so that all are ready before the first of them acts.

use super::{Among, Choose, round_robin};
use crate::engine::slots::SlotSet;
use crate::engine::world::{Op, World};

/// Who begins, or starts another.
pub(super) fn starts(world: &World, candidates: SlotSet) -> Option<u32> {
    let is_about_to = |task: u32, op: Op| world.task(task).op == op as u32;
    let first = |op| {
        world
            .those_of(candidates)
            .find(|&task| is_about_to(task, op))
    };
    // A task that starts others for ever must not keep them from acting.
    let early = world.steps < STARTS;
    early.then(|| first(Op::Begin).or_else(|| first(Op::Start)))?
}

/// The number of points after which starts no longer come first.
const STARTS: u32 = 1000;

pub(super) struct BreadthFirst;

impl Choose for BreadthFirst {
    fn pick(&self, world: &mut World, among: Among) -> u32 {
        starts(world, among.candidates).unwrap_or_else(|| round_robin::next(world, among))
    }
}

#[cfg(test)]
mod tests {
    use crate::engine::strategy::Strategy;
    use crate::engine::testing::{decide, point, points, world};
    use crate::engine::world::{NONE, Op, state};

    #[test]
    fn switches_at_every_point_to_each_in_turn() {
        let mut world = world(Strategy::BreadthFirst, 5, 4);
        let chosen = points(&mut world, 12);
        for task in 0..4 {
            assert!(chosen[..4].contains(&task), "{chosen:?}");
        }
        assert_eq!(chosen[..8], chosen[4..]);
    }

    #[test]
    fn all_are_started_before_the_first_of_them_acts() {
        let mut world = world(Strategy::BreadthFirst, 5, 1);
        let mut holder = 0;
        for child in 1..4 {
            world.announce(0, Op::Start, NONE, 1);
            assert_eq!(decide(&mut world, holder), 0, "it goes on starting");
            world.add_task(0, "", false, NONE).expect("few tasks");
            world.announce(0, Op::Start, NONE, 1);
            holder = decide(&mut world, 0);
            assert_eq!(holder, child, "the new one goes to its first point");
            holder = point(&mut world, holder);
            assert_eq!(holder, 0);
        }
    }

    #[test]
    fn alone_a_task_goes_on() {
        let mut world = world(Strategy::BreadthFirst, 5, 2);
        world.task_mut(1).state = state::EXITED;
        assert_eq!(points(&mut world, 5), [0; 5]);
    }
}
