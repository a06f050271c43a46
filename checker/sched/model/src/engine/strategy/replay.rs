//! Replay: the choices of an earlier run, with its clock; past their end, natural.

use super::natural::Natural;
use super::{Among, Choose, List};
use crate::engine::world::World;

pub(super) struct Replay;

impl Choose for Replay {
    fn pick(&self, world: &mut World, among: Among) -> u32 {
        follow(world, among)
    }

    fn follows(&self) -> List {
        List::Choices
    }
}

/// The same for a systematic exploration, within the bounds of its schedule.
pub(super) struct Systematic;

impl Choose for Systematic {
    fn pick(&self, world: &mut World, among: Among) -> u32 {
        follow(world, among)
    }

    fn follows(&self) -> List {
        List::Choices
    }
}

fn follow(world: &mut World, among: Among) -> u32 {
    let at = world.replayed as usize;
    if at < world.config.list_len as usize {
        let choice = world.replay.get(at).copied();
        world.replayed_times += 1;
        if choice.is_none_or(|choice| world.replayed_times >= choice.times) {
            world.replayed += 1;
            world.replayed_times = 0;
        }
        if let Some(choice) = choice
            && among.has(world, choice.task)
        {
            world.clock = world.clock.max(choice.clock);
            return choice.task;
        }
    }
    Natural.pick(world, among)
}

#[cfg(test)]
mod tests {
    use crate::engine::strategy::Strategy;
    use crate::engine::testing::{points, world};
    use crate::engine::world::{ReplayRecord, World};

    fn replaying(choices: &[(u32, u64)]) -> Box<World> {
        let mut world = world(Strategy::Replay, 3, 3);
        for (slot, &(task, clock)) in world.replay.iter_mut().zip(choices) {
            *slot = ReplayRecord::new(task, clock, 1);
        }
        world.config.list_len = u32::try_from(choices.len()).expect("few choices");
        world
    }

    #[test]
    fn follows_the_list_and_its_clock_then_goes_on_naturally() {
        let mut world = replaying(&[(2, 0), (2, 50), (0, 50), (1, 70)]);
        assert_eq!(points(&mut world, 8), [2, 2, 0, 1, 1, 1, 1, 1]);
        assert_eq!(world.clock, 70);
    }

    #[test]
    fn a_choice_that_stands_for_several_is_made_so_often() {
        let mut world = replaying(&[(2, 0), (1, 0), (0, 0)]);
        world.replay[0].times = 3;
        assert_eq!(points(&mut world, 6), [2, 2, 2, 1, 0, 0]);
    }

    #[test]
    fn a_choice_that_is_not_possible_is_skipped() {
        let mut world = replaying(&[(2, 0), (9, 1000), (1, 5), (u32::MAX, 0)]);
        assert_eq!(points(&mut world, 5), [2, 2, 1, 1, 1]);
        assert_eq!(
            world.clock, 5,
            "the clock of a skipped choice is skipped too"
        );
    }

    #[test]
    fn a_length_beyond_the_list_does_no_harm() {
        let mut world = replaying(&[]);
        world.config.list_len = u32::MAX;
        world.replayed = u32::MAX - 1;
        assert_eq!(points(&mut world, 3), [0; 3]);
    }
}
