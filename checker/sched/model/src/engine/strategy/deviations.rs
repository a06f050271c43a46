//! Deviations: natural except for a short list of choices. A choice is named by whose turn it was
//! and by how many decisions that task had come to before, so that it keeps its meaning when others
//! are left out. That is how a failing schedule is made smaller.

use super::{Among, Choose, List, undelayed};
use crate::engine::world::World;

/// The list is sorted by task and number. A choice that is not possible is skipped.
pub(super) struct Deviations;

impl Choose for Deviations {
    fn pick(&self, world: &mut World, among: Among) -> u32 {
        let holder = if world.holder < world.task_count {
            world.holder
        } else {
            0
        };
        let number = u64::from(world.task(holder).decisions);
        let count = (world.config.list_len as usize).min(world.deviations.len());
        let list = &world.deviations[..count];
        let found = list.binary_search_by_key(&(holder, number), |it| (it.holder, it.turn));
        match found.ok().and_then(|at| list.get(at)) {
            Some(choice) if among.has(world, choice.task) => choice.task,
            _ => undelayed(world, among.candidates, among.current),
        }
    }

    fn follows(&self) -> List {
        List::Deviations
    }

    fn lets_go_on(&self) -> bool {
        true
    }
}

#[cfg(test)]
mod tests {
    use crate::engine::strategy::Strategy;
    use crate::engine::testing::{points, world};
    use crate::engine::world::{ChoiceRecord, DeviationRecord, World};

    /// Deviations as (whose turn, which of its turns, who goes on instead).
    fn deviating(deviations: &[(u32, u64, u32)]) -> Box<World> {
        let mut world = world(Strategy::Deviations, 3, 3);
        for (slot, &(holder, turn, task)) in world.deviations.iter_mut().zip(deviations) {
            *slot = DeviationRecord { holder, task, turn };
        }
        world.config.list_len = u32::try_from(deviations.len()).expect("few");
        world
    }

    #[test]
    fn a_deviation_belongs_to_a_turn_of_a_task() {
        let mut world = deviating(&[(0, 2, 1), (1, 1, 2), (2, 3, 0)]);
        assert_eq!(points(&mut world, 10), [0, 0, 1, 1, 2, 2, 2, 2, 0, 0]);
        // Without the first, the situations of the others never arise.
        let mut world = deviating(&[(1, 1, 2), (2, 3, 0)]);
        assert_eq!(points(&mut world, 10), [0; 10]);
    }

    #[test]
    fn what_is_not_possible_is_skipped() {
        let mut world = deviating(&[(0, 1, 9), (0, 2, u32::MAX), (0, 3, 2)]);
        assert_eq!(points(&mut world, 5), [0, 0, 0, 2, 2]);
        let mut world = deviating(&[]);
        world.config.list_len = u32::MAX;
        assert_eq!(points(&mut world, 3), [0; 3]);
    }

    #[test]
    fn each_decision_tells_whether_it_preempts_and_deviates_from_the_natural_one() {
        let mut world = deviating(&[(0, 1, 2)]);
        let chosen = points(&mut world, 3);
        assert_eq!(chosen, [0, 2, 2]);
        let how = |at: usize| world.log[at].choice.how & 3;
        let switch = ChoiceRecord::PREEMPTS | ChoiceRecord::DEVIATES;
        assert_eq!([how(0), how(1), how(2)], [0, switch, 0]);
    }
}
