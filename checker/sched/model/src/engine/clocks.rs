//! Where vector clocks are kept, and which place in them a task has: its slot.
//!
//! A slot is the task's number, until there are [`NEAR_TASKS`]. From then on a new task gets the slot
//! of one that has ended, if whoever starts it knows all that this one did, because it was joined:
//! what comes later in the slot then happened after what came earlier, so one number still says how
//! much of both is known. Only where no such slot is left, and [`MAX_LIVE`] are in use, a new task
//! gets the slot of any that has ended: that can hide a race, and never makes one up.
//!
//! A clock has a place for each slot. The places beyond the first ones lie apart, and are only used
//! in runs that have so many.

use crate::engine::world::{NONE, ObjectRecord, TaskRecord, World, state};
use crate::limits::{CLOCKS, MAX_LIVE, MAX_OBJECTS, NEAR_TASKS};
use crate::parts::part_mut;
use crate::records::{UNWATCHED, WideClock};

/// The places of a clock for the first slots.
pub(crate) type NearClock = [u32; NEAR_TASKS];

/// What has a clock beside tasks.
const OF_UNWATCHED: usize = MAX_LIVE + MAX_OBJECTS;
const OF_RECYCLED: usize = OF_UNWATCHED + 1;
const _: () = assert!(CLOCKS == OF_RECYCLED + 1, "each clock has its places");

/// Takes the later of each pair of times.
fn join(into: &mut [u32], from: &[u32]) {
    for (a, b) in into.iter_mut().zip(from) {
        *a = (*a).max(*b);
    }
}

/// So many places are joined at once: those behind the last slot hold nothing.
const AT_ONCE: usize = 8;
const _: () = assert!(NEAR_TASKS.is_multiple_of(AT_ONCE));

/// The number of an object's clock among all.
fn number_of(object: u32) -> usize {
    match object {
        UNWATCHED => OF_UNWATCHED,
        object => MAX_LIVE + object as usize,
    }
}

impl World {
    /// The slot of a task.
    #[inline]
    pub fn slot(&self, task: u32) -> u32 {
        let known = match self.recycled {
            0 => task,
            _ => self.thread(task).slot.checked_sub(1).unwrap_or(task),
        };
        known % MAX_LIVE as u32
    }

    /// The task that has, or had last, this slot.
    #[inline]
    pub(crate) fn in_slot(&self, slot: u32) -> u32 {
        match self.recycled {
            0 => slot,
            _ => self.slots.get(slot as usize).copied().unwrap_or(NONE),
        }
    }

    /// Whether a task has its slot still, so that something may yet be done by it or with it.
    #[inline]
    pub(crate) fn is_present(&self, task: u32) -> bool {
        let known = task < self.task_count;
        known && (self.recycled == 0 || self.in_slot(self.slot(task)) == task)
    }

    /// Whether each task has its number as its slot, and is one of the first.
    #[inline]
    pub(crate) fn is_small(&self) -> bool {
        self.recycled == 0 && self.slot_count as usize <= NEAR_TASKS
    }

    /// The tasks that have a slot: all that live, and some that have ended.
    #[inline]
    pub fn present(&self) -> impl Iterator<Item = u32> + Clone {
        (0..self.slot_count.min(MAX_LIVE as u32)).map(|slot| self.in_slot(slot))
    }

    /// Their records.
    #[inline]
    pub(crate) fn present_records(&self) -> impl Iterator<Item = &TaskRecord> + Clone {
        self.present().map(|task| self.task(task))
    }

    /// Gives the task `id` a slot, with the clock of `parent`. `None` if there is none.
    pub(crate) fn give_slot(&mut self, id: u32, parent: u32) -> Option<()> {
        let fresh = self.slot_count;
        let all_used = fresh as usize >= MAX_LIVE;
        let ended = if (fresh as usize) < NEAR_TASKS {
            None
        } else {
            self.ended_slot(parent, all_used)
        };
        if let Some(slot) = ended {
            self.recycle(slot, id, parent);
            return Some(());
        }
        if all_used {
            return None;
        }
        self.slot_count += 1;
        if self.recycled != 0 {
            self.has_slot(id, fresh);
        }
        self.begin_clock(fresh, parent);
        Some(())
    }

    fn has_slot(&mut self, id: u32, slot: u32) {
        self.slots[slot as usize] = id;
        self.thread_mut(id).slot = slot + 1;
    }

    /// A slot whose task has ended: one of which `parent` knows all, or else `any`.
    fn ended_slot(&self, parent: u32, any: bool) -> Option<u32> {
        let mut ended = (0..self.slot_count).filter(|&slot| {
            let task = self.task(self.in_slot(slot));
            task.state == state::EXITED
        });
        let mine = self.slot(parent);
        let is_known = |&slot: &u32| self.time(mine, slot) >= self.time(slot, slot);
        let known = ended.clone().find(is_known);
        known.or_else(|| ended.next().filter(|_| any))
    }

