//! Plain memory, as far as unsafe code shares it: who accessed which bytes last, and which accesses
//! nothing orders.
//!
//! Each eight bytes have a [`Cell`] with the last accesses to them, which is all that FastTrack
//! (Flanagan and Freund, PLDI 2009) needs: an access that another one covers and is ordered after
//! can be forgotten, since whatever races with it races with the later one too. A cell keeps four of
//! them. Where more would have to be kept the oldest goes, which can hide a race, and never makes
//! one up.

use crate::engine::world::{MemoryRaceRecord, World};
use crate::limits::MAX_MEMORY_RACES;

/// Bytes that a cell stands for.
pub const BYTES: usize = 8;
/// Accesses that a cell keeps.
const KEPT: usize = 4;

/// What is done to memory.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum How {
    /// It is read.
    Read = 1,
    /// It is written.
    Write,
    /// It is given back to the allocator.
    Free,
    /// It is read as an atomic.
    Loads,
    /// It is changed as an atomic.
    Changes,
}

/// An access to some bytes of a cell, as plain numbers; all zeroes for none.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[repr(C)]
pub struct Access {
    /// Which bytes: a bit each.
    pub bytes: u8,
    /// [`How`] as a number.
    pub how: u8,
    /// Who.
    task: u16,
    /// The task's own clock then.
    clock: u32,
    /// The calls that led to it, by their number; for an atomic, whose mirror knows it, the site.
    pub calls: u32,
    /// Events recorded before it.
    pub events: u32,
}

impl How {
    /// What a number stands for; whatever it is not, it is no write.
    #[must_use]
    pub fn of_number(number: u32) -> Self {
        let all = [Self::Write, Self::Free, Self::Loads, Self::Changes];
        let same = all.into_iter().find(|&how| how as u32 == number);
        same.unwrap_or(Self::Read)
    }

    /// Whether it is an access to an atomic: two of these never race.
    #[must_use]
    pub fn is_atomic(self) -> bool {
        matches!(self, Self::Loads | Self::Changes)
    }
}

impl Access {
    fn writes(self) -> bool {
        const WRITES: [u8; 3] = [How::Write as u8, How::Free as u8, How::Changes as u8];
        WRITES.contains(&self.how)
    }

    fn is_atomic(self) -> bool {
        self.how >= How::Loads as u8
    }
}

/// The last accesses to eight bytes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[repr(C)]
pub struct Cell {
    kept: [Access; KEPT],
}

impl Cell {
    /// Forgets all accesses to some bytes: they are another piece of memory from now on.
    pub fn forget(&mut self, bytes: u8) {
        for access in &mut self.kept {
            access.bytes &= !bytes;
            if access.bytes == 0 {
                *access = Access::default();
            }
        }
    }

    /// Keeps an access, in the place of what it makes superfluous.
    fn keep(&mut self, new: Access, is_before: impl Fn(&Access) -> bool) {
        let covers = |old: &Access| {
            let same_bytes = old.bytes & !new.bytes == 0;
            let as_much = (new.writes() || !old.writes()) && (!new.is_atomic() || old.is_atomic());
            same_bytes && as_much && is_before(old)
        };
        let mut place = None;
        for (at, old) in self.kept.iter_mut().enumerate() {
            if old.bytes == 0 || covers(old) {
                *old = Access::default();
                place = place.or(Some(at));
            }
        }
        let place = place.unwrap_or_else(|| {
            // The oldest is the first one.
            self.kept.rotate_left(1);
            KEPT - 1
        });
        self.kept[place] = new;
    }
}

/// A race: the earlier access, and who made it.
pub type Raced = (u32, Access);

impl World {
    /// Whether what `task` is about to do to some bytes was noted already, since others last learned of
    /// it: then whatever races with it races with that as well. With `calls` only what was done by these
    /// counts.
    #[inline]
    #[must_use]
    pub fn is_noted(
        &self,
        task: u32,
        cell: &Cell,
        (bytes, how): (u8, How),
        calls: Option<u32>,
    ) -> bool {
        let clock = self.own_clock(task);
        let covers = |old: &Access| {
            let mine = u32::from(old.task) == task && old.clock == clock;
            let same = old.how == how as u8 && calls.is_none_or(|calls| old.calls == calls);
            mine && same && bytes & !old.bytes == 0
        };
        cell.kept.iter().any(covers)
    }

