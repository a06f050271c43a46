//! The order that atomics and fences make where the compiler tells of them: by any path, also inside
//! std's own generic code, such as the counts of an `Arc`.
//!
//! Edges are those of C11: an acquire learns what the store that it reads from has published, or the
//! store at the head of its release sequence; a fence does so for the accesses before or after it.
//! Atomics beyond those there is room for share one clock, which can hide a race, and never makes
//! one up.

use std::sync::atomic::Ordering;

use sched_model::World;
use sched_model::engine::atomics::{acquires, releases};
use sched_model::limits::MAX_LIVE;

/// Atomics that have a clock of their own.
const KEPT: usize = 1 << 12;

/// What an access to an atomic writes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Change {
    /// A new value, whatever was there.
    Stored,
    /// A value made of the one that was there.
    Updated,
}

/// A place for each slot: see `World::slot`.
type Clock = [u32; MAX_LIVE];

/// What atomics and fences carry. All zeroes is a beginning.
#[repr(C)]
pub struct Synced {
    addresses: [u64; KEPT],
    count: u64,
    /// What each has published; the first stands for all that have no place of their own.
    published: [Clock; KEPT],
    /// What the task of each slot has read without learning it, until it comes to a fence.
    read: [Clock; MAX_LIVE],
    /// What the last release fence in each slot publishes.
    fenced: [Clock; MAX_LIVE],
}

fn join(into: &mut Clock, from: impl IntoIterator<Item = u32>) {
    for (into, from) in into.iter_mut().zip(from) {
        *into = (*into).max(from);
    }
}

/// The slot of a task.
fn slot(world: &World, task: u32) -> usize {
    world.slot(task) as usize % MAX_LIVE
}

/// The places of a clock that are in use.
fn used(world: &World) -> usize {
    (world.slot_count as usize).min(MAX_LIVE)
}

impl Synced {
    /// The place of an atomic.
    fn place(&mut self, address: usize) -> usize {
        let address = address as u64;
        let hash = address.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 40;
        let mut place = usize::try_from(hash).unwrap_or(0) % KEPT;
        loop {
            if place != 0 && self.addresses[place] == 0 {
                if self.count >= KEPT as u64 / 2 {
                    return 0;
                }
                self.count += 1;
                self.addresses[place] = address;
            }
            if place != 0 && self.addresses[place] == address {
                return place;
            }
            place = (place + 1) % KEPT;
        }
    }

    /// A task reads an atomic, and writes nothing.
    pub fn loaded(&mut self, world: &mut World, me: u32, address: usize, order: Ordering) {
        let place = self.place(address);
        self.load(world, me, place, order);
    }

    /// A task writes an atomic.
    pub fn changed(
        &mut self,
        world: &mut World,
        me: u32,
        (address, change): (usize, Change),
        order: Ordering,
    ) {
        let place = self.place(address);
        if change == Change::Updated {
            self.load(world, me, place, order);
        }
        self.store(world, me, (place, change), order);
    }

    fn load(&mut self, world: &mut World, me: u32, place: usize, order: Ordering) {
        let published = &self.published[place];
        if acquires(order) {
            world.learn(me, published);
        } else {
            let known = published[..used(world)].iter().copied();
            join(&mut self.read[slot(world, me)], known);
        }
    }

    fn store(
        &mut self,
        world: &mut World,
        me: u32,
        (place, change): (usize, Change),
        order: Ordering,
    ) {
        let published = &mut self.published[place];
        if change == Change::Stored && place != 0 {
            // It heads no release sequence but its own.
            published[..used(world)].fill(0);
        }
        if releases(order) {
            join(published, world.knowledge(me));
            world.tick(me);
        } else {
            let fenced = &self.fenced[slot(world, me)][..used(world)];
            join(published, fenced.iter().copied());
        }
    }

    /// A task passes a fence.
    pub fn fence(&mut self, world: &mut World, me: u32, order: Ordering) {
        if acquires(order) {
            world.learn(me, &self.read[slot(world, me)]);
        }
        if releases(order) {
            join(&mut self.fenced[slot(world, me)], world.knowledge(me));
            world.tick(me);
        }
    }
}
