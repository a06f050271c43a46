//! The object of something that lies in private memory: registered at its first use under check.
//!
//! A mutex in a `static` is made by the compiler, which cannot register it; and a mutex that was
//! made before a fork is a different object in each process afterwards. So whatever has an
//! [`Identity`] gets its object at its first use in each process.

use std::sync::atomic::{AtomicU64, Ordering};

use sched_model::ObjectKind;
use sched_model::records::UNWATCHED;

use crate::attached::{me, with};
use crate::kernel;
use crate::object::{Caller, Object, site_once};

/// Which object its owner is, in this process: the process id and the object's number plus one.
#[derive(Debug)]
pub struct Identity(AtomicU64);

/// An object as its identity finds it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Found {
    /// Seen before by this process, or new.
    Own(Object),
    /// Used before the fork that made this process, and now for the first time here.
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
            let site = site_once(world, made_at);
            let made = match original {
                Some(original) => world.add_copy(me, original, kind, site),
                None => world.add_object(kind as u32, "", site, 0),
            };
            made.unwrap_or(UNWATCHED)
        });
        // A thread that is not yet a task, or no longer one, has no world.
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

/// This task's number in the run: what an owner is named by.
#[must_use]
pub fn task() -> u32 {
    me()
}
