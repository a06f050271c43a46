//! In turn: switches at every point to the task that has waited longest, from the first start on.

use crate::engine::world::World;
use crate::task_set::TaskSet;

pub fn pick(world: &World, candidates: TaskSet, current: Option<u32>) -> u32 {
    let longest = |&task: &u32| world.task(task).ready_order;
    let others = candidates.iter().filter(|&task| Some(task) != current);
    others
        .min_by_key(longest)
        .unwrap_or_else(|| super::earliest(world, candidates))
}
