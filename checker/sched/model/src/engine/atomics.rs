//! Atomics as a run knows them: an object for each address, and an order between tasks as far as the
//! orderings make one.
//!
//! Only the task that holds the baton ever accesses an atomic. Where its last stores are kept (`weak`) edges
//! are those of the language, and a load may return an older store. Elsewhere values are sequentially
//! consistent; where the exact rule would need more than a clock for each atomic (fences, release
//! sequences) there are edges too many, never too few: that can hide a race between unsynchronised values,
//! and never makes one up.

use std::sync::atomic::Ordering;

use crate::cells::Meaning;
use crate::engine::world::{AtomicRecord, Kind, NONE, World};
use crate::kind::ObjectKind;
use crate::limits::{ATOMIC_SLOTS, MAX_ATOMICS};
use crate::records::UNWATCHED;

/// What an access did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Effect {
    /// Read this value.
    Read(u64),
    /// Replaced the first by the second value without looking at it.
    Wrote(u64, u64),
    /// Read the first value and replaced it by the second, in one step.
    Updated(u64, u64),
}

/// Whether an access with this order takes over what was released before.
#[must_use]
pub fn acquires(order: Ordering) -> bool {
    matches!(
        order,
        Ordering::Acquire | Ordering::AcqRel | Ordering::SeqCst
    )
}

/// Whether an access with this order hands on what its task did before.
#[must_use]
pub fn releases(order: Ordering) -> bool {
    matches!(
        order,
        Ordering::Release | Ordering::AcqRel | Ordering::SeqCst
    )
}

impl World {
    /// The object of the atomic at `address` in process `pid`.
    #[must_use]
    pub fn atomic_at(&self, address: u64, pid: u32) -> Option<u32> {
        self.find_atomic(address, pid).ok()
    }

    /// Makes the atomic at `address` known; [`UNWATCHED`] when there are too many.
    pub fn add_atomic(&mut self, address: u64, pid: u32, meaning: Meaning, site: u32) -> u32 {
        let slot = match self.find_atomic(address, pid) {
            Ok(object) => return object,
            Err(slot) => slot,
        };
        let number = self.atomic_count as usize;
        if number >= MAX_ATOMICS {
            return UNWATCHED;
        }
        let Some(object) = self.add_object(ObjectKind::Atomic as u32, "", site, 0) else {
            return UNWATCHED;
        };
        if let Some(record) = self.object_mut(object) {
            record.meaning = meaning as u32;
        }
        self.atomics[number] = AtomicRecord {
            address,
            process: pid,
            object,
            slot: u32::try_from(slot).unwrap_or(NONE),
            reserved: 0,
        };
        self.histories[number].count = 0;
        self.atomic_slots[slot] = u16::try_from(number + 1).unwrap_or(0);
        self.atomic_count += 1;
        object
    }

    /// Its object, or the slot that it can have.
    fn find_atomic(&self, address: u64, pid: u32) -> Result<u32, usize> {
        let key = address ^ u64::from(pid).rotate_left(48);
        let hash = key.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 40;
        let mut slot = usize::try_from(hash).unwrap_or(0) % ATOMIC_SLOTS;
        let count = (self.atomic_count as usize).min(MAX_ATOMICS);
        for _ in 0..ATOMIC_SLOTS {
            let entry = usize::from(self.atomic_slots[slot]);
            let record = entry.checked_sub(1).filter(|&number| number < count);
            let record = record.map(|number| &self.atomics[number]);
            // A slot that an earlier run filled counts as free.
            match record.filter(|record| record.slot as usize == slot) {
                None => break,
                Some(record) if (record.address, record.process) == (address, pid) => {
                    return Ok(record.object);
                }
                Some(_) => slot = (slot + 1) % ATOMIC_SLOTS,
            }
        }
        Err(slot)
    }

    /// Records an access. A read, or a write of the value that was there before, changed nothing.
    pub fn atomic_accessed(&mut self, task: u32, object: u32, effect: Effect, order: Ordering) {
        let (kind, bits, change) = match effect {
            Effect::Read(bits) => (Kind::Read, bits, false),
            Effect::Wrote(old, new) => (Kind::Wrote, new, old != new),
            Effect::Updated(old, new) => (Kind::Updated, new, old != new),
        };
        let is_kept = self.kept(object).is_some();
        let order = self.ordered(task, order);
        if kind != Kind::Wrote && acquires(order) && !is_kept {
            self.acquire_edge(task, object);
        }
        if kind != Kind::Read && (releases(order) || self.task(task).fenced == 1) {
            self.release_edge(task, object);
        }
        self.record(task, kind, object, 0, bits);
        if change {
            self.changed();
        } else {
            self.not_yet(task);
        }
    }

    /// `task` passes a fence: what it read before is ordered as if it had been acquired, and what it
    /// writes after it as if it was released.
    pub fn fence(&mut self, task: u32, order: Ordering) {
        if self.keeps_stores() {
            self.exact_fence(task, order);
            if acquires(order) {
                self.acquire_edge(task, UNWATCHED);
            }
        } else if acquires(order) {
            self.acquire_edges_from_atomics(task);
        }
        if releases(order) {
            self.task_mut(task).fenced = 1;
        }
    }

