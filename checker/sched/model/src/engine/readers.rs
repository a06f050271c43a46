//! Shares of locks that several tasks can hold at once, and whom a blocked task waits for.

use crate::engine::world::{Kind, NEVER, NONE, ReadRecord, World, state};
use crate::limits::MAX_READS;

impl World {
    /// `task` now holds a share of `object`, which only it can give back.
    pub fn acquired_shared(&mut self, task: u32, object: u32) {
        let site = self.task(task).site;
        let is_same = |read: &&mut ReadRecord| (read.object, read.task) == (object, task);
        let count = self.reads().len();
        if let Some(read) = self.reads[..count].iter_mut().find(is_same) {
            read.times += 1;
        } else if let Some(free) = self.reads.get_mut(count) {
            // A reader that finds no room in the table is not known as one: a deadlock may be found
            // later, but none is invented.
            *free = ReadRecord {
                object,
                task,
                site,
                times: 1,
            };
            self.read_count += 1;
        }
        self.acquire_edge(task, object);
        self.record(task, Kind::Acquired, object, 0, 0);
        self.note_held(task, object, true);
    }

    /// `task` gives one share of `object` back.
    pub fn released_shared(&mut self, task: u32, object: u32) {
        let is_same = |read: &ReadRecord| (read.object, read.task) == (object, task);
        let count = self.reads().len();
        if let Some(at) = self.reads().iter().position(is_same) {
            self.reads[at].times = self.reads[at].times.saturating_sub(1);
            if self.reads[at].times == 0 {
                self.reads[at] = self.reads[count - 1];
                self.read_count -= 1;
            }
        }
        self.release_edge(task, object);
        self.record(task, Kind::Released, object, 0, 0);
        self.note_held(task, object, false);
    }

    /// The shares that are held.
    pub(crate) fn reads(&self) -> &[ReadRecord] {
        &self.reads[..(self.read_count as usize).min(MAX_READS)]
    }

    /// Who holds `object`, alone or with others, and since where.
    pub fn holders(&self, object: u32) -> impl Iterator<Item = (u32, u32)> {
        let known = object < self.object_count;
        let owner = self.object(object).filter(|o| o.owner != NONE);
        let owner = owner.map(|o| (o.owner, o.owner_site));
        let shares = self
            .reads()
            .iter()
            .filter(move |read| known && read.object == object);
        owner
            .into_iter()
            .chain(shares.map(|read| (read.task, read.site)))
    }

    /// Whether `task` holds `object`, alone or with others.
    #[must_use]
    pub fn holds(&self, task: u32, object: u32) -> bool {
        self.holders(object).any(|(holder, _)| holder == task)
    }

    /// All tasks that a blocked task waits for: it cannot go on before each of them has moved. With
    /// `certain`, only where nobody else can end the wait: for a child's exit, or for an object
    /// that only its holders can give back.
    pub(crate) fn waits_for(&self, task: u32, certain: bool) -> impl Iterator<Item = u32> {
        let record = self.task(task);
        let waits =
            record.state == state::BLOCKED && record.deadline == NEVER && record.pending_kill == 0;
        let for_child = record.wait_child != NONE;
        // When it waits for a word too, somebody else may wake it.
        let counts = record.wait_word == 0 || !certain;
        let child = (waits && for_child && counts).then_some(record.wait_child);
        let object = record.wait_object;
        let anyone = |object: u32| {
            let record = self.object(object);
            record.is_some_and(|o| o.owner != NONE && o.owner_only != 1)
        };
        let by_object = waits && !for_child && (!certain || !anyone(object));
        let holders = self.holders(if by_object { object } else { NONE });
        let holders = holders.map(|(holder, _)| holder);
        // Who has the other end may give it to others.
        let far = self.far_side(task).filter(|_| waits && !certain);
        child
            .into_iter()
            .chain(holders)
            .chain(far.into_iter().flatten())
    }
}

#[cfg(test)]
mod tests {
    use crate::engine::block::WaitFor;
    use crate::engine::strategy::Strategy;
    use crate::engine::testing;
    use crate::engine::world::{Ending, NEVER, NONE, World};
    use crate::limits::MAX_READS;

    /// Four tasks, and two locks for reading and writing.
    fn world() -> Box<World> {
        let mut world = testing::world(Strategy::Natural, 0, 4);
        for _ in 0..2 {
            world.add_object(1, "", NONE, 0).expect("few objects");
        }
        world
    }

    fn wait(world: &mut World, task: u32, object: u32) {
        let wait = WaitFor {
            word: 100 + u64::from(object),
            object,
            child: NONE,
            deadline: NEVER,
        };
        world.block(task, wait);
    }

    fn is_deadlock(world: &World) -> bool {
        world.ending == Ending::Deadlock as u32
    }

    #[test]
    fn a_writer_waits_for_all_readers_and_a_cycle_through_any_is_certain() {
        let mut world = world();
        for reader in [1, 2, 3] {
            world.acquired_shared(reader, 0);
        }
        world.acquired(0, 1, true);
        wait(&mut world, 0, 0);
        assert!(!world.over(), "the readers can go on");
        wait(&mut world, 2, 1);
        assert!(is_deadlock(&world));
        assert!(world.cycle_from(2, true).tasks().eq([2, 0]));
        assert!(world.cycle_from(1, true).is_empty());
    }

    #[test]
    fn reading_again_behind_a_waiting_writer_waits_for_oneself() {
        let mut world = world();
        world.acquired_shared(1, 0);
        wait(&mut world, 0, 0);
        wait(&mut world, 1, 0);
        assert!(is_deadlock(&world));
        assert!(world.cycle_from(1, true).tasks().eq([1]));
    }

    #[test]
    fn a_share_is_held_until_it_was_given_back_as_often_as_taken() {
        let mut world = world();
        world.acquired_shared(1, 0);
        world.acquired_shared(1, 0);
        world.acquired_shared(2, 0);
        world.released_shared(1, 0);
        assert!(world.holds(1, 0) && world.holds(2, 0) && !world.holds(1, 1));
        world.released_shared(1, 0);
        assert!(!world.holds(1, 0) && world.holds(2, 0));
        world.released_shared(2, 0);
        world.released_shared(2, 0);
        assert_eq!((world.read_count, world.holders(0).count()), (0, 0));
    }

    #[test]
    fn a_full_table_forgets_readers_and_nothing_else() {
        let mut world = world();
        for object in 0..u32::try_from(MAX_READS).expect("few") + 3 {
            world.acquired_shared(1, object);
        }
        assert_eq!(world.read_count as usize, MAX_READS);
        world.released_shared(1, NONE);
        world.released_shared(1, 0);
        assert_eq!(world.read_count as usize, MAX_READS - 1);
    }
}
