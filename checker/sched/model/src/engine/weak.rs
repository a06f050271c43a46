//! Weak memory: which stores a load may return, and before which others a store may take its place.
//!
//! The model is RC11 (Lahav, Vafeiadis, Kang, Hur and Dreyer, PLDI 2017): a load returns a store that
//! was made already, so nothing comes out of thin air. Each atomic keeps its last stores in the order in
//! which they overwrite each other. A task may return none that is overwritten by one which it must know:
//! which it, or anybody whose doing happens before, has made or read. The same holds for the place that a
//! store takes. An update takes the newest place always.
//!
//! What `SeqCst` demands is kept as in C11Tester (Luo and Demsky, ASPLOS 2021): its total order is the
//! order in which a run makes these accesses and fences. Other total orders are those of other schedules.
//!
//! What is not kept any more, of an atomic with many stores or a run of many tasks, is never returned:
//! that can hide an outcome, and never makes one up.

use std::sync::atomic::Ordering;

use crate::engine::atomics::{acquires, releases};
use crate::engine::world::World;
use crate::limits::{KEPT_FENCES, KEPT_STORES, MAX_ATOMICS, NEAR_TASKS};
use crate::weak_records::{FenceRecord, FencesRecord, StoreRecord};

/// Places of a vector clock.
type Clock = [u32; NEAR_TASKS];

fn join(into: &mut Clock, from: &Clock, count: usize) {
    for (into, from) in into.iter_mut().zip(from).take(count) {
        *into = (*into).max(*from);
    }
}

/// What a task knows of fences: when the last one was passed that it, or what happens before, has passed.
#[derive(Clone, Copy, Default)]
struct Fenced {
    /// Of the program's fences.
    fence: u64,
    /// Of whatever counts as one.
    any: u64,
}

impl World {
    /// Whether stores are kept: of one process, whose tasks are few.
    pub(crate) fn keeps_stores(&self) -> bool {
        self.weak != 0 && self.is_small() && self.process_count == 1
    }

    /// The number of an atomic whose stores are kept.
    pub(crate) fn kept(&self, object: u32) -> Option<usize> {
        if !self.keeps_stores() {
            return None;
        }
        let all = &self.atomics[..(self.atomic_count as usize).min(MAX_ATOMICS)];
        all.binary_search_by_key(&object, |it| it.object).ok()
    }

    /// Before an access: who does not know the value has not seen who wrote it, and whatever was known is
    /// no longer so.
    pub(crate) fn meet(&mut self, number: usize, now: u64) {
        let history = &self.histories[number];
        let count = history.count as usize;
        if count > 0 && history.stores[(count - 1) % KEPT_STORES].value == now {
            return;
        }
        let object = self.atomics[number].object;
        let clock = self.object(object).map_or([0; NEAR_TASKS], |it| it.clock);
        let history = &mut self.histories[number];
        history.count = 1;
        history.stores[0] = StoreRecord {
            value: now,
            clock,
            ..StoreRecord::NOTHING
        };
    }

    /// Forgets the stores to atomics in these bytes: they are something else from now on.
    pub fn forget_stores(&mut self, pid: u32, address: u64, size: u64) {
        let count = (self.atomic_count as usize).min(MAX_ATOMICS);
        let range = address..address.saturating_add(size);
        for (atomic, history) in self.atomics[..count].iter().zip(&mut self.histories) {
            if atomic.process == pid && range.contains(&atomic.address) {
                history.count = 0;
            }
        }
    }

    fn stores(&self, number: usize) -> &[StoreRecord] {
        let history = &self.histories[number];
        &history.stores[..(history.count as usize).min(KEPT_STORES)]
    }

    /// The oldest of the kept stores that `task` may still return, or else the place of the last one
    /// behind which its own store comes.
    pub(crate) fn oldest(&self, task: u32, number: usize, order: Ordering) -> usize {
        let fenced = self.fenced_before(task);
        let stores = self.stores(number);
        let must = |it: &StoreRecord| self.must_see(task, it, fenced, order);
        stores.iter().rposition(must).unwrap_or(0)
    }

    fn must_see(&self, task: u32, it: &StoreRecord, fenced: Fenced, order: Ordering) -> bool {
        let count = self.slot_count as usize;
        let known = self.clocks[task as usize % NEAR_TASKS];
        let mut seen = it.seen.iter().zip(&known).take(count);
        let by_all = it.how & StoreRecord::SEQ_CST != 0;
        seen.any(|(&seen, &known)| seen != 0 && seen <= known)
            || (it.seen_fenced != 0 && it.seen_fenced < fenced.any)
            || (by_all && it.at < fenced.fence)
            || (order == Ordering::SeqCst && (by_all || it.fenced != 0))
    }

