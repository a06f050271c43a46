//! Many tasks, of which few live at a time: who gets whose slot, and that no order is lost or made up
//! by it. Happens-before is held against clocks that have a place for each task there ever was.

use std::collections::BTreeMap;

use sched_model::engine::world::{NONE, World};
use sched_model::limits::{MAX_LIVE, NEAR_TASKS};
use sched_model::rng::SplitMix64;
use sched_segment::segment::world_of_zeroes;

/// A clock with a place for each task.
type Clock = BTreeMap<u32, u32>;

fn join(into: &mut Clock, from: &Clock) {
    for (task, time) in from {
        let known = into.entry(*task).or_default();
        *known = (*known).max(*time);
    }
}

/// A run of random acts, in a world and in clocks without slots.
struct Both {
    world: Box<World>,
    cell: u32,
    locks: Vec<(u32, Clock)>,
    clocks: Vec<Clock>,
    live: Vec<u32>,
    ended: Vec<u32>,
    write: Option<(u32, u32)>,
    reads: BTreeMap<u32, u32>,
    rng: SplitMix64,
}

impl Both {
    fn new(seed: u64) -> Self {
        let mut world = world_of_zeroes();
        // What an earlier run left counts for nothing.
        world.run = seed;
        world.begin();
        world.add_task(NONE, "main", false, NONE);
        let cell = world.add_object(4, "", NONE, 1).expect("few");
        let lock = |world: &mut World| world.add_object(1, "", NONE, 0).expect("few");
        let locks = [lock(&mut world), lock(&mut world)].map(|lock| (lock, Clock::new()));
        Self {
            world,
            cell,
            locks: locks.into(),
            clocks: vec![Clock::from([(0, 1)])],
            live: vec![0],
            ended: Vec::new(),
            write: None,
            reads: BTreeMap::new(),
            rng: SplitMix64::new(seed),
        }
    }

    fn any(&mut self, of: usize) -> usize {
        usize::try_from(self.rng.below(of as u64)).expect("small")
    }

    fn some_task(&mut self) -> u32 {
        let at = self.any(self.live.len());
        self.live[at]
    }

    /// Mostly main, so that it mostly knows who was joined.
    fn starter(&mut self) -> u32 {
        match self.any(20) {
            0 => self.some_task(),
            _ => 0,
        }
    }

    fn tick(&mut self, task: u32) {
        *self.clocks[task as usize].entry(task).or_default() += 1;
    }

    fn start(&mut self) -> bool {
        let parent = self.starter();
        let Some(task) = self.world.add_task(parent, "", false, NONE) else {
            return false;
        };
        assert_eq!(
            task as usize,
            self.clocks.len(),
            "numbers are never used again"
        );
        self.clocks.push(self.clocks[parent as usize].clone());
        self.tick(parent);
        self.tick(task);
        self.live.push(task);
        true
    }

    fn end(&mut self) {
        if self.live.len() > 1 {
            let at = 1 + self.any(self.live.len() - 1);
            let task = self.live.swap_remove(at);
            self.world.exited(task, 0);
            self.ended.push(task);
        }
    }

    fn join(&mut self) {
        if !self.ended.is_empty() {
            let at = self.any(self.ended.len());
            let (other, task) = (self.ended.swap_remove(at), self.starter());
            self.world.acquire_edge_from_task(task, other);
            let known = self.clocks[other as usize].clone();
            join(&mut self.clocks[task as usize], &known);
        }
    }

    fn use_lock(&mut self) {
        let (task, at) = (self.some_task(), self.any(2));
        let (lock, carried) = &mut self.locks[at];
        if self.rng.one_in(2) {
            self.world.acquire_edge(task, *lock);
            join(&mut self.clocks[task as usize], carried);
            assert!(self.world.knows(task, *lock));
        } else {
            self.world.release_edge(task, *lock);
            join(carried, &self.clocks[task as usize]);
            self.tick(task);
        }
    }

    /// An access: which tasks race with it, as the clocks without slots say, and whether the world
    /// found one of them.
    fn access(&mut self) -> (Vec<u32>, bool) {
        let (task, write) = (self.some_task(), self.rng.one_in(3));
        let known = &self.clocks[task as usize];
        let before = |&(other, time): &(u32, u32)| {
            other == task || known.get(&other).is_some_and(|known| *known >= time)
        };
        let reads = self.reads.iter().map(|(task, time)| (*task, *time));
        let all = self.write.into_iter().chain(reads.filter(|_| write));
        let racing: Vec<u32> = all.filter(|it| !before(it)).map(|(task, _)| task).collect();
        self.world.race_count = 0;
        self.world.check_access(task, self.cell, 0, write);
        let races = &self.world.races[..self.world.race_count as usize];
        for race in races {
            let [earlier, later] = race.tasks;
            assert_eq!(later, task);
            assert!(racing.contains(&earlier), "{earlier} is before {later}");
        }
        let found = !races.is_empty();
        let now = self.clocks[task as usize][&task];
        if write {
            self.write = Some((task, now));
            self.reads.clear();
        } else {
            self.reads.insert(task, now);
        }
        (racing, found)
    }

    /// Acts at random, with about so many tasks at a time. Each race that there is must be found if
    /// `all`. Returns how many there were.
    fn act(&mut self, acts: usize, most: usize, joins: bool, all: bool) -> usize {
        let mut races = 0;
        for _ in 0..acts {
            match self.any(8) {
                0 | 1 if self.live.len() < most => assert!(self.start(), "there is room"),
                0..3 => {
                    self.end();
                    if joins {
                        self.join();
                    }
                }
                3 | 4 => self.use_lock(),
                _ => {
                    let (racing, found) = self.access();
                    races += usize::from(!racing.is_empty());
                    assert!(found || racing.is_empty() || !all, "{racing:?} not found");
                }
            }
        }
        races
    }
}

#[test]
fn a_slot_is_used_again_and_no_order_is_lost_or_made_up() {
    for (seed, most) in [(1, 8), (2, 60), (3, 200)] {
        let mut both = Both::new(seed);
        let races = both.act(8000, most, true, true);
        assert!(races > 100, "{races} races");
        let tasks = both.clocks.len();
        assert!(tasks > 800 && both.world.recycled > 300, "{tasks} tasks");
        assert!((both.world.slot_count as usize) < MAX_LIVE);
    }
}

#[test]
fn where_nobody_is_joined_races_may_be_missed_and_none_is_made_up() {
    let mut both = Both::new(4);
    let races = both.act(10_000, 300, false, false);
    assert!(races > 100, "{races} races");
    assert_eq!(both.world.slot_count as usize, MAX_LIVE);
    assert!(both.world.recycled > 100, "{}", both.world.recycled);
}

#[test]
fn few_tasks_keep_their_numbers_as_slots() {
    let mut both = Both::new(5);
    while both.clocks.len() < NEAR_TASKS {
        both.start();
        both.end();
        both.join();
    }
    assert_eq!(both.world.recycled, 0);
    assert!(both.world.present().eq(0..NEAR_TASKS as u32));
    both.end();
    both.join();
    both.start();
}

#[test]
fn all_that_live_have_a_slot_each_and_there_is_an_end() {
    let mut both = Both::new(6);
    while both.start() {}
    assert_eq!(both.live.len(), MAX_LIVE);
    assert!(both.world.present().eq(0..MAX_LIVE as u32));
    both.end();
    assert!(both.start() && !both.start());
    let last = *both.live.last().expect("is there");
    assert_eq!(both.world.present().filter(|&task| task == last).count(), 1);
}
