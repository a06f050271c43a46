//! `Condition`: tasks wait until another says that something has changed.

use std::panic::Location;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use sched_model::Op;
use sched_model::limits::MAX_LIVE;
use sched_model::{Act, ObjectKind};
use sched_runtime::{Caller, Object, Until, attached, kernel, otherwise, record};

use crate::guard::Owned;
use crate::lock::Lockable;
use crate::rlock::RLock;
use crate::shared::Block;

/// How many tasks may wait at once: under check all that there can be.
const SEATS: u32 = MAX_LIVE as u32;
/// The same in a plain run, where there may be more.
const SEATS_PLAINLY: u32 = 4096;
/// The next ticket to be given out.
const NEXT: usize = 0;
/// All tickets below this were notified, or had given up waiting when their turn came.
const CALLED: usize = 1;
/// Words beside the seats: ticket t waits at seat t modulo [`seats`].
const WORDS: usize = 2;

/// How many tasks may wait at once.
fn seats() -> u32 {
    if attached::controlled() {
        SEATS
    } else {
        SEATS_PLAINLY
    }
}

/// Nobody sits there.
const FREE: u32 = 0;
/// Its task waits.
const WAITS: u32 = 1;
/// Its task was notified, and has not left yet.
const NOTIFIED: u32 = 2;

/// Tasks wait here until another says that something has changed, like
/// `multiprocessing.Condition`.
///
/// A condition has a lock that guards the state in question: take it with [`Condition::lock`], look
/// at the state, and while it is not yet as it should be, [`ConditionGuard::wait`], which gives the
/// lock back while it waits. A task that changes the state holds the same lock, and notifies.
/// Only the guard can wait and notify: without the lock neither can be done, which in CPython is an
/// error at run time.
///
/// A notification wakes tasks that wait at that moment, in the order in which they came; if none
/// waits, it is lost. There are no spurious wake-ups. Still, before a woken task has the lock again
/// others may have had it: look at the state again, or use [`ConditionGuard::wait_for`].
pub struct Condition<'a> {
    lock: Chosen<'a>,
    words: Block,
    /// Each is free until the first ticket for it was given out.
    seats: Block,
    object: Object,
}

/// The condition's lock.
enum Chosen<'a> {
    Own(Box<RLock>),
    Given(&'a dyn Lockable),
}

impl Default for Condition<'_> {
    #[track_caller]
    fn default() -> Self {
        Self::new()
    }
}

impl<'a> Condition<'a> {
    /// A condition with an [`RLock`] of its own.
    #[must_use]
    #[track_caller]
    pub fn new() -> Self {
        Self::named("")
    }

    /// The same, with a name for reports.
    #[must_use]
    #[track_caller]
    pub fn named(name: &str) -> Self {
        let lock = match name {
            "" => RLock::new(),
            name => RLock::named(&format!("the lock of {name}")),
        };
        Self::make(name, Chosen::Own(Box::new(lock)), Location::caller())
    }

    /// A condition with this [`Lock`](crate::Lock) or [`RLock`], which it may share with other
    /// conditions.
    #[must_use]
    #[track_caller]
    pub fn with(lock: &'a impl Lockable) -> Self {
        Self::make("", Chosen::Given(lock), Location::caller())
    }

    /// The same, with a name for reports.
    #[must_use]
    #[track_caller]
    pub fn named_with(name: &str, lock: &'a impl Lockable) -> Self {
        Self::make(name, Chosen::Given(lock), Location::caller())
    }

    fn make(name: &str, lock: Chosen<'a>, caller: Caller) -> Self {
        Self {
            lock,
            words: Block::new(WORDS),
            seats: Block::reserved(seats() as usize),
            object: kernel::object(ObjectKind::Condition, name, 0, caller),
        }
    }