    /// An access of `task` to the given bytes of a cell: checked against those before it, and kept.
    /// Returns an access that races with it.
    pub fn access_memory(
        &mut self,
        task: u32,
        cell: &mut Cell,
        (bytes, how): (u8, How),
        calls: u32,
    ) -> Option<Raced> {
        let new = Access {
            bytes,
            how: how as u8,
            task: u16::try_from(task).ok()?,
            clock: self.own_clock(task),
            calls,
            events: self.event_count,
        };
        let again = |old: &&mut Access| {
            Access {
                events: new.events,
                ..**old
            } == new
        };
        if let Some(old) = cell.kept.iter_mut().find(again) {
            // Nobody has learned of it since, so what would race with this one was found already.
            old.events = new.events;
            return None;
        }
        let is_before = |old: &Access| self.before(old.task.into(), old.clock, task);
        let races = |old: &&Access| {
            let conflict = old.writes() || new.writes();
            let meet = old.bytes & bytes != 0 && !(old.is_atomic() && new.is_atomic());
            conflict && meet && !is_before(old)
        };
        let raced = cell.kept.iter().find(races).copied();
        cell.keep(new, is_before);
        raced.map(|old| (old.task.into(), old))
    }

    /// Notes a race, once for each two places. `calls`: the addresses of the calls that led to the
    /// two accesses, innermost first.
    pub fn add_memory_race(
        &mut self,
        address: u64,
        first: Raced,
        second: (u32, How, u32),
        calls: [&[u32]; 2],
    ) {
        let places = [first.1.calls, second.2];
        let count = (self.memory_race_count as usize).min(MAX_MEMORY_RACES);
        let known = self.memory_races[..count].iter();
        if count == MAX_MEMORY_RACES || known.into_iter().any(|race| race.places == places) {
            return;
        }
        let race = &mut self.memory_races[count];
        *race = MemoryRaceRecord {
            address,
            tasks: [first.0, second.0],
            hows: [first.1.how.into(), second.1 as u32],
            events: [first.1.events, self.event_count],
            places,
            ..MemoryRaceRecord::default()
        };
        for (into, from) in race.calls.iter_mut().zip(calls) {
            for (into, from) in into.iter_mut().zip(from) {
                *into = *from;
            }
        }
        self.memory_race_count += 1;
    }

