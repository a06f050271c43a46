//! `Barrier`: a place where tasks wait for each other.

use std::panic::Location;
use std::sync::atomic::Ordering;
use std::time::Duration;

use sched_model::Op;
use sched_model::{Act, ObjectKind};
use sched_runtime::{Caller, Object, Until, kernel, otherwise, record};

use crate::errors::Broken;
use crate::lock::Inner;
use crate::shared::Block;

/// Counts the rounds: how often the barrier was passed, broken or reset. A futex for tasks that
/// wait.
const ROUND: usize = 0;
/// How many tasks wait in this round.
const WAITING: usize = 1;
/// 1 once it is broken, until it is reset.
const BROKEN: usize = 2;
/// How the last rounds ended, each at its number modulo [`ROUNDS`]: 1 for broken.
const ENDS: usize = 3;
/// How many tasks have not yet looked how their round ended, at the same numbers. A futex for tasks
/// that come to a later round with that number: until then it cannot begin.
const LATE: usize = ENDS + ROUNDS;
/// How many rounds are told apart.
const ROUNDS: usize = 16;

/// What a task finds that comes to the barrier.
enum Arrival {
    /// It is broken.
    Broken,
    /// All of this round are there, and its action still runs.
    TooEarly(u32),
    /// So many tasks of an earlier round are so late that this one cannot begin.
    Crowded(usize, u32),
    /// So many came before, in this round.
    In(u32, u32),
}

/// A place where a number of tasks wait for each other, like `multiprocessing.Barrier`: each waits
/// until all are there, then all go on, and the barrier is as new.
///
/// A task that gives up waiting breaks the barrier, so that the others do not wait for ever for a
/// number that will not be reached.
pub struct Barrier<'a> {
    parties: u32,
    action: Option<Box<dyn Fn() + 'a>>,
    /// Guards the words.
    inner: Inner,
    words: Block,
    object: Object,
}

impl<'a> Barrier<'a> {
    /// A barrier for this many tasks.
    ///
    /// # Panics
    ///
    /// When `parties` is 0.
    #[must_use]
    #[track_caller]
    pub fn new(parties: u32) -> Self {
        Self::named("", parties)
    }

    /// The same, with a name for reports.
    ///
    /// # Panics
    ///
    /// When `parties` is 0.
    #[must_use]
    #[track_caller]
    pub fn named(name: &str, parties: u32) -> Self {
        assert!(parties > 0, "a barrier needs at least one party");
        Self {
            parties,
            action: None,
            inner: Inner::new(),
            words: Block::new(LATE + ROUNDS),
            object: kernel::object(ObjectKind::Barrier, name, 0, Location::caller()),
        }
    }

    /// A barrier at which the last to arrive calls `action` before all go on.
    ///
    /// # Panics
    ///
    /// When `parties` is 0.
    #[must_use]
    #[track_caller]
    pub fn with_action(parties: u32, action: impl Fn() + 'a) -> Self {
        Self {
            action: Some(Box::new(action)),
            ..Self::new(parties)
        }
    }

    /// Waits until all are there. Returns how many had arrived before, a number that no other
    /// task of this round gets.
    ///
    /// # Errors
    ///
    /// When the barrier is broken, or is broken or reset while the task waits.
    #[track_caller]
    pub fn wait(&self) -> Result<u32, Broken> {
        self.meet(Until::Woken, Location::caller())
    }

    /// Like [`Barrier::wait`], but breaks the barrier when `timeout` is over before all are there.
    ///
    /// # Errors
    ///
    /// As [`Barrier::wait`], and when the time is over.
    #[track_caller]
    pub fn wait_timeout(&self, timeout: Duration) -> Result<u32, Broken> {
        self.meet(Until::after(Some(timeout)), Location::caller())
    }

    /// Breaks the barrier: tasks that wait, and tasks that come before it is reset, get an error.
    #[track_caller]
    pub fn abort(&self) {
        kernel::point(Op::Sign, self.object, Location::caller());
        self.inner.with(|| self.break_up());
    }

    /// Makes the barrier as new; tasks that wait get an error.
    #[track_caller]
    pub fn reset(&self) {
        kernel::point(Op::Sign, self.object, Location::caller());
        self.inner.with(|| {
            if self.get(WAITING) > 0 {
                self.end_round(1);
            }
            self.set(BROKEN, 0);
            record::act(self.object, Act::Reset, 0);
        });
    }

    /// How many tasks it is for.
    #[must_use]
    pub fn parties(&self) -> u32 {
        self.parties
    }

    /// How many tasks wait. The answer may be out of date at once.
    #[must_use]
    #[track_caller]
    pub fn waiting(&self) -> u32 {
        self.look_at(WAITING, Location::caller())
    }

    /// Whether it is broken. The answer may be out of date at once.
    #[must_use]
    #[track_caller]
    pub fn is_broken(&self) -> bool {
        self.look_at(BROKEN, Location::caller()) == 1
    }

    fn look_at(&self, word: usize, caller: Caller) -> u32 {
        kernel::point(Op::Look, self.object, caller);
        let seen = self.get(word);
        record::looked(self.object, Act::Looked, u64::from(seen));
        seen
    }

    fn meet(&self, until: Until, caller: Caller) -> Result<u32, Broken> {
        kernel::point(Op::Receive, self.object, caller);
        record::release_edge(self.object);
        let (before, round) = loop {
            match self.inner.with(|| self.arrive()) {
                Arrival::Broken => return Err(self.found_broken(caller)),
                Arrival::TooEarly(round) => self.wait_for_end(round, until, caller)?,
                Arrival::Crowded(late, count) => self.wait_for_late(late, count, until, caller)?,
                Arrival::In(before, round) => break (before, round),
            }
        };
        if before + 1 == self.parties {
            self.complete(round);
        } else {
            self.wait_for_end(round, until, caller)?;
        }
        if self.inner.with(|| self.leave(round)) == 1 {
            return Err(self.found_broken(caller));
        }
        record::acquire_edge(self.object);
        record::passed(self.object, Act::Passed, 0);
        Ok(before)
    }