    /// Takes the condition's lock and returns a guard that gives it back when it goes out of
    /// scope, and that can wait and notify.
    #[must_use = "the lock is given back when the guard is dropped"]
    #[track_caller]
    pub fn lock(&self) -> ConditionGuard<'_> {
        let caller = Location::caller();
        self.lockable().enter(caller);
        ConditionGuard {
            condition: self,
            owned: Owned::new(caller),
        }
    }

    fn lockable(&self) -> &dyn Lockable {
        match &self.lock {
            Chosen::Own(lock) => &**lock,
            Chosen::Given(lock) => *lock,
        }
    }

    fn seat(&self, ticket: u32) -> &AtomicU32 {
        self.seats.futex((ticket % seats()) as usize)
    }

    /// Waits for a notification; false when the time is over. The task holds the lock.
    fn wait(&self, until: Until, caller: Caller) -> bool {
        kernel::point(Op::Receive, self.object, caller);
        let seat = self.sit_down();
        let depth = self.lockable().suspend();
        let mut notified = true;
        if otherwise::takes_kept(self.object) {
            seat.store(NOTIFIED, Ordering::Relaxed);
        }
        while seat.load(Ordering::Acquire) == WAITS {
            if !kernel::wait(seat, WAITS, until, self.object, caller) {
                // Too late to give up if the notification has come after all.
                let gave_up =
                    seat.compare_exchange(WAITS, FREE, Ordering::AcqRel, Ordering::Acquire);
                notified = gave_up.is_err();
            } else if otherwise::is_answered() {
                seat.store(NOTIFIED, Ordering::Relaxed);
            }
        }
        if notified {
            seat.store(FREE, Ordering::Relaxed);
            record::acquire_edge(self.object);
        } else {
            record::would_block(self.object, caller);
        }
        self.lockable().resume(depth, caller);
        notified
    }

    /// The seat of the next ticket that has a free one. The task holds the lock.
    fn sit_down(&self) -> &AtomicU32 {
        let next = self.words.futex(NEXT);
        let first = next.load(Ordering::Relaxed);
        // A task that was notified may not have left its seat yet: that one is passed over.
        let mut tickets = (0..seats()).map(|more| first.wrapping_add(more));
        let ticket = tickets
            .find(|&ticket| ticket < seats() || self.seat(ticket).load(Ordering::Acquire) == FREE)
            .unwrap_or_else(|| panic!("more than {} tasks wait for one condition", seats()));
        let seat = self.seat(ticket);
        seat.store(WAITS, Ordering::Relaxed);
        next.store(ticket.wrapping_add(1), Ordering::Relaxed);
        seat
    }

    /// Wakes up to `n` of the tasks that wait, in the order in which they came. The task holds the
    /// lock.
    fn notify(&self, n: u32, caller: Caller) {
        kernel::point(Op::Sign, self.object, caller);
        record::release_edge(self.object);
        let called = self.words.futex(CALLED);
        let next = self.words.futex(NEXT).load(Ordering::Relaxed);
        let mut ticket = called.load(Ordering::Relaxed);
        if next.wrapping_sub(ticket) > seats() {
            // Older tickets share their seats with younger ones.
            ticket = next.wrapping_sub(seats());
        }
        let (mut woken, n) = (0, otherwise::wakes(self.object, n));
        while ticket != next && woken < n {
            let seat = self.seat(ticket);
            let waited =
                seat.compare_exchange(WAITS, NOTIFIED, Ordering::AcqRel, Ordering::Acquire);
            if waited.is_ok() {
                woken += 1;
                kernel::wake(seat, 1);
            }
            ticket = ticket.wrapping_add(1);
        }
        called.store(ticket, Ordering::Relaxed);
        otherwise::woke(self.object, n, woken);
        record::act(self.object, Act::Notified, u64::from(woken));
    }
}

/// Holds the lock of a [`Condition`] until it is dropped. A copy that a child process got by fork
/// does nothing.
pub struct ConditionGuard<'a> {
    condition: &'a Condition<'a>,
    owned: Owned,
}

impl ConditionGuard<'_> {
    /// Gives the lock back, waits for a notification, and takes the lock again.
    ///
    /// # Panics
    ///
    /// When more than 4096 tasks wait for one condition; so do the other methods that wait.
    #[track_caller]
    pub fn wait(&mut self) {
        self.condition.wait(Until::Woken, Location::caller());
    }

    /// Like [`ConditionGuard::wait`], but gives up after `timeout` (and takes the lock again all
    /// the same). Returns whether it was notified.
    #[track_caller]
    pub fn wait_timeout(&mut self, timeout: Duration) -> bool {
        let until = Until::after(Some(timeout));
        self.condition.wait(until, Location::caller())
    }

    /// Waits until `holds` returns true; asks before the first wait and after each notification.
    #[track_caller]
    pub fn wait_for(&mut self, mut holds: impl FnMut() -> bool) {
        let caller = Location::caller();
        while !holds() {
            self.condition.wait(Until::Woken, caller);
        }
    }

    /// Like [`ConditionGuard::wait_for`], but gives up after `timeout` in all. Returns what
    /// `holds` returned last.
    #[track_caller]
    pub fn wait_for_timeout(&mut self, timeout: Duration, mut holds: impl FnMut() -> bool) -> bool {
        let caller = Location::caller();
        let until = Until::after(Some(timeout));
        while !holds() {
            if !self.condition.wait(until, caller) {
                return holds();
            }
        }
        true
    }

    /// Wakes up to `n` of the tasks that wait; they go on once they have the lock again, after
    /// this guard is dropped.
    #[track_caller]
    pub fn notify(&self, n: u32) {
        self.condition.notify(n, Location::caller());
    }

    /// Wakes one of the tasks that wait.
    #[track_caller]
    pub fn notify_one(&self) {
        self.condition.notify(1, Location::caller());
    }

    /// Wakes all tasks that wait.
    #[track_caller]
    pub fn notify_all(&self) {
        self.condition.notify(u32::MAX, Location::caller());
    }
}

impl Drop for ConditionGuard<'_> {
    fn drop(&mut self) {
        if let Some(caller) = self.owned.by_this_task() {
            self.condition.lockable().leave(caller);
        }
    }
}
