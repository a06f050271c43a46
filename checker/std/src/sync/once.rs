//! `Once`: what is done only once, and everybody waits until it is done.
//!
//! Once it is done nothing about it can change any more, so looking at it then is no scheduling
//! point: whatever the others do before or after, the answer is the same.

use ::real::cell::Cell;
use ::real::fmt;
use ::real::marker::PhantomData;
use ::real::panic;
use ::real::panic::{Location, RefUnwindSafe, UnwindSafe};
use ::real::prelude::rust_2024::*;
use ::real::sync::atomic::{AtomicU32, Ordering};

use ::sched_model::{Act, ObjectKind};
use ::sched_model::{NONE, Op};
use ::sched_runtime::identity;
use ::sched_runtime::kernel::EVERYONE;
use ::sched_runtime::{Caller, Object, Until, attached, kernel, record};

use super::mirror::{Mirror, announce};

const INCOMPLETE: u32 = 0;
/// The last attempt panicked.
const POISONED: u32 = 1;
const RUNNING: u32 = 2;
const COMPLETE: u32 = 3;

/// See [`::std::sync::ONCE_INIT`].
#[deprecated(since = "1.38.0", note = "the `Once::new()` function is now preferred")]
#[allow(clippy::declare_interior_mutable_const, reason = "as in std")]
pub const ONCE_INIT: Once = Once::new();

/// See [`::std::sync::Once`].
pub struct Once {
    state: AtomicU32,
    /// The task that does it now, or whose panic poisoned it: kept here, too, because a fork copies
    /// it with the state.
    holder: AtomicU32,
    mirror: Mirror,
}

impl UnwindSafe for Once {}
impl RefUnwindSafe for Once {}

/// See [`::std::sync::OnceState`].
pub struct OnceState {
    /// Whose panic poisoned it.
    poisoned: Option<u32>,
    /// As std's it is not shared between threads.
    here: PhantomData<Cell<()>>,
}

impl Once {
    /// See [`::std::sync::Once::new`].
    #[allow(clippy::new_without_default, reason = "std has none")]
    #[must_use]
    #[track_caller]
    pub const fn new() -> Once {
        Once::part_of(ObjectKind::Once, Location::caller())
    }

    /// One that is, or is part of, an object of this kind.
    pub(super) const fn part_of(kind: ObjectKind, made_at: Caller) -> Once {
        Once {
            state: AtomicU32::new(INCOMPLETE),
            holder: AtomicU32::new(NONE),
            mirror: Mirror::new(kind, made_at),
        }
    }

    /// See [`::std::sync::Once::call_once`].
    #[track_caller]
    pub fn call_once<F>(&self, f: F)
    where
        F: FnOnce(),
    {
        let mut f = Some(f);
        self.call(false, Location::caller(), &mut |_| {
            if let Some(f) = f.take() {
                f();
            }
        });
    }

    /// See [`::std::sync::Once::call_once_force`].
    #[track_caller]
    pub fn call_once_force<F>(&self, f: F)
    where
        F: FnOnce(&OnceState),
    {
        let mut f = Some(f);
        self.call(true, Location::caller(), &mut |state| {
            if let Some(f) = f.take() {
                f(state);
            }
        });
    }

    /// See [`::std::sync::Once::is_completed`].
    #[track_caller]
    pub fn is_completed(&self) -> bool {
        self.is_done(Location::caller())
    }

    /// See [`::std::sync::Once::wait`].
    #[track_caller]
    pub fn wait(&self) {
        self.await_end(false, Location::caller());
    }

    /// See [`::std::sync::Once::wait_force`].
    #[track_caller]
    pub fn wait_force(&self) {
        self.await_end(true, Location::caller());
    }

    /// Says whether it is done, where that was done by hand by who has it alone.
    pub(super) fn set_done(&mut self, done: bool) {
        *self.state.get_mut() = if done { COMPLETE } else { INCOMPLETE };
    }

