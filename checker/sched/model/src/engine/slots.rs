//! Tasks among which one is chosen: in a run of few a number, so that a point costs little.

use crate::engine::world::{NONE, World};
use crate::limits::NEAR_TASKS;
use crate::slot_set::{NEAR_WORDS, WORDS, halves};

/// Some of the tasks that have a slot. Only the world can say which: where there were never more than
/// the first slots, this is a bit for each; otherwise it is a slot plus one, or [`WRITTEN`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SlotSet(u128);

/// Those that the world has written down, [`World::ready`].
const WRITTEN: SlotSet = SlotSet(u128::MAX);

impl SlotSet {
    /// None.
    pub const EMPTY: Self = Self(0);

    /// Some of the first slots, in a world that has no others.
    #[inline]
    #[must_use]
    pub fn of_few(bits: u128) -> Self {
        Self(bits)
    }

    /// Its number, to be kept.
    pub(crate) fn number(self) -> u128 {
        self.0
    }

    /// The set of such a number, as long as no other one was written down.
    pub(crate) fn of_number(number: u128) -> Self {
        Self(number)
    }

    fn one(self) -> Option<u32> {
        u32::try_from(self.0).ok()?.checked_sub(1)
    }
}

/// The tasks of a set, in the order of their slots.
pub(crate) struct Those<'a> {
    world: &'a World,
    /// What is left of a set of a run of few.
    near: u128,
    /// A set of any other run.
    more: SlotSet,
    /// From which slot on it is left.
    next: u32,
}

impl Iterator for Those<'_> {
    type Item = u32;

    #[inline]
    fn next(&mut self) -> Option<u32> {
        if self.near == 0 {
            return match self.more {
                SlotSet::EMPTY => None,
                _ => self.next_of_many(),
            };
        }
        let slot = self.near.trailing_zeros();
        self.near &= self.near - 1;
        Some(self.world.in_slot(slot))
    }
}

impl Those<'_> {
    #[cold]
    fn next_of_many(&mut self) -> Option<u32> {
        let slot = match self.more.one() {
            Some(slot) => (slot >= self.next).then_some(slot)?,
            None => self.next_written()?,
        };
        self.next = slot + 1;
        Some(self.world.in_slot(slot))
    }

    fn next_written(&self) -> Option<u32> {
        let first = self.next as usize / 64;
        let from = |at: usize| if at == first { self.next % 64 } else { 0 };
        (first..WORDS).find_map(|at| {
            let left = self.world.ready[at] & u64::MAX << from(at);
            let slot = u32::try_from(64 * at).ok()? + left.trailing_zeros();
            (left != 0).then_some(slot)
        })
    }
}

impl World {
    /// Whether no slots beyond the first ones were ever used.
    #[inline]
    pub(crate) fn has_few_slots(&self) -> bool {
        self.slot_count as usize <= NEAR_TASKS
    }

    /// The set of one task.
    pub(crate) fn only(&self, task: u32) -> SlotSet {
        let slot = self.slot(task);
        match self.has_few_slots() {
            true => SlotSet(1 << slot),
            false => SlotSet(u128::from(slot) + 1),
        }
    }

    /// Writes down these slots.
    pub(crate) fn write_down(&mut self, slots: [u64; WORDS]) -> SlotSet {
        self.settled = NONE;
        self.ready = slots;
        WRITTEN
    }

    /// The tasks of a set.
    #[inline]
    pub(crate) fn those_of(&self, set: SlotSet) -> Those<'_> {
        let few = self.has_few_slots();
        Those {
            world: self,
            near: if few { set.0 } else { 0 },
            more: if few { SlotSet::EMPTY } else { set },
            next: 0,
        }
    }

    /// The task of a set, if there is only one.
    #[inline]
    pub(crate) fn only_one(&self, set: SlotSet) -> Option<u32> {
        if self.has_few_slots() {
            let one = set.0.is_power_of_two();
            return one.then(|| self.in_slot(set.0.trailing_zeros()));
        }
        let mut all = self.those_of(set);
        all.next().filter(|_| all.next().is_none())
    }

    /// Whether a task, whatever its number, is in a set.
    #[inline]
    pub(crate) fn is_among(&self, set: SlotSet, task: u32) -> bool {
        if self.recycled == 0 && self.has_few_slots() {
            return task < self.slot_count && set.0 >> task & 1 != 0;
        }
        self.is_among_many(set, task)
    }

    #[cold]
    fn is_among_many(&self, set: SlotSet, task: u32) -> bool {
        if !self.is_present(task) {
            return false;
        }
        let slot = self.slot(task);
        if self.has_few_slots() {
            return set.0 & 1_u128 << slot != 0;
        }
        let written = self.ready[slot as usize / 64] & 1 << (slot % 64) != 0;
        set.one() == Some(slot) || (set == WRITTEN && written)
    }

    /// A set as words. Those beyond the first ones are noted for the choice of this number.
    #[inline]
    pub(crate) fn note_candidates(&mut self, at: usize, set: SlotSet) -> [u64; NEAR_WORDS] {
        if self.has_few_slots() {
            return halves(set.0);
        }
        self.note_many(at, set)
    }

    #[cold]
    fn note_many(&mut self, at: usize, set: SlotSet) -> [u64; NEAR_WORDS] {
        let mut words = [0; WORDS];
        match set.one() {
            Some(slot) => words[slot as usize / 64] = 1 << (slot % 64),
            None if set == WRITTEN => words = self.ready,
            None => {}
        }
        if let Some(wide) = self.wide_candidates.get_mut(at) {
            wide.copy_from_slice(&words[NEAR_WORDS..]);
        }
        [words[0], words[1]]
    }
}

#[cfg(test)]
mod tests {
    use super::{SlotSet, World};
    use crate::engine::strategy::Strategy;
    use crate::engine::testing;
    use crate::slot_set::{WORDS, bits};

    /// What is in a set, as everybody sees it.
    fn told(world: &mut World, set: SlotSet) -> Vec<u32> {
        let tasks: Vec<u32> = world.those_of(set).collect();
        let all = 0..world.task_count + 3;
        let contained = all.filter(|&task| world.is_among(set, task));
        assert!(contained.eq(tasks.iter().copied()));
        let one = (tasks.len() == 1).then(|| tasks[0]);
        assert_eq!(world.only_one(set), one);
        let near = world.note_candidates(7, set);
        let more = bits(world.wide_candidates[7]).map(|slot| slot + 128);
        assert!(bits(near).chain(more).eq(tasks.iter().copied()));
        tasks
    }

    #[test]
    fn of_few_tasks_each_has_a_bit() {
        let mut world = testing::world(Strategy::Natural, 0, 128);
        assert_eq!(told(&mut world, SlotSet::EMPTY), []);
        let some = SlotSet::of_few(1 << 127 | 1 << 64 | 3);
        assert_eq!(told(&mut world, some), [0, 1, 64, 127]);
        for task in [0, 1, 127] {
            let one = world.only(task);
            assert_eq!(told(&mut world, one), [task]);
        }
    }

    #[test]
    fn of_many_tasks_one_is_meant_or_what_is_written_down() {
        let mut world = testing::world(Strategy::Natural, 0, 700);
        assert_eq!(told(&mut world, SlotSet::EMPTY), []);
        for task in [0, 127, 128, 699] {
            let one = world.only(task);
            assert_eq!(told(&mut world, one), [task]);
        }
        let mut words = [0; WORDS];
        (words[0], words[2], words[10]) = (1 << 5, 1, 1 << 59);
        let set = world.write_down(words);
        assert_eq!(told(&mut world, set), [5, 128, 699]);
    }
}
