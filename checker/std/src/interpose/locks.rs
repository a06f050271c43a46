//! The locks of files, and closing, which gives them back.
//!
//! # Safety
//!
//! See [`interpose`](super).

use ::real::prelude::rust_2024::*;
use ::real::sync::atomic::{AtomicBool, AtomicU32, Ordering};

use ::libc::{LOCK_NB, LOCK_UN, c_int, c_long};
use ::sched_model::{NONE, Op};
use ::sched_runtime::file;
use ::sched_runtime::{Object, attached};

use super::descriptors::found_out;
use super::files::{KNOWN, regular, slot, step};
use super::system::{borrow, errno, fail};

/// The object's number, for each descriptor that holds the lock of a file; [`NONE`] for others.
static LOCKED: [AtomicU32; KNOWN] = [const { AtomicU32::new(NONE) }; KNOWN];
/// Whether this process, or one it comes from, ever locked a file.
static LOCKS: AtomicBool = AtomicBool::new(false);

/// Notes what the lock belongs to that `fd` holds from now on.
fn note_lock(fd: c_int, object: u32) {
    if let Some(place) = slot(&LOCKED, fd) {
        place.store(object, Ordering::Relaxed);
    }
}

fn give_back(fd: c_int, object: Object) {
    note_lock(fd, NONE);
    file::unlocked(object);
}

replace! {
    /// flock(2): who has to wait is Blocked, and gets the lock when it is given back or closed.
    fn flock(fd: c_int, operation: c_int) -> c_int {
        let flock = |operation: c_int| -> c_long {
            // SAFETY: the caller may lock its file; the call changes no memory.
            unsafe { system_call!(SYS_flock, fd, operation) }.make()
        };
        // SAFETY: the caller's contract.
        let Some((name, _)) = unsafe { borrow(fd) }.and_then(regular) else {
            return flock(operation) as c_int;
        };
        if operation & LOCK_UN != 0 {
            let object = step(Op::Release, &name, false);
            let result = flock(operation);
            give_back(fd, object);
            return result as c_int;
        }
        let waits = operation & LOCK_NB == 0;
        let op = if waits { Op::Acquire } else { Op::TryAcquire };
        let object = step(op, &name, false);
        LOCKS.store(true, Ordering::Relaxed);
        while flock(operation | LOCK_NB) < 0 {
            match errno() {
                ::libc::EWOULDBLOCK if waits => file::await_lock(object),
                error => {
                    file::found_locked(object);
                    return fail(error);
                }
            }
        }
        note_lock(fd, object.number());
        file::locked(object);
        0
    }

    /// close(2): gives back the lock that is held by the descriptor.
    fn close(fd: c_int) -> c_int {
        // SAFETY: the caller may close its descriptor; the call changes no memory.
        let close = unsafe { system_call!(SYS_close, fd) };
        // SAFETY: the caller's contract: nobody else closes it before we do.
        let result = found_out(unsafe { borrow(fd) }, || close.make());
        if LOCKS.load(Ordering::Relaxed) && attached::controlled() && !attached::on_trial() {
            let held = slot(&LOCKED, fd).map_or(NONE, |place| place.load(Ordering::Relaxed));
            // Also where nothing is known to be held by it: a copy may have taken the lock.
            give_back(fd, Object::of_number(held));
        }
        result as c_int
    }
}
