//! Random walk: every candidate has the same chance at every point.

use crate::decide::TaskSet;
use crate::world::World;

pub fn pick(world: &mut World, candidates: TaskSet) -> u32 {
    let at = world.rng.below(candidates.len().into());
    candidates.iter().nth(usize::try_from(at).unwrap_or(0)).unwrap_or(0)
}
