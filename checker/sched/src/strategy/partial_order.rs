//! Partial-order sampling: every pending operation has a random priority, and one that conflicts
//! with the operation just done draws a new one.
//!
//! Yuan, Yang and Gu, "Partial order aware concurrency sampling", CAV 2018: orders of conflicting
//! operations are sampled nearly evenly, however many independent operations lie between them.

use crate::world::{NONE, World, state};

/// Draws a new priority for the pending operation of `task`.
pub fn redraw(world: &mut World, task: u32) {
    let priority = world.rng.next_u64();
    world.task_mut(task).priority = priority;
}

/// The holder's last operation is done and its next one pending: it draws, and so do those whose
/// pending operation is on the same object.
pub fn before(world: &mut World, holder: u32) {
    redraw(world, holder);
    let object = world.task(holder).last_object;
    if object == NONE {
        return;
    }
    for task in 0..world.task_count {
        let record = world.task(task);
        let pending = record.state == state::READY && record.op_object == object;
        if task != holder && pending {
            redraw(world, task);
        }
    }
}
