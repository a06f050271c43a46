//! Counts: the atomics inside of std's own types, such as how many share an `Arc`. Who used which, and
//! which uses nothing orders.
//!
//! Who changes a count without looking at what it was does the same in whatever order, so uses of counts
//! are no scheduling points. It matters only where a task looks (`strong_count`, `try_unwrap`,
//! `upgrade`, or the drop after which nobody shares it, if something visible happens there) while
//! another one's change may as well come after as before. Such pairs are noted as a run goes on. Then
//! there are schedules of their own in which others go on before one of the two: see
//! [`Manner::Late`].
//!
//! What is kept is little: the last uses of the last counts. That can hide a pair. Memory that is used
//! for another count is known by its value, which then is not what the last use left.

use crate::count_records::{CountRecord, KEPT, MAX_COUNTS, MAX_MET, MetRecord, UseRecord};
use crate::engine::world::{Here, Kind, NONE, World};
use crate::kind::Act;
use crate::liberty::{self, Freedom, LATE, LibertyRecord, MAX_LIBERTIES, Manner};
use crate::limits::MAX_CALLS;
use crate::site::ON_ITS_OWN;

/// How often a task may ask in vain, with no point in between, before others go on: few loops ask so
/// often in order to go on by themselves.
const PATIENCE: u32 = 64;

/// Points that others pass at most before the task goes on: they may wait for it in a loop.
const LATE_FOR: u32 = 200;

/// How a count is used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Use {
    /// It is changed by so much, whatever it is.
    Changes,
    /// It is looked at.
    Looks,
    /// Both: what it was decides.
    Decides,
}

/// What stands for the place of a count's use in a table of sites.
const HERE: Here<'static> = Here {
    key: 0xC0,
    file: "<count>",
    line: 0,
    column: 0,
};

fn keep(kept: &mut [UseRecord; KEPT], new: UseRecord) {
    // The oldest is the last one.
    let at = kept.iter().position(|it| it.task == new.task);
    kept[..=at.unwrap_or(KEPT - 1)].rotate_right(1);
    kept[0] = new;
}

impl World {
    /// A task is about to use a count. Whether others are to go on first.
    #[inline]
    pub fn comes_to_count(&mut self, task: u32) -> bool {
        let turn = LATE | self.thread(task).counted;
        self.thread_mut(task).counted += 1;
        self.counted += 1;
        if self.config.takes_liberties == 0 && self.config.liberties[0].way == 0 {
            return false;
        }
        let manner = liberty::parts(self.config.schedule).map(|(_, manner)| manner);
        match manner.filter(|_| self.config.takes_liberties == 1) {
            Some(Manner::Late { place }) => place + 1 == self.counted,
            Some(Manner::Once { .. } | Manner::Drawn(_)) => false,
            None => self.listed(task, turn) > 0,
        }
    }

    /// Notes that others go on before a task uses a count, by these calls. The site of its line; `None`
    /// if no line of the program asks for it, so that nobody may be let on there.
    pub fn is_late(&mut self, task: u32, calls: &[u32]) -> Option<u32> {
        let site = self.site_of_count(calls);
        if !self.is_told(site) || self.liberty_count as usize >= MAX_LIBERTIES {
            return None;
        }
        self.task_mut(task).site = site;
        self.take(LibertyRecord {
            task,
            turn: LATE | (self.thread(task).counted - 1),
            way: 1,
            site,
        });
        self.late = task;
        self.late_until = self.steps.saturating_add(LATE_FOR);
        let freedom = Freedom::IsLate as u64;
        self.record(task, Kind::Act, NONE, Act::Freely as u64, freedom);
        Some(site)
    }

    /// The site of a use of a count, by the calls that led there, innermost first.
    fn site_of_count(&mut self, calls: &[u32]) -> u32 {
        let mut way = [0; MAX_CALLS];
        way[0] = ON_ITS_OWN;
        let kept = calls.len().min(way.len() - 1);
        way[1..=kept].copy_from_slice(&calls[..kept]);
        self.site_by(HERE, &way[..=kept])
    }

