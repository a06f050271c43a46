//! Whether a task that comes to a place where std leaves something open takes the liberty.
//!
//! Some schedules take one, at a place that the same schedule came to without. Others draw lines of the
//! program, and which of the times that a task comes there, so that a line that is passed seldom is
//! drawn as often as one that is passed all the time.

use crate::engine::world::{NONE, World, state};
use crate::intervention::kind;
use crate::liberty::{self, LibertyRecord, MAX_LIBERTIES, Manner, OpenRecord};
use crate::rng::SplitMix64;

/// How many at one line a run takes.
const OF_ONE_LINE: usize = 2;
/// Of so many lines one is drawn, in turn.
const LINES: [u64; 3] = [1, 2, 4];
/// Of so many times that a task comes to a line one is drawn, in turn.
const TIMES: [u64; 4] = [1, 2, 1, 4];

impl World {
    /// Which of the `ways` in which std may do what `task` is about to, 0 for what it mostly does.
    #[inline]
    pub fn way(&mut self, task: u32, ways: u32) -> u32 {
        if ways < 2 {
            return 0;
        }
        let turn = self.thread(task).liberties;
        self.thread_mut(task).liberties += 1;
        self.note_open(task);
        if self.config.takes_liberties == 0 && self.config.liberties[0].way == 0 {
            return 0;
        }
        let manner = liberty::parts(self.config.schedule).map(|(_, manner)| manner);
        let manner = manner.filter(|_| self.config.takes_liberties == 1);
        let way = match manner {
            Some(Manner::Once { place, second }) if place + 1 == self.open => {
                (1 + u32::from(second)).min(ways - 1)
            }
            Some(Manner::Once { .. } | Manner::Late { .. }) => 0,
            Some(Manner::Drawn(number)) => self.drawn(number as usize, [task, turn], ways),
            None => self.listed(task, turn).min(ways - 1),
        };
        if way > 0 && self.does_otherwise(task, kind::AS_MOSTLY) {
            return 0;
        }
        if way > 0 {
            self.take(LibertyRecord {
                task,
                turn,
                way,
                site: self.task(task).site,
            });
        }
        way
    }

    pub(super) fn listed(&self, task: u32, turn: u32) -> u32 {
        let mut all = self.config.liberties.iter();
        let found = all.find(|it| (it.task, it.turn) == (task, turn));
        found.map_or(0, |it| it.way)
    }

    /// A task comes to a place where something is open.
    fn note_open(&mut self, task: u32) {
        let (site, first) = (self.task(task).site, self.open);
        self.open += 1;
        let known = self.open_count as usize;
        let mut lines = self.open_at.iter().take(known);
        if !lines.any(|it| it.site == site)
            && let Some(line) = self.open_at.get_mut(known)
        {
            *line = OpenRecord { site, first };
            self.open_count += 1;
        }
    }

    #[cold]
    fn drawn(&self, number: usize, [task, turn]: [u32; 2], ways: u32) -> u32 {
        let at = self.task(task).site;
        let taken = &self.liberties[..(self.liberty_count as usize).min(MAX_LIBERTIES)];
        let here = taken.iter().filter(|it| it.site == at).count();
        if taken.len() == MAX_LIBERTIES || here == OF_ONE_LINE {
            return 0;
        }
        let seed = self.config.seed ^ u64::from(self.config.schedule) << 32;
        let chance = |a: u32, b: u32| {
            let stream = u64::from(a) << 32 | u64::from(b);
            SplitMix64::for_stream(seed, stream)
        };
        let site = self.sites.get(at as usize);
        let (line, column) = site.map_or((0, 0), |it| (it.line, it.column));
        let lines = LINES[number % LINES.len()];
        let times = TIMES[number / LINES.len() % TIMES.len()];
        let mut of_turn = chance(NONE - task, turn);
        let takes = chance(line, column).one_in(lines) && of_turn.one_in(times);
        let other = u32::try_from(of_turn.below(u64::from(ways) - 1)).unwrap_or(0);
        if takes { 1 + other } else { 0 }
    }

    pub(super) fn take(&mut self, liberty: LibertyRecord) {
        if let Some(place) = self.liberties.get_mut(self.liberty_count as usize) {
            *place = liberty;
            self.liberty_count += 1;
            // How many are left is a part of the run's state that no memory shows.
            self.changed();
        }
    }

    /// How many tasks wait for `word`.
    #[must_use]
    pub fn waiters(&self, word: u64) -> u32 {
        let waiting = self.present().filter(|&it| self.waits_at(it, word));
        u32::try_from(waiting.count()).unwrap_or(NONE)
    }

    fn waits_at(&self, task: u32, word: u64) -> bool {
        let task = self.task(task);
        task.state == state::BLOCKED && task.wait_word == word
    }

