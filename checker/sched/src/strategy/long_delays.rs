//! Long delays: no preemption otherwise, but now and then a task is kept from running for a
//! random time between a microsecond and several hours, as a busy machine might.

use crate::decide::TaskSet;
use crate::world::{World, state};

/// One point in this many delays its task.
const ONE_IN: u64 = 6;
/// Delays are 2^10 to 2^44 nanoseconds: a microsecond to five hours.
const SHIFTS: (u64, u64) = (10, 35);

pub fn before(world: &mut World, holder: u32) {
    if world.task(holder).state != state::RUNNING || !world.rng.one_in(ONE_IN) {
        return;
    }
    let shift = SHIFTS.0 + world.rng.below(SHIFTS.1);
    let delay = (1_u64 << shift).min(world.config.max_delay);
    let until = world.task(holder).ready_at.saturating_add(delay);
    world.task_mut(holder).delayed_until = until;
}

pub fn pick(world: &World, candidates: TaskSet, current: Option<u32>) -> u32 {
    match current {
        Some(task) if world.task(task).delayed_until <= world.clock => task,
        _ => super::earliest(world, candidates),
    }
}
