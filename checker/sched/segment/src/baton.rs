//! The baton: who runs, and how it is handed over.
//!
//! Exactly one party holds the baton: a task, or the supervisor after a task's death. Each task
//! waits at its gate, a futex word of its own; the holder names the next task in `turn` and opens
//! that task's gate. A process can die at any moment, even while it holds the baton. The supervisor
//! notes the death in `dead`, and whoever then moves `turn` away from the dead task (by one
//! compare-and-swap) has the baton. The protocol is written over a trait, so that it can be
//! model-checked with simulated futexes (`tests/baton.rs`).

use sched_model::parts::Parts;

/// A word that can be waited on: `futex(2)`, or a model of it.
pub trait Word {
    /// Reads with acquire ordering, or stronger.
    fn load(&self) -> u32;
    /// Writes with release ordering, or stronger.
    fn store(&self, value: u32);
    /// Replaces the value, sequentially consistent.
    fn swap(&self, value: u32) -> u32;
    /// Replaces `current` by `new`, sequentially consistent; whether it did.
    fn replace(&self, current: u32, new: u32) -> bool;
    /// Blocks while the word has this value; may return early.
    fn wait(&self, value: u32);
    /// Wakes a waiter.
    fn wake(&self);
}

/// `turn` while the supervisor holds the baton.
pub const SUPERVISOR: u32 = u32::MAX;

const CLOSED: u32 = 0;
const OPEN: u32 = 1;

/// The words of one task.
#[repr(C)]
pub struct Seat<W> {
    /// Where it waits.
    pub gate: W,
    /// 0, or 1 + its wait status once it is dead.
    pub dead: W,
}

/// The words of the protocol, wherever they are kept.
pub struct Baton<'a, W> {
    /// Who holds the baton.
    pub turn: &'a W,
    /// A seat for each task.
    pub seats: Parts<'a, Seat<W>>,
}

impl<W: Word> Baton<'_, W> {
    /// Forgets an earlier run. Only while no task exists.
    pub fn reset(&self, tasks: usize) {
        self.turn.store(SUPERVISOR);
        for seat in self.seats.iter().take(tasks) {
            seat.gate.store(CLOSED);
            seat.dead.store(0);
        }
    }

    /// Gives the baton to `task`. Returns false if that task was already dead; the caller then has
    /// the baton again and must give it to another task.
    #[must_use]
    pub fn pass(&self, me: u32, task: u32) -> bool {
        self.turn.swap(task);
        let Some(seat) = self.seats.get(task as usize) else {
            return !self.turn.replace(task, me);
        };
        seat.gate.store(OPEN);
        seat.gate.wake();
        !(seat.dead.load() != 0 && self.turn.replace(task, me))
    }

    /// Names `task` as the holder without opening its gate: it is about to be killed. False, as for
    /// [`Baton::pass`], if it is dead already.
    #[must_use]
    pub fn pass_without_waking(&self, me: u32, task: u32) -> bool {
        self.turn.swap(task);
        let seat = self.seats.get(task as usize);
        let dead = seat.is_none_or(|seat| seat.dead.load() != 0);
        !(dead && self.turn.replace(task, me))
    }

    /// Waits until the baton is here.
    pub fn await_turn(&self, me: u32) {
        let Some(Seat { gate, .. }) = self.seats.get(me as usize) else {
            return;
        };
        // In a fresh process, a read lets the kernel map the neighbouring pages at the same time.
        let _ = gate.load();
        while gate.swap(CLOSED) == CLOSED {
            gate.wait(CLOSED);
        }
    }

    /// The supervisor notes that `task` died. Returns whether the supervisor now has the baton.
    #[must_use]
    pub fn note_death(&self, task: u32, status: u32) -> bool {
        if let Some(seat) = self.seats.get(task as usize) {
            seat.dead.swap(status.saturating_add(1));
        }
        self.turn.replace(task, SUPERVISOR)
    }

    /// The wait status of a task that died.
    #[must_use]
    pub fn death(&self, task: u32) -> Option<u32> {
        self.seats.get(task as usize)?.dead.load().checked_sub(1)
    }
}
