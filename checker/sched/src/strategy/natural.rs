//! Natural: the holder goes on while it can; then the task that became ready first.

use crate::decide::TaskSet;
use crate::world::World;

pub fn pick(world: &World, candidates: TaskSet, current: Option<u32>) -> u32 {
    current.unwrap_or_else(|| super::earliest(world, candidates))
}
