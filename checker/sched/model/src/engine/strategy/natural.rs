//! Natural: the holder goes on while it can; then the task that became ready first.

use super::{Among, Choose, earliest};
use crate::engine::world::World;

pub(super) struct Natural;

impl Choose for Natural {
    fn pick(&self, world: &mut World, among: Among) -> u32 {
        let earliest = || earliest(world, among.candidates);
        among.current.unwrap_or_else(earliest)
    }

    fn lets_go_on(&self) -> bool {
        true
    }
}

#[cfg(test)]
mod tests {
    use crate::engine::strategy::Strategy;
    use crate::engine::testing::{decide, points, world};
    use crate::engine::world::state;

    #[test]
    fn never_preempts() {
        let mut world = world(Strategy::Natural, 5, 4);
        assert_eq!(points(&mut world, 100), [0; 100]);
    }

    #[test]
    fn goes_on_with_the_one_ready_first() {
        let mut world = world(Strategy::Natural, 5, 4);
        world.make_ready(1);
        world.task_mut(0).state = state::EXITED;
        assert_eq!(decide(&mut world, 0), 2);
        world.task_mut(2).state = state::EXITED;
        assert_eq!(decide(&mut world, 2), 3);
        world.task_mut(3).state = state::EXITED;
        assert_eq!(decide(&mut world, 3), 1);
    }

    #[test]
    fn time_comes_before_order() {
        let mut world = world(Strategy::Natural, 5, 3);
        world.task_mut(1).ready_at = 10;
        world.task_mut(0).state = state::EXITED;
        assert_eq!(decide(&mut world, 0), 2);
        assert_eq!(world.clock, 0);
    }
}