    /// An acquire fence may concern any atomic that the task read before, so it acquires from all
    /// of them.
    fn acquire_edges_from_atomics(&mut self, task: u32) {
        for number in 0..(self.atomic_count as usize).min(MAX_ATOMICS) {
            self.acquire_edge(task, self.atomics[number].object);
        }
        self.acquire_edge(task, UNWATCHED);
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::Ordering::{AcqRel, Acquire, Relaxed, Release, SeqCst};

    use super::*;
    use crate::engine::strategy::Strategy;
    use crate::engine::testing;
    use crate::engine::world::Op;

    /// Three tasks, an atomic (object 0) and an unsynchronised cell (object 1).
    fn world() -> Box<World> {
        let mut world = testing::world(Strategy::Natural, 0, 3);
        assert_eq!(world.add_atomic(0x1000, 1, Meaning::Bool, NONE), 0);
        world.add_object(4, "", NONE, 1).expect("few objects");
        world
    }

    /// Whether task 2 is ordered behind task 1's write, after what they did with the atomic.
    fn orders(wrote: Ordering, read: Ordering, fences: bool) -> bool {
        let mut world = world();
        world.check_access(1, 1, 0, true);
        if fences {
            world.task_mut(1).fenced = 1;
        }
        world.atomic_accessed(1, 0, Effect::Wrote(0, 1), wrote);
        world.atomic_accessed(2, 0, Effect::Read(1), read);
        if fences {
            world.acquire_edges_from_atomics(2);
        }
        world.check_access(2, 1, 0, true);
        world.race_count == 0
    }

    #[test]
    fn a_release_and_an_acquire_order_and_anything_weaker_does_not() {
        assert!(orders(Release, Acquire, false));
        assert!(orders(SeqCst, SeqCst, false));
        assert!(!orders(Relaxed, Acquire, false));
        assert!(!orders(Release, Relaxed, false));
        assert!(orders(Relaxed, Relaxed, true), "fences make up for it");
    }

    #[test]
    fn an_update_passes_on_what_it_learned() {
        for (order, expected) in [(AcqRel, 0), (Relaxed, 1)] {
            let mut world = world();
            world.check_access(1, 1, 0, true);
            world.atomic_accessed(1, 0, Effect::Wrote(0, 1), Release);
            world.atomic_accessed(2, 0, Effect::Updated(1, 2), order);
            world.check_access(2, 1, 0, true);
            assert_eq!(world.race_count, expected, "{order:?}");
        }
    }

    #[test]
    fn only_a_new_value_is_a_change() {
        let mut world = world();
        let mut changes = |effect| {
            let before = world.changes;
            world.announce(1, Op::Update, 0, 1);
            world.atomic_accessed(1, 0, effect, SeqCst);
            world.changes > before
        };
        assert!(!changes(Effect::Read(1)));
        assert!(!changes(Effect::Wrote(1, 1)));
        assert!(!changes(Effect::Updated(1, 1)), "a spin lock that is held");
        assert!(changes(Effect::Wrote(1, 2)));
        assert!(changes(Effect::Updated(2, 3)));
    }

    #[test]
    fn an_atomic_is_found_by_its_address_and_process() {
        let mut world = world();
        assert_eq!(world.atomic_at(0x1000, 1), Some(0));
        assert_eq!(world.atomic_at(0x1000, 2), None, "the copy of a fork");
        assert_eq!(world.atomic_at(0x1008, 1), None);
        assert_eq!(world.add_atomic(0x1000, 2, Meaning::Bool, NONE), 2);
        assert_eq!(world.add_atomic(0x1000, 1, Meaning::Bool, NONE), 0);
        world.begin();
        assert_eq!(world.atomic_at(0x1000, 1), None, "a run begins without");
    }

    #[test]
    fn more_atomics_than_there_is_room_for_share_one_and_leave_room_for_locks() {
        let mut world = world();
        let all: Vec<u32> = (0..5000)
            .map(|number| world.add_atomic(0x2000 + 4 * number, 1, Meaning::Unsigned, NONE))
            .collect();
        assert_eq!(
            all[MAX_ATOMICS - 1..],
            vec![UNWATCHED; 5000 - MAX_ATOMICS + 1]
        );
        for (number, &object) in (0..).zip(&all[..MAX_ATOMICS - 1]) {
            assert_eq!(world.atomic_at(0x2000 + 4 * number, 1), Some(object));
        }
        assert!(world.add_object(1, "", NONE, 0).is_some());
        // Atomics without an object of their own still make edges, all through one clock.
        world.check_access(1, 1, 0, true);
        world.atomic_accessed(1, UNWATCHED, Effect::Wrote(0, 1), SeqCst);
        world.atomic_accessed(2, UNWATCHED, Effect::Read(1), SeqCst);
        world.check_access(2, 1, 0, true);
        assert_eq!(world.race_count, 0);
    }
}
