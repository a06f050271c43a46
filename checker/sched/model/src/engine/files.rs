//! Files as a run knows them: an object for each name, and an order between those who use files.
//!
//! What one task writes to a file another can read, so every effect on a file happens before every
//! later operation on any file. One clock for all files keeps this simple, since a file may have
//! several names. It can hide a race in some schedules, but never make one up.

use crate::engine::world::{NONE, ObjectRecord, World};
use crate::kind::ObjectKind;

/// How many files have an object of their own. Operations on further ones are points too, but have
/// no name.
const MAX_FILES: usize = 64;
/// The word on which tasks wait for the lock of a file. No real word has this address.
pub const LOCK_WORD: u64 = 1;

impl World {
    /// The object for the file of this name, made when it is first used; [`NONE`] when there are
    /// too many.
    // Not a part of its caller, in whose registers what it counts would be taken for the program's own
    // state, which then would never come back.
    #[inline(never)]
    pub fn file(&mut self, name: &str, site: u32) -> u32 {
        self.bytes += name.len() as u64;
        if let Some(known) = self.named(ObjectKind::File, name) {
            return known;
        }
        let is_file = |object: &&ObjectRecord| object.kind == ObjectKind::File as u32;
        if self.objects().iter().filter(is_file).count() >= MAX_FILES {
            return NONE;
        }
        let made = self.add_object(ObjectKind::File as u32, name, site, 0);
        made.unwrap_or(NONE)
    }

    /// The object of this kind and name, if there is one.
    pub(crate) fn named(&self, kind: ObjectKind, name: &str) -> Option<u32> {
        (0..self.object_count).find(|&id| {
            let Some(object) = self.object(id) else {
                return false;
            };
            let start = object.name.start as usize;
            let text = self.text.get(start..start + object.name.len as usize);
            object.kind == kind as u32 && text == Some(name.as_bytes())
        })
    }

    /// `task` did something with a file. What had no effect may be asked again: "not yet".
    pub fn used_file(&mut self, task: u32, effect: bool) {
        let is_file = |object: &ObjectRecord| object.kind == ObjectKind::File as u32;
        let first = self.objects().iter().position(is_file);
        let shared = first.map_or(NONE, |at| u32::try_from(at).unwrap_or(NONE));
        self.acquire_edge(task, shared);
        if effect {
            self.release_edge(task, shared);
            self.changed();
        } else {
            self.not_yet(task);
        }
    }

    /// `task` is gone, and so are the file locks that it held.
    pub(crate) fn let_go_of_files(&mut self, task: u32) {
        for id in 0..self.object_count {
            let held = self
                .object_mut(id)
                .is_some_and(|o| o.kind == ObjectKind::File as u32 && o.owner == task);
            if held {
                self.release_edge(task, id);
                if let Some(object) = self.object_mut(id) {
                    object.owner = NONE;
                }
            }
        }
        // Descriptors that nobody counts may hold the lock as well.
        self.wake(LOCK_WORD, NONE);
    }
}

#[cfg(test)]
mod tests {
    use super::MAX_FILES;
    use crate::engine::strategy::Strategy;
    use crate::engine::testing;
    use crate::engine::world::{NONE, Op, World};

    fn world() -> Box<World> {
        testing::world(Strategy::Natural, 0, 3)
    }

    #[test]
    fn a_name_is_one_object_and_too_many_names_are_none() {
        let mut world = world();
        let first = world.file("a", NONE);
        assert_ne!(first, world.file("b", NONE));
        assert_eq!(first, world.file("a", NONE));
        for number in 0..MAX_FILES {
            world.file(&number.to_string(), NONE);
        }
        assert_eq!(world.file("one more", NONE), NONE);
        assert_eq!(first, world.file("a", NONE));
    }

    #[test]
    fn a_look_that_is_repeated_steps_back_until_a_file_is_changed() {
        let mut world = world();
        let file = world.file("a", NONE);
        for _ in 0..2 {
            world.announce(0, Op::FileRead, file, 1);
            assert_eq!(world.task(0).stepped_back, 0);
            world.used_file(0, false);
            world.announce(0, Op::FileRead, file, 1);
            assert_eq!(world.task(0).stepped_back, 1);
            world.used_file(1, true);
        }
    }

    #[test]
    fn an_effect_on_a_file_comes_before_later_looks_at_any() {
        let mut world = world();
        let cells = world.add_object(4, "", NONE, 1).expect("few objects");
        world.file("a", NONE);
        world.check_access(0, cells, 0, true);
        world.used_file(0, true);
        world.used_file(1, false);
        world.check_access(1, cells, 0, false);
        assert_eq!(world.race_count, 0);
        world.check_access(2, cells, 0, false);
        assert_eq!(world.race_count, 1, "task 2 looked at no file");
    }

    #[test]
    fn the_dead_hold_no_lock_of_a_file() {
        let mut world = world();
        let file = world.file("a", NONE);
        world.acquired(1, file, false);
        world.exited(1, 0);
        assert_eq!(world.objects[file as usize].owner, NONE);
    }
}
