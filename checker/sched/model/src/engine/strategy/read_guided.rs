//! Read-guided: a random walk that mostly steers which write a read sees. After a change, a task
//! that is about to use the same object goes on; and a task that has just read goes on itself, with
//! what it saw. So bugs that depend on short-lived states show while these states last.
//!
//! After Wolff, Shi, Duck, Mathur and Roychoudhury, "Greybox fuzzing for concurrency testing",
//! ASPLOS 2024: what matters about a schedule is which read sees which write.

use super::breadth_first::starts;
use super::random_walk::{any, any_of};
use super::{Among, Choose};
use crate::engine::slots::SlotSet;
use crate::engine::world::{NONE, World};
use crate::op::Op;

/// In this many of four decisions the choice is guided; the others are random.
const OF_FOUR: u64 = 3;

pub(super) struct ReadGuided;

impl Choose for ReadGuided {
    fn pick(&self, world: &mut World, among: Among) -> u32 {
        let Among {
            holder, candidates, ..
        } = among;
        // In every second schedule all tasks are started before the first of them acts.
        if world.config.schedule.is_multiple_of(2)
            && let Some(task) = starts(world, candidates)
        {
            return task;
        }
        if world.rng.below(4) < OF_FOUR
            && holder != NONE
            && let Some(next) = reads(world, holder, candidates)
        {
            return next;
        }
        any(world, candidates)
    }
}

/// The task that goes on because of what the holder did last.
fn reads(world: &mut World, holder: u32, candidates: SlotSet) -> Option<u32> {
    let (did, used) = {
        let record = world.task(holder);
        (Op::from_code(record.last_op)?, record.last_object)
    };
    if used == NONE {
        return None;
    }
    match did {
        Op::Read | Op::Look | Op::FileRead | Op::IsAlive => {
            world.is_among(candidates, holder).then_some(holder)
        }
        _ => {
            let asks =
                |world: &World, task: u32| task != holder && world.task(task).op_object == used;
            any_of(world, candidates, asks)
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::engine::strategy::Strategy;
    use crate::engine::testing::{decide, world};
    use crate::engine::world::{Op, World};

    /// Main did `op` on object 7 and is about to do something else; task 2 is about to read it.
    fn after(op: Op) -> Box<World> {
        let mut world = world(Strategy::ReadGuided, 3, 4);
        world.task_mut(2).op_object = 7;
        world.announce(0, op, 7, 1);
        world.announce(0, Op::Write, 9, 2);
        world
    }

    /// How often of 2000 times this task goes on.
    fn goes_on(op: Op, task: u32) -> usize {
        let mut count = 0;
        for schedule in 0..2000 {
            let mut world = after(op);
            world.rng = crate::rng::SplitMix64::for_stream(5, schedule);
            count += usize::from(decide(&mut world, 0) == task);
        }
        count
    }

    #[test]
    fn a_change_is_read_and_who_read_goes_on() {
        // Three of four, and a quarter of the rest.
        assert!((1550..1700).contains(&goes_on(Op::Write, 2)));
        assert!((1550..1700).contains(&goes_on(Op::Read, 0)));
        assert!((80..170).contains(&goes_on(Op::Read, 2)));
    }
}
