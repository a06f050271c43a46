//! Lock-order guided: a task that holds one lock of a possible cycle and is about to take the
//! next is held back while others can go on, so that they come to hold theirs.
//!
//! The edges come from the first schedules of the row, after Joshi, Park, Sen and Naik, "A
//! randomized dynamic program analysis technique for detecting real deadlocks", PLDI 2009.

use crate::decide::TaskSet;
use crate::world::{Op, World};

pub fn pick(world: &mut World, candidates: TaskSet) -> u32 {
    let mut free = TaskSet::default();
    for task in candidates.iter().filter(|&task| !closes_edge(world, task)) {
        free.insert(task);
    }
    super::random_walk::pick(world, if free.is_empty() { candidates } else { free })
}

/// Whether `task` holds the first lock of an edge and is about to take the second.
fn closes_edge(world: &World, task: u32) -> bool {
    let record = world.task(task);
    let edges = &world.config.edges[..(world.config.edge_count as usize).min(world.config.edges.len())];
    record.op == Op::Acquire as u32
        && edges.iter().any(|&[held, wanted]| {
            wanted == record.op_object
                && world.objects.get(held as usize).is_some_and(|o| o.owner == task)
        })
}
