//! Reversed: as natural, but the youngest task first. It shows where an order results only from the
//! order of starting.

use super::{Among, Choose};
use crate::engine::world::World;

pub(super) struct Reversed;

impl Choose for Reversed {
    fn pick(&self, world: &mut World, among: Among) -> u32 {
        let youngest = || world.those_of(among.candidates).max();
        among.current.or_else(youngest).unwrap_or(0)
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
    fn never_preempts_and_goes_on_with_the_youngest() {
        let mut world = world(Strategy::Reversed, 5, 4);
        assert_eq!(points(&mut world, 50), [0; 50]);
        let mut holder = 0;
        for youngest in [3, 2, 1] {
            world.task_mut(holder).state = state::EXITED;
            holder = decide(&mut world, holder);
            assert_eq!(holder, youngest);
        }
    }
}
