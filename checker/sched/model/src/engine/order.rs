//! Happens-before: the race check over the vector clocks of tasks and objects.
//!
//! Clocks are Lamport's, in vectors (Mattern, "Virtual time and global states of distributed
//! systems", 1989). The race check compares epochs as in FastTrack (Flanagan and Freund, PLDI
//! 2009), with the reads since the last write kept one a slot: exact, and simpler than switching
//! between an epoch and a vector.

use crate::engine::world::{NONE, RaceRecord, World};
use crate::limits::{MAX_LIVE, MAX_RACES, NEAR_TASKS};
use crate::records::WideReads;

/// In `CellRecord::read`: what is known of the slots beyond the first ones counts.
const READ_WIDELY: u32 = 2;

impl World {
    /// Whether what was done in the slot `other` at its time `clock` happened before what `task`
    /// does now.
    fn slot_before(&self, other: u32, clock: u32, task: u32) -> bool {
        self.time(self.slot(task), other) >= clock
    }

    /// The number of the interval that a task is in.
    #[inline]
    pub(crate) fn own_clock(&self, task: u32) -> u32 {
        let slot = self.slot(task);
        self.time(slot, slot)
    }

    /// Whether what `other` did at its time `clock` happened before what `task` does now.
    pub(crate) fn before(&self, other: u32, clock: u32, task: u32) -> bool {
        self.slot_before(self.slot(other), clock, task)
    }

    /// Checks a read or write of an unsynchronised cell against those before it, and remembers it.
    pub fn check_access(&mut self, task: u32, object: u32, index: u32, write: bool) {
        let Some(record) = self.object(object).filter(|it| index < it.cells) else {
            return;
        };
        let at = (record.cell + index) as usize;
        let cell = &self.cells[at];
        let (writer, clock, site) = (cell.writer, cell.write_clock, cell.write_site);
        if writer != NONE && !self.before(writer, clock, task) {
            self.add_race(object, index, (writer, true, site), (task, write));
        }
        if write && self.cells[at].read != 0 {
            for slot in 0..self.slot_count {
                let (clock, site) = self.last_read(at, slot);
                if clock > 0 && !self.slot_before(slot, clock, task) {
                    let reader = self.who_had(slot, clock);
                    self.add_race(object, index, (reader, false, site), (task, true));
                }
            }
        }
        self.remember_access(task, at, write);
    }

    /// The clock and the site of the last read of a cell in a slot; the clock is 0 if there is none.
    fn last_read(&self, at: usize, slot: u32) -> (u32, u32) {
        let cell = &self.cells[at];
        let slot = slot as usize;
        let Some(wide) = slot.checked_sub(NEAR_TASKS) else {
            return (cell.read_clocks[slot], cell.read_sites[slot]);
        };
        if cell.read < READ_WIDELY {
            return (0, NONE);
        }
        let reads = &self.wide_reads[at];
        let read = reads.clocks.get(wide).zip(reads.sites.get(wide));
        read.map_or((0, NONE), |(clock, site)| (*clock, *site))
    }

    /// The task that had a slot at a time of the slot's own: most often the one that has it now.
    fn who_had(&self, slot: u32, time: u32) -> u32 {
        let now = self.in_slot(slot);
        if self.thread(now).first_time <= time {
            return now;
        }
        let had = |&task: &u32| self.slot(task) == slot && self.thread(task).first_time <= time;
        (0..self.task_count).rev().find(had).unwrap_or(now)
    }

    fn remember_access(&mut self, task: u32, at: usize, write: bool) {
        let slot = self.slot(task);
        let clock = self.own_clock(task);
        let site = self.task(task).site;
        let cell = &mut self.cells[at];
        if write {
            cell.writer = task;
            cell.write_clock = clock;
            cell.write_site = site;
            if cell.read != 0 {
                cell.read_clocks = [0; NEAR_TASKS];
                cell.read = 0;
            }
        } else if let Some(wide) = (slot as usize).checked_sub(NEAR_TASKS) {
            let reads = &mut self.wide_reads[at];
            if cell.read < READ_WIDELY {
                cell.read = READ_WIDELY;
                *reads = WideReads {
                    clocks: [0; MAX_LIVE - NEAR_TASKS],
                    sites: [NONE; MAX_LIVE - NEAR_TASKS],
                };
            }
            (reads.clocks[wide], reads.sites[wide]) = (clock, site);
        } else {
            cell.read_clocks[slot as usize] = clock;
            cell.read_sites[slot as usize] = site;
            cell.read = cell.read.max(1);
        }
    }

