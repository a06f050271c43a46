//! Lock-order guided: a task that holds one lock of a possible cycle and is about to take the next
//! is held back while others can go on, so that they get to take their locks.
//!
//! The edges come from the first schedules of the row, after Joshi, Park, Sen and Naik, "A
//! randomized dynamic program analysis technique for detecting real deadlocks", PLDI 2009.

use super::random_walk::{any, any_of};
use super::{Among, Choose};
use crate::engine::world::{Op, World};

pub(super) struct LockOrder;

impl Choose for LockOrder {
    fn pick(&self, world: &mut World, among: Among) -> u32 {
        let free = |world: &World, task: u32| !closes_edge(world, task);
        any_of(world, among.candidates, free).unwrap_or_else(|| any(world, among.candidates))
    }
}

/// Whether `task` holds the first lock of an edge and is about to take the second.
fn closes_edge(world: &World, task: u32) -> bool {
    let record = world.task(task);
    let edges =
        &world.config.edges[..(world.config.edge_count as usize).min(world.config.edges.len())];
    record.op == Op::Acquire as u32
        && edges
            .iter()
            .any(|&[held, wanted]| wanted == record.op_object && world.holds(task, held))
}

#[cfg(test)]
mod tests {
    use crate::engine::strategy::Strategy;
    use crate::engine::testing::{decide, points, world};
    use crate::engine::world::{NONE, Op, World};

    /// Main holds lock 0 and is about to take lock 1; tasks 1 and 2 are ready.
    fn about_to_close() -> Box<World> {
        let mut world = world(Strategy::LockOrder, 3, 3);
        world.config.edge_count = 1;
        world.config.edges[0] = [0, 1];
        for _ in 0..2 {
            world.add_object(1, "", NONE, 0).expect("few objects");
        }
        world.acquired(0, 0, true);
        world.announce(0, Op::Acquire, 1, 1);
        world
    }

    #[test]
    fn a_task_about_to_close_an_edge_is_held_back_while_others_can_go_on() {
        let mut world = about_to_close();
        let mut holder = 0;
        for _ in 0..100 {
            holder = decide(&mut world, holder);
            assert_ne!(holder, 0);
        }
        world.task_mut(1).state = crate::engine::world::state::EXITED;
        world.task_mut(2).state = crate::engine::world::state::EXITED;
        assert_eq!(decide(&mut world, holder), 0);
    }

    #[test]
    fn other_locks_and_other_holders_are_no_reason() {
        let changes: [fn(&mut World); 4] = [
            |world| world.config.edges[0] = [1, 0],
            |world| world.config.edge_count = 0,
            |world| world.objects[0].owner = 1,
            |world| world.task_mut(0).op = Op::TryAcquire as u32,
        ];
        for change in changes {
            let mut world = about_to_close();
            change(&mut world);
            let first = (0..50).find(|_| decide(&mut world, NONE) == 0);
            assert!(first.is_some());
        }
    }

    #[test]
    fn without_edges_everybody_has_a_turn() {
        let mut world = world(Strategy::LockOrder, 3, 3);
        let chosen = points(&mut world, 100);
        assert!((0..3).all(|task| chosen.contains(&task)));
    }
}