    /// A task has used a count, which had the first value and has the second. Where a use is kept that
    /// nothing orders before it, and it makes a difference which comes first: the places of the two.
    pub fn count_used(
        &mut self,
        task: u32,
        address: u64,
        how: Use,
        [old, new]: [u64; 2],
    ) -> Option<[u32; 2]> {
        let process = self.task(task).process;
        let at = self.place_of_count(address, process);
        let run = self.run;
        let count = &mut self.counts[at];
        let known = (count.run, count.address, count.process) == (run, address, process);
        if !known || count.value != old {
            *count = CountRecord {
                address,
                run,
                process,
                ..CountRecord::default()
            };
        }
        count.value = new;
        let changes = matches!(how, Use::Changes | Use::Decides) && old != new;
        let looks = matches!(how, Use::Looks | Use::Decides);
        let met = self.meets(task, at, [changes, looks]);
        let this = UseRecord {
            task: task + 1,
            clock: self.own_clock(task),
            place: self.counted - 1,
        };
        let count = &mut self.counts[at];
        if changes {
            keep(&mut count.changes, this);
        }
        if looks {
            keep(&mut count.looks, this);
        }
        met.map(|earlier| [earlier, this.place])
    }

    /// The last change that a task made to a count decided what it does now: nobody shares it any more.
    pub fn count_ended(&mut self, task: u32, address: u64) -> Option<[u32; 2]> {
        let at = self.place_of_count(address, self.task(task).process);
        let count = &self.counts[at];
        if (count.run, count.address) != (self.run, address) {
            return None;
        }
        let own = count.changes.iter().find(|it| it.task == task + 1)?.place;
        let earlier = self.meets(task, at, [false, true])?;
        Some([earlier, own])
    }

    /// Notes that nothing orders two uses, of which the later one is made by these calls.
    #[cold]
    pub fn note_met(&mut self, places: [u32; 2], calls: &[u32]) {
        let site = self.site_of_count(calls);
        let known = self.met_count as usize;
        let mut noted = self.met[..known].iter();
        if !noted.any(|it| it.site == site)
            && let Some(record) = self.met.get_mut(known)
        {
            *record = MetRecord { site, places };
            self.met_count += 1;
        }
    }

    /// Whether there is room for a further pair.
    #[must_use]
    pub fn may_note_met(&self) -> bool {
        (self.met_count as usize) < MAX_MET
    }

    /// Whether a task that asks once more, and changes nothing, has done so again and again without a
    /// point in between: then it waits for others, which must go on.
    pub fn asks_again(&mut self, task: u32) -> bool {
        let points = self.steps;
        let [times, since] = &mut self.thread_mut(task).asked;
        if *since != points {
            [*times, *since] = [0, points];
        }
        *times += 1;
        *times > PATIENCE
    }

    /// The place of the latest use that nothing orders before what a task does now to a count, and that
    /// is not of the same sort.
    fn meets(&self, task: u32, at: usize, [changes, looks]: [bool; 2]) -> Option<u32> {
        let count = &self.counts[at];
        let of = |kept: &[UseRecord; KEPT], matters: bool| {
            let mut kept = kept.iter().filter(|_| matters);
            let unordered = |it: &&UseRecord| match it.task.checked_sub(1) {
                Some(other) => other != task && !self.before(other, it.clock, task),
                None => false,
            };
            kept.find(unordered).map(|it| it.place)
        };
        of(&count.changes, looks).max(of(&count.looks, changes))
    }

    /// Where the uses of a count are kept: in its place, or in that of another one, which is forgotten.
    fn place_of_count(&self, address: u64, process: u32) -> usize {
        let key = address ^ u64::from(process).rotate_left(48);
        let hash = key.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 40;
        let first = usize::try_from(hash).unwrap_or(0);
        let mut places = (first..first + 4).map(|place| place % MAX_COUNTS);
        let fits = |&place: &usize| {
            let count = &self.counts[place];
            count.run != self.run || (count.address, count.process) == (address, process)
        };
        places.find(fits).unwrap_or(first % MAX_COUNTS)
    }
}

