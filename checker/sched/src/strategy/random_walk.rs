//! Random walk: every candidate has the same chance at every point.

use crate::world::World;

pub fn pick(world: &mut World, candidates: &[u32]) -> u32 {
    let at = world.rng.below(candidates.len() as u64);
    usize::try_from(at).ok().and_then(|at| candidates.get(at).copied()).unwrap_or(0)
}
