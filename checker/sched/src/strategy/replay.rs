//! Replay: the choices of an earlier run, with its clock; past their end, natural.

use crate::decide::TaskSet;
use crate::world::World;

pub fn pick(world: &mut World, candidates: TaskSet, current: Option<u32>) -> u32 {
    let at = world.replayed as usize;
    if at < world.config.replay_len as usize {
        world.replayed += 1;
        if let Some(choice) = world.replay.get(at).copied()
            && candidates.contains(choice.task)
        {
            world.clock = world.clock.max(choice.clock);
            return choice.task;
        }
    }
    super::natural::pick(world, candidates, current)
}