    /// Whether it is done; where it is not, that is a scheduling point.
    pub(super) fn is_done(&self, caller: Caller) -> bool {
        if self.is_settled() {
            return true;
        }
        if !attached::controlled() {
            return false;
        }
        let object = self.object();
        kernel::point(Op::Look, object, caller);
        let done = self.is_settled();
        if !done {
            record::looked(object, Act::Looked, 0);
        }
        done
    }

    /// Whether it is done, without a point. If so, this task comes after what was done.
    fn is_settled(&self) -> bool {
        let done = self.state.load(Ordering::Acquire) == COMPLETE;
        if done && attached::controlled() {
            record::settled(self.object());
        }
        done
    }

    fn object(&self) -> Object {
        if !attached::controlled() {
            return Object::NONE;
        }
        self.mirror.find(|copy| {
            if self.state.load(Ordering::Relaxed) == RUNNING {
                let holder = self.holder.load(Ordering::Relaxed);
                let holder = identity::held_at_fork(copy, holder);
                self.holder.store(holder, Ordering::Relaxed);
            }
        })
    }

    /// Calls `f` unless that was done, or is being done: then waits for it.
    #[track_caller]
    pub(super) fn call(&self, force: bool, caller: Caller, f: &mut dyn FnMut(&OnceState)) {
        if self.is_settled() {
            return;
        }
        let object = announce(self.object(), Op::Acquire, caller);
        loop {
            let state = self.state.load(Ordering::Acquire);
            match state {
                COMPLETE => return record::acquire_edge(object),
                POISONED if !force => panic!("Once instance has previously been poisoned"),
                RUNNING => {
                    kernel::wait(&self.state, RUNNING, Until::Woken, object, caller);
                }
                _ => {
                    let began = self.state.compare_exchange(
                        state,
                        RUNNING,
                        Ordering::Acquire,
                        Ordering::Relaxed,
                    );
                    if began.is_ok() {
                        return self.run(object, state == POISONED, caller, f);
                    }
                }
            }
        }
    }

    fn run(&self, object: Object, poisoned: bool, caller: Caller, f: &mut dyn FnMut(&OnceState)) {
        let poisoned = poisoned.then(|| self.holder.load(Ordering::Relaxed));
        if attached::controlled() {
            self.holder.store(identity::task(), Ordering::Relaxed);
            record::acquired(object, true);
        }
        let mut end = End {
            once: self,
            state: POISONED,
            caller,
        };
        f(&OnceState {
            poisoned,
            here: PhantomData,
        });
        end.state = COMPLETE;
    }

    fn await_end(&self, force: bool, caller: Caller) {
        if self.is_settled() {
            return;
        }
        let object = announce(self.object(), Op::Receive, caller);
        loop {
            let state = self.state.load(Ordering::Acquire);
            match state {
                COMPLETE => return record::acquire_edge(object),
                POISONED if !force => panic!("Once instance has previously been poisoned"),
                _ => kernel::wait(&self.state, state, Until::Woken, object, caller),
            };
        }
    }
}

/// Ends an attempt, also when it panics.
struct End<'a> {
    once: &'a Once,
    state: u32,
    caller: Caller,
}

impl Drop for End<'_> {
    fn drop(&mut self) {
        let object = announce(self.once.object(), Op::Release, self.caller);
        if self.state != POISONED {
            self.once.holder.store(NONE, Ordering::Relaxed);
        }
        record::released(object);
        self.once.state.store(self.state, Ordering::Release);
        kernel::wake(&self.once.state, EVERYONE);
    }
}

impl fmt::Debug for Once {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Once").finish_non_exhaustive()
    }
}

impl OnceState {
    /// See [`::std::sync::OnceState::is_poisoned`].
    pub fn is_poisoned(&self) -> bool {
        if let Some(task) = self.poisoned {
            record::poison_seen(task);
        }
        self.poisoned.is_some()
    }
}

impl fmt::Debug for OnceState {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut shown = f.debug_struct("OnceState");
        shown.field("poisoned", &self.is_poisoned()).finish()
    }
}