#[cfg(test)]
mod tests {
    use super::{PATIENCE, Use};
    use crate::engine::strategy::Strategy;
    use crate::engine::testing;
    use crate::engine::world::{NONE, World};
    use crate::liberty::{Manner, number};

    const COUNT: u64 = 0x1000;

    /// Three threads of a process and an object that can order them.
    fn world() -> Box<World> {
        let mut world = testing::world(Strategy::Natural, 0, 3);
        for task in 1..3 {
            world.task_mut(task).process = 0;
        }
        world.add_object(1, "", NONE, 0).expect("few objects");
        world
    }

    /// A task uses the count, which has these values before and after.
    fn uses(world: &mut World, task: u32, how: Use, values: [u64; 2]) -> Option<[u32; 2]> {
        assert!(!world.comes_to_count(task));
        world.count_used(task, COUNT, how, values)
    }

    #[test]
    fn who_looks_meets_a_change_that_nothing_orders_and_the_other_way_round() {
        let mut world = world();
        assert_eq!(uses(&mut world, 1, Use::Changes, [2, 1]), None);
        assert_eq!(uses(&mut world, 0, Use::Looks, [1, 1]), Some([0, 1]));
        assert_eq!(uses(&mut world, 1, Use::Changes, [1, 2]), Some([1, 2]));
    }

    #[test]
    fn changes_meet_no_changes_and_looks_no_looks() {
        let mut world = world();
        for task in [0, 1, 2, 1, 0] {
            assert_eq!(uses(&mut world, task, Use::Changes, [2, 3]), None);
            assert_eq!(world.count_used(task, COUNT, Use::Changes, [3, 2]), None);
        }
        for task in [0, 1, 2, 1, 0] {
            let looks = world.count_used(task, COUNT + 64, Use::Looks, [2, 2]);
            assert_eq!(looks, None);
        }
    }

    #[test]
    fn what_came_before_is_not_met() {
        let mut world = world();
        assert_eq!(uses(&mut world, 1, Use::Changes, [2, 1]), None);
        world.release_edge(1, 0);
        world.acquire_edge(0, 0);
        assert_eq!(uses(&mut world, 0, Use::Looks, [1, 1]), None);
        assert_eq!(
            uses(&mut world, 1, Use::Looks, [1, 1]),
            None,
            "it is its own"
        );
    }

    #[test]
    fn the_last_share_is_a_look_where_that_decides_something() {
        let mut world = world();
        uses(&mut world, 1, Use::Changes, [2, 1]);
        assert_eq!(uses(&mut world, 0, Use::Changes, [1, 0]), None);
        assert_eq!(world.count_ended(0, COUNT), Some([0, 1]));
        assert_eq!(world.count_ended(0, COUNT + 64), None);
    }

    #[test]
    fn memory_that_is_used_again_has_no_past() {
        let mut world = world();
        uses(&mut world, 1, Use::Changes, [1, 0]);
        assert_eq!(uses(&mut world, 0, Use::Looks, [1, 1]), None);
    }

    #[test]
    fn a_schedule_may_let_others_on_before_one_use() {
        let mut world = world();
        world.config.schedule = number(7, Manner::Late { place: 2 }).expect("there is one");
        world.config.takes_liberties = 1;
        let late = [0, 1, 0, 1].map(|task| world.comes_to_count(task));
        assert_eq!(late, [false, false, true, false]);
        let nobody = world.is_late(0, &[3, 4]);
        assert_eq!(nobody, None, "no line of the program led there");
    }

    #[test]
    fn who_asks_again_and_again_lets_others_on_and_counts_anew_at_each_point() {
        let mut world = world();
        assert!((0..PATIENCE).all(|_| !world.asks_again(0)));
        assert!(world.asks_again(0) && !world.asks_again(1));
        world.steps += 1;
        assert!(!world.asks_again(0));
    }
}