    fn arrive(&self) -> Arrival {
        if self.get(BROKEN) == 1 {
            return Arrival::Broken;
        }
        let (before, round) = (self.get(WAITING), self.get(ROUND));
        if before >= self.parties {
            return Arrival::TooEarly(round);
        }
        let late = LATE + round as usize % ROUNDS;
        match self.get(late) {
            0 => {}
            count => return Arrival::Crowded(late, count),
        }
        self.set(WAITING, before + 1);
        record::act(self.object, Act::Arrived, u64::from(before));
        Arrival::In(before, round)
    }

    /// How the round of this task ended, at which it now has looked: 1 for broken.
    fn leave(&self, round: u32) -> u32 {
        let place = round as usize % ROUNDS;
        let late = self.get(LATE + place).saturating_sub(1);
        self.set(LATE + place, late);
        if late == 0 {
            kernel::wake(self.words.futex(LATE + place), kernel::EVERYONE);
        }
        self.get(ENDS + place)
    }

    /// Waits until a task of an earlier round has looked how that ended.
    fn wait_for_late(
        &self,
        late: usize,
        count: u32,
        until: Until,
        caller: Caller,
    ) -> Result<(), Broken> {
        if kernel::wait(self.words.futex(late), count, until, self.object, caller) {
            return Ok(());
        }
        self.inner.with(|| self.break_up());
        Err(Broken)
    }

    /// Called by the last to arrive.
    fn complete(&self, round: u32) {
        if let Some(action) = &self.action {
            // A panic in the action must not leave the others waiting for ever.
            let guard = OnPanic(self);
            // The action comes after what all did before, and before what all do next.
            record::acquire_edge(self.object);
            action();
            record::release_edge(self.object);
            std::mem::forget(guard);
        }
        self.inner.with(|| {
            if self.get(ROUND) == round {
                self.end_round(0);
            }
        });
    }

    fn wait_for_end(&self, round: u32, mut until: Until, caller: Caller) -> Result<(), Broken> {
        let word = self.words.futex(ROUND);
        while word.load(Ordering::Acquire) == round {
            if !kernel::wait(word, round, until, self.object, caller) {
                if self.inner.with(|| self.give_up(round)) {
                    return Err(Broken);
                }
                // All were there in time; only the action has not ended yet.
                until = Until::Woken;
            } else if otherwise::is_answered() {
                self.inner.with(|| self.end_round(0));
            }
        }
        Ok(())
    }

    /// Breaks the barrier if somebody is still missing in this round.
    fn give_up(&self, round: u32) -> bool {
        let is_missing = self.get(ROUND) == round && self.get(WAITING) < self.parties;
        if is_missing {
            self.break_up();
        }
        is_missing
    }

    fn found_broken(&self, caller: Caller) -> Broken {
        record::would_block(self.object, caller);
        Broken
    }

    /// Breaks this round and those to come.
    fn break_up(&self) {
        self.set(BROKEN, 1);
        self.end_round(1);
        record::act(self.object, Act::Broke, 0);
    }

    /// Lets all tasks go on that wait in this round; `how` is 1 where it is broken.
    fn end_round(&self, how: u32) {
        let round = self.get(ROUND);
        self.set(ENDS + round as usize % ROUNDS, how);
        self.set(LATE + round as usize % ROUNDS, self.get(WAITING));
        self.set(WAITING, 0);
        let word = self.words.futex(ROUND);
        word.store(round.wrapping_add(1), Ordering::Release);
        kernel::wake(word, kernel::EVERYONE);
    }

    fn get(&self, word: usize) -> u32 {
        self.words.futex(word).load(Ordering::Acquire)
    }

    fn set(&self, word: usize, value: u32) {
        self.words.futex(word).store(value, Ordering::Release);
    }
}

/// Breaks the barrier when the action panics.
struct OnPanic<'a, 'b>(&'a Barrier<'b>);

impl Drop for OnPanic<'_, '_> {
    fn drop(&mut self) {
        self.0.inner.with(|| self.0.break_up());
    }
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;
    use std::time::Duration;

    use super::{Barrier, Broken};

    #[test]
    fn one_party_never_waits_and_the_action_runs_each_time() {
        let rounds = Cell::new(0);
        let barrier = Barrier::with_action(1, || rounds.set(rounds.get() + 1));
        assert_eq!((barrier.wait(), barrier.wait()), (Ok(0), Ok(0)));
        assert_eq!(
            (rounds.get(), barrier.waiting(), barrier.parties()),
            (2, 0, 1)
        );
    }

    #[test]
    fn who_does_not_want_to_wait_breaks_it_until_it_is_reset() {
        let barrier = Barrier::new(2);
        assert_eq!(barrier.wait_timeout(Duration::from_millis(1)), Err(Broken));
        assert!(barrier.is_broken());
        assert_eq!(barrier.wait(), Err(Broken));
        barrier.reset();
        assert!(!barrier.is_broken());
        barrier.abort();
        assert_eq!(barrier.wait(), Err(Broken));
    }

    #[test]
    #[should_panic(expected = "at least one party")]
    fn a_barrier_for_nobody_is_refused() {
        let _barrier = Barrier::new(0);
    }
}