    /// The thread that `task` has announced is really being made: it knows all that its maker does.
    pub fn hand_down(&mut self, task: u32) {
        let made = self.task_count.saturating_sub(1);
        self.acquire_edge_from_task(made, task);
        self.tick(task);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::strategy::Strategy;
    use crate::engine::testing;
    use crate::engine::world::NONE;

    fn world() -> Box<World> {
        let mut world = testing::world(Strategy::Natural, 0, 3);
        world.add_object(1, "", NONE, 0).expect("few objects");
        world
    }

    const ALL: u8 = 0xFF;

    /// Whether an access of a task races, and with which calls.
    fn access(world: &mut World, cell: &mut Cell, task: u32, what: (u8, How), calls: u32) -> u32 {
        let raced = world.access_memory(task, cell, what, calls);
        raced.map_or(0, |(_, old)| old.calls)
    }

    #[test]
    fn unordered_accesses_race_if_one_writes_the_same_bytes() {
        use How::{Changes, Free, Loads, Read, Write};
        for (first, second, races) in [
            ((ALL, Write), (ALL, Write), true),
            ((ALL, Write), (ALL, Read), true),
            ((ALL, Read), (ALL, Write), true),
            ((ALL, Read), (ALL, Read), false),
            ((ALL, Read), (ALL, Free), true),
            ((ALL, Free), (ALL, Read), true),
            ((0x0F, Write), (0xF0, Write), false),
            ((0x0F, Write), (0x08, Read), true),
            ((ALL, Changes), (ALL, Read), true),
            ((ALL, Loads), (ALL, Free), true),
            ((ALL, Read), (ALL, Changes), true),
            ((ALL, Read), (ALL, Loads), false),
            ((ALL, Changes), (ALL, Changes), false),
        ] {
            let (mut world, mut cell) = (world(), Cell::default());
            assert_eq!(access(&mut world, &mut cell, 1, first, 5), 0);
            let found = access(&mut world, &mut cell, 2, second, 6);
            assert_eq!(found, if races { 5 } else { 0 }, "{first:?} {second:?}");
        }
    }

    #[test]
    fn what_was_ordered_or_forgotten_does_not_race() {
        let (mut world, mut cell) = (world(), Cell::default());
        let write = (ALL, How::Write);
        assert_eq!(access(&mut world, &mut cell, 1, write, 5), 0);
        world.release_edge(1, 0);
        world.acquire_edge(2, 0);
        assert_eq!(access(&mut world, &mut cell, 2, write, 6), 0);
        assert_eq!(access(&mut world, &mut cell, 0, write, 7), 6, "not ordered");
        cell.forget(ALL);
        assert_eq!(cell, Cell::default());
        assert_eq!(access(&mut world, &mut cell, 1, write, 8), 0);
        cell.forget(0x0F);
        assert_eq!(access(&mut world, &mut cell, 2, (0x0F, How::Write), 9), 0);
        assert_eq!(access(&mut world, &mut cell, 2, (0x10, How::Read), 9), 8);
    }

    #[test]
    fn what_is_done_again_is_noted_until_others_learn_of_it() {
        let (mut world, mut cell) = (world(), Cell::default());
        let write = (0x0F, How::Write);
        assert!(!world.is_noted(1, &cell, write, None));
        access(&mut world, &mut cell, 1, write, 5);
        assert!(
            world.is_noted(1, &cell, write, None)
                && world.is_noted(1, &cell, (0x02, How::Write), None)
        );
        assert!(
            !world.is_noted(1, &cell, (0x1F, How::Write), None),
            "more bytes"
        );
        assert!(
            !world.is_noted(1, &cell, (0x0F, How::Free), None),
            "something else"
        );
        assert!(!world.is_noted(2, &cell, write, None), "somebody else");
        assert!(
            world.is_noted(1, &cell, write, Some(5)) && !world.is_noted(1, &cell, write, Some(6))
        );
        world.release_edge(1, 0);
        assert!(!world.is_noted(1, &cell, write, None));
    }

    #[test]
    fn readers_are_kept_side_by_side_until_a_write_comes() {
        let (mut world, mut cell) = (world(), Cell::default());
        for task in [0, 1] {
            assert_eq!(
                access(&mut world, &mut cell, task, (ALL, How::Read), 10 + task),
                0
            );
        }
        world.release_edge(0, 0);
        world.acquire_edge(2, 0);
        let found = access(&mut world, &mut cell, 2, (ALL, How::Write), 20);
        assert_eq!(found, 11, "the reader whom nothing orders");
    }

    #[test]
    fn what_an_atomic_access_does_not_race_with_is_kept_beside_it() {
        let (mut world, mut cell) = (world(), Cell::default());
        access(&mut world, &mut cell, 1, (ALL, How::Write), 5);
        access(&mut world, &mut cell, 1, (ALL, How::Changes), 6);
        let found = access(&mut world, &mut cell, 2, (ALL, How::Loads), 7);
        assert_eq!(found, 5, "the plain one, though a later one is no race");
    }

    #[test]
    fn the_oldest_goes_where_there_is_no_room() {
        let (mut world, mut cell) = (world(), Cell::default());
        for byte in 0..6 {
            let found = access(&mut world, &mut cell, 1, (1 << byte, How::Write), 1 + byte);
            assert_eq!(found, 0);
        }
        assert_eq!(
            access(&mut world, &mut cell, 2, (1, How::Read), 9),
            0,
            "gone"
        );
        assert_eq!(access(&mut world, &mut cell, 2, (1 << 5, How::Read), 9), 6);
    }

    #[test]
    fn a_race_is_noted_once_for_its_places_and_not_beyond_the_limit() {
        let mut world = world();
        let first = |calls| {
            (
                1,
                Access {
                    bytes: 1,
                    how: 2,
                    calls,
                    ..Access::default()
                },
            )
        };
        for _ in 0..2 {
            world.add_memory_race(0x1000, first(7), (2, How::Read, 8), [&[1, 2], &[3]]);
        }
        assert_eq!(world.memory_race_count, 1);
        let race = world.memory_races[0];
        assert_eq!((race.tasks, race.hows), ([1, 2], [2, 1]));
        assert_eq!(
            race.calls.map(|calls| calls[..3].to_vec()),
            [[1, 2, 0], [3, 0, 0]]
        );
        for calls in 10..200 {
            world.add_memory_race(0x1000, first(calls), (2, How::Read, 8), [&[], &[]]);
        }
        assert_eq!(world.memory_race_count as usize, MAX_MEMORY_RACES);
    }

    #[test]
    fn a_thread_knows_what_its_maker_did_until_it_was_really_made() {
        let (mut world, mut cell) = (world(), Cell::default());
        let thread = world.add_thread(0, None, 0, NONE).expect("few tasks");
        let write = (ALL, How::Write);
        assert_eq!(access(&mut world, &mut cell, 0, write, 5), 0);
        world.hand_down(0);
        assert_eq!(access(&mut world, &mut cell, thread, write, 6), 0);
        let known = world.knowledge(thread).collect::<Vec<u32>>();
        let mut other = Cell::default();
        assert_eq!(access(&mut world, &mut other, thread, write, 7), 0);
        world.learn(1, &known);
        assert_eq!(access(&mut world, &mut other, 1, write, 8), 0);
        assert_eq!(access(&mut world, &mut cell, 0, write, 9), 6);
    }
}