    /// The task `id` gets a slot that another one had.
    fn recycle(&mut self, slot: u32, id: u32, parent: u32) {
        if self.recycled == 0 {
            self.retired = [0; NEAR_TASKS];
            for (at, task) in self.slots.iter_mut().zip(0..self.slot_count) {
                *at = task;
            }
        }
        self.recycled += 1;
        let before = self.time(slot, slot);
        let n = self.near_slots();
        let row = *self.near_clock(slot);
        join(&mut self.retired[..n], &row[..n]);
        self.join_wide(OF_RECYCLED, slot as usize);
        self.has_slot(id, slot);
        self.thread_mut(id).first_time = before.wrapping_add(1);
        self.begin_clock(slot, parent);
        self.set_time(slot, slot, before);
    }

    /// The clock of a slot is now that of `parent`.
    fn begin_clock(&mut self, slot: u32, parent: u32) {
        let before = match parent {
            NONE => [0; NEAR_TASKS],
            parent => *self.near_clock(self.slot(parent)),
        };
        *self.near_clock_mut(slot) = before;
        if self.slot_count as usize > NEAR_TASKS && parent != NONE {
            let times = wide_times(&mut self.wide, self.run, slot as usize);
            *times = [0; MAX_LIVE - NEAR_TASKS];
            self.join_wide(slot as usize, self.slot(parent) as usize);
        }
    }

    /// How many of the first slots are in use.
    #[inline]
    fn near_slots(&self) -> usize {
        (self.slot_count as usize).min(NEAR_TASKS)
    }

    #[inline]
    fn near_clock(&self, slot: u32) -> &NearClock {
        let slot = slot as usize % MAX_LIVE;
        match slot.checked_sub(NEAR_TASKS) {
            None => &self.clocks[slot],
            Some(at) => &self.more_clocks[at],
        }
    }

    #[inline]
    fn near_clock_mut(&mut self, slot: u32) -> &mut NearClock {
        near_clock_mut(&mut self.clocks, &mut self.more_clocks, slot)
    }

    /// How much of what was done in the slot `other` is known in the slot `slot`.
    #[inline]
    pub(crate) fn time(&self, slot: u32, other: u32) -> u32 {
        if let Some(time) = self.near_clock(slot).get(other as usize) {
            return *time;
        }
        let wide = &self.wide[slot as usize % CLOCKS];
        let at = other as usize - NEAR_TASKS;
        let time = wide.times.get(at).filter(|_| wide.run == self.run);
        time.copied().unwrap_or(0)
    }

    fn set_time(&mut self, slot: u32, other: u32, time: u32) {
        if let Some(at) = self.near_clock_mut(slot).get_mut(other as usize) {
            *at = time;
            return;
        }
        let times = wide_times(&mut self.wide, self.run, slot as usize);
        if let Some(at) = times.get_mut(other as usize - NEAR_TASKS) {
            *at = time;
        }
    }

    /// Starts a new interval of a task: what others learned from it before does not cover what it
    /// does from now on.
    #[inline]
    pub fn tick(&mut self, task: u32) {
        let slot = self.slot(task);
        if let Some(clock) = self.clocks.get_mut(slot as usize) {
            clock[slot as usize] = clock[slot as usize].wrapping_add(1);
            return;
        }
        let now = self.time(slot, slot);
        self.set_time(slot, slot, now.wrapping_add(1));
    }

    /// `task` learns all that `object` carries: an acquire.
    #[inline]
    pub fn acquire_edge(&mut self, task: u32, object: u32) {
        let n = (self.slot_count as usize).next_multiple_of(AT_ONCE);
        match (
            self.clocks.get_mut(task as usize),
            self.objects.get(object as usize),
        ) {
            (Some(known), Some(carried)) if self.recycled == 0 && n <= NEAR_TASKS => {
                join(&mut known[..n], &carried.clock[..n]);
            }
            _ => self.acquire_any(task, object),
        }
    }

    fn acquire_any(&mut self, task: u32, object: u32) {
        let (slot, n) = (self.slot(task), self.near_slots());
        let known = near_clock_mut(&mut self.clocks, &mut self.more_clocks, slot);
        let Some(carried) = carried(
            &mut self.objects,
            &mut self.more_objects,
            &mut self.unwatched,
            object,
        ) else {
            return;
        };
        join(&mut known[..n], &carried[..n]);
        self.join_wide(slot as usize, number_of(object));
    }

    /// `object` takes up all that `task` knows: a release.
    #[inline]
    pub fn release_edge(&mut self, task: u32, object: u32) {
        let n = (self.slot_count as usize).next_multiple_of(AT_ONCE);
        match (
            self.clocks.get_mut(task as usize),
            self.objects.get_mut(object as usize),
        ) {
            (Some(known), Some(carried)) if self.recycled == 0 && n <= NEAR_TASKS => {
                join(&mut carried.clock[..n], &known[..n]);
                known[task as usize] = known[task as usize].wrapping_add(1);
            }
            _ => self.release_any(task, object),
        }
    }

