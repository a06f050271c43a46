//! Which task had which slot when a choice was made.

use sched_model::World;
use sched_model::engine::world::{ChoiceRecord, NONE};
use sched_model::limits::NEAR_TASKS;
use sched_model::slot_set::bits;
use sched_model::task_set::TaskSet;

/// Which task had which slot, as choice follows choice.
pub(super) struct Slots<'a> {
    world: &'a World,
    /// The task of each slot.
    tasks: Vec<u32>,
    /// How many tasks are taken into account.
    known: u32,
}

impl<'a> Slots<'a> {
    pub(super) fn new(world: &'a World) -> Self {
        Self {
            world,
            tasks: Vec::new(),
            known: 0,
        }
    }

    /// Who could have been chosen at the choice of this number.
    pub(super) fn candidates(&mut self, at: usize, choice: &ChoiceRecord) -> TaskSet {
        let tasks = choice.tasks().min(small(self.world.tasks().len()));
        for task in self.known..tasks {
            let slot = self.world.slot(task) as usize;
            let length = self.tasks.len().max(slot + 1);
            self.tasks.resize(length, NONE);
            self.tasks[slot] = task;
        }
        self.known = self.known.max(tasks);
        let wide = self.world.wide_candidates.get(at);
        let wide = wide.filter(|_| self.tasks.len() > NEAR_TASKS);
        let more = wide.map_or(&[][..], |words| words);
        let more = bits(more.iter().copied()).map(|slot| slot + small(NEAR_TASKS));
        let slots = bits(choice.candidates).chain(more);
        let tasks = slots.filter_map(|slot| self.tasks.get(slot as usize).copied());
        tasks.filter(|&task| task != NONE).collect()
    }
}

fn small(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(NONE)
}
