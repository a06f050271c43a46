//! Files as the scheduler sees them: an object for each name, and what is done with a file is a
//! point, an event, and an order between those who use files.
//!
//! What a file holds passes from one task to another, so every effect on any file happens before
//! every later operation on any file. One clock for all of them keeps this simple: a file may have
//! several names. It can hide a race, in some schedules, but never make one up.

use std::str;

use crate::block::WaitFor;
use crate::death;
use crate::kernel::{self, Caller, Object, with};
use crate::run::ObjectKind;
use crate::world::{Kind, NEVER, NONE, ObjectRecord, Op, World};

/// Files that have an object of their own. Further ones are points too, but have no name.
const MAX_FILES: usize = 64;
/// What tasks wait for that wait for the lock of a file: no word has this address.
const LOCK_WORD: u64 = 1;

/// What is done with a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u32)]
pub enum FileAct {
    /// Opens it; it may be made by that.
    Open = 1,
    /// Makes it, if there is none.
    Create,
    /// Opens it, and makes it empty by that.
    Empty,
    /// Reads from it.
    Read,
    /// Writes to it.
    Write,
    /// Asks for it: whether there is one, its size, its entries.
    Look,
    /// Gives it another name.
    Rename,
    /// Removes it.
    Remove,
    /// Makes it as a folder.
    MakeFolder,
    /// Changes its length, its permissions, its links.
    Change,
}

impl FileAct {
    const ALL: [Self; 10] = [
        Self::Open,
        Self::Create,
        Self::Empty,
        Self::Read,
        Self::Write,
        Self::Look,
        Self::Rename,
        Self::Remove,
        Self::MakeFolder,
        Self::Change,
    ];

    fn from_code(code: u64) -> Self {
        let all = Self::ALL.into_iter();
        let same = |act: &Self| u64::from(*act as u32) == code;
        all.into_iter().find(same).unwrap_or(Self::Look)
    }
}

/// How it went.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FileResult {
    /// It was done.
    Done,
    /// It could not be done.
    Failed,
    /// So many bytes were read or written, which begin so.
    Bytes(u32, [u8; 8]),
}

impl FileResult {
    /// A result for these bytes.
    #[must_use]
    pub fn bytes(all: &[u8]) -> Self {
        let mut first = [0; 8];
        let shown = all.len().min(first.len());
        first[..shown].copy_from_slice(&all[..shown]);
        Self::Bytes(u32::try_from(all.len()).unwrap_or(NONE), first)
    }
}

/// An act and its result as the two numbers of an event.
fn pack(act: FileAct, result: FileResult) -> (u64, u64) {
    let act = u64::from(act as u32);
    match result {
        FileResult::Done => (act, 0),
        FileResult::Failed => (act | 1 << 8, 0),
        FileResult::Bytes(len, first) => {
            let len = u64::from(len) << 32;
            (act | 2 << 8 | len, u64::from_le_bytes(first))
        }
    }
}

/// The reverse, for any two numbers.
pub(crate) fn unpack(a: u64, b: u64) -> (FileAct, FileResult) {
    let result = match a >> 8 & 0xFF {
        1 => FileResult::Failed,
        2 => FileResult::Bytes(u32::try_from(a >> 32).unwrap_or(NONE), b.to_le_bytes()),
        _ => FileResult::Done,
    };
    (FileAct::from_code(a & 0xFF), result)
}

impl World {
    /// The object for the file of this name, made when it is first used; [`NONE`] when there are
    /// too many.
    pub fn file(&mut self, name: &str, site: u32) -> u32 {
        if let Some(known) = self.named(ObjectKind::File, name) {
            return known;
        }
        let is_file = |object: &&ObjectRecord| object.kind == ObjectKind::File as u32;
        let objects = &self.objects[..self.object_count as usize];
        let count = objects.iter().filter(is_file).count();
        if count >= MAX_FILES {
            return NONE;
        }
        let made = self.add_object(ObjectKind::File as u32, name, site, 0);
        made.unwrap_or(NONE)
    }