    fn release_any(&mut self, task: u32, object: u32) {
        let (slot, n) = (self.slot(task), self.near_slots());
        let known = near_clock_mut(&mut self.clocks, &mut self.more_clocks, slot);
        let Some(carried) = carried(
            &mut self.objects,
            &mut self.more_objects,
            &mut self.unwatched,
            object,
        ) else {
            return;
        };
        join(&mut carried[..n], &known[..n]);
        self.join_wide(number_of(object), slot as usize);
        self.tick(task);
    }

    /// Whether `task` knows all that `object` carries.
    #[must_use]
    pub fn knows(&self, task: u32, object: u32) -> bool {
        let slot = self.slot(task);
        let carried = match object {
            UNWATCHED => &self.unwatched,
            object => match self.object(object) {
                Some(record) => &record.clock,
                None => return true,
            },
        };
        let near = self.near_slots();
        let known = self.near_clock(slot);
        let mut pairs = carried[..near].iter().zip(&known[..near]);
        pairs.all(|(theirs, mine)| theirs <= mine) && self.knows_wide(slot, number_of(object))
    }

    fn knows_wide(&self, slot: u32, clock: usize) -> bool {
        let count = (self.slot_count as usize).saturating_sub(NEAR_TASKS);
        let wide = &self.wide[clock];
        let mut places = (0_u32..).zip(&wide.times[..count]);
        count == 0
            || wide.run != self.run
            || places.all(|(at, &time)| time <= self.time(slot, NEAR_TASKS as u32 + at))
    }

    /// What `task` knows of each slot so far.
    pub fn knowledge(&self, task: u32) -> impl Iterator<Item = u32> {
        let slot = self.slot(task);
        (0..self.slot_count).map(move |other| self.time(slot, other))
    }

    /// `task` learns what somebody knew of each slot: an acquire.
    pub fn learn(&mut self, task: u32, known: &[u32]) {
        let slot = self.slot(task);
        for (other, &time) in (0..self.slot_count).zip(known) {
            if time > self.time(slot, other) {
                self.set_time(slot, other, time);
            }
        }
    }

    /// `task` learns all that `other` knew: it saw its exit.
    pub fn acquire_edge_from_task(&mut self, task: u32, other: u32) {
        let (slot, n) = (self.slot(task), self.near_slots());
        // Of a task whose slot has another one by now, what all such tasks knew is known.
        let (theirs, wide) = if self.in_slot(self.slot(other)) == other || other >= self.task_count
        {
            let theirs = self.slot(other);
            (*self.near_clock(theirs), theirs as usize)
        } else {
            (self.retired, OF_RECYCLED)
        };
        join(&mut self.near_clock_mut(slot)[..n], &theirs[..n]);
        self.join_wide(slot as usize, wide);
    }

    /// The places beyond the first ones of the clock `into` take the later times of `from`.
    #[inline]
    fn join_wide(&mut self, into: usize, from: usize) {
        if self.slot_count as usize > NEAR_TASKS {
            self.join_places(into, from);
        }
    }

    #[cold]
    fn join_places(&mut self, into: usize, from: usize) {
        if into == from || self.wide[from].run != self.run {
            return;
        }
        let count = (self.slot_count as usize).min(MAX_LIVE) - NEAR_TASKS;
        wide_times(&mut self.wide, self.run, into);
        if let Ok([into, from]) = self.wide.get_disjoint_mut([into, from]) {
            join(&mut into.times[..count], &from.times[..count]);
        }
    }
}

#[inline]
fn near_clock_mut<'a>(
    near: &'a mut [NearClock; NEAR_TASKS],
    far: &'a mut [NearClock; MAX_LIVE - NEAR_TASKS],
    slot: u32,
) -> &'a mut NearClock {
    let slot = slot as usize % MAX_LIVE;
    match slot.checked_sub(NEAR_TASKS) {
        None => &mut near[slot],
        Some(at) => &mut far[at],
    }
}

/// The first places of the clock that an object carries.
#[inline]
fn carried<'a>(
    near: &'a mut [ObjectRecord],
    far: &'a mut [ObjectRecord],
    unwatched: &'a mut NearClock,
    object: u32,
) -> Option<&'a mut NearClock> {
    if object == UNWATCHED {
        return Some(unwatched);
    }
    part_mut(near, far, object as usize).map(|record| &mut record.clock)
}

/// The places beyond the first ones, which are from an earlier run until they are first used.
fn wide_times(all: &mut [WideClock], run: u64, at: usize) -> &mut [u32; MAX_LIVE - NEAR_TASKS] {
    let clock = &mut all[at];
    if clock.run != run {
        clock.run = run;
        clock.times = [0; MAX_LIVE - NEAR_TASKS];
    }
    &mut clock.times
}