    /// The last fences that a task knows of.
    fn fenced_before(&self, task: u32) -> Fenced {
        let known = self.clocks[task as usize % NEAR_TASKS];
        let mut last = Fenced {
            fence: self.forgotten_fence,
            any: self.forgotten_fence,
        };
        for it in &self.fences[..(self.fence_count as usize).min(KEPT_FENCES)] {
            if known[it.slot as usize % NEAR_TASKS] >= it.time {
                last.any = last.any.max(it.at);
                last.fence = last.fence.max(it.at * it.is_fence);
            }
        }
        last
    }

    /// A load returns this one of the stores.
    pub(crate) fn load_from(&mut self, task: u32, number: usize, at: usize, order: Ordering) {
        let (count, slot) = (self.slot_count as usize, task as usize % NEAR_TASKS);
        let time = self.own_clock(task);
        let store = &mut self.histories[number].stores[at % KEPT_STORES];
        if store.seen[slot] == 0 {
            store.seen[slot] = time;
        }
        let store = &self.histories[number].stores[at % KEPT_STORES];
        if acquires(order) {
            join(&mut self.clocks[slot], &store.clock, count);
        } else {
            let clock = store.clock;
            join(&mut self.fences_of(slot).read, &clock, count);
        }
    }

    /// Whether a store may take its place before this one of those that are kept.
    pub(crate) fn may_precede(&self, number: usize, at: usize) -> bool {
        self.stores(number)
            .get(at)
            .is_none_or(|it| it.how & StoreRecord::UPDATE == 0)
    }

    /// A store takes its place before this one of those that are kept, or behind them.
    pub(crate) fn store_at(
        &mut self,
        task: u32,
        (number, at): (usize, usize),
        value: u64,
        order: Ordering,
    ) {
        self.put(task, (number, at), value, order, 0);
    }

    /// A new value is made of the newest one.
    pub(crate) fn update_newest(&mut self, task: u32, number: usize, value: u64, order: Ordering) {
        let count = self.stores(number).len();
        self.load_from(task, number, count - 1, order);
        self.put(task, (number, count), value, order, StoreRecord::UPDATE);
    }

    fn put(
        &mut self,
        task: u32,
        (number, mut at): (usize, usize),
        value: u64,
        order: Ordering,
        how: u32,
    ) {
        let (count, slot) = (self.slot_count as usize, task as usize % NEAR_TASKS);
        self.stamps += 1;
        let mut store = StoreRecord {
            value,
            at: self.stamps,
            slot: task,
            how,
            ..StoreRecord::NOTHING
        };
        store.seen[slot] = self.own_clock(task);
        if order == Ordering::SeqCst {
            store.how |= StoreRecord::SEQ_CST;
        }
        if releases(order) {
            store.clock = self.clocks[slot];
        } else if self.task_fences[slot].run == self.run {
            store.clock = self.task_fences[slot].released;
        }
        let history = &mut self.histories[number];
        let mut kept = (history.count as usize).min(KEPT_STORES);
        if how & StoreRecord::UPDATE != 0 {
            // What it was made of heads its release sequence, too.
            join(&mut store.clock, &history.stores[kept - 1].clock, count);
        }
        if kept == KEPT_STORES {
            history.stores.rotate_left(1);
            kept -= 1;
            at = at.saturating_sub(1);
        }
        let at = at.min(kept);
        history.stores.copy_within(at..kept, at + 1);
        history.stores[at] = store;
        history.count = kept as u64 + 1;
    }
}

/// What tasks ask for.
impl World {
    /// `task` loads from an atomic whose newest value is `now`. Another value if it returns an older one,
    /// which is a liberty.
    pub fn atomic_load(
        &mut self,
        task: u32,
        object: u32,
        now: u64,
        order: Ordering,
    ) -> Option<u64> {
        let number = self.kept(object)?;
        let order = self.ordered(task, order);
        self.meet(number, now);
        let stores = self.stores(number);
        let newest = stores.len() - 1;
        let mut older = [0; KEPT_STORES];
        let mut count = 0;
        let oldest = self.oldest(task, number, order);
        for (at, store) in stores.iter().enumerate().take(newest).skip(oldest) {
            // The same value tells nobody that it is an older one.
            if store.value != now {
                older[count] = at;
                count += 1;
            }
        }
        let way = self.way_of(task, count);
        let at = way.checked_sub(1).map(|way| older[way]);
        let value = at.map(|at| self.stores(number)[at].value);
        self.load_from(task, number, at.unwrap_or(newest), order);
        value
    }

