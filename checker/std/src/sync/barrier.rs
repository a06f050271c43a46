//! `Barrier`: threads wait for each other.

use ::real::fmt;
use ::real::panic::Location;
use ::real::sync::atomic::{AtomicU32, AtomicUsize, Ordering};

use ::sched_model::Op;
use ::sched_model::{Act, ObjectKind};
use ::sched_runtime::kernel::EVERYONE;
use ::sched_runtime::word_lock;
use ::sched_runtime::{Until, kernel, otherwise, record};

use super::mirror::Mirror;

/// See [`::std::sync::Barrier`].
pub struct Barrier {
    parties: usize,
    /// Guards the count.
    inner: AtomicU32,
    arrived: AtomicUsize,
    /// Counts how often all were there; the word that threads wait for.
    round: AtomicU32,
    mirror: Mirror,
}

/// See [`::std::sync::BarrierWaitResult`].
pub struct BarrierWaitResult(bool);

impl Barrier {
    /// See [`::std::sync::Barrier::new`].
    #[must_use]
    #[track_caller]
    pub const fn new(n: usize) -> Barrier {
        Barrier {
            parties: n,
            inner: AtomicU32::new(word_lock::FREE),
            arrived: AtomicUsize::new(0),
            round: AtomicU32::new(0),
            mirror: Mirror::new(ObjectKind::Barrier, Location::caller()),
        }
    }

    /// See [`::std::sync::Barrier::wait`].
    #[track_caller]
    pub fn wait(&self) -> BarrierWaitResult {
        let caller = Location::caller();
        let object = self.mirror.announce(Op::Receive, caller);
        record::release_edge(object);
        let (before, round) = word_lock::with(&self.inner, || self.arrive());
        record::act(object, Act::Arrived, before as u64);
        let leads = before + 1 >= self.parties;
        if leads {
            kernel::wake(&self.round, EVERYONE);
        }
        while !leads && self.round.load(Ordering::Acquire) == round {
            kernel::wait(&self.round, round, Until::Woken, object, caller);
            if otherwise::is_answered() {
                word_lock::with(&self.inner, || self.end_round(round));
                kernel::wake(&self.round, EVERYONE);
            }
        }
        record::acquire_edge(object);
        record::passed(object, Act::Passed, 0);
        BarrierWaitResult(leads)
    }

    /// How many came before in this round, and which it is. The last one begins the next.
    fn arrive(&self) -> (usize, u32) {
        let before = self.arrived.load(Ordering::Relaxed);
        let round = self.round.load(Ordering::Relaxed);
        if before + 1 < self.parties {
            self.arrived.store(before + 1, Ordering::Relaxed);
        } else {
            self.end_round(round);
        }
        (before, round)
    }

    fn end_round(&self, round: u32) {
        self.arrived.store(0, Ordering::Relaxed);
        self.round.store(round.wrapping_add(1), Ordering::Release);
    }
}

impl fmt::Debug for Barrier {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Barrier").finish_non_exhaustive()
    }
}

impl BarrierWaitResult {
    /// See [`::std::sync::BarrierWaitResult::is_leader`].
    #[must_use]
    pub fn is_leader(&self) -> bool {
        self.0
    }
}

impl fmt::Debug for BarrierWaitResult {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut shown = f.debug_struct("BarrierWaitResult");
        shown.field("is_leader", &self.is_leader()).finish()
    }
}
