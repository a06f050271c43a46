//! PCT: random priorities, lowered at a few random points.
//!
//! Burckhardt, Kothari, Musuvathi and Nagarakatte, "A randomized scheduler with probabilistic
//! guarantees of finding bugs", ASPLOS 2010. The highest priority runs; at each of d - 1 points
//! placed at random along the length of the natural run, the running task falls below all others.
//! A task that steps back falls too, or it would be chosen for ever.

use crate::decide::TaskSet;
use crate::world::World;

/// Priorities above this one are drawn at random, those below are handed out by change points.
const RANDOM_FROM: u64 = 1 << 32;

pub fn begin(world: &mut World) {
    let length = u64::from(world.config.length.max(8));
    let depth = 1 + world.rng.below(world.change_points.len() as u64);
    for i in 0..world.change_points.len() {
        let at = world.rng.below(length) + 1;
        let used = (i as u64) < depth;
        world.change_points[i] = if used { u32::try_from(at).unwrap_or(0) } else { 0 };
    }
    world.low_priority = RANDOM_FROM;
}

pub fn task_added(world: &mut World, task: u32) {
    let priority = RANDOM_FROM + (world.rng.next_u64() >> 1);
    world.task_mut(task).priority = priority;
}

pub fn before(world: &mut World, holder: u32) {
    let steps = world.steps;
    let waits = world.task(holder).stepped_back == 1;
    if waits || world.change_points.iter().any(|&p| p == steps) {
        world.low_priority = world.low_priority.saturating_sub(1);
        let low = world.low_priority;
        world.task_mut(holder).priority = low;
    }
}

/// The candidate of highest priority.
pub fn highest(world: &World, candidates: TaskSet) -> u32 {
    candidates.iter().max_by_key(|&t| world.task(t).priority).unwrap_or(0)
}
