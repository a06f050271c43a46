//! Round robin: switches at every point to the task that has waited longest, from the first start on.

use super::{Among, Choose, earliest};
use crate::engine::world::World;

pub(super) struct RoundRobin;

impl Choose for RoundRobin {
    fn pick(&self, world: &mut World, among: Among) -> u32 {
        next(world, among)
    }
}

/// The task that has waited longest, other than the one that ran.
pub(super) fn next(world: &World, among: Among) -> u32 {
    let longest = |&task: &u32| world.task(task).ready_order;
    let all = world.those_of(among.candidates);
    let others = all.filter(|&task| Some(task) != among.current);
    others
        .min_by_key(longest)
        .unwrap_or_else(|| earliest(world, among.candidates))
}