    /// `task` is about to store a value in the place of `now`. Whether others overwrite it at once, which is
    /// a liberty.
    pub fn atomic_store(
        &mut self,
        task: u32,
        object: u32,
        (now, new): (u64, u64),
        order: Ordering,
    ) -> bool {
        let Some(number) = self.kept(object) else {
            return false;
        };
        let order = self.ordered(task, order);
        self.meet(number, now);
        let end = self.stores(number).len();
        let mut places = [0; KEPT_STORES];
        let mut count = 0;
        for at in self.oldest(task, number, order) + 1..end {
            if self.may_precede(number, at) && new != now {
                places[count] = at;
                count += 1;
            }
        }
        let way = self.way_of(task, count);
        let at = way.checked_sub(1).map(|way| places[way]);
        self.store_at(task, (number, at.unwrap_or(end)), new, order);
        at.is_some()
    }

    /// Which of so many other things `task` does, from 1; 0 for what it mostly does.
    fn way_of(&mut self, task: u32, others: usize) -> usize {
        let ways = u32::try_from(others).map_or(1, |others| others + 1);
        self.way(task, ways) as usize
    }

    /// `task` has made a new value of the newest one.
    pub fn atomic_update(
        &mut self,
        task: u32,
        object: u32,
        (old, new): (u64, u64),
        order: Ordering,
    ) {
        if let Some(number) = self.kept(object) {
            let order = self.ordered(task, order);
            self.meet(number, old);
            self.update_newest(task, number, new, order);
        }
    }

    /// `task` has looked whether it can make a new value of the newest one, in vain.
    pub fn atomic_failed(&mut self, task: u32, object: u32, now: u64, order: Ordering) {
        if let Some(number) = self.kept(object) {
            let order = self.ordered(task, order);
            self.meet(number, now);
            let newest = self.stores(number).len() - 1;
            self.load_from(task, number, newest, order);
        }
    }

    /// `task` passes a fence, where stores are kept.
    pub(crate) fn exact_fence(&mut self, task: u32, order: Ordering) {
        let (count, slot) = (self.slot_count as usize, task as usize % NEAR_TASKS);
        if acquires(order) {
            let read = self.fences_of(slot).read;
            join(&mut self.clocks[slot], &read, count);
        }
        if order == Ordering::SeqCst {
            self.pass_fence(task, true);
        }
        if releases(order) {
            let known = self.clocks[slot];
            self.fences_of(slot).released = known;
            // What it does from now on is not published.
            self.tick(task);
        }
    }

    /// `task` passes a `SeqCst` fence, or something else that all tasks pass one after the other and that
    /// orders what they did before and what they do after: std takes a lock in order to print.
    pub(crate) fn pass_fence(&mut self, task: u32, is_fence: bool) {
        if !self.keeps_stores() {
            return;
        }
        self.tick(task);
        self.stamps += 1;
        self.mark_fenced(task, is_fence);
        let mut passed = self.fence_count as usize;
        if passed >= KEPT_FENCES {
            // As if everybody knew of it.
            self.forgotten_fence = self.forgotten_fence.max(self.fences[0].at);
            self.fences.rotate_left(1);
            passed = KEPT_FENCES - 1;
        }
        self.fences[passed] = FenceRecord {
            at: self.stamps,
            slot: task,
            time: self.own_clock(task),
            is_fence: is_fence.into(),
        };
        self.fence_count = passed as u32 + 1;
    }

    /// Notes which stores happen before the fence that `task` passes, and which were seen by what does.
    fn mark_fenced(&mut self, task: u32, is_fence: bool) {
        let (at, count) = (self.stamps, self.slot_count as usize);
        let known = self.clocks[task as usize % NEAR_TASKS];
        let atomics = (self.atomic_count as usize).min(MAX_ATOMICS);
        for history in &mut self.histories[..atomics] {
            for it in &mut history.stores[..(history.count as usize).min(KEPT_STORES)] {
                let knows = |slot: usize| it.seen[slot] != 0 && it.seen[slot] <= known[slot];
                if is_fence && it.fenced == 0 && knows(it.slot as usize % NEAR_TASKS) {
                    it.fenced = at;
                }
                if it.seen_fenced == 0 && (0..count).any(knows) {
                    it.seen_fenced = at;
                }
            }
        }
    }

    /// What a task's fences concern.
    fn fences_of(&mut self, slot: usize) -> &mut FencesRecord {
        let fences = &mut self.task_fences[slot];
        if fences.run != self.run {
            *fences = FencesRecord {
                run: self.run,
                read: [0; NEAR_TASKS],
                released: [0; NEAR_TASKS],
            };
        }
        fences
    }
}

#[cfg(test)]
mod axioms;
#[cfg(test)]
mod play;
#[cfg(test)]
mod tests;
