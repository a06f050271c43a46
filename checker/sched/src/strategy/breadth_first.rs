//! Breadth-first: switches at every point to the task that has waited longest, so that tasks
//! which can overlap do.

use crate::decide::TaskSet;
use crate::world::World;

pub fn pick(world: &World, candidates: TaskSet, current: Option<u32>) -> u32 {
    let longest = |&task: &u32| world.task(task).ready_order;
    let others = candidates.iter().filter(|&task| Some(task) != current);
    others
        .min_by_key(longest)
        .unwrap_or_else(|| super::earliest(world, candidates))
}

#[cfg(test)]
mod tests {
    use crate::strategy::Strategy;
    use crate::strategy::testing::{points, world};
    use crate::world::state;

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
    fn alone_a_task_goes_on() {
        let mut world = world(Strategy::BreadthFirst, 5, 2);
        world.task_mut(1).state = state::EXITED;
        assert_eq!(points(&mut world, 5), [0; 5]);
    }
}
