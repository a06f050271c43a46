//! Which object something in private memory is: registered when it is first used under check.
//!
//! A mutex in a `static` is made by the compiler, and one that was made before a fork is another
//! object in each process afterwards. So what has an [`Identity`] gets its object at its first use in each process.

use std::sync::atomic::{AtomicU64, Ordering};

use crate::kernel::{self, Caller, Object, here, with};
use crate::limits::MAX_OBJECTS;
use crate::run::{Act, ObjectKind};
use crate::world::{Kind, NONE, World};

/// The number of an object for which the table has no room. What is ordered by such objects is
/// ordered by one clock: too much, which can hide a race and never makes one up.
pub(crate) const UNWATCHED: u32 = NONE - 1;

/// Which object its owner is, in this process: the process id and the object's number plus one.
#[derive(Debug)]
pub struct Identity(AtomicU64);

/// An object as its identity finds it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Found {
    /// Seen before by this process, or new.
    Own(Object),
    /// Used before the fork that this process comes from, and now first here.
    Copy(Object),
}

impl Default for Identity {
    fn default() -> Self {
        Self::new()
    }
}

impl Identity {
    /// Of something that was not used yet.
    #[must_use]
    pub const fn new() -> Self {
        Self(AtomicU64::new(0))
    }

    /// The object, registered now if this is its first use in this process.
    #[inline]
    pub fn find(&self, kind: ObjectKind, made_at: Caller) -> Found {
        let known = self.0.load(Ordering::Relaxed);
        let pid = u64::from(kernel::pid());
        if known >> 32 == pid {
            return Found::Own(number(known));
        }
        self.register(kind, made_at, known, pid)
    }

    #[cold]
    fn register(&self, kind: ObjectKind, made_at: Caller, known: u64, pid: u64) -> Found {
        let original = (known != 0).then(|| number(known).number());
        let made = with(|world, me| {
            let site = world.site(here(made_at));
            let made = match original {
                Some(original) => world.add_copy(me, original, kind, site),
                None => world.add_object(kind as u32, "", site, 0),
            };
            made.unwrap_or(UNWATCHED)
        });
        // A thread that is no task yet, or any more, has no world.
        let Some(object) = made else {
            return Found::Own(Object::NONE);
        };
        self.0
            .store(pid << 32 | u64::from(object + 1), Ordering::Relaxed);
        let object = Object::of_number(object);
        match original {
            Some(_) => Found::Copy(object),
            None => Found::Own(object),
        }
    }
}

fn number(known: u64) -> Object {
    let low = u32::try_from(known & 0xFFFF_FFFF).unwrap_or(0);
    Object::of_number(low.wrapping_sub(1))
}

/// `object` is a copy of something that was held by task `holder` when this process was made.
/// Returns who holds it here: the task that forked goes on in the copy, all others do not.
pub fn held_at_fork(object: Object, holder: u32) -> u32 {
    let inherited = with(|world, me| world.inherit(me, object.number(), holder));
    inherited.unwrap_or(holder)
}

impl World {
    /// An object for the copy of `original` that the process of `task` has.
    fn add_copy(&mut self, task: u32, original: u32, kind: ObjectKind, site: u32) -> Option<u32> {
        let name = self.name_of_copy(task, original, kind);
        self.add_object(kind as u32, &name, site, 0)
    }

    /// `Process-1's copy of Mutex-1`.
    fn name_of_copy(&self, task: u32, original: u32, kind: ObjectKind) -> String {
        let text = |text: crate::world::Text| {
            let start = text.start as usize;
            let bytes = self.text.get(start..start + text.len as usize);
            String::from_utf8_lossy(bytes.unwrap_or(&[])).into_owned()
        };
        let owner = text(self.task(self.task(task).process).name);
        let Some(record) = self.objects.get(original as usize) else {
            return String::new();
        };
        let name = match text(record.name) {
            name if name.is_empty() => format!("{}-{}", kind.word(), record.number),
            // A copy of a copy is a copy.
            name => name.rsplit(" copy of ").next().unwrap_or("").to_owned(),
        };
        format!("{owner}'s copy of {name}")
    }

    /// Says who holds the copy `object`, when `holder` held the original at the fork.
    fn inherit(&mut self, task: u32, object: u32, holder: u32) -> u32 {
        let leader = self.task(task).process;
        let forked = self.task(leader).parent == holder;
        let here = if forked { leader } else { holder };
        if let Some(record) = self.object_mut(object) {
            record.owner = here;
            record.owner_site = NONE;
            record.owner_only = 1;
        }
        let act = Act::HeldAtFork as u64;
        self.record(task, Kind::Act, object, act, u64::from(holder));
        here
    }

    /// Whose clock an object's is.
    pub(crate) fn clock_of(&self, object: u32) -> usize {
        if object == UNWATCHED {
            MAX_OBJECTS - 1
        } else {
            object as usize
        }
    }
}

/// This task's number in the run: what an owner is named by.
#[must_use]
pub fn task() -> u32 {
    kernel::me()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::strategy::Strategy;
    use crate::strategy::testing;

    fn text(world: &World, object: u32) -> String {
        let text = world.objects[object as usize].name;
        let bytes = &world.text[text.start as usize..][..text.len as usize];
        String::from_utf8_lossy(bytes).into_owned()
    }

    #[test]
    fn a_copy_is_named_after_its_process_and_its_original() {
        let mut world = testing::world(Strategy::Natural, 0, 1);
        let first = world.add_task(0, "Process-1", false, NONE).expect("few");
        let second = world.add_task(first, "egon", false, NONE).expect("few");
        let kind = ObjectKind::Mutex;
        let original = world.add_object(kind as u32, "", NONE, 0).expect("few");
        let copy = world.add_copy(first, original, kind, NONE).expect("few");
        assert_eq!(text(&world, copy), "Process-1's copy of Mutex-1");
        let copy = world.add_copy(second, copy, kind, NONE).expect("few");
        assert_eq!(text(&world, copy), "egon's copy of Mutex-1");
    }

    #[test]
    fn who_forked_goes_on_holding_and_others_hold_for_ever() {
        let mut world = testing::world(Strategy::Natural, 0, 2);
        let child = world.add_task(1, "Process-1", false, NONE).expect("few");
        let object = world.add_object(14, "", NONE, 0).expect("few");
        assert_eq!(world.inherit(child, object, 1), child);
        assert!(world.holds(child, object));
        assert_eq!(world.inherit(child, object, 0), 0);
        assert!(world.holds(0, object) && !world.holds(child, object));
    }

    #[test]
    fn what_has_no_room_shares_the_clock_of_the_last() {
        let mut world = testing::world(Strategy::Natural, 0, 3);
        world.add_object(4, "", NONE, 1).expect("few");
        world.check_access(1, 0, 0, true);
        world.teach(1, UNWATCHED);
        world.learn(2, UNWATCHED);
        world.check_access(2, 0, 0, true);
        assert_eq!(world.race_count, 0);
        world.acquired(1, UNWATCHED, true);
        assert_eq!(world.holders(UNWATCHED).count(), 0);
    }
}