    /// The object of this kind and name, if there is one.
    pub(crate) fn named(&mut self, kind: ObjectKind, name: &str) -> Option<u32> {
        (0..self.object_count).find(|&id| {
            let Some(&mut object) = self.object_mut(id) else {
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
        let first = self.objects[..self.object_count as usize]
            .iter()
            .position(is_file);
        let shared = first.map_or(NONE, |at| u32::try_from(at).unwrap_or(NONE));
        self.learn(task, shared);
        if effect {
            self.teach(task, shared);
            self.changed();
        } else {
            self.not_yet(task);
        }
    }

    /// `task` is gone, and with it the locks of files that it held.
    pub(crate) fn let_go_of_files(&mut self, task: u32) {
        for id in 0..self.object_count {
            let held = self
                .object_mut(id)
                .is_some_and(|o| o.kind == ObjectKind::File as u32 && o.owner == task);
            if held {
                self.teach(task, id);
                if let Some(object) = self.object_mut(id) {
                    object.owner = NONE;
                }
            }
        }
        // The lock may also be held by descriptors that nobody counts.
        self.wake(LOCK_WORD, NONE);
    }
}

/// The object for a file of this name.
pub fn object(name: &str, caller: Option<Caller>) -> Object {
    let id = with(|world, _| {
        let site = caller.map_or(NONE, |caller| world.site(kernel::here(caller)));
        world.file(name, site)
    });
    id.map_or(Object::NONE, Object)
}

/// Something was done with a file: it is recorded if `told` says what, and passed on to whoever
/// uses files if it had an effect.
pub fn done(object: Object, told: Option<(FileAct, FileResult)>, effect: bool) {
    with(|world, me| {
        if let Some((act, result)) = told {
            let (a, b) = pack(act, result);
            world.record(me, Kind::File, object.0, a, b);
        }
        world.used_file(me, effect);
    });
}

/// A file's new name, after it was renamed.
pub fn renamed(from: Object, to: Object) {
    with(|world, me| {
        let (a, _) = pack(FileAct::Rename, FileResult::Done);
        world.record(me, Kind::File, from.0, a, u64::from(to.0));
        world.used_file(me, true);
    });
}

/// Waits until somebody gives the lock of some file back.
pub fn await_lock(object: Object) {
    let Some(segment) = kernel::segment() else {
        return;
    };
    let wait = WaitFor {
        word: LOCK_WORD,
        object: object.0,
        child: NONE,
        deadline: NEVER,
    };
    let next = with(|world, me| {
        world.block(me, wait);
        death::decide(segment, world, me, me)
    });
    kernel::follow(next);
}

/// This task took the lock of a file.
pub fn locked(object: Object) {
    kernel::acquired(object, false);
}

/// The lock of a file is held by somebody else, and this task does not wait for it.
pub fn found_locked(object: Object) {
    with(|world, me| {
        world.record(me, Kind::WouldBlock, object.0, 0, 0);
        world.not_yet(me);
    });
}

/// The lock of a file may be free now: this task gave it back, or closed what it held it by.
pub fn unlocked(object: Object) {
    with(|world, me| {
        if world.object_mut(object.0).is_some_and(|o| o.owner == me) {
            world.released(me, object.0);
        }
        world.wake(LOCK_WORD, NONE);
    });
}

/// The point before something is done with a file.
pub fn point(op: Op, object: Object, caller: Option<Caller>) {
    kernel::point_from(op, object, 0, caller);
}

#[cfg(test)]
mod tests {
    use super::{FileAct, FileResult, MAX_FILES, pack, unpack};
    use crate::strategy::Strategy;
    use crate::strategy::testing;
    use crate::world::{NONE, Op, World};

    fn world() -> Box<World> {
        testing::world(Strategy::Natural, 0, 3)
    }

    #[test]
    fn acts_and_results_come_back_from_their_numbers() {
        for act in FileAct::ALL {
            for result in [
                FileResult::Done,
                FileResult::Failed,
                FileResult::bytes(b""),
                FileResult::bytes(b"longer than what is kept"),
            ] {
                let (a, b) = pack(act, result);
                assert_eq!(unpack(a, b), (act, result));
            }
        }
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