    /// Wakes one of those that wait for `word`, before which so many wait longer. Returns whom.
    pub fn wake_after(&mut self, word: u64, longer: u32) -> Option<u32> {
        let key = |task: u32| (self.may_wait(task), self.task(task).ready_order);
        let all = || self.present().filter(|&it| self.waits_at(it, word));
        let before = |task: u32| all().filter(|&it| key(it) < key(task)).count();
        let woken = all().find(|&it| before(it) == longer as usize)?;
        self.make_ready(woken);
        Some(woken)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use crate::engine::block::WaitFor;
    use crate::engine::strategy::Strategy;
    use crate::engine::testing::{again, world};
    use crate::engine::world::{NEVER, NONE, World, state};
    use crate::liberty::{Liberty, LibertyRecord, MAX_LIBERTIES, Manner, number, records};

    const TASKS: u32 = 3;

    /// Comes to so many places, task after task, and tells which ways were taken.
    fn ways(world: &mut World, places: u32) -> Vec<u32> {
        again(world, TASKS);
        let ways = (0..places).map(|at| {
            world.task_mut(at % TASKS).site = at % 5;
            world.way(at % TASKS, 3)
        });
        ways.collect()
    }

    fn taken(world: &World) -> &[LibertyRecord] {
        &world.liberties[..world.liberty_count as usize]
    }

    #[test]
    fn ordinary_schedules_take_none_and_count_what_is_open() {
        let mut world = world(Strategy::Natural, 0, TASKS);
        assert!(ways(&mut world, 30).iter().all(|&way| way == 0));
        assert_eq!((world.open, taken(&world).len()), (30, 0));
        assert_eq!(world.way(0, 1), 0);
        assert_eq!(world.open, 30, "of one way nothing is open");
    }

    /// Lets the schedule of a manner be made.
    fn takes(world: &mut World, manner: Manner) {
        world.config.schedule = number(3, manner).expect("there is one");
        world.config.takes_liberties = 1;
    }

    #[test]
    fn a_schedule_may_take_only_one_at_a_place_and_it_is_known_which_lines_are_open() {
        let mut world = world(Strategy::Natural, 0, TASKS);
        for place in 0..10 {
            for second in [false, true] {
                takes(&mut world, Manner::Once { place, second });
                let ways = ways(&mut world, 30);
                let taken: Vec<_> = (0..).zip(ways).filter(|it| it.1 > 0).collect();
                assert_eq!(taken, [(place, 1 + u32::from(second))]);
            }
        }
        let lines = &world.open_at[..world.open_count as usize];
        let lines: Vec<_> = lines.iter().map(|it| (it.site, it.first)).collect();
        assert_eq!(lines, [(0, 0), (1, 1), (2, 2), (3, 3), (4, 4)]);
    }

    #[test]
    fn those_that_are_drawn_are_few_of_one_line_and_differ() {
        let mut world = world(Strategy::Natural, 7, TASKS);
        for (number, site) in (0..).zip(world.sites[..5].iter_mut()) {
            site.line = number;
        }
        let mut seen = BTreeSet::new();
        for number in 0..30 {
            takes(&mut world, Manner::Drawn(number));
            let ways = ways(&mut world, 90);
            seen.extend((0..90).zip(ways).filter(|it| it.1 > 0));
            let taken = taken(&world);
            assert!(taken.len() <= MAX_LIBERTIES);
            for at in 0..5 {
                assert!(taken.iter().filter(|it| it.site == at).count() <= 2);
            }
        }
        assert!(seen.len() > 20, "{seen:?}");
        assert!(seen.iter().any(|it| it.1 == 2), "each of the ways");
    }

    #[test]
    fn what_was_taken_can_be_taken_again_and_left_out() {
        let mut world = world(Strategy::Natural, 7, TASKS);
        takes(&mut world, Manner::Drawn(0));
        let first = ways(&mut world, 90);
        let liberty = |it: &LibertyRecord| Liberty {
            task: it.task as usize,
            turn: it.turn,
            way: it.way,
        };
        let mut all: Vec<Liberty> = taken(&world).iter().map(liberty).collect();
        assert!(all.len() > 1);
        world.config.takes_liberties = 0;
        world.config.liberties = records(&all);
        assert_eq!(ways(&mut world, 90), first);
        all.remove(0);
        world.config.liberties = records(&all);
        let fewer = ways(&mut world, 90);
        let of = |ways: &[u32]| ways.iter().filter(|&&way| way > 0).count();
        assert_eq!(of(&fewer) + 1, of(&first));
    }

    #[test]
    fn another_than_the_longest_waiting_may_be_woken() {
        let mut world = world(Strategy::Natural, 0, 4);
        for task in [2, 1, 3] {
            world.make_ready(task);
            world.block(
                task,
                WaitFor {
                    word: 100,
                    object: NONE,
                    child: NONE,
                    deadline: NEVER,
                },
            );
        }
        assert_eq!(world.waiters(100), 3);
        assert_eq!(world.wake_after(100, 1), Some(1));
        assert_eq!(world.task(1).state, state::READY);
        assert_eq!(world.wake_after(100, 1), Some(3));
        assert_eq!(world.wake_after(100, 1), None);
        assert_eq!(world.wake_after(100, 0), Some(2));
    }
}