    fn add_race(&mut self, object: u32, index: u32, first: (u32, bool, u32), second: (u32, bool)) {
        let race = RaceRecord {
            object,
            index,
            tasks: [first.0, second.0],
            writes: [u32::from(first.1), u32::from(second.1)],
            sites: [first.2, self.task(second.0).site],
        };
        let count = (self.race_count as usize).min(MAX_RACES);
        let known = self.races[..count]
            .iter()
            .any(|r| r.object == object && r.sites == race.sites);
        if count < MAX_RACES && !known {
            self.races[count] = race;
            self.race_count += 1;
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::engine::strategy::Strategy;
    use crate::engine::testing;
    use crate::engine::world::{NONE, World};
    use crate::limits::MAX_RACES;

    /// Three tasks, a lock (object 0) and an array of four unsynchronised cells (object 1).
    fn world() -> Box<World> {
        let mut world = testing::world(Strategy::Natural, 0, 3);
        world.add_object(1, "", NONE, 0).expect("few objects");
        world.add_object(4, "", NONE, 4).expect("few objects");
        world
    }

    /// A task accesses a cell at a site of its own.
    fn access(world: &mut World, task: u32, index: u32, write: bool, site: u32) {
        world.task_mut(task).site = site;
        world.check_access(task, 1, index, write);
    }

    fn sites(world: &World) -> Vec<[u32; 2]> {
        world.races[..world.race_count as usize]
            .iter()
            .map(|race| race.sites)
            .collect()
    }

    #[test]
    fn two_unordered_writes_race() {
        let mut world = world();
        access(&mut world, 1, 2, true, 10);
        access(&mut world, 2, 2, true, 20);
        assert_eq!(sites(&world), [[10, 20]]);
        let race = world.races[0];
        assert_eq!(
            (race.object, race.index, race.tasks, race.writes),
            (1, 2, [1, 2], [1, 1])
        );
    }

    #[test]
    fn a_write_races_with_each_unordered_read_before_it() {
        let mut world = world();
        access(&mut world, 1, 0, false, 10);
        access(&mut world, 2, 0, false, 20);
        assert_eq!(world.race_count, 0, "reads do not race");
        access(&mut world, 0, 0, true, 30);
        assert_eq!(sites(&world), [[10, 30], [20, 30]]);
        assert_eq!(world.races[0].writes, [0, 1]);
    }

    #[test]
    fn a_task_does_not_race_with_itself_nor_cells_with_each_other() {
        let mut world = world();
        access(&mut world, 1, 0, true, 10);
        access(&mut world, 1, 0, false, 11);
        access(&mut world, 1, 0, true, 12);
        access(&mut world, 2, 1, true, 20);
        assert_eq!(world.race_count, 0);
    }

    #[test]
    fn a_release_orders_what_was_before_it_only() {
        let mut world = world();
        access(&mut world, 1, 0, true, 10);
        world.release_edge(1, 0);
        access(&mut world, 1, 1, true, 11);
        world.acquire_edge(2, 0);
        access(&mut world, 2, 0, true, 20);
        assert_eq!(world.race_count, 0);
        access(&mut world, 2, 1, true, 21);
        assert_eq!(sites(&world), [[11, 21]]);
    }

    #[test]
    fn what_was_learned_is_known_until_there_is_more() {
        let mut world = world();
        assert!(world.knows(2, 0), "nothing was taught");
        world.release_edge(1, 0);
        assert!(!world.knows(2, 0) && world.knows(1, 0));
        world.acquire_edge(2, 0);
        assert!(world.knows(2, 0) && world.knows(2, NONE));
    }

    #[test]
    fn start_and_join_order() {
        let mut world = world();
        access(&mut world, 0, 0, true, 1);
        let child = world.add_task(0, "", false, NONE).expect("few tasks");
        access(&mut world, 0, 1, true, 2);
        access(&mut world, child, 0, true, 30);
        assert_eq!(world.race_count, 0, "the start orders");
        access(&mut world, child, 1, true, 31);
        assert_eq!(sites(&world), [[2, 31]], "only what was before it");
        access(&mut world, child, 2, true, 32);
        world.acquire_edge_from_task(0, child);
        access(&mut world, 0, 2, true, 3);
        assert_eq!(world.race_count, 1, "the join orders");
    }

    #[test]
    fn order_is_passed_on() {
        let mut world = world();
        world.add_object(1, "", NONE, 0).expect("few objects");
        access(&mut world, 0, 0, true, 1);
        world.release_edge(0, 0);
        world.acquire_edge(1, 0);
        world.release_edge(1, 2);
        world.acquire_edge(2, 2);
        access(&mut world, 2, 0, true, 20);
        assert_eq!(world.race_count, 0);
    }

    #[test]
    fn a_race_is_kept_once_a_pair_of_sites_and_not_beyond_the_limit() {
        let mut world = world();
        for _ in 0..3 {
            access(&mut world, 1, 0, true, 10);
            access(&mut world, 2, 0, true, 20);
        }
        assert_eq!(sites(&world), [[10, 20], [20, 10]]);
        for site in 100..200 {
            access(&mut world, 1 + site % 2, 0, true, site);
        }
        assert_eq!(world.race_count as usize, MAX_RACES);
    }

    #[test]
    fn numbers_out_of_range_are_passed_over() {
        let mut world = world();
        access(&mut world, 1, 4, true, 10);
        access(&mut world, 2, u32::MAX, true, 20);
        world.check_access(1, NONE, 0, true);
        world.acquire_edge(1, NONE);
        world.release_edge(1, NONE);
        world.acquire_edge(NONE, 0);
        assert_eq!(world.race_count, 0);
    }
}
