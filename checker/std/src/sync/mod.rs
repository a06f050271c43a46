//! `std::sync`: mirrors of all that tasks meet at. `Arc`, `Weak` and the errors are the real ones.
//!
//! A mirror has std's signatures and its semantics. In a plain run it blocks in Linux's futex.
//! Under check each operation is a scheduling point with the caller's line, it blocks as the
//! scheduler lets it, and who holds what is recorded. Where std leaves open what happens, a mirror
//! does what is easiest to understand: a thread that locks a `Mutex` which it holds waits for
//! itself; the thread that a notification wakes is the one that waited longest; no wait ends
//! without a reason.
//!
//! Nothing here calls the program while it holds something inside: destructors and closures of the
//! program run outside, because they may have points.

pub use ::real::sync::*;

#[allow(
    unsafe_code,
    reason = "an atomic is seen as its value, and the other way round"
)]
pub mod atomic;
mod barrier;
mod condvar;
#[allow(unsafe_code, reason = "what locks guard")]
mod guarded;
mod lazy_lock;
mod mirror;
pub mod mpsc;
mod mutex;
mod once;
#[allow(
    unsafe_code,
    reason = "a value that is written once, through a shared reference"
)]
mod once_lock;
mod poisoning;
mod raw;
mod raw_mutex;
mod raw_rwlock;
mod rwlock;
mod used;

pub use barrier::{Barrier, BarrierWaitResult};
pub use condvar::{Condvar, WaitTimeoutResult};
pub use lazy_lock::LazyLock;
pub use mutex::{Mutex, MutexGuard};
#[allow(deprecated, reason = "std still has it")]
pub use once::ONCE_INIT;
pub use once::{Once, OnceState};
pub use once_lock::OnceLock;
pub use rwlock::{RwLock, RwLockReadGuard, RwLockWriteGuard};
