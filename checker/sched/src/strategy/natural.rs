//! Natural: the holder goes on while it can; then the task that became ready first.

use crate::world::World;

pub fn pick(world: &World, candidates: &[u32], current: Option<u32>) -> u32 {
    current.unwrap_or_else(|| super::earliest(world, candidates))
}
