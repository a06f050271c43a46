//! A lock in one futex word, without a memory of who holds it: the futex mutex of Drepper,
//! "Futexes are tricky", 2011. Makes no scheduling points and tells the scheduler nothing.

use std::sync::atomic::{AtomicU32, Ordering};

use crate::kernel;
use crate::object::{Caller, Object};
use crate::otherwise;
use crate::until::Until;

/// Nobody holds it.
pub const FREE: u32 = 0;
/// Held.
pub const HELD: u32 = 1;
/// Held, and somebody may wait.
pub const AWAITED: u32 = 2;

/// Takes it if it is free.
#[inline]
#[must_use]
pub fn try_take(word: &AtomicU32) -> bool {
    word.compare_exchange(FREE, HELD, Ordering::Acquire, Ordering::Relaxed)
        .is_ok()
}

/// Takes it; false when the time is over. `object` is what the word belongs to.
#[inline]
#[must_use]
pub fn take(word: &AtomicU32, until: Until, object: Object, caller: Caller) -> bool {
    try_take(word) || wait_and_take(word, until, object, caller)
}

#[cold]
fn wait_and_take(word: &AtomicU32, until: Until, object: Object, caller: Caller) -> bool {
    while word.swap(AWAITED, Ordering::Acquire) != FREE {
        if !kernel::wait(word, AWAITED, until, object, caller) {
            return false;
        }
        if otherwise::is_answered() {
            word.store(FREE, Ordering::Relaxed);
        }
    }
    true
}

/// Gives it back; false if nobody had it.
#[inline]
pub fn give(word: &AtomicU32) -> bool {
    let before = word.swap(FREE, Ordering::Release);
    if before == AWAITED {
        kernel::wake(word, 1);
    }
    before != FREE
}

/// Calls `act` while no other task does the same with this word: for the inside of an object, a
/// few steps without a point, so that under check nobody ever waits. `act` must not panic.
#[track_caller]
pub fn with<R>(word: &AtomicU32, act: impl FnOnce() -> R) -> R {
    let caller = std::panic::Location::caller();
    while !take(word, Until::Woken, Object::NONE, caller) {}
    let result = act();
    give(word);
    result
}
